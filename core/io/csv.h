/**
 * CSV by libcsv: whole files in memory, or pushed in pieces as they come. (The fast scanner of
 * large extracts will be held against this one.)
 */
#ifndef SP_CORE_IO_CSV_H
#define SP_CORE_IO_CSV_H

#include "core/io/files.h"
#include "core/sink.h"

typedef struct {
    const char *origin; /* file name for messages */
    const char
        *encoding; /* "UTF-8" or "ISO-8859-1" (converted at once); a byte order mark is skipped */
    char delimiter;
    guint header_rows; /* rows before the data, empty lines not counted; the last names the columns;
                          0 is SP_ERROR_CONFIG */
    gboolean mark_decides; /* a byte order mark means UTF-8 whatever `encoding` says; else it is an
                              error with ISO-8859-1 */
    gboolean is_private;   /* rows are about persons: no message quotes the file */
} SpCsvForm;

/** No row, and so no field, may be longer than this many bytes. */
enum { SP_CSV_MAX_ROW = 16 * 1024 * 1024 };

/**
 * Parses [size] bytes in strict mode and hands header and rows to the sink. A row of another length
 * than the header is SP_ERROR_DATA naming file and row; so are a quote out of place, an unfinished
 * quote at the end, a NUL byte, bytes that are not of the encoding, a header that names a column
 * twice or an empty file. Empty lines are skipped, but count in row numbers, so that a number is
 * the row a spreadsheet shows. Rows before the last header row may have any length. Blanks around a
 * field belong to it. Line ends are LF, CRLF or CR. An error of the sink is handed on as it is. A
 * row beyond SP_CSV_MAX_ROW is SP_ERROR_DATA.
 */
gboolean sp_csv_parse(const char *bytes, gsize size, const SpCsvForm *form, SpSink *sink,
                      GError **error);

/** The same in pieces of any size; memory is that of a piece and a row. The sink is borrowed until
 * the end, the form only for the call. */
typedef struct SpCsv SpCsv;
/** SP_ERROR_CONFIG for an encoding that is not of the form, or no header row. */
SpCsv *sp_csv_open(const SpCsvForm *form, SpSink *sink, GError **error);
/** After an error only sp_csv_abandon is allowed. */
gboolean sp_csv_push(SpCsv *csv, const char *bytes, gsize size, GError **error);
/** Counts a row that is not pushed, between two that are pushed whole: row numbers stay those of
 * the file. Returns its number. */
guint64 sp_csv_skip(SpCsv *csv);
/** TRUE when the header has come. */
gboolean sp_csv_has_begun(const SpCsv *csv);
/** Tells that all bytes have come, and frees. */
gboolean sp_csv_close(SpCsv *csv, GError **error);
/** Frees without a word, for the error path. */
void sp_csv_abandon(SpCsv *csv);

/** Writes one field, quoted when it holds delimiter, quote, CR, LF or a leading or trailing blank
 * (RFC 4180). */
void sp_csv_put(SpWriter *writer, const char *text, char delimiter);

/** The same as text, for fields that are written many times. g_free. */
char *sp_csv_quote(const char *text, char delimiter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpCsv, sp_csv_abandon)

#endif
