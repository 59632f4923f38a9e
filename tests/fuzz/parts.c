/* Inputs of several texts. */
#include "tests/fuzz/parts.h"

#include <string.h>

void fuzz_parts(const guint8 *data, gsize size, SpField parts[], gsize n_parts)
{
    const char *from = size > 0 ? (const char *)data : "";
    for (gsize i = 0; i < n_parts; i++) {
        const char *end = i + 1 < n_parts && size > 0 ? memchr(from, FUZZ_PART_END, size) : NULL;
        gsize length = end != NULL ? (gsize)(end - from) : size;
        parts[i] = (SpField){.text = from, .size = length};
        gsize step = length + (end != NULL ? 1 : 0);
        from += step;
        size -= step;
    }
}
