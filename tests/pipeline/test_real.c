/*
 * The pipeline on the real public figures of ../shared/data: national totals, regions, the split of
 * Ålesund, life expectancy, Oslo twice. Reads the stages' tables of a workspace that `make -f
 * Makefile.ci real` has made (SP_REAL_WORKSPACE), or makes one of its own up to vary.
 */
#include "tests/check.h"

#include "core/io/files.h"
#include "core/io/tablefiles.h"
#include "core/rollup.h"
#include "core/table_group.h"
#include "core/table_rows.h"
#include "transforms/project/population/lifetable.h"

static char *workspace;
static gboolean is_own;
static SpTables *population; /* unit ssb/folkemengde */
static SpTables *regions;    /* unit regioner */

static void run(const char *program, const char *option, const char *value)
{
    g_autofree char *path = g_build_filename(g_getenv("SP_BIN"), program, NULL);
    const char *arguments[] = {path, "--workspace", workspace, option, value, NULL};
    g_autofree char *err = NULL;
    int status = 0;
    assert_true(g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL,
                             &err, &status, NULL));
    if (status != 0) {
        fail_msg("%s: %s", program, err);
    }
}

static SpTables *read_unit(const char *stage, const char *unit)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *link = g_build_filename(workspace, "stages", stage, unit, "latest", NULL);
    g_autofree char *key = sp_link_read(link);
    assert_non_null(key);
    g_autofree char *folder = g_build_filename(workspace, "stages", stage, unit, key, NULL);
    SpTables *tables = sp_tables_read(folder, NULL, &error);
    assert_no_error(error);
    return tables;
}

static int set_up(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    if (shared == NULL) {
        return 0; /* each test skips itself, loudly */
    }
    if (g_getenv("SP_REAL_WORKSPACE") != NULL) {
        workspace = g_strdup(g_getenv("SP_REAL_WORKSPACE"));
    } else {
        is_own = TRUE;
        workspace = g_dir_make_tmp("statpakke-real-XXXXXX", NULL);
        g_autofree char *conf = g_build_filename(SP_SOURCE_FOLDER, "config", "real.conf", NULL);
        run("statpakke-init", "--config", conf);
        run("statpakke-run", "--until", "vary");
    }
    population = read_unit("normalise", "ssb/folkemengde");
    regions = read_unit("normalise", "regioner");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    sp_tables_free(population);
    sp_tables_free(regions);
    if (is_own) {
        (void)sp_folder_remove(workspace, NULL);
    }
    g_free(workspace);
    return 0;
}

#define SKIP_WITHOUT_REAL()                                                                        \
    do {                                                                                           \
        g_autofree char *shared = shared_folder();                                                 \
        SKIP_WITHOUT_SHARED(shared);                                                               \
    } while (0)

/* Sum of persons over the rows that a region (NULL: all) has on 1 January of a year. */
static double persons(const SpTable *table, const char *region, int year)
{
    gsize region_column = sp_table_find(table, "region");
    gsize period_column = sp_table_find(table, "period");
    gsize measure = sp_table_find(table, "innbyggere");
    g_autofree char *period = g_strdup_printf("%d-01-01", year);
    double sum = 0.0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, period_column), period) == 0 &&
            (region == NULL || strcmp(sp_table_code(table, row, region_column), region) == 0)) {
            sum += sp_table_real(table, row, measure).value;
        }
    }
    return sum;
}

static void norway_has_the_published_population_every_year(void **state)
{
    (void)state;
    SKIP_WITHOUT_REAL();
    static const double published[] = {5367580, 5391369, 5425270, 5488984,
                                       5550203, 5594340, 5627400};
    const SpTable *table = sp_tables_find(population, "folkemengde");
    for (int i = 0; i < 7; i++) {
        assert_near(persons(table, NULL, 2020 + i), published[i], 0.0);
    }
}

static void every_year_has_357_kommuner_and_15_fylker(void **state)
{
    (void)state;
    SKIP_WITHOUT_REAL();
    const SpTable *table = sp_tables_find(population, "folkemengde");
    gsize region = sp_table_find(table, "region");
    gsize period = sp_table_find(table, "period");
    for (int year = 2020; year <= 2026; year++) {
        g_autofree char *date = g_strdup_printf("%d-01-01", year);
        g_autoptr(GHashTable) kommuner = g_hash_table_new(g_str_hash, g_str_equal);
        g_autoptr(GHashTable) fylker = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            if (strcmp(sp_table_code(table, row, period), date) == 0) {
                g_hash_table_add(kommuner, (gpointer)sp_table_code(table, row, region));
                g_hash_table_add(fylker, g_strndup(sp_table_code(table, row, region), 2));
            }
        }
        assert_int_equal(g_hash_table_size(kommuner), 357);
        assert_int_equal(g_hash_table_size(fylker), 15);
    }
}

static void aalesund_and_haram_are_there_and_modelled_before_2024(void **state)
{
    (void)state;
    SKIP_WITHOUT_REAL();
    const SpTable *table = sp_tables_find(population, "folkemengde");
    /* 1507 had 66 258 in 2020 and 67 114 in 2022 (facts.md section 2). */
    assert_near(persons(table, "1508", 2020) + persons(table, "1580", 2020), 66258, 0.0);
    assert_near(persons(table, "1508", 2022) + persons(table, "1580", 2022), 67114, 0.0);
    assert_near(persons(table, "1508", 2024), 58509, 0.0);
    assert_near(persons(table, "1580", 2024), 9357, 0.0);
    gsize region = sp_table_find(table, "region");
    gsize period = sp_table_find(table, "period");
    gsize measure = sp_table_find(table, "innbyggere");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *code = sp_table_code(table, row, region);
        gboolean is_split = strcmp(code, "1508") == 0 || strcmp(code, "1580") == 0;
        gboolean is_before = strcmp(sp_table_code(table, row, period), "2024-01-01") < 0;
        gboolean is_modelled = (sp_table_real(table, row, measure).flags & SP_FLAG_MODELLED) != 0;
        assert_int_equal(is_modelled, is_split && is_before);
    }
}

static const char *sex_age_period(const SpTable *table, gsize row, char buffer[64])
{
    g_snprintf(buffer, 64, "%s %s %s", sp_table_code(table, row, sp_table_find(table, "kjonn")),
               sp_table_code(table, row, sp_table_find(table, "alder")),
               sp_table_code(table, row, sp_table_find(table, "period")));
    return buffer;
}

/* The raw extract's own sums by sex, age and year, straight from its array: none of our code but
 * the JSON library. */
static void national_totals_by_sex_and_age_are_those_of_the_extract(void **state)
{
    (void)state;
    SKIP_WITHOUT_REAL();
    const SpTable *table = sp_tables_find(population, "folkemengde");
    g_autoptr(GHashTable) sums = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    gsize measure = sp_table_find(table, "innbyggere");
    char key[64];
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        double *sum = g_hash_table_lookup(sums, sex_age_period(table, row, key));
        if (sum == NULL) {
            sum = g_new0(double, 1);
            g_hash_table_insert(sums, g_strdup(key), sum);
        }
        *sum += sp_table_real(table, row, measure).value;
    }
    g_autofree char *shared = shared_folder();
    for (int year = 2020; year <= 2026; year++) {
        g_autofree char *path =
            g_strdup_printf("%s/ssb-07459-folkemengde/folkemengde_%d.csv", shared, year);
        g_autofree char *text = NULL;
        assert_true(g_file_get_contents(path, &text, NULL, NULL));
        g_autofree double *wanted = g_new0(double, (gsize)2 * 106);
        char *line = strchr(text, '\n') + 1;
        while (*line != '\0') {
            char *end = strchr(line, '\n');
            *end = '\0';
            g_auto(GStrv) fields = g_strsplit(line, ",", 4);
            wanted[(fields[1][0] - '1') * (gint64)106 + g_ascii_strtoll(fields[2], NULL, 10)] +=
                g_ascii_strtod(fields[3], NULL);
            line = end + 1;
        }
        for (int sex = 1; sex <= 2; sex++) {
            for (int age = 0; age < 106; age++) {
                g_snprintf(key, sizeof key, "%d %03d %d-01-01", sex, age, year);
                const double *sum = g_hash_table_lookup(sums, key);
                assert_non_null(sum);
                assert_near(*sum, wanted[(sex - 1) * 106 + age], 0.0);
            }
        }
    }
}

static void oslo_is_the_same_as_kommune_and_as_fylke(void **state)
{
    (void)state;
    SKIP_WITHOUT_REAL();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = sp_rollup(sp_tables_find(population, "folkemengde"),
                                         sp_tables_find(regions, "region"), &error);
    assert_no_error(error);
    for (int year = 2020; year <= 2026; year++) {
        assert_near(persons(table, "0301", year), persons(table, "03", year), 0.0);
    }
    assert_near(persons(table, "0301", 2024), 717710, 0.0);
    assert_near(persons(table, "0", 2024), 5550203, 0.0);
}

static double life_expectancy_2022(const SpTable *rates, const char *sex)
{
    g_autofree double *m = g_new0(double, 111);
    gsize n = 0;
    for (gsize row = 0; row < sp_table_n_rows(rates); row++) {
        if (strcmp(sp_table_code(rates, row, sp_table_find(rates, "kjonn")), sex) == 0 &&
            strcmp(sp_table_code(rates, row, sp_table_find(rates, "period")), "2022") == 0) {
            m[n++] = sp_table_real(rates, row, sp_table_find(rates, "doedsrate")).value;
        }
    }
    assert_int_equal(n, 111);
    return sp_lifetable_expectancy(strcmp(sex, "2") == 0 ? SP_WOMEN : SP_MEN, n, m);
}

static void life_expectancy_from_the_2022_rates_is_the_published_one(void **state)
{
    (void)state;
    SKIP_WITHOUT_REAL();
    g_autoptr(SpTables) tables = read_unit("normalise", "tabular/doedelighet");
    const SpTable *rates = sp_tables_find(tables, "doedelighet");
    assert_near(life_expectancy_2022(rates, "2"), 84.35, 0.02);
    assert_near(life_expectancy_2022(rates, "1"), 80.92, 0.02);
}

static void the_first_indicators_are_varied(void **state)
{
    (void)state;
    SKIP_WITHOUT_REAL();
    g_autoptr(SpTables) tables = read_unit("vary", "landet");
    const SpTable *variation = sp_tables_find(tables, "variasjon");
    const SpTable *places = sp_tables_find(tables, "plassering");
    assert_true(sp_table_n_rows(variation) >= 12);
    assert_true(sp_table_n_rows(places) > (gsize)357 * 6);
    gsize eq = sp_table_find(variation, "eq");
    gsize n_numbers = 0;
    for (gsize row = 0; row < sp_table_n_rows(variation); row++) {
        SpReal real = sp_table_real(variation, row, eq);
        n_numbers += sp_real_is_number(real) ? 1 : 0;
        assert_true(!sp_real_is_number(real) || real.value >= 1.0);
    }
    assert_true(n_numbers > 0);
}

/* Formulas of the catalogue against figures read off the published tables by hand: 14533 and 11875
 * of kommuner in Østfold, KOSTRA's key figures of Lørenskog, 07459, and the panel of Træna. */
static void indicators_are_what_their_sources_say_by_hand(void **state)
{
    (void)state;
    SKIP_WITHOUT_REAL();
    static const struct {
        const char *indicator;
        const char *region;
        const char *period;
        const char *measure;
        double wanted;
        double within; /* what is published is rounded; 0: the figure itself */
    } cases[] = {
        /* In all 972, less 27 + 4 + 11 + 11 + 3; and 1 740 less 16 + 3 + 26 + 9 + 27. */
        {"pers_fte_direct", "3101", "2025", "verdi", 916, 0},
        {"pers_fte_direct", "3105", "2025", "verdi", 1659, 0},
        {"use_institution_places", "3105", "2025", "verdi", 398.5, 0},
        {"pers_fte_all_p10k", "3222", "2025", "verdi", 198.4, 0},
        {"komp_share_health_edu", "3222", "2025", "verdi", 0.75, 0},
        {"hs_fte_0_20_p10k", "3222", "2025", "verdi", 49.8, 0},
        {"hs_homevisit_nurse", "3222", "2025", "verdi", 0.112, 0},
        {"res_care_priority", "3222", "2025", "verdi", 0.264, 0},
        {"res_cost_per_day", "3222", "2025", "verdi", 4854, 0},
        /* Træna has 20, 22, 18 and 14 of 80 and over: no year is enough, four are. */
        {"use_home_80plus", "1835", "2019-2022", "teller", 8 + 8 + 5 + 8, 0},
        {"use_home_80plus", "1835", "2019-2022", "nevner", 20 + 22 + 18 + 14, 0},
        /* KOSTRA publishes 26.1, 25.7 and 25.0 % for Oslo: the next January divides. */
        {"use_home_80plus", "0301", "2020-12-31", "verdi", 0.261, 0.0005},
        {"use_home_80plus", "0301", "2021-12-31", "verdi", 0.257, 0.0005},
        {"use_home_80plus", "0301", "2022-12-31", "verdi", 0.250, 0.0005},
    };
    g_autoptr(SpTables) tables = read_unit("vary", "landet");
    const SpTable *values = sp_tables_find(tables, "indikatorverdi");
    const gsize keys[] = {sp_table_find(values, "indikator"), sp_table_find(values, "region"),
                          sp_table_find(values, "period")};
    g_autoptr(SpTableIndex) index = sp_table_index_new(values, keys, G_N_ELEMENTS(keys));
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *const codes[] = {cases[i].indicator, cases[i].region, cases[i].period};
        gsize row = 0;
        assert_true(sp_table_index_find(index, codes, &row));
        const SpReal real = sp_table_real(values, row, sp_table_find(values, cases[i].measure));
        assert_near(real.value, cases[i].wanted, MAX(cases[i].within, 1e-9 * cases[i].wanted));
    }
}

static void the_projection_starts_at_the_facts_and_reaches_2050(void **state)
{
    (void)state;
    SKIP_WITHOUT_REAL();
    g_autoptr(SpTables) tables = read_unit("project", "referanse");
    const SpTable *projection = sp_tables_find(tables, "framskriving_befolkning");
    assert_near(persons(projection, NULL, 2026), 5627400, 0.0);
    double last = persons(projection, NULL, 2050);
    /* SSB's 2026 round has 5 470 997 (low) to 6 901 779 (high) in 2050. */
    assert_true(last > 5470997 && last < 6901779);
    assert_int_equal(sp_table_n_rows(projection), (gsize)357 * 2 * 106 * 25);
}

/* The figure of a region and period, which must be there. */
static double figure_of(const SpTable *table, const char *measure, const char *region,
                        const char *period)
{
    gsize column = sp_table_find(table, measure);
    gsize places = sp_table_find(table, "region");
    gsize times = sp_table_find(table, "period");
    assert_true(column != SP_NO_COLUMN);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, places), region) == 0 &&
            strcmp(sp_table_code(table, row, times), period) == 0) {
            assert_true(sp_real_is_number(sp_table_real(table, row, column)));
            return sp_table_real(table, row, column).value;
        }
    }
    fail_msg("no %s of %s in %s", measure, region, period);
    return 0;
}

/* Read off KOSTRA's published key figures by hand (facts of the field, section 8). */
static void national_magnitudes_are_those_published(void **state)
{
    (void)state;
    SKIP_WITHOUT_REAL();
    static const struct {
        const char *measure;
        const char *region;
        const char *period;
        double published;
    } wanted[] = {
        {"aarsverk_helse_omsorg_per_10000", "0", "2020", 303.3},
        {"aarsverk_helse_omsorg_per_10000", "0", "2023", 316.8},
        {"aarsverk_helse_omsorg_per_10000", "0", "2025", 325.1},
        {"aarsverk_helse_omsorg_per_10000", "0u", "2020", 316.1},
        {"aarsverk_helse_omsorg_per_10000", "0u", "2025", 336.7},
        {"aarsverk_helsefaglig_pct", "0", "2023", 73.7},
        {"hjemmetjenestebrukere_80p_pct", "0", "2020", 28.9},
        {"hjemmetjenestebrukere_80p_pct", "0", "2025", 24.8},
        {"institusjonsopphold_80p_pct", "0", "2020", 11.4},
        {"institusjonsopphold_80p_pct", "0", "2025", 9.0},
        {"legeaarsverk_per_10000", "0", "2025", 12.8},
        {"fysioterapeutaarsverk_per_10000", "0", "2025", 9.5},
        {"utgift_helse_omsorg_per_innbygger", "0", "2025", 39197},
    };
    g_autoptr(SpTables) tables = read_unit("normalise", "tabular/noekkeltall");
    const SpTable *table = sp_tables_find(tables, "noekkeltall");
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
        assert_near(figure_of(table, wanted[i].measure, wanted[i].region, wanted[i].period),
                    wanted[i].published, 0.05);
    }
    /* About 163 500 årsverk in 2020 and 182 900 in 2025: the rate is of persons at the year's
     * end. */
    const SpTable *people = sp_tables_find(population, "folkemengde");
    const char *rate = "aarsverk_helse_omsorg_per_10000";
    assert_near(figure_of(table, rate, "0", "2020") * persons(people, NULL, 2021) / 10000, 163500,
                100);
    assert_near(figure_of(table, rate, "0", "2025") * persons(people, NULL, 2026) / 10000, 182900,
                100);
}

/* The three rounds begin at the registered population, in all alternatives. */
static void projections_of_ssb_begin_at_the_population(void **state)
{
    (void)state;
    SKIP_WITHOUT_REAL();
    static const struct {
        const char *unit;
        int year;
        double published;
    } rounds[] = {{"tabular/framskriving_2018", 2018, 5295619},
                  {"tabular/framskriving_2024", 2024, 5550203},
                  {"tabular/framskriving_2026", 2026, 5627400}};
    for (gsize i = 0; i < G_N_ELEMENTS(rounds); i++) {
        g_autoptr(SpTables) tables = read_unit("normalise", rounds[i].unit);
        const SpTable *table = sp_tables_find(tables, "ssb_framskriving");
        /* Three alternatives in one table. */
        assert_near(persons(table, "0", rounds[i].year), 3 * rounds[i].published, 0);
    }
}

static double occupation(const SpTable *table, gsize row, const char *yrke)
{
    gsize code = sp_table_find(table, "yrke");
    gsize aarsverk = sp_table_find(table, "aarsverk");
    return yrke == NULL || strcmp(sp_table_code(table, row, code), yrke) == 0
               ? sp_table_real(table, row, aarsverk).value
               : 0;
}

/* Thirty kommune-years of 14533; SSB rounds each occupation, so they miss the total by at most
 * 2. */
static void occupations_sum_to_their_total(void **state)
{
    (void)state;
    SKIP_WITHOUT_REAL();
    g_autoptr(SpTables) tables = read_unit("normalise", "tabular/aarsverk_yrke");
    const SpTable *table = sp_tables_find(tables, "aarsverk_yrke");
    gsize region = sp_table_find(table, "region");
    gsize period = sp_table_find(table, "period");
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        g_autofree char *key = g_strdup_printf("%s %s", sp_table_code(table, row, region),
                                               sp_table_code(table, row, period));
        if (g_hash_table_contains(seen, key)) {
            continue;
        }
        double parts = 0;
        double total = 0;
        for (gsize i = 0; i < sp_table_n_rows(table); i++) {
            if (strcmp(sp_table_code(table, i, region), sp_table_code(table, row, region)) == 0 &&
                strcmp(sp_table_code(table, i, period), sp_table_code(table, row, period)) == 0) {
                parts += occupation(table, i, NULL) - occupation(table, i, "tot");
                total += occupation(table, i, "tot");
            }
        }
        assert_true(total > 0);
        assert_near(parts, total, 2);
        g_hash_table_add(seen, g_steal_pointer(&key));
    }
    assert_int_equal(g_hash_table_size(seen), 30);
}

/* Of all places some are in nursing homes, and some of either for persons with dementia. */
static void places_of_a_kind_are_places(void **state)
{
    (void)state;
    SKIP_WITHOUT_REAL();
    g_autoptr(SpTables) tables = read_unit("normalise", "tabular/plasser");
    const SpTable *table = sp_tables_find(tables, "plasser");
    assert_near(figure_of(table, "institusjonsplasser", "3101", "2025"), 218, 0);
    gsize all = sp_table_find(table, "institusjonsplasser");
    gsize homes = sp_table_find(table, "sykehjemsplasser");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        assert_true(sp_table_real(table, row, homes).value <= sp_table_real(table, row, all).value);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(norway_has_the_published_population_every_year),
        cmocka_unit_test(every_year_has_357_kommuner_and_15_fylker),
        cmocka_unit_test(aalesund_and_haram_are_there_and_modelled_before_2024),
        cmocka_unit_test(national_totals_by_sex_and_age_are_those_of_the_extract),
        cmocka_unit_test(oslo_is_the_same_as_kommune_and_as_fylke),
        cmocka_unit_test(life_expectancy_from_the_2022_rates_is_the_published_one),
        cmocka_unit_test(the_first_indicators_are_varied),
        cmocka_unit_test(indicators_are_what_their_sources_say_by_hand),
        cmocka_unit_test(the_projection_starts_at_the_facts_and_reaches_2050),
        cmocka_unit_test(national_magnitudes_are_those_published),
        cmocka_unit_test(occupations_sum_to_their_total),
        cmocka_unit_test(places_of_a_kind_are_places),
        cmocka_unit_test(projections_of_ssb_begin_at_the_population),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
