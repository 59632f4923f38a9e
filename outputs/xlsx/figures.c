/* The sheet of figures. */
#include "outputs/xlsx/figures.h"

#include "core/number.h"
#include "outputs/xlsx/cell_text.h"
#include "outputs/xlsx/chart.h"
#include "outputs/xlsx/top.h"

enum { CHART_WIDTH = 104, TITLE_WIDTH = 88, LABEL_WIDTH = 30, FIGURE_WIDTH = 15, HEADER_LINES = 4 };

/* Columns of the sheet. */
enum {
    CHART,
    LABELS,
    FIRST, /* of the sizes of a funnel, and of the series */
    DRAWN = FIRST + 1 + SP_FIGURE_MAX_SERIES + 1,
    N_COLUMNS = DRAWN + SP_DRAWN_MAX
};

/* Rows of a figure. */
enum { ROW_TITLE, ROW_ALT, ROW_HEADER /* and the note beside it */, ROW_FIRST };

typedef struct {
    SpBook *book;
    const SpWords *words;
    lxw_worksheet *sheet;
    const char *name;
} Sheet;

static gsize rows_of(const SpFigure *figure)
{
    return ROW_FIRST + MAX(figure->n, SP_CHART_ROWS) + 1;
}

static void put_header(const Sheet *sheet, gsize row, const SpFigure *figure,
                       const GPtrArray *drawn)
{
    gboolean has_sizes = figure->sizes != NULL;
    gsize column = FIRST;
    sp_book_put_text(sheet->book, sheet->sheet, row, LABELS,
                     has_sizes ? sp_words_text(sheet->words, "page.regionnavn") : figure->x_title,
                     SP_LOOK_HEADER);
    if (has_sizes) {
        sp_book_put_text(sheet->book, sheet->sheet, row, column++, figure->x_title,
                         SP_LOOK_HEADER_RIGHT);
    }
    for (guint i = 0; i < figure->series->len; i++) {
        sp_book_put_text(sheet->book, sheet->sheet, row, column++,
                         sp_figure_series(figure, i)->name, SP_LOOK_HEADER_RIGHT);
    }
    for (guint i = 0; i < drawn->len; i++) {
        const SpDrawn *one = g_ptr_array_index(drawn, i);
        sp_book_put_text(sheet->book, sheet->sheet, row, DRAWN + (gsize)i, one->name,
                         SP_LOOK_HEADER_RIGHT);
    }
}

/* "=D12-C12", "=-B7": what stands in the cell of a drawn column, and its value. */
static void put_drawn(const Sheet *sheet, gsize row, gsize column, const SpDrawn *drawn,
                      const SpFigure *figure, gsize point)
{
    const SpFigureSeries *series = sp_figure_series(figure, drawn->series);
    gsize first = FIRST + (gsize)(figure->sizes != NULL ? 1 : 0);
    double value = sp_number_round(series->points[point].value);
    char cell[LXW_MAX_CELL_NAME_LENGTH];
    char other[LXW_MAX_CELL_NAME_LENGTH] = "";
    if (!sp_drawn_has(drawn, figure, point)) {
        return;
    }
    lxw_rowcol_to_cell(cell, (lxw_row_t)row, (lxw_col_t)(first + drawn->series));
    if (drawn->minus >= 0) {
        guint minus = (guint)drawn->minus;
        value -= sp_number_round(sp_figure_series(figure, minus)->points[point].value);
        lxw_rowcol_to_cell(other, (lxw_row_t)row, (lxw_col_t)(first + minus));
    }
    g_autofree char *formula = g_strdup_printf("=%s%s%s%s", drawn->is_negative ? "-" : "", cell,
                                               drawn->minus >= 0 ? "-" : "", other);
    SpReal real = sp_real(drawn->is_negative ? -value : value);
    sp_book_put_formula(sheet->book, sheet->sheet, row, column, formula,
                        (SpShownFigure){.real = real, .form = series->form});
}

static void put_point(const Sheet *sheet, gsize row, const SpFigure *figure, const GPtrArray *drawn,
                      gsize point)
{
    static const SpFigureForm whole = {0};
    gsize column = FIRST;
    sp_book_put_text(sheet->book, sheet->sheet, row, LABELS, figure->labels[point], SP_LOOK_PLAIN);
    if (figure->sizes != NULL) {
        sp_book_put_figure(sheet->book, sheet->sheet, row, column++,
                           (SpShownFigure){figure->sizes[point], whole, TRUE});
    }
    for (guint i = 0; i < figure->series->len; i++) {
        const SpFigureSeries *series = sp_figure_series(figure, i);
        sp_book_put_figure(sheet->book, sheet->sheet, row, column++,
                           (SpShownFigure){series->points[point], series->form, TRUE});
    }
    for (guint i = 0; i < drawn->len; i++) {
        put_drawn(sheet, row, DRAWN + (gsize)i, g_ptr_array_index(drawn, i), figure, point);
    }
}

static void put_lines(const Sheet *sheet, gsize row, const char *text, SpLook look, guint least)
{
    guint n = sp_cell_lines(text, look == SP_LOOK_SUBTITLE ? TITLE_WIDTH : CHART_WIDTH);
    sp_book_set_lines(sheet->book, sheet->sheet, row, MAX(n, least));
    sp_book_put_text(sheet->book, sheet->sheet, row, CHART, text, look);
}

static void put_figure(const Sheet *sheet, gsize row, const SpFigure *figure)
{
    g_autoptr(GPtrArray) drawn = sp_drawn_new(sheet->words, figure);
    const SpChartCells cells = {.sheet = sheet->name,
                                .first = row + ROW_FIRST,
                                .labels = LABELS,
                                .sizes = FIRST,
                                .drawn = DRAWN};
    g_autofree char *path = sp_words_data_path(figure->table);
    g_autofree char *note =
        g_strdup_printf("%s%s%s: %s, %s", figure->note, figure->note[0] != '\0' ? "\n" : "",
                        sp_words_text(sheet->words, "page.figure_numbers"),
                        sp_words_table(sheet->words, figure->table), path);
    g_autofree char *alt = g_strdup_printf("%s. %s", figure->title, figure->alt);
    put_lines(sheet, row + ROW_TITLE, figure->title, SP_LOOK_SUBTITLE, 1);
    put_lines(sheet, row + ROW_ALT, figure->alt, SP_LOOK_WRAPPED, 1);
    sp_book_put_text(sheet->book, sheet->sheet, row + ROW_ALT, DRAWN,
                     sp_words_text(sheet->words, "page.figure_aid"), SP_LOOK_PLAIN);
    put_lines(sheet, row + ROW_HEADER, note, SP_LOOK_WRAPPED, HEADER_LINES);
    put_header(sheet, row + ROW_HEADER, figure, drawn);
    for (gsize i = 0; i < figure->n; i++) {
        put_point(sheet, row + ROW_FIRST + i, figure, drawn, i);
    }
    sp_book_put_chart(sheet->book, sheet->sheet, row + ROW_FIRST,
                      sp_chart_new(sheet->book, figure, drawn, &cells), alt);
}

static void set_widths(const Sheet *sheet)
{
    double widths[N_COLUMNS];
    for (gsize i = 0; i < N_COLUMNS; i++) {
        widths[i] = i == CHART ? CHART_WIDTH : i == LABELS ? LABEL_WIDTH : FIGURE_WIDTH;
    }
    sp_book_set_widths(sheet->book, sheet->sheet, widths, N_COLUMNS, 0);
}

char *sp_figures_sheet_add(SpBook *book, const SpWords *words, const GPtrArray *figures,
                           const char *contents)
{
    static const double width[] = {CHART_WIDTH};
    const char *title = sp_words_text(words, "page.figures");
    char *name = NULL;
    Sheet sheet = {.book = book, .words = words};
    sheet.sheet = sp_book_add_sheet(book, title, title, &name);
    sheet.name = name;
    sp_top_put(book, sheet.sheet, words,
               &(SpTop){.title = title,
                        .note = sp_words_text(words, "page.figures_note"),
                        .contents = contents,
                        .widths = width,
                        .n_columns = 1});
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(guint32));
    gsize row = SP_TOP_ROWS + (gsize)figures->len + 1;
    for (guint i = 0; i < figures->len; i++) {
        const SpFigure *figure = g_ptr_array_index(figures, i);
        g_autofree char *target = sp_book_target(name, row);
        guint32 start = (guint32)row;
        sp_book_put_link(book, sheet.sheet, SP_TOP_ROWS + (gsize)i, CHART, target, figure->title);
        g_array_append_val(starts, start);
        row += rows_of(figure);
    }
    for (guint i = 0; i < figures->len; i++) {
        put_figure(&sheet, g_array_index(starts, guint32, i), g_ptr_array_index(figures, i));
    }
    set_widths(&sheet);
    sp_book_set_pages(book, sheet.sheet, starts, row);
    return name;
}
