/* Drawings of figures. */
#include "tests/check.h"
#include "tests/outputs/html/page.h"

#define SECTION "//section[@id='tabell-framskriving_befolkning_ettaarig']"
#define DRAWING SECTION "//svg[@role='img']"

/* The pyramid of a population of which one row is this. */
static TestPage *write_pyramid(gsize row, SpReal real)
{
    g_autoptr(SpTable) figures = sp_test_config_read("figurer.csv");
    SpTestPackage *package = sp_test_package_new("nb");
    SpTable *table = sp_tables_find(package->tables, "framskriving_befolkning_ettaarig");
    sp_table_set_real(table, row, 4, real);
    package->package.figures = figures;
    return test_page_write(package, NULL);
}

/* Two ages of two sexes at two times: the younger men of the first are row 12. */
static void age_without_a_number_is_a_gap_with_its_sign(void **state)
{
    (void)state;
    TestPage *whole = write_pyramid(12, sp_real(0.0));
    TestPage *parted = write_pyramid(12, sp_real_none(SP_SUPPRESSED));
    assert_asked(whole, "count(" DRAWING "//text[.=':'])", "0");
    assert_asked(parted, "count(" DRAWING "//text[.=':'])", "1");
    g_autofree char *none = test_page_ask(whole, "string(" DRAWING "//path[@class='area a0']/@d)");
    g_autofree char *gap = test_page_ask(parted, "string(" DRAWING "//path[@class='area a0']/@d)");
    assert_true(strlen(gap) < strlen(none));
    test_page_free(whole);
    test_page_free(parted);
}

/* Ages one by one are too many for a page, and what is drawn of them is not. */
static void table_that_no_page_shows_stands_there_as_its_drawing(void **state)
{
    (void)state;
    TestPage *page = write_pyramid(12, sp_real(0.0));
    assert_asked(page, "count(" DRAWING ")", "1");
    assert_asked(page, "count(" SECTION "//table)", "1"); /* of the drawing */
    assert_asked(page,
                 "count(" SECTION "//a[contains(@href, 'framskriving_befolkning_ettaarig.csv')])",
                 "1");
    assert_asked(page,
                 "count(//page[@file='index.html']//a[@href='tema/befolkning.html"
                 "#tabell-framskriving_befolkning_ettaarig']) > 0",
                 "true");
    test_page_free(page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_that_no_page_shows_stands_there_as_its_drawing),
        cmocka_unit_test(age_without_a_number_is_a_gap_with_its_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
