/* Signatures in minisign's form, held against minisign itself where it is installed. */
#include "tests/core/io/folder.h"

#include "core/io/minisign.h"

#include <sys/wait.h>

/* A key and a signature that minisign 0.11 made, of the text "hi\n". */
static const char its_key[] = "untrusted comment: minisign encrypted secret key\n"
                              "RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                              "AAAAwPuEtYYE4cqWSqu1E55GOTk"
                              "gWRzn/u8r2qR6DoDriOIUsqtRMXAMUzwnhNrh/"
                              "WDz3cfXDUElOi0oUYWdYFPLGvWgQCfns534AAAAAAAAAAAAAAAAAAAAAAAA"
                              "AAAAAAAAAAAAAAAAAAA=\n";
static const char its_public[] = "RWTA+4S1hgThyjwnhNrh/WDz3cfXDUElOi0oUYWdYFPLGvWgQCfns534";
static const char its_signature[] =
    "untrusted comment: signature from minisign secret key\n"
    "RUTA+4S1hgThyjoYiL522aQymY0PyIUS5wZrEjsio0VUjcJjMREowwlULs9uXfydKtdOSru1EI3ijgaAAa0L233hj6+/"
    "34FnVA8=\n"
    "trusted comment: timestamp:1795431671\tfile:f\thashed\n"
    "agQamXuCzBoK/WQwEQaBkkWVmAxj9QLK+LJ+wTPlOqdleCUN17WxHeLVjSJG8rRvVL32fqEi2mykXvRclE6bBw==\n";

static SpSigner *signer_in(void **state, const char *name)
{
    g_autofree char *path = path_in(state, name);
    g_autoptr(GError) error = NULL;
    SpSigner *signer = sp_signer_read(path, &error);
    assert_no_error(error);
    return signer;
}

static SpSigner *new_signer(void **state, const char *name)
{
    g_autofree char *path = path_in(state, name);
    g_autoptr(GError) error = NULL;
    sp_signer_create(path, &error);
    assert_no_error(error);
    return signer_in(state, name);
}

static SpSigner *its_signer(void **state)
{
    g_autofree char *path = path_in(state, "its.key");
    put_text(path, its_key);
    assert_int_equal(chmod(path, 0600), 0);
    return signer_in(state, "its.key");
}

static gboolean fits(const char *key_text, const char *text, const char *signature, GError **error)
{
    SpPublicKey key;
    const SpSigned what = {.bytes = text, .size = strlen(text), .name = "f"};
    assert_true(sp_public_key_parse(key_text, &key));
    return sp_signature_verify(&key, &what, signature, NULL, error);
}

static void a_new_key_is_for_its_owner_and_its_public_part_for_all(void **state)
{
    g_autoptr(SpSigner) signer = new_signer(state, "key");
    g_autofree char *path = path_in(state, "key");
    g_autofree char *beside = path_in(state, "key.pub");
    g_autofree char *text = text_of(beside);
    SpPublicKey own, read;
    assert_int_equal(mode_of(path), 0600);
    assert_int_equal(mode_of(beside), 0644);
    sp_signer_public(signer, &own);
    assert_true(sp_public_key_parse(text, &read));
    assert_memory_equal(&own, &read, sizeof own);
}

static void a_key_is_never_written_over(void **state)
{
    sp_signer_free(new_signer(state, "key"));
    g_autofree char *path = path_in(state, "key");
    g_autofree char *before = text_of(path);
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) alone = NULL;
    assert_false(sp_signer_create(path, &error));
    assert_error(error, SP_ERROR_CANT_CREATE, "key.pub is there");
    g_autofree char *after = text_of(path);
    assert_string_equal(before, after);
    assert_int_equal(g_unlink(path), 0);
    assert_false(sp_signer_create(path, &alone));
    assert_error(alone, SP_ERROR_CANT_CREATE, "find the secret key");
}

static void a_key_of_minisign_signs_as_minisign_does(void **state)
{
    g_autoptr(SpSigner) signer = its_signer(state);
    SpPublicKey key;
    sp_signer_public(signer, &key);
    g_autofree char *text = sp_public_key_format(&key);
    g_autofree char *name = sp_public_key_name(&key);
    g_autofree char *signature =
        sp_signer_sign(signer, "hi\n", 3, "timestamp:1795431671\tfile:f\thashed");
    assert_string_equal(text, its_public);
    assert_string_equal(name, "CAE10486B584FBC0");
    /* All but the first line, a comment that nobody signs. */
    assert_string_equal(strchr(signature, '\n'), strchr(its_signature, '\n'));
}

static void a_signature_of_minisign_is_accepted_with_its_comment(void **state)
{
    (void)state;
    SpPublicKey key;
    const SpSigned what = {.bytes = "hi\n", .size = 3, .name = "f"};
    g_autofree char *comment = NULL;
    g_autoptr(GError) error = NULL;
    assert_true(sp_public_key_parse(its_public, &key));
    assert_true(sp_signature_verify(&key, &what, its_signature, &comment, &error));
    assert_string_equal(comment, "timestamp:1795431671\tfile:f\thashed");
}

static void altered_bytes_or_an_altered_comment_are_refused(void **state)
{
    (void)state;
    g_autoptr(GError) bytes = NULL;
    g_autoptr(GError) comment = NULL;
    g_autofree char *other = g_strdup(its_signature);
    char *file = strstr(other, "file:f");
    file[5] = 'g';
    assert_false(fits(its_public, "ho\n", its_signature, &bytes));
    assert_error(bytes, SP_ERROR_DATA, "were altered");
    assert_false(fits(its_public, "hi\n", other, &comment));
    assert_error(comment, SP_ERROR_DATA, "were altered");
}

static void a_signature_by_another_key_names_both(void **state)
{
    g_autoptr(SpSigner) signer = new_signer(state, "key");
    SpPublicKey key;
    sp_signer_public(signer, &key);
    g_autofree char *text = sp_public_key_format(&key);
    g_autofree char *name = sp_public_key_name(&key);
    g_autoptr(GError) error = NULL;
    assert_false(fits(text, "hi\n", its_signature, &error));
    assert_error(error, SP_ERROR_DATA, "signed by key CAE10486B584FBC0");
    assert_non_null(strstr(error->message, name));
}

static void assert_no_signature(const char *text)
{
    g_autoptr(GError) error = NULL;
    assert_false(fits(its_public, "hi\n", text, &error));
    assert_error(error, SP_ERROR_DATA, "none of minisign's prehashed form");
}

static void what_is_no_signature_is_not_taken_for_one(void **state)
{
    (void)state;
    g_autofree char *cut = g_strndup(its_signature, strlen(its_signature) - 12);
    g_autofree char *more = g_strconcat(its_signature, "more\n", NULL);
    /* "Ed" is the older kind, of the bytes themselves. */
    g_autofree char *older = g_strdup(its_signature);
    strstr(older, "\nRUTA")[2] = 'W';
    /* libsodium takes it for a slash, minisign does not. */
    g_autofree char *byte = g_strdup(its_signature);
    assert_non_null(strchr(byte, '/'));
    *strchr(byte, '/') = '\xff';
    assert_no_signature(byte);
    assert_no_signature("");
    assert_no_signature("untrusted comment: \n\ntrusted comment: \n\n");
    assert_no_signature(cut);
    assert_no_signature(more);
    assert_no_signature(older);
}

static void what_is_no_public_key_is_not_taken_for_one(void **state)
{
    (void)state;
    SpPublicKey key;
    g_autofree char *file = g_strconcat("untrusted comment: x\r\n", its_public, "\r\n", NULL);
    g_autofree char *longer = g_strconcat(its_public, "AAAA", NULL);
    assert_true(sp_public_key_parse(file, &key));
    assert_false(sp_public_key_parse("", &key));
    assert_false(sp_public_key_parse("untrusted comment: x", &key));
    assert_false(sp_public_key_parse(longer, &key));
    assert_false(sp_public_key_parse(its_signature, &key));
}

static void assert_refused(void **state, const char *text, guint mode, gint code, const char *part)
{
    g_autofree char *path = path_in(state, "bad.key");
    g_autoptr(GError) error = NULL;
    put_text(path, text);
    assert_int_equal(chmod(path, mode), 0);
    assert_null(sp_signer_read(path, &error));
    assert_error(error, code, part);
}

static void a_key_that_is_open_damaged_or_behind_a_password_is_refused(void **state)
{
    g_autofree char *locked = g_strdup(its_key);
    g_autofree char *damaged = g_strdup(its_key);
    char *password = strstr(locked, "QAAE"); /* "Sc" there says that there is one */
    password[0] = 'R';
    password[1] = 'T';
    password[2] = 'Y';
    password[3] = '0';
    strstr(damaged, "GOTk")[0] = 'H';
    assert_refused(state, its_key, 0640, SP_ERROR_PERMISSION, "chmod 0600");
    assert_refused(state, locked, 0600, SP_ERROR_CONFIG, "minisign -C -W");
    assert_refused(state, damaged, 0600, SP_ERROR_CONFIG, "damaged");
    assert_refused(state, "untrusted comment: x\nAAAA\n", 0600, SP_ERROR_CONFIG,
                   "not a secret key");
    assert_refused(state, its_public, 0600, SP_ERROR_CONFIG, "not a secret key");
    g_autofree char *nowhere = path_in(state, "nowhere");
    g_autoptr(GError) error = NULL;
    assert_null(sp_signer_read(nowhere, &error));
    assert_error(error, SP_ERROR_NO_INPUT, "nowhere");
}

/* ---- minisign itself ---- */

/* Exit status of minisign with arguments (NULL ends them), or -1 where it is not installed, which
 * is said aloud. */
static int minisign(void **state, const char *const *arguments)
{
    g_autofree char *program = g_find_program_in_path("minisign");
    g_autoptr(GError) error = NULL;
    int status = 0;
    if (program == NULL) {
        fprintf(stderr,
                "SKIPPED minisign: it is not installed, so it has NOT seen our signatures\n");
        return -1;
    }
    (void)g_spawn_sync(*state, (char **)arguments, NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL |
                           G_SPAWN_STDERR_TO_DEV_NULL,
                       NULL, NULL, NULL, NULL, &status, &error);
    assert_no_error(error);
    return WEXITSTATUS(status);
}

static void minisign_accepts_ours_and_refuses_altered_bytes(void **state)
{
    g_autoptr(SpSigner) signer = new_signer(state, "key");
    g_autofree char *file = path_in(state, "f");
    g_autofree char *beside = path_in(state, "f.minisig");
    g_autofree char *signature = sp_signer_sign(signer, "hi\n", 3, "edition 2026-02-25-1a2b3c4d");
    const char *const verify[] = {"minisign", "-Vm", "f", "-p", "key.pub", NULL};
    const char *const sign[] = {"minisign", "-Sm", "f", "-s", "key", NULL};
    put_text(file, "hi\n");
    put_text(beside, signature);
    int accepted = minisign(state, verify);
    if (accepted < 0) {
        return;
    }
    assert_int_equal(accepted, 0);
    put_text(file, "ho\n");
    assert_int_not_equal(minisign(state, verify), 0);
    /* Our secret key is minisign's too. */
    assert_int_equal(minisign(state, sign), 0);
    assert_int_equal(minisign(state, verify), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(a_new_key_is_for_its_owner_and_its_public_part_for_all),
        FOLDER_TEST(a_key_is_never_written_over),
        FOLDER_TEST(a_key_of_minisign_signs_as_minisign_does),
        cmocka_unit_test(a_signature_of_minisign_is_accepted_with_its_comment),
        cmocka_unit_test(altered_bytes_or_an_altered_comment_are_refused),
        FOLDER_TEST(a_signature_by_another_key_names_both),
        cmocka_unit_test(what_is_no_signature_is_not_taken_for_one),
        cmocka_unit_test(what_is_no_public_key_is_not_taken_for_one),
        FOLDER_TEST(a_key_that_is_open_damaged_or_behind_a_password_is_refused),
        FOLDER_TEST(minisign_accepts_ours_and_refuses_altered_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
