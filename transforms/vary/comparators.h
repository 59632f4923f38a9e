/** Whom a kommune may be compared with: those in its groups, those nearest to it by need, and those
 * around the same medoid (table `sammenlikningskommuner`, docs/tables.md). Method:
 * docs/methods/variation.md#comparators. */
#ifndef SP_TRANSFORMS_VARY_COMPARATORS_H
#define SP_TRANSFORMS_VARY_COMPARATORS_H

#include "transforms/vary/comparator_rules.h"

typedef struct {
    gsize n, p, n_nearest; /* kommuner, covariates, and the nearest of each */
    SpCovariateSet *set;
    double *root;   /* [p] roots of the covariates' weights */
    double *z;      /* [n * p] the covariates, standardised over the kommuner, times their roots */
    gsize *nearest; /* [n * n_nearest] numbers of kommuner, nearest first */
    gsize n_groups; /* around medoids */
    gsize *medoid;  /* [n_groups] */
    gsize *group;   /* [n] number of its medoid */
} SpComparators;

/** Without any covariate there are no nearest and no medoids: finding no_covariates. Errors: those
 * of sp_covariates_new, SP_ERROR_CONFIG of a theme that no indicator has. The caller frees. */
SpComparators *sp_comparators_new(const SpCountry *country, const SpComparatorRules *rules,
                                  SpQuality *quality, GError **error);
void sp_comparators_free(SpComparators *comparators);

/**
 * Table `sammenlikningskommuner`, sorted by key: one row a kommune and what it may be compared
 * with. avstand is the distance to `mot` (of a group: to the mean of its kommuner) in standard
 * deviations, each covariate by its weight, flag m where a covariate of either is not known and
 * stands at the mean; n the kommuner that `mot` stands for, the kommune itself included where it is
 * one of them. hvorfor: the covariates in which the two are nearest, nearest first; of those whose
 * weight is below 1, which tell the same and count as one together, the nearest alone. sentralitet
 * and innbyggere (persons, of the newest date) are those of the kommune `mot`; of a group "" and
 * not applicable. SP_ERROR_DATA as sp_country_inhabitants.
 */
SpTable *sp_comparators_table(const SpCountry *country, const SpComparators *comparators,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpComparators, sp_comparators_free)

#endif
