/* The threshold on persons. */
#include "transforms/protect/primary.h"

#include <string.h>

static gboolean counts_persons(const SpColumn *column)
{
    return column->kind == SP_COLUMN_MEASURE && column->unit != NULL &&
           strcmp(column->unit, "persons") == 0;
}

static gboolean is_too_small(SpReal real, double threshold)
{
    return real.status == SP_BELOW_UNIT ||
           (real.status == SP_PRESENT && real.value > 0.0 && real.value < threshold);
}

static gboolean row_is_too_small(const SpTable *table, gsize row, double threshold)
{
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        if (counts_persons(sp_table_column(table, i)) &&
            is_too_small(sp_table_real(table, row, i), threshold)) {
            return TRUE;
        }
    }
    return FALSE;
}

gboolean sp_protect_hide_row(SpTable *table, gsize row)
{
    gboolean is_new = FALSE;
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpReal real = sp_table_column(table, i)->kind == SP_COLUMN_MEASURE
                                ? sp_table_real(table, row, i)
                                : sp_real_none(SP_NOT_APPLICABLE);
        if (real.status != SP_NOT_APPLICABLE) {
            is_new = is_new || real.status != SP_SUPPRESSED;
            sp_table_set_real(table, row, i, sp_real_none(SP_SUPPRESSED));
        }
    }
    return is_new;
}

gsize sp_protect_primary(SpTable *table, double threshold)
{
    gsize n_hidden = 0;
    if (!(sp_table_marks(table) & SP_MARK_SENSITIVE)) {
        return 0;
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (row_is_too_small(table, row, threshold)) {
            (void)sp_protect_hide_row(table, row);
            n_hidden++;
        }
    }
    return n_hidden;
}

gsize sp_protect_at_most(SpTable *table, gsize column, double at_most)
{
    gsize n_hidden = 0;
    if (!(sp_table_marks(table) & SP_MARK_SENSITIVE)) {
        return 0;
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        SpReal real = sp_table_real(table, row, column);
        if (real.status == SP_BELOW_UNIT ||
            (real.status == SP_PRESENT && real.value > 0.0 && real.value <= at_most)) {
            (void)sp_protect_hide_row(table, row);
            n_hidden++;
        }
    }
    return n_hidden;
}
