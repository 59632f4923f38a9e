/* Packed files, whole and hostile, unpacked in pieces of every size. */
#include "tests/check.h"

#include "core/error.h"
#include "core/io/unpack.h"

#include <string.h>

#define ZLIB_CONST
#include <zlib.h>
#include <zstd.h>

enum { TEXT_SIZE = 300000, MOST = 64 * 1024 * 1024 };

/* Text that does not pack away: digits of a multiplicative sequence. */
static char *text_new(gsize size)
{
    char *text = g_malloc(size + 1);
    guint32 state = 12345;
    for (gsize i = 0; i < size; i++) {
        state = state * 1664525U + 1013904223U;
        text[i] = (char)('0' + (state >> 28));
    }
    text[size] = '\0';
    return text;
}

static GBytes *pack_gzip(const char *text, gsize size)
{
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
    gsize room = deflateBound(&stream, size) + 64;
    guint8 *out = g_malloc(room);
    stream.next_in = (const Bytef *)text;
    stream.avail_in = (uInt)size;
    stream.next_out = out;
    stream.avail_out = (uInt)room;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    gsize n = stream.total_out;
    deflateEnd(&stream);
    return g_bytes_new_take(out, n);
}

static GBytes *pack_zstd(const char *text, gsize size)
{
    gsize room = ZSTD_compressBound(size);
    guint8 *out = g_malloc(room);
    gsize n = ZSTD_compress(out, room, text, size, 3);
    assert_false(ZSTD_isError(n));
    return g_bytes_new_take(out, n);
}

static gboolean collect(const void *bytes, gsize size, gpointer data, GError **error)
{
    (void)error;
    assert_true(size <= SP_UNPACK_PIECE);
    g_string_append_len(data, bytes, (gssize)size);
    return TRUE;
}

/* All bytes, pushed `piece` at a time; NULL with error. g_free. */
static char *unpack(SpUnpackKind kind, GBytes *packed, gsize piece, gsize most, GError **error)
{
    gsize size = 0;
    const char *bytes = g_bytes_get_data(packed, &size);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(SpUnpack) unpack = sp_unpack_open(kind, "a.csv", most, collect, text, error);
    assert_non_null(unpack);
    for (gsize done = 0; done < size; done += piece) {
        if (!sp_unpack_push(unpack, bytes + done, MIN(piece, size - done), error)) {
            return NULL;
        }
    }
    return sp_unpack_close(g_steal_pointer(&unpack), error)
               ? g_string_free(g_steal_pointer(&text), FALSE)
               : NULL;
}

static void assert_unpacks(SpUnpackKind kind, GBytes *packed, const char *text)
{
    static const gsize pieces[] = {1000000, 65536, 4097, 1};
    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *got = unpack(kind, packed, pieces[i], MOST, &error);
        assert_no_error(error);
        assert_string_equal(got, text);
    }
}

static void assert_refused(SpUnpackKind kind, GBytes *packed, gsize most, const char *part)
{
    static const gsize pieces[] = {1 << 20, 1000};
    for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(unpack(kind, packed, pieces[i], most, &error));
        assert_non_null(error);
        assert_int_equal(error->code, SP_ERROR_DATA);
        if (strstr(error->message, part) == NULL || strstr(error->message, "a.csv") == NULL) {
            fail_msg("\"%s\" is not in: %s", part, error->message);
        }
    }
}

static GBytes *join(GBytes *one, GBytes *two)
{
    GByteArray *both = g_byte_array_new();
    gsize size = 0;
    const guint8 *bytes = g_bytes_get_data(one, &size);
    g_byte_array_append(both, bytes, (guint)size);
    bytes = g_bytes_get_data(two, &size);
    g_byte_array_append(both, bytes, (guint)size);
    return g_byte_array_free_to_bytes(both);
}

static void the_name_tells_what_a_file_is(void **state)
{
    (void)state;
    assert_int_equal(sp_unpack_kind("pai-2024.csv.gz"), SP_UNPACK_GZIP);
    assert_int_equal(sp_unpack_kind("pai-2024.xml.zst"), SP_UNPACK_ZSTD);
    assert_int_equal(sp_unpack_kind("pai-2024.csv"), SP_UNPACK_NONE);
    assert_int_equal(sp_unpack_kind("gz"), SP_UNPACK_NONE);
}

static void what_was_packed_comes_out_in_pieces_of_any_size(void **state)
{
    (void)state;
    g_autofree char *text = text_new(TEXT_SIZE);
    g_autoptr(GBytes) plain = g_bytes_new(text, TEXT_SIZE);
    g_autoptr(GBytes) gzip = pack_gzip(text, TEXT_SIZE);
    g_autoptr(GBytes) zstd = pack_zstd(text, TEXT_SIZE);
    assert_unpacks(SP_UNPACK_NONE, plain, text);
    assert_unpacks(SP_UNPACK_GZIP, gzip, text);
    assert_unpacks(SP_UNPACK_ZSTD, zstd, text);
    gsize size = 0;
    const char *bytes = g_bytes_get_data(gzip, &size);
    g_autoptr(GBytes) whole = sp_unpack_bytes(SP_UNPACK_GZIP, "a.csv", bytes, size, MOST, NULL);
    assert_int_equal(g_bytes_get_size(whole), TEXT_SIZE);
    assert_string_equal(g_bytes_get_data(whole, NULL), text);
}

/* As `cat a.gz b.gz` makes it, and programs that pack in parallel. */
static void packed_files_one_after_the_other_are_one(void **state)
{
    (void)state;
    g_autofree char *text = text_new(TEXT_SIZE);
    g_autoptr(GBytes) gzip = pack_gzip(text, TEXT_SIZE);
    g_autoptr(GBytes) zstd = pack_zstd(text, TEXT_SIZE);
    g_autoptr(GBytes) two_gzip = join(gzip, gzip);
    g_autoptr(GBytes) two_zstd = join(zstd, zstd);
    g_autofree char *twice = g_strconcat(text, text, NULL);
    assert_unpacks(SP_UNPACK_GZIP, two_gzip, twice);
    assert_unpacks(SP_UNPACK_ZSTD, two_zstd, twice);
}

static void a_file_cut_short_is_told(void **state)
{
    (void)state;
    g_autofree char *text = text_new(TEXT_SIZE);
    g_autoptr(GBytes) gzip = pack_gzip(text, TEXT_SIZE);
    g_autoptr(GBytes) zstd = pack_zstd(text, TEXT_SIZE);
    g_autoptr(GBytes) nothing = g_bytes_new("", 0);
    g_autoptr(GBytes) half = g_bytes_new_from_bytes(gzip, 0, g_bytes_get_size(gzip) - 1);
    g_autoptr(GBytes) other = g_bytes_new_from_bytes(zstd, 0, g_bytes_get_size(zstd) / 2);
    assert_refused(SP_UNPACK_GZIP, half, MOST, "cut short");
    assert_refused(SP_UNPACK_ZSTD, other, MOST, "cut short");
    assert_refused(SP_UNPACK_GZIP, nothing, MOST, "cut short");
}

static void a_file_that_is_something_else_is_told(void **state)
{
    (void)state;
    g_autofree char *text = text_new(TEXT_SIZE);
    g_autoptr(GBytes) plain = g_bytes_new(text, TEXT_SIZE);
    g_autoptr(GBytes) gzip = pack_gzip(text, TEXT_SIZE);
    g_autoptr(GBytes) with_rest = join(gzip, plain);
    assert_refused(SP_UNPACK_GZIP, plain, MOST, "is none");
    assert_refused(SP_UNPACK_ZSTD, plain, MOST, "not a Zstandard file");
    assert_refused(SP_UNPACK_GZIP, with_rest, MOST, "damaged");
}

/* The library reads formats from before Zstandard's first release too; what it makes of them
 * depends on the pieces they come in. (Found by the fuzzer.) */
static void a_format_from_before_the_first_release_is_refused(void **state)
{
    static const guint8 bytes[] = {0x26, 0xb5, 0x2f, 0xfd, 0x00, 0xff, 0xff, 0x5f};
    g_autoptr(GBytes) packed = g_bytes_new_static(bytes, sizeof bytes);
    (void)state;
    assert_refused(SP_UNPACK_ZSTD, packed, MOST, "begins as something else");
}

/* A frame to skip, behind the first bytes of another: the library takes the second piece of a
 * header for its beginning. (Found by the fuzzer.) */
static void a_frame_inside_a_header_is_refused_in_pieces_of_any_size(void **state)
{
    static const guint8 bytes[] = {0x28, 0xb5, 0x2f, 0xfd, 0x51, 0x2a, 0x4d, 0x18, 0, 0, 0, 0};
    g_autoptr(GBytes) packed = g_bytes_new_static(bytes, sizeof bytes);
    (void)state;
    assert_refused(SP_UNPACK_ZSTD, packed, MOST, "not a Zstandard file that can be read");
}

static void a_changed_byte_is_noticed(void **state)
{
    (void)state;
    g_autofree char *text = text_new(TEXT_SIZE);
    g_autoptr(GBytes) gzip = pack_gzip(text, TEXT_SIZE);
    gsize size = 0;
    g_autofree guint8 *bytes = g_memdup2(g_bytes_get_data(gzip, NULL), g_bytes_get_size(gzip));
    size = g_bytes_get_size(gzip);
    bytes[size - 6] ^= 1; /* of the checksum */
    g_autoptr(GBytes) changed = g_bytes_new(bytes, size);
    assert_refused(SP_UNPACK_GZIP, changed, MOST, "damaged");
}

static void a_bomb_is_refused_before_it_fills_anything(void **state)
{
    (void)state;
    const gsize size = (gsize)32 * 1024 * 1024;
    g_autofree char *zeros = g_malloc0(size);
    g_autoptr(GBytes) gzip = pack_gzip(zeros, size);
    g_autoptr(GBytes) zstd = pack_zstd(zeros, size);
    assert_refused(SP_UNPACK_GZIP, gzip, MOST, "times its size");
    assert_refused(SP_UNPACK_ZSTD, zstd, MOST, "times its size");
}

static void more_than_the_most_is_refused(void **state)
{
    (void)state;
    g_autofree char *text = text_new(TEXT_SIZE);
    g_autoptr(GBytes) gzip = pack_gzip(text, TEXT_SIZE);
    assert_refused(SP_UNPACK_GZIP, gzip, TEXT_SIZE - 1, "more than 299999 bytes");
    g_autoptr(GError) error = NULL;
    g_autofree char *whole = unpack(SP_UNPACK_GZIP, gzip, 1000, TEXT_SIZE, &error);
    assert_no_error(error);
    assert_string_equal(whole, text);
}

/* A small file of one value repeated packs better than any text, and is no danger. */
static void a_small_file_may_pack_as_well_as_it_likes(void **state)
{
    (void)state;
    g_autofree char *same = g_strnfill(500000, '7');
    g_autoptr(GBytes) zstd = pack_zstd(same, 500000);
    assert_true(g_bytes_get_size(zstd) * SP_UNPACK_MAX_RATIO < 500000);
    assert_unpacks(SP_UNPACK_ZSTD, zstd, same);
}

static void a_window_of_more_than_eight_mebibytes_is_refused(void **state)
{
    (void)state;
    const gsize size = (gsize)20 * 1024 * 1024;
    g_autofree char *text = text_new(size);
    gsize room = ZSTD_compressBound(size);
    g_autofree guint8 *out = g_malloc(room);
    ZSTD_CCtx *context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 1);
    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, 25);
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 0);
    gsize n = ZSTD_compress2(context, out, room, text, size);
    ZSTD_freeCCtx(context);
    assert_false(ZSTD_isError(n));
    g_autoptr(GBytes) wide = g_bytes_new(out, n);
    assert_refused(SP_UNPACK_ZSTD, wide, MOST, "without --long");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_name_tells_what_a_file_is),
        cmocka_unit_test(what_was_packed_comes_out_in_pieces_of_any_size),
        cmocka_unit_test(packed_files_one_after_the_other_are_one),
        cmocka_unit_test(a_file_cut_short_is_told),
        cmocka_unit_test(a_file_that_is_something_else_is_told),
        cmocka_unit_test(a_format_from_before_the_first_release_is_refused),
        cmocka_unit_test(a_frame_inside_a_header_is_refused_in_pieces_of_any_size),
        cmocka_unit_test(a_changed_byte_is_noticed),
        cmocka_unit_test(a_bomb_is_refused_before_it_fills_anything),
        cmocka_unit_test(more_than_the_most_is_refused),
        cmocka_unit_test(a_small_file_may_pack_as_well_as_it_likes),
        cmocka_unit_test(a_window_of_more_than_eight_mebibytes_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
