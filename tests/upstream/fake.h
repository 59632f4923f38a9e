/**
 * The sources on loopback, for tests and for trying things by hand: SSB's PxWebApi v1 and v2,
 * KLASS, KUHR, DBH and Udir as docs of the real ones and sources.md tell, with made-up figures,
 * faults on demand and a clock that stands still. What is played and what is not: README.md.
 *
 *   g_autoptr(FakeUpstream) fake = fake_upstream_start(&error);
 *
 *   fake_upstream_fault(fake, "/data", "503 times=2", &error);
 *
 *   g_autofree char *host = fake_upstream_address(fake, FAKE_SSB2);
 *
 * Figures, codes and times depend on nothing but the tables' descriptions, the clock and the
 * faults. All functions may be called while requests are answered.
 */
#ifndef SP_TESTS_UPSTREAM_FAKE_H
#define SP_TESTS_UPSTREAM_FAKE_H

#include <glib.h>

typedef struct FakeUpstream FakeUpstream;

/** Where each source stands below the address of the fake. */
#define FAKE_SSB1 "/api/v0/no/"
#define FAKE_SSB2 "/api/pxwebapi/v2/"
#define FAKE_KLASS "/api/klass/v1/"
#define FAKE_KUHR "/kuhr/v1/"
#define FAKE_DBH "/dbh/api/"
#define FAKE_UDIR "/udir/api/rest/v2/Eksport/"

/** On a free port of 127.0.0.1, at noon of 2026-03-31 in Oslo. NULL with SP_ERROR_UNAVAILABLE, or
 * SP_ERROR_DATA when a description is wrong. */
FakeUpstream *fake_upstream_start(GError **error);
/** The same on that port (0: a free one), with the descriptions of another folder. */
FakeUpstream *fake_upstream_start_at(guint16 port, const char *folder, GError **error);
void fake_upstream_stop(FakeUpstream *fake);

/** "http://127.0.0.1:PORT", borrowed. */
const char *fake_upstream_url(const FakeUpstream *fake);
/** "http://127.0.0.1:PORT/api/klass/v1/". g_free. */
char *fake_upstream_address(const FakeUpstream *fake, const char *below);

/** What goes wrong (words: faults.h) with requests whose "METHOD /path?query" holds `where` (""
 * for all), on top of earlier orders. A request may order its own by the header X-Fault.
 * SP_ERROR_USAGE: no such word. */
gboolean fake_upstream_fault(FakeUpstream *fake, const char *where, const char *words,
                             GError **error);
/** Takes all orders back. */
void fake_upstream_heal(FakeUpstream *fake);

/** "2026-03-16T07:30:00" on Oslo's clock, "...Z" in UTC, a day for its noon. FALSE: no such time.
 */
gboolean fake_upstream_set_clock(FakeUpstream *fake, const char *time);

/** Calls a window (limit 0: any number); v1 begins with 300 a minute, v2 with 40. */
void fake_upstream_set_rate1(FakeUpstream *fake, gint64 limit, gint64 window_s);
void fake_upstream_set_rate2(FakeUpstream *fake, gint64 limit, gint64 window_s);
/** Cells of one answer of PxWeb, 800 000 at first. */
void fake_upstream_set_max_cells(FakeUpstream *fake, gint64 max_cells);

/** How many requests, faulty ones too, held `where` in "METHOD /path?query". */
guint fake_upstream_count(FakeUpstream *fake, const char *where);
/** Request `i` from 0 as "METHOD /path?query" and, after a blank, its body. NULL past the last.
 * g_free. */
char *fake_upstream_request(FakeUpstream *fake, guint i);
/** Forgets them. */
void fake_upstream_forget(FakeUpstream *fake);

typedef enum {
    FAKE_CERTIFICATE_OWN,        /* self-signed for 127.0.0.1: good for who is given it */
    FAKE_CERTIFICATE_OTHER_HOST, /* for another name */
    FAKE_CERTIFICATE_EXPIRED,
} FakeCertificate;

/** Answers on https too, on a second port; once. */
gboolean fake_upstream_start_tls(FakeUpstream *fake, FakeCertificate certificate, GError **error);
/** "https://127.0.0.1:PORT", borrowed; NULL before. */
const char *fake_upstream_tls_url(const FakeUpstream *fake);
/** The certificate as PEM, to be trusted as a ca_file. Borrowed. */
const char *fake_upstream_certificate(const FakeUpstream *fake);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(FakeUpstream, fake_upstream_stop)

#endif
