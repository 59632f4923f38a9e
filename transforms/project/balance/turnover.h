/**
 * How many of those employed leave in a year, by kommune and profession, from PAI's table
 * `alder_og_stabilitet`. Rates of professions borrow from their education group, rates and ages of
 * kommuner from the country. docs/methods/balance.md#turnover.
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

#define SP_TABLE_LEAVERS "alder_og_stabilitet"

/** What rates are made of. Tables are borrowed. */
typedef struct {
    /* period (intervals between 1 Decembers, and days), region, alder (bands), kjonn, yrke ·
       turnover_personer, turnover_aarsverk, sluttet_brutto, sluttet_netto, personer, aarsverk; rows
       of both sexes are read, of kommuner and of the country ("0"). */
    const SpTable *table;
    const SpTable *groups; /* from (a profession), to (its education group's code in `table`); NULL:
                              there are no groups */
    double at_most;        /* årsverk: the owner publishes no staff of so many or fewer; 0: any */
    double
        least; /* persons expected to leave the sector in an interval, from which on a kommune's own
                     count: of fewer the leavers would be hidden, and they say little */
    double spread; /* relative, between kommuner's true rates: assumed, and weighed with what they
                       show; 0: nothing is assumed */
} SpTurnoverSource;

/**
 *   in  SP_TABLE_LEAVERS and pai_utdanning, if they are there; skjerming (config/skjerming.csv, the
 *       owner's rule of turnover_aarsverk), turnover (config/framskriving/turnover.csv: id, verdi)
 *
 * SP_ERROR_NO_INPUT without the last two; SP_ERROR_CONFIG for a limit that is no number;
 * SP_ERROR_DATA when `turnover` does not have what it must.
 */
gboolean sp_turnover_source_init(SpTurnoverSource *source, const SpTables *in, GError **error);

/** All borrowed. */
typedef struct {
    SpTurnoverSource source;
    char *const *regions; /* [n_regions] kommuner, byte order */
    gsize n_regions;
    char *const *yrker; /* [n_yrker] professions, byte order */
    gsize n_yrker;
    const char *base; /* the day that nothing newer than is read */
} SpTurnoverInput;

typedef struct SpTurnover SpTurnover;

/**
 * Reads the intervals that have ended on the day of the base, and position sizes of the newest day
 * that is not after it.
 *
 * A profession that the table does not have leaves as its education group does (finding
 * "turnover_of_group"), and as all professions ("tot") where the group is not there either
 * ("turnover_of_all"). Figures that are no numbers are no observations, and neither is what the
 * owner would not publish and kommuner where too few are expected to leave:
 * a rate without it tells of nobody there. Rounds that did not settle
 * are told ("unsettled_estimate"). Returns NULL without error, with a finding "no_turnover", when
 * no interval of the country is known; SP_ERROR_DATA when a column is not there.
 */
SpTurnover *sp_turnover_new(const SpTurnoverInput *input, SpQuality *quality, GError **error);
void sp_turnover_free(SpTurnover *turnover);

/** Share that leaves in a year, 0-1, to three decimals; brutto is never below netto. A kommune
 * none of whose figures are in it has the country's rates by age, on the country's ages. */
double sp_turnover_rate(const SpTurnover *turnover, SpExit kind, gsize region, gsize yrke);

/** A rate as it is told: 0-1, to three decimals. */
double sp_turnover_round(double rate);

/** How well the rate of leaving the sector is known, standard deviations of the log: the country's
 * of the profession, and the kommune's factor on it. 0 where nobody leaves. */
double sp_turnover_national_sd(const SpTurnover *turnover, gsize yrke);
double sp_turnover_local_sd(const SpTurnover *turnover, gsize region, gsize yrke);

/** Årsverk per person of the profession in the country, 0-1; of its group, or of all, where it has
 * none. */
double sp_turnover_position(const SpTurnover *turnover, gsize yrke);

/** What a kommune's own rate was measured on: of each figure the smallest above 0 of the intervals
 * (0 when none of its own is in it), which is the one that a rule of disclosure must look at. */
typedef struct {
    double persons, aarsverk;       /* employed on the first day */
    double left_brutto, left_netto; /* persons of them who had left */
} SpTurnoverBasis;

SpTurnoverBasis sp_turnover_basis(const SpTurnover *turnover, gsize region, gsize yrke);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpTurnover, sp_turnover_free)

#endif
