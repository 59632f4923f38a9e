/* Who is still there a year later. */
#include "tests/transforms/normalise/persons.h"

#include "core/table_rows.h"

static const char *const layout =
    "[table]\nname = turnover\n[persons]\nkey = person\n"
    "[column aar]\nas = period\nrole = year\nform = {}-12-01\n"
    "[column kommune]\nas = region\nrole = region\nlevels = kommune, fylke, landet\n"
    "[column kode]\nrole = code\nmap = stilling\nkey = no\n"
    "[column funksjon]\nrole = code\nkey = no\n[filter funksjon]\nequals = 253\n"
    "[column form]\nrole = code\nkey = no\n"
    "[measure personer]\nkind = distinct\nunit = persons\n"
    "[measure stillinger]\nkind = count\nnext = counted\nunit = stillinger\n"
    "[measure ved_start]\nkind = distinct\nnext = counted\nwhen = form F\nunit = persons\n"
    "[measure brutto]\nkind = distinct\nnext = left_kommune\nwhen = form F\nunit = persons\n"
    "[measure netto]\nkind = distinct\nnext = left_sector\nwhen = form F\nunit = persons\n"
    "[measure andel]\nkind = ratio\nover = brutto\nunder = ved_start\nunit = share\n";
static const char *const header = "aar kommune kode funksjon form person";

static gboolean is_interval(const SpTable *table, gsize row, gpointer data)
{
    (void)data;
    return strstr(sp_table_code(table, row, 0), "--") != NULL;
}

/* The rows about the year that follows. */
static SpTable *intervals(Fixture *fixture, const SpTable *weights)
{
    g_autoptr(SpTable) table = table_with(fixture, weights);
    return sp_table_filter(table, is_interval, NULL);
}

#define YEAR "2023-12-01--2024-12-01 "

static void who_stays_who_moves_and_who_leaves(void **state)
{
    Fixture *fixture = *state;
    start(fixture, layout, header);
    FEED(fixture, "2023 0301 7174 253 F stays_00", "2024 0301 7174 253 F stays_00",
         "2023 0301 7174 253 F moves_00", "2024 5001 7174 253 F moves_00",
         "2023 0301 7174 253 F school_0", "2024 0301 7174 202 F school_0",
         "2023 0301 7174 253 F leaves_0", "2023 0301 7174 253 V substit0",
         "2023 5001 7174 253 F comes_00", "2024 5001 7517 253 F comes_00",
         "2024 5001 7174 253 F is_new_0");
    g_autoptr(SpTable) table = intervals(fixture, NULL);
    /* period region, personer stillinger ved_start brutto netto, andel */
    assert_rows(table, YEAR "0 . 6 5 3 1 0.6", YEAR "03 . 5 4 3 1 0.75", YEAR "0301 . 5 4 3 1 0.75",
                YEAR "50 . 1 1 - - -", YEAR "5001 . 1 1 - - -");
}

static void a_year_by_itself_says_nothing_of_the_next(void **state)
{
    Fixture *fixture = *state;
    start(fixture, layout, header);
    FEED(fixture, "2023 0301 7174 253 F stays_00", "2024 0301 7174 253 F stays_00");
    g_autoptr(SpTable) table = table_with(fixture, NULL);
    assert_rows(table, "2023-12-01 0 1 . . . . .", "2023-12-01 03 1 . . . . .",
                "2023-12-01 0301 1 . . . . .", YEAR "0 . 1 1 - - -", YEAR "03 . 1 1 - - -",
                YEAR "0301 . 1 1 - - -", "2024-12-01 0 1 . . . . .", "2024-12-01 03 1 . . . . .",
                "2024-12-01 0301 1 . . . . .");
}

/* Whoever worked in two kommuner and stays in one has left the other, and not the country's
 * service. */
static void each_level_has_its_own_leavers(void **state)
{
    Fixture *fixture = *state;
    start(fixture, layout, header);
    FEED(fixture, "2023 0301 7174 253 F in_two_0", "2023 5001 7174 253 F in_two_0",
         "2024 5001 7174 253 F in_two_0", "2024 0301 7174 253 F other_00");
    g_autoptr(SpTable) table = intervals(fixture, NULL);
    assert_rows(table, YEAR "0 . 2 1 - - -", YEAR "03 . 1 1 1 - 1", YEAR "0301 . 1 1 1 - 1",
                YEAR "50 . 1 1 - - -", YEAR "5001 . 1 1 - - -");
}

/* A row with a code that nobody knows is left out of the counts, but its person has not left. */
static void a_row_that_is_left_out_still_tells_who_is_there(void **state)
{
    Fixture *fixture = *state;
    start(fixture, layout, header);
    FEED(fixture, "2023 0301 7174 253 F unknown0", "2024 0301 9999 253 F unknown0",
         "2023 0301 7174 253 F nowhere0", "2024 9999 7174 253 F nowhere0",
         "2024 0301 7174 253 F other_00");
    assert_int_equal(sp_persons_n_left_out(fixture->persons), 2);
    g_autoptr(SpTable) table = intervals(fixture, NULL);
    /* nowhere0 is in the sector, in no kommune that we know: has left her own */
    assert_rows(table, YEAR "0 . 2 2 1 - 0.5", YEAR "03 . 2 2 1 - 0.5", YEAR "0301 . 2 2 1 - 0.5");
}

static void a_kommune_that_has_not_reported_has_not_lost_its_staff(void **state)
{
    Fixture *fixture = *state;
    start(fixture, layout, header);
    FEED(fixture, "2023 0301 7174 253 F stays_00", "2024 0301 7174 253 F stays_00",
         "2023 5001 7174 253 F silent_0", "2023 5001 7174 253 F silent_1");
    g_autoptr(SpTable) table = intervals(fixture, NULL);
    assert_rows(table, YEAR "0 . 1 1 - - -", YEAR "03 . 1 1 - - -", YEAR "0301 . 1 1 - - -");
    assert_true(has_finding(fixture->quality, "no_next_year", "region 5001, 2023",
                            "delivered nothing for the year after"));
}

static void a_merged_kommune_is_the_same_and_so_are_the_parts_of_a_divided_one(void **state)
{
    Fixture *fixture = *state;
    start(fixture, layout, header);
    FEED(fixture, "2019 5030 7174 253 F merged_0", "2020 5001 7174 253 F merged_0",
         "2023 1507 7174 253 F divided0", "2024 1580 7174 253 F divided0",
         "2023 1507 7174 253 F leaves_0", "2024 1508 7174 253 F other_00");
    g_autoptr(SpTable) table = intervals(fixture, NULL);
    assert_rows(table, "2019-12-01--2020-12-01 0 . 1 1 - - -",
                "2019-12-01--2020-12-01 50 . 1 1 - - -", "2019-12-01--2020-12-01 5001 . 1 1 - - -",
                YEAR "0 . 2 2 1 1 0.5", YEAR "15 . 2 2 1 1 0.5",
                YEAR "1508 ./m ../m ../m ../m ../m ../m", YEAR "1580 ./m ../m ../m ../m ../m ../m");
}

/* Weights of the first day's division: the kommune was divided within the interval. */
static void positions_of_a_divided_kommune_are_shared_out(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) weights = PERSONS("folkemengde", "region:key period:key innbyggere:sum",
                                         "1508 2024-01-01 60", "1580 2024-01-01 40");
    start(fixture, layout, header);
    FEED(fixture, "2023 1507 7174 253 F divided0", "2024 1580 7174 253 F divided0",
         "2024 1508 7174 253 F other_00");
    g_autoptr(SpTable) table = intervals(fixture, weights);
    assert_rows(table, YEAR "0 . 1 1 - - -", YEAR "15 . 1 1 - - -",
                YEAR "1508 ./m 0.6/m ../m ../m ../m ../m",
                YEAR "1580 ./m 0.4/m ../m ../m ../m ../m");
}

static void without_the_next_year_there_is_no_interval(void **state)
{
    Fixture *fixture = *state;
    start(fixture, layout, header);
    FEED(fixture, "2022 0301 7174 253 F stays_00", "2024 0301 7174 253 F stays_00");
    g_autoptr(SpTable) table = intervals(fixture, NULL);
    assert_int_equal(sp_table_n_rows(table), 0);
    assert_int_equal(sp_quality_count(fixture->quality, "no_next_year"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PERSON_TEST(who_stays_who_moves_and_who_leaves),
        PERSON_TEST(a_year_by_itself_says_nothing_of_the_next),
        PERSON_TEST(each_level_has_its_own_leavers),
        PERSON_TEST(a_row_that_is_left_out_still_tells_who_is_there),
        PERSON_TEST(a_kommune_that_has_not_reported_has_not_lost_its_staff),
        PERSON_TEST(a_merged_kommune_is_the_same_and_so_are_the_parts_of_a_divided_one),
        PERSON_TEST(positions_of_a_divided_kommune_are_shared_out),
        PERSON_TEST(without_the_next_year_there_is_no_interval),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
