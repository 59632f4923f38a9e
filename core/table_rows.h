/**
 * Rows of a table: order, uniqueness, choice, stacking. Byte order of codes decides, so results do
 * not depend on the locale.
 */
#ifndef SP_CORE_TABLE_ROWS_H
#define SP_CORE_TABLE_ROWS_H

#include "core/table.h"

/**
 * Row numbers in the order of the codes (by strcmp) of code columns [n], the first deciding first;
 * rows of equal codes in table order. [n_rows]; caller frees with g_free.
 */
gsize *sp_table_order(const SpTable *table, const gsize columns[], gsize n);

/** Sorts the rows by the key columns in column order (code text by strcmp). Stable; cheap when they
 * are in order already. */
void sp_table_sort(SpTable *table);

/**
 * Sorts, then checks that no two rows share a key. SP_ERROR_DATA names the table, the first key
 * that repeats ("region=0301, period=2024") and how many do. A table without key columns has room
 * for one row. Every maker of a table calls this.
 */
gboolean sp_table_check_unique(SpTable *table, GError **error);

/** Which codes of a column's dictionary stand in a row: a dictionary may be shared with a table of
 * more rows. [codes of the dictionary]; caller frees with g_free. */
gboolean *sp_table_used_codes(const SpTable *table, gsize column);

/** Their texts in byte order, of those that `counts` takes (NULL: all). NULL-terminated, owned by
 * the caller (g_strfreev). */
char **sp_table_used_list(const SpTable *table, gsize column,
                          gboolean (*counts)(const char *code, gconstpointer data),
                          gconstpointer data);

/** A new table of the rows for which `keep` returns TRUE, in order; dictionaries are shared. */
SpTable *sp_table_filter(const SpTable *table,
                         gboolean (*keep)(const SpTable *table, gsize row, gpointer data),
                         gpointer data);
/** A new table of the rows whose `column` holds one of the codes [n]. */
SpTable *sp_table_filter_codes(const SpTable *table, gsize column, const char *const codes[],
                               gsize n);

/**
 * Stacks tables [n >= 1] of the same columns (name, kind, order) under the first one's name, schema
 * and edition; marks are or-ed. SP_ERROR_DATA when columns differ. Keys are not checked here.
 */
SpTable *sp_table_concat(const SpTable *const tables[], gsize n, GError **error);

/** A new table with only the named columns, in that order; dictionaries are its own. SP_ERROR_DATA
 * names a column that is not there. Leaving out a key column may make keys repeat: that is not
 * checked here. */
SpTable *sp_table_select(const SpTable *table, const char *const columns[], gsize n,
                         GError **error);

/**
 * Index of rows by the codes of some columns, for look-ups by key. `columns` [n] are numbers of
 * code columns; `find` returns the first row whose codes are `codes` [n] in that order, or FALSE.
 * The index does not see changes of the table after it was made, and may outlive the table.
 */
typedef struct SpTableIndex SpTableIndex;
SpTableIndex *sp_table_index_new(const SpTable *table, const gsize columns[], gsize n);
void sp_table_index_free(SpTableIndex *index);
gboolean sp_table_index_find(const SpTableIndex *index, const char *const codes[], gsize *row);
/** The same by code numbers [n] of the indexed columns' own dictionaries, for loops over many rows.
 */
gboolean sp_table_index_find_numbers(const SpTableIndex *index, const guint32 numbers[],
                                     gsize *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpTableIndex, sp_table_index_free)

#endif
