/**
 * Mail by SMTP through libcurl: one text to some addresses.
 */
#ifndef SP_CORE_IO_MAIL_H
#define SP_CORE_IO_MAIL_H

#include "core/io/tries.h"

/** Where mail is handed in. All borrowed. */
typedef struct {
    const char *server;   /* smtp://host:port or smtps://host:port */
    const char *user;     /* NULL: no login */
    const char *password; /* NULL: none */
    const char *ca_file;  /* NULL: the system's */
    SpTries tries;
} SpMailServer;

/** All borrowed. */
typedef struct {
    const char *from;      /* an address alone */
    const char *const *to; /* addresses alone; NULL-terminated, at least one */
    const char *subject;   /* one line */
    const char *text;      /* UTF-8, lines end in LF */
    const char *id;        /* what stands before the @ of its Message-ID: letters, digits and .- */
    gint64 date;           /* seconds since 1970 */
} SpMail;

/** SP_ERROR_CONFIG unless it is smtp:// or smtps:// with a host, and without user, password or
 * path. */
gboolean sp_mail_check_server(const char *server, GError **error);

/** Whether a text is an address as mail servers take it: name@host of ASCII, no blanks, quotes,
 * brackets or control characters; so that nothing but an address can stand where one should. */
gboolean sp_mail_is_address(const char *text);

/**
 * Sends it. To another machine only over TLS (smtps, or STARTTLS, which is then demanded); to this
 * machine without, unless ca_file is set. The same mail has the same bytes. Tries again what may
 * pass. *is_dead: the server said nothing, or nothing more, at all tries: it would say nothing to
 * the next mail. SP_ERROR_UNAVAILABLE (no answer, or the mail or a recipient is refused: what the
 * server said), SP_ERROR_PERMISSION (the login is refused), SP_ERROR_CONFIG (an address that is
 * none).
 */
gboolean sp_mail_send(const SpMailServer *server, const SpMail *mail, gboolean *is_dead,
                      GError **error);

#endif
