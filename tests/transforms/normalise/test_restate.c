/* Facts moved to the target division. */
#include "tests/transforms/normalise/fixture.h"

#include "core/period.h"
#include "transforms/normalise/restate.h"

#define BY_AGE "region:key kjonn:key alder:key period:key innbyggere:sum"

/* Takes `facts`. */
static SpTable *restate(Fixture *fixture, SpTable *facts, const SpTable *weights)
{
    SpTable *table = sp_normalise_restate(facts, &(SpTarget){fixture->regions, TARGET, weights},
                                          NULL, fixture->quality, &fixture->error);
    sp_table_free(facts);
    return table;
}

static SpTable *restate_well(Fixture *fixture, SpTable *facts, const SpTable *weights)
{
    SpTable *table = restate(fixture, facts, weights);
    assert_no_error(fixture->error);
    return table;
}

static void merged_kommuner_add_up(void **state)
{
    g_autoptr(SpTable) table =
        restate_well(*state,
                     PERSONS("t", "region:key period:key innbyggere:sum", "5001 2019 10",
                             "5030 2019 2", "5001 2020 13", "0301 2019 7"),
                     NULL);
    assert_rows(table, "0301 2019 7", "5001 2019 12", "5001 2020 13");
    assert_string_equal(sp_table_column(table, 0)->classification, "kommune@2024-01-01");
}

static void a_suppressed_part_makes_the_sum_suppressed(void **state)
{
    g_autoptr(SpTable) table =
        restate_well(*state,
                     TABLE("t", "region:key period:key n:sum", "5001 2018 10",
                           "5030 2018 :", "5001 2019 10/p", "5030 2019 ..", "5001 2017-01-01 ."),
                     NULL);
    assert_rows(table, "5001 2018 :", "5001 2019 ../p");
}

static void not_applicable_parts_are_skipped(void **state)
{
    g_autoptr(SpTable) table =
        restate_well(*state,
                     TABLE("t", "region:key period:key n:sum", "5001 2019 10", "5030 2019 .",
                           "5001 2018 .", "5030 2018 ."),
                     NULL);
    assert_rows(table, "5001 2018 .", "5001 2019 10");
}

static void a_rate_of_merged_kommuner_is_missing_unless_one_alone_has_it(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table =
        restate_well(fixture,
                     TABLE("t", "region:key period:key andel:other", "5001 2018 10", "5030 2018 2",
                           "5001 2019 10", "5001 2017 .", "5001 2020 4"),
                     NULL);
    assert_rows(table, "5001 2018 ..", "5001 2019 10", "5001 2020 4");
    assert_true(has_finding(fixture->quality, "merged_not_additive", "andel", "1 cells"));
}

static void a_suppressed_rate_stays_suppressed_in_the_merged_kommune(void **state)
{
    g_autoptr(SpTable) table =
        restate_well(*state,
                     TABLE("t", "region:key period:key andel:other", "5001 2018 10",
                           "5030 2018 :", "5001 2019 .", "5030 2019 ."),
                     NULL);
    assert_rows(table, "5001 2018 :", "5001 2019 .");
}

static void the_population_divides_itself_by_sex_and_age(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table = restate_well(
        fixture,
        PERSONS("folkemengde", BY_AGE, "1507 1 080 2023-01-01 10", "1507 2 080 2023-01-01 10",
                "1508 1 080 2024-01-01 8", "1580 1 080 2024-01-01 2", "1508 2 080 2024-01-01 3",
                "1580 2 080 2024-01-01 6", "1580 1 080 2023-01-01 ."),
        NULL);
    assert_rows(table, "1508 1 080 2023-01-01 8/m", "1508 1 080 2024-01-01 8",
                "1508 2 080 2023-01-01 3/m", "1508 2 080 2024-01-01 3", "1580 1 080 2023-01-01 2/m",
                "1580 1 080 2024-01-01 2", "1580 2 080 2023-01-01 7/m", "1580 2 080 2024-01-01 6");
    assert_true(has_finding(fixture->quality, "split_modelled", "1507 2024-01-01", "1508, 1580"));
    assert_true(has_finding(fixture->quality, "total_checked", "innbyggere", "4 of 4"));
}

static void an_age_without_anybody_takes_the_weights_of_its_sex(void **state)
{
    g_autoptr(SpTable) table = restate_well(
        *state,
        PERSONS("folkemengde", BY_AGE, "1507 1 104 2023-01-01 2", "1507 2 104 2023-01-01 2",
                "1508 1 080 2024-01-01 1", "1580 1 080 2024-01-01 1", "1508 1 104 2024-01-01 -",
                "1580 1 104 2024-01-01 -"),
        NULL);
    /* Nobody of sex 2 at all: everybody weighs. */
    assert_rows(table, "1508 1 080 2024-01-01 1", "1508 1 104 2023-01-01 1/m",
                "1508 1 104 2024-01-01 -", "1508 2 104 2023-01-01 1/m", "1580 1 080 2024-01-01 1",
                "1580 1 104 2023-01-01 1/m", "1580 1 104 2024-01-01 -",
                "1580 2 104 2023-01-01 1/m");
}

static SpTable *weights_2024(void)
{
    return TABLE("folkemengde", BY_AGE, "1508 1 080 2024-01-01 8", "1580 1 080 2024-01-01 2",
                 "1508 2 020 2024-01-01 1", "1580 2 020 2024-01-01 9");
}

static void a_suppressed_cell_stays_suppressed_in_all_parts(void **state)
{
    g_autoptr(SpTable) weights = weights_2024();
    g_autoptr(SpTable) table =
        restate_well(*state,
                     PERSONS("t", "region:key period:key n:sum", "1507 2020 :", "1507 2021 ..",
                             "1507 2022 -", "1507 2023 0"),
                     weights);
    assert_rows(table, "1508 2020 :/m", "1508 2021 ../m", "1508 2022 -/m", "1508 2023 0/m",
                "1580 2020 :/m", "1580 2021 ../m", "1580 2022 -/m", "1580 2023 0/m");
}

static void persons_by_sex_alone_take_the_weights_of_that_sex(void **state)
{
    g_autoptr(SpTable) weights = weights_2024();
    g_autoptr(SpTable) table =
        restate_well(*state,
                     PERSONS("t", "region:key kjonn:key period:key n:sum", "1507 0 2020 5",
                             "1507 1 2020 5", "1507 2 2020 5"),
                     weights);
    assert_rows(table, "1508 0 2020 2/m", "1508 1 2020 4/m", "1508 2 2020 1/m", "1580 0 2020 3/m",
                "1580 1 2020 1/m", "1580 2 2020 4/m");
}

static void other_amounts_take_all_persons_and_are_not_rounded(void **state)
{
    g_autoptr(SpTable) weights = weights_2024();
    g_autoptr(SpTable) table = restate_well(
        *state,
        with_unit(TABLE("t", "region:key kjonn:key period:key aarsverk:sum", "1507 1 2020 5"),
                  "aarsverk"),
        weights);
    assert_rows(table, "1508 1 2020 2.25/m", "1580 1 2020 2.75/m");
}

static void persons_that_are_not_whole_are_not_rounded(void **state)
{
    g_autoptr(SpTable) weights = weights_2024();
    g_autoptr(SpTable) table = restate_well(
        *state, PERSONS("t", "region:key kjonn:key period:key n:sum", "1507 1 2020 5.5"), weights);
    assert_rows(table, "1508 1 2020 4.4/m", "1580 1 2020 1.1/m");
}

static void a_rate_of_a_divided_kommune_is_missing(void **state)
{
    g_autoptr(SpTable) weights = weights_2024();
    g_autoptr(SpTable) table = restate_well(*state,
                                            TABLE("t", "region:key period:key andel:other",
                                                  "1507 2020 5", "1507 2021 :", "1507 2022 -"),
                                            weights);
    assert_rows(table, "1508 2020 ../m", "1508 2021 :/m", "1508 2022 ../m", "1580 2020 ../m",
                "1580 2021 :/m", "1580 2022 ../m");
}

static void a_split_without_weights_is_missing_with_a_finding(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table =
        restate_well(fixture,
                     PERSONS("t", "region:key period:key n:sum", "1507 2020 5", "0301 2020 7",
                             "1507 2021 -", "0301 2021 7"),
                     NULL);
    assert_rows(table, "0301 2020 7", "0301 2021 7", "1508 2020 ../m", "1508 2021 -/m",
                "1580 2020 ../m", "1580 2021 -/m");
    assert_true(has_finding(fixture->quality, "split_without_weights", "1507 2024-01-01",
                            "normalise.weights"));
    assert_true(has_finding(fixture->quality, "total_checked", "n", "1 of 2"));
}

static void a_part_that_joined_others_weighs_without_them(void **state)
{
    /* Narvik has 1000 more than old Narvik had, Hamarøy 500 more than old Hamarøy: Tysfjord goes 2
     * to 1. */
    g_autoptr(SpTable) weights =
        TABLE("folkemengde", "region:key period:key innbyggere:sum", "1805 2019-01-01 20000",
              "1849 2019-01-01 1500", "1850 2019-01-01 1510", "1806 2020-01-01 21000",
              "1875 2020-01-01 2000");
    g_autoptr(SpTable) table =
        restate_well(*state,
                     PERSONS("t", "region:key period:key n:sum", "1805 2019 100", "1849 2019 10",
                             "1850 2019 30"),
                     weights);
    assert_rows(table, "1806 2019 120/m", "1875 2019 20/m");
}

static void a_part_that_joined_others_of_unknown_size_is_missing(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) weights = TABLE("folkemengde", "region:key period:key innbyggere:sum",
                                       "1806 2020-01-01 21000", "1875 2020-01-01 2000");
    g_autoptr(SpTable) table =
        restate_well(fixture,
                     PERSONS("t", "region:key period:key n:sum", "1805 2019 100", "1849 2019 10",
                             "1850 2019 30"),
                     weights);
    assert_rows(table, "1806 2019 ../m", "1875 2019 ../m");
    assert_int_equal(sp_quality_count(fixture->quality, "split_without_weights"), 1);
}

static void a_figure_outside_the_lifetime_is_an_error_naming_the_nearest_day(void **state)
{
    Fixture *fixture = *state;
    assert_null(restate(
        fixture, TABLE("t", "region:key period:key n:sum", "0301 2022 1", "1580 2022 4"), NULL));
    assert_error(fixture->error, SP_ERROR_DATA, "period 2022");
    assert_error(fixture->error, SP_ERROR_DATA, "1580");
    assert_error(fixture->error, SP_ERROR_DATA, "2024-01-01");
}

static void a_suppressed_figure_outside_the_lifetime_is_an_error_too(void **state)
{
    Fixture *fixture = *state;
    assert_null(restate(fixture, TABLE("t", "region:key period:key n:sum", "1580 2022 :"), NULL));
    assert_error(fixture->error, SP_ERROR_DATA, "outside its lifetime");
}

static void a_zero_outside_the_lifetime_is_left_out_with_a_finding(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table = restate_well(fixture,
                                            TABLE("t", "region:key period:key n:sum", "0301 2022 1",
                                                  "1580 2022 -", "1580 2021 .", "1507 2024 .."),
                                            NULL);
    assert_rows(table, "0301 2022 1");
    assert_true(has_finding(fixture->quality, "outside_lifetime", "region 1580", "1580"));
    assert_int_equal(sp_quality_count(fixture->quality, "outside_lifetime"), 2);
}

static void unknown_kommuner_and_old_fylker_are_left_out_with_their_total(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table =
        restate_well(fixture,
                     TABLE("t", "region:key period:key n:sum", "0 2022 20", "0301 2022 1",
                           "15 2022 9", "30 2022 8", "9999 2021 3", "9999 2022 4.5", "Rest 2022 :"),
                     NULL);
    assert_rows(table, "0 2022 20", "0301 2022 1", "15 2022 9");
    assert_true(has_finding(fixture->quality, "region_left_out", "region 9999", "n in all 7.5"));
    assert_true(has_finding(fixture->quality, "region_left_out", "region 30", "n in all 8"));
    assert_true(has_finding(fixture->quality, "region_left_out", "region Rest", "1 rows"));
}

static void a_code_of_no_division_is_an_error(void **state)
{
    Fixture *fixture = *state;
    assert_null(restate(fixture, TABLE("t", "region:key period:key n:sum", "0000 2022 1"), NULL));
    assert_error(fixture->error, SP_ERROR_DATA, "KLASS snapshot");
}

static void a_text_that_is_no_period_is_an_error(void **state)
{
    Fixture *fixture = *state;
    assert_null(restate(fixture, TABLE("t", "region:key period:key n:sum", "0301 2022x 1"), NULL));
    assert_error(fixture->error, SP_ERROR_DATA, "\"2022x\"");
}

static void a_fixed_division_does_not_ask_the_period(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) facts =
        TABLE("t", "region:key period:key n:sum", "1580 2015 4", "3101 2015 6");
    g_autoptr(SpTable) table =
        sp_normalise_restate(facts, &(SpTarget){fixture->regions, TARGET, NULL}, "2024-01-01",
                             fixture->quality, &fixture->error);
    assert_no_error(fixture->error);
    assert_rows(table, "1580 2015 4", "3101 2015 6");
}

static void a_table_without_period_needs_a_division(void **state)
{
    Fixture *fixture = *state;
    assert_null(restate(fixture, TABLE("t", "region:key n:sum", "0301 1"), NULL));
    assert_error(fixture->error, SP_ERROR_DATA, "division");
}

static void a_table_without_regions_comes_back_as_it_is(void **state)
{
    g_autoptr(SpTable) table =
        restate_well(*state, TABLE("t", "alder:key period:key n:sum", "000 2024 1"), NULL);
    assert_rows(table, "000 2024 1");
}

static void an_empty_table_stays_empty(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) one = TABLE("t", BY_AGE, "0301 1 000 2024-01-01 1");
    g_autoptr(SpTable) table = restate_well(fixture, sp_table_copy_schema(one, NULL), NULL);
    assert_int_equal(sp_table_n_rows(table), 0);
}

static void attributes_stay_where_the_parts_agree(void **state)
{
    g_autoptr(SpTable) table =
        restate_well(*state,
                     TABLE("t", "region:key navn:attribute kilde:attribute period:key n:sum",
                           "5001 Trondheim ssb 2019 10", "5030 Klæbu ssb 2019 2"),
                     NULL);
    assert_rows(table, "5001 _ ssb 2019 12");
}

static void the_facts_are_not_changed(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) facts =
        TABLE("t", "region:key period:key n:sum", "5001 2019 10", "5030 2019 2", "3001 2020 1");
    guint32 n_codes = sp_codes_size(sp_table_codes(facts, 0));
    g_autoptr(SpTable) table =
        sp_normalise_restate(facts, &(SpTarget){fixture->regions, TARGET, NULL}, NULL,
                             fixture->quality, &fixture->error);
    assert_int_equal(sp_table_n_rows(table), 2);
    assert_rows(facts, "5001 2019 10", "5030 2019 2", "3001 2020 1");
    assert_int_equal(sp_codes_size(sp_table_codes(facts, 0)), n_codes);
}

static void edition_and_marks_follow(void **state)
{
    SpTable *facts = TABLE("t", "region:key period:key n:sum", "0301 2019 10");
    sp_table_set_edition(facts, "2026-02-25");
    sp_table_set_marks(facts, SP_MARK_SYNTHETIC);
    g_autoptr(SpTable) table = restate_well(*state, facts, NULL);
    assert_string_equal(sp_table_edition(table), "2026-02-25");
    assert_int_equal(sp_table_marks(table), SP_MARK_SYNTHETIC);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(merged_kommuner_add_up),
        TEST(a_suppressed_part_makes_the_sum_suppressed),
        TEST(not_applicable_parts_are_skipped),
        TEST(a_rate_of_merged_kommuner_is_missing_unless_one_alone_has_it),
        TEST(a_suppressed_rate_stays_suppressed_in_the_merged_kommune),
        TEST(the_population_divides_itself_by_sex_and_age),
        TEST(an_age_without_anybody_takes_the_weights_of_its_sex),
        TEST(a_suppressed_cell_stays_suppressed_in_all_parts),
        TEST(persons_by_sex_alone_take_the_weights_of_that_sex),
        TEST(other_amounts_take_all_persons_and_are_not_rounded),
        TEST(persons_that_are_not_whole_are_not_rounded),
        TEST(a_rate_of_a_divided_kommune_is_missing),
        TEST(a_split_without_weights_is_missing_with_a_finding),
        TEST(a_part_that_joined_others_weighs_without_them),
        TEST(a_part_that_joined_others_of_unknown_size_is_missing),
        TEST(a_figure_outside_the_lifetime_is_an_error_naming_the_nearest_day),
        TEST(a_suppressed_figure_outside_the_lifetime_is_an_error_too),
        TEST(a_zero_outside_the_lifetime_is_left_out_with_a_finding),
        TEST(unknown_kommuner_and_old_fylker_are_left_out_with_their_total),
        TEST(a_code_of_no_division_is_an_error),
        TEST(a_text_that_is_no_period_is_an_error),
        TEST(a_fixed_division_does_not_ask_the_period),
        TEST(a_table_without_period_needs_a_division),
        TEST(a_table_without_regions_comes_back_as_it_is),
        TEST(an_empty_table_stays_empty),
        TEST(attributes_stay_where_the_parts_agree),
        TEST(the_facts_are_not_changed),
        TEST(edition_and_marks_follow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
