/* Workbooks by libxlsxwriter. */
#include "tests/pipeline/sheetbook.h"

#include "tests/check.h"

#include "core/number.h"

#include <xlsxwriter.h>

static void write_row(lxw_worksheet *sheet, lxw_row_t row, const char *line)
{
    g_auto(GStrv) fields = g_strsplit(line, "|", -1);
    for (lxw_col_t column = 0; fields[column] != NULL; column++) {
        const char *field = fields[column];
        if (field[0] == '#') {
            double value = 0.0;
            assert_true(sp_number_parse(field + 1, strlen(field + 1), sp_number_plain, &value));
            worksheet_write_number(sheet, row, column, value, NULL);
        } else if (field[0] != '\0') {
            worksheet_write_string(sheet, row, column, field, NULL);
        }
    }
}

void sheetbook_deliver(const Mini *mini, const char *source, const char *name,
                       const BookSheet sheets[], gsize n)
{
    g_autofree char *folder = g_build_filename(mini->workspace, "inbox", source, NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    lxw_workbook *book = workbook_new(path);
    for (gsize i = 0; i < n; i++) {
        lxw_worksheet *sheet = workbook_add_worksheet(book, sheets[i].name);
        for (lxw_row_t row = 0; sheets[i].rows[row] != NULL; row++) {
            write_row(sheet, row, sheets[i].rows[row]);
        }
        if (sheets[i].is_hidden) {
            worksheet_hide(sheet);
        }
    }
    assert_int_equal(workbook_close(book), LXW_NO_ERROR);
}
