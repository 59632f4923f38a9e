/** Observed årsverk of kommuner by area and profession, from the tables that the list of sources
 * `bemanning_kilder` (config/framskriving/bemanning.csv) names. */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_STAFFING_H
#define SP_TRANSFORMS_PROJECT_DEMAND_STAFFING_H

#include "transforms/project/observe.h"
#include "transforms/project/demand/structure.h"

typedef struct {
    gsize n_areas, n_professions, n_kommuner, n_years;
    char **areas; /* [a] byte order, NULL-terminated */
    /* [a][g][u][year]; a whole's with its parts' (wholes.h), all from one source */
    double *aarsverk;
    gboolean *is_seen;     /* [a][g][u][year]; where a whole is seen, so are its parts */
    gboolean *is_observed; /* [a][g] some kommune has more than 0 */
    /* [a][g] all of its people stand in another area: a source counts them all (fratrekk) and found
       no rest here, or no source parts what this area has from them */
    gboolean *is_covered;
    /* [a][g] counted by what is left of a source when another area has had its own: both areas
       together are then all of that source's people */
    gboolean *is_rest;
    gboolean *is_hosted; /* [u][g] counted with those of a host area */
} SpStaffing;

/** What is read; borrowed. */
typedef struct {
    const SpTables *facts; /* among them the sources, and `vertskommune` if there */
    /* code columns omraade, rekke (number: lowest first), tabell, maal, yrke (column of
       professions, or ""), profesjon (when there is none), utvalg (rowfilter.h), fratrekk (another
       area, or "") */
    const SpTable *sources;
    const GArray *services; /* SpService */
    const SpStructure *structure;
    SpObservedAxes axes;
    const double *heads; /* [u][year] persons, the last year's those of the base */
} SpStaffingInput;

/**
 * Of each area and profession the first source by `rekke` that is among the facts and counts
 * somebody of it in the country; a part's is its whole's, and it has none where that one has nobody
 * of it. A source that counts a profession's people in all areas has the
 * other area in fratrekk: of its figures, the country's share that the other has not, in the newest
 * year that both know (sp_observed_newest), is this area's; a share below SP_LEAST_REST is what two
 * registers differ by, and nothing. Kommuner that share a service (vertskommune, arrangements that
 * hold at the end of the last year) have the sum of their area's årsverk of the professions of that
 * service, each by its persons: staff are counted at the host, which looks rich, and its partners
 * empty.
 *
 * SP_ERROR_DATA and SP_ERROR_CONFIG as sp_observe; SP_ERROR_DATA names a row whose rekke is no
 * number or whose profession is neither a column nor named.
 */
#define SP_LEAST_REST 0.05 /* antatt */
SpStaffing *sp_staffing_new(const SpStaffingInput *input, GError **error);
void sp_staffing_free(SpStaffing *staffing);

/** First cell of an area and profession in aarsverk and is_seen: [u][year] from there. */
static inline gsize sp_staffing_at(const SpStaffing *staffing, gsize area, gsize profession)
{
    return (area * staffing->n_professions + profession) * staffing->n_kommuner * staffing->n_years;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpStaffing, sp_staffing_free)

#endif
