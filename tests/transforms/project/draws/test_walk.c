/* Walks against their formulas, and draws of them against both. */
#include "tests/transforms/project/fixture.h"

#include "made_up.h"
#include "transforms/project/draws/lanes.h"
#include "transforms/project/draws/shared.h"

static const double z_p10 = -1.2815515655446004; /* of the standard normal distribution */

static double input(const GPtrArray *rows, const char *key)
{
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        if (strcmp(row[0], key) == 0) {
            return fixture_number(row[1]);
        }
    }
    fail_msg("no input \"%s\"", key);
    return 0;
}

static void every_mc_key_of_the_test_vector(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(GPtrArray) inputs = fixture_rows(shared, "helsemod/testvector_inputs.csv");
    g_autoptr(GPtrArray) rows = fixture_rows(shared, "helsemod/testvector.csv");
    const SpWalk fading = {input(inputs, "mc.ar1.sigma"), input(inputs, "mc.ar1.rho")};
    const SpWalk lasting = {input(inputs, "mc.rw.sigma"), 1};
    guint n = 0;
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        if (g_str_has_prefix(row[0], "mc.")) {
            gsize years = (gsize)fixture_number(strrchr(row[0], 'h') + 1);
            SpWalk walk = g_str_has_prefix(row[0], "mc.ar1.") ? fading : lasting;
            double value = strstr(row[0], ".sd.") != NULL ? sp_walk_sd(walk, years)
                                                          : exp(z_p10 * sp_walk_sd(walk, years));
            assert_near(value, fixture_number(row[1]), fixture_number(row[2]));
            n++;
        }
    }
    assert_int_equal(n, 9);
}

/* Those of the test vector. */
static const SpWalk fading = {.step = 0.02, .kept = 0.9}, lasting = {.step = 0.01, .kept = 1};

enum { N_DRAWS = 4000, N_DAYS = 16 };

static void assert_walk(SpWalk walk, const float x[])
{
    static const gsize years[] = {1, 10, 15};
    for (gsize i = 0; i < G_N_ELEMENTS(years); i++) {
        double sd = sp_walk_sd(walk, years[i]), figures[SP_N_DRAWN_FIGURES];
        g_autofree float *factor = g_new(float, N_DRAWS);
        sp_lanes_exp(&x[years[i] * N_DRAWS], 0, N_DRAWS, factor);
        assert_near(log_sd(N_DRAWS, factor), sd, sd_error(sd, N_DRAWS));
        sp_draws_summarise(N_DRAWS, factor, figures);
        assert_near(log(figures[1]), z_p10 * sd, quantile_error(sd, 0.1, z_p10, N_DRAWS));
    }
}

static void draws_have_the_sd_and_p10_of_the_formula(void **state)
{
    (void)state;
    const MadeUpSize size = {1, 1, 1, 1, 1, 1, N_DAYS, N_DRAWS};
    MadeUp of;
    made_up_init(&of, size);
    g_autoptr(SpDrawsShared) shared = sp_draws_shared_new(&of.plan, 1);
    g_autofree float *x = g_new(float, (gsize)N_DAYS *N_DRAWS), *normal = g_new(float, N_DRAWS);
    sp_draws_walk(shared, sp_random_seed(3), fading, normal, x);
    assert_walk(fading, x);
    sp_draws_walk(shared, sp_random_seed(4), lasting, normal, x);
    assert_walk(lasting, x);
    made_up_clear(&of);
}

static void walk_around_a_size_tends_to_it(void **state)
{
    (void)state;
    assert_near(sp_walk_sd(sp_walk_around(0.3, 0.8), 200), 0.3, 1e-12);
    assert_near(sp_walk_sd(sp_walk_around(1, 1), 10), 0, 0);
}

static void steps_between_sizes_add_up_to_them(void **state)
{
    (void)state;
    static const double sd[] = {0.2, 0.1, 0.3};
    double variance = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(sd); i++) {
        SpWalk step = sp_walk_between(i == 0 ? 0 : sd[i - 1], sd[i]);
        variance = step.kept * step.kept * variance + step.step * step.step;
        assert_near(sqrt(variance), sd[i], 1e-12);
    }
}

static void exp_of_a_lane_is_close_to_exp(void **state)
{
    (void)state;
    for (int i = -80; i <= 80; i++) {
        double x = i / 10.0, tolerance = fabs(x) <= 2 ? 2e-5 : 1e-2;
        assert_near((double)sp_lane_exp((float)x) / exp(x), 1, tolerance);
    }
    assert_true(sp_lane_exp(-1000.0F) > 0.0F);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mc_key_of_the_test_vector),
        cmocka_unit_test(draws_have_the_sd_and_p10_of_the_formula),
        cmocka_unit_test(walk_around_a_size_tends_to_it),
        cmocka_unit_test(steps_between_sizes_add_up_to_them),
        cmocka_unit_test(exp_of_a_lane_is_close_to_exp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
