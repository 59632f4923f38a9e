/* Key sentences about a share of staff in fylker against the country's. */
#include "tests/transforms/headline/world.h"

#define STAFF "region:key utdanning:key period:key aarsverk:sum"
#define PAI                                                                                        \
    "region:key yrke:key kjonn:key alder:key period:key personer:other turnover_personer:other "   \
    "sluttet_brutto:other"

static void add_people(World *world)
{
    world_add(world, TABLE("befolkning", "region:key kjonn:key alder:key period:key innbyggere:sum",
                           "0 0 000-105 2026-01-01 90000", "0301 0 000-105 2026-01-01 20000",
                           "1101 0 000-105 2026-01-01 10000", "1102 0 000-105 2026-01-01 10000",
                           "1103 0 000-105 2026-01-01 10000", "1104 0 000-105 2026-01-01 10000",
                           "1105 0 000-105 2026-01-01 10000", "4601 0 000-105 2026-01-01 10000",
                           "4602 0 000-105 2026-01-01 10000"));
}

static void add_spread(World *world, const char *indicator, const char *sd)
{
    g_autofree char *row = g_strdup_printf("%s 2025 %s", indicator, sd);
    const char *const rows[] = {row};
    world_add(world,
              table_of("variasjon", "indikator:key period:key sd_mellom_oevre:other", 1, rows));
}

/* 25 % of 10 000 årsverk in the country; of 4 000 in 11 so many as `without` says. */
static World staff_world(const char *region, const char *without, const char *sd)
{
    World world = world_new(region, "uten_helseutdanning");
    g_autofree char *row = g_strdup_printf("11 uten_helseutdanning 2025 %s", without);
    const char *const rows[] = {"0 uten_helseutdanning 2025 2500",
                                "0 tot 2025 10000",
                                row,
                                "11 tot 2025 4000",
                                "03 uten_helseutdanning 2025 750",
                                "03 tot 2025 3000",
                                "46 uten_helseutdanning 2025 750",
                                "46 tot 2025 3000"};
    world_add(&world, table_of("kompetanse", STAFF, G_N_ELEMENTS(rows), rows));
    add_people(&world);
    add_spread(&world, "komp_share_no_health_edu", sd);
    return world;
}

static void a_share_two_points_off_that_is_a_discovery_is_told(void **state)
{
    (void)state;
    g_auto(World) world = staff_world("11", "1080", "0.01");
    assert_int_equal(world_tell(&world), 1);
    assert_string_equal(world_code(&world, "variant"), "over");
    assert_string_equal(world_code(&world, "rad"),
                        "region=11 utdanning=uten_helseutdanning period=2025");
    assert_near(world_figure(&world, "andel"), 0.27, 1e-12);
    assert_near(world_figure(&world, "landet"), 0.25, 1e-12);
    assert_near(world_figure(&world, "differanse"), 2.0, 1e-9);
}

static void less_than_two_points_is_not_told_though_it_be_a_discovery(void **state)
{
    (void)state;
    g_auto(World) world = staff_world("11", "1079", "0.01");
    assert_int_equal(world_tell(&world), 0);
}

static void what_kommuner_differ_by_anyhow_is_not_told(void **state)
{
    (void)state;
    g_auto(World) world = staff_world("11", "1080", "0.3");
    assert_int_equal(world_tell(&world), 0);
}

static void a_low_share_is_told_as_low_and_other_fylker_tell_nothing(void **state)
{
    (void)state;
    g_auto(World) low = staff_world("11", "800", "0.01");
    g_auto(World) other = staff_world("46", "800", "0.01");
    world_tell(&low);
    assert_string_equal(world_code(&low, "variant"), "under");
    assert_near(world_figure(&low, "differanse"), 5.0, 1e-9);
    assert_int_equal(world_tell(&other), 0);
}

static void the_country_names_the_fylker_that_are_found(void **state)
{
    (void)state;
    g_auto(World) world = staff_world("0", "1200", "0.01");
    world_tell(&world);
    assert_string_equal(world_code(&world, "variant"), "fylker_over");
    assert_string_equal(world_word(&world, "over"), "11");
}

/* Neither the fylke that is hidden nor any other is told anything by it. */
static void a_hidden_share_and_an_unknown_spread_select_nothing(void **state)
{
    (void)state;
    g_auto(World) hidden = staff_world("11", ":", "0.01");
    g_auto(World) country = staff_world("0", ":", "0.01");
    g_auto(World) unknown = staff_world("11", "1200", "..");
    assert_int_equal(world_tell(&hidden), 0);
    assert_int_equal(world_tell(&country), 0);
    assert_int_equal(world_tell(&unknown), 0);
}

static void without_its_table_the_rule_is_silent(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", "uten_helseutdanning");
    assert_int_equal(world_tell(&world), 0);
    add_people(&world);
    add_spread(&world, "komp_share_no_health_edu", "0.01");
    assert_int_equal(world_tell(&world), 0);
}

static void add_turnover(GPtrArray *rows, const char *region, int year, int n, const char *left)
{
    g_ptr_array_add(rows, g_strdup_printf("%s tot 0 000-105 %d-12-01--%d-12-01 . %d %s", region,
                                          year, year + 1, n, left));
}

/* Of 4 000 in the country 400 leave each year, of 1 000 in 11 those of `left` [n], the newest
 * last. */
static World turnover_world(gsize n, const char *const left[])
{
    World world = world_new("11", "turnover");
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < n; i++) {
        const int year = 2025 - (int)n + (int)i;
        add_turnover(rows, "0", year, 4000, "400");
        add_turnover(rows, "11", year, 1000, left[i]);
    }
    world_add(&world,
              table_of("alder_og_stabilitet", PAI, rows->len, (const char *const *)rows->pdata));
    add_people(&world);
    add_spread(&world, "stab_turnover_municipality", "0.01");
    return world;
}

static void turnover_of_four_years_outside_the_limits_is_told(void **state)
{
    static const char *const left[] = {"160", "170", "180", "90"};
    (void)state;
    g_auto(World) world = turnover_world(4, left);
    assert_int_equal(world_tell(&world), 1);
    assert_string_equal(world_code(&world, "variant"), "over");
    assert_string_equal(world_word(&world, "fra"), "2021");
    assert_string_equal(world_word(&world, "til"), "2025");
    assert_near(world_figure(&world, "andel"), 0.15, 1e-12);
}

static void turnover_on_that_side_in_two_years_alone_is_not_told(void **state)
{
    static const char *const left[] = {"260", "250", "90", "90"};
    (void)state;
    g_auto(World) world = turnover_world(4, left);
    assert_int_equal(world_tell(&world), 0);
}

static void turnover_of_three_years_or_with_a_hidden_one_or_over_a_break_is_not_told(void **state)
{
    static const char *const left[] = {"200", "200", "200", "200"};
    static const char *const hidden[] = {"200", ":", "200", "200"};
    static const char *const broken[] = {"200", "200/b", "200", "200"};
    static const char *const before[] = {"200/b", "200", "200", "200"};
    (void)state;
    g_auto(World) three = turnover_world(3, left);
    g_auto(World) partly = turnover_world(4, hidden);
    g_auto(World) apart = turnover_world(4, broken);
    g_auto(World) whole = turnover_world(4, before);
    assert_int_equal(world_tell(&three), 0);
    assert_int_equal(world_tell(&partly), 0);
    assert_int_equal(world_tell(&apart), 0);
    assert_int_equal(world_tell(&whole), 1);
}

static World old_world(const char *region, const char *old)
{
    World world = world_new(region, "eldre_ansatte");
    g_autofree char *row = g_strdup_printf("11 tot 0 055-075 2025-12-01 %s . .", old);
    const char *const rows[] = {"0 tot 0 055-075 2025-12-01 2000 . .",
                                "0 tot 0 000-105 2025-12-01 10000 . .", row,
                                "11 tot 0 000-105 2025-12-01 1000 . ."};
    world_add(&world, table_of("alder_og_stabilitet", PAI, G_N_ELEMENTS(rows), rows));
    return world;
}

/* Wilson's lower limit of 95 % of 225 in 1 000 is 0.20020, of 224 it is 0.19924
 * (in Python: (2x + z² − z √(z² + 4x (1 − x/n))) / (2 (n + z²)), z = 1.959964). */
static void older_staff_are_told_where_the_lower_limit_is_above_the_country(void **state)
{
    (void)state;
    g_auto(World) above = old_world("11", "225");
    g_auto(World) below = old_world("11", "224");
    g_auto(World) hidden = old_world("11", ":");
    g_auto(World) country = old_world("0", "300");
    assert_int_equal(world_tell(&above), 1);
    assert_near(world_figure(&above, "andel"), 0.225, 1e-12);
    assert_int_equal(world_tell(&below), 0);
    assert_int_equal(world_tell(&hidden), 0);
    world_tell(&country);
    assert_string_equal(world_code(&country, "variant"), "fylker_over");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_two_points_off_that_is_a_discovery_is_told),
        cmocka_unit_test(less_than_two_points_is_not_told_though_it_be_a_discovery),
        cmocka_unit_test(what_kommuner_differ_by_anyhow_is_not_told),
        cmocka_unit_test(a_low_share_is_told_as_low_and_other_fylker_tell_nothing),
        cmocka_unit_test(the_country_names_the_fylker_that_are_found),
        cmocka_unit_test(a_hidden_share_and_an_unknown_spread_select_nothing),
        cmocka_unit_test(without_its_table_the_rule_is_silent),
        cmocka_unit_test(turnover_of_four_years_outside_the_limits_is_told),
        cmocka_unit_test(turnover_on_that_side_in_two_years_alone_is_not_told),
        cmocka_unit_test(turnover_of_three_years_or_with_a_hidden_one_or_over_a_break_is_not_told),
        cmocka_unit_test(older_staff_are_told_where_the_lower_limit_is_above_the_country),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
