/* Accounts of kommuner: the record as SSB's control program has it, its controls one by one, and
 * files that are not what they should be. */
#include "extractors/extractor.h"

#include "core/builder.h"
#include "tests/check.h"
#include "tests/extractors/record.h"

/* A real record (SSB's control program); each test changes it in one place. */
#define REAL "0A20194040200                  1253 010   107597"
#define YEARLY "0A2019 040200                  1253 010   107597"

static const SpExtractor *kostra(void)
{
    return sp_extractors_find("kostra");
}

static SpLayout *accounts(void)
{
    gsize size = 0;
    g_autoptr(GError) error = NULL;
    g_autofree char *text =
        record_read(&size, SP_SOURCE_FOLDER, "config", "layouts", "regnskap.ini", NULL);
    SpLayout *layout = sp_layout_parse("regnskap", text, &error);
    assert_no_error(error);
    return layout;
}

static Record *read_file(const char *settings, const char *bytes, gsize size, GError **error)
{
    g_autoptr(SpLayout) layout = accounts();
    g_autoptr(SpSettings) own = record_settings(kostra(), settings);
    g_autofree char *updated = NULL;
    Record *record = record_new();
    if (!kostra()->parse(&(SpDocument){bytes, size, "0A.txt", layout, own}, &record->sink, &updated,
                         error)) {
        record_free(record);
        return NULL;
    }
    assert_null(updated);
    return record;
}

static Record *read_text(const char *settings, const char *text)
{
    g_autoptr(GError) error = NULL;
    Record *record = read_file(settings, text, strlen(text), &error);
    assert_no_error(error);
    return record;
}

static void assert_refused(const char *settings, const char *text, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Record) record = read_file(settings, text, strlen(text), &error);
    assert_null(record);
    assert_error(error, SP_ERROR_DATA, part);
    assert_error(error, SP_ERROR_DATA, "0A.txt");
}

/* The record with other characters from a position (from 1). g_free. */
static char *with(guint from, const char *text)
{
    char *record = g_strdup(YEARLY);
    for (gsize i = 0; text[i] != '\0'; i++) {
        record[from - 1 + i] = text[i];
    }
    return record;
}

static void assert_control(guint from, const char *text, const char *part)
{
    g_autofree char *record = with(from, text);
    assert_refused("", record, part);
}

static void real_record_is_read_field_by_field(void **state)
{
    (void)state;
    g_autoptr(Record) record = read_text("periode = kvartal", REAL);
    assert_string_equal(record->names, "skjema|aargang|kvartal|region|kommune|orgnr|foretaksnr|"
                                       "kontoklasse|funksjon|art|belop|periode");
    assert_int_equal(record->n_rows, 1);
    assert_string_equal(record_row(record, 0),
                        "1: 0A|2019|4|040200|0402|||1|253|010|107597|2019K4");
}

static void last_record_may_lack_its_end_and_lines_may_end_in_crlf(void **state)
{
    (void)state;
    g_autoptr(Record) record = read_text("", YEARLY "\r\n" YEARLY "\n" YEARLY);
    assert_int_equal(record->n_rows, 3);
    assert_string_equal(record_row(record, 2), "3: 0A|2019||040200|0402|||1|253|010|107597|2019");
}

static void amounts_are_kroner_and_income_negative(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout = accounts();
    g_autoptr(SpSettings) settings = record_settings(kostra(), "");
    g_autoptr(SpBuilder) builder = sp_builder_new(layout, "0A.txt");
    g_autofree char *updated = NULL;
    g_autofree char *income = with(40, "      -12");
    g_autoptr(GError) error = NULL;
    kostra()->parse(&(SpDocument){income, strlen(income), "0A.txt", layout, settings},
                    sp_builder_sink(builder), &updated, &error);
    assert_no_error(error);
    g_autoptr(SpTable) table = sp_builder_steal(builder, &error);
    assert_near(sp_table_real(table, 0, sp_table_find(table, "beloep")).value, -12000, 0);
}

static void a_record_of_another_length_is_fatal(void **state)
{
    (void)state;
    assert_refused("", YEARLY "\n" YEARLY " \n" YEARLY,
                   "line 2: a record of 49 characters, want 48");
    assert_refused("", "0A2019", "line 1: a record of 6 characters");
    assert_refused("", YEARLY "\n\n" YEARLY, "line 2: a record of 0 characters");
    assert_refused("", "skjema;aargang;region\n0A;2019;0402", "line 1: a record of 21");
}

static void an_empty_file_is_no_accounts(void **state)
{
    (void)state;
    assert_refused("", "", "no records");
    assert_refused("", " ", "no records");
    assert_refused("", "\n\n", "no records");
}

static void letters_are_latin1_and_nul_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    char bytes[] = YEARLY;
    bytes[1] = (char)0xC5; /* one byte, one character: the length still holds */
    assert_null(read_file("", bytes, strlen(bytes), &error));
    assert_error(error, SP_ERROR_DATA, "control 003: skjema is \"0Å\"");
    g_clear_error(&error);
    bytes[1] = '\0';
    assert_null(read_file("", bytes, sizeof bytes - 1, &error));
    assert_error(error, SP_ERROR_DATA, "byte 2 is NUL");
    assert_refused("", "\xEF\xBB\xBF" YEARLY, "a record of 51 characters");
}

static void controls_name_line_number_and_text(void **state)
{
    (void)state;
    assert_control(3, "20x9", "line 1: control 002: aargang is \"20x9\"");
    assert_control(3, "    ", "control 002: aargang is \"\"");
    assert_control(8, "0402  ", "control 002: region");
    assert_control(14, "12345678", "control 002: orgnr");
    assert_control(33, "25  ", "control 002: funksjon");
    assert_control(37, "01 ", "control 002: art");
    assert_control(40, "         ", "control 002: belop");
    assert_control(1, "0B", "control 003: skjema is \"0B\"");
    assert_control(7, "4", "control 005: kvartal is \"4\"");
    assert_control(32, "2", "control 009: kontoklasse");
    assert_control(40, "\t   10759", "control 014: belop");
    assert_control(40, "   10,759", "control 014: belop");
    assert_control(40, "  10 7597", "control 014: belop");
}

static void settings_say_what_is_expected(void **state)
{
    (void)state;
    assert_refused("aargang = 2020", YEARLY, "control 004: aargang is \"2019\"");
    assert_refused("periode = kvartal", YEARLY, "control 005: kvartal is \"\"");
    g_autofree char *balance = with(1, "0B");
    balance[31] = '2';
    g_autoptr(Record) record = read_text("skjema = 0A, 0B\nkontoklasse = 0 1 2", balance);
    assert_int_equal(record->n_rows, 1);
    g_autoptr(GError) error = NULL;
    assert_null(read_file("periode = uke", YEARLY, strlen(YEARLY), &error));
    assert_error(error, SP_ERROR_CONFIG, "aar or kvartal");
}

static void the_first_errors_are_told_together_and_the_rest_counted(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *wrong = with(32, "7");
    for (int i = 0; i < 8; i++) {
        g_string_append_printf(text, "%s\n%s\n", YEARLY, wrong);
    }
    assert_refused("", text->str, "8 records break SSB's controls; line 2: control 009");
    assert_refused("", text->str, "line 10: control 009: kontoklasse is \"7\"; and so on");
}

static void a_layout_without_the_fields_is_a_configuration_error(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpLayout) layout = sp_layout_parse(
        "toy",
        "[file]\nform = fixed\nrecord = 2\n[table]\nname = t\n[column skjema]\nrole = code\nfrom = "
        "1\nsize = 2\n",
        &error);
    assert_no_error(error);
    g_autoptr(SpSettings) settings = record_settings(kostra(), "");
    g_autoptr(Record) record = record_new();
    g_autofree char *updated = NULL;
    assert_false(kostra()->parse(&(SpDocument){"0A", 2, "a", layout, settings}, &record->sink,
                                 &updated, &error));
    assert_error(error, SP_ERROR_CONFIG, "aargang");
}

/* The same form serves any other source of records, without the controls. */
static void tabular_reads_records_by_layout(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpLayout) layout = sp_layout_parse(
        "toy",
        "[file]\nform = fixed\nrecord = 7\n[table]\nname = t\n[column k]\nrole = code\nfrom = 1\n"
        "size = 4\n[column n]\nrole = measure\nfrom = 5\nsize = 3\n",
        &error);
    assert_no_error(error);
    const SpExtractor *tabular = sp_extractors_find("tabular");
    g_autoptr(SpSettings) settings = record_settings(tabular, "");
    g_autoptr(Record) record = record_new();
    g_autofree char *updated = NULL;
    const char *text = "0301 12\n\xC3\x85s   -1\n"; /* UTF-8: characters, not bytes */
    tabular->parse(&(SpDocument){text, strlen(text), "a", layout, settings}, &record->sink,
                   &updated, &error);
    assert_no_error(error);
    assert_string_equal(record_row(record, 0), "1: 0301|12");
    assert_string_equal(record_row(record, 1), "2: \xC3\x85s|-1");
    assert_false(tabular->parse(&(SpDocument){"\xFF"
                                              "01 123",
                                              7, "a", layout, settings},
                                &record->sink, &updated, &error));
    assert_error(error, SP_ERROR_DATA, "byte 1 is not UTF-8");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_record_is_read_field_by_field),
        cmocka_unit_test(last_record_may_lack_its_end_and_lines_may_end_in_crlf),
        cmocka_unit_test(amounts_are_kroner_and_income_negative),
        cmocka_unit_test(a_record_of_another_length_is_fatal),
        cmocka_unit_test(an_empty_file_is_no_accounts),
        cmocka_unit_test(letters_are_latin1_and_nul_is_refused),
        cmocka_unit_test(controls_name_line_number_and_text),
        cmocka_unit_test(settings_say_what_is_expected),
        cmocka_unit_test(the_first_errors_are_told_together_and_the_rest_counted),
        cmocka_unit_test(a_layout_without_the_fields_is_a_configuration_error),
        cmocka_unit_test(tabular_reads_records_by_layout),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
