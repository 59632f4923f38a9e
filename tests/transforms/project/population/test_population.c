/* The projection as a whole on small countries. */
#include "tests/transforms/project/fixture.h"

#include "core/table_rows.h"
#include "transforms/project/population/population.h"

/* Four kommuner in two fylker, 2020-2024, of different size and pace; the last is empty. */
static const struct {
    const char *code, *fylke;
    double size, growth;
} kommuner[] = {{"1101", "11", 400, 1.01},
                {"1103", "11", 3000, 1.02},
                {"1505", "15", 50, 0.97},
                {"1511", "15", 0, 1.0}};

static SpTables *make_country(gboolean is_reversed)
{
    SpTables *in = sp_tables_new();
    SpTable *folkemengde = fixture_folkemengde(), *region = fixture_region();
    for (gsize i = 0; i < G_N_ELEMENTS(kommuner); i++) {
        gsize k = is_reversed ? G_N_ELEMENTS(kommuner) - 1 - i : i;
        fixture_add_region(region, kommuner[k].code, kommuner[k].fylke, "");
        for (int year = 2020; year <= 2024; year++) {
            fixture_add_kommune(folkemengde, kommuner[k].code, year,
                                floor(kommuner[k].size * pow(kommuner[k].growth, year - 2020)));
        }
    }
    sp_tables_add(in, folkemengde);
    sp_tables_add(in, region);
    sp_tables_add(in, fixture_smooth_deaths(2005, 2023, 0.015));
    sp_tables_add(in, fixture_flat_births(2018, 2022, 0.08));
    return in;
}

static SpPopulationModel *make_model(const SpTables *in, guint history_years, SpQuality *quality)
{
    SpPopulationOptions options;
    sp_population_options_init(&options, 2024, 2050);
    options.history_years = history_years;
    options.migration.local_weight = 0.25;
    g_autoptr(GError) error = NULL;
    SpPopulationModel *model = sp_population_model_new(in, &options, quality, &error);
    assert_no_error(error);
    return model;
}

static SpTable *project(const SpTables *in, int horizon, SpQuality *quality)
{
    g_autoptr(SpPopulationModel) model = make_model(in, 8, quality);
    gsize n_days = (gsize)(horizon - 2024) + 1;
    g_autofree SpPersons *persons = g_new(SpPersons, model->history->n_regions * n_days);
    sp_population_project(model, n_days, persons, quality);
    return sp_population_table(model, n_days, persons, sp_tables_find(in, "folkemengde"));
}

static void assert_same_figures(const SpTable *a, const SpTable *b)
{
    assert_int_equal(sp_table_n_rows(a), sp_table_n_rows(b));
    for (gsize row = 0; row < sp_table_n_rows(a); row++) {
        for (gsize column = 0; column < 4; column++) {
            assert_string_equal(sp_table_code(a, row, column), sp_table_code(b, row, column));
        }
        SpReal x = sp_table_real(a, row, 4), y = sp_table_real(b, row, 4);
        assert_true(x.value == y.value && x.status == y.status && x.flags == y.flags);
    }
}

static void order_of_kommuner_changes_no_bit(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_country(FALSE), reversed = make_country(TRUE);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) a = project(in, 2040, quality);
    g_autoptr(SpTable) b = project(reversed, 2040, quality);
    assert_same_figures(a, b);
}

static void base_rows_are_the_facts_with_their_flags(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_country(FALSE);
    SpTable *facts = sp_tables_find(in, "folkemengde");
    gsize fact = fixture_find(facts, "1101", SP_WOMEN, 83, 2024);
    sp_table_set_real(facts, fact, 4, sp_real_flagged(17, SP_FLAG_PROVISIONAL));
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = project(in, 2026, quality);
    SpReal base = sp_table_real(table, fixture_find(table, "1101", SP_WOMEN, 83, 2024), 4);
    assert_true(base.value == 17 && base.status == SP_PRESENT);
    assert_int_equal(base.flags, SP_FLAG_PROVISIONAL);
    SpReal later = sp_table_real(table, fixture_find(table, "1101", SP_WOMEN, 84, 2025), 4);
    assert_int_equal(later.flags, SP_FLAG_MODELLED);
}

static void table_is_sorted_with_unique_keys_and_no_negative_person(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_country(FALSE);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = project(in, 2050, quality);
    assert_int_equal(sp_table_n_rows(table), 4 * 212 * 27);
    g_autoptr(SpTable) sorted = sp_table_copy(table);
    g_autoptr(GError) error = NULL;
    assert_true(sp_table_check_unique(sorted, &error));
    assert_same_figures(table, sorted);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        assert_true(sp_table_real(table, row, 4).value >= 0.0);
    }
    assert_true(sp_table_column(table, 4)->is_additive);
}

static void empty_kommune_stays_empty(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_country(FALSE);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = project(in, 2050, quality);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 0), "1511") == 0) {
            assert_int_equal(sp_table_real(table, row, 4).status, SP_ZERO);
        }
    }
}

static void suppressed_base_gives_a_suppressed_future(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_country(FALSE);
    SpTable *facts = sp_tables_find(in, "folkemengde");
    sp_table_set_real(facts, fixture_find(facts, "1505", SP_MEN, 99, 2024), 4,
                      sp_real_none(SP_SUPPRESSED));
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = project(in, 2026, quality);
    assert_int_equal(sp_table_real(table, fixture_find(table, "1505", SP_MEN, 20, 2024), 4).status,
                     SP_PRESENT);
    assert_int_equal(
        sp_table_real(table, fixture_find(table, "1505", SP_WOMEN, 20, 2025), 4).status,
        SP_SUPPRESSED);
    assert_int_equal(sp_table_real(table, fixture_find(table, "1101", SP_MEN, 20, 2025), 4).status,
                     SP_PRESENT);
}

/* One kommune, one day: without history a cohort follows mortality alone, and births the rates. */
static void without_history_only_births_and_deaths_are_left(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = sp_tables_new();
    SpTable *folkemengde = fixture_folkemengde(), *region = fixture_region();
    fixture_add_kommune(folkemengde, "0301", 2024, 1000);
    fixture_add_region(region, "0301", "03", "S1");
    sp_tables_add(in, folkemengde);
    sp_tables_add(in, region);
    sp_tables_add(in, fixture_smooth_deaths(2005, 2023, 0.0));
    sp_tables_add(in, fixture_flat_births(2022, 2022, 0.08));
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = project(in, 2025, quality);
    double m70 = 4e-5 * exp(0.095 * 70), m71 = 4e-5 * exp(0.095 * 71);
    assert_near(sp_table_real(table, fixture_find(table, "0301", SP_MEN, 71, 2025), 4).value,
                1000 * exp(-(m70 + m71) / 2), 1e-6);
    double women = 0;
    for (guint age = 20; age < 40; age++) {
        women += (1000 +
                  sp_table_real(table, fixture_find(table, "0301", SP_WOMEN, age, 2025), 4).value) /
                 2;
    }
    assert_near(sp_table_real(table, fixture_find(table, "0301", SP_MEN, 0, 2025), 4).value,
                women * 0.08 * 0.513 * exp(-4e-5), 1e-6);
    assert_int_equal(sp_quality_count(quality, "no_history"), 1);
}

static void births_are_held_to_the_children_seen(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_country(FALSE);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpPopulationModel) model = make_model(in, 8, quality);
    assert_int_equal(model->fertility->rate_year, 2022);
    /* Children of age 0 are as many as the persons of each other age: the rates alone would give 20
     * x .08 / 2 = .8 of that. */
    assert_near(model->fertility->calibration, 1 / 0.8, 0.05);
    assert_true(model->fertility->factor[0] > 0.9 && model->fertility->factor[0] < 1.1);
}

/* Children are half as many again in one kommune: its factor rises, the others' fall, and the mean
 * over the country is 1. */
static void local_factors_leave_the_countrys_births_alone(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_country(FALSE);
    SpTable *facts = sp_tables_find(in, "folkemengde");
    for (int year = 2020; year <= 2024; year++) {
        for (guint sex = 0; sex < SP_N_SEXES; sex++) {
            gsize row = fixture_find(facts, "1101", sex, 0, year);
            sp_table_set_real(facts, row, 4, sp_real(1.5 * sp_table_real(facts, row, 4).value));
        }
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpPopulationModel) model = make_model(in, 1, quality);
    double women = 0, weighted = 0;
    for (gsize region = 0; region < 3; region++) {
        double here = 0;
        for (guint age = 20; age < 40; age++) {
            here += sp_history_persons(model->history, region, 2023)->count[SP_WOMEN][age] +
                    sp_history_persons(model->history, region, 2024)->count[SP_WOMEN][age];
        }
        women += here;
        weighted += here * model->fertility->factor[region];
    }
    assert_true(model->fertility->factor[0] > 1.1 && model->fertility->factor[1] < 1.0);
    assert_near(weighted / women, 1.0, 1e-12);
}

static void local_migration_moves_nobody_into_the_country(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_country(FALSE);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpPopulationModel) model = make_model(in, 8, quality);
    SpPersons persons[4 * 2];
    sp_population_project(model, 2, persons, quality);
    SpSurvival survival;
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        sp_mortality_survival(&model->mortality, NULL, sex, 2024, survival.share[sex],
                              &survival.newborn[sex]);
    }
    double want[SP_N_START_AGES] = {0};
    for (gsize region = 0; region < 4; region++) {
        double expected[SP_N_START_AGES];
        sp_migration_expect(&persons[region * 2], &survival, expected);
        for (guint age = 0; age < SP_N_START_AGES; age++) {
            want[age] += expected[age] * (1 + model->migration->national[age]);
        }
    }
    /* Above 89 the made-up ages do not follow each other and R meets its limits. */
    for (guint age = 0; age < 89; age++) {
        double got = 0;
        for (gsize region = 0; region < 4; region++) {
            got += persons[region * 2 + 1].count[SP_MEN][age + 1] +
                   persons[region * 2 + 1].count[SP_WOMEN][age + 1];
        }
        assert_near(got / want[age], 1.0, 1e-12);
    }
    assert_true(fabs(model->migration->local->sum[0][9] - model->migration->local->sum[2][9]) >
                1e-3);
}

static void births_follow_the_setting(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_country(FALSE);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpPopulationModel) model = make_model(in, 8, quality);
    SpPersons level[4 * 2], less[4 * 2];
    sp_population_project(model, 2, level, quality);
    model->options.fertility = (SpPath){.n_points = 1, .factor = {0.9}};
    sp_population_project(model, 2, less, quality);
    assert_near(less[1].count[SP_MEN][0] / level[1].count[SP_MEN][0], 0.9, 1e-12);
    assert_near(less[1].count[SP_MEN][1], level[1].count[SP_MEN][1], 0);
}

static void short_series_are_told(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = sp_tables_new();
    SpTable *folkemengde = fixture_folkemengde(), *region = fixture_region();
    fixture_add_kommune(folkemengde, "0301", 2023, 1000);
    fixture_add_kommune(folkemengde, "0301", 2024, 1000);
    fixture_add_region(region, "0301", "03", "");
    sp_tables_add(in, folkemengde);
    sp_tables_add(in, region);
    sp_tables_add(in, fixture_smooth_deaths(2022, 2023, 0.0));
    sp_tables_add(in, fixture_flat_births(2022, 2022, 0.08));
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = project(in, 2025, quality);
    assert_non_null(table);
    assert_int_equal(sp_quality_count(quality, "short_history"), 1);
    assert_int_equal(sp_quality_count(quality, "short_mortality"), 1);
}

static void kommune_that_is_no_region_is_an_error(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_country(FALSE);
    fixture_add_kommune(sp_tables_find(in, "folkemengde"), "9998", 2024, 5);
    SpPopulationOptions options;
    sp_population_options_init(&options, 2024, 2025);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    assert_null(sp_population_model_new(in, &options, quality, &error));
    assert_error(error, SP_ERROR_DATA, "9998");
}

static void absent_table_is_an_error_with_its_name(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_country(FALSE);
    sp_table_free(sp_tables_steal(in, "region"));
    SpPopulationOptions options;
    sp_population_options_init(&options, 2024, 2025);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    assert_null(sp_population_model_new(in, &options, quality, &error));
    assert_error(error, SP_ERROR_NO_INPUT, "region");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_of_kommuner_changes_no_bit),
        cmocka_unit_test(base_rows_are_the_facts_with_their_flags),
        cmocka_unit_test(table_is_sorted_with_unique_keys_and_no_negative_person),
        cmocka_unit_test(empty_kommune_stays_empty),
        cmocka_unit_test(suppressed_base_gives_a_suppressed_future),
        cmocka_unit_test(without_history_only_births_and_deaths_are_left),
        cmocka_unit_test(births_are_held_to_the_children_seen),
        cmocka_unit_test(local_factors_leave_the_countrys_births_alone),
        cmocka_unit_test(local_migration_moves_nobody_into_the_country),
        cmocka_unit_test(births_follow_the_setting),
        cmocka_unit_test(short_series_are_told),
        cmocka_unit_test(kommune_that_is_no_region_is_an_error),
        cmocka_unit_test(absent_table_is_an_error_with_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
