/**
 * Parts of the engine and what they hand each other (run.h is its front).
 *
 * One profession at a time: shocks that it has for itself, each kommune's need, what kommuner ask
 * of labour markets and get, then sums above. Between professions only `load` is kept draw by draw,
 * and counts.
 */
#ifndef SP_TRANSFORMS_PROJECT_DRAWS_ENGINE_H
#define SP_TRANSFORMS_PROJECT_DRAWS_ENGINE_H

#include "transforms/project/balance/recruitment.h"
#include "transforms/project/draws/results.h"
#include "transforms/project/draws/shared.h"
#include "transforms/project/draws/users.h"

enum { SP_MOST_NEAR = 12 };

/** Labour markets that give a kommune less than this share of its supply are not followed draw by
 * draw: what they give far away is one market more. */
#define SP_NEAR_SHARE 0.02

/** Need of a kommune by the path, and relative variances of what it has of it for itself. */
typedef struct {
    double need;   /* beside what the law adds to it */
    double change; /* of its staffing and of the profession's share of it since the base, log */
    double count;  /* of a count of the day around the level; 0 where nothing is known of counts */
} SpDrawsExpected;

/** Working memory of one thread. */
typedef struct {
    float *people; /* [b][t][r] */
    float *walk;   /* [n_areas][r], at least one */
    float *normal; /* [r] */
    float *factor; /* [r] */
    float *part;   /* [r] */
    float *sum;    /* [r] */
    float *sorted; /* [r] */
    /* [r] What the kommune has of the profession on the base day over what is told: 1 on the
       average. The figures behind today's need and behind where people work are the same, so what
       they do not tell is the same on both sides, and no shortage comes of it. */
    float *base;
    guint8 *is_short; /* [r] */
    double *sums;     /* [2][r] */
} SpDrawsScratch;

typedef struct {
    const SpDrawsPlan *plan;
    SpDrawsShared *shared;
    SpDrawsResults *results;
    SpDrawsUsersWork *users; /* while people are drawn; NULL if they are not asked for */
    SpDrawsScratch *scratch; /* [n_threads] */
    guint n_threads;
    gsize n_days, n_draws, plane; /* plane = n_days n_draws */
    double *adults;               /* [b] share of 20-49; NULL when nothing follows people */

    /* [u][k] planes: factor on the expected need of a service, of people, of the country's drift
       and of the kommune's own staffing. */
    float *load;

    /* Of the profession at hand. */
    gsize profession;
    /* planes: factors on causes */
    float *staying, *graduates, *foreign, *transfers, *participation;
    float *national;  /* [area] planes: factor on the profession's share in the country */
    float *share;     /* [fylke][area] planes: standard normal, what a fylke has in common */
    double *expected; /* [L][t] municipal årsverk by residence, expected */
    double
        *headcount; /* [L][t] variance of the log of its people: chance of who comes and leaves */
    /* [L] planes: the same in every draw, over what is asked of them: what one who asks as much as
       was expected gets */
    float *markets;
    /* plane: the same of what they give to kommuner that are not near, all together, over what is
       expected */
    float *from_far;
    float *country;          /* plane: people of 20-49 over those expected, less 1 */
    double municipal_share;  /* of the profession's årsverk in all sectors, 0-1 */
    gboolean *is_near;       /* [L][u] the market is followed draw by draw */
    double *given;           /* [u][t] årsverk by workplace, expected */
    double *far;             /* [u][t] of them from markets that are not near */
    SpDrawsExpected *needed; /* [u][t] 0 of a profession without demand, of which the two below have
                                nothing to tell */
    float *need;             /* [u] planes; while people are drawn, those of 20-49 */
    float *nation;           /* plane: need of all kommuner over what is expected */
    /* [r] of all kommuner on the base day over what is told: those who are there when each kommune
       has them as its need is drawn */
    float *placed;
    /* [u] planes; until people are placed, what a kommune asks of its markets over what was
     * expected */
    float *supply;
    float *recruited; /* [u] planes, or NULL */
    guint8 *is_short; /* [u] planes: a relevant shortage */

    /* Over professions. */
    guint8 *is_any_short; /* [u] planes */
    float *largest;       /* [above] planes: the largest shortage so far */
    guint16 *leader;      /* [above] planes: whose it is, 1 + profession; 0 none */
} SpDrawsEngine;

/** load.c: the plane of factors of a kommune's services, from its people, and the users of the
 * services. An item for each kommune. */
void sp_draws_load(guint thread, gsize kommune, gpointer engine);

/** load.c: people of each draw over those expected, weighed by what each band takes; 1 where
 * nothing is expected.
 *
 *   people    [b][t][r]
 *   persons   [b] expected that day
 *   weights   [b]
 *   ratio     [r]
 */
void sp_draws_people_ratio(const SpDrawsPlan *plan, const float people[], const double persons[],
                           const double weights[], gsize day, float ratio[]);

/** follow.c: TRUE when some part of supply follows the people of the draws. */
gboolean sp_draws_follows(const SpDrawsPlan *plan);
/** follow.c: the share [b] of those of 20-49 among the ages of each group of people. */
void sp_draws_find_adults(const SpPersonGroups *groups, double share[]);
/** follow.c: lets shared->market, shared->foreign and, where the plan says so, admissions follow
 * the people that sp_draws_load left in engine->need, if anything does. Their standard deviations
 * stay what they are. */
void sp_draws_follow_people(SpDrawsEngine *engine);

/** labour.c: shocks of the profession at hand. */
void sp_draws_profession_shocks(SpDrawsEngine *engine);
/** headcount.c: engine->headcount of the profession at hand. */
void sp_draws_find_headcount(SpDrawsEngine *engine);
/** headcount.c: factors on a market's people by that chance, mean 1, into engine->markets. An item
 * for each market. */
void sp_draws_headcount(guint thread, gsize market, gpointer engine);
/** need.c: draws of a kommune's need, and what is expected, into engine->need and engine->needed.
 * An item for each kommune. */
void sp_draws_need(guint thread, gsize kommune, gpointer engine);
/** need.c: engine->nation. An item for each day. */
void sp_draws_nation(guint thread, gsize day, gpointer engine);
/** need.c: engine->placed, when places.c has found what is given. */
void sp_draws_count_places(SpDrawsEngine *engine);

/** places.c: what a kommune asks of its labour markets in each draw over what was expected, into
 * engine->supply; which they are, and what they are expected to give. An item for each kommune. */
void sp_draws_place(guint thread, gsize kommune, gpointer engine);
/** places.c: share of a market's supply that works in a kommune, times the balance's factor. */
double sp_draws_work_share(const SpDrawsEngine *engine, gsize market, gsize kommune, gsize day);
/** places.c: share of a profession's årsverk in all sectors that is municipal on the base day, 0-1;
 * 1 where no other sector is known. */
double sp_draws_municipal_share(const SpSupplyPaths *supply, gsize profession);
/** places.c: fills `asked` [n_draws] with what the kommuner near a market ask of it over what is
 * expected, 1 where there are none, and returns the share of the market that they are expected to
 * get. With the number of markets as `market`: of what all give to those that are not near; the
 * result has no meaning then. */
double sp_draws_ask(const SpDrawsEngine *engine, gsize market, gsize day, float asked[]);
/** places.c: divides `there` [n_draws] by what all sectors ask: places of the others are as
 * expected, and people share themselves out by places. */
void sp_draws_share_out(const SpDrawsEngine *engine, const float asked[], float there[]);
/** labour.c: supply of all labour markets on a day, shared out. An item for each day. */
void sp_draws_labour(guint thread, gsize day, gpointer engine);

/** workplace.c: draws of the supply in a kommune, of the profession at hand, into engine->supply,
 * which has what it asks for; chances that nobody is left into the results. */
void sp_draws_workplace(SpDrawsEngine *engine, SpDrawsScratch *scratch, gsize kommune);

/** What is added to the gap of a region and profession, årsverk; 0 where it must not be seen. */
static inline double sp_draws_shortage(const SpDrawsPlan *plan, gsize region, gsize profession)
{
    gboolean is_seen = plan->shortage != NULL && !sp_draws_is_hidden(plan, region, profession);
    return is_seen ? plan->shortage[region * plan->n_professions + profession] : 0;
}

/** TRUE when it is told on a day what the profession at hand must recruit. */
static inline gboolean sp_draws_recruits(const SpDrawsEngine *engine, gsize day)
{
    return engine->recruited != NULL && day > 0 && day <= SP_RECRUITMENT_YEARS &&
           engine->plan->professions[engine->profession].demand != SP_NO_PATH;
}

/** kommune.c: what is told of a kommune's need, supply and gap. An item for each kommune. */
void sp_draws_kommune(guint thread, gsize kommune, gpointer engine);

/** above.c: sums [n] over the members of a region; `first` is the first kommune's of all, each
 * kommune's are so many floats `apart`. */
void sp_draws_sum_members(const SpRegionGroup *region, gsize n, const float first[], gsize apart,
                          double sums[]);
/** above.c: sums over the members of a region on a day. An item for each day and region. */
void sp_draws_above(guint thread, gsize item, gpointer engine);
/** above.c: shares of the largest and counts over professions, when all are done. An item for each
 * day and region. */
void sp_draws_above_all(guint thread, gsize item, gpointer engine);

/** kommune.c: figures of need, supply and gap of one region and day, both [n_draws]; NULL where
 * there is no path. `is_short` [n_draws] is filled when there are both. */
void sp_draws_tell(SpDrawsEngine *engine, SpDrawsScratch *scratch, const SpDrawsSight *sight,
                   guint8 is_short[]);

#endif
