/* The selection grammar of PxWebApi v2: sources.md, 2.2, 2.3 and 2.5. */
#include "tests/upstream/client.h"

#define DATA FAKE_SSB2 "tables/07459/data?"
#define REST "&valueCodes[ContentsCode]=Personer1"

static int setup(void **state)
{
    FakeUpstream *fake = fake_start();
    fake_upstream_set_rate2(fake, 0, 60);
    *state = fake;
    return 0;
}

static int teardown(void **state)
{
    fake_upstream_stop(*state);
    return 0;
}

static void assert_chosen(void **state, const char *selection, const char *dimension,
                          const char *codes)
{
    g_autofree char *path = g_strconcat(DATA, selection, REST, NULL);
    g_autoptr(json_t) json = get_json(*state, path);
    g_autofree char *got = codes_of(json, dimension);
    assert_string_equal(got, codes);
}

static void assert_refused(void **state, const char *selection, const char *title)
{
    g_autofree char *path = g_strconcat(DATA, selection, NULL);
    g_autofree char *body =
        g_strdup_printf("{\"type\":\"Parameter error\",\"title\":\"%s\",\"status\":400}", title);
    assert_answer(get(*state, path, NULL), 400, body);
}

static void years_are_chosen_by_expressions(void **state)
{
    assert_chosen(state, "valueCodes[Tid]=top(2)", "Tid", "2025 2026");
    assert_chosen(state, "valueCodes[Tid]=[top(2,1)]", "Tid", "2024 2025");
    assert_chosen(state, "valueCodes[Tid]=bottom(2)", "Tid", "1986 1987");
    assert_chosen(state, "valueCodes[Tid]=FROM(2025)", "Tid", "2025 2026");
    assert_chosen(state, "valueCodes[Tid]=to(1987)", "Tid", "1986 1987");
    assert_chosen(state, "valueCodes[Tid]=[range(2020,2022)],2026", "Tid", "2020 2021 2022 2026");
    assert_chosen(state, "valueCodes[Tid]=202?", "Tid", "2020 2021 2022 2023 2024 2025 2026");
    assert_chosen(state, "valueCodes[Tid]=*25", "Tid", "2025");
    assert_chosen(state, "valuecodes%5Btid%5D=2026", "Tid", "2026");
}

static void top_of_what_is_not_time_is_the_first(void **state)
{
    assert_chosen(state, "valueCodes[Tid]=2026&valueCodes[Region]=top(2)", "Region", "0 01");
}

static void codes_ignore_case_and_code_lists_do_not(void **state)
{
    assert_chosen(state,
                  "valueCodes[Tid]=2026&valueCodes[Region]=k-0301&codelist[Region]=agg_KommSummer",
                  "Region", "K-0301");
    assert_refused(
        state,
        "valueCodes[Tid]=2026&valueCodes[Region]=K-0301&codelist[Region]=agg_kommsummer" REST,
        "Non-existent codelist");
}

/* The server splits at commas that are not in brackets: the rest is then no expression. */
static void expression_with_a_bare_comma_is_illegal(void **state)
{
    assert_refused(state, "valueCodes[Tid]=range(2020,2022)" REST, "Illegal selection expression");
    assert_refused(state, "valueCodes[Tid]=range(2020%2C2022)" REST,
                   "Illegal selection expression");
}

static void stars_stand_at_the_ends_only(void **state)
{
    assert_refused(state, "valueCodes[Tid]=2*6" REST, "Illegal selection expression");
    assert_refused(state, "valueCodes[Tid]=*2*6" REST, "Illegal selection expression");
    assert_refused(state, "valueCodes[Tid]=top(0)" REST, "Illegal selection expression");
    assert_chosen(state, "valueCodes[Tid]=*202*&valueCodes[Region]=0301", "Region", "0301");
}

static void what_is_not_there_is_named(void **state)
{
    assert_refused(state, "valueCodes[Tid]=2026&valueCodes[Kommune]=0301" REST,
                   "Non-existent variable");
    assert_refused(state, "valueCodes[Tid]=2026&valueCodes[Region]=301" REST, "Non-existent value");
    assert_refused(state, "valueCodes[Tid]=from(2050)" REST, "Non-existent value");
}

static void contents_and_time_must_be_given(void **state)
{
    assert_refused(state, "valueCodes[Tid]=2026", "Missing selection for mandantory variable");
    assert_refused(state, "valueCodes[Region]=0301" REST,
                   "Missing selection for mandantory variable");
    assert_refused(state, "valueCodes[Tid]=" REST, "Illegal selection for mandantory variable");
}

static void region_of_a_kostra_table_must_be_given(void **state)
{
    assert_answer(get(*state,
                      FAKE_SSB2 "tables/12209/data?valueCodes[ContentsCode]=*&valueCodes[Tid]=2025",
                      NULL),
                  400,
                  "{\"type\":\"Parameter error\",\"title\":\"Missing selection for mandantory "
                  "variable\",\"status\":400}");
}

static void repeated_code_is_500_without_a_body(void **state)
{
    g_autoptr(GError) error = NULL;
    assert_null(try_fetch(*state, DATA "valueCodes[Region]=0301,0301&valueCodes[Tid]=2026" REST,
                          (SpHttpRequest){.tries.n = 1}, &error));
    assert_error(error, SP_ERROR_UNAVAILABLE, "status 500");
}

static void too_many_cells_are_400(void **state)
{
    assert_answer(get(*state,
                      DATA "valueCodes[Region]=*&valueCodes[Alder]=*&valueCodes[Kjonn]=*"
                           "&valueCodes[Tid]=from(2020)" REST,
                      NULL),
                  400,
                  "{\"type\":\"Parameter error\",\"title\":\"Too many cells selected\",\"status\":"
                  "400,\"detail\":\"Too many cells selected\"}");
}

static void body_chooses_as_the_address_does(void **state)
{
    g_autoptr(SpHttpResponse) posted =
        post(*state, FAKE_SSB2 "tables/07459/data?outputFormat=json-stat2",
             "{\"selection\":[{\"variableCode\":\"Region\",\"codelist\":\"agg_KommFylker\","
             "\"valueCodes\":[\"F-03\",\"F-46\"]},{\"variableCode\":\"ContentsCode\","
             "\"valueCodes\":[\"Personer1\"]},{\"variableCode\":\"Tid\",\"valueCodes\":"
             "[\"range(2020,2022)\"]}]}");
    assert_int_equal(posted->status, 200);
    g_autoptr(json_t) by_body = json_of(posted);
    g_autoptr(json_t) by_address =
        get_json(*state, DATA "valueCodes[Region]=F-03,F-46&codelist[Region]=agg_KommFylker"
                              "&valueCodes[Tid]=[range(2020,2022)]" REST);
    assert_true(json_equal(by_body, by_address));
}

static void placement_of_what_is_not_there_is_illegal(void **state)
{
    assert_answer(post(*state, FAKE_SSB2 "tables/07459/data",
                       "{\"selection\":[{\"variableCode\":\"ContentsCode\",\"valueCodes\":[\"*\"]},"
                       "{\"variableCode\":\"Tid\",\"valueCodes\":[\"2026\"]}],"
                       "\"placement\":{\"heading\":[\"Aar\"],\"stub\":[]}}"),
                  400,
                  "{\"type\":\"Parameter error\",\"title\":\"Illegal placment\",\"status\":400}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_are_chosen_by_expressions),
        cmocka_unit_test(top_of_what_is_not_time_is_the_first),
        cmocka_unit_test(codes_ignore_case_and_code_lists_do_not),
        cmocka_unit_test(expression_with_a_bare_comma_is_illegal),
        cmocka_unit_test(stars_stand_at_the_ends_only),
        cmocka_unit_test(what_is_not_there_is_named),
        cmocka_unit_test(contents_and_time_must_be_given),
        cmocka_unit_test(region_of_a_kostra_table_must_be_given),
        cmocka_unit_test(repeated_code_is_500_without_a_body),
        cmocka_unit_test(too_many_cells_are_400),
        cmocka_unit_test(body_chooses_as_the_address_does),
        cmocka_unit_test(placement_of_what_is_not_there_is_illegal),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
