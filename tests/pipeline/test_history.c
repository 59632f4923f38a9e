/* What an edition shows of sensitive facts is kept, and known from then on. */
#include "tests/check.h"
#include "tests/pipeline/people.h"

#include "core/io/files.h"

#include <glib/gstdio.h>

#define SHOWN "stages/protect/fakta/latest/"

static Mini *country_with_edition(const char *setting)
{
    Mini *mini = people_country("synthetic = yes");
    g_autofree People *people = people_new();
    g_autofree char *text = people_file(people);
    people_deliver(mini, DELIVERY, text);
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", "--log=text", setting, NULL);
    if (night.status != 0) {
        fail_msg("exit %d: %s", night.status, night.err);
    }
    return mini;
}

static char **kept(const Mini *mini)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_build_filename(mini->workspace, "history", NULL);
    char **names = sp_folder_list(folder, &error);
    assert_no_error(error);
    return names;
}

/* The folder of the edition that is served. g_free. */
static char *edition_of(const Mini *mini)
{
    g_autofree char *current = mini_current(mini);
    assert_non_null(current);
    return g_build_filename(mini->workspace, current, NULL);
}

static void an_edition_is_kept_and_protected_again_the_same(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = country_with_edition(NULL);
    g_autofree char *edition = mini_current(mini);
    g_auto(GStrv) names = kept(mini);
    assert_int_equal(g_strv_length(names), 1);
    assert_string_equal(names[0], edition + strlen("packages/"));
    g_autofree char *packages = mini_hash(mini, "packages");
    g_autofree char *facts = mini_text(mini, SHOWN "stillinger.csv");
    g_autofree char *hidden = mini_text(mini, SHOWN "skjult.csv");
    assert_has(facts, ":");
    g_auto(Result) second = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(second.status, 0);
    g_autofree char *facts_again = mini_text(mini, SHOWN "stillinger.csv");
    g_autofree char *hidden_again = mini_text(mini, SHOWN "skjult.csv");
    g_autofree char *packages_again = mini_hash(mini, "packages");
    assert_string_equal(facts, facts_again);
    assert_string_equal(hidden, hidden_again);
    assert_string_equal(packages, packages_again);
    g_auto(GStrv) still = kept(mini);
    assert_int_equal(g_strv_length(still), 1);
}

/* Every different edition is kept: what the first showed is known to the second, which has to hide
 * it, and is told. */
static void what_another_rule_hides_is_told_to_be_known(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = country_with_edition("--set=protect.threshold=2");
    g_auto(GStrv) first = kept(mini);
    g_auto(Result) second = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(second.status, 0);
    g_autofree char *quality = mini_text(mini, SHOWN "kvalitet.csv");
    assert_has(quality, "known_before,midlertidige,");
    g_auto(GStrv) both = kept(mini);
    assert_int_equal(g_strv_length(both), 2);
    assert_true(g_strv_contains((const char *const *)both, first[0]));
}

static void an_edition_made_elsewhere_is_taken_once(void **state)
{
    (void)state;
    g_autoptr(Mini) from = country_with_edition(NULL);
    g_autoptr(Mini) mini = people_country("synthetic = yes");
    g_autofree char *edition = edition_of(from);
    g_autofree char *name = g_path_get_basename(edition);
    g_autofree char *folder = g_build_filename("history", name, NULL);
    g_auto(Result) dry =
        mini_run(mini, NULL, "statpakke-init", "--history", edition, "--dry-run", NULL);
    assert_int_equal(dry.status, 0);
    g_auto(GStrv) none = kept(mini);
    assert_int_equal(g_strv_length(none), 0);
    g_auto(Result) taken = mini_run(mini, NULL, "statpakke-init", "--history", edition, NULL);
    assert_string_equal(taken.err, "");
    assert_int_equal(taken.status, 0);
    g_autofree char *there = mini_hash(from, folder);
    g_autofree char *here = mini_hash(mini, folder);
    assert_string_equal(there, here);
    g_autofree char *other = g_build_filename(from->folder, "another-name", NULL);
    assert_int_equal(rename(edition, other), 0);
    g_auto(Result) again = mini_run(mini, NULL, "statpakke-init", "--history", other, NULL);
    assert_int_equal(again.status, 0);
    g_auto(GStrv) names = kept(mini);
    assert_int_equal(g_strv_length(names), 1);
}

static void an_edition_that_is_not_whole_is_refused(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *edition = edition_of(mini);
    g_autofree char *file =
        g_build_filename(edition, "fylke-03-oslo", "data", "befolkning.csv", NULL);
    assert_int_equal(g_unlink(file), 0);
    g_auto(Result) lacking = mini_run(mini, NULL, "statpakke-init", "--history", edition, NULL);
    assert_int_equal(lacking.status, SP_ERROR_DATA);
    assert_has(lacking.err, "copy it again, whole");
    assert_has(lacking.err, "fylke-03-oslo/data/befolkning.csv");
    g_autofree char *package = g_path_get_dirname(file);
    g_auto(Result) no_sums = mini_run(mini, NULL, "statpakke-init", "--history", package, NULL);
    assert_int_equal(no_sums.status, SP_ERROR_NO_INPUT);
    g_auto(Result) no_folder = mini_run(mini, NULL, "statpakke-init", "--history", file, NULL);
    assert_int_equal(no_folder.status, SP_ERROR_NO_INPUT);
    assert_has(no_folder.err, "is no folder");
    g_auto(GStrv) names = kept(mini);
    assert_int_equal(g_strv_length(names), 0);
}

/* What is kept is found by the name of the fact. */
static void tables_of_layers_are_published_under_their_own_names(void **state)
{
    (void)state;
    g_autofree char *layers = NULL;
    g_autofree char *tables = NULL;
    assert_true(
        g_file_get_contents(SP_SOURCE_FOLDER "/config/skjermingslag.csv", &layers, NULL, NULL));
    assert_true(g_file_get_contents(SP_SOURCE_FOLDER "/config/tables.csv", &tables, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(layers, "\n", -1);
    for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++) {
        g_auto(GStrv) fields = g_strsplit(lines[i], ",", 2);
        /* name, theme, source */
        g_autofree char *published = g_strdup_printf("^%s,[a-z]*,%s,", fields[0], fields[0]);
        assert_true(g_regex_match_simple(published, tables, G_REGEX_MULTILINE, 0));
    }
    assert_true(g_strv_length(lines) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_of_layers_are_published_under_their_own_names),
        cmocka_unit_test(an_edition_is_kept_and_protected_again_the_same),
        cmocka_unit_test(what_another_rule_hides_is_told_to_be_known),
        cmocka_unit_test(an_edition_made_elsewhere_is_taken_once),
        cmocka_unit_test(an_edition_that_is_not_whole_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
