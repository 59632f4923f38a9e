/** The days that scenarios are told at beside each other: setting project.alternative_years. */
#ifndef SP_TRANSFORMS_PROJECT_CHOSEN_H
#define SP_TRANSFORMS_PROJECT_CHOSEN_H

#include "core/config.h"

#define SP_CHOSEN_YEARS "project.alternative_years"

/** The years of the setting, int, in its order. Owned by the caller (g_array_unref); NULL with
 * SP_ERROR_CONFIG when a word is no year. */
GArray *sp_chosen_years_read(const SpSettings *settings, GError **error);

/**
 * Numbers of the days that are told, gsize, rising: 1 January of those of the years that are among
 * `n_days` >= 1 days from 1 January of `base` on; the last day when none of them is. Owned by the
 * caller (g_array_unref).
 *
 *   years  [n_years]
 */
GArray *sp_chosen_days(gsize n_years, const int years[], int base, gsize n_days);

#endif
