/** What may not be seen of an indicator is hidden before anything is made of it, so that nothing
 * that is made gives it back. Rules: docs/methods/disclosure.md#indicators. */
#ifndef SP_TRANSFORMS_VARY_HIDDEN_H
#define SP_TRANSFORMS_VARY_HIDDEN_H

#include "core/transform.h"
#include "transforms/vary/catalogue.h"
#include "transforms/vary/figures.h"

#define SP_HIDDEN_THRESHOLD "protect.threshold"
#define SP_HIDDEN_AARSVERK "protect.least_aarsverk"

/** Limits of what rests on too few. */
typedef struct {
    double threshold; /* SP_HIDDEN_THRESHOLD: persons, and årsverk that are part of others; fewer
                              are hidden */
    double least_aarsverk; /* SP_HIDDEN_AARSVERK: so few or fewer årsverk are hidden */
} SpHiddenLimits;

/** SP_ERROR_CONFIG. */
gboolean sp_hidden_limits_read(const SpSettings *settings, SpHiddenLimits *limits, GError **error);

/** Whether some table of its formulas is from a sensitive source. */
gboolean sp_indicator_is_sensitive(const SpTables *in, const SpIndicator *indicator);

/**
 * Of a sensitive indicator, with kommuner pooled with their hosts and nothing computed yet:
 * teller, or the published ratio, is SP_SUPPRESSED where it rests on too few. nevner stays. What is
 * no number is let be. Returns how many kommuner it hid.
 */
gsize sp_figures_hide(const SpIndicator *indicator, const SpHiddenLimits *limits,
                      SpFigures *figures);

#endif
