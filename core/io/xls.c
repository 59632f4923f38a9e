/* Old workbooks (.xls, BIFF 5 and 8): freexl reads them in a process of its own (xls_child.h), whose
 * words are put together to rows here. */
#include "core/io/sheets_reader.h"

#include "core/error.h"
#include "core/io/sheets.h"
#include "core/io/xls_child.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
    SpSheetVisitor *visitor;
    int book;   /* the bytes, in memory */
    FILE *from; /* what the child says */
    pid_t child;
    GPtrArray *names;    /* char* of the sheets */
    gboolean *is_chosen; /* [names] */
    /* The present sheet: */
    gboolean is_read;
    gboolean is_enough;
    guint32 row;
    GString *text; /* of the cells of the row */
    GArray *ends;  /* gsize: where the text of each cell ends */
    GArray *fields;
} Xls;

/* The child ends by itself when nobody listens. */
static void xls_clear(Xls *xls)
{
    if (xls->from != NULL) {
        (void)fclose(xls->from);
    }
    while (xls->child > 0 && waitpid(xls->child, NULL, 0) < 0 && errno == EINTR) {
    }
    if (xls->book >= 0) {
        close(xls->book);
    }
    g_ptr_array_unref(xls->names);
    g_free(xls->is_chosen);
    g_string_free(xls->text, TRUE);
    g_array_unref(xls->ends);
    g_array_unref(xls->fields);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Xls, xls_clear)

/* freexl opens by name: the bytes get one that lies in memory, never on a disk. */
static gboolean keep_in_memory(Xls *xls, const char *bytes, gsize size, GError **error)
{
    xls->book = memfd_create("workbook", MFD_CLOEXEC);
    for (gsize done = 0; xls->book >= 0;) {
        if (done == size) {
            return TRUE;
        }
        ssize_t n = write(xls->book, bytes + done, size - done);
        if (n < 0 && errno != EINTR) {
            break;
        }
        done += n > 0 ? (gsize)n : 0;
    }
    return sp_error_set_errno(error, errno, "%s: cannot be kept in memory", xls->visitor->origin);
}

static gboolean start(Xls *xls, GError **error)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return sp_error_set_errno(error, errno, "%s: no pipe to read through",
                                  xls->visitor->origin);
    }
    xls->child = fork();
    if (xls->child == 0) {
        sp_xls_child(xls->book, ends[1]);
    }
    int errnum = errno;
    close(ends[1]);
    xls->from = xls->child > 0 ? fdopen(ends[0], "rb") : NULL;
    if (xls->from == NULL) {
        close(ends[0]);
        return sp_error_set_errno(error, errnum, "%s: no process to read it in",
                                  xls->visitor->origin);
    }
    return TRUE;
}

static gboolean set_damaged(const Xls *xls, gint32 code, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: is a damaged or cut .xls (freexl error %d); open it in a spreadsheet "
                        "and save it as .xlsx, or ask the sender for it again",
                        xls->visitor->origin, code);
}

static gboolean get(const Xls *xls, void *bytes, gsize size, GError **error)
{
    return fread(bytes, 1, size, xls->from) == size || set_damaged(xls, 0, error);
}

/* A text, appended as UTF-8 whatever it is. */
static gboolean get_text(const Xls *xls, GString *text, GError **error)
{
    guint32 size = 0;
    if (!get(xls, &size, sizeof size, error)) {
        return FALSE;
    }
    if (size > SP_SHEETS_MAX_TEXT) {
        return set_damaged(xls, 0, error);
    }
    g_autofree char *bytes = g_malloc(size + 1);
    if (!get(xls, bytes, size, error)) {
        return FALSE;
    }
    g_autofree char *valid = g_utf8_make_valid(bytes, size);
    g_string_append(text, valid);
    return TRUE;
}

static gboolean get_sheets(Xls *xls, GError **error)
{
    guint32 n = 0;
    if (!get(xls, &n, sizeof n, error)) {
        return FALSE;
    }
    if (n > SP_SHEETS_MAX_SHEETS || xls->names->len > 0) {
        return set_damaged(xls, 0, error);
    }
    xls->is_chosen = g_new0(gboolean, n + 1);
    for (guint32 i = 0; i < n; i++) {
        g_autoptr(GString) name = g_string_new(NULL);
        if (!get_text(xls, name, error)) {
            return FALSE;
        }
        g_ptr_array_add(xls->names, g_strdup(name->str));
        xls->is_chosen[i] = xls->visitor->choose(xls->visitor, name->str, FALSE);
    }
    return TRUE;
}

static gboolean end_row(Xls *xls, GError **error)
{
    gsize first = 0;
    g_array_set_size(xls->fields, 0);
    if (xls->ends->len == 0 || !xls->is_read || xls->is_enough) {
        return TRUE;
    }
    for (guint i = 0; i < xls->ends->len; i++) {
        gsize end = g_array_index(xls->ends, gsize, i);
        const SpField field = {.text = xls->text->str + first, .size = end - first};
        g_array_append_val(xls->fields, field);
        first = end;
    }
    return xls->visitor->row(xls->visitor, (guint64)xls->row + 1,
                             (const SpField *)(const void *)xls->fields->data, xls->fields->len,
                             &xls->is_enough, error);
}

static gboolean end_sheet(Xls *xls, GError **error)
{
    gboolean ok = end_row(xls, error) && (!xls->is_read || xls->visitor->end(xls->visitor, error));
    xls->is_read = FALSE;
    return ok;
}

static void begin_row(Xls *xls, guint32 row)
{
    xls->row = row;
    g_string_truncate(xls->text, 0);
    g_array_set_size(xls->ends, 0);
}

static gboolean begin_sheet(Xls *xls, GError **error)
{
    guint32 sheet = 0;
    if (!end_sheet(xls, error) || !get(xls, &sheet, sizeof sheet, error)) {
        return FALSE;
    }
    if (sheet >= xls->names->len || xls->is_chosen == NULL) {
        return set_damaged(xls, 0, error);
    }
    xls->is_read = xls->is_chosen[sheet];
    xls->is_enough = FALSE;
    begin_row(xls, 0);
    if (xls->is_read) {
        xls->visitor->begin(xls->visitor, xls->names->pdata[sheet]);
    }
    return TRUE;
}

/* Cells come in order; those between two are empty. */
static gboolean begin_cell(Xls *xls, GError **error)
{
    guint32 row = 0;
    guint32 column = 0;
    if (!get(xls, &row, sizeof row, error) || !get(xls, &column, sizeof column, error)) {
        return FALSE;
    }
    if (row > xls->row) {
        if (!end_row(xls, error)) {
            return FALSE;
        }
        begin_row(xls, row);
    }
    if (row != xls->row || row >= SP_SHEETS_MAX_ROWS || column < xls->ends->len ||
        column >= SP_SHEETS_MAX_COLUMNS) {
        return set_damaged(xls, 0, error);
    }
    while (xls->ends->len < column) {
        g_array_append_val(xls->ends, xls->text->len);
    }
    return TRUE;
}

static gboolean take_number(Xls *xls, GError **error)
{
    const SpSheetFormat plain = {0};
    double value = 0.0;
    if (!get(xls, &value, sizeof value, error)) {
        return FALSE;
    }
    if (value - value != 0.0) { /* neither infinite nor no number */
        return set_damaged(xls, 0, error);
    }
    sp_sheet_append_number(xls->text, value, plain, FALSE, xls->visitor->decimal);
    return TRUE;
}

/* freexl writes a day and a time of day with a blank between them. */
static gboolean take_day(Xls *xls, GError **error)
{
    g_autoptr(GString) day = g_string_new(NULL);
    if (!get_text(xls, day, error)) {
        return FALSE;
    }
    char *blank = strchr(day->str, ' ');
    if (blank != NULL && strcmp(blank, " 00:00:00") == 0) {
        g_string_truncate(day, (gsize)(blank - day->str));
    } else if (blank != NULL) {
        *blank = 'T';
    }
    g_string_append(xls->text, day->str);
    return TRUE;
}

static gboolean take_cell(Xls *xls, SpXlsWord word, GError **error)
{
    if (!begin_cell(xls, error)) {
        return FALSE;
    }
    gboolean ok = word == SP_XLS_NUMBER ? take_number(xls, error)
                  : word == SP_XLS_DAY  ? take_day(xls, error)
                                        : get_text(xls, xls->text, error);
    g_array_append_val(xls->ends, xls->text->len);
    return ok;
}

/* One word of the child. */
static gboolean take_word(Xls *xls, gboolean *is_done, GError **error)
{
    gint32 code = 0;
    int word = fgetc(xls->from);
    switch (word) {
    case SP_XLS_SHEETS:
        return get_sheets(xls, error);
    case SP_XLS_BEGIN:
        return begin_sheet(xls, error);
    case SP_XLS_NUMBER:
    case SP_XLS_TEXT:
    case SP_XLS_DAY:
        return take_cell(xls, (SpXlsWord)word, error);
    case SP_XLS_DONE:
        *is_done = TRUE;
        return end_sheet(xls, error);
    case SP_XLS_PASSWORD:
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: is behind a password; ask the sender for a file without one",
                            xls->visitor->origin);
    case SP_XLS_ERROR:
        return get(xls, &code, sizeof code, error) && set_damaged(xls, code, error);
    default: /* it has died */
        return set_damaged(xls, 0, error);
    }
}

gboolean sp_xls_visit(const char *bytes, gsize size, SpSheetVisitor *visitor, GError **error)
{
    g_auto(Xls) xls = {.book = -1, .visitor = visitor};
    gboolean is_done = FALSE;
    xls.names = g_ptr_array_new_with_free_func(g_free);
    xls.text = g_string_new(NULL);
    xls.ends = g_array_new(FALSE, FALSE, sizeof(gsize));
    xls.fields = g_array_new(FALSE, FALSE, sizeof(SpField));
    if (!keep_in_memory(&xls, bytes, size, error) || !start(&xls, error)) {
        return FALSE;
    }
    while (!is_done) {
        if (!take_word(&xls, &is_done, error)) {
            return FALSE;
        }
    }
    return TRUE;
}
