/** The table `framskriving_gap`, and what supply was scaled by. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_GAP_TABLE_H
#define SP_TRANSFORMS_PROJECT_BALANCE_GAP_TABLE_H

#include "core/quality.h"
#include "transforms/project/balance/options.h"
#include "transforms/project/balance/panel.h"
#include "transforms/project/balance/shortage.h"

/** Columns of `framskriving_gap`: keys, then measures. */
enum {
    SP_GAP_REGION,
    SP_GAP_YRKE,
    SP_GAP_PERIOD,
    SP_GAP_ETTERSPOERSEL,
    SP_GAP_TILBUD,
    SP_GAP_STARTMANGEL,
    SP_GAP_GAP,
    SP_GAP_ANDEL,
    SP_N_GAP_COLUMNS
};

typedef struct {
    const SpTable *
        demand; /* `framskriving_etterspoersel`: region, yrke, period · aarsverk, (lovkrav, rest) */
    const SpTable *supply; /* `framskriving_tilbud`, the same */
    const SpShortage *shortage;
    SpBaseGap base_gap; /* its kind */
    SpBaseBalance base;
    double alarm; /* > 1: a factor of the base beyond it, or below one over it, is told */
} SpGapInput;

/** Supply and demand of the country on the day of the base, profession by profession: table
 * `framskriving_balanse`, yrke, period · etterspoersel (before the law's floor), tilbud aarsverk,
 * faktor ratio (1 when the base is taken as observed), felles_kilde share of the need that a source
 * of all the profession's people tells, as supply's does: above 0 the factor is near 1 by
 * construction. Professions are those of demand. SP_ERROR_DATA as sp_panel_new. */
SpTable *sp_balance_table(const SpGapInput *input, GError **error);

/**
 * region, yrke, period · etterspoersel, tilbud (scaled), startmangel, gap aarsverk; gap_andel, gap
 * over etterspoersel. Regions, professions and days are those of demand; sorted by key, flag m; not
 * additive: the regions above are there already.
 *
 * Supply that the table does not have is missing, and so is the gap. A profession that has demand
 * and no supply in the country on the day of the base cannot be balanced: missing throughout, with
 * a finding "no_supply"; one without demand is told too ("no_need"), and one whose factor is beyond
 * input->alarm ("unlike_sources"). Days after the last of supply
 * are missing, with a finding "short_supply".
 * SP_ERROR_DATA as sp_panel_new.
 */
SpTable *sp_gap_table(const SpGapInput *input, SpQuality *quality, GError **error);

/** Why the gap of one cell is what it is: parts [SP_N_GAP_PARTS] (gap.h), whose sum is the gap.
 * FALSE without error when the cell or its base has no gap; SP_ERROR_DATA as sp_panel_new. */
gboolean sp_gap_cell_parts(const SpGapInput *input, const char *region, const char *yrke,
                           const char *period, double parts[], GError **error);

#endif
