/* KLASS: the addresses asked for, the two kinds of answer, and answers that are none. */
#include "extractors/extractor.h"

#include "tests/check.h"
#include "tests/extractors/record.h"
#include "tests/extractors/upstream.h"

/* In the shapes of KLASS's own tests (sources.md 6.2). */
#define CODES                                                                                      \
    "{\"codes\":[{\"code\":\"0301\",\"parentCode\":null,\"level\":\"1\",\"name\":\"Oslo - "        \
    "Oslove\",\"shortName\":\"\","                                                                 \
    "\"presentationName\":\"\",\"validFrom\":null,\"validTo\":null,\"notes\":\"En, to\"},"         \
    "{\"code\":\"1739\",\"parentCode\":null,\"level\":\"1\",\"name\":\"Raarvihke "                 \
    "Røyrvik\",\"shortName\":\"R\","                                                              \
    "\"validFrom\":null,\"validTo\":null,\"validFromInRequestedRange\":\"2014-01-01\","            \
    "\"validToInRequestedRange\":\"2015-01-01\"}]}"
#define CHANGES                                                                                    \
    "{\"codeChanges\":[{\"oldCode\":\"1739\",\"oldName\":\"Raarvihke "                             \
    "Røyrvik\",\"oldShortName\":\"\",\"newCode\":\"5043\","                                       \
    "\"newName\":\"Raarvihke Røyrvik\",\"newShortName\":\"\",\"changeOccurred\":\"2018-01-01\"}," \
    "{\"oldCode\":null,\"oldName\":null,\"newCode\":\"2100\",\"newName\":\"Svalbard\","            \
    "\"changeOccurred\":\"2019-01-01\"}]}"

static const SpExtractor *klass(void)
{
    return sp_extractors_find("klass");
}

static gboolean parse_sized(const char *bytes, gsize size, Record *record, GError **error)
{
    g_autoptr(SpSettings) settings = record_settings(klass(), "url = a.json");
    g_autofree char *updated = NULL;
    gboolean is_read = klass()->parse(&(SpDocument){bytes, size, "a.json", NULL, settings},
                                      &record->sink, &updated, error);
    assert_null(updated);
    return is_read;
}

static void assert_refused(const char *text, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Record) record = record_new();
    assert_false(parse_sized(text, strlen(text), record, &error));
    assert_error(error, SP_ERROR_DATA, part);
    assert_error(error, SP_ERROR_DATA, "a.json: ");
}

static void assert_address(const char *lines, const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Upstream) upstream = upstream_start();
    upstream_answer(upstream, 200, "application/json;charset=UTF-8", CODES);
    g_autofree char *with_host = g_strdup_printf("host = %sv1/\n%s", upstream_url(upstream), lines);
    g_autoptr(SpFetched) fetched = record_fetch(klass(), with_host, &error);
    assert_no_error(error);
    g_autofree char *wanted =
        g_strdup_printf("GET /v1/classifications/131/%s application/json", path);
    assert_string_equal(upstream_request(upstream), wanted);
    assert_string_equal(fetched->suffix, "json");
}

static void each_call_has_its_address_and_asks_for_json(void **state)
{
    (void)state;
    assert_address("classification = 131\ncall = codesAt\ndate = 2024-01-01",
                   "codesAt?date=2024-01-01");
    assert_address("classification = 131\ncall = codes\nfrom = 2017-01-01",
                   "codes?from=2017-01-01");
    assert_address("classification = 131\ncall = changes\nfrom = 2013-01-01\nto = 2024-02-01",
                   "changes?from=2013-01-01&to=2024-02-01");
}

/* A workspace puts a file in the place of the call that the defaults name by adding one key. */
static void url_wins_over_classification(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Upstream) upstream = upstream_start();
    upstream_answer(upstream, 200, "application/json", CODES);
    g_autofree char *lines =
        g_strdup_printf("url = %sa.json\nclassification = 131\ncall = changes\nfrom = 2013-01-01",
                        upstream_url(upstream));
    g_autoptr(SpFetched) fetched = record_fetch(klass(), lines, &error);
    assert_no_error(error);
    assert_non_null(fetched);
    assert_string_equal(upstream_request(upstream), "GET /a.json application/json");
}

static void settings_must_make_a_question(void **state)
{
    (void)state;
    record_check_refused(klass(), "", "neither url nor classification is set");
    record_check_refused(klass(), "classification = 131", "call");
    record_check_refused(klass(), "classification = 131\ncall = variants",
                         "want codesAt, codes, changes, correspondsAt");
    record_check_refused(klass(), "call = correspondencetables\ntable = x", "not a number");
    record_check_refused(klass(), "classification = 112\ncall = correspondsAt\ndate = 2026-01-01",
                         "target");
    record_check_refused(klass(), "url = a\nformat = xlsx", "want json, xml or csv");
    record_check_refused(klass(), "classification = kommuner\ncall = codes\nfrom = 2017-01-01",
                         "not a number of KLASS");
    record_check_refused(klass(), "classification = 131\ncall = codesAt", "date");
    record_check_refused(klass(), "classification = 131\ncall = changes\nfrom = 2017",
                         "from = 2017: not a day");
}

static void codes_keep_leading_zeros_and_nulls_are_empty(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Record) record = record_new();
    assert_true(parse_sized(CODES, strlen(CODES), record, &error));
    assert_string_equal(
        record->names,
        "code|parentCode|level|name|shortName|validFrom|validTo|validFromInRequestedRange|"
        "validToInRequestedRange");
    assert_string_equal(record_row(record, 0), "1: 0301||1|Oslo - Oslove|||||");
    assert_string_equal(record_row(record, 1),
                        "2: 1739||1|Raarvihke Røyrvik|R|||2014-01-01|2015-01-01");
    assert_int_equal(record->n_rows, 2);
}

static void changes_keep_births_of_codes(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Record) record = record_new();
    assert_true(parse_sized(CHANGES, strlen(CHANGES), record, &error));
    assert_string_equal(record->names, "oldCode|oldName|newCode|newName|changeOccurred");
    assert_string_equal(record_row(record, 0),
                        "1: 1739|Raarvihke Røyrvik|5043|Raarvihke Røyrvik|2018-01-01");
    assert_string_equal(record_row(record, 1), "2: ||2100|Svalbard|2019-01-01");
}

static void quiet_years_have_no_changes_but_a_day_has_codes(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Record) record = record_new();
    assert_true(parse_sized("{\"codeChanges\":[]}", 18, record, &error));
    assert_int_equal(record->n_rows, 0);
    assert_refused("{\"codes\":[]}", "0 items");
}

static void answers_in_other_forms_are_named(void **state)
{
    (void)state;
    assert_refused("<problem><title>Bad Request</title></problem>", "neither \"codes\"");
    assert_refused("<!DOCTYPE html><html></html>", "an HTML page, want JSON, XML or CSV");
    assert_refused("PK\x03\x04", "a zip archive or workbook, want JSON");
    assert_refused("Required request parameter 'date' is not present", "neither \"codes\"");
    assert_refused("", "empty");
    assert_refused("{\"codes\":[{\"code\":\"03", "cut short");
    assert_refused("{\"codes\":[{\"code\":\"0301\",\"name\":\"\xD8st\"}]}", "line 1");
    assert_refused("{\"status\":404,\"message\":\"No classification\"}",
                   "neither \"codes\" nor \"codeChanges\"");
    assert_refused("[]", "neither \"codes\" nor \"codeChanges\"");
}

static void damaged_items_are_named_by_number(void **state)
{
    (void)state;
    assert_refused("{\"codes\":[{\"code\":\"0301\",\"name\":\"Oslo\"},{\"name\":\"X\"}]}",
                   "item 2 of codes has no code");
    assert_refused("{\"codes\":[{\"code\":301,\"name\":\"Oslo\"}]}",
                   "item 1 of codes: code is not a text");
    assert_refused("{\"codes\":[\"0301\"]}", "item 1 of codes is not an object");
    assert_refused("{\"codes\":{\"code\":\"0301\"}}", "codes holds 0 items");
    assert_refused(
        "{\"codeChanges\":[{\"oldCode\":null,\"newCode\":null,\"changeOccurred\":\"2018-01-01\"}]}",
        "neither oldCode nor newCode");
    assert_refused(
        "{\"codeChanges\":[{\"oldCode\":\"1\",\"newCode\":\"2\",\"changeOccurred\":\"2018\"}]}",
        "no day in changeOccurred");
    assert_refused("{\"codeChanges\":[{\"oldCode\":\"1\",\"newCode\":\"2\"}]}",
                   "no day in changeOccurred");
    assert_refused("{\"codeChanges\":[7]}", "item 1 of codeChanges is not an object");
}

static void parse_to(const char *text, Record *record)
{
    g_autoptr(GError) error = NULL;
    parse_sized(text, strlen(text), record, &error);
    assert_no_error(error);
}

/* As KLASS writes them (sources.md 6.2): the same rows as of JSON. */
static void xml_and_csv_give_the_rows_of_json(void **state)
{
    (void)state;
    static const char *const codes[] = {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<codeList><codeItem><code>0301</code>"
        "<parentCode/><level>1</level><name>Oslo &amp; <![CDATA[Åsgård]]></name><shortName/>"
        "<notes>a<b>0302</b></notes></codeItem><codeItem><code>1739</code><level>1</level>"
        "<name>Raarvihke "
        "Røyrvik</name><shortName>R</shortName><validFromInRequestedRange>2014-01-01"
        "</validFromInRequestedRange><validToInRequestedRange>2015-01-01</validToInRequestedRange>"
        "</codeItem></codeList>",
        "\"code\",\"parentCode\",\"level\",\"name\",\"shortName\",\"presentationName\","
        "\"validFrom\","
        "\"validTo\",\"validFromInRequestedRange\",\"validToInRequestedRange\",\"notes\"\n"
        "\"0301\",,\"1\",\"Oslo & \xC5sg\xE5rd\",\"\",\"\",,,,,\"\"\n"
        "\"1739\",,\"1\",\"Raarvihke "
        "R\xF8yrvik\",\"R\",\"\",,,\"2014-01-01\",\"2015-01-01\",\"\"\n",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
        g_autoptr(Record) record = record_new();
        parse_to(codes[i], record);
        assert_string_equal(
            record->names,
            "code|parentCode|level|name|shortName|validFrom|validTo|validFromInRequestedRange|"
            "validToInRequestedRange");
        assert_int_equal(record->n_rows, 2);
        assert_string_equal(record_row(record, 0), "1: 0301||1|Oslo & Åsgård|||||");
        assert_string_equal(record_row(record, 1),
                            "2: 1739||1|Raarvihke Røyrvik|R|||2014-01-01|2015-01-01");
    }
}

static void births_of_codes_are_empty_in_every_form(void **state)
{
    (void)state;
    static const char *const changes[] = {
        "{\"codeChanges\":[{\"oldCode\":null,\"newCode\":\"2100\",\"newName\":\"Svalbard\","
        "\"changeOccurred\":\"2019-01-01\"}]}",
        "<codeChangeList><codeChangeItem><oldCode/><newCode>2100</newCode><newName>Svalbard"
        "</newName><changeOccurred>2019-01-01</changeOccurred></codeChangeItem></codeChangeList>",
        "\"oldCode\";\"newCode\";\"newName\";\"changeOccurred\"\n"
        ";\"2100\";\"Svalbard\";\"2019-01-01\"\n",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_autoptr(Record) record = record_new();
        parse_to(changes[i], record);
        assert_string_equal(record->names, "oldCode|oldName|newCode|newName|changeOccurred");
        assert_string_equal(record_row(record, 0), "1: ||2100|Svalbard|2019-01-01");
    }
    g_autoptr(Record) quiet = record_new();
    parse_to("<codeChangeList/>", quiet);
    assert_int_equal(quiet->n_rows, 0);
    assert_int_equal(quiet->n_begins, 1);
}

static void correspondences_are_read_with_and_without_days(void **state)
{
    (void)state;
    static const char *const links[] = {
        "{\"correspondenceItems\":[{\"sourceCode\":\"EKG13\",\"sourceName\":\"Oslo\","
        "\"targetCode\":\"0301\",\"targetName\":\"Oslo\",\"validFrom\":null}]}",
        "{\"name\":\"x\",\"id\":2840,\"correspondenceMaps\":[{\"sourceCode\":\"EKG13\","
        "\"sourceName\":\"Oslo\",\"targetCode\":\"0301\",\"targetName\":\"Oslo\"}]}",
        "<correspondenceTable><name>x</"
        "name><correspondenceMaps><correspondenceMap><sourceCode>EKG13"
        "</sourceCode><sourceName>Oslo</sourceName><targetCode>0301</targetCode><targetName>Oslo"
        "</targetName></correspondenceMap></correspondenceMaps></correspondenceTable>",
        "\"sourceCode\",\"sourceName\",\"targetCode\",\"targetName\"\n"
        "\"EKG13\",\"Oslo\",\"0301\",\"Oslo\"\n",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(links); i++) {
        g_autoptr(Record) record = record_new();
        parse_to(links[i], record);
        assert_string_equal(record->names,
                            "sourceCode|sourceName|targetCode|targetName|validFrom|validTo");
        assert_string_equal(record_row(record, 0), "1: EKG13|Oslo|0301|Oslo||");
    }
}

/* ISO-8859-1 has á but not š: KLASS writes ? for it. */
static void lost_letters_are_told_with_the_remedy(void **state)
{
    (void)state;
    assert_refused("\"code\",\"name\"\n\"1853\",\"Evenes - Even\xE1??i\"\n",
                   "name \"Evenes - Evená??i\" has lost letters that ISO-8859-1 has not; fetch it "
                   "as JSON");
    assert_refused("{\"codes\":[{\"code\":\"1\",\"name\":\"R\xEF\xBF\xBDst\"}]}",
                   "has lost letters");
    g_autoptr(Record) question = record_new();
    parse_to("{\"codes\":[{\"code\":\"1\",\"name\":\"Hva?\"}]}", question);
    assert_int_equal(question->n_rows, 1);
}

static void hostile_xml_is_refused(void **state)
{
    (void)state;
    assert_refused("<!DOCTYPE codeList [<!ENTITY a \"b\">]><codeList><codeItem><code>&a;</code>"
                   "</codeItem></codeList>",
                   "DOCTYPE");
    assert_refused("<!DOCTYPE codeList SYSTEM \"http://127.0.0.1:1/x.dtd\"><codeList/>", "DOCTYPE");
    assert_refused("<codeList><codeItem><code>&a;</code></codeItem></codeList>", "line 1");
    assert_refused("<codeList><codeItem><code>1</code></codeItem>", "line 1");
    assert_refused("<codeList><codeItem><name>\xD8</name></codeItem></codeList>", "line 1");
    assert_refused("<codeList/>", "codes holds 0 items");
    g_autoptr(GString) deep = g_string_new("<codeList>");
    for (int i = 0; i < 100; i++) {
        g_string_append(deep, "<a>");
    }
    assert_refused(deep->str, "stand in each other deeper");
    g_autofree char *filler = g_strnfill(70000, 'x');
    g_autofree char *big =
        g_strdup_printf("<codeList><codeItem><code>%s</code></codeItem></codeList>", filler);
    assert_refused(big, "the text between two tags has more bytes");
}

/* ssb-klass-131-kommuner/README.md: 357 kommuner and 9999 Uoppgitt. */
static void recorded_answer_holds_every_kommune(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    gsize size = 0;
    g_autofree char *bytes = record_read(
        &size, folder, "ssb-klass-131-kommuner/raw/klass_131_codesAt_2026-01-01.json", NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(Record) record = record_new();
    parse_sized(bytes, size, record, &error);
    assert_no_error(error);
    assert_int_equal(record->n_rows, 358);
    assert_string_equal(record_row(record, 0), "1: 0301||1|Oslo - Oslove|||||");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_call_has_its_address_and_asks_for_json),
        cmocka_unit_test(url_wins_over_classification),
        cmocka_unit_test(settings_must_make_a_question),
        cmocka_unit_test(codes_keep_leading_zeros_and_nulls_are_empty),
        cmocka_unit_test(changes_keep_births_of_codes),
        cmocka_unit_test(quiet_years_have_no_changes_but_a_day_has_codes),
        cmocka_unit_test(answers_in_other_forms_are_named),
        cmocka_unit_test(damaged_items_are_named_by_number),
        cmocka_unit_test(xml_and_csv_give_the_rows_of_json),
        cmocka_unit_test(births_of_codes_are_empty_in_every_form),
        cmocka_unit_test(correspondences_are_read_with_and_without_days),
        cmocka_unit_test(lost_letters_are_told_with_the_remedy),
        cmocka_unit_test(hostile_xml_is_refused),
        cmocka_unit_test(recorded_answer_holds_every_kommune),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
