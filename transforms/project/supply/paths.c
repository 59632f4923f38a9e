/* The result of the expected path. */
#include "transforms/project/supply/paths.h"

#include <math.h>
#include <string.h>

SpSupplyPaths *sp_supply_paths_none(char *const kommuner[], int base, gsize n_days)
{
    SpSupplyPaths *paths = g_new0(SpSupplyPaths, 1);
    paths->kommuner = g_strdupv((char **)kommuner);
    paths->n_kommuner = g_strv_length(paths->kommuner);
    paths->status = g_new0(guint8, paths->n_kommuner + 1);
    paths->base = base;
    paths->n_days = n_days;
    return paths;
}

void sp_supply_paths_free(SpSupplyPaths *paths)
{
    if (paths == NULL) {
        return;
    }
    g_strfreev(paths->kommuner);
    g_free(paths->status);
    g_strfreev(paths->labour_markets);
    g_strfreev(paths->professions);
    g_free(paths->labour_market_of);
    g_free(paths->part_of);
    g_free(paths->aarsverk);
    g_free(paths->persons);
    g_free(paths->aarsverk_all);
    g_free(paths->ageing);
    g_free(paths->ageing_all);
    g_free(paths->ageing_persons);
    g_free(paths->work);
    g_free(paths->workforce);
    g_free(paths->reach);
    g_free(paths->is_placed);
    g_free(paths->exit_rate);
    g_free(paths->inflow);
    g_free(paths->graduates_sd);
    g_free(paths->exit_sd);
    g_free(paths->unexplained);
    g_free(paths->growth);
    g_free(paths->is_from_stock);
    for (gsize i = 0; i < paths->n_transfers; i++) {
        g_free(paths->transfers[i].came);
    }
    g_free(paths->transfers);
    g_free(paths);
}

const char *const sp_supply_part_names[SP_N_SUPPLY_PARTS] = {
    [SP_SUPPLY_PART_BASE] = "base",        [SP_SUPPLY_PART_AGEING] = "aldring",
    [SP_SUPPLY_PART_EXITS] = "avgang",     [SP_SUPPLY_PART_GRADUATES] = "utdannede",
    [SP_SUPPLY_PART_FOREIGN] = "utlandet", [SP_SUPPLY_PART_TRANSFERS] = "overganger",
    [SP_SUPPLY_PART_MOVES] = "flytting",   [SP_SUPPLY_PART_UNEXPLAINED] = "uforklart"};

/* Where a cause goes: those of the base who are left stand against those who would be. */
static const SpSupplyPart part_of_cause[SP_N_CAUSES] = {
    [SP_CAUSE_BASE] = SP_SUPPLY_PART_EXITS,
    [SP_CAUSE_GRADUATES] = SP_SUPPLY_PART_GRADUATES,
    [SP_CAUSE_FOREIGN] = SP_SUPPLY_PART_FOREIGN,
    [SP_CAUSE_TRANSFERS] = SP_SUPPLY_PART_TRANSFERS,
    [SP_CAUSE_MOVES] = SP_SUPPLY_PART_MOVES,
    [SP_CAUSE_UNEXPLAINED] = SP_SUPPLY_PART_UNEXPLAINED};

/* What a cause gives on a day, by region. */
static double residents(const SpSupplyPaths *paths, gsize market, gsize profession, gsize cause,
                        gsize day)
{
    return sp_supply_at(paths, paths->aarsverk, market, profession, (SpSupplyCause)cause)[day];
}

void sp_supply_parts(const SpSupplyPaths *paths, gsize profession, gsize day,
                     const gsize kommuner[], gsize n, double parts[SP_N_SUPPLY_PARTS])
{
    memset(parts, 0, SP_N_SUPPLY_PARTS * sizeof *parts);
    for (gsize market = 0; market < paths->n_labour_markets; market++) {
        double share = 0.0, before = 0.0;
        for (gsize i = 0; i < n; i++) {
            share += sp_supply_share(paths, profession, market, kommuner[i], day);
            before += sp_supply_share(paths, profession, market, kommuner[i], 0);
        }
        if (share <= 0.0) {
            continue;
        }
        gsize place = market * paths->n_professions + profession;
        double base = residents(paths, market, profession, SP_CAUSE_BASE, 0);
        double aged = paths->ageing[place * paths->n_days + day];
        parts[SP_SUPPLY_PART_BASE] += before * base;
        parts[SP_SUPPLY_PART_MOVES] += (share - before) * base;
        parts[SP_SUPPLY_PART_AGEING] += share * (aged - base);
        parts[SP_SUPPLY_PART_EXITS] -= share * aged;
        for (gsize cause = 0; cause < SP_N_CAUSES; cause++) {
            parts[part_of_cause[cause]] += share * residents(paths, market, profession, cause, day);
        }
    }
}

void sp_supply_workplace(const SpSupplyPaths *paths, gsize profession, gsize day, double aarsverk[])
{
    memset(aarsverk, 0, paths->n_kommuner * sizeof *aarsverk);
    for (gsize market = 0; market < paths->n_labour_markets; market++) {
        double here = 0.0;
        for (gsize cause = 0; cause < SP_N_CAUSES; cause++) {
            here += residents(paths, market, profession, cause, day);
        }
        for (gsize u = 0; u < paths->n_kommuner; u++) {
            aarsverk[u] += here * sp_supply_share(paths, profession, market, u, day);
        }
    }
}

/* A figure of the country by cause, on a day. */
static double country_cause(const SpSupplyPaths *paths, SpSupplyFigure figure, gsize profession,
                            gsize cause, gsize day)
{
    double sum = 0.0;
    if (figure == SP_SUPPLY_ALL) {
        return paths->aarsverk_all[(profession * SP_N_CAUSES + cause) * paths->n_days + day];
    }
    double *figures = figure == SP_SUPPLY_MUNICIPAL ? paths->aarsverk : paths->persons;
    for (gsize market = 0; market < paths->n_labour_markets; market++) {
        sum += sp_supply_at(paths, figures, market, profession, (SpSupplyCause)cause)[day];
    }
    return sum;
}

/* What those of the base would be if nobody left. */
static double country_ageing(const SpSupplyPaths *paths, SpSupplyFigure figure, gsize profession,
                             gsize day)
{
    double sum = 0.0;
    if (figure != SP_SUPPLY_MUNICIPAL) {
        const double *ageing = figure == SP_SUPPLY_ALL ? paths->ageing_all : paths->ageing_persons;
        return ageing[profession * paths->n_days + day];
    }
    for (gsize market = 0; market < paths->n_labour_markets; market++) {
        gsize place = market * paths->n_professions + profession;
        sum += paths->ageing[place * paths->n_days + day];
    }
    return sum;
}

/* Moves within the country sum to 0 but for the rounding of so many terms. */
static const double rounding = 1e-12;

void sp_supply_country_parts(const SpSupplyPaths *paths, SpSupplyFigure figure, gsize profession,
                             gsize day, double parts[SP_N_SUPPLY_PARTS])
{
    double base = country_cause(paths, figure, profession, SP_CAUSE_BASE, 0);
    double aged = country_ageing(paths, figure, profession, day);
    memset(parts, 0, SP_N_SUPPLY_PARTS * sizeof *parts);
    parts[SP_SUPPLY_PART_BASE] = base;
    parts[SP_SUPPLY_PART_AGEING] = aged - base;
    parts[SP_SUPPLY_PART_EXITS] = -aged;
    for (gsize cause = 0; cause < SP_N_CAUSES; cause++) {
        parts[part_of_cause[cause]] += country_cause(paths, figure, profession, cause, day);
    }
    for (gsize part = 0; part < SP_N_SUPPLY_PARTS; part++) {
        parts[part] = fabs(parts[part]) > rounding * base ? parts[part] : 0.0;
    }
}
