/* Bounds by one sum after another, what zeros alone tell, and what is hidden for room. */
#include "tests/check.h"
#include "tests/transforms/protect/three_sums.h"

#include "transforms/protect/sacrifice.h"

/* Cells with a figure and a reason, and all that bounds are found with. */
typedef struct {
    SpCells cells;
    SpRelations *relations;
    GArray *of_group;
    SpRoom *room;
} Case;

/* The relations are taken. */
static Case case_with(SpRelations *relations, const double value[N_CELLS],
                      const gboolean is_shown[N_CELLS])
{
    Case made = {.cells = {.tuples = sp_tuples_new(1),
                           .value = g_array_new(FALSE, FALSE, sizeof(double)),
                           .is_known = g_array_new(FALSE, FALSE, sizeof(gboolean)),
                           .reason = g_array_new(FALSE, FALSE, sizeof(guint8)),
                           .is_published = g_array_new(FALSE, TRUE, sizeof(gboolean)),
                           .weights = g_ptr_array_new(),
                           .hides_zeros = TRUE},
                 .relations = relations,
                 .of_group = g_array_new(FALSE, FALSE, sizeof(guint32))};
    g_array_set_size(made.cells.is_published, N_CELLS);
    for (guint32 cell = 0; cell < N_CELLS; cell++) {
        const gboolean is_known = TRUE;
        const guint8 reason = is_shown[cell] ? SP_SHOWN : SP_HIDDEN_FEW;
        (void)sp_tuples_add(made.cells.tuples, &cell);
        g_array_append_val(made.cells.value, value[cell]);
        g_array_append_val(made.cells.is_known, is_known);
        g_array_append_val(made.cells.reason, reason);
        g_array_append_val(made.of_group, cell);
    }
    made.room = sp_room_new(made.relations, &made.cells, NULL, made.of_group, 4.0);
    sp_room_find(made.room, &made.cells);
    return made;
}

static void case_clear(Case *made)
{
    sp_room_free(made->room);
    sp_relations_free(made->relations);
    sp_tuples_free(made->cells.tuples);
    g_array_unref(made->cells.value);
    g_array_unref(made->cells.is_known);
    g_array_unref(made->cells.reason);
    g_array_unref(made->cells.is_published);
    g_ptr_array_unref(made->cells.weights);
    g_array_unref(made->of_group);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Case, case_clear)

static Case case_of(const double value[N_CELLS], const gboolean is_shown[N_CELLS])
{
    return case_with(relations_of(), value, is_shown);
}

static void assert_bounds(const Case *made, guint32 cell, double low, double high)
{
    assert_near(made->room->low[cell], low, 0.0);
    assert_near(made->room->high[cell], high, 0.0);
}

/* Of y, z and u, which are 8, none is more; x and z are 10, so x is 2 at least. Where a 0 may be
 * hidden nothing more follows. */
static void bounds_are_those_of_one_sum_after_another(void **state)
{
    static const gboolean is_shown[N_CELLS] = {[P] = TRUE, [Q] = TRUE, [R] = TRUE};
    g_auto(Case) made = case_of(truth, is_shown);
    (void)state;
    assert_bounds(&made, X, 2.0, 10.0);
    assert_bounds(&made, Y, 0.0, 8.0);
    assert_bounds(&made, Z, 0.0, 8.0);
    assert_bounds(&made, U, 0.0, 8.0);
    assert_bounds(&made, P, 10.0, 10.0);
}

/* u is 8 less the others; a hidden whole is known by its parts. What comes of a bound goes on in
 * both directions: q, then z, then y's and u's. */
static void a_bound_is_followed_up_and_down(void **state)
{
    static const gboolean is_shown[N_CELLS] = {[X] = TRUE, [Y] = TRUE, [Q] = TRUE, [R] = TRUE};
    g_auto(Case) made = case_of(truth, is_shown);
    (void)state;
    assert_bounds(&made, P, 10.0, 10.0);
    assert_bounds(&made, Z, 2.0, 2.0);
    assert_bounds(&made, U, 4.0, 4.0);
}

/* A is the sum of x and y, B of A and z. */
static void a_bound_of_a_whole_is_followed_to_its_parts(void **state)
{
    enum { A = U, B = P };
    static const SpRelation all[] = {{A, 0, TRUE}, {B, 2, TRUE}, {0, 4, FALSE}};
    static const guint32 part[] = {X, Y, A, Z};
    static const guint32 first_in[N_CELLS + 1] = {0, 1, 2, 3, 4, 4, 4, 4};
    static const guint32 in[] = {0, 0, 1, 1};
    static const guint32 first_of[N_CELLS + 1] = {0, 0, 0, 0, 1, 2, 2, 2};
    static const double value[N_CELLS] = {1.0, 1.0, 1.0, 2.0, 3.0, 0.0, 0.0};
    static const gboolean is_shown[N_CELLS] = {[B] = TRUE};
    g_auto(Case) made = case_with(
        relations_with(G_N_ELEMENTS(all), all, part, first_in, in, first_of), value, is_shown);
    (void)state;
    assert_bounds(&made, A, 0.0, 3.0);
    assert_bounds(&made, X, 0.0, 3.0);
}

/* x and y are nothing, as parts of p, and z is shown to be; so q is, the sum of x and z. */
static void nothing_is_what_zeros_alone_tell(void **state)
{
    static const double value[N_CELLS] = {0.0, 0.0, 0.0, 5.0, 0.0, 0.0, 5.0};
    static const gboolean is_shown[N_CELLS] = {[Z] = TRUE, [P] = TRUE};
    g_auto(Case) made = case_of(value, is_shown);
    (void)state;
    assert_true(sp_room_is_nothing(made.room, &made.cells, X));
    assert_true(sp_room_is_nothing(made.room, &made.cells, Y));
    assert_true(sp_room_is_nothing(made.room, &made.cells, Q));
    assert_false(sp_room_is_nothing(made.room, &made.cells, U));
    assert_false(sp_room_is_nothing(made.room, &made.cells, R));
}

static void a_zero_by_subtraction_is_more_than_zeros_tell(void **state)
{
    static const double value[N_CELLS] = {4.0, 0.0, 1.0, 5.0, 4.0, 5.0, 6.0};
    static const gboolean is_shown[N_CELLS] = {[X] = TRUE, [P] = TRUE};
    g_auto(Case) made = case_of(value, is_shown);
    (void)state;
    assert_bounds(&made, Y, 0.0, 0.0);
    assert_false(sp_room_is_nothing(made.room, &made.cells, Y));
}

/* Persons are in x and y at once, and in z and u: of a shown whole r, which readers have already,
 * p is 20 and q 16, since x and z are. To hide r would not help. */
static void the_largest_part_is_hidden_where_it_holds_a_whole_up(void **state)
{
    static const SpRelation all[] = {{P, 0, TRUE}, {Q, 2, TRUE}, {R, 4, TRUE}, {0, 6, FALSE}};
    static const guint32 part[] = {X, Y, Z, U, P, Q};
    static const guint32 first_in[N_CELLS + 1] = {0, 1, 2, 3, 4, 5, 6, 6};
    static const guint32 in[] = {0, 0, 1, 1, 2, 2};
    static const guint32 first_of[N_CELLS + 1] = {0, 0, 0, 0, 0, 1, 2, 3};
    static const double value[N_CELLS] = {20.0, 15.0, 16.0, 9.0, 20.0, 16.0, 36.0};
    static const gboolean is_shown[N_CELLS] = {[X] = TRUE, [Z] = TRUE, [R] = TRUE};
    static const gboolean is_fresh[N_CELLS] = {FALSE};
    g_auto(Case) made = case_with(
        relations_with(G_N_ELEMENTS(all), all, part, first_in, in, first_of), value, is_shown);
    const SpSacrifice sacrifice = {made.room, &made.cells, 4.0, is_fresh};
    gboolean is_helped = TRUE;
    (void)state;
    assert_bounds(&made, P, 20.0, 20.0);
    assert_bounds(&made, Q, 16.0, 16.0);
    g_array_index(made.cells.is_published, gboolean, R) = TRUE;
    assert_int_equal(sp_sacrifice_near(&sacrifice, P, &is_helped), X);
    assert_int_equal(sp_sacrifice_near(&sacrifice, Q, &is_helped), Z);
    assert_false(is_helped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_are_those_of_one_sum_after_another),
        cmocka_unit_test(a_bound_is_followed_up_and_down),
        cmocka_unit_test(a_bound_of_a_whole_is_followed_to_its_parts),
        cmocka_unit_test(nothing_is_what_zeros_alone_tell),
        cmocka_unit_test(the_largest_part_is_hidden_where_it_holds_a_whole_up),
        cmocka_unit_test(a_zero_by_subtraction_is_more_than_zeros_tell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
