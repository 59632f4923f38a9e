/* What a file is known by. */
#include "tests/core/io/folder.h"

#include "core/io/http.h"
#include "core/io/identity.h"

#include <utime.h>

static void folder_identity(void **state, char hex[SP_HASH_SIZE])
{
    g_autoptr(GError) error = NULL;
    sp_folder_identity(*state, hex, &error);
    assert_no_error(error);
}

static void untouched_files_keep_their_identity(void **state)
{
    g_autofree char *path = path_in(state, "a");
    char before[SP_HASH_SIZE];
    char after[SP_HASH_SIZE];
    put_text(path, "12345");
    assert_true(sp_file_identity(path, before, NULL));
    g_autofree char *read = text_of(path);
    assert_string_equal(read, "12345");
    assert_true(sp_file_identity(path, after, NULL));
    assert_string_equal(after, before);
}

/* Of the same name, inode, size and mtime: the inode's own time tells. */
static void file_written_in_place_is_another_though_its_time_is_set_back(void **state)
{
    g_autofree char *path = path_in(state, "a");
    const struct utimbuf then = {.actime = 1000000000, .modtime = 1000000000};
    char before[SP_HASH_SIZE];
    char after[SP_HASH_SIZE];
    put_text(path, "12345");
    assert_int_equal(utime(path, &then), 0);
    assert_true(sp_file_identity(path, before, NULL));
    g_usleep(20000); /* longer than the step of the file system's clock */
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    assert_int_equal(fputc('9', file), '9');
    assert_int_equal(fclose(file), 0);
    assert_int_equal(utime(path, &then), 0);
    assert_true(sp_file_identity(path, after, NULL));
    assert_string_not_equal(after, before);
}

static void file_more_or_renamed_makes_another_folder(void **state)
{
    g_autofree char *one = path_in(state, "a");
    g_autofree char *two = path_in(state, "b");
    char before[SP_HASH_SIZE];
    char more[SP_HASH_SIZE];
    char renamed[SP_HASH_SIZE];
    put_text(one, "1");
    folder_identity(state, before);
    put_text(two, "");
    folder_identity(state, more);
    assert_int_equal(rename(two, one), 0);
    folder_identity(state, renamed);
    assert_string_not_equal(more, before);
    assert_string_not_equal(renamed, before);
    assert_string_not_equal(renamed, more);
}

static void absent_file_has_none(void **state)
{
    g_autofree char *path = path_in(state, "absent");
    g_autoptr(GError) error = NULL;
    char hex[SP_HASH_SIZE];
    assert_false(sp_file_identity(path, hex, &error));
    assert_error(error, SP_ERROR_NO_INPUT, path);
}

static void mapped_file_is_that_of_its_bytes(void **state)
{
    g_autofree char *path = path_in(state, "a");
    g_autoptr(GError) error = NULL;
    put_text(path, "12345");
    g_autoptr(GBytes) bytes = sp_file_map(path, &error);
    assert_no_error(error);
    gsize size = 0;
    assert_memory_equal(g_bytes_get_data(bytes, &size), "12345", 5);
    assert_int_equal(size, 5);
    assert_null(sp_file_map(*state, &error));
    assert_error(error, SP_ERROR_DATA, "not a regular file");
}

/* A file by its URL is asked for as a page is: the answer tells its tag, and the tag is asked
 * with. */
static void file_by_url_is_read_once(void **state)
{
    g_autofree char *path = path_in(state, "a.csv");
    g_autofree char *url = g_filename_to_uri(path, NULL, NULL);
    put_text(path, "12345");
    const SpHttpRequest first = {.url = url};
    g_autoptr(SpHttpResponse) told = sp_http_fetch(&first, NULL);
    assert_int_equal(told->status, 200);
    const char *tag = g_hash_table_lookup(told->headers, "etag");
    const SpHttpRequest second = {.url = url, .if_none_match = tag};
    g_autoptr(SpHttpResponse) same = sp_http_fetch(&second, NULL);
    assert_int_equal(same->status, 304);
    assert_int_equal(g_bytes_get_size(same->body), 0);
    put_text(path, "54321");
    g_autoptr(SpHttpResponse) other = sp_http_fetch(&second, NULL);
    assert_int_equal(other->status, 200);
    assert_memory_equal(g_bytes_get_data(other->body, NULL), "54321", 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(untouched_files_keep_their_identity),
        FOLDER_TEST(file_written_in_place_is_another_though_its_time_is_set_back),
        FOLDER_TEST(file_more_or_renamed_makes_another_folder),
        FOLDER_TEST(absent_file_has_none),
        FOLDER_TEST(mapped_file_is_that_of_its_bytes),
        FOLDER_TEST(file_by_url_is_read_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
