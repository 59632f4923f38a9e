/* Figures for the top of a report. */
#include "tests/check.h"
#include "tests/outputs/package.h"

#include "outputs/overview.h"

static int open_package(void **state)
{
    *state = sp_test_package_new("nb");
    return 0;
}

static int close_package(void **state)
{
    sp_test_package_free(*state);
    return 0;
}

/* Replaces the choices of all tables by one of `table`. */
static void choose(SpTestPackage *package, const char *table, const char *choices)
{
    SpTable *catalogue = package->catalogue;
    for (gsize row = 0; row < sp_table_n_rows(catalogue); row++) {
        gboolean is_it =
            strcmp(sp_table_code(catalogue, row, sp_table_find(catalogue, "name")), table) == 0;
        sp_table_set_code(catalogue, row, sp_table_find(catalogue, "overview"),
                          is_it ? choices : "");
    }
}

static SpOverview *make(const SpTestPackage *package, GError **error)
{
    g_autoptr(SpWords) words = sp_words_new(&package->package, NULL);
    return sp_overview_new(words, NULL, error);
}

static SpOverview *make_good(const SpTestPackage *package)
{
    g_autoptr(GError) error = NULL;
    SpOverview *overview = make(package, &error);
    assert_no_error(error);
    return overview;
}

static const SpOverviewLine *line_at(const SpOverview *overview, guint i)
{
    assert_true(i < overview->lines->len);
    return &g_array_index(overview->lines, SpOverviewLine, i);
}

static double value_of(const SpOverviewLine *line, gsize region)
{
    return sp_table_real(line->table, line->rows[region], line->measure).value;
}

static void own_region_stands_beside_the_country(void **state)
{
    SpTestPackage *package = *state;
    choose(package, "befolkning", "innbyggere kjonn=2 alder=080-105");
    g_autoptr(SpOverview) overview = make_good(package);
    assert_int_equal(overview->n_regions, 2);
    assert_string_equal(overview->names[0], "Trøndelag - Trööndelage");
    assert_string_equal(overview->names[1], "Hele landet");
    assert_string_equal(line_at(overview, 0)->label, "Folkemengde: Kvinner, 80 år og eldre");
    assert_string_equal(line_at(overview, 0)->period, "1.1.2026");
    /* As they stand in the table: rows 23 of region 50, 11 of the country. */
    assert_near(value_of(line_at(overview, 0), 0), 12345.0 + 23 * 1017.0, 0.0);
    assert_near(value_of(line_at(overview, 0), 1), 12345.0 + 11 * 1017.0, 0.0);
}

static void countrys_package_has_one_region(void **state)
{
    SpTestPackage *package = *state;
    choose(package, "befolkning", "innbyggere kjonn=1 alder=067-079");
    package->package.region = "0";
    g_autoptr(SpOverview) overview = make_good(package);
    assert_int_equal(overview->n_regions, 1);
    assert_string_equal(overview->names[0], "Hele landet");
    assert_near(value_of(line_at(overview, 0), 0), 12345.0 + 2 * 1017.0, 0.0);
}

static void newest_period_with_a_number_is_shown(void **state)
{
    SpTestPackage *package = *state;
    SpTable *table = sp_tables_find(package->tables, "befolkning");
    choose(package, "befolkning", "innbyggere kjonn=1 alder=067-079");
    sp_table_set_real(table, 2, 4, sp_real_none(SP_PENDING));
    sp_table_set_real(table, 14, 4, sp_real_none(SP_PENDING));
    g_autoptr(SpOverview) overview = make_good(package);
    assert_string_equal(line_at(overview, 0)->period, "1.1.2025");
}

/* Key sentences and pages of kommuner tell of 2030 where the base is 2024, never of 2034. */
static void year_ahead_is_the_one_that_all_of_the_package_tells_of(void **state)
{
    SpTestPackage *package = *state;
    choose(package, "befolkning", "innbyggere kjonn=1 alder=067-079 fram"); /* 2024 to 2026 */
    g_autoptr(SpOverview) beyond = make_good(package);
    assert_int_equal(beyond->lines->len, 0);
    SpTable *table = sp_tables_find(package->tables, "befolkning");
    const gsize period = sp_table_find(table, "period");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, period), "2024-01-01") != 0) {
            sp_table_set_code(table, row, period,
                              strcmp(sp_table_code(table, row, period), "2025-01-01") == 0
                                  ? "2030-01-01"
                                  : "2034-01-01");
        }
    }
    g_autoptr(SpOverview) overview = make_good(package);
    assert_string_equal(line_at(overview, 0)->period, "1.1.2030");
    assert_near(value_of(line_at(overview, 0), 1), 12345.0 + 1 * 1017.0, 0.0);
}

static void measure_that_the_stage_may_leave_out_is_no_error(void **state)
{
    SpTestPackage *package = *state;
    choose(package, "befolkning", "?p05 kjonn=1 alder=067-079|?innbyggere kjonn=1 alder=067-079");
    g_autoptr(SpOverview) overview = make_good(package);
    assert_int_equal(overview->lines->len, 1);
}

/* Nurses' and helsefagarbeidere's need, supply and shortage are what the package is for. */
static void personnel_ten_years_on_is_among_the_key_figures(void **state)
{
    const SpTestPackage *package = *state;
    const SpTable *catalogue = package->catalogue;
    static const char *const measures[] = {"etterspoersel", "tilbud", "gap",
                                           "?p05",          "?p95",   "?sannsynlighet_mangel"};
    static const char *const professions[] = {"sykepleier", "helsefagarbeider"};
    g_autoptr(GString) all = g_string_new("|");
    for (gsize row = 0; row < sp_table_n_rows(catalogue); row++) {
        if (strcmp(sp_table_code(catalogue, row, sp_table_find(catalogue, "name")),
                   "framskriving_gap") == 0) {
            const char *text = sp_table_code(catalogue, row, sp_table_find(catalogue, "overview"));
            g_string_append_printf(all, "%s|", text);
            (void)g_string_replace(all, "*", "", 0); /* those that lists have too */
        }
    }
    for (gsize i = 0; i < G_N_ELEMENTS(measures) * G_N_ELEMENTS(professions); i++) {
        g_autofree char *wanted =
            g_strdup_printf("|%s yrke=%s fram|", measures[i / 2], professions[i % 2]);
        assert_has(all->str, wanted);
    }
}

static void any_regions_may_stand_side_by_side(void **state)
{
    const SpTestPackage *package = *state;
    static const char *const regions[] = {"0", "5001", "50", NULL};
    choose(*state, "befolkning",
           "innbyggere kjonn=1 alder=067-079|*innbyggere kjonn=2 alder=080-105");
    g_autoptr(SpWords) words = sp_words_new(&package->package, NULL);
    g_autoptr(SpOverview) overview = sp_overview_new(words, regions, NULL);
    SpReal real;
    assert_int_equal(overview->n_regions, 3);
    assert_string_equal(overview->codes[1], "5001");
    assert_false(line_at(overview, 0)->is_brief);
    assert_true(line_at(overview, 1)->is_brief);
    assert_true(sp_overview_figure(line_at(overview, 1), 2, &real));
    assert_near(real.value, 12345.0 + 23 * 1017.0, 0.0);
}

static void region_without_a_row_is_left_open(void **state)
{
    SpTestPackage *package = *state;
    choose(package, "aarsverk", "sykepleier_aarsverk");
    package->package.region = "5001"; /* the one region of that table */
    g_autoptr(SpOverview) overview = make_good(package);
    assert_string_equal(line_at(overview, 0)->label, "Sykepleierårsverk");
    assert_int_equal(line_at(overview, 0)->rows[0], 10);
    assert_true(line_at(overview, 0)->rows[1] == SP_NO_COLUMN);
}

static void choice_without_numbers_is_left_out(void **state)
{
    SpTestPackage *package = *state;
    choose(package, "befolkning",
           "innbyggere kjonn=1 alder=000-105|innbyggere kjonn=1 alder=067-079");
    g_autoptr(SpOverview) overview = make_good(package);
    assert_int_equal(overview->lines->len, 1);
}

static void table_that_the_package_lacks_is_left_out(void **state)
{
    SpTestPackage *package = *state;
    choose(package, "framskriving_behov", "indeks tjeneste=institusjon");
    g_autoptr(SpOverview) overview = make_good(package);
    assert_int_equal(overview->lines->len, 0);
}

static void legend_explains_what_its_figures_carry(void **state)
{
    SpTestPackage *package = *state;
    choose(package, "befolkning", "innbyggere kjonn=1 alder=067-079");
    sp_table_set_real(sp_tables_find(package->tables, "befolkning"), 2, 4,
                      sp_real_flagged(7.0, SP_FLAG_MODELLED));
    g_autoptr(SpWords) words = sp_words_new(&package->package, NULL);
    g_autoptr(SpOverview) overview = make_good(package);
    g_autofree char *legend = sp_overview_legend(words, overview, NULL, 0);
    assert_string_equal(legend, "m = Beregnet med en modell, ikke talt");
}

static void refused(SpTestPackage *package, const char *choices, const char *part)
{
    g_autoptr(GError) error = NULL;
    choose(package, "befolkning", choices);
    assert_null(make(package, &error));
    assert_error(error, SP_ERROR_CONFIG, part);
}

static void broken_choices_are_config_errors_that_name_the_table(void **state)
{
    refused(*state, "weather kjonn=1", "table \"befolkning\", overview \"weather kjonn=1\"");
    refused(*state, "innbyggere kjonn=1 weather=2", "weather");
    refused(*state, "innbyggere kjonn", "\"kjonn\" is not COLUMN=CODE");
    refused(*state, "innbyggere kjonn=1", "no code for the key \"alder\"");
    refused(*state, "innbyggere kjonn=1 alder=067-079|", "overview \"\"");
}

/* Against the columns that the catalogue itself lists: also tables that this package lacks. */
static void choices_of_the_catalogue_name_columns_of_their_tables(void **state)
{
    const SpTestPackage *package = *state;
    const SpTable *catalogue = package->catalogue;
    gsize n = 0;
    for (gsize row = 0; row < sp_table_n_rows(catalogue); row++) {
        const char *columns = sp_table_code(catalogue, row, sp_table_find(catalogue, "columns"));
        const char *text = sp_table_code(catalogue, row, sp_table_find(catalogue, "overview"));
        g_autofree char *all = g_strdup_printf("|%s|", columns);
        g_auto(GStrv) choices = g_strsplit(text, "|", -1);
        for (char **choice = choices; *choice != NULL && **choice != '\0'; choice++, n++) {
            g_auto(GStrv) parts = g_strsplit(*choice + (**choice == '*' ? 1 : 0), " ", -1);
            for (guint i = 0; parts[i] != NULL && strcmp(parts[i], "fram") != 0; i++) {
                g_autofree char *name = g_strndup(parts[i], strcspn(parts[i], "="));
                g_autofree char *wanted = g_strdup_printf("|%s%s", name, i == 0 ? "=" : "|");
                assert_non_null(strstr(all, wanted));
            }
        }
    }
    assert_true(n > 0);
}

#define ON_A_PACKAGE(test) cmocka_unit_test_setup_teardown(test, open_package, close_package)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_A_PACKAGE(own_region_stands_beside_the_country),
        ON_A_PACKAGE(countrys_package_has_one_region),
        ON_A_PACKAGE(newest_period_with_a_number_is_shown),
        ON_A_PACKAGE(year_ahead_is_the_one_that_all_of_the_package_tells_of),
        ON_A_PACKAGE(measure_that_the_stage_may_leave_out_is_no_error),
        ON_A_PACKAGE(personnel_ten_years_on_is_among_the_key_figures),
        ON_A_PACKAGE(any_regions_may_stand_side_by_side),
        ON_A_PACKAGE(region_without_a_row_is_left_open),
        ON_A_PACKAGE(choice_without_numbers_is_left_out),
        ON_A_PACKAGE(table_that_the_package_lacks_is_left_out),
        ON_A_PACKAGE(legend_explains_what_its_figures_carry),
        ON_A_PACKAGE(broken_choices_are_config_errors_that_name_the_table),
        ON_A_PACKAGE(choices_of_the_catalogue_name_columns_of_their_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
