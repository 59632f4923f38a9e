/** Indicator values per kommune and period: table `indikatorverdi` (docs/tables.md). */
#ifndef SP_TRANSFORMS_VARY_INDICATOR_H
#define SP_TRANSFORMS_VARY_INDICATOR_H

#include "core/quality.h"
#include "core/table.h"
#include "transforms/vary/catalogue.h"
#include "transforms/vary/hidden.h"

/** Where figures are not those of the kommune: shares of fewer are not told for a single year, and
 * what is drawn is flagged. */
typedef struct {
    double least_persons;       /* of kind share */
    double least_aarsverk;      /* of årsverk among årsverk */
    const char *const *samples; /* NULL-terminated: tables that hold a draw of the persons alone */
    SpHiddenLimits hidden;      /* of sensitive sources: what may not be seen */
    double most_hidden; /* 0-1: where kommuner that are hidden are expected to have a larger part,
                           nothing is expected of any */
} SpIndicatorLimits;

/**
 * Evaluates the catalogue over the facts.
 *
 *   in          the tables that formulas name, of one regional division; vertskommune and
 *               alder_og_stabilitet where they are there
 *   indicators  SpIndicator*, by sp_indicators_read
 *
 * One row for each indicator, each kommune that its formulas know in any period, and each period of
 * its first formula: a kommune that lacks in a period is missing there, never 0. teller and nevner
 * as the formulas give them; verdi = teller / nevner * per (sp_real_rate), the teller itself
 * without a nevner, or what is published * per (teller is then not applicable). Kommuner that share
 * the indicator's service are counted with their host: it has the sums, they have its verdi and
 * nothing else, and vertskommune names the host in all of them ("" for others). A share of too few
 * persons or årsverk is missing; where the last four years together are enough, and no break stands
 * between them, one more row has them, period 2019-2022, verdi flagged m. forventet by sp_expected
 * and varians, the variance that chance gives teller around it, for indicators with chance, not
 * applicable for the others. What rests on too few of a sensitive source is suppressed
 * (transforms/vary/hidden.h) before anything is made of it: the kommune gives nothing to the
 * country's rates. forventet and varians of a period are missing where hidden kommuner, ours or the
 * source's own, would have more than `most_hidden` of it (finding method_refused). Flags of both
 * parts are or-ed in verdi. teller, nevner and a published
 * ratio have flag u where their formula names a table of `samples`; from here it goes with the
 * figures, and nobody else asks which tables these are.
 *
 * Findings: indicator_of_sample (it names a table of `samples`), indicator_without_source (a table
 * is not among the facts; the indicator is left out), hidden_before_use (how many of its figures
 * are suppressed), period_without_nevner (no kommune has a denominator; the period is left out),
 * part_above_whole, teller_above_nevner, teller_below_zero, nevner_too_small (per indicator and
 * kommune), expected_one_band (no country rates by band; one band is used), positions_unknown (the
 * upper bound of chance is used). Errors: those of sp_grid_new and sp_grid_pick, with the
 * indicator's id before. The result has the marks of all tables read and the newest of their
 * editions, and is sorted by key.
 */
SpTable *sp_indikatorverdi(const SpTables *in, const GPtrArray *indicators,
                           const SpIndicatorLimits *limits, SpQuality *quality, GError **error);

#endif
