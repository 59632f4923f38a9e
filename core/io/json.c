/* JSON documents by jansson. */
#include "core/io/json.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char byte_order_mark[] = "\xef\xbb\xbf";

/* Above it not every whole number has a double of its own (core/number). */
static const double whole_limit = 9007199254740992.0;

static gboolean starts_with(const char *bytes, gsize size, const char *start)
{
    gsize n = strlen(start);
    return size >= n && g_ascii_strncasecmp(bytes, start, n) == 0;
}

/* What a source sends instead of JSON when it is ill, closed for the night or asked for another
 * format. */
static const char *guess(const char *bytes, gsize size)
{
    while (size > 0 && g_ascii_isspace(*bytes)) {
        bytes++;
        size--;
    }
    if (size == 0) {
        return "it is empty; fetch it again";
    }
    if (starts_with(bytes, size, "<!doctype html") || starts_with(bytes, size, "<html")) {
        return "it looks like an HTML page, not JSON; open the URL in a browser: it is most "
               "likely a notice of the source";
    }
    if (*bytes == '<') {
        return "it looks like XML, not JSON; ask the source for JSON";
    }
    if (starts_with(bytes, size, "CHARSET=") || starts_with(bytes, size, "AXIS-VERSION=") ||
        starts_with(bytes, size, "CODEPAGE=") || starts_with(bytes, size, "MATRIX=")) {
        return "it looks like a PX file, not JSON; ask the source for json-stat2";
    }
    return "it is damaged or cut short; fetch it again";
}

json_t *sp_json_parse(const char *bytes, gsize size, const char *origin, GError **error)
{
    if (starts_with(bytes, size, byte_order_mark)) {
        bytes += strlen(byte_order_mark);
        size -= strlen(byte_order_mark);
    }
    json_error_t failure;
    json_t *json = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &failure);
    if (json == NULL) {
        sp_error_set(error, SP_ERROR_DATA, "%s: line %d, column %d: %s; %s", origin, failure.line,
                     failure.column, failure.text,
                     json_error_code(&failure) == json_error_duplicate_key
                         ? "the source must name a key once"
                         : guess(bytes, size));
    }
    return json;
}

json_t *sp_json_read(const char *path, gsize max_size, GError **error)
{
    gsize size = 0;
    g_autofree char *bytes = sp_file_read(path, max_size, &size, error);
    return bytes != NULL ? sp_json_parse(bytes, size, path, error) : NULL;
}

/* A number as it is to be written: jansson prints 9 digits of a real, which are all that are left
 * of it here. */
static json_t *canonical_real(double value)
{
    double rounded = sp_number_round(value);
    if (fabs(rounded) < whole_limit && rounded == floor(rounded)) {
        return json_integer((json_int_t)rounded);
    }
    return json_real(rounded);
}

/* A tree that shares all but the reals, and what holds them, with `json`. */
static json_t *canonical(const json_t *json)
{
    if (json_is_real(json)) {
        return canonical_real(json_real_value(json));
    }
    if (json_is_array(json)) {
        json_t *array = json_array();
        for (gsize i = 0; i < json_array_size(json); i++) {
            json_array_append_new(array, canonical(json_array_get(json, i)));
        }
        return array;
    }
    if (json_is_object(json)) {
        json_t *object = json_object();
        const char *key = NULL;
        json_t *value = NULL;
        /* jansson's iteration asks for a json_t that is not const and leaves it unchanged. */
        json_object_foreach((json_t *)json, key, value)
        {
            json_object_set_new_nocheck(object, key, canonical(value));
        }
        return object;
    }
    return json_incref((json_t *)json);
}

static char *dump(const json_t *json, size_t flags, const char *ending)
{
    g_autoptr(json_t) written = canonical(json);
    char *text = json_dumps(written, flags | JSON_REAL_PRECISION(9) | JSON_ENCODE_ANY);
    /* It fails only without memory: jansson takes in valid UTF-8 and finite numbers alone. */
    g_assert(text != NULL);
    char *line = g_strconcat(text, ending, NULL);
    free(text);
    return line;
}

char *sp_json_format(const json_t *json)
{
    return dump(json, JSON_INDENT(2), "\n");
}

char *sp_json_format_compact(const json_t *json)
{
    return dump(json, JSON_COMPACT, "");
}
