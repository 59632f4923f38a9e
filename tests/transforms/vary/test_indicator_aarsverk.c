/* Indicators of årsverk: whose they are, their chance by sizes of positions, and four years
 * together. */
#include "tests/transforms/vary/indicator.h"

static SpTable *aarsverk_of(const char *nevner, const char *unit)
{
    SpTable *catalogue = tables_indikator();
    TABLES_ADD_INDICATOR(catalogue, "verk", "aarsverk", "yes", "yes", "v.aarsverk{yrke=jordmor}",
                         nevner, "10000", "", "", unit, "", "jordmor");
    return catalogue;
}

/* Midwives of four kommuner: 1505 and 1511 have theirs at 1508. */
static SpTables *midwives(void)
{
    SpTables *in = sp_tables_new();
    SpTable *persons = tables_folkemengde();
    static const char *const kommuner[] = {"1505", "1506", "1508", "1511"};
    for (gsize i = 0; i < G_N_ELEMENTS(kommuner); i++) {
        tables_add_population(persons, kommuner[i], "2023-01-01", 900.0, 100.0);
    }
    sp_tables_add(in, persons);
    sp_tables_add(in,
                  TABLE("v", "region:key yrke:key period:key aarsverk:sum", "1505 jordmor 2022 -",
                        "1506 jordmor 2022 1", "1508 jordmor 2022 5", "1511 jordmor 2022 -"));
    sp_tables_add(in, TABLE("vertskommune",
                            "region:key vertskommune:key tjeneste:key period:key til:attribute",
                            "1505 1508 jordmor 2020-01-01 _", "1511 1508 jordmor 2020-01-01 _"));
    return in;
}

static void add_positions(SpTables *in, const char *row)
{
    sp_tables_add(in, TABLE("alder_og_stabilitet",
                            "period:key region:key alder:key kjonn:key yrke:key aarsverk:sum "
                            "personer:other heltid:other smaa_stillinger:other",
                            row));
}

static void kommuner_that_share_a_service_have_its_pooled_rate_and_the_hosts_name(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = midwives();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, aarsverk_of(POPULATION, "per 10 000"), quality);
    /* 5 årsverk to 3 000 people; alone the host would have 50 and its partners 0. */
    static const char *const area[] = {"1505", "1508", "1511"};
    for (gsize i = 0; i < G_N_ELEMENTS(area); i++) {
        assert_near(TABLES_FIND(table, "verdi", "verk", area[i], "2022").value, 5.0 / 3000.0 * 1e4,
                    1e-12);
    }
    assert_near(TABLES_FIND(table, "teller", "verk", "1508", "2022").value, 5.0, 0.0);
    assert_near(TABLES_FIND(table, "nevner", "verk", "1508", "2022").value, 3000.0, 0.0);
    assert_near(TABLES_FIND(table, "forventet", "verk", "1508", "2022").value, 4.5, 1e-12);
    assert_int_equal(TABLES_FIND(table, "teller", "verk", "1511", "2022").status,
                     SP_NOT_APPLICABLE);
    assert_near(TABLES_FIND(table, "verdi", "verk", "1506", "2022").value, 10.0, 1e-12);
    const gsize host = sp_table_find(table, "vertskommune");
    assert_string_equal(sp_table_code(table, 0, host), "1508");
    assert_string_equal(sp_table_code(table, 1, host), "");
    assert_string_equal(sp_table_code(table, 2, host), "1508");
}

/* Everybody full time, or the spread between: the estimate itself is tested in test_positions. */
static void variance_of_aarsverk_is_by_the_sizes_of_positions(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = midwives();
    g_autoptr(SpQuality) quality = sp_quality_new();
    add_positions(in, "2022-12-01 0 000-105 0 jordmor 200 400 - 100");
    g_autoptr(SpTable) table = run_well(in, aarsverk_of(POPULATION, "per 10 000"), quality);
    const SpReal variance = TABLES_FIND(table, "varians", "verk", "1508", "2022");
    assert_near(variance.value, 4.5 * 2.0 / 3.0, 1e-12);
    assert_int_equal(variance.flags, SP_FLAG_MODELLED);
    assert_false(tables_has_finding(quality, "positions_unknown", "verk"));
}

static void without_positions_chance_is_the_most_it_can_be_and_told(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = midwives();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, aarsverk_of(POPULATION, "per 10 000"), quality);
    assert_near(TABLES_FIND(table, "varians", "verk", "1508", "2022").value, 4.5, 1e-12);
    assert_true(tables_has_finding(quality, "positions_unknown", "verk"));
}

/* The variance is published, and would tell the sizes. */
static void positions_that_are_hidden_are_not_used(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = midwives();
    g_autoptr(SpQuality) quality = sp_quality_new();
    add_positions(in, "2022-12-01 0 000-105 0 jordmor 200 400 - :");
    SpTable *shown = sp_tables_steal(in, "alder_og_stabilitet");
    sp_table_set_name(shown, "vist_alder_og_stabilitet");
    sp_tables_add(in, shown);
    add_positions(in, "2022-12-01 0 000-105 0 jordmor 200 400 - 100");
    g_autoptr(SpTable) table = run_well(in, aarsverk_of(POPULATION, "per 10 000"), quality);
    assert_near(TABLES_FIND(table, "varians", "verk", "1508", "2022").value, 4.5, 1e-12);
    assert_true(tables_has_finding(quality, "positions_unknown", "verk"));
}

/* Of a profession that PAI does not have, the spread of all. */
static void profession_without_positions_takes_those_of_all(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = midwives();
    g_autoptr(SpQuality) quality = sp_quality_new();
    add_positions(in, "2022-12-01 0 000-105 0 tot 200 400 - 100");
    g_autoptr(SpTable) table = run_well(in, aarsverk_of(POPULATION, "per 10 000"), quality);
    assert_near(TABLES_FIND(table, "varians", "verk", "1506", "2022").value, 1.5 * 2.0 / 3.0,
                1e-12);
}

/* Half of the årsverk have the property in four kommuner; 1580 has 8 a year, 1511 2. */
static SpTables *small_shares(void)
{
    SpTables *in = sp_tables_new();
    SpTable *table = TABLE("k", "region:key period:key med:sum alle:sum", "1508 2018 50 100");
    for (int year = 2019; year <= 2022; year++) {
        static const char *const kommuner[] = {"1508", "1511", "1580"};
        static const double all[] = {100.0, 2.0, 8.0};
        for (gsize i = 0; i < G_N_ELEMENTS(kommuner); i++) {
            const gsize row = sp_table_add_row(table);
            g_autofree char *period = g_strdup_printf("%d", year);
            sp_table_set_code(table, row, 0, kommuner[i]);
            sp_table_set_code(table, row, 1, period);
            sp_table_set_real(table, row, 2, sp_real(all[i] / 2.0));
            sp_table_set_real(table, row, 3, sp_real(all[i]));
        }
    }
    sp_tables_add(in, table);
    return in;
}

static SpTable *small_share(void)
{
    SpTable *catalogue = tables_indikator();
    TABLES_ADD_INDICATOR(catalogue, "del", "aarsverk", "yes", "yes", "k.med", "k.alle", "1", "", "",
                         "prosent");
    return catalogue;
}

static void share_of_fewer_than_ten_aarsverk_is_told_of_four_years_together(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = small_shares();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, small_share(), quality);
    assert_int_equal(TABLES_FIND(table, "verdi", "del", "1580", "2022").status, SP_MISSING);
    const SpReal pooled = TABLES_FIND(table, "verdi", "del", "1580", "2019-2022");
    assert_near(pooled.value, 0.5, 1e-15);
    assert_int_equal(pooled.flags, SP_FLAG_MODELLED);
    assert_near(TABLES_FIND(table, "nevner", "del", "1580", "2019-2022").value, 32.0, 0.0);
    assert_int_equal(TABLES_FIND(table, "forventet", "del", "1580", "2019-2022").status,
                     SP_NOT_APPLICABLE);
    /* Enough in one year, or too few in four: five rows, four rows, and four and one. */
    assert_near(TABLES_FIND(table, "verdi", "del", "1508", "2022").value, 0.5, 0.0);
    assert_int_equal(sp_table_n_rows(table), 3 * 5 + 1);
    assert_true(tables_has_finding(quality, "nevner_too_small", "del region 1511"));
}

/* Part of what it is divided by: binomial, E (1 - E / n), and no positions. */
static void share_of_aarsverk_has_the_variance_of_a_part(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = small_shares();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_well(in, small_share(), quality);
    assert_near(TABLES_FIND(table, "varians", "del", "1508", "2022").value, 25.0, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kommuner_that_share_a_service_have_its_pooled_rate_and_the_hosts_name),
        cmocka_unit_test(variance_of_aarsverk_is_by_the_sizes_of_positions),
        cmocka_unit_test(without_positions_chance_is_the_most_it_can_be_and_told),
        cmocka_unit_test(positions_that_are_hidden_are_not_used),
        cmocka_unit_test(profession_without_positions_takes_those_of_all),
        cmocka_unit_test(share_of_fewer_than_ten_aarsverk_is_told_of_four_years_together),
        cmocka_unit_test(share_of_aarsverk_has_the_variance_of_a_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
