/** Where newcomers to a profession come to live. docs/methods/supply.md#placement. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_PLACEMENT_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_PLACEMENT_H

#include <glib.h>

/**
 * Shares of a nation's newcomers by labour-market region: where the profession's young live. The
 * stock's ages are drawn to the country's (composition.h): a region of few persons gets as many as
 * it has of the profession, whatever their ages. In a country without young, newcomers come to live
 * as all of the profession do; of a profession without persons each region gets as many.
 *
 *   young  [n]  persons of the profession who are young, >= 0
 *   all    [n]  persons of the profession, >= 0
 *   share  [n]  filled, sum 1
 */
void sp_placement(gsize n, const double young[], const double all[], double share[]);

#endif
