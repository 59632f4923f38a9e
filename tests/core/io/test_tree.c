/* A folder and an archive of it, looked at in one way; and archives that lie. */
#include "tests/core/io/folder.h"

#include "core/io/tree.h"
#include "core/io/zip.h"

#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

/* A folder with two files; its path. g_free. */
static char *make_package(void **state)
{
    g_autofree char *data = path_in(state, "package/data");
    g_autofree char *one = path_in(state, "package/a.json");
    g_autofree char *two = path_in(state, "package/data/b.csv");
    assert_int_equal(g_mkdir_with_parents(data, 0700), 0);
    put_text(one, "{}\n");
    put_text(two, "x\n1\n");
    return path_in(state, "package");
}

static SpTree *archive_of(void **state, const char *folder, const char *prefix)
{
    g_autofree char *path = path_in(state, "package.zip");
    g_autoptr(GError) error = NULL;
    sp_zip_write(path, folder, prefix, &error);
    assert_no_error(error);
    SpTree *tree = sp_tree_of_zip(path, &error);
    assert_no_error(error);
    return tree;
}

static void assert_tree(const SpTree *tree)
{
    gsize size = 0;
    char hex[SP_HASH_SIZE], wanted[SP_HASH_SIZE];
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) missing = NULL;
    g_auto(GStrv) names = sp_tree_list(tree, &error);
    g_autofree char *listed = g_strjoinv(" ", names);
    g_autofree char *text = sp_tree_read(tree, "data/b.csv", 100, &size, &error);
    assert_string_equal(listed, "a.json data/b.csv");
    assert_string_equal(text, "x\n1\n");
    assert_int_equal(size, 4);
    assert_true(sp_tree_hash(tree, "data/b.csv", hex, &error));
    sp_hash_bytes("x\n1\n", 4, wanted);
    assert_string_equal(hex, wanted);
    assert_true(sp_tree_has(tree, "a.json"));
    assert_false(sp_tree_has(tree, "b.json"));
    assert_int_equal(sp_tree_open(tree, "b.json", &size, &missing), -1);
    assert_error(missing, SP_ERROR_NO_INPUT, "b.json");
}

static void a_folder_and_its_archive_are_the_same_tree(void **state)
{
    g_autofree char *folder = make_package(state);
    g_autoptr(SpTree) on_disk = sp_tree_of_folder(folder);
    g_autoptr(SpTree) archive = archive_of(state, folder, "fylke-50/");
    assert_tree(on_disk);
    assert_tree(archive);
    assert_string_equal(sp_tree_folder(on_disk), folder);
    assert_null(sp_tree_folder(archive));
}

static void a_file_larger_than_the_reader_bears_is_refused(void **state)
{
    gsize size = 0;
    g_autofree char *folder = make_package(state);
    g_autoptr(SpTree) archive = archive_of(state, folder, "fylke-50/");
    g_autoptr(GError) error = NULL;
    assert_null(sp_tree_read(archive, "data/b.csv", 3, &size, &error));
    assert_error(error, SP_ERROR_DATA, "more than 3 bytes");
}

/* An archive with these entries (names parted by blanks), each with one byte. */
static void assert_refused(void **state, const char *entries, const char *part)
{
    g_autofree char *path = path_in(state, "made.zip");
    g_auto(GStrv) names = g_strsplit(entries, " ", -1);
    g_autoptr(GError) error = NULL;
    zip_t *archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    assert_non_null(archive);
    for (char **name = names; *name != NULL; name++) {
        assert_true(zip_file_add(archive, *name, zip_source_buffer(archive, "x", 1, 0), 0) >= 0);
    }
    assert_int_equal(zip_close(archive), 0);
    assert_null(sp_tree_of_zip(path, &error));
    assert_error(error, SP_ERROR_DATA, part);
}

/* As ln -s and zip --symlinks make it. */
static void a_link_in_an_archive_is_refused(void **state)
{
    g_autofree char *path = path_in(state, "link.zip");
    g_autoptr(GError) error = NULL;
    zip_t *archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    assert_non_null(archive);
    assert_int_equal(zip_file_add(archive, "p/link", zip_source_buffer(archive, "/etc", 4, 0), 0),
                     0);
    assert_int_equal(zip_file_set_external_attributes(archive, 0, 0, ZIP_OPSYS_UNIX,
                                                      (zip_uint32_t)(S_IFLNK | 0777) << 16),
                     0);
    assert_int_equal(zip_close(archive), 0);
    assert_null(sp_tree_of_zip(path, &error));
    assert_error(error, SP_ERROR_DATA, "p/link is a link");
}

/* Folders are passed over, but not one that a careless program would make elsewhere. */
static void a_folder_that_leads_out_is_refused(void **state)
{
    g_autofree char *path = path_in(state, "folder.zip");
    g_autoptr(GError) error = NULL;
    zip_t *archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    assert_non_null(archive);
    assert_int_equal(zip_file_add(archive, "p/a", zip_source_buffer(archive, "x", 1, 0), 0), 0);
    assert_int_equal(zip_dir_add(archive, "../up/", 0), 1);
    assert_int_equal(zip_close(archive), 0);
    assert_null(sp_tree_of_zip(path, &error));
    assert_error(error, SP_ERROR_DATA, "leads out");
}

static void names_that_lead_out_or_lie_elsewhere_are_refused(void **state)
{
    assert_refused(state, "a/../../etc/passwd", "leads out");
    assert_refused(state, "/etc/passwd", "leads out");
    assert_refused(state, "a\\b", "leads out");
    assert_refused(state, "a/b c/d", "do not lie in one folder");
    assert_refused(state, "alone", "do not lie in one folder");
}

static void a_cut_or_altered_archive_is_damaged(void **state)
{
    gsize size = 0;
    g_autofree char *folder = make_package(state);
    g_autofree char *path = path_in(state, "package.zip");
    g_autofree char *bytes = NULL;
    g_autoptr(GError) altered = NULL;
    g_autoptr(GError) cut = NULL;
    g_autoptr(GError) absent = NULL;
    sp_tree_free(archive_of(state, folder, "f/"));
    assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    /* The byte after the first local header and name is of the first file's content. */
    bytes[30 + strlen("f/a.json") + 1] ^= 1;
    assert_true(g_file_set_contents(path, bytes, (gssize)size, NULL));
    g_autoptr(SpTree) tree = sp_tree_of_zip(path, NULL);
    assert_null(sp_tree_read(tree, "a.json", 100, &size, &altered));
    assert_error(altered, SP_ERROR_DATA, "damaged");
    assert_int_equal(truncate(path, 40), 0);
    assert_null(sp_tree_of_zip(path, &cut));
    assert_error(cut, SP_ERROR_DATA, "not a whole zip");
    assert_int_equal(unlink(path), 0);
    assert_null(sp_tree_of_zip(path, &absent));
    assert_error(absent, SP_ERROR_NO_INPUT, "package.zip");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(a_folder_and_its_archive_are_the_same_tree),
        FOLDER_TEST(a_file_larger_than_the_reader_bears_is_refused),
        FOLDER_TEST(names_that_lead_out_or_lie_elsewhere_are_refused),
        FOLDER_TEST(a_link_in_an_archive_is_refused),
        FOLDER_TEST(a_folder_that_leads_out_is_refused),
        FOLDER_TEST(a_cut_or_altered_archive_is_damaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
