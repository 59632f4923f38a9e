/* Demographic cost from accounts and people. */
#include "tests/core/rows.h"

#include "transforms/project/balance/cost_table.h"

#define PERSONS "region:key kjonn:key alder:key period:key innbyggere:sum"
#define ACCOUNTS "region:key kontoklasse:key funksjon:key artsgruppe:key period:key beloep:sum"

static SpTable *use_of_two(void)
{
    return TABLE("kostnad", "funksjon:key alder_fra:key alder_til:key vekt:other", "232 000 020 1",
                 "253 067 079 1", "253 080 105 4");
}

static SpTable *table_from(SpTable *persons, SpTable *accounts, SpTable *use, SpQuality *quality,
                           GError **error)
{
    g_auto(GStrv) groups = g_strsplit("loenn kjoep_egenproduksjon", " ", -1);
    const SpCostInput input = {
        .population = persons, .accounts = accounts, .use = use, .groups = groups};
    SpTable *table = sp_cost_table(&input, quality, error);
    sp_table_free(persons);
    sp_table_free(accounts);
    sp_table_free(use);
    return table;
}

/* 253 in 1101: 1 000 for 20 x 1 + 20 x 4 = 100 users, 10 and 40 a head; in 1103 2 000 for 100, 20
 * and 80; together 15 and 60. 1101 gets 10 more at 85: 600 at the country's cost, 400 at its
 * own. */
static void cost_by_the_countrys_and_by_ones_own_level(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = table_from(
        TABLE("framskriving_befolkning", PERSONS, "1101 1 070 2026-01-01 20",
              "1101 2 085 2026-01-01 20", "1101 1 010 2026-01-01 5", "1103 1 070 2026-01-01 60",
              "1103 2 085 2026-01-01 10", "1103 1 010 2026-01-01 5", "1101 1 070 2027-01-01 20",
              "1101 2 085 2027-01-01 30", "1101 1 010 2027-01-01 5", "1103 1 070 2027-01-01 59",
              "1103 2 085 2027-01-01 10", "1103 1 010 2027-01-01 5"),
        TABLE("regnskap", ACCOUNTS, "1101 drift 253 loenn 2025 900",
              "1101 drift 253 kjoep_egenproduksjon 2025 100", "1101 drift 253 refusjoner 2025 -70",
              "1101 investering 253 loenn 2025 5000", "1101 drift 253 loenn 2024 7000",
              "1101 drift 253 loenn 2026 8000", "1103 drift 253 loenn 2025 2000",
              "1103 drift andre loenn 2025 1"),
        use_of_two(), quality, &error);
    assert_no_error(error);
    assert_rows(table, "1101 232 2027-01-01 - -/m -/m", "1101 253 2027-01-01 1000 600/m 400/m",
                "1101 alle 2027-01-01 1000 600/m 400/m", "1103 232 2027-01-01 - -/m -/m",
                "1103 253 2027-01-01 2000 -15/m -20/m", "1103 alle 2027-01-01 2000 -15/m -20/m");
}

/* 1101 had 8 and 10 in the year, 9 on the mean; 1103 has no figure of its first day, and 10 stand
 * in: 1 900 over 19 is 100 a head, as are 900 over 9 and 1 000 over 10. */
static void accounts_are_of_the_mean_of_their_year(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_auto(GStrv) groups = g_strsplit("loenn", " ", -1);
    g_autoptr(SpTable) persons =
        TABLE("framskriving_befolkning", PERSONS, "1101 1 010 2026-01-01 10",
              "1101 1 010 2027-01-01 11", "1103 1 010 2026-01-01 10", "1103 1 010 2027-01-01 12");
    g_autoptr(SpTable) past =
        TABLE("folkemengde", PERSONS, "1101 1 010 2025-01-01 5", "1101 2 010 2025-01-01 3",
              "1101 1 010 2026-01-01 10", "1101 1 010 2024-01-01 700", "1103 1 010 2026-01-01 50");
    g_autoptr(SpTable) accounts = TABLE("regnskap", ACCOUNTS, "1101 drift 232 loenn 2025 900",
                                        "1103 drift 232 loenn 2025 1000");
    g_autoptr(SpTable) use =
        TABLE("kostnad", "funksjon:key alder_fra:key alder_til:key vekt:other", "232 000 020 1");
    const SpCostInput input = {
        .population = persons, .past = past, .accounts = accounts, .use = use, .groups = groups};
    g_autoptr(SpTable) table = sp_cost_table(&input, quality, &error);
    assert_no_error(error);
    assert_rows(table, "1101 232 2027-01-01 900 100/m 100/m",
                "1101 alle 2027-01-01 900 100/m 100/m", "1103 232 2027-01-01 1000 200/m 200/m",
                "1103 alle 2027-01-01 1000 200/m 200/m");
}

static void a_kommune_without_accounts_has_no_cost_of_its_own(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = table_from(
        TABLE("framskriving_befolkning", PERSONS, "1101 1 010 2026-01-01 10",
              "1101 1 010 2027-01-01 11", "1103 1 010 2026-01-01 10", "1103 1 010 2027-01-01 12"),
        TABLE("regnskap", ACCOUNTS, "1101 drift 232 loenn 2025 1000"),
        TABLE("kostnad", "funksjon:key alder_fra:key alder_til:key vekt:other", "232 000 020 1"),
        quality, &error);
    assert_no_error(error);
    assert_rows(table, "1101 232 2027-01-01 1000 100/m 100/m",
                "1101 alle 2027-01-01 1000 100/m 100/m", "1103 232 2027-01-01 .. 200/m ../m",
                "1103 alle 2027-01-01 .. 200/m ../m");
}

static void hidden_people_hide_their_cost(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = table_from(
        TABLE("framskriving_befolkning", PERSONS, "1101 1 010 2026-01-01 10",
              "1101 1 010 2027-01-01 11", "1103 1 010 2026-01-01 :", "1103 1 010 2027-01-01 12"),
        TABLE("regnskap", ACCOUNTS, "1101 drift 232 loenn 2025 1000",
              "1103 drift 232 loenn 2025 1000"),
        TABLE("kostnad", "funksjon:key alder_fra:key alder_til:key vekt:other", "232 000 020 1"),
        quality, &error);
    assert_no_error(error);
    assert_rows(table, "1101 232 2027-01-01 1000 100/m 100/m",
                "1101 alle 2027-01-01 1000 100/m 100/m", "1103 232 2027-01-01 1000 :/m :/m",
                "1103 alle 2027-01-01 1000 :/m :/m");
}

static void accounts_newer_than_the_base_are_not_read(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table =
        table_from(TABLE("framskriving_befolkning", PERSONS, "1101 1 010 2026-01-01 10",
                         "1101 1 010 2027-01-01 11"),
                   TABLE("regnskap", ACCOUNTS, "1101 drift 253 loenn 2026 1000"), use_of_two(),
                   quality, &error);
    assert_no_error(error);
    assert_null(table);
    assert_int_equal(sp_quality_count(quality, "no_accounts"), 1);
}

static void wrong_weights_name_their_row(void **state)
{
    (void)state;
    static const struct {
        const char *row, *told;
    } cases[] = {{"232 010 005 1", "rising order"},      {"232 000 106 1", "rising order"},
                 {"232 021 030 -1", "no number from 0"}, {"232 021 030 ..", "no number from 0"},
                 {"232 020 030 1", "earlier row"},       {"_ 030 040 1", "funksjon is empty"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(SpQuality) quality = sp_quality_new();
        assert_null(
            table_from(TABLE("framskriving_befolkning", PERSONS, "1101 1 010 2026-01-01 10",
                             "1101 1 010 2027-01-01 11"),
                       TABLE("regnskap", ACCOUNTS, "1101 drift 232 loenn 2025 1000"),
                       TABLE("kostnad", "funksjon:key alder_fra:key alder_til:key vekt:other",
                             "232 000 020 1", cases[i].row),
                       quality, &error));
        assert_error(error, SP_ERROR_DATA, cases[i].told);
        assert_error(error, SP_ERROR_DATA, "row 2");
    }
}

static void one_day_of_people_is_an_error(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    assert_null(table_from(TABLE("framskriving_befolkning", PERSONS, "1101 1 010 2026-01-01 10"),
                           TABLE("regnskap", ACCOUNTS, "1101 drift 232 loenn 2025 1000"),
                           use_of_two(), quality, &error));
    assert_error(error, SP_ERROR_DATA, "project.horizon");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cost_by_the_countrys_and_by_ones_own_level),
        cmocka_unit_test(accounts_are_of_the_mean_of_their_year),
        cmocka_unit_test(a_kommune_without_accounts_has_no_cost_of_its_own),
        cmocka_unit_test(hidden_people_hide_their_cost),
        cmocka_unit_test(accounts_newer_than_the_base_are_not_read),
        cmocka_unit_test(wrong_weights_name_their_row),
        cmocka_unit_test(one_day_of_people_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
