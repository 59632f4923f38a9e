/** Programs on files that anybody brings: a folder without a workspace in it. */
#ifndef SP_TESTS_PIPELINE_ON_FILE_H
#define SP_TESTS_PIPELINE_ON_FILE_H

#include "tests/pipeline/mini.h"
#include "tests/transforms/vary/golden.h"

typedef struct {
    char *folder;
} OnFile;

/** Group fixtures: *state is an OnFile. */
static inline int on_file_setup(void **state)
{
    OnFile *on_file = g_new0(OnFile, 1);
    on_file->folder = g_dir_make_tmp("statpakke-XXXXXX", NULL);
    *state = on_file;
    return on_file->folder == NULL;
}

static inline int on_file_teardown(void **state)
{
    OnFile *on_file = *state;
    g_autoptr(GDir) dir = g_dir_open(on_file->folder, 0, NULL);
    const char *name = NULL;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        g_autofree char *path = g_build_filename(on_file->folder, name, NULL);
        (void)g_remove(path);
    }
    const int status = g_rmdir(on_file->folder);
    g_free(on_file->folder);
    g_free(on_file);
    return status;
}

/** The path, g_free. */
static inline char *on_file_write(const OnFile *on_file, const char *name, const char *text)
{
    char *path = g_build_filename(on_file->folder, name, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    return path;
}

/** Runs the program with arguments, NULL-terminated, twelve at most. */
static inline Result on_file_run(const OnFile *on_file, const char *program,
                                 const char *const arguments[])
{
    const char *a[13] = {NULL};
    g_autofree char *workspace = g_build_filename(on_file->folder, "none", NULL);
    g_autofree char *data = g_build_filename(SP_SOURCE_FOLDER, "config", NULL);
    const Mini bare = {.folder = on_file->folder, .data = data, .workspace = workspace};
    for (gsize i = 0; arguments[i] != NULL; i++) {
        assert_true(i < G_N_ELEMENTS(a) - 1);
        a[i] = arguments[i];
    }
    Result result = mini_run(&bare, NULL, program, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7],
                             a[8], a[9], a[10], a[11], NULL);
    assert_false(g_file_test(workspace, G_FILE_TEST_EXISTS));
    return result;
}

/** The program's CSV split as a golden set is; fails on anything said on stderr. Clears
 * `result`. */
static inline GPtrArray *on_file_rows(Result result)
{
    assert_string_equal(result.err, "");
    assert_int_equal(result.status, 0);
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    g_auto(GStrv) lines = g_strsplit(result.out, "\n", -1);
    for (gsize i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
        g_ptr_array_add(rows, g_strsplit(lines[i], ",", -1));
    }
    result_clear(&result);
    return rows;
}

#endif
