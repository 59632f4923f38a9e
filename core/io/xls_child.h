/**
 * The process that reads an .xls. freexl (1.0.6) writes and reads past its buffers when a record of
 * the file lies about its size, so it runs apart: what it does to itself ends it alone, and what it
 * says is checked. For xls*.c alone.
 *
 * It writes to a pipe, numbers as the machine has them:
 *
 *   'H' n, then n times size and name         the sheets (guint32, guint32, bytes)
 *   'B' sheet                                 rows of that sheet follow (guint32)
 *   'N' row column value                      a number (guint32, guint32, double)
 *   'T' row column size bytes                 a text, or a time of day
 *   'D' row column size bytes                 a day, maybe with a time of day after a blank
 *   'Z'                                       all is said
 *   'P'                                       the workbook is behind a password
 *   'X' code                                  freexl's error (gint32)
 *
 * Cells come in order of rows and columns, empty ones not at all.
 */
#ifndef SP_CORE_IO_XLS_CHILD_H
#define SP_CORE_IO_XLS_CHILD_H

#include <glib.h>

typedef enum {
    SP_XLS_SHEETS = 'H',
    SP_XLS_BEGIN = 'B',
    SP_XLS_NUMBER = 'N',
    SP_XLS_TEXT = 'T',
    SP_XLS_DAY = 'D',
    SP_XLS_DONE = 'Z',
    SP_XLS_PASSWORD = 'P',
    SP_XLS_ERROR = 'X',
} SpXlsWord;

/** To be called right after fork: `book` is the file, `out` the pipe. Ends the process. */
_Noreturn void sp_xls_child(int book, int out);

#endif
