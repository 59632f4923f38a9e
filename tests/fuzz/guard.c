/* The contract of a sink, checked from its own side. */
#include "tests/fuzz/guard.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHILD_SECONDS = 3 };

static gboolean is_child;

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
    FUZZ_CLAIM(n > 0 && guard->n_begins == 0);
    for (gsize i = 0; i < n; i++) {
        FUZZ_CLAIM(names[i] != NULL && g_utf8_validate(names[i], -1, NULL));
        guard->digest = mix(guard->digest, names[i], strlen(names[i]));
    }
    guard->n_columns = n;
    guard->n_begins++;
    guard->last_number = 0;
    return TRUE;
}

static void sheet(SpSink *sink, const char *name, gboolean is_read)
{
    FuzzGuard *guard = (FuzzGuard *)sink;
    FUZZ_CLAIM(name != NULL && g_utf8_validate(name, -1, NULL));
    guard->digest = mix(guard->digest, name, strlen(name));
    if (is_read) {
        guard->last_number = 0;
    }
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
    *guard = (FuzzGuard){.sink = {.begin = begin, .row = row, .sheet = sheet},
                         .digest = G_GUINT64_CONSTANT(14695981039346656037)};
}

/* The fuzzer's own handlers would take a crash that its process contains for one of the
 * target's. */
static void leave_fuzzer(void)
{
    static const int deadly[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGALRM, SIGXCPU};
    for (gsize i = 0; i < G_N_ELEMENTS(deadly); i++) {
        (void)signal(deadly[i], SIG_DFL);
    }
    is_child = TRUE;
    (void)alarm(CHILD_SECONDS);
}

/* AddressSanitizer calls this before it reports; without it nobody does. */
void __asan_on_error(void); /* NOLINT(bugprone-reserved-identifier): the sanitizer's name */
void __asan_on_error(void)  /* NOLINT(bugprone-reserved-identifier) */
{
    if (is_child) {
        _exit(1);
    }
}

void fuzz_contain_children(void)
{
    static gsize is_done = 0;
    if (g_once_init_enter(&is_done)) {
        FUZZ_CLAIM(pthread_atfork(NULL, NULL, leave_fuzzer) == 0);
        g_once_init_leave(&is_done, 1);
    }
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
