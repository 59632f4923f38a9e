/** What stands between a reader of workbooks (xlsx*.c, xls.c) and the choice of sheets and rows
 * (sheets.c), and the audit's look at every sheet. */
#ifndef SP_CORE_IO_SHEETS_READER_H
#define SP_CORE_IO_SHEETS_READER_H

#include "core/sink.h"

typedef struct SpSheetVisitor SpSheetVisitor;
struct SpSheetVisitor {
    const char *origin;
    gboolean is_private;
    char decimal;
    /** Of every sheet in the order of the workbook, before any row: is it to be read? */
    gboolean (*choose)(SpSheetVisitor *visitor, const char *name, gboolean is_hidden);
    /** A sheet that is read begins. */
    void (*begin)(SpSheetVisitor *visitor, const char *name);
    /** A row, cells [n] from the first column; `number` rises. *is_enough: no more of this
     * sheet. */
    gboolean (*row)(SpSheetVisitor *visitor, guint64 number, const SpField cells[], gsize n,
                    gboolean *is_enough, GError **error);
    /** The sheet has ended. */
    gboolean (*end)(SpSheetVisitor *visitor, GError **error);
};

/** Shows a workbook of bytes [size] to the visitor, sheet by sheet. SP_ERROR_DATA as
 * sp_sheets_parse; what the visitor says is handed on as it is. */
gboolean sp_xlsx_visit(const char *bytes, gsize size, SpSheetVisitor *visitor, GError **error);
gboolean sp_xls_visit(const char *bytes, gsize size, SpSheetVisitor *visitor, GError **error);

/** What a number format makes of a number. */
typedef struct {
    gboolean is_date;
    guint digits; /* filled with zeros to so many; 0: not */
} SpSheetFormat;

/** From a format's code ("dd.mm.yyyy", "0000"). */
SpSheetFormat sp_sheet_format_of(const char *code);

/** The text of a number cell, appended. A date that no calendar has stays a number. */
void sp_sheet_append_number(GString *text, double value, SpSheetFormat format, gboolean is_1904,
                            char decimal);

#endif
