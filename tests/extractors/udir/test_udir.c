/* Udir's statistics bank from the fake upstream: all pages in one snapshot, then rows. */
#include "tests/extractors/facts.h"
#include "tests/extractors/remote.h"

#define QUERY                                                                                      \
    "query = SkoleaarID=202324,202425 EnhetNivaa=1,2 FagkodeID=HEA,AMB KandidattypeID=1,2,3"
#define TABLE153 "table = 153\n" QUERY
#define KOMMUNER "table = 152\nquery = TidID=202312 EierformID=-10 KjoennID=-10 EnhetNivaa=3"

static void pages_are_one_list(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = remote_start();
    g_autoptr(Record) record = remote_read(fake, "udir", FAKE_UDIR, TABLE153);
    assert_string_equal(record->names, "SkoleaarID|EnhetNivaa|FagkodeID|KandidattypeID|EnhetKode|"
                                       "EnhetNavn|AntallKontrakter|AndelBestaatt|AntallFagbrev");
    /* 15 fylker and the country, 2 years, 2 trades, 3 routes: 192 rows on pages of 40. */
    assert_int_equal(record->n_rows, 16 * 2 * 2 * 3);
    assert_int_equal(fake_upstream_count(fake, "/data?"), 5);
    assert_int_equal(fake_upstream_count(fake, "/sideData?"), 2);
    assert_true(fake_upstream_count(fake, "SkoleaarID%28202324_202425%29_EnhetNivaa%281_2%29") >
                    0 ||
                fake_upstream_count(fake, "SkoleaarID(202324_202425)_EnhetNivaa(1_2)") > 0);
}

static void figures_of_trades_become_facts(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = remote_start();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpFetched) fetched = remote_fetch(fake, "udir", FAKE_UDIR, TABLE153, &error);
    assert_no_error(error);
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    g_autoptr(SpTable) table = facts_parse("udir", "udir_laerlinger", bytes, size, quality, &error);
    assert_no_error(error);
    assert_int_equal(sp_table_n_rows(table), 16 * 2 * 2 * 3);
    assert_string_equal(sp_table_code(table, 0, sp_table_find(table, "period")), "2023/24");
    assert_string_equal(sp_table_code(table, 0, sp_table_find(table, "region")), "0");
}

#define ROW(unit, count, share)                                                                    \
    "{\"SkoleaarID\":\"202324\",\"EnhetNivaa\":\"2\",\"FagkodeID\":\"HEA\",\"KandidattypeID\":"    \
    "\"2\",\"EnhetKode\":\"" unit "\",\"EnhetNavn\":\"X\",\"AntallKontrakter\":\"" count           \
    "\",\"AndelBestaatt\":\"" share "\",\"AntallFagbrev\":\"0\"}"

/* Blanks between thousands, decimal comma, * is shielded; Svalbard and abroad are no fylker. */
static void norwegian_texts_and_stars_are_read(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    static const char text[] = "[" ROW("03", "1 234", "91,5") "," ROW("11", "*", "*") "," ROW(
        "2100", "7", "50,0") "," ROW("2599", "1", "*") "]";
    g_autoptr(SpTable) table =
        facts_parse("udir", "udir_laerlinger", text, strlen(text), quality, &error);
    assert_no_error(error);
    assert_int_equal(sp_table_n_rows(table), 2);
    gsize contracts = sp_table_find(table, "laerekontrakter");
    gsize passed = sp_table_find(table, "bestaatt_pct");
    assert_near(sp_table_real(table, 0, contracts).value, 1234, 0);
    assert_near(sp_table_real(table, 0, passed).value, 91.5, 0);
    assert_int_equal(sp_table_real(table, 0, sp_table_find(table, "fagbrev")).status, SP_ZERO);
    assert_int_equal(sp_table_real(table, 1, contracts).status, SP_SUPPRESSED);
    assert_int_equal(sp_table_real(table, 1, passed).status, SP_SUPPRESSED);
    assert_string_equal(sp_table_code(table, 0, sp_table_find(table, "vei")), "praksiskandidat");
    assert_int_equal(sp_quality_count(quality, "outside_filter"), 1);
    assert_int_equal(sp_quality_count(quality, "unknown_code"), 0);
}

/* Kommuner that the source has no row for have none here either: absent is neither 0 nor hidden. */
static void absent_pairs_stay_absent(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = remote_start();
    g_autoptr(Record) record = remote_read(fake, "udir", FAKE_UDIR, KOMMUNER);
    assert_in_range(record->n_rows, 300, 358); /* of 357 kommuner, Svalbard and abroad */
}

static void answers_that_are_none_are_refused(void **state)
{
    (void)state;
    remote_check_refused((RemoteFault){"", "html"}, "udir", FAKE_UDIR, TABLE153, SP_ERROR_DATA,
                         "an HTML page");
    remote_check_refused((RemoteFault){"", "empty"}, "udir", FAKE_UDIR, TABLE153, SP_ERROR_DATA,
                         "nothing in it");
    remote_check_refused((RemoteFault){"/data?", "charset"}, "udir", FAKE_UDIR, TABLE153,
                         SP_ERROR_DATA, "unable to decode byte");
    remote_check_refused((RemoteFault){"", "times=1"}, "udir", FAKE_UDIR, "table = 999\n" QUERY,
                         SP_ERROR_NO_INPUT, "Ikke funnet");
    remote_check_refused((RemoteFault){"", "times=1"}, "udir", FAKE_UDIR,
                         "table = 153\nquery = Farge=1", SP_ERROR_DATA, "The request is invalid");
}

static void pages_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    remote_check_refused((RemoteFault){"sideNummer=3", "404"}, "udir", FAKE_UDIR, TABLE153,
                         SP_ERROR_NO_INPUT, "page 3 of 5");
    remote_check_refused((RemoteFault){"sideNummer=3", "html"}, "udir", FAKE_UDIR, TABLE153,
                         SP_ERROR_DATA, "page 3 of 5");
    remote_check_refused((RemoteFault){"sideNummer=2", "lose"}, "udir", FAKE_UDIR, TABLE153,
                         SP_ERROR_DATA, "page 2 is empty");
    remote_check_refused((RemoteFault){"sideNummer=4", "repeat"}, "udir", FAKE_UDIR, TABLE153,
                         SP_ERROR_DATA, "page 4, row 1: the same as row 120");
}

static void table_that_changes_meanwhile_is_read_anew(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = remote_start();
    assert_true(fake_upstream_fault(fake, "sideData", "drift times=1", NULL));
    g_autoptr(Record) record = remote_read(fake, "udir", FAKE_UDIR, TABLE153);
    assert_int_equal(record->n_rows, 192);
    assert_int_equal(fake_upstream_count(fake, "/sideData?"), 4);
    remote_check_refused((RemoteFault){"sideData", "drift"}, "udir", FAKE_UDIR, TABLE153,
                         SP_ERROR_TRY_LATER, "changed while its pages were read");
}

static void one_failure_and_a_mark_are_survived(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = remote_start();
    assert_true(fake_upstream_fault(fake, "sideNummer=2", "503 times=1", NULL));
    assert_true(fake_upstream_fault(fake, "", "bom gzip", NULL));
    g_autoptr(Record) record = remote_read(fake, "udir", FAKE_UDIR, TABLE153);
    assert_int_equal(record->n_rows, 192);
}

static void check_refused(const char *text, const char *part)
{
    facts_check_refused("udir", "udir_laerlinger", text, part);
}

static void snapshots_that_are_wrong_are_refused(void **state)
{
    (void)state;
    check_refused("[{", "line 1");
    check_refused("[]", "page 1 is empty");
    check_refused("\x1e{\"JSONSider\":\"mange\"}\n", "tells no number of pages");
    check_refused("\x1e{\"JSONSider\":-1}\n", "tells no number of pages");
    check_refused("\x1e{\"JSONSider\":2}\n\x1e[" ROW("03", "1", "2") "]\n",
                  "1 pages, but sideData counts 2");
    check_refused("\x1e{\"JSONSider\":1,\"AntallRader\":2}\n\x1e[" ROW("03", "1", "2") "]\n",
                  "1 rows in all pages, but sideData counts 2");
    check_refused("[" ROW("03", "1", "2") "," ROW("03", "2", "2") "]", "repeat");
    check_refused("[" ROW("03", "-4", "2") "]", "at least 0");
    check_refused("[" ROW("03", "1.5", "2") "]", "want number, got \"1.5\"");
    check_refused("[{\"Ny\":\"1\"}]", "column \"EnhetKode\" is not there");
}

static void settings_must_make_a_question(void **state)
{
    (void)state;
    const SpExtractor *udir = sp_extractors_find("udir");
    record_check_refused(udir, "", "neither url nor table is set");
    record_check_refused(udir, "table = 153", "query");
    record_check_refused(udir, "table = 1/2\nquery = A=1", "table = 1/2");
    record_check_refused(udir, "table = 153\nquery = A=1_2", "letters, digits");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_one_list),
        cmocka_unit_test(figures_of_trades_become_facts),
        cmocka_unit_test(norwegian_texts_and_stars_are_read),
        cmocka_unit_test(absent_pairs_stay_absent),
        cmocka_unit_test(answers_that_are_none_are_refused),
        cmocka_unit_test(pages_that_do_not_fit_are_refused),
        cmocka_unit_test(table_that_changes_meanwhile_is_read_anew),
        cmocka_unit_test(one_failure_and_a_mark_are_survived),
        cmocka_unit_test(snapshots_that_are_wrong_are_refused),
        cmocka_unit_test(settings_must_make_a_question),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
