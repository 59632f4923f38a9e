/**
 * Each kommune of an indicator and period held against what chance gives, and against what chance
 * and the true differences between kommuner give together. Formulas:
 * docs/methods/variation.md#funnel, #signals, #overdispersion.
 */
#ifndef SP_TRANSFORMS_VARY_CONTROL_H
#define SP_TRANSFORMS_VARY_CONTROL_H

#include "transforms/vary/areas.h"
#include "transforms/vary/control_form.h"

/** 99.8 and 95 of 100 kommuner lie between them. */
typedef enum { SP_LOWER_998, SP_LOWER_95, SP_UPPER_95, SP_UPPER_998, SP_N_LIMITS } SpLimit;

/** Words are static: over_95, over_998, under_95, under_998, or over, under; "" for none. `_od`:
 * among kommuner as they truly differ. */
typedef struct {
    SpReal limit[SP_N_LIMITS];    /* in the unit of verdi, cut to what is possible */
    SpReal limit_od[SP_N_LIMITS]; /* missing, as q_od, where too few kommuner enter */
    SpReal p;    /* two-sided mid-p, 0-1: so unlikely a figure, if chance alone moved it */
    SpReal q;    /* false discovery among the kommuner of the indicator and period */
    SpReal p_od; /* the same, if the true differences move it too */
    SpReal q_od;
    const char *signal; /* outside the limits, before they are cut */
    const char *signal_od;
    const char *discovery; /* q at or below the share of false ones that is borne */
    const char *discovery_od;
    const char *judgement; /* gunstig, ugunstig: discovery_od by the direction of the indicator; ""
                              where that is neutral, or discovery lies on the other side */
} SpControl;

/** `_od` missing where is_plain, fewer than minimum_kommuner enter or the model has no fit; all not
 * applicable without chance. */
typedef struct {
    SpReal centre; /* ratio (of a part of odds) to the expected that the typical kommune has: what
                      `_od` holds the others against */
    SpReal sd;     /* between the kommuner that do not stand out, of the ratio's logarithm */
    SpReal outside_998; /* 0-1: of the kommuner that have a figure and limits, those outside */
    SpReal outside_998_od;
} SpControlled;

/**
 *   control [n_rows]  written, one a row of `areas`
 *
 * Without chance all is not applicable. Limits need no figure of the kommune's own. p and q of one
 * whose verdi is no number have its status; with limits that are none, theirs. Flags: those of
 * teller, nevner and forventet are or-ed; of what rests on the common spread, or on the
 * sizes of positions, m besides.
 */
SpControlled sp_control(const SpAreas *areas, const SpControlForm *form, SpControl control[]);

#endif
