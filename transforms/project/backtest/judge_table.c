/* Tables of the back-test. */
#include "transforms/project/backtest/judge_table.h"

#include <math.h>

SpTable *sp_judge_table_new(const char *name, const SpJudgeColumn keys[], gsize n_keys,
                            const SpJudgeColumn measures[], gsize n_measures)
{
    SpTable *table = sp_table_new(name, NULL, 0);
    for (gsize i = 0; i < n_keys; i++) {
        sp_table_add_column(table, &(SpColumn){.name = keys[i].name,
                                               .kind = SP_COLUMN_CODE,
                                               .is_key = TRUE,
                                               .classification = keys[i].what});
    }
    for (gsize i = 0; i < n_measures; i++) {
        sp_table_add_column(table, &(SpColumn){.name = measures[i].name,
                                               .kind = SP_COLUMN_MEASURE,
                                               .unit = measures[i].what});
    }
    return table;
}

SpReal sp_judge_real(double value)
{
    return isfinite(value) ? sp_real(value) : sp_real_none(SP_NOT_APPLICABLE);
}
