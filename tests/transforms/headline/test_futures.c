/* Key sentences about what is projected. */
#include "tests/transforms/headline/world.h"

#define PEOPLE "region:key kjonn:key alder:key period:key innbyggere:sum"
#define RANGE "region:key kjonn:key alder:key period:key innbyggere:other p05:other p95:other"
#define GAP                                                                                        \
    "region:key yrke:key period:key etterspoersel:other tilbud:other gap:other p05:other "         \
    "p95:other sannsynlighet_mangel:other"
#define LEADS                                                                                      \
    "region:key yrke:key period:key andel_stoerst_mangel:other kommuner:other p05:other p95:other"

/* 1101 grows by half from 400, 1102 is doubled from 99, below the least that is named, 1103 grows
 * by a quarter, and what 1104 grows by is hidden. */
static SpTable *people_new(void)
{
    return TABLE("framskriving_befolkning", PEOPLE, "11 0 080-105 2026-01-01 1000",
                 "11 0 080-105 2035-01-01 1402.5/m", "11 0 080-105 2036-01-01 1500/m",
                 "1101 0 080-105 2026-01-01 400", "1101 0 080-105 2035-01-01 600/m",
                 "1102 0 080-105 2026-01-01 99", "1102 0 080-105 2035-01-01 198/m",
                 "1103 0 080-105 2026-01-01 400", "1103 0 080-105 2035-01-01 500/m",
                 "1104 0 080-105 2026-01-01 101",
                 "1104 0 080-105 2035-01-01 :", "4601 0 080-105 2026-01-01 400",
                 "4601 0 080-105 2035-01-01 4000/m");
}

static void growth_of_the_old_is_told_to_the_last_fifth_year_within_ten(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", "eldre_vekst");
    world_add(&world, people_new());
    assert_int_equal(world_tell(&world), 1);
    assert_string_equal(world_code(&world, "variant"), "vekst raskest");
    assert_string_equal(world_code(&world, "rad"),
                        "region=11 kjonn=0 alder=080-105 period=2035-01-01");
    assert_string_equal(world_word(&world, "fra"), "2026");
    assert_string_equal(world_word(&world, "til"), "2035");
    assert_near(world_figure(&world, "vekst"), 0.4025, 1e-12);
}

static void fastest_is_a_part_of_the_region_with_enough_people_and_a_figure(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", "eldre_vekst");
    world_add(&world, people_new());
    world_tell(&world);
    assert_string_equal(world_word(&world, "raskest"), "1101");
    assert_near(world_figure(&world, "raskest_vekst"), 0.5, 1e-12);
}

static void interval_of_growth_is_told_where_futures_were_drawn(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", "eldre_vekst");
    world_add(&world, people_new());
    world_add(&world, TABLE("framskriving_befolkning_intervall", RANGE,
                            "11 0 080-105 2035-01-01 1402.5 1350 1450"));
    world_tell(&world);
    assert_string_equal(world_code(&world, "variant"), "vekst intervall raskest");
    assert_near(world_figure(&world, "p05"), 0.35, 1e-12);
    assert_near(world_figure(&world, "p95"), 0.45, 1e-12);
}

static void growth_of_a_hidden_figure_or_without_the_table_is_not_told(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", "eldre_vekst");
    assert_int_equal(world_tell(&world), 0);
    world_add(&world, TABLE("framskriving_befolkning", PEOPLE, "11 0 080-105 2026-01-01 1000",
                            "11 0 080-105 2035-01-01 :"));
    assert_int_equal(world_tell(&world), 0);
}

static void fewer_old_are_told_as_fewer(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", "eldre_vekst");
    world_add(&world, TABLE("framskriving_befolkning", PEOPLE, "11 0 080-105 2026-01-01 1000",
                            "11 0 080-105 2035-01-01 900"));
    world_tell(&world);
    assert_string_equal(world_code(&world, "variant"), "nedgang");
    assert_near(world_figure(&world, "vekst"), 0.1, 1e-12);
}

/* A package of region 11 whose chance of a shortage is `chance`. */
static World shortage_world(const char *chance)
{
    World world = world_new("11", "sykepleiere");
    g_autofree char *row =
        g_strdup_printf("11 sykepleier 2035-01-01 1200 1000 200 -50 450 %s", chance);
    const char *const rows[] = {"11 sykepleier 2026-01-01 1000 1000 - - - -", row};
    world_add(&world, table_of("framskriving_gap", GAP, 2, rows));
    return world;
}

static void shortage_is_probable_from_the_level_on_and_uncertain_below(void **state)
{
    (void)state;
    g_auto(World) at = shortage_world("0.8");
    g_auto(World) below = shortage_world("0.75");
    assert_int_equal(world_tell(&at), 1);
    assert_string_equal(world_code(&at, "variant"), "trolig");
    assert_string_equal(world_code(&at, "viss"), "trolig");
    assert_int_equal(world_tell(&below), 1);
    assert_string_equal(world_code(&below, "variant"), "usikkert");
    assert_string_equal(world_code(&below, "viss"), "usikkert");
    assert_near(world_figure(&below, "p05"), -50.0, 0.0);
    assert_near(sp_rows_real(below.sentences, 0, "sikkerhet").value, 0.75, 0.0);
}

static void shortage_without_a_chance_is_not_told(void **state)
{
    static const char *const none[] = {":", ".", ".."};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(none); i++) {
        g_auto(World) world = shortage_world(none[i]);
        assert_int_equal(world_tell(&world), 0);
    }
}

static World leading_world(const char *rule, const char *region, const char *share)
{
    World world = world_new(region, rule);
    g_autofree char *row =
        g_strdup_printf("%s helsefagarbeider 2035-01-01 %s 4 1 5", region, share);
    g_autofree char *all = g_strdup_printf("%s tot 2035-01-01 . 4.2 2 5", region);
    g_autofree char *other = g_strdup_printf("%s sykepleier 2035-01-01 0.1 3 1 5", region);
    g_autofree char *base = g_strdup_printf("%s tot 2026-01-01 . 0 0 0", region);
    const char *const rows[] = {base, row, all, other};
    world_add(&world, table_of("framskriving_ledelse", LEADS, 4, rows));
    return world;
}

static void largest_shortage_is_named_from_the_level_on(void **state)
{
    (void)state;
    g_auto(World) at = leading_world("stoerst_mangel", "11", "0.8");
    g_auto(World) below = leading_world("stoerst_mangel", "11", "0.75");
    world_tell(&at);
    assert_string_equal(world_code(&at, "variant"), "navn");
    assert_string_equal(world_word(&at, "yrke"), "helsefagarbeider");
    world_tell(&below);
    assert_string_equal(world_code(&below, "variant"), "uavklart");
    assert_string_equal(world_word(&below, "yrke"), "");
}

static void size_of_the_largest_shortage_is_told_where_it_is_shown(void **state)
{
    (void)state;
    g_auto(World) world = leading_world("stoerst_mangel", "11", "0.9");
    world_add(&world, TABLE("framskriving_gap", GAP,
                            "11 helsefagarbeider 2035-01-01 900 700 200 20 400 0.9"));
    world_tell(&world);
    assert_string_equal(world_code(&world, "variant"), "navn stoerrelse");
    assert_near(world_figure(&world, "gap"), 200.0, 0.0);
}

/* What is hidden does not lead, though it be the largest. */
static void hidden_share_does_not_select(void **state)
{
    (void)state;
    g_auto(World) world = leading_world("stoerst_mangel", "11", ":");
    world_tell(&world);
    assert_string_equal(world_code(&world, "variant"), "uavklart");
    assert_string_equal(world_code(&world, "rad"), "region=11 yrke=sykepleier period=2035-01-01");
}

static void kommuner_with_a_shortage_are_counted_with_their_interval(void **state)
{
    (void)state;
    g_auto(World) world = leading_world("kommuner_med_mangel", "11", "0.8");
    assert_int_equal(world_tell(&world), 1);
    assert_near(world_figure(&world, "antall"), 4.2, 0.0);
    assert_near(world_figure(&world, "av"), 5.0, 0.0);
    assert_near(world_figure(&world, "p95"), 5.0, 0.0);
}

/* "1 of 1 kommuner" says nothing. */
static void kommuner_of_a_small_fylke_are_not_counted(void **state)
{
    (void)state;
    g_auto(World) world = leading_world("kommuner_med_mangel", "46", "0.8");
    assert_int_equal(world_tell(&world), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(growth_of_the_old_is_told_to_the_last_fifth_year_within_ten),
        cmocka_unit_test(fastest_is_a_part_of_the_region_with_enough_people_and_a_figure),
        cmocka_unit_test(interval_of_growth_is_told_where_futures_were_drawn),
        cmocka_unit_test(growth_of_a_hidden_figure_or_without_the_table_is_not_told),
        cmocka_unit_test(fewer_old_are_told_as_fewer),
        cmocka_unit_test(shortage_is_probable_from_the_level_on_and_uncertain_below),
        cmocka_unit_test(shortage_without_a_chance_is_not_told),
        cmocka_unit_test(largest_shortage_is_named_from_the_level_on),
        cmocka_unit_test(size_of_the_largest_shortage_is_told_where_it_is_shown),
        cmocka_unit_test(hidden_share_does_not_select),
        cmocka_unit_test(kommuner_with_a_shortage_are_counted_with_their_interval),
        cmocka_unit_test(kommuner_of_a_small_fylke_are_not_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
