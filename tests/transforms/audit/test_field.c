/* Arithmetic modulo 2^63 - 25, held against Python's whole numbers. */
#include "tests/check.h"

#include "transforms/audit/field.h"

static const struct {
    guint64 a, b, product, sum, inverse; /* of a and b; of a */
} cases[] = {
    {9223372036854775782u, 9223372036854775782u, 1, 9223372036854775781u, 9223372036854775782u},
    {1234567890123456789, 9087654321098765432u, 9178285319575855840u, 1098850174367446438,
     8179392165194571983},
    {8000000000000000001, 7999999999999999999, 4202237832449265931, 6776627963145224217,
     9198165952527665225u},
    {2, 4611686018427387904, 25, 4611686018427387906, 4611686018427387892},
};

static void products_sums_and_inverses_are_exact(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_true(sp_field_multiply(cases[i].a, cases[i].b) == cases[i].product);
        assert_true(sp_field_add(cases[i].a, cases[i].b) == cases[i].sum);
        assert_true(sp_field_inverse(cases[i].a) == cases[i].inverse);
        assert_true(sp_field_add(cases[i].a, sp_field_negate(cases[i].a)) == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_sums_and_inverses_are_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
