/** What all parts of the fake share, and the parts by the beginning of their paths. */
#ifndef SP_TESTS_UPSTREAM_WORLD_H
#define SP_TESTS_UPSTREAM_WORLD_H

#include "tests/upstream/country.h"
#include "tests/upstream/exchange.h"
#include "tests/upstream/rate.h"

typedef struct {
    char *folder; /* of the tables' descriptions */
    char *url;    /* "http://127.0.0.1:PORT" */
    FakeCountry *country;
    FakeRate rate1; /* of PxWebApi v1 */
    FakeRate rate2; /* of PxWebApi v2 */
    gint64 max_cells;
    guint n_drifts; /* sideData of Udir told with the fault drift */
} FakeWorld;

/** Answers a request whose path is a part's prefix and `rest`. Called by one thread at a time. */
typedef void FakePart(FakeWorld *world, const FakeRequest *request, const char *rest,
                      FakeAnswer *answer);

/* "/api/v0/" (pxweb1.c), "/api/pxwebapi/v2/" (pxweb2.c), "/api/klass/v1/" (klass.c), "/kuhr/v1/"
 * (kuhr.c), "/dbh/api/" (dbh.c), "/udir/api/rest/v2/Eksport/" (udir.c). */
FakePart fake_pxweb1;
FakePart fake_pxweb2;
FakePart fake_klass;
FakePart fake_kuhr;
FakePart fake_dbh;
FakePart fake_udir;

#endif
