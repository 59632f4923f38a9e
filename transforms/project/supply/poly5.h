/**
 * A polynomial of degree 5 in age, as Statistics Norway smooths participation (logit) and hours
 * (its own scale): RAPP 2026/18, by projections.md §2 (2.2) of the design. Age is scaled to
 * z = (a - 47.5) / 27.5, so that 20-75 is -1 to 1. docs/methods/supply.md#poly5.
 */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_POLY5_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_POLY5_H

#include "transforms/project/supply/profile.h"

enum {
    SP_N_POLY5 = 6,
    SP_POLY5_LEAST = 500, /* persons; a smaller group has two means, 20-61 and 62-75 */
};

/** The polynomial at an age in years; of a share: its logistic value. */
double sp_poly5_value(gboolean is_share, const double coefficients[SP_N_POLY5], double age);

/**
 * Fits to bands: weighted least squares on the middle of each band, of a share in rounds on the
 * logit scale. Fewer than 7 bands give a lower degree, so that one is left to judge by.
 *
 *   first  age of place 0 of the arrays
 *   curve  [n_ages] filled: share 0-1 or mean >= 0; 0 throughout without a band of size > 0
 */
void sp_poly5_fit(const SpProfileData *data, guint first, gboolean is_share, double curve[]);

#endif
