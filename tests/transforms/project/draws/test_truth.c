/* Plans whose results are known in closed form. */
#include "made_up.h"

#include "core/normal.h"

enum { N_DRAWS = 4000, N_DAYS = 6, LAST = N_DAYS - 1 };

/* One kommune with one of everything. */
static const MadeUpSize one = {1, 1, 1, 1, 1, 1, N_DAYS, N_DRAWS};

/* Of the standard normal distribution, at sp_quantile_shares. */
static const double z[SP_N_QUANTILES] = {
    -1.6448536269514722, -1.2815515655446004, -0.6744897501960817, 0,
    0.6744897501960817,  1.2815515655446004,  1.6448536269514722};

static SpDrawsResults *run(const MadeUp *of)
{
    g_autoptr(GError) error = NULL;
    (void)sp_draws_check(&of->plan, &error);
    assert_no_error(error);
    return sp_draws_run(&of->plan, 1, NULL);
}

/* Quantiles of median exp(sd z), to the error that so many draws have. */
static void assert_lognormal(const double figures[], double median, double sd)
{
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        assert_near(log(figures[i] / median), sd * z[i],
                    quantile_error(sd, sp_quantile_shares[i], z[i], N_DRAWS));
    }
}

static void without_shocks_every_draw_is_the_path(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, (MadeUpSize){7, 3, 2, 2, 2, 2, N_DAYS, 16});
    g_autoptr(SpDrawsResults) results = run(&of);
    for (gsize u = 0; u < 7; u++) {
        for (gsize g = 0; g < 2; g++) {
            double need = 0, supply = 0;
            for (gsize k = 0; k < 3; k++) {
                need += sp_demand_need(&of.demand, SP_NEED_TODAY, u, k, g)[LAST];
            }
            for (gsize market = 0; market < 2; market++) {
                for (int cause = 0; cause < SP_N_CAUSES; cause++) {
                    supply += sp_supply_work(&of.supply, g, market)[u] *
                              sp_supply_at(&of.supply, of.supply.aarsverk, market, g,
                                           (SpSupplyCause)cause)[LAST];
                }
            }
            for (gsize i = 0; i < SP_N_DRAWN_FIGURES; i++) {
                assert_near(sp_drawn(results, u, g, LAST, SP_DRAWN_NEED)[i], need, 1e-5 * need);
                assert_near(sp_drawn(results, u, g, LAST, SP_DRAWN_SUPPLY)[i], supply,
                            1e-5 * supply);
                assert_near(sp_drawn(results, u, g, LAST, SP_DRAWN_GAP)[i], need - supply,
                            1e-5 * (need + supply));
            }
        }
    }
    made_up_clear(&of);
}

/* After h years the log of need has variance (slope h)^2 + step^2 h, whatever the areas share. */
static void drift_has_the_variance_of_slope_and_steps(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    of.demand.need_drift[0] = made_up_drift(0.015, 0.02);
    of.plan.sizes.areas_shared = 0.4;
    g_autoptr(SpDrawsResults) results = run(&of);
    double h = LAST, path = 10 * pow(1.02, h);
    double sd = sqrt(0.015 * 0.015 * h * h + 0.02 * 0.02 * h);
    assert_lognormal(sp_drawn(results, 0, 0, LAST, SP_DRAWN_NEED), path, sd);
    assert_near(sp_drawn(results, 0, 0, 0, SP_DRAWN_NEED)[0], 10, 1e-5);
    made_up_clear(&of);
}

/* P(log need <= q) when the slope has standard deviation .2 and its damping is evenly between 0 and 1:
 * two years had gone since the newest figure, so the slope begins at damping's cube. */
static double damped_below(double q)
{
    enum { N = 2000 };
    double sum = 0;
    for (int i = 0; i < N; i++) {
        double d = (i + 0.5) / N, years = 0;
        for (int year = 3; year < 3 + LAST; year++) {
            years += pow(d, year);
        }
        sum += 0.5 * erfc(-q / (0.2 * years) / sqrt(2));
    }
    return sum / N;
}

/* A damping of .5 is known no better than between 0 and 1. */
static void damped_drift_spreads_as_its_damping_is_known(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    of.demand.need_drift[0] = (SpDrift){.variance = 0.2 * 0.2, .damping = 0.5, .lag = 2};
    g_autoptr(SpDrawsResults) results = run(&of);
    const double *figures = sp_drawn(results, 0, 0, LAST, SP_DRAWN_NEED);
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        double share = sp_quantile_shares[i];
        double error = sqrt(share * (1 - share) / (double)one.n_draws);
        assert_near(damped_below(log(figures[i] / (10 * pow(1.02, LAST)))), share, 4 * error);
    }
    made_up_clear(&of);
}

/* The profession's share in the country moves beside the area's årsverk. */
static void national_share_has_a_drift_of_its_own(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    of.demand.need_drift[0] = made_up_drift(0, 0.02);
    of.demand.share_drift[0] = made_up_drift(0.01, 0.03);
    g_autoptr(SpDrawsResults) results = run(&of);
    double h = LAST, sd = sqrt((0.02 * 0.02 + 0.03 * 0.03) * h + 0.01 * 0.01 * h * h);
    assert_lognormal(sp_drawn(results, 0, 0, LAST, SP_DRAWN_NEED), 10 * pow(1.02, h), sd);
    made_up_clear(&of);
}

/* What the path tells of a kommune's own level is all its spread: the walk that its professions share
 * is within it, not beside it. Nobody tells what is needed. */
static void supply_of_a_kommune_spreads_as_the_path_tells(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    of.professions[0].demand = SP_NO_PATH;
    made_up_others(&of, 1e-6); /* whom it takes people from is never seen (places) */
    g_autoptr(SpDrawsResults) still = run(&of);
    for (gsize day = 0; day < N_DAYS; day++) {
        of.supply.place_sd[day] = 0.05 + 0.02 * (double)day;
    }
    of.plan.sizes.kommune.step = 0.03;
    g_autoptr(SpDrawsResults) results = run(&of);
    for (gsize day = 0; day < N_DAYS; day += LAST) {
        double path = sp_drawn(still, 0, 0, day, SP_DRAWN_SUPPLY)[SP_DRAWN_MEAN];
        double sd = of.supply.place_sd[day];
        assert_lognormal(sp_drawn(results, 0, 0, day, SP_DRAWN_SUPPLY), path * exp(-sd * sd / 2),
                         sd);
    }
    made_up_clear(&of);
}

/* Where there is a need, what is not known of the base is the need's, on both sides; the changes since
 * are each side's own. The gap of equal sides has the sd of what went apart. */
static void what_is_not_known_of_the_base_is_common_to_both_sides(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    for (gsize cause = 0; cause < SP_N_CAUSES; cause++) {
        for (gsize day = 0; day < N_DAYS; day++) {
            sp_supply_at(&of.supply, of.supply.aarsverk, 0, 0, (SpSupplyCause)cause)[day] =
                cause == SP_CAUSE_BASE ? 10 * pow(1.02, (double)day) : 0;
        }
    }
    made_up_others(&of, 1e-6);
    double at_base = hypot(0.08, 0.06), changed = 0.05, apart = 0.04;
    for (gsize day = 0; day < N_DAYS; day++) {
        double share = (double)day / LAST;
        of.demand.staff_sd[day] = hypot(0.08, changed * sqrt(share));
        of.demand.share_sd[day] = 0.06;
        of.supply.place_sd[day] = hypot(0.07, apart * sqrt(share));
    }
    g_autoptr(SpDrawsResults) results = run(&of);
    double path = 10 * pow(1.02, LAST), need = hypot(at_base, changed);
    double supply = hypot(at_base, apart);
    assert_lognormal(sp_drawn(results, 0, 0, 0, SP_DRAWN_NEED), 10 * exp(-at_base * at_base / 2),
                     at_base);
    assert_lognormal(sp_drawn(results, 0, 0, 0, SP_DRAWN_SUPPLY), 10 * exp(-at_base * at_base / 2),
                     at_base);
    assert_lognormal(sp_drawn(results, 0, 0, LAST, SP_DRAWN_NEED), path * exp(-need * need / 2),
                     need);
    assert_lognormal(sp_drawn(results, 0, 0, LAST, SP_DRAWN_SUPPLY),
                     path * exp(-supply * supply / 2), supply);
    const double *gap = sp_drawn(results, 0, 0, 0, SP_DRAWN_GAP);
    assert_near(gap[0], 0, 1e-4);
    assert_near(gap[SP_N_QUANTILES - 1], 0, 1e-4);
    gap = sp_drawn(results, 0, 0, LAST, SP_DRAWN_GAP);
    double sd = path * hypot(changed, apart);
    assert_near((gap[5] - gap[1]) / (z[5] - z[1]), sd, 0.06 * sd);
    made_up_clear(&of);
}

/* The rate of the country and that of the kommune are known to an error each. */
static void recruitment_spreads_as_the_exit_rate_is_known(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    double rate = 0.1, national = 0.15, local = 0.2, sd = hypot(national, local), left = 0;
    SpDrawsExits exits = {.rate = &rate, .local_sd = &local, .national_sd = &national};
    of.plan.exits = &exits;
    g_autoptr(SpDrawsResults) results = run(&of);
    const double *figures = sp_drawn(results, 0, 0, LAST, SP_DRAWN_RECRUITED);
    for (int year = 0; year < LAST; year++) {
        left += 0.1 * 10 * pow(1.02, year);
    }
    double growth = 10 * (pow(1.02, LAST) - 1);
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        assert_near(log((figures[i] - growth) / left), sd * z[i] - sd * sd / 2,
                    quantile_error(sd, sp_quantile_shares[i], z[i], N_DRAWS));
    }
    made_up_clear(&of);
}

/* A growth of .02 that the model did not explain in four intervals, believed by precision: steps of .02
 * make its variance .0001, as much as is assumed, so half of it is believed and half the variance
 * left. */
static void growth_that_is_not_explained_widens_supply(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    g_autoptr(SpDrawsResults) still = run(&of);
    double path = sp_drawn(still, 0, 0, LAST, SP_DRAWN_SUPPLY)[SP_DRAWN_MEAN];
    of.supply.unexplained[0] = 0.02;
    of.supply.n_seen = 4;
    of.plan.sizes.growth_sd = 0.01;
    of.plan.sizes.growth_damping = 1;
    of.plan.sizes.participation.walk = (SpWalk){.step = 0.02, .kept = 1};
    g_autoptr(SpDrawsResults) results = run(&of);
    double h = LAST, slope = 0.01 * 0.01 + 0.00005;
    assert_lognormal(sp_drawn(results, 0, 0, LAST, SP_DRAWN_SUPPLY), path,
                     sqrt(slope * h * h + 0.02 * 0.02 * h));
    made_up_clear(&of);
}

/* Where no table tells how many come, what the stock's growth varied by is theirs: growth of 2, 4, 2, 4 and
 * 3 % has squares of .0004 around its mean; a twentieth of the persons come in a year, and 10 % of
 * those is assumed. Nothing is kept, so that five years are five. */
static void newcomers_that_no_table_tells_of_vary_as_the_stock_did(void **state)
{
    (void)state;
    static const double growth[MADE_UP_SEEN] = {0.02, 0.04, 0.02, 0.04, 0.03};
    MadeUp of;
    made_up_init(&of, one);
    of.plan.sizes.graduates = (SpSharedWalk){{1, 0}, 0.5};
    of.supply.n_seen = MADE_UP_SEEN;
    memcpy(of.supply.growth, growth, sizeof growth);
    of.supply.ageing_persons[0] = 20 * of.supply.inflow[(gsize)SP_CAUSE_GRADUATES * N_DAYS + 1];
    of.supply.graduates_sd[0] = 0.1;
    of.supply.is_from_stock[0] = TRUE;
    g_autoptr(SpDrawsResults) seen = run(&of);
    of.supply.is_from_stock[0] = FALSE;
    g_autoptr(SpDrawsResults) assumed = run(&of);
    of.supply.graduates_sd[0] = 20 * sqrt((2 * 0.005 * 0.005 + 0.0004) / 6);
    g_autoptr(SpDrawsResults) told = run(&of);
    const double *of_seen = sp_drawn(seen, 0, 0, LAST, SP_DRAWN_SUPPLY);
    const double *of_told = sp_drawn(told, 0, 0, LAST, SP_DRAWN_SUPPLY);
    const double *of_assumed = sp_drawn(assumed, 0, 0, LAST, SP_DRAWN_SUPPLY);
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        assert_near(of_seen[i], of_told[i], 1e-6 * of_told[i]);
    }
    assert_true(of_seen[6] - of_seen[0] > 1.3 * (of_assumed[6] - of_assumed[0]));
    made_up_clear(&of);
}

/* Thirty årsverk have come from the first profession to the second: what the one gets more of in a draw,
 * the other gives. Nothing else moves, so both spread by the mean of the years' shocks. */
static void who_changes_profession_is_drawn_once_for_both(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, (MadeUpSize){1, 1, 1, 2, 1, 1, N_DAYS, N_DRAWS});
    double came[N_DAYS] = {0, 6, 6, 6, 6, 6};
    SpSupplyTransfer way = {.to = 1, .from = 0, .sd = 0.2, .came = came};
    of.supply.transfers = &way;
    of.supply.n_transfers = 1;
    of.plan.sizes.graduates = (SpSharedWalk){{1, 0}, 0};
    for (gsize day = 0; day < N_DAYS; day++) {
        sp_supply_at(&of.supply, of.supply.aarsverk, 0, 0, SP_CAUSE_TRANSFERS)[day] =
            -6 * (double)day;
        sp_supply_at(&of.supply, of.supply.aarsverk, 0, 1, SP_CAUSE_TRANSFERS)[day] =
            6 * (double)day;
    }
    g_autoptr(SpDrawsResults) drawn = run(&of);
    way.sd = 0;
    g_autoptr(SpDrawsResults) path = run(&of);
    const double *gives = sp_drawn(drawn, 0, 0, LAST, SP_DRAWN_SUPPLY);
    const double *gets = sp_drawn(drawn, 0, 1, LAST, SP_DRAWN_SUPPLY);
    double given = sp_drawn(path, 0, 0, LAST, SP_DRAWN_SUPPLY)[3];
    double got = sp_drawn(path, 0, 1, LAST, SP_DRAWN_SUPPLY)[3];
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        assert_near(got - gets[i], gives[SP_N_QUANTILES - 1 - i] - given, 1e-3);
    }
    /* Five years of 6 with a lognormal spread of a fifth each. */
    double year = 6 * sqrt((exp(0.04) - 1) * exp(0.04));
    assert_near((gets[6] - gets[0]) / (z[6] - z[0]), year * sqrt(5), 0.1);
    made_up_clear(&of);
}

/* Local levels: staff and share are independent, and the mean of each is 1, so the median is
 * exp(-variance / 2). */
static void local_levels_have_mean_one_and_the_paths_sd(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    static const double staff[] = {0.1, 0.05, 0.2, 0.2, 0.1, 0.3};
    for (gsize day = 0; day < N_DAYS; day++) {
        of.demand.staff_sd[day] = staff[day];
        of.demand.share_sd[day] = 0.1 + 0.02 * (double)day;
    }
    of.plan.sizes.fylke_shared = 0.3;
    g_autoptr(SpDrawsResults) results = run(&of);
    for (gsize day = 0; day < N_DAYS; day++) {
        double share = 0.1 + 0.02 * (double)day;
        double variance = staff[day] * staff[day] + share * share;
        double path = 10 * pow(1.02, (double)day), sd = sqrt(variance);
        const double *figures = sp_drawn(results, 0, 0, day, SP_DRAWN_NEED);
        assert_lognormal(figures, path * exp(-variance / 2), sd);
        assert_near(figures[SP_DRAWN_MEAN] / path, 1, 4 * sqrt((exp(variance) - 1) / N_DRAWS));
    }
    made_up_clear(&of);
}

/* A count of variance .04 beside a level that is known: ten årsverk, give or take two, skewed as counts
 * are; the root is normal. The gap and "likt behov" are about the level. */
static void need_of_a_kommune_holds_the_chance_of_a_count(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    g_autoptr(SpDrawsResults) still = run(&of);
    of.demand.count_variance[0] = 0.04;
    g_autoptr(SpDrawsResults) counted = run(&of);
    double path = 10 * pow(1.02, LAST), quarter = path * 0.04 / 4;
    const double *figures = sp_drawn(counted, 0, 0, LAST, SP_DRAWN_NEED);
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        double root = sqrt(path - quarter) + sqrt(quarter) * z[i];
        double error = quantile_error(sqrt(quarter), sp_quantile_shares[i], z[i], N_DRAWS);
        assert_near(sqrt(figures[i]), root, error);
        assert_near(sp_drawn(counted, 0, 0, LAST, SP_DRAWN_GAP)[i],
                    sp_drawn(still, 0, 0, LAST, SP_DRAWN_GAP)[i], 0);
        assert_near(sp_drawn(counted, 0, 0, 0, SP_DRAWN_NEED)[i], 10, 1e-5);
        assert_near(sp_drawn(counted, 1, 0, LAST, SP_DRAWN_NEED)[i], path, 1e-4);
    }
    assert_near(figures[SP_DRAWN_MEAN] / path, 1, 4 * 0.2 / sqrt(N_DRAWS));
    of.plan.basis = SP_NEED_EQUAL;
    g_autoptr(SpDrawsResults) equal = run(&of);
    assert_near(sp_drawn(equal, 0, 0, LAST, SP_DRAWN_NEED)[0], path, 1e-4);
    made_up_clear(&of);
}

static void likt_behov_knows_no_local_levels(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    made_up_shake(&of);
    of.demand.need_drift[0] = made_up_drift(0, 0);
    of.plan.basis = SP_NEED_EQUAL;
    g_autoptr(SpDrawsResults) results = run(&of);
    const double *figures = sp_drawn(results, 0, 0, LAST, SP_DRAWN_NEED);
    assert_near(figures[0], 10 * pow(1.02, LAST), 1e-4);
    assert_near(figures[SP_N_QUANTILES - 1], 10 * pow(1.02, LAST), 1e-4);
    made_up_clear(&of);
}

static void participation_is_a_fading_walk_of_all_and_of_one(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    of.plan.sizes.participation = (SpSharedWalk){{0.02, 0.9}, 0.5};
    g_autoptr(SpDrawsResults) results = run(&of);
    double path = 50 * pow(0.97, LAST) + 2.5 * LAST;
    double sd = 0.02 * sqrt((1 - pow(0.81, LAST)) / (1 - 0.81));
    assert_lognormal(sp_drawn(results, 0, 0, LAST, SP_DRAWN_SUPPLY), path, sd);
    made_up_clear(&of);
}

/* Normal need and supply, near enough: the gap's sd is the root of the sum of both variances, and
 * the chance of a relevant shortage is that of the normal distribution. */
static void gap_of_two_normals(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    of.demand.need_drift[0] = made_up_drift(0, 0.01);
    of.plan.sizes.participation = (SpSharedWalk){{0.01, 1}, 0};
    of.professions[0].supply_factor = 0.2;
    g_autoptr(SpDrawsResults) results = run(&of);
    double need = 10 * pow(1.02, LAST), supply = 0.2 * (50 * pow(0.97, LAST) + 2.5 * LAST);
    double each = 0.01 * sqrt(LAST), sd = hypot(need * each, supply * each);
    const double *figures = sp_drawn(results, 0, 0, LAST, SP_DRAWN_GAP);
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        double error = quantile_error(sd, sp_quantile_shares[i], z[i], N_DRAWS);
        /* Skewness of the two lognormals moves a quantile by less than their variance. */
        assert_near(figures[i], need - supply + sd * z[i], error + 2 * need * each * each);
    }
    /* The limit is one årsverk: 5 % of the need is half of that. */
    double chance = 0.5 * erfc((1 - (need - supply)) / sd / sqrt(2));
    assert_near((double)results->short_draws[LAST] / N_DRAWS, chance,
                4 * sqrt(0.25 / N_DRAWS) + 0.01);
    made_up_clear(&of);
}

/* Exits of rate e times exp(x), x with sd s: the log of those who stay has sd about e s sqrt(...),
 * here one year: log stay = e (1 - exp(x)). */
static void one_year_of_exits(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    of.supply.exit_sd[0] = 0.5;
    of.plan.sizes.exits = (SpSharedWalk){{0, 0}, 0.4};
    of.supply.exit_rate[1] = 0.1;
    g_autoptr(SpDrawsResults) results = run(&of);
    const double *figures = sp_drawn(results, 0, 0, 1, SP_DRAWN_SUPPLY);
    double rest = 2.5, base = 50 * 0.97;
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        /* Few exits, many staff: quantiles from above. */
        double exits = exp(-0.5 * z[i]), want = base * exp(0.1 * (1 - exits)) + rest;
        double slope = base * 0.1 * exits * 0.5;
        assert_near(figures[i], want,
                    slope * quantile_error(1, sp_quantile_shares[i], z[i], N_DRAWS));
    }
    made_up_clear(&of);
}

/* n people of whom each stays a year with chance p while others come: nobody is left when all n
 * went and none of a Poisson number came. */
static void nobody_left_is_binomial_and_poisson(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    for (gsize day = 0; day < N_DAYS; day++) {
        for (int cause = 0; cause < SP_N_CAUSES; cause++) {
            sp_supply_at(&of.supply, of.supply.aarsverk, 0, 0, (SpSupplyCause)cause)[day] =
                cause == SP_CAUSE_BASE ? 2 * 0.7 : 0;
        }
    }
    of.plan.sizes.staying = 0.8;
    Kept kept;
    kept_init(&kept, &of);
    g_autoptr(SpDrawsResults) results = run(&of);
    assert_near(results->none_chance[0], 0, 1e-12);
    for (gsize day = 1; day < N_DAYS; day++) {
        double p = pow(0.8, (double)day), want = pow(1 - p, 2) * exp(-2 * (1 - p));
        const float *supply = kept_at(&kept, 1, 0, 0, day);
        double n_none = 0, sum = 0, squares = 0;
        for (gsize i = 0; i < N_DRAWS; i++) {
            double persons = (double)supply[i] / 0.7;
            n_none += persons < 0.5;
            sum += persons / N_DRAWS;
            squares += persons * persons / N_DRAWS;
        }
        double variance = 2 * (1 - p * p);
        assert_near(results->none_chance[day], want, 1e-4);
        /* The draws themselves: mean and variance of people who come and go. */
        assert_near(sum, 2, 0.1);
        assert_near(sqrt(squares - sum * sum), sqrt(variance), 0.1 * sqrt(variance));
        assert_near(n_none / N_DRAWS, want, 0.06);
    }
    kept_clear(&kept);
    made_up_clear(&of);
}

/* People of a draw over those expected, weighed by what each band takes. */
static void half_people(gpointer data, guint thread, gsize kommune, float persons[])
{
    const MadeUp *of = data;
    gsize n = of->size.n_days * of->size.n_draws;
    made_up_people(data, thread, kommune, persons);
    for (gsize i = 0; i < n; i++) {
        persons[i] *= 0.5F; /* of the first band */
    }
}

static void need_follows_people(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    of.plan.people = half_people;
    g_autoptr(SpDrawsResults) results = run(&of);
    double first = 1000 * 0.01, second = 1100 * 0.03;
    double want = 10 * pow(1.02, LAST) * (first / 2 + second) / (first + second);
    assert_near(sp_drawn(results, 0, 0, LAST, SP_DRAWN_NEED)[3], want, 1e-4);
    made_up_clear(&of);
}

/* Expected people times 1 + 2 % a year of a normal number: one for each kommune. */
typedef struct {
    const MadeUp *of;
    SpNormals normals;
} Crowd;

static void crowd_normal(const Crowd *crowd, gsize kommune, float normal[])
{
    sp_normals_draw(&crowd->normals, sp_random_numbered(sp_random_seed(99), kommune), 0,
                    crowd->of->size.n_draws, normal);
}

static void crowd_people(gpointer data, guint thread, gsize kommune, float persons[])
{
    const Crowd *crowd = data;
    gsize n = crowd->of->size.n_draws, n_days = crowd->of->size.n_days;
    g_autofree float *normal = g_new(float, n);
    made_up_people((gpointer)crowd->of, thread, kommune, persons);
    crowd_normal(crowd, kommune, normal);
    for (gsize i = 0; i < MADE_UP_BANDS * n_days * n; i++) {
        persons[i] *= 1.0F + 0.02F * (float)(i / n % n_days) * normal[i % n];
    }
}

static double correlation(gsize n, const float a[], const float b[])
{
    double sums[5] = {0};
    for (gsize i = 0; i < n; i++) {
        double x = (double)a[i], y = (double)b[i];
        sums[0] += x;
        sums[1] += y;
        sums[2] += x * x;
        sums[3] += y * y;
        sums[4] += x * y;
    }
    double m = (double)n;
    return (sums[4] - sums[0] * sums[1] / m) /
           sqrt((sums[2] - sums[0] * sums[0] / m) * (sums[3] - sums[1] * sums[1] / m));
}

/* Foreign inflow of a year has sd .3 of which 60 % of the variance follows people: one year on supply
 * goes with people by the root of that, and spreads no more than it would without. */
static void those_from_abroad_come_with_people(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    made_up_init(&of, one);
    kept_init(&kept, &of);
    Crowd crowd = {.of = &of};
    sp_normals_init(&crowd.normals);
    of.plan.people = crowd_people;
    of.plan.people_data = &crowd;
    of.plan.sizes.foreign = (SpSharedWalk){{0.3, 0.5}, 1};
    of.plan.sizes.foreign_people = 0.6;
    sp_draws_results_free(run(&of));
    g_autofree float *normal = g_new(float, N_DRAWS), *came = g_new(float, N_DRAWS);
    crowd_normal(&crowd, 0, normal);
    for (gsize i = 0; i < N_DRAWS; i++) {
        /* 50 of the base less 3 %, 2 graduates and half an årsverk from abroad. */
        came[i] = (kept_at(&kept, 1, 0, 0, 1)[i] - 50.5F) / 0.5F;
    }
    assert_near(log_sd(N_DRAWS, came), 0.3, sd_error(0.3, N_DRAWS));
    for (gsize i = 0; i < N_DRAWS; i++) {
        came[i] = (float)log((double)came[i]);
    }
    assert_near(correlation(N_DRAWS, came, normal), sqrt(0.6), 4 * 0.4 / sqrt(N_DRAWS));
    /* The need of the same future is people's: so both sides move together. */
    assert_true(correlation(N_DRAWS, kept_at(&kept, 0, 0, 0, 1), kept_at(&kept, 1, 0, 0, 1)) > 0.7);
    kept_clear(&kept);
    made_up_clear(&of);
}

/* Two labour markets alike, each of one kommune: staff go where people are more than expected, and the
 * country has as many. log S1 / S2 = sd (2 sqrt(b) z + sqrt(1 - b)(w1 - w2)), z of the difference. */
static void staff_go_where_people_go(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    made_up_init(&of, (MadeUpSize){2, 1, 1, 1, 2, 1, N_DAYS, N_DRAWS});
    kept_init(&kept, &of);
    for (gsize market = 0; market < 2; market++) {
        sp_supply_work(&of.supply, 0, market)[market] = 1;
        sp_supply_work(&of.supply, 0, market)[1 - market] = 0;
        memset(sp_supply_at(&of.supply, of.supply.aarsverk, market, 0, SP_CAUSE_MOVES), 0,
               N_DAYS * sizeof(double));
    }
    Crowd crowd = {.of = &of};
    sp_normals_init(&crowd.normals);
    of.plan.people = crowd_people;
    of.plan.people_data = &crowd;
    of.plan.sizes.market = (SpWalk){0.02, 1};
    of.plan.sizes.market_people = 0.5;
    sp_draws_results_free(run(&of));
    g_autofree float *first = g_new(float, N_DRAWS), *second = g_new(float, N_DRAWS);
    g_autofree float *ratio = g_new(float, N_DRAWS);
    crowd_normal(&crowd, 0, first);
    crowd_normal(&crowd, 1, second);
    for (gsize i = 0; i < N_DRAWS; i++) {
        first[i] -= second[i];
        ratio[i] = kept_at(&kept, 1, 0, 0, LAST)[i] / kept_at(&kept, 1, 1, 0, LAST)[i];
        assert_near((double)kept_at(&kept, 1, 2, 0, LAST)[i],
                    (double)kept_at(&kept, 1, 2, 0, LAST)[0], 1e-3);
    }
    double sd = 0.02 * sqrt(LAST) * sqrt(4 * 0.5 + 2 * 0.5);
    assert_near(log_sd(N_DRAWS, ratio), sd, sd_error(sd, N_DRAWS));
    for (gsize i = 0; i < N_DRAWS; i++) {
        ratio[i] = (float)log((double)ratio[i]);
    }
    assert_near(correlation(N_DRAWS, ratio, first), 2 * sqrt(0.5) / sqrt(3),
                4 * (1.0 / 3) / sqrt(N_DRAWS));
    kept_clear(&kept);
    made_up_clear(&of);
}

/* Graduates of the day are those admitted three years before, and as many more as people were. */
static void admissions_follow_people_where_capacity_does(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    made_up_init(&of, one);
    kept_init(&kept, &of);
    Crowd crowd = {.of = &of};
    sp_normals_init(&crowd.normals);
    of.plan.people = crowd_people;
    of.plan.people_data = &crowd;
    of.plan.capacity_follows = TRUE;
    sp_draws_results_free(run(&of));
    g_autofree float *normal = g_new(float, N_DRAWS);
    crowd_normal(&crowd, 0, normal);
    double rest = 50 * pow(0.97, LAST) + 0.5 * LAST;
    for (gsize i = 0; i < N_DRAWS; i++) {
        double each = 0.02 * (double)normal[i], years = 3 + exp(each) + exp(2 * each);
        assert_near((double)kept_at(&kept, 1, 0, 0, LAST)[i], rest + 2 * years, 1e-3);
    }
    kept_clear(&kept);
    made_up_clear(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_shocks_every_draw_is_the_path),
        cmocka_unit_test(drift_has_the_variance_of_slope_and_steps),
        cmocka_unit_test(damped_drift_spreads_as_its_damping_is_known),
        cmocka_unit_test(national_share_has_a_drift_of_its_own),
        cmocka_unit_test(supply_of_a_kommune_spreads_as_the_path_tells),
        cmocka_unit_test(what_is_not_known_of_the_base_is_common_to_both_sides),
        cmocka_unit_test(recruitment_spreads_as_the_exit_rate_is_known),
        cmocka_unit_test(growth_that_is_not_explained_widens_supply),
        cmocka_unit_test(newcomers_that_no_table_tells_of_vary_as_the_stock_did),
        cmocka_unit_test(who_changes_profession_is_drawn_once_for_both),
        cmocka_unit_test(local_levels_have_mean_one_and_the_paths_sd),
        cmocka_unit_test(need_of_a_kommune_holds_the_chance_of_a_count),
        cmocka_unit_test(likt_behov_knows_no_local_levels),
        cmocka_unit_test(participation_is_a_fading_walk_of_all_and_of_one),
        cmocka_unit_test(gap_of_two_normals),
        cmocka_unit_test(one_year_of_exits),
        cmocka_unit_test(nobody_left_is_binomial_and_poisson),
        cmocka_unit_test(need_follows_people),
        cmocka_unit_test(those_from_abroad_come_with_people),
        cmocka_unit_test(staff_go_where_people_go),
        cmocka_unit_test(admissions_follow_people_where_capacity_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
