/* Signed editions: what a receiver can tell with the public key, and what becomes of the key. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/minisign.h"

#include <glib/gstdio.h>

#include <sys/stat.h>
#include <sys/wait.h>

#define PACKAGE "fylke-03-oslo"

static char *key_path(const Mini *mini)
{
    return g_strconcat(mini->workspace, ".sign.key", NULL);
}

static char *public_path(const Mini *mini)
{
    return g_strconcat(mini->workspace, ".sign.key.pub", NULL);
}

/* A path below the edition that is served, as the file system has it without links. */
static char *in_edition(const Mini *mini, const char *name)
{
    g_autofree char *current = mini_current(mini);
    assert_non_null(current);
    return g_build_filename(mini->workspace, current, name, NULL);
}

/* A copy outside the workspace, as a receiver has it. */
static char *receive(const Mini *mini, const char *name)
{
    g_autofree char *from = in_edition(mini, name);
    char *to = g_build_filename(mini->folder, "received", NULL);
    g_autofree char *command = g_strdup_printf("cp -r '%s' '%s'", from, to);
    assert_int_equal(system(command), 0);
    return to;
}

static void must_run(const Mini *mini, const char *program)
{
    g_auto(Result) result = mini_run(mini, NULL, program, NULL);
    if (result.status != 0) {
        fail_msg("%s: exit %d: %s", program, result.status, result.err);
    }
}

static void alter(const char *path)
{
    g_autofree char *text = NULL;
    gsize size = 0;
    assert_true(g_file_get_contents(path, &text, &size, NULL));
    text[size / 2] ^= 1;
    assert_int_equal(g_unlink(path), 0); /* it shares its bytes with the stage's */
    assert_true(g_file_set_contents(path, text, (gssize)size, NULL));
}

/* Where there is no workspace. */
static Result verify(const Mini *mini, const char *path, const char *key)
{
    g_autofree char *option = g_strconcat("--public-key=", key, NULL);
    return mini_run(mini, NULL, "statpakke-verify", "--workspace=/nowhere", path, option, NULL);
}

static void assert_verifies(const Mini *mini, const char *path, int status, const char *part)
{
    g_autofree char *key = public_path(mini);
    g_auto(Result) verified = verify(mini, path, key);
    if (verified.status != status || strstr(verified.err, part) == NULL) {
        fail_msg("%s: exit %d, want %d: %s", path, verified.status, status, verified.err);
    }
}

static gboolean minisign_accepts(const char *path, const char *key)
{
    g_autoptr(GError) error = NULL;
    int status = 0;
    const char *const arguments[] = {"minisign", "-qVm", path, "-p", key, NULL};
    (void)g_spawn_sync(NULL, (char **)arguments, NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL,
                       &status, &error);
    assert_no_error(error);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void minisign_accepts_edition_packages_and_feed_and_no_altered_byte(void **state)
{
    (void)state;
    g_autofree char *program = g_find_program_in_path("minisign");
    if (program == NULL) {
        fprintf(stderr, "SKIPPED %s: no minisign here, so it has NOT seen an edition\n", __func__);
        return;
    }
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *key = public_path(mini);
    g_autofree char *edition = in_edition(mini, "SHA256SUMS");
    g_autofree char *package = in_edition(mini, PACKAGE "/SHA256SUMS");
    g_autofree char *feed = g_build_filename(mini->workspace, "packages", "index.json", NULL);
    assert_true(minisign_accepts(edition, key));
    assert_true(minisign_accepts(package, key));
    assert_true(minisign_accepts(feed, key));
    alter(edition);
    alter(feed);
    assert_false(minisign_accepts(edition, key));
    assert_false(minisign_accepts(feed, key));
}

static void edition_package_and_zip_verify_by_the_public_key_alone(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *edition = in_edition(mini, "");
    g_autofree char *package = in_edition(mini, PACKAGE);
    g_autofree char *zip = in_edition(mini, PACKAGE ".zip");
    assert_verifies(mini, edition, 0, "");
    assert_verifies(mini, package, 0, "");
    assert_verifies(mini, zip, 0, "");
    /* Also by the key's text. */
    g_autofree char *path = public_path(mini);
    g_autofree char *file = NULL;
    assert_true(g_file_get_contents(path, &file, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(file, "\n", -1);
    g_auto(Result) verified = verify(mini, zip, lines[1]);
    assert_string_equal(verified.err, "");
    assert_int_equal(verified.status, 0);
    g_auto(Result) misspelt = verify(mini, zip, "RWnonsense");
    assert_int_equal(misspelt.status, SP_ERROR_USAGE);
}

static void the_key_is_no_secret_of_its_packages_but_it_is_asked_for(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *zip = in_edition(mini, PACKAGE ".zip");
    g_autofree char *descriptor = in_edition(mini, PACKAGE "/datapackage.json");
    g_autofree char *key = public_path(mini);
    g_autofree char *text = NULL;
    g_autofree char *file = NULL;
    assert_true(g_file_get_contents(descriptor, &text, NULL, NULL));
    assert_true(g_file_get_contents(key, &file, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(file, "\n", -1);
    assert_non_null(strstr(text, lines[1]));
    g_auto(Result) unasked =
        mini_run(mini, NULL, "statpakke-verify", "--workspace=/nowhere", zip, NULL);
    assert_int_equal(unasked.status, 0);
    assert_non_null(strstr(unasked.err, "--public-key"));
}

static void what_is_altered_added_taken_or_anothers_does_not_verify(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *received = receive(mini, PACKAGE);
    g_autofree char *csv = g_build_filename(received, "data", "befolkning.csv", NULL);
    g_autofree char *more = g_build_filename(received, "more.txt", NULL);
    g_autofree char *sums = g_build_filename(received, "SHA256SUMS", NULL);
    g_autofree char *signature = g_build_filename(received, "SHA256SUMS.minisig", NULL);
    assert_true(g_file_set_contents(more, "more\n", -1, NULL));
    assert_verifies(mini, received, SP_ERROR_DATA, "not listed: more.txt");
    assert_int_equal(g_unlink(more), 0);
    alter(csv);
    assert_verifies(mini, received, SP_ERROR_DATA, "altered: data/befolkning.csv");
    assert_int_equal(g_unlink(csv), 0);
    assert_verifies(mini, received, SP_ERROR_DATA, "missing: data/befolkning.csv");
    alter(sums);
    assert_verifies(mini, received, SP_ERROR_DATA, "were altered");
    assert_int_equal(g_unlink(signature), 0);
    assert_verifies(mini, received, SP_ERROR_NO_INPUT, "is not signed");
    assert_int_equal(g_unlink(sums), 0);
    assert_verifies(mini, received, SP_ERROR_NO_INPUT, "SHA256SUMS");
    assert_verifies(mini, "/nowhere/at-all.zip", SP_ERROR_NO_INPUT, "is not there");
    g_autofree char *zip = in_edition(mini, PACKAGE ".zip");
    g_auto(Result) other =
        verify(mini, zip, "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3");
    assert_int_equal(other.status, SP_ERROR_DATA);
    assert_non_null(strstr(other.err, "signed by key CAE10486B584FBC0"));
}

/* Signs the sums of a copy anew, with another comment. */
static void sign_as(const Mini *mini, const char *received, const char *comment)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *key = key_path(mini);
    g_autofree char *sums = g_build_filename(received, "SHA256SUMS", NULL);
    g_autofree char *beside = g_build_filename(received, "SHA256SUMS.minisig", NULL);
    g_autofree char *text = NULL;
    gsize size = 0;
    assert_true(g_file_get_contents(sums, &text, &size, NULL));
    g_autoptr(SpSigner) signer = sp_signer_read(key, &error);
    assert_no_error(error);
    g_autofree char *signature = sp_signer_sign(signer, text, size, comment);
    assert_int_equal(g_unlink(beside), 0);
    assert_true(g_file_set_contents(beside, signature, -1, NULL));
}

/* The bytes are right and the key is ours: only what was signed along tells. */
static void a_package_signed_as_another_does_not_verify(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *received = receive(mini, PACKAGE);
    g_autofree char *current = mini_current(mini);
    g_autofree char *edition = g_path_get_basename(current);
    g_autofree char *other = g_strdup_printf("edition:%s\tfile:nasjonal/SHA256SUMS", edition);
    sign_as(mini, received, other);
    assert_verifies(mini, received, SP_ERROR_DATA, "was signed as nasjonal of edition");
    sign_as(mini, received, "edition:2020-01-01-00000000\tfile:" PACKAGE "/SHA256SUMS");
    assert_verifies(mini, received, SP_ERROR_DATA,
                    "was signed as " PACKAGE " of edition 2020-01-01-00000000");
}

static void an_edition_signed_as_another_does_not_verify(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *received = receive(mini, "");
    sign_as(mini, received, "edition:2030-01-01-00000000\tfile:SHA256SUMS");
    assert_verifies(mini, received, SP_ERROR_DATA, "as all of edition 2030-01-01-00000000");
}

static void verify_tells_which_edition_and_package_was_signed(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *zip = in_edition(mini, PACKAGE ".zip");
    g_autofree char *whole = in_edition(mini, "");
    g_autofree char *key = public_path(mini);
    g_autofree char *current = mini_current(mini);
    g_autofree char *name = g_path_get_basename(current);
    g_autofree char *package = g_strdup_printf(": " PACKAGE " of edition %s, signed by key ", name);
    g_autofree char *edition = g_strdup_printf(": edition %s, signed by key ", name);
    g_auto(Result) one = verify(mini, zip, key);
    g_auto(Result) all = verify(mini, whole, key);
    assert_has(one.out, package);
    assert_has(all.out, edition);
    assert_has(all.out, "sums are right\n");
}

/* Who has the workspace has the audit's report too. */
static void what_is_served_must_have_passed_its_audit(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *current = mini_current(mini);
    g_autofree char *name = g_path_get_basename(current);
    g_autofree char *report =
        g_build_filename(mini->workspace, "stages", "audit", name, "latest", "rapport.json", NULL);
    g_auto(Result) passed = mini_run(mini, NULL, "statpakke-verify", NULL);
    assert_true(g_file_set_contents(report, "{\"passed\": true}", -1, NULL));
    g_auto(Result) of_others = mini_run(mini, NULL, "statpakke-verify", NULL);
    assert_int_equal(passed.status, 0);
    assert_has(passed.out, "sums are right; the audit has passed it\n");
    assert_int_equal(of_others.status, 65);
    assert_has(of_others.err, "has not passed the audit");
}

static void a_damaged_zip_does_not_verify(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *zip = receive(mini, PACKAGE ".zip");
    alter(zip);
    assert_verifies(mini, zip, SP_ERROR_DATA, "");
    assert_int_equal(truncate(zip, 1000), 0);
    assert_verifies(mini, zip, SP_ERROR_DATA, "not a whole zip archive");
}

/* What would be served if the edition were withdrawn. */
static void assert_takes_its_place(const Mini *mini, const char *edition, const char *setting,
                                   const char *what)
{
    g_autofree char *name = g_path_get_basename(edition);
    g_autofree char *served = g_strdup_printf("served would be %s", what);
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-withdraw", name, "--reason=feil",
                                   "--dry-run", "--log=text", setting, NULL);
    assert_int_equal(told.status, 0);
    assert_non_null(strstr(told.err, served));
}

static void another_key_makes_another_edition(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *before = mini_current(mini);
    g_autofree char *key = key_path(mini);
    g_autofree char *beside = public_path(mini);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(beside, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    const char *old = lines[1];
    assert_int_equal(g_unlink(key), 0);
    g_auto(Result) without = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(without.status, SP_ERROR_NO_INPUT);
    assert_non_null(strstr(without.err, "signature.key_file"));
    g_autofree char *still = mini_current(mini);
    assert_string_equal(still, before);
    /* Nobody makes a key where there is the public part of another. */
    g_auto(Result) half = mini_run(mini, NULL, "statpakke-init", NULL);
    assert_int_equal(half.status, SP_ERROR_CANT_CREATE);
    assert_int_equal(g_unlink(beside), 0);
    must_run(mini, "statpakke-init");
    must_run(mini, "statpakke-run");
    g_autofree char *after = mini_current(mini);
    assert_string_not_equal(after, before);
    must_run(mini, "statpakke-verify");
    assert_takes_its_place(mini, after, NULL, "none");
    g_autofree char *setting = g_strconcat("--set=signature.old_public_keys=", old, NULL);
    g_autofree char *earlier = g_path_get_basename(before);
    assert_takes_its_place(mini, after, setting, earlier);
}

static void unsigned_editions_are_told_once_and_by_status(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    static const char none[] = "--set=signature.key_file=none";
    g_autofree char *minisig =
        g_build_filename(mini->workspace, "packages", "index.json.minisig", NULL);
    assert_true(g_file_test(minisig, G_FILE_TEST_EXISTS));
    g_auto(Result) first = mini_run(mini, NULL, "statpakke-run", none, NULL);
    assert_int_equal(first.status, 0);
    assert_non_null(strstr(first.err, "is not signed"));
    g_auto(Result) second = mini_run(mini, NULL, "statpakke-run", none, NULL);
    assert_string_equal(second.err, "");
    assert_false(g_file_test(minisig, G_FILE_TEST_EXISTS));
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-status", none, NULL);
    assert_non_null(strstr(told.out, "editions are not signed"));
}

static void an_unchanged_night_signs_nothing_and_a_lost_signature_is_mended(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *before = mini_hash(mini, "packages");
    g_autofree char *feed =
        g_build_filename(mini->workspace, "packages", "index.json.minisig", NULL);
    g_autofree char *edition = in_edition(mini, "SHA256SUMS.minisig");
    struct stat was, is;
    assert_int_equal(stat(feed, &was), 0);
    must_run(mini, "statpakke-run");
    assert_int_equal(stat(feed, &is), 0);
    assert_int_equal(was.st_ino, is.st_ino);
    assert_int_equal(g_unlink(feed), 0);
    alter(edition);
    g_auto(Result) mended = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(mended.status, 0);
    assert_non_null(strstr(mended.err, "put together anew"));
    g_autofree char *after = mini_hash(mini, "packages");
    assert_string_equal(before, after);
}

/* Not in what is served, kept or told, in either of its forms. */
static void the_secret_key_is_nowhere_in_the_workspace(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *path = key_path(mini);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    /* The middle of the base64 is the secret half. */
    g_autofree char *middle = g_strndup(lines[1] + 90, 40);
    char hex[SP_HASH_SIZE];
    assert_true(sp_file_hash(path, hex, NULL));
    const char *const secrets[] = {middle, hex};
    for (gsize i = 0; i < G_N_ELEMENTS(secrets); i++) {
        g_autofree char *command =
            g_strdup_printf("grep -rqF '%s' '%s'", secrets[i], mini->workspace);
        assert_int_equal(WEXITSTATUS(system(command)), 1);
    }
}

static void a_trial_is_not_signed(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_auto(Result) trial = mini_run(mini, NULL, "statpakke-run", "--as=prov", NULL);
    assert_string_equal(trial.err, "");
    g_autofree char *command =
        g_strdup_printf("find '%s/trials' -name '*.minisig' | grep -q .", mini->workspace);
    assert_int_equal(WEXITSTATUS(system(command)), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minisign_accepts_edition_packages_and_feed_and_no_altered_byte),
        cmocka_unit_test(edition_package_and_zip_verify_by_the_public_key_alone),
        cmocka_unit_test(the_key_is_no_secret_of_its_packages_but_it_is_asked_for),
        cmocka_unit_test(what_is_altered_added_taken_or_anothers_does_not_verify),
        cmocka_unit_test(a_package_signed_as_another_does_not_verify),
        cmocka_unit_test(an_edition_signed_as_another_does_not_verify),
        cmocka_unit_test(verify_tells_which_edition_and_package_was_signed),
        cmocka_unit_test(what_is_served_must_have_passed_its_audit),
        cmocka_unit_test(a_damaged_zip_does_not_verify),
        cmocka_unit_test(another_key_makes_another_edition),
        cmocka_unit_test(unsigned_editions_are_told_once_and_by_status),
        cmocka_unit_test(an_unchanged_night_signs_nothing_and_a_lost_signature_is_mended),
        cmocka_unit_test(the_secret_key_is_nowhere_in_the_workspace),
        cmocka_unit_test(a_trial_is_not_signed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
