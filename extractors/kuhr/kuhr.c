/* Helfo's open KUHR data: tariffs used by kommune of the provider, year or month. */
#include "extractors/extractor.h"

#include "core/error.h"
#include "extractors/discard.h"
#include "extractors/kuhr/answers.h"
#include "extractors/kuhr/calls.h"
#include "extractors/sequence.h"

#include <string.h>

#define DEFAULT_HOST "https://opne-data-api.helserefusjon.no/v1/"

static const char *const config_keys[] = {SP_FETCH_KEYS,  "host",  "call",       "fagomraade",
                                          "from",         "to",    "takstkoder", "regioner",
                                          "praksistyper", "format"};

/* The formats, how they are asked for and what their answers may not be. */
static const struct {
    const char *name;
    const char *accept;
} formats[] = {{"json", "application/json"}, {"xml", "application/xml"}, {"csv", "text/csv"}};

enum { FORMAT_XML = 1, FORMAT_CSV = 2 };

static gboolean read_question(const SpSettings *settings, SpKuhrQuestion *question, gsize *format,
                              GError **error)
{
    const char *name = NULL;
    question->call = sp_settings_text(settings, "call", error);
    question->fagomraade =
        question->call != NULL ? sp_settings_text(settings, "fagomraade", error) : NULL;
    question->from =
        question->fagomraade != NULL ? sp_settings_text(settings, "from", error) : NULL;
    question->to = question->from != NULL ? sp_settings_text(settings, "to", error) : NULL;
    if (question->to == NULL ||
        !sp_settings_text_or(settings, "host", DEFAULT_HOST, &question->host, error) ||
        !sp_settings_text_or(settings, "takstkoder", NULL, &question->takstkoder, error) ||
        !sp_settings_text_or(settings, "regioner", NULL, &question->regioner, error) ||
        !sp_settings_text_or(settings, "praksistyper", NULL, &question->praksistyper, error) ||
        !sp_settings_text_or(settings, "format", "json", &name, error)) {
        return FALSE;
    }
    for (*format = 0; *format < G_N_ELEMENTS(formats); (*format)++) {
        if (strcmp(formats[*format].name, name) == 0) {
            question->is_csv = *format == FORMAT_CSV;
            return TRUE;
        }
    }
    return sp_error_set(error, SP_ERROR_CONFIG, "format = %s: want json, xml or csv", name);
}

/* A page of apology comes with 200 too; XML is one of the formats here. */
static gboolean check_kind(const SpFetched *fetched, gsize format, GError **error)
{
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    const char *kind = sp_fetch_describe(bytes, size);
    gboolean is_xml = kind != NULL && strcmp(kind, "an XML document") == 0;
    if (format == 0) {
        return sp_fetch_check_json(fetched, "try again later", error);
    }
    return (format == FORMAT_XML ? is_xml : kind == NULL) ||
           sp_error_set(error, SP_ERROR_DATA, "%s: status 200, but %s and not %s; try again later",
                        fetched->url, kind != NULL ? kind : "something else",
                        format == FORMAT_XML ? "XML" : "CSV");
}

static SpFetched *fetch_calls(const SpSettings *settings, const SpFetchContext *context,
                              GError **error)
{
    SpKuhrQuestion question = {0};
    gsize format = 0;
    if (!read_question(settings, &question, &format, error)) {
        return NULL;
    }
    g_autoptr(GPtrArray) urls = sp_kuhr_calls(&question, error);
    g_autoptr(GByteArray) sequence = g_byte_array_new();
    g_autoptr(SpFetched) last = NULL;
    SpFetchContext part = *context;
    part.newest = NULL; /* the snapshot is the answer to all calls, not to one of several */
    for (guint i = 0; urls != NULL && i < urls->len; i++) {
        g_clear_pointer(&last, sp_fetched_free);
        const SpQuestion ask = {.url = urls->pdata[i], .accept = formats[format].accept};
        last = sp_fetch_ask(settings, urls->len > 1 ? &part : context, &ask, error);
        if (last == NULL || !check_kind(last, format, error) ||
            !sp_sequence_add(sequence, last->bytes, last->url, error)) {
            return NULL;
        }
    }
    if (urls == NULL) {
        return NULL;
    }
    g_assert(last != NULL); /* there is one call at least */
    if (urls->len > 1) {
        g_autofree char *suffix = g_strconcat(formats[format].name, "-seq", NULL);
        sp_fetched_join(last, g_steal_pointer(&sequence), suffix);
    } else {
        g_free(last->suffix);
        last->suffix = g_strdup(formats[format].name);
    }
    return g_steal_pointer(&last);
}

static SpFetched *fetch_file(const SpSettings *settings, const SpFetchContext *context,
                             GError **error)
{
    g_autoptr(SpFetched) fetched = sp_fetch_url(settings, context, NULL, error);
    gsize size = 0;
    const char *bytes = fetched != NULL ? g_bytes_get_data(fetched->bytes, &size) : NULL;
    if (bytes != NULL && g_strcmp0(sp_fetch_describe(bytes, size), "an HTML page") == 0) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: an HTML page and not JSON, XML or CSV; give the address of the data",
                     fetched->url);
        return NULL;
    }
    return g_steal_pointer(&fetched);
}

static SpFetched *fetch(const SpSettings *settings, const SpFetchContext *context, GError **error)
{
    const char *url = NULL;
    if (!sp_settings_text_or(settings, "url", NULL, &url, error)) {
        return NULL;
    }
    if (url != NULL) { /* it wins, as for every source */
        return fetch_file(settings, context, error);
    }
    g_autoptr(SpFetched) fetched = fetch_calls(settings, context, error);
    if (fetched == NULL) {
        return NULL;
    }
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    SpDiscard nowhere = sp_discard();
    gboolean is_csv = g_str_has_prefix(fetched->suffix, "csv"); /* its form is the layout's */
    return is_csv || sp_kuhr_parse(bytes, size, fetched->url, NULL, &nowhere.sink, error)
               ? g_steal_pointer(&fetched)
               : NULL;
}

static gboolean parse(const SpDocument *document, SpSink *sink, char **updated, GError **error)
{
    *updated = NULL; /* the service does not tell; setting `updated` does */
    return sp_kuhr_parse(document->bytes, document->size, document->origin, document->layout, sink,
                         error);
}

const SpExtractor sp_extractor_kuhr = {
    .name = "kuhr",
    .summary = "open KUHR data (Helfo): tariffs by kommune, fylke or country in JSON, XML or CSV",
    .config_keys = config_keys,
    .host = DEFAULT_HOST,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .fetch = fetch,
    .parse = parse,
};
