/* Code lists, in all years and in one. */
#include "core/code_list.h"
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
        g_autoptr(SpCodeList) listed =
            sp_code_list_new(fixture->lists, "tjeneste", columns, cases[i].year, &error);
        assert_no_error(error);
        gsize row = 0;
        assert_int_equal(sp_code_list_size(listed), 2);
        assert_true(sp_code_list_find_row(listed, "12x", 2, &row));
        assert_string_equal(sp_code_list_text(listed, row, "to"), cases[i].to);
        assert_true(sp_code_list_find_row(listed, "21", 2, &row));
        assert_string_equal(sp_code_list_text(listed, row, "opphold"), "langtid");
        assert_false(sp_code_list_find_row(listed, "1", 1, &row));
        assert_false(sp_code_list_find_row(listed, "", 0, &row));
    }
}

static void a_list_without_years_holds_always(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpCodeList) listed = sp_code_list_new(fixture->lists, "enkel", NULL, 2024, &error);
    assert_no_error(error);
    assert_int_equal(sp_code_list_size(listed), 2);
}

static void a_list_of_all_years_is_asked_by_year(void **state)
{
    const Fixture *fixture = *state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpCodeList) list = sp_code_list_new(fixture->lists, "tjeneste", NULL, 0, &error);
    assert_no_error(error);
    assert_string_equal(sp_code_list_find(list, "12", 2018), "12");
    assert_string_equal(sp_code_list_find(list, "12", 2019), "29");
    assert_string_equal(sp_code_list_find(list, "12", 0), "12"); /* the first in the list */
    assert_null(sp_code_list_find(list, "13", 0));
    assert_true(sp_code_list_knows(list, "12"));
    assert_true(sp_code_list_gives(list, "29"));
    assert_false(sp_code_list_gives(list, "langtid"));
    assert_true(sp_code_list_has_years(list));
    assert_int_equal(sp_codes_size(sp_code_list_codes(list)), 2);
    g_autoptr(SpCodeList) plain = sp_code_list_new(fixture->lists, "enkel", NULL, 0, &error);
    assert_no_error(error);
    assert_false(sp_code_list_has_years(plain));
}

static void check_refused(const SpTables *lists, const char *name, const char *const *columns,
                          const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(sp_code_list_new(lists, name, columns, 2024, &error));
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_code_is_what_it_is_in_the_year, setup, teardown),
        cmocka_unit_test_setup_teardown(a_list_without_years_holds_always, setup, teardown),
        cmocka_unit_test_setup_teardown(a_list_of_all_years_is_asked_by_year, setup, teardown),
        cmocka_unit_test_setup_teardown(a_list_that_contradicts_itself_is_refused, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
