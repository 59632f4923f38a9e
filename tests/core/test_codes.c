#include "core/codes.h"

#include "tests/check.h"

static void codes_are_numbered_by_first_appearance(void **state)
{
    (void)state;
    g_autoptr(SpCodes) codes = sp_codes_new();
    assert_int_equal(sp_codes_add(codes, "1103"), 0);
    assert_int_equal(sp_codes_add(codes, "0301"), 1);
    assert_int_equal(sp_codes_add(codes, "1103"), 0);
    assert_int_equal(sp_codes_add(codes, ""), 2);
    assert_int_equal(sp_codes_size(codes), 3);
    assert_string_equal(sp_codes_text(codes, 1), "0301");
}

static void a_code_is_its_text_not_its_number(void **state)
{
    (void)state;
    g_autoptr(SpCodes) codes = sp_codes_new();
    assert_int_not_equal(sp_codes_add(codes, "0301"), sp_codes_add(codes, "301"));
    assert_int_not_equal(sp_codes_add(codes, "Våler"), sp_codes_add(codes, "Vaaler"));
}

static void prefix_of_a_code_is_another_code(void **state)
{
    (void)state;
    g_autoptr(SpCodes) codes = sp_codes_new();
    guint32 longer = sp_codes_add(codes, "0301abcdefgh"), found = 99;
    assert_int_not_equal(sp_codes_add_sized(codes, "0301abcdefgh", 4), longer);
    assert_true(sp_codes_find(codes, "0301", &found));
    assert_int_not_equal(found, longer);
}

static void absent_code_leaves_the_number(void **state)
{
    (void)state;
    g_autoptr(SpCodes) codes = sp_codes_new();
    guint32 found = 99;
    assert_false(sp_codes_find(codes, "", &found));
    sp_codes_add(codes, "a");
    assert_false(sp_codes_find(codes, "b", &found));
    assert_false(sp_codes_find_sized(codes, "ab", 2, &found));
    assert_int_equal(found, 99);
}

static void embedded_nul_ends_a_code_and_finds_none(void **state)
{
    (void)state;
    g_autoptr(SpCodes) codes = sp_codes_new();
    guint32 found = 99;
    sp_codes_add_sized(codes,
                       "03\0"
                       "01",
                       5);
    assert_string_equal(sp_codes_text(codes, 0), "03");
    assert_false(sp_codes_find_sized(codes,
                                     "03\0"
                                     "01",
                                     5, &found));
    assert_true(sp_codes_find_sized(codes, "03", 2, &found));
}

static void many_codes_keep_their_texts_and_numbers(void **state)
{
    (void)state;
    g_autoptr(SpCodes) codes = sp_codes_new();
    char text[16];
    const char *first = sp_codes_text(codes, sp_codes_add(codes, "c0"));
    for (guint32 i = 0; i < 200000; i++) {
        g_snprintf(text, sizeof text, "c%u", i);
        assert_int_equal(sp_codes_add(codes, text), i);
    }
    for (guint32 i = 0; i < 200000; i++) {
        guint32 found = 0;
        g_snprintf(text, sizeof text, "c%u", i);
        assert_true(sp_codes_find(codes, text, &found));
        assert_int_equal(found, i);
    }
    assert_ptr_equal(sp_codes_text(codes, 0), first);
}

static void codes_of_a_list_have_its_places_and_others_none(void **state)
{
    (void)state;
    g_autoptr(SpCodes) codes = sp_codes_new();
    char oslo[] = "0301", trondheim[] = "5001", bergen[] = "4601";
    char *const list[] = {oslo, trondheim, bergen};
    (void)sp_codes_add(codes, "5001");
    (void)sp_codes_add(codes, "0");
    (void)sp_codes_add(codes, "0301");
    g_autofree gint32 *places = sp_codes_places(codes, list, G_N_ELEMENTS(list));
    const gint32 wanted[] = {1, -1, 0};
    assert_memory_equal(places, wanted, sizeof wanted);
    g_autofree gint32 *none = sp_codes_places(codes, list, 0);
    const gint32 nowhere[] = {-1, -1, -1};
    assert_memory_equal(none, nowhere, sizeof nowhere);
}

static void ranks_are_byte_order_not_order_of_a_language(void **state)
{
    (void)state;
    g_autoptr(SpCodes) codes = sp_codes_new();
    sp_codes_add(codes, "å");
    sp_codes_add(codes, "b");
    sp_codes_add(codes, "B");
    sp_codes_add(codes, "");
    sp_codes_add(codes, "10");
    sp_codes_add(codes, "9");
    g_autofree guint32 *ranks = sp_codes_ranks(codes);
    const guint32 wanted[] = {5, 4, 3, 0, 1, 2};
    assert_memory_equal(ranks, wanted, sizeof wanted);
}

static void place_is_the_first_and_the_size_where_there_is_none(void **state)
{
    (void)state;
    char b[] = "b", a[] = "a", again[] = "b";
    char *const list[] = {b, a, again};
    assert_int_equal(sp_codes_place(list, 3, "b"), 0);
    assert_int_equal(sp_codes_place(list, 3, "a"), 1);
    assert_int_equal(sp_codes_place(list, 1, "a"), 1);
    assert_int_equal(sp_codes_place(list, 3, ""), 3);
}

static void copy_has_the_same_numbers_and_a_life_of_its_own(void **state)
{
    (void)state;
    g_autoptr(SpCodes) codes = sp_codes_new();
    sp_codes_add(codes, "b");
    sp_codes_add(codes, "a");
    g_autoptr(SpCodes) copy = sp_codes_copy(codes);
    sp_codes_add(copy, "c");
    assert_int_equal(sp_codes_size(codes), 2);
    assert_string_equal(sp_codes_text(copy, 1), "a");
}

static void tuples_are_numbered_by_first_appearance(void **state)
{
    (void)state;
    g_autoptr(SpTuples) tuples = sp_tuples_new(2);
    guint32 found = 99;
    assert_int_equal(sp_tuples_add(tuples, (const guint32[]){1, 2}), 0);
    assert_int_equal(sp_tuples_add(tuples, (const guint32[]){2, 1}), 1);
    assert_int_equal(sp_tuples_add(tuples, (const guint32[]){1, 2}), 0);
    assert_int_equal(sp_tuples_at(tuples, 1)[0], 2);
    assert_false(sp_tuples_find(tuples, (const guint32[]){1, 1}, &found));
    assert_int_equal(found, 99);
}

static void a_grid_of_tuples_is_found_again(void **state)
{
    (void)state;
    g_autoptr(SpTuples) tuples = sp_tuples_new(3);
    for (guint32 i = 0; i < 100000; i++) {
        assert_int_equal(sp_tuples_add(tuples, (const guint32[]){i % 10, i / 10 % 100, i / 1000}),
                         i);
    }
    for (guint32 i = 0; i < 100000; i++) {
        guint32 found = 0;
        assert_true(
            sp_tuples_find(tuples, (const guint32[]){i % 10, i / 10 % 100, i / 1000}, &found));
        assert_int_equal(found, i);
    }
}

static void tuples_of_width_zero_are_all_one(void **state)
{
    (void)state;
    g_autoptr(SpTuples) tuples = sp_tuples_new(0);
    guint32 found = 99;
    assert_false(sp_tuples_find(tuples, NULL, &found));
    assert_int_equal(sp_tuples_add(tuples, NULL), 0);
    assert_int_equal(sp_tuples_add(tuples, NULL), 0);
    assert_int_equal(sp_tuples_size(tuples), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_are_numbered_by_first_appearance),
        cmocka_unit_test(a_code_is_its_text_not_its_number),
        cmocka_unit_test(prefix_of_a_code_is_another_code),
        cmocka_unit_test(absent_code_leaves_the_number),
        cmocka_unit_test(embedded_nul_ends_a_code_and_finds_none),
        cmocka_unit_test(many_codes_keep_their_texts_and_numbers),
        cmocka_unit_test(codes_of_a_list_have_its_places_and_others_none),
        cmocka_unit_test(ranks_are_byte_order_not_order_of_a_language),
        cmocka_unit_test(place_is_the_first_and_the_size_where_there_is_none),
        cmocka_unit_test(copy_has_the_same_numbers_and_a_life_of_its_own),
        cmocka_unit_test(tuples_are_numbered_by_first_appearance),
        cmocka_unit_test(a_grid_of_tuples_is_found_again),
        cmocka_unit_test(tuples_of_width_zero_are_all_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
