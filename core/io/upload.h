/**
 * Files to a place of somebody else: a folder, SFTP, WebDAV, or a web server that takes PUT alone.
 * SFTP and HTTPS go through libcurl. Paths are relative to the target, with '/'.
 *
 * Tries again (core/io/tries.h) on what may pass. Errors name the target (without user or
 * password) and the path: SP_ERROR_UNAVAILABLE (no answer after all tries, or within timeout_s; a
 * certificate or host key that is not the one known, at once), SP_ERROR_PERMISSION (the login is
 * refused), SP_ERROR_CONFIG (not such a URL; known_hosts is not there), SP_ERROR_TRY_LATER (the
 * server says so still); of a folder, and of our own files, those of core/io/files.h.
 */
#ifndef SP_CORE_IO_UPLOAD_H
#define SP_CORE_IO_UPLOAD_H

#include "core/hash.h"
#include "core/io/tries.h"

/** All borrowed for the life of what is opened. */
typedef struct {
    const char *url;         /* as sp_upload_check wants it */
    const char *user;        /* NULL: the one of the url, if any */
    const char *password;    /* NULL: none */
    const char *key_file;    /* SFTP: a private key without a passphrase; NULL: the password */
    const char *known_hosts; /* SFTP: whose host keys are right, as ssh writes it; obligatory */
    const char *ca_file;     /* HTTPS: NULL: the system's */
    gint64 timeout_s;        /* for all that is sent after it is opened; 0: no end */
    SpTries tries;
} SpUploadTarget;

/** Whether a URL is one that can be delivered to: file:///folder, sftp://user@host/folder (/~/ for
 * the user's own folder), https://host/folder; http:// to this machine alone. Nothing but letters,
 * digits and ._~- in its path. SP_ERROR_CONFIG, also when a password stands in it: the message then
 * does not repeat it. */
gboolean sp_upload_check(const char *url, GError **error);

typedef struct SpUpload SpUpload;

/** Opens no connection yet; one is kept for all that follows. Closed by the caller. */
SpUpload *sp_upload_open(const SpUploadTarget *target, GError **error);
void sp_upload_close(SpUpload *upload);

/** Whether folders can be made and renamed there: everywhere but on a web server without WebDAV. */
gboolean sp_upload_can_rename(SpUpload *upload, gboolean *can, GError **error);
/** Makes a folder whose parent is there; *is_new is FALSE when it was there already. Does nothing
 * where folders are not made. */
gboolean sp_upload_make_folder(SpUpload *upload, const char *path, gboolean *is_new,
                               GError **error);
/** Whether a file is there as it should be: of a folder by its bytes, elsewhere by its size. */
gboolean sp_upload_has(SpUpload *upload, const char *path, gint64 size, const char *sha256,
                       gboolean *has, GError **error);
/** Whether a folder is there. Only where folders can be renamed. */
gboolean sp_upload_has_folder(SpUpload *upload, const char *path, gboolean *has, GError **error);
/** Sends a file of ours and looks whether it is there then: of a folder by its bytes, elsewhere by
 * its size. What is there by that name must be of a delivery of the same bytes that was cut, and is
 * gone on with by SFTP; elsewhere it is replaced. A server that has it whole by its size, and did
 * not say so in time, is not sent it again. Its folder must be there. */
gboolean sp_upload_send(SpUpload *upload, const char *file, const char *path, GError **error);
/** Gives a folder, which is on the disk before, another name that nothing has. */
gboolean sp_upload_rename_folder(SpUpload *upload, const char *from, const char *to,
                                 GError **error);
/** Removes a folder and all that is in it; one that is not there is no error. Only where folders
 * can be renamed. */
gboolean sp_upload_remove_folder(SpUpload *upload, const char *path, GError **error);
/** Sends a file under another name and renames it, where that is possible: what stands by either
 * name gives way, by SFTP after it was removed (the protocol's own rename replaces nothing).
 * `is_same`: what stands there can only be of the same bytes, as sp_upload_send wants it; else all
 * of the file is sent, whatever is there. */
gboolean sp_upload_replace(SpUpload *upload, const char *file, const char *path, gboolean is_same,
                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpUpload, sp_upload_close)

#endif
