/* The programs, the disk, the memory and the clock. */
#include "pipeline/doctor/doctor.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/period.h"
#include "pipeline/guard/network.h"
#include "pipeline/program.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

/* An edition stands on the disk twice while it takes the place of another, and its unfinished parts
 * in tmp/. Below the least nothing works. */
static const double times_edition = 3.0;
static const double least_bytes = 256e6;
static const double least_memory_bytes = 1024.0 * 1024 * 1024;

static void look_at_programs(SpDoctor *doctor)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = self != NULL ? g_path_get_dirname(self) : g_strdup(".");
    guint n_missing = 0;
    for (gsize i = 0; i < sp_programs_size(); i++) {
        g_autofree char *path = g_strdup_printf("%s/statpakke-%s", folder, sp_programs_at(i)->name);
        if (!g_file_test(path, G_FILE_TEST_IS_EXECUTABLE)) {
            n_missing++;
            sp_doctor_find(doctor, SP_FINDING_ERROR, "programs",
                           "%s is not there; install statpakke anew", path);
        }
    }
    if (n_missing == 0) {
        sp_doctor_find(doctor, SP_FINDING_OK, "programs", "%" G_GSIZE_FORMAT " in %s",
                       sp_programs_size(), folder);
    }
}

static double size_of_edition(const SpContext *context)
{
    double size = 0;
    g_autofree char *folder = sp_context_path(context, "current", NULL);
    g_autofree char *real = realpath(folder, NULL);
    g_auto(GStrv) files = real == NULL ? NULL : sp_folder_walk(real, NULL);
    for (char **file = files; file != NULL && *file != NULL; file++) {
        g_autofree char *path = g_build_filename(real, *file, NULL);
        gsize bytes = 0;
        const int fd = sp_file_open(path, &bytes, NULL);
        if (fd >= 0) {
            close(fd);
            size += (double)bytes;
        }
    }
    return size;
}

static void look_at_space(SpDoctor *doctor)
{
    struct statvfs disk;
    const char *workspace = doctor->context->workspace;
    if (statvfs(workspace, &disk) != 0) {
        sp_doctor_find(doctor, SP_FINDING_ERROR, "disk", "%s: %s", workspace, g_strerror(errno));
        return;
    }
    const double free_bytes = (double)disk.f_bavail * (double)disk.f_frsize;
    const double wanted = times_edition * size_of_edition(doctor->context);
    g_autofree char *free_text = g_format_size((guint64)free_bytes);
    g_autofree char *wanted_text = g_format_size((guint64)MAX(wanted, least_bytes));
    if (free_bytes < least_bytes || (disk.f_files > 0 && disk.f_favail < 1000)) {
        sp_doctor_find(doctor, SP_FINDING_ERROR, "disk",
                       "%s free and %llu inodes; make room: statpakke purge", free_text,
                       (unsigned long long)disk.f_favail);
    } else if (free_bytes < wanted) {
        sp_doctor_find(doctor, SP_FINDING_WARNING, "disk",
                       "%s free, and a new edition may need %s; make room: statpakke purge",
                       free_text, wanted_text);
    } else {
        sp_doctor_find(doctor, SP_FINDING_OK, "disk", "%s free", free_text);
    }
}

/* Locks and renames of network file systems are promises of somebody else. */
static void look_at_file_system(SpDoctor *doctor)
{
    static const guint32 of_network[] = {NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, SMB2_SUPER_MAGIC,
                                         CIFS_SUPER_MAGIC};
    struct statfs system;
    const char *workspace = doctor->context->workspace;
    const gboolean is_known = statfs(workspace, &system) == 0;
    for (gsize i = 0; is_known && i < G_N_ELEMENTS(of_network); i++) {
        if ((guint32)system.f_type == of_network[i]) {
            sp_doctor_find(doctor, SP_FINDING_WARNING, "disk",
                           "%s is on a file system of the network; locks and renames are only as "
                           "good as its server: put it on a disk of this machine",
                           workspace);
        }
    }
}

/* What every result rests on: written, on the disk, under its name, and a lock that holds. */
static gboolean try_out(const char *folder, GError **error)
{
    g_autofree char *name = g_strdup_printf(".doctor-%d", (int)getpid());
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *other = g_strconcat(path, ".renamed", NULL);
    const gboolean is_written =
        sp_file_write(path, "x", 1, SP_MODE_PRIVATE_FILE, error) && sp_rename(path, other, error);
    const int fd = is_written ? open(other, O_RDWR | O_CLOEXEC) : -1;
    const gboolean is_locked = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0;
    if (is_written && !is_locked) {
        sp_error_set_errno(error, errno, "%s: files cannot be locked here", folder);
    }
    if (fd >= 0) {
        close(fd);
    }
    (void)unlink(path);
    (void)unlink(other);
    return is_locked;
}

static void look_at_writing(SpDoctor *doctor)
{
    GError *failure = NULL;
    g_autofree char *tmp = sp_context_path(doctor->context, "tmp", NULL);
    if (!g_file_test(tmp, G_FILE_TEST_IS_DIR)) {
        return; /* made by the first run */
    }
    if (try_out(tmp, &failure)) {
        sp_doctor_find(doctor, SP_FINDING_OK, "disk", "files are written, renamed and locked");
    }
    sp_doctor_find_error(doctor, "disk", failure);
}

static void look_at_memory(SpDoctor *doctor)
{
    g_autofree char *text = NULL;
    const char *line = g_file_get_contents("/proc/meminfo", &text, NULL, NULL)
                           ? strstr(text, "MemAvailable:")
                           : NULL;
    if (line == NULL) {
        return;
    }
    const guint64 bytes = g_ascii_strtoull(line + strlen("MemAvailable:"), NULL, 10) * 1024;
    g_autofree char *size = g_format_size(bytes);
    if ((double)bytes < least_memory_bytes) {
        sp_doctor_find(doctor, SP_FINDING_WARNING, "memory",
                       "%s available; a national night may need 1 GiB", size);
    } else {
        sp_doctor_find(doctor, SP_FINDING_OK, "memory", "%s available", size);
    }
}

/* Without it a stage that is led astray by what it reads may tell others of it. */
static void look_at_walls(SpDoctor *doctor)
{
    g_autofree char *why = NULL;
    if (sp_network_can_close(&why)) {
        sp_doctor_find(doctor, SP_FINDING_OK, "network",
                       "closed to all programs but fetch, publish, withdraw, run and this one");
    } else {
        sp_doctor_find(doctor, SP_FINDING_WARNING, "network",
                       "%s: programs that need no network are not cut off from it; see that the "
                       "kernel, or the container it runs in, allows seccomp(2)",
                       why);
    }
}

static void keep_first(const SpRunRow *row, gpointer data)
{
    *(gint64 *)data = row->started;
}

/* Results do not depend on it; fetching, locks and retention do. */
static void look_at_clock(SpDoctor *doctor)
{
    enum { SECONDS_OF_DAY = 24 * 60 * 60 };
    const SpContext *context = doctor->context;
    gint64 last = 0;
    g_autofree char *now = sp_time_format(context->now);
    if (context->ledger != NULL &&
        sp_ledger_last_runs(context->ledger, 1, keep_first, &last, NULL) &&
        last > context->now + SECONDS_OF_DAY) {
        g_autofree char *then = sp_time_format(last);
        sp_doctor_find(doctor, SP_FINDING_WARNING, "clock",
                       "it is %s, and the last run began %s; see that the clock is right", now,
                       then);
    } else {
        sp_doctor_find(doctor, SP_FINDING_OK, "clock", "%s", now);
    }
}

void sp_doctor_look_at_machine(SpDoctor *doctor)
{
    look_at_programs(doctor);
    look_at_space(doctor);
    look_at_file_system(doctor);
    look_at_writing(doctor);
    look_at_memory(doctor);
    look_at_clock(doctor);
    look_at_walls(doctor);
}
