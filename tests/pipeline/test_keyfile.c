/* The key of person-level data, and the process that has read it. */
#include "tests/core/io/folder.h"

#include "pipeline/keyfile.h"

#include <sys/prctl.h>
#include <sys/resource.h>

static SpContext context_in(void **state)
{
    return (SpContext){.workspace = path_in(state, "workspace"),
                       .config = sp_config_new(),
                       .log = {.program = "test", .is_quiet = TRUE}};
}

static void clear(SpContext *context)
{
    g_free(context->workspace);
    sp_config_free(context->config);
}

static void the_key_lies_beside_the_workspace_unless_set(void **state)
{
    SpContext context = context_in(state);
    g_autofree char *beside = path_in(state, "workspace.key");
    g_autofree char *path = sp_keyfile_path(&context, NULL);
    assert_string_equal(path, beside);
    sp_config_add(context.config, "/etc/statpakke/my.conf", "[crypt]\nkey_file = keys/a\n", NULL);
    g_autofree char *set = sp_keyfile_path(&context, NULL);
    assert_string_equal(set, "/etc/statpakke/keys/a");
    clear(&context);
}

static void a_key_inside_the_workspace_is_refused(void **state)
{
    SpContext context = context_in(state);
    g_autofree char *origin = path_in(state, "workspace/statpakke.conf");
    g_autoptr(GError) error = NULL;
    sp_config_add(context.config, origin, "[crypt]\nkey_file = key\n", NULL);
    assert_null(sp_keyfile_path(&context, &error));
    assert_error(error, SP_ERROR_CONFIG, "inside the workspace");
    clear(&context);
}

static void a_credential_of_systemd_is_a_key_whatever_its_mode(void **state)
{
    SpContext context = context_in(state);
    g_autofree char *path = path_in(state, "nokkel");
    g_autoptr(GError) error = NULL;
    sp_config_add(context.config, "/x.conf", "[crypt]\nkey_file = systemd:nokkel\n", NULL);
    assert_null(sp_keyfile_path(&context, &error));
    assert_error(error, SP_ERROR_CONFIG, "no such credential");
    assert_true(sp_key_create(path, NULL));
    assert_int_equal(g_chmod(path, 0440), 0); /* as an access list of systemd's shows */
    g_setenv("CREDENTIALS_DIRECTORY", *state, TRUE);
    g_autoptr(SpKey) key = sp_keyfile_read(&context, NULL);
    assert_non_null(key);
    g_unsetenv("CREDENTIALS_DIRECTORY");
    clear(&context);
}

static void a_key_is_made_once(void **state)
{
    SpContext context = context_in(state);
    g_autofree char *path = sp_keyfile_path(&context, NULL);
    g_autofree char *first = NULL;
    g_autofree char *second = NULL;
    assert_true(sp_keyfile_make(&context, NULL));
    assert_int_equal(mode_of(path), 0600);
    assert_true(g_file_get_contents(path, &first, NULL, NULL));
    assert_true(sp_keyfile_make(&context, NULL));
    assert_true(g_file_get_contents(path, &second, NULL, NULL));
    assert_memory_equal(first, second, 32);
    clear(&context);
}

static void what_is_no_key_is_not_taken_for_one(void **state)
{
    SpContext context = context_in(state);
    g_autofree char *path = sp_keyfile_path(&context, NULL);
    g_autoptr(GError) error = NULL;
    put_text(path, "not a key\n");
    assert_int_equal(g_chmod(path, 0600), 0);
    assert_false(sp_keyfile_make(&context, &error));
    assert_error(error, SP_ERROR_CONFIG, "is not a key");
    clear(&context);
}

/* Also when there is no key to read: plain text may follow before anybody looks again. */
static void a_process_that_reads_the_key_leaves_no_core(void **state)
{
    SpContext context = context_in(state);
    g_autoptr(GError) error = NULL;
    struct rlimit limit;
    assert_null(sp_keyfile_read(&context, &error));
    assert_error(error, SP_ERROR_NO_INPUT, SP_KEYFILE_SETTING);
    assert_int_equal(getrlimit(RLIMIT_CORE, &limit), 0);
    assert_int_equal(limit.rlim_cur, 0);
    assert_int_equal(limit.rlim_max, 0);
    assert_int_equal(prctl(PR_GET_DUMPABLE, 0L, 0L, 0L, 0L), 0);
    clear(&context);
}

static void encrypt_with(const char *key_path, const char *path, const char *text)
{
    g_autoptr(SpKey) key = sp_key_read(key_path, NULL);
    assert_non_null(key);
    assert_true(sp_crypt_write(key, path, text, strlen(text), NULL));
}

static gboolean keep_text(const void *bytes, gsize size, gpointer data, GError **error)
{
    (void)error;
    g_string_append_len(data, bytes, (gssize)size);
    return TRUE;
}

static char *read_for(const SpContext *context, const char *path, GError **error)
{
    g_autoptr(SpKey) key = sp_keyfile_read_for(context, path, error);
    g_autoptr(GString) text = g_string_new(NULL);
    return key != NULL && sp_crypt_read(key, path, keep_text, text, error) ? g_strdup(text->str)
                                                                           : NULL;
}

static void what_an_earlier_key_encrypted_is_read_after_a_change(void **state)
{
    SpContext context = context_in(state);
    g_autofree char *now = sp_keyfile_path(&context, NULL);
    g_autofree char *old = path_in(state, "workspace.2025.key");
    g_autofree char *before = path_in(state, "before");
    g_autofree char *after = path_in(state, "after");
    g_autofree char *origin = path_in(state, "my.conf");
    g_autoptr(GError) error = NULL;
    assert_true(sp_key_create(old, NULL) && sp_key_create(now, NULL));
    encrypt_with(old, before, "before");
    encrypt_with(now, after, "after");
    g_autofree char *closed = read_for(&context, before, &error);
    assert_null(closed);
    assert_error(error, SP_ERROR_DATA, "another key");
    sp_config_add(context.config, origin, "[crypt]\nold_key_files = workspace.2025.key\n", NULL);
    g_autofree char *first = read_for(&context, before, NULL);
    g_autofree char *second = read_for(&context, after, NULL);
    assert_string_equal(first, "before");
    assert_string_equal(second, "after");
    clear(&context);
}

static void an_earlier_key_that_is_gone_is_named(void **state)
{
    SpContext context = context_in(state);
    g_autofree char *now = sp_keyfile_path(&context, NULL);
    g_autofree char *path = path_in(state, "snapshot");
    g_autofree char *origin = path_in(state, "my.conf");
    g_autoptr(GError) error = NULL;
    assert_true(sp_key_create(now, NULL));
    put_text(path, "of no key");
    sp_config_add(context.config, origin, "[crypt]\nold_key_files = gone.key\n", NULL);
    g_autofree char *text = read_for(&context, path, &error);
    assert_null(text);
    assert_error(error, SP_ERROR_NO_INPUT, SP_KEYFILE_OLD_SETTING);
    clear(&context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(the_key_lies_beside_the_workspace_unless_set),
        FOLDER_TEST(a_key_inside_the_workspace_is_refused),
        FOLDER_TEST(a_credential_of_systemd_is_a_key_whatever_its_mode),
        FOLDER_TEST(a_key_is_made_once),
        FOLDER_TEST(what_is_no_key_is_not_taken_for_one),
        FOLDER_TEST(a_process_that_reads_the_key_leaves_no_core),
        FOLDER_TEST(what_an_earlier_key_encrypted_is_read_after_a_change),
        FOLDER_TEST(an_earlier_key_that_is_gone_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
