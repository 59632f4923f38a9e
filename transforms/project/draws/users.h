/** Draws of the users of services. docs/methods/uncertainty.md#users. */
#ifndef SP_TRANSFORMS_PROJECT_DRAWS_USERS_H
#define SP_TRANSFORMS_PROJECT_DRAWS_USERS_H

#include "transforms/project/draws/results.h"

typedef struct {
    gsize n_kommuner, n_above, n_services, n_days;
    double
        *figures; /* [region][k][t][SP_N_DRAWN_FIGURES] persons; 0 where the service has no users */
    /* [above][k][t][SP_N_DRAWN_FIGURES] årsverk of the service over its users, over the same on the
       base day of the same draw; 0 where the service has no users or no årsverk. */
    double *per_user;
} SpDrawsUsers;

/** Users at work: what kommuner share is drawn, and they come one by one. */
typedef struct SpDrawsUsersWork SpDrawsUsersWork;

/**
 * Users of each service in kommuner and the regions above them: expected users x people of the draw
 * over those expected x the country's drift of use x the kommune's own level (SP_NEED_TODAY alone).
 * The same bytes on any number of threads.
 *
 * Memory until `finish`: n_kommuner planes of n_days n_draws floats for each service with users: 37
 * MB a service for 357 kommuner, 26 days and 1000 draws.
 */
SpDrawsUsersWork *sp_draws_users_new(const SpDrawsPlan *plan, guint n_threads);
/** Users of a kommune from its people [b][t][r], those of plan->people. Each thread works with its
 * own number below n_threads. */
void sp_draws_users_kommune(SpDrawsUsersWork *work, guint thread, gsize kommune,
                            const float people[]);
/** Sums when all kommuner have come, and the figures, which the caller owns; frees the work.
 * `load` [u][k] planes: of each service, what its need is over the expected one. */
SpDrawsUsers *sp_draws_users_finish(SpDrawsUsersWork *work, const float load[]);
void sp_draws_users_free(SpDrawsUsers *users);

/** Figures of one cell, [SP_N_DRAWN_FIGURES]. Borrowed. */
static inline double *sp_drawn_users(const SpDrawsUsers *users, gsize region, gsize service,
                                     gsize day)
{
    gsize cell = (region * users->n_services + service) * users->n_days + day;
    return &users->figures[cell * SP_N_DRAWN_FIGURES];
}

/** Årsverk per user in a region above kommuner, [SP_N_DRAWN_FIGURES]. Borrowed. */
static inline double *sp_drawn_per_user(const SpDrawsUsers *users, gsize above, gsize service,
                                        gsize day)
{
    gsize cell = (above * users->n_services + service) * users->n_days + day;
    return &users->per_user[cell * SP_N_DRAWN_FIGURES];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpDrawsUsers, sp_draws_users_free)

#endif
