/* Lines of JSON, each by one write at the end of the file. */
#include "pipeline/guard/access_log.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/number.h"
#include "core/period.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_NAME_SIZE = 4096 };

/* NULL where the machine knows no such user. g_free. */
static char *user_name(uid_t uid)
{
    char buffer[MAX_NAME_SIZE];
    struct passwd entry;
    struct passwd *found = NULL;
    return getpwuid_r(uid, &entry, buffer, sizeof buffer, &found) == 0 && found != NULL
               ? g_strdup(found->pw_name)
               : NULL;
}

/* Who logged in, as the kernel has it: it stays the same through su and sudo, and nobody but root
 * can say otherwise. NULL of what cron or systemd began. g_free. */
static char *login_name(void)
{
    gint64 uid = 0;
    g_autofree char *text = NULL;
    if (!g_file_get_contents("/proc/self/loginuid", &text, NULL, NULL) ||
        !sp_number_parse_int(text, strlen(g_strstrip(text)), &uid) || uid < 0 || uid >= G_MAXUINT) {
        return NULL;
    }
    char *name = user_name((uid_t)uid);
    return name != NULL ? name : g_strdup_printf("%u", (guint)uid);
}

static char *format(const SpContext *context, const SpAccessTo *to)
{
    g_autofree char *time = sp_time_format(g_get_real_time() / G_USEC_PER_SEC);
    g_autofree char *now = sp_time_format(context->now);
    g_autofree char *user = user_name(geteuid());
    g_autofree char *login = login_name();
    g_autofree char *snapshot = g_path_get_basename(to->snapshot);
    const char *by_sudo = g_getenv("SUDO_USER");
    g_autofree char *sudo = by_sudo != NULL ? g_utf8_make_valid(by_sudo, -1) : NULL;
    g_autoptr(json_t) line = json_pack(
        "{s:s, s:s, s:I, s:s*, s:s*, s:s*, s:i, s:s, s:I, s:s, s:s, s:s, s:s}", "time", time, "now",
        now, "uid", (json_int_t)geteuid(), "user", user, "login", login, "sudo_user", sudo,
        "process", (int)getpid(), "program", context->program, "run", (json_int_t)context->run,
        "dataset", to->dataset, "snapshot", snapshot, "stage", to->stage, "unit", to->unit);
    char *dumped = json_dumps(line, JSON_COMPACT);
    char *whole = g_strconcat("\n", dumped, "\n", NULL);
    free(dumped);
    return whole;
}

/* A line that a full disk has cut is left as it is and ended. */
static gboolean ends_in_line(int fd)
{
    char last = '\n';
    const off_t size = lseek(fd, 0, SEEK_END);
    return size <= 0 || pread(fd, &last, 1, size - 1) != 1 || last == '\n';
}

/* O_NONBLOCK: what somebody has put in its place must not hang the night. Returns 0 or errno. */
static int append(const char *path, const char *line)
{
    struct stat is;
    const int fd =
        open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY,
             SP_MODE_OWN_FILE);
    if (fd < 0) {
        return errno;
    }
    int errnum = fstat(fd, &is) != 0 ? errno : S_ISREG(is.st_mode) ? 0 : EINVAL;
    if (errnum == 0) {
        const char *text = ends_in_line(fd) ? line + 1 : line;
        const gsize size = strlen(text);
        const ssize_t n = write(fd, text, size);
        errnum = n < 0 ? errno : (gsize)n < size ? ENOSPC : fsync(fd) != 0 ? errno : 0;
    }
    close(fd);
    return errnum;
}

gboolean sp_access_log_add(const SpContext *context, const SpAccessTo *to, GError **error)
{
    g_autofree char *folder = sp_context_path(context, "runs", NULL);
    g_autofree char *path = g_build_filename(folder, SP_ACCESS_LOG, NULL);
    g_autofree char *line = format(context, to);
    if (!sp_folder_make(folder, SP_MODE_PRIVATE_FOLDER, error)) {
        return FALSE;
    }
    const gboolean is_new = !g_file_test(path, G_FILE_TEST_EXISTS);
    const int errnum = append(path, line);
    if (errnum != 0) {
        return sp_error_set_errno(error, errnum,
                                  "%s takes no line, and nothing about persons is decrypted "
                                  "without one",
                                  path);
    }
    return !is_new || sp_folder_sync_parent(path, error);
}
