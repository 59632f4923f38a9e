/* Old workbooks (.xls, BIFF 5 and 8) by freexl. */
#include "core/io/sheets_reader.h"

#include "core/error.h"
#include "core/io/sheets.h"

#include <freexl.h>

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef struct {
    int fd;
    const void *handle;
    SpSheetVisitor *visitor;
    guint64 n_cells;
    GString *text; /* of the cells of a row */
    GArray *ends;  /* gsize: where the text of each cell ends */
    GArray *fields;
} Xls;

static void xls_clear(Xls *xls)
{
    if (xls->handle != NULL) {
        freexl_close(xls->handle);
    }
    if (xls->fd >= 0) {
        close(xls->fd);
    }
    g_string_free(xls->text, TRUE);
    g_array_unref(xls->ends);
    g_array_unref(xls->fields);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Xls, xls_clear)

/* freexl opens by name: the bytes get one that lies in memory, never on a disk. */
static gboolean keep_in_memory(Xls *xls, const char *bytes, gsize size, GError **error)
{
    xls->fd = memfd_create("workbook", MFD_CLOEXEC);
    for (gsize done = 0; xls->fd >= 0 && done < size;) {
        ssize_t n = write(xls->fd, bytes + done, size - done);
        if (n < 0 && errno != EINTR) {
            break;
        }
        done += n > 0 ? (gsize)n : 0;
        if (done == size) {
            return TRUE;
        }
    }
    return sp_error_set_errno(error, errno, "%s: cannot be kept in memory", xls->visitor->origin);
}

static gboolean set_damaged(const Xls *xls, int code, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: is a damaged or cut .xls (freexl error %d); open it in a spreadsheet "
                        "and save it as .xlsx, or ask the sender for it again",
                        xls->visitor->origin, code);
}

static gboolean open_book(Xls *xls, GError **error)
{
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", xls->fd);
    unsigned int password = FREEXL_BIFF_PLAIN;
    int code = freexl_open(path, &xls->handle);
    if (code != FREEXL_OK) {
        xls->handle = NULL; /* freexl frees what it could not open */
        return set_damaged(xls, code, error);
    }
    code = freexl_get_info(xls->handle, FREEXL_BIFF_PASSWORD, &password);
    if (code != FREEXL_OK) {
        return set_damaged(xls, code, error);
    }
    return password != FREEXL_BIFF_OBFUSCATED ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s: is behind a password; ask the sender for a file without one",
                        xls->visitor->origin);
}

/* freexl writes a day and a time of day with a blank between them. */
static void append_cell(Xls *xls, const FreeXL_CellValue *cell)
{
    const SpSheetFormat plain = {0};
    switch (cell->type) {
    case FREEXL_CELL_INT:
        sp_sheet_append_number(xls->text, cell->value.int_value, plain, FALSE,
                               xls->visitor->decimal);
        break;
    case FREEXL_CELL_DOUBLE:
        sp_sheet_append_number(xls->text, cell->value.double_value, plain, FALSE,
                               xls->visitor->decimal);
        break;
    case FREEXL_CELL_DATETIME: {
        g_auto(GStrv) parts = g_strsplit(cell->value.text_value, " ", 2);
        gboolean is_midnight = parts[0] != NULL && g_strcmp0(parts[1], "00:00:00") == 0;
        g_autofree char *both = g_strjoinv("T", parts);
        g_string_append(xls->text, is_midnight ? parts[0] : both);
        break;
    }
    case FREEXL_CELL_TEXT:
    case FREEXL_CELL_SST_TEXT:
    case FREEXL_CELL_DATE:
    case FREEXL_CELL_TIME: {
        g_autofree char *valid =
            g_utf8_make_valid(cell->value.text_value != NULL ? cell->value.text_value : "", -1);
        g_string_append(xls->text, valid);
        break;
    }
    default:
        break;
    }
}

static gboolean read_row(Xls *xls, unsigned int row, unsigned short n, gboolean *is_enough,
                         GError **error)
{
    gsize start = 0;
    g_string_truncate(xls->text, 0);
    g_array_set_size(xls->ends, 0);
    g_array_set_size(xls->fields, 0);
    for (unsigned short column = 0; column < n; column++) {
        FreeXL_CellValue cell;
        int code = freexl_get_cell_value(xls->handle, row, column, &cell);
        if (code != FREEXL_OK) {
            return set_damaged(xls, code, error);
        }
        append_cell(xls, &cell);
        g_array_append_val(xls->ends, xls->text->len);
    }
    for (guint i = 0; i < xls->ends->len; i++) {
        gsize end = g_array_index(xls->ends, gsize, i);
        const SpField field = {.text = xls->text->str + start, .size = end - start};
        g_array_append_val(xls->fields, field);
        start = end;
    }
    return xls->visitor->row(xls->visitor, (guint64)row + 1,
                             (const SpField *)(const void *)xls->fields->data, xls->fields->len,
                             is_enough, error);
}

static gboolean read_sheet(Xls *xls, unsigned short sheet, const char *name, GError **error)
{
    unsigned int n_rows = 0;
    unsigned short n_columns = 0;
    gboolean is_enough = FALSE;
    int code = freexl_select_active_worksheet(xls->handle, sheet);
    if (code == FREEXL_OK) {
        code = freexl_worksheet_dimensions(xls->handle, &n_rows, &n_columns);
    }
    if (code != FREEXL_OK) {
        return set_damaged(xls, code, error);
    }
    xls->n_cells += (guint64)n_rows * n_columns;
    if (xls->n_cells > SP_SHEETS_MAX_CELLS || n_rows > SP_SHEETS_MAX_ROWS) {
        return sp_error_set(error, SP_ERROR_DATA, "%s: has more than %d cells; not read",
                            xls->visitor->origin, SP_SHEETS_MAX_CELLS);
    }
    xls->visitor->begin(xls->visitor, name);
    for (unsigned int row = 0; row < n_rows && !is_enough; row++) {
        if (!read_row(xls, row, n_columns, &is_enough, error)) {
            return FALSE;
        }
    }
    return xls->visitor->end(xls->visitor, error);
}

static gboolean read_sheets(Xls *xls, GError **error)
{
    unsigned int n = 0;
    int code = freexl_get_info(xls->handle, FREEXL_BIFF_SHEET_COUNT, &n);
    if (code != FREEXL_OK || n > SP_SHEETS_MAX_SHEETS) {
        return set_damaged(xls, code, error);
    }
    g_autofree gboolean *is_chosen = g_new0(gboolean, n + 1);
    for (unsigned short i = 0; i < n; i++) {
        const char *name = NULL;
        code = freexl_get_worksheet_name(xls->handle, i, &name);
        if (code != FREEXL_OK) {
            return set_damaged(xls, code, error);
        }
        is_chosen[i] = xls->visitor->choose(xls->visitor, name != NULL ? name : "", FALSE);
    }
    for (unsigned short i = 0; i < n; i++) {
        const char *name = NULL;
        (void)freexl_get_worksheet_name(xls->handle, i, &name);
        if (is_chosen[i] && !read_sheet(xls, i, name != NULL ? name : "", error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_xls_visit(const char *bytes, gsize size, SpSheetVisitor *visitor, GError **error)
{
    g_auto(Xls) xls = {.fd = -1, .visitor = visitor};
    xls.text = g_string_new(NULL);
    xls.ends = g_array_new(FALSE, FALSE, sizeof(gsize));
    xls.fields = g_array_new(FALSE, FALSE, sizeof(SpField));
    return keep_in_memory(&xls, bytes, size, error) && open_book(&xls, error) &&
           read_sheets(&xls, error);
}
