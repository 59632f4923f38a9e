/**
 * Editing controls on the ratio of two figures of the same unit (this period and the one before, or
 * two measures): Hidiroglou-Berthelot, thousand error, quartiles.
 *
 * Source: Statistics Norway's R package Kostra 1.3.3 (Hb, ThError, Quartile); the rules as in
 * docs/methods/controls.md. All arrays are [n] in the same order of units; one call is one stratum.
 */
#ifndef SP_TRANSFORMS_NORMALISE_CONTROLS_RATIO_H
#define SP_TRANSFORMS_NORMALISE_CONTROLS_RATIO_H

#include "core/real.h"

/** What a control says of one unit. */
typedef struct {
    double value; /* the ratio, or the difference of logarithms */
    double lower; /* limits of `value` */
    double upper;
    gboolean is_compared; /* FALSE: the control does not apply to the unit, and all else is 0 */
    gboolean is_outside;
} SpControlled;

typedef struct {
    double power;  /* pU, 0-1: how much the size of a unit counts */
    double spread; /* pA: the least distance to a quartile, as a share of the median effect */
    double factor; /* pC: how many such distances are still ordinary */
} SpHbForm;

/**
 * Ratio x1/x2 against limits that are wider for small units. Units where both are numbers above 0
 * are compared; if at least half of them have x1 = x2, those are left out.
 *
 * FALSE, with nothing compared, when all or none are left out: there is no spread to judge by.
 * `median` (may be NULL) is the median ratio.
 */
gboolean sp_control_hb(gsize n, const SpReal x1[], const SpReal x2[], const SpHbForm *form,
                       SpControlled results[], double *median);

/** log10 x1 - log10 x2, of numbers above 0, outside [lower, upper]: -2.5 and 2.5 find figures that
 * were given in thousands. */
void sp_control_thousand(gsize n, const SpReal x1[], const SpReal x2[], double lower, double upper,
                         SpControlled results[]);

/** Limits of the ratio x1/x2: the quartiles stretched by their distance to the median. */
typedef struct {
    double lower;
    double upper;
    double of_sums; /* sum of x1 over sum of x2, of the compared units */
} SpQuartileLimits;

/** The limits from all units with both numbers above 0, `stretch_low` and `stretch_high` times the
 * distance. FALSE when there is no such unit. */
gboolean sp_control_quartile_limits(gsize n, const SpReal x1[], const SpReal x2[],
                                    double stretch_low, double stretch_high,
                                    SpQuartileLimits *limits);
/** Ratios against limits, which may come from more units than these. */
void sp_control_quartile(gsize n, const SpReal x1[], const SpReal x2[],
                         const SpQuartileLimits *limits, SpControlled results[]);

#endif
