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
    double threshold;      /* SP_HIDDEN_THRESHOLD: fewer persons are hidden */
    double least_aarsverk; /* SP_HIDDEN_AARSVERK: so few or fewer årsverk are hidden */
} SpHiddenLimits;

/** SP_ERROR_CONFIG. */
gboolean sp_hidden_limits_read(const SpSettings *settings, SpHiddenLimits *limits, GError **error);

/** Which limit a term is held against: none of a public source, or of kroner and other amounts. */
typedef enum { SP_FEW_NONE, SP_FEW_PERSONS, SP_FEW_AARSVERK } SpFewRule;

/** The terms of an indicator, by the unit that the first table of each has them in, whatever the
 * indicator's kind: a mean position gives its årsverk away as well as a sum of them does. */
typedef struct {
    SpFewRule teller; /* none of a published ratio */
    SpFewRule nevner;
} SpFewRules;

SpFewRules sp_indicator_few_rules(const SpTables *in, const SpIndicator *indicator);

/** What is behind a term: the årsverk of the cells that it counts, and its figure as it may be
 * seen. */
typedef enum {
    SP_TELLER_WORK,
    SP_NEVNER_WORK,
    SP_TELLER_SHOWN,
    SP_NEVNER_SHOWN,
    SP_N_TWINS
} SpTwinKind;

/**
 * With kommuner pooled with their hosts and nothing computed yet: teller, or the published ratio,
 * is SP_SUPPRESSED where it, its nevner or, of a part, the rest of its nevner is few, or rests on
 * few årsverk, and where one of them may not be seen in its own table. A nevner that is few, or not
 * seen, is suppressed with it: limits of chance around it would tell it. What is no number is let
 * be. Returns how many kommuner it hid.
 *
 *   behind  [SP_N_TWINS][n kommuner, pooled as the figures] NULL where there is nothing behind
 */
gsize sp_figures_hide(const SpIndicator *indicator, const SpHiddenLimits *limits, SpFewRules rules,
                      SpReal *const behind[SP_N_TWINS], SpFigures *figures);

/** What is expected of a hidden nevner is hidden with it; when expected figures are made. */
void sp_figures_hide_expected(SpFigures *figures);

#endif
