/* CSV: reading by libcsv, writing by RFC 4180. */
#include "tests/core/io/folder.h"

#include "core/io/csv.h"

/* A sink that writes down what it gets: "name|name\n" and "2:field|field\n". */
typedef struct {
    SpSink sink;
    GString *seen;
} Notes;

static gboolean note_begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    (void)error;
    GString *seen = ((Notes *)sink)->seen;
    for (gsize i = 0; i < n; i++) {
        g_string_append_printf(seen, "%s%s", i > 0 ? "|" : "", names[i]);
    }
    g_string_append_c(seen, '\n');
    return TRUE;
}

static gboolean note_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                         GError **error)
{
    GString *seen = ((Notes *)sink)->seen;
    g_string_append_printf(seen, "%" G_GUINT64_FORMAT ":", number);
    for (gsize i = 0; i < n; i++) {
        g_string_append_printf(seen, "%s%.*s", i > 0 ? "|" : "", (int)fields[i].size,
                               fields[i].text);
    }
    g_string_append_c(seen, '\n');
    return fields[0].size != 4 || strncmp(fields[0].text, "STOP", 4) != 0 ||
           sp_error_set(error, SP_ERROR_DATA, "the sink stops");
}

/* What the sink saw, NULL with error. g_free. */
static char *parse_sized(const char *bytes, gsize size, SpCsvForm form, GError **error)
{
    Notes notes = {.sink = {.begin = note_begin, .row = note_row}, .seen = g_string_new(NULL)};
    form.origin = "kostra/x: 1.csv";
    gboolean ok = sp_csv_parse(bytes, size, &form, &notes.sink, error);
    char *seen = g_string_free(notes.seen, FALSE);
    if (!ok) {
        g_clear_pointer(&seen, g_free);
    }
    return seen;
}

static char *parse(const char *text, GError **error)
{
    const SpCsvForm form = {.encoding = "UTF-8", .delimiter = ',', .header_rows = 1};
    return parse_sized(text, strlen(text), form, error);
}

static void assert_seen(const char *text, const char *want)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *seen = parse(text, &error);
    assert_no_error(error);
    assert_string_equal(seen, want);
}

static void assert_refused(const char *text, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(parse(text, &error));
    assert_error(error, SP_ERROR_DATA, part);
}

static void rows_carry_their_number_and_quotes_are_taken_off(void **state)
{
    (void)state;
    assert_seen("a,b\n1,\"x, \"\"y\"\"\"\n\"line\nbreak\",\n",
                "a|b\n2:1|x, \"y\"\n3:line\nbreak|\n");
}

static void all_line_ends_are_read_alike(void **state)
{
    (void)state;
    assert_seen("a,b\r\n1,2\r\n3,4", "a|b\n2:1|2\n3:3|4\n");
    assert_seen("a,b\r1,2\r3,4\r", "a|b\n2:1|2\n3:3|4\n");
    assert_seen("a,b\n1,2\r\n3,4\n", "a|b\n2:1|2\n3:3|4\n");
}

static void empty_lines_are_skipped_but_counted(void **state)
{
    (void)state;
    assert_seen("\n\na\n\n1\n2\n\n", "a\n5:1\n6:2\n");
    assert_seen("a\r\n\r\n\r\n1\r\n2\r\n", "a\n4:1\n5:2\n");
    assert_seen("a\r\r\n1\n", "a\n3:1\n");
}

static void quoted_empty_field_is_a_row(void **state)
{
    (void)state;
    assert_seen("a\n\"\"\nx\n", "a\n2:\n3:x\n");
}

static void blanks_belong_to_their_field(void **state)
{
    (void)state;
    assert_seen("a,b\n 1 ,\t\n", "a|b\n2: 1 |\t\n");
}

static void byte_order_mark_is_no_part_of_the_first_name(void **state)
{
    (void)state;
    assert_seen("\xef\xbb\xbf"
                "a,b\n1,2\n",
                "a|b\n2:1|2\n");
    assert_seen("\xef\xbb\xbf\"a\",b\n1,2\n", "a|b\n2:1|2\n");
}

static void header_without_rows_is_a_table_of_no_rows(void **state)
{
    (void)state;
    assert_seen("a,b\n", "a|b\n");
    assert_seen("a,b", "a|b\n");
}

static void lines_before_the_header_may_have_any_length(void **state)
{
    (void)state;
    const char *text = "\"07459: Folkemengde; alder\"\n\nregion;2024;2025\n0301;1;2\n";
    const SpCsvForm form = {.encoding = "UTF-8", .delimiter = ';', .header_rows = 2};
    g_autofree char *seen = parse_sized(text, strlen(text), form, NULL);
    assert_string_equal(seen, "region|2024|2025\n4:0301|1|2\n");
}

static void latin1_is_converted(void **state)
{
    (void)state;
    const char *text = "navn;\xe5r\nTroms\xf8;2024\n";
    const SpCsvForm form = {.encoding = "iso-8859-1", .delimiter = ';', .header_rows = 1};
    g_autofree char *seen = parse_sized(text, strlen(text), form, NULL);
    assert_string_equal(seen, "navn|år\n2:Tromsø|2024\n");
}

static void wrong_encoding_is_told_with_line_and_remedy(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    const char *text = "navn\nÅs\n";
    const SpCsvForm latin1 = {.encoding = "ISO-8859-1", .delimiter = ';', .header_rows = 1};
    assert_refused("navn\nOslo\nTroms\xf8\n", "kostra/x: 1.csv: line 3: byte 0xf8 is not UTF-8");
    assert_null(parse_sized(text, strlen(text), latin1, &error));
    assert_error(error, SP_ERROR_DATA, "line 2: byte 0x85 is no letter of ISO-8859-1");
    g_clear_error(&error);
    assert_null(parse_sized("\xef\xbb\xbf"
                            "a\n",
                            5, latin1, &error));
    assert_error(error, SP_ERROR_DATA, "byte order mark");
}

static void nul_byte_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    const SpCsvForm form = {.encoding = "UTF-8", .delimiter = ',', .header_rows = 1};
    assert_null(parse_sized("a,b\n1,\0\n", 8, form, &error));
    assert_error(error, SP_ERROR_DATA, "line 2: NUL byte");
}

static void unknown_encoding_is_a_matter_of_config(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    const SpCsvForm ebcdic = {.encoding = "EBCDIC", .delimiter = ',', .header_rows = 1};
    const SpCsvForm headless = {.encoding = "UTF-8", .delimiter = ',', .header_rows = 0};
    assert_null(parse_sized("a\n", 2, ebcdic, &error));
    assert_error(error, SP_ERROR_CONFIG, "EBCDIC");
    g_clear_error(&error);
    assert_null(parse_sized("a\n", 2, headless, &error));
    assert_error(error, SP_ERROR_CONFIG, "header_rows");
}

static void row_of_another_length_is_refused(void **state)
{
    (void)state;
    assert_refused("a,b\n1,2\n1,2,3\n", "row 3: 3 fields, want 2");
    assert_refused("a,b\n1\n", "row 2: 1 fields, want 2");
}

static void column_named_twice_is_refused(void **state)
{
    (void)state;
    assert_refused("a,b,a\n1,2,3\n", "row 1: the header names column \"a\" twice");
}

static void quote_out_of_place_is_refused(void **state)
{
    (void)state;
    assert_refused("a,b\n1,2\nx\"y,2\n", "row 3: a quote stands out of place");
    assert_refused("a,b\n\"x\"y,2\n", "row 2: a quote stands out of place");
}

static void cut_quote_is_refused(void **state)
{
    (void)state;
    assert_refused("a,b\n1,2\n1,\"two", "row 3: the quoted field that begins here never ends");
}

static void empty_file_is_refused(void **state)
{
    (void)state;
    assert_refused("", "ends before its header");
    assert_refused("\xef\xbb\xbf\r\n\r\n", "ends before its header");
}

static void error_of_the_sink_stops_the_reading(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    GString *text = g_string_new("a\nSTOP\n");
    for (int i = 0; i < 100000; i++) {
        g_string_append(text, "STOP\n");
    }
    assert_null(parse(text->str, &error));
    assert_error(error, SP_ERROR_DATA, "the sink stops");
    g_string_free(text, TRUE);
}

static void quote_error_after_a_sink_error_is_not_told(void **state)
{
    (void)state;
    assert_refused("a\nSTOP\nx\"y\n", "the sink stops");
}

static void field_of_a_megabyte_is_read(void **state)
{
    (void)state;
    g_autofree char *large = g_strnfill(1000000, 'x');
    g_autofree char *text = g_strdup_printf("a,b\n\"%s\",2\n", large);
    g_autofree char *seen = parse(text, NULL);
    assert_int_equal(strlen(seen), 4 + 2 + 1000000 + 3);
}

/* What the sink saw of a file that came in pieces of `piece` bytes. g_free. */
static char *push_all(const char *bytes, gsize size, gsize piece, SpCsvForm form, GError **error)
{
    Notes notes = {.sink = {.begin = note_begin, .row = note_row}, .seen = g_string_new(NULL)};
    form.origin = "pai";
    g_autoptr(SpCsv) csv = sp_csv_open(&form, &notes.sink, error);
    gboolean ok = csv != NULL;
    for (gsize done = 0; ok && done < size; done += piece) {
        ok = sp_csv_push(csv, bytes + done, MIN(piece, size - done), error);
    }
    ok = ok && sp_csv_close(g_steal_pointer(&csv), error);
    char *seen = g_string_free(notes.seen, FALSE);
    if (!ok) {
        g_clear_pointer(&seen, g_free);
    }
    return seen;
}

static void pieces_of_any_size_give_the_same_rows(void **state)
{
    (void)state;
    const char text[] = "\xef\xbb\xbf"
                        "a;å\r\n1;\"x \"\"å\"\"\nø\"\r\n\r\n2;€\U0001F600\r\n";
    const SpCsvForm form = {.encoding = "UTF-8", .delimiter = ';', .header_rows = 1};
    for (gsize piece = 1; piece < sizeof text; piece++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *seen = push_all(text, strlen(text), piece, form, &error);
        assert_no_error(error);
        assert_string_equal(seen, "a|å\n2:1|x \"å\"\nø\n4:2|€\U0001F600\n");
    }
}

static void a_mark_may_decide_the_encoding(void **state)
{
    (void)state;
    const SpCsvForm form = {
        .encoding = "ISO-8859-1", .delimiter = ';', .header_rows = 1, .mark_decides = TRUE};
    for (gsize piece = 1; piece < 12; piece++) {
        g_autofree char *marked =
            push_all("\xef\xbb\xbf\xc3\xa5;b\n\xc3\xb8;2\n", 13, piece, form, NULL);
        assert_string_equal(marked, "å|b\n2:ø|2\n");
        g_autofree char *plain = push_all("\xe5;b\n\xf8;2\n", 8, piece, form, NULL);
        assert_string_equal(plain, "å|b\n2:ø|2\n");
    }
}

static void half_a_character_at_the_end_is_refused(void **state)
{
    (void)state;
    const SpCsvForm form = {.encoding = "UTF-8", .delimiter = ';', .header_rows = 1};
    for (gsize piece = 1; piece < 6; piece++) {
        g_autoptr(GError) error = NULL;
        assert_null(push_all("a\n1\xe2\x82", 5, piece, form, &error));
        assert_error(error, SP_ERROR_DATA, "line 2: byte 0xe2 is not UTF-8");
    }
}

static void a_bad_byte_in_a_late_piece_is_told_with_its_line(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    const SpCsvForm form = {.encoding = "UTF-8", .delimiter = ';', .header_rows = 1};
    assert_null(push_all("a\n1\n2\n\xf8\n", 8, 2, form, &error));
    assert_error(error, SP_ERROR_DATA, "line 4: byte 0xf8");
}

/* A file without its header has a person where names should be. */
static void a_private_file_is_never_quoted(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    const SpCsvForm form = {
        .encoding = "UTF-8", .delimiter = ';', .header_rows = 1, .is_private = TRUE};
    assert_null(push_all("p12345678;p12345678\n1;2\n", 24, 24, form, &error));
    assert_error(error, SP_ERROR_DATA, "row 1: the header names column twice");
    assert_null(strstr(error->message, "p12345678"));
}

static void an_endless_field_is_refused_before_memory_is_full(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autofree char *field = g_strnfill(SP_CSV_MAX_ROW + 200000, 'x');
    g_autofree char *text = g_strconcat("a\n\"", field, NULL);
    const SpCsvForm form = {.encoding = "UTF-8", .delimiter = ';', .header_rows = 1};
    assert_null(push_all(text, strlen(text), 65536, form, &error));
    assert_error(error, SP_ERROR_DATA, "row 2: the row is longer than 16 MiB");
}

static void written_fields_read_back(void **state)
{
    const char *const fields[] = {"plain", "a,b", "say \"no\"", "two\nlines", " blank", "", "\r"};
    g_autofree char *path = path_in(state, "x.csv");
    SpWriter *writer = sp_writer_open(path, 0600, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        sp_writer_put_text(writer, i > 0 ? "," : "");
        sp_csv_put(writer, fields[i], ',');
    }
    assert_true(sp_writer_close(writer, NULL));
    g_autofree char *text = text_of(path);
    assert_string_equal(text, "plain,\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",\" blank\",,\"\r\"");
    g_autofree char *seen = parse(text, NULL);
    assert_string_equal(seen, "plain|a,b|say \"no\"|two\nlines| blank||\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_carry_their_number_and_quotes_are_taken_off),
        cmocka_unit_test(all_line_ends_are_read_alike),
        cmocka_unit_test(empty_lines_are_skipped_but_counted),
        cmocka_unit_test(quoted_empty_field_is_a_row),
        cmocka_unit_test(blanks_belong_to_their_field),
        cmocka_unit_test(byte_order_mark_is_no_part_of_the_first_name),
        cmocka_unit_test(header_without_rows_is_a_table_of_no_rows),
        cmocka_unit_test(lines_before_the_header_may_have_any_length),
        cmocka_unit_test(latin1_is_converted),
        cmocka_unit_test(wrong_encoding_is_told_with_line_and_remedy),
        cmocka_unit_test(nul_byte_is_refused),
        cmocka_unit_test(unknown_encoding_is_a_matter_of_config),
        cmocka_unit_test(row_of_another_length_is_refused),
        cmocka_unit_test(column_named_twice_is_refused),
        cmocka_unit_test(quote_out_of_place_is_refused),
        cmocka_unit_test(cut_quote_is_refused),
        cmocka_unit_test(empty_file_is_refused),
        cmocka_unit_test(error_of_the_sink_stops_the_reading),
        cmocka_unit_test(quote_error_after_a_sink_error_is_not_told),
        cmocka_unit_test(field_of_a_megabyte_is_read),
        cmocka_unit_test(pieces_of_any_size_give_the_same_rows),
        cmocka_unit_test(a_mark_may_decide_the_encoding),
        cmocka_unit_test(half_a_character_at_the_end_is_refused),
        cmocka_unit_test(a_bad_byte_in_a_late_piece_is_told_with_its_line),
        cmocka_unit_test(a_private_file_is_never_quoted),
        cmocka_unit_test(an_endless_field_is_refused_before_memory_is_full),
        FOLDER_TEST(written_fields_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
