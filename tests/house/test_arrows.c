/* The house's arrows, read from the includes: core <- core/io <- {extractors, outputs} <- pipeline,
 * core <- transforms <- pipeline. */
#include "tests/check.h"

/* A room and what its files may include, by the beginning of the path. */
typedef struct {
    const char *room;
    const char *allowed[4];
} Room;

static const Room rooms[] = {
    {"core/io", {"core/"}},
    {"core", {"core/"}},
    {"extractors", {"core/", "extractors/"}},
    {"transforms", {"core/", "transforms/"}},
    {"outputs", {"core/", "outputs/"}},
};

static gboolean is_ours(const char *include)
{
    static const char *const folders[] = {"core/",    "extractors/", "transforms/",
                                          "outputs/", "pipeline/",   "tests/"};
    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
        if (g_str_has_prefix(include, folders[i])) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean is_allowed(const Room *room, const char *include)
{
    gboolean is_pure = strcmp(room->room, "core") == 0 || strcmp(room->room, "transforms") == 0;
    if (is_pure && g_str_has_prefix(include, "core/io/")) {
        return FALSE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(room->allowed) && room->allowed[i] != NULL; i++) {
        if (g_str_has_prefix(include, room->allowed[i])) {
            return TRUE;
        }
    }
    return !is_ours(include);
}

static void check_file(const Room *room, const char *path, guint *n_files)
{
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    (*n_files)++;
    for (char **line = lines; *line != NULL; line++) {
        char *start = g_str_has_prefix(*line, "#include \"") ? *line + strlen("#include \"") : NULL;
        char *end = start == NULL ? NULL : strchr(start, '"');
        if (end != NULL) {
            *end = '\0';
            if (!is_allowed(room, start)) {
                fail_msg("%s: %s includes \"%s\": that arrow is forbidden", path, room->room,
                         start);
            }
        }
    }
}

static void check_folder(const Room *room, const char *folder, guint *n_files)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    assert_non_null(dir);
    for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        gboolean is_folder = g_file_test(path, G_FILE_TEST_IS_DIR);
        if (is_folder && !(strcmp(room->room, "core") == 0 && strcmp(name, "io") == 0)) {
            check_folder(room, path, n_files);
        } else if (!is_folder && (g_str_has_suffix(name, ".c") || g_str_has_suffix(name, ".h"))) {
            check_file(room, path, n_files);
        }
    }
}

static void includes_follow_the_arrows(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rooms); i++) {
        guint n_files = 0;
        g_autofree char *folder = g_build_filename(SP_SOURCE_FOLDER, rooms[i].room, NULL);
        check_folder(&rooms[i], folder, &n_files);
        assert_true(n_files > 2);
    }
}

static void an_include_of_io_in_a_transform_is_found(void **state)
{
    (void)state;
    assert_false(is_allowed(&rooms[3], "core/io/csv.h"));
    assert_false(is_allowed(&rooms[3], "outputs/output.h"));
    assert_false(is_allowed(&rooms[1], "core/io/csv.h"));
    assert_true(is_allowed(&rooms[3], "core/table.h"));
    assert_true(is_allowed(&rooms[2], "core/io/csv.h"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(includes_follow_the_arrows),
        cmocka_unit_test(an_include_of_io_in_a_transform_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
