/* Predictions without the area's own figure. */
#include "tests/check.h"

#include "transforms/vary/shrink/leave_out.h"

static const gboolean all_shown[] = {TRUE, TRUE, TRUE, TRUE};

/* The others of area 0: 20 of 10 and 30 of 30. Ratio 50/40; spread (10 * 0.75^2 + 30 * 0.25^2) / 40
 * less chance 1.25 * 2 / 40. */
static void prediction_is_the_ratio_of_the_others_and_their_variance(void **state)
{
    (void)state;
    const double o[] = {5.0, 20.0, 30.0};
    const double e[] = {9.0, 10.0, 30.0};
    const SpCounts three = {.n = 3, .observed = o, .expected = e, .variance = e};
    SpPrediction prediction[3];
    sp_shrink_leave_out(&three, all_shown, NULL, 0, prediction);
    assert_near(prediction[0].ratio.value, 1.25, 1e-15);
    assert_near(prediction[0].variance.value, 0.125, 1e-15);
}

static void own_figure_and_hidden_figures_move_no_prediction(void **state)
{
    (void)state;
    const double o[] = {5.0, 20.0, 30.0, 12.0};
    const double other[] = {5.0, 20.0, 30.0, 99.0};
    const double e[] = {9.0, 10.0, 30.0, 11.0};
    const gboolean is_shown[] = {TRUE, TRUE, TRUE, FALSE};
    const SpCounts hidden = {.n = 4, .observed = o, .expected = e, .variance = e};
    const SpCounts changed = {.n = 4, .observed = other, .expected = e, .variance = e};
    SpPrediction before[4];
    SpPrediction after[4];
    sp_shrink_leave_out(&hidden, is_shown, NULL, 0, before);
    sp_shrink_leave_out(&changed, is_shown, NULL, 0, after);
    for (gsize i = 0; i < 4; i++) {
        assert_near(before[i].ratio.value, after[i].ratio.value, 0.0);
        assert_near(before[i].variance.value, after[i].variance.value, 0.0);
    }
    assert_near(before[3].ratio.value, 55.0 / 49.0, 1e-15);
}

static void groups_learn_from_their_own_and_two_others_at_least(void **state)
{
    (void)state;
    const double o[] = {5.0, 20.0, 30.0, 12.0};
    const double e[] = {10.0, 10.0, 30.0, 0.0};
    const guint group[] = {1, 1, 1, 0};
    const SpCounts four = {.n = 4, .observed = o, .expected = e, .variance = e};
    SpPrediction prediction[4];
    sp_shrink_leave_out(&four, all_shown, group, 2, prediction);
    assert_near(prediction[0].ratio.value, 1.25, 1e-15);
    assert_int_equal(prediction[3].ratio.status, SP_MISSING);
    assert_int_equal(prediction[3].variance.status, SP_MISSING);
    const gboolean one_hidden[] = {TRUE, FALSE, TRUE, TRUE};
    sp_shrink_leave_out(&four, one_hidden, group, 2, prediction);
    assert_int_equal(prediction[0].ratio.status, SP_MISSING);
    assert_near(prediction[1].ratio.value, 35.0 / 40.0, 1e-15);
}

static void area_without_expected_is_predicted_all_the_same(void **state)
{
    (void)state;
    const double o[] = {3.0, 20.0, 10.0, 7.0};
    const double e[] = {3.0, 10.0, 5.0, 0.0};
    const SpCounts four = {.n = 4, .observed = o, .expected = e, .variance = e};
    SpPrediction prediction[4];
    sp_shrink_leave_out(&four, all_shown, NULL, 0, prediction);
    assert_near(prediction[3].ratio.value, 33.0 / 18.0, 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prediction_is_the_ratio_of_the_others_and_their_variance),
        cmocka_unit_test(own_figure_and_hidden_figures_move_no_prediction),
        cmocka_unit_test(groups_learn_from_their_own_and_two_others_at_least),
        cmocka_unit_test(area_without_expected_is_predicted_all_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
