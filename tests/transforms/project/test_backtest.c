/* The projection judged on what then happened, with figures that were public on the base day only.
 */
#include "fixture.h"

#include "core/table_rows.h"
#include "transforms/project/project.h"
#include "transforms/project/population.h"

static const int first_year = 2020, last_year = 2026;

/* Ålesund was divided in 2024: its parts have no history of their own and stay out of every
 * measure. */
static gboolean is_divided(const char *kommune)
{
    return strcmp(kommune, "1507") == 0 || strcmp(kommune, "1508") == 0 ||
           strcmp(kommune, "1580") == 0;
}

/* Codes of 2020-2023 to those of 2024, from KLASS's changes of 1 January 2024. */
static GHashTable *read_new_codes(const char *shared)
{
    GHashTable *codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GPtrArray) rows =
        fixture_rows(shared, "ssb-klass-131-kommuner/kommune_endringer_1839_2024.csv");
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        if (strcmp(row[0], "2024-01-01") == 0) {
            g_hash_table_insert(codes, g_strdup(row[1]), g_strdup(row[3]));
        }
    }
    return codes;
}

static SpTable *read_population(const char *shared)
{
    SpTable *table = fixture_folkemengde();
    g_autoptr(GHashTable) codes = read_new_codes(shared);
    for (int year = first_year; year <= last_year; year++) {
        g_autofree char *path = g_strdup_printf("ssb-07459-folkemengde/folkemengde_%d.csv", year);
        g_autoptr(GPtrArray) rows = fixture_rows(shared, path);
        for (guint i = 0; i < rows->len; i++) {
            char **row = rows->pdata[i];
            const char *code = year < 2024 ? g_hash_table_lookup(codes, row[0]) : NULL;
            code = code == NULL ? row[0] : code;
            if (!is_divided(code)) {
                fixture_add_persons(table, code, row[1][0] == '1' ? SP_MEN : SP_WOMEN,
                                    (guint)fixture_number(row[2]), year,
                                    sp_real(fixture_number(row[3])));
            }
        }
    }
    return table;
}

static SpTable *read_regions(const char *shared)
{
    SpTable *table = fixture_region();
    g_autoptr(GPtrArray) rows =
        fixture_rows(shared, "kostra-grupper-sentralitet/kommune_kostragruppe_sentralitet.csv");
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        char fylke[3] = {row[0][0], row[0][1], '\0'};
        fixture_add_region(table, row[0], fylke, row[3]);
    }
    return table;
}

static int read_all(void **state)
{
    g_autofree char *shared = shared_folder();
    if (shared != NULL) {
        SpTables *in = sp_tables_new();
        sp_tables_add(in, read_population(shared));
        sp_tables_add(in, fixture_shared_deaths(shared));
        sp_tables_add(in, fixture_shared_births(shared));
        sp_tables_add(in, read_regions(shared));
        *state = in;
    }
    return 0;
}

static int free_all(void **state)
{
    g_clear_pointer((SpTables **)state, sp_tables_free);
    return 0;
}

static SpTable *project(const SpTables *in, const char *settings_text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = sp_config_new();
    assert_true(sp_config_add(config, "test", settings_text, &error));
    g_autoptr(SpSettings) settings =
        sp_settings_new(config, "project", sp_transform_population.config_keys,
                        sp_transform_population.n_config_keys);
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    sp_transform_population.run(in, settings, out, quality, &error);
    assert_no_error(error);
    return sp_tables_steal(out, "framskriving_befolkning");
}

/* Persons of each kommune in an age band on 1 January of a year: char* -> double*. */
static GHashTable *band(const SpTable *table, int year, guint from, guint to)
{
    GHashTable *sums = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
    g_autofree gint32 *ages = sp_ages_of_codes(sp_table_codes(table, 2), SP_N_AGES);
    g_autofree gint32 *years = sp_years_of_codes(sp_table_codes(table, 3), TRUE);
    const guint32 *age = sp_table_code_numbers_const(table, 2);
    const guint32 *period = sp_table_code_numbers_const(table, 3);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (years[period[row]] == year && ages[age[row]] >= (gint32)from &&
            ages[age[row]] <= (gint32)to) {
            const char *region = sp_table_code(table, row, 0);
            double *sum = g_hash_table_lookup(sums, region);
            if (sum == NULL) {
                sum = g_new0(double, 1);
                g_hash_table_insert(sums, (gpointer)region, sum);
            }
            *sum += sp_table_real(table, row, 4).value;
        }
    }
    return sums;
}

/* Mean absolute error in percent over all kommuner. */
static double mape(const SpTable *projected, const SpTable *facts, int year, guint from, guint to)
{
    g_autoptr(GHashTable) got = band(projected, year, from, to);
    g_autoptr(GHashTable) want = band(facts, year, from, to);
    GHashTableIter iter;
    gpointer region, value;
    double sum = 0;
    guint n = 0;
    g_hash_table_iter_init(&iter, want);
    while (g_hash_table_iter_next(&iter, &region, &value)) {
        const double *here = g_hash_table_lookup(got, region);
        assert_non_null(here);
        sum += fabs(*here / *(double *)value - 1);
        n++;
    }
    assert_int_equal(n, 355);
    return 100 * sum / n;
}

/* The peer of projections.md §0: national survival of the three years before the base, falling 1.5
 * % a year, nobody moves. */
static SpTable *project_plainly(const SpTables *in, int base, int horizon)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    const SpPopulationOptions options = {
        .base = base, .history_years = 0, .boy_share = 0.513, .migration = {0, 0}};
    g_autoptr(SpPopulationModel) model = sp_population_model_new(in, &options, quality, &error);
    assert_no_error(error);
    for (guint cell = 0; cell < SP_N_SEXES * SP_N_RATE_AGES; cell++) {
        model->mortality.decline[cell / SP_N_RATE_AGES][cell % SP_N_RATE_AGES] = 0.015;
    }
    gsize n_days = (gsize)(horizon - base) + 1;
    g_autofree SpPersons *persons = g_new(SpPersons, model->history->n_regions * n_days);
    sp_population_project(model, n_days, persons);
    return sp_population_table(model, n_days, persons, sp_tables_find(in, "folkemengde"));
}

/* MAPE of ours and of the peer in four bands, printed; [band][0 ours, 1 plain]. */
static void judge(const SpTables *in, int base, const char *settings, double error[4][2])
{
    static const guint bands[4][2] = {{0, 105}, {67, 79}, {80, 105}, {90, 105}};
    g_autoptr(SpTable) ours = project(in, settings);
    g_autoptr(SpTable) plain = project_plainly(in, base, last_year);
    const SpTable *facts = sp_tables_find(in, "folkemengde");
    for (gsize i = 0; i < G_N_ELEMENTS(bands); i++) {
        error[i][0] = mape(ours, facts, last_year, bands[i][0], bands[i][1]);
        error[i][1] = mape(plain, facts, last_year, bands[i][0], bands[i][1]);
        print_message("%d -> %d, MAPE %3u-%u: %.3f, plain survival %.3f\n", base, last_year,
                      bands[i][0], bands[i][1], error[i][0], error[i][1]);
    }
}

/* Four years of history. Chance alone gives 1.91 at 80+ (binomial deaths): well below 2.3 something
 * newer than the base was read. */
static void two_years_on_is_better_than_plain_survival(void **state)
{
    const SpTables *in = *state;
    SKIP_WITHOUT_SHARED(in);
    double error[4][2];
    judge(in, 2024, "[project]\nbase = 2024\nhorizon = 2026\n", error);
    assert_true(error[0][0] < error[0][1]);
    assert_true(error[1][0] < error[1][1]);
    assert_true(error[2][0] <= error[2][1]);
    assert_true(error[2][0] > 2.2);
}

/* Two years of history, the fewest that noise can be told from. All ages are not judged: no base
 * before 2022 saw the refugees. */
static void four_years_on_is_better_than_plain_survival(void **state)
{
    const SpTables *in = *state;
    SKIP_WITHOUT_SHARED(in);
    double error[4][2];
    judge(in, 2022, "[project]\nbase = 2022\nhorizon = 2026\n", error);
    assert_true(error[1][0] < error[1][1]);
    assert_true(error[2][0] <= error[2][1]);
    assert_true(error[2][0] > 3.4);
}

static void nothing_newer_than_the_base_is_read(void **state)
{
    const SpTables *in = *state;
    SKIP_WITHOUT_SHARED(in);
    g_autoptr(SpTables) spoilt = sp_tables_new();
    for (gsize i = 0; i < sp_tables_size(in); i++) {
        sp_tables_add(spoilt, sp_table_copy(sp_tables_at(in, i)));
    }
    const struct {
        const char *table, *first_spoilt;
    } later[] = {{"folkemengde", "2022-01-02"}, {"doedelighet", "2022"}, {"fruktbarhet", "2022"}};
    for (gsize i = 0; i < G_N_ELEMENTS(later); i++) {
        SpTable *table = sp_tables_find(spoilt, later[i].table);
        gsize period = sp_table_find(table, "period");
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            if (strcmp(sp_table_code(table, row, period), later[i].first_spoilt) >= 0) {
                for (gsize column = period + 1; column < sp_table_n_columns(table); column++) {
                    sp_table_set_real(table, row, column, sp_real(1e6 + (double)row));
                }
            }
        }
    }
    g_autoptr(SpTable) clean = project(in, "[project]\nbase = 2022\nhorizon = 2030\n");
    g_autoptr(SpTable) same = project(spoilt, "[project]\nbase = 2022\nhorizon = 2030\n");
    gsize n = sp_table_n_rows(clean);
    assert_int_equal(sp_table_n_rows(same), n);
    for (gsize row = 0; row < n; row++) {
        SpReal a = sp_table_real(clean, row, 4), b = sp_table_real(same, row, 4);
        if (a.value != b.value || a.status != b.status || a.flags != b.flags) {
            fail_msg("row %zu: %.17g became %.17g", row, a.value, b.value);
        }
    }
}

static void long_projection_stays_within_reason(void **state)
{
    const SpTables *in = *state;
    SKIP_WITHOUT_SHARED(in);
    g_autoptr(SpTable) table = project(in, "[project]\nhorizon = 2050\n");
    assert_int_equal(sp_table_n_rows(table), 355 * 212 * 25);
    double total[2] = {0};
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        SpReal real = sp_table_real(table, row, 4);
        assert_true(sp_real_is_number(real) && real.value >= 0.0);
        const char *period = sp_table_code(table, row, 3);
        total[0] += strcmp(period, "2026-01-01") == 0 ? real.value : 0;
        total[1] += strcmp(period, "2050-01-01") == 0 ? real.value : 0;
    }
    print_message("355 kommuner from %.0f to %.0f persons in 24 years\n", total[0], total[1]);
    /* A range of our own, to catch a slip of sign or scale. */
    assert_true(total[1] > 5.6e6 && total[1] < 6.6e6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_years_on_is_better_than_plain_survival),
        cmocka_unit_test(four_years_on_is_better_than_plain_survival),
        cmocka_unit_test(nothing_newer_than_the_base_is_read),
        cmocka_unit_test(long_projection_stays_within_reason),
    };
    return cmocka_run_group_tests(tests, read_all, free_all);
}
