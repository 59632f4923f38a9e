/* The same cells by other measures, and of other tables. */
#include "transforms/vary/twin.h"

#include "transforms/vary/formula_term.h"

#include <string.h>

#define MEASURE "aarsverk"

struct SpTwin {
    SpFormula *formula;
    SpGrid *grid;
};

/* The text of the formula with another measure in every term; NULL where there is none to ask. */
static char *text_of_work(const SpFormula *formula, const SpTables *in)
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

/* The text of the formula with shown tables in the place of others; NULL where there are none. */
static char *text_of_shown(const SpFormula *formula, const SpTables *in)
{
    g_autoptr(GString) text = g_string_new(sp_formula_text(formula));
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    gboolean is_other = FALSE;
    for (guint i = 0; i < formula->terms->len; i++) {
        const SpFormulaTerm *term = g_ptr_array_index(formula->terms, i);
        g_autofree char *shown = g_strconcat(SP_SHOWN_PREFIX, term->table, NULL);
        if (sp_tables_find(in, shown) != NULL && g_hash_table_add(names, term->table)) {
            g_autofree char *own = g_strconcat(term->table, ".", NULL);
            g_autofree char *other = g_strconcat(shown, ".", NULL);
            (void)g_string_replace(text, own, other, 0);
            is_other = TRUE;
        }
    }
    return is_other ? g_string_free(g_steal_pointer(&text), FALSE) : NULL;
}

/* Takes the text. */
static gboolean twin_new(char *text, const SpTables *in, SpTwin **twin, GError **error)
{
    g_autofree char *own = text;
    *twin = NULL;
    if (own == NULL) {
        return TRUE;
    }
    SpTwin *made = g_new0(SpTwin, 1);
    made->formula = sp_formula_parse(own, error);
    made->grid = made->formula != NULL ? sp_grid_new(made->formula, in, error) : NULL;
    if (made->grid == NULL) {
        sp_twin_free(made);
        return FALSE;
    }
    *twin = made;
    return TRUE;
}

gboolean sp_twin_of_work(const SpFormula *formula, const SpTables *in, SpTwin **twin,
                         GError **error)
{
    return twin_new(formula != NULL ? text_of_work(formula, in) : NULL, in, twin, error);
}

gboolean sp_twin_of_shown(const SpFormula *formula, const SpTables *in, SpTwin **twin,
                          GError **error)
{
    return twin_new(formula != NULL ? text_of_shown(formula, in) : NULL, in, twin, error);
}

void sp_twin_free(SpTwin *twin)
{
    if (twin != NULL) {
        g_clear_pointer(&twin->grid, sp_grid_free);
        g_clear_pointer(&twin->formula, sp_formula_free);
        g_free(twin);
    }
}

gboolean sp_twin_pick(const SpTwin *twin, const char *period, const GPtrArray *regions,
                      SpReal figures[], GError **error)
{
    return sp_grid_pick(twin->grid, period, regions, figures, error);
}

gboolean sp_twin_country(const SpTwin *twin, const char *period, SpReal *figure, GError **error)
{
    gboolean is_own = FALSE;
    return twin == NULL || sp_grid_country(twin->grid, period, figure, &is_own, error);
}
