/* The calls of open KUHR data: sources.md, 9.1. */
#include "extractors/kuhr/calls.h"

#include "tests/check.h"

static SpKuhrQuestion months(const char *from, const char *to)
{
    return (SpKuhrQuestion){.host = "https://a.example/v1",
                            .call = "kommune/maned",
                            .fagomraade = "LE",
                            .from = from,
                            .to = to,
                            .takstkoder = "2ad, 2ak"};
}

static void a_question_by_year_is_one_call(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    const SpKuhrQuestion question = {.host = "https://a.example/v1/",
                                     .call = "kommune/ar",
                                     .fagomraade = "LE",
                                     .from = "2015",
                                     .to = "2019",
                                     .takstkoder = "H1",
                                     .regioner = "0301",
                                     .praksistyper = "FALE,LEVA"};
    g_autoptr(GPtrArray) urls = sp_kuhr_calls(&question, &error);
    assert_no_error(error);
    assert_int_equal(urls->len, 1);
    assert_string_equal(urls->pdata[0],
                        "https://a.example/v1/takstbruk/agtakst/kommune/ar?fagomraade=LE"
                        "&fomar=2015&tomar=2019&takstkoder=H1&kommuner=0301"
                        "&praksistyper=FALE,LEVA");
}

/* 13 months are one call, 14 are two, and no month is in two calls. */
static void months_are_split_by_thirteen(void **state)
{
    (void)state;
    const SpKuhrQuestion thirteen = months("2018-05", "2019-05");
    const SpKuhrQuestion more = months("2018-05", "2020-12");
    g_autoptr(GPtrArray) one = sp_kuhr_calls(&thirteen, NULL);
    assert_int_equal(one->len, 1);
    g_autoptr(GPtrArray) urls = sp_kuhr_calls(&more, NULL);
    assert_int_equal(urls->len, 3);
    assert_non_null(strstr(urls->pdata[0], "&fommaned=201805&tommaned=201905&takstkoder=2ad,2ak"));
    assert_non_null(strstr(urls->pdata[1], "&fommaned=201906&tommaned=202006&"));
    assert_non_null(strstr(urls->pdata[2], "&fommaned=202007&tommaned=202012&"));
}

static void csv_is_asked_for_below_eksport(void **state)
{
    (void)state;
    SpKuhrQuestion question = months("2018-05", "2018-05");
    question.is_csv = TRUE;
    g_autoptr(GPtrArray) urls = sp_kuhr_calls(&question, NULL);
    assert_true(g_str_has_prefix(urls->pdata[0],
                                 "https://a.example/v1/takstbruk/eksport/agtakst/kommune/maned?"));
}

static void check_refused(SpKuhrQuestion question, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(sp_kuhr_calls(&question, &error));
    assert_error(error, SP_ERROR_CONFIG, part);
}

static void what_is_no_question_is_refused(void **state)
{
    (void)state;
    SpKuhrQuestion country = months("2018-05", "2018-06");
    SpKuhrQuestion other = country;
    country.call = "landet/maned";
    country.regioner = "0301";
    other.call = "bydel/ar";
    check_refused(country, "takes no regions");
    check_refused(other, "call = bydel/ar");
    check_refused(months("2018", "2019"), "want months");
    check_refused(months("2018-13", "2019-01"), "want months");
    check_refused(months("2018-1", "2019-01"), "want months");
    check_refused(months("2019-02", "2019-01"), "the first one first");
    check_refused(months("18-02", "2019-01"), "want months");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_by_year_is_one_call),
        cmocka_unit_test(months_are_split_by_thirteen),
        cmocka_unit_test(csv_is_asked_for_below_eksport),
        cmocka_unit_test(what_is_no_question_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
