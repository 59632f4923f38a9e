/*
 * The workbook. Two runs give the same bytes: libxlsxwriter dates its zip entries 1980-01-01 by
 * itself, and the one clock it would read, the date of creation, is set to the edition's day.
 */
#include "outputs/xlsx/book.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/number.h"

#include <string.h>

enum {
    MAX_CELL_CHARACTERS = 32767,
    MAX_SHEET_NAME = 31,
    MAX_MARGIN_TEXT = 200,
    PAPER_A4 = 9,
    LINE_HEIGHT = 15,
    MAX_LINES = 25,   /* Excel's highest row */
    PAGE_WIDTH = 220, /* characters on a landscape page that are still readable */
    TEXT_WIDTH = 120  /* characters of a line of text */
};

struct SpBook {
    lxw_workbook *workbook;
    lxw_format *looks[SP_N_LOOKS];
    lxw_format *link;
    GHashTable *numbers; /* number format -> lxw_format*, keys owned */
    GHashTable *figures; /* form and flags as a number -> lxw_format*: a look-up a figure */
    GHashTable *names;   /* sheet names taken, folded */
    const SpWords *words;
    char *path;
    char *folder;
    lxw_error failure; /* the first one */
};

static void note(SpBook *book, lxw_error failure)
{
    if (book->failure == LXW_NO_ERROR) {
        book->failure = failure;
    }
}

static void set_looks(SpBook *book)
{
    for (gsize i = 0; i < SP_N_LOOKS; i++) {
        book->looks[i] = workbook_add_format(book->workbook);
    }
    format_set_bold(book->looks[SP_LOOK_TITLE]);
    format_set_font_size(book->looks[SP_LOOK_TITLE], 14);
    format_set_bold(book->looks[SP_LOOK_NOTICE]);
    format_set_font_color(book->looks[SP_LOOK_NOTICE], 0x9C0006);
    format_set_bold(book->looks[SP_LOOK_HEADER]);
    format_set_text_wrap(book->looks[SP_LOOK_HEADER]);
    format_set_align(book->looks[SP_LOOK_HEADER], LXW_ALIGN_VERTICAL_BOTTOM);
    format_set_bottom(book->looks[SP_LOOK_HEADER], LXW_BORDER_THIN);
    format_set_bold(book->looks[SP_LOOK_HEADER_RIGHT]);
    format_set_text_wrap(book->looks[SP_LOOK_HEADER_RIGHT]);
    format_set_align(book->looks[SP_LOOK_HEADER_RIGHT], LXW_ALIGN_RIGHT);
    format_set_align(book->looks[SP_LOOK_HEADER_RIGHT], LXW_ALIGN_VERTICAL_BOTTOM);
    format_set_bottom(book->looks[SP_LOOK_HEADER_RIGHT], LXW_BORDER_THIN);
    format_set_align(book->looks[SP_LOOK_PLAIN], LXW_ALIGN_VERTICAL_TOP);
    format_set_text_wrap(book->looks[SP_LOOK_WRAPPED]);
    format_set_align(book->looks[SP_LOOK_WRAPPED], LXW_ALIGN_VERTICAL_TOP);
    book->link = workbook_get_default_url_format(book->workbook);
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
    note(book, workbook_set_properties(book->workbook, &properties));
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
    book->numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    book->figures = g_hash_table_new(NULL, NULL);
    book->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    lxw_workbook_options options = {
        .constant_memory = LXW_TRUE, .tmpdir = book->folder, .use_zip64 = LXW_FALSE};
    book->workbook = workbook_new_opt(path, &options);
    set_looks(book);
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
    note(book, worksheet_set_header(sheet, above));
    note(book, worksheet_set_footer(sheet, below));
    if (given != NULL) {
        *given = g_steal_pointer(&fitted);
    }
    return sheet;
}

static gboolean is_escape(const char *text)
{
    enum { HEX_FIRST = 2, HEX_END = 6 };
    gboolean is_one = text[0] == '_' && text[1] == 'x';
    for (gsize i = HEX_FIRST; is_one && i < HEX_END; i++) {
        is_one = g_ascii_isxdigit(text[i]);
    }
    return is_one && text[HEX_END] == '_';
}

/* In a cell "_x0041_" means the character 41: the underscore of a text that only looks so is
 * written as an escape itself, which libxlsxwriter leaves to us. */
static char *cell_form(const char *text)
{
    g_autofree char *clean = sp_words_clean(text);
    if (strlen(clean) <= MAX_CELL_CHARACTERS && strstr(clean, "_x") == NULL) {
        return g_steal_pointer(&clean);
    }
    if (g_utf8_strlen(clean, -1) > MAX_CELL_CHARACTERS) {
        *g_utf8_offset_to_pointer(clean, MAX_CELL_CHARACTERS) = '\0';
    }
    g_autoptr(GString) form = g_string_new(NULL);
    for (const char *c = clean; *c != '\0'; c++) {
        g_string_append(form, is_escape(c) ? "_x005F" : "");
        g_string_append_c(form, *c);
    }
    return g_string_free(g_steal_pointer(&form), FALSE);
}

void sp_book_put_text(SpBook *book, lxw_worksheet *sheet, gsize row, gsize column, const char *text,
                      SpLook look)
{
    g_autofree char *form = cell_form(text);
    /* write_string and nothing else: it is what keeps "=cmd" a text. */
    note(book,
         worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column, form, book->looks[look]));
}

/*
 * Zero is a number that is shown as SSB's "-"; below the unit it is shown as 0. Flags stand behind
 * the figure by its format, so that it stays a number; figures without flags among others that have
 * some are set in by as much.
 */
static lxw_format *number_format(SpBook *book, SpFigureForm form, gboolean is_zero_dash,
                                 const char *ending)
{
    g_autoptr(GString) one = g_string_new(form.is_percent ? "0" : "#,##0");
    for (guint i = 0; i < form.decimals; i++) {
        g_string_append(one, i == 0 ? ".0" : "0");
    }
    if (form.is_percent) {
        /* In quotes the sign is a letter, and nothing is multiplied. */
        g_string_append(one, form.is_in_percent ? "\" %\"" : " %");
    }
    if (form.is_free) {
        g_string_assign(one, "General");
    }
    g_autofree char *text =
        g_strdup_printf("%s%s;-%s%s;%s%s;@%s", one->str, ending, one->str, ending,
                        is_zero_dash ? "\"-\"" : one->str, ending, ending);
    lxw_format *format = g_hash_table_lookup(book->numbers, text);
    if (format == NULL) {
        format = workbook_add_format(book->workbook);
        format_set_num_format(format, text);
        format_set_align(format, LXW_ALIGN_RIGHT);
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        g_hash_table_insert(book->numbers, g_steal_pointer(&text), format);
    }
    return format;
}

/* All that a figure's format depends on, as a number. */
static gpointer figure_key(SpFigureForm form, gboolean is_zero_dash, gboolean has_flags,
                           guint flags)
{
    guint key = form.decimals;
    key = key << 1 | (form.is_percent ? 1 : 0);
    key = key << 1 | (form.is_in_percent ? 1 : 0);
    key = key << 1 | (form.is_free ? 1 : 0);
    key = key << 1 | (is_zero_dash ? 1 : 0);
    key = key << 1 | (has_flags ? 1 : 0);
    return GUINT_TO_POINTER(key << 8 | flags);
}

static lxw_format *figure_format(SpBook *book, SpReal real, SpFigureForm form, gboolean has_flags)
{
    gboolean is_zero_dash = real.status != SP_BELOW_UNIT;
    gpointer key = figure_key(form, is_zero_dash, has_flags, real.flags);
    lxw_format *format = g_hash_table_lookup(book->figures, key);
    if (format == NULL) {
        char letters[SP_FLAGS_TEXT_SIZE];
        const char *flags = sp_flags_format(real.flags, letters);
        g_autofree char *shown = g_strdup_printf("\" %s\"", flags);
        const char *ending = *flags != '\0' ? shown : has_flags ? "_ _m" : "";
        format = number_format(book, form, is_zero_dash, ending);
        g_hash_table_insert(book->figures, key, format);
    }
    return format;
}

void sp_book_put_figure(SpBook *book, lxw_worksheet *sheet, gsize row, gsize column,
                        SpShownFigure figure)
{
    SpReal real = figure.real;
    lxw_format *format = figure_format(book, real, figure.form, figure.has_flags);
    if (sp_real_is_number(real)) {
        /* The same rounding as in the CSV: one figure in every format. */
        note(book, worksheet_write_number(sheet, (lxw_row_t)row, (lxw_col_t)column,
                                          sp_number_round(real.value), format));
    } else {
        note(book, worksheet_write_string(sheet, (lxw_row_t)row, (lxw_col_t)column,
                                          sp_status_sign((SpStatus)real.status), format));
    }
}

/* Lines of one paragraph: words go onto a new line, longer ones than a line are broken. */
static guint lines_of(const char *paragraph, double width)
{
    g_auto(GStrv) words = g_strsplit(paragraph, " ", -1);
    guint n = 1;
    double used = 0.0;
    for (char **word = words; *word != NULL; word++) {
        double length = (double)g_utf8_strlen(*word, -1);
        gboolean is_fitting = used == 0.0 || used + 1.0 + length <= width;
        n += is_fitting ? 0 : 1;
        used = used > 0.0 && is_fitting ? used + 1.0 + length : length;
        while (used > width) {
            used -= width;
            n++;
        }
    }
    return n;
}

guint sp_book_lines(const char *text, double width)
{
    g_auto(GStrv) paragraphs = g_strsplit(text, "\n", -1);
    guint n = 0;
    for (char **paragraph = paragraphs; *paragraph != NULL; paragraph++) {
        n += lines_of(*paragraph, width);
    }
    return MAX(n, 1);
}

void sp_book_set_lines(SpBook *book, lxw_worksheet *sheet, gsize row, guint n)
{
    note(book, worksheet_set_row(sheet, (lxw_row_t)row,
                                 (double)LINE_HEIGHT * (double)CLAMP(n, 1, MAX_LINES), NULL));
}

void sp_book_put_wide(SpBook *book, lxw_worksheet *sheet, gsize row, const double widths[], gsize n,
                      const char *text)
{
    gsize last = 0;
    double width = widths[0];
    while (last + 1 < n && width + widths[last + 1] <= (double)TEXT_WIDTH) {
        width += widths[++last];
    }
    sp_book_set_lines(book, sheet, row, sp_book_lines(text, width));
    if (last > 0) {
        note(book, worksheet_merge_range(sheet, (lxw_row_t)row, 0, (lxw_row_t)row, (lxw_col_t)last,
                                         "", book->looks[SP_LOOK_WRAPPED]));
    }
    sp_book_put_text(book, sheet, row, 0, text, SP_LOOK_WRAPPED);
}

void sp_book_put_link(SpBook *book, lxw_worksheet *sheet, gsize row, gsize column,
                      const char *target, const char *text)
{
    g_autofree char *form = cell_form(text);
    g_autofree char *url = g_strdup_printf("internal:'%s'!A1", target);
    note(book, worksheet_write_url_opt(sheet, (lxw_row_t)row, (lxw_col_t)column, url, book->link,
                                       form, NULL));
}

void sp_book_set_widths(SpBook *book, lxw_worksheet *sheet, const double widths[], gsize n,
                        gsize n_fixed)
{
    double width = 0.0;
    for (gsize i = 0; i < n; i++) {
        note(book, worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i, widths[i], NULL));
        width += widths[i];
    }
    if (width > (double)PAGE_WIDTH && n_fixed > 0) {
        worksheet_fit_to_pages(sheet, (uint16_t)(1.0 + width / (double)PAGE_WIDTH), 0);
        note(book, worksheet_repeat_columns(sheet, 0, (lxw_col_t)(n_fixed - 1)));
    }
}

void sp_book_set_table(SpBook *book, lxw_worksheet *sheet, gsize header, gsize last,
                       gsize n_columns, gsize n_fixed)
{
    lxw_row_t top = (lxw_row_t)header;
    lxw_col_t right = (lxw_col_t)(n_columns - 1);
    char range[LXW_MAX_CELL_RANGE_LENGTH];
    note(book, worksheet_autofilter(sheet, top, 0, (lxw_row_t)last, right));
    note(book, worksheet_repeat_rows(sheet, top, top));
    worksheet_freeze_panes(sheet, top + 1, (lxw_col_t)n_fixed);
    /* "0301" is a code, not a number that someone typed wrongly: no green corners. */
    lxw_rowcol_to_range(range, top, 0, (lxw_row_t)last, right);
    note(book, worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range));
}

static void free_book(SpBook *book)
{
    g_hash_table_unref(book->numbers);
    g_hash_table_unref(book->figures);
    g_hash_table_unref(book->names);
    g_free(book->path);
    g_free(book->folder);
    g_free(book);
}

gboolean sp_book_close(SpBook *book, GError **error)
{
    note(book, workbook_close(book->workbook));
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
