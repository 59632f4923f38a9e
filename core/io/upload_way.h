/** How files get to a target: one way a transport. For the files upload*.c alone. */
#ifndef SP_CORE_IO_UPLOAD_WAY_H
#define SP_CORE_IO_UPLOAD_WAY_H

#include "core/io/curl.h"
#include "core/io/upload.h"

typedef struct SpUploadWay SpUploadWay;

struct SpUpload {
    const SpUploadWay *way;
    SpUploadTarget target;
    char *base;     /* the url without user, and without a slash at its end */
    char *folder;   /* its path on the server, or on the disk */
    CURLSH *share;  /* keeps the connection */
    int can_rename; /* -1: not asked yet */
};

struct SpUploadWay {
    gboolean (*can_rename)(SpUpload *upload, gboolean *can, GError **error);
    gboolean (*make_folder)(SpUpload *upload, const char *path, gboolean *is_new, GError **error);
    /** *size is -1 when nothing is there. */
    gboolean (*size)(SpUpload *upload, const char *path, gint64 *size, GError **error);
    /** Whether a folder is there. */
    gboolean (*has_folder)(SpUpload *upload, const char *path, gboolean *has, GError **error);
    /** Sends the bytes of a file of ours; what is at `path` is replaced, or gone on with where that
     * is possible and `is_same` says that it is a beginning of the same bytes. */
    gboolean (*send)(SpUpload *upload, const char *file, const char *path, gboolean is_same,
                     GError **error);
    /** Names of folders end in a slash. What is a file at `to` gives way. */
    gboolean (*rename)(SpUpload *upload, const char *from, const char *to, GError **error);
    /** With all that is in it; one that is not there is no error. */
    gboolean (*remove_folder)(SpUpload *upload, const char *path, GError **error);
};

extern const SpUploadWay sp_upload_folder, sp_upload_sftp, sp_upload_http;

/** Whether there is time left, and how much; 0 with TRUE: no end is set. SP_ERROR_UNAVAILABLE. */
gboolean sp_upload_check_time(const SpUpload *upload, gint64 *left_ms, GError **error);

/** One call of libcurl to a target, and what came of it. Several are made over one connection. */
typedef struct SpTransfer SpTransfer;
struct SpTransfer {
    SpUpload *upload;
    CURL *curl;
    const char *path; /* of the call, borrowed */
    char *url;
    struct curl_slist *list; /* headers, or commands; freed with it */
    /* Before another try, which *is_done spares; NULL: nothing. */
    gboolean (*again)(SpTransfer *self, gboolean *is_done, GError **error);
    const char *file; /* that is sent; NULL: none */
    gboolean is_same; /* what is there can only be of the same bytes */
    int fd;
    gint64 left;     /* bytes of it that are still to be sent */
    GError *failure; /* what went wrong with it here */
    CURLcode result;
    long status; /* of HTTP */
    char message[CURL_ERROR_SIZE];
};

/** A call to upload->base/path, with what all calls have: login, keys, limits of time. */
void sp_transfer_init(SpTransfer *transfer, SpUpload *upload, const char *path);
void sp_transfer_clear(SpTransfer *transfer);
/** The call sends a file of ours from byte `from` on; called again it begins there. */
gboolean sp_transfer_read(SpTransfer *transfer, const char *file, gint64 from, GError **error);
/** Calls, again where what went wrong may pass. FALSE with error when there was no answer, or one
 * that refuses the login; what other answers mean the caller says. */
gboolean sp_transfer_run(SpTransfer *transfer, GError **error);
/** What the answer was, as an error. Returns FALSE. */
gboolean sp_transfer_refuse(const SpTransfer *transfer, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpTransfer, sp_transfer_clear)

#endif
