/** A folder of its own for every test of doors to the disk: made before it, removed after it. */
#ifndef SP_TESTS_CORE_IO_FOLDER_H
#define SP_TESTS_CORE_IO_FOLDER_H

#include "tests/check.h"

#include "core/io/files.h"

#include <sys/stat.h>

/* cmocka setup and teardown: *state is the folder's path (char*). */
static inline int make_folder(void **state)
{
    char *folder = g_dir_make_tmp("statpakke-test-XXXXXX", NULL);
    assert_non_null(folder);
    *state = folder;
    return 0;
}

static inline int remove_folder(void **state)
{
    g_autofree char *folder = *state;
    assert_true(sp_folder_remove(folder, NULL));
    return 0;
}

/** A path in the test's folder. g_free. */
static inline char *path_in(void **state, const char *name)
{
    return g_build_filename(*state, name, NULL);
}

static inline guint mode_of(const char *path)
{
    struct stat status;
    assert_int_equal(lstat(path, &status), 0);
    return (guint)status.st_mode & 07777;
}

/** The whole of a file as text. g_free. */
static inline char *text_of(const char *path)
{
    gsize size = 0;
    g_autoptr(GError) error = NULL;
    char *text = sp_file_read(path, 64UL * 1024 * 1024, &size, &error);
    assert_no_error(error);
    return text;
}

static inline void put_text(const char *path, const char *text)
{
    g_autoptr(GError) error = NULL;
    sp_file_write(path, text, strlen(text), 0644, &error);
    assert_no_error(error);
}

#define FOLDER_TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

#endif
