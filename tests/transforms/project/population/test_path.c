/* Factors by year. */
#include "tests/check.h"

#include "transforms/project/population/path.h"

static SpPath parse(const char *text)
{
    SpPath path;
    g_autoptr(GError) error = NULL;
    assert_true(sp_path_parse("project.x", text, 3.0, &path, &error));
    assert_no_error(error);
    return path;
}

static void no_path_is_one(void **state)
{
    (void)state;
    const SpPath none = {0};
    assert_near(sp_path_at(&none, 2050), 1.0, 0);
}

static void number_alone_holds_every_year(void **state)
{
    (void)state;
    const SpPath path = parse(" 1.25 ");
    assert_near(sp_path_at(&path, 1900), 1.25, 0);
    assert_near(sp_path_at(&path, 2100), 1.25, 0);
}

static void between_points_is_a_straight_line_and_outside_level(void **state)
{
    (void)state;
    const SpPath path = parse("2026:1 2030:2  2040:0.5");
    assert_near(sp_path_at(&path, 2020), 1.0, 0);
    assert_near(sp_path_at(&path, 2027), 1.25, 1e-15);
    assert_near(sp_path_at(&path, 2030), 2.0, 0);
    assert_near(sp_path_at(&path, 2035), 1.25, 1e-15);
    assert_near(sp_path_at(&path, 2060), 0.5, 0);
}

static void anything_else_is_refused_with_key_and_text(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "x",
        "-1",
        "3.1",
        "2026:",
        ":1",
        "1 2",
        "1:1 1:2",
        "2030:1 2026:1",
        "2026:1 2030",
        "2026:1;2030:2",
        "nan",
        "1:1 2:1 3:1 4:1 5:1 6:1 7:1 8:1 9:1 10:1 11:1 12:1 13:1 14:1 15:1 16:1 17:1"};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        SpPath path;
        g_autoptr(GError) error = NULL;
        assert_false(sp_path_parse("project.x", wrong[i], 3.0, &path, &error));
        assert_error(error, SP_ERROR_CONFIG, "project.x");
        assert_non_null(strstr(error->message, wrong[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_path_is_one),
        cmocka_unit_test(number_alone_holds_every_year),
        cmocka_unit_test(between_points_is_a_straight_line_and_outside_level),
        cmocka_unit_test(anything_else_is_refused_with_key_and_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
