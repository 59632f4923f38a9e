/* Gap on arrays: signs, statuses, parts and probability. */
#include "tests/check.h"

#include "transforms/project/balance/gap.h"

static void a_positive_gap_is_a_shortage(void **state)
{
    (void)state;
    SpReal none = sp_real_none(SP_NOT_APPLICABLE);
    assert_near(sp_gap(sp_real(12), sp_real(10), none).value, 2, 0);
    assert_near(sp_gap(sp_real(10), sp_real(12), none).value, -2, 0);
    assert_near(sp_gap(sp_real(10), sp_real(12), sp_real(3)).value, 1, 0);
    assert_int_equal(sp_gap(sp_real(10), sp_real(10), none).status, SP_ZERO);
}

/* 0.1 + 0.2 is not 0.3 to a computer; to a balanced base it is. */
static void a_balanced_base_has_no_gap_of_rounding(void **state)
{
    (void)state;
    SpReal none = sp_real_none(SP_NOT_APPLICABLE);
    assert_true(0.1 + 0.2 != 0.3);
    assert_int_equal(sp_gap(sp_real(0.1 + 0.2), sp_real(0.3), none).status, SP_ZERO);
    assert_near(sp_gap(sp_real(0.3 + 1e-9), sp_real(0.3), none).value, 1e-9, 1e-15);
}

static void what_is_hidden_or_missing_on_one_side_is_so_in_the_gap(void **state)
{
    (void)state;
    SpReal none = sp_real_none(SP_NOT_APPLICABLE), hidden = sp_real_none(SP_SUPPRESSED);
    assert_int_equal(sp_gap(hidden, sp_real(1), none).status, SP_SUPPRESSED);
    assert_int_equal(sp_gap(sp_real(1), sp_real_none(SP_MISSING), none).status, SP_MISSING);
    assert_int_equal(sp_gap(sp_real(1), none, none).status, SP_NOT_APPLICABLE);
    assert_int_equal(sp_gap(sp_real(1), sp_real(1), hidden).status, SP_SUPPRESSED);
}

static void a_profession_without_supply_cannot_be_scaled(void **state)
{
    (void)state;
    assert_near(sp_gap_factor(sp_real(30), sp_real(20)).value, 1.5, 0);
    assert_int_equal(sp_gap_factor(sp_real(30), sp_real(0)).status, SP_MISSING);
    assert_int_equal(sp_gap_factor(sp_real(0), sp_real(0)).status, SP_NOT_APPLICABLE);
    assert_int_equal(sp_gap_factor(sp_real(0), sp_real(5)).status, SP_ZERO);
    assert_int_equal(sp_gap_factor(sp_real_none(SP_SUPPRESSED), sp_real(5)).status, SP_SUPPRESSED);
}

static void parts_add_up_to_the_gap(void **state)
{
    (void)state;
    const double demand[] = {100.25, 131.5}, supply[] = {98.75, 90.125};
    double parts[SP_N_GAP_PARTS];
    sp_gap_parts(demand, supply, 4.5, parts);
    assert_near(parts[SP_GAP_START], 6, 0);
    assert_near(parts[SP_GAP_DEMAND], 31.25, 0);
    assert_near(parts[SP_GAP_SUPPLY], 8.625, 0);
    SpReal gap = sp_gap(sp_real(demand[1]), sp_real(supply[1]), sp_real(4.5));
    assert_near(parts[0] + parts[1] + parts[2], gap.value, 1e-12);
}

/* One årsverk is what counts in a small kommune, 5 % in a large one. */
static void relevance_has_a_floor_and_a_share(void **state)
{
    (void)state;
    assert_near((double)sp_gap_limit(0), 1, 0);
    assert_near((double)sp_gap_limit(20), 1, 0);
    assert_near((double)sp_gap_limit(100), 5, 1e-6);
}

static void probability_is_rounded_to_five_per_cent(void **state)
{
    (void)state;
    static const struct {
        gsize n_relevant, n;
        double want;
    } cases[] = {{0, 1000, 0},      {24, 1000, 0},    {25, 1000, 0.05},  {74, 1000, 0.05},
                 {75, 1000, 0.1},   {500, 1000, 0.5}, {974, 1000, 0.95}, {975, 1000, 1},
                 {1000, 1000, 1.0}, {1, 1, 1},        {1, 3, 0.35}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_near(sp_gap_round_share(cases[i].n_relevant, cases[i].n), cases[i].want, 1e-15);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_positive_gap_is_a_shortage),
        cmocka_unit_test(a_balanced_base_has_no_gap_of_rounding),
        cmocka_unit_test(what_is_hidden_or_missing_on_one_side_is_so_in_the_gap),
        cmocka_unit_test(a_profession_without_supply_cannot_be_scaled),
        cmocka_unit_test(parts_add_up_to_the_gap),
        cmocka_unit_test(relevance_has_a_floor_and_a_share),
        cmocka_unit_test(probability_is_rounded_to_five_per_cent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
