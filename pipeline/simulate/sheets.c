/* Workbooks of the simulator, by libxlsxwriter. */
#include "pipeline/simulate/sheets.h"

#include "core/error.h"

#include <xlsxwriter.h>

struct SpSimSheets {
    char *path;
    char *folder;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_row_t row;
    lxw_col_t column;
    gboolean has_failed;
};

SpSimSheets *sp_sim_sheets_open(const char *path, const char *folder, GError **error)
{
    SpSimSheets *sheets = g_new0(SpSimSheets, 1);
    sheets->path = g_strdup(path);
    sheets->folder = g_strdup(folder);
    lxw_workbook_options options = {.constant_memory = LXW_FALSE, .tmpdir = sheets->folder};
    sheets->book = workbook_new_opt(path, &options);
    if (sheets->book == NULL) {
        sp_error_set(error, SP_ERROR_CANT_CREATE, "%s: no workbook can be made here", path);
        g_free(sheets->path);
        g_free(sheets->folder);
        g_free(sheets);
        return NULL;
    }
    /* 2000-01-01: the library would else write the present time. */
    char title[] = "SYNTETISKE DATA";
    lxw_doc_properties properties = {.title = title, .created = 946684800};
    (void)workbook_set_properties(sheets->book, &properties);
    return sheets;
}

void sp_sim_sheets_begin(SpSimSheets *sheets, const char *name)
{
    sheets->sheet = workbook_add_worksheet(sheets->book, name);
    sheets->row = 0;
    sheets->column = 0;
    sheets->has_failed = sheets->has_failed || sheets->sheet == NULL;
}

void sp_sim_sheets_put_text(SpSimSheets *sheets, const char *text)
{
    lxw_col_t column = sheets->column++;
    if (!sheets->has_failed && *text != '\0' &&
        worksheet_write_string(sheets->sheet, sheets->row, column, text, NULL) != LXW_NO_ERROR) {
        sheets->has_failed = TRUE;
    }
}

void sp_sim_sheets_put_number(SpSimSheets *sheets, guint number)
{
    lxw_col_t column = sheets->column++;
    if (!sheets->has_failed &&
        worksheet_write_number(sheets->sheet, sheets->row, column, number, NULL) != LXW_NO_ERROR) {
        sheets->has_failed = TRUE;
    }
}

void sp_sim_sheets_end_row(SpSimSheets *sheets)
{
    sheets->row++;
    sheets->column = 0;
}

gboolean sp_sim_sheets_close(SpSimSheets *sheets, GError **error)
{
    gboolean is_good = workbook_close(sheets->book) == LXW_NO_ERROR && !sheets->has_failed;
    if (!is_good) {
        sp_error_set(error, SP_ERROR_IO, "%s: the workbook cannot be written; is the disk full?",
                     sheets->path);
    }
    g_free(sheets->path);
    g_free(sheets->folder);
    g_free(sheets);
    return is_good;
}
