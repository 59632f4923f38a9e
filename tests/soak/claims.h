/** What the projections say on the base day of a past: the stage's own models and draws. */
#ifndef SP_TESTS_SOAK_CLAIMS_H
#define SP_TESTS_SOAK_CLAIMS_H

#include "past.h"

enum { N_HORIZONS = 4, MOST_REGIONS = PAST_KOMMUNER + 25 };

/** Years after the base that are judged. */
extern const gsize claims_horizons[N_HORIZONS];

/** An interval of 80 and of 90 %. */
typedef struct {
    double low_90, low_80, middle, high_80, high_90;
} Interval;

/** Kommuner first, then fylker in order of codes, last the country. */
typedef struct {
    gsize n_regions;
    Interval *interval; /* [series][region][N_HORIZONS] */
    double *shortage;   /* [profession][region][N_HORIZONS] chance of a relevant one, 0-1 */
} Claims;

/**
 * Estimates, projects and draws from what is known on the base day.
 *
 *   config  tables of config/ as the stage reads them; borrowed
 * NULL with the model's own error.
 */
Claims *claims_new(const Past *past, const SpTables *config, gsize n_draws, GError **error);
void claims_free(Claims *claims);

static inline Interval *claims_at(const Claims *claims, gsize series, gsize region, gsize horizon)
{
    return &claims->interval[(series * claims->n_regions + region) * N_HORIZONS + horizon];
}

/** config/ as tables, read once; sp_tables_free. */
SpTables *claims_config(void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Claims, claims_free)

#endif
