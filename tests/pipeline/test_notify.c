/* Who is told of a night that failed, how often, and what of ours goes along. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

/* A setting that ends the stage project, and one that ends vary. */
#define BREAKS_PROJECT "--set=project.horizon=never"
#define BREAKS_VARY "--set=vary.false_discovery=never"

/* An option that notes each call: a line of what the environment says, in `told`, and stdin, in
 * `summary`. g_free. */
static char *noting(const Mini *mini)
{
    return g_strdup_printf("--notify-cmd=echo \"$STATPAKKE_EVENT $STATPAKKE_EXIT "
                           "$STATPAKKE_WORKSPACE $STATPAKKE_MESSAGE\" >>%s/told; cat >%s/summary",
                           mini->folder, mini->folder);
}

/* What a command has left in the folder; "" if nothing. g_free. */
static char *left(const Mini *mini, const char *name)
{
    char *text = NULL;
    g_autofree char *path = g_build_filename(mini->folder, name, NULL);
    return g_file_get_contents(path, &text, NULL, NULL) ? text : g_strdup("");
}

static guint n_lines(const Mini *mini)
{
    guint n = 0;
    g_autofree char *text = left(mini, "told");
    for (const char *c = text; *c != '\0'; c++) {
        n += *c == '\n';
    }
    return n;
}

static void assert_starts(const Mini *mini, guint line, const char *event, int status)
{
    g_autofree char *text = left(mini, "told");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_autofree char *start = g_strdup_printf("%s %d %s ", event, status, mini->workspace);
    assert_true(line < g_strv_length(lines));
    if (!g_str_has_prefix(lines[line], start)) {
        fail_msg("\"%s\" does not start with \"%s\"", lines[line], start);
    }
}

static void the_first_failure_and_the_recovery_are_told_once_each(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *option = noting(mini);
    g_auto(Result) first = mini_run(mini, NULL, "statpakke-run", option, BREAKS_PROJECT, NULL);
    assert_int_equal(first.status, 78);
    assert_int_equal(n_lines(mini), 1);
    assert_starts(mini, 0, "failure", 78);
    g_autofree char *current = mini_current(mini);
    g_autofree char *summary = left(mini, "summary");
    assert_non_null(strstr(summary, "project failed (exit 78): "));
    assert_non_null(strstr(summary, "Failing since: 2025-03-01T03:00:00Z\n"));
    assert_non_null(strstr(summary, "Stage: project\n"));
    assert_non_null(strstr(summary, strchr(current, '/') + 1));
    assert_non_null(strstr(summary, "statpakke-project: "));
    assert_non_null(strstr(summary, "statpakke run --workspace "));
    g_auto(Result) second = mini_run(mini, NULL, "statpakke-run", option, BREAKS_PROJECT, NULL);
    assert_int_equal(second.status, 78);
    assert_int_equal(n_lines(mini), 1);
    g_auto(Result) third = mini_run(mini, NULL, "statpakke-run", option, NULL);
    assert_int_equal(third.status, 0);
    assert_string_equal(third.err, "");
    assert_string_equal(third.out, "");
    assert_int_equal(n_lines(mini), 2);
    assert_starts(mini, 1, "recovery", 0);
    g_auto(Result) fourth = mini_run(mini, NULL, "statpakke-run", option, NULL);
    assert_int_equal(fourth.status, 0);
    assert_int_equal(n_lines(mini), 2);
}

static void another_failure_is_news(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *option = noting(mini);
    g_auto(Result) first = mini_run(mini, NULL, "statpakke-run", option, BREAKS_PROJECT, NULL);
    g_auto(Result) second = mini_run(mini, NULL, "statpakke-run", option, BREAKS_VARY, NULL);
    assert_int_equal(second.status, 78);
    assert_int_equal(n_lines(mini), 2);
    assert_starts(mini, 1, "failure", 78);
}

static void a_run_of_other_stages_is_no_recovery(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *option = noting(mini);
    g_auto(Result) first = mini_run(mini, NULL, "statpakke-run", option, BREAKS_PROJECT, NULL);
    g_auto(Result) other = mini_run(mini, NULL, "statpakke-run", option, "--only=normalise", NULL);
    assert_int_equal(other.status, 0);
    assert_int_equal(n_lines(mini), 1);
    g_auto(Result) same = mini_run(mini, NULL, "statpakke-run", option, "--only=project", NULL);
    assert_int_equal(same.status, 0);
    assert_starts(mini, 1, "recovery", 0);
}

static void the_setting_does_as_well_as_the_option(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *option = noting(mini);
    g_autofree char *setting = g_strconcat("--set=run.notify_cmd=", strchr(option, '=') + 1, NULL);
    g_auto(Result) run = mini_run(mini, NULL, "statpakke-run", setting, BREAKS_PROJECT, NULL);
    assert_int_equal(run.status, 78);
    assert_int_equal(n_lines(mini), 1);
}

static void settings_that_cannot_be_read_are_told(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *option = noting(mini);
    g_auto(Result) run =
        mini_run(mini, NULL, "statpakke-run", option, "--set=run.no_such_key=1", NULL);
    assert_int_equal(run.status, 78);
    assert_starts(mini, 0, "failure", 78);
    g_autofree char *told = left(mini, "told");
    assert_non_null(strstr(told, "no_such_key"));
}

/* The workspace's lock, as another run has it. Closed by the caller. */
static int hold_lock(const Mini *mini)
{
    g_autofree char *path = g_build_filename(mini->workspace, "lock", NULL);
    const int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_true(lock >= 0);
    assert_int_equal(flock(lock, LOCK_EX), 0);
    return lock;
}

static void a_workspace_that_is_held_is_no_failure(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *option = noting(mini);
    const int lock = hold_lock(mini);
    g_auto(Result) run = mini_run(mini, NULL, "statpakke-run", option, NULL);
    close(lock);
    assert_int_equal(run.status, 75);
    assert_int_equal(n_lines(mini), 0);
}

static void a_trial_and_a_dry_run_tell_nobody(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *option = noting(mini);
    g_auto(Result) trial =
        mini_run(mini, NULL, "statpakke-run", option, BREAKS_PROJECT, "--as=prov", NULL);
    g_auto(Result) dry =
        mini_run(mini, NULL, "statpakke-run", option, BREAKS_PROJECT, "--dry-run", NULL);
    assert_int_equal(trial.status, 78);
    assert_int_not_equal(dry.status, 0);
    assert_int_equal(n_lines(mini), 0);
}

/* A run that waits for the lock, with a process that watches over it. */
static GPid start_waiting(const Mini *mini, char *option)
{
    GPid pid = 0;
    g_autoptr(GError) error = NULL;
    g_autofree char *program = g_build_filename(g_getenv("SP_BIN"), "statpakke-run", NULL);
    g_autofree char *workspace = g_strdup_printf("--workspace=%s", mini->workspace);
    g_auto(GStrv) environment = g_environ_setenv(g_get_environ(), "STATPAKKE_DATA", mini->data, 1);
    char *arguments[] = {program, workspace, (char *)"--wait", option, NULL};
    (void)g_spawn_async(NULL, arguments, environment,
                        G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &pid,
                        &error);
    assert_no_error(error);
    return pid;
}

/* The one process that it has begun. */
static pid_t working(GPid watching)
{
    g_autofree char *path =
        g_strdup_printf("/proc/%d/task/%d/children", (int)watching, (int)watching);
    for (int i = 0; i < 5000; i++) {
        g_autofree char *text = NULL;
        if (g_file_get_contents(path, &text, NULL, NULL) && *g_strstrip(text) != '\0') {
            return (pid_t)g_ascii_strtoll(text, NULL, 10);
        }
        g_usleep(2000);
    }
    fail_msg("process %d has begun no other", (int)watching);
    return 0;
}

static int status_of(GPid pid)
{
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static void a_working_process_that_is_killed_is_told(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *option = noting(mini);
    const int lock = hold_lock(mini);
    const GPid watching = start_waiting(mini, option);
    assert_int_equal(kill(working(watching), SIGKILL), 0);
    assert_int_equal(status_of(watching), 70);
    close(lock);
    assert_int_equal(n_lines(mini), 1);
    assert_starts(mini, 0, "failure", 70);
    g_autofree char *told = left(mini, "told");
    assert_non_null(strstr(told, "died by signal 9"));
    g_auto(Result) next = mini_run(mini, NULL, "statpakke-run", option, NULL);
    assert_int_equal(next.status, 0);
    assert_starts(mini, 1, "recovery", 0);
}

static void a_signal_is_handed_on(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *option = noting(mini);
    const int lock = hold_lock(mini);
    const GPid watching = start_waiting(mini, option);
    (void)working(watching);
    assert_int_equal(kill(watching, SIGTERM), 0);
    assert_int_equal(status_of(watching), 70);
    close(lock);
    g_autofree char *told = left(mini, "told");
    assert_non_null(strstr(told, "died by signal 15"));
}

static void nobody_works_on_unwatched(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *option = noting(mini);
    int lock = hold_lock(mini);
    const GPid watching = start_waiting(mini, option);
    const pid_t child = working(watching);
    /* It asks for its end with us before it opens the lock. */
    g_autofree char *path = g_build_filename(mini->workspace, "lock", NULL);
    g_autofree char *folder = g_strdup_printf("/proc/%d/fd", (int)child);
    gboolean waits = FALSE;
    for (int i = 0; i < 5000 && !waits; i++) {
        g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
        for (const char *name = files == NULL ? NULL : g_dir_read_name(files); name != NULL;
             name = g_dir_read_name(files)) {
            g_autofree char *link = g_build_filename(folder, name, NULL);
            g_autofree char *target = g_file_read_link(link, NULL);
            waits = waits || g_strcmp0(target, path) == 0;
        }
        g_usleep(2000);
    }
    assert_true(waits);
    assert_int_equal(kill(watching, SIGKILL), 0);
    assert_int_equal(status_of(watching), 128 + SIGKILL);
    for (int i = 0; i < 5000 && kill(child, 0) == 0; i++) {
        g_usleep(2000);
    }
    /* Gone, or a zombie of whoever adopts it: it holds nothing. */
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    assert_true(files == NULL || g_dir_read_name(files) == NULL);
    close(lock);
}

static void a_run_that_was_cut_off_is_told_by_the_next(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *option = noting(mini);
    g_autofree char *ledger = g_build_filename(mini->workspace, "ledger.db", NULL);
    const char *arguments[] = {
        "sqlite3", ledger, "INSERT INTO run (program, started) VALUES ('statpakke-run', 0)", NULL};
    int status = 0;
    assert_true(g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                             NULL, &status, NULL));
    assert_int_equal(status, 0);
    g_auto(Result) next = mini_run(mini, NULL, "statpakke-run", option, NULL);
    assert_int_equal(next.status, 0);
    assert_string_equal(next.err,
                        "statpakke-run: warning: statpakke-run, begun 1970-01-01T00:00:00Z, did "
                        "not finish: it was killed, or the power was cut; this run goes on from "
                        "what it had finished\n");
    assert_int_equal(n_lines(mini), 2);
    assert_starts(mini, 0, "failure", 70);
    assert_starts(mini, 1, "recovery", 0);
    g_auto(Result) after = mini_run(mini, NULL, "statpakke-run", option, NULL);
    assert_string_equal(after.err, "");
    assert_int_equal(n_lines(mini), 2);
}

static void a_command_that_fails_is_a_warning_and_tried_again(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *option = noting(mini);
    g_auto(Result) run = mini_run(mini, NULL, "statpakke-run", BREAKS_PROJECT,
                                  "--notify-cmd=echo no route >&2; exit 3", NULL);
    assert_int_equal(run.status, 78);
    assert_non_null(strstr(run.err, "warning: run.notify_cmd did not tell of the failure: /bin/sh "
                                    "ended with status 3: no route; the next run tries again\n"));
    g_auto(Result) again = mini_run(mini, NULL, "statpakke-run", option, BREAKS_PROJECT, NULL);
    assert_int_equal(again.status, 78);
    assert_int_equal(n_lines(mini), 1);
}

static void a_command_that_hangs_is_ended(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_auto(Result) run = mini_run(mini, NULL, "statpakke-run", BREAKS_PROJECT,
                                  "--set=run.notify_timeout_s=1", "--notify-cmd=sleep 600", NULL);
    assert_int_equal(run.status, 78);
    assert_non_null(strstr(run.err, "/bin/sh was not done after 1 s and was killed"));
}

static void a_command_that_reads_nothing_is_well(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_auto(Result) run = mini_run(mini, NULL, "statpakke-run", BREAKS_PROJECT,
                                  "--notify-cmd=exec <&-; echo heard", NULL);
    assert_int_equal(run.status, 78);
    assert_null(strstr(run.err, "notify_cmd"));
    assert_string_equal(run.out, "");
}

static void a_command_inherits_no_lock_and_no_secret(void **state)
{
    (void)state;
    static const char *const secrets[] = {"PGPASSWORD=hunter2", "CREDENTIALS_DIRECTORY=/run/x",
                                          "STATPAKKE_SET=run.stage_timeout_s=77", NULL};
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *option =
        g_strdup_printf("--notify-cmd=env >%s/environment; readlink /proc/self/fd/* /proc/$$/fd/* "
                        ">%s/files; true",
                        mini->folder, mini->folder);
    g_auto(Result) run = mini_run(mini, secrets, "statpakke-run", BREAKS_PROJECT, option, NULL);
    assert_int_equal(run.status, 78);
    g_autofree char *environment = left(mini, "environment");
    g_autofree char *files = left(mini, "files");
    assert_non_null(strstr(environment, "STATPAKKE_EVENT=failure\n"));
    assert_null(strstr(environment, "hunter2"));
    assert_null(strstr(environment, "CREDENTIALS_DIRECTORY"));
    assert_null(strstr(environment, "STATPAKKE_SET"));
    assert_null(strstr(environment, "STATPAKKE_LOCK"));
    assert_string_not_equal(files, "");
    assert_null(strstr(files, mini->workspace));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_failure_and_the_recovery_are_told_once_each),
        cmocka_unit_test(another_failure_is_news),
        cmocka_unit_test(a_run_of_other_stages_is_no_recovery),
        cmocka_unit_test(the_setting_does_as_well_as_the_option),
        cmocka_unit_test(settings_that_cannot_be_read_are_told),
        cmocka_unit_test(a_workspace_that_is_held_is_no_failure),
        cmocka_unit_test(a_trial_and_a_dry_run_tell_nobody),
        cmocka_unit_test(a_working_process_that_is_killed_is_told),
        cmocka_unit_test(a_signal_is_handed_on),
        cmocka_unit_test(nobody_works_on_unwatched),
        cmocka_unit_test(a_run_that_was_cut_off_is_told_by_the_next),
        cmocka_unit_test(a_command_that_fails_is_a_warning_and_tried_again),
        cmocka_unit_test(a_command_that_hangs_is_ended),
        cmocka_unit_test(a_command_that_reads_nothing_is_well),
        cmocka_unit_test(a_command_inherits_no_lock_and_no_secret),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
