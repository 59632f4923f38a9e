/** How comparators are chosen: settings. Method: docs/methods/variation.md#comparators. */
#ifndef SP_TRANSFORMS_VARY_COMPARATOR_RULES_H
#define SP_TRANSFORMS_VARY_COMPARATOR_RULES_H

#include "core/config.h"
#include "transforms/vary/covariates.h"

/** The settings of the transforms that use it. */
typedef struct {
    gsize n_nearest;
    gsize n_medoids;
    gboolean has_need, has_constraint; /* the covariates that distance is measured by */
    char *theme;                       /* owned: need of this theme, "": of all */
    char **classes;                    /* as in `rules`, owned */
    GHashTable *weights; /* id of a covariate -> double, what its squared distance counts; others
                            count 1, and those below 1 count as one together */
    SpCovariateRules rules;
} SpComparatorRules;

/** Their keys among a transform's settings. */
#define SP_COMPARATOR_KEYS                                                                         \
    "vary.comparators", "vary.comparator_groups", "vary.comparators_by", "vary.comparators_theme", \
        "vary.comparator_weights", "vary.covariate_classes", "vary.period_minimum_share"

/** SP_ERROR_CONFIG names the setting. Cleared by the caller. */
gboolean sp_comparator_rules_read(SpComparatorRules *rules, const SpSettings *settings,
                                  GError **error);
void sp_comparator_rules_clear(SpComparatorRules *rules);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpComparatorRules, sp_comparator_rules_clear)

#endif
