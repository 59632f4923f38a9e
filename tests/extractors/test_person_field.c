/* The fields that readers of person-level files themselves understand. */
#include "extractors/person_field.h"
#include "tests/core/rows.h"

static void check_day(const char *text, SpDay want)
{
    const SpField field = {.text = text, .size = strlen(text)};
    SpDay day = -1;
    assert_int_equal(sp_field_day(&field, &day), want != 0);
    assert_int_equal(day, want != 0 ? want : -1);
}

static void days_have_two_forms(void **state)
{
    (void)state;
    check_day("2024-02-29", 20240229);
    check_day("29.02.2024", 20240229);
    check_day("29.02.2023", 0);
    check_day("2024-2-29", 0);
    check_day("29.2.2024", 0);
    check_day("2024.02.29", 0);
    check_day("29-02-2024", 0);
    check_day(" 2024-02-29", 0);
    check_day("2024-02-29 ", 0);
    check_day("", 0);
    check_day("+024-02-29", 0);
}

static void a_day_ends_where_its_field_ends(void **state)
{
    (void)state;
    const SpField field = {.text = "2024-02-29T12:00", .size = 10};
    const SpField nul = {.text = "2024-02\0-9", .size = 10};
    SpDay day = 0;
    assert_true(sp_field_day(&field, &day));
    assert_int_equal(day, 20240229);
    assert_false(sp_field_day(&nul, &day));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_have_two_forms),
        cmocka_unit_test(a_day_ends_where_its_field_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
