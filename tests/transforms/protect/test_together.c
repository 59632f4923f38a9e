/* What several sums tell together, and none of them after another. */
#include "tests/transforms/protect/made_up_facts.h"
#include "tests/transforms/protect/three_sums.h"

#include "transforms/protect/together.h"

#include <math.h>

static void assert_limits(SpTogether *together, guint32 cell, double low, double high)
{
    g_autoptr(GArray) binds = g_array_new(FALSE, FALSE, sizeof(guint32));
    const SpLimits limits = sp_together_ask(together, cell, (double)INFINITY, binds);
    assert_true(limits.low == low && limits.high == high);
    assert_true(binds->len > 0);
}

static void limits_are_those_of_all_sums_at_once(void **state)
{
    static const gboolean is_known[N_CELLS] = {TRUE, TRUE, TRUE, TRUE, TRUE, TRUE, TRUE};
    SpSaid said[] = {{TRUE, TRUE, 0.0}, {TRUE, TRUE, 0.0}, {TRUE, TRUE, 0.0}};
    double low[N_CELLS] = {4.0, 1.0, 1.0, 1.0, 10.0, 10.0, 8.0};
    double high[N_CELLS] = {9.0, 6.0, 6.0, 6.0, 10.0, 10.0, 8.0};
    g_autoptr(SpRelations) relations = relations_of();
    const SpRoom room = {.relations = relations,
                         .value = truth,
                         .is_known = is_known,
                         .said = said,
                         .low = low,
                         .high = high};
    g_autoptr(SpTogether) together = sp_together_new(&room);
    (void)state;
    assert_limits(together, X, 7.0, 9.0);
    assert_limits(together, Y, 1.0, 3.0);
    assert_limits(together, Z, 1.0, 3.0);
    assert_limits(together, U, 1.0, 6.0);
    /* It is not looked further than is asked. */
    g_autoptr(GArray) binds = g_array_new(FALSE, FALSE, sizeof(guint32));
    const SpLimits enough = sp_together_ask(together, Y, 3.0, binds);
    assert_true(enough.low == truth[Y] && enough.high == 3.0);
}

static SpTables *shown_with(const char *settings)
{
    SpTable *table =
        TABLE("fin", "region:key yrke:key period:key personer:sum", "5001 x 2025 8",
              "5001 y 2025 2", "5001 z 2025 2", "5001 u 2025 4", "5001 p 2025 10", "5001 q 2025 10",
              "5001 r 2025 8", "50 x 2025 8", "50 y 2025 2", "50 z 2025 2", "50 u 2025 4",
              "50 p 2025 10", "50 q 2025 10", "50 r 2025 8");
    SpTable *const tables[] = {
        table,
        TABLE("sammenheng", "tabell:key kolonne:key hel:key del:key personer:attribute",
              "fin yrke p x sum", "fin yrke p y sum", "fin yrke q x sum", "fin yrke q z sum",
              "fin yrke r y sum", "fin yrke r z sum", "fin yrke r u sum"),
        regions(),
        TABLE("skjermingslag",
              "table:attribute layer:attribute measure:attribute rule:attribute of:attribute",
              "fin ansatte personer few _"),
        owners(nobody),
        NULL};
    g_autoptr(GError) error = NULL;
    sp_table_set_marks(table, SP_MARK_SENSITIVE);
    SpTables *out = shown_of(tables, 1, settings, &error);
    assert_no_error(error);
    return out;
}

static guint count_shown_sums(const SpTables *out)
{
    const SpTable *table = sp_tables_find(out, "fin");
    guint n = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const gboolean is_sum = strchr("pqr", *sp_table_code(table, row, 1)) != NULL;
        n += is_sum && sp_table_real(table, row, 3).status == SP_PRESENT ? 1 : 0;
    }
    return n;
}

static void a_sum_is_hidden_for_what_it_tells_together_with_others(void **state)
{
    g_autoptr(SpTables) linear = shown_with(LINEAR_ONLY);
    g_autoptr(SpTables) out = shown_with(USUAL);
    (void)state;
    assert_int_equal(count_shown_sums(linear), 6);
    assert_int_equal(count_shown_sums(out), 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_are_those_of_all_sums_at_once),
        cmocka_unit_test(a_sum_is_hidden_for_what_it_tells_together_with_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
