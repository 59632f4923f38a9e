/* Codes that are sums of others. */
#include "tests/core/rows.h"

#include "transforms/protect/nesting.h"

/* "a b" of what is above a leaf. */
static char *above(const SpNesting *nesting, const char *code)
{
    g_autoptr(GString) text = g_string_new(NULL);
    guint32 number = 0;
    assert_true(sp_codes_find(nesting->codes, code, &number));
    const GArray *codes = nesting->above[number];
    for (guint i = 0; i < codes->len; i++) {
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "",
                               sp_codes_text(nesting->codes, g_array_index(codes, guint32, i)));
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

#define assert_above(nesting, code, wanted)                                                        \
    do {                                                                                           \
        g_autofree char *found = above(nesting, code);                                             \
        assert_string_equal(found, wanted);                                                        \
    } while (0)

static void a_leaf_is_in_all_that_holds_it(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpNesting) nesting = sp_nesting_new();
    (void)state;
    sp_nesting_add(nesting, 0, "0", "11");
    sp_nesting_add(nesting, 0, "11", "1101");
    sp_nesting_add(nesting, 0, "11", "1101"); /* said twice */
    sp_nesting_add(nesting, 0, "11", "1103");
    (void)sp_nesting_add_code(nesting, "9999");
    assert_true(sp_nesting_close(nesting, &error));
    assert_no_error(error);
    assert_above(nesting, "1101", "0 11 1101");
    assert_above(nesting, "9999", "9999");
    assert_above(nesting, "11", "");
    assert_int_equal(nesting->parts[1]->len, 2);
}

static void a_code_that_holds_itself_is_refused(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpNesting) nesting = sp_nesting_new();
    (void)state;
    sp_nesting_add(nesting, 0, "a", "b");
    sp_nesting_add(nesting, 0, "b", "a");
    assert_false(sp_nesting_close(nesting, &error));
    assert_error(error, SP_ERROR_DATA, "the code a is part of itself");
}

static void ages_of_one_table_are_filled_by_those_of_another(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpNesting) nesting = sp_nesting_new();
    (void)state;
    (void)sp_nesting_add_code(nesting, "015-034");
    (void)sp_nesting_add_code(nesting, "015-024");
    (void)sp_nesting_add_code(nesting, "025-034");
    (void)sp_nesting_add_code(nesting, "055-075"); /* the first five years of it are not there */
    (void)sp_nesting_add_code(nesting, "060-075");
    (void)sp_nesting_add_code(nesting, "tot");
    sp_nesting_join_ages(nesting);
    assert_true(sp_nesting_close(nesting, &error));
    assert_above(nesting, "025-034", "015-034 025-034");
    assert_above(nesting, "060-075", "060-075");
    assert_above(nesting, "055-075", "055-075");
}

static void two_tables_may_sum_up_a_code_in_two_ways(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpNesting) nesting = sp_nesting_new();
    (void)state;
    sp_nesting_add(nesting, 0, "015-075", "015-034");
    sp_nesting_add(nesting, 0, "015-075", "035-075");
    sp_nesting_add(nesting, 1, "015-075", "015-024");
    sp_nesting_add(nesting, 1, "015-075", "025-034");
    sp_nesting_add(nesting, 1, "015-075", "035-075");
    sp_nesting_add(nesting, 2, "015-075", "035-075"); /* as the first, in another order */
    sp_nesting_add(nesting, 2, "015-075", "015-034");
    sp_nesting_join_ages(nesting);
    assert_true(sp_nesting_close(nesting, &error));
    assert_int_equal(nesting->sums->len, 3); /* and 015-034 of its two */
    assert_above(nesting, "015-024", "015-075 015-034 015-024");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_leaf_is_in_all_that_holds_it),
        cmocka_unit_test(a_code_that_holds_itself_is_refused),
        cmocka_unit_test(ages_of_one_table_are_filled_by_those_of_another),
        cmocka_unit_test(two_tables_may_sum_up_a_code_in_two_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
