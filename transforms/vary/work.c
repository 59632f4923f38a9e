/* A formula's cells by their årsverk. */
#include "transforms/vary/work.h"

#include "transforms/vary/formula_term.h"

#include <string.h>

#define MEASURE "aarsverk"

struct SpWork {
    SpFormula *formula;
    SpGrid *grid;
};

/* The text of the formula with another measure in every term; NULL where there is none to ask. */
static char *text_of(const SpFormula *formula, const SpTables *in)
{
    g_autoptr(GString) text = g_string_new(sp_formula_text(formula));
    for (guint i = 0; i < formula->terms->len; i++) {
        const SpFormulaTerm *term = g_ptr_array_index(formula->terms, i);
        const SpTable *table = sp_tables_find(in, term->table);
        if (table == NULL || (sp_table_marks(table) & (guint)SP_MARK_SENSITIVE) == 0 ||
            sp_table_find(table, MEASURE) == SP_NO_COLUMN || strcmp(term->measure, MEASURE) == 0) {
            return NULL;
        }
        g_autofree char *own = g_strdup_printf("%s.%s", term->table, term->measure);
        g_autofree char *other = g_strdup_printf("%s." MEASURE, term->table);
        (void)g_string_replace(text, own, other, 1);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

gboolean sp_work_new(const SpFormula *formula, const SpTables *in, SpWork **work, GError **error)
{
    g_autofree char *text = formula != NULL ? text_of(formula, in) : NULL;
    *work = NULL;
    if (text == NULL) {
        return TRUE;
    }
    SpWork *made = g_new0(SpWork, 1);
    made->formula = sp_formula_parse(text, error);
    made->grid = made->formula != NULL ? sp_grid_new(made->formula, in, error) : NULL;
    if (made->grid == NULL) {
        sp_work_free(made);
        return FALSE;
    }
    *work = made;
    return TRUE;
}

void sp_work_free(SpWork *work)
{
    if (work != NULL) {
        g_clear_pointer(&work->grid, sp_grid_free);
        g_clear_pointer(&work->formula, sp_formula_free);
        g_free(work);
    }
}

gboolean sp_work_pick(const SpWork *work, const char *period, const GPtrArray *regions,
                      SpReal figures[], GError **error)
{
    return sp_grid_pick(work->grid, period, regions, figures, error);
}
