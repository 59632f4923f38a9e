/* Lines of the plan sheet. Professions that no national source counts are among them: the table has
 * rows of theirs that say so. */
#include "outputs/plan.h"

#include "core/regions.h"

#include <string.h>

static const char table_name[] = "aarsverk";
static const char all_professions[] = "tot";

const SpPlanBlank sp_plan_blanks[SP_PLAN_N_BLANKS] = {
    {"page.plan_positions", TRUE}, {"page.plan_vacant", TRUE},    {"page.plan_formal", TRUE},
    {"page.plan_real", TRUE},      {"page.plan_measures", FALSE},
};

gboolean sp_plan_find(const SpTables *tables, SpPlan *plan)
{
    const SpTable *table = sp_tables_find(tables, table_name);
    if (table == NULL) {
        return FALSE;
    }
    *plan = (SpPlan){.table = table,
                     .region = sp_table_find(table, "region"),
                     .profession = sp_table_find(table, "yrke"),
                     .measure = sp_table_find(table, table_name)};
    return plan->region != SP_NO_COLUMN && plan->profession != SP_NO_COLUMN &&
           plan->measure != SP_NO_COLUMN;
}

/* Rows of one line follow each other by period. */
static gboolean is_same_line(const SpPlan *plan, gsize one, gsize other)
{
    const guint32 *regions = sp_table_code_numbers_const(plan->table, plan->region);
    const guint32 *professions = sp_table_code_numbers_const(plan->table, plan->profession);
    return regions[one] == regions[other] && professions[one] == professions[other];
}

GArray *sp_plan_lines(const SpPlan *plan, const GArray *rows)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (guint i = 0; i < rows->len; i++) {
        const gsize row = g_array_index(rows, gsize, i);
        const gboolean is_newest =
            i + 1 == rows->len || !is_same_line(plan, row, g_array_index(rows, gsize, i + 1));
        if (is_newest &&
            strcmp(sp_table_code(plan->table, row, plan->profession), all_professions) != 0) {
            g_array_append_val(lines, row);
        }
    }
    return lines;
}

GArray *sp_plan_lines_of(const SpPlan *plan, const char *fylke)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize row = 0; row < sp_table_n_rows(plan->table); row++) {
        const char *region = sp_table_code(plan->table, row, plan->region);
        if (sp_region_kind(region) == SP_REGION_KOMMUNE && g_str_has_prefix(region, fylke)) {
            g_array_append_val(rows, row);
        }
    }
    return sp_plan_lines(plan, rows);
}
