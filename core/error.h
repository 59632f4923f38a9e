/**
 * Errors of the whole house: one GError domain whose code is the exit status of the program that
 * gives up because of it (sysexits.h). The text is made once, where the cause is known, and says
 * file, row and remedy; each layer on the way adds only what it alone knows (g_prefix_error).
 */
#ifndef SP_CORE_ERROR_H
#define SP_CORE_ERROR_H

#include <glib.h>

typedef enum {
    SP_ERROR_STALE = 1,  /* `plan --check`: something would run */
    SP_ERROR_USAGE = 64, /* the command line */
    SP_ERROR_DATA =
        65, /* bad input beyond the configured limits; a damaged, derivable or unaudited edition */
    SP_ERROR_NO_INPUT = 66,    /* an input that should be there is not */
    SP_ERROR_UNAVAILABLE = 69, /* upstream does not answer and no snapshot can stand in */
    SP_ERROR_BUG = 70,         /* our own promise broken, or a child died by a signal */
    SP_ERROR_CANT_CREATE = 73, /* an output file or folder cannot be made */
    SP_ERROR_IO = 74,          /* reading or writing failed, a full disk included */
    SP_ERROR_TRY_LATER = 75,   /* lock held, rate limited */
    SP_ERROR_PERMISSION = 77,  /* the system says no */
    SP_ERROR_CONFIG = 78,      /* configuration */
} SpErrorCode;

#define SP_ERROR (sp_error_quark())
GQuark sp_error_quark(void);

/** The exit status for an error: its code in our domain; SP_ERROR_BUG for a foreign domain, since
 * every foreign error is to be translated where it arises. */
int sp_error_exit_status(const GError *error);

/**
 * Sets an error for a failed system call: EACCES, EPERM and EROFS give SP_ERROR_PERMISSION, ENOENT
 * SP_ERROR_NO_INPUT, all else SP_ERROR_IO. The text is "FORMAT: strerror", and what to
 * do where the disk is full or the system refuses. Always returns FALSE, so
 * a caller may `return sp_error_set_errno(...)`.
 */
gboolean sp_error_set_errno(GError **error, int errnum, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

/** g_set_error in our domain that returns FALSE, for one-line exits. The text is UTF-8 whatever the
 * arguments were: bytes that are not become U+FFFD. */
gboolean sp_error_set(GError **error, SpErrorCode code, const char *format, ...)
    G_GNUC_PRINTF(3, 4);

#endif
