/* The reader of KPR's claims: each rule of docs/profiles/kpr.md, in CSV and XML. */
#include "tests/extractors/lists.h"
#include "tests/peak.h"

#define KEY "hemmelig01"
#define HEADER                                                                                     \
    "dato;pasient;kommune;foedselsaar;kjonn;praksistype;takster;diagnose;refusjon;egenandel\r\n"
#define COLUMNS "aar|person|foedselsaar|kjonn|praksistype|kontakttype|kommune|refusjon|egenandel"
#define CLAIM(date, practice, tariffs, diagnosis)                                                  \
    date ";" KEY ";0301;1980;2;" practice ";" tariffs ";" diagnosis ";178,50;0\r\n"
#define PLAIN CLAIM("2024-03-01", "FALE", "2ad 2dd", "A01")

static Seen read_with(const char *text, const char *settings, gsize piece)
{
    return seen_read(reading_new("kpr", "kpr_kontakter", settings), text, piece);
}

/* One claim alone: its contact type, or the rule it breaks. */
static void check_claim(const char *claim, const char *type, const char *rule)
{
    g_autofree char *text = g_strconcat(HEADER, claim, NULL);
    g_auto(Seen) seen = read_with(text, "aar = 2024\n", 4096);
    assert_int_equal(seen.record->n_rows, type != NULL ? 1 : 0);
    assert_int_equal(seen.reading->n_left_out, type != NULL ? 0 : 1);
    if (type != NULL) {
        g_autofree char *found = record_field(seen.record, 0, "kontakttype");
        assert_string_equal(found, type);
    }
    if (rule != NULL) {
        reading_check_rule(seen.reading, rule, 1, 2);
    }
}

static void check_tariffs(const char *practice, const char *tariffs, const char *type,
                          const char *rule)
{
    g_autofree char *claim =
        g_strdup_printf("2024-03-01;" KEY ";0301;1980;2;%s;%s;A01;1,00;0\r\n", practice, tariffs);
    check_claim(claim, type, rule);
}

/* ---- Files. */

#define XML_CLAIM                                                                                  \
    "<kpr profil=\"1\">\n <regning dato=\"2024-03-01\" pasient=\"" KEY                             \
    "\" kommune=\"0301\" foedselsaar=\"1980\" kjonn=\"2\" praksistype=\"FALE\" "                   \
    "refusjon=\"178.50\" "                                                                         \
    "egenandel=\"0\"><takst>2dd</takst><takst>2ad</takst><diagnose>A01</diagnose>"                 \
    "<klokkeslett>12:30</klokkeslett></regning>\n</kpr>"
#define CSV_ROW "2: 2024|" KEY "|1980|2|FALE|konsultasjon|0301|178,50|0"

static void csv_is_read_in_pieces_of_any_size(void **state)
{
    (void)state;
    static const char *const texts[] = {HEADER PLAIN, "\xef\xbb\xbf" HEADER PLAIN};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        for (gsize piece = 1; piece <= strlen(texts[i]); piece = piece * 4 + 1) {
            g_auto(Seen) seen = read_with(texts[i], "", piece);
            assert_string_equal(seen.record->names, COLUMNS);
            assert_int_equal(seen.record->n_rows, 1);
            assert_string_equal(record_row(seen.record, 0), CSV_ROW);
        }
    }
}

static void xml_is_the_same_claim(void **state)
{
    (void)state;
    static const char *const texts[] = {XML_CLAIM, "\xef\xbb\xbf" XML_CLAIM};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        for (gsize piece = 1; piece <= strlen(texts[i]); piece = piece * 4 + 1) {
            g_auto(Seen) seen = read_with(texts[i], "", piece);
            assert_int_equal(seen.record->n_rows, 1);
            assert_string_equal(record_row(seen.record, 0),
                                "1: 2024|" KEY "|1980|2|FALE|konsultasjon|0301||178,50|0");
            assert_string_equal(seen.record->names,
                                "aar|person|foedselsaar|kjonn|praksistype|kontakttype|kommune|"
                                "behandler_kommune|refusjon|egenandel");
        }
    }
}

static void columns_may_come_in_any_order_and_some_may_lack(void **state)
{
    (void)state;
    g_auto(Seen) seen = read_with("diagnose;takster;praksistype;kjonn;foedselsaar;pasient;dato;"
                                  "behandler_kommune;klokkeslett\n"
                                  "A01;2ad;FALE;2;1980;" KEY ";01.03.2024;1103;12:30\n",
                                  "", 4096);
    assert_string_equal(seen.record->names,
                        "aar|person|foedselsaar|kjonn|praksistype|kontakttype|behandler_kommune");
    assert_string_equal(record_row(seen.record, 0),
                        "2: 2024|" KEY "|1980|2|FALE|konsultasjon|1103");
}

static void check_refused(const char *text, const char *part)
{
    g_autoptr(Reading) reading = reading_new("kpr", "kpr_kontakter", "");
    reading_check_refused(reading, text, part);
}

static void a_damaged_file_is_refused_without_its_content(void **state)
{
    (void)state;
    check_refused("", "ends before its header");
    check_refused("\xef\xbb\xbf", "ends before its header");
    check_refused("\xef", "column 1 of the header is not in"); /* a letter of ISO-8859-1 */
    check_refused(HEADER "2024-03-01;" KEY, "row 2: 2 fields, want 10");
    check_refused(HEADER PLAIN "2024;\"" KEY, "row 3: the quoted field");
    check_refused("dato;dato;" KEY "\n", "row 1: the header names column twice");
    check_refused(KEY ";0301;1980\n", "column 1 of the header is not in");
    check_refused("dato;pasient;kommune\n", "no column of the file is the field foedselsaar");
    check_refused(HEADER "2024-03-01;" KEY "\x85;", "byte 0x85");
    check_refused("<kpr><regning dato='" KEY "'>", "cut short");
    check_refused("<kpr/><hemmelig/>", "behind the end");
    check_refused("<hemmelig/>", "the root element is not known");
    check_refused("<kpr><hemmelig/></kpr>", "an element that is no row");
    check_refused("<kpr><regning hemmelig='1'/></kpr>", "an attribute of a row is not known");
    check_refused("<kpr><regning><hemmelig/></regning></kpr>", "an element of a row is not known");
    check_refused("<kpr><regning><takst><takst/></takst></regning></kpr>", "an element of a row");
    check_refused("<kpr>hemmelig</kpr>", "text between elements");
    check_refused("<!DOCTYPE kpr [<!ENTITY a '" KEY "'>]><kpr/>", "DOCTYPE");
}

static void xml_cut_anywhere_is_refused(void **state)
{
    (void)state;
    for (gsize size = 1; size < strlen(XML_CLAIM); size++) {
        g_autofree char *cut = g_strndup(XML_CLAIM, size);
        check_refused(cut, "cut short");
    }
}

static void a_row_without_end_is_refused(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new("<kpr><regning>");
    for (int i = 0; i < 20000; i++) {
        g_string_append(text, "<takst>2ad</takst>");
    }
    g_string_append(text, "</regning></kpr>");
    check_refused(text->str, "a row of more than 65536 bytes");
}

/* ---- Rules. */

static void a_claim_has_a_day_of_the_year(void **state)
{
    (void)state;
    check_claim(CLAIM("2024-01-01", "FALE", "2ad", "A01"), "konsultasjon", NULL);
    check_claim(CLAIM("31.12.2024", "FALE", "2ad", "A01"), "konsultasjon", NULL);
    check_claim(CLAIM("2023-12-31", "FALE", "2ad", "A01"), NULL, "outside_year");
    check_claim(CLAIM("2025-01-01", "FALE", "2ad", "A01"), NULL, "outside_year");
    check_claim(CLAIM("2024-02-30", "FALE", "2ad", "A01"), NULL, "bad_date");
    check_claim(CLAIM("", "FALE", "2ad", "A01"), NULL, "bad_date");
    check_claim(CLAIM("2024-03-01 12:30", "FALE", "2ad", "A01"), NULL, "bad_date");
}

static void the_year_is_that_of_the_first_claim_if_nothing_says_it(void **state)
{
    (void)state;
    const char *text = HEADER CLAIM("x", "FALE", "2ad", "A01")
        CLAIM("2023-06-01", "FALE", "2ad", "A01") CLAIM("2024-01-01", "FALE", "2ad", "A01");
    g_auto(Seen) seen = read_with(text, "", 4096);
    assert_int_equal(seen.record->n_rows, 1);
    reading_check_rule(seen.reading, "outside_year", 1, 4);
    g_auto(Seen) years = read_with(text, "aar = 2022-2024\n", 4096);
    assert_int_equal(years.record->n_rows, 2);
    g_autofree char *second = record_field(years.record, 1, "aar");
    assert_string_equal(second, "2024");
}

static void the_setting_of_the_year_has_a_form(void **state)
{
    (void)state;
    static const char *const wrong[] = {"aar = 24\n", "aar = 2024-\n", "aar = 2024-2023\n",
                                        "aar = 2024/2025\n", "aar = i fjor\n"};
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(Reading) reading = reading_new("kpr", "kpr_kontakter", wrong[i]);
        g_autoptr(Record) record = record_new();
        g_autoptr(GError) error = NULL;
        assert_false(reading_parse(reading, &record->sink, "", 0, 1, &error));
        assert_error(error, SP_ERROR_CONFIG, "want the extract's year");
    }
}

static void a_claim_has_a_diagnosis_and_a_tariff(void **state)
{
    (void)state;
    check_claim(CLAIM("2024-03-01", "FALE", "2ad", ""), NULL, "no_diagnosis");
    check_claim(CLAIM("2024-03-01", "FALE", "", "A01"), NULL, "no_tariff");
    check_claim(CLAIM("2024-03-01", "FALE", " , ", "A01"), NULL, "no_tariff");
}

/* The ten tariffs of a consultation: Helsedirektoratet, as in docs/profiles/kpr.md. */
static void each_tariff_of_a_consultation_is_one(void **state)
{
    (void)state;
    static const char *const tariffs[] = {"2ad", "2ed",  "2ak", "2fk",  "615",
                                          "2ae", "2aek", "2af", "11ad", "11ak"};
    for (gsize i = 0; i < G_N_ELEMENTS(tariffs); i++) {
        check_tariffs("FALE", tariffs[i], "konsultasjon", NULL);
        check_tariffs("LEVA", tariffs[i], "konsultasjon", NULL);
    }
}

static void the_first_type_in_the_order_of_precedence_counts(void **state)
{
    (void)state;
    check_tariffs("FALE", "1ad", "enkel_kontakt", NULL);
    check_tariffs("FALE", "1ad 14", "enkel_kontakt", NULL);
    check_tariffs("FALE", "14 1ad", "enkel_kontakt", NULL);
    check_tariffs("FALE", "14 1ad 2ad", "konsultasjon", NULL);
    check_tariffs("FALE", "14,11bd", "sykebesoek", NULL);
    check_tariffs("FALE", "  1f  14\t", "tverrfaglig", NULL);
    check_tariffs("FALE", "2AD", "konsultasjon", NULL);
}

static void what_gives_no_type_is_told_and_not_guessed(void **state)
{
    (void)state;
    check_tariffs("FALE", "2dd", "uten_kontakttype", NULL);
    check_tariffs("FALE", "9zz", NULL, "unknown_tariff");
    check_tariffs("FALE", "2dd 9zz", NULL, "unknown_tariff");
    check_tariffs("FALE", "123456789", NULL, "unknown_tariff");
    check_tariffs("FALE", "2a-d", NULL, "unknown_tariff");
    check_tariffs("FALE", "2ad 9zz", "konsultasjon", "unknown_tariff_beside");
}

static void practices_with_tariffs_of_their_own_have_one_type(void **state)
{
    (void)state;
    check_tariffs("FY", "A1a", "behandling", NULL);
    check_tariffs("FY", "", NULL, "no_tariff");
    check_tariffs("XX", "A1a", NULL, "unknown_tariff");
}

static Seen read_with_tariff(const char *from, const char *first, const char *last,
                             const char *date)
{
    Seen seen = {reading_new("kpr", "kpr_kontakter", "aar = 2023-2025\n"), record_new()};
    SpTable *tariffs = sp_tables_find(seen.reading->lists, "kpr_takst");
    const char *const values[] = {from, "tverrfaglig", first, last, ""};
    gsize row = sp_table_add_row(tariffs);
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        sp_table_set_code(tariffs, row, i, values[i]);
    }
    g_autofree char *text =
        g_strdup_printf(HEADER "%s;" KEY ";0301;1980;2;FALE;%s;A01;1,00;0\r\n", date, from);
    g_autoptr(GError) error = NULL;
    (void)reading_parse(seen.reading, &seen.record->sink, text, strlen(text), 4096, &error);
    assert_no_error(error);
    return seen;
}

static void a_tariff_holds_for_its_days(void **state)
{
    (void)state;
    static const struct {
        const char *first;
        const char *last;
        const char *date;
        guint64 n;
    } cases[] = {{"2024", "", "2023-12-31", 0},
                 {"2024", "", "2024-01-01", 1},
                 {"", "2024", "2024-12-31", 1},
                 {"", "2024", "2025-01-01", 0},
                 {"2024-07-01", "2025-06-30", "2024-06-30", 0},
                 {"2024-07-01", "2025-06-30", "2024-07-01", 1},
                 {"2024-07-01", "2025-06-30", "2025-06-30", 1},
                 {"2024-07-01", "2025-06-30", "2025-07-01", 0}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Seen) seen = read_with_tariff("99q", cases[i].first, cases[i].last, cases[i].date);
        assert_int_equal(seen.record->n_rows, cases[i].n);
    }
}

static void check_lists(const char *list, gsize column, const char *text, const char *part)
{
    g_autoptr(Reading) reading = reading_new("kpr", "kpr_kontakter", "");
    g_autoptr(Record) record = record_new();
    g_autoptr(GError) error = NULL;
    sp_table_set_code(sp_tables_find(reading->lists, list), 1, column, text);
    assert_false(reading_parse(reading, &record->sink, "", 0, 1, &error));
    assert_error(error, SP_ERROR_CONFIG, part);
}

static void lists_that_contradict_themselves_are_refused(void **state)
{
    (void)state;
    check_lists("kpr_takst", 0, "2ad", "\"2ad\" stands twice for one day");
    check_lists("kpr_takst", 0, "2AD", "\"2AD\" stands twice for one day");
    check_lists("kpr_takst", 0, "en takst", "want a tariff");
    check_lists("kpr_takst", 1, "konsult", "\"konsult\"; want a tariff");
    check_lists("kpr_takst", 2, "i fjor", "\"i fjor\" in column fra");
    check_lists("kpr_kontakttype", 1, "1", "want a number from 1 to 63 that no other type has");
    check_lists("kpr_kontakttype", 1, "0", "want a number from 1");
    check_lists("kpr_felt", 1, "dag", "which the reader does not know");
    check_lists("kpr_felt", 0, "kpr", "stands twice in column from");
}

/* ---- Memory. */

/* Claims, each of another person. */
static gboolean read_claims(guint n)
{
    Reading *reading = reading_new("kpr", "kpr_kontakter", "");
    SpParser *parser = reading_open_count(reading);
    gboolean ok = parser->push(parser, HEADER, strlen(HEADER), NULL);
    for (guint i = 0; ok && i < n; i++) {
        char row[128];
        int size = g_snprintf(row, sizeof row,
                              "2024-03-01;person%08u;0301;1980;2;FALE;2ad 2dd;A01;1,00;0\r\n", i);
        ok = parser->push(parser, row, (gsize)size, NULL);
    }
    return ok && parser->close(parser, NULL) && reading->count.n_rows == n;
}

static void memory_does_not_grow_with_the_file(void **state)
{
    (void)state;
    check_peak(read_claims, 20000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_is_read_in_pieces_of_any_size),
        cmocka_unit_test(xml_is_the_same_claim),
        cmocka_unit_test(columns_may_come_in_any_order_and_some_may_lack),
        cmocka_unit_test(a_damaged_file_is_refused_without_its_content),
        cmocka_unit_test(xml_cut_anywhere_is_refused),
        cmocka_unit_test(a_row_without_end_is_refused),
        cmocka_unit_test(a_claim_has_a_day_of_the_year),
        cmocka_unit_test(the_year_is_that_of_the_first_claim_if_nothing_says_it),
        cmocka_unit_test(the_setting_of_the_year_has_a_form),
        cmocka_unit_test(a_claim_has_a_diagnosis_and_a_tariff),
        cmocka_unit_test(each_tariff_of_a_consultation_is_one),
        cmocka_unit_test(the_first_type_in_the_order_of_precedence_counts),
        cmocka_unit_test(what_gives_no_type_is_told_and_not_guessed),
        cmocka_unit_test(practices_with_tariffs_of_their_own_have_one_type),
        cmocka_unit_test(a_tariff_holds_for_its_days),
        cmocka_unit_test(lists_that_contradict_themselves_are_refused),
        cmocka_unit_test(memory_does_not_grow_with_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
