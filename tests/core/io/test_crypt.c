/* Encryption at rest. */
#include "tests/core/io/folder.h"

#include "core/io/crypt.h"

#include <fcntl.h>
#include <unistd.h>

enum { START = 7 + 24, PLAIN = 65536, FRAME = PLAIN + 17 };

static gboolean collect(const void *bytes, gsize size, gpointer data, GError **error)
{
    (void)error;
    assert_in_range(size, 1, PLAIN);
    g_byte_array_append(data, bytes, (guint)size);
    return TRUE;
}

static gboolean refuse_piece(const void *bytes, gsize size, gpointer data, GError **error)
{
    (void)bytes;
    (void)size;
    (void)data;
    return sp_error_set(error, SP_ERROR_DATA, "the reader stops");
}

static SpKey *new_key(void **state, const char *name)
{
    g_autofree char *path = path_in(state, name);
    g_autoptr(GError) error = NULL;
    assert_true(sp_key_create(path, NULL));
    SpKey *key = sp_key_read(path, &error);
    assert_no_error(error);
    return key;
}

/* Plain bytes that repeat only after 251, so that swapped frames differ. g_free. */
static char *plain_of(gsize size)
{
    char *plain = g_malloc(size + 1);
    for (gsize i = 0; i < size; i++) {
        plain[i] = (char)(i % 251);
    }
    return plain;
}

static void assert_round_trip(void **state, gsize size, gsize file_size)
{
    g_autoptr(SpKey) key = new_key(state, "key");
    g_autofree char *path = path_in(state, "x.enc");
    g_autofree char *plain = plain_of(size);
    g_autoptr(GByteArray) read = g_byte_array_new();
    g_autoptr(GError) error = NULL;
    sp_crypt_write(key, path, plain, size, &error);
    assert_no_error(error);
    sp_crypt_read(key, path, collect, read, &error);
    assert_no_error(error);
    assert_int_equal(read->len, size);
    if (size > 0) {
        assert_memory_equal(read->data, plain, size);
    }
    gsize n = 0;
    g_autofree char *bytes = sp_file_read(path, 1000000, &n, NULL);
    assert_int_equal(n, file_size);
    assert_memory_equal(bytes, "SPENC1\n", 7);
    assert_int_equal(mode_of(path), 0600);
}

static void nothing_round_trips(void **state)
{
    assert_round_trip(state, 0, START + 17);
}

static void one_byte_round_trips(void **state)
{
    assert_round_trip(state, 1, START + 18);
}

static void exactly_one_frame_round_trips(void **state)
{
    assert_round_trip(state, PLAIN, START + FRAME);
}

static void one_byte_more_than_a_frame_round_trips(void **state)
{
    assert_round_trip(state, PLAIN + 1, START + FRAME + 18);
}

static void many_frames_round_trip(void **state)
{
    assert_round_trip(state, 200000, START + 200000 + 4 * 17);
}

/* Bytes of an encrypted file of 200 000 plain bytes, for a test to damage. g_free. */
static char *encrypted(void **state, const SpKey *key, gsize *size)
{
    g_autofree char *path = path_in(state, "whole.enc");
    g_autofree char *plain = plain_of(200000);
    assert_true(sp_crypt_write(key, path, plain, 200000, NULL));
    return sp_file_read(path, 1000000, size, NULL);
}

static void assert_refused(void **state, const SpKey *key, const char *bytes, gsize size,
                           const char *part)
{
    g_autofree char *path = path_in(state, "damaged.enc");
    g_autoptr(GByteArray) read = g_byte_array_new();
    g_autoptr(GError) error = NULL;
    assert_true(sp_file_write(path, bytes, size, 0600, NULL));
    assert_false(sp_crypt_read(key, path, collect, read, &error));
    assert_error(error, SP_ERROR_DATA, part);
}

static void cut_file_is_refused_wherever_it_is_cut(void **state)
{
    g_autoptr(SpKey) key = new_key(state, "key");
    gsize size = 0;
    g_autofree char *bytes = encrypted(state, key, &size);
    assert_refused(state, key, bytes, 0, "does not begin");
    assert_refused(state, key, bytes, START - 1, "does not begin");
    assert_refused(state, key, bytes, START, "cut short");
    assert_refused(state, key, bytes, START + 5, "does not verify");
    assert_refused(state, key, bytes, START + FRAME, "cut short");
    assert_refused(state, key, bytes, START + 2 * FRAME, "cut short");
    assert_refused(state, key, bytes, size - 1, "does not verify");
}

static void prolonged_file_is_refused(void **state)
{
    g_autoptr(SpKey) key = new_key(state, "key");
    gsize size = 0;
    g_autofree char *bytes = encrypted(state, key, &size);
    g_autoptr(GByteArray) longer = g_byte_array_new();
    g_byte_array_append(longer, (const guint8 *)bytes, (guint)size);
    g_byte_array_append(longer, (const guint8 *)bytes, FRAME);
    assert_refused(state, key, (const char *)longer->data, size + 1, "does not verify");
    assert_refused(state, key, (const char *)longer->data, size + FRAME, "does not verify");
}

static void full_last_frame_with_more_behind_it_is_refused(void **state)
{
    g_autoptr(SpKey) key = new_key(state, "key");
    g_autofree char *path = path_in(state, "frame.enc");
    g_autofree char *plain = plain_of(PLAIN);
    gsize size = 0;
    assert_true(sp_crypt_write(key, path, plain, PLAIN, NULL));
    g_autofree char *bytes = sp_file_read(path, 1000000, &size, NULL);
    /* sp_file_read sets a NUL behind the bytes. */
    assert_refused(state, key, bytes, size + 1, "goes on after its end");
}

static void swapped_frames_are_refused(void **state)
{
    g_autoptr(SpKey) key = new_key(state, "key");
    gsize size = 0;
    g_autofree char *bytes = encrypted(state, key, &size);
    g_autofree char *first = g_memdup2(bytes + START, FRAME);
    memmove(bytes + START, bytes + START + FRAME, FRAME);
    memcpy(bytes + START + FRAME, first, FRAME);
    assert_refused(state, key, bytes, size, "does not verify");
}

static void left_out_frame_is_refused(void **state)
{
    g_autoptr(SpKey) key = new_key(state, "key");
    gsize size = 0;
    g_autofree char *bytes = encrypted(state, key, &size);
    memmove(bytes + START, bytes + START + FRAME, size - START - FRAME);
    assert_refused(state, key, bytes, size - FRAME, "does not verify");
}

static void flipped_bit_is_refused(void **state)
{
    g_autoptr(SpKey) key = new_key(state, "key");
    gsize size = 0;
    g_autofree char *bytes = encrypted(state, key, &size);
    bytes[size / 2] ^= 1;
    assert_refused(state, key, bytes, size, "does not verify");
    bytes[size / 2] ^= 1;
    bytes[10] ^= 1;
    assert_refused(state, key, bytes, size, "does not verify");
}

static void other_key_does_not_open(void **state)
{
    g_autoptr(SpKey) key = new_key(state, "key");
    g_autoptr(SpKey) other = new_key(state, "other");
    gsize size = 0;
    g_autofree char *bytes = encrypted(state, key, &size);
    assert_refused(state, other, bytes, size, "another key");
}

static void error_of_the_reader_stops_the_reading(void **state)
{
    g_autoptr(SpKey) key = new_key(state, "key");
    g_autofree char *path = path_in(state, "whole.enc");
    g_autoptr(GError) error = NULL;
    gsize size = 0;
    g_autofree char *bytes = encrypted(state, key, &size);
    assert_non_null(bytes);
    assert_false(sp_crypt_read(key, path, refuse_piece, NULL, &error));
    assert_error(error, SP_ERROR_DATA, "the reader stops");
}

static void encrypted_file_never_replaces_another(void **state)
{
    g_autoptr(SpKey) key = new_key(state, "key");
    g_autofree char *path = path_in(state, "taken");
    g_autoptr(GError) error = NULL;
    put_text(path, "old");
    assert_false(sp_crypt_write(key, path, "x", 1, &error));
    assert_error(error, SP_ERROR_CANT_CREATE, path);
    g_autofree char *text = text_of(path);
    assert_string_equal(text, "old");
}

static void key_that_others_may_read_is_refused(void **state)
{
    g_autofree char *path = path_in(state, "key");
    g_autoptr(GError) error = NULL;
    assert_true(sp_key_create(path, NULL));
    assert_int_equal(mode_of(path), 0600);
    assert_int_equal(g_chmod(path, 0644), 0);
    assert_null(sp_key_read(path, &error));
    assert_error(error, SP_ERROR_CONFIG, "0644");
}

static void key_is_never_written_over(void **state)
{
    g_autofree char *path = path_in(state, "key");
    g_autoptr(GError) error = NULL;
    assert_true(sp_key_create(path, NULL));
    gsize size = 0;
    g_autofree char *before = sp_file_read(path, 32, &size, NULL);
    assert_false(sp_key_create(path, &error));
    assert_error(error, SP_ERROR_CANT_CREATE, path);
    g_autofree char *after = sp_file_read(path, 32, &size, NULL);
    assert_memory_equal(before, after, 32);
}

static void file_of_another_size_is_no_key(void **state)
{
    g_autofree char *path = path_in(state, "key");
    g_autoptr(GError) error = NULL;
    put_text(path, "hemmelig");
    assert_int_equal(g_chmod(path, 0600), 0);
    assert_null(sp_key_read(path, &error));
    assert_error(error, SP_ERROR_CONFIG, "not a key");
    g_clear_error(&error);
    assert_int_equal(g_unlink(path), 0);
    assert_null(sp_key_read(path, &error));
    assert_error(error, SP_ERROR_NO_INPUT, path);
}

static void name_is_keyed_blake2b(void **state)
{
    g_autofree char *path = path_in(state, "key");
    unsigned char bytes[32];
    char hex[65];
    for (guint i = 0; i < 32; i++) {
        bytes[i] = (unsigned char)i;
    }
    assert_true(sp_file_write(path, bytes, sizeof bytes, 0600, NULL));
    g_autoptr(SpKey) key = sp_key_read(path, NULL);
    sp_key_name(key, "abc", 3, hex);
    /* python3: hashlib.blake2b(b"abc", digest_size=32, key=bytes(range(32))).hexdigest() */
    assert_string_equal(hex, "d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f");
}

/* A file taken in is what the same bytes encrypted at once are, and bears the same name. */
static void assert_taken(void **state, gsize size)
{
    g_autoptr(SpKey) key = new_key(state, "key");
    g_autofree char *from = path_in(state, "plain");
    g_autofree char *path = path_in(state, "x.enc");
    g_autofree char *plain = plain_of(size);
    g_autoptr(GByteArray) read = g_byte_array_new();
    g_autoptr(GError) error = NULL;
    char name[65];
    char want[65];
    gsize n = 0;
    assert_true(g_file_set_contents(from, plain, (gssize)size, NULL));
    int fd = open(from, O_RDONLY);
    sp_crypt_take(key, &(SpCryptFrom){fd, from, 1 << 20}, path, name, &n, &error);
    close(fd);
    assert_no_error(error);
    assert_int_equal(n, size);
    sp_key_name(key, plain, size, want);
    assert_string_equal(name, want);
    sp_crypt_read(key, path, collect, read, &error);
    assert_no_error(error);
    assert_int_equal(read->len, size);
    if (size > 0) {
        assert_memory_equal(read->data, plain, size);
    }
    assert_int_equal(mode_of(path), 0600);
}

static void a_file_of_no_bytes_is_taken(void **state)
{
    assert_taken(state, 0);
}

static void a_file_of_whole_frames_is_taken(void **state)
{
    assert_taken(state, (gsize)2 * PLAIN);
}

static void a_file_of_a_part_of_a_frame_is_taken(void **state)
{
    assert_taken(state, PLAIN + 1);
}

static void a_file_that_is_too_large_is_refused_and_leaves_nothing(void **state)
{
    g_autoptr(SpKey) key = new_key(state, "key");
    g_autofree char *from = path_in(state, "plain");
    g_autofree char *path = path_in(state, "x.enc");
    g_autofree char *plain = plain_of(PLAIN);
    g_autoptr(GError) error = NULL;
    char name[65];
    gsize n = 0;
    assert_true(g_file_set_contents(from, plain, PLAIN, NULL));
    int fd = open(from, O_RDONLY);
    assert_false(sp_crypt_take(key, &(SpCryptFrom){fd, from, PLAIN - 1}, path, name, &n, &error));
    close(fd);
    assert_error(error, SP_ERROR_DATA, "more than 65535 bytes");
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(nothing_round_trips),
        FOLDER_TEST(one_byte_round_trips),
        FOLDER_TEST(exactly_one_frame_round_trips),
        FOLDER_TEST(one_byte_more_than_a_frame_round_trips),
        FOLDER_TEST(many_frames_round_trip),
        FOLDER_TEST(cut_file_is_refused_wherever_it_is_cut),
        FOLDER_TEST(prolonged_file_is_refused),
        FOLDER_TEST(full_last_frame_with_more_behind_it_is_refused),
        FOLDER_TEST(swapped_frames_are_refused),
        FOLDER_TEST(left_out_frame_is_refused),
        FOLDER_TEST(flipped_bit_is_refused),
        FOLDER_TEST(other_key_does_not_open),
        FOLDER_TEST(error_of_the_reader_stops_the_reading),
        FOLDER_TEST(encrypted_file_never_replaces_another),
        FOLDER_TEST(key_that_others_may_read_is_refused),
        FOLDER_TEST(key_is_never_written_over),
        FOLDER_TEST(file_of_another_size_is_no_key),
        FOLDER_TEST(name_is_keyed_blake2b),
        FOLDER_TEST(a_file_of_no_bytes_is_taken),
        FOLDER_TEST(a_file_of_whole_frames_is_taken),
        FOLDER_TEST(a_file_of_a_part_of_a_frame_is_taken),
        FOLDER_TEST(a_file_that_is_too_large_is_refused_and_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
