/* Texts one after the other. */
#include "extractors/sequence.h"

#include "core/error.h"

#include <string.h>

static const char separator = 0x1E;

gboolean sp_sequence_add(GByteArray *sequence, GBytes *text, const char *origin, GError **error)
{
    gsize size = 0;
    const char *bytes = g_bytes_get_data(text, &size);
    if (size > SP_SEQUENCE_MAX - 2 || sequence->len > SP_SEQUENCE_MAX - 2 - size) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: the answers are more than %d MiB together; ask for less", origin,
                            (int)(SP_SEQUENCE_MAX >> 20));
    }
    if (size > 0 && memchr(bytes, separator, size) != NULL) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: the answer holds the control character 0x1E, so it is neither "
                            "JSON, XML nor CSV; look at the source",
                            origin);
    }
    g_byte_array_append(sequence, (const guint8 *)&separator, 1);
    if (size > 0) {
        g_byte_array_append(sequence, (const guint8 *)bytes, (guint)size);
    }
    g_byte_array_append(sequence, (const guint8 *)"\n", 1);
    return TRUE;
}

GArray *sp_sequence_split(const char *bytes, gsize size, const char *origin, GError **error)
{
    g_autoptr(GArray) texts = g_array_new(FALSE, FALSE, sizeof(SpField));
    if (size == 0 || bytes[0] != separator) {
        SpField whole = {bytes, size};
        g_array_append_val(texts, whole);
        return g_steal_pointer(&texts);
    }
    for (gsize start = 1; start <= size;) {
        const char *next = start < size ? memchr(bytes + start, separator, size - start) : NULL;
        gsize end = next != NULL ? (gsize)(next - bytes) : size;
        if (end < start + 2 || bytes[end - 1] != '\n') {
            sp_error_set(error, SP_ERROR_DATA,
                         "%s: answer %u is empty or cut short; fetch the dataset again", origin,
                         texts->len + 1);
            return NULL;
        }
        SpField text = {bytes + start, end - start - 1};
        g_array_append_val(texts, text);
        start = end + 1;
    }
    return g_steal_pointer(&texts);
}
