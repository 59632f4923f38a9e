/* The barometer of a fylke and of the country. */
#include "tests/transforms/headline/world.h"

#define COMPARED                                                                                   \
    "indikator:key region:key period:key vertskommune:attribute verdi:other middel_fylke:other "   \
    "middel_landet:other middel_naermeste:other n_naermeste:other middel_kostragruppe:other "      \
    "n_kostragruppe:other"
#define PLACED                                                                                     \
    "indikator:key region:key period:key signal_od_fdr:attribute vurdering:attribute verdi:other " \
    "nedre_998_od:other nedre_95_od:other oevre_95_od:other oevre_998_od:other"

/* Sick leave of 5, 6, 7, 8 and 10 % in 11, hidden in 4601, missing in 4602, 4 % in Oslo. */
static void add_sick_leave(World *world)
{
    world_add(world, TABLE("sammenlikning", COMPARED,
                           "stab_sick_leave_doctor 0301 2025 _ 0.04 .. 0.06 0.05 9 0.05 7",
                           "stab_sick_leave_doctor 1101 2025 _ 0.05 0.07 0.06 0.05 9 0.05 7",
                           "stab_sick_leave_doctor 1102 2025 1101 0.06 0.07 0.06 0.05 9 0.05 7",
                           "stab_sick_leave_doctor 1103 2025 _ 0.07 0.07 0.06 .. 3 0.05 7",
                           "stab_sick_leave_doctor 1104 2025 _ 0.08 0.07 0.06 0.05 9 0.05 7",
                           "stab_sick_leave_doctor 1105 2025 _ 0.1 0.07 0.06 0.05 9 0.05 7",
                           "stab_sick_leave_doctor 4601 2025 _ : .. 0.06 0.05 9 0.05 7",
                           "stab_sick_leave_doctor 4602 2025 _ .. .. 0.06 0.05 9 0.05 7"));
    world_add(world, TABLE("plassering", PLACED,
                           "stab_sick_leave_doctor 1105 2024 under gunstig 0.1 0 0 0 0",
                           "stab_sick_leave_doctor 1105 2025 over ugunstig 0.1 0.03 0.05 0.08 0.12",
                           "stab_share_55plus 1101 2021-2024 _ _ 0.2 0 0 0 0",
                           "stab_share_55plus 1101 2024-12-01 _ _ : : : : :",
                           "stab_share_55plus 1102 2024-12-01 _ _ .. .. .. .. .."));
    world_add(world, TABLE("utvikling", "indikator:key region:key vurdering:attribute",
                           "stab_sick_leave_doctor 1105 opp", "stab_sick_leave_doctor 11 usikker"));
}

static SpTable *barometer_of(const World *world)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) read = world_read(world);
    SpPageOne enough = world->headline;
    enough.edition = read;
    SpTable *table = sp_page_one_barometer(&world->headline, &error);
    assert_no_error(error);
    g_autoptr(SpTable) same = sp_page_one_barometer(&enough, &error);
    assert_no_error(error);
    world_assert_same(same, table);
    return table;
}

static SpReal figure(const SpTable *table, const char *region, const char *measure)
{
    return sp_rows_real(
        table, sp_rows_find(table, "indikator=stab_sick_leave_doctor region=%s", region), measure);
}

static const char *code(const SpTable *table, const char *region, const char *column)
{
    return sp_rows_code(
        table, sp_rows_find(table, "indikator=stab_sick_leave_doctor region=%s", region), column);
}

static void a_kommune_has_what_the_published_tables_say_of_it(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", NULL);
    add_sick_leave(&world);
    g_autoptr(SpTable) table = barometer_of(&world);
    assert_string_equal(code(table, "1105", "signal"), "over");
    assert_string_equal(code(table, "1105", "vurdering"), "ugunstig");
    assert_string_equal(code(table, "1105", "utvikling"), "opp");
    assert_string_equal(code(table, "1105", "period"), "2025");
    assert_string_equal(code(table, "1105", "tema"), "stabilitet");
    assert_string_equal(code(table, "1102", "vertskommune"), "1101");
    assert_near(figure(table, "1105", "verdi").value, 0.1, 0.0);
    assert_near(figure(table, "1105", "oevre_95_od").value, 0.08, 0.0);
    assert_near(figure(table, "1105", "middel_landet").value, 0.06, 0.0);
    assert_int_equal(figure(table, "1103", "middel_naermeste").status, SP_MISSING);
}

/* From 4 to 10 %: (7 − 4) / 6; the upper limit of 12 % stands at the end. */
static void bars_lie_between_the_lowest_and_the_highest_that_are_shown(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", NULL);
    add_sick_leave(&world);
    g_autoptr(SpTable) table = barometer_of(&world);
    assert_near(figure(table, "1103", "stolpe_verdi").value, 0.5, 1e-12);
    assert_near(figure(table, "1103", "stolpe_landet").value, 1.0 / 3.0, 1e-12);
    assert_near(figure(table, "1105", "stolpe_verdi").value, 1.0, 0.0);
    assert_near(figure(table, "1105", "stolpe_oevre_998").value, 1.0, 0.0);
    assert_int_equal(figure(table, "1105", "stolpe_nedre_998").status, SP_ZERO);
    assert_near(figure(table, "11", "lavest").value, 0.04, 0.0);
    assert_near(figure(table, "11", "hoeyest").value, 0.1, 0.0);
}

static void of_few_kommuner_neither_extremes_nor_bars_are_told(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", NULL);
    add_sick_leave(&world);
    world.headline.least_members = 7;
    g_autoptr(SpTable) table = barometer_of(&world);
    assert_int_equal(figure(table, "1105", "lavest").status, SP_MISSING);
    assert_int_equal(figure(table, "1105", "hoeyest").status, SP_MISSING);
    assert_int_equal(figure(table, "1105", "stolpe_verdi").status, SP_NOT_APPLICABLE);
    assert_near(figure(table, "1105", "verdi").value, 0.1, 0.0);
}

static void hidden_and_missing_figures_have_rows_with_their_status(void **state)
{
    (void)state;
    g_auto(World) world = world_new("46", NULL);
    add_sick_leave(&world);
    g_autoptr(SpTable) table = barometer_of(&world);
    assert_int_equal(figure(table, "4601", "verdi").status, SP_SUPPRESSED);
    assert_int_equal(figure(table, "4601", "stolpe_verdi").status, SP_SUPPRESSED);
    assert_int_equal(figure(table, "4602", "verdi").status, SP_MISSING);
    assert_int_equal(figure(table, "46", "verdi").status, SP_MISSING);
}

/* The newest single period; four years together are no place. */
static void what_is_compared_with_nobody_has_rows_too(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", NULL);
    add_sick_leave(&world);
    g_autoptr(SpTable) table = barometer_of(&world);
    const gsize row = sp_rows_find(table, "indikator=stab_share_55plus region=1101");
    assert_string_equal(sp_rows_code(table, row, "period"), "2024-12-01");
    assert_int_equal(sp_rows_real(table, row, "verdi").status, SP_SUPPRESSED);
    assert_int_equal(sp_table_n_rows(table), 12);
}

static void a_fylke_is_what_its_kommuner_have_together(void **state)
{
    (void)state;
    g_auto(World) world = world_new("0", NULL);
    add_sick_leave(&world);
    g_autoptr(SpTable) table = barometer_of(&world);
    assert_near(figure(table, "11", "verdi").value, 0.07, 0.0);
    assert_near(figure(table, "11", "stolpe_verdi").value, 0.5, 1e-12);
    assert_near(figure(table, "0", "verdi").value, 0.06, 0.0);
    assert_near(figure(table, "03", "verdi").value, 0.04, 0.0); /* one kommune is the fylke */
    assert_string_equal(code(table, "11", "utvikling"), "usikker");
    assert_int_equal(figure(table, "1101", "verdi").status, SP_MISSING); /* no such row */
}

static void what_the_edition_does_not_have_has_no_rows(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", NULL);
    g_autoptr(SpTable) table = barometer_of(&world);
    assert_int_equal(sp_table_n_rows(table), 0);
}

static void an_indicator_that_the_catalogue_lacks_is_told(void **state)
{
    g_autoptr(GError) error = NULL;
    (void)state;
    g_auto(World) world = world_new("11", NULL);
    sp_table_set_code(world.barometer, 0, sp_table_find(world.barometer, "indikator"), "finnes_ei");
    assert_null(sp_page_one_barometer(&world.headline, &error));
    assert_error(error, SP_ERROR_CONFIG, "\"finnes_ei\" is not in config/indicators.csv");
}

static void the_barometer_that_ships_is_of_the_catalogue_in_order(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", NULL);
    const gsize n = sp_table_n_rows(world.barometer);
    assert_true(n >= 25 && n <= 35);
    for (gsize row = 0; row < n; row++) {
        g_autofree char *order = g_strdup_printf("%02d", (int)row + 1);
        assert_string_equal(sp_rows_code(world.barometer, row, "rekke"), order);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kommune_has_what_the_published_tables_say_of_it),
        cmocka_unit_test(bars_lie_between_the_lowest_and_the_highest_that_are_shown),
        cmocka_unit_test(of_few_kommuner_neither_extremes_nor_bars_are_told),
        cmocka_unit_test(hidden_and_missing_figures_have_rows_with_their_status),
        cmocka_unit_test(what_is_compared_with_nobody_has_rows_too),
        cmocka_unit_test(a_fylke_is_what_its_kommuner_have_together),
        cmocka_unit_test(what_the_edition_does_not_have_has_no_rows),
        cmocka_unit_test(an_indicator_that_the_catalogue_lacks_is_told),
        cmocka_unit_test(the_barometer_that_ships_is_of_the_catalogue_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
