/* Shocks common to kommuner. */
#include "transforms/project/population/shocks.h"

#include "transforms/project/population/wander.h"

#include <math.h>
#include <string.h>

enum { LANES = SP_DRAW_LANES, CHANGES = 15 };
static const double greatest_profile = 5.0;

/* One block of normal numbers of a name and a number. */
static void draw(const SpShocks *shocks, SpRandom random, const char *name, gsize number,
                 gsize block, float normal[LANES])
{
    SpRandom key = sp_random_numbered(sp_random_named(random, name), number);
    sp_normals_draw(&shocks->normals, key, block * LANES, LANES, normal);
}

static void add(double size, const float normal[LANES], float sum[LANES])
{
    float factor = (float)size;
    for (gsize lane = 0; lane < LANES; lane++) {
        sum[lane] += factor * normal[lane];
    }
}

/* ---- sizes ---- */

/* The country's net share below 67 in each year, by the people that the death rates are of: those
 * of an age in the middle of a year and of the next age a year later. */
static double net_share(const SpDeathYear *year, const SpDeathYear *next)
{
    double expected = 0, observed = 0;
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        for (guint age = 0; age + 1 < SP_OLD_START_AGE; age++) {
            double rate = (year->rate[sex][age] + next->rate[sex][age + 1]) / 2;
            expected += year->exposure[sex][age] * exp(-rate);
            observed += next->exposure[sex][age + 1];
        }
    }
    return expected > 0.0 ? observed / expected - 1 : 0.0;
}

/* How the country's net share changes from year to year, and how soon it comes back: with spread s2
 * around its own mean and mean squared change c2, what is left after a year is 1 - c2 / (2 s2). A
 * walk that never came back would by 2050 leave all that was ever seen far behind. The path stays
 * at the newest year's level, which itself lay off the mean by that spread: it is given back. */
static void find_migration(const GArray *deaths, SpShocks *shocks)
{
    double sum = 0, square = 0, change = 0, newest = 0;
    guint n = 0, n_changes = 0, n_newest = 0;
    double after = 0;
    for (guint i = deaths == NULL ? 0 : deaths->len; i-- > 1;) {
        const SpDeathYear *next = &g_array_index(deaths, SpDeathYear, i), *year = next - 1;
        if (next->year != year->year + 1) {
            break;
        }
        double share = net_share(year, next);
        if (n > 0) {
            double step = (after - share) * (after - share);
            change += step;
            n_changes++;
            newest += n_newest < CHANGES ? step : 0.0;
            n_newest += n_newest < CHANGES ? 1 : 0;
        }
        sum += share;
        square += share * share;
        after = share;
        n++;
    }
    if (n_changes < SP_LEAST_CHANGES) {
        return;
    }
    double spread = (square - sum * sum / n) / (n - 1);
    double mean_change = change / n_changes;
    shocks->migration_sd = sqrt(newest / n_newest);
    double kept = spread > 0.0 ? CLAMP(1 - mean_change / (2 * spread), 0.0, 1.0) : 0.0;
    shocks->migration_kept = kept;
    shocks->migration_back = kept < 1.0 ? shocks->migration_sd / sqrt(2 * (1 - kept)) : 0.0;
}

/* Who moves when the country's level moves: the groups' shares over their mean. */
static void find_profile(const SpPopulationModel *model, const SpPersons expected[], gsize n_days,
                         SpShocks *shocks)
{
    double persons[SP_N_MIGRATION_GROUPS] = {0}, moved[SP_N_MIGRATION_GROUPS] = {0};
    for (gsize region = 0; region < model->history->n_regions; region++) {
        const SpPersons *base = &expected[region * n_days];
        for (guint age = 0; age < SP_OLD_START_AGE; age++) {
            double here = base->count[SP_MEN][age] + base->count[SP_WOMEN][age];
            persons[sp_migration_group(age)] += here;
            moved[sp_migration_group(age)] += here * model->migration->national[age];
        }
    }
    double mean = model->migration->national_mean;
    for (guint group = 0; group < SP_OLD_GROUP; group++) {
        double share = persons[group] > 0.0 ? moved[group] / persons[group] : 0.0;
        double over = mean > 0.0 ? share / mean : 1.0;
        shocks->profile[group] = (float)CLAMP(over, -greatest_profile, greatest_profile);
    }
}

/* Covariance of the country's shocks of moves in two years, the earlier first:
 * W[t] = walk[t] + (1 - kept^(t + 1)) back, walk[t] = kept walk[t - 1] + step. */
static double moves_covariance(const SpShocks *shocks, gsize earlier, gsize later)
{
    double kept = shocks->migration_kept, square = kept * kept;
    double years = (double)earlier + 1;
    double walked = square < 1.0 ? (1 - pow(square, years)) / (1 - square) : years;
    double returned = (1 - pow(kept, years)) * (1 - pow(kept, (double)later + 1));
    return pow(kept, (double)(later - earlier)) * walked * shocks->migration_sd *
               shocks->migration_sd +
           returned * shocks->migration_back * shocks->migration_back;
}

/* A cohort's product of (1 + profile W) is more than 1 on the mean, by the sum of the covariances
 * of its years. */
static void find_drift(SpShocks *shocks)
{
    for (gsize year = 0; year < shocks->n_years; year++) {
        for (guint age = 0; age < SP_N_START_AGES; age++) {
            double sum = 0;
            for (gsize before = 1; before <= MIN(year, (gsize)age); before++) {
                guint then = sp_migration_group(age - (guint)before);
                sum +=
                    (double)shocks->profile[then] * moves_covariance(shocks, year - before, year);
            }
            shocks->drift[year][age] = sum * (double)shocks->profile[sp_migration_group(age)];
        }
    }
}

/* ---- the country ---- */

/* A normal vector over the bands with the spread of what the lines left in the past: the residual
 * years, each times a number of its own. Fifteen past years keep how bands go together without a
 * model of it. */
static void draw_bands(const SpShocks *shocks, const SpMortality *mortality, SpRandom random,
                       gsize number, gsize block, float bands[SP_N_DEATH_BANDS][LANES])
{
    guint n = mortality->n_slope_years;
    memset(bands, 0, sizeof(float[SP_N_DEATH_BANDS][LANES]));
    if (n < SP_LEAST_SLOPE_YEARS) {
        return;
    }
    /* Two of the n freedoms went to the line. */
    double scale = 1 / sqrt(n - 2.0);
    for (guint i = 0; i < n; i++) {
        float normal[LANES];
        draw(shocks, sp_random_numbered(random, number), "year", i, block, normal);
        for (guint band = 0; band < SP_N_DEATH_BANDS; band++) {
            add(scale * mortality->residual[i][band], normal, bands[band]);
        }
    }
}

static void draw_deaths(SpShocks *shocks, const SpPopulationModel *model, SpRandom random,
                        gsize block)
{
    const SpMortality *mortality = &model->mortality;
    float level[SP_N_DEATH_BANDS][LANES], slope[SP_N_DEATH_BANDS][LANES];
    float yearly[SP_N_DEATH_BANDS][LANES], step[SP_N_DEATH_BANDS][LANES];
    float walk[SP_N_DEATH_BANDS][LANES] = {{0}};
    double of_level = mortality->n_level_years > 0 ? 1 / sqrt(mortality->n_level_years) : 0.0;
    double of_slope = mortality->year_spread > 0.0 ? 1 / sqrt(mortality->year_spread) : 0.0;
    draw_bands(shocks, mortality, sp_random_named(random, "level"), 0, block, level);
    draw_bands(shocks, mortality, sp_random_named(random, "slope"), 0, block, slope);
    for (gsize year = 0; year < shocks->n_years; year++) {
        SpNationShock *shock = &shocks->nation[block * shocks->n_years + year];
        double years_on = model->options.base + (double)year - mortality->level_year;
        draw_bands(shocks, mortality, sp_random_named(random, "yearly"), year, block, yearly);
        draw_bands(shocks, mortality, sp_random_named(random, "wander"), year, block, step);
        memset(shock->death, 0, sizeof shock->death);
        for (guint band = 0; band < SP_N_DEATH_BANDS; band++) {
            add(shocks->wander, step[band], walk[band]);
            add(1.0, walk[band], shock->death[band]);
            add(1.0, yearly[band], shock->death[band]);
            add(of_level, level[band], shock->death[band]);
            add(of_slope * years_on, slope[band], shock->death[band]);
        }
    }
}

/* How long kommuner's overall deviation lasts is known no better than that: each draw has a damping
 * of its own, evenly around the path's and at most 1. What the draws leave on the mean is the
 * path's. */
static void draw_damping(SpShocks *shocks, const SpPopulationModel *model, SpRandom random,
                         gsize block)
{
    double damping = model->migration->options.damping, around = MIN(damping, 1 - damping);
    double least = damping - around, most = damping + around, mean = 1;
    double own[LANES], left[LANES];
    SpRandom key = sp_random_named(random, "damping");
    for (gsize lane = 0; lane < LANES; lane++) {
        own[lane] = least + (most - least) * sp_random_uniform(key, block * LANES + lane);
        left[lane] = 1;
    }
    for (gsize year = 0; year < shocks->n_years; year++) {
        SpNationShock *shock = &shocks->nation[block * shocks->n_years + year];
        double years = (double)year + 1;
        if (around > 0) {
            mean = (pow(most, years) - pow(least, years)) / (years * (most - least));
        }
        for (gsize lane = 0; lane < LANES; lane++) {
            shock->unfaded[lane] = around > 0 ? (float)(left[lane] - mean) : 0.0F;
            left[lane] *= own[lane];
        }
    }
}

/* Persons of the base day weigh. */
static void find_overall(const SpPopulationModel *model, const SpPersons expected[], gsize n_days,
                         SpShocks *shocks)
{
    double persons[SP_N_MIGRATION_GROUPS] = {0};
    for (gsize region = 0; region < model->history->n_regions; region++) {
        const SpPersons *base = &expected[region * n_days];
        for (guint age = 0; age < SP_OLD_START_AGE; age++) {
            double here = base->count[SP_MEN][age] + base->count[SP_WOMEN][age];
            persons[sp_migration_group(age)] += here;
            shocks->overall[sp_migration_group(age)] += here * model->migration->overall[region];
        }
    }
    for (guint group = 0; group < SP_OLD_GROUP; group++) {
        shocks->overall[group] /= MAX(persons[group], 1.0);
    }
}

static void draw_moves_and_births(SpShocks *shocks, const SpPopulationModel *model, SpRandom random,
                                  gsize block)
{
    const SpMigration *migration = model->migration;
    float walk[LANES] = {0}, births[LANES], normal[LANES], lasting[SP_N_OLD_GROUPS][LANES];
    float back[LANES];
    double left = 1;
    for (guint i = 0; i < SP_N_OLD_GROUPS; i++) {
        draw(shocks, random, "old", i, block, lasting[i]);
    }
    draw(shocks, random, "migration_back", 0, block, back);
    for (gsize lane = 0; lane < LANES; lane++) {
        births[lane] = 1.0F;
    }
    for (gsize year = 0; year < shocks->n_years; year++) {
        SpNationShock *shock = &shocks->nation[block * shocks->n_years + year];
        draw(shocks, random, "migration", year, block, normal);
        for (gsize lane = 0; lane < LANES; lane++) {
            walk[lane] *= (float)shocks->migration_kept;
        }
        add(shocks->migration_sd, normal, walk);
        memcpy(shock->migration, walk, sizeof walk);
        left *= shocks->migration_kept;
        add((1 - left) * shocks->migration_back, back, shock->migration);
        draw(shocks, random, "fertility", year, block, normal);
        for (gsize lane = 0; lane < LANES; lane++) {
            births[lane] *= 1.0F + (float)shocks->fertility_sd * normal[lane];
            births[lane] = MAX(births[lane], 0.0F);
        }
        memcpy(shock->births, births, sizeof births);
        for (guint i = 0; i < SP_N_OLD_GROUPS; i++) {
            double variance = migration->national_variance[SP_OLD_GROUP + i];
            draw(shocks, random, "old_yearly", year * SP_N_OLD_GROUPS + i, block, normal);
            memset(shock->old[i], 0, sizeof shock->old[i]);
            add(sqrt(variance / MAX(migration->n_intervals, 1U)), lasting[i], shock->old[i]);
            add(sqrt(variance), normal, shock->old[i]);
        }
    }
}

/* ---- levels between the country and the kommuner ---- */

/* Persons of each unit by group on the base day: what units deviate by sums to nothing over the
 * country, in every draw as in the past. */
static double *unit_weights(const SpPopulationModel *model, const SpLocalLevel *level,
                            const SpPersons expected[], gsize n_days)
{
    double *weight = g_new0(double, level->n_units *SP_N_MIGRATION_GROUPS);
    for (gsize region = 0; region < model->history->n_regions; region++) {
        const SpPersons *base = &expected[region * n_days];
        for (guint age = 0; level->unit[region] != SP_NO_PLACE && age < SP_N_START_AGES; age++) {
            weight[level->unit[region] * SP_N_MIGRATION_GROUPS + sp_migration_group(age)] +=
                base->count[SP_MEN][age] + base->count[SP_WOMEN][age];
        }
    }
    return weight;
}

/* `rows` [n_units] of lanes, `stride` floats apart. */
static void sum_to_nothing(gsize n_units, const double weight[], gsize weight_stride, float rows[],
                           gsize stride)
{
    float mean[LANES] = {0};
    double all = 0;
    for (gsize unit = 0; unit < n_units; unit++) {
        all += weight[unit * weight_stride];
    }
    for (gsize unit = 0; all > 0.0 && unit < n_units; unit++) {
        add(weight[unit * weight_stride] / all, rows + unit * stride, mean);
    }
    for (gsize unit = 0; unit < n_units; unit++) {
        add(-1.0, mean, rows + unit * stride);
    }
}

static void draw_unit(SpShocks *shocks, const SpLocalLevel *level, SpLevelShock *shock,
                      SpRandom random, gsize unit, gsize block)
{
    SpRandom key = sp_random_named(random, level->codes[unit]);
    SpUnitShock *lasting = &shock->lasting[unit * shocks->n_blocks + block];
    memset(lasting, 0, sizeof *lasting);
    for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
        float normal[LANES];
        draw(shocks, key, "lasting", group, block, normal);
        add(sqrt(level->variance[unit][group]), normal, lasting->lasting[group]);
    }
    for (gsize year = 0; year < shocks->n_years; year++) {
        draw(shocks, key, "yearly", year, block,
             shock->yearly[(unit * shocks->n_blocks + block) * shocks->n_years + year]);
    }
}

static void draw_level(SpShocks *shocks, const SpPopulationModel *model, guint number,
                       const double weight[], SpRandom random)
{
    const SpLocalLevel *level = &model->migration->local->levels[number];
    SpLevelShock *shock = &shocks->levels[number];
    gsize n_blocks = shocks->n_blocks, n_years = shocks->n_years;
    shock->n_units = level->n_units;
    shock->lasting = g_new(SpUnitShock, level->n_units * n_blocks);
    shock->yearly = g_malloc(level->n_units * n_blocks * n_years * sizeof *shock->yearly);
    for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
        shock->size[group] = (float)sqrt(level->shrink[group].omega2);
    }
    for (gsize block = 0; block < n_blocks; block++) {
        for (gsize unit = 0; unit < level->n_units; unit++) {
            draw_unit(shocks, level, shock, sp_random_named(random, level->name), unit, block);
        }
        for (guint group = 0; level->n_units > 0 && group < SP_N_MIGRATION_GROUPS; group++) {
            sum_to_nothing(level->n_units, weight + group, SP_N_MIGRATION_GROUPS,
                           shock->lasting[block].lasting[group],
                           n_blocks * sizeof(SpUnitShock) / sizeof(float));
        }
        /* The weights of one group stand for all: the noise of a year is common to ages. */
        for (gsize year = 0; level->n_units > 0 && year < n_years; year++) {
            sum_to_nothing(level->n_units, weight + SP_OLD_GROUP, SP_N_MIGRATION_GROUPS,
                           shock->yearly[block * n_years + year], n_blocks * n_years * LANES);
        }
    }
}

SpShocks *sp_shocks_new(const SpPopulationModel *model, gsize n_days, const SpPersons expected[],
                        SpRandom random, gsize n_draws, const SpShockOptions *options)
{
    SpShocks *shocks = g_new0(SpShocks, 1);
    double yearly_sd = model->fertility->yearly_sd;
    shocks->n_blocks = (n_draws + LANES - 1) / LANES;
    shocks->n_years = n_days - 1;
    find_migration(model->deaths, shocks);
    shocks->wander =
        model->deaths == NULL ? 0.0 : sp_mortality_wander(model->deaths, options->wander);
    shocks->fertility_sd = yearly_sd > 0.0 ? yearly_sd : options->fertility_sd;
    sp_normals_init(&shocks->normals);
    find_profile(model, expected, n_days, shocks);
    find_overall(model, expected, n_days, shocks);
    shocks->drift = g_malloc0(shocks->n_years * sizeof *shocks->drift);
    find_drift(shocks);
    shocks->nation = g_new0(SpNationShock, shocks->n_blocks * shocks->n_years);
    SpRandom nation = sp_random_named(random, "landet");
    for (gsize block = 0; block < shocks->n_blocks; block++) {
        draw_deaths(shocks, model, sp_random_named(nation, "deaths"), block);
        draw_moves_and_births(shocks, model, nation, block);
        draw_damping(shocks, model, nation, block);
    }
    for (guint i = 0; i < SP_LEVEL_KOMMUNE; i++) {
        const SpLocalLevel *level = &model->migration->local->levels[i];
        g_autofree double *weight = unit_weights(model, level, expected, n_days);
        draw_level(shocks, model, i, weight, random);
    }
    return shocks;
}

void sp_shocks_free(SpShocks *shocks)
{
    if (shocks == NULL) {
        return;
    }
    for (guint i = 0; i < SP_LEVEL_KOMMUNE; i++) {
        g_free(shocks->levels[i].lasting);
        g_free(shocks->levels[i].yearly);
    }
    g_free(shocks->nation);
    g_free(shocks->drift);
    g_free(shocks);
}
