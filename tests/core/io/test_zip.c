/* Deterministic archives. */
#include "tests/core/io/folder.h"

#include "core/io/zip.h"

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utime.h>
#include <zip.h>

static void put_in(void **state, const char *name, const char *text)
{
    g_autofree char *path = path_in(state, name);
    g_autofree char *folder = g_path_get_dirname(path);
    assert_true(sp_folder_make(folder, 0700, NULL));
    put_text(path, text);
}

static void set_zone(const char *zone)
{
    assert_true(g_setenv("TZ", zone, TRUE));
    tzset();
}

/* The archive of a folder, made in a time zone. g_free. */
static char *zip_in_zone(void **state, const char *folder, const char *name, const char *zone,
                         gsize *size)
{
    g_autofree char *source = path_in(state, folder);
    g_autofree char *path = path_in(state, name);
    g_autoptr(GError) error = NULL;
    set_zone(zone);
    sp_zip_write(path, source, "pakke/", &error);
    set_zone("UTC");
    assert_no_error(error);
    assert_int_equal(mode_of(path), 0644);
    char *bytes = sp_file_read(path, 1000000, size, &error);
    assert_no_error(error);
    return bytes;
}

static void same_files_give_the_same_bytes_in_any_zone_order_mode_and_time(void **state)
{
    g_autofree char *old = path_in(state, "two/å.csv");
    gsize first_size = 0;
    gsize second_size = 0;
    put_in(state, "one/å.csv", "region\n0301\n");
    put_in(state, "one/b/c.csv", "x\n");
    put_in(state, "two/b/c.csv", "x\n");
    put_in(state, "two/å.csv", "region\n0301\n");
    assert_int_equal(g_chmod(old, 0600), 0);
    assert_int_equal(utime(old, &(struct utimbuf){.actime = 1, .modtime = 1}), 0);
    g_autofree char *first = zip_in_zone(state, "one", "1.zip", "Europe/Oslo", &first_size);
    g_autofree char *second = zip_in_zone(state, "two", "2.zip", "America/St_Johns", &second_size);
    assert_int_equal(first_size, second_size);
    assert_memory_equal(first, second, first_size);
}

static void entries_stand_in_order_with_fixed_time_and_mode_and_verify(void **state)
{
    g_autofree char *path = path_in(state, "1.zip");
    gsize size = 0;
    char text[32] = "";
    put_in(state, "one/b/c.csv", "x\n");
    put_in(state, "one/a.csv", "region\n0301\n");
    g_autofree char *bytes = zip_in_zone(state, "one", "1.zip", "UTC", &size);
    zip_t *archive = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    assert_non_null(archive);
    assert_int_equal(zip_get_num_entries(archive, 0), 2);
    assert_string_equal(zip_get_name(archive, 0, 0), "pakke/a.csv");
    assert_string_equal(zip_get_name(archive, 1, 0), "pakke/b/c.csv");
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    assert_int_equal(zip_file_get_external_attributes(archive, 0, 0, &system, &attributes), 0);
    assert_int_equal(system, ZIP_OPSYS_UNIX);
    assert_int_equal(attributes >> 16, 0100644);
    assert_int_equal(zip_file_extra_fields_count(archive, 0, ZIP_FL_CENTRAL), 0);
    zip_file_t *file = zip_fopen_index(archive, 0, 0);
    assert_int_equal(zip_fread(file, text, sizeof text), 12);
    assert_int_equal(zip_fclose(file), 0); /* checks the CRC */
    assert_string_equal(text, "region\n0301\n");
    zip_discard(archive);
    /* The DOS time and date of the first local header: 00:00, 1980-01-01. */
    assert_memory_equal(bytes + 10, "\x00\x00\x21\x00", 4);
}

/* A workbook is an archive: squeezing it again takes time and gives nothing. */
static void workbook_is_stored_and_the_rest_deflated(void **state)
{
    g_autofree char *path = path_in(state, "1.zip");
    g_autofree char *text = g_strnfill(1000, 'x');
    gsize size = 0;
    put_in(state, "one/a.csv", text);
    put_in(state, "one/b.xlsx", text);
    g_autofree char *bytes = zip_in_zone(state, "one", "1.zip", "UTC", &size);
    assert_memory_equal(bytes, "PK", 2);
    zip_t *archive = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, NULL);
    zip_stat_t csv, book;
    assert_int_equal(zip_stat_index(archive, 0, 0, &csv), 0);
    assert_int_equal(zip_stat_index(archive, 1, 0, &book), 0);
    assert_int_equal(csv.comp_method, ZIP_CM_DEFLATE);
    assert_int_equal(book.comp_method, ZIP_CM_STORE);
    assert_int_equal(book.comp_size, 1000);
    zip_discard(archive);
}

static void archive_never_replaces_a_file(void **state)
{
    g_autofree char *source = path_in(state, "one");
    g_autofree char *path = path_in(state, "1.zip");
    g_autoptr(GError) error = NULL;
    put_in(state, "one/a.csv", "x\n");
    put_text(path, "old");
    assert_false(sp_zip_write(path, source, "", &error));
    assert_error(error, SP_ERROR_CANT_CREATE, "exists");
    g_autofree char *text = text_of(path);
    assert_string_equal(text, "old");
}

static void folder_of_no_files_is_no_input(void **state)
{
    g_autofree char *source = path_in(state, "one");
    g_autofree char *path = path_in(state, "1.zip");
    g_autoptr(GError) error = NULL;
    assert_false(sp_zip_write(path, source, "", &error));
    assert_error(error, SP_ERROR_NO_INPUT, source);
    g_clear_error(&error);
    assert_true(sp_folder_make(source, 0700, NULL));
    assert_false(sp_zip_write(path, source, "", &error));
    assert_error(error, SP_ERROR_NO_INPUT, "holds no file");
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void name_that_is_not_utf8_is_refused(void **state)
{
    g_autofree char *source = path_in(state, "one");
    g_autofree char *path = path_in(state, "1.zip");
    g_autoptr(GError) error = NULL;
    put_in(state, "one/\xe5.csv", "x\n");
    assert_false(sp_zip_write(path, source, "", &error));
    assert_error(error, SP_ERROR_DATA, "not UTF-8");
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void failed_archive_leaves_nothing(void **state)
{
    g_autofree char *source = path_in(state, "one");
    g_autofree char *path = path_in(state, "absent/1.zip");
    g_autoptr(GError) error = NULL;
    put_in(state, "one/a.csv", "x\n");
    assert_false(sp_zip_write(path, source, "", &error));
    assert_error(error, SP_ERROR_CANT_CREATE, path);
    g_auto(GStrv) names = sp_folder_list(*state, NULL);
    assert_int_equal(g_strv_length(names), 1);
}

/* Where one archive is the first of its process that is opened and another its second. */
enum { N_FIRST = 1000, N_AT_ONCE = 4 };

typedef struct {
    char *source, *path;
    int *n_waiting;
} Archive;

static gpointer write_with_others(gpointer data)
{
    const Archive *archive = data;
    g_atomic_int_inc(archive->n_waiting);
    while (g_atomic_int_get(archive->n_waiting) < N_AT_ONCE) {
        g_thread_yield();
    }
    return GINT_TO_POINTER(sp_zip_write(archive->path, archive->source, "", NULL));
}

static int write_at_once(void **state, char *source)
{
    GThread *threads[N_AT_ONCE];
    Archive archives[N_AT_ONCE];
    int n_waiting = 0, n_written = 0;
    for (int i = 0; i < N_AT_ONCE; i++) {
        g_autofree char *name = g_strdup_printf("%d.zip", i);
        archives[i] = (Archive){source, path_in(state, name), &n_waiting};
        threads[i] = g_thread_new(NULL, write_with_others, &archives[i]);
    }
    for (int i = 0; i < N_AT_ONCE; i++) {
        n_written += GPOINTER_TO_INT(g_thread_join(threads[i]));
        (void)unlink(archives[i].path);
        g_free(archives[i].path);
    }
    return n_written;
}

static void first_archives_of_a_process_are_written_at_once(void **state)
{
    g_autofree char *source = path_in(state, "one");
    put_in(state, "one/a.csv", "x\n");
    for (int i = 0; i < N_FIRST; i++) {
        const pid_t child = fork();
        int status = -1;
        assert_true(child >= 0);
        if (child == 0) {
            _exit(write_at_once(state, source) == N_AT_ONCE ? 0 : 1);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(first_archives_of_a_process_are_written_at_once),
        FOLDER_TEST(same_files_give_the_same_bytes_in_any_zone_order_mode_and_time),
        FOLDER_TEST(entries_stand_in_order_with_fixed_time_and_mode_and_verify),
        FOLDER_TEST(workbook_is_stored_and_the_rest_deflated),
        FOLDER_TEST(archive_never_replaces_a_file),
        FOLDER_TEST(folder_of_no_files_is_no_input),
        FOLDER_TEST(name_that_is_not_utf8_is_refused),
        FOLDER_TEST(failed_archive_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
