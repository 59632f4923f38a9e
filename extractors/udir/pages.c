/* Pages to rows. */
#include "extractors/udir/pages.h"

#include "core/error.h"
#include "core/number.h"
#include "extractors/records.h"
#include "extractors/sequence.h"

#include <string.h>

/* A whole number that may be written as a text: the service does both in other calls. */
static gboolean read_count(const json_t *object, const char *name, gint64 *n)
{
    const json_t *value = json_object_get(object, name);
    const char *text = json_string_value(value);
    if (json_is_integer(value)) {
        *n = json_integer_value(value);
        return TRUE;
    }
    return text != NULL && sp_number_parse_int(text, strlen(text), n);
}

static gboolean check_count(const json_t *told, const char *origin, gint64 *n, GError **error)
{
    return (read_count(told, "JSONSider", n) && *n >= 0 && *n <= SP_UDIR_MAX_PAGES) ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s: sideData tells no number of pages (JSONSider from 0 to %d); see what "
                        "the service answers now",
                        origin, (int)SP_UDIR_MAX_PAGES);
}

gboolean sp_udir_page_count(const char *bytes, gsize size, const char *origin, gint64 *n,
                            GError **error)
{
    g_autoptr(json_t) told = sp_json_parse(bytes, size, origin, error);
    return told != NULL && check_count(told, origin, n, error);
}

static gboolean add_page(SpRecords *records, const SpField *text, guint number, const char *origin,
                         GError **error)
{
    g_autofree char *part = g_strdup_printf("page %u", number);
    g_autoptr(json_t) page = sp_json_parse(text->text, text->size, origin, error);
    if (page == NULL) {
        g_prefix_error(error, "%s: ", part);
        return FALSE;
    }
    if (json_is_array(page) && json_array_size(page) == 0) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: %s is empty though sideData counts it; fetch again", origin, part);
    }
    return sp_records_add(records, page, part, error);
}

/* The pages after the first text, which tells how many there are. */
static gboolean add_told_pages(SpRecords *records, const GArray *texts, const char *origin,
                               GError **error)
{
    const SpField *first = &g_array_index(texts, SpField, 0);
    g_autoptr(json_t) told = sp_json_parse(first->text, first->size, origin, error);
    gint64 n_pages = 0;
    gint64 n_rows = 0;
    if (told == NULL || !check_count(told, origin, &n_pages, error)) {
        return FALSE;
    }
    if ((gint64)texts->len - 1 != n_pages) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: %u pages, but sideData counts %" G_GINT64_FORMAT "; fetch again",
                            origin, texts->len - 1, n_pages);
    }
    for (guint i = 1; i < texts->len; i++) {
        if (!add_page(records, &g_array_index(texts, SpField, i), i, origin, error)) {
            return FALSE;
        }
    }
    if (read_count(told, "AntallRader", &n_rows) && n_rows != (gint64)sp_records_size(records)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: %" G_GSIZE_FORMAT " rows in all pages, but sideData counts "
                            "%" G_GINT64_FORMAT "; fetch again",
                            origin, sp_records_size(records), n_rows);
    }
    return TRUE;
}

gboolean sp_udir_parse(const char *bytes, gsize size, const char *origin, SpSink *sink,
                       GError **error)
{
    g_autoptr(GArray) texts = sp_sequence_split(bytes, size, origin, error);
    if (texts == NULL) {
        return FALSE;
    }
    g_autoptr(SpRecords) records = sp_records_new(origin);
    gboolean is_alone = size == 0 || bytes[0] != 0x1E;
    return (is_alone ? add_page(records, &g_array_index(texts, SpField, 0), 1, origin, error)
                     : add_told_pages(records, texts, origin, error)) &&
           sp_records_emit(records, sink, error);
}
