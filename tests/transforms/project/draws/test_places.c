/* Kommuner of a labour market share its people with each other, and with who else employs them. */
#include "made_up.h"

enum { N_DRAWS = 4000, N_DAYS = 6, LAST = N_DAYS - 1 };

static const double told =
    0.05; /* what a kommune's staff is told to change by, log, root of years */

/* Markets without anyone who moves; what varies is what kommuner need. */
static void init(MadeUp *of, Kept *kept, gsize n_kommuner, gsize n_markets)
{
    made_up_init(of, (MadeUpSize){n_kommuner, 1, 1, 1, n_markets, 1, N_DAYS, N_DRAWS});
    for (gsize i = 0; i < n_kommuner * N_DAYS; i++) {
        of->demand.staff_sd[i] = told * sqrt((double)(i % N_DAYS));
    }
    kept_init(kept, of);
}

/* One kommune is so large that the country's need is its own, and its own does not vary: what the
 * country has more of nobody gets by asking, and these ask beside it. In a market of its own. */
static void make_large(MadeUp *of, gsize kommune, gsize market)
{
    double *need = (double *)(gpointer)sp_demand_need(&of->demand, SP_NEED_TODAY, kommune, 0, 0);
    for (gsize day = 0; day < N_DAYS; day++) {
        need[day] *= 1e6;
        of->demand.staff_sd[kommune * N_DAYS + day] = 0;
    }
    for (gsize i = 0; i < of->size.n_markets; i++) {
        memset(sp_supply_work(&of->supply, 0, i), 0, of->size.n_kommuner * sizeof(double));
    }
    sp_supply_work(&of->supply, 0, market)[kommune] = 1;
}

static const float *supply_of(const Kept *kept, gsize kommune)
{
    return kept_at(kept, 1, kommune, 0, LAST);
}

/* A market of 50 that lose 3 % a year, get 2 of graduates and half an årsverk from abroad. */
static double path_of_market(void)
{
    return 50 * pow(0.97, LAST) + 2.5 * LAST;
}

static double mean_of(const float draws[])
{
    double sum = 0;
    for (gsize i = 0; i < N_DRAWS; i++) {
        sum += (double)draws[i] / N_DRAWS;
    }
    return sum;
}

/* Equal kommuner with nobody else to take from: each gets a1 / (a1 + a2), so the log of one over
 * the other is the difference of what they ask, twice what they are told to get. Neither gets what
 * it needs. */
static void two_kommuner_share_the_people_of_their_market(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    float ratio[N_DRAWS];
    init(&of, &kept, 2, 1);
    sp_draws_results_free(made_up_run(&of, 2));
    const float *first = supply_of(&kept, 0), *second = supply_of(&kept, 1);
    for (gsize i = 0; i < N_DRAWS; i++) {
        assert_near((double)first[i] + (double)second[i], path_of_market(), 1e-4);
        ratio[i] = first[i] / second[i];
    }
    double sd = sqrt(2) * 2 * told * sqrt(LAST);
    assert_near(log_sd(N_DRAWS, ratio), sd, sd_error(sd, N_DRAWS));
    assert_near(mean_of(first) / path_of_market(), 0.5, 4 * sd / 4 / sqrt(N_DRAWS));
    kept_clear(&kept);
    made_up_clear(&of);
}

/* Whoever has all of a market can take from nobody. */
static void alone_in_its_market_a_kommune_has_what_the_market_has(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    init(&of, &kept, 1, 1);
    sp_draws_results_free(made_up_run(&of, 2));
    for (gsize i = 0; i < N_DRAWS; i++) {
        assert_near((double)supply_of(&kept, 0)[i], path_of_market(), 1e-4);
    }
    kept_clear(&kept);
    made_up_clear(&of);
}

/* Where 40 % work elsewhere and their places are as they were a kommune that asks for a times as
 * much gets a / (.6 a + .4) of what was expected: it asks for so much that it gets what its staff
 * is told to change by, in each draw. */
static void other_sectors_give_what_a_kommune_needs(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    float got[N_DRAWS];
    init(&of, &kept, 2, 2);
    make_large(&of, 1, 1);
    sp_supply_work(&of.supply, 0, 0)[0] = 1;
    memset(sp_supply_at(&of.supply, of.supply.aarsverk, 0, 0, SP_CAUSE_MOVES), 0,
           N_DAYS * sizeof(double));
    made_up_others(&of, 0.6);
    sp_draws_results_free(made_up_run(&of, 2));
    const float *need = kept_at(&kept, 0, 0, 0, LAST);
    for (gsize i = 0; i < N_DRAWS; i++) {
        got[i] = (float)((double)supply_of(&kept, 0)[i] / path_of_market());
        assert_in_range((guint)(1000 * got[i]), 1, 1666); /* all who have the education: 1 / .6 */
        assert_near((double)got[i], (double)need[i] / (10 * pow(1.02, LAST)), 1e-4);
    }
    double sd = told * sqrt(LAST);
    assert_near(log_sd(N_DRAWS, got), sd, sd_error(sd, N_DRAWS));
    assert_near(mean_of(got), 1, 4 * sd / sqrt(N_DRAWS));
    kept_clear(&kept);
    made_up_clear(&of);
}

/* All kommuner need more in a future, as people are more in all of them or as staffing goes: all
 * ask, and so do hospitals; nobody comes of it, and who has more than the others has their
 * people. */
static void what_all_ask_for_nobody_gets(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    init(&of, &kept, 2, 2);
    for (gsize market = 0; market < 2; market++) {
        sp_supply_work(&of.supply, 0, market)[market] = 1;
        sp_supply_work(&of.supply, 0, market)[1 - market] = 0;
        memset(sp_supply_at(&of.supply, of.supply.aarsverk, market, 0, SP_CAUSE_MOVES), 0,
               N_DAYS * sizeof(double));
    }
    made_up_others(&of, 0.6);
    of.demand.need_drift[0] = made_up_drift(0.02, 0.02);
    sp_draws_results_free(made_up_run(&of, 2));
    const float *needs[] = {kept_at(&kept, 0, 0, 0, LAST), kept_at(&kept, 0, 1, 0, LAST)};
    for (gsize i = 0; i < N_DRAWS; i++) {
        double grown[2], all = 0;
        for (gsize u = 0; u < 2; u++) {
            grown[u] = (double)needs[u][i] / ((10 + (double)u) * pow(1.02, LAST));
            all += (10 + (double)u) / 21 * grown[u];
        }
        for (gsize u = 0; u < 2; u++) {
            double got = (double)supply_of(&kept, u)[i] / path_of_market();
            assert_near(got, grown[u] / all, 1e-4);
        }
    }
    kept_clear(&kept);
    made_up_clear(&of);
}

/* One large and nine small, and half work elsewhere: each has the spread it is told, the ten
 * together less than independent ones, whose variances would add up. */
static void a_market_varies_less_than_its_kommuner_apart(void **state)
{
    (void)state;
    enum { TEN = 10 };
    MadeUp of;
    Kept kept;
    init(&of, &kept, TEN, 1);
    made_up_others(&of, 0.5);
    double *work = sp_supply_work(&of.supply, 0, 0), apart = 0, answered = 0,
           sd = told * sqrt(LAST);
    for (gsize u = 0; u < TEN; u++) {
        double share = work[u] = u == 0 ? 0.55 : 0.05;
        double asked = share * sd / (1 - 0.5 * share);
        apart += share * share * sd * sd;
        answered += 0.5 * 0.5 * asked * asked;
    }
    sp_draws_results_free(made_up_run(&of, 2));
    for (gsize u = 0; u < TEN; u++) {
        assert_near(mean_of(supply_of(&kept, u)) / path_of_market() / work[u], 1,
                    0.004 + 4 * sd / sqrt(N_DRAWS));
    }
    /* A small one sees what the large one takes, beside its own. */
    double large = 0.5 * 0.55 * sd / (1 - 0.5 * 0.55);
    assert_near(log_sd(N_DRAWS, supply_of(&kept, 0)), sd, 0.05 * sd + sd_error(sd, N_DRAWS));
    assert_near(log_sd(N_DRAWS, supply_of(&kept, 1)), hypot(sd, large),
                0.05 * sd + sd_error(sd, N_DRAWS));
    double all = log_sd(N_DRAWS, kept_at(&kept, 1, TEN + 1, 0, LAST));
    assert_near(all, sqrt(answered), 0.05 * sd + sd_error(sqrt(answered), N_DRAWS));
    assert_true(all < 0.75 * sqrt(apart));
    kept_clear(&kept);
    made_up_clear(&of);
}

/* Half of a kommune's staff come from the other market: what one asks for is taken from both, and
 * every market has as many as before. */
static void those_who_commute_are_shared_with_both_markets(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    init(&of, &kept, 4, 3);
    make_large(&of, 3, 2);
    static const double work[2][3] = {{0.7, 0.3, 0}, {0, 0.3, 0.7}};
    for (gsize market = 0; market < 2; market++) {
        memcpy(sp_supply_work(&of.supply, 0, market), work[market], sizeof work[market]);
        memset(sp_supply_at(&of.supply, of.supply.aarsverk, market, 0, SP_CAUSE_MOVES), 0,
               N_DAYS * sizeof(double));
    }
    memset(of.demand.staff_sd, 0, N_DAYS * sizeof(double)); /* the second alone asks */
    memset(&of.demand.staff_sd[(gsize)2 * N_DAYS], 0, N_DAYS * sizeof(double));
    sp_draws_results_free(made_up_run(&of, 2));
    for (gsize i = 0; i < N_DRAWS; i++) {
        double first = (double)supply_of(&kept, 0)[i], third = (double)supply_of(&kept, 2)[i];
        assert_near(first, third, 1e-4);
        assert_near(first + third + (double)supply_of(&kept, 1)[i], 2 * path_of_market(), 1e-4);
    }
    double sd = told * sqrt(LAST);
    assert_near(log_sd(N_DRAWS, supply_of(&kept, 1)), sd, 0.05 * sd + sd_error(sd, N_DRAWS));
    kept_clear(&kept);
    made_up_clear(&of);
}

/* A hundredth of the staff of a large market goes to each of the others: too little to be followed
 * draw by draw, and yet nobody is made of it. */
static void those_who_go_far_are_as_many_as_they_are(void **state)
{
    (void)state;
    enum { FOUR = 4 };
    MadeUp of;
    Kept kept;
    init(&of, &kept, FOUR, FOUR);
    for (gsize i = 0; i < (gsize)FOUR * FOUR; i++) {
        sp_supply_work(&of.supply, 0, i / FOUR)[i % FOUR] = i / FOUR == i % FOUR ? 0.97 : 0.01;
    }
    of.plan.sizes.market = (SpWalk){0.05, 1};
    of.plan.sizes.kommune.step = 0.05;
    sp_draws_results_free(made_up_run(&of, 2));
    const float *country = kept_at(&kept, 1, FOUR + 1, 0, LAST);
    for (gsize i = 0; i < N_DRAWS; i++) {
        assert_near((double)country[i], FOUR * path_of_market(), 1e-3);
    }
    assert_true(log_sd(N_DRAWS, supply_of(&kept, 0)) > 0.05);
    kept_clear(&kept);
    made_up_clear(&of);
}

/* However much they ask for. */
static void nobody_is_left_with_less_than_nobody(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    init(&of, &kept, 3, 1);
    for (gsize i = 0; i < (gsize)3 * N_DAYS; i++) {
        of.demand.staff_sd[i] = (double)(i % N_DAYS);
    }
    sp_draws_results_free(made_up_run(&of, 2));
    for (gsize i = 0; i < N_DRAWS; i++) {
        double sum = 0;
        for (gsize u = 0; u < 3; u++) {
            assert_true(isfinite(supply_of(&kept, u)[i]) && supply_of(&kept, u)[i] >= 0.0F);
            sum += (double)supply_of(&kept, u)[i];
        }
        assert_near(sum, path_of_market(), 1e-3);
    }
    kept_clear(&kept);
    made_up_clear(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_kommuner_share_the_people_of_their_market),
        cmocka_unit_test(alone_in_its_market_a_kommune_has_what_the_market_has),
        cmocka_unit_test(other_sectors_give_what_a_kommune_needs),
        cmocka_unit_test(what_all_ask_for_nobody_gets),
        cmocka_unit_test(a_market_varies_less_than_its_kommuner_apart),
        cmocka_unit_test(those_who_commute_are_shared_with_both_markets),
        cmocka_unit_test(those_who_go_far_are_as_many_as_they_are),
        cmocka_unit_test(nobody_is_left_with_less_than_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
