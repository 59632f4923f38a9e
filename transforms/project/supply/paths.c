/* The result of the expected path. */
#include "transforms/project/supply/paths.h"

#include <string.h>

void sp_supply_paths_free(SpSupplyPaths *paths)
{
    if (paths == NULL) {
        return;
    }
    g_strfreev(paths->kommuner);
    g_strfreev(paths->labour_markets);
    g_strfreev(paths->professions);
    g_free(paths->labour_market_of);
    g_free(paths->part_of);
    g_free(paths->aarsverk);
    g_free(paths->persons);
    g_free(paths->aarsverk_all);
    g_free(paths->ageing);
    g_free(paths->work);
    g_free(paths->exit_rate);
    g_free(paths->inflow);
    g_free(paths->graduates_sd);
    g_free(paths->exit_sd);
    g_free(paths);
}

/* What a cause gives on a day, by region; and those of the base without exits. */
static double residents(const SpSupplyPaths *paths, gsize market, gsize profession, gsize cause,
                        gsize day)
{
    return sp_supply_at(paths, paths->aarsverk, market, profession, (SpSupplyCause)cause)[day];
}

void sp_supply_parts(const SpSupplyPaths *paths, gsize profession, gsize day,
                     const gsize kommuner[], gsize n, double parts[SP_N_PARTS])
{
    static const SpSupplyPart part_of_cause[SP_N_CAUSES] = {
        [SP_CAUSE_BASE] = SP_PART_EXITS,
        [SP_CAUSE_GRADUATES] = SP_PART_GRADUATES,
        [SP_CAUSE_FOREIGN] = SP_PART_FOREIGN,
        [SP_CAUSE_TRANSFERS] = SP_PART_TRANSFERS,
        [SP_CAUSE_MOVES] = SP_PART_MOVES};
    memset(parts, 0, SP_N_PARTS * sizeof *parts);
    for (gsize market = 0; market < paths->n_labour_markets; market++) {
        const double *work = sp_supply_work(paths, profession, market);
        double share = 0.0;
        for (gsize i = 0; i < n; i++) {
            share += work[kommuner[i]];
        }
        if (share <= 0.0) {
            continue;
        }
        gsize place = market * paths->n_professions + profession;
        double base = residents(paths, market, profession, SP_CAUSE_BASE, 0);
        double aged = paths->ageing[place * paths->n_days + day];
        parts[SP_PART_BASE] += share * base;
        parts[SP_PART_AGEING] += share * (aged - base);
        parts[SP_PART_EXITS] -= share * aged;
        for (gsize cause = 0; cause < SP_N_CAUSES; cause++) {
            parts[part_of_cause[cause]] += share * residents(paths, market, profession, cause, day);
        }
    }
}

void sp_supply_workplace(const SpSupplyPaths *paths, gsize profession, gsize day, double aarsverk[])
{
    memset(aarsverk, 0, paths->n_kommuner * sizeof *aarsverk);
    for (gsize market = 0; market < paths->n_labour_markets; market++) {
        const double *work = sp_supply_work(paths, profession, market);
        double here = 0.0;
        for (gsize cause = 0; cause < SP_N_CAUSES; cause++) {
            here += residents(paths, market, profession, cause, day);
        }
        for (gsize u = 0; u < paths->n_kommuner; u++) {
            aarsverk[u] += here * work[u];
        }
    }
}
