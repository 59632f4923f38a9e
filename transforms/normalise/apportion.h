/** Whole persons divided by weights. */
#ifndef SP_TRANSFORMS_NORMALISE_APPORTION_H
#define SP_TRANSFORMS_NORMALISE_APPORTION_H

#include <glib.h>

/**
 * Largest remainder (Hamilton): every part gets the whole number below its exact share, and what is
 * left goes one by one to the largest remainders, the first part in array order where they are
 * equal.
 *
 *   whole    a whole number, |whole| < 2^53; a negative one is divided as its opposite
 *   weights  [n] >= 0, not all 0
 *   parts    [n] whole numbers that sum exactly to `whole`; written by this function
 *   n        1 .. SP_APPORTION_MAX
 */
enum { SP_APPORTION_MAX = 64 };
void sp_apportion(double whole, const double weights[], gsize n, double parts[]);

#endif
