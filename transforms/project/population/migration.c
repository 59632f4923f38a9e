/* Net migration as the residual of the population series. */
#include "transforms/project/population/migration.h"

#include <math.h>
#include <string.h>

static const guint group_first[SP_N_MIGRATION_GROUPS] = {0,  5,  15, 18, 20, 23, 26,
                                                         30, 35, 45, 55, 67, 80, 90};
enum { OLD_GROUP = 11 }; /* the group that begins at SP_OLD_START_AGE */
static const double least_ratio = 0.3, greatest_ratio = 2.0;

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

/* Persons by group of start age, region and year: layout for the shrinkage, group by group. */
typedef struct {
    const SpHistory *history;
    gsize n_years;
    double *expected;  /* [groups][n_regions][n_years], 0 where there is no interval */
    double *deviation; /* the same; observed / expected - 1 - national */
    double (*national_expected)[SP_N_START_AGES]; /* [n_years] over all kommuner with an interval */
    double (*national_observed)[SP_N_START_AGES];
} Residuals;

static gsize place_of(const Residuals *residuals, guint group, gsize region, gsize year)
{
    return (group * residuals->history->n_regions + region) * residuals->n_years + year;
}

/* One kommune and year: observed and expected, into the country by age and into the kommune by
 * group. */
static void add_interval(Residuals *residuals, const SpSurvival *survival, gsize region, gsize year)
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
        gsize place = place_of(residuals, sp_migration_group(age), region, year);
        residuals->expected[place] += expected[age];
        residuals->deviation[place] += observed;
    }
}

static void make_deviations(Residuals *residuals)
{
    for (gsize year = 0; year < residuals->n_years; year++) {
        double expected[SP_N_MIGRATION_GROUPS] = {0}, observed[SP_N_MIGRATION_GROUPS] = {0};
        for (guint age = 0; age < SP_N_START_AGES; age++) {
            expected[sp_migration_group(age)] += residuals->national_expected[year][age];
            observed[sp_migration_group(age)] += residuals->national_observed[year][age];
        }
        for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
            for (gsize region = 0; region < residuals->history->n_regions; region++) {
                gsize place = place_of(residuals, group, region, year);
                double own = residuals->expected[place];
                /* Where nobody was expected anyone who came is lost here; the group is too small to
                 * learn from. */
                residuals->deviation[place] = own > 0.0 ? residuals->deviation[place] / own -
                                                              observed[group] / expected[group]
                                                        : 0.0;
            }
        }
    }
}

static void residuals_init(Residuals *residuals, const SpHistory *history,
                           const SpSurvival survival[])
{
    gsize n_years = history->n_days - 1;
    gsize n = history->n_regions * n_years * SP_N_MIGRATION_GROUPS;
    *residuals = (Residuals){.history = history, .n_years = n_years};
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

static void residuals_clear(Residuals *residuals)
{
    g_free(residuals->expected);
    g_free(residuals->deviation);
    g_free(residuals->national_expected);
    g_free(residuals->national_observed);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Residuals, residuals_clear)

/* k: how the newest year's net migration below 67 stands to the mean of the history. 1 when that
 * cannot be said. */
static double find_level(const Residuals *residuals, guint *n_intervals, SpQuality *quality)
{
    double sum = 0, newest = 0;
    *n_intervals = 0;
    for (gsize year = 0; year < residuals->n_years; year++) {
        double expected = 0, net = 0;
        for (guint age = 0; age < SP_OLD_START_AGE; age++) {
            expected += residuals->national_expected[year][age];
            net +=
                residuals->national_observed[year][age] - residuals->national_expected[year][age];
        }
        if (expected > 0.0) {
            newest = net / expected;
            sum += net / expected;
            (*n_intervals)++;
        }
    }
    if (*n_intervals == 0) {
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
static void find_national(const Residuals *residuals, SpMigration *migration)
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
    for (guint age = 0; age < SP_N_START_AGES; age++) {
        guint group = sp_migration_group(age);
        gboolean is_old = group >= OLD_GROUP;
        double below = is_old ? group_expected[group] : expected[age];
        double above = is_old ? group_net[group] : net[age] * migration->newest_level;
        migration->national[age] = below > 0.0 ? above / below : 0.0;
    }
}

/* Sums kommuner to the units of a level: expected persons, and their mean deviation weighted by
 * them. */
static void gather(const Residuals *residuals, guint group, const guint32 unit[], gsize n_units,
                   double deviation[], double expected[])
{
    gsize n_years = residuals->n_years;
    memset(deviation, 0, n_units * n_years * sizeof *deviation);
    memset(expected, 0, n_units * n_years * sizeof *expected);
    for (gsize region = 0; region < residuals->history->n_regions; region++) {
        for (gsize year = 0; unit[region] != SP_NO_PLACE && year < n_years; year++) {
            gsize place = place_of(residuals, group, region, year);
            gsize at = unit[region] * n_years + year;
            expected[at] += residuals->expected[place];
            deviation[at] += residuals->expected[place] * residuals->deviation[place];
        }
    }
    for (gsize i = 0; i < n_units * n_years; i++) {
        deviation[i] = expected[i] > 0.0 ? deviation[i] / expected[i] : 0.0;
    }
}

/* A level of the hierarchy: the units that lend their kommuner strength. */
typedef struct {
    const char *name;    /* for the quality report */
    const guint32 *unit; /* [n_regions] of each kommune, SP_NO_PLACE for none */
    gsize n_units;       /* 0: the table of regions has no such level */
    double weight_below; /* multiplies tau2 below 67; 1 from there */
} Level;

/* One level of one group: what is believed of each unit goes into its kommuner's sum and out of
 * what is left to explain. */
static void fit_level(Residuals *residuals, guint group, const Level *level, SpMigration *migration,
                      SpQuality *quality)
{
    gsize n_years = residuals->n_years;
    if (level->n_units == 0) {
        return;
    }
    g_autofree double *deviation = g_new(double, level->n_units *n_years);
    g_autofree double *expected = g_new(double, level->n_units *n_years);
    gather(residuals, group, level->unit, level->n_units, deviation, expected);
    SpShrink shrink;
    sp_shrink_fit(level->n_units, n_years, deviation, expected, &shrink);
    if (!shrink.is_settled) {
        g_autofree char *subject =
            g_strdup_printf("migration from age %u, %s", group_first[group], level->name);
        sp_quality_note(quality, "unsettled_estimate", subject, 0,
                        "the estimate of noise and spread did not settle; its last round is used");
    }
    double weight = group < OLD_GROUP ? level->weight_below : 1.0;
    for (gsize region = 0; region < residuals->history->n_regions; region++) {
        if (level->unit[region] == SP_NO_PLACE) {
            continue;
        }
        gsize at = level->unit[region] * n_years;
        double believed =
            sp_shrink_mean(&shrink, weight, n_years, deviation + at, expected + at, NULL);
        migration->local[region][group] += believed;
        for (gsize year = 0; year < n_years; year++) {
            residuals->deviation[place_of(residuals, group, region, year)] -= believed;
        }
    }
}

static void fit_local(Residuals *residuals, const SpPlaces *places, double local_weight,
                      SpMigration *migration, SpQuality *quality)
{
    gsize n = residuals->history->n_regions;
    g_autofree guint32 *itself = g_new0(guint32, n);
    for (gsize region = 0; region < n; region++) {
        itself[region] = (guint32)region;
    }
    const Level levels[] = {
        {"sentralitet", places->centrality, sp_codes_size(places->centrality_codes), 1.0},
        {"fylke", places->fylke, sp_codes_size(places->fylke_codes), 1.0},
        {"kommune", itself, n, local_weight},
    };
    for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
        for (gsize i = 0; i < G_N_ELEMENTS(levels); i++) {
            fit_level(residuals, group, &levels[i], migration, quality);
        }
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
            sum += here * migration->local[region][sp_migration_group(age)];
            persons += here;
        }
        migration->overall[region] = persons > 0.0 ? sum / persons : 0.0;
    }
}

SpMigration *sp_migration_new(const SpHistory *history, const SpPlaces *places,
                              const SpSurvival survival[], const SpMigrationOptions *options,
                              SpQuality *quality)
{
    gsize n = history->n_regions;
    SpMigration *migration = g_new0(SpMigration, 1);
    migration->local = g_malloc0(n * sizeof *migration->local);
    migration->overall = g_new0(double, n);
    migration->damping = options->damping;
    g_auto(Residuals) residuals;
    residuals_init(&residuals, history, survival);
    migration->newest_level = find_level(&residuals, &migration->n_intervals, quality);
    if (migration->n_intervals == 0) {
        sp_quality_note(quality, "no_history", "folkemengde", 0,
                        "no kommune has counted figures a year apart: the projection from %d is "
                        "made without migration",
                        history->base);
        return migration;
    }
    find_national(&residuals, migration);
    fit_local(&residuals, places, options->local_weight, migration, quality);
    find_overall(history, migration);
    return migration;
}

void sp_migration_free(SpMigration *migration)
{
    if (migration != NULL) {
        g_free(migration->local);
        g_free(migration->overall);
        g_free(migration);
    }
}

void sp_migration_deviations(const SpMigration *migration, gsize region, guint years_on,
                             double deviation[])
{
    double faded = migration->overall[region] * (1 - pow(migration->damping, years_on));
    for (guint age = 0; age < SP_N_START_AGES; age++) {
        deviation[age] = migration->local[region][sp_migration_group(age)] -
                         (age < SP_OLD_START_AGE ? faded : 0.0);
    }
}

void sp_migration_leaving(const SpMigration *migration, const double deviation[],
                          const double mean[], double leaving[])
{
    leaving[0] = 0.0; /* what the newborn gain by moving stands in the births (fertility.h) */
    for (guint age = 0; age < SP_N_START_AGES; age++) {
        double ratio = 1 + migration->national[age] + deviation[age] - mean[age];
        leaving[age + 1] = 1 - CLAMP(ratio, least_ratio, greatest_ratio);
    }
}
