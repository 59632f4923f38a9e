/** An explanation being told: cells of `indikatorverdi` and of table `region` behind a figure, and
 * the settings that shaped it. */
#ifndef SP_TRANSFORMS_VARY_TOLD_H
#define SP_TRANSFORMS_VARY_TOLD_H

#include "core/cell.h"
#include "transforms/vary/covariates.h"

/** Both borrowed. */
typedef struct {
    const SpCountry *country;
    SpExplanation *explanation;
} SpTold;

/** Adds a cell of `indikatorverdi`; "*" for all regions or periods. */
void sp_told_value(const SpTold *told, const char *measure, const char *indicator,
                   const char *region, const char *period);

/** Adds the covariates of a region ("*": of all): values, and classes of table `region`. */
void sp_told_covariates(const SpTold *told, const SpCovariateSet *set, const char *region);

/** Adds settings, "section.key" [n]. */
void sp_told_settings(SpExplanation *explanation, const char *const keys[], gsize n);

/** The indicator of a cell of `table` that names it and `second_key`; NULL when it is no such cell.
 */
const SpIndicator *sp_told_indicator(const SpCountry *country, const SpCell *cell,
                                     const char *table, const char *second_key);

#endif
