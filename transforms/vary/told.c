/* Cells and settings behind figures of vary. */
#include "transforms/vary/told.h"

#include <string.h>

void sp_told_value(const SpTold *told, const char *measure, const char *indicator,
                   const char *region, const char *period)
{
    SpCell *input = sp_cell_new("indikatorverdi", measure);
    sp_cell_with(input, "indikator", indicator);
    sp_cell_with(input, "region", region);
    sp_cell_with(input, "period", period);
    g_ptr_array_add(told->explanation->inputs, input);
}

void sp_told_covariates(const SpTold *told, const SpCovariateSet *set, const char *region)
{
    for (gsize j = 0; j < set->p; j++) {
        if (set->attribute[j] == NULL) {
            sp_told_value(told, "verdi", set->id[j], region, set->period[j]);
        } else {
            SpCell *input = sp_cell_new("region", set->attribute[j]);
            sp_cell_with(input, "region", region);
            g_ptr_array_add(told->explanation->inputs, input);
        }
    }
}

void sp_told_settings(SpExplanation *explanation, const char *const keys[], gsize n)
{
    for (gsize k = 0; k < n; k++) {
        g_ptr_array_add(explanation->settings, g_strdup(keys[k]));
    }
}

const SpIndicator *sp_told_indicator(const SpCountry *country, const SpCell *cell,
                                     const char *table, const char *second_key)
{
    const char *id = sp_cell_code(cell, "indikator");
    return strcmp(cell->table, table) == 0 && id != NULL && sp_cell_code(cell, second_key) != NULL
               ? sp_indicators_find(country->indicators, id)
               : NULL;
}
