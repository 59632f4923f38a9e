/** The attack on one measure. */
#ifndef SP_TRANSFORMS_AUDIT_JUDGE_H
#define SP_TRANSFORMS_AUDIT_JUDGE_H

#include "transforms/audit/attack.h"
#include "transforms/audit/figures.h"

/** Judges each hidden figure of the measure, and adds to the attack's counts and findings. Unless
 * `is_sum` its parts do not sum to wholes, and only what ratios and other tables tell is looked at.
 */
void sp_attack_measure(SpAttack *attack, const SpAttackOptions *options, const SpMeasure *measure,
                       gboolean is_sum);

#endif
