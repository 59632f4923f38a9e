/* Partitions as they are listed, and age bands that nest by their codes. */
#include "transforms/audit/partitions.h"

#include "core/error.h"

#include <stdlib.h>
#include <string.h>

enum { TABLE, COLUMN, WHOLE, PART, PERSONS, N_COLUMNS };

static SpPartition *partition_new(gsize column, guint32 whole)
{
    SpPartition *partition = g_new0(SpPartition, 1);
    partition->column = column;
    partition->whole = whole;
    partition->parts = g_array_new(FALSE, FALSE, sizeof(guint32));
    return partition;
}

void sp_partition_free(gpointer partition)
{
    if (partition != NULL) {
        g_array_unref(((SpPartition *)partition)->parts);
        g_free(partition);
    }
}

static SpPartition *find(const GPtrArray *partitions, guint from, gsize column, guint32 whole)
{
    for (guint i = from; i < partitions->len; i++) {
        SpPartition *partition = partitions->pdata[i];
        if (partition->column == column && partition->whole == whole) {
            return partition;
        }
    }
    return NULL;
}

static void add_part(SpPartition *partition, guint32 part)
{
    for (guint i = 0; i < partition->parts->len; i++) {
        if (g_array_index(partition->parts, guint32, i) == part) {
            return; /* every package lists it */
        }
    }
    g_array_append_val(partition->parts, part);
}

gboolean sp_partitions_read(const SpTable *sammenheng, const char *table,
                            const SpPartitionKeys *keys, GPtrArray *partitions, GError **error)
{
    static const char *const names[N_COLUMNS] = SP_PARTITION_COLUMNS;
    const guint from = partitions->len;
    gsize at[N_COLUMNS];
    if (!sp_table_need_all(sammenheng, names, N_COLUMNS, SP_COLUMN_CODE, at, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(sammenheng); row++) {
        const char *persons = sp_table_code(sammenheng, row, at[PERSONS]);
        const char *whole = sp_table_code(sammenheng, row, at[WHOLE]);
        const char *part = sp_table_code(sammenheng, row, at[PART]);
        const gsize column =
            sp_codes_place(keys->columns, keys->n, sp_table_code(sammenheng, row, at[COLUMN]));
        if (strcmp(sp_table_code(sammenheng, row, at[TABLE]), table) != 0 ||
            strcmp(whole, part) == 0) {
            continue;
        }
        if (column == keys->n) {
            return sp_error_set(error, SP_ERROR_DATA, "sammenheng: %s has no key column \"%s\"",
                                table, sp_table_code(sammenheng, row, at[COLUMN]));
        }
        if (strcmp(persons, "sum") != 0 && strcmp(persons, "hoeyst") != 0) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "sammenheng: personer of %s %s is \"%s\", want sum or hoeyst",
                                table, whole, persons);
        }
        const guint32 code = sp_codes_add(keys->codes[column], whole);
        SpPartition *partition = find(partitions, from, column, code);
        if (partition == NULL) {
            partition = partition_new(column, code);
            g_ptr_array_add(partitions, partition);
        }
        add_part(partition, sp_codes_add(keys->codes[column], part));
        partition->is_at_most = partition->is_at_most || strcmp(persons, "hoeyst") == 0;
    }
    return TRUE;
}

typedef struct {
    guint32 code;
    guint first, last;
} Band;

/* "035-054", and nothing else. */
static gboolean parse_band(const char *text, Band *band)
{
    for (gsize i = 0; i < 7; i++) {
        if (i == 3 ? text[i] != '-' : !g_ascii_isdigit(text[i])) {
            return FALSE;
        }
    }
    band->first = (guint)strtoul(text, NULL, 10);
    band->last = (guint)strtoul(text + 4, NULL, 10);
    return text[7] == '\0' && band->first <= band->last;
}

/* Longest first, so that the finest that begin at an age come last. */
static int compare_bands(gconstpointer a, gconstpointer b)
{
    const Band *left = a, *right = b;
    if (left->first != right->first) {
        return left->first < right->first ? -1 : 1;
    }
    return left->last > right->last ? -1 : left->last < right->last;
}

/* The finest bands from the whole's first age on, each beginning where the one before ended. */
static void nest(const GArray *parts, const Band *whole, gsize column, GPtrArray *partitions)
{
    SpPartition *partition = partition_new(column, whole->code);
    guint next = whole->first;
    for (guint i = 0; i < parts->len; i++) {
        const Band *band = &g_array_index(parts, Band, i);
        const gboolean is_finest =
            i + 1 == parts->len || g_array_index(parts, Band, i + 1).first != band->first;
        if (band->first == next && band->last <= whole->last && is_finest) {
            g_array_append_val(partition->parts, band->code);
            next = band->last + 1;
        }
    }
    if (next == whole->last + 1) {
        g_ptr_array_add(partitions, partition);
    } else {
        sp_partition_free(partition);
    }
}

void sp_partitions_nest(const SpCodes *codes, gsize column, const gboolean is_whole[],
                        const gboolean is_part[], GPtrArray *partitions)
{
    g_autoptr(GArray) parts = g_array_new(FALSE, FALSE, sizeof(Band));
    Band band;
    for (guint32 code = 0; code < sp_codes_size(codes); code++) {
        band.code = code;
        if (is_part[code] && parse_band(sp_codes_text(codes, code), &band)) {
            g_array_append_val(parts, band);
        }
    }
    g_array_sort(parts, compare_bands);
    for (guint32 code = 0; code < sp_codes_size(codes); code++) {
        band.code = code;
        if (is_whole[code] && !is_part[code] && parse_band(sp_codes_text(codes, code), &band)) {
            nest(parts, &band, column, partitions);
        }
    }
}
