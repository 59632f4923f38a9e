/**
 * Real servers on loopback that deliveries and notices are tested against: OpenSSH's sshd, lighttpd
 * with WebDAV, and two of Python's standard library and aiosmtpd. Each is started by the test as
 * who runs it, on a port of its own, and ended by its pid.
 */
#ifndef SP_TESTS_PEERS_PEERS_H
#define SP_TESTS_PEERS_PEERS_H

#include <glib.h>

typedef struct {
    char *folder; /* holds all that follows; removed by peer_stop */
    char *root;   /* what it serves, or the letters that it took */
    char *url;    /* of root */
    char *log;    /* what it has to say */
    GPid pid;
} Peer;

/** Each is NULL, with a loud word, where the server is not installed. */

/** SFTP by key: folder/key is the user's, folder/known_hosts the server's. The log has a line of
 * each file with the bytes that were written. */
Peer *peer_sftp(void);
/** WebDAV; user "post", password "hemmelig-7731". The log has the requests. */
Peer *peer_webdav(void);
/** The same over TLS, with a certificate that folder/ca.pem vouches for, and folder/other.pem, an
 * authority of the same name, does not. */
Peer *peer_webdav_tls(void);
/** A web server that takes PUT and nothing else of WebDAV. */
Peer *peer_put(void);
/** Mail, without TLS; the same user and password, or none. Letters lie in root as they came, 1.eml,
 * 2.eml …; it refuses recipients that begin with "ukjent". */
Peer *peer_mail(void);
/** Cuts the connections of sshd; it goes on listening. */
void peer_cut(const Peer *peer);
/** Ends it; what it served and said is still there. */
void peer_end(Peer *peer);
void peer_stop(Peer *peer);

/** The log, or a file of its folder. g_free. */
char *peer_log(const Peer *peer);
char *peer_text(const Peer *peer, const char *relative);
/** A path below folder. g_free. */
char *peer_path(const Peer *peer, const char *relative);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Peer, peer_stop)

#endif
