/* What a night may not do: hang, take all memory, hold up those who only look, believe a clock. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/error.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

/* A server that takes a call and says nothing. */
static int silent_server(guint *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    const int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(server >= 0);
    assert_int_equal(bind(server, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(server, 8), 0);
    assert_int_equal(getsockname(server, (struct sockaddr *)&address, &size), 0);
    *port = ntohs(address.sin_port);
    return server;
}

static void a_stage_that_hangs_is_ended(void **state)
{
    (void)state;
    guint port = 0;
    g_autoptr(Mini) mini = mini_with_edition();
    const int server = silent_server(&port);
    g_autofree char *url =
        g_strdup_printf("--set=klass/kommuner.url=http://127.0.0.1:%u/kommuner.json", port);
    g_autofree char *before = mini_current(mini);
    g_auto(Result) ended = mini_run(mini, NULL, "statpakke-run", "--only=fetch", url,
                                    "--set=run.stage_timeout_s=1", NULL);
    g_auto(Result) next = mini_run(mini, NULL, "statpakke-run", NULL);
    g_autofree char *after = mini_current(mini);
    close(server);
    assert_int_equal(ended.status, SP_ERROR_TRY_LATER);
    assert_has(ended.err, "fetch was ended: it had not in run.stage_timeout_s = 1 seconds");
    assert_int_equal(next.status, 0);
    assert_string_equal(after, before);
}

static void a_stage_that_takes_too_much_memory_dies_alone(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    mini_replace(mini, "07459.json", "\"value\":[9", "\"value\":[8");
    g_autofree char *before = mini_current(mini);
    g_auto(Result) died =
        mini_run(mini, NULL, "statpakke-run", "--set=run.stage_memory_mib=4", NULL);
    g_autofree char *served = mini_current(mini);
    g_auto(Result) next = mini_run(mini, NULL, "statpakke-run", NULL);
    g_autofree char *after = mini_current(mini);
    assert_int_not_equal(died.status, 0);
    assert_has(died.err, "still served: edition ");
    assert_string_equal(served, before);
    assert_int_equal(next.status, 0);
    assert_string_not_equal(after, before);
}

static void who_only_looks_needs_no_lock_and_who_writes_is_told_who_holds_it(void **state)
{
    (void)state;
    static const char *const lookers[] = {"statpakke-status", "statpakke-plan", "statpakke-verify",
                                          "statpakke-doctor"};
    static const char *const writers[] = {"statpakke-run", "statpakke-protect", "statpakke-purge",
                                          "statpakke-rebuild"};
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *path = g_build_filename(mini->workspace, "lock", NULL);
    const int lock = open(path, O_RDWR | O_CLOEXEC);
    assert_int_equal(flock(lock, LOCK_EX | LOCK_NB), 0);
    for (gsize i = 0; i < G_N_ELEMENTS(lookers); i++) {
        g_auto(Result) looked = mini_run(mini, NULL, lookers[i], NULL);
        if (looked.status != 0) {
            fail_msg("%s: exit %d: %s", lookers[i], looked.status, looked.err);
        }
    }
    for (gsize i = 0; i < G_N_ELEMENTS(writers); i++) {
        g_auto(Result) refused = mini_run(mini, NULL, writers[i], NULL);
        assert_int_equal(refused.status, SP_ERROR_TRY_LATER);
        assert_has(refused.err, "is held by statpakke-run, process ");
        assert_has(refused.err, ", since 2025-03-01T03:00:00Z; wait for it to end");
    }
    close(lock);
}

/* The battery of the clock is empty, and the next night it is set too far. */
static void a_clock_that_jumps_changes_no_result(void **state)
{
    (void)state;
    static const char *const nows[] = {"--now=1970-01-01T00:00:00Z", "--now=2038-01-19T04:00:00Z",
                                       "--now=2025-03-02T03:00:00Z"};
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *before = mini_hash(mini, "packages");
    g_autofree char *stages = mini_hash(mini, "stages");
    for (gsize i = 0; i < G_N_ELEMENTS(nows); i++) {
        g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", nows[i], NULL);
        g_auto(Result) purge = mini_run(mini, NULL, "statpakke-purge", nows[i], NULL);
        g_auto(Result) again = mini_run(mini, NULL, "statpakke-run", nows[i], NULL);
        g_autofree char *after = mini_hash(mini, "packages");
        g_autofree char *made = mini_hash(mini, "stages");
        assert_int_equal(night.status + purge.status + again.status, 0);
        assert_string_equal(night.err, "");
        assert_string_equal(again.err, "");
        assert_string_equal(after, before);
        assert_string_equal(made, stages);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_stage_that_hangs_is_ended),
        cmocka_unit_test(a_stage_that_takes_too_much_memory_dies_alone),
        cmocka_unit_test(who_only_looks_needs_no_lock_and_who_writes_is_told_who_holds_it),
        cmocka_unit_test(a_clock_that_jumps_changes_no_result),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
