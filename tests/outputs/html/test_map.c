/* The map of the package's kommuner and its key. */
#include "tests/check.h"
#include "tests/outputs/html/page.h"

#define MAP "//page[@file='index.html']//figure[@class='map']"

enum { N_DAYS = 4, NEWEST = 3 };

/* A square for each kommune. */
static SpTable *borders_new(const char *const kommuner[], gsize n)
{
    static const SpColumn columns[] = {{.name = "kommune", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                       {.name = "sti", .kind = SP_COLUMN_CODE}};
    SpTable *table = sp_table_new("kommuner", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < n; i++) {
        g_autofree char *path = g_strdup_printf("M%d 0l10 0 0 10-10 0z", (int)i * 10);
        sp_table_set_code(table, sp_table_add_row(table), 0, kommuner[i]);
        sp_table_set_code(table, i, 1, path);
    }
    return table;
}

/* The chances of four kommuner in the newest year. */
static TestPage *write_map(const SpReal chances[4])
{
    static const SpTestNeeded needed[] = {{"5001", "sykepleier", 90.0},
                                          {"5006", "sykepleier", 80.0},
                                          {"5007", "sykepleier", 70.0},
                                          {"5014", "sykepleier", 60.0}};
    static const char *const kommuner[] = {"5001", "5006", "5007", "5014"};
    g_autoptr(SpTable) borders = borders_new(kommuner, G_N_ELEMENTS(kommuner));
    SpTestPackage *package = sp_test_package_new("nb");
    SpTable *gap = sp_test_gap_new(needed, G_N_ELEMENTS(needed));
    for (gsize i = 0; i < G_N_ELEMENTS(needed); i++) {
        sp_table_set_real(gap, N_DAYS * i + NEWEST, SP_TEST_GAP_CHANCE, chances[i]);
    }
    sp_tables_add(package->tables, gap);
    package->package.borders = borders;
    return test_page_write(package, NULL);
}

static void key_names_each_class_with_its_limits_and_how_many_are_in_it(void **state)
{
    (void)state;
    const SpReal chances[] = {sp_real(0.2), sp_real(0.35), sp_real(0.95),
                              sp_real_none(SP_BELOW_UNIT)};
    TestPage *made = write_map(chances);
    assert_asked(made, "string(" MAP "//li[1])", "under 20\u00a0%: 1 kommune");
    assert_asked(made, "string(" MAP "//li[2])", "20\u00a0% til under 40\u00a0%: 2 kommuner");
    assert_asked(made, "string(" MAP "//li[3])", "40\u00a0% til under 60\u00a0%: 0 kommuner");
    assert_asked(made, "string(" MAP "//li[5])", "80\u00a0% eller mer: 1 kommune");
    assert_asked(made, "count(" MAP "//li)", "5");
    assert_asked(made, "count(" MAP "//pattern)", "0");
    assert_asked(made, "string(" MAP "//path[1]/@class)", "k1");
    test_page_free(made);
}

static void what_is_no_number_has_a_class_for_each_reason(void **state)
{
    (void)state;
    const SpReal chances[] = {sp_real(0.2), sp_real_none(SP_SUPPRESSED), sp_real_none(SP_MISSING),
                              sp_real_none(SP_PENDING)};
    TestPage *made = write_map(chances);
    assert_asked(made, "string(" MAP "//li[6])", "Oppgave mangler: 2 kommuner");
    assert_asked(made, "string(" MAP "//li[7])", "Tall kan ikke offentliggjøres: 1 kommune");
    assert_asked(made, "count(" MAP "//li)", "7");
    assert_asked(made, "count(" MAP "//path[@class='ks' and @fill='url(#kart-ks)'])", "1");
    assert_asked(made, "count(" MAP "//pattern[@id='kart-ks' or @id='kart-kx'])", "2");
    assert_asked(made, "count(" MAP "//title[contains(., ': Tall kan ikke offentliggjøres')])",
                 "1");
    test_page_free(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(key_names_each_class_with_its_limits_and_how_many_are_in_it),
        cmocka_unit_test(what_is_no_number_has_a_class_for_each_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
