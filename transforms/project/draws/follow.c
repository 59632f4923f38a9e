/* What of supply follows the people of a draw: one future of the population feeds both sides. Those
 * of 20-49 who are more than expected came from abroad, or from other labour markets, and some of
 * them are educated. */
#include "transforms/project/draws/engine.h"
#include "transforms/project/draws/lanes.h"
#include "core/parallel.h"

#include <math.h>
#include <string.h>

enum { YOUNGEST = 20, OLDEST = 49 };

/* A spread of people below this is rounding: nothing follows. */
static const double least_spread = 1e-5;

gboolean sp_draws_follows(const SpDrawsPlan *plan)
{
    return plan->supply->n_labour_markets > 0 &&
           (plan->sizes.foreign_people > 0 || plan->sizes.market_people > 0 ||
            plan->capacity_follows);
}

void sp_draws_find_adults(const SpPersonGroups *groups, double share[])
{
    for (guint group = 0; group < groups->n_groups; group++) {
        guint n = 0, n_adults = 0;
        for (guint age = 0; age < SP_N_AGES; age++) {
            if (groups->of[SP_WOMEN][age] == group) {
                n++;
                n_adults += age >= YOUNGEST && age <= OLDEST ? 1 : 0;
            }
        }
        share[group] = n > 0 ? (double)n_adults / n : 0;
    }
}

/* Persons of 20-49 in a labour market over those expected, less 1, into engine->markets; the number
 * expected into engine->expected. */
static void sum_market(guint thread, gsize market, gpointer data)
{
    (void)thread;
    SpDrawsEngine *engine = data;
    const SpDrawsPlan *plan = engine->plan;
    gsize n = engine->n_draws, n_bands = plan->demand->groups.n_groups;
    float *sum = &engine->markets[market * engine->plane];
    double *expected = &engine->expected[market * engine->n_days];
    memset(expected, 0, engine->n_days * sizeof *expected);
    sp_lanes_fill(0, engine->plane, sum);
    for (gsize u = 0; u < plan->n_kommuner; u++) {
        if (plan->supply->labour_market_of[u] != market) {
            continue;
        }
        sp_lanes_add(1, &engine->need[u * engine->plane], engine->plane, sum);
        for (gsize day = 0; day < engine->n_days; day++) {
            const double *persons =
                &plan->demand->band_persons[(u * plan->demand->n_days + day) * n_bands];
            for (gsize band = 0; band < n_bands; band++) {
                expected[day] += persons[band] * engine->adults[band];
            }
        }
    }
    for (gsize day = 0; day < engine->n_days; day++) {
        float over = expected[day] > 0 ? (float)(1 / expected[day]) : 0.0F;
        for (gsize i = 0; i < n; i++) {
            sum[day * n + i] = over > 0.0F ? sum[day * n + i] * over - 1.0F : 0.0F;
        }
    }
}

/* The same of the country, into engine->country. */
static void sum_country(guint thread, gsize day, gpointer data)
{
    (void)thread;
    SpDrawsEngine *engine = data;
    gsize n = engine->n_draws, n_markets = engine->plan->supply->n_labour_markets;
    float *sum = &engine->country[day * n];
    double all = 0;
    sp_lanes_fill(0, n, sum);
    for (gsize market = 0; market < n_markets; market++) {
        all += engine->expected[market * engine->n_days + day];
    }
    for (gsize market = 0; all > 0 && market < n_markets; market++) {
        double part = engine->expected[market * engine->n_days + day] / all;
        sp_lanes_add((float)part, &engine->markets[market * engine->plane + day * n], n, sum);
    }
}

/* Lets a walk of standard deviation `sd` follow people for a share of its variance: `people` [n] is
 * their deviation, taken in units of its own spread, so that the walk's stays what it is. */
static void follow(gsize n, double share, double sd, const float people[], float walk[])
{
    double mean = sp_draws_mean(n, people), square = 0;
    for (gsize i = 0; i < n; i++) {
        double apart = (double)people[i] - mean;
        square += apart * apart;
    }
    double spread = sqrt(square / (double)n);
    if (spread < least_spread || share <= 0) {
        return;
    }
    float kept = (float)sqrt(1 - share), by = (float)(sqrt(share) * sd / spread);
    for (gsize i = 0; i < n; i++) {
        walk[i] = kept * walk[i] + by * (people[i] - (float)mean);
    }
}

/* Where people choose to work follows where there are more people than in the country; log to
 * factor. */
static void finish_market(guint thread, gsize market, gpointer data)
{
    SpDrawsEngine *engine = data;
    const SpShockSizes *sizes = &engine->plan->sizes;
    float *apart = engine->scratch[thread].normal;
    gsize n = engine->n_draws;
    for (gsize day = 0; day < engine->n_days; day++) {
        gsize at = market * engine->plane + day * n;
        if (engine->adults != NULL) {
            memcpy(apart, &engine->markets[at], n * sizeof *apart);
            sp_lanes_add(-1, &engine->country[day * n], n, apart);
            follow(n, sizes->market_people, sp_walk_sd(sizes->market, day), apart,
                   &engine->shared->market[at]);
        }
        sp_lanes_exp(&engine->shared->market[at], 0, n, &engine->shared->market[at]);
    }
}

/* Those educated abroad come in the years in which people come. */
static void follow_foreign(SpDrawsEngine *engine)
{
    const SpShockSizes *sizes = &engine->plan->sizes;
    const SpWalk common = {.step = 1, .kept = sizes->foreign.walk.kept};
    float *came = engine->scratch[0].normal;
    gsize n = engine->n_draws;
    for (gsize day = 1; day < engine->n_days; day++) {
        memcpy(came, &engine->country[day * n], n * sizeof *came);
        sp_lanes_add(-1, &engine->country[(day - 1) * n], n, came);
        follow(n, sizes->foreign_people, sp_walk_sd(common, day), came,
               &engine->shared->foreign[day * n]);
    }
}

void sp_draws_follow_people(SpDrawsEngine *engine)
{
    gsize n_markets = engine->plan->supply->n_labour_markets;
    if (engine->adults != NULL) {
        sp_parallel(engine->n_threads, n_markets, sum_market, engine);
        sp_parallel(engine->n_threads, engine->n_days, sum_country, engine);
        follow_foreign(engine);
    }
    sp_parallel(engine->n_threads, n_markets, finish_market, engine);
    if (engine->adults != NULL && engine->plan->capacity_follows) {
        engine->shared->capacity =
            g_memdup2(engine->country, engine->plane * sizeof *engine->country);
    }
}
