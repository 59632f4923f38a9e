/* Provisional figures, by rules of the layout. */
#include "transforms/normalise/provisional.h"

#include <string.h>

#include "core/code_form.h"
#include "core/error.h"

/* Whether the figures of a period may still be revised by their source: by the period itself, or by
 * when the source was last changed. */
static gboolean is_provisional(const SpLayout *layout, const char *edition, const char *period)
{
    if (layout->provisional_from != NULL && strcmp(period, layout->provisional_from) >= 0) {
        return TRUE;
    }
    if (layout->final_from == NULL) {
        return FALSE;
    }
    g_autofree char *year = g_strndup(period, 4);
    g_autofree char *day = sp_form_fill(layout->final_from, year, NULL);
    return day != NULL && strncmp(edition, day, strlen(day)) < 0;
}

gboolean sp_flag_provisional(const SpLayout *layout, SpTable *table, GError **error)
{
    const char *edition = sp_table_edition(table);
    if (layout->provisional_from == NULL && layout->final_from == NULL) {
        return TRUE;
    }
    if (layout->final_from != NULL && edition == NULL) {
        return sp_error_set(
            error, SP_ERROR_DATA,
            "table %s: layout %s has final_from, but the source does not tell when it "
            "was changed; set `updated` in the dataset's section",
            layout->table, layout->name);
    }
    const SpLayoutColumn *period = sp_layout_find_role(layout, SP_ROLE_PERIOD);
    g_assert(period != NULL); /* core/layout.c */
    gsize at = sp_table_find(table, period->name);
    const SpCodes *codes = sp_table_codes(table, at);
    const guint32 *periods = sp_table_code_numbers_const(table, at);
    g_autofree gboolean *is_open = g_new(gboolean, sp_codes_size(codes) + 1);
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        is_open[i] = is_provisional(layout, edition, sp_codes_text(codes, i));
    }
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        if (sp_table_column(table, column)->kind != SP_COLUMN_MEASURE) {
            continue;
        }
        SpReal *reals = sp_table_reals(table, column);
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            if (sp_real_is_number(reals[row]) && is_open[periods[row]]) {
                reals[row].flags |= SP_FLAG_PROVISIONAL;
            }
        }
    }
    return TRUE;
}
