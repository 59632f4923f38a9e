/** How much chance gives a sum of positions: docs/methods/variation.md#chance. */
#ifndef SP_TRANSFORMS_VARY_POSITIONS_H
#define SP_TRANSFORMS_VARY_POSITIONS_H

#include "core/table.h"

/** The table that tells the sizes of positions (PAI): code columns period, region, alder, kjonn,
 * yrke; measures aarsverk, personer, heltid (100 % or more), smaa_stillinger (below 25 %). */
#define SP_TABLE_POSITIONS "alder_og_stabilitet"

/** Persons by the size of what they have in all. */
typedef struct {
    double aarsverk;
    double persons;
    double full;  /* 100 % or more */
    double small; /* below 25 % */
} SpPositions;

/**
 * E[p^2] / E[p], p a person's position as a share of full time: the variance of a sum of årsverk
 * over its mean when chance decides who is there (compound Poisson). It lies between the mean
 * position and 1, whatever the sizes are, and is found in there from three groups: those of full
 * time, small positions spread evenly below 0.25, and the rest spread between 0.25 and 1 about the
 * mean that is left. 1, the upper bound, where there are no persons or årsverk.
 */
double sp_positions_dispersion(const SpPositions *positions);

/**
 * The country's positions of professions (codes of `yrke`, NULL-terminated; NULL: all) on the
 * newest date that has them, both sexes and all ages. FALSE, `positions` untouched: `table` is
 * NULL or has no such figures. SP_ERROR_DATA through `error` when a column is not there.
 */
gboolean sp_positions_read(const SpTable *table, const char *const professions[],
                           SpPositions *positions, GError **error);

#endif
