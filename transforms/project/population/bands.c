/* Bands of age from a table. */
#include "transforms/project/population/bands.h"

#include "core/error.h"

#include <string.h>

enum { MOST_AGES = 150 };

static gboolean add_list(const SpTable *table, const gsize columns[4], const char *list,
                         GArray *bands, GError **error)
{
    guint before = bands->len;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, columns[0]), list) != 0) {
            continue;
        }
        gint32 from = sp_age_of_code(sp_table_code(table, row, columns[2]), SP_N_AGES);
        gint32 to = sp_age_of_code(sp_table_code(table, row, columns[3]), MOST_AGES);
        if (from < 0 || to < from) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: row %" G_GSIZE_FORMAT
                                ": ages \"%s\" to \"%s\"; write three digits, the lower first",
                                sp_table_name(table), row + 1,
                                sp_table_code(table, row, columns[2]),
                                sp_table_code(table, row, columns[3]));
        }
        SpAgeBand band = {.code = sp_table_code(table, row, columns[1]),
                          .from = (guint)from,
                          .to = MIN((guint)to, (guint)SP_N_AGES - 1)};
        g_array_append_val(bands, band);
    }
    return bands->len > before ||
           sp_error_set(error, SP_ERROR_CONFIG, "%s has no list \"%s\"; name one that is there",
                        sp_table_name(table), list);
}

/* Ages from one end of a band to the next make a group. */
static void part_ages(SpAgeBands *bands)
{
    gboolean is_first[SP_N_AGES + 1] = {FALSE}, is_in[SP_N_AGES] = {FALSE};
    guint group_of[SP_N_AGES], group = 0;
    for (guint i = 0; i < bands->bands->len; i++) {
        const SpAgeBand *band = &g_array_index(bands->bands, SpAgeBand, i);
        is_first[band->from] = is_first[band->to + 1] = TRUE;
        for (guint age = band->from; age <= band->to; age++) {
            is_in[age] = TRUE;
        }
    }
    for (guint age = 0; age < SP_N_AGES; age++) {
        /* A gap between bands ends a group and begins none. */
        group += age > 0 && is_first[age] && is_in[age - 1] ? 1 : 0;
        group_of[age] = group;
        for (guint sex = 0; sex < SP_N_SEXES; sex++) {
            bands->groups.of[sex][age] = is_in[age] ? (guint8)group : SP_NO_GROUP;
        }
        bands->groups.n_groups = is_in[age] ? group + 1 : bands->groups.n_groups;
    }
    for (guint i = 0; i < bands->bands->len; i++) {
        SpAgeBand *band = &g_array_index(bands->bands, SpAgeBand, i);
        band->first = group_of[band->from];
        band->last = group_of[band->to];
    }
}

gboolean sp_age_bands_init(SpAgeBands *bands, const SpTable *table, const char *lists,
                           GError **error)
{
    static const char *const names[] = {"liste", "kode", "fra", "til"};
    gsize columns[G_N_ELEMENTS(names)];
    *bands = (SpAgeBands){.bands = g_array_new(FALSE, FALSE, sizeof(SpAgeBand))};
    if (!sp_table_need_all(table, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, columns, error)) {
        return FALSE;
    }
    g_auto(GStrv) words = g_strsplit(lists, "+", -1);
    for (char **word = words; *word != NULL; word++) {
        if (!add_list(table, columns, *word, bands->bands, error)) {
            return FALSE;
        }
    }
    part_ages(bands);
    return TRUE;
}

void sp_age_bands_clear(SpAgeBands *bands)
{
    g_clear_pointer(&bands->bands, g_array_unref);
}
