/* `why` on the made-up country: known figures to known rows, and what it says when it cannot. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/hash.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/io/xml.h"

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* One night for the tests that only look. */
static Mini *mini;
static char *edition;

static int set_up(void **state)
{
    (void)state;
    mini = mini_with_edition();
    g_autofree char *current = mini_current(mini);
    edition = g_path_get_basename(current);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mini_free(mini);
    g_free(edition);
    return 0;
}

/* What `why` answers, which must be an answer. g_free. */
static char *answer(const Mini *of, const char *what, const char *cell, const char *option)
{
    g_auto(Result) result = mini_run(of, NULL, "statpakke-why", what, cell, option, NULL);
    if (result.status != 0) {
        fail_msg("exit %d: %s", result.status, result.err);
    }
    assert_string_equal(result.err, "");
    return g_steal_pointer(&result.out);
}

static void assert_refused(const char *what, const char *cell, const char *option, int status,
                           const char *part)
{
    g_auto(Result) result = mini_run(mini, NULL, "statpakke-why", what, cell, option, NULL);
    assert_int_equal(result.status, status);
    assert_string_equal(result.out, "");
    assert_has(result.err, part);
}

/* A file of the edition's package of Rogaland. g_free. */
static char *rogaland(const char *file)
{
    return g_build_filename(mini->workspace, "packages", edition, "fylke-11-rogaland", file, NULL);
}

static void a_figure_as_published_by_its_source_leads_to_its_row(void **state)
{
    (void)state;
    char hash[SP_HASH_SIZE];
    g_autofree char *extract = g_build_filename(mini->extracts, "omsorg.csv", NULL);
    g_autofree char *url = g_strdup_printf("url: file://%s", extract);
    assert_true(sp_file_hash(extract, hash, NULL));
    g_autofree char *text =
        answer(mini, edition, "brukere hjemmetjenestebrukere region=1103 period=2023-12-31", NULL);
    assert_has(text, "= 500 persons\n    published in fylke-11-rogaland, edition ");
    assert_has(text, "made by normalise/tabular/brukere");
    assert_has(text, "row 3: kommunenummer=1103 aar=2023 = 500\n");
    assert_has(text, url);
    assert_has(text, "received: 2025-03-01T03:00:00Z");
    assert_has(text, "updated: 2024-06-15");
    assert_has(text, hash);
    assert_has(text, "setting normalise.division = 2024-01-01");
}

/* Entry 748 of the cube: the first region, the second sex, age 80, the fourth year. */
static void a_sum_leads_to_its_parts_and_they_to_the_cube(void **state)
{
    (void)state;
    g_autofree char *text =
        answer(mini, edition,
               "befolkning innbyggere region=0301 kjonn=1 alder=080-105 period=2025-01-01", NULL);
    assert_has(text, "from folkemengde innbyggere in normalise/ssb/folkemengde, 26 figures:\n");
    assert_has(text, "region=0301 kjonn=1 alder=080 period=2025-01-01 = 450\n");
    assert_null(strstr(text, "alder=079"));
    assert_has(text,
               "entry 748: Region=0301 Kjonn=1 Alder=080 Tid=2025 ContentsCode=Personer1 = 450\n");
    assert_has(text, "(14 more; --all tells them)");
    g_autofree char *all = answer(
        mini, edition, "befolkning innbyggere region=0301 kjonn=1 alder=080-105 period=2025-01-01",
        "--all");
    /* Age 105 is entry ((0 * 2 + 1) * 106 + 105) * 4 + 3 + 1. */
    assert_has(all, "entry 848: Region=0301 Kjonn=1 Alder=105+ ");
    assert_null(strstr(all, "more; --all"));
}

/* 1508 was part of 1507 until 2024: its figure of 2023 is that one's, shared. */
static void a_divided_kommune_leads_to_the_rows_before(void **state)
{
    (void)state;
    g_autofree char *text =
        answer(mini, edition,
               "befolkning innbyggere region=1508 kjonn=1 alder=080-105 period=2023-01-01", NULL);
    assert_has(text, "a kommune divided later, shared by the population of its parts");
    assert_has(text, "Region=1507 Kjonn=1 Alder=080 Tid=2023");
    assert_has(text, "setting normalise.weights = ssb/folkemengde");
}

static void a_projection_leads_back_to_its_base_and_a_scenario_to_its_file(void **state)
{
    (void)state;
    g_autofree char *text =
        answer(mini, edition,
               "framskriving_alternativ etterspoersel scenario=hoey region=1103 yrke=sykepleier "
               "period=2028-01-01",
               NULL);
    assert_has(text, "made by project/alternativer");
    assert_has(text, "scenario: config/scenarios/hoey.ini");
    assert_has(text, "in project/hoey, made again for this question");
    assert_has(text, "how: the base: the figure itself");
    assert_has(text, "setting project.base = newest");
    assert_has(text, "] config/bruk.csv\n    sha256: ");
    assert_has(text, "ssb/folkemengde\n    url: file://");
}

static void depth_ends_the_walk(void **state)
{
    (void)state;
    g_autofree char *text = answer(
        mini, edition, "brukere hjemmetjenestebrukere region=1103 period=2023-12-31", "--depth=1");
    assert_has(text, "from brukere hjemmetjenestebrukere region=1103 period=2023-12-31 in "
                     "normalise/tabular/brukere:\n        region=1103");
    assert_null(strstr(text, "[2]"));
}

static void a_cell_is_found_however_its_package_is_named(void **state)
{
    (void)state;
    const char *cell = "aarsverk_sykepleier sykepleier_aarsverk region=1103 period=2023";
    g_autofree char *folder = rogaland("");
    g_autofree char *file = rogaland("data/aarsverk_sykepleier.csv");
    g_autofree char *zip =
        g_strdup_printf("%s/packages/%s/fylke-11-rogaland.zip", mini->workspace, edition);
    g_autofree char *whole = g_build_filename(mini->workspace, "packages", edition, NULL);
    g_autofree char *wanted = answer(mini, edition, cell, NULL);
    assert_has(wanted, "= 80 aarsverk");
    const char *const places[] = {folder, file, zip, whole};
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        g_autofree char *text = answer(mini, places[i], cell, NULL);
        assert_string_equal(text, wanted);
    }
    /* The only measure, and the table of a file, need not be written; nor a code without others. */
    g_autofree char *short_one = answer(mini, file, "region=1103", NULL);
    assert_string_equal(short_one, wanted);
    g_autofree char *words =
        answer(mini, edition,
               "aarsverk_sykepleier sykepleier_aarsverk region=Stavanger period=2023", NULL);
    assert_string_equal(words, wanted);
    g_autofree char *both =
        answer(mini, edition,
               "aarsverk_sykepleier sykepleier_aarsverk region=1103%20Stavanger "
               "period=2023",
               NULL);
    assert_string_equal(both, wanted);
    g_autofree char *without =
        answer(mini, edition, "aarsverk_sykepleier region=1103 period=2023", NULL);
    assert_string_equal(without, wanted);
}

static void json_has_the_same_steps(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autofree char *text =
        answer(mini, edition, "brukere hjemmetjenestebrukere region=1103 period=2023-12-31",
               "--format=json");
    g_autoptr(json_t) json = sp_json_parse(text, strlen(text), "why", &error);
    assert_no_error(error);
    json_t *steps = json_object_get(json, "steps");
    assert_int_equal(json_array_size(steps), 3);
    json_t *fact = json_array_get(steps, 1);
    json_t *input = json_array_get(json_object_get(fact, "inputs"), 0);
    json_t *row = json_array_get(json_object_get(input, "told"), 0);
    assert_string_equal(json_string_value(json_object_get(row, "key")),
                        "row 3: kommunenummer=1103 aar=2023");
    assert_string_equal(json_string_value(json_object_get(row, "value")), "500");
    assert_int_equal(json_integer_value(json_object_get(row, "step")), 3);
    assert_string_equal(json_string_value(json_object_get(json_array_get(steps, 2), "kind")),
                        "snapshot");
    assert_string_equal(json_string_value(json_object_get(json, "reader")), "owner");
}

static void the_page_is_well_formed_and_its_links_lead_to_steps(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autofree char *page =
        answer(mini, edition, "brukere hjemmetjenestebrukere region=1103 period=2023-12-31",
               "--format=html");
    /* What HTML has and XML has not: the type of document, and an element that is not closed. */
    g_autoptr(GString) xml = g_string_new(strchr(page, '\n') + 1);
    assert_int_equal(
        g_string_replace(xml, "<meta charset=\"utf-8\">", "<meta charset=\"utf-8\"/>", 0), 1);
    g_autoptr(xmlDoc) doc = sp_xml_parse(xml->str, xml->len, "why", &error);
    assert_no_error(error);
    assert_has(page, "<a href=\"#s3\">row 3: kommunenummer=1103 aar=2023 = 500</a>");
    assert_has(page, "<section id=\"s3\">");
    assert_null(strstr(page, "<script"));
}

static void what_is_not_there_is_told_with_what_is(void **state)
{
    (void)state;
    g_autofree char *folder = rogaland("");
    assert_refused(folder, "brukre n region=1103", NULL, 66,
                   "fylke-11-rogaland has no table brukre; it has noekkelsetninger, ");
    assert_refused(folder, "brukere hjemme region=1103 period=2023-12-31", NULL, 66,
                   "table brukere has no figure hjemme; it has hjemmetjenestebrukere, ");
    assert_refused(folder, "brukere region=1103 period=2023-12-31", NULL, 66,
                   "table brukere has several figures, so name one; it has ");
    assert_refused(folder, "brukere institusjon region=1104 period=2023-12-31", NULL, 66,
                   "table brukere has no row with region=1104; near it: 1103");
    assert_refused(folder, "befolkning innbyggere kjonn=0 alder=080-105 period=2025-01-01", NULL,
                   66, "names no one row of table befolkning; give region=CODE");
    assert_refused(folder, "region=1103", NULL, 64, "is no cell; write: table measure column=code");
    assert_refused(folder, NULL, NULL, 64, "give an edition or a package, and a cell in quotes");
    assert_refused(folder, "brukere institusjon region=1103", "--format=pdf", 64,
                   "want text, json or html");
    assert_refused("2020-01-01-00000000", "brukere institusjon region=1103", NULL, 66,
                   "2020-01-01-00000000 is not there");
    assert_refused(mini->extracts, "brukere institusjon region=1103", NULL, 66,
                   "is neither an edition nor a package");
}

static void asking_writes_nothing(void **state)
{
    (void)state;
    g_autofree char *before = mini_hash(mini, "");
    g_autofree char *text =
        answer(mini, edition,
               "befolkning innbyggere region=11 kjonn=0 alder=080-105 period=2025-01-01", NULL);
    g_autofree char *after = mini_hash(mini, "");
    assert_string_equal(before, after);
}

/* A package that was changed is no package of this workspace. */
static void a_changed_package_is_told(void **state)
{
    (void)state;
    g_autofree char *copy = g_build_filename(mini->folder, "received", NULL);
    g_autofree char *folder = rogaland("");
    const char *arguments[] = {"cp", "-a", folder, copy, NULL};
    int status = 0;
    assert_true(g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                             NULL, &status, NULL));
    g_autofree char *path = g_build_filename(copy, "data/brukere.csv", NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    char *figure = strstr(text, "1103,2023-12-31,500,");
    assert_non_null(figure);
    memcpy(figure, "1103,2023-12-31,700,", strlen("1103,2023-12-31,700,"));
    assert_true(g_file_set_contents(path, text, -1, NULL));
    assert_refused(copy, "brukere hjemmetjenestebrukere region=1103 period=2023-12-31", NULL, 65,
                   "fylke-11-rogaland is not what edition ");
    /* Another figure of it is still right. */
    g_autofree char *other =
        answer(mini, copy, "brukere institusjon region=1103 period=2023-12-31", NULL);
    assert_has(other, "= 120 persons");
    assert_true(sp_folder_remove(copy, NULL));
}

/* ---- what has gone on since */

static void an_older_edition_is_answered_by_its_own_results(void **state)
{
    (void)state;
    g_autoptr(Mini) own = mini_with_edition();
    const char *cell = "brukere hjemmetjenestebrukere region=1103 period=2023-12-31";
    g_autofree char *first = mini_current(own);
    g_autofree char *old = g_path_get_basename(first);
    mini_replace(own, "omsorg.csv", "1103,2023,500,", "1103,2023,510,");
    g_auto(Result) night = mini_run(own, NULL, "statpakke-run", NULL);
    assert_int_equal(night.status, 0);
    g_autofree char *second = mini_current(own);
    g_autofree char *new = g_path_get_basename(second);
    g_autofree char *before = answer(own, old, cell, NULL);
    g_autofree char *now = answer(own, new, cell, NULL);
    assert_has(before, "aar=2023 = 500");
    assert_null(strstr(before, "510"));
    assert_has(now, "aar=2023 = 510");
}

/* The folder that a unit's `latest` points at, removed. */
static void forget_result(const Mini *of, const char *unit)
{
    g_autofree char *link = g_build_filename(of->workspace, "stages", unit, "latest", NULL);
    g_autofree char *key = g_file_read_link(link, NULL);
    g_autofree char *folder = g_build_filename(of->workspace, "stages", unit, key, NULL);
    assert_true(sp_folder_remove(folder, NULL));
}

static void a_result_that_is_gone_is_told(void **state)
{
    (void)state;
    g_autoptr(Mini) own = mini_with_edition();
    const char *cell = "brukere hjemmetjenestebrukere region=1103 period=2023-12-31";
    g_autofree char *current = mini_current(own);
    g_autofree char *name = g_path_get_basename(current);
    g_autofree char *bytes = g_build_filename(own->workspace, "snapshots/tabular/brukere", NULL);
    assert_true(sp_folder_remove(bytes, NULL));
    g_autofree char *without = answer(own, name, cell, NULL);
    assert_has(without, "the snapshot tabular/brukere (");
    assert_has(without, "is no longer in the workspace");
    forget_result(own, "normalise/tabular/brukere");
    g_autofree char *less = answer(own, name, cell, NULL);
    assert_has(less, "= 500 persons");
    assert_has(less, "note: what it was made from is no longer in the workspace: "
                     "normalise/tabular/brukere (content ");
    assert_null(strstr(less, "row 3"));
    forget_result(own, "protect/utgave");
    g_autofree char *least = answer(own, name, cell, NULL);
    assert_has(least, "the published tables that it was made from are no longer in the workspace");
    assert_has(least, "source: Ingen: Prøve");
}

static void a_file_that_was_changed_is_told(void **state)
{
    (void)state;
    g_autoptr(Mini) own = mini_with_edition();
    g_autofree char *current = mini_current(own);
    g_autofree char *name = g_path_get_basename(current);
    g_autofree char *path = g_build_filename(own->data, "bruk.csv", NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_autofree char *changed = g_strconcat(text, "\n", NULL);
    assert_true(g_file_set_contents(path, changed, -1, NULL));
    g_autofree char *told =
        answer(own, name,
               "framskriving_behov brukere region=11 tjeneste=institusjon period=2028-01-01", NULL);
    assert_has(told, "note: config/bruk.csv is not what it was then");
}

/* ---- who asks */

/* Exit status of `why`, asked by a child that has given its rights away; its answer is in *text
 * (g_free). NULL: there are no rights to give, or the program lies where nobody may look. */
static int ask_as_nobody(const char *workspace, char **text)
{
    enum { NOBODY = 65534, NO_CHILD = 111, NO_PROGRAM = 112 };
    g_autofree char *program = g_build_filename(g_getenv("SP_BIN"), "statpakke-why", NULL);
    g_autofree char *out = g_build_filename(mini->folder, "answer.txt", NULL);
    g_autofree char *place = g_strdup_printf("--workspace=%s", workspace);
    g_autofree char *folder = rogaland("");
    int status = 0;
    *text = NULL;
    if (geteuid() != 0 || chmod(mini->folder, 0711) != 0) {
        return 0;
    }
    assert_true(g_file_set_contents(out, "", 0, NULL));
    assert_int_equal(chmod(out, 0666), 0);
    const pid_t child = fork();
    if (child == 0) {
        if (freopen(out, "w", stdout) == NULL || dup2(STDOUT_FILENO, STDERR_FILENO) < 0 ||
            setgid(NOBODY) != 0 || setuid(NOBODY) != 0 ||
            setenv("STATPAKKE_DATA", SP_SOURCE_FOLDER "/config", 1) != 0) {
            _exit(NO_CHILD);
        }
        execl(program, program, place, folder,
              "brukere hjemmetjenestebrukere region=1103 period=2023-12-31", (char *)NULL);
        _exit(NO_PROGRAM);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) != NO_PROGRAM) {
        assert_true(g_file_get_contents(out, text, NULL, NULL));
    }
    return WEXITSTATUS(status);
}

/* Packages are for everybody, and what is behind them is not. */
static void who_may_not_read_the_workspace_is_told_the_package_alone(void **state)
{
    (void)state;
    g_autofree char *text = NULL;
    g_autofree char *without = NULL;
    g_autofree char *refused = NULL;
    g_autofree char *conf = g_build_filename(mini->workspace, "statpakke.conf", NULL);
    g_autofree char *none = g_build_filename(mini->folder, "none", NULL);
    const int closed = ask_as_nobody(mini->workspace, &refused);
    if (refused == NULL) {
        skip();
    }
    assert_int_equal(closed, 77);
    assert_has(refused, "run as its owner, or ask for the right");
    assert_int_equal(chmod(conf, 0644), 0);
    assert_int_equal(ask_as_nobody(mini->workspace, &text), 0);
    assert_has(text, "= 500 persons");
    assert_has(text, "may be read by the owner of the workspace");
    assert_has(text, "source: Ingen: Prøve");
    assert_null(strstr(text, "[2]"));
    assert_int_equal(ask_as_nobody(none, &without), 0);
    assert_has(without, "= 500 persons");
    assert_has(without, "the workspace does not hold what edition");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_figure_as_published_by_its_source_leads_to_its_row),
        cmocka_unit_test(a_sum_leads_to_its_parts_and_they_to_the_cube),
        cmocka_unit_test(a_divided_kommune_leads_to_the_rows_before),
        cmocka_unit_test(a_projection_leads_back_to_its_base_and_a_scenario_to_its_file),
        cmocka_unit_test(depth_ends_the_walk),
        cmocka_unit_test(a_cell_is_found_however_its_package_is_named),
        cmocka_unit_test(json_has_the_same_steps),
        cmocka_unit_test(the_page_is_well_formed_and_its_links_lead_to_steps),
        cmocka_unit_test(what_is_not_there_is_told_with_what_is),
        cmocka_unit_test(asking_writes_nothing),
        cmocka_unit_test(a_changed_package_is_told),
        cmocka_unit_test(who_may_not_read_the_workspace_is_told_the_package_alone),
    };
    const struct CMUnitTest since[] = {
        cmocka_unit_test(an_older_edition_is_answered_by_its_own_results),
        cmocka_unit_test(a_result_that_is_gone_is_told),
        cmocka_unit_test(a_file_that_was_changed_is_told),
    };
    /* A country with its edition is one at a time. */
    return cmocka_run_group_tests(tests, set_up, tear_down) +
           cmocka_run_group_tests(since, NULL, NULL);
}
