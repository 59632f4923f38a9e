/* The words of the reading process: each is checked, cells become rows. */
#include "core/io/xls_words.h"

#include "core/error.h"
#include "core/io/sheets.h"
#include "core/io/xls_child.h"

#include <string.h>

typedef struct {
    SpSheetVisitor *visitor;
    FILE *from;
    GPtrArray *names;    /* char* of the sheets */
    gboolean *is_chosen; /* [names] */
    /* The present sheet: */
    gboolean is_read;
    gboolean is_enough;
    guint32 row;
    GString *text; /* of the cells of the row */
    GArray *ends;  /* gsize: where the text of each cell ends */
    GArray *fields;
} Words;

static void words_clear(Words *words)
{
    g_ptr_array_unref(words->names);
    g_free(words->is_chosen);
    g_string_free(words->text, TRUE);
    g_array_unref(words->ends);
    g_array_unref(words->fields);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Words, words_clear)

static gboolean set_damaged(const Words *words, gint32 code, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: is a damaged or cut .xls (freexl error %d); open it in a spreadsheet "
                        "and save it as .xlsx, or ask the sender for it again",
                        words->visitor->origin, code);
}

static gboolean get(const Words *words, void *bytes, gsize size, GError **error)
{
    return fread(bytes, 1, size, words->from) == size || set_damaged(words, 0, error);
}

/* A text, appended as UTF-8 whatever it is. */
static gboolean get_text(const Words *words, GString *text, GError **error)
{
    guint32 size = 0;
    if (!get(words, &size, sizeof size, error)) {
        return FALSE;
    }
    if (size > SP_SHEETS_MAX_TEXT) {
        return set_damaged(words, 0, error);
    }
    g_autofree char *bytes = g_malloc(size + 1);
    if (!get(words, bytes, size, error)) {
        return FALSE;
    }
    g_autofree char *valid = g_utf8_make_valid(bytes, size);
    g_string_append(text, valid);
    return TRUE;
}

static gboolean get_sheets(Words *words, GError **error)
{
    guint32 n = 0;
    if (!get(words, &n, sizeof n, error)) {
        return FALSE;
    }
    if (n > SP_SHEETS_MAX_SHEETS || words->is_chosen != NULL) {
        return set_damaged(words, 0, error);
    }
    words->is_chosen = g_new0(gboolean, n + 1);
    for (guint32 i = 0; i < n; i++) {
        g_autoptr(GString) name = g_string_new(NULL);
        if (!get_text(words, name, error)) {
            return FALSE;
        }
        g_ptr_array_add(words->names, g_strdup(name->str));
        words->is_chosen[i] = words->visitor->choose(words->visitor, name->str, FALSE);
    }
    return TRUE;
}

static gboolean end_row(Words *words, GError **error)
{
    gsize first = 0;
    g_array_set_size(words->fields, 0);
    if (words->ends->len == 0 || !words->is_read || words->is_enough) {
        return TRUE;
    }
    for (guint i = 0; i < words->ends->len; i++) {
        gsize end = g_array_index(words->ends, gsize, i);
        const SpField field = {.text = words->text->str + first, .size = end - first};
        g_array_append_val(words->fields, field);
        first = end;
    }
    return words->visitor->row(words->visitor, (guint64)words->row + 1,
                               (const SpField *)(const void *)words->fields->data,
                               words->fields->len, &words->is_enough, error);
}

static gboolean end_sheet(Words *words, GError **error)
{
    gboolean ok =
        end_row(words, error) && (!words->is_read || words->visitor->end(words->visitor, error));
    words->is_read = FALSE;
    return ok;
}

static void begin_row(Words *words, guint32 row)
{
    words->row = row;
    g_string_truncate(words->text, 0);
    g_array_set_size(words->ends, 0);
}

static gboolean begin_sheet(Words *words, GError **error)
{
    guint32 sheet = 0;
    if (!end_sheet(words, error) || !get(words, &sheet, sizeof sheet, error)) {
        return FALSE;
    }
    if (sheet >= words->names->len || words->is_chosen == NULL) {
        return set_damaged(words, 0, error);
    }
    words->is_read = words->is_chosen[sheet];
    words->is_enough = FALSE;
    begin_row(words, 0);
    if (words->is_read) {
        words->visitor->begin(words->visitor, words->names->pdata[sheet]);
    }
    return TRUE;
}

/* Cells come in order; those between two are empty. */
static gboolean begin_cell(Words *words, GError **error)
{
    guint32 row = 0;
    guint32 column = 0;
    if (!get(words, &row, sizeof row, error) || !get(words, &column, sizeof column, error)) {
        return FALSE;
    }
    if (row > words->row) {
        if (!end_row(words, error)) {
            return FALSE;
        }
        begin_row(words, row);
    }
    if (row != words->row || row >= SP_SHEETS_MAX_ROWS || column < words->ends->len ||
        column >= SP_SHEETS_MAX_COLUMNS) {
        return set_damaged(words, 0, error);
    }
    while (words->ends->len < column) {
        g_array_append_val(words->ends, words->text->len);
    }
    return TRUE;
}

static gboolean take_number(Words *words, GError **error)
{
    const SpSheetFormat plain = {0};
    double value = 0.0;
    if (!get(words, &value, sizeof value, error)) {
        return FALSE;
    }
    if (value - value != 0.0) { /* neither infinite nor no number */
        return set_damaged(words, 0, error);
    }
    sp_sheet_append_number(words->text, value, plain, FALSE, words->visitor->decimal);
    return TRUE;
}

/* freexl writes a day and a time of day with a blank between them. */
static gboolean take_day(Words *words, GError **error)
{
    g_autoptr(GString) day = g_string_new(NULL);
    if (!get_text(words, day, error)) {
        return FALSE;
    }
    char *blank = strchr(day->str, ' ');
    if (blank != NULL && strcmp(blank, " 00:00:00") == 0) {
        g_string_truncate(day, (gsize)(blank - day->str));
    } else if (blank != NULL) {
        *blank = 'T';
    }
    g_string_append(words->text, day->str);
    return TRUE;
}

static gboolean take_cell(Words *words, SpXlsWord word, GError **error)
{
    if (!begin_cell(words, error)) {
        return FALSE;
    }
    gboolean ok = word == SP_XLS_NUMBER ? take_number(words, error)
                  : word == SP_XLS_DAY  ? take_day(words, error)
                                        : get_text(words, words->text, error);
    g_array_append_val(words->ends, words->text->len);
    return ok;
}

/* One word of the child. */
static gboolean take_word(Words *words, gboolean *is_done, GError **error)
{
    gint32 code = 0;
    int word = fgetc(words->from);
    switch (word) {
    case SP_XLS_SHEETS:
        return get_sheets(words, error);
    case SP_XLS_BEGIN:
        return begin_sheet(words, error);
    case SP_XLS_NUMBER:
    case SP_XLS_TEXT:
    case SP_XLS_DAY:
        return take_cell(words, (SpXlsWord)word, error);
    case SP_XLS_DONE:
        *is_done = TRUE;
        return end_sheet(words, error);
    case SP_XLS_PASSWORD:
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: is behind a password; ask the sender for a file without one",
                            words->visitor->origin);
    case SP_XLS_ERROR:
        return get(words, &code, sizeof code, error) && set_damaged(words, code, error);
    default: /* it has died */
        return set_damaged(words, 0, error);
    }
}

gboolean sp_xls_words_read(FILE *from, SpSheetVisitor *visitor, GError **error)
{
    g_auto(Words) words = {.from = from, .visitor = visitor};
    gboolean is_done = FALSE;
    words.names = g_ptr_array_new_with_free_func(g_free);
    words.text = g_string_new(NULL);
    words.ends = g_array_new(FALSE, FALSE, sizeof(gsize));
    words.fields = g_array_new(FALSE, FALSE, sizeof(SpField));
    while (!is_done) {
        if (!take_word(&words, &is_done, error)) {
            return FALSE;
        }
    }
    return TRUE;
}
