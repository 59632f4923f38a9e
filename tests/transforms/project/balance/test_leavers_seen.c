/* Whose leavers are used. */
#include "tests/core/rows.h"

#include "transforms/project/balance/leavers_seen.h"

#define COLUMNS                                                                                    \
    "period:key region:key alder:key kjonn:key yrke:key turnover_personer:other "                  \
    "turnover_aarsverk:other sluttet_brutto:other sluttet_netto:other personer:other "             \
    "aarsverk:other"

/* The status of a measure of the row. */
static SpStatus status(const SpTable *table, gsize row, const char *measure)
{
    return (SpStatus)sp_table_real(table, row, sp_table_find(table, measure)).status;
}

/* 1101's netto is hidden, of 1103 all is shown, 1106 is not told. */
static void the_ages_of_a_kommune_whose_leavers_are_hidden_are_not_used(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table =
        TABLE("alder_og_stabilitet", COLUMNS, "2024-12-01--2025-12-01 0 055-075 0 lege 9 8 3 2 . .",
              "2024-12-01--2025-12-01 1101 055-075 0 lege 40 30 9 3 . .",
              "2024-12-01--2025-12-01 1103 055-075 0 lege 40 30 9 6 . .",
              "2024-12-01--2025-12-01 1106 055-075 0 lege 40 30 9 6 . .");
    g_autoptr(SpTable) shown =
        TABLE("alder_og_stabilitet", COLUMNS, "2024-12-01--2025-12-01 0 000-105 0 lege : : : : . .",
              "2024-12-01--2025-12-01 1101 000-105 0 lege 90 80 20 : . .",
              "2024-12-01--2025-12-01 1103 000-105 0 lege 90 80 20 10 . .");
    g_autoptr(SpTable) seen = sp_leavers_seen(table, shown, &error);
    assert_no_error(error);
    static const char *const measures[] = {"turnover_personer", "turnover_aarsverk",
                                           "sluttet_brutto", "sluttet_netto"};
    for (gsize i = 0; i < G_N_ELEMENTS(measures); i++) {
        assert_int_equal(status(seen, 0, measures[i]), SP_PRESENT); /* the country's */
        assert_int_equal(status(seen, 1, measures[i]), SP_SUPPRESSED);
        assert_int_equal(status(seen, 2, measures[i]), SP_PRESENT);
        assert_int_equal(status(seen, 3, measures[i]), SP_SUPPRESSED);
        assert_int_equal(status(table, 1, measures[i]), SP_PRESENT);
    }
}

/* Its leavers are: rates are told to three decimals, positions to all. */
static void a_position_that_is_hidden_is_not_used(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = TABLE(
        "alder_og_stabilitet", COLUMNS, "2025-12-01 0 000-105 0 fysioterapeut . . . . 3 2.5",
        "2025-12-01 0 000-105 0 lege . . . . 90 80", "2025-12-01 1101 000-105 0 lege . . . . 3 2");
    g_autoptr(SpTable) shown =
        TABLE("alder_og_stabilitet", COLUMNS, "2025-12-01 0 000-105 0 fysioterapeut . . . . : :",
              "2025-12-01 0 000-105 0 lege . . . . 90 80");
    g_autoptr(SpTable) seen = sp_leavers_seen(table, shown, &error);
    assert_no_error(error);
    assert_int_equal(status(seen, 0, "personer"), SP_SUPPRESSED);
    assert_int_equal(status(seen, 0, "aarsverk"), SP_SUPPRESSED);
    assert_int_equal(status(seen, 1, "aarsverk"), SP_PRESENT);
    assert_int_equal(status(seen, 2, "aarsverk"), SP_PRESENT); /* nobody reads it */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_ages_of_a_kommune_whose_leavers_are_hidden_are_not_used),
        cmocka_unit_test(a_position_that_is_hidden_is_not_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
