/** Facts on one regional division. */
#ifndef SP_TRANSFORMS_NORMALISE_RESTATE_H
#define SP_TRANSFORMS_NORMALISE_RESTATE_H

#include "core/quality.h"
#include "core/regions.h"
#include "core/table.h"

/** The division that facts are put on. */
typedef struct {
    const SpRegions *regions;
    SpDay day;
    /* Population on the codes valid on its own dates (weights.h), from after the splits to be
     * modelled; NULL: the facts themselves when they are the population, else none. */
    const SpTable *weights;
} SpTarget;

/**
 * sp_normalise_restate:
 * The facts with every kommune code as of the target's day, sorted by key.
 *
 *   facts     unique keys; a table without a code column region comes back as it is
 *   division  the day whose division the codes are of (a layout's `division`); NULL: that of each
 *             row's period (routes.h)
 *
 * Mergers: additive measures add (sp_real_sum, in row order). Other measures are missing where
 * several kommuner became one (suppressed if one of them was, not applicable if all were), unless
 * only one of them has a row.
 *
 * Splits: every part is flagged modelled. Additive figures are divided by weights (split.h):
 * persons by sex and age, whole numbers by largest remainder; others by population in all, not
 * rounded. A part of a suppressed, pending or missing figure is that too; other measures are
 * missing. Without weights the parts are missing, with a finding.
 *
 * Other regions: fylker of the target division, the country and groups pass as published. 9999,
 * Rest and fylker that are no more are left out, with their totals in a finding. Rows of a kommune
 * outside its lifetime are left out (left_out.h).
 *
 * Findings: split_modelled, split_without_weights, merged_not_additive, region_left_out,
 * outside_lifetime, total_checked.
 *
 * Errors: SP_ERROR_DATA for a figure (also a suppressed one) of a kommune outside its lifetime, for
 * a code that KLASS never knew and for a text that is no period; SP_ERROR_BUG if the sum over all
 * kommuner, for any combination of the other keys, is not what it was.
 */
SpTable *sp_normalise_restate(const SpTable *facts, const SpTarget *target, const char *division,
                              SpQuality *quality, GError **error);

#endif
