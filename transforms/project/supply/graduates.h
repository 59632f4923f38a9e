/** From admissions to graduates. Source: projections.md §2 (2.4) of the design;
 * docs/methods/supply.md#graduates. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_GRADUATES_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_GRADUATES_H

#include <glib.h>

enum { SP_N_TIMINGS = 8 };

/** How long an education takes, and how many finish it. */
typedef struct {
    guint years;                 /* from admission to the earliest graduation */
    double completion;           /* share of those admitted who finish at all, 0-1 */
    double timing[SP_N_TIMINGS]; /* weights of finishing in years, years + 1, ... ; any scale */
} SpTiming;

/** Persons of the calendar years first, first + 1, ... ; borrowed. */
typedef struct {
    int first;
    gsize n;
    const double *persons; /* [n] */
} SpYearly;

/**
 * Graduates of a year: the sum over k of completion x share[k] x admissions[year - years - k],
 * where share is `timing` scaled to the sum 1. Years that are not in `admissions` had none.
 */
double sp_graduates(const SpTiming *timing, const SpYearly *admissions, int year);

/**
 * The share that finishes, from years that have both: sum of completed / sum of what admissions
 * give when all finish. At most 1. `fallback` when admissions give nobody in those years.
 *
 *   completed  NAN where not known
 */
double sp_graduates_completion(const SpTiming *timing, const SpYearly *admissions,
                               const SpYearly *completed, double fallback);

#endif
