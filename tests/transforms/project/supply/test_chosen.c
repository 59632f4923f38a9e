/* Supply of the made-up country under scenarios of people and of staff. */
#include "made.h"

/* Deaths of a profession in the first year: who leaves beyond those who leave where nobody dies. */
static double deaths(const SpSupplyPaths *paths, const SpSupplyPaths *immortal, gsize g)
{
    return paths->exit_rate[g * paths->n_days + 1] - immortal->exit_rate[g * paths->n_days + 1];
}

static void a_scenario_of_people_is_one_of_staff(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpSupplyPaths) usual = make(in, NULL, NULL);
    g_autoptr(SpSupplyPaths) immortal = make_of(in, "[population]\nmortality = 0\n");
    g_autoptr(SpSupplyPaths) more = make_of(in, "[population]\nmortality = 1.28\n");
    g_autoptr(SpSupplyPaths) still = make_of(in, "[population]\nmortality_fall = 0\n");
    gsize nurse = number_of(usual, "sykepleier"), last = LAND_DAYS - 1;
    for (gsize g = 0; g < usual->n_professions; g++) {
        /* Rates add 28 %; a little less dies, since nobody dies twice. The base is as it was. */
        double scaled = deaths(more, immortal, g) / deaths(usual, immortal, g);
        assert_true(scaled > 1.27 && scaled < 1.28);
        assert_near(country(more, more->persons, g, 0), country(usual, usual->persons, g, 0), 0);
        assert_near(more->unexplained[g] - usual->unexplained[g],
                    log(country(usual, usual->persons, g, 1) / country(more, more->persons, g, 1)),
                    1e-9);
        assert_true(country(more, more->persons, g, last) <
                    country(usual, usual->persons, g, last));
    }
    assert_true(country(still, still->persons, nurse, last) <
                country(usual, usual->persons, nurse, last));
}

static void who_was_educated_abroad_comes_with_all_people(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpSupplyPaths) path =
        make_of(in, "[population]\nforeign_migration = 2026:1 2027:0.45\n");
    g_autoptr(SpSupplyPaths) own =
        make_of(in, "[population]\nforeign_migration = 0.45\n[supply]\nforeign = recent\n");
    g_autoptr(SpSupplyPaths) told =
        make_of(in, "[population]\nforeign_migration = 0\n[supply]\nforeign = population\n");
    gsize lege = number_of(path, "lege");
    gsize at = (lege * SP_N_CAUSES + SP_CAUSE_FOREIGN) * path->n_days;
    /* 50 a year as ever; those of 2026 are counted a year later. */
    assert_near(path->inflow[at + 2], 50, 1e-9);
    assert_near(path->inflow[at + 3], 0.45 * 50, 1e-9);
    assert_near(own->inflow[at + 3], 50, 1e-9);
    assert_near(told->inflow[at + 3], 0, 0);
}

/* The files of the project: few births, short lives and few who come, and the other way. */
static void supply_of_low_growth_is_low_and_of_high_is_high(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpSupplyPaths) usual = make(in, NULL, NULL);
    SpSupplyPaths *sides[2];
    for (gsize i = 0; i < 2; i++) {
        g_autofree char *text = NULL;
        g_autofree char *file = g_build_filename(SP_SOURCE_FOLDER, "config", "scenarios",
                                                 i == 0 ? "lav.ini" : "hoey.ini", NULL);
        assert_true(g_file_get_contents(file, &text, NULL, NULL));
        sides[i] = make_of(in, text);
    }
    for (gsize g = 0; g < usual->n_professions; g++) {
        double middle = country(usual, usual->aarsverk, g, LAND_DAYS - 1);
        assert_true(country(sides[0], sides[0]->aarsverk, g, LAND_DAYS - 1) < middle);
        assert_true(country(sides[1], sides[1]->aarsverk, g, LAND_DAYS - 1) > middle);
    }
    sp_supply_paths_free(sides[0]);
    sp_supply_paths_free(sides[1]);
}

static void capacity_follows_the_people(void **state)
{
    (void)state;
    static const char *const growing[][2] = {{"capacity", "population"}, {NULL, NULL}};
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpSupplyPaths) constant = make(in, NULL, NULL);
    g_autoptr(SpSupplyPaths) more = make(in, growing, NULL);
    gsize worker = number_of(constant, "helsefagarbeider");
    gsize at = (worker * SP_N_CAUSES + SP_CAUSE_GRADUATES) * constant->n_days + 5;
    /* Graduates of 2029, when the fourth kommune (three tenths) has grown by 4 %. */
    double growth = 1 + 0.3 * 0.04;
    assert_near(more->inflow[at], 700 * growth + 30, 1e-6);
}

static void longer_work_lives_add_later_and_not_today(void **state)
{
    (void)state;
    static const char *const work[][2] = {{"work_60p", "1.1"}, {NULL, NULL}};
    static const char *const delay[][2] = {{"exit_delay_years", "1"}, {NULL, NULL}};
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpSupplyPaths) base = make(in, NULL, NULL);
    g_autoptr(SpSupplyPaths) more = make(in, work, NULL);
    g_autoptr(SpSupplyPaths) later = make(in, delay, NULL);
    gsize nurse = number_of(base, "sykepleier");
    double today = country(base, base->aarsverk, nurse, 0);
    assert_near(country(more, more->aarsverk, nurse, 0), today, 0);
    assert_near(country(later, later->aarsverk, nurse, 0), today, 0);
    double reference = country(base, base->aarsverk, nurse, 5);
    assert_true(country(more, more->aarsverk, nurse, 5) > reference);
    assert_true(country(later, later->aarsverk, nurse, 5) > reference);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_scenario_of_people_is_one_of_staff),
        cmocka_unit_test(who_was_educated_abroad_comes_with_all_people),
        cmocka_unit_test(supply_of_low_growth_is_low_and_of_high_is_high),
        cmocka_unit_test(capacity_follows_the_people),
        cmocka_unit_test(longer_work_lives_add_later_and_not_today),
    };
    return cmocka_run_group_tests(tests, quiet, NULL);
}
