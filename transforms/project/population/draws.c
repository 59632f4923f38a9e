/* Draws of one kommune around its expected path. */
#include "transforms/project/population/draws.h"

#include "transforms/project/population/coefficients.h"

#include <math.h>
#include <string.h>

enum { LANES = SP_DRAW_LANES, N_COHORTS = SP_MOST_COHORTS };

struct SpPopulationScratch {
    SpKommuneCoefficients of;
    /* Persons of an age over those expected, one block of draws. */
    float ratio[SP_N_AGES][LANES];
    float lasting[SP_N_MIGRATION_GROUPS][LANES];
    float fading[SP_N_MIGRATION_GROUPS][LANES];
    float group[SP_N_MIGRATION_GROUPS][LANES];
    float cohort[N_COHORTS][LANES];
    float births[LANES], births_factor[LANES];
    float common[LANES], normal[LANES];
    float persons[SP_NO_GROUP][LANES]; /* by group */
};

void sp_shock_options_init(SpShockOptions *options)
{
    *options = (SpShockOptions){.correlation = 0.5, .fertility_sd = 0.03, .wander = 0.5};
}

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
    scratch->of.years = g_new0(SpYearCoefficients, draws->n_days);
    return scratch;
}

void sp_population_scratch_free(SpPopulationScratch *scratch)
{
    if (scratch != NULL) {
        g_free(scratch->of.years);
        g_free(scratch);
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

/* What is to fade, from what was just drawn of the kommune's own to last. */
static void begin_fading(const SpPopulationDraws *draws, SpRandom key, guint group, gsize block,
                         SpPopulationScratch *scratch)
{
    const SpKommuneCoefficients *of = &scratch->of;
    float *fading = scratch->fading[group];
    memset(fading, 0, sizeof scratch->fading[group]);
    if (of->change_sd[group] > 0.0) {
        add((float)of->fading_share[group], scratch->lasting[group], fading);
        draw(draws, sp_random_named(key, "fading"), group, block, scratch->normal);
        add((float)of->fading_sd[group], scratch->normal, fading);
    }
}

static void begin_block(const SpPopulationDraws *draws, gsize region, SpRandom key, gsize block,
                        SpPopulationScratch *scratch)
{
    const SpShocks *shocks = draws->shocks;
    SpRandom lasting = sp_random_named(key, "lasting");
    draw(draws, lasting, SP_N_MIGRATION_GROUPS + 1, block, scratch->common);
    for (guint age = 0; age < SP_N_AGES; age++) {
        for (gsize lane = 0; lane < LANES; lane++) {
            scratch->ratio[age][lane] = 1.0F;
        }
    }
    for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
        float *sum = scratch->lasting[group];
        memset(sum, 0, sizeof scratch->lasting[group]);
        draw(draws, lasting, group, block, scratch->normal);
        /* Where people die early or late they do so at all ages. */
        double common = group < SP_OLD_GROUP ? draws->options.correlation : 1.0;
        double size = scratch->of.lasting_sd[group];
        add((float)(size * sqrt(1 - common)), scratch->normal, sum);
        add((float)(size * sqrt(common)), scratch->common, sum);
        begin_fading(draws, key, group, block, scratch);
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
        float factor = 1.0F + (float)scratch->of.births_sd * scratch->normal[lane];
        scratch->births_factor[lane] = MAX(factor, 0.0F);
    }
}

/* What lasts a while, a year on: part of it is kept, and as much comes anew. */
static void fade(const SpPopulationDraws *draws, SpRandom key, gsize block,
                 SpPopulationScratch *scratch)
{
    const SpKommuneCoefficients *of = &scratch->of;
    SpRandom fading = sp_random_named(key, "fading");
    float kept = (float)draws->model->migration->options.damping;
    float in_common = (float)sqrt(draws->options.correlation);
    float on_its_own = (float)sqrt(1 - draws->options.correlation);
    draw(draws, fading, SP_N_MIGRATION_GROUPS, block, scratch->common);
    for (guint group = 0; group < SP_OLD_GROUP; group++) {
        float change = (float)of->change_sd[group], *to = scratch->fading[group];
        if (change > 0.0F) {
            draw(draws, fading, group, block, scratch->normal);
            for (gsize lane = 0; lane < LANES; lane++) {
                to[lane] = kept * to[lane] + change * (in_common * scratch->common[lane] +
                                                       on_its_own * scratch->normal[lane]);
            }
        }
    }
}

/* The year's shocks of each group of start age but for deaths. */
static void shock_groups(const SpPopulationDraws *draws, gsize region, SpRandom key, gsize year,
                         gsize block, SpPopulationScratch *scratch)
{
    const SpShocks *shocks = draws->shocks;
    const SpYearCoefficients *of = &scratch->of.years[year];
    const SpNationShock *nation = &shocks->nation[block * shocks->n_years + year];
    float in_common = (float)sqrt(draws->options.correlation);
    float on_its_own = (float)sqrt(1 - draws->options.correlation);
    draw(draws, key, SP_N_MIGRATION_GROUPS, block, scratch->common);
    for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
        float *sum = scratch->group[group];
        memcpy(sum, scratch->lasting[group], sizeof scratch->group[group]);
        add(1.0F, scratch->fading[group], sum);
        draw(draws, key, group, block, scratch->normal);
        add(of->group_noise[group] * in_common, scratch->common, sum);
        add(of->group_noise[group] * on_its_own, scratch->normal, sum);
        if (group < SP_OLD_GROUP) {
            add(shocks->profile[group], nation->migration, sum);
            add((float)(draws->model->migration->overall[region] - shocks->overall[group]),
                nation->unfaded, sum);
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
static void age_lanes(const SpYearCoefficients *of, guint age, const float *restrict group,
                      const float *restrict deaths, const float *restrict cohort,
                      float (*ratio)[LANES])
{
    const float constant = of->constant[age], death = of->death[age], chance = of->chance[age];
    const float *restrict from = ratio[age];
    float *restrict to = ratio[age + 1];
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
    const SpYearCoefficients *of = &scratch->of.years[year];
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
        age_lanes(of, age, group, deaths, cohort, ratio);
    }
}

static void step_block(const SpPopulationDraws *draws, SpRandom key, gsize year, gsize block,
                       SpPopulationScratch *scratch)
{
    const SpYearCoefficients *of = &scratch->of.years[year];
    const SpShocks *shocks = draws->shocks;
    const SpNationShock *nation = &shocks->nation[block * shocks->n_years + year];
    SpRandom chance = sp_random_named(key, "chance");
    guint last = of->cohort[SP_N_START_AGES - 1];
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
    sp_kommune_coefficients(draws, region, &scratch->of);
    SpRandom key = sp_random_named(draws->random, history->codes[region]);
    for (gsize block = 0; block < draws->shocks->n_blocks; block++) {
        const SpPersons *expected = &draws->expected[region * draws->n_days];
        begin_block(draws, region, key, block, scratch);
        sum_day(draws, expected, groups, block, scratch, out);
        for (gsize year = 0; year + 1 < draws->n_days; year++) {
            SpRandom of_year = sp_random_numbered(key, year);
            fade(draws, of_year, block, scratch);
            shock_groups(draws, region, of_year, year, block, scratch);
            step_block(draws, of_year, year, block, scratch);
            sum_day(draws, expected + year + 1, groups, block, scratch,
                    out + (year + 1) * draws->n_draws);
        }
    }
}
