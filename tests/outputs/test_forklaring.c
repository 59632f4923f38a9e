#include "tests/check.h"
#include "tests/outputs/package.h"

#include "core/table_rows.h"
#include "outputs/forklaring.h"

/* "kind code" -> text of the explanation of the test's package. */
static const char *find(const SpTable *table, const char *kind, const char *code)
{
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 0), kind) == 0 &&
            strcmp(sp_table_code(table, row, 1), code) == 0) {
            return sp_table_code(table, row, 2);
        }
    }
    return NULL;
}

static SpTable *explain(const SpTestPackage *package)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpWords) words = sp_words_new(&package->package, &error);
    assert_no_error(error);
    return sp_forklaring_new(words);
}

static void every_sign_and_flag_is_explained(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    g_autoptr(SpTable) table = explain(package);
    assert_string_equal(find(table, "tegn", ":"), "Tall kan ikke offentliggjøres");
    for (int status = SP_ZERO; status <= SP_SUPPRESSED; status++) {
        assert_non_null(find(table, "tegn", sp_status_sign((SpStatus)status)));
    }
    for (guint flag = SP_FLAG_PROVISIONAL; flag <= SP_FLAG_ROUNDED; flag *= 2) {
        char letter[SP_FLAGS_TEXT_SIZE];
        assert_non_null(find(table, "merke", sp_flags_format(flag, letter)));
    }
}

static void codes_and_units_in_use_are_explained(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nn");
    g_autoptr(SpTable) table = explain(package);
    assert_string_equal(find(table, "enhet", "persons"), "personar");
    assert_string_equal(find(table, "kjonn", "1"), "Menn");
    assert_string_equal(find(table, "alder", "080-105"), "80 år og eldre");
    assert_null(find(table, "kjonn", "0")); /* not in the package */
}

static void regions_in_use_are_named_and_periods_are_not_listed(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    g_autoptr(SpTable) table = explain(package);
    assert_string_equal(find(table, "region", "5001"), "Trondheim - Tråante");
    assert_string_equal(find(table, "region", "0"), "Hele landet");
    assert_null(find(table, "region", "5020")); /* not in the package */
    assert_null(find(table, "period", "2024-01-01"));
}

static void a_codes_note_stands_behind_its_words(void **state)
{
    (void)state;
    static const SpColumn scenario = {
        .name = "scenario", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "scenario"};
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    SpTable *scenarios = sp_table_new("framskriving_alternativ", &scenario, 1);
    sp_table_set_code(scenarios, sp_table_add_row(scenarios), 0, "mer_tilgang");
    sp_tables_add(package->tables, scenarios);
    g_autoptr(SpTable) table = explain(package);
    assert_string_equal(find(table, "scenario", "mer_tilgang"),
                        "Mer tilgang: Ti prosent flere nyutdannede fra 2028.");
}

/* Each kommune has a list of its own; a reader looks up what one id is. */
static void ids_of_a_list_are_explained_one_by_one(void **state)
{
    (void)state;
    static const SpColumn why = {
        .name = "hvorfor", .kind = SP_COLUMN_CODE, .classification = "indikator"};
    static const char *const lists[] = {"pop_80plus_share pop_inhabitants",
                                        "pop_inhabitants pop_80plus_share", ""};
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    SpTable *alike = sp_table_new("sammenlikningskommuner", &why, 1);
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        sp_table_set_code(alike, sp_table_add_row(alike), 0, lists[i]);
    }
    sp_tables_add(package->tables, alike);
    g_autoptr(SpTable) table = explain(package);
    assert_string_equal(find(table, "hvorfor", "pop_80plus_share"),
                        "Andel innbyggere 80 år og over");
    assert_string_equal(find(table, "hvorfor", "pop_inhabitants"), "Innbyggere");
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        assert_null(find(table, "hvorfor", lists[i]));
    }
}

static void years_of_age_explain_themselves_but_the_open_one(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    g_autoptr(SpTable) table = explain(package);
    assert_null(find(table, "alder", "067"));
    assert_string_equal(find(table, "alder", "105"), "105 år og eldre");
}

static void legend_names_the_signs_and_flags_of_a_table_alone(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    g_autoptr(SpWords) words = sp_words_new(&package->package, NULL);
    SpTable *table = sp_tables_find(package->tables, "befolkning");
    g_autofree char *none = sp_forklaring_legend(words, table);
    assert_string_equal(none, "");
    sp_table_set_real(table, 3, 4, sp_real_flagged(2.0, SP_FLAG_MODELLED));
    sp_table_set_real(table, 4, 4, sp_real_none(SP_MISSING));
    g_autofree char *two = sp_forklaring_legend(words, table);
    assert_string_equal(two, "m = Beregnet med en modell, ikke talt · .. = Oppgave mangler");
}

static void keys_are_unique_and_sorted(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    g_autoptr(SpTable) table = explain(package);
    assert_true(sp_table_check_unique(table, &error));
    assert_no_error(error);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sign_and_flag_is_explained),
        cmocka_unit_test(codes_and_units_in_use_are_explained),
        cmocka_unit_test(regions_in_use_are_named_and_periods_are_not_listed),
        cmocka_unit_test(a_codes_note_stands_behind_its_words),
        cmocka_unit_test(ids_of_a_list_are_explained_one_by_one),
        cmocka_unit_test(years_of_age_explain_themselves_but_the_open_one),
        cmocka_unit_test(legend_names_the_signs_and_flags_of_a_table_alone),
        cmocka_unit_test(keys_are_unique_and_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
