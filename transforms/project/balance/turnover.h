/**
 * How many of those employed leave in a year, by kommune and profession, from PAI's table
 * `alder_og_stabilitet`. Rates of small professions borrow from all professions, those of small
 * kommuner from the country (transforms/project/shrink.h). docs/methods/balance.md#turnover.
 */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_TURNOVER_H
#define SP_TRANSFORMS_PROJECT_BALANCE_TURNOVER_H

#include "core/quality.h"

/** What counts as leaving. At 60 and over both hold retirement, so no other exit is added. */
typedef enum {
    SP_EXIT_BRUTTO, /* from the kommune's service: who goes to another kommune counts */
    SP_EXIT_NETTO,  /* from the municipal sector */
    SP_N_EXITS
} SpExit;

typedef struct SpTurnover SpTurnover;

/**
 * Reads the intervals that have ended on the day of the base, and position sizes of the newest day
 * before it.
 *
 *   table    period (intervals between 1 Decembers, and days), region, alder (bands), kjonn, yrke ·
 *            turnover_personer, sluttet_brutto, sluttet_netto, personer, aarsverk; rows of both
 *            sexes are read, of kommuner and of the country ("0")
 *   regions  [n_regions] kommuner, byte order; yrker [n_yrker] professions, byte order. Borrowed
 *
 * A profession that the table does not have leaves as all professions ("tot") do, with a finding
 * "turnover_of_all". Figures that are no numbers are no observations. Rounds that did not settle
 * are told ("unsettled_estimate"). Returns NULL without error, with a finding "no_turnover", when
 * no interval of the country is known; SP_ERROR_DATA when a column is not there.
 */
SpTurnover *sp_turnover_new(const SpTable *table, char *const regions[], gsize n_regions,
                            char *const yrker[], gsize n_yrker, const char *base,
                            SpQuality *quality, GError **error);
void sp_turnover_free(SpTurnover *turnover);

/** Share that leaves in a year, 0-1. A kommune without figures has the country's rates by age, on
 * the country's ages. */
double sp_turnover_rate(const SpTurnover *turnover, SpExit kind, gsize region, gsize yrke);

/** How well a rate is known, standard deviations of the log: the country's of the profession, and the
 * kommune's factor on it. 0 where nobody leaves. */
double sp_turnover_national_sd(const SpTurnover *turnover, SpExit kind, gsize yrke);
double sp_turnover_local_sd(const SpTurnover *turnover, SpExit kind, gsize region, gsize yrke);

/** Årsverk per person of the profession in the country, 0-1; of all where it has none. */
double sp_turnover_position(const SpTurnover *turnover, gsize yrke);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpTurnover, sp_turnover_free)

#endif
