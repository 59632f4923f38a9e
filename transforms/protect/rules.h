/** More rules of a layer than those of its measures, as config/skjermingsregler.csv has them. */
#ifndef SP_TRANSFORMS_PROTECT_RULES_H
#define SP_TRANSFORMS_PROTECT_RULES_H

#include "transforms/protect/layers.h"

/** Which rule. Its settings are numbers "name=value", all of them, a blank between two. */
typedef enum {
    SP_BY_ZERO,      /* zeros of what the layer counts are hidden, too */
    SP_BY_FLOOR,     /* least: so many at least in a measure, such as a ratio's denominator */
    SP_BY_DIRECT,    /* coalition: along a column (direct.h) */
    SP_BY_SERIES,    /* teller, nevner, tolerance, weak_share, hidden_share: along a key of time
                        (triangles.h) */
    SP_BY_TRIANGLES, /* limit, and codes=A|B|C of a column, what is kept longest first */
    SP_BY_ROUNDING,  /* base: counts are rounded and not hidden (rounded.h) */
} SpRuleKind;

enum { SP_RULE_SETTINGS = 5 };

typedef struct {
    SpRuleKind kind;
    char *layer;
    char *column;                     /* "" of a rule that is along none */
    double setting[SP_RULE_SETTINGS]; /* in the order above */
    char **codes;                     /* TRIANGLES */
} SpRule;

/**
 * The rules in the order of the file (SpRule*, owned by the array; g_ptr_array_unref).
 *
 *   rows  code columns layer, rule (zero, floor …), column, settings; NULL: no rules
 *
 * SP_ERROR_CONFIG for an unknown rule, and a setting that is missing, unknown or no number from 0
 * up.
 */
GPtrArray *sp_rules_read(const SpTable *rows, GError **error);

/** The layer's rule of rounding, NULL if there is none. It stands alone: SP_ERROR_CONFIG where the
 * layer has other rules, an owner's limit, or counts a part. */
gboolean sp_rules_rounding(const GPtrArray *rules, const SpLayer *layer, const SpRule **rounding,
                           GError **error);

/** The first of the layer's rules of a kind; NULL if there is none. */
const SpRule *sp_rules_find(const GPtrArray *rules, const SpLayer *layer, SpRuleKind kind);

/** Whether a reader must not take a hidden figure of the layer to be 1 at least: its zeros are
 * hidden by `zero` or `series`, or what goes along with them by `rounding`; or those of what it is
 * a part of. */
gboolean sp_rules_hide_zeros(const GPtrArray *rules, const GPtrArray *layers, const SpLayer *layer);

#endif
