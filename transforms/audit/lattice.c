/* Cells by one dictionary of keys; a sum is a whole's cell and a partition. */
#include "transforms/audit/lattice.h"

#include "core/error.h"
#include "transforms/audit/told.h"

#include <string.h>

static char **key_names(const SpTable *table)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_CODE && column->is_key) {
            g_strv_builder_add(names, column->name);
        }
    }
    return g_strv_builder_end(names);
}

/* The places of the lattice's key columns in a table, which has them and no other. */
static gboolean place_columns(const SpLattice *lattice, const SpTable *table, gsize at[],
                              GError **error)
{
    g_auto(GStrv) names = key_names(table);
    if (!sp_table_need_all(table, (const char *const *)lattice->columns, lattice->n_columns,
                           SP_COLUMN_CODE, at, error)) {
        return FALSE;
    }
    return g_strv_length(names) == lattice->n_columns ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s has other key columns than the table it is "
                        "said to count the same as",
                        sp_table_name(table));
}

/* A code of the table's dictionary as it is numbered here. */
static guint32 *numbers_of(SpCodes *codes, const SpCodes *own)
{
    guint32 *numbers = g_new(guint32, MAX(sp_codes_size(own), 1));
    for (guint32 i = 0; i < sp_codes_size(own); i++) {
        numbers[i] = sp_codes_add(codes, sp_codes_text(own, i));
    }
    return numbers;
}

static gboolean add_table(SpLattice *lattice, const SpTable *table, GError **error)
{
    const gsize n = lattice->n_columns, n_rows = sp_table_n_rows(table);
    g_autofree gsize *at = g_new(gsize, MAX(n, 1));
    g_autofree guint32 *tuple = g_new(guint32, MAX(n, 1));
    g_autofree const guint32 **codes = g_new(const guint32 *, MAX(n, 1));
    g_autoptr(GPtrArray) numbers = g_ptr_array_new_with_free_func(g_free);
    if (!place_columns(lattice, table, at, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < n; i++) {
        codes[i] = sp_table_code_numbers_const(table, at[i]);
        g_ptr_array_add(numbers, numbers_of(lattice->codes[i], sp_table_codes(table, at[i])));
    }
    guint32 *rows = g_new(guint32, MAX(n_rows, 1));
    for (gsize row = 0; row < n_rows; row++) {
        for (gsize i = 0; i < n; i++) {
            tuple[i] = ((const guint32 *)numbers->pdata[i])[codes[i][row]];
        }
        rows[row] = sp_tuples_add(lattice->keys, tuple);
    }
    g_ptr_array_add(lattice->rows, rows);
    return TRUE;
}

/* Which codes of a column the cells of a table's rows have. [codes] */
static gboolean *used_codes(const SpLattice *lattice, gsize column, const guint32 rows[], gsize n)
{
    gboolean *is_used = g_new0(gboolean, MAX(sp_codes_size(lattice->codes[column]), 1));
    for (gsize row = 0; row < n; row++) {
        is_used[sp_tuples_at(lattice->keys, rows[row])[column]] = TRUE;
    }
    return is_used;
}

/* The bands of each table against those of each other. */
static void nest_tables(SpLattice *lattice, const SpTable *const tables[], gsize n)
{
    for (gsize column = 0; column < lattice->n_columns; column++) {
        g_autoptr(GPtrArray) used = g_ptr_array_new_with_free_func(g_free);
        for (gsize t = 0; t < n; t++) {
            g_ptr_array_add(used, used_codes(lattice, column, lattice->rows->pdata[t],
                                             sp_table_n_rows(tables[t])));
        }
        for (gsize i = 0; i < n * n; i++) {
            if (i / n != i % n) {
                sp_partitions_nest(lattice->codes[column], column, used->pdata[i / n],
                                   used->pdata[i % n], lattice->partitions);
            }
        }
    }
}

/* The partitions of one key column that each code is a part of: starts[code] to starts[code + 1].
 */
typedef struct {
    guint32 *starts;
    guint32 *partitions;
} Membership;

static void membership_init(Membership *membership, const SpLattice *lattice, gsize column)
{
    const guint32 n_codes = sp_codes_size(lattice->codes[column]);
    gsize n = 0;
    membership->starts = g_new0(guint32, n_codes + 2);
    for (guint p = 0; p < lattice->partitions->len; p++) {
        const SpPartition *partition = lattice->partitions->pdata[p];
        for (guint k = 0; partition->column == column && k < partition->parts->len; k++, n++) {
            membership->starts[g_array_index(partition->parts, guint32, k) + 2]++;
        }
    }
    for (guint32 code = 2; code < n_codes + 2; code++) {
        membership->starts[code] += membership->starts[code - 1];
    }
    membership->partitions = g_new(guint32, MAX(n, 1));
    for (guint32 p = 0; p < lattice->partitions->len; p++) {
        const SpPartition *partition = lattice->partitions->pdata[p];
        for (guint k = 0; partition->column == column && k < partition->parts->len; k++) {
            const guint32 part = g_array_index(partition->parts, guint32, k);
            membership->partitions[membership->starts[part + 1]++] = p;
        }
    }
}

/* Sums as (whole, partition), and for each cell the sums it is a part of, as they are found. */
typedef struct {
    SpTuples *sums;
    GArray *of;   /* guint32: sum */
    GArray *part; /* guint32: its part */
} Found;

static void find_sums_of(SpLattice *lattice, const Membership members[], guint32 cell,
                         guint32 tuple[], Found *found)
{
    memcpy(tuple, sp_tuples_at(lattice->keys, cell), lattice->n_columns * sizeof *tuple);
    for (gsize column = 0; column < lattice->n_columns; column++) {
        const guint32 own = tuple[column];
        const Membership *member = &members[column];
        for (guint32 k = member->starts[own]; k < member->starts[own + 1]; k++) {
            const guint32 p = member->partitions[k];
            tuple[column] = ((const SpPartition *)lattice->partitions->pdata[p])->whole;
            const guint32 key[2] = {sp_tuples_add(lattice->keys, tuple), p};
            const guint32 sum = sp_tuples_add(found->sums, key);
            g_array_append_val(found->of, sum);
            g_array_append_val(found->part, cell);
        }
        tuple[column] = own;
    }
}

/* ---- what is told ---- */

/* Which rows the tables have, and which codes of each column are parts of others. */
typedef struct {
    GPtrArray *of_tables; /* SpTold* */
    GPtrArray *is_part;   /* gboolean [codes] of each column */
    const char **codes;   /* [columns] of the row in hand */
} Telling;

static void told_free(gpointer told)
{
    sp_told_free(told);
}

static void telling_clear(Telling *telling)
{
    g_ptr_array_unref(telling->of_tables);
    g_ptr_array_unref(telling->is_part);
    g_free(telling->codes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Telling, telling_clear)

static void find_parts(const SpLattice *lattice, Telling *telling)
{
    for (gsize column = 0; column < lattice->n_columns; column++) {
        gboolean *is_part = g_new0(gboolean, MAX(sp_codes_size(lattice->codes[column]), 1));
        for (guint p = 0; p < lattice->partitions->len; p++) {
            const SpPartition *partition = lattice->partitions->pdata[p];
            for (guint k = 0; partition->column == column && k < partition->parts->len; k++) {
                is_part[g_array_index(partition->parts, guint32, k)] = TRUE;
            }
        }
        g_ptr_array_add(telling->is_part, is_part);
    }
}

static gboolean is_told(const SpLattice *lattice, Telling *telling, const guint32 tuple[])
{
    for (gsize i = 0; i < lattice->n_columns; i++) {
        const gboolean is_region = strcmp(lattice->columns[i], "region") == 0;
        const gboolean is_part = ((const gboolean *)telling->is_part->pdata[i])[tuple[i]];
        telling->codes[i] =
            is_region || is_part ? sp_codes_text(lattice->codes[i], tuple[i]) : NULL;
    }
    for (guint t = 0; t < telling->of_tables->len; t++) {
        if (sp_told_has(telling->of_tables->pdata[t], telling->codes)) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Whether each part is a cell, or counts 0 since its row would else be there. */
static gboolean has_all_parts(const SpLattice *lattice, Telling *telling, const guint32 sum[2],
                              guint32 tuple[])
{
    const SpPartition *partition = lattice->partitions->pdata[sum[1]];
    memcpy(tuple, sp_tuples_at(lattice->keys, sum[0]), lattice->n_columns * sizeof *tuple);
    for (guint k = 0; k < partition->parts->len; k++) {
        guint32 cell = 0;
        tuple[partition->column] = g_array_index(partition->parts, guint32, k);
        if (!sp_tuples_find(lattice->keys, tuple, &cell) && !is_told(lattice, telling, tuple)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* ---- sums ---- */

#define NO_SUM G_MAXUINT32

static void sort_sums(SpLattice *lattice, const Found *found, Telling *telling)
{
    const guint32 n_found = sp_tuples_size(found->sums);
    g_autofree guint32 *place = g_new(guint32, MAX(n_found, 1));
    g_autofree guint32 *tuple = g_new(guint32, MAX(lattice->n_columns, 1));
    lattice->whole = g_new(guint32, MAX(n_found, 1));
    lattice->partition = g_new(guint32, MAX(n_found, 1));
    for (guint32 i = 0; i < n_found; i++) {
        const guint32 *sum = sp_tuples_at(found->sums, i);
        place[i] = NO_SUM;
        if (has_all_parts(lattice, telling, sum, tuple)) {
            place[i] = (guint32)lattice->n_sums++;
            lattice->whole[place[i]] = sum[0];
            lattice->partition[place[i]] = sum[1];
        }
    }
    lattice->starts = g_new0(guint32, lattice->n_sums + 2);
    lattice->parts = g_new(guint32, MAX(found->of->len, 1));
    for (guint i = 0; i < found->of->len; i++) {
        const guint32 sum = place[g_array_index(found->of, guint32, i)];
        if (sum != NO_SUM) {
            lattice->starts[sum + 2]++;
        }
    }
    for (gsize sum = 2; sum < lattice->n_sums + 2; sum++) {
        lattice->starts[sum] += lattice->starts[sum - 1];
    }
    for (guint i = 0; i < found->of->len; i++) {
        const guint32 sum = place[g_array_index(found->of, guint32, i)];
        if (sum != NO_SUM) {
            lattice->parts[lattice->starts[sum + 1]++] = g_array_index(found->part, guint32, i);
        }
    }
}

/* A whole that no table shows is a cell as soon as a part of it is, and may be a part itself. */
static void find_sums(SpLattice *lattice, Telling *telling)
{
    g_autofree Membership *members = g_new0(Membership, MAX(lattice->n_columns, 1));
    g_autofree guint32 *tuple = g_new(guint32, MAX(lattice->n_columns, 1));
    g_autoptr(GArray) of = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(GArray) part = g_array_new(FALSE, FALSE, sizeof(guint32));
    g_autoptr(SpTuples) sums = sp_tuples_new(2);
    Found found = {sums, of, part};
    for (gsize column = 0; column < lattice->n_columns; column++) {
        membership_init(&members[column], lattice, column);
    }
    lattice->n_published = sp_tuples_size(lattice->keys);
    for (guint32 cell = 0; cell < sp_tuples_size(lattice->keys); cell++) {
        find_sums_of(lattice, members, cell, tuple, &found);
    }
    lattice->n_cells = sp_tuples_size(lattice->keys);
    find_parts(lattice, telling);
    sort_sums(lattice, &found, telling);
    for (gsize column = 0; column < lattice->n_columns; column++) {
        g_free(members[column].starts);
        g_free(members[column].partitions);
    }
}

static gboolean read_partitions(SpLattice *lattice, const SpTable *const tables[], gsize n,
                                const SpTable *sammenheng, GError **error)
{
    const SpPartitionKeys keys = {lattice->columns, lattice->codes, lattice->n_columns};
    for (gsize t = 0; t < n; t++) {
        if (!sp_partitions_read(sammenheng, sp_table_name(tables[t]), &keys, lattice->partitions,
                                error)) {
            return FALSE;
        }
    }
    nest_tables(lattice, tables, n);
    return TRUE;
}

SpLattice *sp_lattice_new(const SpTable *const tables[], gsize n, const SpTable *sammenheng,
                          const SpTable *kryss, GError **error)
{
    g_autoptr(SpLattice) lattice = g_new0(SpLattice, 1);
    lattice->columns = key_names(tables[0]);
    lattice->n_columns = g_strv_length(lattice->columns);
    lattice->codes = g_new(SpCodes *, lattice->n_columns);
    lattice->keys = sp_tuples_new(lattice->n_columns);
    lattice->rows = g_ptr_array_new_with_free_func(g_free);
    lattice->partitions = g_ptr_array_new_with_free_func(sp_partition_free);
    for (gsize i = 0; i < lattice->n_columns; i++) {
        lattice->codes[i] = sp_codes_new();
    }
    for (gsize t = 0; t < n; t++) {
        if (!add_table(lattice, tables[t], error)) {
            return NULL;
        }
    }
    if (sammenheng != NULL && !read_partitions(lattice, tables, n, sammenheng, error)) {
        return NULL;
    }
    g_auto(Telling) telling = {.of_tables = g_ptr_array_new_with_free_func(told_free),
                               .is_part = g_ptr_array_new_with_free_func(g_free),
                               .codes = g_new(const char *, MAX(lattice->n_columns, 1))};
    for (gsize t = 0; t < n; t++) {
        SpTold *told = sp_told_new(kryss, sp_table_name(tables[t]), lattice->columns,
                                   lattice->n_columns, error);
        if (told == NULL) {
            return NULL;
        }
        g_ptr_array_add(telling.of_tables, told);
    }
    find_sums(lattice, &telling);
    return g_steal_pointer(&lattice);
}

void sp_lattice_free(SpLattice *lattice)
{
    if (lattice == NULL) {
        return;
    }
    for (gsize i = 0; i < lattice->n_columns; i++) {
        sp_codes_unref(lattice->codes[i]);
    }
    g_strfreev(lattice->columns);
    g_free(lattice->codes);
    sp_tuples_free(lattice->keys);
    g_ptr_array_unref(lattice->rows);
    g_ptr_array_unref(lattice->partitions);
    g_free(lattice->whole);
    g_free(lattice->partition);
    g_free(lattice->starts);
    g_free(lattice->parts);
    g_free(lattice);
}

const char *sp_lattice_code(const SpLattice *lattice, guint32 cell, gsize column)
{
    return sp_codes_text(lattice->codes[column], sp_tuples_at(lattice->keys, cell)[column]);
}
