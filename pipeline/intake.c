/* The one way in for person-level files. */
#include "pipeline/intake.h"

#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/deliveries.h"
#include "pipeline/inbox.h"
#include "pipeline/keyfile.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const gsize max_delivery = (gsize)16 * 1024 * 1024 * 1024;

typedef struct {
    SpContext *context;
    const char *dataset;
    const SpInboxFile *is;
    char *path;
    int fd;
    struct stat before;
    guint marks;
    char *unfinished; /* the encrypted file until it has its name */
    char hash[65];
} Delivery;

static void delivery_clear(Delivery *delivery)
{
    if (delivery->fd >= 0) {
        close(delivery->fd);
    }
    g_clear_pointer(&delivery->path, g_free);
    g_clear_pointer(&delivery->unfinished, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Delivery, delivery_clear)

/* A link would be read and its own name removed, so that the file itself stayed in the clear. */
static gboolean open_delivery(Delivery *delivery, GError **error)
{
    delivery->fd = open(delivery->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (delivery->fd < 0 && errno == ELOOP) {
        return sp_error_set(error, SP_ERROR_DATA, "%s is a link; put the file itself there",
                            delivery->path);
    }
    if (delivery->fd < 0 || fstat(delivery->fd, &delivery->before) != 0) {
        return sp_error_set_errno(error, errno, "cannot read %s", delivery->path);
    }
    if (!S_ISREG(delivery->before.st_mode) || delivery->before.st_size == 0) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s is empty or no file; remove it, and ask the sender",
                            delivery->path);
    }
    if (delivery->before.st_nlink > 1) {
        sp_log(&delivery->context->log, SP_LOG_WARNING,
               "%s has other names elsewhere, which stay and can be read: remove them",
               delivery->path);
    }
    return TRUE;
}

static gboolean is_unchanged(const Delivery *delivery, gsize size)
{
    struct stat now;
    return fstat(delivery->fd, &now) == 0 && now.st_size == delivery->before.st_size &&
           (gsize)now.st_size == size && now.st_mtim.tv_sec == delivery->before.st_mtim.tv_sec &&
           now.st_mtim.tv_nsec == delivery->before.st_mtim.tv_nsec;
}

/* To an encrypted file in tmp/, and from there to its name in the store. */
static gboolean encrypt(Delivery *delivery, const SpKey *key, const char *file_suffix, char **path,
                        GError **error)
{
    gsize size = 0;
    /* What a killed run left is encrypted too, and half of it. */
    if (unlink(delivery->unfinished) != 0 && errno != ENOENT) {
        return sp_error_set_errno(error, errno, "%s", delivery->unfinished);
    }
    const SpCryptFrom from = {delivery->fd, delivery->path, max_delivery};
    if (!sp_crypt_take(key, &from, delivery->unfinished, delivery->hash, &size, error)) {
        return FALSE;
    }
    if (!is_unchanged(delivery, size)) {
        unlink(delivery->unfinished);
        return sp_error_set(error, SP_ERROR_TRY_LATER,
                            "%s is still being written; run again when it is whole",
                            delivery->path);
    }
    g_autofree char *folder =
        sp_context_path(delivery->context, "snapshots", delivery->dataset, NULL);
    g_autofree char *file =
        g_strdup_printf("%s.%s%s", delivery->hash, file_suffix, SP_SNAPSHOT_ENCRYPTED);
    *path = g_build_filename(folder, file, NULL);
    return sp_folder_make(folder, SP_MODE_PRIVATE_FOLDER, error) &&
           sp_rename(delivery->unfinished, *path, error);
}

/* Removes the file that was read, not one that has taken its name since. */
static gboolean remove_original(const Delivery *delivery, GError **error)
{
    struct stat now;
    if (lstat(delivery->path, &now) == 0 && now.st_dev == delivery->before.st_dev &&
        now.st_ino == delivery->before.st_ino && unlink(delivery->path) != 0) {
        return sp_error_set_errno(error, errno, "cannot remove %s, which is now in the store",
                                  delivery->path);
    }
    return sp_folder_sync_parent(delivery->path, error);
}

static void tell(const Delivery *delivery, gboolean is_used, const char *other)
{
    const char *dataset = delivery->dataset;
    SpLog *log = &delivery->context->log;
    if (is_used && other == NULL) {
        sp_log(log, SP_LOG_INFO, "%s: %s taken in, encrypted, and removed from the inbox", dataset,
               delivery->is->name);
    } else if (is_used) {
        sp_log(log, SP_LOG_INFO,
               "%s: %s taken in, encrypted, and removed from the inbox; it replaces %s, "
               "which stays in the store",
               dataset, delivery->is->name, other);
    } else {
        sp_log(log, SP_LOG_WARNING,
               "%s: %s taken in and encrypted, but %s, a delivery later by name, stays in use",
               dataset, delivery->is->name, other);
    }
}

/* The receipt of the new file, and that of the one which it replaces. */
static gboolean write_receipts(const Delivery *delivery, const char *other, gboolean is_used,
                               GError **error)
{
    const SpReceipt receipt = {.name = delivery->is->name,
                               .size = (gsize)delivery->before.st_size,
                               .part = delivery->is->part,
                               .is_used = is_used,
                               .other = other};
    if (is_used && other != NULL && strcmp(other, delivery->is->name) != 0) {
        g_autofree char *folder = g_path_get_dirname(delivery->path);
        g_autofree char *path = g_build_filename(folder, other, NULL);
        if (!sp_inbox_receipt_replaced(path, delivery->is->name, error)) {
            return FALSE;
        }
    }
    return sp_inbox_receipt(delivery->context, delivery->path, &receipt, error);
}

static gboolean take(Delivery *delivery, const SpKey *key, gboolean *is_new, GError **error)
{
    g_autofree char *suffix = sp_inbox_suffix(delivery->is->name);
    g_autofree char *source = g_strndup(delivery->dataset, strcspn(delivery->dataset, "/"));
    g_autofree char *url = g_strdup_printf("inbox:%s/%s", source, delivery->is->name);
    g_autofree char *path = NULL;
    gboolean is_used = FALSE;
    g_autoptr(SpSnapshot) before =
        sp_snapshot_latest(delivery->context, delivery->dataset, delivery->is->part, NULL);
    if (!open_delivery(delivery, error) || !encrypt(delivery, key, suffix, &path, error)) {
        return FALSE;
    }
    const char *other = before == NULL || strcmp(before->hash, delivery->hash) == 0
                            ? NULL
                            : sp_delivery_name(before->url);
    const SpSnapshot snapshot = {.part = delivery->is->part,
                                 .path = path,
                                 .hash = delivery->hash,
                                 .url = url,
                                 .marks = delivery->marks};
    if (!sp_snapshot_keep_encrypted(delivery->context, delivery->dataset, &snapshot, &is_used,
                                    is_new, error)) {
        return FALSE;
    }
    if (!write_receipts(delivery, other, is_used, error) || !remove_original(delivery, error)) {
        return FALSE;
    }
    tell(delivery, is_used, other);
    return TRUE;
}

/* `of` says what all of them are deliveries of. */
static gboolean take_all(const Delivery *of, const char *folder, const GPtrArray *files,
                         gboolean *is_new, GError **error)
{
    SpContext *context = of->context;
    g_autoptr(SpKey) key = sp_keyfile_read(context, error);
    g_autofree char *flat = g_strdelimit(g_strdup(of->dataset), "/", '-');
    g_autofree char *file = g_strdup_printf("fetch-%s%s", flat, SP_SNAPSHOT_ENCRYPTED);
    GError *first = NULL;
    gboolean goes_on = TRUE;
    for (guint i = 0; key != NULL && goes_on && i < files->len; i++) {
        const SpInboxFile *is = files->pdata[i];
        g_auto(Delivery) delivery = *of;
        delivery.is = is;
        delivery.path = g_build_filename(folder, is->name, NULL);
        delivery.unfinished = sp_context_path(context, "tmp", file, NULL);
        g_autoptr(GError) failure = NULL;
        gboolean is_other = FALSE;
        if (!sp_inbox_check_name(is, folder, &failure) ||
            !take(&delivery, key, &is_other, &failure)) {
            goes_on = sp_inbox_go_on(context, of->dataset, &failure, &first);
        }
        *is_new = *is_new || is_other;
    }
    if (first != NULL) {
        g_propagate_error(error, first);
        return FALSE;
    }
    return key != NULL;
}

gboolean sp_intake_persons(SpContext *context, const char *dataset, const SpInboxPattern *pattern,
                           guint marks, gboolean *is_new, GError **error)
{
    g_autoptr(GError) nothing = NULL;
    g_autofree char *folder = NULL;
    g_autoptr(GPtrArray) files = sp_inbox_list(context, dataset, pattern, &folder, &nothing);
    *is_new = FALSE;
    if (files != NULL) {
        const Delivery of = {.context = context, .dataset = dataset, .marks = marks, .fd = -1};
        return take_all(&of, folder, files, is_new, error);
    }
    g_autoptr(GPtrArray) used = sp_deliveries_in_use(context, dataset, NULL);
    if (used != NULL && g_error_matches(nothing, SP_ERROR, SP_ERROR_NO_INPUT)) {
        return TRUE;
    }
    g_propagate_error(error, g_steal_pointer(&nothing));
    return FALSE;
}
