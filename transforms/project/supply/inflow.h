/** How many come into each profession a year, from the tables that tell of it.
 * docs/methods/supply.md#inflow. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_INFLOW_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_INFLOW_H

#include "transforms/project/supply/education.h"
#include "transforms/project/supply/markets.h"
#include "transforms/project/supply/newcomers.h"
#include "transforms/project/supply/options.h"

/** What inflow is made of. Borrowed. */
typedef struct {
    const SpTables *in;             /* kandidater, laerlinger, autorisasjon, where they are */
    const SpNewcomerSources *stock; /* and the education, for those whom no table tells of */
    const SpMarkets *markets;       /* the base, the horizon, the people that capacity may follow */
    const SpSupplyOptions *options;
    const SpPath *abroad; /* the factor on all people's moves from abroad; NULL: 1 in every year */
    int first;            /* first calendar year wanted */
} SpInflowSources;

/** Persons of the country by calendar year: who is counted in the autumn of a year came in it. */
typedef struct {
    int first; /* calendar year of place 0 of the arrays */
    gsize n;   /* years, to the one before the horizon's 1 January */
    /* New persons educated in Norway, and from abroad, [professions][n][2][SP_N_WORK_AGES] */
    double *graduates;
    double *foreign;
    /* Persons who would change profession [transitions][n][2][SP_N_WORK_AGES]. Those whom a row
     * brings from a profession without a stock stand among the graduates of the other. */
    double *transitions;
    /* [professions] of a year's number of graduates around a line through the years, relative: of
     * ways in beside each other, each by how many come by it, as if they had nothing in common */
    double *graduates_sd;
    double *transitions_sd;  /* [transitions] the same */
    gboolean *is_from_stock; /* [professions] no table tells how many come */
} SpInflow;

/**
 * Years before the base are what tables say they were, where they do; later ones follow the
 * options. Nothing from the base on is read. A profession whose tables say nothing, or that has
 * none (tabell beholdning), gets as many newcomers as its stock needs (newcomers.h): finding
 * "inflow_from_stock". Other findings: "no_graduates" (no way in at all), "foreign_unknown"
 * (autorisasjon without two dates), "foreign_falling" (0 is used). SP_ERROR_DATA on a missing
 * column and on a table that tells of no way in; SP_ERROR_CONFIG on a row of overganger.csv whose
 * filter is no COLUMN=CODE.
 */
SpInflow *sp_inflow_new(const SpInflowSources *sources, SpQuality *quality, GError **error);
void sp_inflow_free(SpInflow *inflow);

/** [2][SP_N_WORK_AGES] of a profession (or transition) and year. Borrowed. */
static inline double *sp_inflow_at(const SpInflow *inflow, double *flows, gsize which, int year)
{
    return &flows[(which * inflow->n + (gsize)(year - inflow->first)) * SP_N_STOCK];
}

/** Adds to `came` [2][SP_N_WORK_AGES] those who came into a profession in a year: graduates, from
 * abroad, from other professions less those who went to one. */
void sp_inflow_known(const SpInflow *inflow, const SpEducation *education, gsize profession,
                     int year, double came[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpInflow, sp_inflow_free)

#endif
