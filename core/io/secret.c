/* Files that hold a secret. */
#include "core/io/secret.h"

#include "core/error.h"
#include "core/io/files.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define SYSTEMD "systemd:"
#define FOLDER "CREDENTIALS_DIRECTORY"

const char *sp_secret_credential(const char *secret)
{
    return g_str_has_prefix(secret, SYSTEMD) ? secret + strlen(SYSTEMD) : NULL;
}

char *sp_secret_locate(const char *secret, GError **error)
{
    const char *folder = g_getenv(FOLDER);
    const char *name = sp_secret_credential(secret);
    if (name == NULL) {
        return g_strdup(secret);
    }
    if (folder == NULL) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "%s: systemd gives no such credential to this process (LoadCredential= of its "
                     "unit, and " FOLDER ")",
                     secret);
        return NULL;
    }
    return g_build_filename(folder, name, NULL);
}

static gboolean is_given(const char *path)
{
    const char *folder = g_getenv(FOLDER);
    g_autofree char *own = g_path_get_dirname(path);
    return g_strcmp0(own, folder) == 0;
}

/* Of the file that is open: a path may name another one a moment later. systemd lets the service in
 * by an access list, which shows as rights of the group. */
static gboolean check_mode(int fd, const char *path, GError **error)
{
    struct stat is;
    if (fstat(fd, &is) != 0) {
        return sp_error_set_errno(error, errno, "cannot read %s", path);
    }
    return (is.st_mode & (S_IRWXG | S_IRWXO)) == 0 || is_given(path) ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "%s has mode %04o, so others than its owner may use it; set its mode to "
                        "0600, and change what it holds if somebody may have read it",
                        path, (guint)is.st_mode & 07777);
}

int sp_secret_open(const char *secret, gsize *size, GError **error)
{
    g_autofree char *path = sp_secret_locate(secret, error);
    const int fd = path != NULL ? sp_file_open(path, size, error) : -1;
    if (fd >= 0 && !check_mode(fd, path, error)) {
        (void)g_close(fd, NULL);
        return -1;
    }
    return fd;
}

char *sp_secret_check(const char *secret, GError **error)
{
    gsize size = 0;
    const int fd = sp_secret_open(secret, &size, error);
    if (fd < 0) {
        return NULL;
    }
    (void)g_close(fd, NULL);
    return sp_secret_locate(secret, error);
}

void sp_secret_free(char *text)
{
    if (text != NULL) {
        explicit_bzero(text, strlen(text));
        g_free(text);
    }
}
