/* What is not known of exit rates. */
#include "transforms/project/balance/exit_errors.h"

#include "core/rollup.h"

enum { REGION, YRKE, SD };

static void add(SpTable *table, const char *region, const char *yrke, double sd)
{
    gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, REGION, region);
    sp_table_set_code(table, row, YRKE, yrke);
    sp_table_set_real(table, row, SD, sp_real(sd));
}

SpTable *sp_exit_errors_table(const SpTurnover *turnover, const SpTurnoverInput *of)
{
    static const SpColumn columns[] = {
        [REGION] = {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        [YRKE] = {.name = "yrke", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        [SD] = {.name = "sd", .kind = SP_COLUMN_MEASURE, .unit = "log"},
    };
    SpTable *table = sp_table_new(SP_TABLE_EXIT_ERRORS, columns, G_N_ELEMENTS(columns));
    for (gsize g = 0; g < of->n_yrker; g++) {
        add(table, SP_REGION_COUNTRY_CODE, of->yrker[g], sp_turnover_national_sd(turnover, g));
    }
    for (gsize u = 0; u < of->n_regions; u++) {
        for (gsize g = 0; g < of->n_yrker; g++) {
            add(table, of->regions[u], of->yrker[g], sp_turnover_local_sd(turnover, u, g));
        }
    }
    return table;
}
