/* Reads the catalogue of indicators and checks it. */
#include "transforms/vary/catalogue.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

static const char *const words[] = {
    [SP_KIND_COUNT_PERSONS] = "count_persons",
    [SP_KIND_COUNT_EVENTS] = "count_events",
    [SP_KIND_AARSVERK] = "aarsverk",
    [SP_KIND_AMOUNT] = "amount",
    [SP_KIND_SHARE] = "share",
    [SP_KIND_RATE] = "rate",
    [SP_KIND_MEAN] = "mean",
};

enum { ID, KIND, ADDITIVE, CHANCE, TELLER, NEVNER, PER, TELLER_PART, NEVNER_PART, N_COLUMNS };
static const char *const names[N_COLUMNS] = {
    [ID] = "id",
    [KIND] = "kind",
    [ADDITIVE] = "additive",
    [CHANCE] = "chance",
    [TELLER] = "teller",
    [NEVNER] = "nevner",
    [PER] = "per",
    [TELLER_PART] = "teller_del",
    [NEVNER_PART] = "nevner_del",
};

const char *sp_kind_word(SpIndicatorKind kind)
{
    return words[kind];
}

static void indicator_free(gpointer data)
{
    SpIndicator *indicator = data;
    g_free(indicator->id);
    sp_formula_free(indicator->teller);
    sp_formula_free(indicator->nevner);
    sp_formula_free(indicator->teller_part);
    sp_formula_free(indicator->nevner_part);
    g_free(indicator);
}

static gboolean read_kind(const char *text, SpIndicatorKind *kind, GError **error)
{
    for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strcmp(text, words[i]) == 0) {
            *kind = (SpIndicatorKind)i;
            return TRUE;
        }
    }
    return sp_error_set(error, SP_ERROR_CONFIG,
                        "kind is \"%s\", want count_persons, count_events, aarsverk, amount, "
                        "share, rate or mean",
                        text);
}

/* An empty cell is no formula. */
static gboolean read_formula(const char *column, const char *text, SpFormula **formula,
                             GError **error)
{
    if (*text == '\0') {
        return TRUE;
    }
    *formula = sp_formula_parse(text, error);
    g_prefix_error(error, "%s: ", column);
    return *formula != NULL;
}

/* Who gives an indicator a formula judges it, too: the empty cell stands only where there is
 * nothing to compute. */
static gboolean read_chance(const char *text, SpIndicator *indicator, GError **error)
{
    const gboolean counts_persons =
        indicator->kind == SP_KIND_COUNT_PERSONS || indicator->kind == SP_KIND_SHARE;
    indicator->has_chance = strcmp(text, "yes") == 0;
    if (!indicator->has_chance && strcmp(text, "no") != 0 &&
        (indicator->teller != NULL || *text != '\0')) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "chance is \"%s\", want yes or no where there is a teller "
                            "(docs/methods/variation.md#chance)",
                            text);
    }
    if (indicator->has_chance && (!counts_persons || indicator->nevner == NULL)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "chance is yes, but only kind count_persons or share over a nevner "
                            "tells the size of chance (docs/methods/variation.md#chance)");
    }
    return TRUE;
}

static gboolean read_row(const char *const cells[N_COLUMNS], SpIndicator *indicator, GError **error)
{
    indicator->id = g_strdup(cells[ID]);
    if (*cells[ID] == '\0') {
        return sp_error_set(error, SP_ERROR_CONFIG, "id is empty");
    }
    if (strcmp(cells[ADDITIVE], "yes") != 0 && strcmp(cells[ADDITIVE], "no") != 0) {
        return sp_error_set(error, SP_ERROR_CONFIG, "additive is \"%s\", want yes or no",
                            cells[ADDITIVE]);
    }
    if (!read_kind(cells[KIND], &indicator->kind, error) ||
        !read_formula("teller", cells[TELLER], &indicator->teller, error) ||
        !read_formula("nevner", cells[NEVNER], &indicator->nevner, error) ||
        !read_formula("teller_del", cells[TELLER_PART], &indicator->teller_part, error) ||
        !read_formula("nevner_del", cells[NEVNER_PART], &indicator->nevner_part, error)) {
        return FALSE;
    }
    if (indicator->teller == NULL && indicator->nevner != NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG, "nevner without teller");
    }
    if (!read_chance(cells[CHANCE], indicator, error)) {
        return FALSE;
    }
    if (indicator->teller == NULL) {
        return TRUE;
    }
    if (!sp_number_parse(cells[PER], strlen(cells[PER]), sp_number_plain, &indicator->per) ||
        indicator->per <= 0.0) {
        return sp_error_set(error, SP_ERROR_CONFIG, "per is \"%s\", want a number above 0",
                            cells[PER]);
    }
    if ((indicator->teller_part == NULL) != (indicator->nevner_part == NULL) ||
        (indicator->teller_part != NULL && indicator->nevner == NULL)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "teller_del and nevner_del go together, and need a nevner");
    }
    return TRUE;
}

GPtrArray *sp_indicators_read(const SpTable *table, GError **error)
{
    gsize columns[N_COLUMNS];
    if (!sp_table_need_all(table, names, N_COLUMNS, SP_COLUMN_CODE, columns, error)) {
        return NULL;
    }
    g_autoptr(GPtrArray) indicators = g_ptr_array_new_with_free_func(indicator_free);
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *cells[N_COLUMNS];
        for (gsize i = 0; i < N_COLUMNS; i++) {
            cells[i] = sp_table_code(table, row, columns[i]);
        }
        SpIndicator *indicator = g_new0(SpIndicator, 1);
        g_ptr_array_add(indicators, indicator);
        gboolean is_read = read_row(cells, indicator, error);
        if (is_read && !g_hash_table_add(ids, (char *)cells[ID])) {
            is_read = sp_error_set(error, SP_ERROR_CONFIG, "id stands twice");
        }
        if (!is_read) {
            g_prefix_error(error, "table %s (config/indicators.csv): indicator \"%s\": ",
                           sp_table_name(table), cells[ID]);
            return NULL;
        }
        if (indicator->teller == NULL) {
            g_ptr_array_remove_index(indicators, indicators->len - 1);
        }
    }
    return g_steal_pointer(&indicators);
}

const SpIndicator *sp_indicators_find(const GPtrArray *indicators, const char *id)
{
    for (guint i = 0; i < indicators->len; i++) {
        const SpIndicator *indicator = g_ptr_array_index(indicators, i);
        if (strcmp(indicator->id, id) == 0) {
            return indicator;
        }
    }
    return NULL;
}
