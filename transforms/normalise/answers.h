/** Answers of kommuner to a list of questions, counted with those that did not answer. */
#ifndef SP_TRANSFORMS_NORMALISE_ANSWERS_H
#define SP_TRANSFORMS_NORMALISE_ANSWERS_H

#include "core/layout.h"
#include "core/quality.h"
#include "core/regions.h"
#include "core/table.h"

/**
 * sp_normalise_answers:
 * A row of answers a kommune becomes a row a question. A copy if the layout has no [answers].
 *
 *   facts    keys region, reform and period, in our codes; the answers as attributes
 *   maps     the questions under the name that the layout gives them: columns reform, fra, til (the
 *            first and last period that the reform is reported for; til empty: still), spoersmaal,
 *            kolonne (the attribute that holds the answer), ja (the answers that count, parted by
 *            |)
 *   result   region, reform, spoersmaal, period: teller (kommuner that said so), nevner (kommuner),
 *            ikke_svart (kommuner without an answer), all additive; andel (share, 0-1)
 *
 * Every kommune of the period's division has a row for each question of the reform: one without an
 * answer adds 0 to `teller` and 1 to `nevner` and `ikke_svart`, so that nobody leaves the
 * denominator by keeping silent.
 *
 * Findings: unknown_code for a region that is no kommune then, a reform that is not in the list and
 * a period outside its time. SP_ERROR_DATA when no row is left; SP_ERROR_CONFIG when a question's
 * column is none of the layout's.
 */
SpTable *sp_normalise_answers(const SpTable *facts, const SpLayout *layout, const SpTables *maps,
                              const SpRegions *regions, SpQuality *quality, GError **error);

/** Computes `andel` from teller and nevner once all sums are made; missing where nobody answered.
 * Does nothing if the layout has no [answers]. */
void sp_normalise_answer_shares(SpTable *table, const SpLayout *layout);

#endif
