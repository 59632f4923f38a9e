/* SSB's KLASS: the codes of a classification and their changes, from its API v1 or a file with its
 * answer (JSON). */
#include "extractors/extractor.h"

#include "core/error.h"
#include "core/io/json.h"
#include "core/period.h"

#include <string.h>

/* Without this KLASS answers in XML. */
#define ACCEPT "application/json"

/* KLASS 131 has some 2 200 changes in two centuries; far above that is not an answer of KLASS. */
enum { MAX_ITEMS = 200000, MAX_COLUMNS = 9 };

static const char *const config_keys[] = {SP_FETCH_KEYS, "host", "classification", "call", "date",
                                          "from",        "to"};

/** One kind of list in an answer: the member that holds it, our columns, and how many of them must
 * have a text. */
typedef struct {
    const char *member;
    const char *const *columns;
    gsize n_columns;
    gboolean needs_first; /* the first column is the code of the item */
} List;

/* `codesAt` leaves the range columns out and `codes` has them: they are always there here, so that
 * one layout serves both. */
static const char *const code_columns[] = {"code",
                                           "parentCode",
                                           "level",
                                           "name",
                                           "shortName",
                                           "validFrom",
                                           "validTo",
                                           "validFromInRequestedRange",
                                           "validToInRequestedRange"};
/* oldCode null: a code was born; newCode null: it ended. */
static const char *const change_columns[] = {"oldCode", "oldName", "newCode", "newName",
                                             "changeOccurred"};

static const List lists[] = {
    {"codes", code_columns, G_N_ELEMENTS(code_columns), TRUE},
    {"codeChanges", change_columns, G_N_ELEMENTS(change_columns), FALSE},
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

/* "classifications/131/changes?from=2013-01-01&to=2024-02-01" below the host. g_free. */
static char *make_url(const SpSettings *settings, const char *classification, GError **error)
{
    const char *host = NULL;
    const char *call = sp_settings_text(settings, "call", error);
    if (call == NULL ||
        !sp_settings_text_or(settings, "host", "https://data.ssb.no/api/klass/v1/", &host, error)) {
        return NULL;
    }
    for (const char *c = classification; *c != '\0' || c == classification; c++) {
        if (!g_ascii_isdigit(*c)) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         "classification = %s: not a number of KLASS; write e.g. 131",
                         classification);
            return NULL;
        }
    }
    const char *slash = g_str_has_suffix(host, "/") ? "" : "/";
    if (strcmp(call, "codesAt") == 0) {
        const char *date = NULL;
        return read_date(settings, "date", TRUE, &date, error)
                   ? g_strdup_printf("%s%sclassifications/%s/codesAt?date=%s", host, slash,
                                     classification, date)
                   : NULL;
    }
    if (strcmp(call, "codes") != 0 && strcmp(call, "changes") != 0) {
        sp_error_set(error, SP_ERROR_CONFIG, "call = %s: want codesAt, codes or changes", call);
        return NULL;
    }
    const char *from = NULL;
    const char *to = NULL;
    if (!read_date(settings, "from", TRUE, &from, error) ||
        !read_date(settings, "to", FALSE, &to, error)) {
        return NULL;
    }
    return g_strdup_printf("%s%sclassifications/%s/%s?from=%s%s%s", host, slash, classification,
                           call, from, to != NULL ? "&to=" : "", to != NULL ? to : "");
}

static SpFetched *fetch(const SpSettings *settings, const SpFetchContext *context, GError **error)
{
    const char *url = NULL;
    const char *classification = NULL;
    if (!sp_settings_text_or(settings, "url", NULL, &url, error) ||
        !sp_settings_text_or(settings, "classification", NULL, &classification, error)) {
        return NULL;
    }
    if (url == NULL && classification == NULL) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "neither url nor classification is set; set url to a file or address, or "
                     "classification and call");
        return NULL;
    }
    /* A url wins: it is how a workspace puts a file in the place of the call that the defaults
     * name. */
    g_autofree char *made = url == NULL ? make_url(settings, classification, error) : NULL;
    g_autoptr(SpFetched) fetched = url != NULL ? sp_fetch_url(settings, context, ACCEPT, error)
                                   : made != NULL
                                       ? sp_fetch_query(settings, made, NULL, ACCEPT, error)
                                       : NULL;
    if (fetched == NULL ||
        !sp_fetch_check_json(fetched, "KLASS answers in JSON only when asked for application/json",
                             error)) {
        return NULL;
    }
    return g_steal_pointer(&fetched);
}

static gboolean emit_item(const List *list, const json_t *item, gsize number, SpSink *sink,
                          const char *origin, GError **error)
{
    SpField fields[MAX_COLUMNS] = {{NULL, 0}};
    if (!json_is_object(item)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: item %" G_GSIZE_FORMAT " of %s is not an object; fetch it again",
                            origin, number, list->member);
    }
    for (gsize i = 0; i < list->n_columns; i++) {
        const json_t *value = json_object_get(item, list->columns[i]);
        if (value != NULL && !json_is_null(value) && !json_is_string(value)) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: item %" G_GSIZE_FORMAT
                                " of %s: %s is not a text; codes must be texts (0301)",
                                origin, number, list->member, list->columns[i]);
        }
        const char *text = json_string_value(value);
        fields[i] = (SpField){text != NULL ? text : "", json_string_length(value)};
    }
    if (list->needs_first && fields[0].size == 0) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: item %" G_GSIZE_FORMAT " of %s has no %s; fetch it again", origin,
                            number, list->member, list->columns[0]);
    }
    return sink->row(sink, number, fields, list->n_columns, error);
}

/* A change without both codes, or without its day, would be read as something else than what
 * happened. */
static gboolean check_change(const json_t *item, gsize number, const char *origin, GError **error)
{
    const char *day_text = json_string_value(json_object_get(item, "changeOccurred"));
    gboolean has_code = json_string_length(json_object_get(item, "oldCode")) > 0 ||
                        json_string_length(json_object_get(item, "newCode")) > 0;
    SpDay day = 0;
    if (!has_code || day_text == NULL || !sp_day_parse(day_text, &day)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: item %" G_GSIZE_FORMAT " of codeChanges has %s; fetch it again",
                            origin, number,
                            has_code ? "no day in changeOccurred" : "neither oldCode nor newCode");
    }
    return TRUE;
}

static gboolean parse_list(const List *list, const json_t *items, SpSink *sink, const char *origin,
                           GError **error)
{
    gsize n = json_array_size(items);
    /* No code at all is a day outside the classification; no change at all is a quiet year. */
    if (!json_is_array(items) || n > MAX_ITEMS || (list->needs_first && n == 0)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: %s holds %" G_GSIZE_FORMAT
                            " items, want 1 to %d; check classification and date",
                            origin, list->member, n, MAX_ITEMS);
    }
    if (!sink->begin(sink, list->columns, list->n_columns, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < n; i++) {
        const json_t *item = json_array_get(items, i);
        if ((!list->needs_first && json_is_object(item) &&
             !check_change(item, i + 1, origin, error)) ||
            !emit_item(list, item, i + 1, sink, origin, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean parse(const char *bytes, gsize size, const char *origin, const SpLayout *layout,
                      const SpSettings *settings, SpSink *sink, char **updated, GError **error)
{
    (void)layout;
    (void)settings;
    *updated = NULL; /* KLASS does not tell; setting `updated` does */
    const char *kind = sp_fetch_describe(bytes, size);
    if (kind != NULL) {
        return sp_error_set(error, SP_ERROR_DATA, "%s: %s, want JSON; fetch with Accept: %s",
                            origin, kind, ACCEPT);
    }
    g_autoptr(json_t) root = sp_json_parse(bytes, size, origin, error);
    if (root == NULL) {
        return FALSE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        const json_t *items = json_object_get(root, lists[i].member);
        if (items != NULL) {
            return parse_list(&lists[i], items, sink, origin, error);
        }
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: neither \"codes\" nor \"codeChanges\"; want KLASS's answer to "
                        "codesAt, codes or changes",
                        origin);
}

const SpExtractor sp_extractor_klass = {
    .name = "klass",
    .summary = "codes of SSB's classifications and their changes, KLASS API v1 in JSON",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .fetch = fetch,
    .parse = parse,
};
