/**
 * A curve over single ages from what is known of bands of ages: the share in work, or årsverk per
 * person in work.
 *
 * Penalised spline: a value at each age (a B-spline of degree 1 with a knot at each age), a penalty
 * on squared second differences (Eilers and Marx 1996, "Flexible smoothing with B-splines and
 * penalties"; composite data: Eilers 2007), its size by generalised cross-validation. Shares are
 * smoothed on the logit scale with binomial weights. docs/methods/supply.md#participation.
 */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_PROFILE_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_PROFILE_H

#include <glib.h>

/** What is known of a band: ages first ... last (places in the arrays over age, both included). */
typedef struct {
    guint first;
    guint last;
    double size; /* persons, >= 0; 0 tells nothing */
    double mean; /* share of them, 0-1, or mean årsverk, >= 0 */
} SpProfileBand;

/** All that is known. Arrays are borrowed. */
typedef struct {
    gsize n_ages;
    const double *inner; /* [n_ages] persons of each age, the weights inside a band; >= 0. A band
                            without any weighs its ages equally */
    const SpProfileBand *bands; /* [n_bands] that do not overlap */
    gsize n_bands;
} SpProfileData;

/** What the curve may be. */
typedef struct {
    gboolean is_share;   /* TRUE: 0-1, on the logit scale; FALSE: on its own scale, >= 0 */
    guint falling_from;  /* place of the age from which it never rises; n_ages or more: it may */
    const guint *breaks; /* [n_breaks] places where a rule makes a step (a special retirement age):
                            between the place before and this one the curve may turn as sharply as
                            the data say */
    gsize n_breaks;
} SpProfileShape;

/** How the curve was found. */
typedef struct {
    double penalty;    /* on second differences, relative to the weights */
    double break_part; /* of the penalty that is left at the breaks: 1, 0.01 or 0.0001 */
    double df;         /* effective number of parameters */
    double gcv;
    gboolean is_settled; /* FALSE: the rounds ended before the curve stood still */
} SpProfileFit;

/** Fills curve [n_ages]; an age in no band gets what the penalty gives. With one band of size > 0
 * it is level at that band's mean; without any it is 0 throughout, and `fit` is all 0 but
 * settled. */
void sp_profile_spline(const SpProfileData *data, const SpProfileShape *shape, double curve[],
                       SpProfileFit *fit);

#endif
