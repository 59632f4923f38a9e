/** What draws tell: quantiles, means and chances. Arrays of double, the last index fastest. */
#ifndef SP_TRANSFORMS_PROJECT_DRAWS_RESULTS_H
#define SP_TRANSFORMS_PROJECT_DRAWS_RESULTS_H

#include "core/quantile.h"
#include "transforms/project/draws/plan.h"

typedef enum {
    SP_DRAWN_NEED,      /* etterspørsel, årsverk */
    SP_DRAWN_SUPPLY,    /* tilbud, årsverk by workplace */
    SP_DRAWN_GAP,       /* need less supply, årsverk: positive is a shortage */
    SP_DRAWN_RECRUITED, /* growth of need since the base and those who left on the way, årsverk; the
                           first SP_RECRUITMENT_YEARS alone */
    SP_N_DRAWN
} SpDrawn;

/** The seven quantiles of sp_quantile_shares, then the mean. */
enum { SP_DRAWN_MEAN = SP_N_QUANTILES, SP_N_DRAWN_FIGURES };

typedef struct {
    gsize n_kommuner, n_above; /* regions are kommuner, then those above in the plan's order */
    gsize n_professions, n_days;
    double *figures;     /* [region][g][t][SpDrawn][SP_N_DRAWN_FIGURES]; 0 where there is no path */
    guint *short_draws;  /* [region][g][t] draws with a relevant shortage (balance/gap.h) */
    double *none_chance; /* [u][g][t] chance that nobody of the profession works there */
    /* [above][g][t] draws in which the profession's shortage is the region's largest of those that
       are relevant there, in årsverk; they sum to fewer than all when some draws have none. */
    guint *largest_draws;
    /* [above][g + 1][t][SP_N_DRAWN_FIGURES] kommuner of the region with a relevant shortage; the
       last profession stands for any of them. */
    double *n_short;
} SpDrawsResults;

SpDrawsResults *sp_draws_results_new(const SpDrawsPlan *plan);
void sp_draws_results_free(SpDrawsResults *results);

/** Figures of one cell, [SP_N_DRAWN_FIGURES]. Borrowed. */
static inline double *sp_drawn(const SpDrawsResults *results, gsize region, gsize profession,
                               gsize day, SpDrawn measure)
{
    gsize cell = (region * results->n_professions + profession) * results->n_days + day;
    return &results->figures[(cell * SP_N_DRAWN + measure) * SP_N_DRAWN_FIGURES];
}

/** Kommuner with a relevant shortage, [SP_N_DRAWN_FIGURES]; profession n_professions: any. */
static inline double *sp_drawn_short(const SpDrawsResults *results, gsize above, gsize profession,
                                     gsize day)
{
    gsize cell = (above * (results->n_professions + 1) + profession) * results->n_days + day;
    return &results->n_short[cell * SP_N_DRAWN_FIGURES];
}

/** Mean of draws [n]. */
double sp_draws_mean(gsize n, const float draws[]);

/** Quantiles and mean of draws [n], which are put in another order. */
void sp_draws_summarise(gsize n, float draws[], double figures[SP_N_DRAWN_FIGURES]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpDrawsResults, sp_draws_results_free)

#endif
