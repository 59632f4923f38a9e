/** How much of a service one of each age uses, relative to the others
 * (config/framskriving/kostnad.csv). */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_AGE_USE_H
#define SP_TRANSFORMS_PROJECT_BALANCE_AGE_USE_H

#include "transforms/project/population/rates.h"

typedef struct {
    gsize n_functions;
    char **functions; /* byte order, NULL-terminated */
    double *weight;   /* [function][SP_N_AGES], 0 where no row names the age */
} SpAgeUse;

/**
 *   table  code columns funksjon, alder_fra, alder_til (000-105, both included); measure vekt
 * SP_ERROR_DATA names the row: no function, ages that are none or the wrong way round, an age that
 * stands twice, a weight that is no number or below 0; no rows.
 */
SpAgeUse *sp_age_use_new(const SpTable *table, GError **error);
void sp_age_use_free(SpAgeUse *weights);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpAgeUse, sp_age_use_free)

#endif
