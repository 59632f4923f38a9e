/** How rules test and what they tell. Each looks at published tables and gives a fact, or NULL
 * where there is nothing to tell: a table or row is not there, a figure is no number, or the test
 * does not find anything. Method: docs/methods/headline.md#rules. */
#ifndef SP_TRANSFORMS_HEADLINE_MECHANISM_H
#define SP_TRANSFORMS_HEADLINE_MECHANISM_H

#include "transforms/headline/fact.h"
#include "transforms/headline/rule.h"

/** `rules` are all of them (SpKeyRule*): what is read with care is what they read. */
typedef SpFact *(*SpTell)(const SpPageOne *in, const SpKeyRule *rule, const GPtrArray *rules);

typedef struct {
    const char *name;
    SpTell tell;
    const char *thresholds[4]; /* that a rule must have */
    guint n_tables, n_codes, n_measures;
    guint all_kommuner; /* bit i: of its table i the rows of every kommune are read */
    gboolean needs_level;
} SpMechanism;

/* futures.c: what is projected. */
extern const SpMechanism sp_mechanism_growth, sp_mechanism_shortage, sp_mechanism_extent,
    sp_mechanism_largest;
/* against.c: fylker against the country. */
extern const SpMechanism sp_mechanism_discovery, sp_mechanism_beyond, sp_mechanism_lower;
/* change.c: what has changed, and what nobody explains. */
extern const SpMechanism sp_mechanism_development, sp_mechanism_unexplained;
/* counts.c: what is counted and not tested. */
extern const SpMechanism sp_mechanism_exposed, sp_mechanism_answers, sp_mechanism_grants;
/* care.c: what is read with care. */
extern const SpMechanism sp_mechanism_care;

#endif
