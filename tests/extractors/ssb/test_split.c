/* The size of a question, and its parts. */
#include "extractors/ssb/split.h"

#include "tests/check.h"

/* A question of so many codes a variable: "A=3 B=2". */
static GPtrArray *question_of(const guint sizes[], guint n)
{
    GPtrArray *question = g_ptr_array_new_with_free_func(sp_ssb_variable_free);
    for (guint i = 0; i < n; i++) {
        g_autofree char *name = g_strdup_printf("V%u", i);
        SpSsbVariable *variable = sp_ssb_variable_new(name, i == 0 ? "agg_X" : NULL);
        for (guint j = 0; j < sizes[i]; j++) {
            g_ptr_array_add(variable->codes, g_strdup_printf("%u", j));
        }
        g_ptr_array_add(question, variable);
    }
    return question;
}

/* Every cell of a part, as "0/1/0", into the set; fails when it is there already. */
static void add_cells(GHashTable *cells, const GPtrArray *part)
{
    guint64 n = sp_ssb_n_cells(part);
    for (guint64 place = 0; place < n; place++) {
        guint64 rest = place;
        g_autoptr(GString) cell = g_string_new(NULL);
        for (guint i = 0; i < part->len; i++) {
            const SpSsbVariable *variable = g_ptr_array_index(part, i);
            g_string_append_printf(
                cell, "%s/",
                (const char *)g_ptr_array_index(variable->codes, rest % variable->codes->len));
            rest /= variable->codes->len;
        }
        assert_true(g_hash_table_add(cells, g_strdup(cell->str)));
    }
}

/* Splits, checks that no part is too large and each cell in one part, and gives the number. */
static guint split(const guint sizes[], guint n, guint64 max_cells)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) question = question_of(sizes, n);
    g_autoptr(GPtrArray) parts = sp_ssb_split(question, max_cells, &error);
    assert_no_error(error);
    g_autoptr(GHashTable) cells = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < parts->len; i++) {
        const GPtrArray *part = g_ptr_array_index(parts, i);
        assert_true(sp_ssb_n_cells(part) <= max_cells);
        assert_string_equal(((SpSsbVariable *)g_ptr_array_index(part, 0))->codelist, "agg_X");
        add_cells(cells, part);
    }
    assert_int_equal(g_hash_table_size(cells), sp_ssb_n_cells(question));
    return parts->len;
}

static void what_fits_is_one_part(void **state)
{
    (void)state;
    assert_int_equal(split((guint[]){3, 4}, 2, 12), 1);
}

static void longest_variable_is_cut_into_the_fewest_parts(void **state)
{
    (void)state;
    /* 10 codes of 6 cells: three fit in 20, so four parts. */
    assert_int_equal(split((guint[]){3, 10, 2}, 3, 20), 4);
    assert_int_equal(split((guint[]){3, 10, 2}, 3, 59), 2);
    assert_int_equal(split((guint[]){7}, 1, 3), 3);
}

static void one_code_that_is_too_much_is_cut_further(void **state)
{
    (void)state;
    /* One of 5 codes has 12 cells; of those 4 are cut along 4: 2 parts each of 6. */
    assert_int_equal(split((guint[]){5, 4, 3}, 3, 6), 10);
    assert_int_equal(split((guint[]){5, 4, 3}, 3, 1), 60);
}

static void sizes_beyond_64_bits_do_not_wrap(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    guint sizes[12];
    for (gsize i = 0; i < G_N_ELEMENTS(sizes); i++) {
        sizes[i] = 100;
    }
    g_autoptr(GPtrArray) question = question_of(sizes, G_N_ELEMENTS(sizes));
    assert_true(sp_ssb_n_cells(question) == G_MAXUINT64);
    g_autoptr(GPtrArray) parts = sp_ssb_split(question, 800000, &error);
    assert_null(parts);
    assert_error(error, SP_ERROR_CONFIG, "more than 1000 answers are not asked for");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_fits_is_one_part),
        cmocka_unit_test(longest_variable_is_cut_into_the_fewest_parts),
        cmocka_unit_test(one_code_that_is_too_much_is_cut_further),
        cmocka_unit_test(sizes_beyond_64_bits_do_not_wrap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
