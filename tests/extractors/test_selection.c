/* Queries of datasets. */
#include "extractors/selection.h"

#include "tests/check.h"

static const SpSelection *at(const GPtrArray *selections, guint i)
{
    assert_true(i < selections->len);
    return selections->pdata[i];
}

static void names_and_codes_are_taken_apart(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) found = sp_selection_parse(
        "  \"Fagskolens navn\"=\"AOF, Oslo\",B  Årstall=between(2019, 2024)\n\tNivaa=*,!0 ",
        &error);
    assert_no_error(error);
    assert_int_equal(found->len, 3);
    assert_string_equal(at(found, 0)->name, "Fagskolens navn");
    assert_string_equal(at(found, 0)->codes[0], "AOF, Oslo");
    assert_string_equal(at(found, 0)->codes[1], "B");
    assert_null(at(found, 0)->codes[2]);
    assert_string_equal(at(found, 1)->codes[0], "between(2019, 2024)");
    assert_string_equal(at(found, 2)->codes[1], "!0");
    g_autoptr(GPtrArray) none = sp_selection_parse(" ", &error);
    assert_int_equal(none->len, 0);
}

static void what_is_no_query_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *part;
    } cases[] = {
        {"Aar", "\"Aar\" is not NAME=CODES"},
        {"=1", "is not NAME=CODES"},
        {"a=b=c", "is not NAME=CODES"},
        {"a=1,,2", "an empty code"},
        {"a=", "an empty code"},
        {"a=1 a=2", "\"a\" comes twice"},
        {"a=top(1", "parentheses"},
        {"a=1)", "parentheses"},
        {"\"a=1", "quotes"},
        {"a=\xff", "not UTF-8"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(sp_selection_parse(cases[i].text, &error));
        assert_error(error, SP_ERROR_CONFIG, cases[i].part);
    }
}

static void list_keeps_blanks_inside_its_items(void **state)
{
    (void)state;
    g_auto(GStrv) items = sp_selection_list(" Fagskolens navn ,, Årstall,");
    assert_string_equal(items[0], "Fagskolens navn");
    assert_string_equal(items[1], "Årstall");
    assert_null(items[2]);
}

static void call_is_its_name_and_parentheses(void **state)
{
    (void)state;
    g_autofree char *inner = NULL;
    assert_true(sp_selection_call("top(3)", "top", &inner));
    assert_string_equal(inner, "3");
    assert_false(sp_selection_call("top", "top", NULL));
    assert_false(sp_selection_call("topp(3)", "top", NULL));
    assert_false(sp_selection_call("top(3)x", "top", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_codes_are_taken_apart),
        cmocka_unit_test(what_is_no_query_is_refused),
        cmocka_unit_test(list_keeps_blanks_inside_its_items),
        cmocka_unit_test(call_is_its_name_and_parentheses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
