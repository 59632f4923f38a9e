/* Names of deliveries, by regular expression. */
#include "pipeline/inbox_pattern.h"

#include "core/codes.h"
#include "core/error.h"
#include "core/number.h"

#include <string.h>

/* Names with a year far from the others are a slip, not a row of missing years. */
enum { YEAR_SIZE = 4, MAX_YEARS = 10 };

/* Stars and places: each may be tried at every byte of a name again for each try of those before
 * it. */
enum { MAX_OPEN = 6 };

/* Bytes beyond ASCII count as letters: names are UTF-8, and a letter is all that they can be of it
 * in a name that people write. */
#define RUN "[0-9A-Za-z\\x80-\\xff]+"
#define YEAR "[0-9]{4}"

struct SpInboxPattern {
    char *text;
    GRegex *whole;
    GPtrArray *places; /* char* */
    gsize year;        /* among them; G_MAXSIZE if there is none */
};

static gboolean refuse(const char *text, const char *what, GError **error)
{
    return sp_error_set(error, SP_ERROR_CONFIG, "inbox = %s: %s", text, what);
}

/* "{del}" at *at: its group, and *at behind it. */
static gboolean add_place(SpInboxPattern *pattern, GString *regex, const char *text,
                          const char **at, GError **error)
{
    const char *end = strchr(*at, '}');
    g_autofree char *name = end == NULL ? NULL : g_strndup(*at + 1, (gsize)(end - *at - 1));
    if (name == NULL || name[0] == '\0' ||
        strspn(name, "abcdefghijklmnopqrstuvwxyz") != strlen(name)) {
        return refuse(text, "want a name of small letters in each pair of braces, as in {aar}",
                      error);
    }
    if (g_ptr_array_find_with_equal_func(pattern->places, name, g_str_equal, NULL)) {
        return refuse(text, "two places have one name; give each its own", error);
    }
    gboolean is_year = strcmp(name, SP_INBOX_YEAR) == 0;
    if (is_year) {
        pattern->year = pattern->places->len;
    }
    g_string_append(regex, is_year ? "(" YEAR ")" : "(" RUN ")");
    g_ptr_array_add(pattern->places, g_steal_pointer(&name));
    *at = end;
    return TRUE;
}

SpInboxPattern *sp_inbox_pattern_new(const char *text, GError **error)
{
    g_autoptr(SpInboxPattern) pattern = g_new0(SpInboxPattern, 1);
    g_autoptr(GString) regex = g_string_new("\\A");
    pattern->text = g_strdup(text);
    pattern->places = g_ptr_array_new_with_free_func(g_free);
    pattern->year = G_MAXSIZE;
    guint n_stars = 0;
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '{') {
            if (!add_place(pattern, regex, text, &at, error)) {
                return NULL;
            }
        } else if (*at == '*') {
            gboolean is_run = at > text && at[-1] == '*';
            n_stars += is_run ? 0 : 1;
            g_string_append(regex, is_run ? "" : ".*?");
        } else if (*at == '?') {
            g_string_append_c(regex, '.');
        } else {
            g_autofree char *literal = g_regex_escape_string(at, 1);
            g_string_append(regex, literal);
        }
    }
    if (n_stars + pattern->places->len > MAX_OPEN) {
        refuse(text, "more than six stars and places; write out more of the name", error);
        return NULL;
    }
    g_string_append(regex, "(?:\\.gz|\\.zst)?\\z");
    pattern->whole = g_regex_new(regex->str, G_REGEX_RAW | G_REGEX_DOTALL, 0, NULL);
    if (pattern->whole == NULL) {
        refuse(text, "too long", error);
        return NULL;
    }
    return g_steal_pointer(&pattern);
}

void sp_inbox_pattern_free(SpInboxPattern *pattern)
{
    if (pattern == NULL) {
        return;
    }
    g_clear_pointer(&pattern->whole, g_regex_unref);
    g_clear_pointer(&pattern->places, g_ptr_array_unref);
    g_free(pattern->text);
    g_free(pattern);
}

gboolean sp_inbox_pattern_has_places(const SpInboxPattern *pattern)
{
    return pattern->places->len > 0;
}

const char *sp_inbox_pattern_text(const SpInboxPattern *pattern)
{
    return pattern->text;
}

char *sp_inbox_pattern_part(const SpInboxPattern *pattern, const char *name)
{
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(pattern->whole, name, 0, &match)) {
        return NULL;
    }
    g_autoptr(GString) part = g_string_new(NULL);
    for (guint i = 0; i < pattern->places->len; i++) {
        g_autofree char *text = g_match_info_fetch(match, (gint)i + 1);
        g_string_append_printf(part, "%s%s", i > 0 ? "-" : "", text);
    }
    return g_string_free(g_steal_pointer(&part), FALSE);
}

gboolean sp_inbox_name_is_passing(const char *name)
{
    static const char *const ends[] = {".part",       ".partial", ".filepart",
                                       ".crdownload", ".tmp",     "~"};
    gboolean is_passing = name[0] == '.' || g_str_has_prefix(name, "~$");
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        is_passing = is_passing || g_str_has_suffix(name, ends[i]);
    }
    return is_passing;
}

/* The part with `year` in the place of its own. */
static char *part_of_year(const SpInboxPattern *pattern, const char *part, gint64 year)
{
    g_auto(GStrv) texts = g_strsplit(part, "-", -1);
    g_free(texts[pattern->year]);
    texts[pattern->year] = g_strdup_printf("%04" G_GINT64_FORMAT, year);
    return g_strjoinv("-", texts);
}

static gint64 year_of(const SpInboxPattern *pattern, const char *part)
{
    g_auto(GStrv) texts = g_strsplit(part, "-", -1);
    gint64 year = 0;
    gboolean is_year = sp_number_parse_int(texts[pattern->year], YEAR_SIZE, &year);
    g_assert(is_year);
    return year;
}

char **sp_inbox_pattern_missing(const SpInboxPattern *pattern, const char *const *parts)
{
    g_autoptr(GPtrArray) missing = g_ptr_array_new();
    gint64 last = 0;
    gboolean has_year = pattern->year < pattern->places->len;
    for (const char *const *part = parts; has_year && *part != NULL; part++) {
        last = MAX(last, year_of(pattern, *part));
    }
    for (const char *const *part = parts; has_year && *part != NULL; part++) {
        gint64 first = year_of(pattern, *part) + 1;
        for (gint64 year = first; year <= MIN(last, first + MAX_YEARS); year++) {
            g_autofree char *next = part_of_year(pattern, *part, year);
            if (g_strv_contains(parts, next)) {
                break; /* what comes after it is found from there */
            }
            if (!g_ptr_array_find_with_equal_func(missing, next, g_str_equal, NULL)) {
                g_ptr_array_add(missing, g_steal_pointer(&next));
            }
        }
    }
    g_ptr_array_sort(missing, sp_codes_compare);
    g_ptr_array_add(missing, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&missing), FALSE);
}
