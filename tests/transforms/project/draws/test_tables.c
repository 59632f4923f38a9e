/* Draws in tables, in a country where nothing varies but by hand. */
#include "made_up.h"
#include "tests/core/rows.h"

#include "transforms/project/draws/tables.h"

enum { N_DAYS = 2, N_DRAWS = 20 };

/* Two kommuner in two fylker; need of yrke01 in 0001 is 10 on the base day and 10.2 a year
 * later. */
static const MadeUpSize two = {2, 1, 1, 2, 1, 2, N_DAYS, N_DRAWS};

static void quantiles_stand_beside_the_point(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, two);
    g_autoptr(SpDrawsResults) results = sp_draws_run(&of.plan, 1, NULL);
    const SpDrawsFill fill = {&of.plan, results, "aarsverk"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table =
        TABLE("framskriving_etterspoersel", "region:key yrke:key period:key aarsverk:other",
              "0001 yrke01 2026-01-01 10.2/m", "0 yrke02 2026-01-01 42.84/m",
              "0002 yrke01 2026-01-01 :", "0001 yrke01 2031-01-01 11", "9999 yrke01 2026-01-01 7");
    assert_true(sp_draws_add_quantiles(table, &fill, SP_DRAWN_NEED, &error));
    assert_no_error(error);
    assert_rows(
        table, "0001 yrke01 2026-01-01 10.2/m 10.2/m 10.2/m 10.2/m 10.2/m 10.2/m 10.2/m 10.2/m",
        "0 yrke02 2026-01-01 42.84/m 42.84/m 42.84/m 42.84/m 42.84/m 42.84/m 42.84/m 42.84/m",
        "0002 yrke01 2026-01-01 : :/m :/m :/m :/m :/m :/m :/m",
        "0001 yrke01 2031-01-01 11 ../m ../m ../m ../m ../m ../m ../m",
        "9999 yrke01 2026-01-01 7 ../m ../m ../m ../m ../m ../m ../m");
    made_up_clear(&of);
}

static void side_without_a_path_is_missing(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, two);
    of.professions[0].supply = SP_NO_PATH;
    g_autoptr(SpDrawsResults) results = sp_draws_run(&of.plan, 1, NULL);
    const SpDrawsFill fill = {&of.plan, results, "gap"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = TABLE("framskriving_gap", "region:key yrke:key period:key gap:other",
                                     "0001 yrke01 2026-01-01 1");
    assert_true(sp_draws_add_quantiles(table, &fill, SP_DRAWN_GAP, &error));
    assert_rows(table, "0001 yrke01 2026-01-01 1 ../m ../m ../m ../m ../m ../m ../m");
    made_up_clear(&of);
}

/* Nobody can lack more than one årsverk of one, so it is not asked; of two it can. */
static void of_a_need_of_one_no_relevant_shortage_is_asked(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, two);
    double *need = (double *)(gpointer)sp_demand_need(&of.demand, SP_NEED_TODAY, 0, 0, 0);
    need[0] = need[1] = 0.9;
    g_autoptr(SpDrawsResults) results = sp_draws_run(&of.plan, 1, NULL);
    results->short_draws[0] = results->short_draws[1] = 0;
    results->short_draws[2 * N_DAYS + 1] = 0; /* 0002 */
    const SpDrawsFill fill = {&of.plan, results, "gap"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = TABLE("framskriving_gap", "region:key yrke:key period:key gap:other",
                                     "0001 yrke01 2026-01-01 1", "0002 yrke01 2026-01-01 1");
    assert_true(
        sp_draws_add_chance(table, "sannsynlighet_mangel", &fill, SP_CHANCE_SHORTAGE, &error));
    assert_rows(table, "0001 yrke01 2026-01-01 1 ./m", "0002 yrke01 2026-01-01 1 0/m");
    made_up_clear(&of);
}

static void chances_are_rounded_to_five_percent(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, two);
    g_autoptr(SpDrawsResults) results = sp_draws_run(&of.plan, 1, NULL);
    /* [region][g][t]; kommune 0001, yrke01 on the second day, then the country. */
    results->short_draws[1] = 17;
    results->short_draws[(4 * 2) * N_DAYS + 1] = 3;
    results->none_chance[1] = 0.024;
    const SpDrawsFill fill = {&of.plan, results, "gap"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table =
        TABLE("framskriving_gap", "region:key yrke:key period:key gap:other",
              "0001 yrke01 2026-01-01 1", "0 yrke01 2026-01-01 2", "0001 yrke02 2026-01-01 ..");
    assert_true(
        sp_draws_add_chance(table, "sannsynlighet_mangel", &fill, SP_CHANCE_SHORTAGE, &error));
    assert_true(sp_draws_add_chance(table, "sannsynlighet_ingen", &fill, SP_CHANCE_NONE, &error));
    assert_no_error(error);
    assert_rows(table, "0001 yrke01 2026-01-01 1 0.85/m 0/m", "0 yrke01 2026-01-01 2 0.15/m ./m",
                "0001 yrke02 2026-01-01 .. ../m ../m");
    made_up_clear(&of);
}

/* Need 10 and supply 50 x .97 + 2.5 from one market, of which 0001 has half; 3 are measured to
 * lack. */
static void supply_is_told_unbalanced_and_the_gap_with_what_is_measured(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, two);
    of.professions[0].supply_factor = 0.4;
    double shortage[(2 + 3) * 2] = {3};
    of.plan.shortage = shortage;
    g_autoptr(SpDrawsResults) results = sp_draws_run(&of.plan, 1, NULL);
    const SpDrawsFill supply_fill = {&of.plan, results, "aarsverk"};
    const SpDrawsFill gap_fill = {&of.plan, results, "gap"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) supply =
        TABLE("framskriving_tilbud", "region:key yrke:key period:key aarsverk:other",
              "0001 yrke01 2026-01-01 25.5");
    g_autoptr(SpTable) gap =
        TABLE("framskriving_gap", "region:key yrke:key period:key startmangel:other gap:other",
              "0001 yrke01 2026-01-01 3 3", "0002 yrke01 2026-01-01 . 1.02");
    assert_true(sp_draws_add_quantiles(supply, &supply_fill, SP_DRAWN_SUPPLY, &error));
    assert_true(sp_draws_add_quantiles(gap, &gap_fill, SP_DRAWN_GAP, &error));
    assert_true(
        sp_draws_add_chance(gap, "sannsynlighet_mangel", &gap_fill, SP_CHANCE_SHORTAGE, &error));
    assert_no_error(error);
    assert_rows(supply,
                "0001 yrke01 2026-01-01 25.5 25.5/m 25.5/m 25.5/m 25.5/m 25.5/m 25.5/m 25.5/m");
    assert_rows(
        gap, "0001 yrke01 2026-01-01 3 3 3/m 3/m 3/m 3/m 3/m 3/m 3/m 0.95/m",
        "0002 yrke01 2026-01-01 . 1.02 1.02/m 1.02/m 1.02/m 1.02/m 1.02/m 1.02/m 1.02/m 0.95/m");
    made_up_clear(&of);
}

/* Commuting alone has placed it: the country's supply is told, no kommune's. */
static void supply_that_no_need_has_placed_is_told_above_kommuner(void **state)
{
    (void)state;
    MadeUp of;
    gboolean placed[] = {FALSE, TRUE};
    made_up_init(&of, two);
    of.supply.is_placed = placed;
    g_autoptr(SpDrawsResults) results = sp_draws_run(&of.plan, 1, NULL);
    const SpDrawsFill fill = {&of.plan, results, "aarsverk"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table =
        TABLE("framskriving_tilbud", "region:key yrke:key period:key aarsverk:other",
              "0001 yrke01 2026-01-01 25.5", "0001 yrke02 2026-01-01 51", "0 yrke01 2026-01-01 51");
    assert_true(sp_draws_add_quantiles(table, &fill, SP_DRAWN_SUPPLY, &error));
    assert_rows(table, "0001 yrke01 2026-01-01 25.5 ./m ./m ./m ./m ./m ./m ./m",
                "0001 yrke02 2026-01-01 51 51/m 51/m 51/m 51/m 51/m 51/m 51/m",
                "0 yrke01 2026-01-01 51 51/m 51/m 51/m 51/m 51/m 51/m 51/m");
    made_up_clear(&of);
}

static void user_quantiles_are_whole_persons(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, two);
    g_autoptr(SpDrawsUsers) users = users_of(&of, 1);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table =
        TABLE("framskriving_behov", "region:key tjeneste:key period:key brukere:other",
              "0 tjeneste01 2026-01-01 81", "0001 tjeneste09 2026-01-01 4");
    assert_true(sp_draws_add_user_quantiles(table, "brukere", &of.plan, users, FALSE, &error));
    assert_no_error(error);
    assert_rows(table, "0 tjeneste01 2026-01-01 81 81/m 81/m 81/m 81/m 81/m 81/m 81/m",
                "0001 tjeneste09 2026-01-01 4 ../m ../m ../m ../m ../m ../m ../m");
    made_up_clear(&of);
}

/* Need grows by 2 % in the year, and nothing varies; of kommuner nothing is told. */
static void quantiles_of_aarsverk_per_user_are_an_index(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, two);
    g_autoptr(SpDrawsUsers) users = users_of(&of, 1);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table =
        TABLE("framskriving_aarsverk_per_bruker", "region:key tjeneste:key period:key indeks:other",
              "0 tjeneste01 2026-01-01 1.02", "0001 tjeneste01 2026-01-01 1.02");
    assert_true(sp_draws_add_user_quantiles(table, "indeks", &of.plan, users, TRUE, &error));
    assert_no_error(error);
    assert_rows(table,
                "0 tjeneste01 2026-01-01 1.02 1.02/m 1.02/m 1.02/m 1.02/m 1.02/m 1.02/m 1.02/m",
                "0001 tjeneste01 2026-01-01 1.02 ../m ../m ../m ../m ../m ../m ../m");
    made_up_clear(&of);
}

static void table_without_its_columns_is_refused(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, two);
    g_autoptr(SpDrawsResults) results = sp_draws_run(&of.plan, 1, NULL);
    const SpDrawsFill fill = {&of.plan, results, "gap"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table =
        TABLE("framskriving_gap", "region:key yrke:key gap:other", "0001 yrke01 1");
    assert_false(sp_draws_add_quantiles(table, &fill, SP_DRAWN_GAP, &error));
    assert_error(error, SP_ERROR_DATA, "period");
    made_up_clear(&of);
}

/* Supply is a tenth of the need: every kommune lacks both, and most of yrke02. */
static void leads_name_the_largest_shortage(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, two);
    of.professions[0].supply_factor = of.professions[1].supply_factor = 0.02;
    of.plan.n_days = 1;
    of.size.n_days = 1;
    of.plan.people = made_up_people;
    g_autofree double *measured = g_new0(double, (gsize)5 * 2);
    of.plan.shortage = measured;
    g_autoptr(SpDrawsResults) results = sp_draws_run(&of.plan, 1, NULL);
    g_autoptr(SpTable) table = sp_draws_lead_table(&of.plan, results);
    assert_string_equal(sp_table_column(table, 1)->classification, "profesjon");
    assert_rows(table, "0 tot 2025-01-01 ./m 2/m 2/m 2/m 2/m 2/m 2/m 2/m 2/m",
                "0 yrke01 2025-01-01 0/m 2/m 2/m 2/m 2/m 2/m 2/m 2/m 2/m",
                "0 yrke02 2025-01-01 0.95/m 2/m 2/m 2/m 2/m 2/m 2/m 2/m 2/m",
                "01 tot 2025-01-01 ./m 1/m 1/m 1/m 1/m 1/m 1/m 1/m 1/m",
                "01 yrke01 2025-01-01 0/m 1/m 1/m 1/m 1/m 1/m 1/m 1/m 1/m",
                "01 yrke02 2025-01-01 0.95/m 1/m 1/m 1/m 1/m 1/m 1/m 1/m 1/m",
                "02 tot 2025-01-01 ./m 1/m 1/m 1/m 1/m 1/m 1/m 1/m 1/m",
                "02 yrke01 2025-01-01 0/m 1/m 1/m 1/m 1/m 1/m 1/m 1/m 1/m",
                "02 yrke02 2025-01-01 0.95/m 1/m 1/m 1/m 1/m 1/m 1/m 1/m 1/m");
    made_up_clear(&of);
}

/* Of a kommune that is not projected nothing is known, so how many lack staff above it is not. */
static void a_region_with_an_unknown_kommune_tells_nothing(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, two);
    of.supply.status[1] = SP_MISSING;
    g_autoptr(SpDrawsResults) results = sp_draws_run(&of.plan, 1, NULL);
    g_autoptr(SpTable) table = sp_draws_lead_table(&of.plan, results);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gboolean is_known = strcmp(sp_table_code(table, row, 0), "01") == 0;
        SpStatus status = sp_table_real(table, row, 4).status;
        assert_true(is_known ? status < SP_NOT_APPLICABLE : status == SP_MISSING);
    }
    made_up_clear(&of);
}

/* Of yrke02 alone anybody is lacking, and it stands apart: it has its own rows, leads nothing and
 * is no shortage of any profession. */
static void who_stands_apart_is_told_in_its_own_rows_alone(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, two);
    of.professions[0].supply_factor = 10;
    of.professions[1].supply_factor = 0.02;
    of.professions[1].stands_apart = TRUE;
    of.plan.n_days = of.size.n_days = 1;
    g_autofree double *measured = g_new0(double, (gsize)5 * 2);
    of.plan.shortage = measured;
    g_autoptr(SpDrawsResults) results = sp_draws_run(&of.plan, 1, NULL);
    g_autoptr(SpTable) table = sp_draws_lead_table(&of.plan, results);
    assert_rows(table, "0 tot 2025-01-01 ./m -/m -/m -/m -/m -/m -/m -/m -/m",
                "0 yrke01 2025-01-01 0/m -/m -/m -/m -/m -/m -/m -/m -/m",
                "0 yrke02 2025-01-01 ./m 2/m 2/m 2/m 2/m 2/m 2/m 2/m 2/m",
                "01 tot 2025-01-01 ./m -/m -/m -/m -/m -/m -/m -/m -/m",
                "01 yrke01 2025-01-01 0/m -/m -/m -/m -/m -/m -/m -/m -/m",
                "01 yrke02 2025-01-01 ./m 1/m 1/m 1/m 1/m 1/m 1/m 1/m 1/m",
                "02 tot 2025-01-01 ./m -/m -/m -/m -/m -/m -/m -/m -/m",
                "02 yrke01 2025-01-01 0/m -/m -/m -/m -/m -/m -/m -/m -/m",
                "02 yrke02 2025-01-01 ./m 1/m 1/m 1/m 1/m 1/m 1/m 1/m 1/m");
    made_up_clear(&of);
}

/* Supply is a tenth of the need, and nobody has measured who was lacking: whose shortage is the
 * largest is told of later days alone. */
static void base_day_has_no_largest_where_none_is_measured(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, two);
    of.professions[0].supply_factor = of.professions[1].supply_factor = 0.02;
    g_autoptr(SpDrawsResults) results = sp_draws_run(&of.plan, 1, NULL);
    g_autoptr(SpTable) table = sp_draws_lead_table(&of.plan, results);
    gsize n_told = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 1), "yrke02") == 0) {
            gboolean is_base = strcmp(sp_table_code(table, row, 2), "2025-01-01") == 0;
            SpReal share = sp_table_real(table, row, 3);
            assert_int_equal(share.status, is_base ? SP_NOT_APPLICABLE : SP_PRESENT);
            assert_near(share.value, is_base ? 0 : 0.95, 0);
            n_told += is_base ? 0 : 1;
        }
    }
    assert_true(n_told >= 3);
    made_up_clear(&of);
}

/* Five hundred are vacant in fylke 01, and it is not to be seen of what: who leads there is not
 * told, nor how many kommuner lack the profession; of the others' kommuner it is. */
static void a_hidden_shortage_leads_nothing_and_hides_who_does(void **state)
{
    (void)state;
    MadeUp of;
    made_up_init(&of, two);
    of.professions[0].supply_factor = of.professions[1].supply_factor = 0.02;
    double measured[5 * 2] = {0};
    measured[2 * 2 + 1] = nan(""); /* fylke 01, yrke02 */
    of.plan.shortage = measured;
    of.plan.n_days = of.size.n_days = 1;
    g_autoptr(SpDrawsResults) results = sp_draws_run(&of.plan, 1, NULL);
    g_autoptr(SpTable) table = sp_draws_lead_table(&of.plan, results);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *yrke = sp_table_code(table, row, 1);
        gboolean is_one = strcmp(sp_table_code(table, row, 0), "01") == 0;
        gboolean is_any = strcmp(yrke, "tot") == 0, is_other = strcmp(yrke, "yrke01") == 0;
        SpReal share = sp_table_real(table, row, 3), kommuner = sp_table_real(table, row, 4);
        assert_int_equal(sp_real_is_number(share), !is_any && !is_one);
        assert_int_equal(share.status == SP_SUPPRESSED, is_one && !is_any);
        assert_int_equal(kommuner.status == SP_SUPPRESSED, is_one && !is_other);
        assert_int_equal(sp_real_is_number(kommuner), !is_one || is_other);
    }
    made_up_clear(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_stand_beside_the_point),
        cmocka_unit_test(side_without_a_path_is_missing),
        cmocka_unit_test(of_a_need_of_one_no_relevant_shortage_is_asked),
        cmocka_unit_test(chances_are_rounded_to_five_percent),
        cmocka_unit_test(supply_is_told_unbalanced_and_the_gap_with_what_is_measured),
        cmocka_unit_test(user_quantiles_are_whole_persons),
        cmocka_unit_test(quantiles_of_aarsverk_per_user_are_an_index),
        cmocka_unit_test(table_without_its_columns_is_refused),
        cmocka_unit_test(leads_name_the_largest_shortage),
        cmocka_unit_test(a_region_with_an_unknown_kommune_tells_nothing),
        cmocka_unit_test(who_stands_apart_is_told_in_its_own_rows_alone),
        cmocka_unit_test(base_day_has_no_largest_where_none_is_measured),
        cmocka_unit_test(supply_that_no_need_has_placed_is_told_above_kommuner),
        cmocka_unit_test(a_hidden_shortage_leads_nothing_and_hides_who_does),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
