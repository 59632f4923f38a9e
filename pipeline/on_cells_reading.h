/** What the readings of a table that anybody brings have in common. Errors name file, row, column
 * and what is wanted there. */
#ifndef SP_PIPELINE_ON_CELLS_READING_H
#define SP_PIPELINE_ON_CELLS_READING_H

#include "pipeline/on_cells_files.h"

/** A field of a file, for messages. */
typedef struct {
    const char *file;
    guint64 row;
    const char *column;
} SpFieldPlace;

/** SP_ERROR_DATA: the field has `text` where `want` is wanted. Returns FALSE. */
gboolean sp_field_refuse(const SpFieldPlace *place, const char *text, const char *want,
                         GError **error);

/** A table while it is read. */
typedef struct {
    const SpOnCellsRequest *request;
    SpCellFiles *files;
    GHashTable *inner_names; /* char* -> number */
    GHashTable *cell_names;
    GArray *is_singleton; /* gboolean, of each inner cell */
    GArray *is_primary;   /* gboolean, of each cell */
    GArray *rank;         /* double */
    GArray *is_forced;    /* gboolean */
} SpCellReading;

/** The column of counts is the one that is named, or the one of the usual names that is there. */
enum { SP_COUNT_COLUMNS = 3 };
void sp_cell_count_columns(const SpOnCellsRequest *request, const char *columns[SP_COUNT_COLUMNS],
                           gboolean is_optional[SP_COUNT_COLUMNS]);
gboolean sp_cell_count_parse(const SpCellReading *reading, guint64 row,
                             char *const fields[SP_COUNT_COLUMNS], double *count, GError **error);

/** 0 or 1; `text` NULL, no column: FALSE. */
gboolean sp_cell_flag_parse(const SpFieldPlace *place, const char *text, gboolean *is_set,
                            GError **error);

/** The number of a name in inner_names or cell_names. */
gboolean sp_cell_name_find(GHashTable *names, const SpFieldPlace *place, const char *name,
                           guint32 *number, GError **error);

/** A rank as candidate: a primary needs none, and one without comes last. `text` NULL: no
 * column. */
gboolean sp_cell_rank_parse(const SpFieldPlace *place, const char *text, gboolean is_primary,
                            double *rank, GError **error);

/** Adds an inner cell. */
void sp_cell_add_inner(SpCellReading *reading, double count, gboolean is_singleton);

/** By --design and --cells: all but the counts of cells. */
gboolean sp_cell_files_read_design(SpCellReading *reading, GError **error);

/** By --hierarchies, and --cells if it is given: all but the counts of cells and, of cells whose
 * file does not tell, which are primary. */
gboolean sp_cell_files_read_codes(SpCellReading *reading, GError **error);

/** By --contributors, after the design: cells that few contributors dominate are primary, too. */
gboolean sp_cell_files_read_contributors(SpCellReading *reading, GError **error);

#endif
