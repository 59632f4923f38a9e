/* Which figures a package is drawn in, and their points. */
#include "tests/check.h"
#include "tests/outputs/tables.h"

#include "outputs/figure.h"

/* A package with a catalogue of figures of its own: one row. */
typedef struct {
    SpTestPackage *made;
    SpTable *catalogue;
    SpWords *words;
} Case;

static Case open_case(const char *const cells[7])
{
    Case one = {.made = sp_test_package_new("nb"), .catalogue = sp_test_figures_new(cells)};
    one.made->package.figures = one.catalogue;
    one.words = sp_words_new(&one.made->package, NULL);
    return one;
}

static void close_case(Case *one)
{
    sp_words_free(one->words);
    sp_table_free(one->catalogue);
    sp_test_package_free(one->made);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Case, close_case)

static GPtrArray *figures_of(const Case *one)
{
    g_autoptr(GError) error = NULL;
    GPtrArray *figures = sp_figure_list_new(one->words, NULL, &error);
    assert_no_error(error);
    return figures;
}

static const SpFigure *only(const GPtrArray *figures)
{
    assert_int_equal(figures->len, 1);
    return g_ptr_array_index(figures, 0);
}

static void assert_fails(const char *const cells[7], const char *part)
{
    g_autoptr(GError) error = NULL;
    g_auto(Case) one = open_case(cells);
    assert_null(sp_figure_list_new(one.words, NULL, &error));
    assert_error(error, SP_ERROR_CONFIG, part);
}

static void pyramid_is_men_and_women_of_the_first_and_the_last_period(void **state)
{
    (void)state;
    g_auto(Case) one = open_case((const char *const[]){
        "p", "pyramid", "framskriving_befolkning_ettaarig", "all", "", "innbyggere", ""});
    g_autoptr(GPtrArray) figures = figures_of(&one);
    const SpFigure *figure = only(figures);
    assert_int_equal(figure->kind, SP_FIGURE_PYRAMID);
    assert_int_equal(figure->n, 2);
    assert_string_equal(figure->labels[0], "67 år");
    assert_string_equal(figure->labels[1], "105 år og eldre");
    assert_int_equal(figure->series->len, 4);
    assert_string_equal(sp_figure_series(figure, 0)->name, "Menn, 1.1.2024");
    assert_string_equal(sp_figure_series(figure, 3)->name, "Kvinner, 1.1.2026");
    /* Row 12 is the first of region 50: men of 67 in 2024; row 20 women of 67 in 2026. */
    assert_near(sp_figure_series(figure, 0)->points[0].value, 12345.0 + 12 * 1017.0, 0.0);
    assert_near(sp_figure_series(figure, 3)->points[0].value, 12345.0 + 20 * 1017.0, 0.0);
}

static void age_without_a_number_is_told_as_a_gap(void **state)
{
    (void)state;
    g_auto(Case) one = open_case((const char *const[]){
        "p", "pyramid", "framskriving_befolkning_ettaarig", "all", "", "innbyggere", ""});
    SpTable *table = sp_tables_find(one.made->tables, "framskriving_befolkning_ettaarig");
    sp_table_set_real(table, 12, 4, sp_real_none(SP_MISSING));
    g_autoptr(GPtrArray) figures = figures_of(&one);
    assert_has(only(figures)->note, ".. = Oppgave mangler · En alder uten tall er et hull");
}

static void series_keeps_every_status_and_flag_as_published(void **state)
{
    (void)state;
    g_auto(Case) one = open_case(
        (const char *const[]){"s", "series", "aarsverk", "all", "", "sykepleier_aarsverk", ""});
    one.made->package.region = "5001";
    g_autoptr(GPtrArray) figures = figures_of(&one);
    const SpFigure *figure = only(figures);
    const SpReal *points = sp_figure_series(figure, 0)->points;
    assert_int_equal(figure->n, 11);
    assert_string_equal(figure->labels[0], "2010");
    assert_int_equal(points[1].status, SP_ZERO);
    assert_int_equal(points[6].status, SP_SUPPRESSED);
    assert_int_equal(points[9].flags, SP_FLAG_CARRIED_OVER | SP_FLAG_BREAK_BEFORE);
    assert_has(figure->note, ": = Tall kan ikke offentliggjøres");
    assert_has(figure->alt, "2010 2\u00a0359,3; 2020 12,1.");
}

static void funnel_has_the_kommuner_by_size_and_leaves_out_those_of_none(void **state)
{
    (void)state;
    g_auto(GStrv) kommuner = g_strsplit("5001 5006 5099 5014", " ", -1);
    g_auto(Case) one = open_case((const char *const[]){
        "f", "funnel", "plassering", "all", "indikator=use_home_80plus", "verdi|nedre_95|?nedre_0",
        "befolkning innbyggere kjonn=1 alder=080-105"});
    sp_tables_add(one.made->tables, sp_test_placing_new(kommuner));
    SpTable *population = sp_tables_find(one.made->tables, "befolkning");
    sp_table_set_real(population, 29, 4, sp_real(1e6)); /* 5001, men of 80 and over, 2026 */
    g_autoptr(GPtrArray) figures = figures_of(&one);
    const SpFigure *figure = only(figures);
    assert_int_equal(figure->n, 3);
    assert_string_equal(figure->labels[2], "Trondheim - Tråante");
    assert_near(figure->sizes[2].value, 1e6, 0.0);
    assert_true(figure->sizes[0].value < figure->sizes[1].value);
    assert_int_equal(figure->series->len, 2); /* a measure the table may lack is left out */
    assert_near(sp_figure_series(figure, 0)->points[0].value, 0.26041 * 1.1, 1e-12);
    assert_true(sp_figure_series(figure, 0)->form.is_percent);
    assert_has(figure->title, "Andel innbyggere 80 år og over som bruker hjemmetjenester. "
                              "Trøndelag, 1.1.2024");
    assert_has(figure->x_title, "Menn, 80 år og eldre, 1.1.2026");
}

static void figure_without_a_number_a_table_or_its_package_is_not_drawn(void **state)
{
    (void)state;
    const char *const rows[][7] = {
        {"none", "series", "aarsverk", "all", "", "sykepleier_aarsverk", ""}, /* 5001 alone */
        {"gone", "series", "no_such_table", "all", "", "x", ""},
        {"else", "series", "befolkning", "country", "kjonn=1 alder=080-105", "innbyggere", ""}};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(Case) one = open_case(rows[i]);
        g_autoptr(GPtrArray) figures = figures_of(&one);
        assert_int_equal(figures->len, 0);
    }
}

static void package_without_a_catalogue_has_none(void **state)
{
    (void)state;
    g_auto(Case) one = open_case((const char *const[]){"", "", "", "", "", "", ""});
    one.made->package.figures = NULL;
    g_autoptr(GPtrArray) figures = figures_of(&one);
    assert_int_equal(figures->len, 0);
}

static void wrong_rows_are_config_errors_that_name_the_figure(void **state)
{
    (void)state;
    assert_fails((const char *const[]){"x", "pie", "befolkning", "all", "", "innbyggere", ""},
                 "figure \"x\": \"pie\" is none of pyramid, fan");
    assert_fails((const char *const[]){"x", "series", "befolkning", "some", "", "innbyggere", ""},
                 "\"some\" is none of all");
    assert_fails(
        (const char *const[]){"x", "series", "befolkning", "all", "kjonn=1", "innbyggere", ""},
        "no code for the key \"alder\"");
    assert_fails((const char *const[]){"x", "series", "befolkning", "all", "kjonn=1 alder=080-105",
                                       "innbyggere|p05", ""},
                 "p05");
    assert_fails(
        (const char *const[]){"x", "series", "befolkning", "all", "kjonn", "innbyggere", ""},
        "\"kjonn\" is not COLUMN=CODE");
}

/* Every column that config/figurer.csv names is one that config/tables.csv has. */
static void catalogue_of_the_project_names_tables_and_measures_that_are_published(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) made = sp_test_package_new("nb");
    g_autoptr(SpTable) figures = sp_test_config_read("figurer.csv");
    gsize columns = sp_table_find(made->catalogue, "columns");
    for (gsize row = 0; row < sp_table_n_rows(figures); row++) {
        const char *table = sp_table_code(figures, row, sp_table_find(figures, "table"));
        const char *measures = sp_table_code(figures, row, sp_table_find(figures, "measures"));
        g_auto(GStrv) names = g_strsplit(measures, "|", -1);
        gsize at = 0;
        while (at < sp_table_n_rows(made->catalogue) &&
               strcmp(sp_table_code(made->catalogue, at, 0), table) != 0) {
            at++;
        }
        assert_true(at < sp_table_n_rows(made->catalogue));
        for (gsize i = 0; names[i] != NULL; i++) {
            g_autofree char *part =
                g_strdup_printf("%s=", names[i][0] == '?' ? names[i] + 1 : names[i]);
            assert_has(sp_table_code(made->catalogue, at, columns), part);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pyramid_is_men_and_women_of_the_first_and_the_last_period),
        cmocka_unit_test(age_without_a_number_is_told_as_a_gap),
        cmocka_unit_test(series_keeps_every_status_and_flag_as_published),
        cmocka_unit_test(funnel_has_the_kommuner_by_size_and_leaves_out_those_of_none),
        cmocka_unit_test(figure_without_a_number_a_table_or_its_package_is_not_drawn),
        cmocka_unit_test(package_without_a_catalogue_has_none),
        cmocka_unit_test(wrong_rows_are_config_errors_that_name_the_figure),
        cmocka_unit_test(catalogue_of_the_project_names_tables_and_measures_that_are_published),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
