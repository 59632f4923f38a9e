/** Workbooks of made-up deliveries, written cell by cell from lines of text. */
#ifndef SP_TESTS_PIPELINE_SHEETBOOK_H
#define SP_TESTS_PIPELINE_SHEETBOOK_H

#include "tests/pipeline/mini.h"

/** One sheet: rows of fields parted by '|'; a field that begins with '#' is a number cell, ""
 * none. */
typedef struct {
    const char *name;
    const char *const *rows; /* NULL-terminated */
    gboolean is_hidden;
} BookSheet;

/** Writes a workbook of sheets [n] into inbox/SOURCE/NAME. */
void sheetbook_deliver(const Mini *mini, const char *source, const char *name,
                       const BookSheet sheets[], gsize n);

#endif
