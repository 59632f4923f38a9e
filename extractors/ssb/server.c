/* Metadata, code lists and limits. */
#include "extractors/ssb/server.h"

#include "core/error.h"
#include "core/io/json.h"
#include "core/io/pace.h"

#define JSON "application/json"

/* What SSB's user guide says, where a server does not tell its own limit. */
static const gint64 usual_max_cells = 800000;
static const gint64 max_max_cells = 100000000;

/* An answer in JSON. NULL with error. */
static SpFetched *ask_json(const SpSsbServer *server, const char *url, GError **error)
{
    const SpQuestion question = {.url = url, .accept = JSON};
    g_autoptr(SpFetched) fetched =
        sp_fetch_ask(server->settings, server->context, &question, error);
    return fetched != NULL && sp_fetch_check_json(fetched, "try again later", error)
               ? g_steal_pointer(&fetched)
               : NULL;
}

SpSsbMetadata *sp_ssb_ask_metadata(const SpSsbServer *server, GError **error)
{
    const SpSsbTable *table = server->table;
    g_autofree char *below = table->api == SP_SSB_V1
                                 ? g_strdup_printf("table/%s", table->table)
                                 : g_strdup_printf("tables/%s/metadata?lang=no", table->table);
    g_autofree char *url = sp_ssb_table_url(table, below);
    g_autoptr(SpFetched) fetched = ask_json(server, url, error);
    if (fetched == NULL) {
        return NULL;
    }
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    return sp_ssb_metadata_parse(bytes, size, fetched->url, error);
}

/* The answer to /config, from the run's memory if it is there. Unref; NULL with error. */
static GBytes *ask_config(const SpSsbServer *server, const char *url, GError **error)
{
    GHashTable *answers = server->context->answers;
    GBytes *kept = answers != NULL ? g_hash_table_lookup(answers, url) : NULL;
    if (kept != NULL) {
        return g_bytes_ref(kept);
    }
    g_autoptr(SpFetched) fetched = ask_json(server, url, error);
    if (fetched == NULL) {
        return NULL;
    }
    if (answers != NULL) {
        g_hash_table_insert(answers, g_strdup(url), g_bytes_ref(fetched->bytes));
    }
    return g_bytes_ref(fetched->bytes);
}

/* The server's limit of cells. Servers without such a document have the usual one. v1 tells its
 * pace there too; v2's is in the headers of every answer, and the 0 of its document means
 * nothing. */
gboolean sp_ssb_ask_max_cells(const SpSsbServer *server, gint64 *max_cells, GError **error)
{
    const char *told = NULL;
    *max_cells = usual_max_cells;
    if (!sp_settings_text_or(server->settings, "max_cells", NULL, &told, error)) {
        return FALSE;
    }
    if (told != NULL) {
        return sp_settings_int(server->settings, "max_cells", 1, max_max_cells, max_cells, error);
    }
    gboolean is_v1 = server->table->api == SP_SSB_V1;
    g_autofree char *url = sp_ssb_table_url(server->table, is_v1 ? "?config" : "config");
    g_autoptr(GError) failure = NULL;
    g_autoptr(GBytes) bytes = ask_config(server, url, &failure);
    if (bytes == NULL && (g_error_matches(failure, SP_ERROR, SP_ERROR_UNAVAILABLE) ||
                          g_error_matches(failure, SP_ERROR, SP_ERROR_TRY_LATER))) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    gsize size = 0;
    const char *text = bytes != NULL ? g_bytes_get_data(bytes, &size) : NULL;
    g_autoptr(json_t) json = text != NULL ? sp_json_parse(text, size, url, NULL) : NULL;
    gint64 limit = json_integer_value(json_object_get(json, is_v1 ? "maxCells" : "maxDataCells"));
    if (limit > 0) {
        *max_cells = MIN(limit, max_max_cells);
    }
    if (is_v1 && server->context->pace != NULL) {
        sp_pace_set_limit(server->context->pace, server->table->host,
                          json_integer_value(json_object_get(json, "maxCalls")),
                          json_integer_value(json_object_get(json, "timeWindow")));
    }
    return TRUE;
}

GPtrArray *sp_ssb_ask_codelist(const SpSsbServer *server, const char *codelist, GError **error)
{
    g_autofree char *below = g_strdup_printf("codeLists/%s?lang=no", codelist);
    g_autofree char *url = sp_ssb_table_url(server->table, below);
    g_autoptr(SpFetched) fetched = ask_json(server, url, error);
    if (fetched == NULL) {
        return NULL;
    }
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    return sp_ssb_codelist_parse(bytes, size, fetched->url, error);
}
