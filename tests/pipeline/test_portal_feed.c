/* A portal's database beside a workspace: what publish and withdraw do to it, and what they do when
 * it is away or somebody is killed. */
#include "tests/check.h"
#include "tests/outputs/postgres/server.h"
#include "tests/pipeline/mini.h"

#include "core/error.h"
#include "core/number.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <sys/wait.h>

#define CURRENT "SELECT utgave FROM statpakke.current"
#define SERVED "SELECT DISTINCT utgave FROM statpakke.current_befolkning"

enum { N_TRIES = 600, PAUSE_US = 50000 };

static Server *server;

static int start(void **state)
{
    (void)state;
    server = server_new("test_pipeline_portal_feed");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    g_clear_pointer(&server, server_free);
    return 0;
}

/* The mini country with an edition that is served, in the formats that a portal needs, and a portal
 * that has nothing yet. */
static Mini *mini_with_portal(void)
{
    Mini *mini = mini_with_edition();
    g_autofree char *path = g_build_filename(mini->workspace, "statpakke.conf", NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_autofree char *more =
        g_strdup_printf("%s\n[package]\nformats = sqlite\n[portal]\nservice = eier\nservice_file = "
                        "%s\npass_file = %s\nreader_role = leser\n",
                        text, server->service_file, server->pass_file);
    assert_true(g_file_set_contents(path, more, -1, NULL));
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", "--set=portal.service=", NULL);
    assert_string_equal(night.err, "");
    server_run(server, "DROP SCHEMA IF EXISTS statpakke CASCADE");
    return mini;
}

#define PORTAL                                                                                     \
    if (server == NULL) {                                                                          \
        skip();                                                                                    \
    }                                                                                              \
    g_autoptr(Mini) mini = mini_with_portal()

static void assert_runs(const Mini *mini, const char *program)
{
    g_auto(Result) result = mini_run(mini, NULL, program, NULL);
    assert_string_equal(result.err, "");
    assert_int_equal(result.status, 0);
}

/* The edition that is served: its name as a row of an answer. g_free. */
static char *served(const Mini *mini)
{
    g_autofree char *current = mini_current(mini);
    assert_non_null(current);
    g_autofree char *name = g_path_get_basename(current);
    return g_strconcat(name, "\n", NULL);
}

static void assert_answer(const char *question, const char *want)
{
    g_autofree char *answer = server_ask(server, question);
    assert_string_equal(answer, want);
}

/* A second edition that has passed its audit and is not published yet. */
static void make_second(const Mini *mini)
{
    mini_replace(mini, "omsorg.csv", "0301,2023,1600,", "0301,2023,1601,");
    g_auto(Result) result = mini_run(mini, NULL, "statpakke-run", "--until=audit", NULL);
    assert_int_equal(result.status, 0);
}

static void what_is_published_is_imported_and_the_next_night_does_nothing(void **state)
{
    (void)state;
    PORTAL;
    g_autofree char *name = served(mini);
    assert_runs(mini, "statpakke-publish");
    assert_answer(CURRENT, name);
    assert_answer(SERVED, name);
    g_autofree char *before = server_ask(server, "SELECT xmin, * FROM statpakke.utgave");
    const gint64 began = g_get_monotonic_time();
    assert_runs(mini, "statpakke-publish");
    assert_true(g_get_monotonic_time() - began < G_USEC_PER_SEC);
    assert_answer("SELECT xmin, * FROM statpakke.utgave", before);
    g_auto(Result) status = mini_run(mini, NULL, "statpakke-status", NULL);
    g_strchomp(name);
    g_autofree char *told = g_strdup_printf(
        "portal: service eier, schema statpakke: %s since 2025-03-01T03:00:00Z\n", name);
    assert_has(status.out, told);
    assert_null(strstr(status.out, "not imported since"));
}

static void a_dry_run_tells_what_would_be_imported(void **state)
{
    (void)state;
    PORTAL;
    g_autofree char *first = served(mini);
    assert_runs(mini, "statpakke-publish");
    make_second(mini);
    g_auto(Result) dry = mini_run(mini, NULL, "statpakke-publish", "--dry-run", "--log=json", NULL);
    assert_int_equal(dry.status, 0);
    assert_has(dry.err, "would be imported into schema statpakke");
    assert_answer(CURRENT, first);
}

static void a_withdrawn_edition_gives_way_in_the_database_too(void **state)
{
    (void)state;
    PORTAL;
    g_autofree char *first = served(mini);
    assert_runs(mini, "statpakke-publish");
    make_second(mini);
    assert_runs(mini, "statpakke-publish");
    g_autofree char *second = served(mini);
    assert_answer(SERVED, second);
    assert_string_not_equal(first, second);
    g_strchomp(second);
    g_auto(Result) dry = mini_run(mini, NULL, "statpakke-withdraw", second, "--reason=Feil i Oslo",
                                  "--dry-run", "--log=json", NULL);
    assert_has(dry.err, "2 editions of the portal's database would change");
    g_auto(Result) told =
        mini_run(mini, NULL, "statpakke-withdraw", second, "--reason=Feil i Oslo", NULL);
    assert_string_equal(told.err, "");
    assert_answer(SERVED, first);
    assert_answer("SELECT grunn, tall FROM statpakke.utgave WHERE tilstand = 'trukket'",
                  "Feil i Oslo|nei\n");
}

/* ---- away ---- */

static void a_database_that_is_away_stops_nothing_and_gets_it_later(void **state)
{
    (void)state;
    PORTAL;
    server_stop(server);
    g_auto(Result) result = mini_run(mini, NULL, "statpakke-publish", NULL);
    assert_int_equal(result.status, SP_ERROR_UNAVAILABLE);
    assert_has(result.err, "the next publish tries again");
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(night.status, 0);
    assert_has(night.err, "published, but not delivered to the portal's schema statpakke (");
    assert_null(strstr(result.err, SERVER_PASSWORD));
    g_auto(Result) status = mini_run(mini, NULL, "statpakke-status", NULL);
    assert_has(status.out, "nothing imported yet");
    assert_has(status.out, "  not imported since 2025-03-01T03:00:00Z");
    server_start(server);
    g_autofree char *name = served(mini);
    assert_runs(mini, "statpakke-run");
    assert_answer(SERVED, name);
}

static void a_withdrawal_the_database_missed_is_told_by_the_next_publish(void **state)
{
    (void)state;
    PORTAL;
    g_autofree char *first = served(mini);
    assert_runs(mini, "statpakke-publish");
    make_second(mini);
    assert_runs(mini, "statpakke-publish");
    g_autofree char *second = served(mini);
    g_strchomp(second);
    server_stop(server);
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-withdraw", second, "--reason=feil", NULL);
    assert_int_equal(told.status, SP_ERROR_UNAVAILABLE);
    g_autofree char *now = served(mini);
    assert_string_equal(now, first);
    server_start(server);
    g_autofree char *missed = g_strconcat(second, "\n", NULL);
    assert_answer(CURRENT, missed);
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-publish", NULL);
    assert_int_equal(night.status, SP_ERROR_DATA);
    assert_answer(CURRENT, first);
}

/* The edition before is whole when the other is withdrawn, and damaged when it should be loaded. */
static void a_damaged_edition_does_not_keep_a_withdrawn_one_current(void **state)
{
    (void)state;
    PORTAL;
    g_autofree char *first = served(mini);
    assert_runs(mini, "statpakke-publish");
    make_second(mini);
    g_auto(Result) alone =
        mini_run(mini, NULL, "statpakke-publish", "--set=portal.keep_editions=0", NULL);
    assert_int_equal(alone.status, 0);
    g_autofree char *second = served(mini);
    g_strchomp(second);
    server_stop(server);
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-withdraw", second, "--reason=feil", NULL);
    assert_int_equal(told.status, SP_ERROR_UNAVAILABLE);
    server_start(server);
    g_strchomp(first);
    g_autofree char *sums =
        g_build_filename(mini->workspace, "packages", first, "SHA256SUMS", NULL);
    assert_true(g_file_set_contents(sums, "", -1, NULL));
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-publish", NULL);
    assert_int_equal(night.status, SP_ERROR_DATA);
    assert_answer("SELECT count(*) FROM statpakke.current", "0\n");
    assert_answer("SELECT count(*) FROM statpakke.utgave WHERE tilstand = 'trukket'", "1\n");
}

/* ---- killed ---- */

/* Publishes beside us. */
static GPid publish_beside(const Mini *mini)
{
    g_autofree char *program = g_build_filename(g_getenv("SP_BIN"), "statpakke-publish", NULL);
    g_autofree char *workspace = g_strconcat("--workspace=", mini->workspace, NULL);
    const char *arguments[] = {program, workspace, "--now=2025-03-01T03:00:00Z", NULL};
    g_auto(GStrv) environment = g_get_environ();
    g_autoptr(GError) error = NULL;
    GPid pid = 0;
    environment = g_environ_setenv(environment, "STATPAKKE_DATA", mini->data, TRUE);
    (void)g_spawn_async(NULL, (char **)arguments, environment,
                        G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &pid,
                        &error);
    assert_no_error(error);
    return pid;
}

static int wait_for(GPid pid)
{
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* The process of the server that works for an import once it waits for a lock. */
static pid_t wait_for_waiting(void)
{
    for (int i = 0; i < N_TRIES; i++) {
        g_autofree char *waiting =
            server_ask(server, "SELECT pid FROM pg_stat_activity WHERE application_name = "
                               "'statpakke' AND wait_event_type = 'Lock'");
        gint64 pid = 0;
        if (sp_number_parse_int(waiting, strcspn(waiting, "\n"), &pid)) {
            return (pid_t)pid;
        }
        g_usleep(PAUSE_US);
    }
    fail_msg("nobody imports");
    return 0;
}

/* Stops an import in its middle: all rows are loaded, and befolkning cannot be attached while
 * somebody else holds it. Who reads does not wait. */
static SpPostgres *hold_befolkning(void)
{
    SpPostgres *session = server_open(server, "eier");
    assert_true(sp_postgres_run(session,
                                "BEGIN; LOCK TABLE statpakke.befolkning IN SHARE UPDATE EXCLUSIVE "
                                "MODE",
                                NULL));
    return session;
}

static void a_killed_program_leaves_the_old_edition_to_its_readers(void **state)
{
    (void)state;
    PORTAL;
    g_autofree char *first = served(mini);
    assert_runs(mini, "statpakke-publish");
    make_second(mini);
    g_autoptr(SpPostgres) holder = hold_befolkning();
    const GPid pid = publish_beside(mini);
    (void)wait_for_waiting();
    assert_answer(SERVED, first);
    assert_answer("SELECT count(*) FROM statpakke.utgave", "1\n");
    (void)kill(pid, SIGKILL);
    assert_int_equal(wait_for(pid), 128 + SIGKILL);
    assert_true(sp_postgres_run(holder, "COMMIT", NULL));
    assert_answer(SERVED, first);
    assert_runs(mini, "statpakke-publish");
    g_autofree char *second = served(mini);
    assert_answer(SERVED, second);
    assert_answer("SELECT count(*) FROM statpakke.utgave", "2\n");
}

static void a_killed_server_leaves_the_old_edition_and_the_new_one_is_served(void **state)
{
    (void)state;
    PORTAL;
    g_autofree char *first = served(mini);
    assert_runs(mini, "statpakke-publish");
    make_second(mini);
    g_autoptr(SpPostgres) holder = hold_befolkning();
    const GPid pid = publish_beside(mini);
    (void)kill(wait_for_waiting(), SIGKILL);
    assert_int_equal(wait_for(pid), SP_ERROR_UNAVAILABLE);
    sp_postgres_close(g_steal_pointer(&holder)); /* the server has ended it too */
    for (int i = 0; i < N_TRIES; i++) {
        const SpPostgresPlace place = {"eier", server->service_file, server->pass_file};
        g_autoptr(SpPostgres) session = sp_postgres_open(&place, NULL);
        if (session != NULL) {
            break;
        }
        g_usleep(PAUSE_US);
    }
    assert_answer(SERVED, first);
    g_autofree char *second = served(mini);
    assert_string_not_equal(second, first);
    assert_runs(mini, "statpakke-publish");
    assert_answer(SERVED, second);
}

/* ---- docs/portal.md ---- */

/* Every example of the page is asked as the role that may only read. */
static void the_questions_of_the_page_are_answered(void **state)
{
    (void)state;
    PORTAL;
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, "docs", "portal.md", NULL);
    g_autofree char *page = NULL;
    assert_runs(mini, "statpakke-publish");
    assert_true(g_file_get_contents(path, &page, NULL, NULL));
    g_autoptr(SpPostgres) reader = server_open(server, "leser");
    g_auto(GStrv) parts = g_strsplit(page, "```sql\n", -1);
    assert_true(g_strv_length(parts) > 5);
    for (char **part = parts + 1; *part != NULL; part++) {
        g_auto(GStrv) halves = g_strsplit(*part, "```", 2);
        g_autofree char *answer = session_ask(reader, halves[0]);
        if (answer[0] == '\0') {
            fail_msg("no answer to:\n%s", halves[0]);
        }
    }
}

/* ---- secrets and settings ---- */

static void nothing_of_the_workspace_has_the_password(void **state)
{
    (void)state;
    PORTAL;
    static const char *const names[] = {"ledger.db", "statpakke.conf", "run.json"};
    assert_runs(mini, "statpakke-run");
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = g_build_filename(mini->workspace, names[i], NULL);
        g_autofree char *bytes = NULL;
        gsize size = 0;
        if (g_file_get_contents(path, &bytes, &size, NULL)) {
            assert_null(g_strstr_len(bytes, (gssize)size, SERVER_PASSWORD));
        }
    }
}

static void a_file_of_passwords_inside_the_workspace_is_refused(void **state)
{
    (void)state;
    PORTAL;
    g_autofree char *set = g_strdup_printf("--set=portal.pass_file=%s/passord", mini->workspace);
    g_auto(Result) result = mini_run(mini, NULL, "statpakke-publish", set, NULL);
    assert_int_equal(result.status, SP_ERROR_CONFIG);
    assert_has(result.err, "portal.pass_file");
}

static void a_file_of_passwords_that_others_may_use_is_refused(void **state)
{
    (void)state;
    PORTAL;
    assert_int_equal(g_chmod(server->pass_file, 0640), 0);
    g_auto(Result) result = mini_run(mini, NULL, "statpakke-publish", NULL);
    assert_int_equal(g_chmod(server->pass_file, 0600), 0);
    assert_int_equal(result.status, SP_ERROR_CONFIG);
    assert_has(result.err, "portal.pass_file");
    assert_has(result.err, "0600");
}

/* Its mode says that the group may read it, where a list of who may gives it to us alone. */
static void the_passwords_may_be_a_credential_of_systemd(void **state)
{
    (void)state;
    PORTAL;
    static const char set[] = "--set=portal.pass_file=systemd:passwords";
    g_autofree char *folder = g_strconcat("CREDENTIALS_DIRECTORY=", server->folder, NULL);
    const char *const environment[] = {folder, NULL};
    g_autofree char *name = served(mini);
    g_auto(Result) none = mini_run(mini, NULL, "statpakke-publish", set, NULL);
    assert_int_equal(none.status, SP_ERROR_CONFIG);
    assert_has(none.err, "no such credential");
    g_auto(Result) status = mini_run(mini, NULL, "statpakke-status", set, NULL);
    assert_int_equal(status.status, 0);
    assert_has(status.out, "  not imported since");
    assert_int_equal(g_chmod(server->pass_file, 0440), 0);
    g_auto(Result) result = mini_run(mini, environment, "statpakke-publish", set, NULL);
    assert_int_equal(g_chmod(server->pass_file, 0600), 0);
    assert_string_equal(result.err, "");
    assert_answer(SERVED, name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_published_is_imported_and_the_next_night_does_nothing),
        cmocka_unit_test(a_dry_run_tells_what_would_be_imported),
        cmocka_unit_test(a_withdrawn_edition_gives_way_in_the_database_too),
        cmocka_unit_test(a_database_that_is_away_stops_nothing_and_gets_it_later),
        cmocka_unit_test(a_withdrawal_the_database_missed_is_told_by_the_next_publish),
        cmocka_unit_test(a_damaged_edition_does_not_keep_a_withdrawn_one_current),
        cmocka_unit_test(a_killed_program_leaves_the_old_edition_to_its_readers),
        cmocka_unit_test(a_killed_server_leaves_the_old_edition_and_the_new_one_is_served),
        cmocka_unit_test(the_questions_of_the_page_are_answered),
        cmocka_unit_test(nothing_of_the_workspace_has_the_password),
        cmocka_unit_test(a_file_of_passwords_inside_the_workspace_is_refused),
        cmocka_unit_test(a_file_of_passwords_that_others_may_use_is_refused),
        cmocka_unit_test(the_passwords_may_be_a_credential_of_systemd),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
