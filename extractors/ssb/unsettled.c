/* Figures that were there and are not now. */
#include "extractors/ssb/unsettled.h"

#include "extractors/ssb/oslo.h"
#include "extractors/ssb/read.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

#define HOURS "fetch.unsettled_hours"
#define SHARE "fetch.max_vanished_share"

/* A sink that keeps of each cell a hash of its codes, the lowest bit telling whether it has a
 * figure: two million cells are 16 MB. */
typedef struct {
    SpSink sink;   /* first: a pointer to it is one to this */
    GArray *cells; /* guint64 */
    gsize value;
    gsize status;
} Cells;

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    (void)error;
    Cells *cells = (Cells *)sink;
    cells->value = n;
    cells->status = n;
    for (gsize i = 0; i < n; i++) {
        cells->value = strcmp(names[i], "value") == 0 ? i : cells->value;
        cells->status = strcmp(names[i], "status") == 0 ? i : cells->status;
    }
    return TRUE;
}

/* FNV-1a, 64 bits. */
static guint64 add_to_hash(guint64 hash, const char *text, gsize size)
{
    for (gsize i = 0; i < size; i++) {
        hash = (hash ^ (guchar)text[i]) * G_GUINT64_CONSTANT(1099511628211);
    }
    return (hash ^ 0xff) * G_GUINT64_CONSTANT(1099511628211);
}

static gboolean row(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    (void)number;
    (void)error;
    Cells *cells = (Cells *)sink;
    guint64 hash = G_GUINT64_CONSTANT(14695981039346656037);
    for (gsize i = 0; i < n; i++) {
        if (i != cells->value && i != cells->status) {
            hash = add_to_hash(hash, fields[i].text, fields[i].size);
        }
    }
    double value = 0;
    gboolean has_figure = cells->value < n &&
                          sp_number_parse(fields[cells->value].text, fields[cells->value].size,
                                          sp_number_plain, &value) &&
                          (value < 0 || value > 0);
    guint64 cell = (hash & ~G_GUINT64_CONSTANT(1)) | (has_figure ? 1 : 0);
    g_array_append_val(cells->cells, cell);
    return TRUE;
}

static int compare(gconstpointer a, gconstpointer b)
{
    guint64 first = *(const guint64 *)a;
    guint64 second = *(const guint64 *)b;
    return first < second ? -1 : first > second;
}

/* The cells of an answer in order. NULL with error. */
static GArray *cells_of(GBytes *answer, const char *name, GError **error)
{
    gsize size = 0;
    const char *bytes = g_bytes_get_data(answer, &size);
    g_autofree char *updated = NULL;
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(guint64));
    Cells cells = {.sink = {.begin = begin, .row = row}, .cells = all};
    const SpDocument document = {.bytes = bytes, .size = size, .origin = name};
    if (!sp_ssb_read(&document, &cells.sink, &updated, error)) {
        return NULL;
    }
    g_array_sort(all, compare);
    return g_steal_pointer(&all);
}

gboolean sp_ssb_count_vanished(GBytes *earlier, GBytes *later, SpSsbVanished *vanished,
                               GError **error)
{
    *vanished = (SpSsbVanished){0, 0};
    g_autoptr(GArray) before = cells_of(earlier, "the newest snapshot", error);
    g_autoptr(GArray) after = before != NULL ? cells_of(later, "the answer", error) : NULL;
    if (after == NULL) {
        return FALSE;
    }
    guint j = 0;
    for (guint i = 0; i < before->len; i++) {
        guint64 cell = g_array_index(before, guint64, i);
        guint64 key = cell >> 1;
        while (j < after->len && g_array_index(after, guint64, j) >> 1 < key) {
            j++;
        }
        if (j < after->len && g_array_index(after, guint64, j) >> 1 == key && (cell & 1) != 0) {
            vanished->n_figures++;
            vanished->n_vanished += (g_array_index(after, guint64, j) & 1) == 0;
        }
    }
    return TRUE;
}

/* "05:00" as minutes since midnight. */
static gboolean read_time(const char *text, gsize size, int *minutes)
{
    gint64 hour = 0;
    gint64 minute = 0;
    if (size != 5 || text[2] != ':' || !g_ascii_isdigit(text[0]) || !g_ascii_isdigit(text[3]) ||
        !sp_number_parse_int(text, 2, &hour) || !sp_number_parse_int(text + 3, 2, &minute) ||
        hour > 23 || minute > 59) {
        return FALSE;
    }
    *minutes = (int)(hour * 60 + minute);
    return TRUE;
}

static gboolean is_unsettled(const SpSettings *settings, gint64 now, gboolean *is_in,
                             GError **error)
{
    const char *hours = NULL;
    int first = 0;
    int last = 0;
    *is_in = FALSE;
    if (!sp_settings_text_or(settings, HOURS, "05:00-08:15", &hours, error)) {
        return FALSE;
    }
    if (*hours == '\0' || now == 0) {
        return TRUE;
    }
    const char *dash = strchr(hours, '-');
    if (dash == NULL || !read_time(hours, (gsize)(dash - hours), &first) ||
        !read_time(dash + 1, strlen(dash + 1), &last)) {
        return sp_error_set(error, SP_ERROR_CONFIG, HOURS " = %s: want hours such as 05:00-08:15",
                            hours);
    }
    int minutes = sp_oslo_minutes(now);
    *is_in = minutes >= first && minutes < last;
    return TRUE;
}

static gboolean read_share(const SpSettings *settings, double *share, GError **error)
{
    const char *text = NULL;
    *share = 0.5;
    return sp_settings_text_or(settings, SHARE, NULL, &text, error) &&
           (text == NULL || sp_settings_double(settings, SHARE, 0, 1, share, error));
}

gboolean sp_ssb_check_settled(const SpSettings *settings, const SpFetchContext *context,
                              const SpFetched *fetched, GError **error)
{
    gboolean is_in = FALSE;
    double share = 0;
    if (!is_unsettled(settings, context->now, &is_in, error) ||
        !read_share(settings, &share, error)) {
        return FALSE;
    }
    if (!is_in || context->newest == NULL || fetched->is_newest) {
        return TRUE;
    }
    g_autoptr(SpFetched) newest = sp_fetch_newest(context, error);
    SpSsbVanished vanished = {0, 0};
    if (newest == NULL || !sp_ssb_count_vanished(newest->bytes, fetched->bytes, &vanished, error)) {
        return FALSE;
    }
    return (double)vanished.n_vanished <= share * (double)vanished.n_figures ||
           sp_error_set(
               error, SP_ERROR_TRY_LATER,
               "%s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
               " figures of the newest snapshot are 0 or gone, in the hours when SSB waits "
               "to publish; that snapshot stays in use: fetch again after 08:15",
               fetched->url, vanished.n_vanished, vanished.n_figures);
}
