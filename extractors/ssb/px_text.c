/* PX: characters and keywords (PX file format 2013, Statistics Sweden). */
#include "extractors/ssb/px_text.h"

#include "core/error.h"

#include <string.h>

typedef struct {
    const char *at;
    guint line;
    const char *origin;
} Reader;

void sp_px_keyword_free(gpointer data)
{
    SpPxKeyword *keyword = data;
    g_free(keyword->name);
    g_free(keyword->language);
    g_free(keyword->subject);
    g_ptr_array_unref(keyword->values);
    g_free(keyword);
}

/* The quoted text that follows NAME= among the first bytes. g_free, NULL if it is not there. */
static char *find_quoted(const char *head, const char *name)
{
    const char *found = strstr(head, name);
    const char *quote = found != NULL ? strchr(found, '"') : NULL;
    const char *end = quote != NULL ? strchr(quote + 1, '"') : NULL;
    return end != NULL ? g_strndup(quote + 1, (gsize)(end - quote) - 1) : NULL;
}

/* What the file says of its encoding, as iconv names it. g_free. */
static char *encoding_of(const char *bytes, gsize size)
{
    static const gsize looked_at = 4096;
    g_autofree char *head = g_strndup(bytes, MIN(size, looked_at));
    g_autofree char *page = find_quoted(head, "CODEPAGE=");
    g_autofree char *charset = find_quoted(head, "CHARSET=");
    if (page != NULL) {
        return g_steal_pointer(&page);
    }
    return g_strdup(g_strcmp0(charset, "ANSI") == 0 ? "ISO-8859-1" : "CP850");
}

static gboolean is_ascii(const char *bytes, gsize size)
{
    for (gsize i = 0; i < size; i++) {
        if ((guchar)bytes[i] >= 0x80) {
            return FALSE;
        }
    }
    return TRUE;
}

char *sp_px_decode(const char *bytes, gsize size, const char *origin, gsize *text_size,
                   GError **error)
{
    static const char *const known[] = {"iso-8859-1", "iso-8859-15", "windows-1252",
                                        "utf-8",      "cp850",       NULL};
    if (memchr(bytes, '\0', size) != NULL) {
        sp_error_set(error, SP_ERROR_DATA, "%s: a NUL byte; the file is damaged: fetch it again",
                     origin);
        return NULL;
    }
    gboolean has_mark = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
    bytes += has_mark ? 3 : 0;
    size -= has_mark ? 3 : 0;
    g_autofree char *said = has_mark ? g_strdup("utf-8") : encoding_of(bytes, size);
    g_autofree char *encoding = g_ascii_strdown(said, -1);
    if (!g_strv_contains(known, encoding)) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: code page \"%.40s\" is not read; ask for the table as json-stat2", origin,
                     encoding);
        return NULL;
    }
    if (is_ascii(bytes, size)) {
        *text_size = size;
        return g_strndup(bytes, size);
    }
    char *text = g_convert(bytes, (gssize)size, "UTF-8", encoding, NULL, text_size, NULL);
    if (text == NULL) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: the bytes are not %s as the file says; fetch it again", origin, encoding);
    }
    return text;
}

static gboolean refuse(const Reader *reader, const char *what, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA, "%s: line %u: %s; it is damaged or no PX file",
                        reader->origin, reader->line, what);
}

static void skip_blanks(Reader *reader)
{
    while (*reader->at != '\0' && g_ascii_isspace(*reader->at)) {
        reader->line += *reader->at == '\n';
        reader->at++;
    }
}

/* A text in quotes, with those that follow it and only blanks between: long texts are broken so.
 * NULL when it does not end. g_free. */
static char *read_text(Reader *reader, GError **error)
{
    GString *text = g_string_new(NULL);
    do {
        const char *end = strchr(reader->at + 1, '"');
        if (end == NULL) {
            g_string_free(text, TRUE);
            refuse(reader, "a quote that does not end", error);
            return NULL;
        }
        for (const char *c = reader->at + 1; c < end; c++) {
            reader->line += *c == '\n';
            if (*c != '\n' && *c != '\r') {
                g_string_append_c(text, *c);
            }
        }
        reader->at = end + 1;
        skip_blanks(reader);
    } while (*reader->at == '"');
    return g_string_free(text, FALSE);
}

/* "[no]", if it is there. */
static gboolean read_language(Reader *reader, SpPxKeyword *keyword, GError **error)
{
    if (*reader->at != '[') {
        return TRUE;
    }
    gsize size = strcspn(reader->at, "]\n");
    if (reader->at[size] != ']') {
        return refuse(reader, "a bracket that does not end", error);
    }
    keyword->language = g_strndup(reader->at + 1, size - 1);
    reader->at += size + 1;
    return TRUE;
}

/* '("region","Halden")', if it is there; only the first text is kept. */
static gboolean read_subject(Reader *reader, SpPxKeyword *keyword, GError **error)
{
    if (*reader->at != '(') {
        return TRUE;
    }
    do {
        reader->at++;
        skip_blanks(reader);
        if (*reader->at != '"') {
            return refuse(reader, "no text in the parentheses", error);
        }
        char *text = read_text(reader, error);
        if (text == NULL) {
            return FALSE;
        }
        if (keyword->subject == NULL) {
            keyword->subject = text;
        } else {
            g_free(text);
        }
    } while (*reader->at == ',');
    if (*reader->at != ')') {
        return refuse(reader, "parentheses that do not end", error);
    }
    reader->at++;
    return TRUE;
}

/* The values up to the semicolon: texts, and words such as YES, 0 or TLIST(A1). */
static gboolean read_values(Reader *reader, SpPxKeyword *keyword, guint *n_values, GError **error)
{
    for (;;) {
        skip_blanks(reader);
        if (*reader->at == ';') {
            reader->at++;
            return TRUE;
        }
        if (*reader->at == '\0') {
            return refuse(reader, "a keyword that does not end", error);
        }
        if (++*n_values > SP_PX_MAX_VALUES) {
            return refuse(reader, "too many values", error);
        }
        if (*reader->at == ',') {
            reader->at++;
        } else if (*reader->at == '"') {
            char *text = read_text(reader, error);
            if (text == NULL) {
                return FALSE;
            }
            g_ptr_array_add(keyword->values, text);
        } else {
            gsize size = strcspn(reader->at, ",;\"\r\n");
            g_ptr_array_add(keyword->values, g_strstrip(g_strndup(reader->at, size)));
            reader->at += size;
        }
    }
}

static gboolean read_keyword(Reader *reader, SpPxKeyword *keyword, guint *n_values, GError **error)
{
    gsize size = strspn(reader->at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
    if (size == 0) {
        return refuse(reader, "no keyword", error);
    }
    keyword->line = reader->line;
    keyword->name = g_strndup(reader->at, size);
    reader->at += size;
    if (!read_language(reader, keyword, error) || !read_subject(reader, keyword, error)) {
        return FALSE;
    }
    skip_blanks(reader);
    if (*reader->at != '=') {
        return refuse(reader, "a keyword without =", error);
    }
    reader->at++;
    return strcmp(keyword->name, "DATA") == 0 || read_values(reader, keyword, n_values, error);
}

GPtrArray *sp_px_keywords(const char *text, const char *origin, const char **data, guint *data_line,
                          GError **error)
{
    g_autoptr(GPtrArray) keywords = g_ptr_array_new_with_free_func(sp_px_keyword_free);
    Reader reader = {.at = text, .line = 1, .origin = origin};
    guint n_values = 0;
    for (;;) {
        skip_blanks(&reader);
        if (*reader.at == '\0') {
            refuse(&reader, "the file ends before its DATA", error);
            return NULL;
        }
        SpPxKeyword *keyword = g_new0(SpPxKeyword, 1);
        keyword->values = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(keywords, keyword);
        if (!read_keyword(&reader, keyword, &n_values, error)) {
            return NULL;
        }
        if (strcmp(keyword->name, "DATA") == 0) {
            *data = reader.at;
            *data_line = reader.line;
            return g_steal_pointer(&keywords);
        }
    }
}
