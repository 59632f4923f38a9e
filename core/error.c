/* The error domain and its way to an exit status. */
#include "core/error.h"

#include <errno.h>

GQuark sp_error_quark(void)
{
    return g_quark_from_static_string("sp-error");
}

int sp_error_exit_status(const GError *error)
{
    return error->domain == SP_ERROR ? error->code : SP_ERROR_BUG;
}

static SpErrorCode code_of_errno(int errnum)
{
    switch (errnum) {
    case EACCES:
    case EPERM:
    case EROFS:
        return SP_ERROR_PERMISSION;
    case ENOENT:
        return SP_ERROR_NO_INPUT;
    default:
        return SP_ERROR_IO;
    }
}

/* Texts of libraries are cut where their buffers end, and names of files may be any bytes. */
static void set(GError **error, SpErrorCode code, const char *text)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_set_error_literal(error, SP_ERROR, (int)code, valid);
}

/* What to do, where that is the same whatever failed. */
static const char *remedy_of_errno(int errnum)
{
    switch (errnum) {
    case ENOSPC:
    case EDQUOT:
        return "; make room there and run again, what is finished stays";
    case EACCES:
    case EPERM:
        return "; run as its owner, or ask for the right";
    case EROFS:
        return "; it can only be read, choose another place";
    default:
        return "";
    }
}

gboolean sp_error_set_errno(GError **error, int errnum, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *text =
        g_strdup_printf("%s: %s%s", what, g_strerror(errnum), remedy_of_errno(errnum));
    set(error, code_of_errno(errnum), text);
    return FALSE;
}

gboolean sp_error_set(GError **error, SpErrorCode code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    set(error, code, what);
    return FALSE;
}
