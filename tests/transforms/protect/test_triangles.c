/* FHI's series rule and triangles: its own program's result, and cases by hand. */
#include "tests/transforms/protect/cubes.h"
#include "transforms/protect/triangles.h"

static const SpFhiLimits limits = {
    .teller = 4.0, .nevner = 0.0, .tolerance = 6.0, .weak_share = 0.5, .hidden_share = 0.2};

/* How tests write what is hidden. */
static const char letters[] = {[0] = '-',
                               [SP_FHI_PRIMARY] = 'p',
                               [SP_FHI_SERIES] = 's',
                               [SP_FHI_NEIGHBOUR] = 'n',
                               [SP_FHI_SERIES | SP_FHI_NEIGHBOUR] = 'b'};

/* ---- FHI's program ---- */

enum { GEO, AAR, KJONN, ALDER, DIMS };

static void assert_golden_flags(const GPtrArray *rows, const char *column, const guint8 hidden[],
                                guint8 flags)
{
    const guint at = golden_column(rows, column);
    for (guint row = 1; row < rows->len; row++) {
        if (((hidden[row - 1] & flags) != 0) != (golden_number(rows, row, at) > 0.0)) {
            fail_msg("%s, row %u is %d", column, row, hidden[row - 1]);
        }
    }
}

/* spv_tmp: 3 hidden for privacy, 4 for its series alone, 0 shown. */
static void assert_golden_reason(const GPtrArray *rows, const guint8 hidden[])
{
    const guint at = golden_column(rows, "spv_tmp");
    for (guint row = 1; row < rows->len; row++) {
        const int reason = (hidden[row - 1] & SP_FHI_PRIVACY) != 0 ? 3
                           : hidden[row - 1] != 0                  ? 4
                                                                   : 0;
        assert_int_equal(reason, (int)golden_number(rows, row, at));
    }
}

static void sexes_and_ages_are_as_fhi_has_them(void **state)
{
    static const char *const dims[DIMS] = {"GEO", "AAR", "KJONN", "ALDER"};
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) rows = golden_file(folder, "26_fhi_triangles", "expected.csv");
    g_autoptr(TestCube) test = golden_cube(rows, dims, DIMS);
    g_autofree SpReal *teller = golden_figures(rows, "sumTELLER");
    g_autofree SpReal *nevner = golden_figures(rows, "sumNEVNER");
    g_autofree guint8 *hidden = g_new(guint8, rows->len);
    (void)state;
    const guint32 sexes[] = {test_cube_code(test, KJONN, "0"), test_cube_code(test, KJONN, "2"),
                             test_cube_code(test, KJONN, "1")};
    const guint32 ages[] = {test_cube_code(test, ALDER, "0_120"),
                            test_cube_code(test, ALDER, "67_120"),
                            test_cube_code(test, ALDER, "0_66")};
    const SpFhiTriangle triangles[] = {{KJONN, sexes, 3}, {ALDER, ages, 3}};
    sp_fhi_series(&test->cube, AAR, teller, nevner, &limits, hidden);
    assert_golden_flags(rows, "orgprikket", hidden, SP_FHI_PRIMARY);
    assert_golden_flags(rows, "serieprikket", hidden, SP_FHI_SERIES);
    assert_int_equal(sp_fhi_triangles(&test->cube, triangles, 2, teller, 4.0, hidden), 42);
    assert_golden_flags(rows, "serieprikket", hidden, SP_FHI_SERIES);
    assert_golden_flags(rows, "pvern", hidden, SP_FHI_PRIVACY);
    assert_golden_reason(rows, hidden);
}

/* ---- series by hand ---- */

enum { POINTS = 5 };

/* A letter a point: p primary, s its series, - shown. Owned by the caller. */
static char *series(const double tellers[POINTS], const double nevners[POINTS])
{
    const guint32 n_codes[] = {POINTS};
    g_autoptr(TestCube) test = full_cube(n_codes, 1);
    g_autofree SpReal *teller = figures_of(tellers, POINTS);
    g_autofree SpReal *nevner = nevners != NULL ? figures_of(nevners, POINTS) : NULL;
    guint8 hidden[POINTS];
    char *text = g_strnfill(POINTS, '-');
    sp_fhi_series(&test->cube, 0, teller, nevner, &limits, hidden);
    for (gsize i = 0; i < POINTS; i++) {
        text[i] = letters[hidden[i]];
    }
    return text;
}

#define NUMBERS(...) ((const double[POINTS]){__VA_ARGS__})
#define assert_series(want, tellers, nevners)                                                      \
    do {                                                                                           \
        g_autofree char *is = series(tellers, nevners);                                            \
        assert_string_equal(is, want);                                                             \
    } while (0)

static void counts_and_complements_up_to_their_limit_are_primary(void **state)
{
    const double *nevners = NUMBERS(90, 90, 90, 90, 90);
    (void)state;
    assert_series("p----", NUMBERS(4, 50, 50, 50, 50), nevners);
    assert_series("p----", NUMBERS(0, 50, 50, 50, 50), nevners);
    assert_series("-----", NUMBERS(5, 50, 50, 50, 50), nevners);
    assert_series("p----", NUMBERS(86, 50, 50, 50, 50), nevners);
    assert_series("-----", NUMBERS(85, 50, 50, 50, 50), nevners);
}

/* Ten of twenty: neither count nor complement is small, but they are few to be counted among. */
static void a_small_denominator_is_primary_by_its_own_limit(void **state)
{
    const guint32 n_codes[] = {2};
    const SpFhiLimits few = {
        .teller = 4.0, .nevner = 20.0, .tolerance = 6.0, .weak_share = 0.5, .hidden_share = 0.5};
    const SpReal teller[] = {sp_real(10.0), sp_real(10.0)};
    const SpReal nevner[] = {sp_real(20.0), sp_real(21.0)};
    guint8 hidden[2];
    g_autoptr(TestCube) test = full_cube(n_codes, 1);
    (void)state;
    sp_fhi_series(&test->cube, 0, teller, nevner, &few, hidden);
    assert_int_equal(hidden[0], SP_FHI_PRIMARY);
    assert_int_equal(hidden[1], 0);
}

static void a_table_of_counts_alone_has_no_complements(void **state)
{
    (void)state;
    assert_series("p----", NUMBERS(4, 50, 50, 50, 50), NULL);
    assert_series("-----", NUMBERS(86, 50, 50, 50, 50), NULL);
}

static void a_series_is_hidden_with_more_than_a_share_of_primaries(void **state)
{
    (void)state;
    assert_series("p----", NUMBERS(1, 50, 50, 50, 50), NULL); /* a fifth is not above a fifth */
    assert_series("ppsss", NUMBERS(1, 1, 50, 50, 50), NULL);
    assert_series("ppppp", NUMBERS(1, 1, 1, 1, 1), NULL);
}

static void a_series_is_hidden_with_more_than_half_on_weak_counts(void **state)
{
    (void)state;
    assert_series("-----", NUMBERS(6, 6, 50, 50, 50), NULL);
    assert_series("sssss", NUMBERS(6, 6, 6, 50, 50), NULL);
    assert_series("-----", NUMBERS(6, 6, 7, 50, 50), NULL);
    assert_series("-----", NUMBERS(6, 6, 50, 50, NAN), NULL); /* half is not above half */
}

static void what_is_missing_is_no_point(void **state)
{
    (void)state;
    assert_series("---ss", NUMBERS(NAN, NAN, NAN, 5, 6), NULL);
    assert_series("---ps", NUMBERS(NAN, NAN, NAN, 1, 50), NULL);
    assert_series("-----", NUMBERS(NAN, NAN, NAN, NAN, NAN), NULL);
    /* A teller without a nevner is judged alone. */
    assert_series("p----", NUMBERS(4, 50, 50, 50, 50), NUMBERS(NAN, NAN, NAN, NAN, NAN));
}

static void what_its_owner_withheld_is_primary(void **state)
{
    (void)state;
    assert_series("p----", NUMBERS(-1, 50, 50, 50, 50), NULL);
    assert_series("p----", NUMBERS(50, 50, 50, 50, 50), NUMBERS(-1, 90, 90, 90, 90));
    assert_series("p--ss", NUMBERS(-1, NAN, NAN, 50, 50), NULL);
}

/* ---- triangles by hand ---- */

enum { MOST = 8 };

typedef struct {
    double teller[MOST];
    const char *hidden; /* p primary, s its series, n neighbour, b the last two, - shown */
    double sum_limit;
} Line;

/* `line.hidden` as triangles leave it, owned by the caller. */
static char *neighbours(const SpCube *cube, const SpFhiTriangle triangles[], gsize n, Line line)
{
    g_autofree SpReal *teller = figures_of(line.teller, cube->n_cells);
    char *text = g_strdup(line.hidden);
    guint8 hidden[MOST];
    assert_true(cube->n_cells <= MOST && strlen(line.hidden) == cube->n_cells);
    for (gsize i = 0; i < cube->n_cells; i++) {
        hidden[i] = text[i] == 'p' ? SP_FHI_PRIMARY : text[i] == 's' ? SP_FHI_SERIES : 0;
    }
    const gsize n_new = sp_fhi_triangles(cube, triangles, n, teller, line.sum_limit, hidden);
    gsize n_found = 0;
    for (gsize i = 0; i < cube->n_cells; i++) {
        n_found += (hidden[i] & SP_FHI_NEIGHBOUR) != 0 ? 1 : 0;
        text[i] = letters[hidden[i]];
    }
    assert_int_equal(n_new, n_found);
    return text;
}

/* A sum and three parts, what is kept longest first. */
static char *square(Line line)
{
    static const guint32 codes[] = {0, 1, 2, 3};
    const SpFhiTriangle triangle = {0, codes, 4};
    const guint32 n_codes[] = {4};
    g_autoptr(TestCube) test = full_cube(n_codes, 1);
    return neighbours(&test->cube, &triangle, 1, line);
}

#define assert_square(want, ...)                                                                   \
    do {                                                                                           \
        g_autofree char *is = square((Line)__VA_ARGS__);                                           \
        assert_string_equal(is, want);                                                             \
    } while (0)

static void one_hidden_figure_takes_the_last_other_with_it(void **state)
{
    (void)state;
    assert_square("-p-n", {{60, 3, 20, 37}, "-p--", 4});
    assert_square("--np", {{60, 20, 37, 3}, "---p", 4});
    assert_square("p--n", {{4, 2, 1, 1}, "p---", 4});
}

static void nothing_hidden_takes_nothing(void **state)
{
    (void)state;
    assert_square("----", {{60, 20, 20, 20}, "----", 4});
    assert_square("s-ss", {{60, 20, 20, 20}, "s-ss", 4});
    assert_square("pppp", {{3, 1, 1, 1}, "pppp", 4});
}

/* 60 less what is shown tells that the two are 4 together. */
static void two_that_are_few_together_take_a_third(void **state)
{
    (void)state;
    assert_square("-ppn", {{60, 2, 2, 56}, "-pp-", 4});
    assert_square("-pp-", {{60, 2, 3, 55}, "-pp-", 4});
    assert_square("-ppp", {{60, 0, 0, 0}, "-ppp", 4}); /* but one is shown */
}

static void a_weak_series_is_taken_before_others(void **state)
{
    (void)state;
    assert_square("-pb-", {{60, 3, 20, 37}, "-ps-", 4});
    assert_square("-psb", {{60, 3, 20, 37}, "-pss", 4});
    assert_square("bp--", {{60, 3, 20, 37}, "sp--", 4});
}

static void what_is_missing_is_not_taken_and_protects_nothing(void **state)
{
    (void)state;
    assert_square("-pn-", {{60, 3, 20, NAN}, "-p--", 4});
    assert_square("-p--", {{NAN, 3, NAN, NAN}, "-p--", 4});
}

/* Rows 0–2: a sum and its parts; columns 0 and 1: another sum with one part, as Oslo has. */
static void what_is_taken_in_one_dimension_takes_in_the_next(void **state)
{
    static const guint32 rows[] = {0, 1, 2};
    static const guint32 columns[] = {0, 1};
    const SpFhiTriangle triangles[] = {{0, rows, 3}, {1, columns, 2}};
    const guint32 n_codes[] = {3, 2};
    g_autoptr(TestCube) test = full_cube(n_codes, 2);
    (void)state;
    g_autofree char *is =
        neighbours(&test->cube, triangles, 2, (Line){{60, 60, 3, 3, 57, 57}, "--p---", 4});
    assert_string_equal(is, "--pnnn");
}

/* All ages, 0–66, 67 and over; of these 67–79 and 80 and over. */
static void a_level_takes_from_the_one_below_it(void **state)
{
    static const guint32 coarse[] = {0, 2, 1};
    static const guint32 fine[] = {2, 4, 3};
    const SpFhiTriangle triangles[] = {{0, coarse, 3}, {0, fine, 3}};
    const guint32 n_codes[] = {5};
    g_autoptr(TestCube) test = full_cube(n_codes, 1);
    (void)state;
    g_autofree char *below =
        neighbours(&test->cube, triangles, 2, (Line){{90, 60, 30, 27, 3}, "----p", 4});
    assert_string_equal(below, "---np");
    g_autofree char *above =
        neighbours(&test->cube, triangles, 2, (Line){{90, 3, 87, 50, 37}, "-p---", 4});
    assert_string_equal(above, "-pnn-");
}

/* Pairs from the last to the first, so that each round takes one figure: of the last sum the
 * part of a weak series in the third, the part kept shortest in the fourth. */
static void three_rounds_take_weak_series_alone(void **state)
{
    static const guint32 third[] = {2, 3, 4};
    static const guint32 fourth[] = {3, 4, 5};
    static const guint32 pairs[][2] = {{0, 1}, {1, 2}, {2, 3}};
    const SpFhiTriangle in_three[] = {{0, third, 3}, {0, pairs[1], 2}, {0, pairs[0], 2}};
    const SpFhiTriangle in_four[] = {
        {0, fourth, 3}, {0, pairs[2], 2}, {0, pairs[1], 2}, {0, pairs[0], 2}};
    const guint32 n_codes[] = {6};
    const Line line = {{3, 20, 20, 20, 20, 20}, "pssss-", 4};
    const Line shorter = {{3, 20, 20, 20, 20, 20}, "psss--", 4};
    g_autoptr(TestCube) test = full_cube(n_codes, 1);
    (void)state;
    g_autofree char *three = neighbours(&test->cube, in_three, 3, shorter);
    assert_string_equal(three, "pbbb--");
    g_autofree char *four = neighbours(&test->cube, in_four, 4, line);
    assert_string_equal(four, "pbbbsn");
}

/* The part of a sum that is not in the cube is no cell: its sum and it are judged alone. */
static void cells_that_are_not_there_are_passed_over(void **state)
{
    static const guint32 codes[] = {0, 1, 2};
    const SpFhiTriangle triangle = {0, codes, 3};
    const guint32 n_codes[] = {3};
    const guint32 present[] = {2, 0};
    const guint32 *const code[] = {present};
    const SpCube cube = {2, 1, n_codes, code};
    (void)state;
    g_autofree char *is = neighbours(&cube, &triangle, 1, (Line){{3, 60}, "p-", 4});
    assert_string_equal(is, "pn");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sexes_and_ages_are_as_fhi_has_them),
        cmocka_unit_test(counts_and_complements_up_to_their_limit_are_primary),
        cmocka_unit_test(a_small_denominator_is_primary_by_its_own_limit),
        cmocka_unit_test(a_table_of_counts_alone_has_no_complements),
        cmocka_unit_test(a_series_is_hidden_with_more_than_a_share_of_primaries),
        cmocka_unit_test(a_series_is_hidden_with_more_than_half_on_weak_counts),
        cmocka_unit_test(what_is_missing_is_no_point),
        cmocka_unit_test(what_its_owner_withheld_is_primary),
        cmocka_unit_test(one_hidden_figure_takes_the_last_other_with_it),
        cmocka_unit_test(nothing_hidden_takes_nothing),
        cmocka_unit_test(two_that_are_few_together_take_a_third),
        cmocka_unit_test(a_weak_series_is_taken_before_others),
        cmocka_unit_test(what_is_missing_is_not_taken_and_protects_nothing),
        cmocka_unit_test(what_is_taken_in_one_dimension_takes_in_the_next),
        cmocka_unit_test(a_level_takes_from_the_one_below_it),
        cmocka_unit_test(three_rounds_take_weak_series_alone),
        cmocka_unit_test(cells_that_are_not_there_are_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
