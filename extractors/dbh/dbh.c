/* DBH: HK-dir's database of higher education and (DBH-F) vocational colleges, tables by POST. */
#include "extractors/extractor.h"

#include "core/error.h"
#include "core/io/csv.h"
#include "core/number.h"
#include "extractors/dbh/answer.h"
#include "extractors/dbh/question.h"
#include "extractors/dbh/token.h"
#include "extractors/discard.h"
#include "extractors/selection.h"
#include "extractors/sequence.h"

#include <string.h>

#define DEFAULT_HOST "https://dbh.hkdir.no/api/"

enum { MAX_TABLES = 20 };

static const char *const config_keys[] = {SP_FETCH_KEYS, "host",      "table", "group_by",
                                          "variables",   "query",     "limit", "format",
                                          "bulk",        "token_file"};

/** What the settings say, borrowed from them. */
typedef struct {
    const char *host;
    const char *tables;
    const char *group_by;
    const char *variables;
    const char *query;
    const char *format;
    const char *bulk;
    const char *token_file;
    gint64 limit;
} Settings;

static gboolean read_settings(const SpSettings *from, Settings *to, GError **error)
{
    const char *limit = NULL;
    if (!sp_settings_text_or(from, "host", DEFAULT_HOST, &to->host, error) ||
        !sp_settings_text_or(from, "table", "", &to->tables, error) ||
        !sp_settings_text_or(from, "group_by", "", &to->group_by, error) ||
        !sp_settings_text_or(from, "variables", "", &to->variables, error) ||
        !sp_settings_text_or(from, "query", "", &to->query, error) ||
        !sp_settings_text_or(from, "format", "json", &to->format, error) ||
        !sp_settings_text_or(from, "bulk", NULL, &to->bulk, error) ||
        !sp_settings_text_or(from, "token_file", NULL, &to->token_file, error) ||
        !sp_settings_text_or(from, "limit", NULL, &limit, error) ||
        (limit != NULL && !sp_settings_int(from, "limit", 1, G_MAXINT32, &to->limit, error))) {
        return FALSE;
    }
    return strcmp(to->format, "json") == 0 || strcmp(to->format, "csv") == 0 ||
           sp_error_set(error, SP_ERROR_CONFIG, "format = %s: want json or csv", to->format);
}

static gboolean is_table_number(const char *text, gint64 *number)
{
    return sp_number_parse_int(text, strlen(text), number) && *number > 0;
}

/** What every question is asked by. */
typedef struct {
    const SpSettings *settings;
    const SpFetchContext *context;
} Fetch;

/* An address below the host. g_free. */
static char *address(const Settings *settings, const char *call)
{
    return g_strconcat(settings->host, g_str_has_suffix(settings->host, "/") ? "" : "/",
                       "Tabeller/", call, NULL);
}

/* Bytes that were to be rows and are a page of apology or another format. */
static gboolean refuse_kind(const SpFetched *fetched, const char *want, GError **error)
{
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    const char *kind = size > 0 ? sp_fetch_describe(bytes, size) : NULL;
    return kind == NULL ||
           sp_error_set(error, SP_ERROR_DATA, "%s: status 200, but %s and not %s; try again later",
                        fetched->url, kind, want);
}

/* Asks one table; its question and, unless there are no rows, its answer end in `sequence`. */
static SpFetched *ask_table(const Fetch *from, const Settings *settings, const json_t *body,
                            const char *authorization, GByteArray *sequence, GError **error)
{
    g_autofree char *url = address(settings, "hentJSONTabellData");
    g_autofree char *posted = json_dumps(body, JSON_COMPACT);
    g_autofree char *told = sp_dbh_question_format(body, authorization == NULL);
    g_autoptr(GBytes) question = g_bytes_new(told, strlen(told));
    const SpQuestion ask = {.url = url,
                            .body = posted,
                            .accept = "application/json",
                            .authorization = authorization,
                            .takes_nothing = TRUE};
    g_autoptr(SpFetched) answer = sp_fetch_ask(from->settings, from->context, &ask, error);
    if (answer == NULL || !sp_sequence_add(sequence, question, url, error)) {
        return NULL;
    }
    gboolean is_whole = g_bytes_get_size(answer->bytes) == 0 ||
                        (sp_fetch_check_json(answer, "try again later", error) &&
                         sp_sequence_add(sequence, answer->bytes, url, error));
    return is_whole ? g_steal_pointer(&answer) : NULL;
}

static gboolean make_body(const Settings *settings, const char *table, json_t **body,
                          GError **error)
{
    g_auto(GStrv) group_by = sp_selection_list(settings->group_by);
    g_auto(GStrv) variables = sp_selection_list(settings->variables);
    SpDbhQuestion question = {.group_by = group_by,
                              .variables = variables,
                              .query = settings->query,
                              .limit = settings->limit};
    if (!is_table_number(table, &question.table)) {
        return sp_error_set(error, SP_ERROR_CONFIG, "table = %s: not a number; write e.g. 118",
                            table);
    }
    *body = sp_dbh_question_body(&question, error);
    return *body != NULL;
}

static SpFetched *fetch_json(const Fetch *from, const Settings *settings, const char *authorization,
                             GError **error)
{
    g_auto(GStrv) tables = sp_selection_list(settings->tables);
    g_autoptr(GByteArray) sequence = g_byte_array_new();
    g_autoptr(SpFetched) last = NULL;
    if (tables[0] == NULL || g_strv_length(tables) > MAX_TABLES) {
        sp_error_set(error, SP_ERROR_CONFIG, "table = %s: want 1 to %d numbers parted by commas",
                     settings->tables, (int)MAX_TABLES);
        return NULL;
    }
    for (char **table = tables; *table != NULL; table++) {
        g_autoptr(json_t) body = NULL;
        if (!make_body(settings, *table, &body, error)) {
            return NULL;
        }
        g_clear_pointer(&last, sp_fetched_free);
        last = ask_table(from, settings, body, authorization, sequence, error);
        if (last == NULL) {
            return NULL;
        }
    }
    g_assert(last != NULL);
    sp_fetched_join(last, g_steal_pointer(&sequence), "json-seq");
    return sp_discard_answer(last, sp_dbh_parse, error) ? g_steal_pointer(&last) : NULL;
}

/* A table as CSV: semicolon by POST, comma in bulk. No rows (204) are no bytes. */
static SpFetched *fetch_csv(const Fetch *from, const Settings *settings, const char *authorization,
                            GError **error)
{
    g_autoptr(json_t) body = NULL;
    g_autofree char *call = NULL;
    gint64 number = 0;
    if (settings->bulk != NULL) {
        if (!is_table_number(settings->bulk, &number)) {
            sp_error_set(error, SP_ERROR_CONFIG, "bulk = %s: not a number; write e.g. 211",
                         settings->bulk);
            return NULL;
        }
        call = g_strdup_printf("bulk-csv?rptNr=%s", settings->bulk);
    } else if (make_body(settings, settings->tables, &body, error)) {
        call = g_strdup("hentCSVTabellData");
    } else {
        return NULL;
    }
    g_autofree char *url = address(settings, call);
    g_autofree char *posted = body != NULL ? json_dumps(body, JSON_COMPACT) : NULL;
    const SpQuestion ask = {.url = url,
                            .body = posted,
                            .accept = "text/csv",
                            .authorization = authorization,
                            .takes_nothing = body != NULL};
    g_autoptr(SpFetched) fetched = sp_fetch_ask(from->settings, from->context, &ask, error);
    if (fetched == NULL || !refuse_kind(fetched, "CSV", error)) {
        return NULL;
    }
    g_free(fetched->suffix);
    fetched->suffix = g_strdup("csv");
    return g_steal_pointer(&fetched);
}

static SpFetched *fetch_file(const SpSettings *from, const SpFetchContext *context, GError **error)
{
    g_autoptr(SpFetched) fetched = sp_fetch_url(from, context, NULL, error);
    return fetched != NULL && refuse_kind(fetched, "JSON or CSV", error) ? g_steal_pointer(&fetched)
                                                                         : NULL;
}

static SpFetched *fetch(const SpSettings *from, const SpFetchContext *context, GError **error)
{
    Settings settings = {0};
    const Fetch asked = {.settings = from, .context = context};
    const char *url = NULL;
    g_autofree char *authorization = NULL;
    if (!sp_settings_text_or(from, "url", NULL, &url, error) ||
        !read_settings(from, &settings, error)) {
        return NULL;
    }
    if (url != NULL) { /* it wins, as for every source */
        return fetch_file(from, context, error);
    }
    if (*settings.tables == '\0' && settings.bulk == NULL) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "none of url, table and bulk is set; set table and group_by, or url to a file "
                     "or address");
        return NULL;
    }
    if (settings.token_file != NULL) {
        authorization = sp_dbh_token_read(settings.token_file, context->base_folder, error);
        if (authorization == NULL) {
            return NULL;
        }
    }
    return settings.bulk != NULL || strcmp(settings.format, "csv") == 0
               ? fetch_csv(&asked, &settings, authorization, error)
               : fetch_json(&asked, &settings, authorization, error);
}

/* No bytes at all are an answer without rows: its columns are those the layout knows. */
static gboolean parse_nothing(const SpLayout *layout, SpSink *sink, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; i < layout->columns->len; i++) {
        char *name = ((const SpLayoutColumn *)layout->columns->pdata[i])->source;
        if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL)) {
            g_ptr_array_add(names, name);
        }
    }
    return sink->begin(sink, (const char *const *)names->pdata, names->len, error);
}

static gboolean parse(const SpDocument *document, SpSink *sink, char **updated, GError **error)
{
    const char *bytes = document->bytes;
    gsize size = document->size;
    *updated = NULL; /* DBH does not tell; setting `updated` does */
    if (size == 0) {
        return parse_nothing(document->layout, sink, error);
    }
    gsize start = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (start == size || bytes[start] == 0x1E || bytes[start] == '[' || bytes[start] == '{') {
        return sp_dbh_parse(bytes, size, document->origin, sink, error);
    }
    const SpCsvForm form = {.origin = document->origin,
                            .encoding = document->layout->encoding,
                            .delimiter = document->layout->delimiter,
                            .header_rows = document->layout->header_rows};
    return sp_csv_parse(bytes, size, &form, sink, error);
}

const SpExtractor sp_extractor_dbh = {
    .name = "dbh",
    .summary = "tables of DBH and DBH-F (HK-dir): JSON or CSV by POST, bulk files, or a file",
    .config_keys = config_keys,
    .host = DEFAULT_HOST,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .fetch = fetch,
    .parse = parse,
};
