/* Workbook and page against tables. */
#include "pipeline/formats.h"

#include "core/io/files.h"
#include "core/io/sheets_reader.h"
#include "core/number.h"

#include <string.h>

#define BOOK "statistikkpakke.xlsx"
#define PAGE "index.html"

enum { MAX_SIZE = 512 * 1024 * 1024 };

/* Figures as they are written in one way: how often each stands in the table, and in a part of a
 * format (a sheet, a table of a page) so far. */
typedef struct {
    int decimals;        /* rounded to so many; -1: canonical */
    gboolean is_percent; /* as they are, or times 100 */
    GHashTable *told;    /* char* -> guint* */
    GHashTable *used;    /* the same */
} Form;

typedef struct {
    const SpFormatsOf *of;
    char *package; /* its folder's name */
    const char *file;
    const SpTable
        *table;    /* the one whose sheet or section this is; NULL: none that hides figures */
    GArray *forms; /* Form, of that table */
    SpFormats *seen;
    GPtrArray *leaks;
} Reading;

static void clear_form(gpointer data)
{
    Form *form = data;
    g_hash_table_unref(form->told);
    g_hash_table_unref(form->used);
}

static Reading reading_of(const SpFormatsOf *of, const char *file, SpFormats *seen,
                          GPtrArray *leaks)
{
    Reading reading = {.of = of, .file = file, .seen = seen, .leaks = leaks};
    reading.package = g_path_get_basename(of->folder);
    reading.forms = g_array_new(FALSE, FALSE, sizeof(Form));
    g_array_set_clear_func(reading.forms, clear_form);
    return reading;
}

static void reading_clear(Reading *reading)
{
    g_free(reading->package);
    g_array_unref(reading->forms);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Reading, reading_clear)

/* ---- figures ---- */

static void count(GHashTable *counts, const char *text)
{
    guint *n = g_hash_table_lookup(counts, text);
    if (n == NULL) {
        n = g_new0(guint, 1);
        g_hash_table_insert(counts, g_strdup(text), n);
    }
    (*n)++;
}

/* One figure of the table, which a format may write so. */
static void tell_number(const Form *form, double value)
{
    char text[SP_NUMBER_PRINT_SIZE];
    if (form->decimals < 0) {
        sp_number_format(value, text);
    } else {
        sp_number_print(sp_number_round(value), (guint)form->decimals, text);
    }
    count(form->told, text);
    if (form->is_percent) {
        const double percent = sp_number_round(sp_number_round(value) * 100.0);
        sp_number_print(percent, (guint)form->decimals, text);
        count(form->told, text);
    }
}

static void tell_table(const Form *form, const SpTable *table)
{
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        const gboolean is_measure = sp_table_column(table, column)->kind == SP_COLUMN_MEASURE;
        const SpReal *reals = is_measure ? sp_table_reals_const(table, column) : NULL;
        for (gsize row = 0; is_measure && row < sp_table_n_rows(table); row++) {
            if (sp_real_is_number(reals[row])) {
                tell_number(form, reals[row].value);
            }
        }
    }
}

static const Form *form_of(Reading *reading, int decimals, gboolean is_percent)
{
    for (guint i = 0; i < reading->forms->len; i++) {
        const Form *form = &g_array_index(reading->forms, Form, i);
        if (form->decimals == decimals && form->is_percent == is_percent) {
            return form;
        }
    }
    const Form form = {decimals, is_percent,
                       g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
                       g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free)};
    tell_table(&form, reading->table);
    g_array_append_val(reading->forms, form);
    return &g_array_index(reading->forms, Form, reading->forms->len - 1);
}

static void add_figure(Reading *reading, const Form *form, const char *text, gsize size)
{
    g_autofree char *own = g_strndup(text, size);
    count(form->used, own);
    reading->seen->n_figures++;
}

static gint compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void compare_form(const Reading *reading, const Form *form)
{
    guint n = 0;
    g_autofree char **texts = (char **)g_hash_table_get_keys_as_array(form->used, &n);
    qsort(texts, n, sizeof(char *), compare_texts);
    for (guint i = 0; i < n; i++) {
        const guint *used = g_hash_table_lookup(form->used, texts[i]);
        const guint *told = g_hash_table_lookup(form->told, texts[i]);
        const guint n_told = told != NULL ? *told : 0;
        if (*used > n_told) {
            g_ptr_array_add(reading->leaks,
                            g_strdup_printf("%s/%s: %s: %s stands there %u times and %u times in "
                                            "the table",
                                            reading->package, reading->file,
                                            sp_table_name(reading->table), texts[i], *used,
                                            n_told));
        }
    }
    g_hash_table_remove_all(form->used);
}

/* A part has ended. */
static void end_part(const Reading *reading)
{
    for (guint i = 0; i < reading->forms->len; i++) {
        compare_form(reading, &g_array_index(reading->forms, Form, i));
    }
}

/* Begins with another table; none (NULL), or one that hides nothing, is not looked at. */
static void take_table(Reading *reading, const SpTable *table)
{
    gboolean hides = FALSE;
    for (gsize column = 0; table != NULL && column < sp_table_n_columns(table); column++) {
        const gboolean is_measure = sp_table_column(table, column)->kind == SP_COLUMN_MEASURE;
        const SpReal *reals = is_measure ? sp_table_reals_const(table, column) : NULL;
        for (gsize row = 0; is_measure && !hides && row < sp_table_n_rows(table); row++) {
            hides = reals[row].status == SP_SUPPRESSED;
        }
    }
    g_array_set_size(reading->forms, 0);
    reading->table = hides ? table : NULL;
}

/* ---- the workbook ---- */

typedef struct {
    SpSheetVisitor visitor;
    Reading *reading;
    json_t *fields;    /* of the sheet's table, borrowed */
    GArray *is_figure; /* gboolean by column of the sheet; empty before its header */
} Book;

static gboolean is_text(SpField field, const char *text)
{
    return text != NULL && strlen(text) == field.size && memcmp(text, field.text, field.size) == 0;
}

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

/* The table of a title, and its fields. */
static void find_table(Book *book, SpField title)
{
    size_t i = 0;
    json_t *resource = NULL;
    json_array_foreach(json_object_get(book->reading->of->descriptor, "resources"), i, resource)
    {
        const char *name = text_of(resource, "name");
        if (name != NULL && is_text(title, text_of(resource, "title"))) {
            take_table(book->reading, sp_tables_find(book->reading->of->tables, name));
            book->fields = json_object_get(json_object_get(resource, "schema"), "fields");
        }
    }
}

/* Whether a cell of the header is over codes or their words, and not over figures. */
static gboolean is_over_codes(const Book *book, SpField cell)
{
    size_t i = 0;
    json_t *field = NULL;
    json_array_foreach(book->fields, i, field)
    {
        const char *name = text_of(field, "name");
        const gsize column =
            name != NULL ? sp_table_find(book->reading->table, name) : SP_NO_COLUMN;
        if (column != SP_NO_COLUMN &&
            sp_table_column(book->reading->table, column)->kind == SP_COLUMN_CODE &&
            is_text(cell, text_of(field, "title"))) {
            return TRUE;
        }
    }
    return FALSE;
}

static void read_header(Book *book, const SpField cells[], gsize n)
{
    if (n == 0 || !is_over_codes(book, cells[0])) {
        return; /* notes above it */
    }
    for (gsize i = 0; i < n; i++) {
        const gboolean is_figure = !is_over_codes(book, cells[i]);
        g_array_append_val(book->is_figure, is_figure);
    }
    book->reading->seen->n_sheets++;
}

static void read_figures(Book *book, const SpField cells[], gsize n)
{
    for (gsize i = 0; i < n; i++) {
        double value = 0.0;
        const gboolean is_figure =
            i >= book->is_figure->len || g_array_index(book->is_figure, gboolean, i);
        if (is_figure && sp_number_parse(cells[i].text, cells[i].size, sp_number_plain, &value)) {
            add_figure(book->reading, form_of(book->reading, -1, FALSE), cells[i].text,
                       cells[i].size);
        }
    }
}

static gboolean choose(SpSheetVisitor *visitor, const char *name, gboolean is_hidden)
{
    (void)visitor;
    (void)name;
    (void)is_hidden;
    return TRUE;
}

static void begin(SpSheetVisitor *visitor, const char *name)
{
    Book *book = (Book *)visitor;
    (void)name;
    book->fields = NULL;
    g_array_set_size(book->is_figure, 0);
}

static gboolean read_row(SpSheetVisitor *visitor, guint64 number, const SpField cells[], gsize n,
                         gboolean *is_enough, GError **error)
{
    Book *book = (Book *)visitor;
    (void)number;
    (void)error;
    if (book->reading->table == NULL) {
        if (n > 0) {
            find_table(book, cells[0]);
        }
        *is_enough = book->reading->table == NULL;
    } else if (book->is_figure->len == 0) {
        read_header(book, cells, n);
    } else {
        read_figures(book, cells, n);
    }
    return TRUE;
}

static gboolean end_sheet(SpSheetVisitor *visitor, GError **error)
{
    (void)error;
    Reading *reading = ((Book *)visitor)->reading;
    end_part(reading);
    take_table(reading, NULL);
    return TRUE;
}

static gboolean read_book(Reading *reading, const char *bytes, gsize size, GError **error)
{
    g_autoptr(GArray) is_figure = g_array_new(FALSE, FALSE, sizeof(gboolean));
    Book book = {.visitor = {.origin = BOOK,
                             .decimal = '.',
                             .choose = choose,
                             .begin = begin,
                             .row = read_row,
                             .end = end_sheet},
                 .reading = reading,
                 .is_figure = is_figure};
    return sp_xlsx_visit(bytes, size, &book.visitor, error);
}

/* ---- the page ---- */

/* "1 234,5", "12 %": digits behind the decimal comma say how it is rounded. */
static void add_printed(Reading *reading, const char *text, gsize size)
{
    static const char percent[] = "\u00a0%";
    const gsize ending = sizeof percent - 1;
    const gboolean is_percent = size > ending && memcmp(text + size - ending, percent, ending) == 0;
    const gsize bare = is_percent ? size - ending : size;
    const char *comma = memchr(text, ',', bare);
    const gboolean is_number = bare > 0 && g_ascii_isdigit(text[bare - 1]);
    if (is_number) {
        const int decimals = comma != NULL ? (int)(text + bare - comma) - 1 : 0;
        add_figure(reading, form_of(reading, decimals, is_percent), text, bare);
    }
}

static const char *find(const char *text, const char *end, const char *what)
{
    return memmem(text, (gsize)(end - text), what, strlen(what));
}

/* Figures stand in cells without attributes, words in others. */
static void read_part(Reading *reading, const char *from, const char *end)
{
    static const char cell[] = "<td>";
    for (const char *at = find(from, end, cell); at != NULL; at = find(at, end, cell)) {
        at += strlen(cell);
        const char *stop = memchr(at, '<', (gsize)(end - at));
        add_printed(reading, at, stop != NULL ? (gsize)(stop - at) : 0);
    }
    end_part(reading);
}

static void read_section(Reading *reading, const char *from, const char *end)
{
    for (const char *at = find(from, end, "<tbody>"); at != NULL; at = find(at, end, "<tbody>")) {
        const char *closing = find(at, end, "</tbody>");
        const char *stop = closing != NULL ? closing : end;
        read_part(reading, at, stop);
        at = stop;
    }
}

static void read_page(Reading *reading, const char *bytes, gsize size)
{
    static const char opening[] = "<section id=\"tabell-";
    const char *end = bytes + size;
    for (const char *at = find(bytes, end, opening); at != NULL; at = find(at, end, opening)) {
        at += strlen(opening);
        const char *quote = memchr(at, '"', (gsize)(end - at));
        const char *closing = quote != NULL ? find(quote, end, "</section>") : NULL;
        if (closing == NULL) {
            return;
        }
        g_autofree char *name = g_strndup(at, (gsize)(quote - at));
        take_table(reading, sp_tables_find(reading->of->tables, name));
        if (reading->table != NULL) {
            reading->seen->n_sections++;
            read_section(reading, quote, closing);
        }
    }
}

gboolean sp_formats_examine(const SpFormatsOf *of, SpFormats *seen, GPtrArray *leaks,
                            GError **error)
{
    static const char *const files[] = {BOOK, PAGE};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        gsize size = 0;
        g_autofree char *path = g_build_filename(of->folder, files[i], NULL);
        if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
            continue;
        }
        g_autofree char *bytes = sp_file_read(path, MAX_SIZE, &size, error);
        g_auto(Reading) reading = reading_of(of, files[i], seen, leaks);
        if (bytes == NULL) {
            return FALSE;
        }
        if (i > 0) {
            read_page(&reading, bytes, size);
        } else if (!read_book(&reading, bytes, size, error)) {
            return FALSE;
        }
    }
    return TRUE;
}
