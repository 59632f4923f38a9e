/** Which unknown figures follow from sums alone. */
#ifndef SP_TRANSFORMS_AUDIT_ROWSPACE_H
#define SP_TRANSFORMS_AUDIT_ROWSPACE_H

#include "transforms/audit/system.h"

typedef enum {
    SP_LINEAR_OPEN,     /* nothing but bounds can be said of it */
    SP_LINEAR_FOLLOWS,  /* its value is a linear combination of what is shown */
    SP_LINEAR_GIVEN_UP, /* the search ended before it was known */
} SpLinear;

/**
 * An unknown follows if and only if its unit vector lies in the space of the sums' rows (all taken
 * as equations), that is, if every vector that solves them with nothing on the right has 0 there.
 * The sums are eliminated modulo a prime, unknowns in few sums and sums of few unknowns first, and
 * one such vector is drawn: an unknown that does not follow is 0 in it by a chance of 10^-19.
 *
 *   most_work  entries of rows that are visited before what is left is given up; so it is when rows
 *              have come to hold 16 million entries more than at first
 *   linear     [n_unknowns]; written
 *
 * Depends on nothing but the system. Source: Markowitz, Management Science 3 (1957), for the order.
 */
void sp_rowspace(const SpSystem *system, guint64 most_work, SpLinear linear[]);

#endif
