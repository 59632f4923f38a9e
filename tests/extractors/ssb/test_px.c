/* PX: the format's corners, and files that are none. */
#include "extractors/ssb/px.h"

#include "tests/check.h"
#include "tests/extractors/record.h"

/* The heading's variable is fastest, whatever their order in the file. */
#define HEAD                                                                                       \
    "CHARSET=\"ANSI\";\r\nAXIS-VERSION=\"2010\";\r\nCODEPAGE=\"iso-8859-1\";\r\n"                  \
    "TITLE=\"Folkemengde, etter region, \"\r\n\"k\xf8n og \xe5r\";\r\n"                            \
    "HEADING=\"\xe5r\";\r\nSTUB=\"region\",\"kj\xf8nn\";\r\n"                                      \
    "VALUES(\"region\")=\"Halden; by\",\r\n\"\xc5lesund\";\r\nCODES(\"region\")=\"0101\",\"1507\"" \
    ";\r\nVARIABLECODE(\"region\")=\"Region\";\r\nVALUES[en](\"region\")=\"a\",\"b\",\"c\";\r\n"   \
    "VALUES(\"kj\xf8nn\")=\"Kvinner\",\"Menn\";\r\n"                                               \
    "VALUES(\"\xe5r\")=\"2023\",\"2024\";\r\nTIMEVAL(\"\xe5r\")=TLIST(A1),\"2023\",\"2024\";\r\n"  \
    "LAST-UPDATED(\"a\")=\"20260225 08:00\";\r\nLAST-UPDATED(\"b\")=\"20260702 08:00\";\r\n"       \
    "DATASYMBOL1=\".\";\r\nDATASYMBOL2=\"..\";\r\nDATASYMBOL3=\":\";\r\nDATASYMBOLNIL=\"-\";\r\n"
#define FULL HEAD "DATA=\r\n1 2.50 \"..\"\t\"...\"\r\n-4 \"-\" \r\n\".\" 1E3\r\n;\r\n"

static Record *read_sized(const char *text, gsize size, char **updated)
{
    g_autoptr(GError) error = NULL;
    Record *record = record_new();
    sp_px_parse(text, size, "a.px", &record->sink, updated, &error);
    assert_no_error(error);
    return record;
}

static Record *read_px(const char *text)
{
    g_autofree char *updated = NULL;
    return read_sized(text, strlen(text), &updated);
}

static void refuse_sized(const char *text, gsize size, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Record) record = record_new();
    g_autofree char *updated = NULL;
    assert_false(sp_px_parse(text, size, "a.px", &record->sink, &updated, &error));
    assert_error(error, SP_ERROR_DATA, part);
    assert_error(error, SP_ERROR_DATA, "a.px: ");
    assert_null(updated);
}

static void assert_refused(const char *text, const char *part)
{
    refuse_sized(text, strlen(text), part);
}

static void stub_comes_before_heading_and_names_are_codes(void **state)
{
    (void)state;
    g_autoptr(Record) record = read_px(FULL);
    assert_string_equal(record->names, "Region|kjønn|år|value|status");
    assert_int_equal(record->n_rows, 8);
    assert_string_equal(record_row(record, 0), "1: 0101|Kvinner|2023|1|");
    assert_string_equal(record_row(record, 1), "2: 0101|Kvinner|2024|2.50|");
    assert_string_equal(record_row(record, 4), "5: 1507|Kvinner|2023|-4|");
    assert_string_equal(record_row(record, 7), "8: 1507|Menn|2024|1E3|");
}

/* Three dots are what the file says that its third symbol is: ":" here. */
static void symbols_are_those_of_the_file(void **state)
{
    (void)state;
    g_autoptr(Record) record = read_px(FULL);
    assert_string_equal(record_row(record, 2), "3: 0101|Menn|2023||..");
    assert_string_equal(record_row(record, 3), "4: 0101|Menn|2024||:");
    assert_string_equal(record_row(record, 5), "6: 1507|Kvinner|2024||-");
    assert_string_equal(record_row(record, 6), "7: 1507|Menn|2023||.");
    g_autoptr(Record) other =
        read_px("STUB=\"a\";\nVALUES(\"a\")=\"1\",\"2\";\nDATASYMBOL1=\"x\";DATA=\".\" \":\";");
    assert_string_equal(record_row(other, 0), "1: 1||x");
    assert_string_equal(record_row(other, 1), "2: 2||:");
}

/* 300 bytes of a letter of two: what is cut is cut in the middle of one. */
static void a_long_text_in_the_place_of_a_figure_stays_whole(void **state)
{
    (void)state;
    g_autoptr(GString) words = g_string_new("1");
    for (int i = 0; i < 150; i++) {
        g_string_append(words, "ø");
    }
    g_autofree char *text = g_strdup_printf(
        "CODEPAGE=\"utf-8\";\nSTUB=\"a\";\nVALUES(\"a\")=\"1\";\nDATA=\"%s\";", words->str);
    g_autofree char *wanted = g_strdup_printf("1: 1||%s", words->str);
    g_autoptr(Record) record = read_px(text);
    assert_string_equal(record_row(record, 0), wanted);
}

static void all_suppressed_is_still_a_table(void **state)
{
    (void)state;
    g_autoptr(Record) record =
        read_px(HEAD "DATA=\n\":\" \":\" \":\" \":\" \":\" \":\" \":\" \":\";");
    assert_int_equal(record->n_rows, 8);
    assert_int_equal(record->n_empty, 8);
}

/* The newest of the contents; July is two hours from UTC. */
static void updated_is_oslo_time(void **state)
{
    (void)state;
    g_autofree char *updated = NULL;
    g_autoptr(Record) record = read_sized(FULL, strlen(FULL), &updated);
    assert_string_equal(updated, "2026-07-02T06:00:00Z");
    assert_int_equal(record->n_begins, 1);
}

static void rows_of_a_sparse_file_that_are_left_out_are_zero(void **state)
{
    (void)state;
    g_autoptr(Record) record =
        read_px(HEAD "KEYS(\"region\")=CODES;\nKEYS(\"kj\xf8nn\")=VALUES;\n"
                     "DATA=\n\"0101\",\"Menn\", 3 4\n\"1507\",\"Menn\",\":\" 6;");
    assert_int_equal(record->n_rows, 8);
    assert_string_equal(record_row(record, 0), "1: 0101|Kvinner|2023|0|");
    assert_string_equal(record_row(record, 2), "3: 0101|Menn|2023|3|");
    assert_string_equal(record_row(record, 5), "6: 1507|Kvinner|2024|0|");
    assert_string_equal(record_row(record, 6), "7: 1507|Menn|2023||:");
    assert_near(record->sum, 13, 0);
    assert_refused(HEAD "KEYS(\"region\")=CODES;\nDATA=\n\"9999\",\"Menn\", 3 4;", "a key that is");
    assert_refused(HEAD "KEYS(\"region\")=CODES;\nDATA=\n\"0101\",\"Menn\", 3;", "fewer figures");
    assert_refused(HEAD
                   "KEYS(\"region\")=CODES;\nDATA=\n\"0101\",\"Menn\" 1 2 \"0101\",\"Menn\" 1 2;",
                   "comes twice");
}

static void other_encodings_are_read_as_the_file_says(void **state)
{
    (void)state;
    g_autoptr(Record) utf8 =
        read_px("CODEPAGE=\"utf-8\";STUB=\"\xc3\xa5r\";VALUES(\"\xc3\xa5r\")=\"1\";DATA=1;");
    assert_string_equal(utf8->names, "år|value|status");
    g_autoptr(Record) mark =
        read_px("\xef\xbb\xbfSTUB=\"\xc3\xa5r\";VALUES(\"\xc3\xa5r\")=\"1\";DATA=1;");
    assert_string_equal(mark->names, "år|value|status");
    g_autoptr(Record) dos = read_px("STUB=\"\x86r\";VALUES(\"\x86r\")=\"1\";DATA=1;");
    assert_string_equal(dos->names, "år|value|status");
    assert_refused("CODEPAGE=\"utf-8\";STUB=\"\xe5r\";DATA=1;", "not utf-8 as the file says");
    assert_refused("CODEPAGE=\"ebcdic\";DATA=1;", "code page \"ebcdic\" is not read");
    refuse_sized("STUB=\"a\";\0DATA=1;", 17, "a NUL byte");
}

static void truncated_files_are_refused(void **state)
{
    (void)state;
    assert_refused("", "ends before its DATA");
    assert_refused(HEAD, "ends before its DATA");
    assert_refused(HEAD "DATA=\n1 2 3", "break off");
    assert_refused(HEAD "DATA=\n1 2 3;", "fewer figures");
    assert_refused(HEAD "DATA=\n1 2 \"..", "a quote that does not end");
    for (gsize size = 0; size + 4 < strlen(FULL); size++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Record) record = record_new();
        g_autofree char *updated = NULL;
        assert_false(sp_px_parse(FULL, size, "a.px", &record->sink, &updated, &error));
        assert_non_null(error);
    }
}

static void wrong_files_are_refused(void **state)
{
    (void)state;
    assert_refused(HEAD "DATA=\n1 2 3 4 5 6 7 8 9;", "more figures");
    assert_refused(HEAD "DATA=\n1 2 3 4 5 6 7 x;", "no figure");
    assert_refused("DATA=1;", "neither STUB nor HEADING");
    assert_refused("STUB=\"a\";DATA=1;", "without codes");
    assert_refused("STUB=\"a\";VALUES(\"a\")=\"1\",\"1\";DATA=1 1;", "comes twice");
    assert_refused("STUB=\"a\";VALUES(\"a\")=\"1\",\"2\";CODES(\"a\")=\"1\";DATA=1;",
                   "without codes");
    assert_refused("STUB=\"a;\nDATA=1;", "line 1: a quote that does not end");
    assert_refused("hei;", "no keyword");
    assert_refused("STUB(a)=1;", "no text in the parentheses");
    assert_refused("STUB[no=1;", "a bracket");
    assert_refused("STUB=\"a\"", "a keyword that does not end");
    assert_refused("A-B 1;", "a keyword without =");
}

/* A cube of 2000 x 2000 x 2000 cells in a few kilobytes. */
static void hostile_sizes_are_refused_before_anything_is_made(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new("STUB=\"a\",\"b\",\"c\";");
    for (int v = 0; v < 3; v++) {
        g_string_append_printf(text, "VALUES(\"%c\")=\"x\"", 'a' + v);
        for (int i = 0; i < 2000; i++) {
            g_string_append_printf(text, ",\"%d\"", i);
        }
        g_string_append(text, ";");
    }
    g_string_append(text, "DATA=1;");
    assert_refused(text->str, "more than 5000000 cells");
}

/* A test database of the server itself, if it is here. */
static void file_of_the_servers_own_tests_is_read(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    gsize size = 0;
    g_autofree char *text =
        record_read(&size, shared, "jsonstat", "pxwebapi2", "tab4_fewcells.px", NULL);
    g_autofree char *updated = NULL;
    g_autoptr(Record) record = read_sized(text, size, &updated);
    assert_true(record->n_rows > 0);
    assert_true(record->n_rows > record->n_empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stub_comes_before_heading_and_names_are_codes),
        cmocka_unit_test(symbols_are_those_of_the_file),
        cmocka_unit_test(a_long_text_in_the_place_of_a_figure_stays_whole),
        cmocka_unit_test(all_suppressed_is_still_a_table),
        cmocka_unit_test(updated_is_oslo_time),
        cmocka_unit_test(rows_of_a_sparse_file_that_are_left_out_are_zero),
        cmocka_unit_test(other_encodings_are_read_as_the_file_says),
        cmocka_unit_test(truncated_files_are_refused),
        cmocka_unit_test(wrong_files_are_refused),
        cmocka_unit_test(hostile_sizes_are_refused_before_anything_is_made),
        cmocka_unit_test(file_of_the_servers_own_tests_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
