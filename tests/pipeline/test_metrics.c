/* What a collector of Prometheus reads of the nights. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "pipeline/night/exposition.h"

#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>

#define SET "--set=run.metrics_file="
/* 2025-03-01T03:00:00Z, at which mini_run works. */
#define NOW 1740798000.0

/* The option that names the file; g_free. */
static char *option_of(const Mini *mini)
{
    return g_strconcat(SET, mini->folder, "/statpakke.prom", NULL);
}

/* g_free. */
static char *text_of(const Mini *mini)
{
    char *text = NULL;
    g_autofree char *path = g_build_filename(mini->folder, "statpakke.prom", NULL);
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        fail_msg("%s is not there", path);
    }
    return text;
}

/* The number of a sample, by its name and labels; it must be there, once. */
static double sample(const char *text, const char *name)
{
    g_autofree char *start = g_strdup_printf("\nstatpakke_%s ", name);
    const char *found = strstr(text, start);
    if (found == NULL || strstr(found + 1, start) != NULL) {
        fail_msg("%s is not there once in:\n%s", name, text);
    }
    return g_ascii_strtod(found + strlen(start), NULL);
}

static void assert_sample(const char *text, const char *name, double number)
{
    const double found = sample(text, name);
    if (found != number) {
        fail_msg("%s is %.17g, not %.17g", name, found, number);
    }
}

static double sum_over(const char *text, const char *name)
{
    double sum = 0.0;
    guint n = 0;
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        if (g_str_has_prefix(*line, name)) {
            sum += g_ascii_strtod(strrchr(*line, ' '), NULL);
            n++;
        }
    }
    assert_true(n > 0);
    return sum;
}

static void a_night_is_told_with_its_stages_sources_and_edition(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_autofree char *option = option_of(mini);
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", option, NULL);
    assert_string_equal(night.err, "");
    assert_int_equal(night.status, 0);
    g_autofree char *text = text_of(mini);
    assert_true(g_str_has_suffix(text, "\n"));
    assert_sample(text, "last_run_exit_status", 0.0);
    assert_true(sample(text, "last_success_timestamp_seconds") >= NOW);
    assert_true(sample(text, "last_success_timestamp_seconds") < NOW + 300.0);
    assert_sample(text, "last_run_timestamp_seconds",
                  sample(text, "last_success_timestamp_seconds"));
    assert_true(sample(text, "last_run_units{outcome=\"made\"}") > 20.0);
    assert_sample(text, "last_run_units{outcome=\"failed\"}", 0.0);
    assert_true(sample(text, "stage_duration_seconds{stage=\"project\"}") > 0.0);
    assert_true(sample(text, "stage_rows{stage=\"normalise\"}") > 1000.0);
    assert_sample(text, "source_age_seconds{dataset=\"ssb/folkemengde\"}", 0.0);
    assert_sample(text, "edition_changed_values", 0.0);
    assert_sample(text, "edition_hidden_cells", 0.0); /* no source of the country is sensitive */
    assert_sample(text, "editions", 1.0);
    assert_true(sample(text, "workspace_free_bytes") > 0.0);
}

static void the_file_is_for_all_to_read_and_alone_in_its_folder(void **state)
{
    (void)state;
    struct stat status;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *folder = g_build_filename(mini->folder, "collector", NULL);
    g_autofree char *path = g_build_filename(folder, "statpakke.prom", NULL);
    g_autofree char *option = g_strconcat(SET, path, NULL);
    assert_int_equal(g_mkdir(folder, 0755), 0);
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", option, NULL);
    assert_int_equal(night.status, 0);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0644);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    assert_string_equal(g_dir_read_name(dir), "statpakke.prom");
    assert_null(g_dir_read_name(dir));
}

static void a_night_without_news_keeps_what_the_stages_took(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_autofree char *option = option_of(mini);
    g_auto(Result) first = mini_run(mini, NULL, "statpakke-run", option, NULL);
    assert_int_equal(first.status, 0);
    g_autofree char *before = text_of(mini);
    g_auto(Result) second =
        mini_run(mini, NULL, "statpakke-run", option, "--now=2025-03-02T03:00:00Z", NULL);
    assert_int_equal(second.status, 0);
    assert_string_equal(second.err, "");
    g_autofree char *text = text_of(mini);
    assert_sample(text, "last_run_units{outcome=\"made\"}", 0.0);
    assert_sample(text, "last_run_units{outcome=\"reused\"}",
                  sample(before, "last_run_units{outcome=\"made\"}") +
                      sample(before, "last_run_units{outcome=\"reused\"}"));
    assert_sample(text, "stage_duration_seconds{stage=\"project\"}",
                  sample(before, "stage_duration_seconds{stage=\"project\"}"));
    assert_sample(text, "source_age_seconds{dataset=\"ssb/folkemengde\"}", 86400.0);
    assert_true(sample(text, "last_success_timestamp_seconds") >= NOW + 86400.0);
}

static void a_failed_night_keeps_the_time_of_the_last_success(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *option = option_of(mini);
    g_auto(Result) good = mini_run(mini, NULL, "statpakke-run", option, NULL);
    assert_int_equal(good.status, 0);
    g_autofree char *before = text_of(mini);
    g_auto(Result) bad =
        mini_run(mini, NULL, "statpakke-run", option, "--set=project.horizon=never",
                 "--now=2025-03-02T03:00:00Z", NULL);
    assert_int_equal(bad.status, 78);
    g_autofree char *text = text_of(mini);
    assert_sample(text, "last_run_exit_status", 78.0);
    assert_sample(text, "last_success_timestamp_seconds",
                  sample(before, "last_success_timestamp_seconds"));
    assert_true(sample(text, "last_run_timestamp_seconds") >= NOW + 86400.0);
    assert_true(sum_over(text, "statpakke_last_run_units{outcome=\"failed\"}") >= 1.0);
}

static void a_run_that_publishes_nothing_is_no_success(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *option = option_of(mini);
    g_auto(Result) part = mini_run(mini, NULL, "statpakke-run", option, "--only=normalise", NULL);
    assert_int_equal(part.status, 0);
    g_autofree char *text = text_of(mini);
    assert_null(strstr(text, "last_success"));
    assert_sample(text, "last_run_exit_status", 0.0);
}

static void changed_values_are_those_that_the_edition_tells(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *option = option_of(mini);
    mini_replace(mini, "omsorg.csv", "0301,2023,1600,", "0301,2023,1601,");
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", option, NULL);
    assert_int_equal(night.status, 0);
    g_autofree char *text = text_of(mini);
    assert_sample(text, "editions", 2.0);
    assert_true(sample(text, "edition_changed_values") >= 1.0);
}

static void a_trial_and_a_dry_run_write_none(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *option = option_of(mini);
    g_autofree char *path = g_build_filename(mini->folder, "statpakke.prom", NULL);
    g_auto(Result) trial = mini_run(mini, NULL, "statpakke-run", option, "--as=prov", NULL);
    g_auto(Result) dry = mini_run(mini, NULL, "statpakke-run", option, "--dry-run", NULL);
    assert_int_equal(trial.status, 0);
    assert_int_equal(dry.status, 0);
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void a_file_that_cannot_be_written_is_a_warning(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_auto(Result) night =
        mini_run(mini, NULL, "statpakke-run", SET "/dev/null/statpakke.prom", NULL);
    assert_int_equal(night.status, 0);
    assert_non_null(strstr(night.err, "warning: run.metrics_file: "));
}

static void labels_are_escaped(void **state)
{
    (void)state;
    g_autoptr(SpExposition) all = sp_exposition_new();
    sp_exposition_begin(all, "empty", "Left out.");
    sp_exposition_begin(all, "age_seconds", "A \\ and\nmore.");
    sp_exposition_add(all, "dataset", "a\"b\\c\nd", 1.5);
    sp_exposition_add(all, "dataset", "b", 1740798000.0);
    g_autofree char *text = sp_exposition_text(all);
    assert_string_equal(text, "# HELP statpakke_age_seconds A \\\\ and\\nmore.\n"
                              "# TYPE statpakke_age_seconds gauge\n"
                              "statpakke_age_seconds{dataset=\"a\\\"b\\\\c\\nd\"} 1.5\n"
                              "statpakke_age_seconds{dataset=\"b\"} 1740798000\n");
}

static void promtool_has_no_remark(void **state)
{
    (void)state;
    g_autofree char *installed = g_find_program_in_path("promtool");
    const char *promtool = installed != NULL ? installed : SP_SOURCE_FOLDER "/build/tools/promtool";
    if (!g_file_test(promtool, G_FILE_TEST_IS_EXECUTABLE)) {
        printf("SKIPPED: promtool is not there (make -f Makefile.ci setup-test fetches it)\n");
        skip();
    }
    g_autoptr(Mini) mini = mini_new();
    g_autofree char *option = option_of(mini);
    g_autofree char *command =
        g_strdup_printf("exec %s check metrics <%s/statpakke.prom 2>&1", promtool, mini->folder);
    const char *const arguments[] = {"/bin/sh", "-c", command, NULL};
    g_autofree char *said = NULL;
    int status = 0;
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", option, NULL);
    assert_int_equal(night.status, 0);
    assert_true(g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &said,
                             NULL, &status, NULL));
    assert_string_equal(said, "");
    assert_int_equal(status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_night_is_told_with_its_stages_sources_and_edition),
        cmocka_unit_test(the_file_is_for_all_to_read_and_alone_in_its_folder),
        cmocka_unit_test(a_night_without_news_keeps_what_the_stages_took),
        cmocka_unit_test(a_failed_night_keeps_the_time_of_the_last_success),
        cmocka_unit_test(a_run_that_publishes_nothing_is_no_success),
        cmocka_unit_test(changed_values_are_those_that_the_edition_tells),
        cmocka_unit_test(a_trial_and_a_dry_run_write_none),
        cmocka_unit_test(a_file_that_cannot_be_written_is_a_warning),
        cmocka_unit_test(labels_are_escaped),
        cmocka_unit_test(promtool_has_no_remark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
