/* The attack on tables that Statistics Norway's GaussSuppression protected (golden sets 20–23):
 * an
 * independent rank check of them found nothing that follows, and another solver their intervals. */
#include "tests/transforms/vary/golden.h"

#include "transforms/audit/bounds.h"
#include "transforms/audit/extremes.h"
#include "transforms/audit/rowspace.h"

#include <math.h>

enum { ENOUGH_WORK = 100000000 };

static const char *const sets[] = {"20_gauss_3x5", "21_gauss_region_county_kgroup", "22_gauss_z3",
                                   "23_gauss_437_municipalities"};

/* Unknown are the inner cells, first, and published ones that are hidden; each published cell is a
 * sum of inner ones. */
typedef struct {
    GPtrArray *cells; /* rows of expected_cells.csv, header first */
    GPtrArray *x;     /* of input_x.csv */
    gsize n_inner;
    gboolean *is_hidden; /* [published cells] */
    SpSystem system;
} Published;

static guint column_of(const GPtrArray *rows, const char *name)
{
    char **header = g_ptr_array_index(rows, 0);
    for (guint i = 0; header[i] != NULL; i++) {
        if (strcmp(header[i], name) == 0) {
            return i;
        }
    }
    fail_msg("no column %s", name);
    return 0;
}

static GPtrArray *read_set(const char *folder, const char *set, const char *file)
{
    g_autofree char *path = g_build_filename(set, file, NULL);
    return golden_read(folder, path);
}

/* Hidden are primaries, and what `method` added to them (NULL: nothing). */
static Published published(const char *folder, const char *set, const char *method)
{
    g_autoptr(GPtrArray) inner = read_set(folder, set, "input_inner.csv");
    Published made = {.cells = read_set(folder, set, "expected_cells.csv"),
                      .x = read_set(folder, set, "input_x.csv"),
                      .n_inner = inner->len - 1};
    const guint primary = column_of(made.cells, "primary");
    const guint secondary = method == NULL ? primary : column_of(made.cells, method);
    made.is_hidden = g_new0(gboolean, made.cells->len);
    for (guint i = 1; i < made.cells->len; i++) {
        made.is_hidden[i - 1] = golden_number(made.cells, i, primary) > 0.0 ||
                                golden_number(made.cells, i, secondary) > 0.0;
    }
    return made;
}

static void published_clear(Published *made)
{
    g_ptr_array_unref(made->cells);
    g_ptr_array_unref(made->x);
    g_free(made->is_hidden);
    g_free(made->system.starts);
    g_free(made->system.entries);
    g_free(made->system.rest);
    g_free(made->system.whole);
    g_free(made->system.largest);
    g_free(made->system.is_at_most);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Published, published_clear)

static void fill_system(Published *made)
{
    const gsize n_cells = made->cells->len - 1;
    const guint freq = column_of(made->cells, "freq");
    SpSystem *system = &made->system;
    *system = (SpSystem){.n_unknowns = made->n_inner + n_cells,
                         .n_sums = n_cells,
                         .starts = g_new0(guint32, n_cells + 1),
                         .entries = g_new(guint32, made->x->len + n_cells),
                         .rest = g_new0(double, n_cells),
                         .whole = g_new(double, n_cells),
                         .largest = g_new0(double, n_cells),
                         .is_at_most = g_new0(gboolean, n_cells)};
    for (guint i = 1; i < made->x->len; i++) {
        system->starts[(gsize)golden_number(made->x, i, 1)]++;
    }
    for (guint32 cell = 0; cell < n_cells; cell++) {
        system->starts[cell + 1] += system->starts[cell] + (made->is_hidden[cell] ? 1 : 0);
    }
    g_autofree guint32 *next = g_memdup2(system->starts, (n_cells + 1) * sizeof *next);
    for (guint i = 1; i < made->x->len; i++) {
        const gsize cell = (gsize)golden_number(made->x, i, 1) - 1;
        system->entries[next[cell]++] = SP_ENTRY_PART((guint32)golden_number(made->x, i, 0) - 1);
    }
    for (guint32 cell = 0; cell < n_cells; cell++) {
        system->whole[cell] = HUGE_VAL;
        if (made->is_hidden[cell]) {
            system->entries[next[cell]++] = SP_ENTRY_WHOLE((guint32)made->n_inner + cell);
        } else {
            system->rest[cell] = system->whole[cell] = golden_number(made->cells, cell + 1, freq);
        }
    }
}

/* How many hidden cells follow. */
static guint count_following(Published *made)
{
    fill_system(made);
    g_autofree SpLinear *linear = g_new(SpLinear, made->system.n_unknowns);
    guint n = 0;
    sp_rowspace(&made->system, ENOUGH_WORK, linear);
    for (guint cell = 0; cell < made->system.n_sums; cell++) {
        const SpLinear found = linear[made->n_inner + cell];
        assert_int_not_equal(found, SP_LINEAR_GIVEN_UP);
        n += made->is_hidden[cell] && found == SP_LINEAR_FOLLOWS ? 1 : 0;
    }
    return n;
}

static void nothing_follows_of_what_gauss_protected(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    for (gsize i = 0; i < G_N_ELEMENTS(sets); i++) {
        g_auto(Published) none = published(folder, sets[i], "secondary_none");
        g_auto(Published) any = published(folder, sets[i], "secondary_anySum");
        assert_int_equal(count_following(&none), 0);
        assert_int_equal(count_following(&any), 0);
    }
}

static void primaries_follow_where_nothing_else_is_hidden(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    for (gsize i = 0; i < G_N_ELEMENTS(sets); i++) {
        g_auto(Published) bare = published(folder, sets[i], NULL);
        assert_true(count_following(&bare) > 0);
    }
}

/* Method `none` hides nothing without need: one cell less gives a primary away. */
static void every_secondary_cell_is_needed(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    guint n = 0;
    for (gsize i = 0; i < 2; i++) {
        g_auto(Published) all = published(folder, sets[i], "secondary_none");
        const guint secondary = column_of(all.cells, "secondary_none");
        for (guint cell = 0; cell + 1 < all.cells->len; cell++) {
            if (golden_number(all.cells, cell + 1, secondary) > 0.0) {
                g_auto(Published) but_one = published(folder, sets[i], "secondary_none");
                but_one.is_hidden[cell] = FALSE;
                assert_true(count_following(&but_one) > 0);
                n++;
            }
        }
    }
    assert_int_equal(n, 3 + 18);
}

typedef struct {
    double *lower, *upper;
    gboolean *is_asked; /* hidden cells */
    SpBounds bounds;
} Narrowed;

static void narrowed_clear(Narrowed *narrowed)
{
    g_free(narrowed->lower);
    g_free(narrowed->upper);
    g_free(narrowed->is_asked);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Narrowed, narrowed_clear)

/* By bounds, from 0 on. */
static Narrowed narrow(Published *made)
{
    fill_system(made);
    const gsize n = made->system.n_unknowns;
    Narrowed narrowed = {g_new0(double, n), g_new(double, n), g_new0(gboolean, n), {NULL, NULL}};
    g_autofree gboolean *is_against = g_new0(gboolean, n);
    narrowed.bounds = (SpBounds){narrowed.lower, narrowed.upper};
    for (gsize i = 0; i < n; i++) {
        narrowed.upper[i] = HUGE_VAL;
        narrowed.is_asked[i] = i >= made->n_inner && made->is_hidden[i - made->n_inner];
    }
    sp_bounds_narrow(&made->system, 100, &narrowed.bounds, is_against);
    for (gsize i = 0; i < n; i++) {
        assert_false(is_against[i]);
    }
    return narrowed;
}

/* Bounds hold, though a linear programme may find narrower ones; ours finds those of the other
 * solver, to the whole number within. */
static void intervals_are_those_of_another_solver_and_lie_within_the_bounds(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    for (gsize i = 0; i < G_N_ELEMENTS(sets); i++) {
        g_auto(Published) made = published(folder, sets[i], "secondary_none");
        g_autoptr(GPtrArray) intervals = read_set(folder, sets[i], "expected_interval_none.csv");
        g_auto(Narrowed) narrowed = narrow(&made);
        for (guint row = 1; row < intervals->len; row++) {
            const gsize k = made.n_inner + (gsize)golden_number(intervals, row, 0) - 1;
            assert_true(narrowed.lower[k] <= golden_number(intervals, row, 3) + 1e-6);
            assert_true(narrowed.upper[k] >= golden_number(intervals, row, 4) - 1e-6);
        }
        sp_extremes_narrow(&made.system, narrowed.is_asked, 10000, 10000, &narrowed.bounds);
        for (guint row = 1; row < intervals->len; row++) {
            const gsize k = made.n_inner + (gsize)golden_number(intervals, row, 0) - 1;
            assert_near(narrowed.lower[k], ceil(golden_number(intervals, row, 3) - 1e-6), 1e-9);
            assert_near(narrowed.upper[k], floor(golden_number(intervals, row, 4) + 1e-6), 1e-9);
        }
    }
}

/* Of the sums near a cell alone less follows, and nothing that is not true. */
static void what_is_near_holds_the_intervals_of_all(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    guint n_narrowed = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(sets); i++) {
        g_auto(Published) made = published(folder, sets[i], "secondary_none");
        g_autoptr(GPtrArray) intervals = read_set(folder, sets[i], "expected_interval_none.csv");
        g_auto(Narrowed) narrowed = narrow(&made);
        g_autofree double *upper =
            g_memdup2(narrowed.upper, made.system.n_unknowns * sizeof *upper);
        sp_extremes_narrow(&made.system, narrowed.is_asked, 40, 10000, &narrowed.bounds);
        for (guint row = 1; row < intervals->len; row++) {
            const gsize k = made.n_inner + (gsize)golden_number(intervals, row, 0) - 1;
            assert_true(narrowed.lower[k] <= ceil(golden_number(intervals, row, 3) - 1e-6));
            assert_true(narrowed.upper[k] >= floor(golden_number(intervals, row, 4) + 1e-6));
            n_narrowed += narrowed.upper[k] < upper[k] ? 1 : 0;
        }
    }
    assert_true(n_narrowed > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_follows_of_what_gauss_protected),
        cmocka_unit_test(primaries_follow_where_nothing_else_is_hidden),
        cmocka_unit_test(every_secondary_cell_is_needed),
        cmocka_unit_test(intervals_are_those_of_another_solver_and_lie_within_the_bounds),
        cmocka_unit_test(what_is_near_holds_the_intervals_of_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
