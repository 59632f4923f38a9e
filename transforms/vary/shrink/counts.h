/** Counts of areas, as the methods that borrow strength among some of them take them. */
#ifndef SP_TRANSFORMS_VARY_SHRINK_COUNTS_H
#define SP_TRANSFORMS_VARY_SHRINK_COUNTS_H

#include <glib.h>

typedef struct {
    gsize n;
    const double *observed; /* [n] persons */
    const double *expected; /* [n] persons expected at the reference's rates; an area with E <= 0
                               takes no part */
    const double *variance; /* [n] what chance gives the count: E if it is Poisson, E (1 - E / n) if
                               it is binomial */
} SpCounts;

#endif
