/* Texts taken apart and codes put together. */
#include "tests/check.h"

#include "core/code_form.h"

static void assert_cut(const char *cut, const char *text, const char *parts)
{
    g_auto(GStrv) taken = sp_cut_take(cut, text);
    g_autofree char *joined = taken != NULL ? g_strjoinv("|", taken) : g_strdup("none");
    assert_string_equal(joined, parts);
}

static void places_are_what_the_letters_leave(void **state)
{
    (void)state;
    assert_cut("K-{} *", "K-3101 Halden", "3101");
    assert_cut("K-{} *", "K-3101", "none");
    assert_cut("K-{}", "K-", "none");
    assert_cut("{} - *", "0301 - Oslo - Oslove", "0301");
    assert_cut("{} b", "x b b", "x b");
    assert_cut("{4}{2}", "202223", "2022|23");
    assert_cut("{4}{2}", "20222", "none");
    assert_cut("{4}{2}", "2022233", "none");
    assert_cut("{4}{2}*", "2022233", "2022|23");
    assert_cut("{2}-{}", "æø-å", "æø|å");
    assert_cut("{}/{}", "a/b/c", "a|b/c");
    assert_cut("", "", "");
}

static void cuts_that_say_nothing_or_two_things_are_none(void **state)
{
    (void)state;
    static const char *const none[] = {"K-",  "",      "{}{}", "*{}",
                                       "{}*", "{} *a", "{0}",  "{10}",
                                       "{",   "{}{2}", "}{}",  "{1}{1}{1}{1}{1}{1}{1}{1}{1}{1}"};
    for (gsize i = 0; i < G_N_ELEMENTS(none); i++) {
        assert_int_equal(sp_cut_n_places(none[i]), 0);
    }
    assert_int_equal(sp_cut_n_places("{4}{2}*"), 2);
    assert_int_equal(sp_cut_n_places("K-{} *"), 1);
}

static void assert_filled(const char *form, const char *code, const char *filled)
{
    static const char *const parts[] = {"2022", "23", NULL};
    g_autofree char *text = sp_form_fill(form, code, parts);
    assert_string_equal(text != NULL ? text : "none", filled);
}

static void codes_are_put_together(void **state)
{
    (void)state;
    assert_filled("{}-12-31", "2024", "2024-12-31");
    assert_filled("{+1}-06-01", "2024", "2025-06-01");
    assert_filled("{+1}", "x", "none");
    assert_filled("{04}", "301", "0301");
    assert_filled("{04}", "12345", "12345");
    assert_filled("{04}", "-1", "none");
    assert_filled("{04}", "3o1", "none");
    assert_filled("{1}/{2}", "202223", "2022/23");
    assert_filled("{}{}", "a", "aa");
}

static void forms_have_a_place_and_no_more_than_their_cut(void **state)
{
    (void)state;
    assert_true(sp_form_is_valid("{}", 0));
    assert_true(sp_form_is_valid("{2}-{1}", 2));
    assert_false(sp_form_is_valid("{1}", 0));
    assert_false(sp_form_is_valid("{3}", 2));
    assert_false(sp_form_is_valid("2024", 1));
    assert_false(sp_form_is_valid("{4:2}", 9));
    assert_false(sp_form_is_valid("{01}", 9));
    assert_false(sp_form_is_valid("{+2}", 9));
    assert_false(sp_form_is_valid("{}}", 9));
    assert_false(sp_form_is_valid("", 9));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places_are_what_the_letters_leave),
        cmocka_unit_test(cuts_that_say_nothing_or_two_things_are_none),
        cmocka_unit_test(codes_are_put_together),
        cmocka_unit_test(forms_have_a_place_and_no_more_than_their_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
