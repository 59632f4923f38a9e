/* A workspace that two users of a group work in, one after the other, as they do: what each makes
 * the other can use and renew, others see packages alone, and keys and persons stay the owner's.
 * Users are numbers that the machine need not know; to become one, the test runs as root. */
#include "tests/check.h"
#include "tests/pipeline/people.h"

#include "core/io/files.h"

#include <fcntl.h>
#include <ftw.h>
#include <grp.h>
#include <seccomp.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define GROUP "users" /* in every Debian */

enum { ANNA = 64101, BJARNE = 64102, STRANGER = 64103, OF_GROUP = 100, OF_NONE = 64100 };

static void become(uid_t user, gid_t extra)
{
    if (setgroups(1, &extra) != 0 || setgid(OF_NONE) != 0 || setuid(user) != 0) {
        _exit(97);
    }
}

/* Whether others may start what was built here. */
static gboolean can_be_started(void)
{
    const pid_t child = fork();
    int status = -1;
    if (child == 0) {
        g_autofree char *program = g_build_filename(g_getenv("SP_BIN"), "statpakke-run", NULL);
        become(BJARNE, OF_NONE);
        _exit(access(program, X_OK) == 0 ? 0 : 1);
    }
    return waitpid(child, &status, 0) == child && status == 0;
}

static gboolean skips_without_root(const char *test)
{
    const struct group *group = getgrnam(GROUP);
    const gboolean can =
        geteuid() == 0 && group != NULL && group->gr_gid == OF_GROUP && can_be_started();
    if (!can) {
        fprintf(stderr, "SKIPPED %s: only root can become two users, sharing NOT checked\n", test);
    }
    return !can;
}

/* As RestrictSUIDSGID= of the service: nothing sets a bit by which a file hands its group on. */
static gboolean forbid_setting_bits(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    const gboolean is_loaded =
        filter != NULL &&
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(chmod), 1,
                         SCMP_A1(SCMP_CMP_MASKED_EQ, S_ISGID, S_ISGID)) == 0 &&
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(fchmodat), 1,
                         SCMP_A2(SCMP_CMP_MASKED_EQ, S_ISGID, S_ISGID)) == 0 &&
        seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(fchmod), 1,
                         SCMP_A1(SCMP_CMP_MASKED_EQ, S_ISGID, S_ISGID)) == 0 &&
        seccomp_load(filter) == 0;
    seccomp_release(filter);
    return is_loaded;
}

/* Exit status of a program that a user runs; of a member of the group or not. Its words lie in
 * "said". */
static int run_as(const Mini *mini, uid_t user, const char *program, const char *option,
                  const char *more)
{
    g_autofree char *said = g_build_filename(mini->folder, "said", NULL);
    (void)unlink(said);
    const pid_t child = fork();
    int status = -1;
    assert_true(child >= 0);
    if (child == 0) {
        const int fd = open(said, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        become(user, user == STRANGER ? OF_NONE : OF_GROUP);
        if (user == ANNA && strcmp(program, "statpakke-init") != 0 && !forbid_setting_bits()) {
            _exit(96);
        }
        g_auto(Result) result = mini_run(mini, NULL, program, option, more, NULL);
        g_autofree char *text = g_strconcat(result.out, result.err, NULL);
        const gssize n = write(fd, text, strlen(text));
        _exit(n < 0 ? 98 : result.status);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void assert_runs(const Mini *mini, uid_t user, const char *program, const char *option,
                        const char *more)
{
    const int status = run_as(mini, user, program, option, more);
    g_autofree char *said = g_build_filename(mini->folder, "said", NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(said, &text, NULL, NULL));
    if (status != 0) {
        fail_msg("%s of user %u: exit %d: %s", program, (guint)user, status, text);
    }
}

/* The made-up country with a workspace that Anna has made for her group. */
static Mini *shared_country(Mini *mini)
{
    const char *own = "chown -R 64101:64100 \"$0\" && chmod -R go+rX \"$0\" && chmod 600 "
                      "\"$0\"/*.key; rm -r \"$0/workspace\" && chmod 755 \"$0\" && rm -f "
                      "\"$0\"/workspace.key";
    const char *arguments[] = {"sh", "-c", own, mini->folder, NULL};
    int status = 0;
    assert_true(g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                             NULL, &status, NULL));
    assert_int_equal(status, 0);
    g_autofree char *config = g_strconcat("--config=", mini->conf, NULL);
    assert_runs(mini, ANNA, "statpakke-init", config, "--set=workspace.group=" GROUP);
    return mini;
}

/* ---- what modes there are */

static guint n_looked_at;
static uid_t looks;
static const char *root;

static gboolean is_own(const char *path)
{
    return g_str_has_suffix(path, ".spenc") || g_str_has_suffix(path, "/access.log");
}

static int look_at(const char *path, const struct stat *is, int kind, struct FTW *at)
{
    const guint mode = (guint)is->st_mode & 07777;
    const char *inside = path + strlen(root);
    (void)at;
    n_looked_at++;
    if (kind == FTW_SL || *inside == '\0') {
        return 0;
    }
    if (g_str_has_prefix(inside, "/packages/")) {
        const guint served = kind == FTW_D ? 0755 : 0644;
        const gboolean is_schemas = g_str_has_suffix(path, "/schemas");
        return mode == served || (is_schemas && mode == 02775)
                   ? 0
                   : fprintf(stderr, "%s has mode %04o\n", path, mode);
    }
    const guint others = mode & 07;
    const gboolean is_packages = strcmp(inside, "/packages") == 0;
    const gboolean is_inner = strstr(inside, "/package/") != NULL;
    const gboolean is_well = is_own(path)    ? mode == 0600
                             : kind != FTW_D ? (mode & 0660) == 0660 || is_inner
                                             : (mode & 02770) == 02770;
    return is_well && (others == 0 || is_packages || is_inner) && is->st_gid == OF_GROUP
               ? 0
               : fprintf(stderr, "%s has mode %04o and group %u\n", path, mode, (guint)is->st_gid);
}

static void check_modes(const Mini *mini)
{
    struct stat is;
    root = mini->workspace;
    n_looked_at = 0;
    assert_int_equal(stat(root, &is), 0);
    assert_int_equal(is.st_mode & 07777, 02771);
    assert_int_equal(is.st_gid, OF_GROUP);
    assert_int_equal(nftw(root, look_at, 32, FTW_PHYS), 0);
    assert_true(n_looked_at > 100);
}

/* ---- what somebody else sees */

/* Root finds what there is and becomes another to try it. */
static int stranger_look(const char *path, const struct stat *is, int kind, struct FTW *at)
{
    if (seteuid(looks) != 0) {
        return 2;
    }
    const int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    const gboolean can = fd >= 0;
    if (can) {
        close(fd);
    }
    if (seteuid(0) != 0) {
        return 2;
    }
    (void)is;
    (void)at;
    const char *inside = path + strlen(root);
    const gboolean is_public = g_str_has_prefix(inside, "/packages");
    return kind == FTW_SL || can == is_public ? 0
                                              : fprintf(stderr, "%s: read %d\n", path, (int)can);
}

static void check_stranger(const Mini *mini)
{
    const pid_t child = fork();
    int status = -1;
    assert_true(child >= 0);
    if (child == 0) {
        const gid_t none = OF_NONE;
        looks = STRANGER;
        root = mini->workspace;
        if (setgroups(1, &none) != 0 || setegid(OF_NONE) != 0) {
            _exit(97);
        }
        _exit(nftw(root, stranger_look, 32, FTW_PHYS) == 0 ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void two_users_of_a_group_take_turns(void **state)
{
    (void)state;
    if (skips_without_root(__func__)) {
        skip();
    }
    g_autoptr(Mini) mini = shared_country(mini_new());
    assert_runs(mini, ANNA, "statpakke-run", NULL, NULL);
    check_modes(mini);
    check_stranger(mini);
    assert_runs(mini, BJARNE, "statpakke-vary", "--force", NULL);
    assert_runs(mini, BJARNE, "statpakke-project", "--set=project.horizon=2029", NULL);
    check_modes(mini);
    assert_runs(mini, ANNA, "statpakke-run", NULL, NULL);
    assert_runs(mini, BJARNE, "statpakke-run", "--set=project.horizon=2030", "--until=protect");
    check_modes(mini);
    assert_runs(mini, ANNA, "statpakke-run", NULL, NULL);
    assert_runs(mini, ANNA, "statpakke-doctor", "--offline", NULL);
    check_modes(mini);
    check_stranger(mini);
    assert_int_not_equal(run_as(mini, STRANGER, "statpakke-status", NULL, NULL), 0);
}

/* The key that signs is one user's, so that who puts editions together in turns signs none. */
static void append_unsigned(const Mini *mini)
{
    g_autofree char *old = NULL;
    assert_true(g_file_get_contents(mini->conf, &old, NULL, NULL));
    g_autofree char *new = g_strconcat(old, "\n[signature]\nkey_file = none\n", NULL);
    assert_true(g_file_set_contents(mini->conf, new, -1, NULL));
}

/* The edition is put together from what another has made, which the kernel may not let us link. */
static void an_edition_is_made_of_what_another_has_made(void **state)
{
    (void)state;
    if (skips_without_root(__func__)) {
        skip();
    }
    g_autoptr(Mini) mini = mini_new();
    append_unsigned(mini);
    (void)shared_country(mini);
    assert_runs(mini, ANNA, "statpakke-run", NULL, NULL);
    g_autofree char *edition = mini_current(mini);
    g_autofree char *path = g_build_filename(mini->workspace, edition, NULL);
    g_autofree char *before = mini_hash(mini, edition);
    assert_true(sp_folder_remove(path, NULL));
    assert_runs(mini, BJARNE, "statpakke-package", NULL, NULL);
    g_autofree char *after = mini_hash(mini, edition);
    assert_string_equal(after, before);
    check_modes(mini);
    assert_runs(mini, ANNA, "statpakke-run", NULL, NULL);
}

static void what_is_about_persons_stays_whose_it_is(void **state)
{
    (void)state;
    if (skips_without_root(__func__)) {
        skip();
    }
    g_autoptr(Mini) mini = shared_country(people_country(""));
    g_autofree People *people = people_new();
    g_autofree char *file = people_file(people);
    people_deliver(mini, DELIVERY, file);
    g_autofree char *delivered = g_build_filename(mini->workspace, INBOX, DELIVERY, NULL);
    g_autofree char *folder = g_path_get_dirname(delivered);
    assert_int_equal(chown(delivered, BJARNE, OF_GROUP), 0);
    assert_int_equal(chmod(delivered, 0640), 0);
    assert_int_equal(chown(folder, BJARNE, OF_GROUP) + chmod(folder, 02770), 0);
    assert_runs(mini, ANNA, "statpakke-run", NULL, NULL);
    check_modes(mini);
    check_stranger(mini);
    assert_int_equal(
        run_as(mini, BJARNE, "statpakke-normalise", "--unit=pai/stillinger", "--force"),
        SP_ERROR_PERMISSION);
    assert_runs(mini, BJARNE, "statpakke-vary", "--force", NULL);
}

static void a_group_that_is_none_is_refused_and_a_changed_folder_told(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_autofree char *other = g_build_filename(mini->folder, "annet", NULL);
    g_autofree char *place = g_strconcat("--workspace=", other, NULL);
    g_auto(Result) none = mini_run(mini, NULL, "statpakke-init", place, "--config", mini->conf,
                                   "--set=workspace.group=ingen-slik", NULL);
    assert_int_equal(none.status, SP_ERROR_CONFIG);
    assert_has(none.err, "no such group");
    g_auto(Result) told =
        mini_run(mini, NULL, "statpakke-doctor", "--offline", "--set=workspace.group=" GROUP, NULL);
    assert_int_equal(told.status, SP_ERROR_CONFIG);
    assert_has(told.out, "is not the group's");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_users_of_a_group_take_turns),
        cmocka_unit_test(an_edition_is_made_of_what_another_has_made),
        cmocka_unit_test(what_is_about_persons_stays_whose_it_is),
        cmocka_unit_test(a_group_that_is_none_is_refused_and_a_changed_folder_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
