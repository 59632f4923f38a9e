/* Code lists by data year, and the fields that readers themselves understand. */
#include "extractors/listed.h"
#include "extractors/person_field.h"
#include "tests/core/rows.h"

typedef struct {
    SpTables *lists;
} Fixture;

static int setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);
    fixture->lists = sp_tables_new();
    sp_tables_add(fixture->lists,
                  TABLE("tjeneste", "from:key to:attribute fra:key til:attribute opphold:attribute",
                        "12 12 _ 2018 _", "12 29 2019 _ _", "21 21 _ _ langtid"));
    sp_tables_add(fixture->lists, TABLE("enkel", "from:key to:attribute", "1 a", "2 b"));
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    Fixture *fixture = *state;
    sp_tables_free(fixture->lists);
    g_free(fixture);
    return 0;
}

static void a_code_is_what_it_is_in_the_year(void **state)
{
    const Fixture *fixture = *state;
    static const char *const columns[] = {"opphold", NULL};
    static const struct {
        int year;
        const char *to;
    } cases[] = {{2018, "12"}, {2019, "29"}, {2024, "29"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(SpListed) listed =
            sp_listed_new(fixture->lists, "tjeneste", columns, cases[i].year, &error);
        assert_no_error(error);
        gsize row = 0;
        assert_int_equal(sp_listed_size(listed), 2);
        assert_true(sp_listed_find(listed, "12x", 2, &row));
        assert_string_equal(sp_listed_text(listed, row, "to"), cases[i].to);
        assert_true(sp_listed_find(listed, "21", 2, &row));
        assert_string_equal(sp_listed_text(listed, row, "opphold"), "langtid");
        assert_false(sp_listed_find(listed, "1", 1, &row));
        assert_false(sp_listed_find(listed, "", 0, &row));
    }
}

static void a_list_without_years_holds_always(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpListed) listed = sp_listed_new(fixture->lists, "enkel", NULL, 2024, &error);
    assert_no_error(error);
    assert_int_equal(sp_listed_size(listed), 2);
}

static void check_refused(const SpTables *lists, const char *name, const char *const *columns,
                          const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(sp_listed_new(lists, name, columns, 2024, &error));
    assert_error(error, SP_ERROR_CONFIG, part);
}

static void a_list_that_contradicts_itself_is_refused(void **state)
{
    const Fixture *fixture = *state;
    static const char *const columns[] = {"opphold", NULL};
    check_refused(fixture->lists, "mangler", NULL, "config/codes/mangler.csv");
    check_refused(fixture->lists, "enkel", columns, "opphold");
    check_refused(NULL, "enkel", NULL, "no code list");
    SpTable *table = sp_tables_find(fixture->lists, "tjeneste");
    sp_table_set_code(table, 0, sp_table_find(table, "til"), "");
    check_refused(fixture->lists, "tjeneste", columns, "\"12\" stands twice");
    sp_table_set_code(table, 0, sp_table_find(table, "til"), "i fjor");
    check_refused(fixture->lists, "tjeneste", columns, "\"i fjor\" in column til");
}

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
        cmocka_unit_test_setup_teardown(a_code_is_what_it_is_in_the_year, setup, teardown),
        cmocka_unit_test_setup_teardown(a_list_without_years_holds_always, setup, teardown),
        cmocka_unit_test_setup_teardown(a_list_that_contradicts_itself_is_refused, setup, teardown),
        cmocka_unit_test(days_have_two_forms),
        cmocka_unit_test(a_day_ends_where_its_field_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
