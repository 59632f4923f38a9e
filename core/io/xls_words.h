/** What the process that reads an .xls says (core/io/xls_child.h), put together to rows. For xls*.c
 * alone. */
#ifndef SP_CORE_IO_XLS_WORDS_H
#define SP_CORE_IO_XLS_WORDS_H

#include "core/io/sheets_reader.h"

#include <stdio.h>

/**
 * Reads words up to the last one and hands sheets and rows to the visitor; texts become UTF-8
 * whatever they are. SP_ERROR_DATA naming the visitor's origin: the words end before they are all
 * said or are none, cells out of order or beyond the limits of core/io/sheets.h, a password, an
 * error of freexl's. What the visitor says passes through.
 */
gboolean sp_xls_words_read(FILE *from, SpSheetVisitor *visitor, GError **error);

#endif
