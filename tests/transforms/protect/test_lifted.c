/* What known cells tie to cells above, in cases that are worked out by hand. */
#include "tests/check.h"

#include "transforms/protect/lifted.h"
#include "transforms/protect/residue.h"

/* Two professions (inner 0, 1) in one kommune and two (2, 3) in another; cells 0 and 1 are the
 * fylke's, by profession; 2 … 5 the kommuner's, inner cell by inner cell; 6 and 7 their sums. */
enum { N_INNER = 4, N_CELLS = 8 };

static SpDesign *fylke(void)
{
    static const SpDesignEntry entries[] = {{0, 0, 1}, {2, 0, 1}, {1, 1, 1}, {3, 1, 1},
                                            {0, 2, 1}, {1, 3, 1}, {2, 4, 1}, {3, 5, 1},
                                            {0, 6, 1}, {1, 6, 1}, {2, 7, 1}, {3, 7, 1}};
    return sp_design_new(N_INNER, N_CELLS, entries, G_N_ELEMENTS(entries));
}

/* The sum of cells above that the lifted cell is, as "cell+0-1"; empty if it is none. */
static char *told(const GArray *lifted, guint32 cell)
{
    for (guint i = 0; i < lifted->len; i++) {
        const SpLifted *one = &g_array_index(lifted, SpLifted, i);
        if (one->cell == cell) {
            GString *text = g_string_new("cell");
            for (guint32 j = 0; j < one->above.n; j++) {
                assert_true(one->above.value[j] == 1 ||
                            one->above.value[j] == SP_RESIDUE_PRIME - 1);
                g_string_append_printf(text, "%c%u", one->above.value[j] == 1 ? '+' : '-',
                                       one->above.row[j]);
            }
            return g_string_free(text, FALSE);
        }
    }
    return g_strdup("");
}

static void assert_told(const GArray *lifted, guint32 cell, const char *expected)
{
    g_autofree char *text = told(lifted, cell);
    assert_string_equal(text, expected);
}

static const gboolean is_above[N_CELLS] = {TRUE, TRUE};

static void nothing_is_lifted_where_nothing_is_known(void **state)
{
    static const gboolean nothing[N_CELLS] = {FALSE};
    g_autoptr(SpDesign) design = fylke();
    g_autoptr(GArray) lifted = sp_lifted_find(design, is_above, nothing);
    (void)state;
    assert_int_equal(lifted->len, 0);
}

/* The one kommune's first profession is known: the other's is the fylke's, less it. */
static void the_other_of_two_is_what_the_fylke_is(void **state)
{
    static const gboolean is_known[N_CELLS] = {[2] = TRUE};
    g_autoptr(SpDesign) design = fylke();
    g_autoptr(GArray) lifted = sp_lifted_find(design, is_above, is_known);
    (void)state;
    assert_int_equal(lifted->len, 1);
    assert_told(lifted, 4, "cell+0");
}

/* One kommune's sum and its first profession: its second follows from these alone; of the other's
 * second the fylke tells the rest, and of its first nothing but with its sum. */
static void what_known_cells_tell_alone_is_no_sum_of_others(void **state)
{
    static const gboolean is_known[N_CELLS] = {[2] = TRUE, [6] = TRUE};
    g_autoptr(SpDesign) design = fylke();
    g_autoptr(GArray) lifted = sp_lifted_find(design, is_above, is_known);
    (void)state;
    assert_int_equal(lifted->len, 4);
    assert_told(lifted, 3, "cell");
    assert_told(lifted, 4, "cell+0");
    assert_told(lifted, 5, "cell+1");
    assert_told(lifted, 7, "cell+0+1");
}

/* Both kommuner's sums are known: they tell of the fylke's. */
static void known_cells_tell_of_what_is_above(void **state)
{
    static const gboolean is_known[N_CELLS] = {[6] = TRUE, [7] = TRUE};
    g_autoptr(SpDesign) design = fylke();
    g_autoptr(GArray) lifted = sp_lifted_find(design, is_above, is_known);
    (void)state;
    assert_int_equal(lifted->len, 1);
    assert_told(lifted, 7, "cell+0+1");
}

/* The fylke's inner cells are one a profession. */
static void places_of_several_inner_cells_are_one(void **state)
{
    static const gboolean is_known[N_CELLS] = {[2] = TRUE, [6] = TRUE};
    static const guint32 place[N_INNER] = {7, 9, 7, 9};
    g_autoptr(SpDesign) design = fylke();
    g_autoptr(GArray) lifted = sp_lifted_find(design, is_above, is_known);
    (void)state;
    sp_lifted_place(lifted, design, place, 10);
    assert_told(lifted, 3, "cell");
    assert_told(lifted, 5, "cell+9");
    assert_told(lifted, 7, "cell+7+9");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_lifted_where_nothing_is_known),
        cmocka_unit_test(the_other_of_two_is_what_the_fylke_is),
        cmocka_unit_test(what_known_cells_tell_alone_is_no_sum_of_others),
        cmocka_unit_test(known_cells_tell_of_what_is_above),
        cmocka_unit_test(places_of_several_inner_cells_are_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
