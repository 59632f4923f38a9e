/* Which files of the configuration projections read. */
#include "demand/config.h"

static const SpProjectFile *find_path(const char *path)
{
    const SpProjectFile *file = sp_project_files;
    while (file->path != NULL && strcmp(file->path, path) != 0) {
        file++;
    }
    return file->path == NULL ? NULL : file;
}

/* A file that nobody reads would be edited in vain. */
static void every_file_of_the_folder_is_read(void **state)
{
    (void)state;
    g_autofree char *folder = g_build_filename(SP_SOURCE_FOLDER, "config", "framskriving", NULL);
    g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
    assert_non_null(files);
    guint n = 0;
    for (const char *name = g_dir_read_name(files); name != NULL; name = g_dir_read_name(files)) {
        g_autofree char *path = g_strconcat("framskriving/", name, NULL);
        if (find_path(path) == NULL) {
            fail_msg("config/%s is in no row of transforms/project/files.c", path);
        }
        n++;
    }
    assert_true(n >= 10);
}

/* A measure that is misspelt would be read as a code. */
static void every_measure_is_a_column(void **state)
{
    (void)state;
    for (const SpProjectFile *file = sp_project_files; file->path != NULL; file++) {
        g_autoptr(SpTable) table = config_file(file->table);
        g_auto(GStrv) measures = g_strsplit(file->measures, " ", -1);
        for (char **measure = measures; *measure != NULL; measure++) {
            gsize column = sp_table_find(table, *measure);
            if (column == SP_NO_COLUMN ||
                sp_table_column(table, column)->kind != SP_COLUMN_MEASURE) {
                fail_msg("config/%s has no column %s", file->path, *measure);
            }
        }
    }
}

static void a_table_is_made_of_one_file(void **state)
{
    (void)state;
    for (const SpProjectFile *file = sp_project_files; file->path != NULL; file++) {
        assert_ptr_equal(find_path(file->path), file);
        for (const SpProjectFile *other = file + 1; other->path != NULL; other++) {
            assert_string_not_equal(file->table, other->table);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_of_the_folder_is_read),
        cmocka_unit_test(every_measure_is_a_column),
        cmocka_unit_test(a_table_is_made_of_one_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
