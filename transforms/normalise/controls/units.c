/* The figures a rule compares, from facts: rows chosen, other keys summed, two figures a
 * kommune. */
#include "transforms/normalise/controls/rules.h"

#include "core/error.h"
#include "core/regions.h"
#include "core/table_group.h"
#include "core/table_rows.h"
#include "transforms/normalise/controls/drift.h"

#include <string.h>

void sp_control_units_free(SpControlUnits *units)
{
    if (units == NULL) {
        return;
    }
    g_strfreev(units->cells);
    g_strfreev(units->strata);
    g_strfreev(units->regions);
    g_free(units->x1);
    g_free(units->x2);
    g_free(units->period);
    g_free(units);
}

static gboolean set_wrong(const SpControlRule *rule, const SpTable *facts, const char *what,
                          GError **error)
{
    return sp_error_set(error, SP_ERROR_CONFIG,
                        "config/kontroller.csv: row %" G_GSIZE_FORMAT ": table %s: %s", rule->row,
                        sp_table_name(facts), what);
}

static gboolean need_key(const SpControlRule *rule, const SpTable *facts, const char *name,
                         gsize *column, GError **error)
{
    *column = sp_table_find(facts, name);
    if (*column != SP_NO_COLUMN && sp_table_column(facts, *column)->kind == SP_COLUMN_CODE &&
        sp_table_column(facts, *column)->is_key) {
        return TRUE;
    }
    g_autofree char *what = g_strdup_printf("it has no key column %s", name);
    return set_wrong(rule, facts, what, error);
}

typedef struct {
    gsize region;
    gsize period;
    const char *newest;
    const char *before; /* NULL: held against a measure of the same period */
    GPtrArray *columns; /* of `where`, GSIZE_TO_POINTER */
    GPtrArray *codes;
} Choice;

static gboolean is_chosen(const SpTable *table, gsize row, gpointer data)
{
    const Choice *choice = data;
    const char *period = sp_table_code(table, row, choice->period);
    if (sp_region_kind(sp_table_code(table, row, choice->region)) != SP_REGION_KOMMUNE ||
        (strcmp(period, choice->newest) != 0 &&
         (choice->before == NULL || strcmp(period, choice->before) != 0))) {
        return FALSE;
    }
    for (guint i = 0; i < choice->columns->len; i++) {
        if (strcmp(sp_table_code(table, row, GPOINTER_TO_SIZE(choice->columns->pdata[i])),
                   choice->codes->pdata[i]) != 0) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Rows of the kommuner, of the periods compared, that `where` lets through. NULL without an error
 * when there is nothing to compare with. */
static SpTable *choose_rows(const SpControlRule *rule, const SpTable *facts, Choice *choice,
                            GError **error)
{
    g_autoptr(GPtrArray) codes = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) columns = g_ptr_array_new();
    for (char **part = rule->where; *part != NULL; part++) {
        g_auto(GStrv) pair = g_strsplit(*part, "=", 2);
        gsize column = 0;
        if (!need_key(rule, facts, pair[0], &column, error)) {
            return NULL;
        }
        g_ptr_array_add(columns, GSIZE_TO_POINTER(column));
        g_ptr_array_add(codes, g_strdup(pair[1]));
    }
    if (!need_key(rule, facts, "region", &choice->region, error) ||
        !need_key(rule, facts, "period", &choice->period, error)) {
        return NULL;
    }
    sp_drift_newest(facts, &choice->newest, &choice->before);
    if (choice->newest == NULL || (rule->against == NULL && choice->before == NULL)) {
        return NULL;
    }
    if (rule->against != NULL) {
        choice->before = NULL;
    }
    choice->columns = columns;
    choice->codes = codes;
    return sp_table_filter(facts, is_chosen, choice);
}

static gboolean check_measure(const SpControlRule *rule, const SpTable *facts, const char *name,
                              gboolean is_summed, GError **error)
{
    gsize column = sp_table_find(facts, name);
    if (column == SP_NO_COLUMN || sp_table_column(facts, column)->kind != SP_COLUMN_MEASURE) {
        g_autofree char *what = g_strdup_printf("it has no measure %s", name);
        return set_wrong(rule, facts, what, error);
    }
    if (is_summed && !sp_table_column(facts, column)->is_additive) {
        g_autofree char *what = g_strdup_printf(
            "%s is not additive; name all key columns but region and period in `by` or `where`",
            name);
        return set_wrong(rule, facts, what, error);
    }
    return TRUE;
}

static gboolean is_fixed(const SpControlRule *rule, const char *name)
{
    gsize size = strlen(name);
    for (char **part = rule->where; *part != NULL; part++) {
        if (strncmp(*part, name, size) == 0 && (*part)[size] == '=') {
            return TRUE;
        }
    }
    return g_strv_contains((const char *const *)rule->by, name) || strcmp(name, "region") == 0 ||
           strcmp(name, "period") == 0;
}

/* TRUE if rows must be summed: a key is neither kept apart nor fixed. */
static gboolean needs_sum(const SpControlRule *rule, const SpTable *facts)
{
    for (gsize column = 0; column < sp_table_n_columns(facts); column++) {
        const SpColumn *is = sp_table_column(facts, column);
        if (is->kind == SP_COLUMN_CODE && is->is_key && !is_fixed(rule, is->name)) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The chosen rows with the keys of `by`, region and period only, in that order and sorted. */
static SpTable *reduce(const SpControlRule *rule, const SpTable *facts, const SpTable *chosen,
                       GError **error)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    gboolean is_summed = needs_sum(rule, facts);
    for (char **by = rule->by; *by != NULL; by++) {
        gsize column = 0;
        if (!need_key(rule, facts, *by, &column, error)) {
            return NULL;
        }
        g_ptr_array_add(keys, *by);
    }
    g_ptr_array_add(keys, (gpointer) "region");
    g_ptr_array_add(keys, (gpointer) "period");
    if (!check_measure(rule, facts, rule->measure, is_summed, error) ||
        (rule->against != NULL && !check_measure(rule, facts, rule->against, is_summed, error))) {
        return NULL;
    }
    if (is_summed) {
        return sp_table_group(chosen, "units", (const char *const *)keys->pdata, keys->len, error);
    }
    g_ptr_array_add(keys, (gpointer)rule->measure);
    if (rule->against != NULL && strcmp(rule->against, rule->measure) != 0) {
        g_ptr_array_add(keys, (gpointer)rule->against);
    }
    SpTable *reduced = sp_table_select(chosen, (const char *const *)keys->pdata, keys->len, error);
    if (reduced != NULL) {
        sp_table_sort(reduced);
    }
    return reduced;
}

static char *cell_of(const SpControlRule *rule, const SpTable *reduced, gsize row)
{
    g_autoptr(GString) cell = g_string_new(NULL);
    for (gsize i = 0; rule->by[i] != NULL; i++) {
        g_string_append_printf(cell, "%s%s=%s", i > 0 ? " " : "", rule->by[i],
                               sp_table_code(reduced, row, i));
    }
    return g_string_free(g_steal_pointer(&cell), FALSE);
}

typedef struct {
    char *cell;
    char *stratum;
    char *region;
    SpReal x1;
    SpReal x2;
} Unit;

static void unit_free(gpointer data)
{
    Unit *unit = data;
    g_free(unit->cell);
    g_free(unit->stratum);
    g_free(unit->region);
    g_free(unit);
}

static int compare_units(gconstpointer a, gconstpointer b)
{
    const Unit *left = *(const Unit *const *)a;
    const Unit *right = *(const Unit *const *)b;
    int order = strcmp(left->cell, right->cell);
    order = order != 0 ? order : strcmp(left->stratum, right->stratum);
    return order != 0 ? order : strcmp(left->region, right->region);
}

/* Rows of one kommune and cell follow each other: the two periods make one unit. */
static GPtrArray *collect(const SpControlRule *rule, const SpTable *reduced, const char *newest)
{
    GPtrArray *units = g_ptr_array_new_with_free_func(unit_free);
    gsize region = sp_table_find(reduced, "region");
    gsize period = sp_table_find(reduced, "period");
    gsize measure = sp_table_find(reduced, rule->measure);
    gsize against = rule->against != NULL ? sp_table_find(reduced, rule->against) : SP_NO_COLUMN;
    Unit *unit = NULL;
    for (gsize row = 0; row < sp_table_n_rows(reduced); row++) {
        g_autofree char *cell = cell_of(rule, reduced, row);
        const char *code = sp_table_code(reduced, row, region);
        if (unit == NULL || strcmp(unit->cell, cell) != 0 || strcmp(unit->region, code) != 0) {
            unit = g_new0(Unit, 1);
            unit->cell = g_steal_pointer(&cell);
            unit->region = g_strdup(code);
            unit->x1 = sp_real_none(SP_MISSING);
            unit->x2 = sp_real_none(SP_MISSING);
            g_ptr_array_add(units, unit);
        }
        if (strcmp(sp_table_code(reduced, row, period), newest) == 0) {
            unit->x1 = sp_table_real(reduced, row, measure);
            unit->x2 = against != SP_NO_COLUMN ? sp_table_real(reduced, row, against) : unit->x2;
        } else {
            unit->x2 = sp_table_real(reduced, row, measure);
        }
    }
    return units;
}

static gboolean find_strata(const SpControlRule *rule, const SpTable *regions, GPtrArray *units,
                            GError **error)
{
    gsize region = 0;
    gsize stratum = SP_NO_COLUMN;
    if (!sp_table_need(regions, "region", SP_COLUMN_CODE, &region, error)) {
        return FALSE;
    }
    if (rule->stratum != NULL) {
        stratum = sp_table_find(regions, rule->stratum);
        if (stratum == SP_NO_COLUMN || sp_table_column(regions, stratum)->is_key) {
            return set_wrong(rule, regions, "the stratum is kostragruppe, sentralitet or fylke",
                             error);
        }
    }
    g_autoptr(SpTableIndex) index = sp_table_index_new(regions, &region, 1);
    for (guint i = 0; i < units->len; i++) {
        Unit *unit = units->pdata[i];
        const char *code = unit->region;
        gsize row = 0;
        gboolean is_there = stratum != SP_NO_COLUMN && sp_table_index_find(index, &code, &row);
        unit->stratum = g_strdup(is_there ? sp_table_code(regions, row, stratum) : "");
    }
    return TRUE;
}

static SpControlUnits *as_arrays(GPtrArray *units, const char *period)
{
    SpControlUnits *arrays = g_new0(SpControlUnits, 1);
    arrays->n = units->len;
    arrays->cells = g_new0(char *, units->len + 1);
    arrays->strata = g_new0(char *, units->len + 1);
    arrays->regions = g_new0(char *, units->len + 1);
    arrays->x1 = g_new0(SpReal, units->len + 1);
    arrays->x2 = g_new0(SpReal, units->len + 1);
    arrays->period = g_strdup(period);
    for (guint i = 0; i < units->len; i++) {
        Unit *unit = units->pdata[i];
        arrays->cells[i] = g_steal_pointer(&unit->cell);
        arrays->strata[i] = g_steal_pointer(&unit->stratum);
        arrays->regions[i] = g_steal_pointer(&unit->region);
        arrays->x1[i] = unit->x1;
        arrays->x2[i] = unit->x2;
    }
    return arrays;
}

SpControlUnits *sp_control_units_new(const SpControlRule *rule, const SpTable *facts,
                                     const SpTable *regions, GError **error)
{
    Choice choice = {0};
    g_autoptr(SpTable) chosen = choose_rows(rule, facts, &choice, error);
    g_autoptr(SpTable) reduced = chosen == NULL ? NULL : reduce(rule, facts, chosen, error);
    if (reduced == NULL) {
        return NULL;
    }
    g_autoptr(GPtrArray) units = collect(rule, reduced, choice.newest);
    if (!find_strata(rule, regions, units, error)) {
        return NULL;
    }
    g_ptr_array_sort(units, compare_units);
    return as_arrays(units, choice.newest);
}
