/* Net migration as the residual of the population series. */
#include "transforms/project/population/migration.h"

#include <math.h>

static const double least_ratio = 0.3, greatest_ratio = 2.0;

/* The country's net share below 67 of one year: of registered moves, or of the residuals. FALSE
 * when no kommune has the interval. */
static gboolean level_of_year(const SpMigrationInput *input, const SpResiduals *residuals,
                              gboolean is_registered, gsize year, double *share)
{
    double expected = 0, net = 0;
    for (guint age = 0; age < SP_OLD_START_AGE; age++) {
        double here = residuals->national_expected[year][age];
        expected += here;
        net += residuals->national_observed[year][age] - here;
    }
    *share = expected > 0.0 ? net / expected : 0.0;
    if (expected > 0.0 && is_registered) {
        sp_flows_national(input->flows, input->history, year, share);
    }
    return expected > 0.0;
}

/* Registered moves count only when every year of the history has them: levels are compared. */
static gboolean flows_cover(const SpMigrationInput *input, const SpResiduals *residuals)
{
    double share;
    for (gsize year = 0; input->flows != NULL && year < residuals->n_years; year++) {
        if (level_of_year(input, residuals, FALSE, year, &share) &&
            !sp_flows_national(input->flows, input->history, year, &share)) {
            return FALSE;
        }
    }
    return input->flows != NULL;
}

/* k: how the newest year's net migration below 67 stands to the mean of the history. 1 when that
 * cannot be said. */
static double find_level(const SpMigrationInput *input, const SpResiduals *residuals,
                         guint *n_intervals, SpQuality *quality)
{
    gboolean is_registered = flows_cover(input, residuals);
    double sum = 0, newest = 0, share;
    *n_intervals = 0;
    for (gsize year = 0; year < residuals->n_years; year++) {
        if (level_of_year(input, residuals, is_registered, year, &share)) {
            newest = share;
            sum += share;
            (*n_intervals)++;
        }
    }
    if (*n_intervals == 0 || !input->has_mortality) {
        return 1.0;
    }
    if (newest <= 0.0 || sum <= 0.0) {
        sp_quality_note(quality, "migration_level", "landet", 0,
                        "net migration below 67 was not positive in the newest year or on the "
                        "mean: the mean by age is carried on");
        return 1.0;
    }
    return newest / (sum / *n_intervals);
}

/* Net shares pooled over the history: by single age below 67, by group from there. */
static void find_national(const SpResiduals *residuals, SpMigration *migration)
{
    double expected[SP_N_START_AGES] = {0}, net[SP_N_START_AGES] = {0};
    double group_expected[SP_N_MIGRATION_GROUPS] = {0}, group_net[SP_N_MIGRATION_GROUPS] = {0};
    for (gsize year = 0; year < residuals->n_years; year++) {
        for (guint age = 0; age < SP_N_START_AGES; age++) {
            double here = residuals->national_expected[year][age];
            expected[age] += here;
            net[age] += residuals->national_observed[year][age] - here;
        }
    }
    for (guint age = 0; age < SP_N_START_AGES; age++) {
        group_expected[sp_migration_group(age)] += expected[age];
        group_net[sp_migration_group(age)] += net[age];
    }
    double young = 0, moved = 0;
    for (guint age = 0; age < SP_N_START_AGES; age++) {
        guint group = sp_migration_group(age);
        gboolean is_old = group >= SP_OLD_GROUP;
        double below = is_old ? group_expected[group] : expected[age];
        double above = is_old ? group_net[group] : net[age] * migration->newest_level;
        migration->national[age] = below > 0.0 ? above / below : 0.0;
        young += is_old ? 0.0 : below;
        moved += is_old ? 0.0 : above;
    }
    migration->national_mean = young > 0.0 ? moved / young : 0.0;
}

/* How the country's share from 67 varies between years: the deaths of a year are known, so this is
 * moves and what registers get wrong. */
static void find_national_variance(const SpResiduals *residuals, SpMigration *migration)
{
    for (guint group = SP_OLD_GROUP; group < SP_N_MIGRATION_GROUPS; group++) {
        double sum = 0, square = 0;
        guint n = 0;
        for (gsize year = 0; year < residuals->n_years; year++) {
            double expected, observed;
            sp_residuals_national(residuals, group, year, &expected, &observed);
            if (expected > 0.0) {
                double share = observed / expected - 1;
                sum += share;
                square += share * share;
                n++;
            }
        }
        migration->national_variance[group] =
            n < 2 ? 0.0 : MAX((square - sum * sum / n) / (n - 1), 0.0);
    }
}

/* Persons of the base day weigh: the overall deviation is then people in or out, and what is left
 * moves nobody on the sum of ages. */
static void find_overall(const SpHistory *history, SpMigration *migration)
{
    for (gsize region = 0; region < history->n_regions; region++) {
        const SpPersons *base = sp_history_persons(history, region, history->base);
        double sum = 0, persons = 0;
        for (guint age = 0; age < SP_OLD_START_AGE; age++) {
            double here = base->count[SP_MEN][age] + base->count[SP_WOMEN][age];
            sum += here * migration->local->sum[region][sp_migration_group(age)];
            persons += here;
        }
        migration->overall[region] = persons > 0.0 ? sum / persons : 0.0;
    }
}

static void find_momentum(const SpResiduals *residuals, SpMigration *migration)
{
    for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
        const SpShrink *shrink = &migration->local->levels[SP_LEVEL_KOMMUNE].shrink[group];
        SpMomentum *momentum = &migration->momentum[group];
        *momentum = (SpMomentum){.omega2 = shrink->omega2, .sigma2 = shrink->sigma2};
        if (group < SP_OLD_GROUP) {
            sp_momentum_fit(residuals, group, migration->options.damping, momentum);
        }
    }
}

static void find_foreign(const SpMigrationInput *input, SpMigration *migration, SpQuality *quality)
{
    if (input->flows != NULL && !sp_flows_own(input->flows, input->history, migration->foreign)) {
        sp_quality_note(quality, "unsettled_estimate", "moves from abroad", 0,
                        "the estimate of noise and spread did not settle; its last round is used");
    }
}

SpMigration *sp_migration_new(const SpMigrationInput *input, const SpMigrationOptions *options,
                              SpQuality *quality)
{
    gsize n = input->history->n_regions;
    SpMigration *migration = g_new0(SpMigration, 1);
    migration->options = *options;
    migration->base = input->history->base;
    migration->overall = g_new0(double, n);
    migration->foreign = g_new0(double, n);
    g_auto(SpResiduals) residuals;
    sp_residuals_init(&residuals, input->history, input->survival);
    migration->newest_level = find_level(input, &residuals, &migration->n_intervals, quality);
    find_national(&residuals, migration);
    find_national_variance(&residuals, migration);
    if (migration->n_intervals == 0) {
        sp_quality_note(quality, "no_history", "folkemengde", 0,
                        "no kommune has counted figures a year apart: the projection from %d is "
                        "made without migration",
                        migration->base);
    }
    migration->local = sp_local_new(&residuals, input->places, options->local_weight, quality);
    find_overall(input->history, migration);
    find_momentum(&residuals, migration);
    find_foreign(input, migration, quality);
    return migration;
}

void sp_migration_free(SpMigration *migration)
{
    if (migration != NULL) {
        sp_local_free(migration->local);
        g_free(migration->overall);
        g_free(migration->foreign);
        g_free(migration);
    }
}

void sp_migration_deviations(const SpMigration *migration, gsize region, guint years_on,
                             double deviation[])
{
    int year = migration->base + (int)years_on;
    double foreign = sp_path_at(&migration->options.foreign, year);
    double domestic = sp_path_at(&migration->options.domestic, year);
    double left = pow(migration->options.damping, years_on);
    double abroad = migration->foreign[region];
    double faded = (migration->overall[region] - abroad) * (1 - left);
    for (guint age = 0; age < SP_N_START_AGES; age++) {
        double local = migration->local->sum[region][sp_migration_group(age)];
        deviation[age] = age < SP_OLD_START_AGE
                             ? foreign * abroad * left + domestic * (local - abroad - faded)
                             : domestic * local;
    }
}

void sp_migration_leaving(const SpMigration *migration, guint years_on, const double deviation[],
                          const double mean[], double leaving[])
{
    double foreign = sp_path_at(&migration->options.foreign, migration->base + (int)years_on);
    leaving[0] = 0.0; /* what the newborn gain by moving stands in the births (fertility.h) */
    for (guint age = 0; age < SP_N_START_AGES; age++) {
        double national = migration->national[age] * (age < SP_OLD_START_AGE ? foreign : 1.0);
        double ratio = 1 + national + deviation[age] - mean[age];
        leaving[age + 1] = 1 - CLAMP(ratio, least_ratio, greatest_ratio);
    }
}
