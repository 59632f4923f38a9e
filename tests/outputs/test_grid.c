/* How tables lie before a reader. */
#include "tests/check.h"
#include "tests/outputs/tables.h"

#include "outputs/grid.h"

typedef struct {
    SpTestPackage *package;
    SpWords *words;
    SpTable *placing; /* two kommuner */
    SpTable *users;   /* two kommuner, eleven years */
} State;

static int open_tables(void **state)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) kommuner = sp_test_kommuner(2);
    State *made = g_new0(State, 1);
    made->package = sp_test_package_new("nb");
    made->words = sp_words_new(&made->package->package, &error);
    assert_no_error(error);
    made->placing = sp_test_placing_new(kommuner);
    made->users = sp_test_users_new(kommuner, 11, 2);
    *state = made;
    return 0;
}

static int close_tables(void **state)
{
    State *made = *state;
    sp_table_free(made->placing);
    sp_table_free(made->users);
    sp_words_free(made->words);
    sp_test_package_free(made->package);
    g_free(made);
    return 0;
}

/* A view of all rows of a table with what it borrows. */
typedef struct {
    SpGrid grid;
    GArray *rows;
    SpGridView view;
} Laid;

static Laid *lay(const State *made, const SpTable *table, SpGridKind kind, guint max_periods)
{
    Laid *laid = g_new0(Laid, 1);
    sp_grid_init(&laid->grid, made->words, table, kind);
    laid->rows = sp_grid_rows(&laid->grid, kind == SP_GRID_PAGE);
    sp_grid_view_init(&laid->view, &laid->grid, laid->rows, SP_GRID_ALL, max_periods);
    return laid;
}

static void laid_free(Laid *laid)
{
    sp_grid_view_clear(&laid->view);
    g_array_unref(laid->rows);
    sp_grid_clear(&laid->grid);
    g_free(laid);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Laid, laid_free)

static const SpGridLine *line_at(const Laid *laid, guint i)
{
    return &g_array_index(laid->view.lines, SpGridLine, i);
}

static void assert_figure(const Laid *laid, guint line, guint place, const char *wanted)
{
    SpReal real;
    SpFigureForm form;
    char buffer[SP_FIGURE_SIZE];
    assert_true(sp_grid_figure(&laid->view, line_at(laid, line), place, &real, &form));
    assert_string_equal(sp_words_figure(real, form, buffer), wanted);
}

static void one_measure_has_its_periods_across(void **state)
{
    const State *made = *state;
    const SpTable *table = sp_tables_find(made->package->tables, "befolkning");
    g_autoptr(Laid) laid = lay(made, table, SP_GRID_PAGE, 0);
    assert_true(laid->grid.is_across);
    assert_false(laid->view.has_measure_lines);
    assert_int_equal(laid->view.lines->len, 24);
    assert_int_equal(sp_grid_n_figures(&laid->view), 3);
    assert_figure(laid, 0, 1, "13\u00a0362");
}

static void several_measures_have_a_line_each(void **state)
{
    const State *made = *state;
    g_autoptr(Laid) laid = lay(made, made->users, SP_GRID_SHEET, 0);
    assert_true(laid->view.has_measure_lines);
    assert_int_equal(laid->view.lines->len, 4);
    assert_int_equal(sp_grid_count(&laid->grid, laid->rows), 4);
    assert_figure(laid, 0, 0, "1\u00a0000");
    assert_figure(laid, 1, 0, "100");
    assert_figure(laid, 2, 10, "1\u00a0210");
}

/* Five measures of two years: two rows of five are fewer cells than five of two. */
static void sheet_of_more_measures_than_periods_has_its_measures_across(void **state)
{
    const State *made = *state;
    g_auto(GStrv) kommuner = sp_test_kommuner(2);
    g_autoptr(SpTable) table = sp_test_users_new(kommuner, 2, 5);
    g_autoptr(Laid) sheet = lay(made, table, SP_GRID_SHEET, 0);
    g_autoptr(Laid) page = lay(made, table, SP_GRID_PAGE, 0);
    assert_false(sheet->grid.is_across);
    assert_int_equal(sheet->view.lines->len, 4);
    assert_int_equal(sp_grid_n_figures(&sheet->view), 5);
    assert_true(page->grid.is_across);
}

static void one_of_several_measures_can_be_shown_alone(void **state)
{
    const State *made = *state;
    g_autoptr(Laid) laid = lay(made, made->users, SP_GRID_PAGE, 0);
    sp_grid_view_clear(&laid->view);
    sp_grid_view_init(&laid->view, &laid->grid, laid->rows, 1, 0);
    assert_false(laid->view.has_measure_lines);
    assert_int_equal(laid->view.lines->len, 2);
    assert_figure(laid, 0, 0, "100");
}

static void long_series_shows_its_ends_and_every_fifth_year(void **state)
{
    const State *made = *state;
    g_autoptr(Laid) cut = lay(made, made->users, SP_GRID_PAGE, 10);
    g_autoptr(Laid) whole = lay(made, made->users, SP_GRID_SHEET, 0);
    g_autofree char *middle = sp_grid_heading(&cut->view, 1);
    assert_int_equal(sp_grid_n_figures(&cut->view), 3); /* 2015, 2020, 2025 */
    assert_string_equal(middle, "31.12.2020");
    assert_true(cut->view.is_cut);
    assert_int_equal(sp_grid_n_figures(&whole->view), 11);
    assert_false(whole->view.is_cut);
}

static void attribute_keeps_periods_down_and_stands_last(void **state)
{
    const State *made = *state;
    g_autoptr(Laid) laid = lay(made, made->placing, SP_GRID_SHEET, 0);
    assert_false(laid->grid.is_across);
    assert_int_equal(laid->grid.attributes->len, 1);
    assert_int_equal(g_array_index(laid->grid.attributes, gsize, 0), 3);
    assert_int_equal(laid->view.lines->len, 12);
}

/* A warning that stands with all years of a kommune is told once; had it come with the last of
 * them, the years would be lines. */
static void attribute_that_stays_the_same_lets_periods_go_across(void **state)
{
    const State *made = *state;
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "advarsel", .kind = SP_COLUMN_CODE},
        {.name = "aarsverk", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"}};
    static const char *const rows[][3] = {{"0", "2023", ""},
                                          {"0", "2024", ""},
                                          {"1101", "2023", "ikke_enkeltkommuner"},
                                          {"1101", "2024", "ikke_enkeltkommuner"}};
    g_autoptr(SpTable) table = sp_table_new("psykisk_helse_og_rus", columns, 4);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        gsize row = sp_table_add_row(table);
        for (gsize column = 0; column < 3; column++) {
            sp_table_set_code(table, row, column, rows[i][column]);
        }
        sp_table_set_real(table, row, 3, sp_real((double)i));
    }
    g_autoptr(Laid) same = lay(made, table, SP_GRID_SHEET, 0);
    assert_true(same->grid.is_across);
    assert_int_equal(same->view.lines->len, 2);
    assert_int_equal(sp_grid_n_figures(&same->view), 2);
    assert_int_equal(g_array_index(same->view.attributes, gsize, 0), 2);
    assert_string_equal(sp_table_code(table, sp_grid_row(&same->view, line_at(same, 1)), 2),
                        "ikke_enkeltkommuner");
    sp_table_set_code(table, 2, 2, "");
    g_autoptr(Laid) other = lay(made, table, SP_GRID_SHEET, 0);
    assert_false(other->grid.is_across);
    assert_int_equal(other->view.lines->len, 4);
}

static void page_shows_the_newest_where_periods_cannot_go_across(void **state)
{
    const State *made = *state;
    g_autoptr(Laid) laid = lay(made, made->placing, SP_GRID_PAGE, 0);
    assert_int_equal(laid->view.lines->len, 6);
    for (guint i = 0; i < 6; i++) {
        gsize row = sp_grid_row(&laid->view, line_at(laid, i));
        assert_string_equal(sp_table_code(made->placing, row, 2), "2024-01-01");
    }
}

static void figures_have_the_form_of_their_rows_indicator(void **state)
{
    const State *made = *state;
    g_autoptr(Laid) laid = lay(made, made->placing, SP_GRID_PAGE, 0);
    assert_figure(laid, 0, 0, "67,1");        /* per 10 000 */
    assert_figure(laid, 2, 0, "28,6\u00a0%"); /* a share */
    assert_figure(laid, 4, 0, "33,4");        /* per 1 000 */
    assert_figure(laid, 2, 1, "1,25");        /* a ratio, whatever the indicator */
}

static void what_cannot_occur_or_is_empty_is_left_out_of_a_page_alone(void **state)
{
    const State *made = *state;
    g_autoptr(Laid) laid = lay(made, made->placing, SP_GRID_PAGE, 0);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gsize));
    g_array_append_vals(rows, laid->rows->data, 2); /* of the indicator without limits */
    g_auto(SpGridView) page;
    sp_grid_view_init(&page, &laid->grid, rows, SP_GRID_ALL, 0);
    assert_int_equal(sp_grid_n_figures(&laid->view), 4);
    assert_int_equal(sp_grid_n_figures(&page), 1);
    assert_int_equal(page.attributes->len, 0); /* no limits, no signal */
    assert_int_equal(laid->view.attributes->len, 1);
    g_autoptr(Laid) sheet = lay(made, made->placing, SP_GRID_SHEET, 0);
    g_auto(SpGridView) some;
    sp_grid_view_init(&some, &sheet->grid, rows, SP_GRID_ALL, 0);
    assert_int_equal(sp_grid_n_figures(&some), 4);
    assert_int_equal(some.attributes->len, 1);
}

/* Variation has no attribute: its periods go across where each indicator has a table of its own. */
static void indicators_keep_their_periods_down_in_a_sheet(void **state)
{
    const State *made = *state;
    static const SpColumn columns[] = {
        {.name = "indikator", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "cv", .kind = SP_COLUMN_MEASURE, .unit = "ratio"}};
    g_autoptr(SpTable) table = sp_table_new("variasjon", columns, G_N_ELEMENTS(columns));
    sp_table_add_row(table);
    g_autoptr(Laid) page = lay(made, table, SP_GRID_PAGE, 0);
    g_autoptr(Laid) sheet = lay(made, table, SP_GRID_SHEET, 0);
    assert_true(page->grid.is_across);
    assert_false(sheet->grid.is_across);
}

/* 84.8 percent of the source is 84,8 %, as 0.848 of our own is; both have the unit of the
 * indicator. */
static void percent_as_published_is_not_taken_for_a_share(void **state)
{
    const State *made = *state;
    static const SpColumn columns[] = {
        {.name = "indikator", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "verdi", .kind = SP_COLUMN_MEASURE}};
    static const struct {
        const char *table;
        const char *indicator;
        double value;
        const char *wanted;
    } cases[] = {{"kvalitetsindikator", "qual_single_rooms", 84.8, "84,8\u00a0%"},
                 {"kvalitetsindikator", "qual_doctor_hours", 0.6, "0,6"},
                 {"plassering", "qual_single_rooms", 0.848, "84,8\u00a0%"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(SpTable) table = sp_table_new(cases[i].table, columns, G_N_ELEMENTS(columns));
        gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, 0, cases[i].indicator);
        sp_table_set_code(table, row, 1, "2025");
        sp_table_set_real(table, row, 2, sp_real(cases[i].value));
        g_autoptr(Laid) page = lay(made, table, SP_GRID_PAGE, 0);
        g_autoptr(Laid) sheet = lay(made, table, SP_GRID_SHEET, 0);
        assert_figure(page, 0, 0, cases[i].wanted);
        assert_figure(sheet, 0, 0, cases[i].wanted);
    }
}

/* A share that rises from 4.1 to 4.3 percent has not risen by 0.2 percent. */
static void change_of_a_share_is_told_in_percentage_points(void **state)
{
    const State *made = *state;
    static const SpColumn columns[] = {
        {.name = "indikator", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "verdi", .kind = SP_COLUMN_MEASURE},
        {.name = "stigning", .kind = SP_COLUMN_MEASURE}};
    static const char *const indicators[] = {"use_home_80plus", "use_home_p1000"};
    g_autoptr(SpTable) table = sp_table_new("utfordringer", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < G_N_ELEMENTS(indicators); i++) {
        sp_table_set_code(table, sp_table_add_row(table), 0, indicators[i]);
        sp_table_set_real(table, i, 1, sp_real(0.041));
        sp_table_set_real(table, i, 2, sp_real(-0.00184));
    }
    sp_table_set_real(table, 1, 2, sp_real(0.31));
    g_autoptr(Laid) sheet = lay(made, table, SP_GRID_SHEET, 0);
    assert_figure(sheet, 0, 0, "4,1\u00a0%");
    assert_figure(sheet, 0, 1, "\u22120,18\u00a0%-poeng");
    assert_figure(sheet, 1, 1, "0,31");
}

/* A kommune has answered or not: nobody reads "0 of 1" as a no. */
static void kommunes_answer_is_yes_or_no_and_stands_alone(void **state)
{
    const State *made = *state;
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "teller", .kind = SP_COLUMN_MEASURE, .unit = "kommuner"},
        {.name = "andel", .kind = SP_COLUMN_MEASURE, .unit = "share"}};
    static const char *const codes[][2] = {{"50", "2024H1"},
                                           {"5001", "2024H1"},
                                           {"5006", "2024H1"},
                                           {"5007", "2024H1"},
                                           {"5059", "2024H1"}};
    const SpReal shares[] = {sp_real(0.5), sp_real(1.0), sp_real(0.0), sp_real_none(SP_MISSING),
                             sp_real(0.5)};
    g_autoptr(SpTable) table = sp_table_new("reform", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
        sp_table_set_code(table, sp_table_add_row(table), 0, codes[i][0]);
        sp_table_set_code(table, i, 1, codes[i][1]);
        sp_table_set_real(table, i, 2, sp_real(i < 2 ? 1.0 : 0.0));
        sp_table_set_real(table, i, 3, shares[i]);
    }
    g_autoptr(Laid) page = lay(made, table, SP_GRID_PAGE, 0);
    assert_int_equal(page->view.lines->len, 6);
    assert_int_equal(sp_grid_count(&page->grid, page->rows), 6);
    assert_figure(page, 1, 0, "50,0\u00a0%");
    assert_figure(page, 2, 0, "Ja");
    assert_figure(page, 3, 0, "Nei");
    assert_figure(page, 4, 0, "..");
    assert_figure(page, 5, 0, "50,0\u00a0%"); /* was two kommuner then */
    g_autoptr(Laid) newest = lay(made, table, SP_GRID_NEWEST, 0);
    SpReal real;
    SpFigureForm form;
    assert_figure(newest, 0, 0, "1");
    assert_false(sp_grid_figure(&newest->view, line_at(newest, 1), 0, &real, &form));
    assert_figure(newest, 1, 1, "Ja");
}

static void column_of_notices_is_no_hindrance_and_stands_in_sheets(void **state)
{
    const State *made = *state;
    static const SpColumn notice = {.name = "merknad", .kind = SP_COLUMN_CODE};
    g_autoptr(SpTable) table = sp_table_copy(made->users);
    gsize column = sp_table_add_column(table, &notice);
    g_autoptr(Laid) page = lay(made, table, SP_GRID_PAGE, 0);
    g_autoptr(Laid) sheet = lay(made, table, SP_GRID_SHEET, 0);
    assert_true(page->grid.is_across);
    assert_true(sheet->grid.is_across);
    assert_int_equal(page->grid.attributes->len, 0);
    assert_int_equal(g_array_index(sheet->grid.attributes, gsize, 0), column);
}

static void hole_in_a_series_is_told(void **state)
{
    const State *made = *state;
    SpReal real;
    SpFigureForm form;
    g_autoptr(SpTable) table = sp_table_copy_rows(made->users, NULL, (gsize[]){0, 2, 12}, 3);
    g_autoptr(Laid) laid = lay(made, table, SP_GRID_PAGE, 0);
    assert_int_equal(sp_grid_n_figures(&laid->view), 3);
    assert_true(sp_grid_figure(&laid->view, line_at(laid, 0), 0, &real, &form));
    assert_false(sp_grid_figure(&laid->view, line_at(laid, 0), 1, &real, &form));
}

static void table_without_rows_has_no_lines(void **state)
{
    const State *made = *state;
    g_autoptr(SpTable) table = sp_table_copy_schema(made->users, NULL);
    g_autoptr(Laid) laid = lay(made, table, SP_GRID_PAGE, 10);
    assert_int_equal(laid->view.lines->len, 0);
    assert_int_equal(sp_grid_count(&laid->grid, laid->rows), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(percent_as_published_is_not_taken_for_a_share),
        cmocka_unit_test(one_measure_has_its_periods_across),
        cmocka_unit_test(several_measures_have_a_line_each),
        cmocka_unit_test(sheet_of_more_measures_than_periods_has_its_measures_across),
        cmocka_unit_test(one_of_several_measures_can_be_shown_alone),
        cmocka_unit_test(long_series_shows_its_ends_and_every_fifth_year),
        cmocka_unit_test(attribute_keeps_periods_down_and_stands_last),
        cmocka_unit_test(attribute_that_stays_the_same_lets_periods_go_across),
        cmocka_unit_test(page_shows_the_newest_where_periods_cannot_go_across),
        cmocka_unit_test(figures_have_the_form_of_their_rows_indicator),
        cmocka_unit_test(what_cannot_occur_or_is_empty_is_left_out_of_a_page_alone),
        cmocka_unit_test(indicators_keep_their_periods_down_in_a_sheet),
        cmocka_unit_test(change_of_a_share_is_told_in_percentage_points),
        cmocka_unit_test(kommunes_answer_is_yes_or_no_and_stands_alone),
        cmocka_unit_test(column_of_notices_is_no_hindrance_and_stands_in_sheets),
        cmocka_unit_test(hole_in_a_series_is_told),
        cmocka_unit_test(table_without_rows_has_no_lines),
    };
    return cmocka_run_group_tests(tests, open_tables, close_tables);
}
