/* What others read of an edition: the descriptor by the data package library of npm, descriptor and
 * feed by their schemas. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include <sys/wait.h>

#define FOLDER SP_SOURCE_FOLDER "/tests/readers"
#define SCHEMAS SP_SOURCE_FOLDER "/config/schemas/"

/* FALSE, said aloud, where the readers are not installed. */
static gboolean has_readers(const char *test)
{
    g_autofree char *node = g_find_program_in_path("node");
    gboolean is_there = node != NULL && g_file_test(FOLDER "/node_modules/ajv", G_FILE_TEST_IS_DIR);
    if (!is_there) {
        fprintf(stderr,
                "SKIPPED %s: no node or no packages here (npm ci in tests/readers); nobody else "
                "has read the edition\n",
                test);
    }
    return is_there;
}

/* Runs a script on two files (the second may be NULL); fails with what it says. g_free. */
static char *must_read(const char *script, const char *first, const char *second)
{
    const char *const arguments[] = {"node", script, first, second, NULL};
    char *out = NULL;
    g_autofree char *err = NULL;
    g_autoptr(GError) error = NULL;
    int status = 0;
    (void)g_spawn_sync(FOLDER, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out,
                       &err, &status, &error);
    assert_no_error(error);
    if (status != 0) {
        fail_msg("%s %s: %s", script, first, err);
    }
    return out;
}

static char *in_workspace(const Mini *mini, const char *relative)
{
    return g_build_filename(mini->workspace, relative, NULL);
}

static void a_package_is_valid_and_each_of_its_rows_follows_its_schema(void **state)
{
    (void)state;
    if (!has_readers(__func__)) {
        return;
    }
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *path =
        in_workspace(mini, "current/fylke-15-moere-og-romsdal/datapackage.json");
    g_autofree char *read = must_read("descriptor.mjs", path, NULL);
    assert_non_null(strstr(read, "befolkning "));
    assert_non_null(strstr(read, "forklaring "));
}

static void a_descriptor_follows_its_profile(void **state)
{
    (void)state;
    if (!has_readers(__func__)) {
        return;
    }
    g_autoptr(Mini) mini = mini_with_edition();
    static const char *const packages[] = {"nasjonal", "fylke-15-moere-og-romsdal"};
    for (gsize i = 0; i < G_N_ELEMENTS(packages); i++) {
        g_autofree char *folder = g_build_filename("current", packages[i], NULL);
        g_autofree char *path = in_workspace(mini, folder);
        g_autofree char *descriptor = g_build_filename(path, "datapackage.json", NULL);
        g_free(must_read("schema.mjs", SCHEMAS "statistikkpakke-1.schema.json", descriptor));
    }
}

/* Current, superseded and withdrawn, with all that can be told of it. */
static void a_feed_follows_its_schema_in_every_state(void **state)
{
    (void)state;
    if (!has_readers(__func__)) {
        return;
    }
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *path = in_workspace(mini, "packages/index.json");
    g_autofree char *schema = in_workspace(mini, "packages/schemas/feed-1.schema.json");
    g_free(must_read("schema.mjs", schema, path));
    mini_replace(mini, "omsorg.csv", "0301,2023,1600,", "0301,2023,1601,");
    g_auto(Result) second = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(second.status, 0);
    g_free(must_read("schema.mjs", schema, path));
    g_autofree char *current = mini_current(mini);
    g_autofree char *edition = g_path_get_basename(current);
    g_auto(Result) told =
        mini_run(mini, NULL, "statpakke-withdraw", edition, "--reason=feil", "--from=2025-03-01",
                 "--correction-nb=feil", "--correction-nn=feil", NULL);
    assert_int_equal(told.status, 0);
    g_free(must_read("schema.mjs", schema, path));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_package_is_valid_and_each_of_its_rows_follows_its_schema),
        cmocka_unit_test(a_descriptor_follows_its_profile),
        cmocka_unit_test(a_feed_follows_its_schema_in_every_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
