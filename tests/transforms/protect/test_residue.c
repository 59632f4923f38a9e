/* Fractions modulo 2^61 - 1. */
#include "tests/check.h"
#include "transforms/protect/residue.h"

static guint64 fraction(gint64 n, gint64 d)
{
    return sp_residue_multiply(sp_residue_of(n), sp_residue_inverse(sp_residue_of(d)));
}

static void an_inverse_times_its_number_is_one(void **state)
{
    const gint64 numbers[] = {1, 2, 3, -1, -7, 1000003, G_MAXINT64 / 8};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        const guint64 a = sp_residue_of(numbers[i]);
        assert_true(sp_residue_multiply(a, sp_residue_inverse(a)) == 1);
    }
}

static void many_are_inverted_as_each_is_and_0_stays(void **state)
{
    guint64 values[] = {0, 3, SP_RESIDUE_PRIME - 1, 0, 1, 1000003, 0};
    guint64 inverses[G_N_ELEMENTS(values)];
    (void)state;
    memcpy(inverses, values, sizeof values);
    sp_residue_invert(G_N_ELEMENTS(values), inverses);
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        assert_true(sp_residue_multiply(values[i], inverses[i]) == (values[i] != 0 ? 1 : 0));
        assert_true(values[i] != 0 || inverses[i] == 0);
    }
    assert_true(sp_residue_inverse(0) == 0);
}

/* (p - 1)² is 1: the largest product there is. */
static void the_largest_product_is_folded(void **state)
{
    (void)state;
    assert_true(sp_residue_multiply(SP_RESIDUE_PRIME - 1, SP_RESIDUE_PRIME - 1) == 1);
    assert_true(sp_residue_add(SP_RESIDUE_PRIME - 1, SP_RESIDUE_PRIME - 1) == SP_RESIDUE_PRIME - 2);
    assert_true(sp_residue_add(SP_RESIDUE_PRIME - 1, 1) == 0);
    assert_true(sp_residue_subtract(0, 1) == SP_RESIDUE_PRIME - 1);
    assert_true(sp_residue_of(-1) == SP_RESIDUE_PRIME - 1);
}

static void a_fraction_keeps_its_sign(void **state)
{
    (void)state;
    assert_int_equal(sp_residue_sign(0), 0);
    assert_int_equal(sp_residue_sign(sp_residue_of(1)), 1);
    assert_int_equal(sp_residue_sign(sp_residue_of(-1)), -1);
    assert_int_equal(sp_residue_sign(fraction(2, 3)), 1);
    assert_int_equal(sp_residue_sign(fraction(-2, 3)), -1);
    assert_int_equal(sp_residue_sign(fraction(-999999937, 1000000007)), -1);
    assert_int_equal(sp_residue_sign(fraction(999999937, 1000000007)), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_inverse_times_its_number_is_one),
        cmocka_unit_test(many_are_inverted_as_each_is_and_0_stays),
        cmocka_unit_test(the_largest_product_is_folded),
        cmocka_unit_test(a_fraction_keeps_its_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
