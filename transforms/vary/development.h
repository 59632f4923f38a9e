/** How indicators have changed (table `utvikling`, docs/tables.md). Method:
 * docs/methods/variation.md#development. */
#ifndef SP_TRANSFORMS_VARY_DEVELOPMENT_H
#define SP_TRANSFORMS_VARY_DEVELOPMENT_H

#include "core/random.h"
#include "transforms/vary/country.h"

typedef struct {
    double period_minimum_share;  /* 0-1, see sp_times_new */
    double members_minimum_share; /* 0-1, see sp_series_of_members */
    gsize minimum_points;         /* since the newest break; a series of fewer has no trend */
    double false_discoveries;     /* 0-1: the share of false alarms borne among changes told */
    guint replicates;             /* of blocks; 0: none */
    SpRandom key;
} SpDevelopmentRules;

/**
 * One row an indicator and area: kommuner with at least minimum_points points in all, fylker and
 * the country with two. fra and til are the first and last period that the trend is of: those from
 * the newest break on, which `brudd` names. The trend's measures are missing with fewer than
 * minimum_points such points.
 *   stigning, …   Sen's slope and its limits, a year, in the unit of verdi
 *   tau, p_trend  Kendall's tau-b and Mann-Kendall's probability
 *   q_trend       false discovery over the indicator's kommuner, or its fylker, of the larger of
 *                 p_trend and p_vandring
 *   p_blokk       the probability by blocks, which bears years that are alike; missing with fewer
 *                 than 12 points
 *   p_vandring    the probability where levels wander
 *   aarlig_…      relative change a year by the log-linear Poisson model (of årsverk in whole
 *                 positions, sp_areas_unit), where the indicator
 *                 has_chance and is no part; not applicable otherwise
 *   p_andel       Cochran-Armitage, widened where years move by more than persons' chance, where it
 *                 has_chance and is a share
 *   p_brudd,      Chow's probability at that break, over the points since the break before it, and
 *   nivaaskift    how far the line after it lies above the one before; not applicable without a
 *                 break
 *   vurdering     opp or ned: the change is certain (q_trend) and at least the catalogue's
 *                 minimum_change from fra to til; liten: certain, but less; usikker: not certain;
 *                 empty where no minimum is decided or there is no trend
 */
SpTable *sp_development_table(const SpCountry *country, const SpDevelopmentRules *rules,
                              GError **error);

#endif
