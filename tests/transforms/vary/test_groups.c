/* Groups of kommuner by an attribute of table region. */
#include "tests/transforms/vary/variation.h"

#include "transforms/vary/groups.h"

static void kommuner_of_one_code_are_a_group_and_those_without_another(void **state)
{
    (void)state;
    static const char *const codes[] = {"EKG01", "EKG02", "EKG01", "", ""};
    g_autoptr(SpTable) regions = regions_by("kostragruppe", codes);
    g_autoptr(SpGroups) groups = sp_groups_new(regions, "kostragruppe");
    assert_non_null(groups);
    assert_int_equal(sp_groups_size(groups), 3);
    assert_int_equal(sp_groups_of(groups, "1505"), sp_groups_of(groups, "1508"));
    assert_int_equal(sp_groups_of(groups, "1511"), sp_groups_of(groups, "1580"));
    assert_int_not_equal(sp_groups_of(groups, "1505"), sp_groups_of(groups, "1506"));
    assert_int_not_equal(sp_groups_of(groups, "1505"), sp_groups_of(groups, "1511"));
}

static void attribute_that_no_kommune_has_is_not_known(void **state)
{
    (void)state;
    static const char *const codes[] = {"", "", "", "", ""};
    g_autoptr(SpTable) regions = regions_by("kostragruppe", codes);
    sp_table_set_code(regions, 0, sp_table_find(regions, "kostragruppe"), "EKG01"); /* the fylke */
    assert_null(sp_groups_new(regions, "kostragruppe"));
    assert_null(sp_groups_new(regions, "arbeidsmarked"));
}

static void fylker_are_no_kommuner(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) regions = tables_region(kommuner, G_N_ELEMENTS(kommuner));
    g_autoptr(GPtrArray) list = sp_groups_list_kommuner(regions, &error);
    assert_no_error(error);
    assert_int_equal(list->len, G_N_ELEMENTS(kommuner));
    assert_string_equal(g_ptr_array_index(list, 0), "1505");
}

static void table_without_kinds_of_regions_is_an_error(void **state)
{
    (void)state;
    static const char *const names[] = {"region"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) regions = tables_codes("region", names, G_N_ELEMENTS(names));
    assert_null(sp_groups_list_kommuner(regions, &error));
    assert_error(error, SP_ERROR_DATA, "slag");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kommuner_of_one_code_are_a_group_and_those_without_another),
        cmocka_unit_test(attribute_that_no_kommune_has_is_not_known),
        cmocka_unit_test(fylker_are_no_kommuner),
        cmocka_unit_test(table_without_kinds_of_regions_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
