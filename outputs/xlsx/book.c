/*
 * The workbook. Two runs give the same bytes: libxlsxwriter dates its zip entries 1980-01-01 by
 * itself, and the one clock it would read, the date of creation, is set to the edition's day. It
 * writes that by gmtime, whose buffer is of all threads: workbooks that are closed side by side
 * must be of one day, as those of an edition are.
 */
#include "outputs/xlsx/book.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/number.h"
#include "outputs/xlsx/cell_text.h"

#include <string.h>

enum {
    MAX_SHEET_NAME = 31,
    MAX_MARGIN_TEXT = 200,
    PAPER_A4 = 9,
    LINE_HEIGHT = 15,
    MAX_LINES = 25,   /* Excel's highest row */
    PAGE_WIDTH = 220, /* characters on a landscape page that are still readable */
    TEXT_WIDTH = 120  /* characters of a line of text */
};

/* Of a chart of 480 x 288 pixels. */
static const double chart_width = 1.5;
static const double chart_height = 1.6;

struct SpBook {
    lxw_workbook *workbook;
    SpFormats *formats;
    GHashTable *names; /* sheet names taken, folded */
    const SpWords *words;
    char *path;
    char *folder;
    lxw_error failure; /* the first one */
};

void sp_book_note(SpBook *book, lxw_error failure)
{
    if (book->failure == LXW_NO_ERROR) {
        book->failure = failure;
    }
}

/* Seconds since 1970 of the edition's day in UTC. */
static time_t edition_time(const SpWords *words)
{
    g_auto(GStrv) parts = g_strsplit(sp_words_edition_day(words), "-", 3);
    gint64 number[3] = {0};
    for (gsize i = 0; i < 3; i++) {
        gboolean is_number = sp_number_parse_int(parts[i], strlen(parts[i]), &number[i]);
        g_assert(is_number); /* sp_words_new has checked the day */
    }
    g_autoptr(GDateTime) day =
        g_date_time_new_utc((int)number[0], (int)number[1], (int)number[2], 0, 0, 0.0);
    return (time_t)g_date_time_to_unix(day);
}

static void set_properties(SpBook *book)
{
    const SpPackage *package = sp_words_package(book->words);
    g_autofree char *title =
        g_strdup_printf("%s: %s", sp_words_text(book->words, "page.package"), package->title);
    g_autofree char *clean = sp_words_clean(title);
    lxw_doc_properties properties = {
        .title = clean,
        .comments = (char *)sp_words_notices(book->words),
        .keywords = (char *)package->edition,
        .created = edition_time(book->words),
    };
    sp_book_note(book, workbook_set_properties(book->workbook, &properties));
}

SpBook *sp_book_new(const SpWords *words, const char *path, const char *folder, GError **error)
{
    /* The file is made by our own hand first: the mode is then ours, and the library, which would
     * complain on stderr of a folder it cannot write in, is not asked. */
    SpWriter *writer = sp_writer_open(path, SP_MODE_PUBLIC_FILE, error);
    if (writer == NULL || !sp_writer_close(writer, error)) {
        return NULL;
    }
    SpBook *book = g_new0(SpBook, 1);
    book->words = words;
    book->path = g_strdup(path);
    book->folder = g_strdup(folder);
    book->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    lxw_workbook_options options = {
        .constant_memory = LXW_TRUE, .tmpdir = book->folder, .use_zip64 = LXW_FALSE};
    book->workbook = workbook_new_opt(path, &options);
    book->formats = sp_formats_new(book->workbook);
    set_properties(book);
    return book;
}

static char *fit_name(SpBook *book, const char *name)
{
    g_autofree char *clean = sp_words_clean(name);
    g_strdelimit(clean, "[]:*?/\\\t\n\r'", '-');
    g_strstrip(clean);
    for (guint i = 1;; i++) {
        g_autofree char *ending = i > 1 ? g_strdup_printf(" (%u)", i) : g_strdup("");
        g_autofree char *cut = g_utf8_substring(
            clean, 0, MIN(g_utf8_strlen(clean, -1), (glong)(MAX_SHEET_NAME - strlen(ending))));
        g_autofree char *fitted = g_strconcat(cut[0] != '\0' ? cut : "-", ending, NULL);
        if (g_hash_table_add(book->names, g_utf8_casefold(fitted, -1))) {
            return g_steal_pointer(&fitted);
        }
    }
}

/* A header or footer of a printed page: '&' begins a command there, and Excel takes 255 characters
 * in all. */
static char *fit_margin(const char *text, const char *place)
{
    g_autofree char *cut = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), MAX_MARGIN_TEXT));
    g_auto(GStrv) parts = g_strsplit(cut, "&", -1);
    g_autofree char *escaped = g_strjoinv("&&", parts);
    return g_utf8_strlen(escaped, -1) <= MAX_MARGIN_TEXT ? g_strconcat(place, escaped, NULL)
                                                         : g_strdup(place);
}

lxw_worksheet *sp_book_add_sheet(SpBook *book, const char *name, const char *title, char **given)
{
    g_autofree char *fitted = fit_name(book, name);
    lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, fitted);
    g_assert(sheet != NULL); /* fit_name leaves the library nothing to refuse */
    g_autofree char *clean = sp_words_clean(title);
    g_autofree char *above = fit_margin(sp_words_notices(book->words), "&C");
    g_autofree char *below = fit_margin(clean, "&R&P/&N&L");
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, PAPER_A4);
    worksheet_fit_to_pages(sheet, 1, 0);
    sp_book_note(book, worksheet_set_header(sheet, above));
    sp_book_note(book, worksheet_set_footer(sheet, below));
    if (given != NULL) {
        *given = g_steal_pointer(&fitted);
    }
    return sheet;
}

void sp_book_put_text(SpBook *book, lxw_worksheet *sheet, gsize row, gsize column, const char *text,
                      SpLook look)
{
    g_autofree char *form = sp_cell_text(text);
    /* write_string and nothing else: it is what keeps "=cmd" a text. */
    sp_book_note(book, worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column, form,
                                              sp_book_look(book, look)));
}

lxw_format *sp_book_look(const SpBook *book, SpLook look)
{
    return sp_formats_look(book->formats, look);
}

/* Excel counts days from 1900, with a day that never was in its first months. */
enum { FIRST_YEAR = 1901 };

lxw_format *sp_book_time(const SpBook *book, const char *code, gboolean is_after, double *value)
{
    SpPeriod period;
    if (!sp_period_parse(code, &period) || sp_day_year(period.first) < FIRST_YEAR) {
        return NULL;
    }
    if (period.kind == SP_PERIOD_DATE) {
        lxw_datetime day = {.year = sp_day_year(period.first),
                            .month = period.first / 100 % 100,
                            .day = period.first % 100};
        *value = lxw_datetime_to_excel_datetime(&day);
        return sp_book_look(book, is_after ? SP_LOOK_DAY_AFTER : SP_LOOK_DAY);
    }
    *value = (double)sp_day_year(period.first);
    return period.kind == SP_PERIOD_YEAR
               ? sp_book_look(book, is_after ? SP_LOOK_YEAR_AFTER : SP_LOOK_YEAR)
               : NULL;
}

/* The same digits as on the page, of a number rounded as in the CSV. */
lxw_format *sp_book_figure_format(const SpBook *book, SpShownFigure figure)
{
    SpFigureForm form = figure.form;
    form.decimals = sp_words_decimals(sp_number_round(figure.real.value), form);
    return sp_formats_figure(book->formats, figure.real, form, figure.has_flags);
}

void sp_book_put_figure(SpBook *book, lxw_worksheet *sheet, gsize row, gsize column,
                        SpShownFigure figure)
{
    lxw_format *format = sp_book_figure_format(book, figure);
    if (sp_real_is_number(figure.real)) {
        sp_book_note(book, worksheet_write_number(sheet, (lxw_row_t)row, (lxw_col_t)column,
                                                  sp_number_round(figure.real.value), format));
    } else {
        sp_book_note(book,
                     worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column,
                                            sp_status_sign((SpStatus)figure.real.status), format));
    }
}

void sp_book_put_formula(SpBook *book, lxw_worksheet *sheet, gsize row, gsize column,
                         const char *formula, SpShownFigure figure)
{
    sp_book_note(book, worksheet_write_formula_num(sheet, (lxw_row_t)row, (lxw_col_t)column,
                                                   formula, sp_book_figure_format(book, figure),
                                                   figure.real.value));
}

double sp_book_height(guint n)
{
    return (double)LINE_HEIGHT * (double)CLAMP(n, 1, MAX_LINES);
}

void sp_book_set_lines(SpBook *book, lxw_worksheet *sheet, gsize row, guint n)
{
    sp_book_note(book, worksheet_set_row(sheet, (lxw_row_t)row, sp_book_height(n), NULL));
}

void sp_book_put_wide(SpBook *book, lxw_worksheet *sheet, gsize row, const double widths[], gsize n,
                      const char *text)
{
    gsize last = 0;
    double width = widths[0];
    while (last + 1 < n && width + widths[last + 1] <= (double)TEXT_WIDTH) {
        width += widths[++last];
    }
    sp_book_set_lines(book, sheet, row, sp_cell_lines(text, width));
    if (last > 0) {
        sp_book_note(book, worksheet_merge_range(sheet, (lxw_row_t)row, 0, (lxw_row_t)row,
                                                 (lxw_col_t)last, "",
                                                 sp_formats_look(book->formats, SP_LOOK_WRAPPED)));
    }
    sp_book_put_text(book, sheet, row, 0, text, SP_LOOK_WRAPPED);
}

void sp_book_put_blank(SpBook *book, lxw_worksheet *sheet, gsize row, gsize column)
{
    sp_book_note(book, worksheet_write_blank(sheet, (lxw_row_t)row, (lxw_col_t)column,
                                             sp_formats_look(book->formats, SP_LOOK_BLANK)));
}

void sp_book_set_counts(SpBook *book, lxw_worksheet *sheet, gsize column, gsize first, gsize last)
{
    lxw_data_validation rule = {
        .validate = LXW_VALIDATION_TYPE_DECIMAL,
        .criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO,
        .value_number = 0.0,
        .error_title = (char *)sp_words_text(book->words, "page.plan"),
        .error_message = (char *)sp_words_text(book->words, "page.plan_count"),
    };
    sp_book_note(book, worksheet_data_validation_range(sheet, (lxw_row_t)first, (lxw_col_t)column,
                                                       (lxw_row_t)last, (lxw_col_t)column, &rule));
}

void sp_book_lock(lxw_worksheet *sheet)
{
    lxw_protection open = {
        .format_columns = LXW_TRUE, .format_rows = LXW_TRUE, .autofilter = LXW_TRUE};
    worksheet_protect(sheet, NULL, &open);
}

char *sp_book_target(const char *sheet, gsize row)
{
    return g_strdup_printf("internal:'%s'!A%" G_GSIZE_FORMAT, sheet, row + 1);
}

void sp_book_put_link(SpBook *book, lxw_worksheet *sheet, gsize row, gsize column,
                      const char *target, const char *text)
{
    g_autofree char *form = sp_cell_text(text);
    sp_book_note(book, worksheet_write_url_opt(sheet, (lxw_row_t)row, (lxw_col_t)column, target,
                                               workbook_get_default_url_format(book->workbook),
                                               form, NULL));
}

lxw_chart *sp_book_add_chart(SpBook *book, lxw_chart_type type)
{
    return workbook_add_chart(book->workbook, (guint8)type);
}

void sp_book_put_chart(SpBook *book, lxw_worksheet *sheet, gsize row, lxw_chart *chart,
                       const char *alt)
{
    g_autofree char *form = sp_words_clean(alt);
    lxw_chart_options options = {.x_scale = chart_width,
                                 .y_scale = chart_height,
                                 .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
                                 .description = form};
    sp_book_note(book, worksheet_insert_chart_opt(sheet, (lxw_row_t)row, 0, chart, &options));
}

void sp_book_set_pages(SpBook *book, lxw_worksheet *sheet, const GArray *rows, gsize last)
{
    g_autofree lxw_row_t *breaks = g_new0(lxw_row_t, (gsize)rows->len + 1);
    for (guint i = 0; i < rows->len; i++) {
        breaks[i] = g_array_index(rows, guint32, i);
    }
    sp_book_note(book, worksheet_set_h_pagebreaks(sheet, breaks));
    sp_book_note(book, worksheet_print_area(sheet, 0, 0, (lxw_row_t)last, 0));
}

void sp_book_set_widths(SpBook *book, lxw_worksheet *sheet, const double widths[], gsize n,
                        gsize n_fixed)
{
    double width = 0.0;
    for (gsize i = 0; i < n; i++) {
        sp_book_note(book,
                     worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i], NULL));
        width += widths[i];
    }
    if (width > (double)PAGE_WIDTH && n_fixed > 0) {
        worksheet_fit_to_pages(sheet, (uint16_t)(1.0 + width / (double)PAGE_WIDTH), 0);
        sp_book_note(book, worksheet_repeat_columns(sheet, 0, (lxw_col_t)(n_fixed - 1)));
    }
}

void sp_book_set_table(SpBook *book, lxw_worksheet *sheet, gsize header, gsize last,
                       gsize n_columns, gsize n_fixed)
{
    lxw_row_t top = (lxw_row_t)header;
    lxw_col_t right = (lxw_col_t)(n_columns - 1);
    char range[LXW_MAX_CELL_RANGE_LENGTH];
    sp_book_note(book, worksheet_autofilter(sheet, top, 0, (lxw_row_t)last, right));
    sp_book_note(book, worksheet_repeat_rows(sheet, top, top));
    worksheet_freeze_panes(sheet, top + 1, (lxw_col_t)n_fixed);
    /* "0301" is a code, not a number that someone typed wrongly: no green corners. */
    lxw_rowcol_to_range(range, top, 0, (lxw_row_t)last, right);
    sp_book_note(book, worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range));
}

static void free_book(SpBook *book)
{
    sp_formats_free(book->formats);
    g_hash_table_unref(book->names);
    g_free(book->path);
    g_free(book->folder);
    g_free(book);
}

gboolean sp_book_close(SpBook *book, GError **error)
{
    sp_book_note(book, workbook_close(book->workbook));
    lxw_error failure = book->failure;
    gboolean is_good = failure == LXW_NO_ERROR;
    if (!is_good) {
        sp_error_set(error, SP_ERROR_IO, "%s: write: %s; is the disk full?", book->path,
                     lxw_strerror(failure));
    }
    free_book(book);
    return is_good;
}

void sp_book_abandon(SpBook *book)
{
    if (book != NULL) {
        lxw_workbook_free(book->workbook);
        free_book(book);
    }
}
