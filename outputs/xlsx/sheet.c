/* A table as a sheet. */
#include "outputs/xlsx/sheet.h"

#include <string.h>

enum { ROW_TITLE, ROW_NOTE, ROW_NOTICE, ROW_HEADER, ROW_FIRST = SP_SHEET_HEADER_ROWS };

enum { MIN_WIDTH = 10, MAX_WIDTH = 44, FIGURE_WIDTH = 14 };

/* What a column of the sheet shows of a column of the table. */
typedef enum { SHOW_CODE, SHOW_LABEL, SHOW_FIGURE, SHOW_FLAGS } Show;

typedef struct {
    gsize source; /* column of the table */
    Show show;
    SpFigureForm form;
    char **labels; /* by code number; NULL unless labels are shown */
    char *heading;
} Column;

static void clear_column(gpointer data)
{
    Column *column = data;
    g_strfreev(column->labels);
    g_free(column->heading);
}

static gboolean has_flags(const SpTable *table, gsize column)
{
    const SpReal *reals = sp_table_reals_const(table, column);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (reals[row].flags != 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static void add_codes(GArray *columns, const SpWords *words, const SpTable *table, gsize source)
{
    const SpColumn *info = sp_table_column(table, source);
    gboolean is_region = sp_words_is_region(info);
    if (is_region || sp_words_is_period(info)) {
        Column code = {
            .source = source, .show = SHOW_CODE, .heading = sp_words_column(words, info)};
        g_array_append_val(columns, code);
    }
    if (!sp_words_is_period(info)) {
        Column label = {.source = source, .show = SHOW_LABEL};
        label.labels = sp_words_labels(words, table, source);
        label.heading = is_region ? g_strdup(sp_words_text(words, "page.regionnavn"))
                                  : sp_words_column(words, info);
        g_array_append_val(columns, label);
    }
}

static void add_measure(GArray *columns, const SpWords *words, const SpTable *table, gsize source)
{
    const SpColumn *info = sp_table_column(table, source);
    Column figure = {
        .source = source, .show = SHOW_FIGURE, .form = sp_words_form(words, info->unit)};
    figure.heading = sp_words_column_with_unit(words, info);
    g_array_append_val(columns, figure);
    if (has_flags(table, source)) {
        g_autofree char *title = sp_words_column(words, info);
        Column flags = {.source = source, .show = SHOW_FLAGS};
        flags.heading = g_strdup_printf("%s, %s", title, sp_words_text(words, "page.merknad"));
        g_array_append_val(columns, flags);
    }
}

static GArray *columns_of(const SpWords *words, const SpTable *table)
{
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(Column));
    g_array_set_clear_func(columns, clear_column);
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        if (sp_table_column(table, i)->kind == SP_COLUMN_CODE) {
            add_codes(columns, words, table, i);
        } else {
            add_measure(columns, words, table, i);
        }
    }
    return columns;
}

static double width_of(const SpTable *table, const Column *column)
{
    glong longest = MIN_WIDTH;
    if (column->show == SHOW_FIGURE) {
        return FIGURE_WIDTH;
    }
    if (column->show == SHOW_LABEL) {
        const guint32 *numbers = sp_table_code_numbers_const(table, column->source);
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            longest = MAX(longest, g_utf8_strlen(column->labels[numbers[row]], -1) + 1);
        }
    }
    return (double)MIN(longest, MAX_WIDTH);
}

static void put_head(SpBook *book, lxw_worksheet *sheet, const SpWords *words, const SpTable *table,
                     const char *contents, const GArray *columns)
{
    const char *note = sp_words_find(words, "table.", sp_table_name(table), ".note");
    const char *notices = sp_words_notices(words);
    sp_book_put_text(book, sheet, ROW_TITLE, 0, sp_words_table(words, table), SP_LOOK_TITLE);
    if (note != NULL) {
        sp_book_put_text(book, sheet, ROW_NOTE, 0, note, SP_LOOK_PLAIN);
    }
    sp_book_put_link(book, sheet, ROW_NOTICE, 0, contents, sp_words_text(words, "page.contents"));
    if (notices[0] != '\0') {
        sp_book_put_text(book, sheet, ROW_NOTICE, 1, notices, SP_LOOK_NOTICE);
    }
    for (guint i = 0; i < columns->len; i++) {
        sp_book_put_text(book, sheet, ROW_HEADER, i, g_array_index(columns, Column, i).heading,
                         SP_LOOK_HEADER);
    }
}

static void put_cell(SpBook *book, lxw_worksheet *sheet, const SpTable *table, gsize row,
                     gsize place, const Column *column)
{
    char letters[SP_FLAGS_TEXT_SIZE];
    switch (column->show) {
    case SHOW_CODE:
        sp_book_put_text(book, sheet, ROW_FIRST + row, place,
                         sp_table_code(table, row, column->source), SP_LOOK_PLAIN);
        break;
    case SHOW_LABEL:
        sp_book_put_text(book, sheet, ROW_FIRST + row, place,
                         column->labels[sp_table_code_numbers_const(table, column->source)[row]],
                         SP_LOOK_PLAIN);
        break;
    case SHOW_FIGURE:
        sp_book_put_figure(book, sheet, ROW_FIRST + row, place,
                           sp_table_real(table, row, column->source), column->form);
        break;
    case SHOW_FLAGS:
        sp_flags_format(sp_table_real(table, row, column->source).flags, letters);
        if (letters[0] != '\0') {
            sp_book_put_text(book, sheet, ROW_FIRST + row, place, letters, SP_LOOK_PLAIN);
        }
        break;
    }
}

char *sp_sheet_add(SpBook *book, const SpWords *words, const SpTable *table, const char *contents)
{
    char *name = NULL;
    const char *brief = sp_words_find(words, "table.", sp_table_name(table), ".short");
    const char *title = sp_words_table(words, table);
    lxw_worksheet *sheet = sp_book_add_sheet(book, brief != NULL ? brief : title, title, &name);
    g_autoptr(GArray) columns = columns_of(words, table);
    gsize n_rows = sp_table_n_rows(table);
    gsize n_fixed = 0;
    put_head(book, sheet, words, table, contents, columns);
    for (gsize row = 0; row < n_rows; row++) {
        for (guint i = 0; i < columns->len; i++) {
            put_cell(book, sheet, table, row, i, &g_array_index(columns, Column, i));
        }
    }
    for (guint i = 0; i < columns->len; i++) {
        const Column *column = &g_array_index(columns, Column, i);
        sp_book_set_width(book, sheet, i, width_of(table, column));
        /* The region, code and name, stays in sight when the rest is scrolled. */
        n_fixed += sp_words_is_region(sp_table_column(table, column->source)) && i < 2 ? 1 : 0;
    }
    sp_book_set_table(book, sheet, ROW_HEADER, ROW_HEADER + n_rows, columns->len, n_fixed);
    return name;
}
