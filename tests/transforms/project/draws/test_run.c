/* What must hold in every draw, and what draws may not depend on. */
#include "made_up.h"

enum { N_DRAWS = 400, N_DAYS = 6, LAST = N_DAYS - 1, N_KOMMUNER = 12, COUNTRY = N_KOMMUNER + 3 };

static const MadeUpSize small = {N_KOMMUNER, 4, 2, 3, 4, 3, N_DAYS, N_DRAWS};

/* For what the watch sees. */
static void just_run(const MadeUp *of, guint n_threads)
{
    sp_draws_results_free(made_up_run(of, n_threads));
}

static void same_bytes(const SpDrawsResults *a, const SpDrawsResults *b)
{
    gsize cells = a->n_professions * a->n_days, n = a->n_kommuner + a->n_above;
    gsize figures = n * cells * SP_N_DRAWN * SP_N_DRAWN_FIGURES;
    gsize counts = a->n_above * (cells + a->n_days) * SP_N_DRAWN_FIGURES;
    assert_memory_equal(a->figures, b->figures, figures * sizeof(double));
    assert_memory_equal(a->short_draws, b->short_draws, n * cells * sizeof(guint));
    assert_memory_equal(a->none_chance, b->none_chance, a->n_kommuner * cells * sizeof(double));
    assert_memory_equal(a->largest_draws, b->largest_draws, a->n_above * cells * sizeof(guint));
    assert_memory_equal(a->n_short, b->n_short, counts * sizeof(double));
}

static void any_number_of_threads_gives_the_same_bytes(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, small);
    made_up_shake(&of);
    g_autoptr(SpDrawsResults) one = made_up_run(&of, 1);
    g_autoptr(SpDrawsResults) two = made_up_run(&of, 2);
    g_autoptr(SpDrawsResults) three = made_up_run(&of, 3);
    same_bytes(one, two);
    same_bytes(one, three);
    made_up_clear(&of);
}

static void another_seed_gives_other_draws(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, small);
    made_up_shake(&of);
    g_autoptr(SpDrawsResults) one = made_up_run(&of, 1);
    of.plan.random = sp_random_seed(2);
    g_autoptr(SpDrawsResults) other = made_up_run(&of, 1);
    assert_true(sp_drawn(one, COUNTRY, 0, LAST, SP_DRAWN_GAP)[0] !=
                sp_drawn(other, COUNTRY, 0, LAST, SP_DRAWN_GAP)[0]);
    made_up_clear(&of);
}

static void sums_hold_in_every_draw(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    made_up_init(&of, small);
    made_up_shake(&of);
    kept_init(&kept, &of);
    just_run(&of, 2);
    for (gsize region = 0; region < of.plan.n_regions; region++) {
        const SpRegionGroup *above = &of.regions[region];
        for (gsize draw = 0; draw < N_DRAWS; draw++) {
            for (int which = 0; which < 2; which++) {
                double sum = 0;
                for (gsize i = 0; i < above->n_members; i++) {
                    sum += (double)kept_at(&kept, which, above->members[i], 1, LAST)[draw];
                }
                float whole = kept_at(&kept, which, N_KOMMUNER + region, 1, LAST)[draw];
                assert_true(whole == (float)sum);
            }
        }
    }
    kept_clear(&kept);
    made_up_clear(&of);
}

/* The fylker are the country, kommune for kommune: their sum differs by rounding alone. */
static void fylker_sum_to_the_country_in_every_draw(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    made_up_init(&of, small);
    made_up_shake(&of);
    kept_init(&kept, &of);
    just_run(&of, 1);
    for (gsize draw = 0; draw < N_DRAWS; draw++) {
        double sum = 0, whole = (double)kept_at(&kept, 0, COUNTRY, 2, LAST)[draw];
        for (gsize fylke = 0; fylke < 3; fylke++) {
            sum += (double)kept_at(&kept, 0, N_KOMMUNER + fylke, 2, LAST)[draw];
        }
        assert_near(sum, whole, 1e-6 * whole);
    }
    kept_clear(&kept);
    made_up_clear(&of);
}

static double width(const double figures[])
{
    return figures[SP_N_QUANTILES - 1] - figures[0];
}

static void quantiles_of_a_sum_are_not_sums_of_quantiles(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, small);
    made_up_shake(&of);
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    double sum = 0, mean = 0;
    for (gsize u = 0; u < N_KOMMUNER; u++) {
        sum += width(sp_drawn(results, u, 0, LAST, SP_DRAWN_NEED));
        mean += sp_drawn(results, u, 0, LAST, SP_DRAWN_NEED)[SP_DRAWN_MEAN];
    }
    const double *country = sp_drawn(results, COUNTRY, 0, LAST, SP_DRAWN_NEED);
    assert_true(width(country) < 0.9 * sum);
    assert_near(country[SP_DRAWN_MEAN], mean, 1e-6 * mean);
    made_up_clear(&of);
}

/* Everybody's staff leaves at this rate, which is known. */
static SpDrawsExits *same_rate(MadeUp *of, double rate)
{
    gsize n = of->plan.n_kommuner * of->plan.n_professions;
    SpDrawsExits *exits = made_up_keep(of, g_new(SpDrawsExits, 1));
    *exits = (SpDrawsExits){.rate = made_up_numbers(of, n),
                            .local_sd = made_up_numbers(of, n),
                            .national_sd = made_up_numbers(of, of->plan.n_professions)};
    for (gsize i = 0; i < n; i++) {
        exits->rate[i] = rate;
    }
    of->plan.exits = exits;
    return exits;
}

/* Were kommuner independent, their squared widths would add up. */
static void national_interval_does_not_collapse(void **state)
{
    (void)state;
    static const char *const names[SP_N_DRAWN] = {"need", "supply", "gap", "recruitment"};
    MadeUp of;
    made_up_init(&of, (MadeUpSize){60, 4, 2, 1, 6, 5, N_DAYS, N_DRAWS});
    made_up_shake(&of);
    (void)same_rate(&of, 0.1);
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 2);
    for (int measure = 0; measure < SP_N_DRAWN; measure++) {
        double squares = 0;
        for (gsize u = 0; u < 60; u++) {
            double of_one = width(sp_drawn(results, u, 0, LAST, (SpDrawn)measure));
            squares += of_one * of_one;
        }
        double national = width(sp_drawn(results, 60 + 5, 0, LAST, (SpDrawn)measure));
        print_message("national width of %s over that of independent kommuner: %.2f\n",
                      names[measure], national / sqrt(squares));
        assert_true(national > 1.1 * sqrt(squares));
    }
    made_up_clear(&of);
}

/* The first of the kommuner alone, with the same labour markets, in which no one has levels of its
 * own and asks for more than was expected: then others' shocks are not seen in what it has. */
static void a_kommune_does_not_depend_on_the_others(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, small);
    made_up_shake(&of);
    made_up_steady(&of);
    of.plan.sizes.kommune.step = of.plan.sizes.fylke.step = 0;
    g_autoptr(SpDrawsResults) all = made_up_run(&of, 1);
    enum { FEW = 4 };
    g_autofree double *work = g_new(double, small.n_professions *small.n_markets *FEW);
    for (gsize i = 0; i < small.n_professions * small.n_markets; i++) {
        memcpy(&work[i * FEW], &of.supply.work[i * N_KOMMUNER], FEW * sizeof *work);
    }
    of.supply.work = work;
    of.supply.n_kommuner = of.demand.n_kommuner = of.plan.n_kommuner = FEW;
    of.plan.n_regions = 1;
    g_autoptr(SpDrawsResults) few = made_up_run(&of, 2);
    gsize n = FEW * small.n_professions * N_DAYS;
    assert_memory_equal(few->figures, all->figures,
                        n * SP_N_DRAWN * SP_N_DRAWN_FIGURES * sizeof(double));
    assert_memory_equal(few->none_chance, all->none_chance, n * sizeof(double));
    made_up_clear(&of);
}

static void fewer_draws_are_the_first_of_more(void **state)
{
    (void)state;
    MadeUp more, fewer;
    Kept of_more, of_fewer;
    MadeUpSize size = small;
    made_up_init(&more, size);
    size.n_draws = N_DRAWS / 2 + 3;
    made_up_init(&fewer, size);
    made_up_shake(&more);
    made_up_shake(&fewer);
    kept_init(&of_more, &more);
    kept_init(&of_fewer, &fewer);
    just_run(&more, 1);
    just_run(&fewer, 1);
    for (int which = 0; which < 2; which++) {
        assert_memory_equal(kept_at(&of_more, which, COUNTRY, 2, LAST),
                            kept_at(&of_fewer, which, COUNTRY, 2, LAST),
                            size.n_draws * sizeof(float));
    }
    kept_clear(&of_more);
    kept_clear(&of_fewer);
    made_up_clear(&more);
    made_up_clear(&fewer);
}

static void nobody_is_negative_and_all_is_finite(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    made_up_init(&of, small);
    made_up_shake(&of);
    kept_init(&kept, &of);
    of.professions[0].supply_factor = 0.005; /* a quarter of an årsverk */
    just_run(&of, 1);
    gsize n = (N_KOMMUNER + 4) * small.n_professions * N_DAYS * N_DRAWS;
    for (gsize i = 0; i < n; i++) {
        assert_true(isfinite(kept.draws[0][i]) && kept.draws[0][i] >= 0.0F);
        assert_true(isfinite(kept.draws[1][i]) && kept.draws[1][i] >= 0.0F);
    }
    kept_clear(&kept);
    made_up_clear(&of);
}

/* Where people choose to work, and who asks for more of them, moves them between kommuner; the
 * country has as many. */
static void choosing_a_place_neither_makes_nor_takes_people(void **state)
{
    (void)state;
    MadeUp of;
    Kept kept;
    made_up_init(&of, small);
    kept_init(&kept, &of);
    of.plan.sizes.market = (SpWalk){0.1, 1};
    of.plan.sizes.fylke.step = of.plan.sizes.kommune.step = 0.05;
    for (gsize i = 0; i < small.n_areas * N_KOMMUNER * N_DAYS; i++) {
        of.demand.staff_sd[i] = 0.1 * (double)(i % N_DAYS);
    }
    just_run(&of, 1);
    const float *country = kept_at(&kept, 1, COUNTRY, 0, LAST);
    const float *first = kept_at(&kept, 1, 0, 0, LAST);
    double path = 4 * (50 * pow(0.97, LAST) + 2.5 * LAST);
    for (gsize draw = 0; draw < N_DRAWS; draw++) {
        assert_near((double)country[draw], path, 1e-5 * path);
    }
    assert_true(log_sd(N_DRAWS, first) > 0.01);
    kept_clear(&kept);
    made_up_clear(&of);
}

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

/* Of one side alone nothing is told but that side. */
static void a_profession_without_demand_has_supply_alone(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, small);
    made_up_shake(&of);
    of.professions[0].demand = SP_NO_PATH;
    of.professions[1].supply = SP_NO_PATH;
    g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
    assert_near(sp_drawn(results, 0, 0, LAST, SP_DRAWN_NEED)[3], 0, 0);
    assert_true(sp_drawn(results, 0, 0, LAST, SP_DRAWN_SUPPLY)[3] > 0);
    assert_true(sp_drawn(results, 0, 1, LAST, SP_DRAWN_NEED)[3] > 0);
    assert_near(sp_drawn(results, COUNTRY, 1, LAST, SP_DRAWN_GAP)[3], 0, 0);
    made_up_clear(&of);
}

/* A profession without demand has its supply as told on the base day, and the same whatever the one
 * before it needs or the law asks for of that. */
static void supply_without_demand_is_not_placed_by_the_need_of_another(void **state)
{
    (void)state;
    double alone[SP_N_DRAWN_FIGURES];
    for (int with_another = 0; with_another < 2; with_another++) {
        MadeUp of;
        made_up_init(&of, small);
        made_up_shake(&of);
        of.professions[1].demand = SP_NO_PATH;
        if (!with_another) {
            of.professions[0].demand = SP_NO_PATH;
        }
        g_autoptr(SpDrawsResults) results = made_up_run(&of, 1);
        const double *base = sp_drawn(results, COUNTRY, 1, 0, SP_DRAWN_SUPPLY);
        const double *later = sp_drawn(results, COUNTRY, 1, LAST, SP_DRAWN_SUPPLY);
        for (gsize i = 0; i < SP_N_DRAWN_FIGURES; i++) {
            assert_near(base[i], base[0], 1e-4 * base[0]);
            alone[i] = with_another ? alone[i] : later[i];
            assert_near(later[i], alone[i], 0);
        }
        made_up_clear(&of);
    }
}

static void paths_of_other_kommuner_are_refused(void **state)
{
    (void)state;
    MadeUp of;
    g_autoptr(GError) error = NULL;
    made_up_init(&of, small);
    char **others = made_up_codes(&of, "9", 3, N_KOMMUNER);
    of.supply.kommuner = others;
    assert_false(sp_draws_check(&of.plan, &error));
    assert_error(error, SP_ERROR_DATA, "supply has kommune 9001 where the plan has 0001");
    g_clear_error(&error);
    of.supply.n_kommuner = 3;
    assert_false(sp_draws_check(&of.plan, &error));
    assert_error(error, SP_ERROR_DATA, "supply has 3 kommuner, the plan 12");
    made_up_clear(&of);
}

static void paths_too_short_or_professions_astray_are_refused(void **state)
{
    (void)state;
    MadeUp of;
    g_autoptr(GError) error = NULL;
    made_up_init(&of, small);
    of.demand.n_days = 3;
    assert_false(sp_draws_check(&of.plan, &error));
    assert_error(error, SP_ERROR_DATA, "demand goes 3 days from the base, the plan 6");
    g_clear_error(&error);
    of.demand.n_days = N_DAYS;
    of.professions[1].supply = 2;
    assert_false(sp_draws_check(&of.plan, &error));
    assert_error(error, SP_ERROR_DATA, "profession yrke02 is not where");
    made_up_clear(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_number_of_threads_gives_the_same_bytes),
        cmocka_unit_test(another_seed_gives_other_draws),
        cmocka_unit_test(sums_hold_in_every_draw),
        cmocka_unit_test(fylker_sum_to_the_country_in_every_draw),
        cmocka_unit_test(quantiles_of_a_sum_are_not_sums_of_quantiles),
        cmocka_unit_test(national_interval_does_not_collapse),
        cmocka_unit_test(a_kommune_does_not_depend_on_the_others),
        cmocka_unit_test(fewer_draws_are_the_first_of_more),
        cmocka_unit_test(nobody_is_negative_and_all_is_finite),
        cmocka_unit_test(choosing_a_place_neither_makes_nor_takes_people),
        cmocka_unit_test(the_base_lacks_what_its_path_lacks_in_every_draw),
        cmocka_unit_test(one_rule_of_relevance_holds_in_kommuner_and_above),
        cmocka_unit_test(largest_shortage_is_that_of_a_whole_profession),
        cmocka_unit_test(a_shortage_that_is_not_relevant_leads_nothing),
        cmocka_unit_test(no_shortage_has_no_largest),
        cmocka_unit_test(a_measured_shortage_is_in_every_draws_gap_of_its_region),
        cmocka_unit_test(recruitment_is_growth_and_those_who_left),
        cmocka_unit_test(recruitment_is_of_the_futures_own_base),
        cmocka_unit_test(a_profession_without_demand_has_supply_alone),
        cmocka_unit_test(supply_without_demand_is_not_placed_by_the_need_of_another),
        cmocka_unit_test(paths_of_other_kommuner_are_refused),
        cmocka_unit_test(paths_too_short_or_professions_astray_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
