/* The section of variation that is unwanted here. */
#include "tests/check.h"
#include "tests/outputs/html/page.h"

#include "outputs/unwanted.h"

#define SECTION "//page[@file='index.html']//section[@id='uoensket']"

/* Of kommuner 1101 to 1103, those of the rows [n] judged unfavourable. */
static SpTestPackage *package_with(const char *language, const gsize judged[], gsize n)
{
    SpTestPackage *package = sp_test_package_new(language);
    g_auto(GStrv) kommuner = sp_test_kommuner(3);
    sp_tables_add(package->tables, sp_test_residual_new(kommuner, judged, n));
    return package;
}

/* The first lies farther off than the second: it stands before it by its code alone. */
static void who_is_judged_unfavourable_stands_with_size_and_interval(void **state)
{
    (void)state;
    const gsize judged[] = {5, 4, 0};
    TestPage *made = test_page_write(package_with("nb", judged, G_N_ELEMENTS(judged)), NULL);
    assert_asked(made, "string(" SECTION "/h2)", "Hvilken variasjon er uønsket her?");
    assert_asked(made, "count(" SECTION "//tbody/tr)", "3");
    assert_asked(made, "contains(" SECTION "//tbody/tr[1], 'ykepleie')", "true");
    assert_asked(made, "string(" SECTION "//tbody/tr[2]/th[2])", "1102");
    assert_asked(made, "string(" SECTION "//tbody/tr[3]/th[2])", "1103");
    assert_asked(made, "string(" SECTION "//tbody/tr[3]/td[3]/text())", "1,30");
    assert_asked(made, "string(" SECTION "//tbody/tr[3]/td[4]/text())", "1,20");
    assert_asked(made, "string(" SECTION "//tbody/tr[3]/td[5]/text())", "1,40");
    assert_asked(made, "string(" SECTION "//tbody/tr[3]/td[6])", "Over");
    assert_asked(made, "count(" SECTION "//a[@href='data/uforklart.csv'])", "1");
    test_page_free(made);
}

static void where_nobody_is_the_page_says_so(void **state)
{
    (void)state;
    TestPage *made = test_page_write(package_with("nn", NULL, 0), NULL);
    assert_asked(made, "string(" SECTION "/h2)", "Kva for variasjon er uønskt her?");
    assert_asked(made, "count(" SECTION "//table)", "0");
    assert_asked(made,
                 "count(" SECTION
                 "/p[starts-with(., 'Ingen kommune her skil seg ut på den ugunstige sida på')])",
                 "1");
    test_page_free(made);
}

static void page_of_one_kommune_tells_of_it_alone(void **state)
{
    (void)state;
    const char *section = "//page[@file='kommune/5001.html']//section[@id='uoensket']";
    TestPage *made = test_page_write(package_with("nb", NULL, 0), NULL);
    g_autofree char *note =
        g_strconcat("count(", section, "/p[starts-with(., 'Indikatorer der kommunen')])", NULL);
    g_autofree char *none =
        g_strconcat("count(", section, "/p[starts-with(., 'Kommunen skiller seg ikke')])", NULL);
    assert_asked(made, note, "1");
    assert_asked(made, none, "1");
    test_page_free(made);
}

static void package_without_the_table_has_no_such_section(void **state)
{
    (void)state;
    TestPage *made = test_page_write(sp_test_package_new("nb"), NULL);
    assert_asked(made, "count(" SECTION ")", "0");
    test_page_free(made);
}

/* What is favourable, or not judged, is not there, nor is how it was judged told twice. */
static void nothing_but_the_unfavourable_is_chosen(void **state)
{
    (void)state;
    const gsize judged[] = {1, 4};
    g_autoptr(SpTestPackage) package = package_with("nb", judged, G_N_ELEMENTS(judged));
    SpTable *all = sp_tables_find(package->tables, "uforklart");
    sp_table_set_code(all, 4, sp_table_find(all, "vurdering"), "gunstig");
    g_autoptr(SpWords) words = sp_words_new(&package->package, NULL);
    g_autoptr(SpTable) unwanted = sp_unwanted_new(words);
    assert_int_equal(sp_table_n_rows(unwanted), 1);
    assert_string_equal(sp_table_code(unwanted, 0, 1), "1102");
    assert_int_equal(sp_table_find(unwanted, "vurdering"), SP_NO_COLUMN);
    assert_near(sp_table_real(unwanted, 0, sp_table_find(unwanted, "krympet")).value, 0.9, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_judged_unfavourable_stands_with_size_and_interval),
        cmocka_unit_test(where_nobody_is_the_page_says_so),
        cmocka_unit_test(page_of_one_kommune_tells_of_it_alone),
        cmocka_unit_test(package_without_the_table_has_no_such_section),
        cmocka_unit_test(nothing_but_the_unfavourable_is_chosen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
