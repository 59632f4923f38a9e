/* Scenarios as units of the stage project, and one of the reader's own in a trial. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/error.h"
#include "core/table.h"

#include <jansson.h>
#include <string.h>

static char *write_file(const Mini *mini, const char *name, const char *text)
{
    char *path = g_build_filename(mini->folder, name, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

static char *option(const char *path)
{
    return g_strconcat("--scenario=", path, NULL);
}

/* Text of a table of a unit: of a trial, or of the workspace (NULL). */
static char *read_table(const Mini *mini, const char *trial, const char *unit, const char *table)
{
    g_autofree char *file = g_strconcat(table, ".csv", NULL);
    g_autofree char *work = trial == NULL
                                ? g_strdup(mini->workspace)
                                : g_build_filename(mini->workspace, "trials", trial, NULL);
    g_autofree char *path = g_build_filename(work, "stages", "project", unit, "latest", file, NULL);
    char *text = NULL;
    (void)g_file_get_contents(path, &text, NULL, NULL);
    return text;
}

static void make_facts(const Mini *mini)
{
    g_auto(Result) facts = mini_run(mini, NULL, "statpakke-run", "--until=normalise", NULL);
    assert_int_equal(facts.status, 0);
}

static void every_scenario_is_a_unit_and_they_stand_beside_each_other(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    make_facts(mini);
    g_auto(Result) first = mini_run(mini, NULL, "statpakke-project", "--log=text", NULL);
    assert_int_equal(first.status, 0);
    const char *const units[] = {"referanse", "konstant_bruk", "lav",
                                 "hoey",      "dempet_trend",  "alternativer"};
    for (gsize i = 0; i < G_N_ELEMENTS(units); i++) {
        g_autofree char *told = g_strdup_printf("%s: made", units[i]);
        assert_non_null(strstr(first.err, told));
    }
    /* How much was noticed, and where it stands: one line each below the heading. */
    g_autofree char *notes = read_table(mini, NULL, "referanse", "kvalitet");
    g_auto(GStrv) lines = g_strsplit(notes, "\n", -1);
    g_autofree char *told = g_strdup_printf("s; %u notes in %s/stages/project/referanse/",
                                            g_strv_length(lines) - 2, mini->workspace);
    assert_has(first.err, told);
    /* More births and longer lives are more people: the last day's figures differ. */
    g_autofree char *low = read_table(mini, NULL, "lav", "framskriving_behov");
    g_autofree char *high = read_table(mini, NULL, "hoey", "framskriving_behov");
    assert_non_null(low);
    assert_string_not_equal(low, high);
    /* Intervals are the reference's; persons by single age of the others are not kept. */
    g_autofree char *intervals =
        read_table(mini, NULL, "referanse", "framskriving_befolkning_intervall");
    g_autofree char *other = read_table(mini, NULL, "lav", "framskriving_befolkning_intervall");
    g_autofree char *persons = read_table(mini, NULL, "lav", "framskriving_befolkning");
    assert_non_null(intervals);
    assert_null(other);
    assert_null(persons);
    /* There is no table of supply here: what does not need it has intervals all the same. */
    static const char *const tables[] = {"framskriving_behov", "framskriving_etterspoersel"};
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *drawn = read_table(mini, NULL, "referanse", tables[i]);
        g_autofree char *point = read_table(mini, NULL, "lav", tables[i]);
        assert_non_null(strstr(drawn, ",p05,"));
        assert_null(strstr(point, ",p05,"));
    }
}

static void a_changed_scenario_makes_itself_again_and_no_other(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    make_facts(mini);
    g_auto(Result) first = mini_run(mini, NULL, "statpakke-project", NULL);
    assert_int_equal(first.status, 0);
    g_autofree char *path = g_build_filename(mini->data, "scenarios", "lav.ini", NULL);
    assert_true(g_file_set_contents(path, "[population]\nmortality = 2\n", -1, NULL));
    g_auto(Result) again = mini_run(mini, NULL, "statpakke-project", "--log=text", NULL);
    assert_int_equal(again.status, 0);
    assert_non_null(strstr(again.err, "lav: made"));
    assert_non_null(strstr(again.err, "alternativer: made"));
    assert_null(strstr(again.err, "referanse: made"));
    assert_null(strstr(again.err, "hoey: made"));
}

static void ones_own_scenario_stands_beside_the_official_ones(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *stages = mini_hash(mini, "stages");
    g_autofree char *current = mini_current(mini);
    g_autofree char *path = write_file(mini, "mitt_forslag.ini", "[population]\nmortality = 2\n");
    g_autofree char *own = option(path);
    g_auto(Result) trial =
        mini_run(mini, NULL, "statpakke-project", own, "--as=prov", "--log=text", NULL);
    assert_int_equal(trial.status, 0);
    assert_non_null(strstr(trial.err, "mitt_forslag: made"));
    assert_non_null(strstr(trial.err, "alternativer: made"));
    assert_null(strstr(trial.err, "referanse: made"));
    g_autofree char *stages_after = mini_hash(mini, "stages");
    g_autofree char *current_after = mini_current(mini);
    assert_string_equal(stages_after, stages);
    assert_string_equal(current_after, current);
    g_autofree char *official = read_table(mini, NULL, "referanse", "framskriving_befolkning");
    g_autofree char *mine = read_table(mini, "prov", "mitt_forslag", "framskriving_befolkning");
    assert_non_null(official);
    assert_non_null(mine);
    assert_string_not_equal(mine, official);
}

static void only_the_unit_asked_for_is_written(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    make_facts(mini);
    g_auto(Result) one =
        mini_run(mini, NULL, "statpakke-project", "--unit=lav", "--log=text", NULL);
    assert_int_equal(one.status, 0);
    assert_non_null(strstr(one.err, "lav: made"));
    assert_null(strstr(one.err, "referanse: made"));
    g_autofree char *folder =
        g_build_filename(mini->workspace, "stages", "project", "referanse", NULL);
    assert_false(g_file_test(folder, G_FILE_TEST_EXISTS));
    g_auto(Result) all = mini_run(mini, NULL, "statpakke-project", "--unit=alternativer", NULL);
    assert_int_equal(all.status, SP_ERROR_NO_INPUT);
    assert_non_null(strstr(all.err, "no output of project for referanse"));
}

/* The tables that a unit alone writes are those that it writes among all. */
static void a_unit_made_alone_has_the_same_bytes(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    static const char *const tables[] = {"framskriving_behov", "framskriving_etterspoersel",
                                         "kvalitet"};
    make_facts(mini);
    g_auto(Result) one = mini_run(mini, NULL, "statpakke-project", "--unit=lav", NULL);
    assert_int_equal(one.status, 0);
    char *alone[G_N_ELEMENTS(tables)];
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
        alone[i] = read_table(mini, NULL, "lav", tables[i]);
        assert_non_null(alone[i]);
    }
    /* Everything once more, and it must be the same: a difference is an error of --force. */
    g_auto(Result) all = mini_run(mini, NULL, "statpakke-project", "--force", "--log=text", NULL);
    assert_int_equal(all.status, 0);
    assert_non_null(strstr(all.err, "referanse: made"));
    assert_non_null(strstr(all.err, "lav: made"));
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autofree char *among = read_table(mini, NULL, "lav", tables[i]);
        assert_string_equal(among, alone[i]);
        g_free(alone[i]);
    }
}

/* What docs/methods/scenarios.md tells a statistician to write and to run. */
static void the_worked_example_of_the_documents_runs(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_autofree char *text = NULL;
    g_autofree char *page =
        g_build_filename(SP_SOURCE_FOLDER, "docs", "methods", "scenarios.md", NULL);
    assert_true(g_file_get_contents(page, &text, NULL, NULL));
    g_auto(GStrv) parts = g_strsplit(text, "```", 3);
    assert_int_equal(g_strv_length(parts), 3);
    assert_true(g_str_has_prefix(parts[1], "ini\n"));
    make_facts(mini);
    g_auto(Result) official = mini_run(mini, NULL, "statpakke-project", NULL);
    assert_int_equal(official.status, 0);
    g_autofree char *path = write_file(mini, "mitt_forslag.ini", parts[1] + strlen("ini\n"));
    g_autofree char *own = option(path);
    g_auto(Result) trial =
        mini_run(mini, NULL, "statpakke-project", own, "--as=forslag", "--log=text", NULL);
    assert_int_equal(trial.status, 0);
    assert_non_null(strstr(trial.err, "mitt_forslag: made"));
    g_autofree char *beside =
        read_table(mini, "forslag", "alternativer", "framskriving_alternativ");
    assert_non_null(beside);
    assert_non_null(strstr(beside, "\nmitt_forslag,"));
    assert_non_null(strstr(beside, "\nreferanse,"));
}

/* The page has every scenario and every key. */
static void the_documents_tell_every_scenario(void **state)
{
    (void)state;
    g_autofree char *text = NULL;
    g_autofree char *page =
        g_build_filename(SP_SOURCE_FOLDER, "docs", "methods", "scenarios.md", NULL);
    g_autofree char *folder = g_build_filename(SP_SOURCE_FOLDER, "config", "scenarios", NULL);
    assert_true(g_file_get_contents(page, &text, NULL, NULL));
    GDir *files = g_dir_open(folder, 0, NULL);
    guint n = 0;
    for (const char *name = g_dir_read_name(files); name != NULL; name = g_dir_read_name(files)) {
        g_autofree char *told = g_strdup_printf("`%.*s`", (int)(strlen(name) - 4), name);
        if (strstr(text, told) == NULL) {
            fail_msg("docs/methods/scenarios.md does not tell %s", told);
        }
        n++;
    }
    g_dir_close(files);
    assert_true(n >= 10);
}

static void a_scenario_of_ones_own_is_never_over_the_official_ones(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    make_facts(mini);
    g_autofree char *good = write_file(mini, "mitt.ini", "[balance]\nbase = observed\n");
    g_autofree char *official = write_file(mini, "lav.ini", "[balance]\nbase = observed\n");
    g_autofree char *unit = write_file(mini, "alternativer.ini", "[balance]\nbase = observed\n");
    g_autofree char *blank = write_file(mini, "Mitt forslag.ini", "[balance]\nbase = observed\n");
    const struct {
        const char *path, *as, *told;
    } cases[] = {{good, "--quiet", "give the trial a name with --as"},
                 {official, "--as=prov", "is an official one; rename the file"},
                 {unit, "--as=prov", "rename the file"},
                 {blank, "--as=prov", "is not of a-z, 0-9 and _ alone"}};
    /* Read, checked, and then left alone: nobody means that. */
    g_autofree char *left = option(good);
    g_auto(Result) unasked =
        mini_run(mini, NULL, "statpakke-project", left, "--as=prov", "--unit=lav", NULL);
    assert_int_equal(unasked.status, SP_ERROR_USAGE);
    assert_has(unasked.err, "--unit leaves it out; add --unit mitt, or give no --unit");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *own = option(cases[i].path);
        g_auto(Result) result = mini_run(mini, NULL, "statpakke-project", own, cases[i].as, NULL);
        assert_int_equal(result.status, SP_ERROR_USAGE);
        assert_non_null(strstr(result.err, cases[i].told));
    }
}

static void what_is_wrong_in_a_scenario_is_named(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    make_facts(mini);
    g_autofree char *path = write_file(mini, "mitt.ini",
                                       "[scenario]\ndraws = no\n\n[demand]\n"
                                       "use_drfit = none\n");
    g_autofree char *own = option(path);
    g_auto(Result) result =
        mini_run(mini, NULL, "statpakke-project", own, "--as=prov", "--unit=mitt", NULL);
    assert_int_equal(result.status, SP_ERROR_CONFIG);
    assert_non_null(strstr(result.err, "mitt.ini: line 5: section [demand] has no key "
                                       "\"use_drfit\"; its keys are use_drift"));
    /* What only hangs on it has no advice of its own. */
    g_auto(Result) both = mini_run(mini, NULL, "statpakke-project", own, "--as=prov", "--unit=mitt",
                                   "--unit=alternativer", "--quiet", NULL);
    assert_int_equal(both.status, SP_ERROR_CONFIG);
    assert_non_null(strstr(both.err, "mitt.ini: line 5"));
    assert_null(strstr(both.err, "run statpakke-project"));
    g_autofree char *nowhere = option("/nowhere/mitt.ini");
    g_auto(Result) absent =
        mini_run(mini, NULL, "statpakke-project", nowhere, "--as=prov", "--unit=mitt", NULL);
    assert_int_equal(absent.status, SP_ERROR_NO_INPUT);
    assert_has(absent.err, "/nowhere/mitt.ini: there is no such file; write it as");
}

static void a_dry_run_reads_the_scenario_and_says_what_would_be_made(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    make_facts(mini);
    g_autofree char *faulty = write_file(mini, "feil.ini", "[supply]\ninflw = 1.1\n");
    g_autofree char *late = write_file(mini, "sen.ini", "[supply]\ninflow = 1.1, 2090\n");
    g_autofree char *wrong = option(faulty);
    g_autofree char *good = option(late);
    g_auto(Result) refused =
        mini_run(mini, NULL, "statpakke-project", wrong, "--as=prov", "--dry-run", NULL);
    assert_int_equal(refused.status, SP_ERROR_CONFIG);
    assert_has(refused.err, "feil.ini: line 2: section [supply] has no key \"inflw\"");
    g_auto(Result) absent = mini_run(mini, NULL, "statpakke-project", "--scenario=/nowhere/m.ini",
                                     "--as=prov", "--dry-run", NULL);
    assert_int_equal(absent.status, SP_ERROR_NO_INPUT);
    /* Nobody looks, and it speaks all the same: that is what it was asked for. */
    g_auto(Result) dry =
        mini_run(mini, NULL, "statpakke-project", good, "--as=prov", "--dry-run", NULL);
    assert_int_equal(dry.status, 0);
    assert_has(dry.err, "sen: would be made\n");
    assert_has(dry.err, "alternativer: would be made when its inputs are\n");
    assert_has(dry.err, "sen.ini: line 2: inflow changes from 2090, and project.horizon is ");
    assert_null(strstr(dry.err, "up to date"));
    /* Neither a dry run nor a run of the faulty one leaves a folder of the trial. */
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-project", wrong, "--as=prov", NULL);
    assert_int_equal(made.status, SP_ERROR_CONFIG);
    g_autofree char *trial = g_build_filename(mini->workspace, "trials", "prov", NULL);
    assert_false(g_file_test(trial, G_FILE_TEST_EXISTS));
}

/* A run warns too, and makes the reference under another name. */
static void a_scenario_that_changes_nothing_is_told(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    make_facts(mini);
    g_autofree char *path = write_file(mini, "tom.ini", "[demand]\nfamily_care_aarsverk = 1000\n");
    g_autofree char *own = option(path);
    g_auto(Result) made =
        mini_run(mini, NULL, "statpakke-project", own, "--as=prov", "--quiet", "--unit=tom", NULL);
    assert_int_equal(made.status, 0);
    assert_has(made.err, "warning: ");
    assert_has(made.err, "tom.ini: line 2: family_care_aarsverk changes nothing unless");
    assert_has(made.err, "tom.ini: changes nothing: its figures are the reference's\n");
}

/* It says what the run would, and as it would: with its exit status. */
static void a_dry_run_refuses_the_settings_that_a_run_refuses(void **state)
{
    (void)state;
    static const struct {
        const char *set, *told;
    } cases[] = {
        {"--set=project.horizon=1990", "project.horizon"},
        {"--set=project.horizon=2025", "project.horizon"}, /* the base itself */
        {"--set=project.fertility_level=9", "project.fertility_level"},
        {"--set=project.draws=many", "project.draws"},
        {"--set=project.draws=3", "project.draws is 3; write 0 for no intervals, or a number from"},
        {"--set=project.draws=100000", "project.draws"},
    };
    g_autoptr(Mini) mini = mini_new();
    make_facts(mini);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Result) dry = mini_run(mini, NULL, "statpakke-project", cases[i].set,
                                      "--unit=referanse", "--dry-run", NULL);
        g_auto(Result) run =
            mini_run(mini, NULL, "statpakke-project", cases[i].set, "--unit=referanse", NULL);
        assert_int_equal(run.status, SP_ERROR_CONFIG);
        assert_int_equal(dry.status, SP_ERROR_CONFIG);
        assert_has(dry.err, cases[i].told);
        assert_has(run.err, strstr(dry.err, "referanse: "));
    }
}

/* Scenarios that rest on what the workspace has not. */
static void a_dry_run_refuses_the_scenarios_that_a_run_refuses(void **state)
{
    (void)state;
    static const struct {
        const char *text, *told;
    } cases[] = {
        {"[population]\nsource = ssb:HHMH\n",
         "mitt.ini: line 2: source rests on ssb_framskriving_ettaarig, which no dataset in use "
         "makes; add one that does (docs/tables.md) to project.inputs_if_fetched and "
         "fetch.datasets\n"},
        {"[scenario]\ndraws = no\n[demand]\nhealthy_ageing = equal_mortality\n",
         "mitt.ini: line 4: healthy_ageing rests on doedelighet, which no dataset in use makes"},
    };
    g_autoptr(Mini) mini = mini_new();
    make_facts(mini);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = write_file(mini, "mitt.ini", cases[i].text);
        g_autofree char *own = option(path);
        static const char *const runs[] = {"--dry-run", "--quiet"};
        for (gsize k = 0; k < G_N_ELEMENTS(runs); k++) {
            g_auto(Result) result =
                mini_run(mini, NULL, "statpakke-project", own, "--as=prov", "--unit=mitt",
                         "--set=project.inputs_if_fetched=tabular/brukere", runs[k], NULL);
            assert_int_equal(result.status, SP_ERROR_NO_INPUT);
            assert_has(result.err, cases[i].told);
        }
    }
    /* A setting that asks for the same. */
    g_auto(Result) dry = mini_run(mini, NULL, "statpakke-project", "--set=project.reconcile=fylke",
                                  "--unit=referanse", "--dry-run", NULL);
    assert_int_equal(dry.status, SP_ERROR_NO_INPUT);
    assert_has(dry.err, "project.reconcile: no dataset in use makes ssb_framskriving_ettaarig");
}

static void a_wrong_value_is_named_with_what_it_may_be(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    make_facts(mini);
    static const struct {
        const char *text, *told;
    } cases[] = {
        {"[scenario]\ndraws = maybe\n", "mitt.ini: line 2: draws is \"maybe\"; write no, yes"},
        {"[demand]\n\nuse_drift = 5\n", "mitt.ini: line 3: use_drift is \"5\"; write estimated, "
                                        "none or a number from -0.2 to 0.2"},
        {"[supply]\ninflow = mye\n", "mitt.ini: line 2: "},
        {"[balance]\nbase_gap = gjett\n", "base_gap is \"gjett\"; write none, nav, vacancy"},
        {"[tilbud]\ninflow = 1\n", "there is no section [tilbud]; the sections are [scenario]"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = write_file(mini, "mitt.ini", cases[i].text);
        g_autofree char *own = option(path);
        g_auto(Result) result =
            mini_run(mini, NULL, "statpakke-project", own, "--as=prov", "--unit=mitt", NULL);
        assert_int_equal(result.status, SP_ERROR_CONFIG);
        if (strstr(result.err, cases[i].told) == NULL) {
            fail_msg("want %s, got %s", cases[i].told, result.err);
        }
    }
}

/* Settings that no projection can be made with: the setting is named. */
static void settings_that_cannot_be_are_refused(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    make_facts(mini);
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-project", NULL);
    assert_int_equal(made.status, 0);
    static const struct {
        const char *set, *unit, *told;
    } cases[] = {
        {"--set=project.scenarios=referanse, borte", "--unit=borte", "scenarios/borte.ini"},
        {"--set=project.horizon=2010", "--unit=referanse", "project.horizon"},
        {"--set=project.horizon=2300", "--unit=referanse", "project.horizon"},
        {"--set=project.alternative_years=tjue tretti", "--unit=lav", "project.alternative_years"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Result) result =
            mini_run(mini, NULL, "statpakke-project", cases[i].set, cases[i].unit, NULL);
        if (result.status == 0 || strstr(result.err, cases[i].told) == NULL) {
            fail_msg("%s: want %s, got %d %s", cases[i].set, cases[i].told, result.status,
                     result.err);
        }
    }
}

static void the_list_of_scenarios_begins_with_the_reference(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    make_facts(mini);
    g_auto(Result) none =
        mini_run(mini, NULL, "statpakke-project", "--set=project.scenarios=lav", NULL);
    assert_int_equal(none.status, SP_ERROR_CONFIG);
    assert_non_null(strstr(none.err, "the first is referanse"));
    g_auto(Result) blank =
        mini_run(mini, NULL, "statpakke-project", "--set=project.scenarios=referanse, Lav", NULL);
    assert_int_equal(blank.status, SP_ERROR_CONFIG);
    assert_non_null(strstr(blank.err, "\"Lav\" is no name of a scenario"));
}

/* Whether the reference's table is marked as sensitive. */
static gboolean is_sensitive(const Mini *mini, const char *table)
{
    g_autofree char *path = g_build_filename(mini->workspace, "stages", "project", "referanse",
                                             "latest", "datapackage.json", NULL);
    json_t *descriptor = json_load_file(path, 0, NULL);
    assert_non_null(descriptor);
    gboolean found = FALSE, is = FALSE;
    size_t i;
    const json_t *resource;
    json_array_foreach(json_object_get(descriptor, "resources"), i, resource)
    {
        g_autofree char *text = json_dumps(resource, 0);
        if (strcmp(json_string_value(json_object_get(resource, "name")), table) == 0) {
            found = TRUE;
            is = strstr(text, "\"sensitive\"") != NULL;
        }
    }
    json_decref(descriptor);
    assert_true(found);
    return is;
}

static void one_sensitive_source_does_not_mark_what_is_not_made_of_it(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    mini_set(mini, "tabular/aarsverk", "sensitive = yes");
    make_facts(mini);
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-project", "--unit=referanse", NULL);
    assert_int_equal(made.status, 0);
    assert_false(is_sensitive(mini, "framskriving_befolkning"));
    assert_true(is_sensitive(mini, "framskriving_etterspoersel"));
    g_autofree char *path = g_build_filename(mini->workspace, "stages", "project", "referanse",
                                             "latest", "manifest.json", NULL);
    json_t *manifest = json_load_file(path, 0, NULL);
    assert_true(json_integer_value(json_object_get(manifest, "marks")) & SP_MARK_SENSITIVE);
    json_decref(manifest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_scenario_is_a_unit_and_they_stand_beside_each_other),
        cmocka_unit_test(a_changed_scenario_makes_itself_again_and_no_other),
        cmocka_unit_test(ones_own_scenario_stands_beside_the_official_ones),
        cmocka_unit_test(only_the_unit_asked_for_is_written),
        cmocka_unit_test(a_unit_made_alone_has_the_same_bytes),
        cmocka_unit_test(the_worked_example_of_the_documents_runs),
        cmocka_unit_test(the_documents_tell_every_scenario),
        cmocka_unit_test(a_dry_run_reads_the_scenario_and_says_what_would_be_made),
        cmocka_unit_test(a_dry_run_refuses_the_settings_that_a_run_refuses),
        cmocka_unit_test(a_scenario_that_changes_nothing_is_told),
        cmocka_unit_test(a_dry_run_refuses_the_scenarios_that_a_run_refuses),
        cmocka_unit_test(a_wrong_value_is_named_with_what_it_may_be),
        cmocka_unit_test(settings_that_cannot_be_are_refused),
        cmocka_unit_test(a_scenario_of_ones_own_is_never_over_the_official_ones),
        cmocka_unit_test(what_is_wrong_in_a_scenario_is_named),
        cmocka_unit_test(the_list_of_scenarios_begins_with_the_reference),
        cmocka_unit_test(one_sensitive_source_does_not_mark_what_is_not_made_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
