/* Key sentences about what is counted, and the last one. */
#include "tests/transforms/headline/world.h"

#define SMALL "region:key del:key yrke:key n_hoey:other innbyggere:other"
#define REFORM                                                                                     \
    "region:key reform:key spoersmaal:key period:key teller:sum nevner:sum ikke_svart:sum"
#define GRANTS                                                                                     \
    "region:key mottaker:key tiltak:key period:key beloep:sum deltakere_grunnutdanning:sum "       \
    "deltakere_videreutdanning:sum deltakere_etterutdanning:sum"

static World small_world(const char *parts)
{
    World world = world_new("11", "saarbare");
    g_autofree char *row = g_strdup_printf("1101 samlet tot %s 900", parts);
    const char *const rows[] = {row, "1102 samlet tot 2 900", "1103 vikarer tot . .",
                                "1104 samlet tot : 900"};
    world_add(&world, table_of("smaa_kommuner", SMALL, G_N_ELEMENTS(rows), rows));
    return world;
}

static void kommuner_exposed_in_enough_parts_are_counted(void **state)
{
    (void)state;
    g_auto(World) at = small_world("3");
    g_auto(World) below = small_world("2");
    g_auto(World) without = world_new("11", "saarbare");
    assert_int_equal(world_tell(&at), 1);
    assert_near(world_figure(&at, "antall"), 1.0, 0.0);
    assert_near(world_figure(&at, "av"), 2.0, 0.0);
    assert_int_equal(world_tell(&below), 0);
    assert_int_equal(world_tell(&without), 0);
}

static World reform_world(const char *period, const char *taken_part)
{
    World world = world_new("11", "reform");
    g_autofree char *part =
        g_strdup_printf("11 bo_trygt_hjemme deltakelse %s %s 5 1", period, taken_part);
    g_autofree char *plan = g_strdup_printf("11 bo_trygt_hjemme plan %s 2 5 1", period);
    const char *const rows[] = {part, plan, "11 leve_hele_livet deltakelse 2023H2 5 5 -",
                                "11 leve_hele_livet plan 2023H2 5 5 -"};
    world_add(&world, table_of("reform", REFORM, G_N_ELEMENTS(rows), rows));
    return world;
}

/* The edition is of November 2026: the half-year that ended eleven months ago is told. */
static void answers_of_a_reporting_period_are_told(void **state)
{
    (void)state;
    g_auto(World) world = reform_world("2025H2", "4");
    assert_int_equal(world_tell(&world), 1);
    assert_string_equal(world_code(&world, "variant"), "svar ikke_svart");
    assert_string_equal(world_code(&world, "viss"), "fakta");
    assert_string_equal(world_word(&world, "reform"), "bo_trygt_hjemme");
    assert_near(world_figure(&world, "deltatt"), 4.0, 0.0);
    assert_near(world_figure(&world, "plan"), 2.0, 0.0);
}

static void answers_of_long_ago_or_hidden_are_not_told(void **state)
{
    (void)state;
    g_auto(World) old = reform_world("2025H1", "4");
    g_auto(World) hidden = reform_world("2025H2", ":");
    assert_int_equal(world_tell(&old), 0);
    assert_int_equal(world_tell(&hidden), 0);
}

static void grants_of_the_newest_year_are_told_with_all_participations(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", "tilskudd");
    assert_int_equal(world_tell(&world), 0);
    world_add(&world, TABLE("tilskudd", GRANTS, "11 kommune alle 2024 100 1 1 1",
                            "11 kommune alle 2025 250000 30 20 10", "11 kommune 1.2 2025 9 9 9 9",
                            "11 970000000 alle 2025 7 7 7 7"));
    assert_int_equal(world_tell(&world), 1);
    assert_string_equal(world_word(&world, "period"), "2025");
    assert_near(world_figure(&world, "beloep"), 250000.0, 0.0);
    assert_near(world_figure(&world, "deltakere"), 60.0, 0.0);
}

static void hidden_grants_are_not_told(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", "tilskudd");
    world_add(&world, TABLE("tilskudd", GRANTS, "11 kommune alle 2025 250000 30 : 10"));
    assert_int_equal(world_tell(&world), 0);
}

/* All rules, with the tables that they read: what is read with care is what they read. */
static World care_world(void)
{
    World world = world_new("11", NULL);
    world_add(&world, TABLE("kompetanse", "region:key utdanning:key period:key aarsverk:sum",
                            "1101 tot 2024 10/cb", "1101 tot 2025 10", "4601 tot 2025 10/c"));
    return world;
}

static void without_news_nothing_is_read_with_care(void **state)
{
    (void)state;
    g_auto(World) world = care_world();
    assert_int_equal(world_tell(&world), 0);
}

static void figures_changed_since_the_last_edition_are_counted_of_own_regions(void **state)
{
    (void)state;
    g_auto(World) world = care_world();
    SpTable *changes = TABLE(
        "endringer", "tabell:key noekkel:key maal:key slag:attribute",
        "kompetanse region=1101_a aarsverk endret", "kompetanse region=4601_a aarsverk endret",
        "kompetanse region=11_a aarsverk ny", "kontakter region=11_a aarsverk endret");
    for (gsize row = 0; row < 4; row++) {
        g_autofree char *key = g_strdelimit(g_strdup(sp_table_code(changes, row, 1)), "_", ' ');
        sp_table_set_code(changes, row, 1, key);
    }
    world_add(&world, changes);
    assert_int_equal(world_tell(&world), 1);
    assert_string_equal(world_code(&world, "regel"), "varsomhet");
    assert_string_equal(world_code(&world, "variant"), "endret");
    assert_near(world_figure(&world, "antall"), 1.0, 0.0);
}

static void carried_over_figures_and_breaks_of_the_newest_period_are_told(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", NULL);
    world_add(&world, TABLE("kompetanse", "region:key utdanning:key period:key aarsverk:sum",
                            "1101 tot 2025 10/c", "1101 annet 2025 3/c", "1102 tot 2025 10/b",
                            "4601 tot 2025 10/c"));
    assert_int_equal(world_tell(&world), 1);
    assert_string_equal(world_code(&world, "variant"), "overfoert brudd");
    assert_near(world_figure(&world, "overfoerte"), 1.0, 0.0);
    assert_string_equal(world_word(&world, "tabeller"), "kompetanse");
}

/* The mean of those compared with has the flags of all of them. */
static void only_the_value_of_an_indicator_is_read_with_care(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", NULL);
    world_add(&world,
              TABLE("sammenlikning",
                    "indikator:key region:key period:key verdi:other middel_landet:other",
                    "psy_fte_p1000 1101 2025 3/c 3/c", "psy_fte_p1000 1102 2025 3 3/c",
                    "psy_fte_p1000 1103 2025 3/b 3/c", "pop_births_p1000 1104 2025 3/c 3/c"));
    assert_int_equal(world_tell(&world), 1);
    assert_string_equal(world_code(&world, "variant"), "overfoert brudd_indikator");
    assert_near(world_figure(&world, "overfoerte"), 1.0, 0.0);
    assert_string_equal(world_word(&world, "indikatorer"), "psy_fte_p1000");
}

static void sources_that_are_late_or_stood_in_for_are_counted(void **state)
{
    (void)state;
    g_auto(World) world = care_world();
    world_add(&world, TABLE("kilder", "kilde:key tilstand:attribute", "a aktuell", "b reserve",
                            "c forsinket", "d _"));
    world_tell(&world);
    assert_string_equal(world_code(&world, "variant"), "gammel");
    assert_near(world_figure(&world, "kilder"), 2.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kommuner_exposed_in_enough_parts_are_counted),
        cmocka_unit_test(answers_of_a_reporting_period_are_told),
        cmocka_unit_test(answers_of_long_ago_or_hidden_are_not_told),
        cmocka_unit_test(grants_of_the_newest_year_are_told_with_all_participations),
        cmocka_unit_test(hidden_grants_are_not_told),
        cmocka_unit_test(without_news_nothing_is_read_with_care),
        cmocka_unit_test(figures_changed_since_the_last_edition_are_counted_of_own_regions),
        cmocka_unit_test(carried_over_figures_and_breaks_of_the_newest_period_are_told),
        cmocka_unit_test(only_the_value_of_an_indicator_is_read_with_care),
        cmocka_unit_test(sources_that_are_late_or_stood_in_for_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
