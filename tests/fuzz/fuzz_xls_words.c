/* Any bytes as what the reading process of an .xls says: rows rise, texts are UTF-8, nothing beyond
 * the limits of a sheet. */
#include "core/io/sheets.h"
#include "core/io/xls_words.h"
#include "tests/fuzz/guard.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

typedef struct {
    SpSheetVisitor visitor; /* first: a pointer to it is one to this */
    guint n_chosen;         /* of the workbook so far */
    guint8 choice;          /* bit i: sheet i modulo 8 is read */
    gboolean is_open;
    gboolean is_enough;
    guint64 last_row;
} Watch;

static gboolean choose(SpSheetVisitor *visitor, const char *name, gboolean is_hidden)
{
    Watch *watch = (Watch *)visitor;
    FUZZ_CLAIM(name != NULL && g_utf8_validate(name, -1, NULL) && !is_hidden);
    return (watch->choice >> (watch->n_chosen++ & 7) & 1) != 0;
}

static void begin(SpSheetVisitor *visitor, const char *name)
{
    Watch *watch = (Watch *)visitor;
    FUZZ_CLAIM(name != NULL && !watch->is_open);
    watch->is_open = TRUE;
    watch->is_enough = FALSE;
    watch->last_row = 0;
}

static gboolean row(SpSheetVisitor *visitor, guint64 number, const SpField cells[], gsize n,
                    gboolean *is_enough, GError **error)
{
    Watch *watch = (Watch *)visitor;
    (void)error;
    FUZZ_CLAIM(watch->is_open && !watch->is_enough);
    FUZZ_CLAIM(number > watch->last_row && number <= SP_SHEETS_MAX_ROWS);
    FUZZ_CLAIM(n > 0 && n <= SP_SHEETS_MAX_COLUMNS);
    for (gsize i = 0; i < n; i++) {
        FUZZ_CLAIM(g_utf8_validate_len(cells[i].text, cells[i].size, NULL));
    }
    watch->last_row = number;
    watch->is_enough = watch->choice & 1 && number > 3;
    *is_enough = watch->is_enough;
    return TRUE;
}

static gboolean end(SpSheetVisitor *visitor, GError **error)
{
    Watch *watch = (Watch *)visitor;
    (void)error;
    FUZZ_CLAIM(watch->is_open);
    watch->is_open = FALSE;
    return TRUE;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    if (size < 2) {
        return 0;
    }
    g_autoptr(GError) error = NULL;
    Watch watch = {.visitor = {.origin = "fuzz",
                               .decimal = ',',
                               .choose = choose,
                               .begin = begin,
                               .row = row,
                               .end = end},
                   .choice = data[0]};
    g_autofree guint8 *said = g_memdup2(data + 1, size - 1);
    FILE *from = fmemopen(said, size - 1, "rb");
    FUZZ_CLAIM(from != NULL);
    gboolean ok = sp_xls_words_read(from, &watch.visitor, &error);
    FUZZ_CLAIM(!ok || !watch.is_open);
    fuzz_check_outcome(ok, &error);
    FUZZ_CLAIM(fclose(from) == 0);
    return 0;
}
