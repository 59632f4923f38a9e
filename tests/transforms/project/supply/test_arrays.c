/* The small functions on arrays: stock, graduates, shrinkage, ungrouping, places, sectors,
 * exits. */
#include "tests/transforms/project/fixture.h"

#include "transforms/project/supply/beta.h"
#include "transforms/project/supply/composition.h"
#include "transforms/project/supply/exits.h"
#include "transforms/project/supply/graduates.h"
#include "transforms/project/supply/placement.h"
#include "transforms/project/supply/sectors.h"
#include "transforms/project/supply/stock.h"
#include "transforms/project/supply/ungroup.h"

#include <gsl/gsl_errno.h>

#include <string.h>

static double sum_of(gsize n, const double values[])
{
    double sum = 0.0;
    for (gsize i = 0; i < n; i++) {
        sum += values[i];
    }
    return sum;
}

static void who_leaves_and_who_is_left_make_all(void **state)
{
    (void)state;
    double now[8] = {10, 20, 30, 40, 1, 2, 3, 4}, exit[8], next[8], left = 0;
    for (gsize i = 0; i < 8; i++) {
        exit[i] = 0.01 * (double)(i + 1);
    }
    sp_stock_age(4, now, exit, next, &left);
    double too_old = 40 * (1 - exit[3]) + 4 * (1 - exit[7]);
    assert_near(sum_of(8, next) + left + too_old, sum_of(8, now), 1e-12);
    assert_near(next[0], 0, 0);
    assert_near(next[2], 20 * 0.98, 1e-12);
}

static void nobody_leaves_who_is_not_there(void **state)
{
    (void)state;
    const double from[4] = {10, 0, -2, 5}, wanted[4] = {2, 3, 1, 100};
    double flow[4];
    sp_stock_flow(2, from, wanted, 0.5, flow);
    assert_near(flow[0], 2, 0);
    assert_near(flow[1], 0, 0);
    assert_near(flow[2], 0, 0);
    assert_near(flow[3], 2.5, 0);
}

static void ages_of_graduates_have_their_mean_and_spread(void **state)
{
    (void)state;
    double weight[SP_N_WORK_AGES], mean = 0.0, square = 0.0;
    sp_stock_age_weights(SP_N_WORK_AGES, SP_FIRST_WORK_AGE, 21, 26.0, 4.0, weight);
    for (guint i = 0; i < SP_N_WORK_AGES; i++) {
        double age = SP_FIRST_WORK_AGE + i;
        mean += weight[i] * age;
        square += weight[i] * age * age;
    }
    assert_near(sum_of(SP_N_WORK_AGES, weight), 1, 1e-12);
    assert_near(mean, 26.0, 0.05);
    assert_near(sqrt(square - mean * mean), 4.0, 0.1);
    assert_near(weight[20 - SP_FIRST_WORK_AGE], 0, 0);
}

static void doubled_admissions_double_the_graduates_they_become(void **state)
{
    (void)state;
    const double one[6] = {100, 100, 100, 100, 100, 100}, two[6] = {100, 100, 100, 200, 200, 200};
    const SpTiming timing = {.years = 3, .completion = 0.75, .timing = {55, 18, 10}};
    const SpYearly usual = {2020, 6, one}, more = {2020, 6, two};
    double all = 55 + 18 + 10;
    assert_near(sp_graduates(&timing, &usual, 2025), 75, 1e-12);
    assert_near(sp_graduates(&timing, &more, 2025), 75, 1e-12);
    assert_near(sp_graduates(&timing, &more, 2026) - sp_graduates(&timing, &usual, 2026),
                75 * 55 / all, 1e-12);
    assert_near(sp_graduates(&timing, &more, 2019), 0, 0);
}

static void completion_is_learnt_from_years_that_have_both(void **state)
{
    (void)state;
    const double admitted[6] = {100, 120, 90, 100, 110, 130};
    const SpTiming timing = {.years = 2, .completion = 0.5, .timing = {6, 3, 1}};
    const SpYearly admissions = {2018, 6, admitted};
    double completed[4];
    SpTiming all = timing;
    all.completion = 0.8;
    for (int i = 0; i < 4; i++) {
        completed[i] = sp_graduates(&all, &admissions, 2020 + i);
    }
    completed[2] = NAN;
    const SpYearly known = {2020, 4, completed}, unknown = {2020, 0, completed};
    assert_near(sp_graduates_completion(&timing, &admissions, &known, 0.5), 0.8, 1e-12);
    assert_near(sp_graduates_completion(&timing, &admissions, &unknown, 0.5), 0.5, 0);
}

/* hugjen table 1 (SSB 2005): nurses who completed in 2003/04 by years since they began; with level
 * admissions as many finish each year as the completion says. */
static void published_timing_of_nurses_keeps_a_level_intake_level(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(GPtrArray) rows = fixture_rows(shared, "helsemod/completion_timing_2003_04.csv");
    double admitted[20];
    for (gsize i = 0; i < 20; i++) {
        admitted[i] = 4000;
    }
    const SpYearly admissions = {1990, 20, admitted};
    for (guint r = 0; r < 3; r++) {
        char **row = rows->pdata[r];
        SpTiming timing = {.years = 3, .completion = 0.8};
        double delay = 0.0, all = 0.0;
        for (guint k = 0; k < 6; k++) {
            timing.timing[k] = fixture_number(row[3 + k]);
            delay += timing.timing[k] * k;
            all += timing.timing[k];
        }
        assert_near(sp_graduates(&timing, &admissions, 2005), 3200, 1e-9);
        /* The first admitted are spread as the table says: the mean delay is the table's. */
        double first[1] = {1000}, mean = 0.0;
        const SpYearly one = {2000, 1, first};
        for (int year = 2003; year <= 2008; year++) {
            mean += sp_graduates(&timing, &one, year) * (year - 2003) / 800;
        }
        assert_near(mean, delay / all, 1e-9);
    }
}

static void groups_that_differ_by_chance_alone_are_drawn_together(void **state)
{
    (void)state;
    /* Counts at their expectation differ less than chance would make them. */
    const double alike[3] = {7, 70, 700}, size[3] = {10, 100, 1000}, parent[3] = {0.7, 0.7, 0.7};
    assert_near(sp_beta_kappa(3, alike, size, parent), 1e4, 0);
    /* Large groups far apart: (.2/.21)... rho is the mean of the squares over p(1 - p). */
    const double apart[2] = {50000, 90000}, large[2] = {100000, 100000};
    double rho = (0.04 / 0.21 - 1e-5) / (1 - 1e-5);
    assert_near(sp_beta_kappa(2, apart, large, parent), 1 / rho - 1, 1e-6);
}

static void bands_keep_their_totals_and_nobody_is_negative(void **state)
{
    (void)state;
    static const SpWorkBand bands[] = {{5, 9}, {10, 14}, {15, 19}, {20, 24}, {25, 29}};
    static const double totals[] = {1, 900, 3, 0, 500};
    double single[31];
    sp_ungroup(31, bands, totals, 5, single);
    for (gsize b = 0; b < 5; b++) {
        assert_near(sum_of(5, single + bands[b].first), totals[b], 1e-9);
    }
    for (gsize a = 0; a < 31; a++) {
        assert_true(single[a] >= 0.0);
    }
    assert_near(single[30], 0, 0);
    assert_near(single[22], 0, 0);
}

static void an_even_or_straight_stock_is_found_again(void **state)
{
    (void)state;
    static const SpWorkBand bands[] = {{0, 4}, {5, 9}, {10, 19}};
    double even[] = {50, 50, 100}, straight[3] = {0}, single[20];
    sp_ungroup(20, bands, even, 3, single);
    for (gsize a = 0; a < 20; a++) {
        assert_near(single[a], 10, 1e-6);
    }
    for (gsize a = 0; a < 20; a++) {
        straight[a < 5 ? 0 : a < 10 ? 1 : 2] += 100.0 - 3.0 * (double)a;
    }
    sp_ungroup(20, bands, straight, 3, single);
    for (gsize a = 0; a < 20; a++) {
        assert_near(single[a], 100.0 - 3.0 * (double)a, 1e-5);
    }
}

/* SSB 179953: all 32 education groups by four bands. */
static void the_published_stock_of_2013_is_ungrouped_whole(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    static const SpWorkBand bands[] = {{0, 24}, {25, 39}, {40, 51}, {52, 60}};
    g_autoptr(GPtrArray) rows = fixture_rows(shared, "helsemod/employed_2013_by_education_age.csv");
    assert_int_equal(rows->len, 33);
    for (guint r = 0; r < rows->len; r++) {
        char **row = rows->pdata[r];
        double totals[4], single[SP_N_WORK_AGES], all = fixture_number(row[1]);
        for (guint b = 0; b < 4; b++) {
            totals[b] = fixture_number(row[2 + b]);
        }
        sp_ungroup(SP_N_WORK_AGES, bands, totals, 4, single);
        assert_near(sum_of(SP_N_WORK_AGES, single), all, 1e-6 * all);
        for (gsize a = 0; a < SP_N_WORK_AGES; a++) {
            assert_true(single[a] >= 0.0);
        }
    }
}

static void newcomers_go_where_the_young_are(void **state)
{
    (void)state;
    const double young[3] = {60, 30, 10}, all[3] = {100, 200, 200}, none[3] = {0, 0, 0};
    double share[3];
    sp_placement(3, young, all, share);
    assert_near(share[1], 0.3, 1e-12);
    sp_placement(3, none, all, share);
    assert_near(share[1], 0.4, 1e-12);
    sp_placement(3, none, none, share);
    assert_near(share[2], 1.0 / 3, 1e-12);
}

enum { REGIONS = 4, AGES = 3 };

/* [REGIONS][AGES], both. */
static void assert_margins_kept(const double before[], const double after[])
{
    for (gsize i = 0; i < REGIONS; i++) {
        assert_near(sum_of(AGES, after + i * AGES), sum_of(AGES, before + i * AGES), 1e-3);
    }
    for (gsize c = 0; c < AGES; c++) {
        double was = 0.0, is = 0.0;
        for (gsize i = 0; i < REGIONS; i++) {
            was += before[i * AGES + c];
            is += after[i * AGES + c];
        }
        assert_near(is, was, 1e-3);
    }
}

/* Three persons who happen to be young are no young profession: where regions do not differ but by
 * chance all have the country's ages. */
static void few_persons_have_the_ages_of_the_country(void **state)
{
    (void)state;
    const double counted[REGIONS][AGES] = {{400, 400, 200}, {205, 195, 100}, {3, 0, 0}, {0, 0, 0}};
    double drawn[REGIONS][AGES];
    memcpy(drawn, counted, sizeof drawn);
    sp_composition(REGIONS, AGES, &drawn[0][0]);
    assert_margins_kept(&counted[0][0], &drawn[0][0]);
    assert_near(drawn[2][0] / 3, 608.0 / 1503, 0.01);
    assert_near(drawn[2][2] / 3, 300.0 / 1503, 0.01);
    assert_near(drawn[0][0] / 1000, 608.0 / 1503, 0.01);
}

/* Where large regions differ by far more than chance they keep what they have, and three persons
 * who are all young still tell of little: more than the country's 0.4, less than they would
 * alone. */
static void regions_that_differ_keep_their_ages(void **state)
{
    (void)state;
    const double counted[REGIONS][AGES] = {
        {30000, 50000, 20000}, {50000, 30000, 20000}, {3, 0, 0}, {0, 0, 0}};
    double drawn[REGIONS][AGES];
    memcpy(drawn, counted, sizeof drawn);
    sp_composition(REGIONS, AGES, &drawn[0][0]);
    assert_margins_kept(&counted[0][0], &drawn[0][0]);
    assert_near(drawn[0][0], 30000, 50);
    assert_near(drawn[1][0], 50000, 50);
    assert_true(drawn[2][0] > 1.2 && drawn[2][0] < 2.0);
}

static void municipal_shares_meet_the_nation(void **state)
{
    (void)state;
    const double municipal[4] = {50, 400, 0, 3}, working[4] = {100, 1000, 2, 3};
    const double aarsverk[4] = {80, 850, 1.5, 2.5}, none[4] = {0, 0, 0, 0};
    double share[4], sum = 0.0;
    sp_sectors_municipal(4, municipal, working, aarsverk, 380, share);
    for (gsize i = 0; i < 4; i++) {
        assert_true(share[i] >= 0.0 && share[i] <= 1.0);
        sum += share[i] * aarsverk[i];
    }
    assert_near(sum, 380, 1e-9);
    /* Two persons tell little: near the nation's. */
    assert_true(share[2] > 0.2);
    sp_sectors_municipal(4, none, working, aarsverk, 0, share);
    assert_near(sum_of(4, share), 0, 0);
}

static void where_all_are_municipal_the_share_is_one(void **state)
{
    (void)state;
    const double all[2] = {10, 20}, aarsverk[2] = {5, 15};
    double share[2];
    sp_sectors_municipal(2, all, all, aarsverk, 20, share);
    assert_near(share[0], 1, 1e-12);
    assert_near(share[1], 1, 1e-12);
}

static void exits_are_believed_as_far_as_years_agree(void **state)
{
    (void)state;
    /* Six groups, two years: the last loses 10 % more each year, the others what is expected. */
    double expected[12], observed[12], extra[6], error[6];
    for (gsize i = 0; i < 12; i++) {
        expected[i] = 20000;
        observed[i] = (i >= 10 ? 18000 : 20000) + (i % 2 == 0 ? 60 : -60);
    }
    sp_exits_extra(6, 2, expected, observed, extra, error);
    assert_near(extra[5], 0.1, 0.01);
    assert_near(extra[0], 0, 0.002);
    /* Years lie 0.003 from their mean: two of them have a mean with that standard error. */
    assert_near(error[5], 0.003, 0.0003);
    expected[0] = expected[1] = 0.0;
    sp_exits_extra(6, 2, expected, observed, extra, error);
    assert_near(extra[0], 0, 0);
}

static int quiet(void **state)
{
    (void)state;
    gsl_set_error_handler_off();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_leaves_and_who_is_left_make_all),
        cmocka_unit_test(nobody_leaves_who_is_not_there),
        cmocka_unit_test(ages_of_graduates_have_their_mean_and_spread),
        cmocka_unit_test(doubled_admissions_double_the_graduates_they_become),
        cmocka_unit_test(completion_is_learnt_from_years_that_have_both),
        cmocka_unit_test(published_timing_of_nurses_keeps_a_level_intake_level),
        cmocka_unit_test(groups_that_differ_by_chance_alone_are_drawn_together),
        cmocka_unit_test(bands_keep_their_totals_and_nobody_is_negative),
        cmocka_unit_test(an_even_or_straight_stock_is_found_again),
        cmocka_unit_test(the_published_stock_of_2013_is_ungrouped_whole),
        cmocka_unit_test(newcomers_go_where_the_young_are),
        cmocka_unit_test(few_persons_have_the_ages_of_the_country),
        cmocka_unit_test(regions_that_differ_keep_their_ages),
        cmocka_unit_test(municipal_shares_meet_the_nation),
        cmocka_unit_test(where_all_are_municipal_the_share_is_one),
        cmocka_unit_test(exits_are_believed_as_far_as_years_agree),
    };
    return cmocka_run_group_tests(tests, quiet, NULL);
}
