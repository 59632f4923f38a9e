/* The sheet of figures. */
#include "tests/check.h"
#include "tests/outputs/xlsx/book.h"

enum { FIGURES = CONTENTS + 1 };

static const char chart_namespace[] = "//*[local-name()='%s']";

/* The small package of kommune 5001, whose årsverk have every status and a break in 2019, with one
 * figure. */
typedef struct {
    SpTestPackage *package;
    SpTable *catalogue;
    TestBook book;
} Case;

static Case open_case(const char *const cells[7])
{
    Case one = {.package = sp_test_package_new("nb"), .catalogue = sp_test_figures_new(cells)};
    one.package->package.figures = one.catalogue;
    one.package->package.region = "5001";
    one.book = test_book_open(one.package, NULL);
    return one;
}

static void close_case(Case *one)
{
    test_book_close(&one->book);
    sp_table_free(one->catalogue);
    sp_test_package_free(one->package);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Case, close_case)

static const char *const series[] = {"s", "series", "aarsverk", "all", "", "sykepleier_aarsverk",
                                     ""};
static const char *const pyramid[] = {
    "p", "pyramid", "framskriving_befolkning_ettaarig", "all", "", "innbyggere", ""};

/* How many elements of that local name a part has. */
static void assert_elements(const TestBook *book, const char *part, const char *name,
                            const char *wanted)
{
    g_autofree char *bytes = test_book_part(book, part);
    g_autoptr(xmlDoc) doc = test_book_parse(bytes);
    g_autofree char *path = g_strdup_printf(chart_namespace, name);
    g_autofree char *count = g_strdup_printf("count(%s)", path);
    assert_asked(doc, count, wanted);
}

/* Row 9 of the sheet is the first of the figure's points, as its header row is row 8. */
static void numbers_stand_as_published_and_the_drawing_is_formulas_of_them(void **state)
{
    (void)state;
    g_auto(Case) one = open_case(series);
    g_autoptr(xmlDoc) doc = test_book_sheet(&one.book, FIGURES);
    assert_cell(doc, "A1", "Figurer");
    assert_cell(doc, "B9", "2010");
    assert_number(doc, "C9", 2359.34);
    assert_asked(doc, "string(//m:c[@r='N9']/m:f)", "C9");
    assert_asked(doc, "string(//m:c[@r='N9']/m:v)", "2359.34");
    assert_number(doc, "C10", 0.0); /* zero is drawn, */
    assert_asked(doc, "string(//m:c[@r='N10']/m:f)", "C10");
}

static void hidden_number_is_a_sign_in_the_table_and_a_gap_in_the_drawing(void **state)
{
    (void)state;
    g_auto(Case) one = open_case(series);
    g_autoptr(xmlDoc) doc = test_book_sheet(&one.book, FIGURES);
    assert_cell(doc, "C15", ":");
    assert_asked(doc, "count(//m:c[@r='N15' or @r='O15'])", "0");
    assert_asked(doc, "count(//m:c[@r='N12' or @r='N13' or @r='N14'])", "0"); /* . ... .. */
}

static void line_ends_at_a_break_and_begins_again_with_its_flag(void **state)
{
    (void)state;
    g_auto(Case) one = open_case(series);
    g_autoptr(xmlDoc) doc = test_book_sheet(&one.book, FIGURES);
    g_autofree char *chart = test_book_part(&one.book, "xl/charts/chart1.xml");
    assert_asked(doc, "string(//m:c[@r='N17']/m:f)", "C17"); /* 2018, before */
    assert_asked(doc, "count(//m:c[@r='N18'])", "0");
    assert_asked(doc, "string(//m:c[@r='O18']/m:f)", "C18"); /* 2019, after */
    assert_elements(&one.book, "xl/charts/chart1.xml", "ser", "2");
    assert_has(chart, "<a:t>b</a:t>");
}

static void men_are_drawn_to_the_left_and_the_last_period_behind(void **state)
{
    (void)state;
    g_auto(Case) one = open_case(pyramid);
    g_autoptr(xmlDoc) doc = test_book_sheet(&one.book, FIGURES);
    assert_cell(doc, "N8", "Menn, 1.1.2026");
    assert_asked(doc, "string(//m:c[@r='N9']/m:f)", "-E9");
    assert_asked(doc, "string(//m:c[@r='Q9']/m:f)", "D9");
    assert_elements(&one.book, "xl/charts/chart1.xml", "ser", "4");
    assert_elements(&one.book, "xl/charts/chart1.xml", "barChart", "1");
}

static void chart_has_a_text_that_stands_for_it_and_titles(void **state)
{
    (void)state;
    g_auto(Case) one = open_case(series);
    g_autofree char *drawing = test_book_part(&one.book, "xl/drawings/drawing1.xml");
    g_autofree char *chart = test_book_part(&one.book, "xl/charts/chart1.xml");
    assert_has(drawing, "descr=\"Årsverk. Trøndelag. Utvikling over tid.");
    assert_has(chart, "<a:t>Årsverk. Trøndelag</a:t>");
    assert_has(chart, "<a:t>Periode</a:t>");
    assert_has(chart, "<c:f>Figurer!$N$9:$N$19</c:f>");
}

static void contents_link_to_the_figures_and_they_to_each(void **state)
{
    (void)state;
    g_auto(Case) one = open_case(series);
    g_autoptr(xmlDoc) contents = test_book_sheet(&one.book, CONTENTS);
    g_autoptr(xmlDoc) doc = test_book_sheet(&one.book, FIGURES);
    assert_asked(contents, "string(//m:hyperlink[@ref='A8']/@location)", "'Figurer'!A1");
    assert_asked(doc, "string(//m:hyperlink[@ref='A4']/@location)", "'Figurer'!A6");
    assert_cell(doc, "A6", "Årsverk. Trøndelag");
}

/* A table of one region over three years with what is expected and two edges; hidden in the year
 * `hidden`, -1: never. */
static SpTable *fan_new(int hidden)
{
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "kommune"},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"},
        {.name = "aarsverk", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        {.name = "p05", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        {.name = "p95", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"}};
    SpTable *table = sp_table_new("framskriving_tilbud", columns, G_N_ELEMENTS(columns));
    for (int year = 0; year < 3; year++) {
        gsize row = sp_table_add_row(table);
        g_autofree char *period = g_strdup_printf("%d-01-01", 2026 + year);
        sp_table_set_code(table, row, 0, "5001");
        sp_table_set_code(table, row, 1, period);
        for (int i = 0; i < 3; i++) {
            static const double figures[] = {10.0, -2.5, 30.0};
            sp_table_set_real(table, row, 2 + (gsize)i,
                              year == hidden ? sp_real_none(SP_SUPPRESSED)
                                             : sp_real((double)(1 + year) * figures[i]));
        }
    }
    return table;
}

static TestBook fan_book(SpTestPackage *package, SpTable *catalogue, int hidden)
{
    sp_tables_add(package->tables, fan_new(hidden));
    package->package.figures = catalogue;
    package->package.region = "5001";
    return test_book_open(package, NULL);
}

static void fan_is_stacked_differences_and_a_line_of_no_height(void **state)
{
    (void)state;
    const char *const cells[] = {"f", "fan", "framskriving_tilbud", "all", "", "aarsverk|p05|p95",
                                 ""};
    g_auto(Case) one = open_case(cells);
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    TestBook book = fan_book(package, one.catalogue, -1);
    g_autoptr(xmlDoc) doc = test_book_sheet(&book, FIGURES);
    g_autofree char *chart = test_book_part(&book, "xl/charts/chart1.xml");
    assert_asked(doc, "string(//m:c[@r='N9']/m:f)", "D9");    /* the foot: p05 */
    assert_asked(doc, "string(//m:c[@r='O9']/m:f)", "C9-D9"); /* årsverk less p05 */
    assert_asked(doc, "string(//m:c[@r='O9']/m:v)", "12.5");
    assert_asked(doc, "string(//m:c[@r='P9']/m:f)", "C9-C9");
    assert_asked(doc, "string(//m:c[@r='Q9']/m:f)", "E9-C9");
    assert_has(chart, "<c:grouping val=\"stacked\"/>");
    assert_elements(&book, "xl/charts/chart1.xml", "legendEntry", "2"); /* not named: foot, top */
    test_book_close(&book);
}

static void fan_with_a_hidden_year_is_lines_with_a_gap(void **state)
{
    (void)state;
    const char *const cells[] = {"f", "fan", "framskriving_tilbud", "all", "", "aarsverk|p05|p95",
                                 ""};
    g_auto(Case) one = open_case(cells);
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    TestBook book = fan_book(package, one.catalogue, 1);
    g_autoptr(xmlDoc) doc = test_book_sheet(&book, FIGURES);
    assert_elements(&book, "xl/charts/chart1.xml", "lineChart", "1");
    assert_cell(doc, "D10", ":");
    assert_asked(doc, "count(//m:c[@r='N10' or @r='O10' or @r='P10'])", "0");
    test_book_close(&book);
}

static void two_runs_in_two_time_zones_and_locales_give_the_same_bytes(void **state)
{
    (void)state;
    g_auto(Case) one = open_case(pyramid);
    sp_test_assert_same_again(&sp_output_xlsx, &one.package->package, one.book.folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_stand_as_published_and_the_drawing_is_formulas_of_them),
        cmocka_unit_test(hidden_number_is_a_sign_in_the_table_and_a_gap_in_the_drawing),
        cmocka_unit_test(line_ends_at_a_break_and_begins_again_with_its_flag),
        cmocka_unit_test(men_are_drawn_to_the_left_and_the_last_period_behind),
        cmocka_unit_test(chart_has_a_text_that_stands_for_it_and_titles),
        cmocka_unit_test(contents_link_to_the_figures_and_they_to_each),
        cmocka_unit_test(fan_is_stacked_differences_and_a_line_of_no_height),
        cmocka_unit_test(fan_with_a_hidden_year_is_lines_with_a_gap),
        cmocka_unit_test(two_runs_in_two_time_zones_and_locales_give_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
