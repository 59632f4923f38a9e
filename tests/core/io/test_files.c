/* Files and folders. */
#include "tests/core/io/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

static void written_file_reads_back_with_its_mode(void **state)
{
    g_autofree char *path = path_in(state, "a");
    g_autoptr(GError) error = NULL;
    mode_t umask_before = umask(077);
    assert_true(sp_file_write(path, "a\0b", 3, 0644, &error));
    umask(umask_before);
    gsize size = 0;
    g_autofree char *bytes = sp_file_read(path, 3, &size, &error);
    assert_no_error(error);
    assert_int_equal(size, 3);
    assert_memory_equal(bytes, "a\0b\0", 4);
    assert_int_equal(mode_of(path), 0644);
}

static void empty_file_reads_as_nothing(void **state)
{
    g_autofree char *path = path_in(state, "empty");
    put_text(path, "");
    gsize size = 1;
    g_autofree char *bytes = sp_file_read(path, 0, &size, NULL);
    assert_non_null(bytes);
    assert_int_equal(size, 0);
}

static void file_above_the_limit_is_refused(void **state)
{
    g_autofree char *path = path_in(state, "large");
    g_autoptr(GError) error = NULL;
    gsize size = 0;
    put_text(path, "12345");
    assert_null(sp_file_read(path, 4, &size, &error));
    assert_error(error, SP_ERROR_DATA, "more than the 4 allowed");
}

static void absent_file_is_no_input(void **state)
{
    g_autofree char *path = path_in(state, "absent");
    g_autoptr(GError) error = NULL;
    gsize size = 0;
    assert_null(sp_file_read(path, 4, &size, &error));
    assert_error(error, SP_ERROR_NO_INPUT, path);
}

static void fifo_is_refused_without_waiting(void **state)
{
    g_autofree char *path = path_in(state, "fifo");
    g_autoptr(GError) error = NULL;
    gsize size = 0;
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_null(sp_file_read(path, 4, &size, &error));
    assert_error(error, SP_ERROR_DATA, "not a regular file");
}

static void hash_of_a_file_is_that_of_its_bytes(void **state)
{
    g_autofree char *path = path_in(state, "abc");
    char hex[SP_HASH_SIZE];
    put_text(path, "abc");
    assert_true(sp_file_hash(path, hex, NULL));
    /* FIPS 180-4, example of SHA-256 */
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void a_folder_takes_the_place_of_another(void **state)
{
    g_autofree char *old = path_in(state, "old");
    g_autofree char *new = path_in(state, "new");
    g_autofree char *old_file = g_build_filename(old, "a", NULL);
    g_autofree char *new_file = g_build_filename(new, "b", NULL);
    g_autofree char *there = g_build_filename(old, "b", NULL);
    assert_true(sp_folder_make(old, 0700, NULL) && sp_folder_make(new, 0700, NULL));
    put_text(old_file, "a");
    put_text(new_file, "b");
    assert_true(sp_folder_replace(new, old, NULL));
    assert_true(g_file_test(there, G_FILE_TEST_EXISTS));
    assert_false(g_file_test(old_file, G_FILE_TEST_EXISTS));
    assert_false(g_file_test(new, G_FILE_TEST_EXISTS));
    assert_true(sp_folder_replace(old, new, NULL)); /* there is none of that name */
    assert_true(g_file_test(new_file, G_FILE_TEST_EXISTS));
}

/* Into the file that is there. */
static void overwrite(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (gssize)strlen(text));
    assert_int_equal(close(fd), 0);
}

/* Of the same length each time, so that only the time of writing tells them apart. */
static void a_file_that_is_written_again_has_another_hash_at_once(void **state)
{
    g_autofree char *path = path_in(state, "again");
    for (guint i = 0; i < 300; i++) {
        char text[8];
        char hex[SP_HASH_SIZE];
        g_snprintf(text, sizeof text, "%07u", i);
        overwrite(path, text);
        if (i % 100 == 99) {
            g_usleep(20000); /* more than a tick: this hash is remembered */
        }
        assert_true(sp_file_hash(path, hex, NULL));
        g_autofree char *expected = g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
        assert_string_equal(hex, expected);
    }
}

static void a_linked_file_of_another_mode_is_not_read_again(void **state)
{
    g_autofree char *path = path_in(state, "one");
    g_autofree char *other = path_in(state, "other");
    struct stat before;
    char hex[SP_HASH_SIZE];
    char again[SP_HASH_SIZE];
    overwrite(path, "abc");
    g_usleep(20000);
    assert_true(sp_file_hash(path, hex, NULL));
    assert_int_equal(stat(path, &before), 0);
    /* Were it read, this would be seen. */
    overwrite(path, "abd");
    const struct timespec times[] = {before.st_atim, before.st_mtim};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    assert_int_equal(link(path, other), 0);
    assert_int_equal(chmod(path, 0644), 0);
    assert_true(sp_file_hash(other, again, NULL));
    assert_string_equal(again, hex);
}

/* The process may not write files beyond 4096 bytes meanwhile: the same path as a full disk. */
static gboolean write_beyond_limit(const char *path, gboolean is_atomic, GError **error)
{
    g_autofree char *bytes = g_strnfill(600000, 'x');
    if (is_atomic) {
        return sp_file_write(path, bytes, 600000, 0600, error);
    }
    SpWriter *writer = sp_writer_open(path, 0600, error);
    for (int i = 0; writer != NULL && i < 600; i++) {
        sp_writer_put(writer, bytes, 1000);
    }
    return writer != NULL && sp_writer_close(writer, error);
}

static void fail_to_write(const char *path, gboolean is_atomic)
{
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit small = {.rlim_cur = 4096, .rlim_max = before.rlim_max};
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    g_autoptr(GError) error = NULL;
    gboolean is_written = write_beyond_limit(path, is_atomic, &error);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, handler);
    assert_false(is_written);
    assert_error(error, SP_ERROR_IO, path);
    assert_non_null(strstr(error->message, g_strerror(EFBIG)));
}

static void failed_write_keeps_the_old_file_and_leaves_nothing(void **state)
{
    g_autofree char *path = path_in(state, "result");
    put_text(path, "old");
    fail_to_write(path, TRUE);
    g_autofree char *text = text_of(path);
    assert_string_equal(text, "old");
    g_auto(GStrv) names = sp_folder_list(*state, NULL);
    assert_int_equal(g_strv_length(names), 1);
}

static void writer_tells_a_full_disk_at_close(void **state)
{
    g_autofree char *path = path_in(state, "result");
    fail_to_write(path, FALSE);
}

static void writer_never_writes_over_a_file(void **state)
{
    g_autofree char *path = path_in(state, "taken");
    g_autoptr(GError) error = NULL;
    put_text(path, "old");
    assert_null(sp_writer_open(path, 0600, &error));
    assert_error(error, SP_ERROR_CANT_CREATE, path);
}

static void writer_in_an_absent_folder_cannot_create(void **state)
{
    g_autofree char *path = path_in(state, "absent/file");
    g_autoptr(GError) error = NULL;
    assert_null(sp_writer_open(path, 0600, &error));
    assert_error(error, SP_ERROR_CANT_CREATE, path);
    g_clear_error(&error);
    assert_false(sp_file_write(path, "", 0, 0600, &error));
    assert_error(error, SP_ERROR_CANT_CREATE, path);
}

static void writer_keeps_order_across_its_buffer(void **state)
{
    g_autofree char *path = path_in(state, "long");
    g_autofree char *large = g_strnfill(300000, 'b');
    SpWriter *writer = sp_writer_open(path, 0640, NULL);
    for (int i = 0; i < 1000; i++) {
        sp_writer_put(writer, "aaaaaaaaaa", 10);
    }
    sp_writer_put(writer, large, 300000);
    sp_writer_put_text(writer, "c");
    sp_writer_put(writer, "", 0);
    assert_true(sp_writer_close(writer, NULL));
    g_autofree char *text = text_of(path);
    assert_int_equal(strlen(text), 310001);
    assert_int_equal(strspn(text, "a"), 10000);
    assert_int_equal(strspn(text + 10000, "b"), 300000);
    assert_string_equal(text + 310000, "c");
    assert_int_equal(mode_of(path), 0640);
}

static void folders_are_made_with_parents_and_mode(void **state)
{
    g_autofree char *path = path_in(state, "a/b/c/");
    g_autofree char *first = path_in(state, "a");
    mode_t umask_before = umask(077);
    assert_true(sp_folder_make(path, 0755, NULL));
    umask(umask_before);
    assert_int_equal(mode_of(first), 0755);
    assert_int_equal(mode_of(path), 0755);
    assert_true(sp_folder_make(path, 0700, NULL));
    assert_int_equal(mode_of(path), 0755);
}

static void folder_in_the_place_of_a_file_cannot_be_made(void **state)
{
    g_autofree char *file = path_in(state, "file");
    g_autofree char *below = path_in(state, "file/folder");
    g_autoptr(GError) error = NULL;
    put_text(file, "");
    assert_false(sp_folder_make(file, 0700, &error));
    assert_error(error, SP_ERROR_CANT_CREATE, file);
    g_clear_error(&error);
    assert_false(sp_folder_make(below, 0700, &error));
    assert_error(error, SP_ERROR_CANT_CREATE, file);
}

static void make_tree(void **state)
{
    g_autofree char *folder = path_in(state, "t/a/x");
    g_autofree char *one = path_in(state, "t/a/x/1");
    g_autofree char *two = path_in(state, "t/a-b");
    g_autofree char *three = path_in(state, "t/Z");
    assert_true(sp_folder_make(folder, 0700, NULL));
    put_text(one, "1");
    put_text(two, "2");
    put_text(three, "3");
}

static void walk_gives_whole_paths_in_byte_order(void **state)
{
    g_autofree char *root = path_in(state, "t");
    make_tree(state);
    g_auto(GStrv) paths = sp_folder_walk(root, NULL);
    g_autofree char *joined = g_strjoinv(" ", paths);
    assert_string_equal(joined, "Z a-b a/x/1");
    g_auto(GStrv) names = sp_folder_list(root, NULL);
    g_autofree char *listed = g_strjoinv(" ", names);
    assert_string_equal(listed, "Z a a-b");
}

static void walk_refuses_a_symbolic_link(void **state)
{
    g_autofree char *root = path_in(state, "t");
    g_autofree char *link = path_in(state, "t/a/link");
    g_autoptr(GError) error = NULL;
    make_tree(state);
    assert_int_equal(symlink("/etc", link), 0);
    assert_null(sp_folder_walk(root, &error));
    assert_error(error, SP_ERROR_DATA, link);
}

static void remove_takes_links_away_without_following_them(void **state)
{
    g_autofree char *root = path_in(state, "t");
    g_autofree char *kept = path_in(state, "kept");
    g_autofree char *link = path_in(state, "t/a/link");
    make_tree(state);
    put_text(kept, "kept");
    assert_int_equal(symlink(*state, link), 0);
    assert_true(sp_folder_remove(root, NULL));
    assert_false(g_file_test(root, G_FILE_TEST_EXISTS));
    assert_true(g_file_test(kept, G_FILE_TEST_EXISTS));
    assert_true(sp_folder_remove(root, NULL));
}

static void chmod_reaches_files_and_folders(void **state)
{
    g_autofree char *root = path_in(state, "t");
    g_autofree char *folder = path_in(state, "t/a");
    g_autofree char *file = path_in(state, "t/a/x/1");
    make_tree(state);
    assert_true(sp_folder_chmod(root, 0660, 02770, NULL));
    assert_int_equal(mode_of(root), 02770);
    assert_int_equal(mode_of(folder), 02770);
    assert_int_equal(mode_of(file), 0660);
}

static void synced_folder_is_renamed_whole(void **state)
{
    g_autofree char *root = path_in(state, "t");
    g_autofree char *final = path_in(state, "final");
    g_autofree char *file = path_in(state, "final/a/x/1");
    make_tree(state);
    assert_true(sp_folder_sync(root, NULL));
    assert_true(sp_rename(root, final, NULL));
    g_autofree char *text = text_of(file);
    assert_string_equal(text, "1");
}

static void rename_never_replaces_a_full_folder(void **state)
{
    g_autofree char *root = path_in(state, "t");
    g_autofree char *other = path_in(state, "other");
    g_autofree char *file = path_in(state, "other/file");
    g_autoptr(GError) error = NULL;
    make_tree(state);
    assert_true(sp_folder_make(other, 0700, NULL));
    put_text(file, "");
    assert_false(sp_rename(root, other, &error));
    assert_error(error, SP_ERROR_CANT_CREATE, other);
    g_clear_error(&error);
    assert_true(sp_folder_remove(root, NULL));
    assert_false(sp_rename(root, other, &error));
    assert_error(error, SP_ERROR_NO_INPUT, root);
}

static void link_is_swapped_and_read(void **state)
{
    g_autofree char *link = path_in(state, "current");
    assert_null(sp_link_read(link));
    assert_true(sp_link_swap(link, "packages/1", NULL));
    assert_true(sp_link_swap(link, "packages/2", NULL));
    g_autofree char *target = sp_link_read(link);
    assert_string_equal(target, "packages/2");
    g_auto(GStrv) names = sp_folder_list(*state, NULL);
    assert_int_equal(g_strv_length(names), 1);
}

static void link_never_replaces_a_folder(void **state)
{
    g_autofree char *link = path_in(state, "current");
    g_autoptr(GError) error = NULL;
    assert_true(sp_folder_make(link, 0700, NULL));
    assert_false(sp_link_swap(link, "packages/1", &error));
    assert_error(error, SP_ERROR_CANT_CREATE, link);
    g_auto(GStrv) names = sp_folder_list(*state, NULL);
    assert_int_equal(g_strv_length(names), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(written_file_reads_back_with_its_mode),
        FOLDER_TEST(empty_file_reads_as_nothing),
        FOLDER_TEST(file_above_the_limit_is_refused),
        FOLDER_TEST(absent_file_is_no_input),
        FOLDER_TEST(fifo_is_refused_without_waiting),
        FOLDER_TEST(hash_of_a_file_is_that_of_its_bytes),
        FOLDER_TEST(a_folder_takes_the_place_of_another),
        FOLDER_TEST(a_file_that_is_written_again_has_another_hash_at_once),
        FOLDER_TEST(a_linked_file_of_another_mode_is_not_read_again),
        FOLDER_TEST(failed_write_keeps_the_old_file_and_leaves_nothing),
        FOLDER_TEST(writer_tells_a_full_disk_at_close),
        FOLDER_TEST(writer_never_writes_over_a_file),
        FOLDER_TEST(writer_in_an_absent_folder_cannot_create),
        FOLDER_TEST(writer_keeps_order_across_its_buffer),
        FOLDER_TEST(folders_are_made_with_parents_and_mode),
        FOLDER_TEST(folder_in_the_place_of_a_file_cannot_be_made),
        FOLDER_TEST(walk_gives_whole_paths_in_byte_order),
        FOLDER_TEST(walk_refuses_a_symbolic_link),
        FOLDER_TEST(remove_takes_links_away_without_following_them),
        FOLDER_TEST(chmod_reaches_files_and_folders),
        FOLDER_TEST(synced_folder_is_renamed_whole),
        FOLDER_TEST(rename_never_replaces_a_full_folder),
        FOLDER_TEST(link_is_swapped_and_read),
        FOLDER_TEST(link_never_replaces_a_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
