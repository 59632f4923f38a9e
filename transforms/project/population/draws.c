/* Draws of one kommune around its expected path. */
#include "transforms/project/population/draws.h"

#include "transforms/project/population/shocks.h"

#include <math.h>
#include <string.h>

enum {
    LANES = SP_DRAW_LANES,
    COHORT_YEARS = 3, /* born in the same years: one number for the chance of their deaths */
    N_COHORTS = SP_N_AGES / COHORT_YEARS + 2,
};

struct SpPopulationDraws {
    const SpPopulationModel *model;
    SpShockOptions options;
    SpRandom random; /* of kommuner */
    gsize n_days, n_draws;
    SpPersons *expected;  /* [n_regions][n_days] */
    SpSurvival *survival; /* [n_days - 1] */
    SpShocks *shocks;
};

/** Coefficients of one kommune and year; by start age unless said otherwise. */
typedef struct {
    float constant[SP_N_START_AGES]; /* 1 less what lasting shocks add to the mean of a product */
    float death[SP_N_START_AGES];    /* deaths per person-year: what a shock of their log takes */
    float chance[SP_N_START_AGES];   /* sd of the share alive, by chance alone, of the cohort */
    guint8 cohort[SP_N_START_AGES];  /* number among the year's cohorts */
    float group_noise[SP_N_MIGRATION_GROUPS]; /* sd of the kommune's yearly noise */
    float old_share;          /* of those in the open age at the end, who were in it at the start */
    float mothers[SP_N_AGES]; /* share of the births by the women of an age at the start ... */
    float mothers_end[SP_N_AGES]; /* ... and at the end; the two sum to 1 */
    float births_chance;          /* sd of the births, by chance alone */
} YearCoefficients;

struct SpPopulationScratch {
    YearCoefficients *years; /* [n_days - 1] */
    double lasting_sd[SP_N_MIGRATION_GROUPS];
    double births_sd; /* of the kommune's lasting factor */
    /* Persons of an age over those expected, one block of draws. */
    float ratio[SP_N_AGES][LANES];
    float lasting[SP_N_MIGRATION_GROUPS][LANES];
    float group[SP_N_MIGRATION_GROUPS][LANES];
    float cohort[N_COHORTS][LANES];
    float births[LANES], births_factor[LANES];
    float common[LANES], normal[LANES];
    float persons[SP_NO_GROUP][LANES]; /* by group */
};

SpPopulationDraws *sp_population_draws_new(const SpPopulationModel *model, gsize n_days,
                                           const SpPersons expected[], SpRandom random,
                                           gsize n_draws, const SpShockOptions *options)
{
    g_assert(n_days >= 1 && n_draws >= 1);
    SpPopulationDraws *draws = g_new0(SpPopulationDraws, 1);
    draws->model = model;
    draws->options = *options;
    draws->random = sp_random_named(random, "kommune");
    draws->n_days = n_days;
    draws->n_draws = n_draws;
    draws->expected =
        g_memdup2(expected, model->history->n_regions * n_days * sizeof *draws->expected);
    draws->survival = g_new(SpSurvival, n_days);
    for (gsize year = 0; year + 1 < n_days; year++) {
        sp_population_survival(model, model->options.base + (int)year, &draws->survival[year]);
    }
    draws->shocks = sp_shocks_new(model, n_days, expected, random, n_draws, options);
    return draws;
}

void sp_population_draws_free(SpPopulationDraws *draws)
{
    if (draws != NULL) {
        g_free(draws->expected);
        g_free(draws->survival);
        sp_shocks_free(draws->shocks);
        g_free(draws);
    }
}

gsize sp_population_draws_n_days(const SpPopulationDraws *draws)
{
    return draws->n_days;
}

gsize sp_population_draws_n_draws(const SpPopulationDraws *draws)
{
    return draws->n_draws;
}

SpPopulationScratch *sp_population_scratch_new(const SpPopulationDraws *draws)
{
    SpPopulationScratch *scratch = g_new0(SpPopulationScratch, 1);
    scratch->years = g_new0(YearCoefficients, draws->n_days);
    return scratch;
}

void sp_population_scratch_free(SpPopulationScratch *scratch)
{
    if (scratch != NULL) {
        g_free(scratch->years);
        g_free(scratch);
    }
}

/* ---- coefficients of a kommune ---- */

/* Cohorts of some years of birth, numbered from the youngest start age of the year. */
static guint cohort_of(guint age, gsize year)
{
    guint shift = COHORT_YEARS - 1 - (guint)(year % COHORT_YEARS);
    return (age + shift) / COHORT_YEARS;
}

/* What is not known of the kommune's own deviation and births. */
static void find_lasting(const SpPopulationDraws *draws, gsize region, SpPopulationScratch *scratch)
{
    const SpLocal *local = draws->model->migration->local;
    const SpFertility *fertility = draws->model->fertility;
    for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
        scratch->lasting_sd[group] = sqrt(local->levels[SP_LEVEL_KOMMUNE].variance[region][group]);
    }
    double factor = fertility->factor[region];
    scratch->births_sd = factor > 0.0 ? sqrt(fertility->variance[region]) / factor : 0.0;
}

/* Variance of all lasting deviations of a kommune in a group. */
static double lasting_variance(const SpPopulationDraws *draws, gsize region, guint group)
{
    const SpLocal *local = draws->model->migration->local;
    double sum = 0;
    for (guint i = 0; i < SP_N_LEVELS; i++) {
        const SpLocalLevel *level = &local->levels[i];
        if (level->n_units > 0 && level->unit[region] != SP_NO_PLACE) {
            sum += level->variance[level->unit[region]][group];
        }
    }
    return sum;
}

/* Deaths by chance are in the cohorts' own numbers: what is left of the noise that falls with size
 * is moves. */
static void find_group_noise(const SpPopulationDraws *draws, gsize year, const SpPersons *now,
                             YearCoefficients *of)
{
    const SpLocalLevel *level = &draws->model->migration->local->levels[SP_LEVEL_KOMMUNE];
    double persons[SP_N_MIGRATION_GROUPS] = {0}, alive[SP_N_MIGRATION_GROUPS] = {0};
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        for (guint age = 0; age < SP_N_AGES; age++) {
            guint group = sp_migration_group(MIN(age, (guint)SP_N_START_AGES - 1));
            persons[group] += now->count[sex][age];
            alive[group] += now->count[sex][age] * draws->survival[year].share[sex][age];
        }
    }
    for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
        double dead = persons[group] > 0.0 ? 1 - alive[group] / persons[group] : 0.0;
        double moves = MAX(level->shrink[group].sigma2 - MAX(dead, 0.0), 0.0);
        double variance =
            level->shrink[group].omega2 + (alive[group] > 0.0 ? moves / alive[group] : 0.0);
        of->group_noise[group] = (float)sqrt(variance);
    }
}

/* The mean death rate of both sexes, and the chance of deaths in each cohort. */
static void find_deaths(const SpPopulationDraws *draws, gsize year, const SpPersons *now,
                        YearCoefficients *of)
{
    double alive_of[N_COHORTS] = {0}, variance_of[N_COHORTS] = {0};
    double alive_104 = 0, alive_105 = 0;
    for (guint age = 0; age < SP_N_START_AGES; age++) {
        double alive = 0, rate = 0;
        guint cohort = cohort_of(age, year);
        for (guint sex = 0; sex < SP_N_SEXES; sex++) {
            double share = CLAMP(draws->survival[year].share[sex][age], 1e-6, 1.0);
            double here = now->count[sex][age] * share;
            alive += here;
            rate -= here * log(share);
            variance_of[cohort] += here * (1 - share);
        }
        alive_of[cohort] += alive;
        of->cohort[age] = (guint8)cohort;
        of->death[age] = (float)(alive > 0.0 ? rate / alive : 0.0);
        alive_104 = alive;
    }
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        alive_105 +=
            now->count[sex][SP_N_AGES - 1] * draws->survival[year].share[sex][SP_N_AGES - 1];
    }
    of->old_share = (float)(alive_105 > 0.0 ? alive_105 / (alive_104 + alive_105) : 0.0);
    for (guint age = 0; age < SP_N_START_AGES; age++) {
        double alive = alive_of[of->cohort[age]];
        of->chance[age] = (float)(alive > 0.0 ? sqrt(variance_of[of->cohort[age]]) / alive : 0.0);
    }
}

static void find_births(const SpPopulationDraws *draws, const SpPersons *now, const SpPersons *next,
                        YearCoefficients *of)
{
    const double *rate = draws->model->fertility->rate;
    double sum = 0;
    for (guint age = 1; age < SP_N_AGES; age++) {
        sum += rate[age] * (now->count[SP_WOMEN][age] + next->count[SP_WOMEN][age]);
    }
    for (guint age = 1; age < SP_N_AGES; age++) {
        double scale = sum > 0.0 ? rate[age] / sum : 0.0;
        of->mothers[age] = (float)(scale * now->count[SP_WOMEN][age]);
        of->mothers_end[age] = (float)(scale * next->count[SP_WOMEN][age]);
    }
    double children = next->count[SP_MEN][0] + next->count[SP_WOMEN][0];
    of->births_chance = (float)(children > 0.0 ? 1 / sqrt(children) : 0.0);
}

static void find_coefficients(const SpPopulationDraws *draws, gsize region,
                              SpPopulationScratch *scratch)
{
    double variance[SP_N_MIGRATION_GROUPS];
    find_lasting(draws, region, scratch);
    for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
        variance[group] = lasting_variance(draws, region, group);
    }
    for (gsize year = 0; year + 1 < draws->n_days; year++) {
        const SpPersons *now = &draws->expected[region * draws->n_days + year];
        YearCoefficients *of = &scratch->years[year];
        find_deaths(draws, year, now, of);
        find_group_noise(draws, year, now, of);
        find_births(draws, now, now + 1, of);
        for (guint age = 0; age < SP_N_START_AGES; age++) {
            guint group = sp_migration_group(age);
            gsize years_in = MIN(year, (gsize)(age - sp_migration_group_first(group)));
            of->constant[age] =
                (float)(1 - draws->shocks->drift[year][age] - (double)years_in * variance[group]);
        }
    }
}

/* ---- one block of draws ---- */

static void draw(const SpPopulationDraws *draws, SpRandom key, gsize number, gsize block,
                 float normal[LANES])
{
    sp_normals_draw(&draws->shocks->normals, sp_random_numbered(key, number), block * LANES, LANES,
                    normal);
}

static void add(float factor, const float *restrict from, float *restrict sum)
{
    for (gsize lane = 0; lane < LANES; lane++) {
        sum[lane] += factor * from[lane];
    }
}

static void begin_block(const SpPopulationDraws *draws, gsize region, SpRandom key, gsize block,
                        SpPopulationScratch *scratch)
{
    const SpShocks *shocks = draws->shocks;
    SpRandom lasting = sp_random_named(key, "lasting");
    for (guint age = 0; age < SP_N_AGES; age++) {
        for (gsize lane = 0; lane < LANES; lane++) {
            scratch->ratio[age][lane] = 1.0F;
        }
    }
    for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
        float *sum = scratch->lasting[group];
        memset(sum, 0, sizeof scratch->lasting[group]);
        draw(draws, lasting, group, block, scratch->normal);
        add((float)scratch->lasting_sd[group], scratch->normal, sum);
        for (guint i = 0; i < SP_LEVEL_KOMMUNE; i++) {
            guint32 unit = draws->model->migration->local->levels[i].unit[region];
            if (shocks->levels[i].n_units > 0 && unit != SP_NO_PLACE) {
                gsize at = unit * shocks->n_blocks + block;
                add(1.0F, shocks->levels[i].lasting[at].lasting[group], sum);
            }
        }
    }
    draw(draws, lasting, SP_N_MIGRATION_GROUPS, block, scratch->normal);
    for (gsize lane = 0; lane < LANES; lane++) {
        float factor = 1.0F + (float)scratch->births_sd * scratch->normal[lane];
        scratch->births_factor[lane] = MAX(factor, 0.0F);
    }
}

/* The year's shocks of each group of start age but for deaths. */
static void shock_groups(const SpPopulationDraws *draws, gsize region, SpRandom key, gsize year,
                         gsize block, SpPopulationScratch *scratch)
{
    const SpShocks *shocks = draws->shocks;
    const YearCoefficients *of = &scratch->years[year];
    const SpNationShock *nation = &shocks->nation[block * shocks->n_years + year];
    float in_common = (float)sqrt(draws->options.correlation);
    float on_its_own = (float)sqrt(1 - draws->options.correlation);
    draw(draws, key, SP_N_MIGRATION_GROUPS, block, scratch->common);
    for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
        float *sum = scratch->group[group];
        memcpy(sum, scratch->lasting[group], sizeof scratch->group[group]);
        draw(draws, key, group, block, scratch->normal);
        add(of->group_noise[group] * in_common, scratch->common, sum);
        add(of->group_noise[group] * on_its_own, scratch->normal, sum);
        if (group < SP_OLD_GROUP) {
            add(shocks->profile[group], nation->migration, sum);
        } else {
            add(1.0F, nation->old[group - SP_OLD_GROUP], sum);
        }
        for (guint i = 0; i < SP_LEVEL_KOMMUNE; i++) {
            guint32 unit = draws->model->migration->local->levels[i].unit[region];
            if (shocks->levels[i].n_units > 0 && unit != SP_NO_PLACE) {
                gsize at = (unit * shocks->n_blocks + block) * shocks->n_years + year;
                add(shocks->levels[i].size[group], shocks->levels[i].yearly[at], sum);
            }
        }
    }
}

/* One cohort a year on. Chance grows with the root of how many there are, so that it neither ends
 * below nobody nor brings back the dead. */
static void age_lanes(float constant, float death, float chance, const float *restrict group,
                      const float *restrict deaths, const float *restrict cohort,
                      const float *restrict from, float *restrict to)
{
    for (gsize lane = 0; lane < LANES; lane++) {
        float here = from[lane];
        float next = here * (constant + group[lane] - death * deaths[lane]) +
                     chance * sqrtf(here) * cohort[lane];
        to[lane] = MAX(next, 0.0F);
    }
}

static void age_all(const SpPopulationDraws *draws, gsize year, gsize block,
                    SpPopulationScratch *scratch)
{
    const YearCoefficients *of = &scratch->years[year];
    const SpShocks *shocks = draws->shocks;
    const SpNationShock *nation = &shocks->nation[block * shocks->n_years + year];
    float(*ratio)[LANES] = scratch->ratio;
    for (guint age = SP_N_START_AGES; age-- > 0;) {
        const float *group = scratch->group[sp_migration_group(age)];
        const float *deaths = nation->death[sp_mortality_band(age)];
        const float *cohort = scratch->cohort[of->cohort[age]];
        if (age + 1 == SP_N_AGES - 1) {
            /* The open age keeps its own beside those of the age below. */
            for (gsize lane = 0; lane < LANES; lane++) {
                ratio[age][lane] = of->old_share * ratio[age + 1][lane] +
                                   (1.0F - of->old_share) * ratio[age][lane];
            }
        }
        age_lanes(of->constant[age], of->death[age], of->chance[age], group, deaths, cohort,
                  ratio[age], ratio[age + 1]);
    }
}

static void step_block(const SpPopulationDraws *draws, SpRandom key, gsize year, gsize block,
                       SpPopulationScratch *scratch)
{
    const YearCoefficients *of = &scratch->years[year];
    const SpShocks *shocks = draws->shocks;
    const SpNationShock *nation = &shocks->nation[block * shocks->n_years + year];
    SpRandom chance = sp_random_named(key, "chance");
    guint last = cohort_of(SP_N_START_AGES - 1, year);
    for (guint cohort = 0; cohort <= last; cohort++) {
        draw(draws, chance, cohort, block, scratch->cohort[cohort]);
    }
    memset(scratch->births, 0, sizeof scratch->births);
    for (guint age = 1; age < SP_N_AGES; age++) {
        if (of->mothers[age] > 0.0F) {
            add(of->mothers[age], scratch->ratio[age], scratch->births);
        }
    }
    age_all(draws, year, block, scratch);
    for (guint age = 1; age < SP_N_AGES; age++) {
        if (of->mothers_end[age] > 0.0F) {
            add(of->mothers_end[age], scratch->ratio[age], scratch->births);
        }
    }
    draw(draws, chance, N_COHORTS, block, scratch->normal);
    for (gsize lane = 0; lane < LANES; lane++) {
        float born = scratch->births[lane] * nation->births[lane] * scratch->births_factor[lane];
        float next = born + of->births_chance * sqrtf(born) * scratch->normal[lane];
        scratch->ratio[0][lane] = MAX(next, 0.0F);
    }
}

/* ---- persons by group ---- */

/* One day of one block: `out` is the day of the first group. */
static void sum_day(const SpPopulationDraws *draws, const SpPersons *expected,
                    const SpPersonGroups *groups, gsize block, SpPopulationScratch *scratch,
                    float out[])
{
    memset(scratch->persons, 0, groups->n_groups * sizeof *scratch->persons);
    for (guint age = 0; age < SP_N_AGES; age++) {
        guint8 men = groups->of[SP_MEN][age], women = groups->of[SP_WOMEN][age];
        float of_men = (float)expected->count[SP_MEN][age];
        float of_women = (float)expected->count[SP_WOMEN][age];
        if (men == women && men != SP_NO_GROUP) {
            add(of_men + of_women, scratch->ratio[age], scratch->persons[men]);
            continue;
        }
        if (men != SP_NO_GROUP) {
            add(of_men, scratch->ratio[age], scratch->persons[men]);
        }
        if (women != SP_NO_GROUP) {
            add(of_women, scratch->ratio[age], scratch->persons[women]);
        }
    }
    gsize first = block * LANES, n = MIN((gsize)LANES, draws->n_draws - first);
    for (guint group = 0; group < groups->n_groups; group++) {
        memcpy(out + group * draws->n_days * draws->n_draws + first, scratch->persons[group],
               n * sizeof(float));
    }
}

void sp_population_draw(const SpPopulationDraws *draws, gsize region, const SpPersonGroups *groups,
                        SpPopulationScratch *scratch, float out[])
{
    g_assert(groups->n_groups <= SP_NO_GROUP);
    const SpHistory *history = draws->model->history;
    if (history->status[region] != SP_PRESENT) {
        memset(out, 0, groups->n_groups * draws->n_days * draws->n_draws * sizeof *out);
        return;
    }
    find_coefficients(draws, region, scratch);
    SpRandom key = sp_random_named(draws->random, history->codes[region]);
    for (gsize block = 0; block < draws->shocks->n_blocks; block++) {
        const SpPersons *expected = &draws->expected[region * draws->n_days];
        begin_block(draws, region, key, block, scratch);
        sum_day(draws, expected, groups, block, scratch, out);
        for (gsize year = 0; year + 1 < draws->n_days; year++) {
            SpRandom of_year = sp_random_numbered(key, year);
            shock_groups(draws, region, of_year, year, block, scratch);
            step_block(draws, of_year, year, block, scratch);
            sum_day(draws, expected + year + 1, groups, block, scratch,
                    out + (year + 1) * draws->n_draws);
        }
    }
}
