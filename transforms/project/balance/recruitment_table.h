/** The table `rekrutteringsbehov`. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_RECRUITMENT_TABLE_H
#define SP_TRANSFORMS_PROJECT_BALANCE_RECRUITMENT_TABLE_H

#include "core/quality.h"
#include "transforms/project/balance/recruitment.h"
#include "transforms/project/balance/turnover.h"

typedef struct {
    const SpTable *demand;     /* `framskriving_etterspoersel`: region, yrke, period · aarsverk */
    SpTurnoverSource turnover; /* what exit rates are made of */
    const SpTable *regions;    /* `region` */
} SpRecruitmentInput;

/**
 * region (kommune and those above it), yrke, period (a day: from the base to it) · aarsverk_basis,
 * aarsverk (needed that day), vekst, erstatning_netto, rekruttering_netto, erstatning_brutto,
 * rekruttering_brutto aarsverk; avgang_netto, avgang_brutto share a year; rekruttering_personer
 * (netto) expected persons, 0 where need falls by more than leave: nobody was counted, so no
 * threshold on persons is for them.
 * rekruttering = vekst + erstatning. Flag m; the first ten years, or as many as demand has; sorted
 * by key. Rates have three decimals (sp_turnover_round), above kommuner too.
 *
 * Beside them what the rate was measured on, for the rules of disclosure: turnover_personer,
 * sluttet_brutto, sluttet_netto persons, turnover_aarsverk (SpTurnoverBasis); not applicable where
 * none of the kommune's own is in its rate, which is then the country's. Above kommuner they are
 * sums, in which a person of two kommuner counts twice.
 *
 * Regions above sum the netto of their kommuner, and have no brutto (not applicable): who moves
 * between kommuner would be counted as new. Demand that is missing or suppressed gives the
 * same status. Professions without any demand have no rows.
 *
 *   errors  how well the rates are known (exit_errors.h), owned by the caller, NULL as the result
 *           is; NULL: not wanted
 *
 * NULL without error when there is no turnover (finding of sp_turnover_new). SP_ERROR_DATA as
 * sp_panel_new, sp_region_groups_new and sp_turnover_new, and when demand has no kommune or but one
 * day.
 */
SpTable *sp_recruitment_table(const SpRecruitmentInput *input, SpTable **errors, SpQuality *quality,
                              GError **error);

#endif
