/* Names in the order that readers look for them. */
#include "tests/check.h"

#include "outputs/alphabet.h"

static void norwegian_letters_come_last_and_marks_do_not_count(void **state)
{
    static const char *const names[] = {"Alvdal", "Ávjovárri", "Đeatnu",   "Dovre",
                                        "Froan",  "Frøya",     "Stjørdal", "Zeta",
                                        "Ærø",    "Ørland",    "Åfjord"};
    (void)state;
    for (gsize i = 0; i + 1 < G_N_ELEMENTS(names); i++) {
        assert_true(sp_alphabet_compare(names[i], names[i + 1]) < 0);
        assert_true(sp_alphabet_compare(names[i + 1], names[i]) > 0);
    }
}

static void shorter_name_stands_first_and_case_does_not_count(void **state)
{
    (void)state;
    assert_true(sp_alphabet_compare("Os", "Oslo") < 0);
    assert_true(sp_alphabet_compare("Oslo", "Os") > 0);
    assert_true(sp_alphabet_compare("bodø", "Bømlo") < 0);
    assert_int_equal(sp_alphabet_compare("Åmot", "Åmot"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(norwegian_letters_come_last_and_marks_do_not_count),
        cmocka_unit_test(shorter_name_stands_first_and_case_does_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
