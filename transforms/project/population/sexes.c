/* Sexes cast back along cohorts. */
#include "transforms/project/population/sexes.h"

/* The share of men among those aged `age` at the start, by those who reached the next age. */
static double share_of_men(const SpPersons *next, const SpSurvival *survival, guint age)
{
    guint reached = MIN(age + 1, (guint)SP_N_AGES - 1);
    double men = next->count[SP_MEN][reached] / survival->share[SP_MEN][age];
    double women = next->count[SP_WOMEN][reached] / survival->share[SP_WOMEN][age];
    return men + women > 0.0 ? men / (men + women) : 0.5;
}

static void part_day(const double together[SP_N_AGES], const SpPersons *next,
                     const SpSurvival *survival, SpPersons *persons)
{
    for (guint age = 0; age < SP_N_AGES; age++) {
        double men = together[age] * share_of_men(next, survival, age);
        persons->count[SP_MEN][age] = men;
        persons->count[SP_WOMEN][age] = together[age] - men;
    }
}

void sp_history_part_sexes(SpHistory *history, const SpSurvival survival[], SpQuality *quality)
{
    gsize n_parted = 0;
    for (gsize region = 0; region < history->n_regions; region++) {
        gsize first = region * history->n_days;
        for (gsize i = history->n_days - 1; i > 0; i--) {
            gsize day = first + i - 1;
            if (history->is_together[day] && history->is_counted[day + 1]) {
                part_day(history->together[day], &history->persons[day + 1], &survival[i - 1],
                         &history->persons[day]);
                history->is_counted[day] = TRUE;
                n_parted++;
            }
        }
    }
    if (n_parted > 0) {
        sp_quality_note(quality, "sexes_modelled", "folkemengde", 0,
                        "men and women of %" G_GSIZE_FORMAT
                        " kommuner and days, which the source has together, are parted as their "
                        "cohorts are later",
                        n_parted);
    }
}
