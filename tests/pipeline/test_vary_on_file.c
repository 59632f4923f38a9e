/* statpakke-vary on a file that anybody brings: the golden sets through the program, what is told
 * and what is refused. */
#include "tests/pipeline/on_file.h"

static OnFile *files;

static int setup(void **state)
{
    const int status = on_file_setup(state);
    files = *state;
    return status;
}

static char *write_file(const char *name, const char *text)
{
    return on_file_write(files, name, text);
}

#define VARY(...) on_file_run(files, "statpakke-vary", (const char *const[]){__VA_ARGS__, NULL})

/* ---- golden sets ---- */

static void assert_same(const char *text, const char *wanted, double share)
{
    double value = 0.0;
    if (*wanted == '\0') {
        assert_string_equal(text, "");
        return;
    }
    assert_true(sp_number_parse(text, strlen(text), sp_number_plain, &value));
    assert_golden_share(sp_real(value), wanted, share);
}

static void measures_are_those_of_golden_set_05(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autofree char *input =
        g_build_filename(shared, "golden", "05_small_area_variation", "input.csv", NULL);
    g_autoptr(GPtrArray) wanted = golden_read(shared, "05_small_area_variation/expected.csv");
    g_autoptr(GPtrArray) rows = on_file_rows(VARY("--on", input, "--area=area", "--observed=cases",
                                                  "--expected=expected", "--measures=all"));
    assert_int_equal(rows->len, wanted->len);
    for (guint i = 0; i < rows->len; i++) {
        const char *stat = golden_text(rows, i, 0);
        assert_string_equal(stat, golden_text(wanted, i, 0));
        if (i > 0) {
            assert_same(golden_text(rows, i, 1), golden_text(wanted, i, 1),
                        g_str_has_prefix(stat, "pg_eb") ? 1e-6 : 1e-8);
        }
    }
}

static void assert_table(const char *shared, const char *set, const char *const more[3],
                         double share)
{
    g_autofree char *input =
        g_build_filename(shared, "golden", "05_small_area_variation", "input.csv", NULL);
    g_autoptr(GPtrArray) wanted = golden_read(shared, set);
    g_autoptr(GPtrArray) rows =
        on_file_rows(VARY("--on", input, "--area=area", "--observed=cases", "--expected=expected",
                          more[0], more[1], more[2]));
    const guint n_columns = g_strv_length(g_ptr_array_index(wanted, 0));
    assert_int_equal(rows->len, wanted->len);
    for (guint i = 0; i < rows->len; i++) {
        assert_int_equal(g_strv_length(g_ptr_array_index(rows, i)), n_columns);
        for (guint column = 0; column < n_columns; column++) {
            if (i == 0 || column == 0) {
                assert_string_equal(golden_text(rows, i, column), golden_text(wanted, i, column));
            } else {
                assert_same(golden_text(rows, i, column), golden_text(wanted, i, column), share);
            }
        }
    }
}

static void areas_are_those_of_golden_sets_06_and_09(void **state)
{
    (void)state;
    const char *const plain[3] = {"--per-area", NULL, NULL};
    const char *const on_log[3] = {"--per-area", "--funnel=sr_log", NULL};
    const char *const on_sqrt[3] = {"--per-area", "--funnel=sr_sqrt", NULL};
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    assert_table(shared, "06_empirical_bayes/expected.csv", plain, 1e-8);
    assert_table(shared, "09_funnel_overdispersion/expected_sr_log.csv", on_log, 1e-9);
    assert_table(shared, "09_funnel_overdispersion/expected_sr_sqrt.csv", on_sqrt, 1e-9);
}

static void limits_are_those_of_golden_set_08(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(GPtrArray) wanted = golden_read(shared, "08_funnel_exact_limits/expected.csv");
    assert_true(wanted->len > 10);
    for (guint i = 1; i < wanted->len; i++) {
        g_autoptr(GPtrArray) rows =
            on_file_rows(VARY("--limits", golden_text(wanted, i, 0), golden_text(wanted, i, 1),
                              golden_text(wanted, i, 2)));
        assert_int_equal(rows->len, 1);
        assert_string_equal(golden_text(rows, 0, 0), golden_text(wanted, i, 0));
        for (guint column = 1; column < 7; column++) {
            assert_near(golden_number(rows, 0, column), golden_number(wanted, i, column), 1e-9);
        }
    }
}

static void neighbours_and_groups_are_those_of_golden_sets_16_and_07(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autofree char *areas = g_build_filename(shared, "golden", "16_moran", "input.csv", NULL);
    g_autofree char *borders =
        g_build_filename(shared, "golden", "16_moran", "input_neighbours.csv", NULL);
    g_autofree char *costs =
        g_build_filename(shared, "golden", "07_theil_decomposition", "input.csv", NULL);
    g_autoptr(GPtrArray) map = on_file_rows(VARY("--on", areas, "--area=area", "--observed=cases",
                                                 "--expected=expected", "--neighbours", borders));
    g_autoptr(GPtrArray) moran = golden_read(shared, "16_moran/expected.csv");
    assert_same(golden_stat(map, "moran_I"), golden_stat(moran, "moran_I"), 1e-9);
    assert_same(golden_stat(map, "moran_z"), golden_stat(moran, "z"), 1e-9);
    assert_same(golden_stat(map, "ebi_moran"), golden_stat(moran, "ebi_moran"), 1e-9);
    g_autoptr(GPtrArray) split =
        on_file_rows(VARY("--on", costs, "--area=kom", "--observed=cost_total", "--expected=pop",
                          "--population=pop", "--group=kgroup"));
    g_autoptr(GPtrArray) theil = golden_read(shared, "07_theil_decomposition/expected.csv");
    assert_string_equal(golden_text(theil, 1, 1), "kgroup");
    assert_same(golden_stat(split, "theil_T_by_population"), golden_text(theil, 1, 2), 1e-10);
    assert_same(golden_stat(split, "theil_T_between"), golden_text(theil, 1, 3), 1e-10);
    assert_same(golden_stat(split, "mld_within"), golden_text(theil, 1, 7), 1e-10);
}

/* ---- small files ---- */

#define COLUMNS "--area=sted", "--observed=o", "--expected=e"

static void undefined_is_an_empty_field(void **state)
{
    (void)state;
    g_autofree char *path = write_file("areas.csv", "sted,o,e\nA,0,2\nB,3,2\n");
    g_autoptr(GPtrArray) rows =
        on_file_rows(VARY("--on", path, COLUMNS, "--measures=eq_max_min,cv_unweighted,ratio_mean"));
    assert_int_equal(rows->len, 4);
    assert_string_equal(golden_text(rows, 1, 0), "eq_max_min");
    assert_string_equal(golden_text(rows, 1, 1), "");
    assert_near(golden_number(rows, 2, 1), sqrt(2.0), 1e-15);
    assert_near(golden_number(rows, 3, 1), 0.75, 0.0);
}

static void areas_that_cannot_take_part_are_left_out_and_told(void **state)
{
    (void)state;
    g_autofree char *path = write_file("areas.csv", "sted,o,e,gruppe\nA,4,2,x\n\"B, nord\",3,0,x\n"
                                                    "C,,2,y\nD,2,2,\nE,6,2,y\n");
    g_autofree char *borders = write_file("borders.csv", "from,to\nA,E\nA,\"B, nord\"\n");
    g_auto(Result) result = VARY("--on", path, COLUMNS, "--group=gruppe", "--neighbours", borders,
                                 "--measures=k,sum_observed,theil_T_within");
    assert_int_equal(result.status, 0);
    assert_has(result.err, "3 areas are left out");
    assert_has(result.err, "B, nord, C, D");
    assert_string_equal(result.out, "stat,value\nk,2\nsum_observed,10\ntheil_T_within,0\n");
}

static void names_of_areas_are_quoted_where_they_must_be(void **state)
{
    (void)state;
    g_autofree char *path = write_file("areas.csv", "sted,o,e\n\"Våler, Østfold\",4,2\nBø,2,2\n");
    g_auto(Result) result = VARY("--on", path, COLUMNS, "--per-area");
    assert_string_equal(result.err, "");
    assert_has(result.out, "\n\"Våler, Østfold\",4,2,2,");
}

/* ---- refusals ---- */

static void assert_refused_as(Result result, int status, const char *part)
{
    assert_int_equal(result.status, status);
    assert_has(result.err, part);
    assert_string_equal(result.out, "");
    result_clear(&result);
}

static void requests_that_say_too_little_are_usage_errors(void **state)
{
    (void)state;
    g_autofree char *path = write_file("areas.csv", "sted,o,e\nA,4,2\n");
    assert_refused_as(VARY("--on", path), SP_ERROR_USAGE, "--observed");
    assert_refused_as(VARY("--area=sted"), SP_ERROR_USAGE, "--on FILE");
    assert_refused_as(VARY("--on", path, COLUMNS, "--funnel=sr_log"), SP_ERROR_USAGE, "--per-area");
    assert_refused_as(VARY("--on", path, COLUMNS, "--per-area", "--funnel=sr"), SP_ERROR_USAGE,
                      "want sr_log");
    assert_refused_as(VARY("--on", path, COLUMNS, "--per-area", "--funnel=pr_arcsine"),
                      SP_ERROR_USAGE, "--population");
    assert_refused_as(VARY("--on", path, COLUMNS, "--measures=k,mrr"), SP_ERROR_USAGE, "\"mrr\"");
    assert_refused_as(VARY("--on", path, COLUMNS, "7"), SP_ERROR_USAGE, "\"7\"");
    assert_refused_as(VARY("--on", path, "--limits=pois"), SP_ERROR_USAGE, "--on");
}

static void limits_without_a_funnel_are_usage_errors(void **state)
{
    (void)state;
    assert_refused_as(VARY("--limits=norm", "5", "0.1"), SP_ERROR_USAGE, "binom or pois");
    assert_refused_as(VARY("--limits=binom", "5"), SP_ERROR_USAGE, "two numbers");
    assert_refused_as(VARY("--limits=binom", "5.5", "0.1"), SP_ERROR_USAGE, "whole N");
    assert_refused_as(VARY("--limits=binom", "5", "1"), SP_ERROR_USAGE, "between 0 and 1");
    assert_refused_as(VARY("--limits=pois", "0", "1"), SP_ERROR_USAGE, "above 0");
    assert_refused_as(VARY("--limits=pois", "−2", "−3"), SP_ERROR_USAGE, "above 0");
}

static void wrong_data_are_told_with_row_and_column(void **state)
{
    (void)state;
    g_autofree char *path = write_file("areas.csv", "sted,o,e\nA,4,2\nB,minst 3,2\n");
    assert_refused_as(VARY("--on", path, COLUMNS), SP_ERROR_DATA, "row 3: column \"o\"");
    assert_refused_as(VARY("--on", path, "--area=sted", "--observed=o", "--expected=ventet"),
                      SP_ERROR_DATA, "no column \"ventet\"; it has sted, o, e");
    g_free(write_file("areas.csv", "sted,o,e\nA,4,2\nA,3,2\n"));
    assert_refused_as(VARY("--on", path, COLUMNS), SP_ERROR_DATA, "\"A\" has a row already");
    g_free(write_file("areas.csv", "sted,o,e\nA,-4,2\n"));
    assert_refused_as(VARY("--on", path, COLUMNS), SP_ERROR_DATA, "row 2: column \"o\"");
    g_free(write_file("areas.csv", "sted,o,e\nA,4,2\n"));
    g_autofree char *borders = write_file("borders.csv", "from,to\nA,Ukjent\n");
    assert_refused_as(VARY("--on", path, COLUMNS, "--neighbours", borders), SP_ERROR_DATA,
                      "row 2: \"Ukjent\" is no area");
    assert_refused_as(VARY("--on=/nowhere/at/all.csv", COLUMNS), SP_ERROR_NO_INPUT, "/nowhere");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_are_those_of_golden_set_05),
        cmocka_unit_test(areas_are_those_of_golden_sets_06_and_09),
        cmocka_unit_test(limits_are_those_of_golden_set_08),
        cmocka_unit_test(neighbours_and_groups_are_those_of_golden_sets_16_and_07),
        cmocka_unit_test(undefined_is_an_empty_field),
        cmocka_unit_test(areas_that_cannot_take_part_are_left_out_and_told),
        cmocka_unit_test(names_of_areas_are_quoted_where_they_must_be),
        cmocka_unit_test(requests_that_say_too_little_are_usage_errors),
        cmocka_unit_test(limits_without_a_funnel_are_usage_errors),
        cmocka_unit_test(wrong_data_are_told_with_row_and_column),
    };
    return cmocka_run_group_tests(tests, setup, on_file_teardown);
}
