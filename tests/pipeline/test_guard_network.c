/* Programs that are cut off from the network: the wall itself, what stands behind it in a whole
 * night, and what is said where the kernel builds none. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"
#include "tests/upstream/fake.h"

#include "core/io/files.h"
#include "pipeline/guard/network.h"

#include <errno.h>
#include <pthread.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOTE "not cut off from it here"

/* What the kernel answers to the wish for a socket: 0 or errno. */
static int socket_answer(int family)
{
    const int fd = socket(family, SOCK_RAW, 0);
    const int errnum = fd < 0 ? errno : 0;
    if (fd >= 0) {
        close(fd);
    }
    return errnum;
}

/* TRUE if `act` is, in a process of its own that has closed its network. */
static gboolean holds_when_closed(gboolean (*act)(void))
{
    const pid_t child = fork();
    int status = -1;
    assert_true(child >= 0);
    if (child == 0) {
        char *why = NULL;
        _exit(sp_network_close(&why) ? !act() : 2);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_not_equal(WEXITSTATUS(status), 2);
    return WEXITSTATUS(status) == 0;
}

static gboolean no_network_family_opens(void)
{
    static const int families[] = {AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_VSOCK, AF_ALG};
    gboolean is_closed = TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(families); i++) {
        is_closed = is_closed && socket_answer(families[i]) == EPERM;
    }
    return is_closed && syscall(SYS_io_uring_setup, 1, NULL) < 0 && errno == EPERM;
}

static gboolean sockets_of_the_machine_open(void)
{
    int pair[2];
    const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    return fd >= 0 && socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0;
}

static gboolean nothing_started_gains_rights(void)
{
    return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1;
}

static gboolean a_child_is_shut_in_too(void)
{
    const pid_t child = fork();
    int status = -1;
    if (child == 0) {
        _exit(no_network_family_opens() ? 0 : 1);
    }
    return waitpid(child, &status, 0) == child && status == 0;
}

static void a_closed_process_reaches_this_machine_alone(void **state)
{
    (void)state;
    assert_true(holds_when_closed(no_network_family_opens));
    assert_true(holds_when_closed(sockets_of_the_machine_open));
    assert_true(holds_when_closed(nothing_started_gains_rights));
    assert_true(holds_when_closed(a_child_is_shut_in_too));
}

typedef struct {
    pthread_barrier_t begun, closed;
    int answer;
} Other;

static void *ask_when_closed(void *data)
{
    Other *other = data;
    pthread_barrier_wait(&other->begun);
    pthread_barrier_wait(&other->closed);
    other->answer = socket_answer(AF_INET);
    return NULL;
}

static void a_thread_that_had_begun_is_shut_in_too(void **state)
{
    (void)state;
    const pid_t child = fork();
    int status = -1;
    assert_true(child >= 0);
    if (child == 0) {
        char *why = NULL;
        pthread_t thread;
        Other other = {.answer = 0};
        pthread_barrier_init(&other.begun, NULL, 2);
        pthread_barrier_init(&other.closed, NULL, 2);
        gboolean is_well = pthread_create(&thread, NULL, ask_when_closed, &other) == 0;
        pthread_barrier_wait(&other.begun);
        is_well = is_well && sp_network_close(&why);
        pthread_barrier_wait(&other.closed);
        pthread_join(thread, NULL);
        _exit(is_well && other.answer == EPERM ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void asking_whether_it_can_be_closed_closes_nothing(void **state)
{
    (void)state;
    g_autofree char *why = NULL;
    assert_true(sp_network_can_close(&why));
    assert_null(why);
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    close(fd);
}

/* As Chromium would be started by the stage package: this program tells what it may do there. */
static int stand_for_chromium(void)
{
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    fprintf(stderr, "socket: %s\n", fd < 0 ? g_strerror(errno) : "open");
    return 9;
}

static void what_a_stage_starts_has_no_network(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *browser = g_strconcat("--set=package.chromium=", self, NULL);
    g_auto(Result) alone =
        mini_run(mini, NULL, "statpakke-package", "--set=package.pdf=yes", browser, NULL);
    assert_int_equal(alone.status, SP_ERROR_CONFIG);
    assert_has(alone.err, "status 9: socket: Operation not permitted");
    g_auto(Result) night =
        mini_run(mini, NULL, "statpakke-run", "--set=package.pdf=yes", browser, NULL);
    assert_has(night.err, "status 9: socket: Operation not permitted");
}

static void fetch_still_reaches_its_source(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_autoptr(GError) error = NULL;
    FakeUpstream *fake = fake_upstream_start(&error);
    assert_no_error(error);
    g_autofree char *host =
        g_strdup_printf("--set=ssb/tabell.host=%s" FAKE_SSB2, fake_upstream_url(fake));
    g_auto(Result) fetched = mini_run(
        mini, NULL, "statpakke-run", "--only=fetch", "--set=fetch.datasets=ssb/tabell",
        "--set=ssb/tabell.table=07459", "--set=ssb/tabell.layout=folkemengde", host,
        "--set=ssb/tabell.query=Region=0301 Kjonn=1,2 Alder=* ContentsCode=Personer1 Tid=2026",
        "--now=2026-03-31T12:00:00Z", NULL);
    assert_string_equal(fetched.err, "");
    assert_int_equal(fetched.status, 0);
    assert_int_equal(fake_upstream_count(fake, "/data"), 1);
    fake_upstream_stop(fake);
}

/* A kernel, or a container, that takes no filters: nobody may ask for one from here on. */
static gboolean forbid_filters(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    const gboolean is_loaded =
        filter != NULL &&
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(seccomp), 0) == 0 &&
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prctl), 1,
                         SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP)) == 0 &&
        seccomp_load(filter) == 0;
    seccomp_release(filter);
    return is_loaded;
}

/* Its result, of where filters are forbidden; what it says lies in `said`. */
static int run_unguarded(const Mini *mini, const char *program, const char *option,
                         const char *said)
{
    const pid_t child = fork();
    int status = -1;
    assert_true(child >= 0);
    if (child == 0) {
        if (!forbid_filters()) {
            _exit(99);
        }
        g_auto(Result) result = mini_run(mini, NULL, program, option, NULL);
        g_autofree char *text = g_strconcat(result.out, result.err, NULL);
        _exit(g_file_set_contents(said, text, -1, NULL) ? result.status : 98);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static guint count(const char *text, const char *part)
{
    guint n = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part)) {
        n++;
    }
    return n;
}

static void a_kernel_without_filters_is_told_of_once_and_stops_nothing(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_autofree char *said = g_build_filename(mini->folder, "said", NULL);
    g_autofree char *text = NULL;
    g_autofree char *seen = NULL;
    assert_int_equal(run_unguarded(mini, "statpakke-run", "--log=text", said), 0);
    assert_true(g_file_get_contents(said, &text, NULL, NULL));
    assert_int_equal(count(text, NOTE), 1);
    g_autofree char *log = mini_text(mini, "runs/1/log");
    assert_int_equal(count(log, NOTE), 1);
    assert_int_equal(run_unguarded(mini, "statpakke-doctor", "--offline", said), 0);
    assert_true(g_file_get_contents(said, &seen, NULL, NULL));
    assert_has(seen, "warning  network");
    g_auto(Result) well = mini_run(mini, NULL, "statpakke-doctor", "--offline", NULL);
    assert_has(well.out, "ok       network");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_closed_process_reaches_this_machine_alone),
        cmocka_unit_test(a_thread_that_had_begun_is_shut_in_too),
        cmocka_unit_test(asking_whether_it_can_be_closed_closes_nothing),
        cmocka_unit_test(what_a_stage_starts_has_no_network),
        cmocka_unit_test(fetch_still_reaches_its_source),
        cmocka_unit_test(a_kernel_without_filters_is_told_of_once_and_stops_nothing),
    };
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        return stand_for_chromium();
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
