/**
 * Overdispersion as others compute it (Spiegelhalter 2005), of any file: how much more areas vary
 * than chance gives. Limits of our own tables are those of transforms/vary/funnel/among.h
 * (docs/methods/variation.md#overdispersion).
 *
 * A figure is put on a scale where its chance variance s^2 depends on its size alone, and held
 * against the target: z = (y - target) / s. phi, the mean of the squared z after the outer ones are
 * pulled in (winsorised), tells how much more they vary. Multiplicative: all limits are sqrt(max(1,
 * phi)) times as wide. Additive: tau2 is a variance between areas that all have, large and small.
 */
#ifndef SP_TRANSFORMS_VARY_FUNNEL_OVERDISPERSION_H
#define SP_TRANSFORMS_VARY_FUNNEL_OVERDISPERSION_H

#include "core/real.h"

typedef enum {
    SP_SCALE_RATIO_LOG,  /* log(O / E) against 0, s = 1 / sqrt(E); areas with O = 0 are left out */
    SP_SCALE_RATIO_SQRT, /* sqrt(O / E) against 1, s = 1 / (2 sqrt(E)) (CQC) */
    SP_SCALE_SHARE_ARCSINE, /* asin(sqrt(O / n)) against the share of all, s = 1 / (2 sqrt(n)) */
} SpScale;

typedef struct {
    SpScale scale;
    double
        pulled_in; /* share (0 to below 0.5) of the areas on each side whose z is pulled in to the
                         quantile there (type 7); 0.1 as CQC does */
} SpDispersionForm;

typedef struct {
    SpReal y; /* missing, and so all below, for an area that is left out: E or n not above 0, more
                 than all, or O = 0 on the log scale */
    SpReal s;
    SpReal z;
    SpReal z_pulled_in;
    gboolean is_pulled_in;
    SpReal z_additive;       /* (y - target) / sqrt(s^2 + tau2) */
    SpReal z_multiplicative; /* z / sqrt(max(1, phi)) */
} SpDispersed;

typedef struct {
    SpScale scale;
    gsize n_used;
    double target; /* on the scale */
    SpReal phi;    /* missing, and tau2 too, when fewer than two areas are used */
    SpReal tau2;   /* floored at 0 */
} SpOverdispersion;

/**
 *   observed [n]  persons
 *   size     [n]  persons expected for ratios, all persons for shares
 *   area     [n]  written by this function
 */
SpOverdispersion sp_overdispersion(const SpDispersionForm *form, gsize n, const double observed[],
                                   const double size[], SpDispersed area[]);

#endif
