/* Breaks of series beside the figures that they part. */
#include "tests/check.h"
#include "tests/core/rows.h"
#include "tests/outputs/package.h"

#include "outputs/breaks.h"
#include "outputs/forklaring.h"

/* Of the tables that ship: `brukere` is published of facts `brukere`. */
static const char *const reasons[][6] = {
    {"brukere", "institusjon", "2024", "Nytt skjema", "Nytt skjema, nynorsk", "New form"},
    {"brukere", "", "2023", "Nye kommuner", "Nye kommunar", "New municipalities"},
    {"aarsverk_yrke", "", "2024", "En annen tabell", "Ein annan tabell", "Another table"},
};

static SpTable *breaks_new(void)
{
    static const char *const names[] = {"tabell", "kolonne", "fra", "nb", "nn", "en"};
    SpTable *table = sp_table_new("brudd", NULL, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const SpColumn column = {.name = names[i], .kind = SP_COLUMN_CODE};
        sp_table_add_column(table, &column);
    }
    for (gsize row = 0; row < G_N_ELEMENTS(reasons); row++) {
        sp_table_add_row(table);
        for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
            sp_table_set_code(table, row, i, reasons[row][i]);
        }
    }
    return table;
}

static SpTable *users_new(void)
{
    return TABLE("brukere", "region:key period:key institusjon:sum bolig_heldoegn:sum",
                 "1103 2022-12-31 10 5", "1103 2023-12-31 11 6", "1103 2024-12-31 12 7");
}

static void flag(SpTable *table, gsize row, const char *measure)
{
    sp_table_reals(table, sp_table_find(table, measure))[row].flags |= SP_FLAG_BREAK_BEFORE;
}

static char *text_of(const char *language, const SpTable *table)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTestPackage) made = sp_test_package_new(language);
    g_autoptr(SpTable) breaks = breaks_new();
    SpPackage package = made->package;
    package.breaks = breaks;
    g_autoptr(SpWords) words = sp_words_new(&package, &error);
    assert_no_error(error);
    return sp_breaks_text(words, table);
}

static void only_breaks_that_a_figure_is_flagged_with_are_told(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = users_new();
    g_autofree char *none = text_of("nb", table);
    assert_string_equal(none, "");
    flag(table, 1, "bolig_heldoegn");
    g_autofree char *one = text_of("nb", table);
    assert_string_equal(one, "b 31.12.2023: Nye kommuner");
}

/* A flag on another measure of the same period is another break's. */
static void a_break_of_one_measure_names_it(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = users_new();
    flag(table, 2, "bolig_heldoegn");
    g_autofree char *other = text_of("nb", table);
    assert_string_equal(other, "");
    flag(table, 2, "institusjon");
    g_autofree char *own = text_of("nb", table);
    assert_true(g_str_has_prefix(own, "b 31.12.2024, "));
    assert_true(g_str_has_suffix(own, ": Nytt skjema"));
}

static void the_reason_is_in_the_packages_language(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = users_new();
    flag(table, 1, "institusjon");
    g_autofree char *text = text_of("nn", table);
    assert_string_equal(text, "b 31.12.2023: Nye kommunar");
}

static void the_legend_of_a_table_ends_with_its_breaks(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTestPackage) made = sp_test_package_new("nb");
    g_autoptr(SpTable) breaks = breaks_new();
    g_autoptr(SpTable) table = users_new();
    SpPackage package = made->package;
    package.breaks = breaks;
    flag(table, 1, "institusjon");
    g_autoptr(SpWords) words = sp_words_new(&package, &error);
    assert_no_error(error);
    g_autofree char *legend = sp_forklaring_legend(words, table);
    assert_true(g_str_has_prefix(legend, "b = Brudd i serien"));
    assert_true(g_str_has_suffix(legend, " · b 31.12.2023: Nye kommuner"));
}

/* Every break that ships has its reason in all three languages, and a table that is known. */
static void the_breaks_that_ship_have_their_reason_in_every_language(void **state)
{
    (void)state;
    g_autoptr(SpTable) breaks = sp_test_config_read("brudd.csv");
    static const char *const languages[] = {"nb", "nn", "en"};
    assert_true(sp_table_n_rows(breaks) > 0);
    for (gsize row = 0; row < sp_table_n_rows(breaks); row++) {
        for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
            gsize column = sp_table_find(breaks, languages[i]);
            assert_string_not_equal(sp_table_code(breaks, row, column), "");
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_breaks_that_a_figure_is_flagged_with_are_told),
        cmocka_unit_test(a_break_of_one_measure_names_it),
        cmocka_unit_test(the_reason_is_in_the_packages_language),
        cmocka_unit_test(the_legend_of_a_table_ends_with_its_breaks),
        cmocka_unit_test(the_breaks_that_ship_have_their_reason_in_every_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
