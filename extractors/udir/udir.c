/* Udir's statistics bank (the Eksport API): tables in pages, every figure a Norwegian text. */
#include "extractors/extractor.h"

#include "core/error.h"
#include "core/io/http.h"
#include "extractors/discard.h"
#include "extractors/selection.h"
#include "extractors/sequence.h"
#include "extractors/udir/pages.h"

#include <string.h>

#define DEFAULT_HOST "https://api.statistikkbanken.udir.no/api/rest/v2/Eksport/"
#define ACCEPT "application/json"

/* A table that is changed while its pages are read is read once more, and then given up. */
enum { MAX_ROUNDS = 2 };

static const char *const config_keys[] = {SP_FETCH_KEYS, "host", "table", "query"};

static gboolean is_plain(const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (!g_ascii_isalnum(*c) && *c != '-' && *c != '.') {
            return FALSE;
        }
    }
    return *text != '\0';
}

/* "TidID(202212_202312)_EnhetNivaa(3)" from "TidID=202212,202312 EnhetNivaa=3". g_free. */
static char *make_filter(const char *query, GError **error)
{
    g_autoptr(GPtrArray) selections = sp_selection_parse(query, error);
    g_autoptr(GString) filter = g_string_new(NULL);
    for (guint i = 0; selections != NULL && i < selections->len; i++) {
        const SpSelection *selection = selections->pdata[i];
        gboolean is_good = is_plain(selection->name);
        g_string_append_printf(filter, "%s%s(", i > 0 ? "_" : "", selection->name);
        for (char **code = selection->codes; *code != NULL; code++) {
            is_good = is_good && is_plain(*code);
            g_string_append_printf(filter, "%s%s", code > selection->codes ? "_" : "", *code);
        }
        g_string_append_c(filter, ')');
        if (!is_good) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         "query: %s: names and codes are letters, digits, - and . alone (the "
                         "service parts them by _ and parentheses)",
                         selection->name);
            return NULL;
        }
    }
    return selections != NULL ? g_strdup(filter->str) : NULL;
}

/** A table and what of it is asked for. */
typedef struct {
    const SpSettings *settings;
    SpFetchContext part; /* without the newest snapshot, which is all pages and no single one */
    char *head;          /* ".../Eksport/152/" */
    char *tail;          /* "?filter=..." */
} Table;

static void table_clear(Table *table)
{
    g_free(table->head);
    g_free(table->tail);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Table, table_clear)

/* One call of the table: "sideData" or "data", with what belongs to it. */
static SpFetched *call(const Table *table, const char *name, const char *rest, GError **error)
{
    g_autofree char *url = g_strconcat(table->head, name, table->tail, rest, NULL);
    const SpQuestion ask = {.url = url, .accept = ACCEPT};
    g_autoptr(SpFetched) fetched = sp_fetch_ask(table->settings, &table->part, &ask, error);
    return fetched != NULL && sp_fetch_check_json(fetched, "try again later", error)
               ? g_steal_pointer(&fetched)
               : NULL;
}

/* sideData and all pages into `sequence`. Returns sideData's answer; NULL with error. */
static SpFetched *read_pages(const Table *table, GByteArray *sequence, GError **error)
{
    g_autoptr(SpFetched) told = call(table, "sideData", "", error);
    gsize size = 0;
    gint64 n = 0;
    if (told == NULL) {
        return NULL;
    }
    const char *bytes = g_bytes_get_data(told->bytes, &size);
    if (!sp_udir_page_count(bytes, size, told->url, &n, error) ||
        !sp_sequence_add(sequence, told->bytes, told->url, error)) {
        return NULL;
    }
    for (gint64 i = 1; i <= n; i++) {
        g_autofree char *rest = g_strdup_printf("&format=0&sideNummer=%" G_GINT64_FORMAT, i);
        g_autoptr(SpFetched) page = call(table, "data", rest, error);
        if (page == NULL || !sp_sequence_add(sequence, page->bytes, page->url, error)) {
            g_prefix_error(error, "page %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT ": ", i, n);
            return NULL;
        }
    }
    return g_steal_pointer(&told);
}

/* Until sideData says after the last page what it said before the first one: a table that was
 * changed in between has rows that are on no page, or on two. */
static SpFetched *read_steadily(const Table *table, GError **error)
{
    for (int round = 0; round < MAX_ROUNDS; round++) {
        g_autoptr(GByteArray) sequence = g_byte_array_new();
        g_autoptr(SpFetched) before = read_pages(table, sequence, error);
        g_autoptr(SpFetched) after = before == NULL ? NULL : call(table, "sideData", "", error);
        if (after == NULL) {
            return NULL;
        }
        if (g_bytes_equal(before->bytes, after->bytes)) {
            sp_fetched_join(before, g_steal_pointer(&sequence), "json-seq");
            return g_steal_pointer(&before);
        }
    }
    sp_error_set(error, SP_ERROR_TRY_LATER,
                 "the table changed while its pages were read, twice; try again later");
    return NULL;
}

static SpFetched *fetch_table(const SpSettings *settings, const SpFetchContext *context,
                              const char *table, GError **error)
{
    const char *host = NULL;
    const char *query = sp_settings_text(settings, "query", error);
    if (query == NULL || !sp_settings_text_or(settings, "host", DEFAULT_HOST, &host, error)) {
        return NULL;
    }
    if (!is_plain(table)) {
        sp_error_set(error, SP_ERROR_CONFIG, "table = %s: not a number; write e.g. 152", table);
        return NULL;
    }
    g_autofree char *filter = make_filter(query, error);
    g_autofree char *escaped = filter != NULL ? sp_http_escape(filter) : NULL;
    if (escaped == NULL) {
        return NULL;
    }
    g_auto(Table) asked = {.settings = settings, .part = *context};
    asked.part.newest = NULL;
    asked.head = g_strconcat(host, g_str_has_suffix(host, "/") ? "" : "/", table, "/", NULL);
    asked.tail = g_strconcat("?filter=", escaped, NULL);
    return read_steadily(&asked, error);
}

static SpFetched *fetch(const SpSettings *settings, const SpFetchContext *context, GError **error)
{
    const char *url = NULL;
    const char *table = NULL;
    if (!sp_fetch_choose(settings, &url, &table, error)) {
        return NULL;
    }
    g_autoptr(SpFetched) fetched = url != NULL ? sp_fetch_url(settings, context, ACCEPT, error)
                                               : fetch_table(settings, context, table, error);
    return fetched != NULL && sp_discard_answer(fetched, sp_udir_parse, error)
               ? g_steal_pointer(&fetched)
               : NULL;
}

static gboolean parse(const SpDocument *document, SpSink *sink, char **updated, GError **error)
{
    *updated = NULL; /* Udir does not tell; setting `updated` does */
    return sp_udir_parse(document->bytes, document->size, document->origin, sink, error);
}

const SpExtractor sp_extractor_udir = {
    .name = "udir",
    .summary = "tables of Udir's statistics bank (Eksport API), all pages, or a file",
    .config_keys = config_keys,
    .host = DEFAULT_HOST,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .fetch = fetch,
    .parse = parse,
};
