/** The inside of the fake, shared by its library (fake.c), its orders (orders.c) and its server
 * (server.c). */
#ifndef SP_TESTS_UPSTREAM_STATE_H
#define SP_TESTS_UPSTREAM_STATE_H

#include "tests/upstream/fake.h"
#include "tests/upstream/world.h"

#include <pthread.h>

struct MHD_Daemon;

struct FakeUpstream {
    FakeWorld world;
    struct MHD_Daemon *daemon;
    struct MHD_Daemon *tls_daemon;
    char *tls_url;
    char *certificate;
    char *key;
    pthread_mutex_t lock; /* of all below and of the world; not GMutex, which tsan cannot see */
    pthread_cond_t stopping;
    gboolean is_stopping;
    gint64 clock;
    GPtrArray *orders;       /* Order*, in orders.c */
    GHashTable *header_uses; /* X-Fault and path -> times used */
    GPtrArray *seen;         /* char* of each request */
};

/** Fills the request's faults from the orders and its header; counts uses. FALSE with
 * SP_ERROR_USAGE when the header is not understood. Under the lock. */
gboolean fake_orders_apply(FakeUpstream *fake, FakeRequest *request, GError **error);
GPtrArray *fake_orders_new(void);

/** The whole way from a question to its answer, under the lock. */
void fake_answer(FakeUpstream *fake, FakeRequest *request, FakeAnswer *answer);
/** Sleeps, or wakes up at once when the fake is stopped. */
void fake_wait(FakeUpstream *fake, gint64 ms);

/** In control.c: what a person or a shell orders at /fake/. */
void fake_control(FakeUpstream *fake, const FakeRequest *request, const char *rest,
                  FakeAnswer *answer);

/** In spoil.c: TRUE when a fault answers in the place of the source. */
gboolean fake_preempt(const FakeUpstream *fake, const FakeRequest *request, FakeAnswer *answer);
/** In spoil.c: what becomes of a good answer. */
void fake_spoil(const FakeRequest *request, FakeAnswer *answer);

/** In server.c: a daemon on 127.0.0.1; *port is set when it was 0. NULL with
 * SP_ERROR_UNAVAILABLE. */
struct MHD_Daemon *fake_server_start(FakeUpstream *fake, gboolean is_tls, guint16 *port,
                                     GError **error);
void fake_server_stop(struct MHD_Daemon *daemon);

/** In certificate.c: a new key and its self-signed certificate as PEM (g_free). */
gboolean fake_certificate_make(FakeCertificate kind, char **certificate, char **key,
                               GError **error);

#endif
