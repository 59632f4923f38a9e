/** The transforms of balance: gap, recruitment need, demographic cost, and scenarios beside each
 * other. docs/methods/balance.md. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_BALANCE_H
#define SP_TRANSFORMS_PROJECT_BALANCE_BALANCE_H

#include "core/transform.h"

/**
 * What can be made of what there is, with a finding "left_out" for what cannot:
 *
 *   framskriving_gap, framskriving_balanse  of framskriving_etterspoersel, framskriving_tilbud (and
 *                                           what the scenario's base_gap names)
 *   framskriving_aarsaker                   of these two, framskriving_etterspoersel_deler and
 *                                           framskriving_tilbud_deler (causes.h)
 *   rekrutteringsbehov                      of framskriving_etterspoersel, alder_og_stabilitet,
 *                                           region, skjerming, turnover (and pai_utdanning); with
 *                                           it avgang_usikkerhet (exit_errors.h), for draws alone
 *   demografikostnad                        of framskriving_befolkning, regnskap, kostnad (and
 *                                           folkemengde)
 *
 * in: these, and `scenario` (transforms/project/scenario.h). Settings:
 *   project.cost_groups   the artsgrupper of accounts that are spending
 *   project.factor_alarm  how unlike the base's two sides may be (docs/methods/balance.md#base)
 * The tables are marked as those they are made from.
 */
extern const SpTransform sp_transform_balance;

/**
 * in: framskriving_etterspoersel, framskriving_behov and, where there is supply, framskriving_gap ·
 * out: framskriving_valgte_aar and framskriving_valgte_brukere, from which the scenarios are put
 * beside each other; nothing without demand. Settings:
 *   project.alternative_years  years whose 1 January is told; those after the horizon are passed
 *                              over, and when all are the last day is told
 */
extern const SpTransform sp_transform_chosen_years;

/** Name among the inputs of sp_transform_alternatives of a scenario's table. g_free. */
char *sp_alternative_name(const char *table, const char *scenario);

/**
 * in: framskriving_valgte_aar and framskriving_valgte_brukere of each scenario under
 * sp_alternative_name · out: framskriving_alternativ and framskriving_alternativ_brukere; one that
 * no scenario has is told ("left_out"). No settings.
 */
extern const SpTransform sp_transform_alternatives;

#endif
