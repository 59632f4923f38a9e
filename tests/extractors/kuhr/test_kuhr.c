/* Open KUHR data from the fake upstream, in its three formats. */
#include "tests/extractors/facts.h"
#include "tests/extractors/lists.h"
#include "core/io/json.h"
#include "tests/extractors/remote.h"

#define YEARS                                                                                      \
    "call = kommune/ar\nfagomraade = LE\nfrom = 2022\nto = 2023\ntakstkoder = 2ad,2ak\n"           \
    "regioner = 1505,1151\n"
#define MONTHS                                                                                     \
    "call = kommune/maned\nfagomraade = LE\nfrom = 2021-01\nto = 2023-12\ntakstkoder = 2ad\n"      \
    "regioner = 1505,1151\npraksistyper = FALE\n"

/* The answer of the real service in the notes on sources (9.1). */
static const char real_answer[] =
    "{\"antall\":1,\"takstbruk\":[{\"ar\":\"2023\",\"behandler_kommunenr\":\"1505\","
    "\"sum_antall_takst\":3999,\"takstkode\":\"2ad\",\"fagomraade\":\"LE\","
    "\"praksis_type_kode\":\"FATU\",\"samhandler_praksis_type\":\"LIS1-Lege\","
    "\"antall_regninger\":3999,\"sum_refusjon\":301185.0,"
    "\"sum_egenandel_betalt_av_pasient\":421520.0,"
    "\"sum_egenandel_dekket_av_folketrygden\":235920.0}]}";

static void real_answer_becomes_facts(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = facts_of("kuhr", "kuhr_takstbruk", real_answer);
    assert_int_equal(sp_table_n_rows(table), 1);
    assert_string_equal(sp_table_code(table, 0, sp_table_find(table, "region")), "1505");
    assert_string_equal(sp_table_code(table, 0, sp_table_find(table, "period")), "2023");
    assert_string_equal(sp_table_code(table, 0, sp_table_find(table, "takstgruppe")),
                        "konsultasjon");
    assert_near(sp_table_real(table, 0, sp_table_find(table, "takster")).value, 3999, 0);
    assert_near(sp_table_real(table, 0, sp_table_find(table, "refusjon")).value, 301185, 0);
    assert_near(sp_table_real(table, 0, sp_table_find(table, "egenandel")).value, 421520, 0);
}

/* 2ad and 2ak are one group: the fact is their sum, by the rows as they came. */
static void tariffs_of_a_group_are_added(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = remote_start();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpFetched) fetched = remote_fetch(fake, "kuhr", FAKE_KUHR, YEARS, &error);
    assert_no_error(error);
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    g_autoptr(json_t) root = json_loadb(bytes, size, 0, NULL);
    const json_t *rows = json_object_get(root, "takstbruk");
    double whole = 0;
    for (gsize i = 0; i < json_array_size(rows); i++) {
        whole += json_number_value(json_object_get(json_array_get(rows, i), "sum_antall_takst"));
    }
    g_autoptr(SpTable) table = facts_parse("kuhr", "kuhr_takstbruk", bytes, size, quality, &error);
    assert_no_error(error);
    gsize claims = sp_table_find(table, "takster");
    double sum = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        sum += sp_table_real(table, row, claims).value;
    }
    assert_true(sum > 0);
    assert_near(sum, whole, 0);
    assert_true(sp_table_n_rows(table) < json_array_size(rows));
}

static void three_formats_are_one_list(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = remote_start();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpLayout) layout = lists_layout("kuhr_takstbruk");
    g_autoptr(Record) json = remote_read(fake, "kuhr", FAKE_KUHR, YEARS);
    static const char *const others[] = {YEARS "format = xml", YEARS "format = csv"};
    assert_true(json->n_rows > 10);
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autoptr(SpFetched) fetched = remote_fetch(fake, "kuhr", FAKE_KUHR, others[i], &error);
        assert_no_error(error);
        g_autoptr(Record) other = remote_parse(fetched, "kuhr", layout);
        assert_string_equal(other->names, json->names);
        assert_int_equal(other->n_rows, json->n_rows);
        /* Kroner are "301185.0" there and a number here: the codes are what must agree. */
        g_auto(GStrv) a = g_strsplit(record_row(json, 3), "|", 8);
        g_auto(GStrv) b = g_strsplit(record_row(other, 3), "|", 8);
        for (gsize k = 0; k < 7; k++) {
            assert_string_equal(a[k], b[k]);
        }
    }
}

/* 36 months are three calls; Utsira (1151) is below 10 000 and has no row, which is not zero. */
static void months_of_several_calls_are_one_list(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = remote_start();
    static const char *const formats[] = {"", "format = xml", "format = csv"};
    g_autoptr(SpLayout) layout = lists_layout("kuhr_takstbruk");
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *lines = g_strconcat(MONTHS, formats[i], NULL);
        fake_upstream_forget(fake);
        g_autoptr(SpFetched) fetched = remote_fetch(fake, "kuhr", FAKE_KUHR, lines, &error);
        assert_no_error(error);
        g_autoptr(Record) record = remote_parse(fetched, "kuhr", layout);
        assert_int_equal(fake_upstream_count(fake, "maned"), 3);
        assert_int_equal(record->n_rows, 36);
        assert_int_equal(record->n_begins, 1);
        assert_true(g_str_has_prefix(record_row(record, 0), "1: 202101|1505|"));
        assert_true(g_str_has_prefix(record_row(record, 35), "36: 202312|1505|"));
    }
}

static void answers_that_are_none_are_refused(void **state)
{
    (void)state;
    remote_check_refused((RemoteFault){"", "html"}, "kuhr", FAKE_KUHR, YEARS, SP_ERROR_DATA,
                         "an HTML page");
    remote_check_refused((RemoteFault){"", "html"}, "kuhr", FAKE_KUHR, YEARS "format = xml",
                         SP_ERROR_DATA, "an HTML page and not XML");
    remote_check_refused((RemoteFault){"", "html"}, "kuhr", FAKE_KUHR, YEARS "format = csv",
                         SP_ERROR_DATA, "an HTML page and not CSV");
    remote_check_refused((RemoteFault){"", "charset"}, "kuhr", FAKE_KUHR,
                         "call = kommune/ar\nfagomraade = LE\nfrom = 2022\nto = 2022\n"
                         "regioner = 1505\npraksistyper = FALO",
                         SP_ERROR_DATA, "unable to decode byte"); /* of "Fastlønnet" */
    remote_check_refused((RemoteFault){"", "empty"}, "kuhr", FAKE_KUHR, YEARS, SP_ERROR_DATA,
                         "nothing in it");
    remote_check_refused((RemoteFault){"fommaned=202202", "429 retry-after=3600"}, "kuhr",
                         FAKE_KUHR, MONTHS, SP_ERROR_TRY_LATER, "asking to wait 3600 s");
}

static void one_failure_and_a_mark_are_survived(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = remote_start();
    assert_true(fake_upstream_fault(fake, "", "503 times=1", NULL));
    assert_true(fake_upstream_fault(fake, "", "bom gzip", NULL));
    g_autoptr(Record) record = remote_read(fake, "kuhr", FAKE_KUHR, MONTHS);
    assert_int_equal(record->n_rows, 36);
}

static void check_refused(const char *text, const char *part)
{
    facts_check_refused("kuhr", "kuhr_takstbruk", text, part);
}

static void snapshots_that_are_wrong_are_refused(void **state)
{
    (void)state;
    g_autofree char *twice = g_strconcat("\x1e", real_answer, "\n\x1e", real_answer, "\n", NULL);
    g_autofree char *cut = g_strndup(real_answer, sizeof real_answer / 2);
    check_refused(twice, "answer 2, row 1: the same as row 1");
    check_refused(cut, "damaged or cut short");
    check_refused("{\"antall\":3,\"takstbruk\":[]}", "0 rows, but \"antall\" says \"3\"");
    check_refused("{\"takstbruk\":[]}", "but \"antall\" says \"\"");
    check_refused("{\"message\":\"Ugyldig periode\"}", "want a list of rows");
    check_refused("<a><antall>2</antall><t><ar>2023</ar></t></a>", "1 rows, but \"antall\"");
    check_refused("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "document type");
    check_refused("", "ends before its header");
    check_refused("ar;behandler_kommunenr\n2023;1505\n", "is not there");
    check_refused("\x1e"
                  "ar;a\n2023;1\n\n\x1e"
                  "ar;b\n2023;1\n\n",
                  "column");
}

/* No rows in a period are an answer: {"antall":0,"takstbruk":[]}. */
static void empty_answer_beside_a_full_one_is_fine(void **state)
{
    (void)state;
    g_autofree char *text =
        g_strconcat("\x1e{\"antall\":0,\"takstbruk\":[]}\n\x1e", real_answer, "\n", NULL);
    g_autoptr(SpTable) table = facts_of("kuhr", "kuhr_takstbruk", text);
    assert_int_equal(sp_table_n_rows(table), 1);
}

static void settings_must_make_a_question(void **state)
{
    (void)state;
    const SpExtractor *kuhr = sp_extractors_find("kuhr");
    record_check_refused(kuhr, "", "call");
    record_check_refused(kuhr, "call = kommune/ar\nfagomraade = LE\nfrom = 2020", "to");
    record_check_refused(kuhr, YEARS "format = msexcel", "format = msexcel");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_answer_becomes_facts),
        cmocka_unit_test(tariffs_of_a_group_are_added),
        cmocka_unit_test(three_formats_are_one_list),
        cmocka_unit_test(months_of_several_calls_are_one_list),
        cmocka_unit_test(answers_that_are_none_are_refused),
        cmocka_unit_test(one_failure_and_a_mark_are_survived),
        cmocka_unit_test(snapshots_that_are_wrong_are_refused),
        cmocka_unit_test(empty_answer_beside_a_full_one_is_fine),
        cmocka_unit_test(settings_must_make_a_question),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
