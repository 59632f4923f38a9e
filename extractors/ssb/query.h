/**
 * A question as it is sent: to v2 as a GET address while it is short and a POST body when it is
 * not, to v1 always as a POST body.
 */
#ifndef SP_EXTRACTORS_SSB_QUERY_H
#define SP_EXTRACTORS_SSB_QUERY_H

#include "extractors/ssb/question.h"

typedef enum { SP_SSB_V2, SP_SSB_V1 } SpSsbApi;
typedef enum { SP_SSB_JSONSTAT2, SP_SSB_CSV, SP_SSB_PX } SpSsbFormat;

/** Which table, and how it is to be asked for. Texts are borrowed. */
typedef struct {
    SpSsbApi api;
    SpSsbFormat format;
    const char *host;  /* "https://data.ssb.no/api/pxwebapi/v2/" or ".../api/v0/no/"; the last slash
                          may be left out */
    const char *table; /* "07459": letters, digits and underscore */
} SpSsbTable;

typedef struct {
    char *url;
    char *body; /* JSON to POST; NULL: GET */
} SpSsbQuery;

/** Longest address sent as GET, bytes. SSB answers 404 from about 2 100 on. */
enum { SP_SSB_MAX_URL = 2000 };

/** SP_ERROR_CONFIG when `table` is not the number of a table. */
gboolean sp_ssb_table_check(const SpSsbTable *table, GError **error);

/** An address below the host: "tables/07459/metadata". g_free. */
char *sp_ssb_table_url(const SpSsbTable *table, const char *below);

/**
 * The question in v2's or v1's words (sources: SSB's user guide; the servers' code). CSV is asked
 * for with codes and one figure a row. Codes of one variable must differ, case ignored. For v1 the
 * codes of a variable are plain codes (`item`), one top(N) (`top`), patterns with * alone (`all`)
 * or, with a code list, members of it (`agg:` and `vs:`; its id without "agg_" or "vs_").
 */
SpSsbQuery *sp_ssb_query_new(const SpSsbTable *table, const GPtrArray *question);
void sp_ssb_query_free(SpSsbQuery *query);

/** Whether this version can be asked for the variable as it is written: v1 knows no from(), range()
 * and their like, and neither takes a code that an expression beside it stands for too. */
gboolean sp_ssb_query_can(SpSsbApi api, const SpSsbVariable *variable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSsbQuery, sp_ssb_query_free)

#endif
