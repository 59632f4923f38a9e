/* Each kommune beside those it may be compared with: means computed here by hand. */
#include "tests/transforms/vary/compared.h"

#include "transforms/vary/vary.h"

enum { KOMMUNER = 12 };

static SpTable *run(const Compared *compared)
{
    const char *const assignments[] = {"comparators=5",
                                       "comparator_groups=3",
                                       "comparators_by=need",
                                       "comparators_theme=",
                                       "comparator_weights=",
                                       "covariate_classes=",
                                       "period_minimum_share=0.75",
                                       "comparison_minimum_members=5"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpSettings) settings = compared_settings(assignments, G_N_ELEMENTS(assignments),
                                                       sp_transform_comparison.config_keys,
                                                       sp_transform_comparison.n_config_keys);
    sp_transform_comparison.run(compared->in, settings, out, quality, &error);
    assert_no_error(error);
    return sp_tables_steal(out, "sammenlikning");
}

/* Need rises with the number of the kommune: its nearest are its neighbours in number. */
static Compared country_of(const char *indicator, double per)
{
    Compared compared = compared_new(KOMMUNER);
    for (guint i = 0; i < KOMMUNER; i++) {
        compared_add(&compared, "gamle", i, "2022-01-01", (Rate){sp_real(10.0 + i), 1000.0, 1.0});
        const gsize row = compared_add(&compared, indicator, i, "2022-12-31",
                                       (Rate){sp_real(10.0 * (i + 1)), 1000.0 + 100.0 * i, per});
        compared_chance(&compared, row, 50.0, 50.0);
    }
    return compared;
}

/* 5 per 1 000 in the source's own row: the kommuner that we know have another figure together. */
static void country_is_its_own_figure_where_the_source_has_one(void **state)
{
    (void)state;
    g_auto(Compared) compared = country_of("brukere", 1000.0);
    compared_add_country(&compared, "brukere", "2022-12-31",
                         (Rate){sp_real(50.0), 10000.0, 1000.0});
    g_autoptr(SpTable) table = run(&compared);
    assert_near(TABLES_FIND(table, "middel_landet", "brukere", "1000").value, 5.0, 1e-12);
    assert_int_equal(TABLES_FIND(table, "n_landet", "brukere", "1000").status, SP_NOT_APPLICABLE);
    assert_near(TABLES_FIND(table, "forhold_landet", "brukere", "1000").value, 10.0 / 5.0, 1e-12);
    /* The country is nobody's member: the other means stand. */
    assert_near(TABLES_FIND(table, "n_fylke", "brukere", "1000").value, 6.0, 0.0);
    assert_int_equal(sp_table_n_rows(table), 2 * KOMMUNER);
}

/* What the kommuner for which `is_in` is TRUE have together, per 1 000. */
static double together(const gboolean is_in[])
{
    double teller = 0.0;
    double nevner = 0.0;
    for (guint i = 0; i < KOMMUNER; i++) {
        teller += is_in[i] ? 10.0 * (i + 1) : 0.0;
        nevner += is_in[i] ? 1000.0 + 100.0 * i : 0.0;
    }
    return 1000.0 * teller / nevner;
}

static void means_are_what_the_others_have_together(void **state)
{
    (void)state;
    g_auto(Compared) compared = country_of("brukere", 1000.0);
    g_autoptr(SpTable) table = run(&compared);
    gboolean is_even[KOMMUNER];
    gboolean is_in_10[KOMMUNER];
    gboolean is_all[KOMMUNER];
    gboolean is_near[KOMMUNER];
    for (guint i = 0; i < KOMMUNER; i++) {
        is_even[i] = i % 2 == 0;
        is_in_10[i] = i < KOMMUNER / 2;
        is_all[i] = TRUE;
        is_near[i] = i >= 1 && i <= 5; /* of the first: itself is not among them */
    }
    const struct {
        const char *mean, *n;
        double wanted;
        double n_wanted;
    } each[] = {{"middel_naermeste", "n_naermeste", together(is_near), 5.0},
                {"middel_kostragruppe", "n_kostragruppe", together(is_even), 6.0},
                {"middel_fylke", "n_fylke", together(is_in_10), 6.0},
                {"middel_landet", "n_landet", together(is_all), 12.0}};
    for (gsize k = 0; k < G_N_ELEMENTS(each); k++) {
        assert_near(TABLES_FIND(table, each[k].mean, "brukere", "1000").value, each[k].wanted,
                    1e-9);
        assert_near(TABLES_FIND(table, each[k].n, "brukere", "1000").value, each[k].n_wanted, 0.0);
    }
    assert_near(TABLES_FIND(table, "forhold_landet", "brukere", "1000").value,
                10.0 / together(is_all), 1e-9);
}

static void mean_of_few_kommuner_is_not_told(void **state)
{
    (void)state;
    g_auto(Compared) compared = country_of("brukere", 1000.0);
    g_autoptr(SpTable) table = run(&compared);
    assert_near(TABLES_FIND(table, "n_sentralitet", "brukere", "1000").value, 2.0, 0.0);
    assert_int_equal(TABLES_FIND(table, "middel_sentralitet", "brukere", "1000").status,
                     SP_MISSING);
    assert_int_equal(TABLES_FIND(table, "forhold_sentralitet", "brukere", "1000").status,
                     SP_MISSING);
}

/* Its figure is in no mean either: the mean would give it away. */
static void hidden_figure_stays_hidden_and_enters_no_mean(void **state)
{
    (void)state;
    g_auto(Compared) compared = country_of("brukere", 1000.0);
    g_autoptr(SpTable) before = run(&compared);
    const gsize row = 1; /* the first row of brukere, kommune 1000 */
    assert_string_equal(sp_table_code(compared.values, row, 0), "brukere");
    sp_table_set_real(compared.values, row, 4, sp_real_none(SP_SUPPRESSED));
    sp_table_set_real(compared.values, row, 6, sp_real_none(SP_SUPPRESSED));
    g_autoptr(SpTable) after = run(&compared);
    assert_int_equal(TABLES_FIND(after, "verdi", "brukere", "1000").status, SP_SUPPRESSED);
    assert_int_equal(TABLES_FIND(after, "forhold_landet", "brukere", "1000").status, SP_SUPPRESSED);
    assert_near(TABLES_FIND(after, "n_landet", "brukere", "1001").value, 11.0, 0.0);
    assert_near(TABLES_FIND(after, "middel_naermeste", "brukere", "1000").value,
                TABLES_FIND(before, "middel_naermeste", "brukere", "1000").value, 1e-12);
}

static void share_is_compared_as_it_is(void **state)
{
    (void)state;
    g_auto(Compared) compared = country_of("andel", 1.0);
    g_autoptr(SpTable) table = run(&compared);
    assert_int_equal(TABLES_FIND(table, "forhold_landet", "andel", "1000").status,
                     SP_NOT_APPLICABLE);
    assert_near(TABLES_FIND(table, "middel_landet", "andel", "1000").value, 780.0 / 18600.0, 1e-12);
}

/* Partners have the area's verdi and no figures of their own. */
static void kommuner_that_share_a_service_enter_once(void **state)
{
    (void)state;
    g_auto(Compared) compared = country_of("brukere", 1000.0);
    const gsize row = 3; /* kommune 1001 */
    assert_string_equal(sp_table_code(compared.values, row, 1), "1001");
    sp_table_set_code(compared.values, row, 3, "1000");
    sp_table_set_real(compared.values, row, 4, sp_real_none(SP_NOT_APPLICABLE));
    sp_table_set_real(compared.values, row, 5, sp_real_none(SP_NOT_APPLICABLE));
    g_autoptr(SpTable) table = run(&compared);
    assert_near(TABLES_FIND(table, "n_landet", "brukere", "1001").value, 11.0, 0.0);
    assert_string_equal(ATTRIBUTE(table, "vertskommune", "brukere", "1001"), "1000");
    assert_true(sp_real_is_number(TABLES_FIND(table, "verdi", "brukere", "1001")));
}

/* Eight of twelve are fewer than three in four of them. */
static void period_that_is_coming_in_waits(void **state)
{
    (void)state;
    g_auto(Compared) compared = country_of("brukere", 1000.0);
    for (guint i = 0; i < 8; i++) {
        const gsize row = compared_add(&compared, "brukere", i, "2023-12-31",
                                       (Rate){sp_real(1.0), 1000.0, 1000.0});
        compared_chance(&compared, row, 50.0, 50.0);
    }
    g_autoptr(SpTable) table = run(&compared);
    assert_string_equal(ATTRIBUTE(table, "period", "brukere", "1000"), "2022-12-31");
    const gsize row =
        compared_add(&compared, "brukere", 8, "2023-12-31", (Rate){sp_real(1.0), 1000.0, 1000.0});
    compared_chance(&compared, row, 50.0, 50.0);
    g_autoptr(SpTable) later = run(&compared);
    assert_string_equal(ATTRIBUTE(later, "period", "brukere", "1000"), "2023-12-31");
}

static void mean_that_is_not_above_0_has_no_ratio(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(KOMMUNER);
    for (guint i = 0; i < KOMMUNER; i++) {
        compared_add(&compared, "kroner", i, "2022", (Rate){sp_real(-10.0), 1000.0, 1.0});
    }
    g_autoptr(SpTable) table = run(&compared);
    assert_near(TABLES_FIND(table, "middel_landet", "kroner", "1000").value, -0.01, 1e-12);
    assert_int_equal(TABLES_FIND(table, "forhold_landet", "kroner", "1000").status,
                     SP_NOT_APPLICABLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(country_is_its_own_figure_where_the_source_has_one),
        cmocka_unit_test(means_are_what_the_others_have_together),
        cmocka_unit_test(mean_of_few_kommuner_is_not_told),
        cmocka_unit_test(hidden_figure_stays_hidden_and_enters_no_mean),
        cmocka_unit_test(share_is_compared_as_it_is),
        cmocka_unit_test(kommuner_that_share_a_service_enter_once),
        cmocka_unit_test(period_that_is_coming_in_waits),
        cmocka_unit_test(mean_that_is_not_above_0_has_no_ratio),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
