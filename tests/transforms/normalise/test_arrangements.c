/* Pairs of kommuner: commuting, and arrangements between hosts and partners. */
#include "tests/transforms/normalise/fixture.h"

#include "transforms/normalise/arrangements.h"
#include "transforms/normalise/normalise.h"

static const char commuting[] =
    "[table]\nname = pendling\n[column bosted]\nas = region\nrole = region\n"
    "[column arbeidssted]\nrole = region\n[column aar]\nas = period\nrole = period\n"
    "[column n]\nas = sysselsatte\nrole = measure\nunit = persons\nadditive = yes\n";
#define COMMUTING "region:key arbeidssted:key period:key sysselsatte:sum"

static const char hosting[] =
    "[table]\nname = vertskommune\nlinks_until = til\nmay_be_empty = yes\n"
    "[column deltaker]\nas = region\nrole = region\n[column vertskommune]\nrole = region\n"
    "[column tjeneste]\nrole = code\n[column fra]\nas = period\nrole = period\n"
    "[column til]\nrole = text\n";
#define HOSTING "region:key vertskommune:key tjeneste:key period:key til:attribute"

/* Takes `raw`. */
static SpTable *normalise(Fixture *fixture, const char *text, SpTable *raw)
{
    g_autoptr(SpTable) taken = raw;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpLayout) layout = sp_layout_parse("proeve", text, &error);
    assert_no_error(error);
    return sp_normalise(taken, layout, NULL, &(SpTarget){fixture->regions, TARGET, NULL},
                        fixture->quality, &fixture->error);
}

/* Trondheim and Klæbu became one in 2020: those who lived in one and worked in the other live and
 * work in the same kommune now, and nobody is lost. */
static void both_ends_are_restated_and_persons_stay(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table = normalise(
        fixture, commuting,
        TABLE("raa", COMMUTING, "5001 5001 2019 70", "5001 5030 2019 5", "5030 5001 2019 20",
              "5030 5030 2019 3", "5030 0301 2019 2", "0301 5030 2019 1", "0101 5030 2019 4"));
    assert_no_error(fixture->error);
    assert_rows(table, "0301 5001 2019 1", "3101 5001 2019 4", "5001 0301 2019 2",
                "5001 5001 2019 98");
}

static void hidden_pair_hides_the_sum(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table = normalise(
        fixture, commuting, TABLE("raa", COMMUTING, "0301 5001 2019 :", "0301 5030 2019 5"));
    assert_no_error(fixture->error);
    assert_rows(table, "0301 5001 2019 :");
}

static void end_that_is_no_kommune_of_its_time_is_refused(void **state)
{
    Fixture *fixture = *state;
    assert_null(normalise(fixture, commuting, TABLE("raa", COMMUTING, "0301 5030 2023 5")));
    assert_error(fixture->error, SP_ERROR_DATA, "5030");
    g_clear_error(&fixture->error);
    assert_null(
        normalise(fixture, hosting, TABLE("raa", HOSTING, "0301 4444 legevakt 2021-01-01 _")));
    assert_error(fixture->error, SP_ERROR_DATA, "4444");
}

/* 5030 bought from 5001 until it became a part of it. */
static void arrangement_inside_a_merged_kommune_is_left_out(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table =
        normalise(fixture, hosting,
                  TABLE("raa", HOSTING, "5030 5001 legevakt 2018-01-01 2019-12-31",
                        "0101 5001 legevakt 2018-01-01 _"));
    assert_no_error(fixture->error);
    assert_rows(table, "3101 5001 legevakt 2018-01-01 _");
    assert_true(has_finding(fixture->quality, "link_inside", "vertskommune", "1 rows left out"));
}

static void check_circle(Fixture *fixture, SpTable *raw, const char *part)
{
    assert_null(normalise(fixture, hosting, raw));
    assert_error(fixture->error, SP_ERROR_DATA, part);
    g_clear_error(&fixture->error);
}

static void circles_are_refused(void **state)
{
    Fixture *fixture = *state;
    check_circle(fixture, TABLE("raa", HOSTING, "0301 0301 kad 2021-01-01 _"), "0301 -> 0301");
    check_circle(fixture,
                 TABLE("raa", HOSTING, "0301 1508 kad 2024-01-01 _", "1508 1580 kad 2024-01-01 _",
                       "1580 0301 kad 2024-06-01 2024-06-30"),
                 "on 2024-06-01");
}

/* The same kommuner the other way round, for another service or at another time, are no circle. */
static void what_does_not_hold_together_is_no_circle(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table =
        normalise(fixture, hosting,
                  TABLE("raa", HOSTING, "0301 1875 kad 2021-01-01 2021-12-31",
                        "1875 0301 kad 2022-01-01 _", "0301 1875 legevakt 2022-01-01 _"));
    assert_no_error(fixture->error);
    assert_int_equal(sp_table_n_rows(table), 3);
}

static void end_before_the_beginning_is_refused(void **state)
{
    Fixture *fixture = *state;
    check_circle(fixture, TABLE("raa", HOSTING, "0301 1875 kad 2021-01-01 2020-12-31"),
                 "til is \"2020-12-31\"");
    check_circle(fixture, TABLE("raa", HOSTING, "0301 1875 kad 2021-01-01 snart"),
                 "til is \"snart\"");
}

/* A chain as long as a hostile file may make it is stopped before the stack is. */
static void endless_chain_is_refused(void **state)
{
    Fixture *fixture = *state;
    SpTable *raw = TABLE("raa", HOSTING, "0301 9000 kad 2021-01-01 _");
    for (int i = 0; i < 300; i++) {
        g_autofree char *from = g_strdup_printf("%d", 9000 + i);
        g_autofree char *to = g_strdup_printf("%d", 9001 + i);
        gsize row = sp_table_add_row(raw);
        sp_table_set_code(raw, row, 0, from);
        sp_table_set_code(raw, row, 1, to);
        sp_table_set_code(raw, row, 2, "kad");
        sp_table_set_code(raw, row, 3, "2021-01-01");
    }
    check_circle(fixture, raw, "a chain of more than 64");
}

static void no_arrangements_are_a_fact_where_the_layout_says_so(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) none = TABLE("raa", HOSTING, "0301 1875 kad 2021-01-01 _");
    SpTable *raw = sp_table_copy_rows(none, NULL, NULL, 0);
    g_autoptr(SpTable) table = normalise(fixture, hosting, raw);
    assert_no_error(fixture->error);
    assert_int_equal(sp_table_n_rows(table), 0);
    assert_true(has_finding(fixture->quality, "no_rows", "vertskommune", "has no rows"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(both_ends_are_restated_and_persons_stay),
        TEST(hidden_pair_hides_the_sum),
        TEST(end_that_is_no_kommune_of_its_time_is_refused),
        TEST(arrangement_inside_a_merged_kommune_is_left_out),
        TEST(circles_are_refused),
        TEST(what_does_not_hold_together_is_no_circle),
        TEST(end_before_the_beginning_is_refused),
        TEST(endless_chain_is_refused),
        TEST(no_arrangements_are_a_fact_where_the_layout_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
