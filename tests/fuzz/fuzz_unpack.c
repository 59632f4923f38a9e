/* Any bytes as gzip or Zstandard: pieces and whole unpack to the same, within the limits. */
#include "core/io/unpack.h"
#include "tests/fuzz/guard.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

enum { MAX_SIZE = 8 * 1024 * 1024 };

static gboolean keep(const void *bytes, gsize size, gpointer data, GError **error)
{
    (void)error;
    FUZZ_CLAIM(size > 0 && size <= SP_UNPACK_PIECE);
    g_byte_array_append(data, bytes, (guint)size);
    FUZZ_CLAIM(((GByteArray *)data)->len <= MAX_SIZE);
    return TRUE;
}

static gboolean unpack(SpUnpackKind kind, const guint8 *bytes, gsize size, gsize piece,
                       GByteArray *into)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpUnpack) unpack = sp_unpack_open(kind, "fuzz", MAX_SIZE, keep, into, &error);
    gboolean ok = unpack != NULL;
    for (gsize done = 0; ok && done < size; done += piece) {
        ok = sp_unpack_push(unpack, bytes + done, MIN(piece, size - done), &error);
    }
    SpUnpack *whole = ok ? g_steal_pointer(&unpack) : NULL;
    ok = ok && sp_unpack_close(whole, &error);
    fuzz_check_outcome(ok, &error);
    return ok;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    if (size < 2) {
        return 0;
    }
    SpUnpackKind kind = data[0] & 1 ? SP_UNPACK_GZIP : SP_UNPACK_ZSTD;
    g_autoptr(GByteArray) whole = g_byte_array_new();
    g_autoptr(GByteArray) pieces = g_byte_array_new();
    gboolean is_read = unpack(kind, data + 2, size - 2, size, whole);
    FUZZ_CLAIM(unpack(kind, data + 2, size - 2, (gsize)data[1] + 1, pieces) == is_read);
    FUZZ_CLAIM(!is_read ||
               (whole->len == pieces->len &&
                (whole->len == 0 || memcmp(whole->data, pieces->data, whole->len) == 0)));
    return 0;
}
