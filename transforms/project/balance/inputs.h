/** What the transform of balance reads, for those that make its tables and those that explain
 * them. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_INPUTS_H
#define SP_TRANSFORMS_PROJECT_BALANCE_INPUTS_H

#include "core/config.h"
#include "transforms/project/balance/causes.h"
#include "transforms/project/balance/cost_table.h"
#include "transforms/project/balance/gap_table.h"
#include "transforms/project/balance/recruitment_table.h"
#include "transforms/project/balance/shortage.h"

#define SP_TABLE_DEMAND "framskriving_etterspoersel"
#define SP_TABLE_SUPPLY "framskriving_tilbud"
#define SP_COST_GROUPS "project.cost_groups"
#define SP_FACTOR_ALARM "project.factor_alarm"

/** Tables that each result cannot be made without, NULL-terminated. */
extern const char *const sp_gap_sources[];         /* framskriving_gap, framskriving_balanse */
extern const char *const sp_causes_sources[];      /* framskriving_aarsaker, besides these two */
extern const char *const sp_recruitment_sources[]; /* rekrutteringsbehov */
extern const char *const sp_cost_sources[];        /* demografikostnad */

/** The first of `sources` that is not there; NULL when all are. */
const char *sp_balance_missing(const SpTables *in, const char *const sources[]);

/** The first period of the table in byte order, "" without rows: the day of the base. Borrowed. */
const char *sp_balance_base(const SpTable *table);

/* Each of the following wants its sources to be there; the tables are borrowed. */

/** *shortage is the caller's (sp_shortage_free), borrowed by `input`; its alarm is left for the
 * caller to set. Errors as sp_scenario_read and
 * sp_shortage_new. */
gboolean sp_gap_input_init(SpGapInput *input, SpShortage **shortage, const SpTables *in,
                           SpQuality *quality, GError **error);

/** Errors as sp_turnover_source_init. */
gboolean sp_recruitment_input_init(SpRecruitmentInput *input, const SpTables *in, GError **error);

/** *groups is the caller's (g_strfreev), borrowed by `input`. Errors as sp_settings_list. */
gboolean sp_cost_input_init(SpCostInput *input, char ***groups, const SpTables *in,
                            const SpSettings *settings, GError **error);

#endif
