/* Which days are told. */
#include "transforms/project/chosen.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

GArray *sp_chosen_years_read(const SpSettings *settings, GError **error)
{
    g_auto(GStrv) words = sp_settings_list(settings, SP_CHOSEN_YEARS, error);
    g_autoptr(GArray) years = g_array_new(FALSE, FALSE, sizeof(int));
    for (char **word = words; word != NULL && *word != NULL; word++) {
        gint64 read;
        if (!sp_number_parse_int(*word, strlen(*word), &read) || read < 1900 || read > 2150) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         SP_CHOSEN_YEARS ": \"%s\" is no year; write 2030, 2035", *word);
            return NULL;
        }
        int year = (int)read;
        g_array_append_val(years, year);
    }
    return words == NULL ? NULL : g_steal_pointer(&years);
}

GArray *sp_chosen_days(gsize n_years, const int years[], int base, gsize n_days)
{
    GArray *days = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize day = 0; day < n_days; day++) {
        gboolean is_chosen = FALSE;
        for (gsize i = 0; i < n_years; i++) {
            is_chosen = is_chosen || years[i] == base + (int)day;
        }
        if (is_chosen) {
            g_array_append_val(days, day);
        }
    }
    if (days->len == 0) {
        gsize last = n_days - 1;
        g_array_append_val(days, last);
    }
    return days;
}
