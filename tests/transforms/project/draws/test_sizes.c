/* The table of sizes: the one that is shipped, and what is refused. */
#include "tests/core/rows.h"
#include "shipped.h"

#include "transforms/project/draws/sizes.h"

static void shipped_sizes_are_read(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = shipped_sizes();
    g_autoptr(GError) error = NULL;
    SpShockSizes sizes;
    assert_true(sp_shock_sizes_read(table, &sizes, &error));
    assert_no_error(error);
    assert_true(sizes.staying > 0.5 && sizes.staying < 1);
    assert_true(sizes.kommune.kept == 1 && sizes.kommune.step > 0);
    assert_true(sizes.participation.shared > 0);
    assert_true(sizes.aarsverk_per_person > 0.5);
}

static void assert_refused(SpTable *table, const char *part)
{
    g_autoptr(GError) error = NULL;
    SpShockSizes sizes;
    assert_false(sp_shock_sizes_read(table, &sizes, &error));
    assert_error(error, SP_ERROR_DATA, part);
}

static void unknown_id_is_refused(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = shipped_sizes();
    sp_table_set_code(table, sp_table_add_row(table), 0, "deltakelse.stegg");
    assert_refused(table, "id \"deltakelse.stegg\" is unknown");
}

static void id_that_stands_twice_is_refused(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = shipped_sizes();
    gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, 0, "person.blir");
    sp_table_set_real(table, row, 1, sp_real(0.9));
    assert_refused(table, "id \"person.blir\" stands twice");
}

static void value_out_of_range_is_refused(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = shipped_sizes();
    sp_table_set_real(table, 0, 1, sp_real(1.5));
    assert_refused(table, "want a number from 0 to 1 in verdi");
}

static void missing_value_is_refused(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = shipped_sizes();
    sp_table_set_real(table, 0, 1, sp_real_none(SP_SUPPRESSED));
    assert_refused(table, "want a number");
}

static void empty_table_names_the_first_id_it_lacks(void **state)
{
    (void)state;
    g_autoptr(SpTable) whole = shipped_sizes();
    g_autoptr(SpTable) table = sp_table_copy_schema(whole, NULL);
    assert_refused(table, "id \"behov.felles_omraader\" is not there");
}

static void table_without_the_column_is_refused(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = TABLE("sjokk", "id:key tall:other", "person.blir 0.9");
    assert_refused(table, "verdi");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_sizes_are_read),
        cmocka_unit_test(unknown_id_is_refused),
        cmocka_unit_test(id_that_stands_twice_is_refused),
        cmocka_unit_test(value_out_of_range_is_refused),
        cmocka_unit_test(missing_value_is_refused),
        cmocka_unit_test(empty_table_names_the_first_id_it_lacks),
        cmocka_unit_test(table_without_the_column_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
