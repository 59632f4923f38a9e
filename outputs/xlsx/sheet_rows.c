/*
 * Rows of a table as libxlsxwriter would write them. Its header tells the two members that are
 * touched here: the file of rows, and the last row, which the sheet's dimension and its limits go
 * by.
 */
#include "outputs/xlsx/sheet_rows.h"

#include "core/number.h"

#include <string.h>

enum { BLOCK = 1 << 16, NAME_SIZE = 16 };

struct SpSheetRows {
    SpBook *book;
    lxw_worksheet *sheet;
    GString *done;               /* whole rows that are not in the file yet */
    GString *filled;             /* of the row that is filled */
    GArray *columns;             /* char[NAME_SIZE]: "A", "B", ... */
    gsize row;                   /* from 0, as the library counts */
    char number[SP_NUMBER_SIZE]; /* the same as Excel counts, from 1 */
};

static void set_row(SpSheetRows *rows, gsize row)
{
    rows->row = row;
    sp_number_format((double)row + 1.0, rows->number);
}

SpSheetRows *sp_sheet_rows_new(SpBook *book, lxw_worksheet *sheet, gsize row)
{
    SpSheetRows *rows = g_new0(SpSheetRows, 1);
    rows->book = book;
    rows->sheet = sheet;
    rows->done = g_string_sized_new(BLOCK);
    rows->filled = g_string_new(NULL);
    rows->columns = g_array_new(FALSE, TRUE, NAME_SIZE);
    set_row(rows, row);
    lxw_worksheet_write_single_row(sheet); /* the one above, which the library still holds */
    return rows;
}

static void write_done(SpSheetRows *rows)
{
    const gsize n = fwrite(rows->done->str, 1, rows->done->len, rows->sheet->optimize_tmpfile);
    if (n < rows->done->len) {
        sp_book_note(rows->book, LXW_ERROR_CREATING_TMPFILE);
    }
    g_string_truncate(rows->done, 0);
}

void sp_sheet_rows_free(SpSheetRows *rows)
{
    if (rows == NULL) {
        return;
    }
    write_done(rows);
    g_string_free(rows->done, TRUE);
    g_string_free(rows->filled, TRUE);
    g_array_unref(rows->columns);
    g_free(rows);
}

static void append_format(GString *to, lxw_format *format)
{
    char number[SP_NUMBER_SIZE];
    g_string_append(to, " s=\"");
    g_string_append_len(to, number,
                        (gssize)sp_number_format(lxw_format_get_xf_index(format), number));
    g_string_append(to, "\"");
}

static void append_text(GString *to, const char *text, lxw_format *format)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    const gsize size = strlen(text);
    const gboolean has_edge =
        size > 0 && (g_ascii_isspace(text[0]) || g_ascii_isspace(text[size - 1]));
    append_format(to, format);
    g_string_append(to, " t=\"inlineStr\"><is>");
    g_string_append(to, has_edge ? "<t xml:space=\"preserve\">" : "<t>");
    g_string_append(to, escaped);
    g_string_append(to, "</t></is></c>");
}

static void append_number(GString *to, double value, lxw_format *format)
{
    char number[SP_NUMBER_SIZE];
    append_format(to, format);
    g_string_append(to, "><v>");
    g_string_append_len(to, number, (gssize)sp_number_format(value, number));
    g_string_append(to, "</v></c>");
}

char *sp_sheet_rows_text(const SpSheetRows *rows, const char *text, SpLook look)
{
    GString *content = g_string_new(NULL);
    append_text(content, text, sp_book_look(rows->book, look));
    return g_string_free(content, FALSE);
}

char *sp_sheet_rows_time(const SpSheetRows *rows, const char *code, gboolean is_after)
{
    double value = 0.0;
    lxw_format *format = sp_book_time(rows->book, code, is_after, &value);
    if (format == NULL) {
        return NULL;
    }
    GString *content = g_string_new(NULL);
    append_number(content, value, format);
    return g_string_free(content, FALSE);
}

static const char *column_name(SpSheetRows *rows, gsize column)
{
    for (gsize i = rows->columns->len; i <= column; i++) {
        char cell[LXW_MAX_CELL_NAME_LENGTH];
        char name[NAME_SIZE] = "";
        lxw_rowcol_to_cell(cell, 0, (lxw_col_t)i);
        g_strlcpy(name, cell, MIN(strlen(cell), NAME_SIZE)); /* without the 1 */
        g_array_append_vals(rows->columns, name, 1);
    }
    return rows->columns->data + column * NAME_SIZE;
}

static void begin_cell(SpSheetRows *rows, gsize column)
{
    g_string_append(rows->filled, "<c r=\"");
    g_string_append(rows->filled, column_name(rows, column));
    g_string_append(rows->filled, rows->number);
    g_string_append(rows->filled, "\"");
}

void sp_sheet_rows_put(SpSheetRows *rows, gsize column, const char *content)
{
    begin_cell(rows, column);
    g_string_append(rows->filled, content);
}

void sp_sheet_rows_put_figure(SpSheetRows *rows, gsize column, SpShownFigure figure)
{
    lxw_format *format = sp_book_figure_format(rows->book, figure);
    begin_cell(rows, column);
    if (sp_real_is_number(figure.real)) {
        append_number(rows->filled, figure.real.value, format);
    } else {
        append_text(rows->filled, sp_status_sign((SpStatus)figure.real.status), format);
    }
}

void sp_sheet_rows_end_row(SpSheetRows *rows, guint n_lines)
{
    g_string_append(rows->done, "<row r=\"");
    g_string_append(rows->done, rows->number);
    g_string_append(rows->done, "\"");
    if (n_lines > 1) {
        char number[SP_NUMBER_SIZE];
        sp_number_format(sp_book_height(n_lines), number);
        g_string_append(rows->done, " ht=\"");
        g_string_append(rows->done, number);
        g_string_append(rows->done, "\" customHeight=\"1\"");
    }
    g_string_append(rows->done, ">");
    g_string_append_len(rows->done, rows->filled->str, (gssize)rows->filled->len);
    g_string_append(rows->done, "</row>");
    g_string_truncate(rows->filled, 0);
    rows->sheet->dim_rowmax = (lxw_row_t)rows->row;
    set_row(rows, rows->row + 1);
    if (rows->done->len >= BLOCK) {
        write_done(rows);
    }
}
