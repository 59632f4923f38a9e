/* The projection judged on what then happened, with figures that were public on the base day only.
 */
#include "country.h"

#include "transforms/project/population/population.h"

enum { N_BANDS = 4, OURS = 0, PLAIN = 1 };
static const guint bands[N_BANDS][2] = {{0, 105}, {67, 79}, {80, 105}, {90, 105}};

/* Mean absolute error of kommuner in percent, and the sum of errors over the sum of persons. */
typedef struct {
    double mape, wape;
} Score;

/* Over the kommuner whose code begins with `prefix` ("" for all). */
static Score score(const SpTable *projected, const SpTable *facts, const guint ages[2],
                   const char *prefix)
{
    g_autoptr(GHashTable) got = country_band(projected, COUNTRY_LAST, ages[0], ages[1]);
    g_autoptr(GHashTable) want = country_band(facts, COUNTRY_LAST, ages[0], ages[1]);
    g_autoptr(GList) kommuner = g_list_sort(g_hash_table_get_keys(want), (GCompareFunc)strcmp);
    double share = 0, missed = 0, persons = 0;
    guint n = 0;
    for (GList *each = kommuner; each != NULL; each = each->next) {
        if (g_str_has_prefix(each->data, prefix)) {
            const double *here = g_hash_table_lookup(got, each->data);
            double fact = *(double *)g_hash_table_lookup(want, each->data);
            assert_non_null(here);
            share += fabs(*here / fact - 1);
            missed += fabs(*here - fact);
            persons += fact;
            n++;
        }
    }
    assert_int_equal(n, *prefix == '\0' ? COUNTRY_N : 17);
    return (Score){.mape = 100 * share / n, .wape = 100 * missed / persons};
}

/* The peer of projections.md §0: national survival of the three years before the base, falling 1.5
 * % a year, nobody moves. */
static SpTable *project_plainly(const SpTables *in, int base)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpPopulationOptions options;
    sp_population_options_init(&options, base, COUNTRY_LAST);
    options.history_years = 0;
    g_autoptr(SpPopulationModel) model = sp_population_model_new(in, &options, quality, &error);
    assert_no_error(error);
    for (guint age = 0; age < SP_N_RATE_AGES; age++) {
        model->mortality.decline[age] = 0.015;
    }
    gsize n_days = (gsize)(COUNTRY_LAST - base) + 1;
    g_autofree SpPersons *persons = g_new(SpPersons, model->history->n_regions * n_days);
    sp_population_project(model, n_days, persons, quality);
    return sp_population_table(model, n_days, persons, sp_tables_find(in, "folkemengde"));
}

/* One row of the page's table, printed; the page must hold it. */
static void tell(int base, const char *prefix, const char *model, const Score scores[N_BANDS])
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_printf(line, "| %d | %s | %s |", base, *prefix == '\0' ? "all 355" : "Telemark 17",
                    model);
    for (gsize i = 0; i < N_BANDS; i++) {
        g_string_append_printf(line, " %.2f / %.2f |", scores[i].mape, scores[i].wape);
    }
    print_message("%s\n", line->str);
    fixture_assert_on_page("population.md", line->str);
}

/* All kommuner and Telemark's, ours and the peer. */
static void judge(const SpTables *in, int base, Score all[2][N_BANDS], Score telemark[2][N_BANDS])
{
    static const char *const names[] = {"this model", "plain"};
    const SpTable *facts = sp_tables_find(in, "folkemengde");
    g_autofree char *settings =
        g_strdup_printf("[project]\nbase = %d\nhorizon = %d\n", base, COUNTRY_LAST);
    SpTable *projected[] = {country_project(in, settings), project_plainly(in, base)};
    for (gsize model = 0; model < G_N_ELEMENTS(projected); model++) {
        for (gsize i = 0; i < N_BANDS; i++) {
            all[model][i] = score(projected[model], facts, bands[i], "");
            telemark[model][i] = score(projected[model], facts, bands[i], "40");
        }
        tell(base, "", names[model], all[model]);
        tell(base, "40", names[model], telemark[model]);
        sp_table_free(projected[model]);
    }
}

/* What issue 4 asks of MAPE in 2026: all ages (a check of sanity: no base before 2022 saw the
 * refugees), 67-79, 80+, 90+ of all kommuner. */
static const struct {
    int base;
    double all[N_BANDS], telemark[N_BANDS];
    /* Chance alone gives 2.67, 2.36 and 1.91 at 80+ (binomial deaths, population-model.md §3): well
     * below this something newer than the base was read. */
    double suspicious;
} bars[] = {
    {2020, {3.8, 2.65, 4.85, 15.5}, {G_MAXDOUBLE, 3.6, 6.2, G_MAXDOUBLE}, 4.3},
    {2022, {3.6, 1.95, 4.15, 14.3}, {G_MAXDOUBLE, 2.6, 5.4, G_MAXDOUBLE}, 3.7},
    {2024, {1.35, 1.26, 2.45, 8.7}, {G_MAXDOUBLE, 1.75, 3.35, G_MAXDOUBLE}, 2.3},
};

static void assert_bars(const SpTables *in, gsize number)
{
    Score all[2][N_BANDS], telemark[2][N_BANDS];
    judge(in, bars[number].base, all, telemark);
    for (gsize band = 0; band < N_BANDS; band++) {
        assert_true(all[OURS][band].mape <= bars[number].all[band]);
        assert_true(telemark[OURS][band].mape <= bars[number].telemark[band]);
        assert_true(all[OURS][band].mape < all[PLAIN][band].mape);
    }
    assert_true(all[OURS][2].mape > bars[number].suspicious);
}

static void two_years_on_errors_are_below_the_bars(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    assert_bars(*state, 2);
}

static void four_years_on_errors_are_below_the_bars(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    assert_bars(*state, 1);
}

static void six_years_on_errors_are_below_the_bars(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    assert_bars(*state, 0);
}

/* Moves and a round of SSB's for the real country, made up: what they say is of no matter, that
 * later ones are not heard is. */
static void add_made_up_sources(SpTables *in)
{
    static const char *const move_keys[] = {"region", "period"};
    static const char *const moves[] = {"innvandring", "utvandring"};
    static const char *const round_keys[] = {"region", "alternativ", "kjonn",
                                             "alder",  "period",     "utgave"};
    static const char *const round[] = {"innbyggere"};
    SpTable *flows = fixture_table("befolkningsendring", move_keys, 2, moves, 2);
    SpTable *ssb = fixture_table("ssb_framskriving_ettaarig", round_keys, 6, round, 1);
    const SpTable *regions = sp_tables_find(in, "region");
    for (gsize i = 0; i < sp_table_n_rows(regions); i++) {
        for (int year = 2015; year <= 2025; year++) {
            char text[16];
            gsize row = sp_table_add_row(flows);
            g_snprintf(text, sizeof text, "%d", year);
            sp_table_set_code(flows, row, 0, sp_table_code(regions, i, 0));
            sp_table_set_code(flows, row, 1, text);
            sp_table_set_real(flows, row, 2,
                              sp_real(30 + (double)((i * 7 + (gsize)year * 13) % 23)));
            sp_table_set_real(flows, row, 3, sp_real(10 + (double)(year - 2015)));
        }
    }
    static const char *const editions[] = {"2020", "2022", "2024", "2026"};
    for (gsize edition = 0; edition < G_N_ELEMENTS(editions); edition++) {
        for (guint cell = 0; cell < SP_N_SEXES * SP_N_AGES; cell++) {
            char age[8];
            gsize row = sp_table_add_row(ssb);
            sp_table_set_code(ssb, row, 0, "4003");
            sp_table_set_code(ssb, row, 1, "MMMM");
            sp_table_set_code(ssb, row, 2, cell < SP_N_AGES ? "1" : "2");
            sp_table_set_code(ssb, row, 3, fixture_age(cell % SP_N_AGES, age));
            sp_table_set_code(ssb, row, 4, "2027-01-01");
            sp_table_set_code(ssb, row, 5, editions[edition]);
            sp_table_set_real(ssb, row, 6, sp_real(100 + (double)edition));
        }
    }
    sp_tables_add(in, flows);
    sp_tables_add(in, ssb);
}

static SpTables *copy_of(const SpTables *in)
{
    SpTables *copy = sp_tables_new();
    for (gsize i = 0; i < sp_tables_size(in); i++) {
        sp_tables_add(copy, sp_table_copy(sp_tables_at(in, i)));
    }
    return copy;
}

/* Every figure of what was published after the base becomes garbage: population, rates, moves and
 * rounds of SSB's. */
static void spoil(SpTables *tables, int base)
{
    char day[16], year[16];
    g_snprintf(day, sizeof day, "%d-01-02", base);
    g_snprintf(year, sizeof year, "%d", base);
    const struct {
        const char *table, *column, *first_spoilt;
    } later[] = {{"folkemengde", "period", day},
                 {"doedelighet", "period", year},
                 {"fruktbarhet", "period", year},
                 {"befolkningsendring", "period", year},
                 {"ssb_framskriving_ettaarig", "utgave", year}};
    guint n_spoilt = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(later); i++) {
        SpTable *table = sp_tables_find(tables, later[i].table);
        gsize when = sp_table_find(table, later[i].column);
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            /* The round of the base's own year was known: it begins that day. */
            int order = strcmp(sp_table_code(table, row, when), later[i].first_spoilt);
            if (order < 0 || (order == 0 && strcmp(later[i].column, "utgave") == 0)) {
                continue;
            }
            for (gsize column = 0; column < sp_table_n_columns(table); column++) {
                if (sp_table_column(table, column)->kind == SP_COLUMN_MEASURE) {
                    sp_table_set_real(table, row, column, sp_real(1e6 + (double)row));
                    n_spoilt++;
                }
            }
        }
    }
    assert_true(n_spoilt > 0);
}

static void assert_nothing_newer_is_read(const SpTables *in, int base, const char *population)
{
    g_autoptr(SpTables) clean_in = copy_of(in);
    add_made_up_sources(clean_in);
    g_autoptr(SpTables) spoilt_in = copy_of(clean_in);
    spoil(spoilt_in, base);
    g_autofree char *settings = g_strdup_printf(
        "[project]\nbase = %d\nhorizon = 2030\npopulation = %s\n", base, population);
    g_autoptr(SpTable) clean = country_project(clean_in, settings);
    g_autoptr(SpTable) same = country_project(spoilt_in, settings);
    gsize n = sp_table_n_rows(clean);
    assert_int_equal(sp_table_n_rows(same), n);
    for (gsize row = 0; row < n; row++) {
        SpReal a = sp_table_real(clean, row, 4), b = sp_table_real(same, row, 4);
        if (a.value != b.value || a.status != b.status || a.flags != b.flags) {
            fail_msg("base %d, row %zu: %.17g became %.17g", base, row, a.value, b.value);
        }
    }
}

static void nothing_newer_than_the_base_is_read(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    for (gsize i = 0; i < G_N_ELEMENTS(bars); i++) {
        assert_nothing_newer_is_read(*state, bars[i].base, "own");
        assert_nothing_newer_is_read(*state, bars[i].base, "ssb");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_years_on_errors_are_below_the_bars),
        cmocka_unit_test(four_years_on_errors_are_below_the_bars),
        cmocka_unit_test(six_years_on_errors_are_below_the_bars),
        cmocka_unit_test(nothing_newer_than_the_base_is_read),
    };
    return cmocka_run_group_tests(tests, country_read, country_free);
}
