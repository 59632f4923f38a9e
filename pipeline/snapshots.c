/* The store of fetched bytes. */
#include "pipeline/snapshots.h"

#include "core/error.h"
#include "core/hash.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/period.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <string.h>

enum { MAX_META_SIZE = 1024 * 1024, MAX_TITLE_SIZE = 4096 };

/* In the place of "sha256" for an encrypted snapshot. */
#define KEYED "keyed_blake2b"
/* After the name of a description: why normalise did not use the snapshot. */
#define REJECTED ".rejected"

void sp_snapshot_free(SpSnapshot *snapshot)
{
    if (snapshot == NULL) {
        return;
    }
    g_free(snapshot->part);
    g_free(snapshot->name);
    g_free(snapshot->previous);
    g_free(snapshot->path);
    g_free(snapshot->hash);
    g_free(snapshot->url);
    g_free(snapshot->received);
    g_free(snapshot->updated);
    g_free(snapshot->question);
    g_free(snapshot->etag);
    g_free(snapshot->modified);
    g_free(snapshot->title);
    g_free(snapshot);
}

static char *link_name(const char *part)
{
    return part[0] == '\0' ? g_strdup(SP_SNAPSHOT_LATEST)
                           : g_strdup_printf(SP_SNAPSHOT_LATEST_PART "%s", part);
}

SpSnapshot *sp_snapshot_read(const SpContext *context, const char *dataset, const char *part,
                             const char *name, GError **error)
{
    g_autofree char *meta = sp_context_path(context, "snapshots", dataset, name, NULL);
    g_autoptr(json_t) json = sp_json_read(meta, MAX_META_SIZE, error);
    if (json == NULL) {
        return NULL;
    }
    const char *file = NULL;
    const char *hash = NULL;
    const char *keyed = NULL;
    const char *url = NULL;
    const char *received = NULL;
    const char *updated = NULL;
    int marks = 0;
    if (json_unpack(json, "{s:s, s?s, s?s, s:s, s:s, s?s, s:i}", "file", &file, "sha256", &hash,
                    KEYED, &keyed, "url", &url, "received", &received, "updated", &updated, "marks",
                    &marks) != 0 ||
        (hash == NULL) == (keyed == NULL)) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s does not describe a snapshot; remove it and fetch again", meta);
        return NULL;
    }
    SpSnapshot *snapshot = g_new0(SpSnapshot, 1);
    snapshot->part = g_strdup(part);
    snapshot->name = g_strdup(name);
    snapshot->previous = g_strdup(json_string_value(json_object_get(json, "previous")));
    snapshot->path = sp_context_path(context, "snapshots", dataset, file, NULL);
    snapshot->is_encrypted = keyed != NULL;
    snapshot->hash = g_strdup(keyed != NULL ? keyed : hash);
    snapshot->url = g_strdup(url);
    snapshot->received = g_strdup(received);
    snapshot->updated = g_strdup(updated);
    snapshot->marks = (guint)marks;
    snapshot->question = g_strdup(json_string_value(json_object_get(json, "question")));
    snapshot->etag = g_strdup(json_string_value(json_object_get(json, "etag")));
    snapshot->modified = g_strdup(json_string_value(json_object_get(json, "last_modified")));
    snapshot->title = g_strdup(json_string_value(json_object_get(json, "title")));
    return snapshot;
}

SpSnapshot *sp_snapshot_latest(const SpContext *context, const char *dataset, const char *part,
                               GError **error)
{
    g_autofree char *file = link_name(part);
    g_autofree char *link = sp_context_path(context, "snapshots", dataset, file, NULL);
    g_autofree char *name = sp_link_read(link);
    if (name == NULL) {
        sp_error_set(error, SP_ERROR_NO_INPUT,
                     "there is no snapshot of %s%s%s yet; run statpakke-fetch --unit %s first",
                     dataset, part[0] != '\0' ? ", delivery " : "", part, dataset);
        return NULL;
    }
    return sp_snapshot_read(context, dataset, part, name, error);
}

gboolean sp_snapshot_use(const SpContext *context, const char *dataset, const char *part,
                         const char *name, GError **error)
{
    g_autofree char *file = link_name(part);
    g_autofree char *link = sp_context_path(context, "snapshots", dataset, file, NULL);
    return sp_link_swap(link, name, error);
}

SpSnapshot *sp_snapshot_before(const SpContext *context, const char *dataset,
                               const SpSnapshot *snapshot)
{
    g_autoptr(SpSnapshot) before =
        snapshot->previous == NULL
            ? NULL
            : sp_snapshot_read(context, dataset, snapshot->part, snapshot->previous, NULL);
    return before != NULL && g_file_test(before->path, G_FILE_TEST_IS_REGULAR)
               ? g_steal_pointer(&before)
               : NULL;
}

char *sp_snapshot_rejection_path(const SpContext *context, const char *dataset,
                                 const SpSnapshot *snapshot)
{
    g_autofree char *file = g_strconcat(snapshot->name, REJECTED, NULL);
    return sp_context_path(context, "snapshots", dataset, file, NULL);
}

gboolean sp_snapshot_mark_rejected(const SpContext *context, const char *dataset,
                                   const SpSnapshot *snapshot, const char *reason, GError **error)
{
    g_autofree char *path = sp_snapshot_rejection_path(context, dataset, snapshot);
    g_autofree char *text = reason == NULL ? NULL : g_strconcat(reason, "\n", NULL);
    g_autofree char *now = NULL;
    (void)g_file_get_contents(path, &now, NULL, NULL);
    if (g_strcmp0(now, text) == 0) {
        return TRUE;
    }
    if (text != NULL) {
        return sp_file_write(path, text, strlen(text), SP_MODE_PRIVATE_FILE, error);
    }
    return g_unlink(path) == 0 || sp_error_set_errno(error, errno, "%s", path);
}

gboolean sp_snapshot_is_rejected(const SpContext *context, const char *dataset,
                                 const SpSnapshot *snapshot)
{
    g_autofree char *path = sp_snapshot_rejection_path(context, dataset, snapshot);
    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* What is told of a snapshot. */
typedef struct {
    const char *part;
    const char *file;
    const char *hash;
    gboolean is_encrypted;
    const char *url;
    const char *updated;
    const char *previous;
    guint marks;
    const char *question;
    const char *etag;
    const char *modified;
    const char *title;
    const char *received; /* NULL: now */
} Meta;

/* The description is named by its own content, so that another `updated` or mark for the same bytes
 * is a new one. */
static gboolean write_meta(const SpContext *context, const char *dataset, const Meta *meta,
                           gboolean is_used, GError **error)
{
    g_autofree char *received =
        meta->received != NULL ? g_strdup(meta->received) : sp_time_format(context->now);
    g_autoptr(json_t) json = json_pack(
        "{s:s, s:s, s:s, s:s, s:s*, s:s*, s:i, s:s*, s:s*, s:s*, s:s*}", "file", meta->file,
        meta->is_encrypted ? KEYED : "sha256", meta->hash, "url", meta->url, "received", received,
        "updated", meta->updated, "previous", meta->previous, "marks", (int)meta->marks, "question",
        meta->question, "etag", meta->etag, "last_modified", meta->modified, "title", meta->title);
    g_autofree char *text = sp_json_format(json);
    char meta_hash[SP_HASH_SIZE];
    sp_hash_bytes(text, strlen(text), meta_hash);
    g_autofree char *name = g_strdup_printf("%.16s-%.8s" SP_SNAPSHOT_META, meta->hash, meta_hash);
    g_autofree char *path = sp_context_path(context, "snapshots", dataset, name, NULL);
    return sp_file_write(path, text, strlen(text), SP_MODE_PRIVATE_FILE, error) &&
           (!is_used || sp_snapshot_use(context, dataset, meta->part, name, error));
}

/* Bytes that are fetched once more take their own place, not one after themselves. */
static const char *previous_of(const SpSnapshot *newest, const char *hash)
{
    if (newest == NULL) {
        return NULL;
    }
    return strcmp(newest->hash, hash) == 0 ? newest->previous : newest->name;
}

/* What a file is and how it is packed is told by its name's end: the same bytes under another one
 * are another snapshot. */
static gboolean has_name(const SpSnapshot *snapshot, const char *file)
{
    g_autofree char *own = g_path_get_basename(snapshot->path);
    return strcmp(own, file) == 0;
}

gboolean sp_snapshot_is(const SpSnapshot *snapshot, const char *hash, const char *suffix)
{
    g_autofree char *file = g_strdup_printf("%s.%s", hash, suffix);
    return has_name(snapshot, file);
}

/* A snapshot that is gone or was changed on disk is fetched anew. */
gboolean sp_snapshot_is_intact(const SpContext *context, const SpSnapshot *snapshot)
{
    char hash[SP_HASH_SIZE];
    return sp_ledger_hash_file(context->ledger, snapshot->path, hash, NULL) &&
           strcmp(hash, snapshot->hash) == 0;
}

/* A title is told by whoever wrote the bytes: one that is no title is looked for again each
 * time. */
static const char *title_to_keep(const SpFetched *fetched)
{
    return fetched->title != NULL && strlen(fetched->title) <= MAX_TITLE_SIZE ? fetched->title
                                                                              : NULL;
}

gboolean sp_snapshot_keep(const SpContext *context, const SpSnapshotAs *as,
                          const SpFetched *fetched, gboolean *is_new, GError **error)
{
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    char hash[SP_HASH_SIZE];
    g_autoptr(SpSnapshot) newest = sp_snapshot_latest(context, as->dataset, as->part, NULL);
    const char *title = title_to_keep(fetched);
    gboolean is_newest = fetched->is_newest && newest != NULL;
    if (is_newest) {
        g_strlcpy(hash, newest->hash, sizeof hash);
    } else {
        sp_hash_bytes(bytes, size, hash);
    }
    g_autofree char *file = is_newest ? g_path_get_basename(newest->path)
                                      : g_strdup_printf("%s.%s", hash, fetched->suffix);
    *is_new = newest == NULL || !has_name(newest, file) || newest->marks != as->marks ||
              g_strcmp0(newest->updated, fetched->updated) != 0 ||
              !sp_snapshot_is_intact(context, newest);
    gboolean is_same = !*is_new && g_strcmp0(newest->question, fetched->question) == 0 &&
                       g_strcmp0(newest->etag, fetched->etag) == 0 &&
                       g_strcmp0(newest->modified, fetched->modified) == 0 &&
                       g_strcmp0(newest->title, title) == 0;
    if (is_same) {
        return TRUE;
    }
    g_autofree char *folder = sp_context_path(context, "snapshots", as->dataset, NULL);
    g_autofree char *path = g_build_filename(folder, file, NULL);
    const Meta meta = {.part = as->part,
                       .file = file,
                       .hash = hash,
                       .url = fetched->url,
                       .updated = fetched->updated,
                       .previous = previous_of(newest, hash),
                       .marks = as->marks,
                       .question = fetched->question,
                       .etag = fetched->etag,
                       .modified = fetched->modified,
                       .title = title,
                       .received = *is_new ? NULL : newest->received};
    return sp_folder_make(folder, SP_MODE_PRIVATE_FOLDER, error) &&
           sp_file_write(path, bytes, size, SP_MODE_PRIVATE_FILE, error) &&
           write_meta(context, as->dataset, &meta, TRUE, error);
}

gboolean sp_snapshot_keep_encrypted(const SpContext *context, const char *dataset,
                                    const SpSnapshot *snapshot, gboolean *is_used, gboolean *is_new,
                                    GError **error)
{
    g_autofree char *file = g_path_get_basename(snapshot->path);
    g_autoptr(SpSnapshot) newest = sp_snapshot_latest(context, dataset, snapshot->part, NULL);
    const Meta meta = {.part = snapshot->part,
                       .file = file,
                       .hash = snapshot->hash,
                       .is_encrypted = TRUE,
                       .url = snapshot->url,
                       .previous = previous_of(newest, snapshot->hash),
                       .marks = snapshot->marks};
    gboolean has_same_bytes = newest != NULL && strcmp(newest->hash, snapshot->hash) == 0;
    gboolean is_same = has_same_bytes && has_name(newest, file) && newest->marks == snapshot->marks;
    *is_used = newest == NULL || has_same_bytes || strcmp(snapshot->url, newest->url) >= 0;
    *is_new = *is_used && !is_same;
    return is_same || write_meta(context, dataset, &meta, *is_used, error);
}
