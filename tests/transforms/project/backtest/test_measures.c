/* Measures of accuracy against numbers worked out by hand and published formulas. */
#include "tests/check.h"

#include "transforms/project/backtest/accuracy.h"
#include "transforms/project/backtest/paired.h"

/* Errors +10, -10, 0, +5 of 100, 200, 50, 10: shares +10, -5, 0, +50 percent. */
static const double forecasts[] = {110, 190, 50, 15};
static const double actuals[] = {100, 200, 50, 10};
enum { N = 4 };

static void measures_are_those_worked_out_by_hand(void **state)
{
    SpAccuracy accuracy;
    (void)state;
    sp_accuracy(N, forecasts, actuals, 2, &accuracy);
    assert_int_equal(accuracy.n, 4);
    assert_int_equal(accuracy.n_percent, 4);
    assert_near(accuracy.forecast, 365, 0);
    assert_near(accuracy.actual, 360, 0);
    assert_near(accuracy.pe, 100 * 5.0 / 360, 1e-12);
    assert_near(accuracy.annual, 100 * (sqrt(365.0 / 360) - 1), 1e-12);
    assert_near(accuracy.mpe, (10 - 5 + 0 + 50) / 4.0, 1e-12);
    assert_near(accuracy.mape, (10 + 5 + 0 + 50) / 4.0, 1e-12);
    assert_near(accuracy.medape, (5 + 10) / 2.0, 1e-12);
    assert_near(accuracy.wape, 100 * 25.0 / 360, 1e-12);
    assert_near(accuracy.mae, 25 / 4.0, 1e-12);
    assert_near(accuracy.rmse, sqrt((100 + 100 + 0 + 25) / 4.0), 1e-12);
}

static void a_kommune_with_none_counts_in_sums_and_not_in_percentages(void **state)
{
    const double forecast[] = {3, 110}, actual[] = {0, 100};
    SpAccuracy accuracy;
    (void)state;
    sp_accuracy(2, forecast, actual, 1, &accuracy);
    assert_int_equal(accuracy.n_percent, 1);
    assert_near(accuracy.mape, 10, 1e-12);
    assert_near(accuracy.medape, 10, 1e-12);
    assert_near(accuracy.wape, 13, 1e-12);
}

static void nothing_to_judge_is_not_a_number_and_no_perfect_score(void **state)
{
    SpAccuracy accuracy;
    (void)state;
    sp_accuracy(0, NULL, NULL, 3, &accuracy);
    assert_true(isnan(accuracy.pe) && isnan(accuracy.mape) && isnan(accuracy.medape));
    assert_true(isnan(accuracy.wape) && isnan(accuracy.mae) && isnan(accuracy.rmse));
    assert_true(isnan(sp_coverage(0, NULL, NULL, NULL)));
    assert_true(isnan(sp_interval_score(0, 0.8, NULL, NULL, NULL)));
    assert_true(isnan(sp_theil_u(2, 0)));
}

static void theils_u_of_no_change_is_one(void **state)
{
    (void)state;
    assert_near(sp_theil_u(7.5, 7.5), 1, 0);
    assert_near(sp_theil_u(3, 6), 0.5, 0);
}

static void error_over_its_sd_leaves_out_what_cannot_vary(void **state)
{
    /* (10 / 5)^2 = 4, (-10 / 10)^2 = 1, left out, (5 / 5)^2 = 1. */
    const double sd[] = {5, 10, 0, 5}, none[] = {0, 0, 0, 0};
    (void)state;
    assert_near(sp_error_over_sd(N, forecasts, actuals, sd), sqrt(6 / 3.0), 1e-12);
    assert_true(isnan(sp_error_over_sd(N, forecasts, actuals, none)));
}

static void direction_counts_where_both_say_one(void **state)
{
    /* Up and up, up and down, no change told, nothing changed. */
    const double reference[] = {90, 150, 50, 10}, told[] = {110, 190, 50, 15};
    const double seen[] = {100, 140, 60, 10};
    (void)state;
    assert_near(sp_sign_hit(N, reference, told, seen), 0.5, 0);
    assert_true(isnan(sp_sign_hit(N, reference, reference, seen)));
}

static void ends_of_an_interval_belong_to_it(void **state)
{
    const double low[] = {100, 150, 51, 0}, high[] = {120, 199, 60, 10};
    (void)state;
    assert_near(sp_coverage(N, low, high, actuals), 0.5, 0);
}

static void interval_score_is_width_and_a_price_for_what_lies_outside(void **state)
{
    /* Gneiting and Raftery (43) with alpha = .2: 20 + 0, 49 + 10 * 1, 9 + 10 * 1, 10 + 0. */
    const double low[] = {100, 150, 51, 0}, high[] = {120, 199, 60, 10};
    (void)state;
    assert_near(sp_interval_score(N, 0.8, low, high, actuals), (20 + 59 + 19 + 10) / 4.0, 1e-12);
}

/* The score is proper: over many outcomes no interval beats the outcomes' own quantiles. */
static void interval_score_is_least_at_the_true_quantiles(void **state)
{
    enum { N_OUTCOMES = 999 };
    double seen[N_OUTCOMES], low[N_OUTCOMES], high[N_OUTCOMES], score[3];
    static const double ends[3][2] = {{0.05, 0.95}, {0.10, 0.90}, {0.15, 0.85}};
    (void)state;
    for (gsize k = 0; k < G_N_ELEMENTS(ends); k++) {
        for (gsize i = 0; i < N_OUTCOMES; i++) {
            seen[i] = ((double)i + 0.5) / N_OUTCOMES;
            low[i] = ends[k][0];
            high[i] = ends[k][1];
        }
        score[k] = sp_interval_score(N_OUTCOMES, 0.8, low, high, seen);
    }
    assert_true(score[1] < score[0] && score[1] < score[2]);
}

/* Differences 1, 2, 3 and 6 of four clusters of one: the one-sample t interval of the textbook,
 * mean 3, s2 = (4 + 1 + 0 + 9) / 3, t(3) at 97.5 % = 3.182446305 (Abramowitz and Stegun 26.10). */
static void clusters_of_one_give_the_ordinary_t_interval(void **state)
{
    const double loss[] = {2, 4, 6, 10}, peer[] = {1, 2, 3, 4};
    const guint32 cluster[] = {0, 1, 2, 3};
    (void)state;
    SpEstimate difference = sp_paired_difference(N, loss, peer, cluster, 4);
    double reach = 3.182446305 * sqrt(14 / 3.0 / 4);
    assert_near(difference.estimate, 3, 1e-12);
    assert_near(difference.low, 3 - reach, 1e-8);
    assert_near(difference.high, 3 + reach, 1e-8);
}

/* Two clusters of two that agree within: G / (G - 1) (2^2 + 2^2) / 4^2 = 1, t(1) = 12.70620474. */
static void kommuner_of_a_cluster_count_once(void **state)
{
    const double loss[] = {2, 2, 4, 4}, peer[] = {1, 1, 1, 1};
    const guint32 cluster[] = {0, 0, 5, 5}, one[] = {0, 0, 0, 0};
    (void)state;
    SpEstimate difference = sp_paired_difference(N, loss, peer, cluster, 6);
    assert_near(difference.estimate, 2, 1e-12);
    assert_near(difference.high - difference.estimate, 12.70620474, 1e-7);
    difference = sp_paired_difference(N, loss, peer, one, 1);
    assert_near(difference.estimate, 2, 1e-12);
    assert_true(isnan(difference.low) && isnan(difference.high));
}

static void skill_is_what_of_the_peers_loss_is_saved(void **state)
{
    const double loss[] = {1, 2, 3, 4}, peer[] = {2, 4, 6, 8}, nothing[] = {0, 0, 0, 0};
    const guint32 cluster[] = {0, 1, 2, 3};
    (void)state;
    SpEstimate skill = sp_skill(N, loss, peer, cluster, 4, sp_random_seed(1));
    /* Half is saved in every kommune, so in every resample. */
    assert_near(skill.estimate, 0.5, 1e-12);
    assert_near(skill.low, 0.5, 1e-7);
    assert_near(skill.high, 0.5, 1e-7);
    assert_true(isnan(sp_skill(N, loss, nothing, cluster, 4, sp_random_seed(1)).estimate));
}

/* Two clusters with skill 1 and 0 and the same peer loss: a resample has skill 0, 1/2 or 1, the
 * ends with probability 1/4 each, so a 95 % interval reaches both. */
static void resampling_takes_whole_clusters_and_repeats(void **state)
{
    const double loss[] = {0, 0, 1, 1}, peer[] = {1, 1, 1, 1};
    const guint32 cluster[] = {0, 0, 1, 1};
    (void)state;
    SpEstimate skill = sp_skill(N, loss, peer, cluster, 2, sp_random_seed(1));
    assert_near(skill.estimate, 0.5, 1e-12);
    assert_near(skill.low, 0, 0);
    assert_near(skill.high, 1, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_are_those_worked_out_by_hand),
        cmocka_unit_test(a_kommune_with_none_counts_in_sums_and_not_in_percentages),
        cmocka_unit_test(nothing_to_judge_is_not_a_number_and_no_perfect_score),
        cmocka_unit_test(theils_u_of_no_change_is_one),
        cmocka_unit_test(error_over_its_sd_leaves_out_what_cannot_vary),
        cmocka_unit_test(direction_counts_where_both_say_one),
        cmocka_unit_test(ends_of_an_interval_belong_to_it),
        cmocka_unit_test(interval_score_is_width_and_a_price_for_what_lies_outside),
        cmocka_unit_test(interval_score_is_least_at_the_true_quantiles),
        cmocka_unit_test(clusters_of_one_give_the_ordinary_t_interval),
        cmocka_unit_test(kommuner_of_a_cluster_count_once),
        cmocka_unit_test(skill_is_what_of_the_peers_loss_is_saved),
        cmocka_unit_test(resampling_takes_whole_clusters_and_repeats),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
