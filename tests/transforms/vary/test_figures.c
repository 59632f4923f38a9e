/* Figures put together over kommuner and over years. */
#include "tests/check.h"

#include "transforms/vary/figures.h"

static SpFigures *figures_of(const char *period, SpReal teller, SpReal nevner)
{
    SpFigures *figures = sp_figures_new(period, 1);
    figures->teller[0] = teller;
    figures->nevner[0] = nevner;
    return figures;
}

/* 3, 4, 5 and 6 of 20 in the years that end on the day; a fifth year is not in the window. */
static GPtrArray *years(const char *day)
{
    GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)sp_figures_free);
    for (int year = 2018; year <= 2022; year++) {
        g_autofree char *period = g_strdup_printf("%d%s", year, day);
        g_ptr_array_add(all, figures_of(period, sp_real(year - 2016), sp_real(20.0)));
    }
    return all;
}

static void four_years_end_at_the_one_that_is_too_small(void **state)
{
    (void)state;
    static const char *const days[] = {"", "-12-31"};
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
        g_autoptr(GPtrArray) all = years(days[i]);
        guint own[SP_POOLED_YEARS];
        SpReal teller;
        SpReal nevner;
        assert_true(sp_figures_window(all, 4, own));
        g_autofree char *period = sp_figures_window_period(all, own);
        assert_string_equal(period, "2019-2022");
        assert_true(sp_figures_pool_years(all, own, 0, &teller, &nevner));
        assert_near(teller.value, 3.0 + 4.0 + 5.0 + 6.0, 0.0);
        assert_near(nevner.value, 80.0, 0.0);
        assert_false(sp_figures_window(all, 2, own));
    }
}

static void intervals_are_pooled_by_the_years_they_end_in(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)sp_figures_free);
    for (int year = 2018; year < 2022; year++) {
        g_autofree char *period = g_strdup_printf("%d-12-01--%d-12-01", year, year + 1);
        g_ptr_array_add(all, figures_of(period, sp_real(2.0), sp_real(20.0)));
    }
    guint own[SP_POOLED_YEARS];
    assert_true(sp_figures_window(all, 3, own));
    g_autofree char *period = sp_figures_window_period(all, own);
    assert_string_equal(period, "2019-2022");
}

static void quarters_and_years_with_a_hole_are_not_pooled(void **state)
{
    (void)state;
    guint own[SP_POOLED_YEARS];
    g_autoptr(GPtrArray) quarters = g_ptr_array_new_with_free_func((GDestroyNotify)sp_figures_free);
    for (int quarter = 1; quarter <= 4; quarter++) {
        g_autofree char *period = g_strdup_printf("2022K%d", quarter);
        g_ptr_array_add(quarters, figures_of(period, sp_real(2.0), sp_real(20.0)));
    }
    assert_false(sp_figures_window(quarters, 3, own));
    g_autoptr(GPtrArray) all = years("");
    g_ptr_array_remove_index(all, 2);
    assert_false(sp_figures_window(all, 3, own));
}

static void break_between_the_years_forbids_but_one_before_them_does_not(void **state)
{
    (void)state;
    guint own[SP_POOLED_YEARS];
    SpReal teller;
    SpReal nevner;
    g_autoptr(GPtrArray) all = years("-12-31");
    assert_true(sp_figures_window(all, 4, own));
    SpFigures *first = g_ptr_array_index(all, 1);
    first->teller[0] = sp_real_flagged(3.0, SP_FLAG_BREAK_BEFORE);
    assert_true(sp_figures_pool_years(all, own, 0, &teller, &nevner));
    SpFigures *third = g_ptr_array_index(all, 3);
    third->nevner[0] = sp_real_flagged(20.0, SP_FLAG_BREAK_BEFORE);
    assert_false(sp_figures_pool_years(all, own, 0, &teller, &nevner));
}

static void hidden_year_hides_the_four(void **state)
{
    (void)state;
    guint own[SP_POOLED_YEARS];
    SpReal teller;
    SpReal nevner;
    g_autoptr(GPtrArray) all = years("");
    SpFigures *second = g_ptr_array_index(all, 2);
    second->teller[0] = sp_real_none(SP_SUPPRESSED);
    assert_true(sp_figures_window(all, 4, own));
    assert_false(sp_figures_pool_years(all, own, 0, &teller, &nevner));
}

static void host_has_the_sums_and_its_partner_none(void **state)
{
    (void)state;
    g_autoptr(SpFigures) figures = sp_figures_new("2022", 3);
    for (gsize i = 0; i < 3; i++) {
        figures->teller[i] = sp_real((double)i + 1.0);
        figures->nevner[i] = sp_real(100.0);
    }
    figures->host[0] = 2;
    sp_figures_pool_hosts(figures);
    assert_near(figures->teller[2].value, 4.0, 0.0);
    assert_near(figures->nevner[2].value, 200.0, 0.0);
    assert_int_equal(figures->teller[0].status, SP_NOT_APPLICABLE);
    assert_near(figures->teller[1].value, 2.0, 0.0);
    assert_true(figures->is_area[0] && figures->is_area[2] && !figures->is_area[1]);
}

static void area_with_an_unknown_figure_is_not_known(void **state)
{
    (void)state;
    g_autoptr(SpFigures) figures = sp_figures_new("2022", 2);
    figures->teller[1] = sp_real(5.0);
    figures->nevner[0] = figures->nevner[1] = sp_real(100.0);
    figures->host[0] = 1;
    sp_figures_pool_hosts(figures);
    assert_int_equal(figures->teller[1].status, SP_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_years_end_at_the_one_that_is_too_small),
        cmocka_unit_test(intervals_are_pooled_by_the_years_they_end_in),
        cmocka_unit_test(quarters_and_years_with_a_hole_are_not_pooled),
        cmocka_unit_test(break_between_the_years_forbids_but_one_before_them_does_not),
        cmocka_unit_test(hidden_year_hides_the_four),
        cmocka_unit_test(host_has_the_sums_and_its_partner_none),
        cmocka_unit_test(area_with_an_unknown_figure_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
