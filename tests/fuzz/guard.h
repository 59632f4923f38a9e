/**
 * What every reader's fuzz target looks at: a sink that ends the process when a reader breaks the
 * contract of core/sink.h, and that remembers rows by a hash so that two ways of reading can be
 * held against each other.
 */
#ifndef SP_TESTS_FUZZ_GUARD_H
#define SP_TESTS_FUZZ_GUARD_H

#include "core/sink.h"

/** Ends the process, loudly, unless the claim holds: the fuzzer keeps the input. */
#define FUZZ_CLAIM(claim)                                                                          \
    do {                                                                                           \
        if (!(claim)) {                                                                            \
            g_printerr("%s:%d: broken: %s\n", __FILE__, __LINE__, #claim);                         \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

typedef struct {
    SpSink sink; /* first: a pointer to it is one to the guard */
    gsize n_columns;
    guint64 n_begins;
    guint64 n_rows;
    guint64 last_number;
    guint64 digest; /* of names and rows in order */
} FuzzGuard;

/** `begin` once and before the first row, names of UTF-8 and not empty in number; each row with as
 * many fields as names, of UTF-8 without NUL, row numbers from 1 that never fall but begin anew on
 * a sheet. */
void fuzz_guard_init(FuzzGuard *guard);

/** An outcome is success or an error with a text of UTF-8; clears the error. */
void fuzz_check_outcome(gboolean ok, GError **error);

/** For readers that let a library of others crash or hang in a process of its own: what happens
 * there is no finding, and ends after some seconds. */
void fuzz_contain_children(void);

/** A file of the project's configuration data. g_free. */
char *fuzz_config_file(const char *relative);

#endif
