/** Use of services by age and sex, from the table `bruk` (config/bruk.csv). */
#ifndef SP_TRANSFORMS_PROJECT_USE_H
#define SP_TRANSFORMS_PROJECT_USE_H

#include "transforms/project/population/rates.h"

/** Use by sex and age of one service: users per inhabitant, 0 where the table has no row. */
typedef struct {
    const char *tjeneste; /* borrowed from the table */
    double use[SP_N_SEXES][SP_N_AGES];
} SpUse;

/**
 * Reads the table `bruk`: SpUse by service in byte order; owned by the caller (g_array_unref).
 *
 *   table  code columns tjeneste, kjonn (0 both, 1, 2), alder_fra, alder_til (000-105, both
 * included, 105 is open); measure bruk (users per inhabitant, 0-1) SP_ERROR_DATA names row and
 * remedy: an unknown code, ages the wrong way round, two rows for one age and sex, a rate outside
 * 0-1 or missing, no rows.
 */
GArray *sp_use_new(const SpTable *table, GError **error);

#endif
