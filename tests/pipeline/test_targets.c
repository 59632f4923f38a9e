/* What targets are set to and told of, and what a night says of those that do not answer. */
#include "tests/check.h"
#include "tests/pipeline/targets.h"

#include "core/error.h"
#include "core/io/files.h"

/* Of an edition whose packages had other names than they would have today. */
static void an_older_edition_is_delivered_by_the_names_that_it_has(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    mini_set(mini, "project", "");
    g_autofree char *target = target_make(mini, "sf", "packages = 15\nform = zip\n");
    g_autofree char *first = edition_served(mini);
    g_autofree char *path = g_build_filename(mini->data, "fylker.csv", NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    char *folder = strstr(text, "fylke-15-moere");
    assert_non_null(folder);
    folder[strlen("fylke-15-")] = 'M';
    assert_true(g_file_set_contents(path, text, -1, NULL));
    edition_make(mini);
    g_auto(Result) made = publish_to(mini, "sf");
    assert_int_equal(made.status, 0);
    g_autofree char *second = edition_served(mini);
    g_auto(Result) taken = mini_run(mini, NULL, "statpakke-withdraw", second, "--reason=Feil",
                                    "--set=publish.deliver=sf", NULL);
    assert_int_equal(taken.status, 0);
    g_autofree char *archive =
        g_build_filename(target, first, "fylke-15-moere-og-romsdal.zip", NULL);
    assert_true(g_file_test(archive, G_FILE_TEST_EXISTS));
    assert_int_equal(feed_check(target), 2);
}

/* A credential is systemd's service's alone: what is run by hand has none. */
static void a_command_by_hand_does_what_it_can_without_systemds_credentials(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *target =
        target_make(mini, "portal", "login_file = systemd:portal\n[publish]\ndeliver = portal\n");
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-status", NULL);
    assert_int_equal(told.status, 0);
    assert_has(told.out, "portal  file://");
    assert_has(told.out, "sources:");
    g_autofree char *edition = edition_served(mini);
    g_auto(Result) taken =
        mini_run(mini, NULL, "statpakke-withdraw", edition, "--reason=Feil", NULL);
    assert_int_equal(taken.status, SP_ERROR_CONFIG);
    assert_has(taken.err, "systemd gives no such credential");
    g_autofree char *packages = g_build_filename(mini->workspace, "packages", NULL);
    g_autoptr(json_t) feed = feed_read(packages);
    json_t *newest = json_array_get(json_object_get(feed, "editions"), 0);
    assert_string_equal(json_string_value(json_object_get(newest, "state")), "withdrawn");
}

static void assert_config(const Mini *mini, const char *setting, const char *part)
{
    g_autofree char *set = g_strdup_printf("--set=delivery/x.%s", setting);
    g_auto(Result) made =
        mini_run(mini, NULL, "statpakke-publish", "--set=publish.deliver=x", set, NULL);
    assert_int_equal(made.status, SP_ERROR_CONFIG);
    assert_has(made.err, part);
    assert_null(strstr(made.err, "hemmelig"));
}

static void
settings_that_do_not_hold_together_are_refused_before_anything_is_published(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    edition_make(mini);
    g_autofree char *before = edition_served(mini);
    assert_config(mini, "url=sftp://post:hemmelig@host.example/ut", "login_file");
    assert_config(mini, "url=sftp://post@host.example/ut", "known_hosts");
    assert_config(mini, "form=zip", "url");
    assert_config(mini, "password=x", "no key");
    target_set(mini, "[delivery/x]\nurl = file:///borte\n");
    assert_config(mini, "timeout_s=0", "timeout_s");
    assert_config(mini, "form=tar", "zip, folder or both");
    assert_config(mini, "packages=99", "no fylke");
    target_set(mini, "[delivery/y]\nurl = file:///borte/\n");
    g_auto(Result) same = publish_to(mini, "x, y");
    assert_int_equal(same.status, SP_ERROR_CONFIG);
    assert_has(same.err, "[delivery/y]: url is that of [delivery/x]");
    assert_config(mini, "login_file=systemd:../noe", "want the name of a credential");
    g_autofree char *inside = g_strconcat("login_file=", mini->workspace, "/innlogging", NULL);
    assert_config(mini, inside, "inside the workspace");
    g_auto(Result) name = publish_to(mini, "notices");
    assert_int_equal(name.status, SP_ERROR_CONFIG);
    assert_has(name.err, "not notices");
    g_autofree char *after = edition_served(mini);
    assert_string_equal(before, after);
}

/* A night of the driver. */
static Result run_night(const Mini *mini)
{
    return mini_run(mini, NULL, "statpakke-run", "--set=publish.deliver=borte", NULL);
}

static void a_night_that_published_ends_well_whoever_did_not_answer(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *target = target_make(mini, "borte", "");
    g_autofree char *first = edition_served(mini);
    assert_int_equal(g_rmdir(target), 0);
    edition_make(mini);
    g_auto(Result) night = run_night(mini);
    assert_int_equal(night.status, 0);
    assert_has(night.err, "published, but not delivered to target borte (");
    assert_has(night.err, "the next run sends it");
    g_autofree char *second = edition_served(mini);
    assert_string_not_equal(second, first);
    g_auto(Result) told =
        mini_run(mini, NULL, "statpakke-status", "--set=publish.deliver=borte", NULL);
    assert_has(told.out, "it fails since");
    g_auto(Result) next = run_night(mini); /* that makes nothing new */
    assert_int_equal(next.status, 0);
    assert_has(next.err, "published, but not delivered to target borte (");
    assert_int_equal(g_mkdir(target, 0755), 0);
    g_auto(Result) last = run_night(mini);
    assert_int_equal(last.status, 0);
    assert_string_equal(last.err, "");
    assert_true(feed_check(target) > 20);
}

static void a_night_whose_edition_waits_ends_well_whoever_did_not_answer(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *target = target_make(mini, "borte", "");
    g_autofree char *first = edition_served(mini);
    assert_int_equal(g_rmdir(target), 0);
    edition_make(mini);
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", "--set=publish.deliver=borte",
                                    "--set=publish.approval=manual", NULL);
    assert_int_equal(night.status, 0);
    assert_has(night.err, "published, but not delivered to target borte (");
    g_autofree char *served = edition_served(mini);
    assert_string_equal(served, first);
}

/* Beside a target that does not answer, and is told first. */
static void assert_not_forgiven(const Mini *mini, const char *damaged, const char *setting)
{
    g_autofree char *path = g_build_filename(mini->workspace, "delivered", damaged, NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    assert_true(g_file_set_contents(path, "{", -1, NULL));
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", setting, NULL);
    assert_int_equal(night.status, SP_ERROR_DATA);
    assert_has(night.err, damaged);
    assert_has(night.err, "borte");
    assert_has(night.err, "still served: edition 20");
    assert_int_equal(g_unlink(path), 0);
    g_auto(Result) next = mini_run(mini, NULL, "statpakke-run", setting, NULL);
    assert_int_equal(next.status, 0);
}

static void damage_of_our_own_is_not_forgiven_with_who_did_not_answer(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *target = target_make(mini, "borte", "");
    g_autofree char *other = target_make(mini, "her", "");
    target_set(mini, "[notice]\nserver = smtp://127.0.0.1:1\nfrom = statistikk@example.no\n");
    assert_int_equal(g_rmdir(target), 0);
    edition_make(mini);
    assert_not_forgiven(mini, "notices.json", "--set=publish.deliver=borte");
    assert_not_forgiven(mini, "her.json", "--set=publish.deliver=borte, her");
}

/* The login is ours to mend. */
static void a_secret_that_others_can_read_is_not_forgiven_with_who_did_not_answer(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *login = g_build_filename(mini->folder, "innlogging", NULL);
    g_autofree char *more = g_strdup_printf("login_file = %s\n", login);
    g_autofree char *target = target_make(mini, "borte", "");
    g_autofree char *other = target_make(mini, "her", more);
    assert_true(sp_file_write(login, "post:hemmelig\n", 14, 0644, NULL));
    assert_int_equal(g_rmdir(target), 0);
    edition_make(mini);
    g_auto(Result) night =
        mini_run(mini, NULL, "statpakke-run", "--set=publish.deliver=borte, her", NULL);
    assert_int_equal(night.status, SP_ERROR_CONFIG);
    assert_has(night.err, "0600");
}

static void a_night_that_published_nothing_ends_badly_whoever_did_not_answer(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *target = target_make(mini, "borte", "");
    g_autofree char *edition = edition_served(mini);
    assert_int_equal(g_rmdir(target), 0);
    g_auto(Result) taken =
        mini_run(mini, NULL, "statpakke-withdraw", edition, "--reason=Feil", NULL);
    assert_int_equal(taken.status, 0);
    g_auto(Result) night = run_night(mini);
    assert_int_equal(night.status, SP_ERROR_DATA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_night_that_published_ends_well_whoever_did_not_answer),
        cmocka_unit_test(a_night_whose_edition_waits_ends_well_whoever_did_not_answer),
        cmocka_unit_test(damage_of_our_own_is_not_forgiven_with_who_did_not_answer),
        cmocka_unit_test(a_secret_that_others_can_read_is_not_forgiven_with_who_did_not_answer),
        cmocka_unit_test(a_night_that_published_nothing_ends_badly_whoever_did_not_answer),
        cmocka_unit_test(an_older_edition_is_delivered_by_the_names_that_it_has),
        cmocka_unit_test(a_command_by_hand_does_what_it_can_without_systemds_credentials),
        cmocka_unit_test(
            settings_that_do_not_hold_together_are_refused_before_anything_is_published),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
