/** The draws of personnel: a plan in, figures out. docs/methods/uncertainty.md. */
#ifndef SP_TRANSFORMS_PROJECT_DRAWS_RUN_H
#define SP_TRANSFORMS_PROJECT_DRAWS_RUN_H

#include "transforms/project/draws/users.h"

/**
 * Draws everything in a plan. The figures are the same bytes on any number of threads, and those of
 * a kommune do not depend on which others there are beyond what they give each other: labour
 * markets and fylker.
 *
 *   plan       one that sp_draws_check accepts
 *   n_threads  at least 1
 *   users      NULL, or filled with the users of services, whose people are those of the need: each
 *              kommune's are drawn once; sp_draws_users_free
 *
 * Memory: n_kommuner (n_services + 3) + 2 (n_labour_markets + n_regions + n_fylker n_areas) planes
 * of n_days n_draws floats (and n_kommuner more where recruitment is counted), and half a plane a
 * kommune of bytes; users.h tells of theirs. 550 MB for 357 kommuner, 10 services, 26 days and 1000
 * draws, and 900 with users, tables and all: in proportion to the draws.
 */
SpDrawsResults *sp_draws_run(const SpDrawsPlan *plan, guint n_threads, SpDrawsUsers **users);

#endif
