/* Settings that choose comparators. */
#include "transforms/vary/comparator_rules.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

static gboolean read_tags(SpComparatorRules *rules, const SpSettings *settings, GError **error)
{
    g_auto(GStrv) tags = sp_settings_list(settings, "vary.comparators_by", error);
    for (gsize k = 0; tags != NULL && tags[k] != NULL; k++) {
        if (strcmp(tags[k], "need") == 0) {
            rules->has_need = TRUE;
        } else if (strcmp(tags[k], "constraint") == 0) {
            rules->has_constraint = TRUE;
        } else {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "vary.comparators_by: \"%s\": want need or constraint, or both",
                                tags[k]);
        }
    }
    return tags != NULL;
}

/* "ID:WEIGHT", so that covariates that nearly tell the same may count as one. */
static gboolean read_weights(SpComparatorRules *rules, const SpSettings *settings, GError **error)
{
    g_auto(GStrv) entries = sp_settings_list(settings, "vary.comparator_weights", error);
    rules->weights = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (gsize k = 0; entries != NULL && entries[k] != NULL; k++) {
        const char *colon = strchr(entries[k], ':');
        double weight = 0.0;
        if (colon == NULL ||
            !sp_number_parse(colon + 1, strlen(colon + 1), sp_number_plain, &weight) ||
            !(weight > 0.0)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "vary.comparator_weights: \"%s\": want INDICATOR:WEIGHT with a "
                                "weight above 0, as pop_80plus_share:0.5",
                                entries[k]);
        }
        g_hash_table_insert(rules->weights, g_strndup(entries[k], (gsize)(colon - entries[k])),
                            g_memdup2(&weight, sizeof weight));
    }
    return entries != NULL;
}

gboolean sp_comparator_rules_read(SpComparatorRules *rules, const SpSettings *settings,
                                  GError **error)
{
    gint64 n_nearest = 0;
    gint64 n_medoids = 0;
    *rules = (SpComparatorRules){0};
    if (!sp_settings_int(settings, "vary.comparators", 1, 99, &n_nearest, error) ||
        !sp_settings_int(settings, "vary.comparator_groups", 1, 99, &n_medoids, error) ||
        !sp_settings_double(settings, "vary.period_minimum_share", 0.0, 1.0,
                            &rules->rules.minimum_share, error) ||
        !read_tags(rules, settings, error) || !read_weights(rules, settings, error)) {
        return FALSE;
    }
    rules->n_nearest = (gsize)n_nearest;
    rules->n_medoids = (gsize)n_medoids;
    rules->classes = sp_settings_list(settings, "vary.covariate_classes", error);
    rules->rules.classes = (const char *const *)rules->classes;
    rules->theme = rules->classes != NULL
                       ? g_strdup(sp_settings_text(settings, "vary.comparators_theme", error))
                       : NULL;
    return rules->theme != NULL;
}

void sp_comparator_rules_clear(SpComparatorRules *rules)
{
    g_clear_pointer(&rules->theme, g_free);
    g_clear_pointer(&rules->classes, g_strfreev);
    g_clear_pointer(&rules->weights, g_hash_table_unref);
}
