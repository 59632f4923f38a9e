/* The formats of PxWeb: sources.md, 1.4, 2.6, 3 and 4. One query, told in each of them. */
#include "tests/upstream/client.h"

#define USERS FAKE_SSB1 "table/12003"
/* Vevelstad is small, Narvik's old code is dead, 2025 as it stood in March. */
#define QUERY(format)                                                                              \
    "{\"query\":[{\"code\":\"KOKkommuneregion0000\",\"selection\":{\"filter\":\"item\","           \
    "\"values\":"                                                                                  \
    "[\"1805\",\"1816\"]}},{\"code\":\"KOKalder0000\",\"selection\":{\"filter\":\"item\","         \
    "\"values\":[\"T\",\"67-79\"]}},{\"code\":\"KOKtjenestegruppe0000\",\"selection\":{"           \
    "\"filter\":"                                                                                  \
    "\"item\",\"values\":[\"INS\"]}},{\"code\":\"Tid\",\"selection\":{\"filter\":\"top\","         \
    "\"values\":[\"1\"]}}],\"response\":{\"format\":\"" format "\"}}"

static SpHttpResponse *fetch(const FakeUpstream *fake, const char *body, const char *type)
{
    SpHttpResponse *response = post(fake, USERS, body);
    assert_int_equal(response->status, 200);
    assert_string_equal(header_of(response, "content-type"), type);
    return response;
}

static void jsonstat2_has_null_and_a_status_for_what_is_no_figure(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpHttpResponse) response =
        fetch(fake, QUERY("json-stat2"), "application/json; charset=utf-8");
    g_autoptr(json_t) json = json_of(response);
    assert_string_equal(text_at(json, "class"), "dataset");
    assert_string_equal(text_at(json, "version"), "2.0");
    assert_string_equal(text_at(json, "updated"), "2026-03-16T07:00:00Z");
    g_autofree char *id = join(json_object_get(json, "id"));
    assert_string_equal(id,
                        "KOKkommuneregion0000 KOKalder0000 KOKtjenestegruppe0000 ContentsCode Tid");
    const json_t *values = json_object_get(json, "value");
    assert_int_equal(json_array_size(values), 4);
    assert_true(json_is_null(json_array_get(values, 0)));
    assert_string_equal(sign_at(json, "0"), ".");
    assert_string_equal(sign_at(json, "1"), ".");
    assert_string_equal(sign_at(json, "2"), ":");
}

static void jsonstat1_keeps_its_order_inside_dimension(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpHttpResponse) response =
        fetch(fake, QUERY("json-stat"), "application/json; charset=utf-8");
    g_autoptr(json_t) json = json_of(response);
    const json_t *dataset = json_object_get(json, "dataset");
    const json_t *dimension = json_object_get(dataset, "dimension");
    assert_null(json_object_get(dataset, "id"));
    assert_int_equal(json_array_size(json_object_get(dimension, "id")), 5);
    assert_int_equal(json_array_size(json_object_get(dimension, "size")), 5);
    assert_non_null(json_object_get(json_object_get(dimension, "role"), "time"));
    assert_string_equal(sign_at(dataset, "0"), ".");
}

static void csv_goes_across_by_contents_and_time(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpHttpResponse) response = fetch(fake, QUERY("csv"), "text/csv; charset=iso-8859-1");
    g_autofree char *text = text_of(response);
    assert_true(g_str_has_prefix(
        text, "\"region\",\"alder\",\"tjenestegruppe\",\"Brukere (antall) 2025\"\r\n"
              "\"Narvik (-2019)\",\"Alle aldre\",\"Institusjon\",\".\"\r\n"));
}

static void csv2_has_texts_and_csv3_codes_one_figure_a_row(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpHttpResponse) texts = fetch(fake, QUERY("csv2"), "text/csv; charset=iso-8859-1");
    g_autoptr(SpHttpResponse) codes = fetch(fake, QUERY("csv3"), "text/csv; charset=iso-8859-1");
    g_autofree char *second = text_of(texts);
    g_autofree char *third = text_of(codes);
    assert_non_null(strstr(
        second, "\"Vevelstad\",\"67-79 \xE5r\",\"Institusjon\",\"Brukere (antall)\",\"2025\","));
    assert_non_null(strstr(third, "\"1816\",\"67-79\",\"INS\",\"KOSbrukere0000\",\"2025\","));
    assert_non_null(strstr(third, "\"1805\",\"T\",\"INS\",\"KOSbrukere0000\",\"2025\",\".\"\r\n"));
}

static void px_declares_its_symbols(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpHttpResponse) response = fetch(fake, QUERY("px"), "application/octet-stream");
    g_autofree char *text = text_of(response);
    assert_true(g_str_has_prefix(text, "CHARSET=\"ANSI\";\r\n"));
    assert_non_null(strstr(text, "CODEPAGE=\"iso-8859-1\";"));
    assert_non_null(strstr(text, "DATASYMBOL3=\":\";"));
    assert_non_null(strstr(text, "HEADING=\"statistikkvariabel\",\"\xE5r\";"));
    assert_non_null(strstr(text, "DATA=\r\n\".\" \r\n\".\" \r\n\":\" "));
    assert_true(g_str_has_suffix(text, ";"));
}

/* Decimals are those of the contents: nothing is more exact than it was published. */
static void figures_have_the_decimals_of_their_contents(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = fake_start();
    g_autoptr(SpHttpResponse) response =
        get(fake,
            FAKE_SSB2 "tables/12209/data?valueCodes[KOKkommuneregion0000]=EAK"
                      "&valueCodes[ContentsCode]=KOShjtj80aarover0001,KOSaarsvbrukerom0000"
                      "&valueCodes[Tid]=2024&outputFormat=csv&outputFormatParams=UseCodes"
                      "&stub=KOKkommuneregion0000,ContentsCode,Tid",
            NULL);
    g_autofree char *text = text_of(response);
    assert_true(g_regex_match_simple("\"KOShjtj80aarover0001\",\"2024\",[0-9]+\\.[0-9]\r", text,
                                     G_REGEX_RAW, 0));
    assert_true(g_regex_match_simple("\"KOSaarsvbrukerom0000\",\"2024\",[0-9]+\\.[0-9]{2}\r", text,
                                     G_REGEX_RAW, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jsonstat2_has_null_and_a_status_for_what_is_no_figure),
        cmocka_unit_test(jsonstat1_keeps_its_order_inside_dimension),
        cmocka_unit_test(csv_goes_across_by_contents_and_time),
        cmocka_unit_test(csv2_has_texts_and_csv3_codes_one_figure_a_row),
        cmocka_unit_test(px_declares_its_symbols),
        cmocka_unit_test(figures_have_the_decimals_of_their_contents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
