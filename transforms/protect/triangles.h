/** FHI's rules for its public-health profiles (folkehelseprofilene): figures on too few persons,
 * weak series, and triangles of a sum and its parts. */
#ifndef SP_TRANSFORMS_PROTECT_TRIANGLES_H
#define SP_TRANSFORMS_PROTECT_TRIANGLES_H

#include "core/real.h"
#include "transforms/protect/cube.h"

/** Why a figure (rate, count and denominator are one) is hidden; or-ed. */
typedef enum {
    SP_FHI_PRIMARY = 1,   /* orgprikket: rests on too few itself */
    SP_FHI_SERIES = 2,    /* serieprikket: does not, but its series is too weak to be shown */
    SP_FHI_NEIGHBOUR = 4, /* naboprikket: would tell of one that is hidden for privacy */
} SpFhiReason;

/** Hidden for privacy (FHI's column pvern), and not for a weak series alone. */
enum { SP_FHI_PRIVACY = SP_FHI_PRIMARY | SP_FHI_NEIGHBOUR };

typedef struct {
    double teller;     /* PRIKK_T: counts and complements of this or fewer are hidden; 4 is "<5" */
    double nevner;     /* PRIKK_N: the same of denominators */
    double tolerance;  /* STATTOL_T: counts of this or fewer are weak */
    double weak_share; /* a series with a larger share of weak points is hidden; FHI: 0.5 */
    double hidden_share; /* a series with a larger share of primary points is hidden */
} SpFhiLimits;

/**
 * Primaries and weak series.
 *
 *   time   dimension along which a series runs
 *   teller [n_cells] persons with the outcome
 *   nevner [n_cells] persons they are counted among; NULL: the table has counts alone
 *   hidden [n_cells] SpFhiReason: 0, SP_FHI_PRIMARY or SP_FHI_SERIES; written by this function
 *
 * A figure is primary if teller or nevner - teller is at most limits.teller, or nevner at most
 * limits.nevner; zeros are, too. A suppressed teller or nevner is primary, a teller so withheld
 * counts as 0. Any other teller that is no number is never hidden, and no point of its series;
 * where only nevner is none, teller alone is judged.
 */
void sp_fhi_series(const SpCube *cube, gsize time, const SpReal teller[], const SpReal nevner[],
                   const SpFhiLimits *limits, guint8 hidden[]);

/** A sum and its parts: "ALDER{0_120,67_120,0_66}". */
typedef struct {
    gsize along;
    const guint32 *codes; /* [n_codes] of that dimension, all parts; what is kept longest first */
    gsize n_codes;
} SpFhiTriangle;

/**
 * Neighbours (naboprikking): in each stratum along a triangle's dimension the last figure of the
 * triangle that is not hidden for privacy becomes so, if exactly one is, or if more are that sum to
 * at most `sum_limit`, and at least two are not.
 *
 *   triangles [n_triangles] taken in this order in each round, from coarse levels to fine ones
 *   teller    [n_cells] as above
 *   sum_limit persons, as teller
 *   hidden    [n_cells] as sp_fhi_series left it; SP_FHI_NEIGHBOUR is added by this function
 *
 * In the first three rounds only figures of weak series are taken, which are not shown anyway; then
 * any, until a round takes none. A figure that is no number is not taken, and hides no other unless
 * suppressed. Returns the number of neighbours.
 *
 * One dimension is looked at at a time: nothing is promised of what follows from several, or of
 * intervals; see gauss.h. Source: FHI's khfunctions (R), docs/methods/disclosure.md.
 */
gsize sp_fhi_triangles(const SpCube *cube, const SpFhiTriangle triangles[], gsize n_triangles,
                       const SpReal teller[], double sum_limit, guint8 hidden[]);

#endif
