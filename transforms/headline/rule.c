/* Rules of the key sentences as the configuration has them. */
#include "transforms/headline/rule.h"

#include "core/error.h"
#include "core/number.h"
#include "transforms/headline/rows.h"

#include <math.h>
#include <string.h>

#define FILE_NAME "config/noekkelsetninger.csv"

static const char *const columns[] = {"regel",    "mekanisme", "relevans", "sikkerhet", "nivaa",
                                      "plass",    "tabeller",  "koder",    "maal",      "indikator",
                                      "terskler", "varianter", "felt"};

static void free_rule(gpointer data)
{
    SpKeyRule *rule = data;
    g_strfreev(rule->tables);
    g_strfreev(rule->codes);
    g_strfreev(rule->measures);
    g_strfreev(rule->variants);
    g_strfreev(rule->fields);
    g_hash_table_unref(rule->thresholds);
    g_free(rule);
}

/* A number from 0 to 1, NaN where there is none. */
static gboolean read_share(const SpTable *table, gsize row, const char *column, double *share,
                           GError **error)
{
    const char *text = sp_rows_code(table, row, column);
    *share = (double)NAN;
    if (*text == '\0' || (sp_number_parse(text, strlen(text), sp_number_plain, share) &&
                          *share >= 0.0 && *share <= 1.0)) {
        return TRUE;
    }
    return sp_error_set(error, SP_ERROR_CONFIG, FILE_NAME ": %s: %s is \"%s\", want 0 to 1",
                        sp_rows_code(table, row, "regel"), column, text);
}

static gboolean read_place(const char *id, const char *text, SpKeyPlace *place, GError **error)
{
    static const char *const words[] = {"", "alltid", "sist"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strcmp(text, words[i]) == 0) {
            *place = (SpKeyPlace)i;
            return TRUE;
        }
    }
    return sp_error_set(error, SP_ERROR_CONFIG,
                        FILE_NAME ": %s: plass is \"%s\", want nothing, alltid or sist", id, text);
}

static gboolean read_thresholds(const char *text, SpKeyRule *rule, GError **error)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    for (gsize i = 0; words[i] != NULL; i++) {
        g_auto(GStrv) parts = g_strsplit(words[i], "=", 2);
        double number = 0.0;
        if (*words[i] == '\0') {
            continue;
        }
        if (parts[1] == NULL ||
            !sp_number_parse(parts[1], strlen(parts[1]), sp_number_plain, &number)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                FILE_NAME ": %s: threshold \"%s\", want NAME=NUMBER", rule->id,
                                words[i]);
        }
        g_hash_table_insert(rule->thresholds, g_strdup(parts[0]),
                            g_memdup2(&number, sizeof number));
    }
    return TRUE;
}

/* Never without an element: who reads the first one finds "". */
static char **split(const char *text, const char *between)
{
    char **parts = g_strsplit(text, between, -1);
    if (parts[0] == NULL) {
        g_free(parts);
        parts = g_new0(char *, 2);
        parts[0] = g_strdup("");
    }
    return parts;
}

static gboolean read_rule(const SpTable *table, gsize row, SpKeyRule *rule, GError **error)
{
    const char *measures = sp_rows_code(table, row, "maal");
    rule->id = sp_rows_code(table, row, "regel");
    rule->mechanism = sp_rows_code(table, row, "mekanisme");
    rule->indicator = sp_rows_code(table, row, "indikator");
    rule->tables = split(sp_rows_code(table, row, "tabeller"), " ");
    rule->codes = split(sp_rows_code(table, row, "koder"), " / ");
    rule->measures = split(measures, strstr(measures, " / ") != NULL ? " / " : " ");
    rule->variants = split(sp_rows_code(table, row, "varianter"), " ");
    rule->fields = split(sp_rows_code(table, row, "felt"), " ");
    rule->thresholds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    return read_share(table, row, "relevans", &rule->relevance, error) &&
           read_share(table, row, "sikkerhet", &rule->certainty, error) &&
           read_share(table, row, "nivaa", &rule->level, error) &&
           read_place(rule->id, sp_rows_code(table, row, "plass"), &rule->place, error) &&
           read_thresholds(sp_rows_code(table, row, "terskler"), rule, error);
}

GPtrArray *sp_key_rules_read(const SpTable *table, GError **error)
{
    gsize numbers[G_N_ELEMENTS(columns)];
    g_autoptr(GPtrArray) rules = g_ptr_array_new_with_free_func(free_rule);
    if (!sp_table_need_all(table, columns, G_N_ELEMENTS(columns), SP_COLUMN_CODE, numbers, error)) {
        return NULL;
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        SpKeyRule *rule = g_new0(SpKeyRule, 1);
        g_ptr_array_add(rules, rule);
        if (!read_rule(table, row, rule, error)) {
            return NULL;
        }
        if (isnan(rule->relevance)) {
            sp_error_set(error, SP_ERROR_CONFIG, FILE_NAME ": %s: relevans is empty, want 0 to 1",
                         rule->id);
            return NULL;
        }
    }
    return g_steal_pointer(&rules);
}

double sp_key_threshold(const SpKeyRule *rule, const char *name)
{
    const double *number = g_hash_table_lookup(rule->thresholds, name);
    g_assert(number != NULL); /* sp_page_one_sentences has checked it */
    return *number;
}
