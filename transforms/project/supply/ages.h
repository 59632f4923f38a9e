/** Codes of ages and bands of ages as places in the arrays of the stock. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_AGES_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_AGES_H

#include "transforms/project/supply/ungroup.h"

/** "020-024", "67" or "105+" as places from 15 on, cut to 15-75. Returns 1 if there are any, 0 if
 * all its ages lie outside, -1 if it is no age. */
int sp_work_band_parse(const char *code, SpWorkBand *band);

#endif
