/** Tables of keys and figures as the back-test fills them. */
#ifndef SP_TRANSFORMS_PROJECT_BACKTEST_JUDGE_TABLE_H
#define SP_TRANSFORMS_PROJECT_BACKTEST_JUDGE_TABLE_H

#include "core/table.h"

/** A key with its classification, or a measure with its unit; NULL for none. */
typedef struct {
    const char *name, *what;
} SpJudgeColumn;

/** An empty table of code columns (keys) and then measure columns. */
SpTable *sp_judge_table_new(const char *name, const SpJudgeColumn keys[], gsize n_keys,
                            const SpJudgeColumn measures[], gsize n_measures);

/** A number; not applicable when it is none. */
SpReal sp_judge_real(double value);

#endif
