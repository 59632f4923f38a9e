/* Newcomers by the stock and by the register, against stocks made with known newcomers. */
#include "tests/check.h"

#include "transforms/project/supply/ages.h"
#include "transforms/project/supply/foreign.h"
#include "transforms/project/supply/newcomers.h"

#include <math.h>

enum { AGES = SP_N_WORK_AGES };

static gsize place(guint age)
{
    return age - SP_FIRST_WORK_AGE;
}

/* 100 of each age 20-60 and sex; a tenth leaves each year; 30 come at 22 and 10 at 40, half of each
 * sex. */
static void who_came_is_found_again(void **state)
{
    (void)state;
    double now[SP_N_STOCK] = {0}, exit[SP_N_STOCK], next[SP_N_STOCK], known[SP_N_STOCK] = {0};
    double weight[AGES] = {0};
    for (gsize i = 0; i < SP_N_STOCK; i++) {
        guint age = SP_FIRST_WORK_AGE + (guint)(i % AGES);
        exit[i] = 0.1;
        now[i] = age >= 20 && age <= 60 ? 100 : 0;
    }
    for (gsize i = 0; i < SP_N_STOCK; i++) {
        next[i] = i % AGES == 0 ? 0 : now[i - 1] * 0.9;
    }
    for (gsize sex = 0; sex < 2; sex++) {
        next[sex * AGES + place(22)] += 15;
        next[sex * AGES + place(40)] += 5;
    }
    weight[place(22)] = 0.75;
    weight[place(40)] = 0.25;
    assert_near(sp_newcomers_between(now, next, exit, known, weight), 40, 1e-9);
    /* Eight of them are known otherwise, and three went to another profession. */
    known[place(22)] = 8;
    known[AGES + place(30)] = -3;
    next[AGES + place(30)] -= 3;
    assert_near(sp_newcomers_between(now, next, exit, known, weight), 40 - 8 / 0.75, 1e-9);
    /* Fewer than there should be count against those of other years: a bound at none in each would
       make the mean too many. */
    next[place(25)] = 0;
    assert_near(sp_newcomers_between(now, next, exit, known, weight), 40 - (8 + 90) / 0.75, 1e-9);
}

static void late_newcomers_are_not_told_by_the_young(void **state)
{
    (void)state;
    double none[SP_N_STOCK] = {0}, weight[AGES] = {0};
    weight[place(30)] = 0.3;
    weight[place(45)] = 0.7;
    assert_true(isnan(sp_newcomers_between(none, none, none, none, weight)));
}

/* 50 authorised of each age from 30 to 69; five years later there are as many: 50 new a year, since
 * so many grew out of it. */
static void who_grows_out_of_the_register_hides_no_newcomer(void **state)
{
    (void)state;
    double earlier[AGES] = {0}, later[AGES] = {0}, survival[AGES];
    for (guint age = 30; age <= 69; age++) {
        earlier[place(age)] = later[place(age)] = 50;
    }
    for (gsize a = 0; a < AGES; a++) {
        survival[a] = 1.0;
    }
    assert_near(sp_foreign_between(AGES, earlier, later, survival, 5, place(69)), 50, 1e-9);
    /* One in a hundred dies each year: of 35 x 50 who are young enough to be there still. */
    for (gsize a = 0; a < AGES; a++) {
        survival[a] = 0.99;
    }
    double dead = 35 * 50 * (1 - pow(0.99, 5));
    assert_near(sp_foreign_between(AGES, earlier, later, survival, 5, place(69)), 50 + dead / 5,
                1e-9);
}

static void ages_are_read_and_cut_to_those_of_work(void **state)
{
    (void)state;
    SpWorkBand band;
    assert_int_equal(sp_work_band_parse("020-024", &band), 1);
    assert_int_equal(band.first, 5);
    assert_int_equal(band.last, 9);
    assert_int_equal(sp_work_band_parse("70+", &band), 1);
    assert_int_equal(band.last, AGES - 1);
    assert_int_equal(sp_work_band_parse("010-019", &band), 1);
    assert_int_equal(band.first, 0);
    assert_int_equal(sp_work_band_parse("080-089", &band), 0);
    assert_int_equal(sp_work_band_parse("tot", &band), -1);
    assert_int_equal(sp_work_band_parse("30-25", &band), -1);
    assert_int_equal(sp_work_band_parse("", &band), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_came_is_found_again),
        cmocka_unit_test(late_newcomers_are_not_told_by_the_young),
        cmocka_unit_test(who_grows_out_of_the_register_hides_no_newcomer),
        cmocka_unit_test(ages_are_read_and_cut_to_those_of_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
