/**
 * A question to PxWebApi v2 from what config says: the `query` of a dataset, as a GET address while
 * it is short and a POST body when it is not.
 *
 * The text is a blank-separated list of VARIABLE=CODES; CODES are separated by commas and may hold
 * the API's own expressions: "Region=* Kjonn=1,2 ContentsCode=Personer1 Tid=from(2020)".
 * Source: SSB's user guide and the server's code (PxTools/PxWebApi).
 */
#ifndef SP_EXTRACTORS_SSB_QUERY_H
#define SP_EXTRACTORS_SSB_QUERY_H

#include <glib.h>

typedef struct {
    char *url;
    char *body; /* JSON to POST; NULL: GET */
} SpSsbQuery;

/** Longest address sent as GET, bytes. SSB answers 404 from about 2 100 on. */
enum { SP_SSB_MAX_URL = 2000 };

/**
 *   host   "https://data.ssb.no/api/pxwebapi/v2/"; the last slash may be left out
 *   table  "07459": letters, digits and underscore
 *
 * A code that comes twice in a variable is sent once, the first time (the API answers 500 to
 * repeats; it ignores case, and so does this). SP_ERROR_CONFIG: a piece that is not VARIABLE=CODES,
 * a variable given twice, no ContentsCode or no Tid (v2 has no default that stays the same),
 * brackets that do not close.
 */
SpSsbQuery *sp_ssb_query_new(const char *host, const char *table, const char *query,
                             GError **error);
void sp_ssb_query_free(SpSsbQuery *query);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSsbQuery, sp_ssb_query_free)

#endif
