#include "tests/check.h"
#include "tests/outputs/package.h"

#include "outputs/words.h"

static const SpColumn region = {
    .name = "region", .kind = SP_COLUMN_CODE, .classification = "kommune@2024-01-01"};
static const SpColumn age = {.name = "alder", .kind = SP_COLUMN_CODE, .classification = "alder"};
static const SpColumn period = {
    .name = "period", .kind = SP_COLUMN_CODE, .classification = "period"};
static const SpColumn sex = {.name = "kjonn", .kind = SP_COLUMN_CODE, .classification = "kjonn@1"};

typedef struct {
    SpTestPackage *package;
    SpWords *words;
} State;

static int open_words(void **state)
{
    g_autoptr(GError) error = NULL;
    State *made = g_new0(State, 1);
    made->package = sp_test_package_new("nb");
    made->words = sp_words_new(&made->package->package, &error);
    assert_no_error(error);
    *state = made;
    return 0;
}

static int close_words(void **state)
{
    State *made = *state;
    sp_words_free(made->words);
    sp_test_package_free(made->package);
    g_free(made);
    return 0;
}

static void assert_word(void **state, const SpColumn *column, const char *code, const char *wanted)
{
    const State *made = *state;
    g_autofree char *text = sp_words_code(made->words, column, code);
    assert_string_equal(text, wanted);
}

static void region_has_its_name(void **state)
{
    assert_word(state, &region, "5001", "Trondheim - Tråante");
}

static void unknown_region_stays_a_code(void **state)
{
    assert_word(state, &region, "9999", "9999");
}

static void several_indicators_are_named_one_after_the_other(void **state)
{
    static const SpColumn why = {
        .name = "hvorfor", .kind = SP_COLUMN_CODE, .classification = "indikator"};
    assert_word(state, &why, "pop_80plus_share", "Andel innbyggere 80 år og over");
    assert_word(state, &why, "pop_80plus_share pop_inhabitants ukjent",
                "Andel innbyggere 80 år og over; Innbyggere; ukjent");
    assert_word(state, &why, "", "");
}

static void sum_of_the_country_has_a_text_of_its_own(void **state)
{
    assert_word(state, &region, "0k", "Hele landet, sum av kommunene");
}

static void code_list_is_found_whatever_its_version(void **state)
{
    assert_word(state, &sex, "2", "Kvinner");
}

static void one_year_of_age_is_read_as_a_number(void **state)
{
    assert_word(state, &age, "007", "7 år");
}

static void band_of_ages_has_a_dash(void **state)
{
    assert_word(state, &age, "067-079", "67–79 år");
}

static void highest_age_and_band_are_open(void **state)
{
    assert_word(state, &age, "105", "105 år og eldre");
    assert_word(state, &age, "080-105", "80 år og eldre");
}

static void band_of_one_year_is_that_year(void **state)
{
    assert_word(state, &age, "000-000", "0 år");
}

static void broken_ages_stay_codes(void **state)
{
    assert_word(state, &age, "67-79", "67-79");
    assert_word(state, &age, "067-07x", "067-07x");
    assert_word(state, &age, "", "");
}

static void periods_are_read_in_norwegian(void **state)
{
    assert_word(state, &period, "2024-01-01", "1.1.2024");
    assert_word(state, &period, "2024", "2024");
    assert_word(state, &period, "2024H2", "2. halvår 2024");
    assert_word(state, &period, "2024K3", "3. kvartal 2024");
    assert_word(state, &period, "2023/24", "2023/24");
    assert_word(state, &period, "2021-2024", "2021–2024");
    assert_word(state, &period, "2022-12-01--2023-12-01", "1.12.2022–1.12.2023");
}

static void day_of_a_source_is_read_as_one(void **state)
{
    const SpColumn column = {.name = "oppdatert", .kind = SP_COLUMN_CODE};
    assert_word(state, &column, "2026-02-05", "5.2.2026");
    assert_word(state, &column, "", "");
}

static void row_of_a_table_is_read_by_its_titles_and_words(void **state)
{
    const SpColumn column = {.name = "noekkel", .kind = SP_COLUMN_CODE};
    assert_word(state, &column, "region=0 kjonn=1 alder=080-105 period=2035-01-01",
                "Region: Hele landet; Kjønn: Menn; Alder: 80 år og eldre; Periode: 1.1.2035");
    assert_word(state, &column, "laerested=Nord universitet period=2024",
                "Lærested: Nord universitet; Periode: 2024");
    assert_word(state, &column, "hele tabellen", "hele tabellen");
}

/* One code may be two things in two tables, and a row does not say of which it is. */
static void codes_of_a_column_that_tables_read_differently_stay_codes(void **state)
{
    const SpColumn column = {.name = "rad", .kind = SP_COLUMN_CODE};
    const SpColumn other = {
        .name = "kjonn", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "pai_kjonn"};
    g_autoptr(GError) error = NULL;
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    g_autoptr(SpWords) before = sp_words_new(&package->package, &error);
    assert_no_error(error);
    g_autofree char *one = sp_words_code(before, &column, "region=0 kjonn=1");
    assert_string_equal(one, "Region: Hele landet; Kjønn: Menn");
    sp_tables_add(package->tables, sp_table_new("stillinger", &other, 1));
    g_autoptr(SpWords) after = sp_words_new(&package->package, &error);
    assert_no_error(error);
    g_autofree char *two = sp_words_code(after, &column, "region=0 kjonn=1");
    assert_string_equal(two, "Region: Hele landet; Kjønn: 1");
}

static void names_of_tables_measures_and_rules_are_worded(void **state)
{
    const SpColumn table = {.name = "tabell", .kind = SP_COLUMN_CODE};
    const SpColumn measure = {.name = "maal", .kind = SP_COLUMN_CODE};
    const SpColumn rule = {.name = "variant", .kind = SP_COLUMN_CODE};
    assert_word(state, &table, "befolkning", "Folkemengde etter kjønn og alder");
    assert_word(state, &measure, "innbyggere", "Innbyggere");
    assert_word(state, &rule, "vekst intervall", "vekst; intervall");
}

static void broken_period_stays_a_code(void **state)
{
    assert_word(state, &period, "2024-13-01", "2024-13-01");
}

static void assert_figure(void **state, SpReal real, const char *unit, const char *wanted)
{
    const State *made = *state;
    char buffer[SP_FIGURE_SIZE];
    assert_string_equal(
        sp_words_figure(real, sp_units_form(sp_words_units(made->words), unit), buffer), wanted);
}

static void figure_has_its_units_decimals(void **state)
{
    assert_figure(state, sp_real(12345.0), "persons", "12\u00a0345");
    assert_figure(state, sp_real(2359.34), "aarsverk", "2\u00a0359,3");
}

static void share_is_shown_in_percent(void **state)
{
    assert_figure(state, sp_real(0.1234), "share", "12,3\u00a0%");
}

static void figure_without_unit_keeps_four_digits(void **state)
{
    assert_figure(state, sp_real(0.31251), NULL, "0,313");
    assert_figure(state, sp_real(42.1234), "unit that nobody knows", "42,12");
    assert_figure(state, sp_real(357.0), NULL, "357");
}

static void figure_without_number_is_its_sign(void **state)
{
    assert_figure(state, sp_real(0.0), "persons", "-");
    assert_figure(state, sp_real_none(SP_SUPPRESSED), "persons", ":");
    assert_figure(state, sp_real_none(SP_MISSING), "share", "..");
}

static void heading_of_persons_needs_no_unit(void **state)
{
    const State *made = *state;
    const SpTable *table = sp_tables_find(made->package->tables, "befolkning");
    g_autofree char *text = sp_words_heading(made->words, table, 4);
    assert_string_equal(text, "Innbyggere");
}

static void heading_names_a_unit_that_the_title_does_not(void **state)
{
    const State *made = *state;
    static const SpColumn column = {
        .name = "hjemmetjenestebrukere_80p_pct", .kind = SP_COLUMN_MEASURE, .unit = "percent"};
    g_autoptr(SpTable) table = sp_table_new("ressurser", &column, 1);
    g_autofree char *text = sp_words_heading(made->words, table, 0);
    assert_string_equal(text, "Innbyggere 80 år og eldre med hjemmetjenester (prosent)");
}

static void assert_supply_is_called(void **state, const char *table_name, const char *wanted)
{
    const State *made = *state;
    static const SpColumn column = {
        .name = "tilbud", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"};
    g_autoptr(SpTable) table = sp_table_new(table_name, &column, 1);
    g_autofree char *text = sp_words_column(made->words, table, 0);
    assert_string_equal(text, wanted);
}

static void supply_that_is_scaled_says_so_and_other_supply_does_not(void **state)
{
    assert_supply_is_called(state, "framskriving_gap", "Tilbud, skalert til balanse i startåret");
    assert_supply_is_called(state, "framskriving_alternativ",
                            "Tilbud, skalert til balanse i startåret");
    assert_supply_is_called(state, "framskriving_balanse", "Tilbud");
}

static void area_of_the_back_test_has_the_name_of_its_region(void **state)
{
    static const SpColumn area = {.name = "omraade", .kind = SP_COLUMN_CODE};
    assert_word(state, &area, "5001", "Trondheim - Tråante");
    assert_word(state, &area, "000000-001999", "Kommuner under 2 000 innbyggere");
}

static void edition_is_told_as_a_day_and_by_its_name(void **state)
{
    const State *made = *state;
    g_autofree char *text = sp_words_edition(made->words);
    assert_string_equal(text, "Utgave 25.2.2026 (2026-02-25-1a2b3c4d)");
}

static void changes_tell_since_which_edition(void **state)
{
    State *made = *state;
    g_autoptr(SpTable) changes = sp_table_new("endringer", NULL, 0);
    g_autoptr(SpTable) other = sp_table_new("kilder", NULL, 0);
    g_autofree char *first = sp_words_note(made->words, changes);
    made->package->package.previous = "2026-02-24-00000000";
    g_autofree char *next = sp_words_note(made->words, changes);
    g_autofree char *of_other = sp_words_note(made->words, other);
    made->package->package.previous = NULL;
    assert_true(g_str_has_suffix(first, " så det er ingen rader."));
    assert_true(g_str_has_suffix(next, " Sammenliknet med utgave 2026-02-24-00000000."));
    assert_string_equal(of_other, sp_words_text(made->words, "table.kilder.note"));
}

static void notices_are_joined_in_order(void **state)
{
    const State *made = *state;
    assert_string_equal(sp_words_notices(made->words), "SYNTETISKE DATA · Ikke for publisering");
}

static void characters_that_xml_cannot_hold_are_replaced(void **state)
{
    (void)state;
    g_autofree char *text = sp_words_clean("a\x01\tb\xff");
    assert_string_equal(text, "a\ufffd\tb\ufffd");
}

static void indicator_has_its_catalogue_name(void **state)
{
    const SpColumn indicator = {
        .name = "indikator", .kind = SP_COLUMN_CODE, .classification = "indikator"};
    assert_word(state, &indicator, "use_home_80plus",
                "Andel innbyggere 80 år og over som bruker hjemmetjenester");
}

static void nynorsk_package_speaks_nynorsk(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nn");
    g_autoptr(SpWords) words = sp_words_new(&package->package, &error);
    assert_no_error(error);
    assert_string_equal(sp_words_notices(words), "SYNTETISKE DATA · Ikkje for publisering");
    assert_string_equal(sp_words_text(words, "page.contents"), "Innhald");
    g_autofree char *country = sp_words_code(words, &region, "0");
    assert_string_equal(country, "Heile landet");
}

static void edition_without_a_day_is_a_bug(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    package->package.edition = "edition-1";
    assert_null(sp_words_new(&package->package, &error));
    assert_error(error, SP_ERROR_BUG, "edition-1");
}

static void unit_of_unknown_form_is_a_config_error(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    sp_table_set_code(package->units, 0, sp_table_find(package->units, "form"), "roman");
    assert_null(sp_words_new(&package->package, &error));
    assert_error(error, SP_ERROR_CONFIG, "roman");
}

static void unit_of_ten_decimals_is_a_config_error(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    sp_table_set_code(package->units, 0, sp_table_find(package->units, "decimals"), "10");
    assert_null(sp_words_new(&package->package, &error));
    assert_error(error, SP_ERROR_CONFIG, "\"10\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(region_has_its_name),
        cmocka_unit_test(unknown_region_stays_a_code),
        cmocka_unit_test(several_indicators_are_named_one_after_the_other),
        cmocka_unit_test(sum_of_the_country_has_a_text_of_its_own),
        cmocka_unit_test(code_list_is_found_whatever_its_version),
        cmocka_unit_test(one_year_of_age_is_read_as_a_number),
        cmocka_unit_test(band_of_ages_has_a_dash),
        cmocka_unit_test(highest_age_and_band_are_open),
        cmocka_unit_test(band_of_one_year_is_that_year),
        cmocka_unit_test(broken_ages_stay_codes),
        cmocka_unit_test(periods_are_read_in_norwegian),
        cmocka_unit_test(day_of_a_source_is_read_as_one),
        cmocka_unit_test(row_of_a_table_is_read_by_its_titles_and_words),
        cmocka_unit_test(codes_of_a_column_that_tables_read_differently_stay_codes),
        cmocka_unit_test(names_of_tables_measures_and_rules_are_worded),
        cmocka_unit_test(broken_period_stays_a_code),
        cmocka_unit_test(figure_has_its_units_decimals),
        cmocka_unit_test(share_is_shown_in_percent),
        cmocka_unit_test(figure_without_unit_keeps_four_digits),
        cmocka_unit_test(figure_without_number_is_its_sign),
        cmocka_unit_test(heading_of_persons_needs_no_unit),
        cmocka_unit_test(heading_names_a_unit_that_the_title_does_not),
        cmocka_unit_test(supply_that_is_scaled_says_so_and_other_supply_does_not),
        cmocka_unit_test(area_of_the_back_test_has_the_name_of_its_region),
        cmocka_unit_test(edition_is_told_as_a_day_and_by_its_name),
        cmocka_unit_test(changes_tell_since_which_edition),
        cmocka_unit_test(notices_are_joined_in_order),
        cmocka_unit_test(characters_that_xml_cannot_hold_are_replaced),
        cmocka_unit_test(indicator_has_its_catalogue_name),
        cmocka_unit_test(nynorsk_package_speaks_nynorsk),
        cmocka_unit_test(edition_without_a_day_is_a_bug),
        cmocka_unit_test(unit_of_unknown_form_is_a_config_error),
        cmocka_unit_test(unit_of_ten_decimals_is_a_config_error),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
