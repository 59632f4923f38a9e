/* Bands and sums of published tables. */
#include "transforms/protect/assemble.h"

#include "core/error.h"
#include "core/rollup.h"
#include "core/table_group.h"
#include "core/table_rows.h"

#include <string.h>

typedef struct {
    const SpTable *bands;
    const char *list;
    gsize list_column;
    gsize code_column;
    gsize from_column;
    gsize to_column;
    const char *orphan; /* first age that no band holds */
} BandMap;

static const char *band_of(const char *age, gpointer data)
{
    BandMap *map = data;
    for (gsize row = 0; row < sp_table_n_rows(map->bands); row++) {
        if (strcmp(sp_table_code(map->bands, row, map->list_column), map->list) == 0 &&
            strcmp(age, sp_table_code(map->bands, row, map->from_column)) >= 0 &&
            strcmp(age, sp_table_code(map->bands, row, map->to_column)) <= 0) {
            return sp_table_code(map->bands, row, map->code_column);
        }
    }
    map->orphan = map->orphan == NULL ? age : map->orphan;
    return NULL;
}

static gboolean find_columns(BandMap *map, GError **error)
{
    return sp_table_need(map->bands, "liste", SP_COLUMN_CODE, &map->list_column, error) &&
           sp_table_need(map->bands, "kode", SP_COLUMN_CODE, &map->code_column, error) &&
           sp_table_need(map->bands, "fra", SP_COLUMN_CODE, &map->from_column, error) &&
           sp_table_need(map->bands, "til", SP_COLUMN_CODE, &map->to_column, error);
}

static SpTable *group_by_keys(const SpTable *table, const char *name, GError **error)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_CODE && column->is_key) {
            g_ptr_array_add(keys, (gpointer)column->name);
        }
    }
    return sp_table_group(table, name, (const char *const *)keys->pdata, keys->len, error);
}

/* The table with its rows and more of the same columns. Takes `table`. */
static SpTable *stack(SpTable *table, const SpTable *more, GError **error)
{
    g_autoptr(SpTable) own = table;
    const SpTable *const both[] = {own, more};
    return sp_table_concat(both, G_N_ELEMENTS(both), error);
}

/* One list of bands. The first list of a table must hold every age; others may leave ages out. */
static SpTable *band(const SpTable *source, const char *name, const char *list,
                     const SpTable *bands, gboolean is_whole, GError **error)
{
    BandMap map = {.bands = bands, .list = list};
    if (!find_columns(&map, error)) {
        return NULL;
    }
    g_autoptr(SpTable) mapped = sp_table_map_codes(source, "alder", band_of, &map, error);
    if (mapped == NULL) {
        return NULL;
    }
    if (map.orphan != NULL && (is_whole || sp_table_n_rows(mapped) == 0)) {
        sp_error_set(
            error, SP_ERROR_CONFIG,
            "%s: age \"%s\" is in no band of the list \"%s\"; amend config/aldersgrupper.csv", name,
            map.orphan, list);
        return NULL;
    }
    return group_by_keys(mapped, name, error);
}

static SpTable *band_all(const SpTable *source, const SpPublished *published, const SpTable *bands,
                         GError **error)
{
    if (*published->bands == '\0') {
        return sp_table_copy(source);
    }
    g_auto(GStrv) lists = g_strsplit(published->bands, "+", -1);
    SpTable *table = band(source, published->name, lists[0], bands, TRUE, error);
    for (char **list = lists + 1; table != NULL && *list != NULL; list++) {
        g_autoptr(SpTable) more = band(source, published->name, *list, bands, FALSE, error);
        if (more == NULL) {
            sp_table_free(table);
            return NULL;
        }
        table = stack(table, more, error);
    }
    return table;
}

static const char *margin_code(const char *code, gpointer data)
{
    (void)code;
    return data;
}

/* Sums with all columns of the table they are of: attributes "", what does not add up missing. */
static SpTable *like(const SpTable *sums, const SpTable *table)
{
    SpTable *whole = sp_table_copy_schema(table, NULL);
    sp_table_add_rows(whole, sp_table_n_rows(sums));
    for (gsize to = 0; to < sp_table_n_columns(whole); to++) {
        gsize from = sp_table_find(sums, sp_table_column(whole, to)->name);
        gboolean is_code = sp_table_column(whole, to)->kind == SP_COLUMN_CODE;
        for (gsize row = 0; from != SP_NO_COLUMN && row < sp_table_n_rows(sums); row++) {
            if (is_code) {
                sp_table_set_code(whole, row, to, sp_table_code(sums, row, from));
            } else {
                sp_table_set_real(whole, row, to, sp_table_real(sums, row, from));
            }
        }
    }
    return whole;
}

/* "region==0": only the rows of that code. */
static SpTable *keep_rows(const SpTable *table, const char *key, const char *code, GError **error)
{
    gsize column = 0;
    return sp_table_need(table, key, SP_COLUMN_CODE, &column, error)
               ? sp_table_filter_codes(table, column, &code, 1)
               : NULL;
}

/* "kjonn=0": rows with the key summed away and this code for all of it. Takes `table`. */
static SpTable *add_margin(SpTable *table, const char *margin, GError **error)
{
    g_autoptr(SpTable) own = table;
    g_auto(GStrv) parts = g_strsplit(margin, "=", 2);
    if (own == NULL) {
        return NULL;
    }
    if (g_strv_length(parts) == 2 && parts[1][0] == '=') {
        return keep_rows(own, parts[0], parts[1] + 1, error);
    }
    if (g_strv_length(parts) != 2) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "config/tables.csv: margin \"%s\", want KEY=CODE such as kjonn=0", margin);
        return NULL;
    }
    g_autoptr(SpTable) mapped = sp_table_map_codes(own, parts[0], margin_code, parts[1], error);
    g_autoptr(SpTable) grouped = mapped == NULL ? NULL : group_by_keys(mapped, "margin", error);
    g_autoptr(SpTable) sums = grouped == NULL ? NULL : like(grouped, own);
    return sums == NULL ? NULL : stack(g_steal_pointer(&own), sums, error);
}

static SpTable *add_margins(SpTable *table, const char *margins, GError **error)
{
    g_auto(GStrv) each = g_strsplit(margins, "+", -1);
    for (char **margin = each; *margin != NULL && **margin != '\0'; margin++) {
        table = add_margin(table, *margin, error);
    }
    return table;
}

/* The published columns of a table, as the catalogue lists them. */
static SpTable *choose_columns(const SpTable *table, const char *columns, GError **error)
{
    g_auto(GStrv) listed = g_strsplit(columns, "|", -1);
    g_autofree const char **names = g_new(const char *, g_strv_length(listed) + 1);
    gsize n = 0;
    for (char **each = listed; *each != NULL; each++) {
        gboolean is_optional = **each == '?';
        char *name = *each + (is_optional ? 1 : 0);
        char *unit = strchr(name, '=');
        if (unit != NULL) {
            *unit++ = '\0';
            gsize column = 0;
            if (is_optional && sp_table_find(table, name) == SP_NO_COLUMN) {
                continue;
            }
            if (!sp_table_need(table, name, SP_COLUMN_MEASURE, &column, error)) {
                return NULL;
            }
            const char *is = sp_table_column(table, column)->unit;
            if (strcmp(unit, is != NULL ? is : "") != 0) {
                sp_error_set(error, SP_ERROR_CONFIG,
                             "config/tables.csv: %s has the unit \"%s\", not \"%s\"", name,
                             is != NULL ? is : "", unit);
                return NULL;
            }
        }
        names[n++] = name;
    }
    return sp_table_select(table, names, n, error);
}

/* Bands and margins of the source; NULL with error. */
static SpTable *widen(const SpTable *source, const SpPublished *published, const SpTable *bands,
                      GError **error)
{
    return add_margins(band_all(source, published, bands, error), published->margins, error);
}

/* Measures that are not said to add up. */
static void forget_sums(SpTable *table)
{
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        sp_table_set_additive(table, i, FALSE);
    }
}

SpTable *sp_assemble(const SpTable *source, const SpPublished *published, const SpTable *bands,
                     const SpTable *regions, GError **error)
{
    /* Most tables are neither banded nor summed: no copy of them is needed to choose from. */
    gboolean is_as_source = *published->bands == '\0' && *published->margins == '\0';
    g_autoptr(SpTable) whole = is_as_source ? NULL : widen(source, published, bands, error);
    if (whole == NULL && !is_as_source) {
        return NULL;
    }
    g_autoptr(SpTable) table =
        *published->columns != '\0'
            ? choose_columns(is_as_source ? source : whole, published->columns, error)
        : is_as_source ? sp_table_copy(source)
                       : g_steal_pointer(&whole);
    if (table == NULL) {
        return NULL;
    }
    sp_table_free(g_steal_pointer(&whole));
    if (published->rolls_up) {
        SpTable *summed = sp_rollup(table, regions, error);
        sp_table_free(g_steal_pointer(&table));
        if (summed == NULL) {
            return NULL;
        }
        table = summed;
    }
    if (published->has_own_wholes) {
        forget_sums(table);
    }
    sp_table_set_name(table, published->name);
    sp_table_set_edition(table, sp_table_edition(source));
    sp_table_set_marks(table, sp_table_marks(source));
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}
