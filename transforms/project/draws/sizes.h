/** Sizes of shocks that the paths do not tell, from the table `sjokk`
 * (config/framskriving/sjokk.csv, which names their sources). docs/methods/uncertainty.md#sizes. */
#ifndef SP_TRANSFORMS_PROJECT_DRAWS_SIZES_H
#define SP_TRANSFORMS_PROJECT_DRAWS_SIZES_H

#include "core/table.h"
#include "transforms/project/draws/walk.h"

/** A walk, and the share of its variance that is common to all professions (0-1). */
typedef struct {
    SpWalk walk;
    double shared;
} SpSharedWalk;

typedef struct {
    /* Share of the variance of an area's national drift that is common to all areas. */
    double areas_shared;
    /* Share of the variance of a kommune's need around the country's that its fylke shares. */
    double fylke_shared;
    SpSharedWalk participation; /* of work and hours at given age */
    double growth_sd;           /* of a yearly slope of all supply beyond the path, assumed */
    double growth_damping;      /* of that slope a year later */
    SpSharedWalk exits;         /* of the log exit rate; `step` is not used: the paths tell */
    SpSharedWalk graduates;     /* of the log number a year; `step` is not used */
    SpSharedWalk foreign;       /* of the log net number a year */
    double foreign_people;      /* share of what all professions share of it that follows people */
    SpWalk moves;               /* of the size of net moves between labour-market regions */
    SpWalk market;              /* where people choose to work: log, labour-market regions ... */
    double market_people;       /* (share of its variance that follows people) */
    SpWalk fylke;               /* ... fylker ... */
    SpWalk kommune;             /* ... and kommuner */
    double staying;             /* share of a kommune's staff who are there a year later, 0-1 */
    double aarsverk_per_person; /* of those who work in a kommune, above 0 */
} SpShockSizes;

/**
 *   table  id, verdi; other columns (kilde) are for readers
 *
 * SP_ERROR_DATA names the id that is unknown, stands twice, has no value or one out of its range,
 * or the first that is not there.
 */
gboolean sp_shock_sizes_read(const SpTable *table, SpShockSizes *sizes, GError **error);

#endif
