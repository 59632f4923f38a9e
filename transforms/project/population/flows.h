/**
 * Registered moves to and from abroad by kommune and year, from the table `befolkningsendring` (SSB
 * 06913). It has no ages, and domestic moves sum to nothing over the country: what else a kommune
 * wins or loses by moves is domestic. Years from the base on are not read.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_FLOWS_H
#define SP_TRANSFORMS_PROJECT_POPULATION_FLOWS_H

#include "transforms/project/population/history.h"

typedef struct {
    gsize n_regions, n_years; /* intervals of the history */
    gboolean *has;            /* [n_regions][n_years] TRUE where both figures are numbers */
    double *foreign;          /* the same: moved in from abroad less moved out, persons */
} SpFlows;

/**
 *   table  region, period (year) · innvandring, utvandring (persons, >= 0); rows of other regions
 *          than kommuner are passed over
 * SP_ERROR_DATA on a missing column.
 */
SpFlows *sp_flows_new(const SpTable *table, const SpHistory *history, GError **error);
void sp_flows_free(SpFlows *flows);

/** The country's net moves from abroad in a year of the history, per person of the kommuner that
 * have figures on its first day. FALSE when none has. */
gboolean sp_flows_national(const SpFlows *flows, const SpHistory *history, gsize year,
                           double *share);

/**
 * What is believed of each kommune's own net moves from abroad, per person and year, less the
 * country's; shrunk as one level (shrink.h). Persons as weights sum it to 0.
 *
 *   own  [n_regions] written; 0 for a kommune without figures
 * FALSE when the rounds of the estimate did not settle.
 */
gboolean sp_flows_own(const SpFlows *flows, const SpHistory *history, double own[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpFlows, sp_flows_free)

#endif
