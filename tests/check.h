/**
 * What every test file includes: cmocka, comparison of doubles (cmocka's own casts to float), and
 * the shared reference data.
 */
#ifndef SP_TESTS_CHECK_H
#define SP_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/error.h"

/** Fails unless |actual - expected| <= tolerance, printing both in full. */
#define assert_near(actual, expected, tolerance)                                                   \
    do {                                                                                           \
        double near_a = (actual), near_e = (expected), near_t = (tolerance);                       \
        if (!(fabs(near_a - near_e) <= near_t)) {                                                  \
            fail_msg("%s is %.17g, want %.17g within %g", #actual, near_a, near_e, near_t);        \
        }                                                                                          \
    } while (0)

/** Fails with the error's text if there is one. */
#define assert_no_error(error)                                                                     \
    do {                                                                                           \
        if ((error) != NULL) {                                                                     \
            fail_msg("unexpected error: %s", (error)->message);                                    \
        }                                                                                          \
    } while (0)

/** Fails unless there is an error of that code whose text holds `part`. */
#define assert_error(error, wanted, part)                                                          \
    do {                                                                                           \
        if ((error) == NULL) {                                                                     \
            fail_msg("no error, want %s", #wanted);                                                \
        } else if (!g_error_matches((error), SP_ERROR, (wanted)) ||                                \
                   strstr((error)->message, (part)) == NULL) {                                     \
            fail_msg("error %d \"%s\", want %s with \"%s\"", (error)->code, (error)->message,      \
                     #wanted, (part));                                                             \
        }                                                                                          \
    } while (0)

/** Fails unless `part` stands in `text`, of which the beginning is shown. */
#define assert_has(text, part)                                                                     \
    do {                                                                                           \
        const char *has_text = (text), *has_part = (part);                                         \
        if (strstr(has_text, has_part) == NULL) {                                                  \
            fail_msg("\"%s\" is not in:\n%.3000s", has_part, has_text);                            \
        }                                                                                          \
    } while (0)

/** Folder of the reference data shared with the project ("../shared/data"); NULL if it is not here.
 * g_free. */
static inline char *shared_folder(void)
{
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, "..", "shared", "data", NULL);
    return g_file_test(path, G_FILE_TEST_IS_DIR) ? g_steal_pointer(&path) : NULL;
}

/** Skips the present test, loudly, where the shared reference data is absent. */
#define SKIP_WITHOUT_SHARED(folder)                                                                \
    do {                                                                                           \
        if ((folder) == NULL) {                                                                    \
            fprintf(stderr, "SKIPPED %s: no ../shared/data here, reference figures NOT checked\n", \
                    __func__);                                                                     \
            skip();                                                                                \
        }                                                                                          \
    } while (0)

#endif
