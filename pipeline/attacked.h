/** The tables of an edition's packages as the attack wants them: each once, with the rows of all
 * packages. */
#ifndef SP_PIPELINE_ATTACKED_H
#define SP_PIPELINE_ATTACKED_H

#include "transforms/audit/attack.h"

typedef struct SpAttacked SpAttacked;

/** `files` has `avledet`, `samme` and perhaps `samlet` as in SpAttackKnowledge; borrowed. The
 * caller frees. */
SpAttacked *sp_attacked_new(const SpTables *files);
void sp_attacked_free(SpAttacked *attacked);

/** Takes from a package its table `sammenheng`, and those tables that it or the files of the
 * project name; of the others it counts what they hide. */
void sp_attacked_take(SpAttacked *attacked, SpTables *package);

/** Names of the tables that are attacked. g_strfreev. */
char **sp_attacked_names(const SpAttacked *attacked);
/** What earlier editions show of them (SpAttackKnowledge); borrowed. */
void sp_attacked_remember(SpAttacked *attacked, const SpTables *before);

/** TRUE if a package had `sammenheng`: without it ratios alone are tried. */
gboolean sp_attacked_knows_sums(const SpAttacked *attacked);

/** Hidden figures of tables of which nothing is known. */
gsize sp_attacked_n_beside(const SpAttacked *attacked);

/** Attacks all that was taken, once: sp_attack_new. SP_ERROR_DATA also where packages have other
 * columns in a table. */
SpAttack *sp_attacked_run(SpAttacked *attacked, const SpAttackOptions *options, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpAttacked, sp_attacked_free)

#endif
