/* Scenarios: what a file says is laid over the reference, and what is wrong in it is named. */
#include "tests/core/rows.h"

#include "transforms/project/scenario.h"

static SpTable *words(void)
{
    return TABLE("befolkningsbane", "stoerrelse:key ord:key bane:attribute",
                 "fertility low 2026:1%2030:0.8", "fertility medium 1", "mortality low 0.9");
}

static gboolean apply(const char *text, SpScenario *scenario, GError **error)
{
    g_autoptr(SpTable) known = words();
    /* A blank parts cells in rows.h. */
    sp_table_set_code(known, 0, 2, "2026:1 2030:0.8");
    sp_scenario_init(scenario, NULL);
    g_autoptr(SpTable) table = sp_scenario_table("config/scenarios/x.ini", text, error);
    return table != NULL && sp_scenario_apply(table, known, scenario, error);
}

static void what_is_not_said_is_the_reference(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    SpScenario scenario;
    assert_true(apply("# nothing\n\n[scenario]\n", &scenario, &error));
    assert_false(scenario.has_draws);
    assert_true(scenario.keeps_population);
    assert_true(sp_scenario_keeps(&scenario, "framskriving_befolkning"));
    assert_false(sp_scenario_keeps(&scenario, "avgang_usikkerhet"));         /* for draws alone */
    assert_false(sp_scenario_keeps(&scenario, "framskriving_tilbud_deler")); /* in aarsaker */
    assert_int_equal(scenario.population.fertility.n_points, 0);
    assert_near(scenario.population.mortality_fall, 1, 0);
    assert_int_equal(scenario.demand.use_drift.kind, SP_SIZE_ESTIMATED);
    assert_int_equal(scenario.demand.healthy_ageing_from, 67);
    assert_near(scenario.supply.inflow.factor, 1, 0);
    assert_int_equal(scenario.supply.inflow.from, 0);
    assert_near(scenario.supply.foreign, SP_FOREIGN_AS_PEOPLE, 0);
    assert_near(scenario.supply.work_60p, 1, 0);
    assert_true(scenario.supply.internal_moves);
    assert_int_equal(scenario.balance.base, SP_BASE_BALANCED);
    assert_int_equal(scenario.balance.base_gap, SP_BASE_GAP_NONE);
}

static void sections_reach_their_options(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    SpScenario scenario;
    assert_true(apply("[scenario]\ndraws = yes\npopulation = no\n"
                      "[population]\nfertility = low\nmortality = 2026:1 2040:0.8\n"
                      "mortality_fall = 1.5\nforeign_migration = 0.5\ndomestic_migration = 0\n"
                      "source = ssb:HHMH@2024\n"
                      "[balance]\nbase = observed\nbase_gap = nav\n",
                      &scenario, &error));
    assert_no_error(error);
    assert_true(scenario.has_draws);
    assert_false(sp_scenario_keeps(&scenario, "framskriving_befolkning"));
    assert_true(sp_scenario_keeps(&scenario, "framskriving_behov"));
    assert_near(sp_path_at(&scenario.population.fertility, 2028), 0.9, 1e-12);
    assert_near(sp_path_at(&scenario.population.mortality, 2033), 0.9, 1e-12);
    assert_near(scenario.population.mortality_fall, 1.5, 0);
    assert_near(sp_path_at(&scenario.population.migration.foreign, 2030), 0.5, 0);
    assert_near(sp_path_at(&scenario.population.migration.domestic, 2030), 0, 0);
    assert_true(scenario.population.round.is_used);
    assert_string_equal(scenario.population.round.alternative, "HHMH");
    assert_int_equal(scenario.balance.base, SP_BASE_OBSERVED);
    assert_int_equal(scenario.balance.base_gap, SP_BASE_GAP_NAV);
}

static void the_section_of_demand_reaches_its_options(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    SpScenario scenario;
    assert_true(apply("[demand]\nuse_drift = -0.01\nintensity_drift = none\ndrift_damping = 0.9\n"
                      "ageing = 0.5\nhealthy_ageing = life_expectancy\nhealthy_ageing_from = 70\n"
                      "family_care = constant\nfamily_care_aarsverk = 80000\n"
                      "formal_care_aarsverk = 150000\nold_use_fall = 0.01\nconvergence = 0.03\n"
                      "standard_growth = 0.005\ncomposition = trend\nlaw_floor = 2.5\n",
                      &scenario, &error));
    assert_no_error(error);
    assert_int_equal(scenario.demand.use_drift.kind, SP_SIZE_NUMBER);
    assert_near(scenario.demand.use_drift.number, -0.01, 0);
    assert_int_equal(scenario.demand.intensity_drift.kind, SP_SIZE_NONE);
    assert_near(scenario.demand.drift_damping.number, 0.9, 0);
    assert_near(scenario.demand.ageing.number, 0.5, 0);
    assert_int_equal(scenario.demand.healthy_ageing, SP_HEALTHY_AGEING_LIFE_EXPECTANCY);
    assert_int_equal(scenario.demand.healthy_ageing_from, 70);
    assert_int_equal(scenario.demand.family_care, SP_FAMILY_CARE_CONSTANT);
    assert_near(scenario.demand.family_care_aarsverk, 80000, 0);
    assert_near(scenario.demand.formal_care_aarsverk, 150000, 0);
    assert_near(scenario.demand.old_use_fall, 0.01, 0);
    assert_near(scenario.demand.convergence, 0.03, 0);
    assert_near(scenario.demand.standard_growth, 0.005, 0);
    assert_int_equal(scenario.demand.composition, SP_COMPOSITION_TREND);
    assert_near(scenario.demand.law_floor, 2.5, 0);
}

static void the_section_of_supply_reaches_its_options(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    SpScenario scenario;
    assert_true(apply("[supply]\nprofile = poly5\ninflow = 1.1, 2028\ncapacity = population\n"
                      "foreign = none\nfurther_education = 1.5\nexit_delay_years = 1\n"
                      "work_60p = 1.2\ninternal_moves = no\n",
                      &scenario, &error));
    assert_no_error(error);
    assert_int_equal(scenario.supply.profile, SP_PROFILE_POLY5);
    assert_near(scenario.supply.inflow.factor, 1.1, 0);
    assert_int_equal(scenario.supply.inflow.from, 2028);
    assert_int_equal(scenario.supply.capacity, SP_CAPACITY_POPULATION);
    assert_near(scenario.supply.foreign, 0, 0);
    assert_near(scenario.supply.further_education, 1.5, 0);
    assert_near(scenario.supply.exit_delay_years, 1, 0);
    assert_near(scenario.supply.work_60p, 1.2, 0);
    assert_false(scenario.supply.internal_moves);
    assert_true(apply("[supply]\ninflow = 0.9\nfurther_education = recent\n", &scenario, &error));
    assert_near(scenario.supply.inflow.factor, 0.9, 0);
    assert_int_equal(scenario.supply.inflow.from, 0);
    assert_near(scenario.supply.further_education, 1, 0);
}

static void what_is_wrong_is_named_with_file_line_and_what_there_is(void **state)
{
    (void)state;
    static const struct {
        const char *text, *place, *told;
    } cases[] = {
        {"[demand]\n\nuse_drfit = none\n", "config/scenarios/x.ini: line 3: ",
         "has no key \"use_drfit\"; its keys are use_drift, intensity_drift"},
        {"[demnad]\nuse_drift = none\n", "line 2: ", "the sections are [scenario], [population]"},
        {"[supply]\nwork60 = 1.1\n", "line 2: ", "has no key \"work60\"; its keys are profile"},
        {"[supply]\nwork_60p = 3\n", "line 2: ", "work_60p is \"3\"; write a number from 0 to 2"},
        {"[supply]\nprofile = cubic\n", "line 2: ", "write spline, poly5"},
        {"[supply]\ncapacity = more\n", "line 2: ", "write constant, population"},
        {"[supply]\ninflow = 11\n", "line 2: ", "a factor from 0 to 10"},
        {"[supply]\ninflow = 1.1, soon\n", "line 2: ", "and the first year: 1.1, 2028"},
        {"[supply]\ninflow = 1.1, 28\n", "line 2: ", "and the first year: 1.1, 2028"},
        {"[supply]\ninflow = 1, 2028, 3\n", "line 2: ", "inflow is \"1, 2028, 3\""},
        {"[supply]\ninflow = 1,1\n", "line 2: ", "(the decimal sign is a point)"},
        {"[supply]\ninflow = 1.1 ; mer\n", "line 2: ", "(a comment is a line of its own)"},
        {"[demand]\nconvergence = 1 # nok\n", "line 2: ", "(a comment is a line of its own)"},
        /* What comes after the first fault is told with it. */
        {"[supply]\ninflow = 11\nprofile = cubic\n[demand]\nconvergence = 2\n",
         "line 3: profile is \"cubic\"", "line 5: convergence is \"2\""},
        {"[supply]\ninflow =\n", "line 2: ", "inflow is \"\""},
        {"[supply]\nforeign = -1\n", "line 2: ", "none, recent or a number from 0 to 10"},
        {"[supply]\nexit_delay_years = 11\n", "line 2: ", "a number from 0 to 10"},
        {"[supply]\ninternal_moves = maybe\n", "line 2: ", "write no, yes"},
        {"[population]\nfertility = lav\n", "line 2: ", "or one of the words low, medium"},
        {"[population]\nfertility = 9\n", "line 2: ", "fertility"},
        {"[population]\nsource = ssb@x\n", "line 2: ", "source"},
        {"[demand]\nuse_drift = 0.5\n", "line 2: ", "estimated, none or a number from -0.2 to 0.2"},
        {"[demand]\nuse_drift = nan\n", "line 2: ", "estimated, none or a number"},
        {"[demand]\nhealthy_ageing_from = 60\n", "line 2: ", "a number from 67 to 100"},
        {"[demand]\nhealthy_ageing_from = 67.5\n", "line 2: ", "a whole number"},
        {"[demand]\nfamily_care = ja\n", "line 2: ", "write none, constant"},
        {"[balance]\nbase_gap = ssb\n", "line 2: ", "none, nav, vacancy"},
        {"[scenario]\ndraws = 1000\n", "line 2: ", "write no, yes"},
        {"[scenario]\ntitle = Tom\n", "line 2: ", "its keys are draws, population"},
        {"[scenario]\ndraws = yes\ndraws = no\n", "line 3: ", "stands on line 2 already"},
        {"[supply]\nwork_60p = 1\n[demand]\n[supply]\nwork_60p = 1.1\n",
         "line 4: ", "stands on line 1 already"},
        {"draws = yes\n", "line 1: ", "before the first [section]"},
        {"[scenario]\nhva er dette\n", "line 2: ", "neither [section]"},
        {"[scenario]\ndraws = \xff\n", "line 2: ", "not UTF-8"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        SpScenario scenario;
        assert_false(apply(cases[i].text, &scenario, &error));
        assert_error(error, SP_ERROR_CONFIG, cases[i].place);
        assert_error(error, SP_ERROR_CONFIG, cases[i].told);
    }
}

/* tests/fuzz/dictionaries/scenario.dict: the error about an unknown key tells all keys of its
 * section. */
static void the_fuzzer_knows_every_section_and_key(void **state)
{
    (void)state;
    static const char *const sections[] = {"scenario", "population", "demand", "supply", "balance"};
    g_autofree char *words = NULL;
    assert_true(g_file_get_contents(SP_SOURCE_FOLDER "/tests/fuzz/dictionaries/scenario.dict",
                                    &words, NULL, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(sections); i++) {
        SpScenario scenario;
        g_autoptr(GError) error = NULL;
        g_autofree char *text = g_strdup_printf("[%s]\nnobody = 1\n", sections[i]);
        g_autofree char *section = g_strdup_printf("\"[%s]\\x0a\"\n", sections[i]);
        assert_has(words, section);
        assert_false(apply(text, &scenario, &error));
        const char *told = strstr(error->message, "its keys are ");
        assert_non_null(told);
        g_auto(GStrv) keys = g_strsplit(told + strlen("its keys are "), ", ", -1);
        for (char **key = keys; *key != NULL; key++) {
            g_autofree char *word = g_strdup_printf("\"%s = \"\n", *key);
            assert_has(words, word);
        }
    }
}

static void without_the_table_nothing_changes(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) in = sp_tables_new();
    SpPopulationOptions population;
    sp_population_options_init(&population, 2026, 2050);
    population.mortality_fall = 0.25;
    SpScenario scenario;
    sp_scenario_init(&scenario, &population);
    assert_true(sp_scenario_read(in, &scenario, &error));
    assert_near(scenario.population.mortality_fall, 0.25, 0);
    assert_int_equal(scenario.population.base, 2026);
    sp_tables_add(in, sp_scenario_table("x", "[population]\nmortality_fall = 2\n", &error));
    assert_true(sp_scenario_read(in, &scenario, &error));
    assert_near(scenario.population.mortality_fall, 2, 0);
    assert_int_equal(scenario.population.horizon, 2050);
}

/* The files of config/scenarios, with the words of config/framskriving. */
static void every_scenario_of_the_project_is_read(void **state)
{
    (void)state;
    static const char *const names[] = {"referanse",
                                        "konstant_bruk",
                                        "lav",
                                        "hoey",
                                        "lengre_yrkesliv",
                                        "mer_tilgang",
                                        "kapasitet_foelger_befolkning",
                                        "familieomsorg",
                                        "sunn_aldring",
                                        "dempet_trend"};
    g_autoptr(SpTable) known =
        TABLE("befolkningsbane", "stoerrelse:key ord:key bane:attribute", "fertility low 0.8",
              "fertility high 1.2", "mortality low 0.8", "mortality high 1.2",
              "foreign_migration low 0.5", "foreign_migration high 1.5");
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *file = g_strdup_printf("%s.ini", names[i]);
        g_autofree char *path =
            g_build_filename(SP_SOURCE_FOLDER, "config", "scenarios", file, NULL);
        g_autofree char *text = NULL;
        assert_true(g_file_get_contents(path, &text, NULL, NULL));
        g_autoptr(SpTable) table = sp_scenario_table(file, text, &error);
        assert_no_error(error);
        SpScenario scenario;
        sp_scenario_init(&scenario, NULL);
        assert_true(sp_scenario_apply(table, known, &scenario, &error));
        assert_no_error(error);
        assert_int_equal(scenario.has_draws, i == 0);
        g_autoptr(SpTables) in = sp_tables_new();
        sp_tables_add(in, g_steal_pointer(&table));
        g_autoptr(GPtrArray) idle = sp_scenario_idle(in, &scenario, file);
        assert_int_equal(idle->len, i == 0); /* the reference changes nothing */
        /* The source of the assumption stands above it. */
        assert_true(g_str_has_prefix(text, "# "));
    }
}

/* Healthier ageing is about mortality: without it the scenario would be the reference under another
 * name. */
static void a_scenario_says_what_it_cannot_do_without(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) in = sp_tables_new();
    SpScenario plain, healthy;
    assert_true(apply("[scenario]\ndraws = no\n", &plain, &error));
    assert_true(apply("[demand]\nhealthy_ageing = equal_mortality\n", &healthy, &error));
    assert_null(sp_scenario_lacks(&plain, in));
    assert_string_equal(sp_scenario_lacks(&healthy, in)->table, "doedelighet");
    assert_string_equal(sp_scenario_lacks(&healthy, in)->key, "healthy_ageing");
    sp_tables_add(in, TABLE("doedelighet", "kjonn:key", "1"));
    assert_null(sp_scenario_lacks(&healthy, in));
    assert_true(apply("[population]\nsource = ssb\n", &healthy, &error));
    assert_string_equal(sp_scenario_lacks(&healthy, in)->table, "ssb_framskriving_ettaarig");
    sp_tables_add(in, TABLE("ssb_framskriving_ettaarig", "kjonn:key", "1"));
    assert_null(sp_scenario_lacks(&healthy, in));
}

/* A path ends in "YEAR:FACTOR": both as a Norwegian reader writes them, "0,771 ganger ... 2041". */
static void assert_told(const char *paths, const char *note, const char *path)
{
    g_autofree char *start = g_strdup_printf("\n%s,", path);
    const char *row = strstr(paths, start);
    assert_non_null(row);
    g_auto(GStrv) cells = g_strsplit(row + strlen(start), ",", 2);
    g_auto(GStrv) last = g_strsplit(strrchr(cells[0], ' ') + 1, ":", 2);
    g_auto(GStrv) digits = g_strsplit(last[1], ".", 2);
    g_autofree char *factor = g_strdup_printf("%s,%s ganger", digits[0], digits[1]);
    assert_has(note, factor);
    assert_has(note, last[0]);
}

/* Who has a package alone reads there how low and how high: what the texts say is what is done. */
static void notes_of_scenarios_tell_their_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *scenario, *paths[3];
    } cases[] = {
        {"lav", {"fertility,low", "mortality,high", "foreign_migration,low"}},
        {"hoey", {"fertility,high", "mortality,low", "foreign_migration,high"}},
    };
    g_autofree char *paths = NULL, *texts = NULL;
    assert_true(g_file_get_contents(SP_SOURCE_FOLDER "/config/framskriving/befolkningsbane.csv",
                                    &paths, NULL, NULL));
    assert_true(g_file_get_contents(SP_SOURCE_FOLDER "/config/texts.csv", &texts, NULL, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *id = g_strdup_printf("\ncode.scenario.%s.note,", cases[i].scenario);
        const char *found = strstr(texts, id);
        assert_non_null(found);
        g_autofree char *note = g_strndup(found + 1, strcspn(found + 1, "\n"));
        for (gsize k = 0; k < G_N_ELEMENTS(cases[i].paths); k++) {
            assert_told(paths, note, cases[i].paths[k]);
        }
    }
    g_autoptr(GError) error = NULL;
    SpScenario families;
    assert_true(apply("[demand]\nfamily_care = constant\n", &families, &error));
    assert_near(families.demand.family_care_aarsverk, 90000, 0);
    assert_has(texts, "like mange timer som i dag (90 000 årsverk");
}

static void what_changes_nothing_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *text, *told; /* NULL: nothing is */
    } cases[] = {
        {"", "mitt.ini: changes nothing: its figures are the reference's"},
        {"# bare en tanke\n", "mitt.ini: changes nothing"},
        {"[scenario]\ndraws = yes\npopulation = no\n", "mitt.ini: changes nothing"},
        {"[demand]\nfamily_care_aarsverk = 120000\n",
         "config/scenarios/x.ini: line 2: family_care_aarsverk changes nothing unless "
         "family_care = constant"},
        {"[demand]\nfamily_care = none\nformal_care_aarsverk = 1000\n",
         "line 3: formal_care_aarsverk changes nothing unless family_care = constant"},
        {"[demand]\nhealthy_ageing_from = 80\n",
         "line 2: healthy_ageing_from changes nothing unless healthy_ageing or old_use_fall"},
        {"[demand]\nhealthy_ageing_from = 80\nold_use_fall = 0.01\n", NULL},
        {"[demand]\nhealthy_ageing_from = 80\nhealthy_ageing = equal_mortality\n", NULL},
        {"[demand]\nfamily_care_aarsverk = 120000\nfamily_care = constant\n", NULL},
        {"[supply]\ninflow = 1.1\n", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(SpTables) in = sp_tables_new();
        SpScenario scenario;
        assert_true(apply(cases[i].text, &scenario, &error));
        sp_tables_add(in, sp_scenario_table("config/scenarios/x.ini", cases[i].text, &error));
        g_autoptr(GPtrArray) idle = sp_scenario_idle(in, &scenario, "mitt.ini");
        if (cases[i].told == NULL) {
            assert_int_equal(idle->len, 0);
        } else {
            assert_true(idle->len > 0);
            assert_has(idle->pdata[0], cases[i].told);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_said_is_the_reference),
        cmocka_unit_test(what_changes_nothing_is_told),
        cmocka_unit_test(notes_of_scenarios_tell_their_numbers),
        cmocka_unit_test(sections_reach_their_options),
        cmocka_unit_test(the_section_of_demand_reaches_its_options),
        cmocka_unit_test(the_section_of_supply_reaches_its_options),
        cmocka_unit_test(what_is_wrong_is_named_with_file_line_and_what_there_is),
        cmocka_unit_test(the_fuzzer_knows_every_section_and_key),
        cmocka_unit_test(without_the_table_nothing_changes),
        cmocka_unit_test(every_scenario_of_the_project_is_read),
        cmocka_unit_test(a_scenario_says_what_it_cannot_do_without),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
