/* Shares of figures that are no counts, on made-up countries whose truth is known. */
#include "tests/check.h"

#include "transforms/vary/model/shares_linear.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

enum { AREAS = 2000, COVARIATES = 2 };

typedef struct {
    double value[AREAS], variance[AREAS], size[AREAS], x[AREAS * COVARIATES];
    SpLinearSharesData data;
} Country;

/* value = 10 + 2 need + 1 constraint + chance of variance 1 + what nothing explains, of variance
 * 3. */
static Country *make_country(unsigned long seed)
{
    Country *country = g_new0(Country, 1);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    gsl_rng_set(rng, seed);
    for (gsize i = 0; i < AREAS; i++) {
        double *x = country->x + i * COVARIATES;
        x[0] = gsl_ran_ugaussian(rng);
        x[1] = gsl_ran_ugaussian(rng);
        country->size[i] = (double)((i * 7919) % AREAS);
        country->variance[i] = 1.0;
        country->value[i] = 10.0 + 2.0 * x[0] + x[1] + gsl_ran_gaussian(rng, 1.0) +
                            gsl_ran_gaussian(rng, sqrt(3.0));
    }
    gsl_rng_free(rng);
    country->data = (SpLinearSharesData){.n = AREAS,
                                         .value = country->value,
                                         .variance = country->variance,
                                         .size = country->size,
                                         .n_need = 1,
                                         .n_constraint = 1,
                                         .x = country->x};
    return country;
}

static void shares_are_those_of_the_truth_and_add_up(void **state)
{
    (void)state;
    g_autofree Country *country = make_country(1);
    g_autoptr(SpShares) shares = sp_linear_shares_new(&country->data);
    assert_int_equal(shares->fit, SP_FIT_GOOD);
    assert_near(shares->need.value, 4.0 / 9.0, 0.03);
    assert_near(shares->constraint.value, 1.0 / 9.0, 0.03);
    assert_near(shares->random.value, 1.0 / 9.0, 0.03);
    assert_near(shares->unexplained.value, 3.0 / 9.0, 0.03);
    assert_near(shares->need.value + shares->constraint.value + shares->random.value +
                    shares->unexplained.value,
                1.0, 1e-12);
}

/* Of 357 areas: 3 of 9. */
static void intervals_hold_the_true_share_that_nothing_explains(void **state)
{
    (void)state;
    enum { PASTS = 300, KOMMUNER = 357 };
    double held = 0.0;
    double width = 0.0;
    for (unsigned long past = 0; past < PASTS; past++) {
        g_autofree Country *country = make_country(100 + past);
        country->data.n = KOMMUNER;
        g_autoptr(SpShares) shares = sp_linear_shares_new(&country->data);
        held += shares->unexplained_low.value <= 3.0 / 9.0 &&
                        3.0 / 9.0 <= shares->unexplained_high.value
                    ? 1.0 / PASTS
                    : 0.0;
        width += (shares->unexplained_high.value - shares->unexplained_low.value) / PASTS;
    }
    print_message("held in %.1f %%, width %.3f\n", 100.0 * held, width);
    assert_near(held, 0.95, 0.038); /* three standard errors */
}

static void without_a_known_variance_chance_is_in_what_is_unexplained(void **state)
{
    (void)state;
    g_autofree Country *country = make_country(2);
    country->data.variance = NULL;
    g_autoptr(SpShares) shares = sp_linear_shares_new(&country->data);
    assert_int_equal(shares->random.status, SP_NOT_APPLICABLE);
    assert_near(shares->unexplained.value, 4.0 / 9.0, 0.03);
    assert_near(shares->need.value + shares->constraint.value + shares->unexplained.value, 1.0,
                1e-12);
}

static void chance_above_what_is_left_leaves_nothing_unexplained(void **state)
{
    (void)state;
    g_autofree Country *country = make_country(3);
    for (gsize i = 0; i < AREAS; i++) {
        country->variance[i] = 50.0;
    }
    g_autoptr(SpShares) shares = sp_linear_shares_new(&country->data);
    assert_int_equal(shares->unexplained.status, SP_ZERO);
    assert_int_equal(shares->unexplained_low.status, SP_ZERO);
    assert_near(shares->random.value, 4.0 / 9.0, 0.03);
}

static void an_area_does_not_move_its_own_prediction(void **state)
{
    (void)state;
    g_autofree Country *country = make_country(4);
    g_autoptr(SpShares) before = sp_linear_shares_new(&country->data);
    country->value[17] += 100.0;
    g_autoptr(SpShares) after = sp_linear_shares_new(&country->data);
    assert_near(after->predicted[17], before->predicted[17], 0.0);
    assert_true(after->predicted[18] != before->predicted[18]);
}

/* Weighted, a half of the areas without weight to speak of is as if it were not there. */
static void areas_of_little_weight_have_little_say(void **state)
{
    (void)state;
    g_autofree Country *country = make_country(5);
    g_autofree double *weight = g_new(double, AREAS);
    for (gsize i = 0; i < AREAS; i++) {
        weight[i] = i % 2 == 0 ? 1.0 : 1e-9;
        country->value[i] = i % 2 == 0 ? 3.0 * country->x[i * COVARIATES] : country->value[i];
    }
    country->data.weight = weight;
    country->data.variance = NULL;
    g_autoptr(SpShares) shares = sp_linear_shares_new(&country->data);
    assert_near(shares->need.value, 1.0, 1e-6);
}

static void what_cannot_be_told_is_missing_with_a_reason(void **state)
{
    (void)state;
    g_autofree Country *country = make_country(6);
    country->data.n = 29;
    g_autoptr(SpShares) few = sp_linear_shares_new(&country->data);
    country->data.n = AREAS;
    for (gsize i = 0; i < AREAS; i++) {
        country->value[i] = 0.1;
    }
    g_autoptr(SpShares) flat = sp_linear_shares_new(&country->data);
    for (gsize i = 0; i < AREAS; i++) {
        country->x[i * COVARIATES + 1] = 3.0;
    }
    g_autoptr(SpShares) collinear = sp_linear_shares_new(&country->data);
    assert_int_equal(few->fit, SP_FIT_TOO_FEW);
    assert_null(few->predicted);
    assert_int_equal(flat->fit, SP_FIT_GOOD);
    assert_int_equal(flat->need.status, SP_MISSING);
    assert_int_equal(collinear->fit, SP_FIT_COLLINEAR);
    assert_int_equal(collinear->unexplained.status, SP_MISSING);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_those_of_the_truth_and_add_up),
        cmocka_unit_test(intervals_hold_the_true_share_that_nothing_explains),
        cmocka_unit_test(without_a_known_variance_chance_is_in_what_is_unexplained),
        cmocka_unit_test(chance_above_what_is_left_leaves_nothing_unexplained),
        cmocka_unit_test(an_area_does_not_move_its_own_prediction),
        cmocka_unit_test(areas_of_little_weight_have_little_say),
        cmocka_unit_test(what_cannot_be_told_is_missing_with_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
