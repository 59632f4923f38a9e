/* Made-up pairs of tables: what is told holds against a comparison by look-ups, and no figure of a
 * hidden cell is ever told. */
#include "tests/core/rows.h"
#include "tests/seed.h"

#include "core/cell.h"
#include "core/table_rows.h"
#include "transforms/compare/changes.h"

enum { N_PAIRS = 400, N_REGIONS = 7, N_PERIODS = 4, N_MEASURES = 2 };

/* Numbers of `before` are odd and of no other table, so that one that is told is known as one. */
static SpReal make_real(guint64 *seed, gboolean is_before)
{
    const int kind = seed_next(seed, 10);
    SpReal real = kind < 2   ? sp_real_none(SP_SUPPRESSED)
                  : kind < 3 ? sp_real_none(SP_MISSING)
                  : kind < 4 ? sp_real(0.0)
                  : kind < 7 ? sp_real(1000.0)
                             : sp_real((is_before ? 1.0 : 2.0) + 2.0 * seed_next(seed, 200));
    real.flags = (guint8)(seed_next(seed, 8) == 0 ? SP_FLAG_PROVISIONAL : 0);
    return real;
}

static SpTable *make_table(guint64 *seed, gboolean is_before)
{
    SpTable *table = table_of("t", "region:key period:key a:sum b:other", 0, NULL);
    for (int region = 0; region < N_REGIONS; region++) {
        for (int period = 0; period < N_PERIODS; period++) {
            if (seed_next(seed, 4) == 0) {
                continue;
            }
            g_autofree char *code = g_strdup_printf("%d", region);
            g_autofree char *year = g_strdup_printf("202%d", period);
            const gsize row = sp_table_add_row(table);
            sp_table_set_code(table, row, 0, code);
            sp_table_set_code(table, row, 1, year);
            for (gsize i = 0; i < N_MEASURES; i++) {
                sp_table_set_real(table, row, 2 + i, make_real(seed, is_before));
            }
        }
    }
    sp_table_sort(table);
    return table;
}

/* The cell of a row of `changes` in a table; FALSE if it has none. */
static gboolean find_cell(const SpTable *changes, gsize row, const SpTable *table, SpReal *real)
{
    g_autofree char *text =
        g_strdup_printf("t %s %s", sp_table_code(changes, row, 2), sp_table_code(changes, row, 1));
    g_autoptr(SpCell) cell = sp_cell_parse(text, NULL);
    gsize at = 0;
    assert_non_null(cell);
    if (!sp_cell_find_row(cell, table, &at, NULL)) {
        return FALSE;
    }
    *real = sp_table_real(table, at, sp_table_find(table, cell->measure));
    return TRUE;
}

static gboolean is_cell(const SpTable *changes, gsize row)
{
    return strcmp(sp_table_code(changes, row, 4), "celle") == 0;
}

static void check_told(const SpTable *changes, const SpTable *before, const SpTable *now,
                       SpTellBefore tell)
{
    for (gsize row = 0; row < sp_table_n_rows(changes); row++) {
        const SpReal foer = sp_table_real(changes, row, 8);
        SpReal was = sp_real_none(SP_NOT_APPLICABLE);
        SpReal is = sp_real_none(SP_NOT_APPLICABLE);
        if (!is_cell(changes, row)) {
            assert_int_equal(foer.status, SP_NOT_APPLICABLE);
            continue;
        }
        const gboolean was_there = find_cell(changes, row, before, &was);
        const gboolean is_there = find_cell(changes, row, now, &is);
        assert_true(was_there || is_there);
        if (sp_real_is_number(foer)) {
            assert_near(foer.value, was.value, 0.0);
            assert_true(tell != SP_TELL_NONE);
            assert_true(is.status != SP_SUPPRESSED);
            assert_true(tell == SP_TELL_OPEN || sp_real_is_number(is));
        }
        assert_near(sp_table_real(changes, row, 9).value, is.value, 0.0);
    }
}

/* How many cells differ: by look-ups of each row in the other table. */
static double count_differing(const SpTable *one, const SpTable *other, gboolean counts_pairs)
{
    const gsize keys[] = {0, 1};
    g_autoptr(SpTableIndex) index = sp_table_index_new(other, keys, 2);
    double n = 0.0;
    for (gsize row = 0; row < sp_table_n_rows(one); row++) {
        const char *const codes[] = {sp_table_code(one, row, 0), sp_table_code(one, row, 1)};
        gsize at = 0;
        const gboolean is_there = sp_table_index_find(index, codes, &at);
        for (gsize i = 2; i < 2 + N_MEASURES; i++) {
            const SpReal a = sp_table_real(one, row, i);
            const SpReal b = is_there ? sp_table_real(other, at, i) : a;
            const gboolean differs =
                fabs(a.value - b.value) > 0.0 || a.status != b.status || a.flags != b.flags;
            n += !is_there || (counts_pairs && differs) ? 1.0 : 0.0;
        }
    }
    return n;
}

static double count_told(const SpTable *changes)
{
    double n = 0.0;
    for (gsize row = 0; row < sp_table_n_rows(changes); row++) {
        n += sp_table_real(changes, row, 7).value;
    }
    return n;
}

static void no_figure_of_a_hidden_cell_is_told_and_every_difference_is_counted(void **state)
{
    (void)state;
    guint64 seed = 20260224;
    for (int i = 0; i < N_PAIRS; i++) {
        g_autoptr(SpTable) before = make_table(&seed, TRUE);
        g_autoptr(SpTable) now = make_table(&seed, FALSE);
        g_autoptr(SpTable) changes = sp_changes_new();
        g_autoptr(GError) error = NULL;
        const SpTellBefore tell = (SpTellBefore)seed_next(&seed, 3);
        const SpComparison comparison = {
            .before = before, .now = now, .tell = tell, .cause = "ukjent", .cause_names = ""};
        sp_changes_add(changes, &comparison, (gsize)seed_next(&seed, 12));
        sp_table_check_unique(changes, &error);
        assert_no_error(error);
        check_told(changes, before, now, tell);
        assert_near(count_told(changes),
                    count_differing(now, before, TRUE) + count_differing(before, now, FALSE), 0.0);
    }
}

static void a_table_held_against_itself_differs_nowhere(void **state)
{
    (void)state;
    guint64 seed = 7;
    for (int i = 0; i < N_PAIRS; i++) {
        g_autoptr(SpTable) table = make_table(&seed, TRUE);
        g_autoptr(SpTable) copy = sp_table_copy(table);
        g_autoptr(SpTable) changes = sp_changes_new();
        const SpComparison comparison = {.before = table,
                                         .now = copy,
                                         .tell = SP_TELL_OPEN,
                                         .cause = "ukjent",
                                         .cause_names = ""};
        sp_changes_add(changes, &comparison, 10);
        assert_int_equal(sp_table_n_rows(changes), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_figure_of_a_hidden_cell_is_told_and_every_difference_is_counted),
        cmocka_unit_test(a_table_held_against_itself_differs_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
