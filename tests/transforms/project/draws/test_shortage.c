/* Who lacks staff, whose shortage is the largest, and what has to be recruited. */
#include "small.h"

/* Kommuner of a plan whose path has a relevant shortage on the base day, of one profession. */
static guint short_by_the_path(const MadeUp *of, gsize g)
{
    guint n_short = 0;
    for (gsize u = 0; u < of->plan.n_kommuner; u++) {
        double need = 0, supply = 0;
        for (gsize k = 0; k < of->size.n_services; k++) {
            need += sp_demand_need(&of->demand, SP_NEED_TODAY, u, k, g)[0];
        }
        for (gsize market = 0; market < of->size.n_markets; market++) {
            supply += of->professions[g].supply_factor * sp_supply_work(&of->supply, g, market)[u] *
                      sp_supply_at(&of->supply, of->supply.aarsverk, market, g, SP_CAUSE_BASE)[0];
        }
        n_short += need - supply > MAX(1.0, 0.05 * need);
    }
    return n_short;
}

/* What is not known of the base is the same on both sides: need and supply spread, and who lacks
 * staff is who lacks it by the path. Later on they go apart. */
static void the_base_lacks_what_its_path_lacks_in_every_draw(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, small);
    made_up_shake(&of);
    for (gsize g = 0; g < 3; g++) {
        of.professions[g].supply_factor = 1.95; /* some have enough, and some less by a little */
    }
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    for (gsize g = 0; g < 3; g++) {
        guint want = short_by_the_path(&of, g);
        assert_in_range(want, 2, N_KOMMUNER - 2);
        for (gsize i = 0; i < SP_N_DRAWN_FIGURES; i++) {
            assert_near(sp_drawn_short(results, 3, g, 0)[i], want, 0);
        }
    }
    assert_true(width(sp_drawn(results, 0, 0, 0, SP_DRAWN_NEED)) > 1);
    assert_true(width(sp_drawn(results, 0, 0, 0, SP_DRAWN_SUPPLY)) > 1);
    assert_true(width(sp_drawn_short(results, 3, 0, LAST)) > 0);
    made_up_clear(&of);
}

/* Small staffs whose base is ill known: what is relevant is one årsverk and 5 % of the draw's own
 * need, in kommuner as above them. */
static void one_rule_of_relevance_holds_in_kommuner_and_above(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    made_up_init(&of, small);
    made_up_shake(&of);
    for (gsize i = 0; i < (gsize)SP_N_NEEDS * N_KOMMUNER * 4 * 3 * N_DAYS; i++) {
        of.demand.need[i] /= 5;
    }
    of.professions[0].supply_factor = 0.3;
    kept_init(&kept, &of);
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 2);
    guint n_uncertain = 0;
    for (gsize region = 0; region <= COUNTRY; region++) {
        for (gsize day = 0; day < N_DAYS; day++) {
            const float *need = kept_at(&kept, 0, region, 0, day);
            const float *supply = kept_at(&kept, 1, region, 0, day);
            guint n_short = 0;
            for (gsize draw = 0; draw < N_DRAWS; draw++) {
                n_short += need[draw] - supply[draw] > MAX(1.0F, 0.05F * need[draw]);
            }
            assert_int_equal(results->short_draws[region * 3 * N_DAYS + day], n_short);
            n_uncertain += region < N_KOMMUNER && n_short > 0 && n_short < N_DRAWS;
        }
    }
    assert_true(n_uncertain > N_KOMMUNER);
    kept_clear(&kept);
    made_up_clear(&of);
}

/* Nothing varies: profession 3 lacks most everywhere, and is a part of profession 2. */
static void largest_shortage_is_that_of_a_whole_profession(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, small);
    for (gsize g = 0; g < 3; g++) {
        of.professions[g].supply_factor = 0.01;
    }
    of.professions[2].stands_apart = TRUE;
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 2);
    for (gsize above = 0; above < 4; above++) {
        const guint *draws = &results->largest_draws[above * 3 * N_DAYS];
        assert_int_equal(draws[0 * N_DAYS + LAST], 0);
        assert_int_equal(draws[1 * N_DAYS + LAST], N_DRAWS);
        assert_int_equal(draws[2 * N_DAYS + LAST], 0);
    }
    assert_near(sp_drawn_short(results, 3, 2, LAST)[3], N_KOMMUNER, 0);
    assert_near(sp_drawn_short(results, 3, 3, LAST)[0], N_KOMMUNER, 0);
    assert_near(sp_drawn_short(results, 0, 3, LAST)[SP_DRAWN_MEAN], 4, 1e-12);
    assert_int_equal(results->short_draws[LAST], N_DRAWS);
    made_up_clear(&of);
}

/* Need and unscaled supply of the country on the base day, nothing varying: supply is told by the
 * made-up country itself at a factor of 1. */
static double met_by(gsize g)
{
    MadeUp of;
    made_up_init(&of, small);
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    double need = sp_drawn(results, COUNTRY, g, 0, SP_DRAWN_NEED)[SP_DRAWN_MEAN];
    double supply = sp_drawn(results, COUNTRY, g, 0, SP_DRAWN_SUPPLY)[SP_DRAWN_MEAN];
    double factor = of.professions[g].supply_factor * need / supply;
    made_up_clear(&of);
    return factor;
}

/* Of the country: the first profession lacks 6 % of its need, the second 4 %, which is more årsverk
 * and below the limit of 5 %, and the third what rounding leaves. */
static void a_shortage_that_is_not_relevant_leads_nothing(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, small);
    of.professions[0].supply_factor = 0.94 * met_by(0);
    of.professions[1].supply_factor = 0.96 * met_by(1);
    of.professions[2].supply_factor = (1 - 1e-7) * met_by(2);
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    double six = sp_drawn(results, COUNTRY, 0, 0, SP_DRAWN_GAP)[SP_DRAWN_MEAN];
    double four = sp_drawn(results, COUNTRY, 1, 0, SP_DRAWN_GAP)[SP_DRAWN_MEAN];
    assert_true(six > 1 && four > 1.2 * six);
    const guint *draws = &results->largest_draws[(gsize)3 * 3 * N_DAYS];
    assert_int_equal(draws[0], N_DRAWS);
    assert_int_equal(draws[(gsize)1 * N_DAYS], 0);
    assert_int_equal(draws[(gsize)2 * N_DAYS], 0);
    of.professions[0].supply_factor = 0.96 * met_by(0);
    g_autoptr(SpDrawsResults) none = made_up_run(&of, 1);
    for (gsize g = 0; g < 3; g++) {
        assert_int_equal(none->largest_draws[((gsize)3 * 3 + g) * N_DAYS], 0);
    }
    made_up_clear(&of);
}

static void no_shortage_has_no_largest(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, small);
    for (gsize g = 0; g < 3; g++) {
        of.professions[g].supply_factor = 10;
    }
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    for (gsize i = 0; i < (gsize)4 * 3 * N_DAYS; i++) {
        assert_int_equal(results->largest_draws[i], 0);
    }
    assert_near(sp_drawn_short(results, 3, 3, LAST)[SP_N_QUANTILES - 1], 0, 0);
    made_up_clear(&of);
}

/* Of the first kommune and the country alone, as surveys may be of fylker and not of kommuner. */
static void a_measured_shortage_is_in_every_draws_gap_of_its_region(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, small);
    for (gsize g = 0; g < 3; g++) {
        of.professions[g].supply_factor = 3; /* nobody is short else */
    }
    g_autofree double *shortage = g_new0(double, (gsize)(N_KOMMUNER + 4) * 3);
    g_autoptr(SpDrawsResults) without = made_up_run(&of, 1);
    const double *gap = sp_drawn(without, 0, 1, 0, SP_DRAWN_GAP);
    shortage[1] = 30 - gap[3];
    shortage[COUNTRY * 3 + 1] = 100000;
    of.plan.shortage = shortage;
    g_autoptr(SpDrawsResults) with = made_up_run(&of, 1);
    for (gsize i = 0; i < SP_N_DRAWN_FIGURES; i++) {
        assert_near(sp_drawn(with, 0, 1, 0, SP_DRAWN_GAP)[i], 30, 1e-4);
        assert_near(sp_drawn(with, 1, 1, 0, SP_DRAWN_GAP)[i],
                    sp_drawn(without, 1, 1, 0, SP_DRAWN_GAP)[i], 0);
    }
    assert_int_equal(with->short_draws[(gsize)N_DAYS], N_DRAWS);
    assert_int_equal(with->short_draws[(gsize)(COUNTRY * 3 + 1) * N_DAYS], N_DRAWS);
    assert_int_equal(with->largest_draws[(gsize)(3 * 3 + 1) * N_DAYS], N_DRAWS);
    assert_int_equal(without->largest_draws[(gsize)(3 * 3 + 1) * N_DAYS], 0);
    assert_near(sp_drawn_short(with, 3, 3, 0)[0], 1, 0);
    made_up_clear(&of);
}

/* Need of kommune u grows by 2 % a year from (10 + u)(1 + 1/2 + 1/3 + 1/4): KS' sum by hand. */
static void recruitment_is_growth_and_those_who_left(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, small);
    same_rate(&of, 0.1)->rate[3 * of.plan.n_professions] = 0.2;
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    double growth = pow(1.02, LAST) - 1, years = (pow(1.02, LAST) - 1) / 0.02;
    const double *one = sp_drawn(results, 0, 0, LAST, SP_DRAWN_RECRUITED);
    double each = 25.0 / 12;
    assert_near(one[0], 10 * each * (growth + 0.1 * years), 1e-4);
    const double *fourth = sp_drawn(results, 3, 0, LAST, SP_DRAWN_RECRUITED);
    assert_near(fourth[3], 13 * each * (growth + 0.2 * years), 1e-4);
    double all = (12 * 10 + 66) * each; /* 0 + 1 + ... + 11 = 66 */
    const double *country = sp_drawn(results, COUNTRY, 0, LAST, SP_DRAWN_RECRUITED);
    assert_near(country[SP_DRAWN_MEAN], all * (growth + 0.1 * years) + 13 * each * 0.1 * years,
                1e-2);
    /* Nothing is to be recruited on the day of the base. */
    assert_near(sp_drawn(results, COUNTRY, 0, 0, SP_DRAWN_RECRUITED)[3], 0, 0);
    made_up_clear(&of);
}

/* Each future is compared with its own base: what is not known of today's need is no growth. */
static void recruitment_is_of_the_futures_own_base(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    made_up_init(&of, small);
    made_up_shake(&of);
    (void)same_rate(&of, 0.1);
    kept_init(&kept, &of);
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 2);
    float recruited[N_DRAWS];
    for (gsize draw = 0; draw < N_DRAWS; draw++) {
        double left = 0;
        for (gsize day = 0; day < LAST; day++) {
            left += 0.1 * (double)kept_at(&kept, 0, COUNTRY, 0, day)[draw];
        }
        recruited[draw] = (float)((double)kept_at(&kept, 0, COUNTRY, 0, LAST)[draw] -
                                  (double)kept_at(&kept, 0, COUNTRY, 0, 0)[draw] + left);
    }
    double figures[SP_N_DRAWN_FIGURES];
    sp_draws_summarise(N_DRAWS, recruited, figures);
    const double *told = sp_drawn(results, COUNTRY, 0, LAST, SP_DRAWN_RECRUITED);
    for (gsize i = 0; i < SP_N_DRAWN_FIGURES; i++) {
        assert_near(told[i], figures[i], 1e-3);
    }
    kept_clear(&kept);
    made_up_clear(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_base_lacks_what_its_path_lacks_in_every_draw),
        cmocka_unit_test(one_rule_of_relevance_holds_in_kommuner_and_above),
        cmocka_unit_test(largest_shortage_is_that_of_a_whole_profession),
        cmocka_unit_test(a_shortage_that_is_not_relevant_leads_nothing),
        cmocka_unit_test(no_shortage_has_no_largest),
        cmocka_unit_test(a_measured_shortage_is_in_every_draws_gap_of_its_region),
        cmocka_unit_test(recruitment_is_growth_and_those_who_left),
        cmocka_unit_test(recruitment_is_of_the_futures_own_base),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
