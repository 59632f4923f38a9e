/* Observed against expected persons. */
#include "transforms/project/population/residuals.h"

static const guint group_first[SP_N_MIGRATION_GROUPS] = {0,  5,  15, 18, 20, 23, 26,
                                                         30, 35, 45, 55, 67, 80, 90};

guint sp_migration_group_first(guint group)
{
    g_assert(group < SP_N_MIGRATION_GROUPS);
    return group_first[group];
}

guint sp_migration_group(guint start_age)
{
    guint group = SP_N_MIGRATION_GROUPS - 1;
    while (group_first[group] > start_age) {
        group--;
    }
    return group;
}

void sp_migration_expect(const SpPersons *persons, const SpSurvival *survival, double expected[])
{
    for (guint age = 0; age < SP_N_START_AGES; age++) {
        expected[age] = 0.0;
    }
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        for (guint age = 0; age < SP_N_AGES; age++) {
            guint start = MIN(age, (guint)SP_N_START_AGES - 1);
            expected[start] += persons->count[sex][age] * survival->share[sex][age];
        }
    }
}

gsize sp_residuals_place(const SpResiduals *residuals, guint group, gsize region, gsize year)
{
    return (group * residuals->history->n_regions + region) * residuals->n_years + year;
}

void sp_residuals_national(const SpResiduals *residuals, guint group, gsize year, double *expected,
                           double *observed)
{
    *expected = *observed = 0.0;
    for (guint age = 0; age < SP_N_START_AGES; age++) {
        if (sp_migration_group(age) == group) {
            *expected += residuals->national_expected[year][age];
            *observed += residuals->national_observed[year][age];
        }
    }
}

/* One kommune and year: observed and expected, into the country by age and into the kommune by
 * group. */
static void add_interval(SpResiduals *residuals, const SpSurvival *survival, gsize region,
                         gsize year)
{
    int at = residuals->history->first_year + (int)year;
    const SpPersons *start = sp_history_persons(residuals->history, region, at);
    const SpPersons *end = sp_history_persons(residuals->history, region, at + 1);
    double expected[SP_N_START_AGES];
    sp_migration_expect(start, survival, expected);
    for (guint age = 0; age < SP_N_START_AGES; age++) {
        double observed = end->count[SP_MEN][age + 1] + end->count[SP_WOMEN][age + 1];
        residuals->national_expected[year][age] += expected[age];
        residuals->national_observed[year][age] += observed;
        gsize place = sp_residuals_place(residuals, sp_migration_group(age), region, year);
        residuals->expected[place] += expected[age];
        residuals->deviation[place] += observed;
    }
}

static void make_deviations(SpResiduals *residuals)
{
    for (gsize year = 0; year < residuals->n_years; year++) {
        for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
            double expected, observed;
            sp_residuals_national(residuals, group, year, &expected, &observed);
            for (gsize region = 0; region < residuals->history->n_regions; region++) {
                gsize place = sp_residuals_place(residuals, group, region, year);
                double own = residuals->expected[place];
                /* Where nobody was expected anyone who came is lost here; the group is too small to
                 * learn from. */
                residuals->deviation[place] =
                    own > 0.0 ? residuals->deviation[place] / own - observed / expected : 0.0;
            }
        }
    }
}

void sp_residuals_init(SpResiduals *residuals, const SpHistory *history,
                       const SpSurvival survival[])
{
    gsize n_years = history->n_days - 1;
    gsize n = history->n_regions * n_years * SP_N_MIGRATION_GROUPS;
    *residuals = (SpResiduals){.history = history, .n_years = n_years};
    residuals->expected = g_new0(double, n);
    residuals->deviation = g_new0(double, n);
    residuals->national_expected = g_malloc0(n_years * sizeof *residuals->national_expected);
    residuals->national_observed = g_malloc0(n_years * sizeof *residuals->national_observed);
    for (gsize region = 0; region < history->n_regions; region++) {
        for (gsize year = 0; year < n_years; year++) {
            if (sp_history_has_interval(history, region, history->first_year + (int)year)) {
                add_interval(residuals, &survival[year], region, year);
            }
        }
    }
    make_deviations(residuals);
}

void sp_residuals_clear(SpResiduals *residuals)
{
    g_free(residuals->expected);
    g_free(residuals->deviation);
    g_free(residuals->national_expected);
    g_free(residuals->national_observed);
}
