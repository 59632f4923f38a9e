/** Kommuner set side by side: what one indicator and period holds, ready for the measures. */
#ifndef SP_TRANSFORMS_VARY_AREAS_H
#define SP_TRANSFORMS_VARY_AREAS_H

#include "core/quality.h"
#include "core/table.h"
#include "transforms/vary/catalogue.h"

typedef struct {
    const SpIndicator *indicator; /* borrowed */
    const char *period;           /* borrowed from the table */

    /* All rows of the indicator and period, in the order of the table. */
    gsize n_rows;
    const char **kommune;      /* [n_rows] borrowed from the table, as vertskommune */
    const char **vertskommune; /* [n_rows] the host it is counted with, "" for none */
    SpReal *teller;            /* [n_rows], and so on */
    SpReal *nevner;
    SpReal *verdi;
    SpReal *forventet;
    SpReal *varians;
    SpReal country[3];  /* teller, nevner and verdi that the source itself gives of the country;
                           missing where it gives none */
    gboolean is_sample; /* its figures have flag u: they are of a draw of the persons alone */
    gboolean is_pooled; /* several years together (2019-2022): told of some kommuner, and compared
                           with nobody */

    /* The kommuner that enter: those with a figure (verdi is a number) and a denominator above 0,
     * where the indicator has one; where it has_chance, those with an expected figure above 0 too.
     * Of kommuner that are counted together the host. None when is_pooled. */
    gsize n;
    gsize *row;       /* [n] their rows */
    double *observed; /* [n] teller; and so on */
    double *expected; /* forventet; 0 without chance */
    double *variance; /* varians, that chance gives teller (docs/methods/variation.md#chance); 0
                         without chance */
    double *value;    /* what is compared: teller / forventet with chance, verdi without */
    double *weight;   /* forventet; nevner without chance, or 1 without a nevner */
} SpAreas;

/**
 * Splits table `indikatorverdi` by indicator and period: SpAreas*, in byte order of indicator and
 * period; caller frees with g_ptr_array_unref. Counts without a nevner give none: alone they
 * vary with the size of the kommune. kommuner  set of the codes (char*) that count as kommuner; a
 * row of another region, but the country, is left out with the finding kommune_not_in_region.
 * SP_ERROR_DATA when a column is not there or an indicator is not among `indicators`.
 */
GPtrArray *sp_areas_collect(const SpTable *table, const GPtrArray *indicators, GHashTable *kommuner,
                            SpQuality *quality, GError **error);

/**
 * The same figures held against other counts than forventet: those that a model predicts.
 *
 *   expected [n_rows]  in the unit of teller; what is no number does not enter
 *
 * varians is what chance gives around them, in the areas' own units. Strings are borrowed as those
 * of `areas` are. Caller frees.
 */
SpAreas *sp_areas_against(const SpAreas *areas, const SpReal expected[]);
void sp_areas_free(SpAreas *areas);

/** How much of chance one unit of teller bears in a row: 1 where persons are counted, the
 * dispersion of positions for årsverk. teller, nevner and forventet over it are whole units as
 * chance deals them out. */
double sp_areas_unit(const SpAreas *areas, gsize row);

/** FALSE of one that enters with more than the whole that it is a part of: no share, and no
 * binomial count. What a model makes of shares is made without it. `k` is its place among those
 * that enter. */
gboolean sp_areas_is_possible(const SpAreas *areas, gsize k);

/** A count of a row (teller, or what is held against it) as verdi would tell it: over nevner, times
 * `per`, cut to what is possible: no rate is below 0 and no share above the whole. */
SpReal sp_areas_as_value(const SpAreas *areas, gsize row, SpReal count);

/** Of a draw of the persons all that is made of it is so: flag u on every number in a row of a
 * table made from `areas`, but on counts of kommuner and periods (columns n_…). */
void sp_areas_flag(const SpAreas *areas, SpTable *table, gsize row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpAreas, sp_areas_free)

#endif
