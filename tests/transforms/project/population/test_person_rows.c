/* A table of persons as arrays. */
#include "tests/transforms/project/fixture.h"

#include "transforms/project/population/person_rows.h"

static void codes_of_sex_and_age_are_read_once_and_others_are_none(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_folkemengde();
    fixture_add_persons(table, "1101", SP_WOMEN, 84, 2024, sp_real(50));
    gsize both = sp_table_add_row(table);
    sp_table_set_code(table, both, 1, "0");
    sp_table_set_code(table, both, 2, "080-105");
    g_autoptr(GError) error = NULL;
    g_auto(SpPersonRows) rows;
    assert_true(sp_person_rows_init(&rows, table, &error));
    assert_int_equal(rows.sexes[rows.sex[0]], SP_WOMEN);
    assert_int_equal(rows.ages[rows.age[0]], 84);
    assert_near(rows.persons[0].value, 50, 0);
    assert_string_equal(sp_codes_text(rows.region_codes, rows.region[0]), "1101");
    assert_string_equal(sp_codes_text(rows.period_codes, rows.period[0]), "2024-01-01");
    assert_int_equal(rows.sexes[rows.sex[both]], -1);
    assert_int_equal(rows.ages[rows.age[both]], -1);
}

static void missing_column_is_told_and_leaves_nothing_to_free(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = fixture_doedelighet();
    g_autoptr(GError) error = NULL;
    g_auto(SpPersonRows) rows;
    assert_false(sp_person_rows_init(&rows, table, &error));
    assert_error(error, SP_ERROR_DATA, "no code column \"region\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_of_sex_and_age_are_read_once_and_others_are_none),
        cmocka_unit_test(missing_column_is_told_and_leaves_nothing_to_free),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
