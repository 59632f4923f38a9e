/* Empirical Bayes level by level. */
#include "transforms/project/population/local.h"

#include <string.h>

/* Sums kommuner to the units of a level: expected persons, and their mean deviation weighted by
 * them. */
static void gather(const SpResiduals *residuals, guint group, const SpLocalLevel *level,
                   double deviation[], double expected[])
{
    gsize n_years = residuals->n_years;
    memset(deviation, 0, level->n_units * n_years * sizeof *deviation);
    memset(expected, 0, level->n_units * n_years * sizeof *expected);
    for (gsize region = 0; region < residuals->history->n_regions; region++) {
        for (gsize year = 0; level->unit[region] != SP_NO_PLACE && year < n_years; year++) {
            gsize place = sp_residuals_place(residuals, group, region, year);
            gsize at = level->unit[region] * n_years + year;
            expected[at] += residuals->expected[place];
            deviation[at] += residuals->expected[place] * residuals->deviation[place];
        }
    }
    for (gsize i = 0; i < level->n_units * n_years; i++) {
        deviation[i] = expected[i] > 0.0 ? deviation[i] / expected[i] : 0.0;
    }
}

static void take_out(SpResiduals *residuals, guint group, const SpLocalLevel *level, SpLocal *local)
{
    for (gsize region = 0; region < local->n_regions; region++) {
        if (level->unit[region] == SP_NO_PLACE) {
            continue;
        }
        double believed = level->believed[level->unit[region]][group];
        local->sum[region][group] += believed;
        for (gsize year = 0; year < residuals->n_years; year++) {
            residuals->deviation[sp_residuals_place(residuals, group, region, year)] -= believed;
        }
    }
}

static void fit_level(SpResiduals *residuals, guint group, SpLocalLevel *level, double weight,
                      SpQuality *quality)
{
    gsize n_years = residuals->n_years;
    g_autofree double *deviation = g_new(double, level->n_units *n_years);
    g_autofree double *expected = g_new(double, level->n_units *n_years);
    gather(residuals, group, level, deviation, expected);
    SpShrink *shrink = &level->shrink[group];
    sp_shrink_fit(level->n_units, n_years, deviation, expected, shrink);
    if (!shrink->is_settled) {
        g_autofree char *subject = g_strdup_printf("migration from age %u, %s",
                                                   sp_migration_group_first(group), level->name);
        sp_quality_note(quality, "unsettled_estimate", subject, 0,
                        "the estimate of noise and spread did not settle; its last round is used");
    }
    for (gsize unit = 0; unit < level->n_units; unit++) {
        gsize at = unit * n_years;
        level->believed[unit][group] = sp_shrink_mean(shrink, weight, n_years, deviation + at,
                                                      expected + at, &level->variance[unit][group]);
    }
}

static void level_init(SpLocalLevel *level, const char *name, gsize n_units, gsize n_regions)
{
    level->name = name;
    level->n_units = n_units;
    level->codes = g_new0(char *, n_units + 1);
    level->unit = g_new(guint32, n_regions);
    level->believed = g_malloc0(n_units * sizeof *level->believed);
    level->variance = g_malloc0(n_units * sizeof *level->variance);
}

static void level_of_places(SpLocalLevel *level, const char *name, const SpCodes *codes,
                            const guint32 unit[], gsize n_regions)
{
    level_init(level, name, sp_codes_size(codes), n_regions);
    for (guint32 i = 0; i < level->n_units; i++) {
        level->codes[i] = g_strdup(sp_codes_text(codes, i));
    }
    memcpy(level->unit, unit, n_regions * sizeof *unit);
}

SpLocal *sp_local_new(SpResiduals *residuals, const SpPlaces *places, double weight_below,
                      SpQuality *quality)
{
    const SpHistory *history = residuals->history;
    gsize n = history->n_regions;
    SpLocal *local = g_new0(SpLocal, 1);
    local->n_regions = n;
    local->sum = g_malloc0(n * sizeof *local->sum);
    level_of_places(&local->levels[SP_LEVEL_CENTRALITY], "sentralitet", places->centrality_codes,
                    places->centrality, n);
    level_of_places(&local->levels[SP_LEVEL_FYLKE], "fylke", places->fylke_codes, places->fylke, n);
    level_of_places(&local->levels[SP_LEVEL_LABOUR_MARKET], "arbeidsmarked",
                    places->labour_market_codes, places->labour_market, n);
    SpLocalLevel *kommune = &local->levels[SP_LEVEL_KOMMUNE];
    level_init(kommune, "kommune", n, n);
    for (gsize region = 0; region < n; region++) {
        kommune->codes[region] = g_strdup(history->codes[region]);
        kommune->unit[region] = (guint32)region;
    }
    for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
        for (guint i = 0; i < SP_N_LEVELS; i++) {
            SpLocalLevel *level = &local->levels[i];
            double weight = i == SP_LEVEL_KOMMUNE && group < SP_OLD_GROUP ? weight_below : 1.0;
            if (level->n_units > 0 && residuals->n_years > 0) {
                fit_level(residuals, group, level, weight, quality);
                take_out(residuals, group, level, local);
            }
        }
    }
    return local;
}

void sp_local_free(SpLocal *local)
{
    if (local == NULL) {
        return;
    }
    for (guint i = 0; i < SP_N_LEVELS; i++) {
        g_strfreev(local->levels[i].codes);
        g_free(local->levels[i].unit);
        g_free(local->levels[i].believed);
        g_free(local->levels[i].variance);
    }
    g_free(local->sum);
    g_free(local);
}
