/* Tables and settings of the transform of balance. */
#include "transforms/project/balance/inputs.h"

#include "transforms/project/scenario.h"

#include <string.h>

const char *const sp_gap_sources[] = {SP_TABLE_DEMAND, SP_TABLE_SUPPLY, NULL};
const char *const sp_causes_sources[] = {SP_TABLE_NEED_PARTS, SP_TABLE_SUPPLY_PARTS, NULL};
const char *const sp_recruitment_sources[] = {SP_TABLE_DEMAND, SP_TABLE_LEAVERS, "region", NULL};
const char *const sp_cost_sources[] = {"framskriving_befolkning", "regnskap", "kostnad", NULL};

const char *sp_balance_missing(const SpTables *in, const char *const sources[])
{
    while (*sources != NULL && sp_tables_find(in, *sources) != NULL) {
        sources++;
    }
    return *sources;
}

const char *sp_balance_base(const SpTable *table)
{
    gsize column = sp_table_find(table, "period");
    const char *first = NULL;
    for (gsize row = 0; column != SP_NO_COLUMN && row < sp_table_n_rows(table); row++) {
        const char *code = sp_table_code(table, row, column);
        first = first == NULL || strcmp(code, first) < 0 ? code : first;
    }
    return first != NULL ? first : "";
}

gboolean sp_gap_input_init(SpGapInput *input, SpShortage **shortage, const SpTables *in,
                           SpQuality *quality, GError **error)
{
    SpScenario scenario;
    sp_scenario_init(&scenario, NULL);
    if (!sp_scenario_read(in, &scenario, error)) {
        return FALSE;
    }
    const SpTable *demand = sp_tables_find(in, SP_TABLE_DEMAND);
    *shortage =
        sp_shortage_new(in, scenario.balance.base_gap, sp_balance_base(demand), quality, error);
    *input = (SpGapInput){.demand = demand,
                          .supply = sp_tables_find(in, SP_TABLE_SUPPLY),
                          .base = scenario.balance.base,
                          .base_gap = scenario.balance.base_gap,
                          .shortage = *shortage};
    return *shortage != NULL;
}

gboolean sp_recruitment_input_init(SpRecruitmentInput *input, const SpTables *in, GError **error)
{
    *input = (SpRecruitmentInput){.demand = sp_tables_find(in, sp_recruitment_sources[0]),
                                  .regions = sp_tables_find(in, sp_recruitment_sources[2])};
    return sp_turnover_source_init(&input->turnover, in, error);
}

gboolean sp_cost_input_init(SpCostInput *input, char ***groups, const SpTables *in,
                            const SpSettings *settings, GError **error)
{
    *groups = sp_settings_list(settings, SP_COST_GROUPS, error);
    *input = (SpCostInput){.population = sp_tables_find(in, sp_cost_sources[0]),
                           .past = sp_tables_find(in, "folkemengde"),
                           .accounts = sp_tables_find(in, sp_cost_sources[1]),
                           .use = sp_tables_find(in, sp_cost_sources[2]),
                           .groups = *groups};
    return *groups != NULL;
}
