/* Reads the catalogue of indicators and checks it. */
#include "transforms/vary/catalogue.h"

#include "core/error.h"
#include "core/number.h"
#include "transforms/vary/distances.h"
#include "transforms/vary/hosts.h"
#include "transforms/vary/positions.h"

#include <stdlib.h>
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

/* Why an indicator has no formula; docs/methods/variation.md#catalogue says what each means. */
static const char *const reasons[] = {"over_kommune", "ikke_publisert", "ikke_lest", "profil",
                                      "beregnes",     "gruppering",     NULL};

enum {
    ID,
    UNIT,
    DIRECTION,
    KIND,
    ADDITIVE,
    CHANCE,
    TELLER,
    NEVNER,
    VERDI,
    PER,
    TELLER_PARTS,
    NEVNER_PARTS,
    HOST_SERVICE,
    REASON,
    N_COLUMNS
};
static const char *const names[N_COLUMNS] = {
    [ID] = "id",
    [UNIT] = "unit",
    [DIRECTION] = "direction",
    [KIND] = "kind",
    [ADDITIVE] = "additive",
    [CHANCE] = "chance",
    [TELLER] = "teller",
    [NEVNER] = "nevner",
    [VERDI] = "verdi",
    [PER] = "per",
    [TELLER_PARTS] = "teller_del",
    [NEVNER_PARTS] = "nevner_del",
    [HOST_SERVICE] = "vertsord",
    [REASON] = "mangler",
};

const char *sp_kind_word(SpIndicatorKind kind)
{
    return words[kind];
}

static void indicator_free(gpointer data)
{
    SpIndicator *indicator = data;
    g_free(indicator->id);
    g_free(indicator->theme);
    g_free(indicator->host_service);
    sp_formula_free(indicator->teller);
    sp_formula_free(indicator->nevner);
    sp_formula_free(indicator->verdi);
    g_clear_pointer(&indicator->teller_parts, g_ptr_array_unref);
    g_clear_pointer(&indicator->nevner_parts, g_ptr_array_unref);
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

static gboolean read_direction(const char *text, SpDirection *direction, GError **error)
{
    static const char *const each[] = {[SP_DIRECTION_NEUTRAL] = "neutral",
                                       [SP_DIRECTION_GOOD_HIGH] = "good_high",
                                       [SP_DIRECTION_GOOD_LOW] = "good_low"};
    for (guint i = 0; i < G_N_ELEMENTS(each); i++) {
        if (strcmp(text, each[i]) == 0) {
            *direction = (SpDirection)i;
            return TRUE;
        }
    }
    return *text == '\0' ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "direction is \"%s\", want neutral, good_high or good_low", text);
}

/* An empty cell is no formula. */
static gboolean read_formula(const char *column, const char *text, SpFormula **formula,
                             GError **error)
{
    if (*text == '\0') {
        return TRUE;
    }
    *formula = sp_formula_parse(text, error);
    if (*formula == NULL) {
        g_prefix_error(error, "%s: ", column);
        return FALSE;
    }
    g_autofree const char **each = sp_formula_each(*formula);
    if (each[0] != NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "%s: %s=* stands in teller_del and nevner_del alone; name the codes",
                            column, each[0]);
    }
    return TRUE;
}

static gboolean read_parts(const char *column, const char *text, GPtrArray **parts, GError **error)
{
    if (*text == '\0') {
        return TRUE;
    }
    *parts = sp_formula_parse_list(text, error);
    g_prefix_error(error, "%s: ", column);
    return *parts != NULL;
}

static gboolean read_formulas(const char *const cells[N_COLUMNS], SpIndicator *indicator,
                              GError **error)
{
    return read_formula(names[TELLER], cells[TELLER], &indicator->teller, error) &&
           read_formula(names[NEVNER], cells[NEVNER], &indicator->nevner, error) &&
           read_formula(names[VERDI], cells[VERDI], &indicator->verdi, error) &&
           read_parts(names[TELLER_PARTS], cells[TELLER_PARTS], &indicator->teller_parts, error) &&
           read_parts(names[NEVNER_PARTS], cells[NEVNER_PARTS], &indicator->nevner_parts, error);
}

static gboolean has_formula(const SpIndicator *indicator)
{
    return indicator->teller != NULL || indicator->verdi != NULL;
}

/* A row is computed, or says why it is not: an empty row tells nobody anything. */
static gboolean check_reason(const char *text, const SpIndicator *indicator, GError **error)
{
    if (has_formula(indicator) && *text != '\0') {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "mangler is \"%s\" although there is a formula; empty it", text);
    }
    if (!has_formula(indicator) && !g_strv_contains(reasons, text)) {
        g_autofree char *known = g_strjoinv(", ", (char **)(gpointer)reasons);
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "mangler is \"%s\", want one of %s where there is no formula", text,
                            known);
    }
    return TRUE;
}

/* Who gives an indicator a formula judges it, too: the empty cell stands only where there is
 * nothing to compute. */
static gboolean read_chance(const char *text, SpIndicator *indicator, GError **error)
{
    const gboolean may_be_known = indicator->kind == SP_KIND_COUNT_PERSONS ||
                                  indicator->kind == SP_KIND_SHARE ||
                                  indicator->kind == SP_KIND_AARSVERK;
    indicator->has_chance = strcmp(text, "yes") == 0;
    if (!indicator->has_chance && strcmp(text, "no") != 0 &&
        (has_formula(indicator) || *text != '\0')) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "chance is \"%s\", want yes or no where there is a formula "
                            "(docs/methods/variation.md#chance)",
                            text);
    }
    if (indicator->has_chance &&
        (!may_be_known || indicator->teller == NULL || indicator->nevner == NULL)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "chance is yes, but only a teller of kind count_persons, share or "
                            "aarsverk over a nevner has a chance of known size "
                            "(docs/methods/variation.md#chance)");
    }
    return TRUE;
}

/* Parts are two lists of the same length: formulas, or one formula each with "*". */
static gboolean check_parts(const SpIndicator *indicator, GError **error)
{
    if ((indicator->teller_parts == NULL) != (indicator->nevner_parts == NULL) ||
        (indicator->teller_parts != NULL &&
         (indicator->nevner == NULL || indicator->host_service != NULL ||
          indicator->teller_parts->len != indicator->nevner_parts->len))) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "teller_del and nevner_del go together, as many formulas in each, need "
                            "a nevner and stand without vertsord");
    }
    for (guint i = 0; indicator->teller_parts != NULL && i < indicator->teller_parts->len; i++) {
        g_autofree const char **each =
            sp_formula_each(g_ptr_array_index(indicator->teller_parts, i));
        for (gsize k = 0; each[k] != NULL; k++) {
            if (strcmp(each[k], "alder") != 0 && strcmp(each[k], "kjonn") != 0) {
                return sp_error_set(error, SP_ERROR_CONFIG,
                                    "teller_del: %s=*: bands are made of alder and kjonn alone",
                                    each[k]);
            }
        }
        if (each[0] != NULL && indicator->teller_parts->len > 1) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "teller_del: %s=* already makes a band of each code; write one "
                                "formula",
                                each[0]);
        }
    }
    return TRUE;
}

static gboolean check_together(const char *const cells[N_COLUMNS], SpIndicator *indicator,
                               GError **error)
{
    const SpFormula *first = indicator->teller != NULL ? indicator->teller : indicator->verdi;
    if (first == NULL && indicator->nevner != NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG, "nevner without teller");
    }
    if (indicator->teller != NULL && indicator->verdi != NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "teller and verdi are two ways to the same figure; keep one");
    }
    if (first != NULL && !sp_formula_gives_periods(first)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "the first term gives the indicator's periods: no @+ or @before there");
    }
    if (indicator->host_service != NULL &&
        (indicator->teller == NULL || indicator->nevner == NULL)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "vertsord needs a teller and a nevner to count together");
    }
    if (first != NULL &&
        (!sp_number_parse(cells[PER], strlen(cells[PER]), sp_number_plain, &indicator->per) ||
         indicator->per <= 0.0)) {
        return sp_error_set(error, SP_ERROR_CONFIG, "per is \"%s\", want a number above 0",
                            cells[PER]);
    }
    return check_parts(indicator, error);
}

static gboolean read_row(const char *const cells[N_COLUMNS], SpIndicator *indicator, GError **error)
{
    indicator->id = g_strdup(cells[ID]);
    indicator->host_service = *cells[HOST_SERVICE] != '\0' ? g_strdup(cells[HOST_SERVICE]) : NULL;
    if (*cells[ID] == '\0') {
        return sp_error_set(error, SP_ERROR_CONFIG, "id is empty");
    }
    if (strcmp(cells[ADDITIVE], "yes") != 0 && strcmp(cells[ADDITIVE], "no") != 0) {
        return sp_error_set(error, SP_ERROR_CONFIG, "additive is \"%s\", want yes or no",
                            cells[ADDITIVE]);
    }
    if (!read_kind(cells[KIND], &indicator->kind, error) ||
        !read_direction(cells[DIRECTION], &indicator->direction, error) ||
        !read_formulas(cells, indicator, error) || !check_together(cells, indicator, error) ||
        !read_chance(cells[CHANCE], indicator, error) ||
        !check_reason(cells[REASON], indicator, error)) {
        return FALSE;
    }
    indicator->is_distance =
        indicator->verdi != NULL &&
        g_str_has_prefix(sp_formula_text(indicator->verdi), SP_TABLE_DISTANCES ".");
    indicator->is_part =
        indicator->kind == SP_KIND_SHARE ||
        (indicator->kind == SP_KIND_AARSVERK && g_str_has_prefix(cells[UNIT], "prosent"));
    return TRUE;
}

/* Percentage points where the unit is percent: shares are 0-1 inside. With a percent sign it is a
 * share of the spread between kommuner. */
static gboolean read_minimum_change(const char *text, const char *unit, SpIndicator *indicator,
                                    GError **error)
{
    const gboolean is_share = g_str_has_suffix(text, "%");
    double number = 0.0;
    if (*text == '\0') {
        return TRUE;
    }
    if (!sp_number_parse(text, strlen(text) - (is_share ? 1 : 0), sp_number_plain, &number) ||
        number <= 0.0) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "minimum_change is \"%s\", want a number above 0 in the indicator's "
                            "unit, a percentage of the spread between kommuner (25%%), or nothing",
                            text);
    }
    if (is_share) {
        indicator->minimum_share = number / 100.0;
        return TRUE;
    }
    indicator->minimum_change = g_str_has_prefix(unit, "prosent") ? number / 100.0 : number;
    return TRUE;
}

GPtrArray *sp_indicators_read(const SpTable *table, GError **error)
{
    const gsize change = sp_table_find(table, "minimum_change");
    const gsize theme = sp_table_find(table, "theme");
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
        indicator->theme = g_strdup(theme != SP_NO_COLUMN ? sp_table_code(table, row, theme) : "");
        gboolean is_read =
            read_row(cells, indicator, error) &&
            (change == SP_NO_COLUMN ||
             read_minimum_change(sp_table_code(table, row, change), cells[UNIT], indicator, error));
        if (is_read && !g_hash_table_add(ids, (char *)cells[ID])) {
            is_read = sp_error_set(error, SP_ERROR_CONFIG, "id stands twice");
        }
        if (!is_read) {
            g_prefix_error(error, "table %s (config/indicators.csv): indicator \"%s\": ",
                           sp_table_name(table), cells[ID]);
            return NULL;
        }
        if (!has_formula(indicator)) {
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

GPtrArray *sp_indicator_formulas(const SpIndicator *indicator)
{
    GPtrArray *all = g_ptr_array_new();
    SpFormula *const own[] = {indicator->teller, indicator->verdi, indicator->nevner};
    const GPtrArray *const lists[] = {indicator->teller_parts, indicator->nevner_parts};
    for (gsize i = 0; i < G_N_ELEMENTS(own); i++) {
        if (own[i] != NULL) {
            g_ptr_array_add(all, own[i]);
        }
    }
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        for (guint k = 0; lists[i] != NULL && k < lists[i]->len; k++) {
            g_ptr_array_add(all, g_ptr_array_index(lists[i], k));
        }
    }
    return all;
}

char **sp_indicators_tables(const GPtrArray *indicators)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_add(seen, (char *)SP_TABLE_HOSTS);
    g_hash_table_add(seen, (char *)SP_TABLE_POSITIONS);
    g_hash_table_add(seen, (char *)SP_TABLE_PLACES);
    for (guint i = 0; i < indicators->len; i++) {
        g_autoptr(GPtrArray) formulas = sp_indicator_formulas(g_ptr_array_index(indicators, i));
        for (guint k = 0; k < formulas->len; k++) {
            sp_formula_add_tables(g_ptr_array_index(formulas, k), seen);
        }
    }
    guint n = 0;
    g_autofree gpointer *keys = g_hash_table_get_keys_as_array(seen, &n);
    qsort(keys, n, sizeof *keys, sp_codes_compare);
    g_autoptr(GStrvBuilder) list = g_strv_builder_new();
    for (guint i = 0; i < n; i++) {
        g_strv_builder_add(list, keys[i]);
    }
    return g_strv_builder_end(list);
}
