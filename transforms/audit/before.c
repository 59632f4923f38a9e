/* Rows of earlier tables, looked up by their keys. */
#include "transforms/audit/before.h"

#include <math.h>
#include <string.h>

/* Whether it is the table of some edition. */
static gboolean is_of(const SpTable *earlier, const SpTable *table)
{
    const char *name = sp_table_name(table);
    const gsize size = strlen(name);
    return strncmp(sp_table_name(earlier), name, size) == 0 && sp_table_name(earlier)[size] == '@';
}

static gboolean find_tuple(const SpTable *earlier, gsize row, const SpLattice *lattice,
                           const gsize at[], guint32 tuple[])
{
    for (gsize i = 0; i < lattice->n_columns; i++) {
        if (!sp_codes_find(lattice->codes[i], sp_table_code(earlier, row, at[i]), &tuple[i])) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean is_made_up(const SpTable *table)
{
    return (sp_table_marks(table) & SP_MARK_SYNTHETIC) != 0;
}

static gboolean has_part(const SpPartition *partition, guint32 code)
{
    for (guint i = 0; i < partition->parts->len; i++) {
        if (g_array_index(partition->parts, guint32, i) == code) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The sums of the lattice by their whole and partition, as one number. */
typedef struct {
    const SpLattice *lattice;
    SpBefore *before;
    guint64 *keys;   /* [n_sums] */
    GHashTable *sum; /* guint64* of `keys` -> number of the sum */
} Reading;

static guint64 key_of(const SpLattice *lattice, guint32 whole, guint32 partition)
{
    return (guint64)whole * lattice->partitions->len + partition;
}

static void reading_init(Reading *reading, const SpLattice *lattice, SpBefore *before)
{
    *reading = (Reading){lattice, before, g_new(guint64, lattice->n_sums + 1),
                         g_hash_table_new(g_int64_hash, g_int64_equal)};
    for (gsize sum = 0; sum < lattice->n_sums; sum++) {
        reading->keys[sum] = key_of(lattice, lattice->whole[sum], lattice->partition[sum]);
        g_hash_table_insert(reading->sum, &reading->keys[sum], GSIZE_TO_POINTER(sum));
    }
}

static void reading_clear(Reading *reading)
{
    g_hash_table_unref(reading->sum);
    g_free(reading->keys);
}

/* Of a row that is hidden and has no cell today: the sums that it was part of, and those of its
 * wholes that have none either. */
static void tear(const Reading *reading, guint32 tuple[])
{
    const GPtrArray *partitions = reading->lattice->partitions;
    for (guint p = 0; p < partitions->len; p++) {
        const SpPartition *partition = partitions->pdata[p];
        const guint32 code = tuple[partition->column];
        guint32 whole = 0;
        gpointer sum = NULL;
        if (!has_part(partition, code)) {
            continue;
        }
        tuple[partition->column] = partition->whole;
        if (sp_tuples_find(reading->lattice->keys, tuple, &whole)) {
            const guint64 key = key_of(reading->lattice, whole, p);
            if (g_hash_table_lookup_extended(reading->sum, &key, NULL, &sum)) {
                reading->before->is_torn[GPOINTER_TO_SIZE(sum)] = TRUE;
            }
        } else {
            tear(reading, tuple);
        }
        tuple[partition->column] = code;
    }
}

static void find_row(const Reading *reading, guint32 tuple[], SpReal real)
{
    SpBefore *before = reading->before;
    const gboolean is_shown = sp_real_is_number(real) && (real.flags & SP_FLAG_ROUNDED) == 0;
    const gboolean is_hidden = real.status == SP_SUPPRESSED;
    guint32 cell = 0;
    if (!sp_tuples_find(reading->lattice->keys, tuple, &cell)) {
        if (is_hidden) {
            tear(reading, tuple);
        }
        return;
    }
    before->is_hidden[cell] = before->is_hidden[cell] || is_hidden;
    if (is_shown) {
        before->is_shown[cell] = TRUE;
        before->value[cell] = real.value;
    }
}

static void find(const SpTable *earlier, const char *measure, const Reading *reading)
{
    const SpLattice *lattice = reading->lattice;
    const gsize column = sp_table_find(earlier, measure);
    g_autofree gsize *at = g_new0(gsize, lattice->n_columns + 1);
    g_autofree guint32 *tuple = g_new0(guint32, lattice->n_columns + 1);
    gboolean has_all =
        column != SP_NO_COLUMN && sp_table_column(earlier, column)->kind == SP_COLUMN_MEASURE;
    for (gsize i = 0; i < lattice->n_columns; i++) {
        at[i] = sp_table_find(earlier, lattice->columns[i]);
        has_all = has_all && at[i] != SP_NO_COLUMN &&
                  sp_table_column(earlier, at[i])->kind == SP_COLUMN_CODE;
    }
    for (gsize row = 0; has_all && row < sp_table_n_rows(earlier); row++) {
        if (find_tuple(earlier, row, lattice, at, tuple)) {
            find_row(reading, tuple, sp_table_real(earlier, row, column));
        }
    }
}

/* ---- what may have been revised ---- */

/* By how much a figure changed; 0 where that is not seen. */
static double change_of(const SpBefore *before, const SpFigures *today, guint32 cell)
{
    return today->state[cell] == SP_FIGURE_SHOWN && before->is_shown[cell]
               ? today->value[cell] - before->value[cell]
               : 0.0;
}

/* Whether the whole's change, if it is seen, is another than that of the parts in which it is. */
static gboolean says_revised(const SpBefore *before, const SpFigures *today,
                             const SpLattice *lattice, gsize sum)
{
    const guint32 whole = lattice->whole[sum];
    double of_parts = 0.0;
    for (guint32 k = lattice->starts[sum]; k < lattice->starts[sum + 1]; k++) {
        of_parts += change_of(before, today, lattice->parts[k]);
    }
    const double rest = change_of(before, today, whole) - of_parts;
    return today->state[whole] == SP_FIGURE_SHOWN && before->is_shown[whole] &&
           fabs(rest) > 1e-6 * fmax(1.0, fabs(today->value[whole]));
}

static gboolean *find_doubtful(const SpBefore *before, const SpLattice *lattice,
                               const SpFigures *today)
{
    gboolean *is_doubtful = g_new0(gboolean, lattice->n_cells + 1);
    for (gsize sum = 0; sum < lattice->n_sums; sum++) {
        const SpPartition *partition = lattice->partitions->pdata[lattice->partition[sum]];
        if (partition->is_at_most || !says_revised(before, today, lattice, sum)) {
            continue;
        }
        for (guint32 k = lattice->starts[sum]; k < lattice->starts[sum + 1]; k++) {
            is_doubtful[lattice->parts[k]] = TRUE;
        }
    }
    return is_doubtful;
}

static SpBefore before_of(const SpLattice *lattice)
{
    return (SpBefore){.is_shown = g_new0(gboolean, lattice->n_cells + 1),
                      .value = g_new0(double, lattice->n_cells + 1),
                      .is_hidden = g_new0(gboolean, lattice->n_cells + 1),
                      .is_torn = g_new0(gboolean, lattice->n_sums + 1)};
}

SpBefore sp_before_find(const SpMeasure *measure, const SpFigures *today)
{
    const SpTables *tables = measure->before;
    const SpLattice *lattice = measure->lattice;
    SpBefore before = {0};
    Reading reading = {0};
    for (gsize i = 0; tables != NULL && i < sp_tables_size(tables); i++) {
        const SpTable *earlier = sp_tables_at(tables, i);
        for (gsize t = 0; t < measure->n; t++) {
            const SpTable *table = measure->tables[t];
            if (!is_of(earlier, table) || is_made_up(earlier) != is_made_up(table)) {
                continue;
            }
            if (before.is_shown == NULL) {
                before = before_of(lattice);
                reading_init(&reading, lattice, &before);
            }
            find(earlier, sp_table_column(table, measure->columns[t])->name, &reading);
        }
    }
    if (before.is_shown != NULL) {
        reading_clear(&reading);
        before.is_doubtful = find_doubtful(&before, lattice, today);
    }
    return before;
}

void sp_before_clear(SpBefore *before)
{
    g_free(before->is_shown);
    g_free(before->value);
    g_free(before->is_hidden);
    g_free(before->is_torn);
    g_free(before->is_doubtful);
}

gsize sp_before_add(const SpBefore *before, const SpLattice *lattice, SpFigures *figures)
{
    gsize n = 0;
    for (guint32 cell = 0; cell < lattice->n_cells; cell++) {
        if (figures->state[cell] == SP_FIGURE_HIDDEN && before->is_shown[cell] &&
            !before->is_doubtful[cell]) {
            figures->state[cell] = SP_FIGURE_BEFORE;
            figures->value[cell] = before->value[cell];
            n++;
        }
    }
    return n;
}

void sp_before_restore(const SpBefore *before, const SpLattice *lattice, SpFigures *figures)
{
    for (guint32 cell = 0; cell < lattice->n_cells; cell++) {
        const gboolean cannot_occur = figures->state[cell] == SP_FIGURE_NONE;
        figures->value[cell] = before->value[cell];
        figures->state[cell] = before->is_shown[cell]    ? SP_FIGURE_SHOWN
                               : before->is_hidden[cell] ? SP_FIGURE_HIDDEN
                               : cannot_occur            ? SP_FIGURE_NONE
                                                         : SP_FIGURE_UNSEEN;
    }
    figures->is_left_out = before->is_torn;
}
