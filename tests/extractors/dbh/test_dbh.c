/* DBH from the fake upstream: questions and their answers in one snapshot, then rows. */
#include "tests/extractors/facts.h"
#include "tests/extractors/remote.h"

#include "core/number.h"
#include "extractors/dbh/answer.h"

#include <glib/gstdio.h>

#define CANDIDATES                                                                                 \
    "table = 112, 118\ngroup_by = Institusjonskode, Studieprogramkode, Årstall\n"                 \
    "query = Institusjonskode=* Årstall=top(3)"
#define ONE "table = 118\ngroup_by = Årstall\nquery = Institusjonskode=1110"
#define SECRET "hemmelig-polett-4711"

/* The figure of a row "1: 2023|3|118 Antall|33". */
static gint64 figure_of(const char *row)
{
    gint64 figure = -1;
    const char *text = strrchr(row, '|') + 1;
    assert_true(sp_number_parse_int(text, strlen(text), &figure));
    return figure;
}

static void tables_come_as_one_list_with_their_rounding(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = remote_start();
    g_autoptr(Record) record = remote_read(fake, "dbh", FAKE_DBH, CANDIDATES);
    assert_string_equal(record->names,
                        "Institusjonskode|Studieprogramkode|Årstall|avrundet_til|tall|verdi");
    assert_int_equal(record->n_rows, 2 * 4 * 7 * 3); /* tables, places, programmes, years */
    assert_true(g_str_has_prefix(record_row(record, 0), "1: 1110|BSPL|2023|3|112 Antall|"));
    for (guint i = 0; i < record->rows->len; i++) {
        assert_int_equal(figure_of(record_row(record, i)) % 3, 0);
    }
    assert_int_equal(record->n_begins, 1);
}

/* A file with a token; *path is g_free'd by the caller, and the file removed. */
static char *token_file(const char *text, guint mode)
{
    char *path = NULL;
    int handle = g_file_open_tmp("token-XXXXXX", &path, NULL);
    assert_true(handle >= 0);
    g_close(handle, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    assert_int_equal(g_chmod(path, mode), 0);
    return path;
}

static void token_gives_whole_figures_and_is_told_nowhere(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = remote_start();
    g_autoptr(GError) error = NULL;
    g_autofree char *path = token_file(SECRET "\n", 0600);
    g_autofree char *lines = g_strdup_printf("%s\ntoken_file = %s", ONE, path);
    g_autoptr(SpFetched) fetched = remote_fetch(fake, "dbh", FAKE_DBH, lines, &error);
    assert_no_error(error);
    g_autoptr(Record) whole = remote_parse(fetched, "dbh", NULL);
    g_autoptr(Record) rounded = remote_read(fake, "dbh", FAKE_DBH, ONE);
    gboolean differ = FALSE;
    for (guint i = 0; i < whole->rows->len; i++) {
        gint64 exact = figure_of(record_row(whole, i));
        gint64 near = figure_of(record_row(rounded, i));
        assert_true(ABS(exact - near) <= 1);
        differ = differ || exact != near;
    }
    assert_true(differ);
    assert_true(g_str_has_prefix(record_row(whole, 0), "1: 2019||118 Antall|"));
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    assert_null(g_strstr_len(bytes, (gssize)size, SECRET));
    assert_null(strstr(fetched->url, SECRET));
    g_remove(path);
}

static void check_token(const char *text, guint mode, SpErrorCode code, const char *part)
{
    g_autoptr(FakeUpstream) fake = remote_start();
    g_autoptr(GError) error = NULL;
    g_autofree char *path = token_file(text, mode);
    g_autofree char *lines = g_strdup_printf("%s\ntoken_file = %s", ONE, path);
    g_autoptr(SpFetched) fetched = remote_fetch(fake, "dbh", FAKE_DBH, lines, &error);
    assert_null(fetched);
    assert_true(g_error_matches(error, SP_ERROR, (int)code));
    assert_non_null(strstr(error->message, part));
    assert_null(strstr(error->message, SECRET));
    assert_int_equal(fake_upstream_count(fake, ""), 0);
    g_remove(path);
}

static void token_that_others_may_read_is_not_used(void **state)
{
    (void)state;
    check_token(SECRET, 0644, SP_ERROR_CONFIG, "set its mode to 0600");
    check_token(SECRET " " SECRET, 0600, SP_ERROR_DATA, "want one line with the token");
    check_token("\n", 0600, SP_ERROR_DATA, "want one line with the token");
}

static void no_rows_are_a_fact(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = remote_start();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpFetched) fetched =
        remote_fetch(fake, "dbh", FAKE_DBH,
                     "table = 118\ngroup_by = Institusjonskode, Studieprogramkode, Årstall\n"
                     "query = Institusjonskode=0000",
                     &error);
    assert_no_error(error);
    g_autoptr(SpQuality) quality = sp_quality_new();
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    g_autoptr(SpTable) table = facts_parse("dbh", "dbh_kandidater", bytes, size, quality, &error);
    assert_no_error(error);
    assert_int_equal(sp_table_n_rows(table), 0);
}

static void csv_comes_by_post_and_in_bulk(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = remote_start();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpLayout) layout = sp_layout_parse(
        "t", "[file]\ndelimiter = semicolon\n[table]\nname = t\n[column Årstall]\nrole = ignore\n",
        &error);
    assert_no_error(error);
    g_autoptr(SpFetched) posted = remote_fetch(fake, "dbh", FAKE_DBH, ONE "\nformat = csv", &error);
    assert_no_error(error);
    assert_string_equal(posted->suffix, "csv");
    g_autoptr(Record) semicolon = remote_parse(posted, "dbh", layout);
    assert_string_equal(semicolon->names, "Årstall|Antall");
    assert_int_equal(semicolon->n_rows, 7);
    g_autoptr(SpFetched) none = remote_fetch(
        fake, "dbh", FAKE_DBH,
        "table = 118\ngroup_by = Årstall\nformat = csv\nquery = Institusjonskode=0000", &error);
    assert_no_error(error);
    g_autoptr(Record) nothing = remote_parse(none, "dbh", layout);
    assert_string_equal(nothing->names, "Årstall");
    assert_int_equal(nothing->n_rows, 0);
    layout->delimiter = ',';
    g_autoptr(SpFetched) bulk = remote_fetch(fake, "dbh", FAKE_DBH, "bulk = 211", &error);
    assert_no_error(error);
    g_autoptr(Record) comma = remote_parse(bulk, "dbh", layout);
    assert_string_equal(comma->names, "Institusjonskode|Årstall|Antall studenter");
}

static void variables_of_fagskoler_have_blanks(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = remote_start();
    g_autoptr(Record) record =
        remote_read(fake, "dbh", FAKE_DBH,
                    "table = 947\ngroup_by = Fagskolens navn, Utdanningstilbudets navn, Årstall\n"
                    "query = \"Fagskolens navn\"=\"AOF fagskolen\" Årstall=2024");
    assert_int_equal(record->n_rows, 2);
    assert_true(g_str_has_prefix(record_row(record, 0),
                                 "1: AOF fagskolen|Helse, aldring og aktiv omsorg|2024|3|947 "));
}

static void lists_without_sums_come_as_they_are(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = remote_start();
    g_autoptr(Record) record =
        remote_read(fake, "dbh", FAKE_DBH, "table = 211\nvariables = Institusjonskode");
    assert_string_equal(record->names, "Institusjonskode|Antall studenter");
    assert_int_equal(record->n_rows, 4);
}

static void answers_that_are_none_are_refused(void **state)
{
    (void)state;
    remote_check_refused((RemoteFault){"", "html"}, "dbh", FAKE_DBH, ONE, SP_ERROR_DATA,
                         "an HTML page");
    remote_check_refused((RemoteFault){"", "empty"}, "dbh", FAKE_DBH, ONE, SP_ERROR_DATA,
                         "nothing in it");
    remote_check_refused((RemoteFault){"", "400"}, "dbh", FAKE_DBH, ONE, SP_ERROR_DATA,
                         "status 400");
    remote_check_refused((RemoteFault){"", "times=1"}, "dbh", FAKE_DBH,
                         "table = 118\ngroup_by = Farge", SP_ERROR_DATA, "Ugyldig foresp");
    remote_check_refused((RemoteFault){"", "html"}, "dbh", FAKE_DBH, "bulk = 211", SP_ERROR_DATA,
                         "an HTML page");
    remote_check_refused((RemoteFault){"", "times=1"}, "dbh", FAKE_DBH, ONE "\nlimit = 7",
                         SP_ERROR_DATA, "all that the limit allows");
}

static void one_failure_and_a_mark_are_survived(void **state)
{
    (void)state;
    g_autoptr(FakeUpstream) fake = remote_start();
    assert_true(fake_upstream_fault(fake, "", "503 times=1", NULL));
    assert_true(fake_upstream_fault(fake, "", "bom gzip", NULL));
    g_autoptr(Record) record = remote_read(fake, "dbh", FAKE_DBH, ONE);
    assert_int_equal(record->n_rows, 7);
    assert_int_equal(fake_upstream_count(fake, "POST"), 2);
}

#define QUESTION                                                                                   \
    "\x1e{\"spoersmaal\":{\"tabell_id\":118,\"groupBy\":[\"Institusjonskode\","                    \
    "\"Studieprogramkode\",\"Årstall\"]},\"avrundet_til\":\"3\"}\n"
#define ROW(place, programme, figure)                                                              \
    "{\"Institusjonskode\":\"" place "\",\"Studieprogramkode\":\"" programme                       \
    "\",\"Årstall\":2024,\"Antall\":\"" figure "\"}"

static void check_refused(const char *text, const char *part)
{
    facts_check_refused("dbh", "dbh_kandidater", text, part);
}

static void snapshots_that_are_wrong_are_refused(void **state)
{
    (void)state;
    check_refused("[{\"Antall\":", "line 1");
    check_refused(QUESTION "\x1e[{\"Antall\":\"3\"}]\n", "a row has no \"Institusjonskode\"");
    check_refused(QUESTION "\x1e[" ROW("1110", "BSPL", "3") "," ROW("1110", "BSPL", "3") "]\n",
                  "the same as row 1");
    check_refused(QUESTION "\x1e[" ROW("1110", "BSPL", "mange") "]\n",
                  "want number, got \"mange\"");
    check_refused(QUESTION "\x1e[]\n\x1e[]\n", "two answers follow each other");
    check_refused(QUESTION "\x1e{\"feil\":1}\n", "want a list of rows");
    check_refused(QUESTION "\x1e[{\"Antall\":\"\xe5\"}]\n", "unable to decode byte");
    /* Figures of one programme that do not agree are no sum. */
    check_refused(QUESTION "\x1e[" ROW("1110", "BSPL", "3") "," ROW("1110", "BSPL", "6") "]\n",
                  "the source repeats itself");
}

/* A list, and then a table with sums: nothing that one fetch makes. */
static void list_and_sums_in_one_snapshot_are_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Record) record = record_new();
    static const char text[] = "\x1e[{\"a\":1}]\n" QUESTION;
    assert_false(sp_dbh_parse(text, strlen(text), "a.json", &record->sink, &error));
    assert_error(error, SP_ERROR_DATA, "group by the same variables");
}

/* Two programmes of one profession at one place are added; a further education is marked, history
 * is left out and told. Decimals may come with a point. */
static void programmes_become_professions(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    static const char text[] =
        QUESTION "\x1e[" ROW("1110", "VAIO", "12") "," ROW("1110", "VGER", "9") "," ROW(
            "1110", "BSPL", "300") "," ROW("1150", "MJOR", "33.0") "," ROW("1150", "BHIS",
                                                                           "99") "]\n";
    g_autoptr(SpTable) table =
        facts_parse("dbh", "dbh_kandidater", text, strlen(text), quality, &error);
    assert_no_error(error);
    assert_int_equal(sp_table_n_rows(table), 3);
    static const char *const wanted[] = {"03 1110 spesialsykepleier videreutdanning 21",
                                         "03 1110 sykepleier nye_personer 300",
                                         "50 1150 jordmor videreutdanning 33"};
    for (gsize row = 0; row < 3; row++) {
        g_autofree char *found = g_strdup_printf(
            "%s %s %s %s %.0f", sp_table_code(table, row, sp_table_find(table, "region")),
            sp_table_code(table, row, sp_table_find(table, "laerested")),
            sp_table_code(table, row, sp_table_find(table, "profesjon")),
            sp_table_code(table, row, sp_table_find(table, "utdanningstype")),
            sp_table_real(table, row, sp_table_find(table, "fullfoerte")).value);
        gboolean is_there = FALSE;
        for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
            is_there = is_there || strcmp(found, wanted[i]) == 0;
        }
        if (!is_there) {
            fail_msg("\"%s\" was not wanted", found);
        }
        assert_string_equal(sp_table_code(table, row, sp_table_find(table, "avrundet_til")), "3");
        assert_int_equal(sp_table_real(table, row, sp_table_find(table, "opptatte")).status,
                         SP_MISSING); /* not asked, so not zero */
    }
    assert_int_equal(sp_quality_count(quality, "left_out"), 1);
    assert_int_equal(sp_quality_count(quality, "unknown_code"), 0);
}

static void settings_must_make_a_question(void **state)
{
    (void)state;
    const SpExtractor *dbh = sp_extractors_find("dbh");
    record_check_refused(dbh, "", "none of url, table and bulk");
    record_check_refused(dbh, "table = 118", "either group_by");
    record_check_refused(dbh, "table = ,\ngroup_by = a", "want 1 to 20 numbers");
    record_check_refused(dbh, "table = x\ngroup_by = a", "table = x");
    record_check_refused(dbh, "table = 118\ngroup_by = a\nformat = xml", "format = xml");
    record_check_refused(dbh, "bulk = alt", "bulk = alt");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_come_as_one_list_with_their_rounding),
        cmocka_unit_test(token_gives_whole_figures_and_is_told_nowhere),
        cmocka_unit_test(token_that_others_may_read_is_not_used),
        cmocka_unit_test(no_rows_are_a_fact),
        cmocka_unit_test(csv_comes_by_post_and_in_bulk),
        cmocka_unit_test(variables_of_fagskoler_have_blanks),
        cmocka_unit_test(lists_without_sums_come_as_they_are),
        cmocka_unit_test(answers_that_are_none_are_refused),
        cmocka_unit_test(one_failure_and_a_mark_are_survived),
        cmocka_unit_test(snapshots_that_are_wrong_are_refused),
        cmocka_unit_test(list_and_sums_in_one_snapshot_are_refused),
        cmocka_unit_test(programmes_become_professions),
        cmocka_unit_test(settings_must_make_a_question),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
