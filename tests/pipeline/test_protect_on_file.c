/* statpakke-protect on a table that anybody brings: the golden sets through the program, tables by
 * hierarchies, and what is refused. */
#include "tests/pipeline/on_file.h"

static OnFile *files;

static int setup(void **state)
{
    const int status = on_file_setup(state);
    files = *state;
    return status;
}

#define PROTECT(...)                                                                               \
    on_file_run(files, "statpakke-protect", (const char *const[]){__VA_ARGS__, NULL})

/* ---- golden sets ---- */

static const char *const sets[] = {"20_gauss_3x5", "21_gauss_region_county_kgroup", "22_gauss_z3",
                                   "23_gauss_437_municipalities"};
static const char *const methods[] = {"none", "anySum", "subSum"};

static guint column_of(const GPtrArray *rows, const char *name)
{
    char **header = g_ptr_array_index(rows, 0);
    guint i = 0;
    while (header[i] != NULL && strcmp(header[i], name) != 0) {
        i++;
    }
    assert_non_null(header[i]);
    return i;
}

static char *golden_path(const char *shared, const char *set, const char *file)
{
    return g_build_filename(shared, "golden", set, file, NULL);
}

static void hidden_cells_are_ssbs(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    for (gsize set = 0; set < G_N_ELEMENTS(sets); set++) {
        g_autofree char *inner = golden_path(shared, sets[set], "input_inner.csv");
        g_autofree char *design = golden_path(shared, sets[set], "input_x.csv");
        g_autofree char *cells = golden_path(shared, sets[set], "expected_cells.csv");
        g_autofree char *of_set = g_build_filename(sets[set], "expected_cells.csv", NULL);
        g_autoptr(GPtrArray) wanted = golden_read(shared, of_set);
        for (gsize method = 0; method < G_N_ELEMENTS(methods); method++) {
            g_autofree char *name = g_strdup_printf("secondary_%s", methods[method]);
            g_autoptr(GPtrArray) rows = on_file_rows(
                PROTECT("--on", inner, "--design", design, "--cells", cells, "--method", "gauss",
                        "--singletons", methods[method], "--linear-only"));
            assert_int_equal(rows->len, wanted->len);
            assert_string_equal(golden_text(rows, 0, 1), "secondary");
            for (guint i = 1; i < rows->len; i++) {
                assert_string_equal(golden_text(rows, i, 0), golden_text(wanted, i, 0));
                assert_string_equal(golden_text(rows, i, 1),
                                    golden_text(wanted, i, column_of(wanted, name)));
            }
        }
    }
}

/* Golden set 21 by its fylker and groups across them: the same cells, the same primaries (0 to
 * 3). */
static void hierarchies_make_the_design_of_golden_set_21(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autofree char *inner = golden_path(shared, sets[1], "input_inner.csv");
    g_autofree char *cells = golden_path(shared, sets[1], "expected_cells.csv");
    g_autoptr(GPtrArray) inners =
        golden_read(shared, "21_gauss_region_county_kgroup/input_inner.csv");
    g_autoptr(GPtrArray) wanted =
        golden_read(shared, "21_gauss_region_county_kgroup/expected_cells.csv");
    g_autoptr(GString) region = g_string_new("parent,child\n");
    g_autoptr(GString) income = g_string_new("parent,child\n");
    for (guint i = 1; i < inners->len; i++) {
        const char *kommune = golden_text(inners, i, column_of(inners, "region"));
        const char *county = golden_text(inners, i, column_of(inners, "county"));
        const char *group = golden_text(inners, i, column_of(inners, "k_group"));
        g_string_append_printf(region, "%s,%s\n%s,%s\nTotal,%s\n", county, kommune, group, kommune,
                               county);
        g_string_append_printf(income, "Total,%s\n",
                               golden_text(inners, i, column_of(inners, "main_income")));
    }
    g_autofree char *of_region = on_file_write(files, "region.csv", region->str);
    g_autofree char *of_income = on_file_write(files, "main_income.csv", income->str);
    g_autoptr(GPtrArray) rows =
        on_file_rows(PROTECT("--on", inner, "--cells", cells, "--hierarchies", files->folder,
                             "--threshold", "4", "--hide-zeros", "--linear-only"));
    assert_int_equal(rows->len, wanted->len);
    for (guint i = 1; i < rows->len; i++) {
        assert_string_equal(golden_text(rows, i, 1),
                            golden_text(wanted, i, column_of(wanted, "secondary_none")));
    }
    (void)g_remove(of_region);
    (void)g_remove(of_income);
}

/* ---- a table of one's own ---- */

#define COUNTS "kommune,kjonn,freq\nA,m,2\nA,k,9\nB,m,8\nB,k,7\n"
#define COUNTS_OF_B "kommune,kjonn,freq\nA,m,12\nA,k,9\nB,m,8\n"
#define KOMMUNE "parent,child\nalle,A\nalle,B\n"
#define KJONN "parent,child\nbegge,m\nbegge,k\n"

/* One small count in a table of two by two: its row, its column and the corner follow from each
 * other, so three more are hidden. */
static void a_table_by_hierarchies_tells_every_cell(void **state)
{
    (void)state;
    g_autofree char *folder = g_build_filename(files->folder, "dims", NULL);
    assert_int_equal(g_mkdir(folder, 0700), 0);
    g_autofree char *inner = on_file_write(files, "inner.csv", COUNTS);
    g_autofree char *kommune = on_file_write(files, "dims/kommune.csv", KOMMUNE);
    g_autofree char *kjonn = on_file_write(files, "dims/kjonn.csv", KJONN);
    Result result =
        PROTECT("--on", inner, "--hierarchies", folder, "--threshold", "5", "--linear-only");
    assert_string_equal(result.err, "");
    assert_string_equal(result.out, "kommune,kjonn,count,primary,secondary\n"
                                    "A,m,2,1,0\nA,k,9,0,1\nA,begge,11,0,0\n"
                                    "B,m,8,0,1\nB,k,7,0,1\nB,begge,15,0,0\n"
                                    "alle,m,10,0,0\nalle,k,16,0,0\nalle,begge,26,0,0\n");
    result_clear(&result);
    /* The square moves by 10: between 0 and 10 in its corner A,m. */
    result = PROTECT("--on", inner, "--hierarchies", folder, "--threshold", "5");
    assert_has(result.out, "A,begge,11,0,0\nB,m,8,0,1\nB,k,7,0,1\nB,begge,15,0,0\n");
    result_clear(&result);
    result = PROTECT("--on", inner, "--hierarchies", folder, "--threshold", "5", "--width", "11");
    assert_string_equal(result.err, "");
    assert_has(result.out, "alle,m,10,0,1\n"); /* the smallest sum that bears on it */
    result_clear(&result);
    result = PROTECT("--on", inner, "--hierarchies", folder, "--method", "rounding", "--base", "3");
    assert_string_equal(result.err, "");
    assert_string_equal(result.out, "kommune,kjonn,original,rounded,difference\n"
                                    "A,m,2,3,1\nA,k,9,9,0\nA,begge,11,12,1\n"
                                    "B,m,8,8,0\nB,k,7,7,0\nB,begge,15,15,0\n"
                                    "alle,m,10,11,1\nalle,k,16,16,0\nalle,begge,26,27,1\n");
    result_clear(&result);
    (void)g_remove(kommune);
    (void)g_remove(kjonn);
    (void)g_rmdir(folder);
}

/* B has no row of k: nobody is there, and where zeros are hidden its absence must not tell so. */
static void zeros_without_a_row_are_hidden_as_zeros(void **state)
{
    (void)state;
    g_autofree char *folder = g_build_filename(files->folder, "dims", NULL);
    assert_int_equal(g_mkdir(folder, 0700), 0);
    g_autofree char *told = on_file_write(files, "told.csv", COUNTS_OF_B "B,k,0\n");
    g_autofree char *absent = on_file_write(files, "absent.csv", COUNTS_OF_B);
    g_autofree char *kommune = on_file_write(files, "dims/kommune.csv", KOMMUNE);
    g_autofree char *kjonn = on_file_write(files, "dims/kjonn.csv", KJONN);
    Result one = PROTECT("--on", told, "--hierarchies", folder, "--threshold", "5", "--hide-zeros");
    Result other =
        PROTECT("--on", absent, "--hierarchies", folder, "--threshold", "5", "--hide-zeros");
    assert_string_equal(one.err, "");
    assert_has(one.out, "B,k,0,1,0\n");
    assert_string_equal(other.out, one.out);
    result_clear(&one);
    result_clear(&other);
    (void)g_remove(kommune);
    (void)g_remove(kjonn);
    (void)g_rmdir(folder);
}

/* ---- what is known, and who stands behind ---- */

/* Two inner cells and their sum. */
static Result protect_two(const char *inner, const char *cells)
{
    g_autofree char *counts = on_file_write(files, "inner.csv", inner);
    g_autofree char *design = on_file_write(files, "x.csv", "inner,cell\na,a\nb,b\na,ab\nb,ab\n");
    g_autofree char *published = on_file_write(files, "cells.csv", cells);
    return PROTECT("--on", counts, "--design", design, "--cells", published);
}

static void forced_cells_are_shown_and_others_hidden_instead(void **state)
{
    (void)state;
    Result result =
        protect_two("inner,ant\na,2\nb,9\n", "cell,primary,forced\na,1,0\nb,0,1\nab,0,0\n");
    assert_string_equal(result.err, "");
    assert_string_equal(result.out, "cell,secondary\na,0\nb,0\nab,1\n");
    result_clear(&result);
}

static void primaries_that_are_known_anyhow_are_named(void **state)
{
    (void)state;
    Result result =
        protect_two("inner,ant\na,2\nb,9\n", "cell,primary,forced\na,1,0\nb,0,1\nab,0,1\n");
    assert_has(result.err, "1 primary cells follow from cells that are known");
    assert_has(result.err, ": a\n");
    assert_int_equal(result.status, 0);
    assert_string_equal(result.out, "cell,secondary\na,0\nb,0\nab,0\n");
    result_clear(&result);
}

/* Whoever knows that both are 2 together knows each within 2. */
static void cells_that_stay_narrow_are_named(void **state)
{
    (void)state;
    Result result =
        protect_two("inner,ant\na,2\nb,0\n", "cell,primary,forced\na,1,0\nb,0,0\nab,0,1\n");
    assert_has(result.err, "2 hidden cells stay narrower than 4: a; b\n");
    assert_int_equal(result.status, 0);
    result_clear(&result);
}

/* Of 6 persons 4 are published already, few or not: the others are 2, each of them 0 to 2. */
static void primaries_that_are_published_narrow_the_others(void **state)
{
    (void)state;
    g_autofree char *counts = on_file_write(files, "inner.csv", "inner,ant\na,4\nb,1\nc,1\n");
    g_autofree char *design =
        on_file_write(files, "x.csv", "inner,cell\na,a\nb,b\nc,c\na,all\nb,all\nc,all\n");
    g_autofree char *published =
        on_file_write(files, "cells.csv", "cell,primary,forced\na,1,1\nb,1,0\nc,0,0\nall,0,1\n");
    Result result = PROTECT("--on", counts, "--design", design, "--cells", published);
    assert_has(result.err,
               "1 primary cells follow from cells that are known whatever is hidden: a\n");
    assert_has(result.err, "2 hidden cells stay narrower than 4: b; c\n");
    assert_string_equal(result.out, "cell,secondary\na,0\nb,0\nc,1\nall,0\n");
    result_clear(&result);
}

/* Sector and place of golden set 24: the codes under which a row counts. */
static void add_dominated(const GPtrArray *input, guint row, GString *design)
{
    static const char *const sectors[] = {"sector4", "sector2"};
    static const char *const places[] = {"geo", "eu"};
    for (gsize i = 0; i < 9; i++) {
        const char *sector =
            i / 3 == 2 ? "Total" : golden_text(input, row, column_of(input, sectors[i / 3]));
        const char *place =
            i % 3 == 2 ? "Total" : golden_text(input, row, column_of(input, places[i % 3]));
        g_string_append_printf(design, "%u,%s/%s\n", row, sector, place);
    }
}

static void assert_dominated(const GPtrArray *wanted, const char *column, Result result)
{
    g_autoptr(GPtrArray) rows = on_file_rows(result);
    assert_int_equal(rows->len, wanted->len);
    assert_string_equal(golden_text(rows, 0, 1), "primary");
    for (guint i = 1; i < rows->len; i++) {
        assert_string_equal(golden_text(rows, i, 1),
                            golden_text(wanted, i, column_of(wanted, column)));
    }
}

static void dominated_cells_are_those_of_golden_set_24(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(GPtrArray) input = golden_read(shared, "24_dominance/input.csv");
    g_autoptr(GPtrArray) wanted = golden_read(shared, "24_dominance/expected_primary.csv");
    g_autoptr(GString) inner = g_string_new("inner,ant\n");
    g_autoptr(GString) behind = g_string_new("inner,contributor,amount\n");
    g_autoptr(GString) all = g_string_new("");
    g_autoptr(GString) design = g_string_new("inner,cell\n");
    g_autoptr(GString) cells = g_string_new("cell,primary\n");
    for (guint i = 1; i < input->len; i++) {
        const char *value = golden_text(input, i, column_of(input, "value"));
        g_string_append_printf(inner, "%u,%s\n", i, value);
        g_string_append_printf(behind, "%u,%s,%s\n", i,
                               golden_text(input, i, column_of(input, "company")), value);
        add_dominated(input, i, all);
    }
    for (guint i = 1; i < wanted->len; i++) {
        g_string_append_printf(cells, "%s/%s,0\n", golden_text(wanted, i, 0),
                               golden_text(wanted, i, 1));
    }
    /* The set publishes some of all cells. */
    g_auto(GStrv) lines = g_strsplit(all->str, "\n", -1);
    for (char **line = lines; *line != NULL && **line != '\0'; line++) {
        g_autofree char *row = g_strdup_printf("\n%s,0\n", strchr(*line, ',') + 1);
        if (strstr(cells->str, row) != NULL) {
            g_string_append_printf(design, "%s\n", *line);
        }
    }
    g_autofree char *of_inner = on_file_write(files, "inner.csv", inner->str);
    g_autofree char *of_design = on_file_write(files, "x.csv", design->str);
    g_autofree char *of_cells = on_file_write(files, "cells.csv", cells->str);
    g_autofree char *of_behind = on_file_write(files, "behind.csv", behind->str);
    assert_dominated(wanted, "primary_nk",
                     PROTECT("--on", of_inner, "--design", of_design, "--cells", of_cells,
                             "--contributors", of_behind, "--dominance=1,80", "--dominance=2,99",
                             "--linear-only"));
    assert_dominated(wanted, "primary_p10",
                     PROTECT("--on", of_inner, "--design", of_design, "--cells", of_cells,
                             "--contributors", of_behind, "--p-percent=10", "--linear-only"));
}

/* ---- refusals ---- */

static void assert_refused(Result result, int status, const char *part)
{
    assert_has(result.err, part);
    assert_int_equal(result.status, status);
    assert_string_equal(result.out, "");
    result_clear(&result);
}

static void requests_that_say_too_little_are_usage_errors(void **state)
{
    (void)state;
    assert_refused(PROTECT("--on", "inner.csv"), 64, "--design and --cells");
    assert_refused(PROTECT("--on", "inner.csv", "--hierarchies", "."), 64, "--threshold");
    assert_refused(
        PROTECT("--on", "i.csv", "--design", "x.csv", "--cells", "c.csv", "--threshold", "5"), 64,
        "--threshold goes with --hierarchies");
    assert_refused(
        PROTECT("--on", "i.csv", "--design", "x.csv", "--cells", "c.csv", "--method", "magic"), 64,
        "--method magic: want gauss");
    assert_refused(
        PROTECT("--on", "i.csv", "--design", "x.csv", "--cells", "c.csv", "--singletons", "some"),
        64, "--singletons some");
    g_autofree char *none = on_file_write(files, "none.csv", "inner,ant\n1,4\n");
    g_autofree char *design = on_file_write(files, "x.csv", "inner,cell\n1,1\n");
    g_autofree char *cells = on_file_write(files, "cells.csv", "cell,primary\n1,0\n");
    assert_refused(PROTECT("--on", none, "--design", design, "--cells", cells, "--width", "0"), 64,
                   "--width 0: want a number above 0");
    assert_refused(PROTECT("--on", none, "--design", design, "--cells", cells, "--p-percent", "5"),
                   64, "--contributors goes with --design");
    g_autofree char *behind = on_file_write(files, "behind.csv", "inner,contributor,amount\n");
    assert_refused(PROTECT("--on", none, "--design", design, "--cells", cells, "--contributors",
                           behind, "--dominance", "80"),
                   64, "--dominance 80: want N,K");
    assert_refused(PROTECT("--singletons", "none"), 64, "name its file with --on FILE");
}

static void wrong_files_are_told_with_row_and_column(void **state)
{
    static const struct {
        const char *inner, *design, *cells, *told;
    } cases[] = {
        {"inner,ant\n1,4\n1,3\n", "inner,cell\n", "cell,primary\n", "row 3: column \"inner\""},
        {"inner,ant\n1,-4\n", "inner,cell\n", "cell,primary\n", "row 2: column \"ant\""},
        {"inner,number\n1,4\n", "inner,cell\n", "cell,primary\n", "--count"},
        {"inner,ant\n1,4\n", "inner,cell\n2,1\n", "cell,primary\n1,0\n",
         "row 2: column \"inner\", want a name that has a row in its file, got \"2\""},
        {"inner,ant\n1,4\n", "inner,cell\n1,2\n", "cell,primary\n1,0\n", "column \"cell\""},
        {"inner,ant\n1,4\n", "inner,cell,coef\n1,1,0.5\n", "cell,primary\n1,0\n",
         "column \"coef\""},
        {"inner,ant\n1,4.5\n", "inner,cell\n1,1\n", "cell,primary\n1,0\n",
         "a count is 4.5; want whole numbers"},
        {"inner,ant\n1,4\n", "inner,cell\n1,1\n", "cell,primary\n1,yes\n",
         "column \"primary\", want 0 or 1"},
    };
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *inner = on_file_write(files, "inner.csv", cases[i].inner);
        g_autofree char *design = on_file_write(files, "x.csv", cases[i].design);
        g_autofree char *cells = on_file_write(files, "cells.csv", cases[i].cells);
        assert_refused(PROTECT("--on", inner, "--design", design, "--cells", cells), 65,
                       cases[i].told);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hidden_cells_are_ssbs),
        cmocka_unit_test(hierarchies_make_the_design_of_golden_set_21),
        cmocka_unit_test(a_table_by_hierarchies_tells_every_cell),
        cmocka_unit_test(zeros_without_a_row_are_hidden_as_zeros),
        cmocka_unit_test(forced_cells_are_shown_and_others_hidden_instead),
        cmocka_unit_test(primaries_that_are_known_anyhow_are_named),
        cmocka_unit_test(cells_that_stay_narrow_are_named),
        cmocka_unit_test(primaries_that_are_published_narrow_the_others),
        cmocka_unit_test(dominated_cells_are_those_of_golden_set_24),
        cmocka_unit_test(requests_that_say_too_little_are_usage_errors),
        cmocka_unit_test(wrong_files_are_told_with_row_and_column),
    };
    return cmocka_run_group_tests(tests, setup, on_file_teardown);
}
