/* KUHR, DBH and Udir: sources.md, 9.1, 11 and 12. */
#include "tests/upstream/client.h"

#define USE FAKE_KUHR "takstbruk/agtakst/"
#define GRADES FAKE_DBH "Tabeller/hentJSONTabellData"
#define YEARS "&fomar=2022&tomar=2023&takstkoder=2ad"
#define APPRENTICES FAKE_UDIR "152/"
#define FILTER "filter=TidID(202212)_EierformID(-10)_KjoennID(-10)_EnhetNivaa(3)"

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

static void kuhr_rows_have_the_fields_of_the_register(void **state)
{
    g_autoptr(json_t) json =
        get_json(*state, USE "kommune/ar?fagomraade=LE&kommuner=1505&praksistyper=FATU" YEARS);
    const json_t *rows = json_object_get(json, "takstbruk");
    assert_int_equal(json_integer_value(json_object_get(json, "antall")), 2);
    const json_t *row = json_array_get(rows, 0);
    assert_int_equal(json_object_size(row), 11);
    assert_string_equal(text_at(row, "ar"), "2022"); /* a text */
    assert_string_equal(text_at(row, "behandler_kommunenr"), "1505");
    assert_string_equal(text_at(row, "samhandler_praksis_type"), "LIS1-Lege");
    assert_true(json_is_real(json_object_get(row, "sum_refusjon")));
}

static void kuhr_is_xml_or_csv_for_who_asks(void **state)
{
    const char *query = "kommune/ar?fagomraade=LE&kommuner=1505" YEARS;
    g_autofree char *use = g_strconcat(USE, query, NULL);
    g_autofree char *csv_path = g_strconcat(FAKE_KUHR "takstbruk/eksport/agtakst/", query, NULL);
    g_autoptr(SpHttpResponse) xml = get(*state, use, "application/xml");
    g_autofree char *text = text_of(xml);
    assert_non_null(strstr(text, "<behandler_kommunenr>1505</behandler_kommunenr>"));
    g_autoptr(SpHttpResponse) csv = get(*state, csv_path, NULL);
    g_autofree char *rows = text_of(csv);
    assert_true(g_str_has_prefix(rows, "ar;behandler_kommunenr;sum_antall_takst;"));
}

/* 1151 Utsira has some 200 inhabitants: a missing row is not zero. */
static void kuhr_leaves_small_figures_out(void **state)
{
    g_autoptr(json_t) months = get_json(
        *state, USE "kommune/maned?fagomraade=LE&fommaned=202212&tommaned=202301&takstkoder=2ad"
                    "&kommuner=1151,1505&praksistyper=FALE");
    const json_t *rows = json_object_get(months, "takstbruk");
    assert_int_equal(json_array_size(rows), 2);
    assert_string_equal(text_at(json_array_get(rows, 0), "maned"), "202212");
    assert_string_equal(text_at(json_array_get(rows, 1), "maned"), "202301");
    g_autoptr(json_t) rare = get_json(
        *state, USE "kommune/ar?fagomraade=LE&fomar=2022&tomar=2022&takstkoder=H1&kommuner=1151");
    assert_int_equal(json_integer_value(json_object_get(rare, "antall")), 0);
}

static void kuhr_takes_13_months_and_no_more(void **state)
{
    const char *path = USE "landet/maned?fagomraade=LE&takstkoder=2ad&fommaned=201805&tommaned=";
    g_autofree char *good = g_strconcat(path, "201905", NULL);
    g_autofree char *bad = g_strconcat(path, "201906", NULL);
    g_autoptr(SpHttpResponse) year = get(*state, good, NULL);
    assert_int_equal(year->status, 200);
    g_autoptr(SpHttpResponse) longer = get(*state, bad, NULL);
    assert_int_equal(longer->status, 400);
}

static void dbh_rounds_to_three_and_sends_figures_as_texts(void **state)
{
    g_autoptr(SpHttpResponse) response =
        post(*state, GRADES,
             "{\"tabell_id\":308,\"api_versjon\":1,\"kodetekst\":\"J\",\"groupBy\":"
             "[\"Institusjonskode\",\"Årstall\"],\"filter\":[{\"variabel\":\"Institusjonskode\","
             "\"selection\":{\"filter\":\"item\",\"values\":[\"1150\"],\"exclude\":[\"\"]}},"
             "{\"variabel\":\"Emnekode\",\"selection\":{\"filter\":\"like\",\"values\":"
             "[\"SYKA%\"]}},{\"variabel\":\"Årstall\",\"selection\":{\"filter\":\"top\","
             "\"values\":[\"3\"]}}]}");
    g_autoptr(json_t) rows = json_of(response);
    assert_int_equal(json_array_size(rows), 3);
    const json_t *row = json_array_get(rows, 0);
    assert_int_equal(json_integer_value(json_object_get(row, "Årstall")), 2023);
    assert_string_equal(text_at(row, "Institusjonsnavn"),
                        "Norges teknisk-naturvitenskapelige universitet");
    gint64 figure = g_ascii_strtoll(text_at(row, "Antall kandidater totalt"), NULL, 10);
    assert_true(figure > 0);
    assert_int_equal(figure % 3, 0);
}

static void dbh_has_204_and_no_body_for_nothing(void **state)
{
    g_autoptr(SpHttpResponse) response =
        post(*state, GRADES,
             "{\"tabell_id\":308,\"groupBy\":[\"Årstall\"],\"filter\":[{\"variabel\":"
             "\"Institusjonskode\",\"selection\":{\"filter\":\"item\",\"values\":[\"0000\"]}}]}");
    assert_int_equal(response->status, 204);
    assert_int_equal(g_bytes_get_size(response->body), 0);
}

static void dbh_refuses_both_kinds_of_columns_at_once(void **state)
{
    g_autoptr(SpHttpResponse) both =
        post(*state, GRADES, "{\"tabell_id\":308,\"groupBy\":[\"Årstall\"],\"variabler\":[\"*\"]}");
    assert_int_equal(both->status, 400);
    g_autoptr(SpHttpResponse) filter =
        post(*state, GRADES,
             "{\"tabell_id\":308,\"groupBy\":[\"Årstall\"],\"filter\":[{\"variabel\":\"Årstall\","
             "\"selection\":{\"filter\":\"between\",\"values\":[\"2020\"]}}]}");
    assert_int_equal(filter->status, 400);
}

static void dbh_csv_is_semicolon_by_post_and_comma_in_bulk(void **state)
{
    g_autoptr(SpHttpResponse) posted = post(*state, FAKE_DBH "Tabeller/hentCSVTabellData",
                                            "{\"tabell_id\":308,\"groupBy\":[\"Årstall\"]}");
    g_autofree char *rows = text_of(posted);
    assert_true(g_str_has_prefix(rows, "\"Årstall\";\"Antall kandidater totalt\"\n\"2019\";"));
    g_autoptr(SpHttpResponse) bulk = get(*state, FAKE_DBH "Tabeller/bulk-csv?rptNr=211", NULL);
    g_autofree char *whole = text_of(bulk);
    assert_true(g_str_has_prefix(whole, "\"Institusjonskode\",\"Årstall\",\"Antall studenter\"\n"));
}

static void udir_tells_its_filters(void **state)
{
    g_autoptr(json_t) json = get_json(*state, APPRENTICES "filterVerdier");
    const json_t *owner = json_array_get(json_object_get(json, "EierformID"), 0);
    assert_int_equal(json_integer_value(json_object_get(owner, "id")), -10);
    assert_int_equal(json_object_size(json), 4);
}

static void udir_pages_hold_every_row_once(void **state)
{
    g_autoptr(json_t) told = get_json(*state, APPRENTICES "sideData?" FILTER);
    gint64 n_pages = json_integer_value(json_object_get(told, "JSONSider"));
    gsize n = 0;
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gint64 page = 1; page <= n_pages; page++) {
        g_autofree char *path = g_strdup_printf(
            APPRENTICES "data?" FILTER "&format=0&sideNummer=%" G_GINT64_FORMAT, page);
        g_autoptr(json_t) rows = get_json(*state, path);
        for (gsize i = 0; i < json_array_size(rows); i++, n++) {
            const char *code = text_at(json_array_get(rows, i), "EnhetKode");
            assert_true(g_hash_table_add(seen, g_strdup(code)));
        }
    }
    assert_int_equal(n, json_integer_value(json_object_get(told, "AntallRader")));
    assert_true(g_hash_table_contains(seen, "2599"));
    assert_in_range(n, 300, 358); /* some pairs are absent */
}

static void udir_figures_are_norwegian_texts(void **state)
{
    g_autoptr(SpHttpResponse) response =
        get(*state, APPRENTICES "data?" FILTER "&format=0&sideNummer=1", NULL);
    g_autofree char *text = text_of(response);
    assert_true(g_regex_match_simple("\"AntallLaerlinger\":\"[0-9] [0-9]{3}\"", text, 0, 0));
    assert_true(g_regex_match_simple("\"AndelKvinner\":\"[0-9]+,[0-9]\"", text, 0, 0));
    assert_non_null(strstr(text, "\"AntallLaerlinger\":\"*\",\"AndelKvinner\":\"*\""));
}

static void udir_refuses_what_is_no_filter(void **state)
{
    static const char *const filters[] = {"TidID", "TidID(", "Tid(202212)", "TidID(1999)"};
    for (gsize i = 0; i < G_N_ELEMENTS(filters); i++) {
        g_autofree char *path = g_strconcat(APPRENTICES "data?filter=", filters[i], NULL);
        g_autoptr(SpHttpResponse) response = get(*state, path, NULL);
        assert_int_equal(response->status, 400);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kuhr_rows_have_the_fields_of_the_register),
        cmocka_unit_test(kuhr_is_xml_or_csv_for_who_asks),
        cmocka_unit_test(kuhr_leaves_small_figures_out),
        cmocka_unit_test(kuhr_takes_13_months_and_no_more),
        cmocka_unit_test(dbh_rounds_to_three_and_sends_figures_as_texts),
        cmocka_unit_test(dbh_has_204_and_no_body_for_nothing),
        cmocka_unit_test(dbh_refuses_both_kinds_of_columns_at_once),
        cmocka_unit_test(dbh_csv_is_semicolon_by_post_and_comma_in_bulk),
        cmocka_unit_test(udir_tells_its_filters),
        cmocka_unit_test(udir_pages_hold_every_row_once),
        cmocka_unit_test(udir_figures_are_norwegian_texts),
        cmocka_unit_test(udir_refuses_what_is_no_filter),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
