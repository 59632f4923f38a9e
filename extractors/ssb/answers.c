/* Answers framed by record separators. */
#include "extractors/ssb/answers.h"

#include "core/error.h"

#include <string.h>

enum { SEPARATOR = 0x1e };

GBytes *sp_ssb_answers_join(const GPtrArray *answers, GError **error)
{
    if (answers->len == 1) {
        return g_bytes_ref(g_ptr_array_index(answers, 0));
    }
    g_autoptr(GByteArray) all = g_byte_array_new();
    const guint8 before = SEPARATOR;
    const guint8 after = '\n';
    for (guint i = 0; i < answers->len; i++) {
        gsize size = 0;
        const guint8 *bytes = g_bytes_get_data(g_ptr_array_index(answers, i), &size);
        if (memchr(bytes, SEPARATOR, size) != NULL || size > G_MAXINT - all->len) {
            sp_error_set(error, SP_ERROR_DATA,
                         "answer %u holds a control character or is too large; fetch again", i + 1);
            return NULL;
        }
        g_byte_array_append(all, &before, 1);
        g_byte_array_append(all, bytes, (guint)size);
        g_byte_array_append(all, &after, 1);
    }
    return g_byte_array_free_to_bytes(g_steal_pointer(&all));
}

GPtrArray *sp_ssb_answers_split(const char *bytes, gsize size, const char *origin, GError **error)
{
    g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    if (size == 0 || bytes[0] != SEPARATOR) {
        g_ptr_array_add(answers, g_bytes_new_static(bytes, size));
        return g_steal_pointer(&answers);
    }
    for (gsize start = 1; start <= size;) {
        const char *next = memchr(bytes + start, SEPARATOR, size - start);
        gsize end = next != NULL ? (gsize)(next - bytes) : size;
        if (end < start + 2 || bytes[end - 1] != '\n') {
            sp_error_set(error, SP_ERROR_DATA,
                         "%s: answer %u is empty or cut short; fetch the dataset again", origin,
                         answers->len + 1);
            return NULL;
        }
        g_ptr_array_add(answers, g_bytes_new_static(bytes + start, end - start - 1));
        start = end + 1;
    }
    return g_steal_pointer(&answers);
}
