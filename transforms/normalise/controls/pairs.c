/* Rows of the same key, and what happened to their figures. */
#include "transforms/normalise/controls/pairs.h"

#include "core/number.h"
#include "core/regions.h"

#include <string.h>

gboolean sp_pairs_is_key(const SpTable *table, gsize column)
{
    const SpColumn *is = sp_table_column(table, column);
    return is->kind == SP_COLUMN_CODE && is->is_key;
}

/* Byte order of two rows by the keys of `now` that `before` has too; `period` is left out when the
 * two tables are two periods. */
static int compare_rows(const SpTable *now, gsize row, const SpTable *before, gsize other,
                        gboolean is_by_period)
{
    for (gsize column = 0; column < sp_table_n_columns(now); column++) {
        const char *name = sp_table_column(now, column)->name;
        if (!sp_pairs_is_key(now, column) || (!is_by_period && strcmp(name, "period") == 0)) {
            continue;
        }
        gsize same = sp_table_find(before, name);
        int order = same == SP_NO_COLUMN ? 0
                                         : strcmp(sp_table_code(now, row, column),
                                                  sp_table_code(before, other, same));
        if (order != 0) {
            return order;
        }
    }
    return 0;
}

void sp_pairs_init(SpPairs *pairs, const SpTable *now, const SpTable *before, gboolean is_by_period)
{
    *pairs =
        (SpPairs){.now = now, .before = before, .pairs = g_array_new(FALSE, FALSE, sizeof(SpPair))};
    gsize i = 0;
    gsize j = 0;
    while (i < sp_table_n_rows(now) || j < sp_table_n_rows(before)) {
        int order = i == sp_table_n_rows(now)      ? 1
                    : j == sp_table_n_rows(before) ? -1
                                                   : compare_rows(now, i, before, j, is_by_period);
        const SpPair pair = {.now = order <= 0 ? i++ : SP_NO_COLUMN,
                             .before = order >= 0 ? j++ : SP_NO_COLUMN};
        g_array_append_val(pairs->pairs, pair);
    }
}

void sp_pairs_clear(SpPairs *pairs)
{
    g_clear_pointer(&pairs->pairs, g_array_unref);
}

gboolean sp_pairs_is_kommune(const SpTable *table, gsize row, gsize region)
{
    return region != SP_NO_COLUMN &&
           sp_region_kind(sp_table_code(table, row, region)) == SP_REGION_KOMMUNE;
}

gboolean sp_pairs_has_measure(const SpPairs *pairs, gsize column)
{
    const SpColumn *is = sp_table_column(pairs->now, column);
    gsize other = sp_table_find(pairs->before, is->name);
    return is->kind == SP_COLUMN_MEASURE && other != SP_NO_COLUMN &&
           sp_table_column(pairs->before, other)->kind == SP_COLUMN_MEASURE;
}

static gboolean is_level_break(double a, double b, double factor)
{
    return a > 0.0 && b > 0.0 && (a >= factor * b || b >= factor * a);
}

/* Figures are compared as files hold them: the older ones too were rounded once. */
static void count_change(SpReal now, SpReal before, double factor, double zero_from,
                         SpChanges *changes)
{
    gboolean is_both = sp_real_is_number(now) && sp_real_is_number(before);
    gboolean is_figure = is_both && before.status == SP_PRESENT && before.value >= zero_from;
    double a = sp_number_round(now.value);
    double b = sp_number_round(before.value);
    changes->n_cells += is_both ? 1 : 0;
    changes->n_revised += is_both && a != b ? 1 : 0;
    changes->n_breaks += is_both && is_level_break(a, b, factor) ? 1 : 0;
    changes->n_figures += is_figure ? 1 : 0;
    changes->n_zeros += is_figure && now.status != SP_PRESENT ? 1 : 0;
}

SpChanges sp_pairs_changes(const SpPairs *pairs, const char *measure, double factor,
                           double zero_from)
{
    SpChanges changes = {0};
    gsize own = sp_table_find(pairs->now, measure);
    gsize old = sp_table_find(pairs->before, measure);
    gsize region = sp_table_find(pairs->now, "region");
    for (guint i = 0; i < pairs->pairs->len; i++) {
        SpPair pair = g_array_index(pairs->pairs, SpPair, i);
        if (pair.now != SP_NO_COLUMN && pair.before != SP_NO_COLUMN &&
            (region == SP_NO_COLUMN || sp_pairs_is_kommune(pairs->now, pair.now, region))) {
            count_change(sp_table_real(pairs->now, pair.now, own),
                         sp_table_real(pairs->before, pair.before, old), factor, zero_from,
                         &changes);
        }
    }
    return changes;
}

void sp_pairs_sums(const SpPairs *pairs, const char *measure, double *now, double *before)
{
    gsize own = sp_table_find(pairs->now, measure);
    gsize old = sp_table_find(pairs->before, measure);
    gsize region = sp_table_find(pairs->now, "region");
    *now = 0.0;
    *before = 0.0;
    for (guint i = 0; i < pairs->pairs->len; i++) {
        SpPair pair = g_array_index(pairs->pairs, SpPair, i);
        if (pair.now == SP_NO_COLUMN || pair.before == SP_NO_COLUMN ||
            !sp_pairs_is_kommune(pairs->now, pair.now, region)) {
            continue;
        }
        SpReal a = sp_table_real(pairs->now, pair.now, own);
        SpReal b = sp_table_real(pairs->before, pair.before, old);
        if (sp_real_is_number(a) && sp_real_is_number(b)) {
            *now += a.value;
            *before += b.value;
        }
    }
}
