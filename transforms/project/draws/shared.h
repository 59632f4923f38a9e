/**
 * Shocks that kommuner or professions share, drawn once. docs/methods/uncertainty.md#shocks.
 *
 * Every number is sp_normals_draw of a key made of component, level, code and day; the index is the
 * draw. [a][b] below are planes of [n_days][n_draws] floats.
 */
#ifndef SP_TRANSFORMS_PROJECT_DRAWS_SHARED_H
#define SP_TRANSFORMS_PROJECT_DRAWS_SHARED_H

#include "core/normal.h"
#include "transforms/project/draws/plan.h"

typedef struct {
    const SpDrawsPlan *plan;
    SpNormals normals;
    gsize plane;   /* n_days n_draws */
    float *drift;  /* [area] factor of the country's drift of need */
    float *place;  /* [u] factor of who choose to work there, mean 1 */
    float *market; /* [L] factor of who choose to work there; its log until people are followed */
    float *staff;  /* [fylke][area] standard normal: what its staffing has in common */
    /* Walks of step 1 that all professions share. */
    float *participation, *exits, *graduates, *foreign;
    float *moves; /* factor, mean about 1 */
    /* People of 20-49 in the country over those expected, less 1, where admissions follow them;
       NULL elsewhere. One plane. */
    float *capacity;
} SpDrawsShared;

SpDrawsShared *sp_draws_shared_new(const SpDrawsPlan *plan, guint n_threads);
/** One that can draw but has nothing drawn. */
SpDrawsShared *sp_draws_shared_bare(const SpDrawsPlan *plan);
void sp_draws_shared_free(SpDrawsShared *shared);

/** The key of a component, level and code. */
SpRandom sp_draws_key(const SpDrawsPlan *plan, const char *component, const char *level,
                      const char *code);

/** Standard normal numbers of a key on a day, [n_draws]. */
void sp_draws_normal(const SpDrawsShared *shared, SpRandom key, gsize day, float normal[]);

/** The same of every day: one plane. */
void sp_draws_normals(const SpDrawsShared *shared, SpRandom key, float plane[]);

/** A factor that a kommune has for itself. */
typedef struct {
    SpRandom key;
    const double *sds;   /* [n_days] of its log */
    const float *common; /* one plane, standard normal: what it has in common with its fylke */
} SpDrawsLocal;

/**
 * The factor on a day, [n_draws], mean 1: kommuner that differ by chance do not lift the sum of
 * them all. Its log is a walk whose standard deviation is that of the path; the plan's
 * `fylke_shared` of each step's variance is in common, but for what is not known of the base, which
 * is the kommune's own: a fylke is the sum of what is counted.
 *
 *   walk    [n_draws] the log of the day before, 0 before the base; that of the day when done
 *   normal  [n_draws] working memory
 */
void sp_draws_local_factor(const SpDrawsShared *shared, const SpDrawsLocal *of, gsize day,
                           float normal[], float walk[], float factor[]);

/** Whose drift is drawn: one of a component's. */
typedef struct SpDrawsMover {
    const char *component, *id;
    /* Another whose shocks it has a part of, by their correlation; NULL for none. That one moves
       with no third. */
    const struct SpDrawsMover *with;
    double correlation;
} SpDrawsMover;

/** Who moves the need of an area. */
SpDrawsMover sp_draws_need_mover(const SpDrawsPlan *plan, gsize area);

/** Factor of a drift: [n_days][n_draws], median 1. How long a slope
 * lasts is known no better than that, so each draw has a damping of its own, evenly between
 * max(2 damping - 1, 0) and min(2 damping, 1): 1 lets it go on for ever in all. */
void sp_draws_drift(const SpDrawsShared *shared, const SpDrift *drift, const SpDrawsMover *of,
                    float out[]);

/** A walk from 0 on the base day: [n_days][n_draws]. `normal` [n_draws] is working memory. */
void sp_draws_walk(const SpDrawsShared *shared, SpRandom key, SpWalk walk, float normal[],
                   float out[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpDrawsShared, sp_draws_shared_free)

#endif
