/* Any bytes as CSV: pieces and whole give the same rows, and what is written is read back. */
#include "core/io/csv.h"
#include "tests/fuzz/guard.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static gboolean read_pieces(const SpCsvForm *form, const char *bytes, gsize size, gsize piece,
                            SpSink *sink)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpCsv) csv = sp_csv_open(form, sink, &error);
    gboolean ok = csv != NULL;
    for (gsize done = 0; ok && done < size; done += piece) {
        ok = sp_csv_push(csv, bytes + done, MIN(piece, size - done), &error);
    }
    SpCsv *whole = ok ? g_steal_pointer(&csv) : NULL;
    ok = ok && sp_csv_close(whole, &error);
    fuzz_check_outcome(ok, &error);
    return ok;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    if (size < 2) {
        return 0;
    }
    static const char delimiters[] = {',', ';', '\t', ' '};
    const SpCsvForm form = {.origin = "fuzz",
                            .encoding = data[0] & 1 ? "UTF-8" : "ISO-8859-1",
                            .delimiter = delimiters[(data[0] >> 1) & 3],
                            .header_rows = 1 + ((data[0] >> 3) & 3),
                            .mark_decides = (data[0] & 32) != 0,
                            .is_private = (data[0] & 64) != 0};
    FuzzGuard whole;
    FuzzGuard pieces;
    fuzz_guard_init(&whole);
    fuzz_guard_init(&pieces);
    g_autoptr(GError) error = NULL;
    g_autofree char *bytes = g_memdup2(data + 2, size - 2);
    gboolean is_read =
        sp_csv_parse(bytes == NULL ? "" : bytes, size - 2, &form, &whole.sink, &error);
    fuzz_check_outcome(is_read, &error);
    FUZZ_CLAIM(read_pieces(&form, bytes, size - 2, (gsize)data[1] + 1, &pieces.sink) == is_read);
    FUZZ_CLAIM(!is_read || (whole.digest == pieces.digest && whole.n_rows == pieces.n_rows));
    return 0;
}
