/* SSB's KLASS: the codes of a classification, their changes and their correspondences, from its API
 * v1 or a file with its answer. */
#include "extractors/discard.h"
#include "extractors/extractor.h"
#include "extractors/klass/lists.h"

#include "core/error.h"
#include "core/period.h"

#include <string.h>

#define DEFAULT_HOST "https://data.ssb.no/api/klass/v1/"

static const char *const config_keys[] = {
    SP_FETCH_KEYS, "host", "classification", "call",  "date",
    "from",        "to",   "target",         "table", "format"};

/* What is asked for, always by Accept: without it KLASS answers in XML, and the suffixes .json and
 * .csv are to go. CSV would come in ISO-8859-1, which has not the letters of Sami names. */
static const struct {
    const char *name;
    const char *accept;
} formats[] = {
    {"json", "application/json"}, {"xml", "text/xml"}, {"csv", "text/csv;charset=UTF-8"}};

typedef struct {
    const char *name;
    gboolean is_day;     /* of one date; else of a range */
    gboolean has_target; /* from one classification to another */
} Call;

static const Call calls[] = {
    {"codesAt", TRUE, FALSE},      {"codes", FALSE, FALSE},      {"changes", FALSE, FALSE},
    {"correspondsAt", TRUE, TRUE}, {"corresponds", FALSE, TRUE},
};

/* A date setting, *text NULL if it is not set and not needed. */
static gboolean read_date(const SpSettings *settings, const char *key, gboolean is_needed,
                          const char **text, GError **error)
{
    if (is_needed) {
        *text = sp_settings_text(settings, key, error);
        if (*text == NULL) {
            return FALSE;
        }
    } else if (!sp_settings_text_or(settings, key, NULL, text, error)) {
        return FALSE;
    }
    SpDay day = 0;
    if (*text != NULL && !sp_day_parse(*text, &day)) {
        return sp_error_set(error, SP_ERROR_CONFIG, "%s = %s: not a day; write e.g. 2024-01-01",
                            key, *text);
    }
    return TRUE;
}

/* A number of KLASS. NULL with error. */
static const char *read_number(const SpSettings *settings, const char *key, GError **error)
{
    const char *text = sp_settings_text(settings, key, error);
    if (text == NULL) {
        return NULL;
    }
    if (*text == '\0' || strspn(text, "0123456789") != strlen(text)) {
        sp_error_set(error, SP_ERROR_CONFIG, "%s = %s: not a number of KLASS; write e.g. 131", key,
                     text);
        return NULL;
    }
    return text;
}

/* "?date=2024-01-01", "?from=2013-01-01&to=2024-02-01", with the target after it. g_free. */
static char *make_arguments(const SpSettings *settings, const Call *call, GError **error)
{
    const char *first = NULL;
    const char *to = NULL;
    const char *target = NULL;
    if (!read_date(settings, call->is_day ? "date" : "from", TRUE, &first, error) ||
        (!call->is_day && !read_date(settings, "to", FALSE, &to, error))) {
        return NULL;
    }
    if (call->has_target) {
        target = read_number(settings, "target", error);
        if (target == NULL) {
            return NULL;
        }
    }
    return g_strdup_printf("?%s=%s%s%s%s%s", call->is_day ? "date" : "from", first,
                           to != NULL ? "&to=" : "", to != NULL ? to : "",
                           target != NULL ? "&targetClassificationId=" : "",
                           target != NULL ? target : "");
}

/* "classifications/131/changes?from=2013-01-01&to=2024-02-01" below the host. g_free. */
static char *make_url(const SpSettings *settings, GError **error)
{
    const char *host = NULL;
    const char *name = sp_settings_text(settings, "call", error);
    if (name == NULL || !sp_settings_text_or(settings, "host", DEFAULT_HOST, &host, error)) {
        return NULL;
    }
    const char *slash = g_str_has_suffix(host, "/") ? "" : "/";
    if (strcmp(name, "correspondencetables") == 0) {
        const char *table = read_number(settings, "table", error);
        return table != NULL ? g_strdup_printf("%s%s%s/%s", host, slash, name, table) : NULL;
    }
    const char *classification = read_number(settings, "classification", error);
    if (classification == NULL) {
        return NULL;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(calls); i++) {
        if (strcmp(calls[i].name, name) == 0) {
            g_autofree char *arguments = make_arguments(settings, &calls[i], error);
            return arguments != NULL ? g_strdup_printf("%s%sclassifications/%s/%s%s", host, slash,
                                                       classification, name, arguments)
                                     : NULL;
        }
    }
    sp_error_set(error, SP_ERROR_CONFIG,
                 "call = %s: want codesAt, codes, changes, correspondsAt, corresponds or "
                 "correspondencetables",
                 name);
    return NULL;
}

static const char *read_format(const SpSettings *settings, GError **error)
{
    const char *name = NULL;
    if (!sp_settings_text_or(settings, "format", formats[0].name, &name, error)) {
        return NULL;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
        if (strcmp(formats[i].name, name) == 0) {
            return formats[i].accept;
        }
    }
    sp_error_set(error, SP_ERROR_CONFIG, "format = %s: want json, xml or csv", name);
    return NULL;
}

static SpFetched *ask(const SpSettings *settings, const SpFetchContext *context, GError **error)
{
    const char *url = NULL;
    const char *classification = NULL;
    const char *table = NULL;
    const char *accept = read_format(settings, error);
    if (accept == NULL || !sp_settings_text_or(settings, "url", NULL, &url, error) ||
        !sp_settings_text_or(settings, "classification", NULL, &classification, error) ||
        !sp_settings_text_or(settings, "table", NULL, &table, error)) {
        return NULL;
    }
    /* A url wins: it is how a workspace puts a file in the place of the call that the defaults
     * name. */
    if (url != NULL) {
        return sp_fetch_url(settings, context, accept, error);
    }
    if (classification == NULL && table == NULL) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "neither url nor classification is set; set url to a file or address, or "
                     "classification and call");
        return NULL;
    }
    g_autofree char *made = make_url(settings, error);
    const SpQuestion question = {.url = made, .accept = accept};
    return made != NULL ? sp_fetch_ask(settings, context, &question, error) : NULL;
}

static SpFetched *fetch(const SpSettings *settings, const SpFetchContext *context, GError **error)
{
    g_autoptr(SpFetched) fetched = ask(settings, context, error);
    return fetched != NULL && sp_discard_answer(fetched, sp_klass_read, error)
               ? g_steal_pointer(&fetched)
               : NULL;
}

static gboolean parse(const SpDocument *document, SpSink *sink, char **updated, GError **error)
{
    *updated = NULL; /* KLASS does not tell; setting `updated` does */
    return sp_klass_read(document->bytes, document->size, document->origin, sink, error);
}

const SpExtractor sp_extractor_klass = {
    .name = "klass",
    .summary = "codes of SSB's classifications, their changes and correspondences, KLASS API v1",
    .config_keys = config_keys,
    .host = DEFAULT_HOST,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .fetch = fetch,
    .parse = parse,
};
