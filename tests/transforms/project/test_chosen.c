/* Which days are told. */
#include "tests/transforms/project/fixture.h"

#include "transforms/project/chosen.h"

static void assert_days(const char *text, int base, gsize n_days, gsize n, const gsize wanted[])
{
    g_autoptr(SpSettings) settings = fixture_chosen(text);
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) years = sp_chosen_years_read(settings, &error);
    assert_no_error(error);
    g_autoptr(GArray) days =
        sp_chosen_days(years->len, (const int *)(gpointer)years->data, base, n_days);
    assert_int_equal(days->len, n);
    assert_memory_equal(days->data, wanted, n * sizeof *wanted);
}

static void years_within_are_told_in_order_and_once(void **state)
{
    (void)state;
    static const gsize wanted[] = {0, 4, 9};
    assert_days("2035, 2030, 2026, 2030, 2025, 2036", 2026, 10, 3, wanted);
}

static void the_last_day_stands_in_for_years_that_are_not_there(void **state)
{
    (void)state;
    static const gsize wanted[] = {3};
    assert_days("2040", 2026, 4, 1, wanted);
}

static void what_is_no_year_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"2030, snart", "30", "2030.5"};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(SpSettings) settings = fixture_chosen(wrong[i]);
        g_autoptr(GError) error = NULL;
        assert_null(sp_chosen_years_read(settings, &error));
        assert_error(error, SP_ERROR_CONFIG, "is no year");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_within_are_told_in_order_and_once),
        cmocka_unit_test(the_last_day_stands_in_for_years_that_are_not_there),
        cmocka_unit_test(what_is_no_year_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
