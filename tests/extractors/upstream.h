/** A source on loopback for the tests of fetch: answers as told, and remembers what it was asked.
 */
#ifndef SP_TESTS_EXTRACTORS_UPSTREAM_H
#define SP_TESTS_EXTRACTORS_UPSTREAM_H

#include <glib.h>

typedef struct Upstream Upstream;

/** Starts on a free port of 127.0.0.1; fails the test if it cannot. */
Upstream *upstream_start(void);
void upstream_stop(Upstream *upstream);
/** "http://127.0.0.1:PORT/", borrowed. */
const char *upstream_url(const Upstream *upstream);
/** What every request gets from now on. `type` NULL: no content type. Texts are borrowed for the
 * life of the upstream. */
void upstream_answer(Upstream *upstream, unsigned int status, const char *type, const char *body);
/** What every answer's headers tell from now on, and whether a request that tells them back (in
 * If-None-Match or If-Modified-Since) gets 304 and nothing. NULL: no such header. */
void upstream_tell(Upstream *upstream, const char *etag, const char *modified);
/** How many requests there were. */
unsigned int upstream_count(const Upstream *upstream);
/** Of the last request: "GET /path?query Accept" and its body. Borrowed. */
const char *upstream_request(const Upstream *upstream);
const char *upstream_body(const Upstream *upstream);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Upstream, upstream_stop)

#endif
