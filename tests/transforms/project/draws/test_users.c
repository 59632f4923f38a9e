/* Users of services in draws. */
#include "made_up.h"

#include "transforms/project/draws/lanes.h"
#include "transforms/project/draws/users.h"

enum { N_DRAWS = 4000, N_DAYS = 4, LAST = N_DAYS - 1, N_KOMMUNER = 6, COUNTRY = N_KOMMUNER + 2 };

static const MadeUpSize small = {N_KOMMUNER, 2, 1, 1, 1, 2, N_DAYS, N_DRAWS};

/* Kommune u has 40 + u users of each service. */
static void without_shocks_users_are_the_path(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, small);
    of.demand.has_users[1] = FALSE;
    g_autoptr(SpDrawsUsers) users = users_of(&of, 2);
    for (gsize i = 0; i < SP_N_DRAWN_FIGURES; i++) {
        assert_near(sp_drawn_users(users, 3, 0, LAST)[i], 43, 1e-4);
        assert_near(sp_drawn_users(users, COUNTRY, 0, LAST)[i], 6 * 40 + 15, 1e-3);
        assert_near(sp_drawn_users(users, COUNTRY, 1, LAST)[i], 0, 0);
    }
    made_up_clear(&of);
}

/* Drift h slope and the root of h steps; the local level has mean 1. */
static void users_spread_by_drift_and_local_level(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, small);
    of.demand.use_drift[0] = made_up_drift(0.01, 0.02);
    for (gsize day = 0; day < N_DAYS; day++) {
        of.demand.use_sd[day] = 0.1; /* of the first kommune and service */
    }
    of.plan.sizes.fylke_shared = 0.5;
    g_autoptr(SpDrawsUsers) users = users_of(&of, 1);
    double national = sqrt(9 * 1e-4 + 3 * 4e-4), all = hypot(national, 0.1), z = 1.6448536269514722;
    const double *first = sp_drawn_users(users, 0, 0, LAST);
    const double *second = sp_drawn_users(users, 1, 0, LAST);
    assert_near(log(first[6] / 40) + 0.1 * 0.1 / 2, z * all, quantile_error(all, 0.95, z, N_DRAWS));
    assert_near(log(second[6] / 41), z * national, quantile_error(national, 0.95, z, N_DRAWS));
    made_up_clear(&of);
}

/* Users and årsverk that move by a slope and steps of the same sizes, with a correlation: årsverk
 * per user varies by what the difference of two such does, and neither of the two by another
 * size. */
static void assert_per_user(double correlation)
{
    MadeUp of;
    made_up_init(&of, small);
    of.demand.use_drift[0] = of.demand.need_drift[0] = made_up_drift(0.01, 0.02);
    of.demand.use_with_need[0] = correlation;
    of.plan.sizes.areas_shared = 0.5;
    g_autoptr(SpDrawsUsers) users = users_of(&of, 1);
    double one = sqrt(9 * 1e-4 + 3 * 4e-4), z = 1.6448536269514722;
    double both = one * sqrt(2 - 2 * correlation);
    /* Need grows by 2 % a year on its path, users do not. */
    const double *per_user = sp_drawn_per_user(users, COUNTRY - N_KOMMUNER, 0, LAST);
    assert_near(log(per_user[6] / pow(1.02, LAST)), z * both,
                quantile_error(both, 0.95, z, N_DRAWS));
    assert_near(log(sp_drawn_users(users, COUNTRY, 0, LAST)[6] / (6 * 40 + 15)), z * one,
                quantile_error(one, 0.95, z, N_DRAWS));
    const double *base = sp_drawn_per_user(users, COUNTRY - N_KOMMUNER, 0, 0);
    assert_near(base[0], 1, 0);
    assert_near(base[6], 1, 0);
    made_up_clear(&of);
}

static void aarsverk_per_user_varies_by_how_the_two_move_together(void **state)
{
    (void)state;
    assert_per_user(-0.8);
    assert_per_user(0);
    assert_per_user(0.8);
}

/* Users follow the need's shocks, and not the other way. */
static void need_is_the_same_whatever_users_follow(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, small);
    made_up_shake(&of);
    g_autoptr(SpDrawsResults) apart = made_up_run(&of, 1);
    of.demand.use_with_need[0] = of.demand.use_with_need[1] = -0.8;
    SpDrawsUsers *users = NULL;
    g_autoptr(SpDrawsResults) together = sp_draws_run(&of.plan, 1, &users);
    sp_draws_users_free(users);
    gsize n = (gsize)(N_KOMMUNER + 3) * N_DAYS * SP_N_DRAWN * SP_N_DRAWN_FIGURES;
    assert_memory_equal(apart->figures, together->figures, n * sizeof(double));
    made_up_clear(&of);
}

static void half_of_the_first_band(gpointer data, guint thread, gsize kommune, float persons[])
{
    const MadeUp *of = data;
    made_up_people(data, thread, kommune, persons);
    sp_lanes_scale(0.5F, of->size.n_days * of->size.n_draws, persons);
}

static void users_follow_people_by_their_use(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, small);
    of.plan.people = half_of_the_first_band;
    g_autoptr(SpDrawsUsers) users = users_of(&of, 1);
    double first = 1000 * 0.1, second = 1100 * 0.4;
    assert_near(sp_drawn_users(users, 0, 1, LAST)[3], 40 * (first / 2 + second) / (first + second),
                1e-4);
    made_up_clear(&of);
}

static void threads_do_not_tell(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, small);
    made_up_shake(&of);
    of.demand.use_drift[0] = of.demand.use_drift[1] = made_up_drift(0, 0.02);
    g_autoptr(SpDrawsUsers) one = users_of(&of, 1);
    g_autoptr(SpDrawsUsers) three = users_of(&of, 3);
    gsize n = (gsize)(N_KOMMUNER + 3) * 2 * N_DAYS * SP_N_DRAWN_FIGURES;
    assert_memory_equal(one->figures, three->figures, n * sizeof(double));
    gsize n_above = (gsize)3 * 2 * N_DAYS * SP_N_DRAWN_FIGURES;
    assert_memory_equal(one->per_user, three->per_user, n_above * sizeof(double));
    made_up_clear(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_shocks_users_are_the_path),
        cmocka_unit_test(users_spread_by_drift_and_local_level),
        cmocka_unit_test(aarsverk_per_user_varies_by_how_the_two_move_together),
        cmocka_unit_test(need_is_the_same_whatever_users_follow),
        cmocka_unit_test(users_follow_people_by_their_use),
        cmocka_unit_test(threads_do_not_tell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
