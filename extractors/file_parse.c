/* Files whose layout says what they are, or whose bytes do. */
#include "extractors/file_form.h"

#include "core/error.h"
#include "extractors/fixed.h"

void sp_file_csv_form(const SpLayout *layout, const char *origin, gboolean is_private,
                      SpCsvForm *form)
{
    *form = (SpCsvForm){.origin = origin,
                        .encoding = layout->encoding,
                        .delimiter = layout->delimiter,
                        .header_rows = layout->header_rows,
                        .mark_decides = is_private,
                        .is_private = is_private};
}

gboolean sp_file_is_workbook(const char *bytes, gsize size, const char *origin,
                             const SpLayout *layout, gboolean *is_workbook, GError **error)
{
    SpSheetsKind kind = sp_sheets_detect(bytes, size);
    gboolean is_sheets =
        kind == SP_SHEETS_XLSX || kind == SP_SHEETS_XLS || kind == SP_SHEETS_LOCKED;
    gboolean wants_sheets = layout->form == SP_FORM_XLSX || layout->form == SP_FORM_XLS;
    /* A web page has no rows, whatever its name: the reader of workbooks says so best. */
    *is_workbook = is_sheets || wants_sheets || kind == SP_SHEETS_MARKUP;
    if (is_sheets && layout->form == SP_FORM_CSV) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: is a workbook, layout %s wants CSV; save the sheet as CSV, or set "
                            "form = auto in [file]",
                            origin, layout->name);
    }
    gboolean is_other = (kind == SP_SHEETS_XLSX && layout->form == SP_FORM_XLS) ||
                        (kind == SP_SHEETS_XLS && layout->form == SP_FORM_XLSX);
    return !is_other ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s: is an %s workbook, layout %s wants the other kind; save it so, or set "
                        "form = auto in [file]",
                        origin, kind == SP_SHEETS_XLSX ? ".xlsx" : ".xls", layout->name);
}

void sp_file_sheets_form(const SpLayout *layout, const char *origin, gboolean is_private,
                         const GPtrArray *columns, SpSheetsForm *form)
{
    *form = (SpSheetsForm){.origin = origin,
                           .sheet = layout->sheet,
                           .is_every = layout->has_all_sheets,
                           .as = layout->sheet_as,
                           .skip_rows = layout->skip_rows,
                           .ends_at_empty_row = layout->ends_at_empty_row,
                           .columns = (const char *const *)columns->pdata,
                           .n_columns = columns->len,
                           .decimal = layout->number.decimal,
                           .is_private = is_private};
}

gboolean sp_file_parse(const char *bytes, gsize size, const char *origin, const SpLayout *layout,
                       SpSink *sink, GError **error)
{
    gboolean is_workbook = FALSE;
    if (layout->form == SP_FORM_FIXED) {
        return sp_fixed_parse(bytes, size, origin, layout, sink, error);
    }
    if (!sp_file_is_workbook(bytes, size, origin, layout, &is_workbook, error)) {
        return FALSE;
    }
    if (is_workbook) {
        SpSheetsForm sheets;
        g_autoptr(GPtrArray) columns = sp_layout_needed_columns(layout);
        sp_file_sheets_form(layout, origin, FALSE, columns, &sheets);
        return sp_sheets_parse(bytes, size, &sheets, sink, error);
    }
    SpCsvForm form;
    sp_file_csv_form(layout, origin, FALSE, &form);
    return sp_csv_parse(bytes, size, &form, sink, error);
}
