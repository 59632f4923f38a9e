/* The reader of PAI's files, in pieces, by the project's own layout. */
#include "tests/check.h"
#include "tests/extractors/record.h"

#define HEADER                                                                                     \
    "aar;orgnr;kommune;person;foedselsaar;kjonn;stillingskode;lokal_tittel;ansettelse;"            \
    "stillingsprosent;funksjon;utdanning;grunnloenn;fravaer_egen;fravaer_lege\r\n"
#define COLUMNS                                                                                    \
    "aar|orgnr|kommune|person|foedselsaar|kjonn|stillingskode|lokal_tittel|ansettelse|"            \
    "stillingsprosent|funksjon|utdanning|grunnloenn|fravaer_egen|fravaer_lege"
#define ROW                                                                                        \
    "2024;974761211;0301;abcdefgh01;1980;2;7174;Sykepleier "                                       \
    "nattevakt;F;80,5;253;661101;510000;3;0\r\n"

static SpLayout *read_layout(void)
{
    gsize size = 0;
    g_autoptr(GError) error = NULL;
    g_autofree char *text =
        record_read(&size, SP_SOURCE_FOLDER, "config", "layouts", "pai_stillinger.ini", NULL);
    SpLayout *layout = sp_layout_parse("pai_stillinger", text, &error);
    assert_no_error(error);
    return layout;
}

/* Pushes bytes in pieces of `piece`. */
static gboolean parse(Record *record, const char *bytes, gsize size, gsize piece, GError **error)
{
    const SpExtractor *pai = sp_extractors_find("pai");
    g_autoptr(SpLayout) layout = read_layout();
    g_autoptr(SpSettings) settings = record_settings(pai, "");
    const SpParserInput input = {
        .origin = "pai/stillinger", .layout = layout, .settings = settings};
    g_autoptr(SpParser) parser = pai->open(&input, &record->sink, error);
    gboolean ok = parser != NULL;
    for (gsize done = 0; ok && done < size; done += piece) {
        ok = parser->push(parser, bytes + done, MIN(piece, size - done), error);
    }
    SpParser *whole = ok ? g_steal_pointer(&parser) : NULL;
    return ok && whole->close(whole, error);
}

static void assert_read(const char *text)
{
    for (gsize piece = 1; piece <= strlen(text); piece = piece * 3 + 1) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Record) record = record_new();
        (void)parse(record, text, strlen(text), piece, &error);
        assert_no_error(error);
        assert_string_equal(record->names, COLUMNS);
        assert_int_equal(record->n_rows, 1);
        assert_string_equal(record_row(record, 0),
                            "2: 2024|974761211|0301|abcdefgh01|1980|2|7174|"
                            "Sykepleier på natt|F|80,5|253|661101|510000|3|0");
    }
}

#define ROW_WITH(letter)                                                                           \
    "2024;974761211;0301;abcdefgh01;1980;2;7174;Sykepleier p" letter " natt;F;80,5;253;661101;"    \
    "510000;3;0\r\n"

static void latin1_and_marked_utf8_are_read_alike(void **state)
{
    (void)state;
    assert_read(HEADER ROW_WITH("\xe5"));
    assert_read("\xef\xbb\xbf" HEADER ROW_WITH("\xc3\xa5"));
}

static void assert_refused(const char *text, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Record) record = record_new();
    assert_false(parse(record, text, strlen(text), 7, &error));
    assert_error(error, SP_ERROR_DATA, part);
    assert_non_null(strstr(error->message, "pai/stillinger"));
    assert_null(strstr(error->message, "abcdefgh01"));
}

static void a_damaged_file_is_refused_without_its_content(void **state)
{
    (void)state;
    assert_refused("", "ends before its header");
    assert_refused(HEADER "2024;974761211;0301;abcdefgh01\r\n", "row 2: 4 fields, want 15");
    assert_refused(HEADER ROW "2024;9747;0301;\"abcdefgh01", "row 3: the quoted field");
    assert_refused(HEADER ROW "2024;9747;0301;abcdefgh01\"x;\r\n", "row 3: a quote stands out");
    assert_refused("abcdefgh01;abcdefgh01\r\n", "row 1: the header names column twice");
    assert_refused(HEADER "2024;974761211;0301;abcdefgh01\x85;", "line 2: byte 0x85");
}

static void a_pai_file_comes_by_hand_alone(void **state)
{
    (void)state;
    const SpExtractor *pai = sp_extractors_find("pai");
    g_autoptr(SpSettings) settings = record_settings(pai, "");
    g_autoptr(GError) error = NULL;
    const SpFetchContext at = {.base_folder = "/"};
    assert_null(pai->fetch(settings, &at, &error));
    assert_error(error, SP_ERROR_CONFIG, "inbox");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(latin1_and_marked_utf8_are_read_alike),
        cmocka_unit_test(a_damaged_file_is_refused_without_its_content),
        cmocka_unit_test(a_pai_file_comes_by_hand_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
