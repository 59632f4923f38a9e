/* KLASS: sources.md, section 6. */
#include "tests/upstream/client.h"

#define KOMMUNER FAKE_KLASS "classifications/131/"

static int setup(void **state)
{
    *state = fake_start();
    return 0;
}

static int teardown(void **state)
{
    fake_upstream_stop(*state);
    return 0;
}

static gsize count(void **state, const char *path, const char *member)
{
    g_autoptr(json_t) json = get_json(*state, path);
    return json_array_size(json_object_get(json, member));
}

static void xml_is_what_comes_without_a_wish(void **state)
{
    g_autoptr(SpHttpResponse) response = get(*state, KOMMUNER "codesAt?date=2024-01-01", NULL);
    g_autofree char *text = text_of(response);
    assert_string_equal(header_of(response, "content-type"), "text/xml;charset=UTF-8");
    assert_non_null(strstr(text, "<codeList><codeItem><code>0301</code><parentCode/>"));
    assert_null(strstr(text, "InRequestedRange"));
}

static void json_has_a_day_of_codes_with_9999(void **state)
{
    assert_int_equal(count(state, KOMMUNER "codesAt?date=2024-01-01", "codes"), 358);
    assert_int_equal(count(state, KOMMUNER "codesAt?date=2023-12-31", "codes"), 357);
    assert_int_equal(count(state, KOMMUNER "codesAt?date=2016-01-01", "codes"), 429);
    assert_int_equal(
        count(state, FAKE_KLASS "classifications/104/codesAt?date=2024-01-01", "codes"), 15);
    g_autoptr(json_t) json = get_json(*state, KOMMUNER "codesAt?date=2024-01-01");
    const json_t *first = json_array_get(json_object_get(json, "codes"), 0);
    assert_string_equal(text_at(first, "level"), "1"); /* a text */
    assert_true(json_is_null(json_object_get(first, "validTo")));
}

static void suffix_still_works(void **state)
{
    g_autoptr(SpHttpResponse) response = get(*state, KOMMUNER "codesAt.json?date=2024-01-01", NULL);
    assert_string_equal(header_of(response, "content-type"), "application/json;charset=UTF-8");
}

static void code_comes_once_for_each_name_of_it(void **state)
{
    g_autoptr(json_t) json =
        get_json(*state, KOMMUNER "codes?from=2014-01-01&to=2016-01-01&selectCodes=1739");
    const json_t *codes = json_object_get(json, "codes");
    assert_int_equal(json_array_size(codes), 2);
    const json_t *first = json_array_get(codes, 0);
    assert_string_equal(text_at(first, "name"), "Røyrvik");
    assert_string_equal(text_at(first, "validFromInRequestedRange"), "2014-01-01");
    assert_string_equal(text_at(first, "validToInRequestedRange"), "2015-01-01");
    assert_string_equal(text_at(json_array_get(codes, 1), "validToInRequestedRange"), "2016-01-01");
}

static void csv_is_latin1_unless_utf8_is_asked_for(void **state)
{
    const char *path = KOMMUNER "codesAt?date=2024-01-01&selectCodes=1853,5501&csvFields=code,name";
    assert_answer(get(*state, path, "text/csv"), 200,
                  "\"code\",\"name\"\n\"1853\",\"Evenes - Even\xE1??i\"\n"
                  "\"5501\",\"Troms\xF8\"\n");
    g_autoptr(SpHttpResponse) utf8 = get(*state, path, "text/csv;charset=UTF-8");
    g_autofree char *text = text_of(utf8);
    assert_non_null(strstr(text, "\"Evenes - Evenášši\""));
}

static void csv_has_the_separator_and_fields_of_its_caller(void **state)
{
    assert_answer(
        get(*state, KOMMUNER "codesAt?date=2024-01-01&selectCodes=0301&csvSeparator=;", "text/csv"),
        200,
        "\"code\";\"parentCode\";\"level\";\"name\";\"shortName\";\"presentationName\";"
        "\"validFrom\";\"validTo\";\"notes\"\n"
        "\"0301\";;\"1\";\"Oslo - Oslove\";\"\";\"\";;;\"\"\n");
    g_autoptr(SpHttpResponse) wrong =
        get(*state, KOMMUNER "codesAt?date=2024-01-01&csvFields=Code", "text/csv");
    assert_int_equal(wrong->status, 400);
}

static void codes_are_chosen_by_stars_and_ranges(void **state)
{
    assert_int_equal(
        count(state, KOMMUNER "codesAt?date=2024-01-01&selectCodes=03*,1101-1106", "codes"), 4);
    g_autoptr(GString) many = g_string_new(KOMMUNER "codesAt?date=2024-01-01&selectCodes=0");
    for (int i = 1; i <= 20; i++) {
        g_string_append_printf(many, ",%d", i);
    }
    g_autoptr(SpHttpResponse) response = get(*state, many->str, NULL);
    assert_int_equal(response->status, 400);
}

static void changes_hold_merges_splits_and_new_names(void **state)
{
    g_autoptr(json_t) json = get_json(*state, KOMMUNER "changes?from=2024-01-01&to=2024-01-02");
    const json_t *changes = json_object_get(json, "codeChanges");
    guint n_of_aalesund = 0;
    guint n_names = 0;
    for (gsize i = 0; i < json_array_size(changes); i++) {
        const json_t *change = json_array_get(changes, i);
        n_of_aalesund += strcmp(text_at(change, "oldCode"), "1507") == 0;
        n_names += strcmp(text_at(change, "oldCode"), text_at(change, "newCode")) == 0;
    }
    assert_int_equal(json_array_size(changes), 118);
    assert_int_equal(n_of_aalesund, 2);
    assert_int_equal(n_names, 3);
    assert_int_equal(count(state, KOMMUNER "changes?from=2023-01-02&to=2024-01-01", "codeChanges"),
                     0); /* `to` is exclusive */
}

static void future_is_left_out_until_it_is_asked_for(void **state)
{
    g_autoptr(FakeUpstream) fake = fake_start();
    assert_true(fake_upstream_set_clock(fake, "2023-11-01"));
    void *inner = fake;
    const char *path = KOMMUNER "changes?from=2023-06-01&to=2024-06-01";
    assert_int_equal(count(&inner, path, "codeChanges"), 0);
    g_autofree char *future = g_strconcat(path, "&includeFuture=true", NULL);
    assert_int_equal(count(&inner, future, "codeChanges"), 118);
    (void)state;
}

static void groups_correspond_to_kommuner(void **state)
{
    assert_int_equal(count(state,
                           FAKE_KLASS "classifications/112/"
                                      "correspondsAt?targetClassificationId=131&date=2026-01-01",
                           "correspondenceItems"),
                     357);
    g_autoptr(json_t) table = get_json(*state, FAKE_KLASS "correspondencetables/2840");
    assert_int_equal(json_array_size(json_object_get(table, "correspondenceMaps")), 357);
    assert_int_equal(json_integer_value(json_object_get(table, "targetId")), 131);
    g_autoptr(SpHttpResponse) xml = get(*state, FAKE_KLASS "correspondencetables/2840", NULL);
    g_autofree char *text = text_of(xml);
    assert_non_null(strstr(text, "<correspondenceMap><sourceCode>EKG13</sourceCode>"));
}

static void centrality_corresponds_to_kommuner(void **state)
{
    assert_int_equal(
        count(state, FAKE_KLASS "classifications/128/codesAt?date=2026-01-01", "codes"), 6);
    g_autoptr(json_t) json =
        get_json(*state, FAKE_KLASS
                 "classifications/128/correspondsAt?targetClassificationId=131&date=2026-01-01");
    const json_t *items = json_object_get(json, "correspondenceItems");
    assert_int_equal(json_array_size(items), 357);
    assert_string_equal(text_at(json_array_get(items, 0), "targetCode"), "0301");
    assert_string_equal(text_at(json_array_get(items, 0), "sourceCode"), "1");
}

static void range_with_a_hole_is_404(void **state)
{
    g_autoptr(SpHttpResponse) response =
        get(*state,
            FAKE_KLASS "classifications/112/corresponds?targetClassificationId=131&from=2023-01-01"
                       "&to=2025-01-01",
            "application/json");
    assert_int_equal(response->status, 404);
}

static void version_is_told_in_xml(void **state)
{
    g_autoptr(SpHttpResponse) response = get(*state, FAKE_KLASS "versions/683", NULL);
    g_autofree char *text = text_of(response);
    assert_non_null(strstr(text, "<classificationVersion><name>Yrkeskatalogen, basert på STYRK 98 "
                                 "2016-12</name><id>683</id><validFrom>2016-12-01</validFrom>"));
}

static void list_of_classifications_has_pages(void **state)
{
    g_autoptr(json_t) json = get_json(*state, FAKE_KLASS "classifications?size=2&page=1");
    const json_t *embedded = json_object_get(json, "_embedded");
    assert_int_equal(json_array_size(json_object_get(embedded, "classifications")), 2);
    const json_t *page = json_object_get(json, "page");
    assert_int_equal(json_integer_value(json_object_get(page, "totalPages")), 2);
}

static void errors_are_documents_but_bare_texts_for_csv(void **state)
{
    g_autoptr(SpHttpResponse) json = get(*state, KOMMUNER "changes", "application/json");
    g_autoptr(json_t) problem = json_of(json);
    assert_int_equal(json->status, 400);
    assert_string_equal(text_at(problem, "title"), "Bad Request");
    g_autoptr(SpHttpResponse) csv = get(*state, KOMMUNER "codesAt", "text/csv");
    g_autofree char *text = text_of(csv);
    assert_int_equal(csv->status, 400);
    assert_true(g_str_has_prefix(text, "Required request parameter 'date'"));
    g_autoptr(SpHttpResponse) id = get(*state, FAKE_KLASS "classifications/kommune/codes", NULL);
    assert_int_equal(id->status, 400);
    g_autoptr(SpHttpResponse) none =
        get(*state, FAKE_KLASS "classifications/99999/codesAt?date=2024-01-01", NULL);
    assert_int_equal(none->status, 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xml_is_what_comes_without_a_wish),
        cmocka_unit_test(json_has_a_day_of_codes_with_9999),
        cmocka_unit_test(suffix_still_works),
        cmocka_unit_test(code_comes_once_for_each_name_of_it),
        cmocka_unit_test(csv_is_latin1_unless_utf8_is_asked_for),
        cmocka_unit_test(csv_has_the_separator_and_fields_of_its_caller),
        cmocka_unit_test(codes_are_chosen_by_stars_and_ranges),
        cmocka_unit_test(changes_hold_merges_splits_and_new_names),
        cmocka_unit_test(future_is_left_out_until_it_is_asked_for),
        cmocka_unit_test(groups_correspond_to_kommuner),
        cmocka_unit_test(centrality_corresponds_to_kommuner),
        cmocka_unit_test(range_with_a_hole_is_404),
        cmocka_unit_test(version_is_told_in_xml),
        cmocka_unit_test(list_of_classifications_has_pages),
        cmocka_unit_test(errors_are_documents_but_bare_texts_for_csv),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
