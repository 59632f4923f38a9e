/* SSB: tables of the StatBank, asked for through PxWebApi v2 or v1, or read from an address or
 * file: JSON-stat, PX or CSV. */
#include "extractors/extractor.h"
#include "extractors/ssb/fetch_table.h"
#include "extractors/ssb/metadata.h"
#include "extractors/ssb/read.h"
#include "extractors/ssb/unsettled.h"

#include "core/error.h"

#include <string.h>

#define ACCEPT "application/json, text/csv;q=0.9, */*;q=0.1"

static const char *const config_keys[] = {
    SP_FETCH_KEYS, "host",   "table",           "query",
    "api",         "format", SP_SSB_TABLE_KEYS, SP_SSB_UNSETTLED_KEYS};

/* The values of a setting, in the order of their enum. */
static const char *const apis[] = {"v2", "v1", NULL};
static const char *const formats[] = {"json-stat2", "csv", "px", NULL};
#define DEFAULT_HOST "https://data.ssb.no/api/pxwebapi/v2/"

static const char *const hosts[] = {DEFAULT_HOST, "https://data.ssb.no/api/v0/no/"};

static gboolean read_word(const SpSettings *settings, const char *key, const char *const words[],
                          gsize *place, GError **error)
{
    const char *text = NULL;
    if (!sp_settings_text_or(settings, key, words[0], &text, error)) {
        return FALSE;
    }
    for (*place = 0; words[*place] != NULL; (*place)++) {
        if (strcmp(words[*place], text) == 0) {
            return TRUE;
        }
    }
    g_autofree char *all = g_strjoinv(", ", (char **)words);
    return sp_error_set(error, SP_ERROR_CONFIG, "%s = %s: want one of %s", key, text, all);
}

static SpFetched *fetch_table(const SpSettings *settings, const SpFetchContext *context,
                              const char *number, GError **error)
{
    gsize api = SP_SSB_V2;
    gsize format = SP_SSB_JSONSTAT2;
    SpSsbTable table = {.table = number};
    const char *query = sp_settings_text(settings, "query", error);
    if (query == NULL || !read_word(settings, "api", apis, &api, error) ||
        !read_word(settings, "format", formats, &format, error) ||
        !sp_settings_text_or(settings, "host", hosts[api == SP_SSB_V1 ? 1 : 0], &table.host,
                             error)) {
        return NULL;
    }
    table.api = (SpSsbApi)api;
    table.format = (SpSsbFormat)format;
    return sp_ssb_fetch_table(settings, context, &table, query, error);
}

/* The title stands somewhere in a document that must be parsed whole, so it is kept with the
 * snapshot. */
static void find_title(SpFetched *fetched, const char *bytes, gsize size)
{
    char *title = sp_ssb_read_title(bytes, size);
    fetched->title = title != NULL ? title : g_strdup("");
}

/* A file of SSB: a proxy's page comes with 200 too, and a wrong file may be of the right form. */
static SpFetched *fetch_file(const SpSettings *settings, const SpFetchContext *context,
                             GError **error)
{
    const char *expect = NULL;
    g_autoptr(SpFetched) fetched = sp_fetch_url(settings, context, ACCEPT, error);
    if (fetched == NULL || !sp_settings_text_or(settings, "expect", NULL, &expect, error)) {
        return NULL;
    }
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    const char *kind = sp_fetch_describe(bytes, size);
    if (kind != NULL && strcmp(kind, "a PX file") != 0) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: status 200, but %s and not JSON-stat, PX or CSV; try again later, or set "
                     "url to the file itself",
                     fetched->url, kind);
        return NULL;
    }
    /* A file that a workspace puts in a table's place may tell no title; one that does must tell
     * the right one. */
    if (expect != NULL && fetched->title == NULL) {
        find_title(fetched, bytes, size);
    }
    return expect == NULL || fetched->title[0] == '\0' ||
                   sp_ssb_expect(fetched->title, expect, fetched->url, error)
               ? g_steal_pointer(&fetched)
               : NULL;
}

static SpFetched *fetch(const SpSettings *settings, const SpFetchContext *context, GError **error)
{
    const char *url = NULL;
    const char *table = NULL;
    if (!sp_fetch_choose(settings, &url, &table, error)) {
        return NULL;
    }
    g_autoptr(SpFetched) fetched = url != NULL ? fetch_file(settings, context, error)
                                               : fetch_table(settings, context, table, error);
    return fetched != NULL && sp_ssb_check_settled(settings, context, fetched, error)
               ? g_steal_pointer(&fetched)
               : NULL;
}

const SpExtractor sp_extractor_ssb = {
    .name = "ssb", /* its tables are sections in config */
    .summary = "StatBank tables through PxWebApi v2 or v1, or from a file: JSON-stat, PX, CSV",
    .config_keys = config_keys,
    .host = DEFAULT_HOST,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .fetch = fetch,
    .parse = sp_ssb_read,
};
