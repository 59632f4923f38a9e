/* Rules of controls, read from their file. */
#include "transforms/normalise/controls/rules.h"

#include "core/error.h"
#include "core/number.h"
#include "transforms/normalise/controls/regression.h"

#include <string.h>

/* What each control takes. A control without limits only lists. */
static const struct {
    const char *name;
    const char *parameters[4];
    gboolean has_limits;
} kinds[] = {
    {"hb", {"pU", "pA", "pC"}, TRUE},
    {"thousand", {"lower", "upper"}, TRUE},
    {"quartile", {"pKL", "pKU"}, TRUE},
    {"rank", {"n"}, FALSE},
    {"difference", {"n"}, FALSE},
    {"sums", {NULL}, TRUE},
    {"regression", {"model", "limit_model", "limit_outlier"}, TRUE},
};

void sp_control_rule_free(SpControlRule *rule)
{
    if (rule == NULL) {
        return;
    }
    g_strfreev(rule->where);
    g_strfreev(rule->by);
    g_clear_pointer(&rule->parameters, g_hash_table_unref);
    g_free(rule);
}

static gboolean set_wrong(const SpControlRule *rule, const char *what, const char *text,
                          const char *wanted, GError **error)
{
    return sp_error_set(error, SP_ERROR_CONFIG,
                        "config/kontroller.csv: row %" G_GSIZE_FORMAT ": %s \"%s\": want %s",
                        rule->row, what, text, wanted);
}

static gboolean find_kind(const SpControlRule *rule, gsize *kind, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (strcmp(rule->control, kinds[i].name) == 0) {
            *kind = i;
            return TRUE;
        }
    }
    return set_wrong(rule, "control", rule->control,
                     "hb, thousand, quartile, rank, difference, sums or regression", error);
}

static gboolean is_parameter(gsize kind, const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kinds[kind].parameters); i++) {
        if (g_strcmp0(kinds[kind].parameters[i], name) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean is_value(const char *name, const char *value)
{
    double number = 0.0;
    SpLineKind line = SP_LINE_ORDINARY;
    return strcmp(name, "model") == 0
               ? sp_line_kind_find(value, &line)
               : sp_number_parse(value, strlen(value), sp_number_plain, &number);
}

static gboolean read_parameters(SpControlRule *rule, gsize kind, const char *text, GError **error)
{
    g_auto(GStrv) parts = g_strsplit(text, " ", -1);
    rule->parameters = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (char **part = parts; *part != NULL; part++) {
        g_auto(GStrv) pair = g_strsplit(*part, "=", 2);
        if (**part == '\0') {
            continue;
        }
        if (g_strv_length(pair) != 2 || !is_parameter(kind, pair[0]) ||
            !is_value(pair[0], pair[1])) {
            return set_wrong(rule, "parameters", text,
                             "NAME=NUMBER of the control's own, as in docs/methods/controls.md",
                             error);
        }
        g_hash_table_insert(rule->parameters, g_strdup(pair[0]), g_strdup(pair[1]));
    }
    return TRUE;
}

static gboolean read_limits(SpControlRule *rule, gsize kind, const char *text, GError **error)
{
    rule->has_limits = kinds[kind].has_limits;
    if (!rule->has_limits) {
        return *text == '\0' ||
               set_wrong(rule, "limits", text, "none: this control only lists", error);
    }
    return sp_limits_parse(text, &rule->limits) ||
           set_wrong(rule, "limits", text, "two shares that warn and stop, or -: \"0.02 -\"",
                     error);
}

/* Texts of a list, empty ones left out. */
static char **split(const char *text, const char *delimiter)
{
    g_auto(GStrv) parts = g_strsplit(text, delimiter, -1);
    g_autoptr(GStrvBuilder) list = g_strv_builder_new();
    for (char **part = parts; *part != NULL; part++) {
        if (**part != '\0') {
            g_strv_builder_add(list, *part);
        }
    }
    return g_strv_builder_end(list);
}

static SpControlRule *read_rule(const SpTable *file, const gsize columns[], gsize row,
                                GError **error)
{
    enum { DATASET, TABLE, MEASURE, CONTROL, AGAINST, WHERE, BY, STRATUM, PARAMETERS, LIMITS };
    g_autoptr(SpControlRule) rule = g_new0(SpControlRule, 1);
    const char *against = sp_table_code(file, row, columns[AGAINST]);
    const char *stratum = sp_table_code(file, row, columns[STRATUM]);
    gsize kind = 0;
    rule->row = row + 2;
    rule->table = sp_table_code(file, row, columns[TABLE]);
    rule->measure = sp_table_code(file, row, columns[MEASURE]);
    rule->control = sp_table_code(file, row, columns[CONTROL]);
    rule->against = strcmp(against, "previous") == 0 ? NULL : against;
    rule->stratum = *stratum == '\0' ? NULL : stratum;
    rule->where = split(sp_table_code(file, row, columns[WHERE]), " ");
    rule->by = split(sp_table_code(file, row, columns[BY]), "+");
    for (char **part = rule->where; *part != NULL; part++) {
        if (strchr(*part, '=') == NULL) {
            (void)set_wrong(rule, "where", *part, "COLUMN=CODE", error);
            return NULL;
        }
    }
    if (*against == '\0') {
        (void)set_wrong(rule, "against", against, "previous or a measure", error);
        return NULL;
    }
    return find_kind(rule, &kind, error) &&
                   read_parameters(rule, kind, sp_table_code(file, row, columns[PARAMETERS]),
                                   error) &&
                   read_limits(rule, kind, sp_table_code(file, row, columns[LIMITS]), error)
               ? g_steal_pointer(&rule)
               : NULL;
}

GPtrArray *sp_control_rules_of(const SpTable *file, const char *dataset, GError **error)
{
    static const char *const names[] = {"dataset", "table", "measure", "control",    "against",
                                        "where",   "by",    "stratum", "parameters", "limits"};
    gsize columns[G_N_ELEMENTS(names)];
    if (!sp_table_need_all(file, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, columns, error)) {
        g_prefix_error(error, "config/kontroller.csv: ");
        return NULL;
    }
    g_autoptr(GPtrArray) rules =
        g_ptr_array_new_with_free_func((GDestroyNotify)sp_control_rule_free);
    for (gsize row = 0; row < sp_table_n_rows(file); row++) {
        if (strcmp(sp_table_code(file, row, columns[0]), dataset) != 0) {
            continue;
        }
        SpControlRule *rule = read_rule(file, columns, row, error);
        if (rule == NULL) {
            return NULL;
        }
        g_ptr_array_add(rules, rule);
    }
    return g_steal_pointer(&rules);
}

double sp_control_parameter(const SpControlRule *rule, const char *name, double fallback)
{
    const char *text = g_hash_table_lookup(rule->parameters, name);
    double value = fallback;
    if (text != NULL) {
        gboolean is_number = sp_number_parse(text, strlen(text), sp_number_plain, &value);
        g_assert(is_number); /* read_parameters has checked it */
    }
    return value;
}
