/* What a file is, and where in it the rows are: CSV, records, workbooks. */
#include "core/layout_read.h"

#include <string.h>

enum { MAX_SKIP_ROWS = 1000, MAX_RECORD = 10000 };

#define TEXT_KEYS "form encoding delimiter decimal thousands header_rows"
#define SHEET_KEYS "sheet sheet_as skip_rows until"

static gboolean read_sheets(SpLayout *layout, const SpLayoutReader *reader, GError **error)
{
    static const char *const ends[] = {"end", "empty_row", NULL};
    g_autofree char *sheet = sp_layout_get(reader, "sheet");
    g_autofree char *skip = sp_layout_get(reader, "skip_rows");
    guint end = 0;
    gint64 n = 0;
    if (skip != NULL &&
        (!sp_number_parse_int(skip, strlen(skip), &n) || n < 0 || n > MAX_SKIP_ROWS)) {
        return sp_layout_set_wrong(reader, "skip_rows", skip, "a whole number from 0 to 1000",
                                   error);
    }
    if (!sp_layout_read_word(reader, "until", ends, &end, error)) {
        return FALSE;
    }
    layout->skip_rows = (guint)n;
    layout->ends_at_empty_row = end == 1;
    layout->sheet_as = sp_layout_get(reader, "sheet_as");
    layout->has_all_sheets = g_strcmp0(sheet, "all") == 0;
    if (!layout->has_all_sheets && g_strcmp0(sheet, "first") != 0) {
        layout->sheet = g_steal_pointer(&sheet);
    }
    return TRUE;
}

/* Records of one length, which have no header. */
static gboolean read_record(SpLayout *layout, const SpLayoutReader *reader, GError **error)
{
    layout->header_rows = 0;
    return sp_layout_check_keys(reader, "form record encoding decimal thousands", error) &&
           sp_layout_read_count_of(reader, "record", MAX_RECORD, &layout->record, error) &&
           (layout->record > 0 ||
            sp_layout_set_wrong(reader, "record", "", "the characters of a record", error));
}

gboolean sp_layout_read_form(SpLayout *layout, const SpLayoutReader *reader, GError **error)
{
    static const char *const words[] = {
        [SP_FORM_AUTO] = "auto", [SP_FORM_CSV] = "csv", [SP_FORM_FIXED] = "fixed",
        [SP_FORM_XLSX] = "xlsx", [SP_FORM_XLS] = "xls", NULL};
    guint form = SP_FORM_AUTO;
    if (!sp_layout_read_word(reader, "form", words, &form, error)) {
        return FALSE;
    }
    layout->form = (SpFileForm)form;
    return layout->form == SP_FORM_FIXED
               ? read_record(layout, reader, error)
               : sp_layout_check_keys(reader, TEXT_KEYS " " SHEET_KEYS, error) &&
                     read_sheets(layout, reader, error);
}
