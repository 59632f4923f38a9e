/* Messages as sentences for senders. */
#include "pipeline/delivery_stops.h"

#include "core/error.h"
#include "pipeline/catalogue.h"

typedef struct {
    GRegex *message;
    char *sentence;
} Stop;

struct SpDeliveryStops {
    GPtrArray *stops; /* Stop*, in the file's order */
};

static void stop_free(gpointer data)
{
    Stop *stop = data;
    g_clear_pointer(&stop->message, g_regex_unref);
    g_free(stop->sentence);
    g_free(stop);
}

/* `columns`: message, sentence. */
static Stop *stop_new(const SpTable *table, const gsize columns[2], gsize row, GError **error)
{
    g_autoptr(GError) reason = NULL;
    Stop *stop = g_new0(Stop, 1);
    stop->message = g_regex_new(sp_table_code(table, row, columns[0]), 0, 0, &reason);
    stop->sentence = g_strdup(sp_table_code(table, row, columns[1]));
    if (stop->message == NULL || !g_regex_check_replacement(stop->sentence, NULL, &reason)) {
        sp_error_set(error, SP_ERROR_CONFIG, "row %" G_GSIZE_FORMAT ": %s; correct it", row + 2,
                     reason->message);
        g_clear_pointer(&stop, stop_free);
    }
    return stop;
}

SpDeliveryStops *sp_delivery_stops_read(const char *path, GError **error)
{
    g_autoptr(SpTable) table = sp_catalogue_read(path, "rapport_stans", NULL, error);
    gsize columns[2] = {0};
    if (table == NULL || !sp_table_need(table, "moenster", SP_COLUMN_CODE, &columns[0], error) ||
        !sp_table_need(table, "nb", SP_COLUMN_CODE, &columns[1], error)) {
        return NULL;
    }
    g_autoptr(SpDeliveryStops) stops = g_new0(SpDeliveryStops, 1);
    stops->stops = g_ptr_array_new_with_free_func(stop_free);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        Stop *stop = stop_new(table, columns, row, error);
        if (stop == NULL) {
            g_prefix_error(error, "%s: ", path);
            return NULL;
        }
        g_ptr_array_add(stops->stops, stop);
    }
    return g_steal_pointer(&stops);
}

void sp_delivery_stops_free(SpDeliveryStops *stops)
{
    if (stops == NULL) {
        return;
    }
    g_ptr_array_unref(stops->stops);
    g_free(stops);
}

char *sp_delivery_stops_say(const SpDeliveryStops *stops, const char *message)
{
    for (guint i = 0; i < stops->stops->len; i++) {
        const Stop *stop = stops->stops->pdata[i];
        g_autoptr(GMatchInfo) match = NULL;
        if (g_regex_match(stop->message, message, 0, &match)) {
            return g_match_info_expand_references(match, stop->sentence, NULL);
        }
    }
    return NULL;
}
