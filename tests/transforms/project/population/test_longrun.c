/* The projection to 2050 on real figures: not whether it comes true, but whether a kommune stays
 * the kind of place it is. The limits are our own and wide; what they catch is a rule that lets all
 * kommuner move like the nation, or one that lets a few years' growth go on for ever. */
#include "country.h"

#include "tests/transforms/project/demand/config.h"

enum { BASE = 2026, HORIZON = 2050 };

/* A country read once and projected once. */
typedef struct {
    SpTables *in;
    SpTable *projected;
} LongRun;

/* The reference's path of births as it is shipped: the value of project.fertility_level. */
static char *shipped_fertility(void)
{
    static const char key[] = "\nfertility_level = ";
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, "config", "statpakke.conf", NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    const char *from = strstr(text, key);
    assert_non_null(from);
    from += strlen(key);
    return g_strndup(from, strcspn(from, "\n"));
}

static int project_once(void **state)
{
    LongRun *run = g_new0(LongRun, 1);
    void *in = NULL;
    country_read(&in);
    run->in = in;
    if (in != NULL) {
        g_autofree char *fertility = shipped_fertility();
        g_autofree char *settings =
            g_strdup_printf("[project]\nhorizon = 2050\nfertility_level = %s\n", fertility);
        run->projected = country_project(in, settings);
    }
    *state = run;
    return 0;
}

static int forget(void **state)
{
    LongRun *run = *state;
    g_clear_pointer(&run->in, sp_tables_free);
    g_clear_pointer(&run->projected, sp_table_free);
    g_free(run);
    return 0;
}

/* Which kommuner: those of a code, or of a centrality class, or all. */
typedef struct {
    const char *name;
    const char *prefix;     /* of the code, "" for all */
    const char *centrality; /* NULL for all */
} Area;

static double persons_of(const LongRun *run, const Area *area, int year, guint from, guint to)
{
    g_autoptr(GHashTable) band = country_band(run->projected, year, from, to);
    const SpTable *regions = sp_tables_find(run->in, "region");
    double sum = 0;
    for (gsize row = 0; row < sp_table_n_rows(regions); row++) {
        const char *region = sp_table_code(regions, row, 0);
        const double *here = g_hash_table_lookup(band, region);
        if (here != NULL && g_str_has_prefix(region, area->prefix) &&
            (area->centrality == NULL ||
             strcmp(sp_table_code(regions, row, 3), area->centrality) == 0)) {
            sum += *here;
        }
    }
    return sum;
}

static const Area country = {"the country", "", NULL};

static double share_of(const LongRun *run, const Area *area, int year, guint from, guint to)
{
    return persons_of(run, area, year, from, to) / persons_of(run, area, year, 0, 105);
}

/* An area's share of an age stands to the country's as it did, in percent of itself. */
static void assert_stays_the_same_kind(const LongRun *run, const Area *area, guint from, guint to)
{
    double ratio[2], share[2];
    for (gsize i = 0; i < 2; i++) {
        int year = i == 0 ? BASE : HORIZON;
        share[i] = share_of(run, area, year, from, to);
        ratio[i] = share[i] / share_of(run, &country, year, from, to);
    }
    g_autofree char *line =
        g_strdup_printf("| %s | %u–%u | %.1f | %.1f | %.2f | %.2f |", area->name, from, to,
                        100 * share[0], 100 * share[1], ratio[0], ratio[1]);
    print_message("%s\n", line);
    fixture_assert_on_page("population.md", line);
    assert_near(ratio[1] / ratio[0], 1.0, 0.1);
}

static void student_towns_keep_their_young(void **state)
{
    const LongRun *run = *state;
    SKIP_WITHOUT_SHARED(run->in);
    static const Area areas[] = {
        {"Oslo", "0301", NULL}, {"Trondheim", "5001", NULL}, {"Ås", "3218", NULL}};
    for (gsize i = 0; i < G_N_ELEMENTS(areas); i++) {
        assert_stays_the_same_kind(run, &areas[i], 20, 29);
    }
}

static void remote_kommuner_go_on_losing_theirs(void **state)
{
    const LongRun *run = *state;
    SKIP_WITHOUT_SHARED(run->in);
    static const Area areas[] = {{"class 5", "", "5"}, {"class 6", "", "6"}};
    for (gsize i = 0; i < G_N_ELEMENTS(areas); i++) {
        assert_stays_the_same_kind(run, &areas[i], 18, 25);
    }
}

static gint by_growth(gconstpointer a, gconstpointer b, gpointer growth)
{
    double x = *(double *)g_hash_table_lookup(growth, a);
    double y = *(double *)g_hash_table_lookup(growth, b);
    return x < y ? 1 : x > y ? -1 : strcmp(a, b);
}

static void no_kommune_grows_or_empties_beyond_reason(void **state)
{
    const LongRun *run = *state;
    SKIP_WITHOUT_SHARED(run->in);
    g_autoptr(GHashTable) first = country_band(run->projected, BASE, 0, 105);
    g_autoptr(GHashTable) growth = country_band(run->projected, HORIZON, 0, 105);
    GHashTableIter iter;
    gpointer region, value;
    g_hash_table_iter_init(&iter, growth);
    while (g_hash_table_iter_next(&iter, &region, &value)) {
        *(double *)value = *(double *)value / *(double *)g_hash_table_lookup(first, region) - 1;
    }
    g_autoptr(GList) order =
        g_list_sort_with_data(g_hash_table_get_keys(growth), by_growth, growth);
    double most = *(double *)g_hash_table_lookup(growth, order->data);
    double second = *(double *)g_hash_table_lookup(growth, order->next->data);
    GList *last = g_list_last(order);
    double least = *(double *)g_hash_table_lookup(growth, last->data);
    g_autofree char *line = g_strdup_printf(
        "from %s (%+.0f %%, the next %s %+.0f %%) to %s (%+.0f %%)", (char *)order->data,
        100 * most, (char *)order->next->data, 100 * second, (char *)last->data, 100 * least);
    print_message("%s\n", line);
    fixture_assert_on_page("population.md", line);
    assert_true(most < 0.45 && least > -0.35);
}

/* A range of our own, to catch a slip of sign or scale. */
static void country_stays_within_reason(void **state)
{
    const LongRun *run = *state;
    SKIP_WITHOUT_SHARED(run->in);
    assert_int_equal(sp_table_n_rows(run->projected), COUNTRY_N * 212 * (HORIZON - BASE + 1));
    for (gsize row = 0; row < sp_table_n_rows(run->projected); row++) {
        SpReal real = sp_table_real(run->projected, row, 4);
        assert_true(sp_real_is_number(real) && real.value >= 0.0);
    }
    double first = persons_of(run, &country, BASE, 0, 105);
    double last = persons_of(run, &country, HORIZON, 0, 105);
    print_message("355 kommuner from %.0f to %.0f persons in 24 years\n", first, last);
    assert_true(last > 5.6e6 && last < 6.6e6);
}

/* SSB's round of 2026, main alternative: persons of a region in a year at ages that SSB's groups
 * can give. */
static double ssb_persons(const GPtrArray *rows, const char *region, const char *year, guint from,
                          guint to)
{
    double sum = 0;
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        double first = fixture_number(row[4]);
        if (strcmp(row[0], region) == 0 && strcmp(row[2], "MMMM") == 0 &&
            strcmp(row[3], year) == 0 && first >= from && first <= to) {
            sum += fixture_number(row[6]);
        }
    }
    return sum;
}

/* Reported, and judged by nothing: another model's view is no fact. */
static void telemark_stands_beside_ssb(void **state)
{
    const LongRun *run = *state;
    SKIP_WITHOUT_SHARED(run->in);
    static const guint bands[][2] = {{0, 19}, {20, 44}, {45, 66}, {67, 79}, {80, 105}, {0, 105}};
    g_autofree char *shared = shared_folder();
    g_autoptr(GPtrArray) ssb =
        fixture_rows(shared, "ssb-framskriving-telemark/framskriving_2026.csv");
    for (gsize i = 0; i < G_N_ELEMENTS(bands); i++) {
        g_autoptr(GHashTable) ours =
            country_band(run->projected, HORIZON, bands[i][0], bands[i][1]);
        g_autoptr(GList) kommuner = g_list_sort(g_hash_table_get_keys(ours), (GCompareFunc)strcmp);
        double mean = 0, absolute = 0;
        guint n = 0;
        for (GList *each = kommuner; each != NULL; each = each->next) {
            if (g_str_has_prefix(each->data, "40")) {
                double theirs = ssb_persons(ssb, each->data, "2050", bands[i][0], bands[i][1]);
                double apart =
                    100 * (*(double *)g_hash_table_lookup(ours, each->data) / theirs - 1);
                mean += apart;
                absolute += fabs(apart);
                n++;
            }
        }
        assert_int_equal(n, 17);
        g_autofree char *line = g_strdup_printf("| %u–%u | %+.1f | %.1f |", bands[i][0],
                                                bands[i][1], mean / n, absolute / n);
        print_message("%s\n", line);
        fixture_assert_on_page("population.md", line);
    }
}

/* The reference's births follow SSB's main alternative: children of age 0 per person of 20-44,
 * whose mothers they mostly are, in the country; what a word of a scenario calls the main
 * alternative is the same path. */
static void children_are_those_of_the_main_alternative(void **state)
{
    const LongRun *run = *state;
    SKIP_WITHOUT_SHARED(run->in);
    static const char *const years[] = {"2027", "2030", "2035", "2040", "2050"};
    g_autofree char *shared = shared_folder();
    g_autofree char *fertility = shipped_fertility();
    g_autoptr(GPtrArray) ssb =
        fixture_rows(shared, "ssb-framskriving-telemark/framskriving_2026.csv");
    for (gsize i = 0; i < G_N_ELEMENTS(years); i++) {
        int year = (int)fixture_number(years[i]);
        double theirs =
            ssb_persons(ssb, "0", years[i], 0, 0) / ssb_persons(ssb, "0", years[i], 20, 44);
        double ours =
            persons_of(run, &country, year, 0, 0) / persons_of(run, &country, year, 20, 44);
        assert_near(ours / theirs, 1, 0.006);
    }
    double young = persons_of(run, &country, HORIZON, 0, 19);
    double scale = persons_of(run, &country, BASE, 0, 19) / ssb_persons(ssb, "0", "2026", 0, 19);
    g_autofree char *line =
        g_strdup_printf("at 0–19 the country is %+.1f %% from its main alternative in 2050",
                        100 * (young / scale / ssb_persons(ssb, "0", "2050", 0, 19) - 1));
    print_message("%s\n", line);
    fixture_assert_on_page("population.md", line);
    g_autoptr(SpTable) words = config_file("befolkningsbane");
    gboolean is_there = FALSE;
    for (gsize row = 0; row < sp_table_n_rows(words); row++) {
        is_there = is_there || (strcmp(sp_table_code(words, row, 0), "fertility") == 0 &&
                                strcmp(sp_table_code(words, row, 1), "medium") == 0 &&
                                strcmp(sp_table_code(words, row, 2), fertility) == 0);
    }
    assert_true(is_there);
}

/* Constant use on the projected country, with the rates of config/bruk.csv. */
static void demand_follows_the_old(void **state)
{
    const LongRun *run = *state;
    SKIP_WITHOUT_SHARED(run->in);
    static const char *const shown[] = {"2030-01-01", "2040-01-01", "2050-01-01"};
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    sp_tables_add(in, sp_table_copy(run->projected));
    sp_tables_add(in, sp_table_copy(sp_tables_find(run->in, "region")));
    sp_tables_add(in, config_file("bruk"));
    config_add(in);
    g_autoptr(SpSettings) settings = fixture_chosen("2030");
    sp_transform_demand.run(in, settings, out, quality, &error);
    assert_no_error(error);
    const SpTable *demand = sp_tables_find(out, "framskriving_behov");
    gsize column = sp_table_find(demand, "indeks_konstant_bruk");
    double index[2][G_N_ELEMENTS(shown)] = {{0}};
    for (gsize row = 0; row < sp_table_n_rows(demand); row++) {
        const char *tjeneste = sp_table_code(demand, row, 1);
        gsize service = strcmp(tjeneste, "institusjon") == 0;
        for (gsize i = 0; i < G_N_ELEMENTS(shown); i++) {
            if ((service == 1 || strcmp(tjeneste, "hjemmetjeneste") == 0) &&
                strcmp(sp_table_code(demand, row, 0), "0") == 0 &&
                strcmp(sp_table_code(demand, row, 2), shown[i]) == 0) {
                index[service][i] = sp_table_real(demand, row, column).value;
            }
        }
    }
    for (gsize service = 0; service < 2; service++) {
        g_autofree char *line = g_strdup_printf(
            "| %s | %.3f | %.3f | %.3f |", service == 0 ? "hjemmetjeneste" : "institusjon",
            index[service][0], index[service][1], index[service][2]);
        print_message("%s\n", line);
        fixture_assert_on_page("demand.md", line);
    }
    /* The older the users, the faster they grow in number. */
    assert_true(index[0][2] > 1.3 && index[0][2] < index[1][2] && index[1][2] < 2.2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(student_towns_keep_their_young),
        cmocka_unit_test(remote_kommuner_go_on_losing_theirs),
        cmocka_unit_test(no_kommune_grows_or_empties_beyond_reason),
        cmocka_unit_test(country_stays_within_reason),
        cmocka_unit_test(telemark_stands_beside_ssb),
        cmocka_unit_test(children_are_those_of_the_main_alternative),
        cmocka_unit_test(demand_follows_the_old),
    };
    return cmocka_run_group_tests(tests, project_once, forget);
}
