/* Workbook and pages against tables. */
#include "pipeline/formats.h"

#include "core/io/files.h"
#include "core/io/sheets_reader.h"
#include "core/number.h"
#include "pipeline/formats_figures.h"
#include "pipeline/formats_machine.h"

#include <string.h>

#define BOOK "statistikkpakke.xlsx"
#define PAGE_ENDING ".html"

enum { MAX_SIZE = 512 * 1024 * 1024 };

/* ---- the workbook ---- */

typedef struct {
    SpSheetVisitor visitor;
    SpFormatFigures *figures;
    const SpFormatsOf *of;
    SpFormats *seen;
    const SpTable *table; /* of the sheet; NULL: not looked at */
    json_t *fields;       /* of it, borrowed */
    GArray *is_figure;    /* gboolean by column of the sheet; empty before its header */
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
    json_array_foreach(json_object_get(book->of->descriptor, "resources"), i, resource)
    {
        const char *name = text_of(resource, "name");
        if (name != NULL && is_text(title, text_of(resource, "title"))) {
            book->table = sp_format_figures_begin(book->figures, BOOK, name);
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
        const gsize column = name != NULL ? sp_table_find(book->table, name) : SP_NO_COLUMN;
        if (column != SP_NO_COLUMN &&
            sp_table_column(book->table, column)->kind == SP_COLUMN_CODE &&
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
    book->seen->n_sheets++;
}

static void read_figures(Book *book, const SpField cells[], gsize n)
{
    for (gsize i = 0; i < n; i++) {
        double value = 0.0;
        const gboolean is_figure =
            i >= book->is_figure->len || g_array_index(book->is_figure, gboolean, i);
        if (is_figure && sp_number_parse(cells[i].text, cells[i].size, sp_number_plain, &value)) {
            sp_format_figures_add_number(book->figures, value, FALSE);
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
    book->table = NULL;
    book->fields = NULL;
    g_array_set_size(book->is_figure, 0);
}

static gboolean read_row(SpSheetVisitor *visitor, guint64 number, const SpField cells[], gsize n,
                         gboolean *is_enough, GError **error)
{
    Book *book = (Book *)visitor;
    (void)number;
    (void)error;
    if (book->table == NULL) {
        if (n > 0) {
            find_table(book, cells[0]);
        }
        *is_enough = book->table == NULL;
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
    Book *book = (Book *)visitor;
    if (book->table != NULL) {
        book->seen->n_figures += sp_format_figures_end(book->figures);
    }
    return TRUE;
}

static gboolean read_book(const SpFormatsOf *of, SpFormatFigures *figures, SpFormats *seen,
                          GError **error)
{
    gsize size = 0;
    g_autofree char *path = g_build_filename(of->folder, BOOK, NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        return TRUE;
    }
    g_autoptr(GArray) is_figure = g_array_new(FALSE, FALSE, sizeof(gboolean));
    g_autofree char *bytes = sp_file_read(path, MAX_SIZE, &size, error);
    Book book = {.visitor = {.origin = BOOK,
                             .decimal = '.',
                             .choose = choose,
                             .begin = begin,
                             .row = read_row,
                             .end = end_sheet},
                 .figures = figures,
                 .of = of,
                 .seen = seen,
                 .is_figure = is_figure};
    return bytes != NULL && sp_xlsx_visit(bytes, size, &book.visitor, error);
}

/* ---- the pages ---- */

static const char *find(const char *text, const char *end, const char *what)
{
    return memmem(text, (gsize)(end - text), what, strlen(what));
}

/* Figures stand in cells without attributes, words in others. */
static void read_cells(SpFormatFigures *figures, const char *from, const char *end)
{
    static const char cell[] = "<td>";
    for (const char *at = find(from, end, cell); at != NULL; at = find(at, end, cell)) {
        at += strlen(cell);
        const char *stop = memchr(at, '<', (gsize)(end - at));
        sp_format_figures_add_printed(figures, at, stop != NULL ? (gsize)(stop - at) : 0);
    }
}

/* A table of a page says which published one it is of. */
static void read_page(SpFormatFigures *figures, const char *file, const char *bytes, gsize size,
                      SpFormats *seen)
{
    static const char opening[] = "<table data-tabell=\"";
    const char *end = bytes + size;
    for (const char *at = find(bytes, end, opening); at != NULL; at = find(at, end, opening)) {
        at += strlen(opening);
        const char *quote = memchr(at, '"', (gsize)(end - at));
        const char *closing = quote != NULL ? find(quote, end, "</table>") : NULL;
        if (closing == NULL) {
            return;
        }
        g_autofree char *name = g_strndup(at, (gsize)(quote - at));
        if (sp_format_figures_begin(figures, file, name) != NULL) {
            read_cells(figures, quote, closing);
            seen->n_sections++;
            seen->n_figures += sp_format_figures_end(figures);
        }
        at = closing;
    }
}

static gboolean read_pages(const SpFormatsOf *of, SpFormatFigures *figures, SpFormats *seen,
                           GError **error)
{
    g_auto(GStrv) files = sp_folder_walk(of->folder, error);
    for (char **file = files; file != NULL && *file != NULL; file++) {
        gsize size = 0;
        if (!g_str_has_suffix(*file, PAGE_ENDING)) {
            continue;
        }
        g_autofree char *path = g_build_filename(of->folder, *file, NULL);
        g_autofree char *bytes = sp_file_read(path, MAX_SIZE, &size, error);
        if (bytes == NULL) {
            return FALSE;
        }
        read_page(figures, *file, bytes, size, seen);
    }
    return files != NULL;
}

gboolean sp_formats_examine(const SpFormatsOf *of, SpFormats *seen, GPtrArray *leaks,
                            GError **error)
{
    g_autofree char *package = g_path_get_basename(of->folder);
    g_autoptr(SpFormatFigures) figures = sp_format_figures_new(package, of->tables, leaks);
    return read_book(of, figures, seen, error) && read_pages(of, figures, seen, error) &&
           sp_formats_machine_read(of, figures, seen, error);
}
