/* The figures at the top of the report as a sheet. */
#include "outputs/xlsx/overview_sheet.h"

#include "outputs/xlsx/cell_text.h"
#include "outputs/xlsx/top.h"

enum { NAMES = 2, MOST_REGIONS = 2 /* own and the country */, ROW_HEADER = SP_TOP_ROWS, ROW_FIRST };

static const double widths[NAMES + MOST_REGIONS] = {60, 14, 22, 22};

static void put_overview_line(SpBook *book, lxw_worksheet *sheet, gsize row,
                              const SpOverview *overview, const SpOverviewLine *line)
{
    sp_book_put_text(book, sheet, row, 0, line->label, SP_LOOK_WRAPPED);
    sp_book_put_text(book, sheet, row, 1, line->period, SP_LOOK_PLAIN);
    for (guint i = 0; i < overview->n_regions; i++) {
        if (line->rows[i] != SP_NO_COLUMN) {
            sp_book_put_figure(
                book, sheet, row, NAMES + (gsize)i,
                (SpShownFigure){sp_table_real(line->table, line->rows[i], line->measure),
                                line->form, TRUE});
        }
    }
    sp_book_set_lines(book, sheet, row, sp_cell_lines(line->label, widths[0]));
}

char *sp_overview_sheet_add(SpBook *book, const SpWords *words, const SpOverview *overview,
                            const char *contents)
{
    static const char *const headings[NAMES] = {"page.figure", "page.time"};
    const char *title = sp_words_text(words, "page.overview");
    gsize n_columns = NAMES + (gsize)overview->n_regions;
    char *name = NULL;
    lxw_worksheet *sheet = sp_book_add_sheet(book, title, title, &name);
    g_autofree char *legend = sp_overview_legend(words, overview, NULL, 0);
    g_autofree char *both =
        g_strconcat(sp_words_text(words, "page.overview_note"), "\n", legend, NULL);
    sp_top_put(book, sheet, words,
               &(SpTop){.title = title,
                        .note = g_strstrip(both),
                        .contents = contents,
                        .widths = widths,
                        .n_columns = n_columns});
    for (gsize i = 0; i < n_columns; i++) {
        gboolean is_region = i >= NAMES;
        const char *text =
            is_region ? overview->names[i - NAMES] : sp_words_text(words, headings[i]);
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
