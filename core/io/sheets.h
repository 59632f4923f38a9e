/**
 * Workbooks: .xlsx by libzip and libxml2's push parser, .xls by freexl. Rows of cells become
 * rows of text for a sink, as those of a CSV do. What a file is, its bytes say, never its name.
 */
#ifndef SP_CORE_IO_SHEETS_H
#define SP_CORE_IO_SHEETS_H

#include "core/sink.h"

typedef enum {
    SP_SHEETS_NONE, /* nothing of all this: text, so perhaps a CSV */
    SP_SHEETS_XLSX, /* a zip archive */
    SP_SHEETS_XLS,
    SP_SHEETS_LOCKED, /* a workbook behind a password */
    SP_SHEETS_MARKUP, /* HTML or XML under the name of a workbook, as web systems export it */
} SpSheetsKind;

/** Bytes that tell what a file is; fewer may be told too, but then less surely. */
enum { SP_SHEETS_TELLING = 512 };
/** By the first bytes [size] of a file. */
SpSheetsKind sp_sheets_detect(const char *bytes, gsize size);

typedef struct {
    const char *origin; /* file name for messages */
    const char *sheet;  /* its name; NULL: the first that is not hidden */
    gboolean is_every;  /* all sheets that are not hidden, whatever `sheet` says */
    const char *as;  /* a last column of this name holds the name of the row's sheet; NULL: none */
    guint skip_rows; /* rows at the top that are not looked at */
    gboolean ends_at_empty_row; /* the first empty row under the header ends the sheet: what stands
                                   below are notes. FALSE: empty rows are skipped */
    const char *const *columns; /* [n_columns] names that the header must hold */
    gsize n_columns;
    char decimal;        /* sign in the texts of number cells: '.' or ',' */
    gboolean is_private; /* rows are about persons: no message quotes the file, its sheets' names
                            included */
} SpSheetsForm;

/** Limits, against files made to exhaust: unpacked bytes, unpacked to packed, and so on. */
enum {
    SP_SHEETS_MAX_UNPACKED = 512 * 1024 * 1024,
    SP_SHEETS_MAX_RATIO = 200, /* of a part above 1 MiB */
    SP_SHEETS_MAX_PARTS = 4096,
    SP_SHEETS_MAX_SHEETS = 256,
    SP_SHEETS_MAX_ROWS = 1048576,
    SP_SHEETS_MAX_COLUMNS = 4096,
    SP_SHEETS_MAX_CELLS = 64 * 1024 * 1024, /* counting the empty ones before the last of a row */
    SP_SHEETS_MAX_STRINGS = 8 * 1024 * 1024,
    SP_SHEETS_MAX_TEXT = 4 * 32767, /* bytes of a cell: what a spreadsheet itself allows */
    /* Cells may share a text, so that a row or a workbook is much longer than its file. */
    SP_SHEETS_MAX_ROW = 16 * 1024 * 1024,
    SP_SHEETS_MAX_ALL_TEXT_MIB = 2048,
    SP_SHEETS_MAX_DEPTH = 32,
    SP_SHEETS_HEADER_ROWS = 100, /* rows that are looked at for the header */
};

/**
 * Reads a workbook of [size] bytes and hands header and rows to the sink.
 *
 * The header is the first of SP_SHEETS_HEADER_ROWS rows that holds all `columns` (blanks around a
 * name and line breaks in it aside); columns without a name are passed over, and so is a row that
 * repeats the header. Every sheet that is read has its own header with the same names, in any
 * order; rows come in the order of the first one's. A sheet that holds nothing at all is passed
 * over when there are others.
 *
 * What a cell becomes: a text as it is (also one that begins with "="); a number by the rule of
 * core/number (sp_number_format: whole numbers exactly, else 9 significant digits, so that what a
 * spreadsheet stores as 0.30000000000000004 is 0.3), with `decimal`; filled with zeros if its
 * number format is zeros alone ("0000"); a number whose format is a date (1900 and 1904 systems)
 * 2024-12-31, with a time of day 2024-12-31T08:30:00; a truth value TRUE or FALSE; an error its
 * text (#N/A); a formula the value that was stored with it. Of merged cells the first has the
 * value, the others are empty. In .xls (BIFF 5 and 8) hidden sheets are not told from
 * others, and a cell that holds a formula or an error is empty: freexl does not read what was
 * stored with it, so sums must be sent as values or as .xlsx.
 *
 * Errors: SP_ERROR_DATA naming file, sheet and row or part: not a workbook, damaged, behind a
 * password, a limit crossed, a document type declaration, a sheet that is not there, no header or
 * two columns of one name. Errors of the sink get the sheet's name in front when there are several.
 */
gboolean sp_sheets_parse(const char *bytes, gsize size, const SpSheetsForm *form, SpSink *sink,
                         GError **error);

#endif
