/* The table of recruitment need. */
#include "tests/core/rows.h"

#include "core/table_rows.h"
#include "transforms/project/balance/recruitment_table.h"

#define DEMAND "region:key yrke:key period:key aarsverk:other"
#define TURNOVER                                                                                   \
    "period:key region:key alder:key kjonn:key yrke:key turnover_personer:other "                  \
    "turnover_aarsverk:other sluttet_brutto:other sluttet_netto:other personer:other "             \
    "aarsverk:other"

static SpTable *regions(void)
{
    return TABLE("region", "region:key fylke:attribute", "1101 11", "1103 11", "3101 31");
}

/* Everybody leaves at .2 brutto, .1 netto, and works half time. */
static SpTable *turnover(void)
{
    return TABLE("alder_og_stabilitet", TURNOVER,
                 "2024-12-01--2025-12-01 0 015-075 0 tot 1000 1000 200 100 .. ..",
                 "2025-12-01 0 000-105 0 tot .. .. .. .. 200 100");
}

static SpTable *table_from(SpTable *demand, SpTable *leaving, SpQuality *quality)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) places = regions();
    const SpRecruitmentInput input = {
        .demand = demand, .turnover.table = leaving, .regions = places};
    SpTable *table = sp_recruitment_table(&input, NULL, quality, &error);
    assert_no_error(error);
    return table;
}

static void need_of_kommuner_and_netto_of_what_is_above_them(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) demand =
        TABLE("framskriving_etterspoersel", DEMAND, "1101 lege 2026-01-01 100",
              "1101 lege 2027-01-01 110", "1103 lege 2026-01-01 50", "1103 lege 2027-01-01 45",
              "3101 lege 2026-01-01 10", "3101 lege 2027-01-01 10", "0 lege 2026-01-01 999",
              "0 lege 2027-01-01 999");
    g_autoptr(SpTable) leaving = turnover();
    g_autoptr(SpTable) table = table_from(demand, leaving, quality);
    /* basis, needed, growth, replaced and need netto, the same brutto, rates, persons; nobody of
     * theirs is in the rates. */
    assert_rows(
        table, "0 lege 2027-01-01 160/m 165/m 5/m 16/m 21/m . . 0.1/m . 42/m . . . .",
        "11 lege 2027-01-01 150/m 155/m 5/m 15/m 20/m . . 0.1/m . 40/m . . . .",
        "1101 lege 2027-01-01 100/m 110/m 10/m 10/m 20/m 20/m 30/m 0.1/m 0.2/m 40/m . . . .",
        "1103 lege 2027-01-01 50/m 45/m -5/m 5/m -/m 10/m 5/m 0.1/m 0.2/m -/m . . . .",
        "31 lege 2027-01-01 10/m 10/m -/m 1/m 1/m . . 0.1/m . 2/m . . . .",
        "3101 lege 2027-01-01 10/m 10/m -/m 1/m 1/m 2/m 2/m 0.1/m 0.2/m 2/m . . . .");
}

/* Årsverk that are too many are told; nobody is hired for less than nothing. */
static void no_persons_are_negative(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) demand =
        TABLE("framskriving_etterspoersel", DEMAND, "1101 lege 2026-01-01 100",
              "1101 lege 2027-01-01 80", "3101 lege 2026-01-01 10", "3101 lege 2027-01-01 11");
    g_autoptr(SpTable) leaving = turnover();
    g_autoptr(SpTable) table = table_from(demand, leaving, quality);
    assert_rows(table, "0 lege 2027-01-01 110/m 91/m -19/m 11/m -8/m . . 0.1/m . -/m . . . .",
                "11 lege 2027-01-01 100/m 80/m -20/m 10/m -10/m . . 0.1/m . -/m . . . .",
                "1101 lege 2027-01-01 100/m 80/m -20/m 10/m -10/m 20/m -/m 0.1/m 0.2/m -/m . . . .",
                "31 lege 2027-01-01 10/m 11/m 1/m 1/m 2/m . . 0.1/m . 4/m . . . .",
                "3101 lege 2027-01-01 10/m 11/m 1/m 1/m 2/m 2/m 3/m 0.1/m 0.2/m 4/m . . . .");
}

static void a_hidden_kommune_hides_its_fylke_and_the_country(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) demand =
        TABLE("framskriving_etterspoersel", DEMAND,
              "1101 lege 2026-01-01 :", "1101 lege 2027-01-01 :", "3101 lege 2026-01-01 10",
              "3101 lege 2027-01-01 10");
    g_autoptr(SpTable) leaving = turnover();
    g_autoptr(SpTable) table = table_from(demand, leaving, quality);
    assert_rows(table, "0 lege 2027-01-01 :/m :/m :/m :/m :/m . . :/m . :/m . . . .",
                "11 lege 2027-01-01 :/m :/m :/m :/m :/m . . :/m . :/m . . . .",
                "1101 lege 2027-01-01 :/m :/m :/m :/m :/m :/m :/m :/m :/m :/m . . . .",
                "31 lege 2027-01-01 10/m 10/m -/m 1/m 1/m . . 0.1/m . 2/m . . . .",
                "3101 lege 2027-01-01 10/m 10/m -/m 1/m 1/m 2/m 2/m 0.1/m 0.2/m 2/m . . . .");
}

/* What the rates were measured on: region, persons, årsverk, left brutto and netto. */
static SpTable *seen_of(const SpTable *table)
{
    SpTable *told = sp_table_new("told", NULL, 0);
    static const char *const names[] = {"region", "turnover_personer", "turnover_aarsverk",
                                        "sluttet_brutto", "sluttet_netto"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        sp_table_add_column(told, sp_table_column(table, sp_table_find(table, names[i])));
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        (void)sp_table_add_row(told);
        sp_table_set_code(told, row, 0, sp_table_code(table, row, 0));
        for (gsize i = 1; i < G_N_ELEMENTS(names); i++) {
            sp_table_set_real(told, row, i,
                              sp_table_real(table, row, sp_table_find(table, names[i])));
        }
    }
    return told;
}

/* What the rates were measured on stands beside them, and adds up. */
static void the_staff_behind_a_rate_is_told(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) demand =
        TABLE("framskriving_etterspoersel", DEMAND, "1101 lege 2026-01-01 10",
              "1101 lege 2027-01-01 10", "1103 lege 2026-01-01 10", "1103 lege 2027-01-01 10");
    g_autoptr(SpTable) leaving =
        TABLE("alder_og_stabilitet", TURNOVER,
              "2024-12-01--2025-12-01 0 015-075 0 tot 1000 800 200 100 .. ..",
              "2024-12-01--2025-12-01 1101 015-075 0 lege 8 6.5 3 2 .. ..",
              "2024-12-01--2025-12-01 1103 015-075 0 lege 1 0.5 - - .. ..");
    g_autoptr(SpTable) table = table_from(demand, leaving, quality);
    g_autoptr(SpTable) told = seen_of(table);
    assert_rows(told, "0 9 7 . 2", "11 9 7 . 2", "1101 8 6.5 3 2", "1103 1 0.5 - -");
}

/* 1103 has no figures of its own: there is nobody to tell of, which is not that there are none. */
static void a_rate_that_is_the_countrys_was_measured_on_nobody_here(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) demand =
        TABLE("framskriving_etterspoersel", DEMAND, "1101 lege 2026-01-01 10",
              "1101 lege 2027-01-01 10", "1103 lege 2026-01-01 10", "1103 lege 2027-01-01 10");
    g_autoptr(SpTable) leaving =
        TABLE("alder_og_stabilitet", TURNOVER,
              "2024-12-01--2025-12-01 0 015-075 0 tot 1000 800 200 100 .. ..",
              "2024-12-01--2025-12-01 1101 015-075 0 lege 8 6.5 3 2 .. ..");
    g_autoptr(SpTable) table = table_from(demand, leaving, quality);
    g_autoptr(SpTable) told = seen_of(table);
    assert_rows(told, "0 8 6.5 . 2", "11 8 6.5 . 2", "1101 8 6.5 3 2", "1103 . . . .");
}

static double error_of(const SpTable *errors, const char *region, const char *yrke)
{
    const char *codes[] = {region, yrke};
    const gsize keys[] = {0, 1};
    g_autoptr(SpTableIndex) rows = sp_table_index_new(errors, keys, 2);
    gsize row;
    assert_true(sp_table_index_find(rows, codes, &row));
    return sp_table_real(errors, row, sp_table_find(errors, "sd")).value;
}

/* Fewer are counted of lege than of sykepleier: the country's rate is known less well. 1103's few
 * leave at the country's rate, so they tell little, and where nobody is counted nothing is told. */
static void how_well_rates_are_known_is_handed_on(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) places = regions();
    g_autoptr(SpTable) demand = TABLE(
        "framskriving_etterspoersel", DEMAND, "1101 sykepleier 2026-01-01 900",
        "1101 sykepleier 2027-01-01 900", "1101 lege 2026-01-01 90", "1101 lege 2027-01-01 90",
        "1103 sykepleier 2026-01-01 30", "1103 sykepleier 2027-01-01 30",
        "3101 sykepleier 2026-01-01 10", "3101 sykepleier 2027-01-01 10");
    g_autoptr(SpTable) leaving =
        TABLE("alder_og_stabilitet", TURNOVER,
              "2024-12-01--2025-12-01 0 015-075 0 tot 4000 3200 800 400 .. ..",
              "2024-12-01--2025-12-01 0 015-075 0 sykepleier 2000 1600 300 150 .. ..",
              "2024-12-01--2025-12-01 0 015-075 0 lege 200 160 60 40 .. ..",
              "2024-12-01--2025-12-01 1101 015-075 0 sykepleier 900 700 200 160 .. ..",
              "2024-12-01--2025-12-01 1103 015-075 0 sykepleier 40 32 6 3 .. ..");
    const SpRecruitmentInput input = {
        .demand = demand, .turnover.table = leaving, .regions = places};
    SpTable *errors;
    g_autoptr(SpTable) table = sp_recruitment_table(&input, &errors, quality, &error);
    assert_no_error(error);
    assert_non_null(table);
    assert_true(error_of(errors, "0", "sykepleier") > 0);
    assert_true(error_of(errors, "0", "lege") > error_of(errors, "0", "sykepleier"));
    assert_true(error_of(errors, "1101", "sykepleier") > 0);
    assert_true(error_of(errors, "1103", "sykepleier") > error_of(errors, "1101", "sykepleier"));
    assert_true(error_of(errors, "3101", "sykepleier") > error_of(errors, "1103", "sykepleier"));
    sp_table_free(errors);
}

static void ten_years_are_told_and_a_profession_without_demand_is_not(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) demand = table_of("framskriving_etterspoersel", DEMAND, 0, NULL);
    for (int year = 2026; year <= 2040; year++) {
        g_autofree char *period = g_strdup_printf("%d-01-01", year);
        const char *const yrker[] = {"lege", "tannlege"};
        for (gsize i = 0; i < 2; i++) {
            gsize row = sp_table_add_row(demand);
            sp_table_set_code(demand, row, 0, "3101");
            sp_table_set_code(demand, row, 1, yrker[i]);
            sp_table_set_code(demand, row, 2, period);
            sp_table_set_real(demand, row, 3, sp_real(i == 0 ? 100.0 : 0.0));
        }
    }
    g_autoptr(SpTable) leaving = turnover();
    g_autoptr(SpTable) table = table_from(demand, leaving, quality);
    assert_int_equal(sp_table_n_rows(table), 3 * SP_RECRUITMENT_YEARS);
    gsize last = sp_table_n_rows(table) - 1;
    assert_string_equal(sp_table_code(table, last, 2), "2036-01-01");
    assert_near(sp_table_real(table, last, 6).value, 100, 1e-9); /* ten times a tenth */
}

static void the_table_is_as_sensitive_as_turnover(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) demand = TABLE("framskriving_etterspoersel", DEMAND,
                                      "1101 lege 2026-01-01 1", "1101 lege 2027-01-01 1");
    g_autoptr(SpTable) leaving = turnover();
    sp_table_set_marks(leaving, SP_MARK_SENSITIVE);
    g_autoptr(SpTable) table = table_from(demand, leaving, quality);
    assert_int_equal(sp_table_marks(table), SP_MARK_SENSITIVE);
}

static void one_day_of_demand_is_an_error(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) demand =
        TABLE("framskriving_etterspoersel", DEMAND, "1101 lege 2026-01-01 1");
    g_autoptr(SpTable) leaving = turnover();
    g_autoptr(SpTable) places = regions();
    const SpRecruitmentInput input = {
        .demand = demand, .turnover.table = leaving, .regions = places};
    assert_null(sp_recruitment_table(&input, NULL, quality, &error));
    assert_error(error, SP_ERROR_DATA, "project.horizon");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(need_of_kommuner_and_netto_of_what_is_above_them),
        cmocka_unit_test(no_persons_are_negative),
        cmocka_unit_test(a_hidden_kommune_hides_its_fylke_and_the_country),
        cmocka_unit_test(the_staff_behind_a_rate_is_told),
        cmocka_unit_test(a_rate_that_is_the_countrys_was_measured_on_nobody_here),
        cmocka_unit_test(how_well_rates_are_known_is_handed_on),
        cmocka_unit_test(ten_years_are_told_and_a_profession_without_demand_is_not),
        cmocka_unit_test(the_table_is_as_sensitive_as_turnover),
        cmocka_unit_test(one_day_of_demand_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
