/**
 * Areas against the whole that they are parts of: is the area's share further from the whole's
 * than so many units, which truly differ, bring with them by themselves? Method:
 * docs/methods/headline.md#contrast.
 *
 *   z = (logit p_area − logit p_whole) / √(s² Σ a_i² + (1/n_area − 1/n_whole) / (p (1 − p)))
 *
 * with s the standard deviation of units' log odds, a_i the weight of unit i in the area less that
 * in the whole, and p the whole's share.
 */
#ifndef SP_TRANSFORMS_HEADLINE_CONTRAST_H
#define SP_TRANSFORMS_HEADLINE_CONTRAST_H

#include <glib.h>

typedef struct {
    double count, n;     /* those with the property, of all */
    double sum, squares; /* of its units' weights, and of their squares */
} SpContrastArea;

/** z of an area; NaN where one of the shares is 0 or 1 or there is no weight. `spread` is the
 * standard deviation between units on the log odds, 0 or more; counts vary at most as persons do
 * (årsverk vary less, docs/methods/variation.md#chance). */
double sp_contrast_z(SpContrastArea area, SpContrastArea whole, double spread);

/** The chance of a normal number as far from 0 on either side. */
double sp_contrast_p(double z);

#endif
