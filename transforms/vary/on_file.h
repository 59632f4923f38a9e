/**
 * All measures on counts that anybody brings (`statpakke-vary --on`), under the names that the
 * reference figures have: what a reader can check this house by, or use it for.
 *
 * The counts are taken as Poisson and E as it is; what an indicator's kind forbids is not known
 * here.
 */
#ifndef SP_TRANSFORMS_VARY_ON_FILE_H
#define SP_TRANSFORMS_VARY_ON_FILE_H

#include "transforms/vary/funnel/overdispersion.h"
#include "transforms/vary/links.h"
#include "transforms/vary/listing.h"

/** Borrowed for the life of what is made of it. */
typedef struct {
    gsize n;
    const char *const *area;  /* [n] */
    const double *observed;   /* [n] persons, >= 0 */
    const double *expected;   /* [n] persons, > 0 */
    const double *population; /* [n] persons, > 0; NULL if not known */
    const guint *group;       /* [n] below n_groups; NULL if there are none */
    guint n_groups;
    const SpLink *links; /* [n_links] neighbours; NULL if not known */
    gsize n_links;
} SpOnFile;

/**
 * (stat, value). With a population: Gini and Theil by it too. With groups: Theil's T and the mean
 * log deviation split by them, over the population or, without one, E. With neighbours: Moran's I.
 * Undefined is SP_MISSING.
 */
SpListing *sp_on_file_measures(const SpOnFile *file);

/** (area, observed, expected, raw, marshall_global_eb, poisson_gamma_eb), then marshall_group_eb
 * and marshall_neighbours_eb where there are groups and neighbours. */
SpListing *sp_on_file_areas(const SpOnFile *file);

/** The funnel as others compute it (not consistent, a tenth pulled in at each end), without the
 * areas that it leaves out. SP_SCALE_SHARE_ARCSINE needs a population. */
SpListing *sp_on_file_funnel(const SpOnFile *file, SpScale scale);

#endif
