/* Rules of config/skjermingsregler.csv. */
#include "transforms/protect/rules.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

#define FILE_NAME "config/skjermingsregler.csv"

static const struct {
    const char *name;
    gboolean is_along; /* a column */
    const char *settings[SP_RULE_SETTINGS + 1];
} kinds[] = {
    [SP_BY_ZERO] = {"zero", FALSE, {NULL}},
    [SP_BY_FLOOR] = {"floor", TRUE, {"least", NULL}},
    [SP_BY_DIRECT] = {"direct", TRUE, {"coalition", NULL}},
    [SP_BY_SERIES] = {"series",
                      TRUE,
                      {"teller", "nevner", "tolerance", "weak_share", "hidden_share", NULL}},
    [SP_BY_TRIANGLES] = {"triangles", TRUE, {"limit", NULL}},
    [SP_BY_ROUNDING] = {"rounding", FALSE, {"base", NULL}},
};

static void rule_free(gpointer data)
{
    SpRule *rule = data;
    g_free(rule->layer);
    g_free(rule->column);
    g_strfreev(rule->codes);
    g_free(rule);
}

static gboolean read_kind(const char *text, SpRuleKind *kind, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(text, kinds[i].name) == 0) {
            *kind = (SpRuleKind)i;
            return TRUE;
        }
    }
    return sp_error_set(error, SP_ERROR_CONFIG,
                        "rule is \"%s\", want zero, floor, direct, series, triangles or rounding",
                        text);
}

static gboolean read_setting(SpRule *rule, const char *name, const char *value, GError **error)
{
    const char *const *wanted = kinds[rule->kind].settings;
    if (rule->kind == SP_BY_TRIANGLES && strcmp(name, "codes") == 0) {
        g_strfreev(rule->codes);
        rule->codes = g_strsplit(value, "|", -1);
        return TRUE;
    }
    for (gsize i = 0; wanted[i] != NULL; i++) {
        if (strcmp(wanted[i], name) == 0) {
            return (sp_number_parse(value, strlen(value), sp_number_plain, &rule->setting[i]) &&
                    rule->setting[i] >= 0.0) ||
                   sp_error_set(error, SP_ERROR_CONFIG, "%s is \"%s\", want a number from 0 up",
                                name, value);
        }
    }
    return sp_error_set(error, SP_ERROR_CONFIG, "it has no setting \"%s\"", name);
}

static gboolean read_settings(SpRule *rule, const char *text, GError **error)
{
    const char *const *wanted = kinds[rule->kind].settings;
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (gsize i = 0; i < SP_RULE_SETTINGS; i++) {
        rule->setting[i] = -1.0;
    }
    for (char **word = words; *word != NULL; word++) {
        g_auto(GStrv) halves = g_strsplit(*word, "=", 2);
        if (!read_setting(rule, halves[0], halves[0] != NULL && halves[1] != NULL ? halves[1] : "",
                          error)) {
            return FALSE;
        }
    }
    for (gsize i = 0; wanted[i] != NULL; i++) {
        if (rule->setting[i] < 0.0) {
            return sp_error_set(error, SP_ERROR_CONFIG, "it needs %s=NUMBER", wanted[i]);
        }
    }
    return (rule->kind == SP_BY_TRIANGLES) == (rule->codes != NULL) ||
           sp_error_set(error, SP_ERROR_CONFIG, "it needs codes=A|B|C");
}

static gboolean read_rule(SpRule *rule, const char *kind, const char *settings, GError **error)
{
    return read_kind(kind, &rule->kind, error) && read_settings(rule, settings, error) &&
           (kinds[rule->kind].is_along == (*rule->column != '\0') ||
            sp_error_set(error, SP_ERROR_CONFIG, "%s",
                         *rule->column == '\0' ? "it needs a column" : "it wants no column"));
}

GPtrArray *sp_rules_read(const SpTable *rows, GError **error)
{
    static const char *const names[] = {"layer", "rule", "column", "settings"};
    gsize at[G_N_ELEMENTS(names)];
    g_autoptr(GPtrArray) rules = g_ptr_array_new_with_free_func(rule_free);
    if (rows == NULL) {
        return g_steal_pointer(&rules);
    }
    if (!sp_table_need_all(rows, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, at, error)) {
        return NULL;
    }
    for (gsize row = 0; row < sp_table_n_rows(rows); row++) {
        const char *kind = sp_table_code(rows, row, at[1]);
        SpRule *rule = g_new0(SpRule, 1);
        rule->layer = g_strdup(sp_table_code(rows, row, at[0]));
        rule->column = g_strdup(sp_table_code(rows, row, at[2]));
        g_ptr_array_add(rules, rule);
        if (!read_rule(rule, kind, sp_table_code(rows, row, at[3]), error)) {
            g_prefix_error(error, FILE_NAME ": %s: %s: ", rule->layer, kind);
            return NULL;
        }
    }
    return g_steal_pointer(&rules);
}

const SpRule *sp_rules_find(const GPtrArray *rules, const SpLayer *layer, SpRuleKind kind)
{
    for (guint i = 0; i < rules->len; i++) {
        const SpRule *rule = rules->pdata[i];
        if (rule->kind == kind && strcmp(rule->layer, layer->name) == 0) {
            return rule;
        }
    }
    return NULL;
}

static gboolean is_counted_by(const SpLayer *layer, const SpTable *table, gsize column)
{
    for (guint i = 0; i < layer->tables->len; i++) {
        const SpLayerTable *from = layer->tables->pdata[i];
        for (guint j = 0; from->table == table && j < from->measures->len; j++) {
            if (g_array_index(from->measures, SpLayerMeasure, j).column == column) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

gboolean sp_rules_hide_zeros(const GPtrArray *rules, const GPtrArray *layers, const SpLayer *layer)
{
    const SpLayerTable *from = layer->tables->pdata[0];
    const SpLayerMeasure *counted = &g_array_index(from->measures, SpLayerMeasure, 0);
    gboolean is_hiding = sp_rules_find(rules, layer, SP_BY_ZERO) != NULL ||
                         sp_rules_find(rules, layer, SP_BY_SERIES) != NULL ||
                         sp_rules_find(rules, layer, SP_BY_ROUNDING) != NULL;
    /* A part comes after what it is part of. */
    for (guint i = 0; !is_hiding && counted->rule == SP_RULE_PART && i < layers->len &&
                      layers->pdata[i] != layer;
         i++) {
        is_hiding = is_counted_by(layers->pdata[i], from->table, counted->of) &&
                    sp_rules_hide_zeros(rules, layers, layers->pdata[i]);
    }
    return is_hiding;
}

static gboolean has_owner_or_part(const SpLayer *layer)
{
    for (guint i = 0; i < layer->tables->len; i++) {
        const SpLayerTable *from = layer->tables->pdata[i];
        for (guint j = 0; j < from->measures->len; j++) {
            const SpLayerMeasure *measure = &g_array_index(from->measures, SpLayerMeasure, j);
            if (measure->at_most > 0.0 || measure->rule == SP_RULE_PART) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

gboolean sp_rules_rounding(const GPtrArray *rules, const SpLayer *layer, const SpRule **rounding,
                           GError **error)
{
    guint n_rules = 0;
    *rounding = sp_rules_find(rules, layer, SP_BY_ROUNDING);
    for (guint i = 0; i < rules->len; i++) {
        n_rules += strcmp(((const SpRule *)rules->pdata[i])->layer, layer->name) == 0 ? 1 : 0;
    }
    return *rounding == NULL || (n_rules == 1 && !has_owner_or_part(layer)) ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        FILE_NAME
                        ": %s: rounding goes with no other rule of its layer, no limit of "
                        "its owner and no part",
                        layer->name);
}
