/** How many educated abroad come a year, by the register of authorisations.
 * docs/methods/supply.md#inflow. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_FOREIGN_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_FOREIGN_H

#include "transforms/project/population/mortality.h"
#include "transforms/project/supply/numbers.h"

/** Two calendar years that have figures, older < newest, and the base that they are told on. */
typedef struct {
    int base, older, newest;
} SpForeignYears;

/**
 * Those authorised anew between two years, a year: all of the later year but those of the earlier
 * one who are still there, by age and deaths of the whole population. Who grows older than the
 * oldest band is out of the register, so growth alone would be too little.
 *
 *   of     rows of `autorisasjon`; its field age is not used
 *   n      persons a year; negative when fewer are there than the earlier ones can be
 *
 * Where a code of `alder` is no age, or none is above 66, the growth alone. SP_ERROR_DATA as
 * sp_numbers_read.
 */
gboolean sp_foreign_newcomers(const SpTable *table, const SpNumbersOf *of,
                              const SpForeignYears *years, const SpMortality *mortality, double *n,
                              GError **error);

/**
 * The same on arrays: persons of all ages [n_ages] of two years `years` apart, those of the earlier
 * one alive with survival [n_ages] a year, none older than place `last`.
 */
double sp_foreign_between(gsize n_ages, const double earlier[], const double later[],
                          const double survival[], guint years, gsize last);

#endif
