#include "core/hash.h"

#include "tests/check.h"

/* Digests from FIPS 180-4's examples (NIST, SHA256.pdf). */
static void digests_are_those_of_the_standard(void **state)
{
    (void)state;
    char hex[SP_HASH_SIZE];
    sp_hash_bytes("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    sp_hash_bytes("", 0, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    const char *text = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    sp_hash_bytes(text, strlen(text), hex);
    assert_string_equal(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void pieces_give_the_digest_of_the_whole(void **state)
{
    (void)state;
    char whole[SP_HASH_SIZE], pieces[SP_HASH_SIZE];
    g_autoptr(SpHash) hash = sp_hash_new();
    sp_hash_add(hash, "folke", 5);
    sp_hash_add(hash, "", 0);
    sp_hash_add(hash, "mengde", 6);
    sp_hash_finish(hash, pieces);
    sp_hash_bytes("folkemengde", 11, whole);
    assert_string_equal(pieces, whole);
}

static void finished_hash_begins_anew(void **state)
{
    (void)state;
    char hex[SP_HASH_SIZE];
    g_autoptr(SpHash) hash = sp_hash_new();
    sp_hash_add(hash, "x", 1);
    sp_hash_finish(hash, hex);
    sp_hash_add(hash, "abc", 3);
    sp_hash_finish(hash, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void hash_two_texts(const char *a, const char *b, char hex[SP_HASH_SIZE])
{
    g_autoptr(SpHash) hash = sp_hash_new();
    sp_hash_add_text(hash, a);
    sp_hash_add_text(hash, b);
    sp_hash_finish(hash, hex);
}

static void texts_do_not_run_together(void **state)
{
    (void)state;
    char a[SP_HASH_SIZE], b[SP_HASH_SIZE];
    hash_two_texts("ab", "c", a);
    hash_two_texts("a", "bc", b);
    assert_string_not_equal(a, b);
}

static void null_is_not_the_empty_text(void **state)
{
    (void)state;
    char a[SP_HASH_SIZE], b[SP_HASH_SIZE];
    hash_two_texts(NULL, "c", a);
    hash_two_texts("", "c", b);
    assert_string_not_equal(a, b);
}

static void short_digest_is_the_first_half_and_leaves_the_hash_as_new(void **state)
{
    (void)state;
    /* Of FIPS 180-4's "abc". */
    static const guint8 first[16] = {0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea,
                                     0x41, 0x41, 0x40, 0xde, 0x5d, 0xae, 0x22, 0x23};
    g_autoptr(SpHash) hash = sp_hash_new();
    guint64 digest[2];
    sp_hash_short(hash, "other", 5, digest);
    sp_hash_short(hash, "abc", 3, digest);
    assert_memory_equal(digest, first, sizeof first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_digest_is_the_first_half_and_leaves_the_hash_as_new),
        cmocka_unit_test(digests_are_those_of_the_standard),
        cmocka_unit_test(pieces_give_the_digest_of_the_whole),
        cmocka_unit_test(finished_hash_begins_anew),
        cmocka_unit_test(texts_do_not_run_together),
        cmocka_unit_test(null_is_not_the_empty_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
