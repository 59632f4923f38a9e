/* Plans whose results are known in closed form. */
#include "made_up.h"

#include "core/normal.h"

enum { N_DRAWS = 4000, N_DAYS = 6, LAST = N_DAYS - 1 };

/* One kommune with one of everything. */
static const MadeUpSize one = {1, 1, 1, 1, 1, 1, N_DAYS, N_DRAWS};

/* It, and one for all others. */
static const MadeUpSize one_of_many = {2, 1, 1, 1, 1, 1, N_DAYS, N_DRAWS};

/* Of the standard normal distribution, at sp_quantile_shares. */
static const double z[SP_N_QUANTILES] = {
    -1.6448536269514722, -1.2815515655446004, -0.6744897501960817, 0,
    0.6744897501960817,  1.2815515655446004,  1.6448536269514722};

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
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
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
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    double h = LAST, path = 10 * pow(1.02, h);
    double sd = sqrt(0.015 * 0.015 * h * h + 0.02 * 0.02 * h);
    assert_lognormal(sp_drawn(results, 0, 0, LAST, SP_DRAWN_NEED), path, sd);
    assert_near(sp_drawn(results, 0, 0, 0, SP_DRAWN_NEED)[0], 10, 1e-5);
    made_up_clear(&of);
}

/* P(log need <= q) when the slope has standard deviation .2 and its damping is evenly between 0 and
 * 1: two years had gone since the newest figure, so the slope begins at damping's cube. */
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

/* Share of futures in which slopes that came after the base, of .04 in the long run, have moved the
 * level by less than q: each year's is new by 1 - d^2 and moves it by 1, 1 + d and so on, for a
 * damping d evenly between .8 and 1. */
static double renewed_below(double q)
{
    enum { N = 1000 };
    double sum = 0;
    for (int i = 0; i < N; i++) {
        double d = 0.8 + 0.2 * (i + 0.5) / N, come = 0, variance = 0;
        for (int year = 0; year < LAST; year++) {
            come += pow(d, year);
            variance += 0.04 * 0.04 * (1 - d * d) * come * come;
        }
        sum += 0.5 * erfc(-q / sqrt(2 * variance));
    }
    return sum / N;
}

/* Quantiles of the need after LAST years, over the path, are where `below` says. */
static void assert_quantiles(const SpDrawsResults *results, double (*below)(double))
{
    const double *figures = sp_drawn(results, 0, 0, LAST, SP_DRAWN_NEED);
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        double share = sp_quantile_shares[i];
        double error = sqrt(share * (1 - share) / (double)one.n_draws);
        assert_near(below(log(figures[i] / (10 * pow(1.02, LAST)))), share, 4 * error);
    }
}

static void slopes_come_as_old_ones_fade(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    of.demand.need_drift[0] = (SpDrift){.slopes = 0.04 * 0.04, .damping = 0.9};
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    assert_quantiles(results, renewed_below);
    made_up_clear(&of);
}

/* A damping of .5 is known no better than between 0 and 1. */
static void damped_drift_spreads_as_its_damping_is_known(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    of.demand.need_drift[0] = (SpDrift){.variance = 0.2 * 0.2, .damping = 0.5, .lag = 2};
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    assert_quantiles(results, damped_below);
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
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    double h = LAST, sd = sqrt((0.02 * 0.02 + 0.03 * 0.03) * h + 0.01 * 0.01 * h * h);
    assert_lognormal(sp_drawn(results, 0, 0, LAST, SP_DRAWN_NEED), 10 * pow(1.02, h), sd);
    made_up_clear(&of);
}

/* One kommune of ten årsverk on both sides, growing alike, and all others, which are so large that
 * they are the country, and of which nothing is unknown. Whom it takes people from is never seen
 * (places). */
static void one_of_many_init(MadeUp *of)
{
    made_up_init(of, one_of_many);
    made_up_steady(of);
    made_up_others(of, 1e-6);
    for (gsize day = 0; day < N_DAYS; day++) {
        double grown = pow(1.02, (double)day);
        double *rest = (double *)(gpointer)sp_demand_need(&of->demand, SP_NEED_TODAY, 1, 0, 0);
        rest[day] = 1e6 * grown;
        for (gsize cause = 0; cause < SP_N_CAUSES; cause++) {
            sp_supply_at(&of->supply, of->supply.aarsverk, 0, 0, (SpSupplyCause)cause)[day] =
                cause == SP_CAUSE_BASE ? (1e6 + 10) * grown : 0;
        }
    }
    double *work = sp_supply_work(&of->supply, 0, 0);
    work[0] = 10 / (1e6 + 10);
    work[1] = 1 - work[0];
}

/* What its staff is told to change by is all that its supply changes by: the walk that its
 * professions share is within it, not beside it; need follows the rest of it. Here they have 9 / 25
 * and 16 / 25. */
static void supply_of_a_kommune_spreads_as_its_need_tells(void **state)
{
    (void)state;
    MadeUp of;
    one_of_many_init(&of);
    for (gsize day = 0; day < N_DAYS; day++) {
        of.demand.staff_sd[day] = 0.03 * sqrt((double)day);
        of.demand.share_sd[day] = 0.04 * sqrt((double)day);
    }
    of.plan.sizes.kommune.step = 0.03;
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    double path = 10 * pow(1.02, LAST), sd = 0.05 * sqrt(LAST);
    assert_lognormal(sp_drawn(results, 0, 0, LAST, SP_DRAWN_NEED), path * exp(-sd * sd / 2), sd);
    assert_lognormal(sp_drawn(results, 0, 0, LAST, SP_DRAWN_SUPPLY), path * exp(-sd * sd / 2), sd);
    const double *gap = sp_drawn(results, 0, 0, LAST, SP_DRAWN_GAP);
    double apart = path * hypot(1 - 0.8, 0.6) * sd;
    assert_near((gap[5] - gap[1]) / (z[5] - z[1]), apart, 0.06 * apart);
    made_up_clear(&of);
}

/* One series of årsverk tells of what is needed and of what is there: neither what is not known of
 * the base nor what changes after it makes a shortage by itself. */
static void need_and_supply_of_a_kommune_are_known_by_the_same_staff(void **state)
{
    (void)state;
    MadeUp of;
    one_of_many_init(&of);
    double at_base = hypot(0.08, 0.06), changed = hypot(at_base, 0.05);
    for (gsize day = 0; day < N_DAYS; day++) {
        of.demand.staff_sd[day] = hypot(0.08, 0.05 * sqrt((double)day / LAST));
        of.demand.share_sd[day] = 0.06;
    }
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    double path = 10 * pow(1.02, LAST);
    for (SpDrawn side = SP_DRAWN_NEED; side <= SP_DRAWN_SUPPLY; side++) {
        assert_lognormal(sp_drawn(results, 0, 0, 0, side), 10 * exp(-at_base * at_base / 2),
                         at_base);
        assert_lognormal(sp_drawn(results, 0, 0, LAST, side), path * exp(-changed * changed / 2),
                         changed);
    }
    for (gsize day = 0; day < N_DAYS; day++) {
        const double *gap = sp_drawn(results, 0, 0, day, SP_DRAWN_GAP);
        assert_near(gap[0], 0, 1e-3);
        assert_near(gap[SP_N_QUANTILES - 1], 0, 1e-3);
    }
    made_up_clear(&of);
}

/* Three of a thousand årsverk: whose they are is not known, that they are three thousand is. */
static void the_country_is_counted_on_the_base_day(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, (MadeUpSize){3, 1, 1, 1, 1, 1, N_DAYS, N_DRAWS});
    for (gsize u = 0; u < 3; u++) {
        for (gsize day = 0; day < N_DAYS; day++) {
            of.demand.staff_sd[u * N_DAYS + day] = 0.1;
        }
    }
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    const double *country = sp_drawn(results, 4, 0, 0, SP_DRAWN_NEED);
    const double *kommune = sp_drawn(results, 0, 0, 0, SP_DRAWN_NEED);
    assert_near(country[0], 10 + 11 + 12, 1e-4);
    assert_near(country[SP_N_QUANTILES - 1], 10 + 11 + 12, 1e-4);
    /* Two thirds of the variance of the log is its own against the others'. */
    double sd = 0.1 * sqrt(1 - 2 * 10 / 33.0 + (100 + 121 + 144) / (33.0 * 33.0));
    assert_near(log(kommune[5] / kommune[1]) / (z[5] - z[1]), sd, 0.06 * sd);
    made_up_clear(&of);
}

/* What the law asks of one of three is no count, and the others' are: with it too the country's
 * need and supply of the base day are their paths, and so is what is lacking. */
static void a_duty_leaves_the_country_counted_on_the_base_day(void **state)
{
    (void)state;
    static const SpDrawn sides[] = {SP_DRAWN_NEED, SP_DRAWN_SUPPLY, SP_DRAWN_GAP};
    MadeUp of;
    made_up_init(&of, (MadeUpSize){3, 1, 1, 1, 1, 1, N_DAYS, N_DRAWS});
    double *by_law = made_up_numbers(&of, (gsize)3 * N_DAYS);
    for (gsize day = 0; day < N_DAYS; day++) {
        by_law[day] = 4; /* of its need of 10 on the base day */
    }
    of.demand.by_law = by_law;
    g_autoptr(SpDrawsResults) still = made_up_run(&of, 1);
    for (gsize i = 0; i < (gsize)3 * N_DAYS; i++) {
        of.demand.staff_sd[i] = 0.1;
    }
    for (gsize u = 0; u < 3; u++) {
        of.demand.count_variance[u] = 0.01;
    }
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++) {
        const double *country = sp_drawn(results, 4, 0, 0, sides[i]);
        double path = sp_drawn(still, 4, 0, 0, sides[i])[SP_DRAWN_MEAN];
        assert_near(country[0], path, 2e-4);
        assert_near(country[SP_N_QUANTILES - 1], path, 2e-4);
    }
    /* Its own it is not. */
    const double *duty = sp_drawn(results, 0, 0, 0, SP_DRAWN_NEED);
    assert_true(duty[SP_N_QUANTILES - 1] - duty[0] > 1);
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
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
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

/* A growth of .02 that the model did not explain in four intervals, believed by precision: steps of
 * .02 make its variance .0001, as much as is assumed, so half of it is believed and half the
 * variance left. */
static void growth_that_is_not_explained_widens_supply(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    g_autoptr(SpDrawsResults) still = made_up_run(&of, 1);
    double path = sp_drawn(still, 0, 0, LAST, SP_DRAWN_SUPPLY)[SP_DRAWN_MEAN];
    of.supply.unexplained[0] = 0.02;
    of.supply.n_seen = 4;
    of.plan.sizes.growth_sd = 0.01;
    of.plan.sizes.growth_damping = 1;
    of.plan.sizes.participation.walk = (SpWalk){.step = 0.02, .kept = 1};
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    double h = LAST, slope = 0.01 * 0.01 + 0.00005;
    assert_lognormal(sp_drawn(results, 0, 0, LAST, SP_DRAWN_SUPPLY), path,
                     sqrt(slope * h * h + 0.02 * 0.02 * h));
    made_up_clear(&of);
}

/* Where no table tells how many come, what the stock's growth varied by is theirs: growth of 2, 4,
 * 2, 4 and 3 % has squares of .0004 around its mean; a twentieth of the persons come in a year, and
 * 10 % of those is assumed. Nothing is kept, so that five years are five. */
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
    g_autoptr(SpDrawsResults) seen = made_up_run(&of, 1);
    of.supply.is_from_stock[0] = FALSE;
    g_autoptr(SpDrawsResults) assumed = made_up_run(&of, 1);
    of.supply.graduates_sd[0] = 20 * sqrt((2 * 0.005 * 0.005 + 0.0004) / 6);
    g_autoptr(SpDrawsResults) told = made_up_run(&of, 1);
    const double *of_seen = sp_drawn(seen, 0, 0, LAST, SP_DRAWN_SUPPLY);
    const double *of_told = sp_drawn(told, 0, 0, LAST, SP_DRAWN_SUPPLY);
    const double *of_assumed = sp_drawn(assumed, 0, 0, LAST, SP_DRAWN_SUPPLY);
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        assert_near(of_seen[i], of_told[i], 1e-6 * of_told[i]);
    }
    assert_true(of_seen[6] - of_seen[0] > 1.3 * (of_assumed[6] - of_assumed[0]));
    made_up_clear(&of);
}

/* Thirty årsverk have come from the first profession to the second: what the one gets more of in a
 * draw, the other gives. Nothing else moves, so both spread by the mean of the years' shocks. */
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
    g_autoptr(SpDrawsResults) drawn = made_up_run(&of, 1);
    way.sd = 0;
    g_autoptr(SpDrawsResults) path = made_up_run(&of, 1);
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
    one_of_many_init(&of);
    static const double staff[] = {0.1, 0.05, 0.2, 0.2, 0.1, 0.3};
    for (gsize day = 0; day < N_DAYS; day++) {
        of.demand.staff_sd[day] = staff[day];
        of.demand.share_sd[day] = 0.1 + 0.02 * (double)day;
    }
    of.plan.sizes.fylke_shared = 0.3;
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
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

/* A count of variance .04 beside a level that is known: ten årsverk, give or take two, and those
 * who are there likewise. Chance of four kommuner evens out in their sum. The gap is about
 * levels. */
static void what_is_told_holds_the_chance_of_a_count(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, (MadeUpSize){4, 1, 1, 1, 1, 1, N_DAYS, N_DRAWS});
    g_autoptr(SpDrawsResults) still = made_up_run(&of, 1);
    for (gsize u = 0; u < 4; u++) {
        of.demand.count_variance[u] = 0.04;
    }
    g_autoptr(SpDrawsResults) counted = made_up_run(&of, 1);
    double kommune = sqrt(log(1.04)), all = 10 + 11 + 12 + 13, grown = pow(1.02, LAST);
    double squares = 100 + 121 + 144 + 169, fylke = sqrt(log(1 + 0.04 * squares / (all * all)));
    const double *drawn = sp_drawn(counted, 0, 0, LAST, SP_DRAWN_NEED);
    assert_lognormal(drawn, 10 * grown * exp(-kommune * kommune / 2), kommune);
    assert_near(drawn[SP_DRAWN_MEAN], 10 * grown, 4 * 2 * grown / sqrt(N_DRAWS));
    assert_lognormal(sp_drawn(counted, 4, 0, LAST, SP_DRAWN_NEED),
                     all * grown * exp(-fylke * fylke / 2), fylke);
    double there = sp_drawn(still, 0, 0, LAST, SP_DRAWN_SUPPLY)[SP_DRAWN_MEAN];
    assert_lognormal(sp_drawn(counted, 0, 0, LAST, SP_DRAWN_SUPPLY),
                     there * exp(-kommune * kommune / 2), kommune);
    for (gsize i = 0; i < SP_N_QUANTILES; i++) {
        assert_near(sp_drawn(counted, 0, 0, LAST, SP_DRAWN_GAP)[i],
                    sp_drawn(still, 0, 0, LAST, SP_DRAWN_GAP)[i], 0);
        assert_near(sp_drawn(counted, 0, 0, 0, SP_DRAWN_NEED)[i], 10, 1e-5);
    }
    made_up_clear(&of);
}

static void participation_is_a_fading_walk_of_all_and_of_one(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, one);
    of.plan.sizes.participation = (SpSharedWalk){{0.02, 0.9}, 0.5};
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
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
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
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
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
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
 * went and none of a Poisson number came. Half a person is one with a chance of a half. */
static void nobody_left_is_binomial_and_poisson(void **state)
{
    (void)state;
    static const double persons[] = {2, 1, 0.5};
    for (gsize i = 0; i < G_N_ELEMENTS(persons); i++) {
        double n = persons[i];
        MadeUp of;
        made_up_init(&of, one);
        for (gsize day = 0; day < N_DAYS; day++) {
            for (int cause = 0; cause < SP_N_CAUSES; cause++) {
                sp_supply_at(&of.supply, of.supply.aarsverk, 0, 0, (SpSupplyCause)cause)[day] =
                    cause == SP_CAUSE_BASE ? n * 0.7 : 0;
            }
        }
        of.plan.sizes.staying = 0.8;
        g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
        for (gsize day = 0; day < N_DAYS; day++) {
            double p = pow(0.8, (double)day), none_left = n < 1 ? 1 - n * p : pow(1 - p, n);
            assert_near(results->none_chance[day], none_left * exp(-n * (1 - p)), 1e-4);
        }
        made_up_clear(&of);
    }
}

/* Where a thousand kommuner have a fifth of an årsverk each, and counts of them vary as much as
 * counts can, the country has two hundred; most of them are told that there may be nobody. */
static void small_numbers_lift_no_sum(void **state)
{
    (void)state;
    enum { THOUSAND = 1000, FEW = 400 };
    MadeUp of;
    made_up_init(&of, (MadeUpSize){THOUSAND, 1, 1, 1, 1, 1, 2, FEW});
    for (gsize u = 0; u < THOUSAND; u++) {
        of.demand.count_variance[u] = 1;
        for (gsize day = 0; day < 2; day++) {
            ((double *)(gpointer)sp_demand_need(&of.demand, SP_NEED_TODAY, u, 0, 0))[day] = 0.2;
        }
    }
    for (gsize day = 0; day < 2; day++) {
        for (int cause = 0; cause < SP_N_CAUSES; cause++) {
            sp_supply_at(&of.supply, of.supply.aarsverk, 0, 0, (SpSupplyCause)cause)[day] =
                cause == SP_CAUSE_BASE ? 200 : 0;
        }
    }
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 2);
    for (SpDrawn side = SP_DRAWN_NEED; side <= SP_DRAWN_SUPPLY; side++) {
        const double *country = sp_drawn(results, THOUSAND + 1, 0, 1, side);
        const double *kommune = sp_drawn(results, 0, 0, 1, side);
        assert_near(country[SP_DRAWN_MEAN] / 200, 1, 4 * sqrt(1 / (double)THOUSAND / FEW));
        assert_true(country[0] < 200 && country[SP_N_QUANTILES - 1] > 200);
        assert_near(kommune[3], 0, 0);
        assert_true(kommune[SP_N_QUANTILES - 1] > 0.35);
    }
    made_up_clear(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_shocks_every_draw_is_the_path),
        cmocka_unit_test(drift_has_the_variance_of_slope_and_steps),
        cmocka_unit_test(damped_drift_spreads_as_its_damping_is_known),
        cmocka_unit_test(slopes_come_as_old_ones_fade),
        cmocka_unit_test(national_share_has_a_drift_of_its_own),
        cmocka_unit_test(supply_of_a_kommune_spreads_as_its_need_tells),
        cmocka_unit_test(need_and_supply_of_a_kommune_are_known_by_the_same_staff),
        cmocka_unit_test(the_country_is_counted_on_the_base_day),
        cmocka_unit_test(a_duty_leaves_the_country_counted_on_the_base_day),
        cmocka_unit_test(recruitment_spreads_as_the_exit_rate_is_known),
        cmocka_unit_test(growth_that_is_not_explained_widens_supply),
        cmocka_unit_test(newcomers_that_no_table_tells_of_vary_as_the_stock_did),
        cmocka_unit_test(who_changes_profession_is_drawn_once_for_both),
        cmocka_unit_test(local_levels_have_mean_one_and_the_paths_sd),
        cmocka_unit_test(what_is_told_holds_the_chance_of_a_count),
        cmocka_unit_test(participation_is_a_fading_walk_of_all_and_of_one),
        cmocka_unit_test(gap_of_two_normals),
        cmocka_unit_test(one_year_of_exits),
        cmocka_unit_test(nobody_left_is_binomial_and_poisson),
        cmocka_unit_test(small_numbers_lift_no_sum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
