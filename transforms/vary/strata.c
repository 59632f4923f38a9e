/* Bands of age and sex, from the codes of the teller's table. */
#include "transforms/vary/strata.h"

#include "core/table_rows.h"

#include <string.h>

static gboolean is_no_total(const char *code, gconstpointer column)
{
    return strcmp(code, strcmp(column, "kjonn") == 0 ? "0" : "000-105") != 0;
}

/* A code of the teller's in the nevner's table: the same where it has it, "018-049" as the ages
 * that it holds where they stand one by one. */
static char *as_code_of(const SpTable *table, const char *column, const char *code)
{
    const gsize at = table != NULL ? sp_table_find(table, column) : SP_NO_COLUMN;
    g_auto(GStrv) ends = g_strsplit(code, "-", 2);
    guint32 number = 0;
    const gboolean has_code =
        at != SP_NO_COLUMN && sp_codes_find(sp_table_codes(table, at), code, &number);
    return !has_code && g_strv_length(ends) == 2 ? g_strdup_printf("%s..%s", ends[0], ends[1])
                                                 : g_strdup(code);
}

static gboolean add_pair(const SpIndicator *indicator, const SpTables *in,
                         const char *const columns[], const char *const codes[], GPtrArray *pairs,
                         GError **error)
{
    const SpTable *beside = sp_formula_first_table(indicator->nevner_parts->pdata[0], in);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    for (gsize i = 0; columns[i] != NULL; i++) {
        g_autofree char *own = as_code_of(beside, columns[i], codes[i]);
        g_strv_builder_add(builder, own);
    }
    g_auto(GStrv) own_codes = g_strv_builder_end(builder);
    SpFormula *teller =
        sp_formula_of_stratum(indicator->teller_parts->pdata[0], columns, codes, error);
    if (teller == NULL) {
        return FALSE;
    }
    g_ptr_array_add(pairs, teller);
    SpFormula *nevner = sp_formula_of_stratum(indicator->nevner_parts->pdata[0], columns,
                                              (const char *const *)own_codes, error);
    if (nevner == NULL) {
        return FALSE;
    }
    g_ptr_array_add(pairs, nevner);
    return TRUE;
}

/* A band for each combination of codes: sex runs within age, in the order of the columns. */
static gboolean add_each(const SpIndicator *indicator, const SpTables *in,
                         const char *const columns[], GPtrArray *pairs, GError **error)
{
    const SpTable *table = sp_formula_first_table(indicator->teller_parts->pdata[0], in);
    const gsize n = g_strv_length((char **)columns);
    g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    gsize n_bands = 1;
    for (gsize i = 0; i < n; i++) {
        gsize column = 0;
        if (!sp_table_need(table, columns[i], SP_COLUMN_CODE, &column, error)) {
            return FALSE;
        }
        char **list = sp_table_used_list(table, column, is_no_total, columns[i]);
        g_ptr_array_add(lists, list);
        n_bands *= g_strv_length(list);
    }
    g_autofree const char **codes = g_new0(const char *, n + 1);
    for (gsize band = 0; band < n_bands; band++) {
        gsize left = band;
        for (gsize i = n; i-- > 0;) {
            char **list = g_ptr_array_index(lists, i);
            const gsize size = g_strv_length(list);
            codes[i] = list[left % size];
            left /= size;
        }
        if (!add_pair(indicator, in, columns, codes, pairs, error)) {
            return FALSE;
        }
    }
    return TRUE;
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
        if (!add_each(indicator, in, columns, pairs, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&pairs);
}
