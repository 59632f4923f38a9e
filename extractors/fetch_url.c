/* Fetch shared by the sources: one question, one answer, and every answer that is not one told with
 * what its body says. */
#include "extractors/extractor.h"

#include "core/error.h"
#include "core/hash.h"
#include "core/io/files.h"
#include "core/io/http.h"
#include "core/io/json.h"
#include "core/period.h"

#include <string.h>

/* Error bodies are short; of a long one (an HTML page) the beginning is enough to know it by. */
enum { MAX_BODY_TOLD = 160, MAX_ERROR_BODY_PARSED = 65536, MAX_SUFFIX = 8 };
/* Headers longer than this are no tags or times, and a snapshot's description has no room for
 * them. */
enum { SECONDS_A_DAY = 86400, MAX_TIME = 40, MAX_HEADER_KEPT = 512 };

/* The URL of a setting: as it is when it has a scheme, else a path made absolute. g_free. */
static char *full_url(const char *url, const SpFetchContext *context, GError **error)
{
    if (*url == '\0') {
        sp_error_set(error, SP_ERROR_CONFIG, "url is empty; give an address or a file");
        return NULL;
    }
    g_autofree char *scheme = g_uri_parse_scheme(url);
    if (scheme != NULL) {
        if (strcmp(scheme, "https") != 0 && strcmp(scheme, "http") != 0 &&
            strcmp(scheme, "file") != 0) {
            sp_error_set(
                error, SP_ERROR_CONFIG,
                "url \"%s\": scheme \"%s\" is not fetched; use https, http, file or a path", url,
                scheme);
            return NULL;
        }
        return g_strdup(url);
    }
    g_autofree char *path = g_canonicalize_filename(url, context->base_folder);
    g_autoptr(GError) why = NULL;
    char *made = g_filename_to_uri(path, NULL, &why);
    if (made == NULL) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "url \"%s\": %s; give an absolute base folder or a URL", url, why->message);
    }
    return made;
}

gboolean sp_fetch_is_time(const char *text)
{
    SpDay day = 0;
    if (strlen(text) > MAX_TIME) {
        return FALSE;
    }
    g_autofree char *date = g_strndup(text, 10);
    if (!sp_day_parse(date, &day)) {
        return FALSE;
    }
    const char *rest = text + strlen(date);
    if (*rest == '\0') {
        return TRUE;
    }
    g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
    g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, utc);
    return *rest == 'T' && time != NULL;
}

const char *sp_fetch_describe(const char *bytes, gsize size)
{
    if (size == 0) { /* no bytes are not even an address */
        return NULL;
    }
    gsize start = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (start < size && g_ascii_isspace(bytes[start])) {
        start++;
    }
    g_autofree char *head = g_ascii_strdown(bytes + start, (gssize)MIN(size - start, 512));
    if (g_str_has_prefix(head, "<!doctype html") || strstr(head, "<html") != NULL) {
        return "an HTML page";
    }
    if (head[0] == '<') {
        return "an XML document";
    }
    if (g_str_has_prefix(head, "charset=") || g_str_has_prefix(head, "axis-version=")) {
        return "a PX file";
    }
    if (g_str_has_prefix(head, "pk\x03\x04")) {
        return "a zip archive or workbook";
    }
    return NULL;
}

/* Words of a source fit for one line of our own: quoted, without control characters, not too long.
 * g_free. */
static char *quote(const char *text, gsize size)
{
    gboolean is_cut = size > MAX_BODY_TOLD;
    g_autofree char *clean = g_utf8_make_valid(text, (gssize)MIN(size, MAX_BODY_TOLD));
    for (char *c = clean; *c != '\0'; c++) {
        *c = g_ascii_iscntrl(*c) ? ' ' : *c;
    }
    return g_strdup_printf("\"%s%s\"", g_strstrip(clean), is_cut ? "..." : "");
}

/* What an error body says: PxWeb v2 "title" (and "detail"), PxWeb v1 "error", KLASS "message"; else
 * its beginning. g_free. */
static char *body_says(GBytes *body)
{
    gsize size = 0;
    const char *bytes = g_bytes_get_data(body, &size);
    if (size == 0) {
        return g_strdup("an empty body");
    }
    g_autoptr(json_t) json =
        size <= MAX_ERROR_BODY_PARSED ? sp_json_parse(bytes, size, "", NULL) : NULL;
    const char *title = json_string_value(json_object_get(json, "title"));
    const char *detail = json_string_value(json_object_get(json, "detail"));
    if (title != NULL && detail != NULL && strcmp(title, detail) != 0) {
        g_autofree char *both = g_strdup_printf("%s: %s", title, detail);
        return quote(both, strlen(both));
    }
    const char *const keys[] = {"title", "error", "message", "detail"};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        const char *text = json_string_value(json_object_get(json, keys[i]));
        if (text != NULL) {
            return quote(text, strlen(text));
        }
    }
    const char *kind = sp_fetch_describe(bytes, size);
    return kind != NULL ? g_strdup(kind) : quote(bytes, size);
}

static void set_status_error(const SpHttpResponse *response, GError **error)
{
    g_autofree char *said = body_says(response->body);
    g_autofree char *lower = g_utf8_strdown(said, -1);
    SpErrorCode code = SP_ERROR_DATA;
    const char *remedy = "read what the source answered and correct the dataset's settings";
    if (strstr(lower, "too many cells") != NULL || strstr(lower, "too many values") != NULL) {
        /* v1 tells it with 403, v2 with 400: the words are what both share. */
        remedy = "the query is over the source's limit for one answer; ask for fewer codes or "
                 "years, or split it into two datasets";
    } else if (response->status == 404 || response->status == 410) {
        code = SP_ERROR_NO_INPUT;
        remedy = "check table and address (SSB also answers 404 when a URL is too long)";
    } else if (response->status == 408 || response->status >= 500) {
        /* SSB answers 500 without a body to a code given twice in one variable, and that does not
         * pass by itself. */
        code = SP_ERROR_UNAVAILABLE;
        remedy =
            "try again later; if it stays, the query itself may be what the source cannot answer";
    } else if (response->status == 401 || response->status == 403) {
        remedy = "the source wants a key or refuses this machine";
    } else if (response->status == 400) {
        remedy = "check variables and codes of the query against the table's metadata";
    }
    sp_error_set(error, code, "%s: status %d, %s; %s", response->url, response->status, said,
                 remedy);
}

/* "json", "csv", "xml" ... by content type, else by the address; "bin" when neither tells. g_free.
 */
static char *suffix_of(const SpHttpResponse *response)
{
    static const struct {
        const char *part;
        const char *suffix;
    } types[] = {{"json", "json"}, {"csv", "csv"}, {"spreadsheetml", "xlsx"},
                 {"html", "html"}, {"xml", "xml"}, {"zip", "zip"}};
    const char *type = g_hash_table_lookup(response->headers, "content-type");
    for (gsize i = 0; type != NULL && i < G_N_ELEMENTS(types); i++) {
        g_autofree char *lower = g_ascii_strdown(type, -1);
        if (strstr(lower, types[i].part) != NULL) {
            return g_strdup(types[i].suffix);
        }
    }
    g_autofree char *path = g_strndup(response->url, strcspn(response->url, "?#"));
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash != NULL ? slash : path, '.');
    gsize size = dot != NULL ? strlen(dot + 1) : 0;
    gboolean is_plain = size > 0 && size <= MAX_SUFFIX;
    for (gsize i = 0; is_plain && i < size; i++) {
        is_plain = g_ascii_isalnum(dot[1 + i]);
    }
    return is_plain ? g_ascii_strdown(dot + 1, -1) : g_strdup("bin");
}

/* The setting `updated`, NULL when it is not there, and the limit of time. */
static gboolean read_settings(const SpSettings *settings, const char **updated, gint64 *timeout_s,
                              GError **error)
{
    const char *timeout = NULL;
    if (!sp_settings_text_or(settings, "updated", NULL, updated, error) ||
        !sp_settings_text_or(settings, "timeout_s", NULL, &timeout, error)) {
        return FALSE;
    }
    if (*updated != NULL && !sp_fetch_is_time(*updated)) {
        return sp_error_set(
            error, SP_ERROR_CONFIG,
            "updated = %s: not a date or UTC time; write 2026-02-25 or 2026-02-25T07:00:00Z",
            *updated);
    }
    return timeout == NULL || sp_settings_int(settings, "timeout_s", 1, 3600, timeout_s, error);
}

/* What was asked, as one hash. g_free. */
static char *question_of(const SpHttpRequest *request)
{
    char *hex = g_malloc(SP_HASH_SIZE);
    g_autoptr(SpHash) hash = sp_hash_new();
    sp_hash_add_text(hash, request->url);
    sp_hash_add_text(hash, request->body);
    sp_hash_add_text(hash, request->accept);
    sp_hash_finish(hash, hex);
    return hex;
}

SpFetched *sp_fetch_newest(const SpFetchContext *context, GError **error)
{
    const SpFetchNewest *newest = context->newest;
    GBytes *bytes = sp_file_map(newest->path, error);
    if (bytes == NULL) {
        return NULL;
    }
    const char *dot = strrchr(newest->path, '.');
    SpFetched *fetched = g_new0(SpFetched, 1);
    fetched->bytes = bytes;
    fetched->is_newest = TRUE;
    fetched->url = g_strdup(newest->url);
    fetched->updated = g_strdup(newest->updated);
    fetched->suffix = g_strdup(dot != NULL ? dot + 1 : "bin");
    fetched->question = g_strdup(newest->question);
    fetched->etag = g_strdup(newest->etag);
    fetched->modified = g_strdup(newest->modified);
    fetched->title = g_strdup(newest->title);
    return fetched;
}

/* If the newest snapshot is the answer to the same question, under the same `updated`, the source
 * is asked only for what is newer. */
static gboolean add_conditions(SpHttpRequest *request, const SpFetchContext *context,
                               const char *question, const char *updated)
{
    const SpFetchNewest *newest = context != NULL ? context->newest : NULL;
    if (newest == NULL || request->body != NULL || g_strcmp0(newest->question, question) != 0 ||
        (updated != NULL && g_strcmp0(newest->updated, updated) != 0)) {
        return FALSE;
    }
    request->if_none_match = newest->etag;
    request->if_modified_since = newest->modified;
    return newest->etag != NULL || newest->modified != NULL;
}

/* A header that the next fetch compares with; NULL when there is none or it is too long. */
static const char *short_header(const SpHttpResponse *response, const char *name)
{
    const char *value = g_hash_table_lookup(response->headers, name);
    return value != NULL && strlen(value) <= MAX_HEADER_KEPT ? value : NULL;
}

char *sp_fetched_believe(SpFetched *fetched, const char *told, gint64 now)
{
    g_autoptr(GDateTime) tomorrow =
        now != 0 ? g_date_time_new_from_unix_utc(now + SECONDS_A_DAY) : NULL;
    g_autofree char *last =
        tomorrow != NULL ? g_date_time_format(tomorrow, "%Y-%m-%dT%H:%M:%SZ") : NULL;
    if (told == NULL || last == NULL || strcmp(told, last) <= 0) {
        return g_strdup(told);
    }
    sp_fetched_note(fetched,
                    "%s says that it was changed %s, which is still to come; the day of receipt "
                    "counts in its place",
                    fetched->url, told);
    return NULL;
}

static SpFetched *fetched_new(const SpHttpResponse *response, const char *question,
                              const char *updated, gint64 now)
{
    SpFetched *fetched = g_new0(SpFetched, 1);
    const char *modified = short_header(response, "last-modified");
    fetched->bytes = g_bytes_ref(response->body);
    fetched->url = g_strdup(response->url);
    g_autofree char *told = modified != NULL ? sp_http_time(modified) : NULL;
    fetched->updated = updated != NULL ? g_strdup(updated) : sp_fetched_believe(fetched, told, now);
    fetched->suffix = suffix_of(response);
    fetched->question = g_strdup(question);
    fetched->etag = g_strdup(short_header(response, "etag"));
    fetched->modified = g_strdup(modified);
    return fetched;
}

SpFetched *sp_fetch_ask(const SpSettings *settings, const SpFetchContext *context,
                        const SpQuestion *question, GError **error)
{
    const char *updated = NULL;
    gint64 timeout_s = 0;
    if (!read_settings(settings, &updated, &timeout_s, error)) {
        return NULL;
    }
    SpHttpRequest request = {
        .url = question->url,
        .body = question->body,
        .content_type = question->body != NULL ? "application/json" : NULL,
        .accept = question->accept,
        .authorization = question->authorization,
        .timeout_s = timeout_s,
        .tries.pace = context != NULL ? context->pace : NULL,
    };
    g_autofree char *asked = question_of(&request);
    gboolean is_conditional = add_conditions(&request, context, asked, updated);
    g_autoptr(SpHttpResponse) response = sp_http_fetch(&request, error);
    if (response == NULL) {
        return NULL;
    }
    if (is_conditional && response->status == 304) {
        return sp_fetch_newest(context, error);
    }
    gboolean is_nothing = question->takes_nothing && response->status == 204;
    if (response->status != 200 && !is_nothing) {
        set_status_error(response, error);
        return NULL;
    }
    if (g_bytes_get_size(response->body) == 0 && !is_nothing) {
        sp_error_set(
            error, SP_ERROR_DATA,
            "%s: status 200 and nothing in it; look at the source, the last snapshot stands in",
            question->url);
        return NULL;
    }
    return fetched_new(response, asked, updated, context != NULL ? context->now : 0);
}

void sp_fetched_join(SpFetched *fetched, GByteArray *bytes, const char *suffix)
{
    g_bytes_unref(fetched->bytes);
    fetched->bytes = g_byte_array_free_to_bytes(bytes);
    g_free(fetched->suffix);
    fetched->suffix = g_strdup(suffix);
    g_clear_pointer(&fetched->question, g_free);
    g_clear_pointer(&fetched->etag, g_free);
    g_clear_pointer(&fetched->modified, g_free);
    g_clear_pointer(&fetched->title, g_free);
    fetched->is_newest = FALSE;
}

gboolean sp_fetch_choose(const SpSettings *settings, const char **url, const char **table,
                         GError **error)
{
    return sp_settings_text_or(settings, "url", NULL, url, error) &&
           sp_settings_text_or(settings, "table", NULL, table, error) &&
           (*url != NULL || *table != NULL ||
            sp_error_set(error, SP_ERROR_CONFIG,
                         "neither url nor table is set; set url to a file or address, or table and "
                         "query"));
}

SpFetched *sp_fetch_url(const SpSettings *settings, const SpFetchContext *context,
                        const char *accept, GError **error)
{
    const char *setting = sp_settings_text(settings, "url", error);
    if (setting == NULL) {
        return NULL;
    }
    g_autofree char *url = full_url(setting, context, error);
    const SpQuestion question = {.url = url, .accept = accept};
    return url != NULL ? sp_fetch_ask(settings, context, &question, error) : NULL;
}

gboolean sp_fetch_check_json(const SpFetched *fetched, const char *remedy, GError **error)
{
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    gsize start = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (start < size && g_ascii_isspace(bytes[start])) {
        start++;
    }
    if (start < size && (bytes[start] == '{' || bytes[start] == '[')) {
        return TRUE;
    }
    const char *kind = sp_fetch_describe(bytes, size);
    return sp_error_set(error, SP_ERROR_DATA, "%s: status 200, but %s and not JSON; %s",
                        fetched->url, kind != NULL ? kind : "something else", remedy);
}
