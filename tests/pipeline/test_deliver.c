/* Editions on their way out: to a folder, by SFTP, by WebDAV; cut, refused and done again. */
#include "tests/check.h"
#include "tests/peers/peers.h"
#include "tests/pipeline/targets.h"

#include "core/io/files.h"
#include "core/io/json.h"
#include "outputs/archive/sums.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STEP_US = 5000, MAX_KILLS = 200 };

static void assert_same_text(const Mini *mini, const char *relative, const char *folder)
{
    g_autofree char *ours = mini_text(mini, relative);
    g_autofree char *name = g_path_get_basename(relative);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *theirs = NULL;
    assert_true(g_file_get_contents(path, &theirs, NULL, NULL));
    assert_string_equal(theirs, ours);
}

static void a_folder_gets_the_edition_and_the_feed_as_they_are(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *target = target_make(mini, "portal", "");
    g_auto(Result) dry = mini_run(mini, NULL, "statpakke-publish", "--dry-run", "--log=text",
                                  "--set=publish.deliver=portal", NULL);
    assert_has(dry.err, "would be delivered to portal");
    g_auto(Result) made = publish_to(mini, "portal");
    assert_int_equal(made.status, 0);
    g_autofree char *edition = edition_served(mini);
    g_autofree char *folder = g_build_filename(target, edition, NULL);
    assert_true(sp_sums_check(folder, NULL));
    assert_same_text(mini, "packages/index.json", target);
    assert_same_text(mini, "packages/index.json.minisig", target);
    assert_true(feed_check(target) > 20);
    g_autofree char *schema = g_build_filename(target, "schemas", "feed-1.schema.json", NULL);
    assert_true(g_file_test(schema, G_FILE_TEST_EXISTS));
    g_auto(Result) told =
        mini_run(mini, NULL, "statpakke-status", "--set=publish.deliver=portal", NULL);
    assert_has(told.out, "has 20");
}

static void what_is_delivered_is_not_asked_for_again(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *target = target_make(mini, "portal", "");
    g_auto(Result) made = publish_to(mini, "portal");
    assert_int_equal(made.status, 0);
    assert_true(sp_folder_remove(target, NULL)); /* who asked would see it */
    g_auto(Result) again = publish_to(mini, "portal");
    assert_int_equal(again.status, 0);
    assert_false(g_file_test(target, G_FILE_TEST_EXISTS));
}

static void a_target_of_one_fylke_has_its_package_and_a_feed_of_it(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *target = target_make(mini, "sf", "packages = 15, nasjonal\nform = zip\n");
    g_auto(Result) made = publish_to(mini, "sf");
    assert_int_equal(made.status, 0);
    assert_int_equal(feed_check(target), 2);
    g_autofree char *edition = edition_served(mini);
    g_autofree char *folder = g_build_filename(target, edition, NULL);
    g_auto(GStrv) names = sp_folder_list(folder, NULL);
    assert_int_equal(g_strv_length(names), 2);
    assert_string_equal(names[0], "fylke-15-moere-og-romsdal.zip");
    assert_string_equal(names[1], "nasjonal.zip");
    g_autofree char *archive = g_build_filename(folder, names[0], NULL);
    g_autofree char *key = g_strdup_printf("--public-key=%s.sign.key.pub", mini->workspace);
    g_auto(Result) verified = mini_run(mini, NULL, "statpakke-verify", archive, NULL);
    assert_int_equal(verified.status, 0);
}

static void set_sftp(const Mini *mini, const Peer *peer)
{
    g_autofree char *section = g_strdup_printf(
        "[delivery/portal]\nurl = %s\nkey_file = %s/key\nknown_hosts = %s/known_hosts\n", peer->url,
        peer->folder, peer->folder);
    target_set(mini, section);
}

/* What goes to a target is set to more, and it gets the rest of the edition that it has. */
static void widen(const Mini *mini, const char *root, const char *const *settings)
{
    g_autofree char *edition = edition_served(mini);
    g_autofree char *folder = g_build_filename(root, edition, NULL);
    for (; *settings != NULL; settings++) {
        const guint before = g_file_test(folder, G_FILE_TEST_EXISTS) ? feed_check(root) : 0;
        g_auto(Result) made = mini_run(mini, NULL, "statpakke-publish",
                                       "--set=publish.deliver=portal", settings[0], NULL);
        assert_string_equal(made.err, "");
        assert_int_equal(made.status, 0);
        assert_true(feed_check(root) > before);
    }
    g_auto(Result) made = publish_to(mini, "portal");
    assert_int_equal(made.status, 0);
    assert_true(sp_sums_check(folder, NULL));
    assert_same_text(mini, "packages/index.json", root);
}

static void a_target_that_is_to_have_more_gets_the_rest(void **state)
{
    (void)state;
    static const char *const packages[] = {"--set=delivery/portal.packages=15", NULL};
    static const char *const form[] = {"--set=delivery/portal.form=folder", NULL};
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *target = target_make(mini, "portal", "");
    widen(mini, target, packages);
    assert_true(sp_folder_remove(target, NULL));
    assert_int_equal(g_mkdir(target, 0755), 0);
    g_autofree char *delivered = g_build_filename(mini->workspace, "delivered", NULL);
    assert_true(sp_folder_remove(delivered, NULL));
    widen(mini, target, form);
}

static void a_target_by_sftp_that_is_to_have_more_gets_the_rest(void **state)
{
    (void)state;
    static const char *const packages[] = {"--set=delivery/portal.packages=15", NULL};
    g_autoptr(Peer) peer = peer_sftp();
    if (peer == NULL) {
        skip();
    }
    g_autoptr(Mini) mini = mini_with_edition();
    set_sftp(mini, peer);
    widen(mini, peer->root, packages);
}

/* As a place that nothing is mounted on. */
static void a_folder_that_has_nothing_any_more_is_not_filled(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *target = target_make(mini, "portal", "");
    g_auto(Result) made = publish_to(mini, "portal");
    assert_int_equal(made.status, 0);
    assert_true(sp_folder_remove(target, NULL));
    assert_int_equal(g_mkdir(target, 0755), 0);
    edition_make(mini);
    g_auto(Result) next = publish_to(mini, "portal");
    assert_int_equal(next.status, SP_ERROR_UNAVAILABLE);
    assert_has(next.err, "is it mounted?");
    g_auto(GStrv) names = sp_folder_list(target, NULL);
    assert_int_equal(g_strv_length(names), 0);
}

/* A file stands where the edition's folder should be, so that it gets no name. g_free. */
static char *block_edition(const char *root, const char *edition)
{
    char *block = g_build_filename(root, edition, NULL);
    assert_true(g_file_set_contents(block, "a file where a folder should be", -1, NULL));
    return block;
}

/* It is to have another package before it has the first. */
static void change_choice(const Mini *mini, const char *root)
{
    static const char portal[] = "--set=publish.deliver=portal";
    static const char form[] = "--set=delivery/portal.form=zip";
    g_autofree char *edition = edition_served(mini);
    g_autofree char *folder = block_edition(root, edition);
    g_auto(Result) begun = mini_run(mini, NULL, "statpakke-publish", portal, form,
                                    "--set=delivery/portal.packages=15", NULL);
    assert_int_not_equal(begun.status, 0);
    g_auto(GStrv) unfinished = sp_folder_list(root, NULL);
    assert_int_equal(g_strv_length(unfinished), 2);
    assert_true(g_str_has_suffix(unfinished[1], ".ny"));
    assert_int_equal(g_unlink(folder), 0);
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-publish", portal, form,
                                   "--set=delivery/portal.packages=nasjonal", NULL);
    assert_string_equal(made.err, "");
    assert_int_equal(made.status, 0);
    g_auto(GStrv) names = sp_folder_list(folder, NULL);
    assert_int_equal(g_strv_length(names), 1);
    assert_string_equal(names[0], "nasjonal.zip");
    assert_int_equal(feed_check(root), 1);
    g_auto(GStrv) all = sp_folder_list(root, NULL);
    assert_int_equal(g_strv_length(all), 4); /* feed, signature, schemas, the edition */
}

static void an_edition_has_nothing_that_was_begun_by_another_choice(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *target = target_make(mini, "portal", "");
    change_choice(mini, target);
}

static void an_edition_by_sftp_has_nothing_that_was_begun_by_another_choice(void **state)
{
    (void)state;
    g_autoptr(Peer) peer = peer_sftp();
    if (peer == NULL) {
        skip();
    }
    g_autoptr(Mini) mini = mini_with_edition();
    set_sftp(mini, peer);
    change_choice(mini, peer->root);
}

static void nothing_is_told_of_an_edition_that_is_not_whole(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *first = target_make(mini, "a", "");
    g_autofree char *second = target_make(mini, "b", "");
    g_autofree char *edition = edition_served(mini);
    g_autofree char *block = block_edition(first, edition);
    g_auto(Result) made = publish_to(mini, "a, b");
    assert_int_not_equal(made.status, 0);
    assert_has(made.err, "[delivery/a]");
    g_auto(GStrv) names = sp_folder_list(first, NULL);
    assert_int_equal(g_strv_length(names), 2); /* and what has no name yet, by its other name */
    assert_true(g_str_has_suffix(names[1], ".ny"));
    assert_true(feed_check(second) > 20);
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-status", "--set=publish.deliver=a", NULL);
    assert_has(told.out, "does not have 20");
    assert_has(told.out, "it fails since");
    assert_int_equal(g_unlink(block), 0);
    g_auto(Result) again = publish_to(mini, "a, b");
    assert_int_equal(again.status, 0);
    assert_true(feed_check(first) > 20);
}

static void a_server_that_does_not_answer_leaves_the_edition_published(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *target = target_make(mini, "b", "");
    target_set(mini, "[delivery/a]\nurl = http://127.0.0.1:1/ut\n");
    edition_make(mini);
    g_autofree char *before = edition_served(mini);
    g_auto(Result) made = publish_to(mini, "a, b");
    assert_int_equal(made.status, SP_ERROR_UNAVAILABLE);
    g_autofree char *now = edition_served(mini);
    assert_string_not_equal(now, before);
    assert_true(feed_check(target) > 20);
}

/* Publishes and is killed after that long. FALSE if it had ended by then. */
static gboolean publish_and_kill(const Mini *mini, int wait_us)
{
    g_autofree char *program = g_build_filename(g_getenv("SP_BIN"), "statpakke-publish", NULL);
    const char *const arguments[] = {
        program, "--workspace", mini->workspace, "--set", "publish.deliver=portal", NULL};
    g_auto(GStrv) environment =
        g_environ_setenv(g_get_environ(), "STATPAKKE_DATA", mini->data, TRUE);
    GPid pid = 0;
    int status = 0;
    assert_true(g_spawn_async(NULL, (char **)arguments, environment,
                              G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                              &pid, NULL));
    g_usleep((gulong)wait_us);
    (void)kill(pid, SIGKILL);
    (void)waitpid(pid, &status, 0);
    return WIFSIGNALED(status);
}

/* Kills publish again and again, later each time, until it has ended before: what `root` has is
 * whole or has no name, and what its feed tells of is there. */
static void kill_and_go_on(const Mini *mini, const char *root)
{
    g_autofree char *edition = edition_served(mini);
    g_autofree char *folder = g_build_filename(root, edition, NULL);
    guint n_kills = 0;
    guint n_unfinished = 0;
    int wait_us = 0;
    while (n_kills < MAX_KILLS && publish_and_kill(mini, wait_us)) {
        if (g_file_test(folder, G_FILE_TEST_EXISTS)) {
            assert_true(sp_sums_check(folder, NULL));
        } else {
            g_autoptr(json_t) feed = feed_read(root);
            assert_null(feed);
            n_unfinished++;
        }
        (void)feed_check(root);
        n_kills++;
        wait_us += STEP_US + wait_us / 8;
    }
    fprintf(stderr, "killed %u times, %u of them before the edition had its name\n", n_kills,
            n_unfinished);
    assert_true(n_unfinished > 0);
    g_auto(Result) made = publish_to(mini, "portal");
    assert_int_equal(made.status, 0);
    assert_true(sp_sums_check(folder, NULL));
    assert_true(feed_check(root) > 20);
    g_auto(GStrv) names = sp_folder_list(root, NULL);
    assert_int_equal(g_strv_length(names), 4); /* feed, signature, schemas, the edition */
}

static void who_is_killed_leaves_no_half_edition_and_goes_on(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *target = target_make(mini, "portal", "");
    kill_and_go_on(mini, target);
}

/* As a kill between the edition's name and the feed leaves it, and one before it was noted. */
static void an_edition_that_is_there_is_told_of_without_being_sent_again(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *target = target_make(mini, "portal", "");
    g_auto(Result) made = publish_to(mini, "portal");
    assert_int_equal(made.status, 0);
    g_autofree char *edition = edition_served(mini);
    g_autofree char *file = g_build_filename(target, edition, "nasjonal.zip", NULL);
    g_autofree char *feed = g_build_filename(target, "index.json", NULL);
    g_autofree char *delivered = g_build_filename(mini->workspace, "delivered", NULL);
    GStatBuf before;
    GStatBuf after;
    assert_int_equal(g_stat(file, &before), 0);
    assert_int_equal(g_unlink(feed), 0);
    assert_true(sp_folder_remove(delivered, NULL));
    g_auto(Result) again = publish_to(mini, "portal");
    assert_int_equal(again.status, 0);
    assert_true(feed_check(target) > 20);
    assert_int_equal(g_stat(file, &after), 0);
    assert_true(before.st_ino == after.st_ino);
}

static void who_is_killed_while_sending_by_sftp_goes_on(void **state)
{
    (void)state;
    g_autoptr(Peer) peer = peer_sftp();
    if (peer == NULL) {
        skip();
    }
    g_autoptr(Mini) mini = mini_with_edition();
    set_sftp(mini, peer);
    kill_and_go_on(mini, peer->root);
}

static void a_withdrawn_edition_is_told_at_its_targets(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *target = target_make(mini, "portal", "");
    mini_set(mini, "project", "");
    g_autofree char *first = edition_served(mini);
    g_auto(Result) made = publish_to(mini, "portal");
    assert_int_equal(made.status, 0);
    edition_make(mini);
    g_auto(Result) next = publish_to(mini, "portal");
    assert_int_equal(next.status, 0);
    g_autofree char *second = edition_served(mini);
    g_auto(Result) taken = mini_run(mini, NULL, "statpakke-withdraw", second, "--reason=Feil",
                                    "--set=publish.deliver=portal", NULL);
    assert_int_equal(taken.status, 0);
    assert_same_text(mini, "packages/index.json", target);
    g_autoptr(json_t) feed = feed_read(target);
    json_t *newest = json_array_get(json_object_get(feed, "editions"), 0);
    assert_string_equal(json_string_value(json_object_get(newest, "state")), "withdrawn");
    assert_true(feed_check(target) > 40);
}

/* The edition that is served again never came to the target, and cannot come now. */
static void a_withdrawal_does_not_wait_for_another_editions_files(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    mini_set(mini, "project", "");
    g_autofree char *first = edition_served(mini);
    edition_make(mini);
    g_autofree char *target = target_make(mini, "portal", "");
    g_auto(Result) made = publish_to(mini, "portal");
    assert_int_equal(made.status, 0);
    g_autofree char *second = edition_served(mini);
    g_autofree char *block = block_edition(target, first);
    g_auto(Result) taken = mini_run(mini, NULL, "statpakke-withdraw", second, "--reason=Feil",
                                    "--set=publish.deliver=portal", NULL);
    assert_int_not_equal(taken.status, 0);
    assert_has(taken.err, "[delivery/portal]");
    g_autoptr(json_t) feed = feed_read(target);
    json_t *newest = json_array_get(json_object_get(feed, "editions"), 0);
    assert_string_equal(json_string_value(json_object_get(newest, "state")), "withdrawn");
    assert_true(feed_check(target) > 20);
    assert_int_equal(g_unlink(block), 0);
    g_auto(Result) later = publish_to(mini, "portal");
    assert_int_equal(later.status, SP_ERROR_DATA); /* what is made is withdrawn */
    g_autofree char *folder = g_build_filename(target, first, NULL);
    assert_true(sp_sums_check(folder, NULL));
    assert_same_text(mini, "packages/index.json", target);
}

/* The edition that it did not get is withdrawn, so that it has all that it should. */
static void a_target_that_has_what_it_should_fails_no_more(void **state)
{
    (void)state;
    static const char status[] = "statpakke-status";
    static const char portal[] = "--set=publish.deliver=portal";
    g_autoptr(Mini) mini = mini_with_edition();
    mini_set(mini, "project", "");
    g_autofree char *target = target_make(mini, "portal", "");
    g_auto(Result) made = publish_to(mini, "portal");
    assert_int_equal(made.status, 0);
    edition_make(mini);
    g_autofree char *away = g_strconcat(target, ".borte", NULL);
    assert_int_equal(g_rename(target, away), 0);
    g_auto(Result) failed = publish_to(mini, "portal");
    assert_int_equal(failed.status, SP_ERROR_UNAVAILABLE);
    g_auto(Result) before = mini_run(mini, NULL, status, portal, NULL);
    assert_has(before.out, "it fails since");
    assert_int_equal(g_rename(away, target), 0);
    g_autofree char *second = edition_served(mini);
    g_auto(Result) taken =
        mini_run(mini, NULL, "statpakke-withdraw", second, "--reason=Feil", portal, NULL);
    assert_int_equal(taken.status, 0);
    g_auto(Result) after = mini_run(mini, NULL, status, portal, NULL);
    assert_null(strstr(after.out, "it fails since"));
}

static void sftp_gets_it_by_a_key_that_is_its_owners_alone(void **state)
{
    (void)state;
    g_autoptr(Peer) peer = peer_sftp();
    if (peer == NULL) {
        skip();
    }
    g_autoptr(Mini) mini = mini_with_edition();
    set_sftp(mini, peer);
    g_auto(Result) made = publish_to(mini, "portal");
    assert_int_equal(made.status, 0);
    g_autofree char *edition = edition_served(mini);
    g_autofree char *folder = g_build_filename(peer->root, edition, NULL);
    assert_true(sp_sums_check(folder, NULL));
    assert_true(feed_check(peer->root) > 20);
    g_autofree char *key = peer_path(peer, "key");
    assert_int_equal(g_chmod(key, 0644), 0);
    edition_make(mini);
    g_auto(Result) open = publish_to(mini, "portal");
    assert_int_equal(open.status, SP_ERROR_CONFIG);
    assert_has(open.err, "set its mode to 0600");
}

/* The number of the line in which a request first stands; 0 when it does not. */
static guint line_of(const char *log, const char *request)
{
    g_auto(GStrv) lines = g_strsplit(log, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++) {
        if (strstr(lines[i], request) != NULL) {
            return i + 1;
        }
    }
    return 0;
}

static void webdav_gets_the_edition_then_the_signature_then_the_feed(void **state)
{
    (void)state;
    g_autoptr(Peer) peer = peer_webdav();
    if (peer == NULL) {
        skip();
    }
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *login = g_build_filename(mini->folder, "innlogging", NULL);
    assert_true(sp_file_write(login, "post:hemmelig-7731\n", 19, 0600, NULL));
    g_autofree char *section =
        g_strdup_printf("[delivery/dav]\nurl = %s\nlogin_file = %s\n", peer->url, login);
    target_set(mini, section);
    g_auto(Result) made = publish_to(mini, "dav");
    assert_int_equal(made.status, 0);
    assert_true(feed_check(peer->root) > 20);
    g_autofree char *edition = edition_served(mini);
    g_autofree char *move = g_strdup_printf("MOVE /mottak/%s.", edition);
    peer_end(peer); /* its log is written then */
    g_autofree char *log = peer_log(peer);
    const guint whole = line_of(log, move);
    const guint signature = line_of(log, "MOVE /mottak/index.json.minisig.ny 20");
    const guint feed = line_of(log, "MOVE /mottak/index.json.ny 20");
    assert_true(whole > 20 && whole < signature && signature < feed);
    const char *last = log + strlen(log) - strlen("MOVE /mottak/index.json.ny 204\n");
    assert_int_equal(line_of(last, "MOVE"), 1); /* and nothing after it */
    assert_null(strstr(log, " 401"));
}

static void an_office_is_written_to_in_the_language_that_it_decided(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *path = g_build_filename(mini->data, "mottakere.csv", NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    char *decided = strstr(text, "Romsdal,nn,nn,");
    assert_non_null(decided);
    decided[strlen("Romsdal,nn,n")] = 'b';
    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-publish", NULL);
    assert_int_equal(made.status, SP_ERROR_CONFIG);
    assert_has(made.err, "moere-og-romsdal: maalform nn with spraak nb");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_gets_the_edition_and_the_feed_as_they_are),
        cmocka_unit_test(what_is_delivered_is_not_asked_for_again),
        cmocka_unit_test(a_target_of_one_fylke_has_its_package_and_a_feed_of_it),
        cmocka_unit_test(a_target_that_is_to_have_more_gets_the_rest),
        cmocka_unit_test(a_target_by_sftp_that_is_to_have_more_gets_the_rest),
        cmocka_unit_test(a_folder_that_has_nothing_any_more_is_not_filled),
        cmocka_unit_test(an_edition_has_nothing_that_was_begun_by_another_choice),
        cmocka_unit_test(an_edition_by_sftp_has_nothing_that_was_begun_by_another_choice),
        cmocka_unit_test(nothing_is_told_of_an_edition_that_is_not_whole),
        cmocka_unit_test(a_server_that_does_not_answer_leaves_the_edition_published),
        cmocka_unit_test(who_is_killed_leaves_no_half_edition_and_goes_on),
        cmocka_unit_test(a_withdrawn_edition_is_told_at_its_targets),
        cmocka_unit_test(a_withdrawal_does_not_wait_for_another_editions_files),
        cmocka_unit_test(a_target_that_has_what_it_should_fails_no_more),
        cmocka_unit_test(an_edition_that_is_there_is_told_of_without_being_sent_again),
        cmocka_unit_test(who_is_killed_while_sending_by_sftp_goes_on),
        cmocka_unit_test(sftp_gets_it_by_a_key_that_is_its_owners_alone),
        cmocka_unit_test(webdav_gets_the_edition_then_the_signature_then_the_feed),
        cmocka_unit_test(an_office_is_written_to_in_the_language_that_it_decided),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
