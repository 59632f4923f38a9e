/* Several texts in one snapshot. */
#include "extractors/sequence.h"

#include "tests/check.h"

static GBytes *sequence_of(const char *const texts[], gsize n)
{
    GByteArray *sequence = g_byte_array_new();
    for (gsize i = 0; i < n; i++) {
        g_autoptr(GBytes) text = g_bytes_new(texts[i], strlen(texts[i]));
        assert_true(sp_sequence_add(sequence, text, "a", NULL));
    }
    return g_byte_array_free_to_bytes(sequence);
}

static void texts_come_back_as_they_were(void **state)
{
    (void)state;
    static const char *const texts[] = {"{\"a\":\n1}\n", "\xf8,1", "[2]"};
    g_autoptr(GBytes) sequence = sequence_of(texts, G_N_ELEMENTS(texts));
    gsize size = 0;
    const char *bytes = g_bytes_get_data(sequence, &size);
    g_autoptr(GArray) found = sp_sequence_split(bytes, size, "a", NULL);
    assert_int_equal(found->len, G_N_ELEMENTS(texts));
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        const SpField field = g_array_index(found, SpField, i);
        assert_int_equal(field.size, strlen(texts[i]));
        assert_memory_equal(field.text, texts[i], field.size);
    }
}

/* RFC 7464: each text has 0x1E before it and LF after it. */
static void frame_is_that_of_the_standard(void **state)
{
    (void)state;
    static const char *const texts[] = {"1", "2"};
    g_autoptr(GBytes) sequence = sequence_of(texts, G_N_ELEMENTS(texts));
    assert_int_equal(g_bytes_get_size(sequence), 6);
    assert_memory_equal(g_bytes_get_data(sequence, NULL),
                        "\x1e"
                        "1\n\x1e"
                        "2\n",
                        6);
}

static void plain_bytes_are_one_text(void **state)
{
    (void)state;
    g_autoptr(GArray) found = sp_sequence_split("[]\n", 3, "a", NULL);
    assert_int_equal(found->len, 1);
    assert_int_equal(g_array_index(found, SpField, 0).size, 3);
    g_autoptr(GArray) none = sp_sequence_split("", 0, "a", NULL);
    assert_int_equal(none->len, 1);
    assert_int_equal(g_array_index(none, SpField, 0).size, 0);
}

/* A snapshot that lost its end may still be JSON or CSV as far as it goes. */
static void cut_sequence_is_refused(void **state)
{
    (void)state;
    static const char *const cut[] = {"\x1e"
                                      "1\n\x1e"
                                      "2",
                                      "\x1e"
                                      "1\n\x1e\n",
                                      "\x1e"
                                      "1\n\x1e",
                                      "\x1e"};
    static const char *const parts[] = {"a: answer 2", "a: answer 2", "a: answer 2", "a: answer 1"};
    for (gsize i = 0; i < G_N_ELEMENTS(cut); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(sp_sequence_split(cut[i], strlen(cut[i]), "a", &error));
        assert_error(error, SP_ERROR_DATA, parts[i]);
    }
}

static void text_with_the_separator_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GByteArray) sequence = g_byte_array_new();
    g_autoptr(GBytes) text = g_bytes_new("[\"\x1e\"]", 5);
    assert_false(sp_sequence_add(sequence, text, "https://a.example/b", &error));
    assert_error(error, SP_ERROR_DATA, "https://a.example/b");
    assert_int_equal(sequence->len, 0);
}

/* A GByteArray ends the program when it grows beyond 4 GiB. The size is refused before a byte is
 * looked at, so the text need not be there. */
static void texts_of_more_than_a_snapshot_are_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GByteArray) sequence = g_byte_array_new();
    g_autoptr(GBytes) first = g_bytes_new_static("1", 1);
    g_autoptr(GBytes) large = g_bytes_new_static("1", SP_SEQUENCE_MAX - 4);
    assert_true(sp_sequence_add(sequence, first, "a", &error));
    assert_false(sp_sequence_add(sequence, large, "a", &error));
    assert_error(error, SP_ERROR_DATA, "a: the answers are more than 2047 MiB together");
    assert_int_equal(sequence->len, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_come_back_as_they_were),
        cmocka_unit_test(frame_is_that_of_the_standard),
        cmocka_unit_test(plain_bytes_are_one_text),
        cmocka_unit_test(text_with_the_separator_is_refused),
        cmocka_unit_test(cut_sequence_is_refused),
        cmocka_unit_test(texts_of_more_than_a_snapshot_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
