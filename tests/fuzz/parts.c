/* Inputs of several texts. */
#include "tests/fuzz/parts.h"

#include "tests/fuzz/guard.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

void fuzz_put(const char *folder, const char *name, const SpField *bytes)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    FUZZ_CLAIM(fd >= 0 && write(fd, bytes->text, bytes->size) == (ssize_t)bytes->size);
    close(fd);
}
