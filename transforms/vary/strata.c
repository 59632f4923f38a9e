/* Bands of age and sex, from the codes of the teller's table. */
#include "transforms/vary/strata.h"

#include "core/table_rows.h"

#include <string.h>

static gboolean is_no_total(const char *code, gconstpointer column)
{
    return strcmp(code, strcmp(column, "kjonn") == 0 ? "0" : "000-105") != 0;
}

/* "018-049" as the ages it holds; other codes as they are. */
static char *as_range(const char *code)
{
    g_auto(GStrv) ends = g_strsplit(code, "-", 2);
    return g_strv_length(ends) == 2 ? g_strdup_printf("%s..%s", ends[0], ends[1]) : g_strdup(code);
}

static gboolean add_pair(const SpIndicator *indicator, const char *const columns[],
                         const char *const codes[], GPtrArray *pairs, GError **error)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    for (gsize i = 0; columns[i] != NULL; i++) {
        g_autofree char *range = as_range(codes[i]);
        g_strv_builder_add(builder, range);
    }
    g_auto(GStrv) ranges = g_strv_builder_end(builder);
    SpFormula *teller =
        sp_formula_of_stratum(indicator->teller_parts->pdata[0], columns, codes, error);
    if (teller == NULL) {
        return FALSE;
    }
    g_ptr_array_add(pairs, teller);
    SpFormula *nevner = sp_formula_of_stratum(indicator->nevner_parts->pdata[0], columns,
                                              (const char *const *)ranges, error);
    if (nevner == NULL) {
        return FALSE;
    }
    g_ptr_array_add(pairs, nevner);
    return TRUE;
}

/* All combinations of the codes of the columns from `depth` on. */
static gboolean combine(const SpIndicator *indicator, const char *const columns[],
                        char **const lists[], const char *codes[], GPtrArray *pairs, GError **error)
{
    gsize depth = 0;
    while (codes[depth] != NULL) {
        depth++;
    }
    if (columns[depth] == NULL) {
        return add_pair(indicator, columns, codes, pairs, error);
    }
    for (char **code = lists[depth]; *code != NULL; code++) {
        codes[depth] = *code;
        if (!combine(indicator, columns, lists, codes, pairs, error)) {
            return FALSE;
        }
        codes[depth] = NULL;
    }
    return TRUE;
}

static gboolean add_each(const SpIndicator *indicator, const char *const columns[],
                         const SpTable *table, GPtrArray *pairs, GError **error)
{
    enum { MOST = 4 };
    char **lists[MOST] = {NULL};
    const char *codes[MOST + 1] = {NULL};
    gboolean is_well = TRUE;
    for (gsize i = 0; is_well && columns[i] != NULL && i < MOST; i++) {
        gsize column = 0;
        is_well = sp_table_need(table, columns[i], SP_COLUMN_CODE, &column, error);
        lists[i] = is_well ? sp_table_used_list(table, column, is_no_total, columns[i]) : NULL;
    }
    is_well = is_well && combine(indicator, columns, lists, codes, pairs, error);
    for (gsize i = 0; i < MOST; i++) {
        g_strfreev(lists[i]);
    }
    return is_well;
}

GPtrArray *sp_strata_formulas(const SpIndicator *indicator, const SpTables *in, GError **error)
{
    g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func((GDestroyNotify)sp_formula_free);
    const GPtrArray *tellers = indicator->teller_parts;
    for (guint i = 0; tellers != NULL && i < tellers->len; i++) {
        const SpFormula *teller = g_ptr_array_index(tellers, i);
        const SpFormula *nevner = g_ptr_array_index(indicator->nevner_parts, i);
        g_autofree const char **columns = sp_formula_each(teller);
        if (columns[0] == NULL) {
            g_ptr_array_add(pairs, sp_formula_parse(sp_formula_text(teller), NULL));
            g_ptr_array_add(pairs, sp_formula_parse(sp_formula_text(nevner), NULL));
            continue;
        }
        const SpTable *table = sp_formula_first_table(teller, in);
        if (!add_each(indicator, columns, table, pairs, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&pairs);
}
