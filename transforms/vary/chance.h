/** What chance makes of an indicator: expected figures and their variance, kommune by kommune. */
#ifndef SP_TRANSFORMS_VARY_CHANCE_H
#define SP_TRANSFORMS_VARY_CHANCE_H

#include "core/quality.h"
#include "transforms/vary/catalogue.h"
#include "transforms/vary/figures.h"
#include "transforms/vary/grids.h"

/** What is the same in all periods of an indicator: its bands, and what a position adds. */
typedef struct SpChance SpChance;

/** Of an indicator that has_chance. Finding positions_unknown: for årsverk without the sizes of
 * positions the upper bound of chance, 1, is used. Errors: those of sp_strata_formulas and
 * sp_positions_read. */
SpChance *sp_chance_new(const SpIndicator *indicator, const SpTables *in, SpQuality *quality,
                        GError **error);
void sp_chance_free(SpChance *chance);

typedef struct {
    const SpIndicator *indicator;
    const GPtrArray *kommuner; /* char*, as the figures */
    SpGrids *grids;
    SpQuality *quality;
} SpChanceInput;

/**
 * Writes `expected` by sp_expected from `teller`, `nevner` and the bands, and `variance`: E for
 * persons per population, E (1 - E / n) for a part of n, both times E[p^2] / E[p] of positions for
 * årsverk (docs/methods/variation.md#chance). `chance` NULL: both are not applicable. Findings:
 * part_above_whole, expected_one_band. Errors: those of evaluating the bands' formulas.
 */
gboolean sp_chance_apply(const SpChance *chance, const SpChanceInput *input, SpFigures *figures,
                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpChance, sp_chance_free)

#endif
