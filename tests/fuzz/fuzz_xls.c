/* Any bytes as an old workbook, read as they are in a run: freexl in its own process, whatever
 * becomes of it there. */
#include "core/io/sheets.h"
#include "tests/fuzz/guard.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    static const char *const columns[] = {"Kommune", "Antall"};
    static const char compound[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    g_autoptr(GError) error = NULL;
    FuzzGuard guard;
    const SpSheetsForm form = {.origin = "fuzz",
                               .is_every = TRUE,
                               .columns = columns,
                               .n_columns = G_N_ELEMENTS(columns),
                               .decimal = '.'};
    /* Only what the reader of .xls is given: the mark is put in front. */
    g_autofree char *bytes = g_malloc(size + sizeof compound - 1);
    memcpy(bytes, compound, sizeof compound - 1);
    if (size > 0) {
        memcpy(bytes + sizeof compound - 1, data, size);
    }
    fuzz_contain_children();
    fuzz_guard_init(&guard);
    gboolean ok = sp_sheets_parse(bytes, size + sizeof compound - 1, &form, &guard.sink, &error);
    fuzz_check_outcome(ok, &error);
    return 0;
}
