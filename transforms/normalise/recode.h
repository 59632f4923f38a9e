/** The codes of one raw column as ours: code list, form and the rules of the column's role, worked
 * out once for each distinct code. */
#ifndef SP_TRANSFORMS_NORMALISE_RECODE_H
#define SP_TRANSFORMS_NORMALISE_RECODE_H

#include "core/layout.h"
#include "core/quality.h"
#include "core/table.h"
#include "core/code_list.h"

/**
 * Our code for one of the source's, by code list (NULL: none), form and role of its column; NULL
 * when there is none. `year` is the data year that the list is asked for, 0: any. A code that is in
 * no year of the list stays as it is where the column keeps unmapped ones. g_free.
 */
char *sp_recode_text(const SpLayoutColumn *column, const SpCodeList *list, const char *code,
                     int year);

typedef struct SpRecode SpRecode;

/**
 * For the code column of `raw` that `column` describes, both borrowed. `maps` holds the code lists
 * (columns from, to; the list's name is the table's). SP_ERROR_DATA when the column is not there;
 * SP_ERROR_CONFIG when its code list is not in `maps` or gives one code twice.
 */
SpRecode *sp_recode_new(const SpLayoutColumn *column, const SpTable *raw, const SpTables *maps,
                        GError **error);
void sp_recode_free(SpRecode *recode);

/** Where the code list has years, it is asked by that of the row's period, a code column of the
 * same raw table. Before the first sp_recode_row. */
void sp_recode_by_period(SpRecode *recode, const SpLayoutColumn *period, const SpTable *raw);

/** TRUE for a code that is in the list in no year, where the layout leaves such rows out. */
gboolean sp_recode_is_left_out(const SpLayoutColumn *column, const SpCodeList *list,
                               const char *text);
/** TRUE when the layout leaves out rows with the code in this row. Counts. */
gboolean sp_recode_leaves_out(SpRecode *recode, gsize row);
/** The number, in sp_recode_codes, of the code in a row that no column leaves out; FALSE when the
 * code is not one of ours. Counts. */
gboolean sp_recode_row(SpRecode *recode, gsize row, guint32 *number);
/** The number of the source's own code in a row. */
guint32 sp_recode_source(const SpRecode *recode, gsize row);
/** Our codes. Borrowed. */
SpCodes *sp_recode_codes(const SpRecode *recode);
/** The column of the result. Its strings are borrowed from the layout. */
SpColumn sp_recode_column(const SpRecode *recode);

/**
 * Notes what sp_recode_row did not know: one finding `unknown_code` a code, with subject
 * "column code" and its first row. One `left_out` for all that the layout leaves out.
 *
 *   n_before  rows of the source before the first of `raw`: its header
 *   n_each    rows of `raw` that one row of the source became (more than 1 with [spread])
 */
void sp_recode_note(const SpRecode *recode, guint n_before, guint n_each, SpQuality *quality);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpRecode, sp_recode_free)

#endif
