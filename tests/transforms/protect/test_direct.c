/* Direct disclosure: SSB's own result, and cases by hand. */
#include "tests/transforms/protect/cubes.h"
#include "transforms/protect/direct.h"

/* ---- SSB's program ---- */

static void assert_as_ssb(const GPtrArray *rows, const char *column, const gboolean is_disclosed[])
{
    const guint at = golden_column(rows, column);
    for (guint row = 1; row < rows->len; row++) {
        if (is_disclosed[row - 1] != (strcmp(golden_text(rows, row, at), "TRUE") == 0)) {
            fail_msg("%s, row %u is %d", column, row, is_disclosed[row - 1]);
        }
    }
}

/* The set's table with its disclosed cells in rows, in columns and in either. */
typedef struct {
    char *folder;
    GPtrArray *rows;
    TestCube *cube;
    SpReal *freq;
    gboolean *by_mun;
    gboolean *by_inj;
    gboolean *is_primary;
    guint32 total[2]; /* codes of the margins */
} Injuries;

static void injuries_clear(Injuries *injuries)
{
    g_clear_pointer(&injuries->cube, test_cube_free);
    g_clear_pointer(&injuries->rows, g_ptr_array_unref);
    g_free(injuries->folder);
    g_free(injuries->freq);
    g_free(injuries->by_mun);
    g_free(injuries->by_inj);
    g_free(injuries->is_primary);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Injuries, injuries_clear)

static Injuries read_injuries(void)
{
    static const char *const dims[] = {"mun", "inj"};
    Injuries read = {.folder = shared_folder()};
    SKIP_WITHOUT_SHARED(read.folder);
    read.rows = golden_file(read.folder, "25_direct_disclosure", "expected.csv");
    read.cube = golden_cube(read.rows, dims, 2);
    read.freq = golden_figures(read.rows, "freq");
    const gsize n = read.cube->cube.n_cells;
    read.by_mun = g_new(gboolean, n);
    read.by_inj = g_new(gboolean, n);
    read.is_primary = g_new(gboolean, n);
    read.total[0] = test_cube_code(read.cube, 0, "Total");
    read.total[1] = test_cube_code(read.cube, 1, "Total");
    const SpCube *cube = &read.cube->cube;
    const SpDirectRows among_mun = {0, read.total[0]};
    const SpDirectRows among_inj = {1, read.total[1]};
    assert_int_equal(sp_direct_disclosure(cube, among_mun, read.freq, 1.0, read.by_mun), 1);
    assert_int_equal(sp_direct_disclosure(cube, among_inj, read.freq, 1.0, read.by_inj), 4);
    for (gsize i = 0; i < n; i++) {
        read.is_primary[i] = read.by_mun[i] || read.by_inj[i];
    }
    return read;
}

static void injuries_are_as_ssb_has_them(void **state)
{
    g_auto(Injuries) read = read_injuries();
    (void)state;
    assert_as_ssb(read.rows, "mun-prikk", read.by_mun);
    assert_as_ssb(read.rows, "inj-prikk", read.by_inj);
    assert_as_ssb(read.rows, "primary", read.is_primary);
}

static gboolean is_inner(const Injuries *read, guint32 cell)
{
    return read->cube->code[0][cell] != read->total[0] &&
           read->cube->code[1][cell] != read->total[1];
}

static gboolean is_part(const Injuries *read, guint32 inner, guint32 cell)
{
    for (gsize dim = 0; dim < 2; dim++) {
        const guint32 *code = read->cube->code[dim];
        if (code[cell] != read->total[dim] && code[cell] != code[inner]) {
            return FALSE;
        }
    }
    return is_inner(read, inner);
}

static SpDesign *design_of(const Injuries *read)
{
    const guint32 n = (guint32)read->cube->cube.n_cells;
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(SpDesignEntry));
    for (guint32 inner = 0; inner < n; inner++) {
        for (guint32 cell = 0; cell < n; cell++) {
            if (is_part(read, inner, cell)) {
                const SpDesignEntry entry = {inner, cell, 1};
                g_array_append_val(entries, entry);
            }
        }
    }
    return sp_design_new(n, n, (const SpDesignEntry *)(const void *)entries->data, entries->len);
}

/* What SSB's package sorts by: frequency, then that of related cells; zeros are given up after
 * counts up to the coalition and before others, those with the fewest about them kept longest. The
 * order is inferred: the set tells the result alone. */
typedef struct {
    double freq;
    double related;
    guint32 cell;
} Wanted;

static int wanted_class(double freq)
{
    return freq > 1.0 ? 0 : freq < 0.5 ? 1 : 2;
}

static int by_wanted(const void *a, const void *b)
{
    const Wanted *x = a;
    const Wanted *y = b;
    const int class = wanted_class(x->freq) - wanted_class(y->freq);
    const double related =
        wanted_class(x->freq) == 1 ? x->related - y->related : y->related - x->related;
    const double keys[] = {class, y->freq - x->freq, related, (double)x->cell - (double)y->cell};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (fabs(keys[i]) > 0.0) {
            return keys[i] < 0.0 ? -1 : 1;
        }
    }
    return 0;
}

static void order_cells(const Injuries *read, guint32 order[])
{
    const guint32 n = (guint32)read->cube->cube.n_cells;
    g_autofree Wanted *wanted = g_new0(Wanted, n);
    for (guint32 cell = 0; cell < n; cell++) {
        wanted[cell] = (Wanted){.freq = read->freq[cell].value, .cell = cell};
        for (guint32 inner = 0; inner < n; inner++) {
            for (guint32 other = 0; other < n && is_part(read, inner, cell); other++) {
                wanted[cell].related += is_part(read, inner, other) ? read->freq[other].value : 0.0;
            }
        }
    }
    qsort(wanted, n, sizeof *wanted, by_wanted);
    for (guint32 i = 0; i < n; i++) {
        order[i] = wanted[i].cell;
    }
}

static void what_tells_of_disclosed_injuries_is_hidden_as_ssb_has_it(void **state)
{
    g_auto(Injuries) read = read_injuries();
    g_autoptr(SpDesign) design = design_of(&read);
    const gsize n = design->n_cells;
    g_autofree guint32 *order = g_new(guint32, n);
    g_autofree gboolean *is_hidden = g_new(gboolean, n);
    g_autofree gboolean *is_unsafe = g_new(gboolean, n);
    const SpGauss problem = {
        .design = design, .is_primary = read.is_primary, .order = order, .n_order = n};
    (void)state;
    order_cells(&read, order);
    assert_int_equal(sp_gauss(&problem, is_hidden, is_unsafe), 5);
    for (gsize i = 0; i < n; i++) {
        is_hidden[i] = is_hidden[i] || read.is_primary[i];
    }
    assert_as_ssb(read.rows, "suppressed", is_hidden);
}

/* ---- by hand ---- */

enum { N = 4 }; /* the whole and three categories */

/* The disclosed cells of one row, "0123" for all, owned by the caller. */
static char *disclosed(const double row[N], double coalition)
{
    const guint32 n_codes[] = {N};
    g_autoptr(TestCube) test = full_cube(n_codes, 1);
    g_autofree SpReal *freq = figures_of(row, N);
    gboolean is_disclosed[N];
    GString *text = g_string_new(NULL);
    const gsize n =
        sp_direct_disclosure(&test->cube, (SpDirectRows){0, 0}, freq, coalition, is_disclosed);
    for (gsize i = 0; i < N; i++) {
        if (is_disclosed[i]) {
            g_string_append_printf(text, "%zu", i);
        }
    }
    assert_int_equal(text->len, n);
    return g_string_free(text, FALSE);
}

#define assert_disclosed(coalition, want, ...)                                                     \
    do {                                                                                           \
        g_autofree char *is = disclosed((const double[N]){__VA_ARGS__}, coalition);                \
        assert_string_equal(is, want);                                                             \
    } while (0)

static void a_row_of_zeros_discloses_nobody(void **state)
{
    (void)state;
    assert_disclosed(0.0, "", 0, 0, 0, 0);
    assert_disclosed(3.0, "", 0, 0, 0, 0);
}

static void one_unit_is_disclosed_to_those_who_know_it_is_there(void **state)
{
    (void)state;
    assert_disclosed(0.0, "2", 1, 0, 1, 0);
    assert_disclosed(1.0, "2", 1, 0, 1, 0);
}

static void without_a_coalition_only_all_in_one_category_disclose(void **state)
{
    (void)state;
    assert_disclosed(0.0, "1", 9, 9, 0, 0);
    assert_disclosed(0.0, "", 9, 8, 1, 0);
}

static void those_outside_a_category_disclose_it_up_to_the_coalition(void **state)
{
    (void)state;
    assert_disclosed(1.0, "1", 9, 8, 1, 0);
    assert_disclosed(1.0, "", 9, 7, 1, 1);
    assert_disclosed(2.0, "1", 9, 7, 1, 1);
    assert_disclosed(1.0, "12", 2, 1, 1, 0); /* each of two tells of the other */
}

/* What is missing may be anybody's: the row's own total decides. */
static void a_row_is_held_against_its_whole_and_not_against_a_sum(void **state)
{
    (void)state;
    assert_disclosed(1.0, "", 9, 5, NAN, 0);
    assert_disclosed(1.0, "", NAN, 9, 0, 0);
    assert_disclosed(1.0, "3", 9, 0, -1, 9);
}

static void a_stratum_without_its_whole_is_not_judged(void **state)
{
    const guint32 n_codes[] = {2, 2};
    const guint32 region[] = {0, 0, 1};
    const guint32 category[] = {0, 1, 1}; /* the second region has no whole, category 0 */
    const guint32 *const code[] = {region, category};
    const SpCube cube = {3, 2, n_codes, code};
    const SpReal freq[] = {sp_real(7.0), sp_real(7.0), sp_real(7.0)};
    const gboolean want[] = {FALSE, TRUE, FALSE};
    gboolean is_disclosed[3];
    (void)state;
    assert_int_equal(sp_direct_disclosure(&cube, (SpDirectRows){1, 0}, freq, 0.0, is_disclosed), 1);
    assert_memory_equal(is_disclosed, want, sizeof want);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(injuries_are_as_ssb_has_them),
        cmocka_unit_test(what_tells_of_disclosed_injuries_is_hidden_as_ssb_has_it),
        cmocka_unit_test(a_row_of_zeros_discloses_nobody),
        cmocka_unit_test(one_unit_is_disclosed_to_those_who_know_it_is_there),
        cmocka_unit_test(without_a_coalition_only_all_in_one_category_disclose),
        cmocka_unit_test(those_outside_a_category_disclose_it_up_to_the_coalition),
        cmocka_unit_test(a_row_is_held_against_its_whole_and_not_against_a_sum),
        cmocka_unit_test(a_stratum_without_its_whole_is_not_judged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
