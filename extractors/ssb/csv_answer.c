/* SSB's CSV: the form by a look at the first lines, then libcsv. */
#include "extractors/ssb/csv_answer.h"

#include "core/error.h"
#include "core/io/csv.h"
#include "core/number.h"

#include <string.h>

#define CONTENTS "heading.contents"
#define TIME "heading.time"
#define REST "heading.rest"

enum { MAX_FIGURE = 64, MAX_TITLE_LINES = 5, N_HEADING = 3 };

/* One column of figures: what its header says. */
typedef struct {
    char *parts[N_HEADING]; /* contents, time, rest */
    gsize column;
} Figure;

typedef struct {
    SpSink sink; /* first: a pointer to it is one to this */
    SpSink *to;
    const char *origin;
    const SpLayout *layout;
    gsize *keys; /* [n_keys] places of key columns */
    gsize n_keys;
    GPtrArray *figures; /* Figure* */
    gboolean has_heading;
    SpField *fields; /* [n_keys + N_HEADING + 2] */
} Wide;

static void figure_free(gpointer data)
{
    Figure *figure = data;
    for (gsize i = 0; i < N_HEADING; i++) {
        g_free(figure->parts[i]);
    }
    g_free(figure);
}

static gboolean is_named(const SpLayout *layout, const char *name)
{
    for (guint i = 0; layout != NULL && i < layout->columns->len; i++) {
        const SpLayoutColumn *column = g_ptr_array_index(layout->columns, i);
        if (strcmp(column->source, name) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* "2024", "2024K1", "2024M01", "2024U01" */
static gboolean is_period(const char *word)
{
    gsize n = strspn(word, "0123456789");
    if (n != 4) {
        return FALSE;
    }
    gsize rest = word[4] != '\0' ? strspn(word + 5, "0123456789") : 0;
    return word[4] == '\0' ||
           (strchr("KMUH", word[4]) != NULL && rest >= 1 && rest <= 2 && word[5 + rest] == '\0');
}

static Figure *figure_new(const char *header, gsize column)
{
    Figure *figure = g_new0(Figure, 1);
    g_auto(GStrv) words = g_strsplit(header, " ", -1);
    gsize n = g_strv_length(words);
    gsize at = 0;
    figure->column = column;
    while (at < n && !is_period(words[at])) {
        at++;
    }
    figure->parts[2] = at < n ? g_strjoinv(" ", words + at + 1) : g_strdup("");
    figure->parts[1] = g_strdup(at < n ? words[at] : "");
    if (at < n) {
        g_clear_pointer(&words[at], g_free);
        for (gsize i = at + 1; i < n; i++) {
            g_clear_pointer(&words[i], g_free);
        }
    }
    figure->parts[0] = g_strjoinv(" ", words);
    return figure;
}

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    Wide *wide = (Wide *)sink;
    gsize n_named = 0;
    for (gsize i = 0; i < n; i++) {
        n_named += is_named(wide->layout, names[i]) ? 1 : 0;
    }
    wide->keys = g_new0(gsize, n);
    for (gsize i = 0; i < n; i++) {
        gboolean is_key = n_named > 0 ? is_named(wide->layout, names[i]) : i + 1 < n;
        if (is_key) {
            wide->keys[wide->n_keys++] = i;
        } else {
            g_ptr_array_add(wide->figures, figure_new(names[i], i));
        }
    }
    wide->has_heading = is_named(wide->layout, CONTENTS) || is_named(wide->layout, TIME) ||
                        is_named(wide->layout, REST);
    if (wide->figures->len == 0 || wide->n_keys == 0 ||
        (wide->figures->len > 1 && !wide->has_heading)) {
        return sp_error_set(
            error, SP_ERROR_DATA,
            "%s: %u columns of figures and %" G_GSIZE_FORMAT
            " others; name the others in the layout, and with several of figures " TIME " too",
            wide->origin, wide->figures->len, wide->n_keys);
    }
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (gsize i = 0; i < wide->n_keys; i++) {
        g_ptr_array_add(all, (gpointer)names[wide->keys[i]]);
    }
    if (wide->has_heading) {
        g_ptr_array_add(all, (gpointer)CONTENTS);
        g_ptr_array_add(all, (gpointer)TIME);
        g_ptr_array_add(all, (gpointer)REST);
    }
    g_ptr_array_add(all, (gpointer) "value");
    g_ptr_array_add(all, (gpointer) "status");
    wide->fields = g_new0(SpField, all->len);
    return wide->to->begin(wide->to, (const char *const *)all->pdata, all->len, error);
}

/* A figure as text with a decimal point; FALSE when it is none. */
static gboolean format_figure(const SpField *field, char buffer[MAX_FIGURE], gsize *size)
{
    double value = 0;
    gboolean has_comma = memchr(field->text, ',', field->size) != NULL;
    const SpNumberForm comma = {',', '\0'};
    const SpNumberForm form = has_comma ? comma : sp_number_plain;
    if (field->size >= MAX_FIGURE || !sp_number_parse(field->text, field->size, form, &value)) {
        return FALSE;
    }
    memcpy(buffer, field->text, field->size);
    char *sign = memchr(buffer, ',', field->size);
    if (sign != NULL) {
        *sign = '.';
    }
    *size = field->size;
    return TRUE;
}

static gboolean row(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    (void)n;
    Wide *wide = (Wide *)sink;
    char figure_text[MAX_FIGURE];
    gsize n_all = 0;
    for (; n_all < wide->n_keys; n_all++) {
        wide->fields[n_all] = fields[wide->keys[n_all]];
    }
    for (guint i = 0; i < wide->figures->len; i++) {
        const Figure *figure = g_ptr_array_index(wide->figures, i);
        const SpField *cell = &fields[figure->column];
        gsize size = 0;
        gsize at = n_all;
        for (gsize j = 0; wide->has_heading && j < N_HEADING; j++) {
            wide->fields[at++] = (SpField){figure->parts[j], strlen(figure->parts[j])};
        }
        gboolean is_number = format_figure(cell, figure_text, &size);
        wide->fields[at++] = (SpField){figure_text, is_number ? size : 0};
        wide->fields[at++] = is_number         ? (SpField){"", 0}
                             : cell->size == 0 ? (SpField){"..", 2}
                                               : *cell;
        if (!wide->to->row(wide->to, number, wide->fields, at, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* The length of the line that begins here, its end not included: line ends in quotes belong to
 * it. */
static gsize line_size(const char *bytes, gsize size)
{
    gboolean is_quoted = FALSE;
    gsize i = 0;
    for (; i < size && (is_quoted || (bytes[i] != '\n' && bytes[i] != '\r')); i++) {
        is_quoted = bytes[i] == '"' ? !is_quoted : is_quoted;
    }
    return i;
}

static gsize count_outside_quotes(const char *line, gsize size, char wanted)
{
    gboolean is_quoted = FALSE;
    gsize n = 0;
    for (gsize i = 0; i < size; i++) {
        is_quoted = line[i] == '"' ? !is_quoted : is_quoted;
        n += !is_quoted && line[i] == wanted;
    }
    return n;
}

/* '\0' when the line has one field only. */
static char delimiter_of(const char *line, gsize size)
{
    static const char candidates[] = {'\t', ';', ','};
    for (gsize i = 0; i < G_N_ELEMENTS(candidates); i++) {
        if (count_outside_quotes(line, size, candidates[i]) > 0) {
            return candidates[i];
        }
    }
    return '\0';
}

/* The first line of several fields is the header. FALSE when there is none near the top. `title`
 * (may be NULL) is the first line before it, borrowed. */
static gboolean look(const char *bytes, gsize size, SpCsvForm *form, SpField *title)
{
    gsize start = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    guint n_lines = 0;
    while (start < size && n_lines <= MAX_TITLE_LINES) {
        gsize length = line_size(bytes + start, size - start);
        if (length > 0) {
            form->delimiter = delimiter_of(bytes + start, length);
            form->header_rows = ++n_lines;
            if (form->delimiter != '\0') {
                return TRUE;
            }
            if (n_lines == 1 && title != NULL) {
                *title = (SpField){bytes + start, length};
            }
        }
        start += length + 1;
    }
    return FALSE;
}

char *sp_ssb_csv_title(const char *bytes, gsize size)
{
    SpCsvForm form = {.origin = ""};
    SpField title = {NULL, 0};
    if (!look(bytes, size, &form, &title) || title.text == NULL) {
        return NULL;
    }
    gboolean is_utf8 = g_utf8_validate(title.text, (gssize)title.size, NULL);
    g_autofree char *text = is_utf8 ? g_strndup(title.text, title.size)
                                    : g_convert(title.text, (gssize)title.size, "UTF-8",
                                                "ISO-8859-1", NULL, NULL, NULL);
    g_auto(GStrv) pieces = g_strsplit(text != NULL ? text : "", "\"", -1);
    return g_strjoinv("", pieces);
}

gboolean sp_ssb_csv_parse(const char *bytes, gsize size, const char *origin, const SpLayout *layout,
                          SpSink *sink, GError **error)
{
    SpCsvForm form = {.origin = origin,
                      .encoding = g_utf8_validate_len(bytes, size, NULL) ? "UTF-8" : "ISO-8859-1",
                      .mark_decides = TRUE};
    if (!look(bytes, size, &form, NULL)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: no header of several columns in the first lines; want CSV, "
                            "JSON-stat or PX of SSB: fetch it again",
                            origin);
    }
    Wide wide = {.sink = {.begin = begin, .row = row},
                 .to = sink,
                 .origin = origin,
                 .layout = layout,
                 .figures = g_ptr_array_new_with_free_func(figure_free)};
    gboolean is_read = sp_csv_parse(bytes, size, &form, &wide.sink, error);
    g_ptr_array_unref(wide.figures);
    g_free(wide.keys);
    g_free(wide.fields);
    return is_read;
}
