/* Cohort change ratios and children per woman. */
#include "transforms/project/population/hamilton_perry.h"

enum { LAST_BOUND_AGE = 74, FIRST_FERTILE = 15, LAST_FERTILE = 49 };
static const double least_change = 0.8, least_change_of_old = 0.05, greatest_change = 1.2;

gboolean sp_cohort_change(const SpHistory *history, SpSurvival *change)
{
    SpPersons start = {0}, end = {0};
    gboolean has_any = FALSE;
    for (gsize region = 0; region < history->n_regions; region++) {
        for (int year = history->first_year; year < history->base; year++) {
            if (!sp_history_has_interval(history, region, year)) {
                continue;
            }
            const SpPersons *from = sp_history_persons(history, region, year);
            const SpPersons *to = sp_history_persons(history, region, year + 1);
            has_any = TRUE;
            for (guint sex = 0; sex < SP_N_SEXES; sex++) {
                for (guint age = 0; age < SP_N_AGES; age++) {
                    start.count[sex][MIN(age, (guint)SP_N_AGES - 2)] += from->count[sex][age];
                    end.count[sex][age] += to->count[sex][age];
                }
            }
        }
    }
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        change->newborn[sex] = 1.0;
        for (guint age = 0; age + 1 < SP_N_AGES; age++) {
            double from = start.count[sex][age];
            double ratio = from > 0.0 ? end.count[sex][age + 1] / from : 1.0;
            double least = age <= LAST_BOUND_AGE ? least_change : least_change_of_old;
            change->share[sex][age] = CLAMP(ratio, least, greatest_change);
        }
        change->share[sex][SP_N_AGES - 1] = change->share[sex][SP_N_AGES - 2];
    }
    return has_any;
}

GArray *sp_child_woman_new(int year)
{
    GArray *births = g_array_new(FALSE, TRUE, sizeof(SpBirthYear));
    g_array_set_size(births, 1);
    SpBirthYear *only = &g_array_index(births, SpBirthYear, 0);
    only->year = year;
    for (guint age = FIRST_FERTILE; age <= LAST_FERTILE; age++) {
        only->rate[age] = 1.0 / (LAST_FERTILE - FIRST_FERTILE + 1);
    }
    return births;
}
