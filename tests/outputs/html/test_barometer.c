/* The barometer of a fylke and of a kommune. */
#include "tests/check.h"
#include "tests/core/rows.h"
#include "tests/outputs/html/page.h"

#define FRONT "//page[@file='index.html']"
#define KOMMUNE "//page[@file='kommune/5001.html']"
#define SECTION "//section[@id='barometer']"

/* As transforms/headline makes it: a fylke has neither limits nor judgement. */
static TestPage *write_page(void)
{
    SpTestPackage *package = sp_test_package_new("nb");
    sp_tables_add(
        package->tables,
        TABLE("barometer",
              "region:key indikator:key rekke:attribute period:attribute vurdering:attribute "
              "utvikling:attribute verdi:other middel_fylke:other middel_landet:other "
              "middel_naermeste:other stolpe_verdi:other stolpe_nedre_95:other "
              "stolpe_oevre_95:other stolpe_nedre_998:other stolpe_oevre_998:other",
              "50 pers_nurse_fte_p10k 01 2025 _ _ 48.1/m . 57 . 0.4 . . . .",
              "50 stab_fulltime_share 02 2025 _ usikker .. . .. . .. . . . .",
              "5001 pers_nurse_fte_p10k 01 2025 ugunstig _ 40/m 48.1 57 50 0.4 0.3 0.6 0.2 0.7"));
    return test_page_write(package, NULL);
}

static void column_without_a_word_is_left_out(void **state)
{
    assert_asked(*state, "count(" FRONT SECTION "//thead//th[. = 'Gunstig eller ugunstig'])", "0");
    assert_asked(*state, "count(" FRONT SECTION "//thead//th[. = 'Utvikling'])", "1");
    assert_asked(*state, "count(" KOMMUNE SECTION "//thead//th[. = 'Gunstig eller ugunstig'])",
                 "1");
    assert_asked(*state, "count(" KOMMUNE SECTION "//thead//th[. = 'Utvikling'])", "0");
}

static void field_is_told_of_where_it_is_drawn(void **state)
{
    assert_asked(*state, "count(" FRONT SECTION "/p[contains(., 'Feltet')])", "0");
    assert_asked(*state, "count(" FRONT SECTION "/p[contains(., 'er vurdert')])", "0");
    assert_asked(*state, "count(" FRONT SECTION "/ul[@class='key']/li)", "2");
    assert_asked(*state, "count(" KOMMUNE SECTION "/p[contains(., 'Feltet viser')])", "1");
    assert_asked(*state, "count(" KOMMUNE SECTION "/p[contains(., 'er vurdert')])", "1");
    assert_asked(*state,
                 "count(" KOMMUNE SECTION
                 "/ul[@class='key']/li[svg/rect][starts-with(., '95 av 100')])",
                 "1");
}

static void signs_in_the_barometer_are_explained_below_it(void **state)
{
    assert_asked(*state, "string(" FRONT SECTION "/div[@class='frame']/following-sibling::p[1])",
                 "m = Beregnet med en modell, ikke talt · .. = Oppgave mangler");
    assert_asked(*state, "count(" FRONT "//section[h2[@id='tegn']]/p[@class='legend'])", "1");
}

static void line_leads_to_what_the_indicator_counts(void **state)
{
    const char *definition =
        "//page[@file='definisjoner.html']//tr[@id='indikator-pers_nurse_fte_p10k']";
    g_autofree char *n = g_strconcat("count(", definition, "/td[. != ''])", NULL);
    assert_asked(*state, "string(" FRONT SECTION "//tbody/tr[1]/th/a/@href)",
                 "definisjoner.html#indikator-pers_nurse_fte_p10k");
    assert_asked(*state, "string(" KOMMUNE SECTION "//tbody/tr[1]/th/a/@href)",
                 "../definisjoner.html#indikator-pers_nurse_fte_p10k");
    assert_asked(*state, n, "2");
    assert_asked(*state, "count(//page[@file='definisjoner.html']//tr[starts-with(@id, 'indik')])",
                 "2"); /* those of the package alone */
}

static int open_page(void **state)
{
    *state = write_page();
    return 0;
}

static int close_page(void **state)
{
    test_page_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(column_without_a_word_is_left_out),
        cmocka_unit_test(field_is_told_of_where_it_is_drawn),
        cmocka_unit_test(signs_in_the_barometer_are_explained_below_it),
        cmocka_unit_test(line_leads_to_what_the_indicator_counts),
    };
    return cmocka_run_group_tests(tests, open_page, close_page);
}
