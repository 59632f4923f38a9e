/* A table as a sheet. */
#include "outputs/xlsx/sheet.h"

#include "outputs/forklaring.h"
#include "outputs/grid.h"
#include "outputs/xlsx/cell_text.h"
#include "outputs/xlsx/sheet_rows.h"

#include <math.h>
#include <string.h>

enum { ROW_HEADER = SP_TOP_ROWS, ROW_FIRST };

enum { MIN_WIDTH = 8, MAX_WIDTH = 62, FIGURE_WIDTH = 12, PERIOD_WIDTH = 11 };
enum {
    MARGIN = 2,
    FLAGS = 4 /* and a margin */,
    FILTER = 3 /* the button that lies over a header's right end */
};
enum { MAX_FIXED_WIDTH = 64 /* what a small screen bears that does not scroll */ };

/* What a column of the sheet shows. */
typedef enum { SHOW_CODE, SHOW_LABEL, SHOW_TIME, SHOW_MEASURE, SHOW_FIGURE } Show;

/* A text of a column: a few stand in very many rows, and are looked at once. */
typedef struct {
    char *text;    /* as people read it; NULL as long as no line has it */
    char *content; /* the same as a cell holds it (sp_sheet_rows_text); NULL: not made yet */
    guint n_lines; /* that it takes in the column's width, then */
} Text;

typedef struct {
    Show show;
    gsize source; /* column of the table; SHOW_FIGURE: place of the view */
    char *heading;
    gboolean is_after; /* behind the figures */
    GArray *texts;     /* Text by code number or by measure; NULL of figures */
} Column;

typedef struct {
    SpBook *book;
    lxw_worksheet *sheet;
    const SpGridView *view;
    GArray *columns; /* Column */
    const char *title;
    const char *note; /* what stands above it */
    const char *more; /* target of the whole note; NULL: that is all */
    double *widths;   /* by column */
    gsize n_fixed;    /* columns that stay in sight */
    gboolean has_flags;
} Sheet;

static void clear_text(gpointer data)
{
    Text *text = data;
    g_free(text->text);
    g_free(text->content);
}

static void clear_column(gpointer data)
{
    Column *column = data;
    g_free(column->heading);
    if (column->texts != NULL) {
        g_array_unref(column->texts);
    }
}

static gboolean has_flags(const SpTable *table)
{
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        gboolean is_measure = sp_table_column(table, column)->kind == SP_COLUMN_MEASURE;
        const SpReal *reals = is_measure ? sp_table_reals_const(table, column) : NULL;
        for (gsize row = 0; is_measure && row < sp_table_n_rows(table); row++) {
            if (reals[row].flags != 0) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

static void add_column(GArray *columns, Show show, gsize source, const char *heading, gsize n_texts)
{
    Column column = {.show = show, .source = source, .heading = g_strdup(heading)};
    gboolean has_figures =
        columns->len > 0 && g_array_index(columns, Column, columns->len - 1).show == SHOW_FIGURE;
    column.is_after = has_figures || (columns->len > 0 &&
                                      g_array_index(columns, Column, columns->len - 1).is_after);
    if (show == SHOW_FIGURE) {
        column.is_after = FALSE;
    } else {
        column.texts = g_array_new(FALSE, TRUE, sizeof(Text));
        g_array_set_clear_func(column.texts, clear_text);
        g_array_set_size(column.texts, (guint)n_texts);
    }
    g_array_append_val(columns, column);
}

static void add_codes(GArray *columns, const SpGrid *grid, gsize source)
{
    const char *heading = grid->headings[source];
    gsize n = sp_codes_size(sp_table_codes(grid->table, source));
    if (source == grid->region) {
        add_column(columns, SHOW_CODE, source, heading, n);
        add_column(columns, SHOW_LABEL, source, sp_words_text(grid->words, "page.regionnavn"), n);
    } else {
        const SpColumn *info = sp_table_column(grid->table, source);
        const gboolean is_time = sp_words_is_period(info) || sp_words_is_day(info);
        add_column(columns, is_time ? SHOW_TIME : SHOW_LABEL, source, heading, n);
    }
}

static GArray *columns_of(const SpGridView *view)
{
    const SpGrid *grid = view->grid;
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(Column));
    g_array_set_clear_func(columns, clear_column);
    for (guint i = 0; i < grid->keys->len; i++) {
        add_codes(columns, grid, g_array_index(grid->keys, gsize, i));
    }
    if (view->has_measure_lines) {
        add_column(columns, SHOW_MEASURE, 0, sp_words_text(grid->words, "page.measure"),
                   grid->measures->len);
    }
    for (guint place = 0; place < sp_grid_n_figures(view); place++) {
        g_autofree char *heading = sp_grid_heading(view, place);
        add_column(columns, SHOW_FIGURE, place, heading, 0);
    }
    for (guint i = 0; i < view->attributes->len; i++) {
        add_codes(columns, grid, g_array_index(view->attributes, gsize, i));
    }
    return columns;
}

/* Which of the column's texts a line has. */
static Text *text_at(const SpGridView *view, const SpGridLine *line, const Column *column)
{
    guint number = column->show == SHOW_MEASURE
                       ? line->measure
                       : sp_table_code_numbers_const(view->grid->table,
                                                     column->source)[sp_grid_row(view, line)];
    return &g_array_index(column->texts, Text, number);
}

static const char *source_of(const SpGridView *view, const SpGridLine *line, const Column *column)
{
    const SpGrid *grid = view->grid;
    gsize row = sp_grid_row(view, line);
    switch (column->show) {
    case SHOW_CODE:
        return sp_table_code(grid->table, row, column->source);
    case SHOW_LABEL:
    case SHOW_TIME:
        return grid
            ->labels[column->source][sp_table_code_numbers_const(grid->table, column->source)[row]];
    case SHOW_MEASURE:
        return grid->headings[g_array_index(grid->measures, gsize, line->measure)];
    case SHOW_FIGURE:
        break;
    }
    g_assert_not_reached();
}

/* Makes the texts of a column; returns the characters of the longest. */
static glong make_texts(const SpGridView *view, const Column *column)
{
    glong longest = 0;
    for (guint i = 0; i < view->lines->len; i++) {
        const SpGridLine *line = &g_array_index(view->lines, SpGridLine, i);
        Text *text = text_at(view, line, column);
        if (text->text == NULL) {
            text->text = sp_cell_text(source_of(view, line, column));
            longest = MAX(longest, g_utf8_strlen(text->text, -1));
        }
    }
    return longest;
}

/* Characters of the widest figure that a measure may show, with its flags. */
static double figure_width(const SpGrid *grid, guint measure)
{
    const SpReal *reals =
        sp_table_reals_const(grid->table, g_array_index(grid->measures, gsize, measure));
    const char *unit = grid->indicator_units[measure];
    const SpFigureForm widest = {.decimals = 2, .is_percent = TRUE};
    SpFigureForm form =
        unit != NULL ? sp_units_form_of_indicator(unit, widest) : grid->forms[measure];
    double largest = 0.0;
    char buffer[SP_FIGURE_SIZE];
    for (gsize row = 0; row < sp_table_n_rows(grid->table); row++) {
        largest = MAX(largest, fabs(reals[row].value));
    }
    const char *shown = sp_words_figure(sp_real(-largest), form, buffer);
    return (double)(g_utf8_strlen(shown, -1) + FLAGS);
}

/* The same by measure; where periods are across, each place may show all of them. g_free. */
static double *figure_widths(const SpGrid *grid)
{
    double *widths = g_new0(double, (gsize)grid->measures->len + 1);
    double widest = 0.0;
    for (guint i = 0; i < grid->measures->len; i++) {
        widths[i] = figure_width(grid, i);
        widest = MAX(widest, widths[i]);
    }
    for (guint i = 0; grid->is_across && i < grid->measures->len; i++) {
        widths[i] = widest;
    }
    return widths;
}

static double width_of(const SpGridView *view, const Column *column, const double figures[])
{
    double heading = sp_cell_longest_word(column->heading) + FILTER;
    if (column->show != SHOW_FIGURE) {
        const glong longest = make_texts(view, column) + MARGIN;
        return MAX(MAX((double)MIN(longest, MAX_WIDTH), heading), MIN_WIDTH);
    }
    gboolean is_across = view->grid->is_across;
    guint measure = is_across ? 0 : g_array_index(view->measures, guint, column->source);
    return MAX(MAX(heading, is_across ? PERIOD_WIDTH : FIGURE_WIDTH), figures[measure]);
}

/* The columns before the figures stay in sight as far as a small screen bears it. */
static void measure_columns(Sheet *sheet)
{
    double fixed = 0.0;
    gboolean is_before = TRUE;
    g_autofree double *figures = figure_widths(sheet->view->grid);
    sheet->widths = g_new0(double, (gsize)sheet->columns->len + 1);
    for (guint i = 0; i < sheet->columns->len; i++) {
        const Column *column = &g_array_index(sheet->columns, Column, i);
        sheet->widths[i] = width_of(sheet->view, column, figures);
        fixed += sheet->widths[i];
        is_before = is_before && column->show != SHOW_FIGURE && fixed <= MAX_FIXED_WIDTH;
        sheet->n_fixed += is_before ? 1 : 0;
    }
}

/* "Ikke vist her: 2032–2034. Alle årene ligger i data/x.csv."; "" when all years are shown. */
static char *left_out(const SpWords *words, const SpTable *table)
{
    SpShowYears years;
    sp_show_years(sp_words_package(words)->catalogue, table, "xlsx", &years);
    g_autofree char *text = sp_show_left_out(&years, table);
    g_autofree char *path = sp_words_data_path(table);
    return text[0] == '\0' ? g_strdup("")
                           : g_strdup_printf("%s %s. %s %s.", sp_words_text(words, "page.left_out"),
                                             text, sp_words_text(words, "page.all_years"), path);
}

static void put_head(const Sheet *sheet, const char *contents)
{
    const SpWords *words = sheet->view->grid->words;
    const SpTable *table = sheet->view->grid->table;
    g_autofree char *legend = sp_forklaring_legend(words, table);
    g_autofree char *years = left_out(words, table);
    g_autofree char *all = g_strjoin("\n", sheet->note, legend, years, NULL);
    guint n_lines = 1;
    sp_top_put(sheet->book, sheet->sheet, words,
               &(SpTop){.title = sheet->title,
                        .note = g_strstrip(all),
                        .contents = contents,
                        .more = sheet->more,
                        .widths = sheet->widths,
                        .n_columns = sheet->columns->len});
    for (guint i = 0; i < sheet->columns->len; i++) {
        const Column *column = &g_array_index(sheet->columns, Column, i);
        n_lines = MAX(n_lines, sp_cell_lines(column->heading, sheet->widths[i] - FILTER));
        sp_book_put_text(sheet->book, sheet->sheet, ROW_HEADER, i, column->heading,
                         column->show == SHOW_FIGURE ? SP_LOOK_HEADER_RIGHT
                         : column->is_after          ? SP_LOOK_HEADER_AFTER
                                                     : SP_LOOK_HEADER);
    }
    sp_book_set_lines(sheet->book, sheet->sheet, ROW_HEADER, n_lines);
}

static void make_content(const Sheet *sheet, const SpSheetRows *rows, const SpGridLine *line,
                         gsize place, Text *text)
{
    const Column *column = &g_array_index(sheet->columns, Column, place);
    text->n_lines = 1;
    if (column->show == SHOW_TIME) {
        const char *code =
            sp_table_code(sheet->view->grid->table, sp_grid_row(sheet->view, line), column->source);
        text->content = sp_sheet_rows_time(rows, code, column->is_after);
    }
    if (text->content == NULL) {
        text->n_lines = sp_cell_lines(text->text, sheet->widths[place]);
        SpLook look = text->n_lines > 1 ? SP_LOOK_WRAPPED : SP_LOOK_PLAIN;
        if (column->is_after) {
            look = text->n_lines > 1 ? SP_LOOK_AFTER_WRAPPED : SP_LOOK_AFTER;
        }
        text->content = sp_sheet_rows_text(rows, text->text, look);
    }
}

/* Returns the lines that the text takes. */
static guint put_text(const Sheet *sheet, SpSheetRows *rows, const SpGridLine *line, gsize place)
{
    Text *text = text_at(sheet->view, line, &g_array_index(sheet->columns, Column, place));
    if (text->text[0] == '\0') {
        return 1; /* nothing is cheaper than an empty cell */
    }
    if (text->content == NULL) {
        make_content(sheet, rows, line, place, text);
    }
    sp_sheet_rows_put(rows, place, text->content);
    return text->n_lines;
}

static void put_line(const Sheet *sheet, SpSheetRows *rows, const SpGridLine *line)
{
    guint n_lines = 1;
    for (gsize place = 0; place < sheet->columns->len; place++) {
        const Column *column = &g_array_index(sheet->columns, Column, place);
        SpReal real;
        SpFigureForm form;
        if (column->show != SHOW_FIGURE) {
            const guint n = put_text(sheet, rows, line, place);
            n_lines = MAX(n_lines, n);
        } else if (sp_grid_figure(sheet->view, line, (guint)column->source, &real, &form)) {
            sp_sheet_rows_put_figure(rows, place, (SpShownFigure){real, form, sheet->has_flags});
        }
    }
    sp_sheet_rows_end_row(rows, n_lines);
}

static void fill(Sheet *sheet, const char *contents)
{
    gsize n_columns = sheet->columns->len;
    gsize n_lines = sheet->view->lines->len;
    put_head(sheet, contents);
    SpSheetRows *rows = sp_sheet_rows_new(sheet->book, sheet->sheet, ROW_FIRST);
    for (guint i = 0; i < n_lines; i++) {
        put_line(sheet, rows, &g_array_index(sheet->view->lines, SpGridLine, i));
    }
    sp_sheet_rows_free(rows);
    sp_book_set_widths(sheet->book, sheet->sheet, sheet->widths, n_columns, sheet->n_fixed);
    sp_book_set_table(sheet->book, sheet->sheet, ROW_HEADER, ROW_HEADER + n_lines, n_columns,
                      sheet->n_fixed);
}

/* What stands on the sheet's tab, above it and below its title. */
typedef struct {
    const char *brief;
    const char *title;
    const char *note;   /* NULL: none */
    const char *result; /* what stands behind it; NULL: nothing */
} Heading;

static char *add_sheet(SpBook *book, const SpGrid *grid, const GArray *rows, const Heading *heading,
                       SpSheetNotes *notes)
{
    char *name = NULL;
    const char *rest = NULL;
    g_autofree char *lead = heading->note != NULL ? sp_words_lead(heading->note, &rest) : NULL;
    g_autofree char *more = sp_sheet_notes_add(notes, heading->title, heading->note);
    g_autofree char *above = g_strjoin("\n", lead != NULL ? lead : "", heading->result, NULL);
    g_auto(SpGridView) view;
    sp_grid_view_init(&view, grid, rows, SP_GRID_ALL, 0);
    g_autoptr(GArray) columns = columns_of(&view);
    Sheet sheet = {.book = book,
                   .view = &view,
                   .columns = columns,
                   .title = heading->title,
                   .note = above,
                   .more = more,
                   .has_flags = has_flags(grid->table)};
    sheet.sheet = sp_book_add_sheet(book, heading->brief != NULL ? heading->brief : heading->title,
                                    heading->title, &name);
    measure_columns(&sheet);
    fill(&sheet, sp_sheet_notes_contents(notes));
    g_free(sheet.widths);
    return name;
}

char *sp_sheet_add(SpBook *book, const SpWords *words, const SpTable *table, SpSheetNotes *notes)
{
    g_autofree char *note = sp_words_note(words, table);
    const Heading heading = {.brief =
                                 sp_words_find(words, "table.", sp_table_name(table), ".short"),
                             .title = sp_words_table(words, table),
                             .note = note};
    g_auto(SpGrid) grid;
    sp_grid_init(&grid, words, table, SP_GRID_SHEET);
    g_autoptr(GArray) rows = sp_grid_rows(&grid, FALSE);
    return add_sheet(book, &grid, rows, &heading, notes);
}

char *sp_sheet_add_unwanted(SpBook *book, const SpWords *words, const SpTable *unwanted,
                            SpSheetNotes *notes)
{
    const gboolean is_none = sp_table_n_rows(unwanted) == 0;
    const Heading heading = {.brief = sp_words_text(words, "page.unwanted_short"),
                             .title = sp_words_text(words, "page.unwanted"),
                             .note = sp_words_text(words, "page.unwanted_note"),
                             .result = is_none ? sp_words_text(words, "page.unwanted_none") : NULL};
    g_auto(SpGrid) grid;
    sp_grid_init(&grid, words, unwanted, SP_GRID_SHEET);
    g_autoptr(GArray) rows = sp_grid_rows(&grid, FALSE);
    return add_sheet(book, &grid, rows, &heading, notes);
}
