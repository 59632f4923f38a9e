/* A table as a sheet. */
#include "outputs/xlsx/sheet.h"

#include "outputs/forklaring.h"
#include "outputs/grid.h"

#include <string.h>

enum { ROW_TITLE, ROW_NOTE, ROW_NOTICE, ROW_HEADER, ROW_FIRST = SP_SHEET_HEADER_ROWS };

enum { CODE_WIDTH = 8, MIN_WIDTH = 10, MAX_WIDTH = 62, FIGURE_WIDTH = 12, PERIOD_WIDTH = 11 };
enum { MAX_FIXED_WIDTH = 64 /* what a small screen bears that does not scroll */ };

/* What a column of the sheet shows. */
typedef enum { SHOW_CODE, SHOW_LABEL, SHOW_MEASURE, SHOW_FIGURE } Show;

typedef struct {
    Show show;
    gsize source; /* SHOW_CODE, SHOW_LABEL: column of the table; SHOW_FIGURE: place of the view */
    char *heading;
} Column;

typedef struct {
    SpBook *book;
    lxw_worksheet *sheet;
    const SpGridView *view;
    GArray *columns; /* Column */
    const char *title;
    const char *note; /* NULL: none */
    double *widths;   /* by column */
    gsize n_fixed;    /* columns that stay in sight */
    gboolean has_flags;
} Sheet;

static void clear_column(gpointer data)
{
    Column *column = data;
    g_free(column->heading);
}

static gboolean has_flags(const SpTable *table)
{
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        gboolean is_measure = sp_table_column(table, column)->kind == SP_COLUMN_MEASURE;
        for (gsize row = 0; is_measure && row < sp_table_n_rows(table); row++) {
            if (sp_table_real(table, row, column).flags != 0) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

static void add_column(GArray *columns, Show show, gsize source, const char *heading)
{
    Column column = {.show = show, .source = source, .heading = g_strdup(heading)};
    g_array_append_val(columns, column);
}

static void add_codes(GArray *columns, const SpGrid *grid, gsize source)
{
    const char *heading = grid->headings[source];
    if (source == grid->region) {
        add_column(columns, SHOW_CODE, source, heading);
        add_column(columns, SHOW_LABEL, source, sp_words_text(grid->words, "page.regionnavn"));
    } else {
        add_column(columns, source == grid->time ? SHOW_CODE : SHOW_LABEL, source, heading);
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
        add_column(columns, SHOW_MEASURE, 0, sp_words_text(grid->words, "page.measure"));
    }
    for (guint place = 0; place < sp_grid_n_figures(view); place++) {
        g_autofree char *heading = sp_grid_heading(view, place);
        add_column(columns, SHOW_FIGURE, place, heading);
    }
    for (guint i = 0; i < view->attributes->len; i++) {
        add_codes(columns, grid, g_array_index(view->attributes, gsize, i));
    }
    return columns;
}

static const char *label_at(const SpGridView *view, const SpGridLine *line, gsize source)
{
    const SpGrid *grid = view->grid;
    gsize row = sp_grid_row(view, line);
    return grid->labels[source][sp_table_code_numbers_const(grid->table, source)[row]];
}

static const char *measure_at(const SpGridView *view, const SpGridLine *line)
{
    return view->grid->headings[g_array_index(view->grid->measures, gsize, line->measure)];
}

static double longest_word(const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    glong longest = 0;
    for (char **word = words; *word != NULL; word++) {
        longest = MAX(longest, g_utf8_strlen(*word, -1) + 2);
    }
    return (double)longest;
}

static double width_of(const SpGridView *view, const Column *column)
{
    glong longest = MIN_WIDTH;
    if (column->show == SHOW_FIGURE) {
        return MAX(longest_word(column->heading),
                   view->grid->is_across ? PERIOD_WIDTH : FIGURE_WIDTH);
    }
    if (column->show == SHOW_CODE) {
        return column->source == view->grid->time ? MIN_WIDTH + 1 : CODE_WIDTH;
    }
    for (guint i = 0; i < view->lines->len; i++) {
        const SpGridLine *line = &g_array_index(view->lines, SpGridLine, i);
        const char *text = column->show == SHOW_MEASURE ? measure_at(view, line)
                                                        : label_at(view, line, column->source);
        longest = MAX(longest, g_utf8_strlen(text, -1) + 2);
    }
    return (double)MIN(longest, MAX_WIDTH);
}

/* The columns before the figures stay in sight as far as a small screen bears it. */
static void measure_columns(Sheet *sheet)
{
    double fixed = 0.0;
    gboolean is_before = TRUE;
    sheet->widths = g_new0(double, (gsize)sheet->columns->len + 1);
    for (guint i = 0; i < sheet->columns->len; i++) {
        const Column *column = &g_array_index(sheet->columns, Column, i);
        sheet->widths[i] = width_of(sheet->view, column);
        fixed += sheet->widths[i];
        is_before = is_before && column->show != SHOW_FIGURE && fixed <= MAX_FIXED_WIDTH;
        sheet->n_fixed += is_before ? 1 : 0;
    }
}

/* What stands above a header, from the top down. */
typedef struct {
    const char *title;
    const char *note;
    const char *contents; /* the sheet that is linked to */
    const double *widths; /* [n_columns] */
    gsize n_columns;
} Top;

static void put_top(SpBook *book, lxw_worksheet *sheet, const SpWords *words, const Top *top)
{
    const char *notices = sp_words_notices(words);
    sp_book_put_text(book, sheet, ROW_TITLE, 0, top->title, SP_LOOK_TITLE);
    sp_book_put_wide(book, sheet, ROW_NOTE, top->widths, top->n_columns, top->note);
    sp_book_put_link(book, sheet, ROW_NOTICE, 0, top->contents,
                     sp_words_text(words, "page.contents"));
    if (notices[0] != '\0') {
        sp_book_put_text(book, sheet, ROW_NOTICE, 1, notices, SP_LOOK_NOTICE);
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
    g_autofree char *all =
        g_strjoin("\n", sheet->note != NULL ? sheet->note : "", legend, years, NULL);
    guint n_lines = 1;
    put_top(sheet->book, sheet->sheet, words,
            &(Top){.title = sheet->title,
                   .note = g_strstrip(all),
                   .contents = contents,
                   .widths = sheet->widths,
                   .n_columns = sheet->columns->len});
    for (guint i = 0; i < sheet->columns->len; i++) {
        const Column *column = &g_array_index(sheet->columns, Column, i);
        n_lines = MAX(n_lines, sp_book_lines(column->heading, sheet->widths[i] - 2.0));
        sp_book_put_text(sheet->book, sheet->sheet, ROW_HEADER, i, column->heading,
                         column->show == SHOW_FIGURE ? SP_LOOK_HEADER_RIGHT : SP_LOOK_HEADER);
    }
    sp_book_set_lines(sheet->book, sheet->sheet, ROW_HEADER, n_lines);
}

static const char *text_at(const Sheet *sheet, const SpGridLine *line, const Column *column)
{
    switch (column->show) {
    case SHOW_CODE:
        return sp_table_code(sheet->view->grid->table, sp_grid_row(sheet->view, line),
                             column->source);
    case SHOW_LABEL:
        return label_at(sheet->view, line, column->source);
    case SHOW_MEASURE:
        return measure_at(sheet->view, line);
    case SHOW_FIGURE:
        break;
    }
    return NULL;
}

static void put_line(const Sheet *sheet, const SpGridLine *line, gsize row)
{
    guint n_lines = 1;
    for (gsize place = 0; place < sheet->columns->len; place++) {
        const Column *column = &g_array_index(sheet->columns, Column, place);
        const char *text = text_at(sheet, line, column);
        SpReal real;
        SpFigureForm form;
        if (text != NULL) {
            guint n = sp_book_lines(text, sheet->widths[place]);
            sp_book_put_text(sheet->book, sheet->sheet, row, place, text,
                             n > 1 ? SP_LOOK_WRAPPED : SP_LOOK_PLAIN);
            n_lines = MAX(n_lines, n);
        } else if (sp_grid_figure(sheet->view, line, (guint)column->source, &real, &form)) {
            sp_book_put_figure(sheet->book, sheet->sheet, row, place,
                               (SpShownFigure){real, form, sheet->has_flags});
        }
    }
    if (n_lines > 1) {
        sp_book_set_lines(sheet->book, sheet->sheet, row, n_lines);
    }
}

static void fill(Sheet *sheet, const char *contents)
{
    gsize n_columns = sheet->columns->len;
    gsize n_lines = sheet->view->lines->len;
    put_head(sheet, contents);
    for (guint i = 0; i < n_lines; i++) {
        put_line(sheet, &g_array_index(sheet->view->lines, SpGridLine, i), ROW_FIRST + (gsize)i);
    }
    sp_book_set_widths(sheet->book, sheet->sheet, sheet->widths, n_columns, sheet->n_fixed);
    sp_book_set_table(sheet->book, sheet->sheet, ROW_HEADER, ROW_HEADER + n_lines, n_columns,
                      sheet->n_fixed);
}

/* What stands on the sheet's tab, above it and below its title. */
typedef struct {
    const char *brief;
    const char *title;
    const char *note;
} Heading;

static char *add_sheet(SpBook *book, const SpGrid *grid, const GArray *rows, const Heading *heading,
                       const char *contents)
{
    char *name = NULL;
    g_auto(SpGridView) view;
    sp_grid_view_init(&view, grid, rows, SP_GRID_ALL, 0);
    g_autoptr(GArray) columns = columns_of(&view);
    Sheet sheet = {.book = book,
                   .view = &view,
                   .columns = columns,
                   .title = heading->title,
                   .note = heading->note,
                   .has_flags = has_flags(grid->table)};
    sheet.sheet = sp_book_add_sheet(book, heading->brief != NULL ? heading->brief : heading->title,
                                    heading->title, &name);
    measure_columns(&sheet);
    fill(&sheet, contents);
    g_free(sheet.widths);
    return name;
}

char *sp_sheet_add(SpBook *book, const SpWords *words, const SpTable *table, const char *contents)
{
    const Heading heading = {.brief =
                                 sp_words_find(words, "table.", sp_table_name(table), ".short"),
                             .title = sp_words_table(words, table),
                             .note = sp_words_find(words, "table.", sp_table_name(table), ".note")};
    g_auto(SpGrid) grid;
    sp_grid_init(&grid, words, table, SP_GRID_SHEET);
    g_autoptr(GArray) rows = sp_grid_rows(&grid, FALSE);
    return add_sheet(book, &grid, rows, &heading, contents);
}

char *sp_sheet_add_unwanted(SpBook *book, const SpWords *words, const SpTable *unwanted,
                            const char *contents)
{
    g_autofree char *note = g_strjoin(
        "\n", sp_words_text(words, "page.unwanted_note"),
        sp_table_n_rows(unwanted) == 0 ? sp_words_text(words, "page.unwanted_none") : NULL, NULL);
    const Heading heading = {.brief = sp_words_text(words, "page.unwanted_short"),
                             .title = sp_words_text(words, "page.unwanted"),
                             .note = note};
    g_auto(SpGrid) grid;
    sp_grid_init(&grid, words, unwanted, SP_GRID_SHEET);
    g_autoptr(GArray) rows = sp_grid_rows(&grid, FALSE);
    return add_sheet(book, &grid, rows, &heading, contents);
}

enum { OVERVIEW_NAMES = 2, OVERVIEW_REGIONS = 2 /* the package's own, the country */ };

static void put_overview_line(SpBook *book, lxw_worksheet *sheet, gsize row,
                              const SpOverview *overview, const SpOverviewLine *line)
{
    sp_book_put_text(book, sheet, row, 0, line->label, SP_LOOK_PLAIN);
    sp_book_put_text(book, sheet, row, 1, line->period, SP_LOOK_PLAIN);
    for (guint i = 0; i < overview->n_regions; i++) {
        if (line->rows[i] != SP_NO_COLUMN) {
            sp_book_put_figure(
                book, sheet, row, OVERVIEW_NAMES + (gsize)i,
                (SpShownFigure){sp_table_real(line->table, line->rows[i], line->measure),
                                line->form, TRUE});
        }
    }
}

char *sp_sheet_add_overview(SpBook *book, const SpWords *words, const SpOverview *overview,
                            const char *contents)
{
    static const double widths[OVERVIEW_NAMES + OVERVIEW_REGIONS] = {60, 14, 22, 22};
    static const char *const headings[OVERVIEW_NAMES] = {"page.figure", "page.time"};
    const char *title = sp_words_text(words, "page.overview");
    gsize n_columns = OVERVIEW_NAMES + (gsize)overview->n_regions;
    char *name = NULL;
    lxw_worksheet *sheet = sp_book_add_sheet(book, title, title, &name);
    g_autofree char *legend = sp_overview_legend(words, overview, NULL, 0);
    g_autofree char *both =
        g_strconcat(sp_words_text(words, "page.overview_note"), "\n", legend, NULL);
    put_top(book, sheet, words, &(Top){title, g_strstrip(both), contents, widths, n_columns});
    for (gsize i = 0; i < n_columns; i++) {
        gboolean is_region = i >= OVERVIEW_NAMES;
        const char *text =
            is_region ? overview->names[i - OVERVIEW_NAMES] : sp_words_text(words, headings[i]);
        sp_book_put_text(book, sheet, ROW_HEADER, i, text,
                         is_region ? SP_LOOK_HEADER_RIGHT : SP_LOOK_HEADER);
    }
    for (guint i = 0; i < overview->lines->len; i++) {
        put_overview_line(book, sheet, ROW_FIRST + (gsize)i, overview,
                          &g_array_index(overview->lines, SpOverviewLine, i));
    }
    sp_book_set_widths(book, sheet, widths, n_columns, 0);
    return name;
}
