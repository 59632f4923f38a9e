/**
 * Tables on disk: NAME.csv (RFC 4180, UTF-8, LF, decimal point, rows sorted by key) and one
 * datapackage.json in the intersection of Frictionless v1 and v2. The CSV is the contract.
 *
 * Each measure M is three columns: M (canonical number, empty when there is none; exact zero, and
 * less than half the unit, are written 0), M_status (SSB's sign: "" present, "-" zero, "0" below
 * the unit, "." ".." "..." ":") and M_flags (letters p m c b s u r). Kind, classification, unit,
 * additivity, edition and marks stand in the descriptor under keys "sp:...".
 */
#ifndef SP_CORE_IO_TABLEFILES_H
#define SP_CORE_IO_TABLEFILES_H

#include "core/io/tree.h"
#include "core/table.h"

#define SP_TABLES_DESCRIPTOR "datapackage.json"
#define SP_TABLES_STATUS_SUFFIX "_status"
#define SP_TABLES_FLAGS_SUFFIX "_flags"

/**
 * Writes tables into an existing folder: one CSV each (the names must not exist yet) and
 * datapackage.json named `name`. Rows are sorted and keys checked first (SP_ERROR_BUG when a key
 * repeats: its maker should have told; also for a present figure that is 0 or not finite). Figures
 * are rounded to canonical form in the files; `tables` keeps its own, sorted. SP_ERROR_CANT_CREATE,
 * SP_ERROR_PERMISSION, SP_ERROR_IO; after any error the folder is unfinished and is to be thrown
 * away.
 */
gboolean sp_tables_write(SpTables *tables, const char *folder, const char *name, guint file_mode,
                         GError **error);

/**
 * Reads tables that sp_tables_write wrote, beside their descriptor or (in packages) in its folder
 * data: those named in `names` (NULL-terminated; NULL for all), in the descriptor's order.
 * SP_ERROR_NO_INPUT if one is not there, SP_ERROR_DATA naming file and row when descriptor and CSV
 * do not agree: other columns, another size, a figure that does not fit its status, rows out of
 * order or a key twice.
 */
SpTables *sp_tables_read(const char *folder, const char *const *names, GError **error);
/** All of them, of a folder or an archive. */
SpTables *sp_tables_read_tree(const SpTree *tree, GError **error);
/** The same of those of `names` that are there: none is no error. */
SpTables *sp_tables_read_any(const char *folder, const char *const *names, GError **error);

/** Which rows are read of the tables that have a code column `column`: those whose code in it
 * `wants` says (asked once for rows of one code that stand beside each other). */
typedef struct {
    const char *column;
    gboolean (*wants)(const char *table, const char *code, gpointer data);
    gpointer data;
} SpRowChoice;

/** Of all tables (names NULL) or those of `names` that are there the chosen rows; tables without
 * the column are read whole. What is wrong in a row that is not read is not found. */
SpTables *sp_tables_read_chosen(const char *folder, const char *const *names,
                                const SpRowChoice *choice, GError **error);

/** Whether a figure of a table has a status. Its rows are looked at as they pass and none is kept;
 * *has is FALSE after an error, of which there are those of sp_tables_read, but for keys. */
gboolean sp_tables_has_status(const char *folder, const char *name, SpStatus status, gboolean *has,
                              GError **error);

/** Takes one of several tables, which it owns from then on. */
typedef gboolean (*SpTableTaker)(SpTable *table, gpointer data, GError **error);
/** The same handed on one by one, each before the next is read: for what is large and looked at
 * once. An error of `take` ends the reading. */
gboolean sp_tables_read_each(const char *folder, const char *const *names, SpTableTaker take,
                             gpointer data, GError **error);

#endif
