/* What must hold in every draw, and what draws may not depend on. */
#include "small.h"

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
        cmocka_unit_test(a_profession_without_demand_has_supply_alone),
        cmocka_unit_test(supply_without_demand_is_not_placed_by_the_need_of_another),
        cmocka_unit_test(paths_of_other_kommuner_are_refused),
        cmocka_unit_test(paths_too_short_or_professions_astray_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
