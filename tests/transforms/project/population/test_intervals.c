/* Quantiles by region and band, through the descriptor. */
#include "small.h"

#include "core/quantile.h"
#include "core/table_rows.h"
#include "transforms/project/population/bands.h"
#include "transforms/project/population/settings.h"
#include "transforms/project/project.h"

static SpTable *make_bands(void)
{
    static const char *const keys[] = {"liste", "kode", "fra", "til"};
    static const char *const rows[][4] = {
        {"eldre", "067-079", "067", "079"}, {"eldre", "080-105", "080", "120"},
        {"alle", "000-105", "000", "105"},  {"hull", "010-019", "010", "019"},
        {"hull", "030-039", "030", "039"},  {"gal", "030-020", "030", "020"}};
    SpTable *table = fixture_table("aldersgrupper", keys, 4, NULL, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        gsize row = sp_table_add_row(table);
        for (gsize column = 0; column < 4; column++) {
            sp_table_set_code(table, row, column, rows[i][column]);
        }
    }
    return table;
}

static SpTables *make_inputs(void)
{
    SpTables *in = small_country();
    sp_tables_add(in, make_bands());
    return in;
}

static SpTable *run(const SpTables *in, const char *more, GError **error)
{
    static const char text[] =
        "[project]\nhorizon = 2028\ndraws = 200\ninterval_bands = eldre+alle\n";
    g_autofree char *above = g_strconcat("[project]\n", more, NULL);
    g_autoptr(SpConfig) config = sp_config_new();
    g_autoptr(GError) refused = NULL;
    assert_true(sp_config_add(config, "test", text, &refused));
    assert_true(sp_config_add(config, "above", above, &refused));
    g_autoptr(SpSettings) settings =
        sp_settings_new(config, "project", sp_transform_population_intervals.config_keys,
                        sp_transform_population_intervals.n_config_keys);
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    if (!sp_transform_population_intervals.run(in, settings, out, quality, error)) {
        return NULL;
    }
    return sp_tables_steal(out, "framskriving_befolkning_intervall");
}

static gsize find(const SpTable *table, const char *region, const char *band, const char *period)
{
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 0), region) == 0 &&
            strcmp(sp_table_code(table, row, 2), band) == 0 &&
            strcmp(sp_table_code(table, row, 3), period) == 0) {
            return row;
        }
    }
    fail_msg("no row %s %s %s", region, band, period);
    return 0;
}

static double value_of(const SpTable *table, gsize row, const char *measure)
{
    return sp_table_real(table, row, sp_table_find(table, measure)).value;
}

static void every_region_has_every_band_and_day(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_inputs();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = run(in, "", &error);
    assert_no_error(error);
    /* Five kommuner, two fylker, the country and four classes; three bands; five days. */
    assert_int_equal(sp_table_n_rows(table), (5 + 2 + 1 + 4) * 3 * 5);
    g_autoptr(SpTable) sorted = sp_table_copy(table);
    assert_true(sp_table_check_unique(sorted, &error));
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        double before = 0;
        for (gsize i = 0; i < SP_N_QUANTILES; i++) {
            SpReal real = sp_table_real(table, row, 5 + i);
            assert_true(sp_real_is_number(real));
            assert_near(real.value, floor(real.value), 0);
            assert_true(real.value >= before);
            before = real.value;
        }
        gboolean is_base = strcmp(sp_table_code(table, row, 3), "2024-01-01") == 0;
        SpReal expected = sp_table_real(table, row, 4);
        assert_int_equal(expected.flags, is_base ? 0 : SP_FLAG_MODELLED);
        if (is_base) {
            assert_near(value_of(table, row, "p05"), expected.value, 1);
            assert_near(value_of(table, row, "p95"), expected.value, 1);
        }
    }
}

static void fylke_of_one_kommune_with_people_is_that_kommune(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_inputs();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = run(in, "", &error);
    gsize kommune = find(table, "1505", "080-105", "2028-01-01");
    gsize of_class = find(table, "S5", "080-105", "2028-01-01");
    for (gsize i = 0; i < 8; i++) {
        assert_near(sp_table_real(table, kommune, 4 + i).value,
                    sp_table_real(table, of_class, 4 + i).value, 0);
    }
}

/* Expected persons add up; quantiles do not: what kommuner do apart evens out. */
static void sums_are_formed_within_draws(void **state)
{
    (void)state;
    static const char *const parts[] = {"1101", "1103", "1505", "1506", "1511"};
    g_autoptr(SpTables) in = make_inputs();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = run(in, "", &error);
    gsize country = find(table, "0", "080-105", "2028-01-01");
    double expected = 0, low = 0, high = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        gsize row = find(table, parts[i], "080-105", "2028-01-01");
        expected += value_of(table, row, "innbyggere");
        low += value_of(table, row, "p05");
        high += value_of(table, row, "p95");
    }
    assert_near(value_of(table, country, "innbyggere"), expected, 1e-6);
    double width = value_of(table, country, "p95") - value_of(table, country, "p05");
    assert_true(width > 0 && width < high - low);
}

static void hidden_base_hides_the_kommune_and_those_above(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_inputs();
    SpTable *facts = sp_tables_find(in, "folkemengde");
    sp_table_set_real(facts, fixture_find(facts, "1505", SP_MEN, 99, 2024), 4,
                      sp_real_none(SP_SUPPRESSED));
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = run(in, "", &error);
    static const char *const hidden[] = {"1505", "15", "0", "S5"};
    for (gsize i = 0; i < G_N_ELEMENTS(hidden); i++) {
        gsize row = find(table, hidden[i], "067-079", "2026-01-01");
        for (gsize column = 4; column < 12; column++) {
            assert_int_equal(sp_table_real(table, row, column).status, SP_SUPPRESSED);
        }
    }
    gsize other = find(table, "11", "067-079", "2026-01-01");
    assert_int_equal(sp_table_real(table, other, 5).status, SP_PRESENT);
}

static void kommune_without_a_row_is_missing_from_the_sums(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_inputs();
    fixture_add_region(sp_tables_find(in, "region"), "1517", "15", "S5");
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = run(in, "", &error);
    gsize row = find(table, "15", "067-079", "2026-01-01");
    assert_int_equal(sp_table_real(table, row, 4).status, SP_MISSING);
    assert_int_equal(sp_table_real(table, row, 8).status, SP_MISSING);
}

static void bands_with_a_gap_leave_it_out(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = make_bands();
    g_autoptr(GError) error = NULL;
    g_auto(SpAgeBands) bands;
    assert_true(sp_age_bands_init(&bands, table, "hull", &error));
    assert_int_equal(bands.groups.n_groups, 2);
    assert_int_equal(bands.groups.of[SP_MEN][9], SP_NO_GROUP);
    assert_int_equal(bands.groups.of[SP_MEN][10], 0);
    assert_int_equal(bands.groups.of[SP_WOMEN][25], SP_NO_GROUP);
    assert_int_equal(bands.groups.of[SP_WOMEN][39], 1);
}

static void assert_refused(const char *more, gint code, const char *part)
{
    g_autoptr(SpTables) in = make_inputs();
    g_autoptr(GError) error = NULL;
    assert_null(run(in, more, &error));
    assert_error(error, code, part);
}

static void wrong_settings_are_refused_by_name(void **state)
{
    (void)state;
    assert_refused("interval_bands = ukjent\n", SP_ERROR_CONFIG, "ukjent");
    assert_refused("interval_bands = gal\n", SP_ERROR_DATA, "aldersgrupper");
    assert_refused("draws = -1\n", SP_ERROR_CONFIG, "project.draws");
    assert_refused("group_correlation = 2\n", SP_ERROR_CONFIG, "project.group_correlation");
    assert_refused("mortality_fall = x\n", SP_ERROR_CONFIG, "project.mortality_fall");
    assert_refused("foreign_migration = 2030\n", SP_ERROR_CONFIG, "project.foreign_migration");
    assert_refused("reconcile = alt\n", SP_ERROR_CONFIG, "project.reconcile");
    assert_refused("population = ssb\n", SP_ERROR_NO_INPUT, "ssb_framskriving_ettaarig");
}

static void without_draws_there_is_no_table(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_inputs();
    g_autoptr(GError) error = NULL;
    assert_null(run(in, "draws = 0\n", &error));
    assert_no_error(error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_region_has_every_band_and_day),
        cmocka_unit_test(fylke_of_one_kommune_with_people_is_that_kommune),
        cmocka_unit_test(sums_are_formed_within_draws),
        cmocka_unit_test(hidden_base_hides_the_kommune_and_those_above),
        cmocka_unit_test(kommune_without_a_row_is_missing_from_the_sums),
        cmocka_unit_test(bands_with_a_gap_leave_it_out),
        cmocka_unit_test(wrong_settings_are_refused_by_name),
        cmocka_unit_test(without_draws_there_is_no_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
