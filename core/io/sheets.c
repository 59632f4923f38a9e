/* Which sheets of a workbook are read, where their tables begin and end, and rows to the sink. */
#include "core/io/sheets.h"

#include "core/error.h"
#include "core/io/sheets_header.h"
#include "core/io/sheets_reader.h"

#include <string.h>

typedef struct {
    SpSheetVisitor visitor; /* first: a pointer to it is one to this */
    const SpSheetsForm *form;
    SpSink *sink;
    GPtrArray *names;   /* char*, of the first sheet's header: what the sink was told */
    guint n_chosen;     /* sheets to be read */
    guint n_with_table; /* sheets that had a header */
    /* The present sheet: */
    char *sheet;
    guint64 last_row; /* that was looked at */
    gboolean has_header;
    gboolean has_rows;
    gboolean has_content;
    SpSheetsHeader found;
    GArray *places;  /* gsize, of the names above; SP_SHEETS_MAX_COLUMNS: the sheet's own name */
    GArray *fields;  /* SpField */
    GString *header; /* the header's cells, to know it again */
} Feed;

static const char utf16_encrypted[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

static gboolean begins_as_markup(const char *bytes, gsize size)
{
    static const char *const signs[] = {"<html", "<!doctype html", "<table",
                                        "<meta", "<head",          "<?xml"};
    gsize start = size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (start < size && g_ascii_isspace(bytes[start])) {
        start++;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++) {
        gsize length = strlen(signs[i]);
        if (size - start >= length && g_ascii_strncasecmp(bytes + start, signs[i], length) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

SpSheetsKind sp_sheets_detect(const char *bytes, gsize size)
{
    static const char compound[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if (size >= 4 && (memcmp(bytes, "PK\x03\x04", 4) == 0 || memcmp(bytes, "PK\x05\x06", 4) == 0)) {
        return SP_SHEETS_XLSX;
    }
    if (size >= 8 && memcmp(bytes, compound, 8) == 0) {
        gboolean is_locked =
            memmem(bytes, size, utf16_encrypted, sizeof utf16_encrypted - 1) != NULL;
        return is_locked ? SP_SHEETS_LOCKED : SP_SHEETS_XLS;
    }
    return begins_as_markup(bytes, size) ? SP_SHEETS_MARKUP : SP_SHEETS_NONE;
}

static gboolean choose(SpSheetVisitor *visitor, const char *name, gboolean is_hidden)
{
    Feed *feed = (Feed *)visitor;
    const SpSheetsForm *form = feed->form;
    gboolean is_chosen = !is_hidden;
    if (!form->is_every && form->sheet != NULL) {
        is_chosen = strcmp(name, form->sheet) == 0;
    } else if (!form->is_every) {
        is_chosen = !is_hidden && feed->n_chosen == 0;
    }
    if (is_hidden && !is_chosen && feed->sink->sheet != NULL) {
        feed->sink->sheet(feed->sink, name, FALSE);
    }
    feed->n_chosen += is_chosen ? 1 : 0;
    return is_chosen;
}

static void begin_sheet(SpSheetVisitor *visitor, const char *name)
{
    Feed *feed = (Feed *)visitor;
    g_free(feed->sheet);
    feed->sheet = g_strdup(name);
    sp_sheets_header_clear(&feed->found);
    sp_sheets_header_init(&feed->found);
    feed->last_row = 0;
    feed->has_header = FALSE;
    feed->has_rows = FALSE;
    feed->has_content = FALSE;
    g_array_set_size(feed->places, 0);
    if (feed->sink->sheet != NULL) {
        feed->sink->sheet(feed->sink, name, TRUE);
    }
}

/* In front of an error when there is more than one sheet it could be about. */
static gboolean prefix_sheet(const Feed *feed, GError **error)
{
    if (feed->n_chosen > 1 && !feed->form->is_private) {
        g_prefix_error(error, "sheet \"%s\": ", feed->sheet);
    }
    return FALSE;
}

static void remember_header(Feed *feed, const SpField cells[], gsize n)
{
    g_string_truncate(feed->header, 0);
    for (gsize i = 0; i < n; i++) {
        g_string_append_len(feed->header, cells[i].text, (gssize)cells[i].size);
        g_string_append_c(feed->header, '\x1F');
    }
}

/* The source repeats its header for each part of a long table. */
static gboolean is_header_again(const Feed *feed, const SpField cells[], gsize n)
{
    const char *c = feed->header->str;
    gsize left = feed->header->len;
    for (gsize i = 0; i < n; i++) {
        if (left < cells[i].size + 1 || memcmp(c, cells[i].text, cells[i].size) != 0 ||
            c[cells[i].size] != '\x1F') {
            return FALSE;
        }
        c += cells[i].size + 1;
        left -= cells[i].size + 1;
    }
    return left == 0;
}

/* The header of the first sheet goes to the sink; the others must have the same names. */
static gboolean take_first_header(Feed *feed, GError **error)
{
    const GPtrArray *names = feed->found.names;
    const GArray *places = feed->found.places;
    for (guint i = 0; i < names->len; i++) {
        g_ptr_array_add(feed->names, g_strdup(names->pdata[i]));
        g_array_append_val(feed->places, g_array_index(places, gsize, i));
    }
    if (feed->form->as != NULL) {
        gsize own = SP_SHEETS_MAX_COLUMNS;
        g_ptr_array_add(feed->names, g_strdup(feed->form->as));
        g_array_append_val(feed->places, own);
    }
    return feed->sink->begin(feed->sink, (const char *const *)feed->names->pdata, feed->names->len,
                             error);
}

static gboolean take_next_header(Feed *feed, GError **error)
{
    const GPtrArray *names = feed->found.names;
    const GArray *places = feed->found.places;
    guint n_own = feed->form->as != NULL ? 1 : 0;
    for (guint i = 0; i < feed->names->len; i++) {
        gsize place = SP_SHEETS_MAX_COLUMNS;
        gboolean is_found = i + n_own == feed->names->len && n_own > 0;
        for (guint k = 0; !is_found && k < names->len; k++) {
            if (strcmp(names->pdata[k], feed->names->pdata[i]) == 0) {
                place = g_array_index(places, gsize, k);
                is_found = TRUE;
            }
        }
        if (!is_found) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: the header lacks the column \"%s\" of the first sheet; give "
                                "all sheets the same columns",
                                feed->form->origin,
                                feed->form->is_private ? "" : (char *)feed->names->pdata[i]);
        }
        g_array_append_val(feed->places, place);
    }
    return names->len + n_own == feed->names->len ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s: the header has %u columns, that of the first sheet %u; give all "
                        "sheets the same columns",
                        feed->form->origin, names->len, feed->names->len - n_own);
}

static gboolean look_for_header(Feed *feed, guint64 number, const SpField cells[], gsize n,
                                gboolean *is_enough, GError **error)
{
    const SpSheetsForm *form = feed->form;
    if (number <= form->skip_rows) {
        return TRUE;
    }
    if (number > (guint64)form->skip_rows + SP_SHEETS_HEADER_ROWS) {
        *is_enough = TRUE;
        return TRUE;
    }
    if (!sp_sheets_find_header(form, number, cells, n, &feed->found, error)) {
        return FALSE;
    }
    if (feed->found.names->len == 0) {
        return TRUE;
    }
    feed->has_header = TRUE;
    feed->last_row = number;
    remember_header(feed, cells, n);
    return feed->n_with_table++ == 0 ? take_first_header(feed, error)
                                     : take_next_header(feed, error);
}

static gboolean hand_on(Feed *feed, guint64 number, const SpField cells[], gsize n, GError **error)
{
    guint n_fields = feed->places->len;
    g_array_set_size(feed->fields, n_fields);
    for (guint i = 0; i < n_fields; i++) {
        gsize place = g_array_index(feed->places, gsize, i);
        SpField field = {.text = "", .size = 0};
        if (place == SP_SHEETS_MAX_COLUMNS) {
            field = (SpField){.text = feed->sheet, .size = strlen(feed->sheet)};
        } else if (place < n) {
            field = cells[place];
        }
        g_array_index(feed->fields, SpField, i) = field;
    }
    feed->has_rows = TRUE;
    return feed->sink->row(feed->sink, number, (const SpField *)(const void *)feed->fields->data,
                           n_fields, error);
}

/* Empty in the columns that are read: a remark beside the table does not make a row of it. */
static gboolean is_row_empty(const Feed *feed, const SpField cells[], gsize n)
{
    for (guint i = 0; i < feed->places->len; i++) {
        gsize place = g_array_index(feed->places, gsize, i);
        if (place < n && !sp_sheets_is_empty(&cells[place], 1)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean take_row(SpSheetVisitor *visitor, guint64 number, const SpField cells[], gsize n,
                         gboolean *is_enough, GError **error)
{
    Feed *feed = (Feed *)visitor;
    feed->has_content = feed->has_content || !sp_sheets_is_empty(cells, n);
    if (!feed->has_header) {
        return look_for_header(feed, number, cells, n, is_enough, error) ||
               prefix_sheet(feed, error);
    }
    /* A row that the file leaves out is empty too. */
    gboolean is_gap = number > feed->last_row + 1;
    gboolean is_empty = is_row_empty(feed, cells, n);
    feed->last_row = number;
    if (feed->form->ends_at_empty_row && (is_gap || is_empty)) {
        *is_enough = TRUE;
        return TRUE;
    }
    return is_empty || is_header_again(feed, cells, n) || hand_on(feed, number, cells, n, error) ||
           prefix_sheet(feed, error);
}

static gboolean end_sheet(SpSheetVisitor *visitor, GError **error)
{
    Feed *feed = (Feed *)visitor;
    const SpSheetsForm *form = feed->form;
    const SpSheetsHeader *found = &feed->found;
    if (feed->has_header || (!feed->has_content && feed->n_chosen > 1)) {
        return TRUE;
    }
    if (found->nearest > 0) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: no row holds all columns of the layout; row %" G_GUINT64_FORMAT
                     " has %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                     " and lacks \"%s\"; correct the header or the layout",
                     form->origin, found->nearest, found->n_held, form->n_columns, found->lacking);
    } else {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: %s; the layout wants \"%s\" and the others in one row", form->origin,
                     feed->has_content ? "none of the first rows is the header"
                                       : "the sheet is empty",
                     form->n_columns > 0 ? form->columns[0] : "");
    }
    return prefix_sheet(feed, error);
}

static void feed_clear(Feed *feed)
{
    g_ptr_array_unref(feed->names);
    g_array_unref(feed->places);
    g_array_unref(feed->fields);
    g_string_free(feed->header, TRUE);
    g_free(feed->sheet);
    sp_sheets_header_clear(&feed->found);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Feed, feed_clear)

static gboolean check_feed(const Feed *feed, GError **error)
{
    const SpSheetsForm *form = feed->form;
    if (feed->n_chosen == 0 && form->sheet != NULL && !form->is_every) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: has no sheet \"%s\"; correct its name, or `sheet` of the layout",
                            form->origin, form->sheet);
    }
    return feed->n_with_table > 0 ||
           sp_error_set(error, SP_ERROR_DATA, "%s: has no sheet with a table that is not hidden",
                        form->origin);
}

gboolean sp_sheets_parse(const char *bytes, gsize size, const SpSheetsForm *form, SpSink *sink,
                         GError **error)
{
    g_auto(Feed) feed = {.form = form, .sink = sink};
    feed.visitor = (SpSheetVisitor){.origin = form->origin,
                                    .is_private = form->is_private,
                                    .decimal = form->decimal,
                                    .choose = choose,
                                    .begin = begin_sheet,
                                    .row = take_row,
                                    .end = end_sheet};
    feed.names = g_ptr_array_new_with_free_func(g_free);
    feed.places = g_array_new(FALSE, FALSE, sizeof(gsize));
    feed.fields = g_array_new(FALSE, TRUE, sizeof(SpField));
    feed.header = g_string_new(NULL);
    switch (sp_sheets_detect(bytes, size)) {
    case SP_SHEETS_XLSX:
        return sp_xlsx_visit(bytes, size, &feed.visitor, error) && check_feed(&feed, error);
    case SP_SHEETS_XLS:
        return sp_xls_visit(bytes, size, &feed.visitor, error) && check_feed(&feed, error);
    case SP_SHEETS_LOCKED:
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: is behind a password; ask the sender for a file without one",
                            form->origin);
    case SP_SHEETS_MARKUP:
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: is HTML or XML under the name of a workbook; open it in a "
                            "spreadsheet and save it as .xlsx",
                            form->origin);
    case SP_SHEETS_NONE:
    default:
        return sp_error_set(error, SP_ERROR_DATA, "%s: is no workbook; send .xlsx or .xls",
                            form->origin);
    }
}
