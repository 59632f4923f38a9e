/* Reading population: what counts, what is passed over, and what a hole does. */
#include "tests/transforms/project/fixture.h"

#include "transforms/project/population/holes.h"

static SpHistory *read_history(const SpTable *table, int base, guint n_years, SpQuality *quality)
{
    g_autoptr(GError) error = NULL;
    SpHistory *history = sp_history_new(table, base, n_years, quality, &error);
    assert_no_error(error);
    return history;
}

static void kommuner_stand_in_byte_order_whatever_the_rows_order(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_folkemengde();
    fixture_add_kommune(table, "5501", 2024, 7);
    fixture_add_kommune(table, "0301", 2024, 9);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpHistory) history = read_history(table, 2024, 0, quality);
    assert_int_equal(history->n_regions, 2);
    assert_string_equal(history->codes[0], "0301");
    assert_string_equal(history->codes[1], "5501");
    assert_near(sp_history_persons(history, 0, 2024)->count[SP_WOMEN][40], 9, 0);
}

static void other_regions_bands_totals_and_days_are_passed_over(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_folkemengde();
    fixture_add_kommune(table, "0301", 2024, 9);
    fixture_add_kommune(table, "03", 2024, 1000);
    fixture_add_kommune(table, "0", 2024, 1000);
    gsize row = fixture_add_persons(table, "0301", SP_MEN, 0, 2024, sp_real(1000));
    sp_table_set_code(table, row, 2, "080-105");
    row = fixture_add_persons(table, "0301", SP_MEN, 0, 2024, sp_real(1000));
    sp_table_set_code(table, row, 1, "0");
    row = fixture_add_persons(table, "0301", SP_MEN, 0, 2024, sp_real(1000));
    sp_table_set_code(table, row, 3, "2024-07-01");
    row = fixture_add_persons(table, "0301", SP_MEN, 0, 2024, sp_real(1000));
    sp_table_set_code(table, row, 2, "+05");
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpHistory) history = read_history(table, 2024, 0, quality);
    assert_int_equal(history->n_regions, 1);
    assert_near(sp_history_persons(history, 0, 2024)->count[SP_MEN][0], 9, 0);
    assert_near(sp_history_persons(history, 0, 2024)->count[SP_MEN][5], 9, 0);
    assert_int_equal(history->status[0], SP_PRESENT);
}

static void newest_day_is_that_of_kommuner(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_folkemengde();
    fixture_add_kommune(table, "0301", 2022, 9);
    fixture_add_kommune(table, "0301", 2024, 9);
    fixture_add_kommune(table, "0", 2025, 9);
    g_autoptr(GError) error = NULL;
    int base = 0;
    assert_true(sp_history_newest(table, &base, &error));
    assert_int_equal(base, 2024);
}

static void missing_base_cell_keeps_the_kommune_from_being_projected(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_folkemengde();
    fixture_add_kommune(table, "0301", 2024, 9);
    fixture_add_kommune(table, "1101", 2024, 9);
    fixture_add_kommune(table, "1103", 2024, 9);
    sp_table_set_real(table, fixture_find(table, "0301", SP_MEN, 80, 2024), 4,
                      sp_real_none(SP_SUPPRESSED));
    /* The age code is spoilt, so one age of 1101 is not in the table. */
    sp_table_set_code(table, fixture_find(table, "1101", SP_MEN, 80, 2024), 2, "80");
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpHistory) history = read_history(table, 2024, 0, quality);
    assert_int_equal(history->status[0], SP_SUPPRESSED);
    assert_int_equal(history->status[1], SP_MISSING);
    assert_int_equal(history->status[2], SP_PRESENT);
    assert_int_equal(sp_quality_count(quality, "base_incomplete"), 2);
}

/* Of the cohort of 44 a year ago nine tenths are left elsewhere, and children are born a tenth more
 * than the year before. */
static void few_missing_cells_are_those_of_the_cohort_a_year_before(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_folkemengde();
    const char *const regions[] = {"0301", "1101", "1103"};
    for (gsize i = 0; i < G_N_ELEMENTS(regions); i++) {
        fixture_add_kommune(table, regions[i], 2023, 100 * (double)(i + 1));
        fixture_add_kommune(table, regions[i], 2024, 100 * (double)(i + 1));
    }
    for (gsize i = 1; i < G_N_ELEMENTS(regions); i++) {
        double size = 100 * (double)(i + 1);
        sp_table_set_real(table, fixture_find(table, regions[i], SP_MEN, 45, 2024), 4,
                          sp_real(0.9 * size));
        sp_table_set_real(table, fixture_find(table, regions[i], SP_WOMEN, 0, 2024), 4,
                          sp_real(1.1 * size));
    }
    sp_table_set_real(table, fixture_find(table, "0301", SP_MEN, 45, 2024), 4,
                      sp_real_none(SP_MISSING));
    sp_table_set_real(table, fixture_find(table, "0301", SP_WOMEN, 0, 2024), 4,
                      sp_real_none(SP_MISSING));
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpHistory) history = read_history(table, 2024, 1, quality);
    const SpPersons *base = sp_history_persons(history, 0, 2024);
    assert_int_equal(history->status[0], SP_PRESENT);
    assert_near(base->count[SP_MEN][45], 90, 0);
    assert_near(base->count[SP_WOMEN][0], 110, 0);
    assert_near(base->count[SP_MEN][46], 100, 0);
    assert_int_equal(history->base_reals[(gsize)SP_MEN * SP_N_AGES + 45].flags, SP_FLAG_MODELLED);
    assert_int_equal(history->base_reals[(gsize)SP_MEN * SP_N_AGES + 46].flags, 0);
    assert_int_equal(sp_quality_count(quality, "base_filled"), 1);
    assert_int_equal(sp_quality_count(quality, "base_incomplete"), 0);
}

/* Whoever has not reported has no hole, and what is withheld stays so. */
static void many_missing_cells_and_withheld_ones_are_not_filled(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_folkemengde();
    const char *const regions[] = {"0301", "1101", "1103"};
    for (gsize i = 0; i < G_N_ELEMENTS(regions); i++) {
        fixture_add_kommune(table, regions[i], 2023, 100);
        fixture_add_kommune(table, regions[i], 2024, 100);
    }
    for (guint age = 20; age <= 20 + SP_MOST_HOLES; age++) {
        sp_table_set_real(table, fixture_find(table, "0301", SP_MEN, age, 2024), 4,
                          sp_real_none(SP_MISSING));
    }
    sp_table_set_real(table, fixture_find(table, "1101", SP_MEN, 45, 2024), 4,
                      sp_real_none(SP_SUPPRESSED));
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpHistory) history = read_history(table, 2024, 1, quality);
    assert_int_equal(history->status[0], SP_MISSING);
    assert_int_equal(history->status[1], SP_SUPPRESSED);
    assert_int_equal(sp_quality_count(quality, "base_filled"), 0);
}

static void kommune_outside_its_lifetime_is_not_there(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_folkemengde();
    fixture_add_kommune(table, "0301", 2024, 9);
    for (guint cell = 0; cell < SP_N_SEXES * SP_N_AGES; cell++) {
        fixture_add_persons(table, "1507", cell / SP_N_AGES, cell % SP_N_AGES, 2024,
                            sp_real_none(SP_NOT_APPLICABLE));
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpHistory) history = read_history(table, 2024, 0, quality);
    assert_int_equal(history->n_regions, 1);
}

static void only_counted_years_a_year_apart_are_intervals(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_folkemengde();
    for (int year = 2019; year <= 2024; year++) {
        if (year != 2020) {
            fixture_add_kommune(table, "0301", year, 9);
        }
    }
    /* 2022 begins with a figure of the table's own modelling. */
    gsize row = fixture_find(table, "0301", SP_MEN, 3, 2022);
    sp_table_set_real(table, row, 4, sp_real_flagged(9, SP_FLAG_MODELLED));
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpHistory) history = read_history(table, 2024, 5, quality);
    const gboolean want[] = {FALSE, FALSE, FALSE, FALSE, TRUE};
    for (int i = 0; i < 5; i++) {
        assert_int_equal(sp_history_has_interval(history, 0, 2019 + i), want[i]);
    }
}

static void break_ends_no_interval(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_folkemengde();
    for (int year = 2022; year <= 2024; year++) {
        fixture_add_kommune(table, "0301", year, 9);
    }
    gsize row = fixture_find(table, "0301", SP_MEN, 3, 2023);
    sp_table_set_real(table, row, 4, sp_real_flagged(9, SP_FLAG_BREAK_BEFORE));
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpHistory) history = read_history(table, 2024, 2, quality);
    assert_false(sp_history_has_interval(history, 0, 2022));
    assert_true(sp_history_has_interval(history, 0, 2023));
}

static void base_that_is_not_there_is_an_error(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_folkemengde();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL, other = NULL;
    int base;
    assert_false(sp_history_newest(table, &base, &error));
    assert_error(error, SP_ERROR_NO_INPUT, "folkemengde");
    fixture_add_kommune(table, "0301", 2024, 9);
    assert_null(sp_history_new(table, 2023, 5, quality, &other));
    assert_error(other, SP_ERROR_NO_INPUT, "1 January 2023");
}

static void less_than_nobody_is_an_error_with_its_row(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_folkemengde();
    fixture_add_kommune(table, "0301", 2024, 9);
    sp_table_set_real(table, 4, 4, sp_real(-1));
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    assert_null(sp_history_new(table, 2024, 0, quality, &error));
    assert_error(error, SP_ERROR_DATA, "row 5: region=0301");
}

static void table_without_age_is_an_error(void **state)
{
    (void)state;
    static const char *const keys[] = {"region", "kjonn", "period"};
    static const char *const measures[] = {"innbyggere"};
    g_autoptr(SpTable) table = fixture_table("folkemengde", keys, 3, measures, 1);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    assert_null(sp_history_new(table, 2024, 0, quality, &error));
    assert_error(error, SP_ERROR_DATA, "alder");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kommuner_stand_in_byte_order_whatever_the_rows_order),
        cmocka_unit_test(other_regions_bands_totals_and_days_are_passed_over),
        cmocka_unit_test(newest_day_is_that_of_kommuner),
        cmocka_unit_test(missing_base_cell_keeps_the_kommune_from_being_projected),
        cmocka_unit_test(few_missing_cells_are_those_of_the_cohort_a_year_before),
        cmocka_unit_test(many_missing_cells_and_withheld_ones_are_not_filled),
        cmocka_unit_test(kommune_outside_its_lifetime_is_not_there),
        cmocka_unit_test(only_counted_years_a_year_apart_are_intervals),
        cmocka_unit_test(break_ends_no_interval),
        cmocka_unit_test(base_that_is_not_there_is_an_error),
        cmocka_unit_test(less_than_nobody_is_an_error_with_its_row),
        cmocka_unit_test(table_without_age_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
