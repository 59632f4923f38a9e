/* Sums over kommuner before and after restating. */
#include "transforms/normalise/totals.h"

#include <math.h>

#include "core/error.h"
#include "core/number.h"

typedef struct {
    const SpRestatePlan *plan;
    guint32 *groups; /* [rows of the facts] combination of the other keys */
    gsize n_groups;
    gboolean *is_lossy; /* [n_groups] a split without weights is in it */
    guint32 *firsts;    /* [n_groups] a row of the facts that is in it */
} Groups;

static void groups_clear(Groups *groups)
{
    g_clear_pointer(&groups->groups, g_free);
    g_clear_pointer(&groups->is_lossy, g_free);
    g_clear_pointer(&groups->firsts, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Groups, groups_clear)

static gboolean is_other_key(const SpRestatePlan *plan, gsize column)
{
    const SpColumn *is = sp_table_column(plan->facts, column);
    return is->kind == SP_COLUMN_CODE && is->is_key && column != plan->region;
}

static void groups_init(Groups *groups, const SpRestatePlan *plan)
{
    gsize n_rows = sp_table_n_rows(plan->facts);
    gsize n_columns = sp_table_n_columns(plan->facts);
    g_autofree const guint32 **keys = g_new(const guint32 *, n_columns);
    g_autofree guint32 *tuple = g_new(guint32, n_columns);
    gsize n_keys = 0;
    for (gsize column = 0; column < n_columns; column++) {
        if (is_other_key(plan, column)) {
            keys[n_keys++] = sp_table_code_numbers_const(plan->facts, column);
        }
    }
    g_autoptr(SpTuples) tuples = sp_tuples_new(n_keys);
    groups->plan = plan;
    groups->groups = g_new0(guint32, n_rows + 1);
    for (gsize row = 0; row < n_rows; row++) {
        for (gsize i = 0; i < n_keys; i++) {
            tuple[i] = keys[i][row];
        }
        groups->groups[row] = sp_tuples_add(tuples, tuple);
    }
    groups->n_groups = sp_tuples_size(tuples);
    groups->is_lossy = g_new0(gboolean, groups->n_groups + 1);
    groups->firsts = g_new0(guint32, groups->n_groups + 1);
    for (gsize row = n_rows; row-- > 0;) {
        const SpWay *way = sp_restate_way(plan, row);
        groups->firsts[groups->groups[row]] = (guint32)row;
        groups->is_lossy[groups->groups[row]] |= way->n_targets > 1 && way->split == NULL;
    }
}

static SpReal *sums_new(gsize n)
{
    SpReal *sums = g_new0(SpReal, n + 1);
    for (gsize i = 0; i < n; i++) {
        sums[i] = sp_real_none(SP_NOT_APPLICABLE);
    }
    return sums;
}

static gboolean is_kommune(const SpRestatePlan *plan, gsize row)
{
    return sp_restate_way(plan, row)->route->kind == SP_ROUTE_KOMMUNE;
}

static SpReal *sum_before(const Groups *groups, gsize column)
{
    const SpReal *reals = sp_table_reals_const(groups->plan->facts, column);
    SpReal *sums = sums_new(groups->n_groups);
    for (gsize row = 0; row < sp_table_n_rows(groups->plan->facts); row++) {
        if (is_kommune(groups->plan, row)) {
            SpReal *sum = &sums[groups->groups[row]];
            *sum = sp_real_add(*sum, reals[row]);
        }
    }
    return sums;
}

static SpReal *sum_after(const Groups *groups, const SpTable *restated, gsize column)
{
    const SpReal *reals = sp_table_reals_const(restated, column);
    SpReal *sums = sums_new(groups->n_groups);
    guint32 next = 0;
    /* Rows of the result are numbered in the order of their first moves. */
    for (guint i = 0; i < groups->plan->moves->len; i++) {
        const SpMove *move = &g_array_index(groups->plan->moves, SpMove, i);
        if (move->to != next) {
            continue;
        }
        next++;
        if (is_kommune(groups->plan, move->row)) {
            SpReal *sum = &sums[groups->groups[move->row]];
            *sum = sp_real_add(*sum, reals[move->to]);
        }
    }
    return sums;
}

static gboolean is_equal(SpReal before, SpReal after)
{
    if (sp_real_is_number(before) && sp_real_is_number(after)) {
        return fabs(before.value - after.value) <= 1e-9 * MAX(1.0, fabs(before.value));
    }
    return before.status == after.status;
}

static gboolean set_unequal(const Groups *groups, gsize group, gsize column, SpReal before,
                            SpReal after, GError **error)
{
    const SpTable *facts = groups->plan->facts;
    char texts[2][SP_NUMBER_SIZE];
    g_autoptr(GString) key = g_string_new(NULL);
    for (gsize i = 0; i < sp_table_n_columns(facts); i++) {
        if (is_other_key(groups->plan, i)) {
            g_string_append_printf(key, " %s=%s", sp_table_column(facts, i)->name,
                                   sp_table_code(facts, groups->firsts[group], i));
        }
    }
    sp_number_format(before.value, texts[0]);
    sp_number_format(after.value, texts[1]);
    return sp_error_set(error, SP_ERROR_BUG,
                        "table %s: the sum of %s over kommuner for%s was %s%s and is %s%s after "
                        "restating; report this with the table",
                        sp_table_name(facts), sp_table_column(facts, column)->name, key->str,
                        texts[0], sp_status_sign((SpStatus)before.status), texts[1],
                        sp_status_sign((SpStatus)after.status));
}

static gboolean check_measure(const Groups *groups, const SpTable *restated, gsize column,
                              SpQuality *quality, GError **error)
{
    g_autofree SpReal *before = sum_before(groups, column);
    g_autofree SpReal *after = sum_after(groups, restated, column);
    gsize n_checked = 0;
    for (gsize group = 0; group < groups->n_groups; group++) {
        if (groups->is_lossy[group] && !sp_real_is_number(after[group])) {
            continue;
        }
        if (!is_equal(before[group], after[group])) {
            return set_unequal(groups, group, column, before[group], after[group], error);
        }
        n_checked++;
    }
    sp_quality_note(quality, "total_checked", sp_table_column(restated, column)->name, 0,
                    "%" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                    " sums over kommuner are the same before and after restating",
                    n_checked, groups->n_groups);
    return TRUE;
}

gboolean sp_restate_check_totals(const SpRestatePlan *plan, const SpTable *restated,
                                 SpQuality *quality, GError **error)
{
    g_auto(Groups) groups = {0};
    groups_init(&groups, plan);
    for (gsize column = 0; column < sp_table_n_columns(restated); column++) {
        const SpColumn *is = sp_table_column(restated, column);
        if (is->kind == SP_COLUMN_MEASURE && is->is_additive &&
            !check_measure(&groups, restated, column, quality, error)) {
            return FALSE;
        }
    }
    return TRUE;
}
