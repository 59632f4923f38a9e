/* Counter-based random numbers. */
#include "tests/check.h"

#include "core/random.h"

/* The known answers of Random123 1.14.0 (kat_vectors, "philox4x32 10"). */
static void published_vectors_come_out(void **state)
{
    (void)state;
    static const struct {
        guint32 counter[4];
        guint32 key[2];
        guint32 words[4];
    } known[] = {{{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
                 {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
                  {0xffffffff, 0xffffffff},
                  {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
                 {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                  {0xa4093822, 0x299f31d0},
                  {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}};
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        guint32 words[SP_RANDOM_WORDS];
        sp_random_philox(known[i].counter, known[i].key, words);
        assert_memory_equal(words, known[i].words, sizeof words);
    }
}

static void seeds_names_numbers_and_indexes_part(void **state)
{
    (void)state;
    SpRandom one = sp_random_seed(1);
    SpRandom two = sp_random_seed(2);
    assert_true(sp_random_bits(one, 0) != sp_random_bits(two, 0));
    assert_true(sp_random_bits(one, 0) != sp_random_bits(one, 1));
    assert_true(sp_random_bits(sp_random_named(one, "a"), 0) !=
                sp_random_bits(sp_random_named(one, "b"), 0));
    assert_true(sp_random_bits(sp_random_numbered(one, 7), 0) !=
                sp_random_bits(sp_random_numbered(one, 8), 0));
    assert_true(sp_random_bits(sp_random_numbered(one, 0), 0) != sp_random_bits(one, 0));
    assert_true(sp_random_bits(sp_random_named(one, "a"), 5) ==
                sp_random_bits(sp_random_named(sp_random_seed(1), "a"), 5));
}

/* Mean and variance of 100 000 draws, within five standard errors of 1/2 and 1/12. */
static void uniform_is_uniform(void **state)
{
    (void)state;
    enum { N = 100000 };
    SpRandom random = sp_random_named(sp_random_seed(3), "uniform");
    double sum = 0;
    double squares = 0;
    for (guint64 i = 0; i < N; i++) {
        double u = sp_random_uniform(random, i);
        assert_true(u >= 0 && u < 1);
        sum += u;
        squares += (u - 0.5) * (u - 0.5);
    }
    assert_near(sum / N, 0.5, 5 * sqrt(1.0 / 12 / N));
    assert_near(squares / N, 1.0 / 12, 5 * sqrt(1.0 / 180 / N));
}

static void below_covers_its_range_evenly(void **state)
{
    (void)state;
    enum { N = 60000, SIDES = 6 };
    SpRandom random = sp_random_named(sp_random_seed(4), "die");
    guint count[SIDES] = {0};
    for (guint64 i = 0; i < N; i++) {
        guint64 side = sp_random_below(random, i, SIDES);
        assert_true(side < SIDES);
        count[side]++;
    }
    for (int side = 0; side < SIDES; side++) {
        assert_near(count[side], (double)N / SIDES, 5 * sqrt(N * 5.0 / 36));
    }
    assert_int_equal(sp_random_below(random, 0, 1), 0);
    assert_true(sp_random_below(random, 1, G_MAXUINT64) == sp_random_bits(random, 1) ||
                sp_random_below(random, 1, G_MAXUINT64) == sp_random_bits(random, 1) - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_vectors_come_out),
        cmocka_unit_test(seeds_names_numbers_and_indexes_part),
        cmocka_unit_test(uniform_is_uniform),
        cmocka_unit_test(below_covers_its_range_evenly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
