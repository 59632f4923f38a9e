/* Key sentences about development, and about differences that nothing explains. */
#include "tests/transforms/headline/world.h"

#include "core/random.h"
#include "transforms/vary/funnel/discovery.h"

#define TRENDS                                                                                     \
    "indikator:key region:key fra:attribute til:attribute brudd:attribute vurdering:attribute "    \
    "foerste:other siste:other p_trend:other p_vandring:other"
#define PARTS "indikator:key period:key andel_uforklart:other andel_uforklart_nedre:other"

/* Sick leave is good when it is low, direct staff when they are many; the other two are judged and
 * stand still, and nobody judges home services. */
static World trend_world(const char *rule, const char *sick_leave)
{
    World world = world_new("11", rule);
    const char *const rows[] = {
        sick_leave, "pers_fte_direct_per_user 11 2018 2025 _ usikker 0.5 0.5 0.6 0.7",
        "komp_share_no_health_edu 11 2018 2025 _ usikker 0.26 0.26 0.5 0.9",
        "gp_lists_without_doctor 11 2018-12-31 2025-12-31 _ usikker 0.03 0.03 0.8 0.8",
        "use_home_80plus 11 2018-12-31 2025-12-31 _ opp 0.3 0.4 0.0001 0.0001"};
    world_add(&world, table_of("utvikling", TRENDS, G_N_ELEMENTS(rows), rows));
    return world;
}

static void a_judged_indicator_that_has_become_worse_is_told(void **state)
{
    (void)state;
    g_auto(World) world =
        trend_world("verre", "stab_sick_leave_doctor 11 2018 2025 _ opp 0.089 0.101 0.001 0.002");
    assert_int_equal(world_tell(&world), 1);
    assert_string_equal(world_code(&world, "variant"), "endring");
    assert_string_equal(world_word(&world, "indikator"), "stab_sick_leave_doctor");
    assert_string_equal(world_word(&world, "fra"), "2018");
    assert_near(world_figure(&world, "siste"), 0.101, 0.0);
}

static void the_same_change_is_better_where_low_is_bad(void **state)
{
    (void)state;
    g_auto(World) other =
        trend_world("bedre", "stab_sick_leave_doctor 11 2018 2025 _ opp 0.089 0.101 0.001 0.002");
    g_auto(World) down =
        trend_world("bedre", "stab_sick_leave_doctor 11 2018 2025 _ ned 0.101 0.089 0.001 0.002");
    assert_int_equal(world_tell(&other), 0);
    assert_int_equal(world_tell(&down), 1);
}

/* Of four tests the first must have 0.0125 at most by both probabilities. */
static void what_is_no_discovery_among_the_barometer_is_not_told(void **state)
{
    static const char *const rows[] = {
        "stab_sick_leave_doctor 11 2018 2025 _ opp 0.089 0.101 0.0125 0.002",
        "stab_sick_leave_doctor 11 2018 2025 _ opp 0.089 0.101 0.0126 0.002",
        "stab_sick_leave_doctor 11 2018 2025 _ opp 0.089 0.101 0.002 0.0126"};
    (void)state;
    g_auto(World) at = trend_world("verre", rows[0]);
    g_auto(World) trend = trend_world("verre", rows[1]);
    g_auto(World) walk = trend_world("verre", rows[2]);
    assert_int_equal(world_tell(&at), 1);
    assert_int_equal(world_tell(&trend), 0);
    assert_int_equal(world_tell(&walk), 0);
}

static void small_short_broken_and_hidden_changes_are_not_told(void **state)
{
    static const char *const rows[] = {
        "stab_sick_leave_doctor 11 2018 2025 _ liten 0.089 0.090 0.001 0.002",
        "stab_sick_leave_doctor 11 2021 2025 _ opp 0.089 0.101 0.001 0.002",
        "stab_sick_leave_doctor 11 2018 2025 2020 opp 0.089 0.101 0.001 0.002",
        "stab_sick_leave_doctor 11 2018 2025 _ opp 0.089 0.101 : :"};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(World) world = trend_world("verre", rows[i]);
        assert_int_equal(world_tell(&world), 0);
    }
}

static void a_trend_of_five_years_that_begins_at_a_break_is_told(void **state)
{
    (void)state;
    g_auto(World) world = trend_world(
        "verre", "stab_sick_leave_doctor 11 2020 2025 2020 opp 0.089 0.101 0.001 0.002");
    assert_int_equal(world_tell(&world), 1);
}

static void the_weightiest_of_several_is_told_and_the_others_counted(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", "verre");
    world_add(&world, TABLE("utvikling", TRENDS,
                            "stab_sick_leave_doctor 11 2018 2025 _ opp 0.089 0.101 0.0001 0.0001",
                            "komp_share_no_health_edu 11 2018 2025 _ opp 0.26 0.3 0.01 0.01"));
    world_tell(&world);
    assert_string_equal(world_word(&world, "indikator"), "komp_share_no_health_edu");
    assert_near(world_figure(&world, "andre"), 1.0, 0.0);
}

static void without_trends_nothing_is_told(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", "verre");
    assert_int_equal(world_tell(&world), 0);
}

/* p of a region without any change is even: of a thousand packages at most 5 % tell of one (three
 * standard errors: 2.1 points). */
static void packages_without_a_change_tell_of_one_no_more_often_than_the_level(void **state)
{
    enum { PACKAGES = 1000, INDICATORS = 16 };
    const SpRandom random = sp_random_seed(20261123);
    gsize n_told = 0;
    (void)state;
    for (gsize i = 0; i < PACKAGES; i++) {
        SpReal p[INDICATORS];
        SpReal q[INDICATORS];
        gboolean is_any = FALSE;
        for (gsize k = 0; k < INDICATORS; k++) {
            p[k] = sp_real(sp_random_uniform(random, i * INDICATORS + k));
        }
        sp_discovery(INDICATORS, p, q);
        for (gsize k = 0; k < INDICATORS; k++) {
            is_any = is_any || q[k].value <= 0.05;
        }
        n_told += is_any ? 1 : 0;
    }
    print_message("told without a change: %.1f %%\n", 100.0 * (double)n_told / PACKAGES);
    assert_true(n_told <= 71);
}

static World unexplained_world(const char *region, const char *lower)
{
    World world = world_new(region, "uforklart_variasjon");
    g_autofree char *row = g_strdup_printf("use_home_80plus 2025-12-31 0.8 %s", lower);
    const char *const rows[] = {"use_home_80plus 2024-12-31 0.9 0.9", row,
                                "use_inst_80plus 2025-12-31 0.4 -",
                                "pop_births_p1000 2025 0.99 0.99"};
    world_add(&world, table_of("variasjon_andeler", PARTS, G_N_ELEMENTS(rows), rows));
    world_add(
        &world,
        TABLE(
            "uforklart", "indikator:key region:key period:key signal:attribute forhold:other",
            "use_home_80plus 1101 2025-12-31 over 1.4", "use_home_80plus 1102 2025-12-31 _ 1.0",
            "use_home_80plus 1103 2025-12-31 under :", "use_home_80plus 4601 2025-12-31 over 1.5"));
    return world;
}

/* The newest period of the barometer's indicators; births are none of them. */
static void what_nothing_explains_is_told_where_its_lower_limit_is_above_nothing(void **state)
{
    (void)state;
    g_auto(World) world = unexplained_world("0", "0.7");
    assert_int_equal(world_tell(&world), 1);
    assert_string_equal(world_code(&world, "variant"), "landet");
    assert_string_equal(world_word(&world, "indikator"), "use_home_80plus");
    assert_near(world_figure(&world, "nedre"), 0.7, 0.0);
    assert_near(world_figure(&world, "antall"), 1.0, 0.0);
    assert_near(world_figure(&world, "av"), 2.0, 0.0);
}

static void a_lower_limit_of_nothing_or_a_hidden_one_tells_nothing(void **state)
{
    (void)state;
    g_auto(World) nothing = unexplained_world("0", "-");
    g_auto(World) missing = world_new("0", "uforklart_variasjon");
    assert_int_equal(world_tell(&nothing), 0);
    assert_int_equal(world_tell(&missing), 0);
    world_add(&missing, TABLE("variasjon_andeler", PARTS, "use_home_80plus 2025-12-31 : :"));
    assert_int_equal(world_tell(&missing), 0);
}

static void a_fylke_counts_its_own_kommuner_with_a_figure(void **state)
{
    (void)state;
    g_auto(World) world = unexplained_world("11", "0.7");
    world_tell(&world);
    assert_string_equal(world_code(&world, "variant"), "landet her");
    assert_near(world_figure(&world, "skiller_seg"), 1.0, 0.0);
    assert_near(world_figure(&world, "kommuner"), 2.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_judged_indicator_that_has_become_worse_is_told),
        cmocka_unit_test(the_same_change_is_better_where_low_is_bad),
        cmocka_unit_test(what_is_no_discovery_among_the_barometer_is_not_told),
        cmocka_unit_test(small_short_broken_and_hidden_changes_are_not_told),
        cmocka_unit_test(a_trend_of_five_years_that_begins_at_a_break_is_told),
        cmocka_unit_test(the_weightiest_of_several_is_told_and_the_others_counted),
        cmocka_unit_test(without_trends_nothing_is_told),
        cmocka_unit_test(packages_without_a_change_tell_of_one_no_more_often_than_the_level),
        cmocka_unit_test(what_nothing_explains_is_told_where_its_lower_limit_is_above_nothing),
        cmocka_unit_test(a_lower_limit_of_nothing_or_a_hidden_one_tells_nothing),
        cmocka_unit_test(a_fylke_counts_its_own_kommuner_with_a_figure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
