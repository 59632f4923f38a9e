/** Covariates that kommuner are held alike or explained by: need, and constraints that a kommune
 * cannot choose. Which they are, the catalogue tells (column `covariate`). */
#ifndef SP_TRANSFORMS_VARY_COVARIATES_H
#define SP_TRANSFORMS_VARY_COVARIATES_H

#include "transforms/vary/country.h"

typedef struct SpCovariates SpCovariates;

typedef struct {
    double minimum_share; /* 0-1: a period counts that at least so many of the kommuner have */
    const char *const *classes; /* "ID:ATTRIBUTE", NULL-terminated: indicators without a formula
                                   whose figure is the number in a code of table `region`
                                   (S4: 4) */
} SpCovariateRules;

/**
 * `country` and the texts of `rules` are borrowed for its life.
 *
 * Reads all periods of the covariates tagged need or constraint. Which themes a covariate is need
 * of, the catalogue's column `need_of` says, with | between them; empty, or without the column, of
 * all. Constraints are those of all themes. Counts without a denominator
 * (inhabitants) enter by their natural logarithm: from one size to ten times it is as far as from
 * ten to a hundred. Years pooled are left out.
 *
 * Findings: covariate_without_figures, a covariate that no period has for enough kommuner. It is
 * not used.
 * SP_ERROR_CONFIG when an entry of `classes` is not of that form, or table `region` has no such
 * attribute; and with the row of config/indicators.csv when need_of names a theme that no
 * indicator has, or stands at one that is not tagged need.
 */
SpCovariates *sp_covariates_new(const SpCountry *country, const SpCovariateRules *rules,
                                SpQuality *quality, GError **error);
void sp_covariates_free(SpCovariates *covariates);

/** What is asked for. */
typedef struct {
    gboolean has_need, has_constraint;
    SpDay by;           /* the newest period that ends by this day, the day after it included
                           (KOSTRA's 31 December is the next 1 January), or else the oldest one;
                           0: the newest */
    const char *except; /* an indicator that does not explain itself, NULL for none */
    const char *theme;  /* of the catalogue: need that belongs to other themes alone is not asked
                           for. NULL or "": of all themes */
} SpCovariateChoice;

/** Covariates by kommune of the country. Strings are borrowed. */
typedef struct {
    gsize n, p;
    gsize n_need;           /* the first of them; the others are constraints */
    const char **id;        /* [p] by the order of the catalogue */
    const char **period;    /* [p] which figure it is, "" for a class */
    const char **attribute; /* [p] of table `region`, NULL for the value of an indicator */
    double *x;              /* [n * p] kommune by kommune; where not known the mean of the others */
    gboolean *is_known;     /* [n * p] */
} SpCovariateSet;

SpCovariateSet *sp_covariates_choose(const SpCovariates *covariates,
                                     const SpCovariateChoice *choice);
void sp_covariate_set_free(SpCovariateSet *set);

/** Ids [n] with a blank between them, as an attribute of a row tells several. g_free. */
char *sp_covariates_list(const char *const ids[], gsize n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpCovariates, sp_covariates_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpCovariateSet, sp_covariate_set_free)

#endif
