/* SSB: tables of the StatBank as JSON-stat, asked for through PxWebApi v2 or read from an address
 * or file. */
#include "extractors/extractor.h"
#include "extractors/ssb/jsonstat.h"
#include "extractors/ssb/query.h"

#include "core/error.h"

#define ACCEPT "application/json"

static const char *const config_keys[] = {SP_FETCH_KEYS, "host", "table", "query"};

static SpFetched *fetch_table(const SpSettings *settings, const char *table, GError **error)
{
    const char *host = NULL;
    const char *query = sp_settings_text(settings, "query", error);
    if (query == NULL ||
        !sp_settings_text_or(settings, "host", "https://data.ssb.no/api/pxwebapi/v2/", &host,
                             error)) {
        return NULL;
    }
    g_autoptr(SpSsbQuery) made = sp_ssb_query_new(host, table, query, error);
    return made != NULL ? sp_fetch_query(settings, made->url, made->body, ACCEPT, error) : NULL;
}

static SpFetched *fetch(const SpSettings *settings, const SpFetchContext *context, GError **error)
{
    const char *url = NULL;
    const char *table = NULL;
    if (!sp_settings_text_or(settings, "url", NULL, &url, error) ||
        !sp_settings_text_or(settings, "table", NULL, &table, error)) {
        return NULL;
    }
    if (url == NULL && table == NULL) {
        sp_error_set(
            error, SP_ERROR_CONFIG,
            "neither url nor table is set; set url to a file or address, or table and query");
        return NULL;
    }
    /* A url wins: it is how a workspace puts a file in the place of the table that the defaults
     * name. */
    g_autoptr(SpFetched) fetched = url != NULL ? sp_fetch_url(settings, context, ACCEPT, error)
                                               : fetch_table(settings, table, error);
    /* A proxy's page and PX, the API's format when none is asked for, come with 200 too. */
    if (fetched == NULL ||
        !sp_fetch_check_json(fetched, "ask for outputFormat=json-stat2, or try again later",
                             error)) {
        return NULL;
    }
    return g_steal_pointer(&fetched);
}

static gboolean parse(const char *bytes, gsize size, const char *origin, const SpLayout *layout,
                      const SpSettings *settings, SpSink *sink, char **updated, GError **error)
{
    (void)layout;
    (void)settings;
    return sp_jsonstat_parse(bytes, size, origin, sink, updated, error);
}

const SpExtractor sp_extractor_ssb = {
    .name = "ssb", /* its tables are sections in config */
    .summary = "StatBank tables as JSON-stat through PxWebApi v2, or from an address or file",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .fetch = fetch,
    .parse = parse,
};
