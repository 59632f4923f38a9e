/* The layout pai_bemanning: positions become årsverk by area and profession, for the projection of
 * demand. */
#include "tests/check.h"
#include "tests/pipeline/people.h"

#define HEADER                                                                                     \
    "aar;orgnr;kommune;person;foedselsaar;kjonn;stillingskode;lokal_tittel;ansettelse;"            \
    "stillingsprosent;funksjon;utdanning;grunnloenn;fravaer_egen;fravaer_lege\r\n"

/* A position; one of function 202 (school) is none of ours. */
#define POSITION(kommune, person, code, percent, function)                                         \
    "2024;974761211;" kommune ";" person ";1980;2;" code ";;F;" percent ";" function ";;;;\r\n"

static void areas_are_those_of_the_functions(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = people_country("layout = pai_stillinger, pai_bemanning\n");
    people_deliver(mini, DELIVERY,
                   HEADER POSITION("0301", "aaaaaaaaaaaaaaa1", "7174", "50,00", "253")
                       POSITION("0301", "aaaaaaaaaaaaaaa1", "7174", "25,00", "257")
                           POSITION("0301", "aaaaaaaaaaaaaaa2", "6185", "80,00", "232")
                               POSITION("0301", "aaaaaaaaaaaaaaa3", "7174", "100,00", "241")
                                   POSITION("0301", "aaaaaaaaaaaaaaa4", "7174", "100,00", "202"));
    g_auto(Result) result = mini_run(mini, NULL, "statpakke-run", "--until=normalise", NULL);
    assert_string_equal(result.err, "");
    assert_int_equal(result.status, 0);
    g_autofree char *text = mini_text(mini, FACTS "/bemanning.csv");
    assert_has(text, "period,region,yrke,omraade,aarsverk,");
    assert_has(text, "\n2024-12-01,0301,helsesykepleier,helse,0.8,,,1,,\n");
    assert_has(text, "\n2024-12-01,0301,sykepleier,helse,1,,,1,,\n");
    /* One person in two functions of an area is one person. */
    assert_has(text, "\n2024-12-01,0301,sykepleier,omsorg,0.75,,,1,,\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(areas_are_those_of_the_functions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
