/* The contract of a sink, checked from its own side. */
#include "tests/fuzz/guard.h"

#include <stdlib.h>
#include <string.h>

/* FNV-1a: only equality within one process is asked of it. */
static guint64 mix(guint64 digest, const char *bytes, gsize size)
{
    for (gsize i = 0; i < size; i++) {
        digest = (digest ^ (guint8)bytes[i]) * G_GUINT64_CONSTANT(1099511628211);
    }
    return (digest ^ 0xff) * G_GUINT64_CONSTANT(1099511628211);
}

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    (void)error;
    FuzzGuard *guard = (FuzzGuard *)sink;
    FUZZ_CLAIM(n > 0);
    for (gsize i = 0; i < n; i++) {
        FUZZ_CLAIM(names[i] != NULL && g_utf8_validate(names[i], -1, NULL));
        guard->digest = mix(guard->digest, names[i], strlen(names[i]));
    }
    guard->n_columns = n;
    guard->n_begins++;
    guard->last_number = 0;
    return TRUE;
}

static gboolean row(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    (void)error;
    FuzzGuard *guard = (FuzzGuard *)sink;
    FUZZ_CLAIM(guard->n_begins > 0);
    FUZZ_CLAIM(n == guard->n_columns);
    FUZZ_CLAIM(number > 0 && number >= guard->last_number);
    guard->last_number = number;
    for (gsize i = 0; i < n; i++) {
        FUZZ_CLAIM(fields[i].text != NULL || fields[i].size == 0);
        FUZZ_CLAIM(fields[i].size == 0 ||
                   g_utf8_validate_len(fields[i].text, fields[i].size, NULL));
        guard->digest = mix(guard->digest, fields[i].text, fields[i].size);
    }
    guard->n_rows++;
    return TRUE;
}

void fuzz_guard_init(FuzzGuard *guard)
{
    *guard = (FuzzGuard){.sink = {.begin = begin, .row = row},
                         .digest = G_GUINT64_CONSTANT(14695981039346656037)};
}

void fuzz_check_outcome(gboolean ok, GError **error)
{
    FUZZ_CLAIM(ok == (*error == NULL));
    if (*error != NULL) {
        FUZZ_CLAIM((*error)->message[0] != '\0' && g_utf8_validate((*error)->message, -1, NULL));
    }
    g_clear_error(error);
}

char *fuzz_config_file(const char *relative)
{
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, "config", relative, NULL);
    char *text = NULL;
    FUZZ_CLAIM(g_file_get_contents(path, &text, NULL, NULL));
    return text;
}
