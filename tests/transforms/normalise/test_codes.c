/* Raw tables in our codes. */
#include "tests/transforms/normalise/facts.h"

#include "core/table_rows.h"
#include "transforms/normalise/codes.h"
#include "transforms/normalise/recode.h"

/* As an SSB table comes: one figure a row, named by its contents code. */
static const char *const ssb =
    "[table]\nname = folkemengde\n"
    "[column Region]\nas = region\nrole = region\n"
    "[column Kjonn]\nas = kjonn\nrole = code\nclassification = kjonn\n"
    "[column Alder]\nas = alder\nrole = age\n"
    "[column ContentsCode]\nas = contents\nrole = contents\n"
    "[column Tid]\nas = period\nrole = period\nform = {}-01-01\n"
    "[column value]\nrole = value\n"
    "[measure Personer1]\nas = innbyggere\nunit = persons\nadditive = yes\n"
    "[measure Andel]\nas = andel\nunit = ratio\n";
#define SSB_COLUMNS "region:key kjonn:key alder:key contents:key period:key value:sum"

static const char *const wide = "[table]\nname = brukere\n"
                                "[column kommune]\nas = region\nrole = region\nmap = kommuner\n"
                                "[column navn]\nrole = text\n"
                                "[column aar]\nas = period\nrole = period\nform = {+1}-01-01\n"
                                "[column n]\nrole = measure\nunit = persons\nadditive = yes\n"
                                "[column rest]\nrole = ignore\n"
                                "[constant kilde]\nvalue = panel\nclassification = kilde\n";
#define WIDE_COLUMNS "region:key navn:attribute period:key kilde:key n:sum"

typedef struct {
    SpTables *maps;
    SpQuality *quality;
    GError *error;
} Fixture;

static int setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);
    fixture->maps = sp_tables_new();
    fixture->quality = sp_quality_new();
    sp_tables_add(fixture->maps, TABLE("kommuner", "from:key to:key", "Oslo 0301", "EAK 0"));
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    Fixture *fixture = *state;
    sp_tables_free(fixture->maps);
    sp_quality_free(fixture->quality);
    g_clear_error(&fixture->error);
    g_free(fixture);
    return 0;
}

/* Takes `raw`. */
static SpTable *normalise(Fixture *fixture, const char *layout_text, SpTable *raw)
{
    g_autoptr(SpTable) taken = raw;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpLayout) layout = sp_layout_parse("proeve", layout_text, &error);
    assert_no_error(error);
    return sp_normalise_codes(taken, layout, fixture->maps, fixture->quality, &fixture->error);
}

static void contents_become_one_column_a_measure(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table =
        normalise(fixture, ssb,
                  TABLE("raa", SSB_COLUMNS, "0301 1 5 Andel 2024 0.5",
                        "0301 1 005 Personer1 2025 :", "0301 1 005 Personer1 2024 7/p"));
    assert_no_error(fixture->error);
    assert_rows(table, "0301 1 005 2024-01-01 7/p 0.5", "0301 1 005 2025-01-01 : ..");
    assert_string_equal(sp_table_name(table), "folkemengde");
    const SpColumn *innbyggere = sp_table_column(table, 4);
    assert_string_equal(innbyggere->name, "innbyggere");
    assert_string_equal(innbyggere->unit, "persons");
    assert_true(innbyggere->is_additive);
    assert_false(sp_table_column(table, 5)->is_additive);
    assert_string_equal(sp_table_column(table, 3)->classification, "period");
    assert_string_equal(sp_table_column(table, 1)->classification, "kjonn");
}

static void two_figures_for_one_cell_are_an_error_with_the_key(void **state)
{
    Fixture *fixture = *state;
    assert_null(normalise(
        fixture, ssb,
        TABLE("raa", SSB_COLUMNS, "0301 1 5 Personer1 2024 1", "0301 1 005 Personer1 2024 1")));
    assert_error(fixture->error, SP_ERROR_DATA, "innbyggere");
    assert_error(fixture->error, SP_ERROR_DATA,
                 "region=0301, kjonn=1, alder=005, period=2024-01-01");
}

static void an_unknown_contents_code_is_a_finding(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table = normalise(
        fixture, ssb,
        TABLE("raa", SSB_COLUMNS, "0301 1 5 Personer1 2024 1", "0301 1 5 Personer2 2024 1"));
    assert_no_error(fixture->error);
    assert_rows(table, "0301 1 005 2024-01-01 1 ..");
    assert_true(has_finding(fixture->quality, "unknown_contents", "contents Personer2",
                            "[measure Personer2]"));
}

static void no_known_contents_code_is_an_error(void **state)
{
    Fixture *fixture = *state;
    assert_null(normalise(fixture, ssb, TABLE("raa", SSB_COLUMNS, "0301 1 5 BNP 2024 1")));
    assert_error(fixture->error, SP_ERROR_DATA, "BNP");
}

static void ages_get_three_digits(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table = normalise(
        fixture, ssb,
        TABLE("raa", SSB_COLUMNS, "0301 1 0 Personer1 2024 1", "0301 1 42 Personer1 2024 2",
              "0301 1 105+ Personer1 2024 3", "0301 1 67-79 Personer1 2024 4",
              "0301 1 90+ Personer1 2024 5", "0301 1 110 Personer1 2024 6"));
    assert_no_error(fixture->error);
    assert_rows(table, "0301 1 000 2024-01-01 1 ..", "0301 1 042 2024-01-01 2 ..",
                "0301 1 067-079 2024-01-01 4 ..", "0301 1 090-105 2024-01-01 5 ..",
                "0301 1 105 2024-01-01 3 ..", "0301 1 110 2024-01-01 6 ..");
}

static void what_is_no_age_is_left_out_with_a_finding(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table = normalise(
        fixture, ssb,
        TABLE("raa", SSB_COLUMNS, "0301 1 ialt Personer1 2024 9", "0301 1 5 Personer1 2024 1",
              "0301 1 -5 Personer1 2024 1", "0301 1 79-67 Personer1 2024 1",
              "0301 1 1000 Personer1 2024 1", "0301 1 _ Personer1 2024 1"));
    assert_rows(table, "0301 1 005 2024-01-01 1 ..");
    assert_int_equal(sp_quality_count(fixture->quality, "unknown_code"), 5);
    assert_true(has_finding(fixture->quality, "unknown_code", "alder ialt", "1 rows"));
}

static void maps_forms_and_constants_apply(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table =
        normalise(fixture, wide,
                  TABLE("raa", WIDE_COLUMNS, "Oslo Oslo 2023 panel 5", "EAK Norge 2023 panel ."));
    assert_no_error(fixture->error);
    assert_rows(table, "0 2024-01-01 panel Norge .", "0301 2024-01-01 panel Oslo 5");
    assert_true(sp_table_column(table, 2)->is_key);
    assert_false(sp_table_column(table, 3)->is_key);
}

static void assert_cut(const char *cut, const char *text, const char *code)
{
    SpLayoutColumn column = {.cut = (char *)cut, .role = SP_ROLE_CODE};
    g_autofree char *got = sp_recode_text(&column, NULL, text, 0);
    assert_string_equal(got, code);
}

static void code_is_cut_out_of_its_text(void **state)
{
    (void)state;
    assert_cut("K-{} *", "K-3101 Halden", "3101");
    assert_cut("K-{} *", "K-Rest Divided", "Rest");
    assert_cut("K-{} *", "3101 Halden", "3101 Halden");
    assert_cut("K-{} *", "K-3101", "K-3101");
    assert_cut("K-{}", "K-3101", "3101");
    assert_cut("K-{}", "K-", "K-");
    assert_cut("{} - *", "0301 - Oslo - Oslove", "0301");
    assert_cut("{} *", " x", " x");
    assert_cut("{} years", "5 years", "5");
    assert_cut("{} years", "5 year", "5 year");
}

/* A form of one place by its number, and a text that does not look as the cut says. */
static void a_text_that_lacks_what_the_form_wants_is_no_code(void **state)
{
    (void)state;
    SpLayoutColumn column = {
        .cut = (char *)"{4} *", .form = (char *)"{1}-12-31", .role = SP_ROLE_PERIOD};
    g_autofree char *whole = sp_recode_text(&column, NULL, "2024 endelig", 0);
    assert_string_equal(whole, "2024-12-31");
    assert_null(sp_recode_text(&column, NULL, "24", 0));
    assert_null(sp_recode_text(&column, NULL, "", 0));
}

static void a_code_that_is_not_in_its_list_is_a_finding_and_its_rows_go(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table = normalise(fixture, wide,
                                         TABLE("raa", WIDE_COLUMNS, "Oslo Oslo 2023 panel 5",
                                               "Uslo x 2022 panel 1", "Uslo x 2023 panel 1"));
    assert_no_error(fixture->error);
    assert_rows(table, "0301 2024-01-01 panel Oslo 5");
    assert_true(has_finding(fixture->quality, "unknown_code", "region Uslo", "2 rows"));
    assert_true(
        has_finding(fixture->quality, "unknown_code", "region Uslo", "config/codes/kommuner"));
}

static void a_period_that_is_none_is_a_finding(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table =
        normalise(fixture, wide,
                  TABLE("raa", WIDE_COLUMNS, "Oslo Oslo 2023 panel 5", "Oslo Oslo 2023K1 panel 1",
                        "Oslo Oslo 99999 panel 1"));
    assert_rows(table, "0301 2024-01-01 panel Oslo 5");
    assert_true(has_finding(fixture->quality, "unknown_code", "period 2023K1", "1 rows"));
    assert_true(has_finding(fixture->quality, "unknown_code", "period 99999", "1 rows"));
}

static void no_row_left_is_an_error(void **state)
{
    Fixture *fixture = *state;
    assert_null(normalise(fixture, wide, TABLE("raa", WIDE_COLUMNS, "Uslo x 2022 panel 1")));
    assert_error(fixture->error, SP_ERROR_DATA, "none of the 1 rows");
}

static void two_codes_that_become_one_are_an_error(void **state)
{
    Fixture *fixture = *state;
    sp_tables_free(fixture->maps);
    fixture->maps = sp_tables_new();
    sp_tables_add(fixture->maps, TABLE("kommuner", "from:key to:key", "Oslo 0301", "Oslove 0301"));
    assert_null(normalise(
        fixture, wide,
        TABLE("raa", WIDE_COLUMNS, "Oslo Oslo 2023 panel 5", "Oslove Oslo 2023 panel 5")));
    assert_error(fixture->error, SP_ERROR_DATA, "region=0301, period=2024-01-01");
}

static void
a_code_list_that_is_not_there_or_contradicts_itself_is_a_configuration_error(void **state)
{
    Fixture *fixture = *state;
    sp_tables_free(fixture->maps);
    fixture->maps = sp_tables_new();
    assert_null(normalise(fixture, wide, TABLE("raa", WIDE_COLUMNS, "Oslo Oslo 2023 panel 5")));
    assert_error(fixture->error, SP_ERROR_CONFIG, "config/codes/kommuner.csv");
    g_clear_error(&fixture->error);
    sp_tables_add(fixture->maps, TABLE("kommuner", "from:key to:key", "Oslo 0301", "Oslo 0302"));
    assert_null(normalise(fixture, wide, TABLE("raa", WIDE_COLUMNS, "Oslo Oslo 2023 panel 5")));
    assert_error(fixture->error, SP_ERROR_CONFIG, "twice");
}

static void a_column_that_is_not_there_is_an_error(void **state)
{
    Fixture *fixture = *state;
    assert_null(normalise(
        fixture, wide, TABLE("raa", "region:key period:key kilde:key n:sum", "Oslo 2023 panel 5")));
    assert_error(fixture->error, SP_ERROR_DATA, "navn");
}

static void a_long_foreign_text_is_shortened_in_the_finding(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table =
        normalise(fixture, wide,
                  TABLE("raa", WIDE_COLUMNS, "Oslo Oslo 2023 panel 5",
                        "ææææææææææææææææææææææææææææææææææææææææ12345678901 x 2023 panel 1"));
    assert_non_null(table);
    g_autoptr(SpTable) report = sp_quality_table(fixture->quality);
    assert_null(strstr(sp_table_code(report, 0, 1), "12345678901"));
    assert_null(strstr(sp_table_code(report, 0, 2), "12345678901"));
}

static void numbers_are_provisional_from_the_layouts_period_on(void **state)
{
    Fixture *fixture = *state;
    static const char layout[] = "[table]\nname = t\nprovisional_from = 2025\n"
                                 "[column a]\nas = region\nrole = region\n"
                                 "[column b]\nas = period\nrole = period\nform = {}-01-01\n"
                                 "[column m]\nrole = measure\n[column n]\nrole = measure\n";
    g_autoptr(SpTable) table =
        normalise(fixture, layout,
                  TABLE("raa", "region:key period:key m:sum n:sum", "0301 2024 1 2/b",
                        "0301 2025 3 4/b", "0301 2026 - :"));
    assert_no_error(fixture->error);
    assert_rows(table, "0301 2024-01-01 1 2/b", "0301 2025-01-01 3/p 4/pb",
                "0301 2026-01-01 -/p :");
}

static void edition_and_marks_are_those_of_the_raw_table(void **state)
{
    Fixture *fixture = *state;
    SpTable *raw = TABLE("raa", WIDE_COLUMNS, "Oslo Oslo 2023 panel 5");
    sp_table_set_edition(raw, "2026-02-25");
    sp_table_set_marks(raw, SP_MARK_SENSITIVE);
    g_autoptr(SpTable) table = normalise(fixture, wide, raw);
    assert_string_equal(sp_table_edition(table), "2026-02-25");
    assert_int_equal(sp_table_marks(table), SP_MARK_SENSITIVE);
}

static const char *const accounts = "[table]\nname = regnskap\nmerged = sum\nrepeats = sum\n"
                                    "[column kommune]\nas = region\nrole = region\n"
                                    "[column funksjon]\nrole = code\nmap = funksjoner\n"
                                    "[column aar]\nas = period\nrole = period\n"
                                    "[column n]\nrole = measure\nadditive = yes\n";
#define ACCOUNT_COLUMNS "region:key funksjon:key period:key n:sum"

static void add_functions(Fixture *fixture)
{
    sp_tables_add(fixture->maps, TABLE("funksjoner", "from:key to:key fra:key til:key",
                                       "253 253 _ _", "254 254 _ 2023", "257 257 2024 _",
                                       "258 258 2024 _", "202 andre _ _", "222 andre _ _"));
}

/* 254 ended with 2023: in 2024 it is no code, and 257 is none before. */
static void a_code_list_is_asked_by_the_year_of_the_row(void **state)
{
    Fixture *fixture = *state;
    add_functions(fixture);
    g_autoptr(SpTable) table =
        normalise(fixture, accounts,
                  TABLE("raa", ACCOUNT_COLUMNS, "0301 254 2023 1", "0301 254 2024 2",
                        "0301 257 2023 4", "0301 257 2024 8"));
    assert_no_error(fixture->error);
    assert_rows(table, "0301 254 2023 1", "0301 257 2024 8");
    assert_true(has_finding(fixture->quality, "unknown_code", "funksjon 254", "1 rows left out"));
    assert_true(has_finding(fixture->quality, "unknown_code", "funksjon 257", "in their years"));
}

/* Codes that become one in ours are no repetition; rows of one key in the source are. */
static void repeated_rows_add_up_and_are_told(void **state)
{
    Fixture *fixture = *state;
    add_functions(fixture);
    g_autoptr(SpTable) table = normalise(
        fixture, accounts,
        TABLE("raa", ACCOUNT_COLUMNS, "0301 202 2024 1", "0301 222 2024 2", "0301 253 2024 4",
              "0301 253 2024 :", "1103 253 2024 8", "1103 253 2024 16"));
    assert_no_error(fixture->error);
    assert_rows(table, "0301 253 2024 :", "0301 andre 2024 3", "1103 253 2024 24");
    assert_true(has_finding(fixture->quality, "repeated_key", "regnskap", "2 rows have the codes"));
}

/* A measure that stands under two strategies has two codes and is one. */
#define MEASURES(rules)                                                                            \
    "[table]\nname = tilskudd\n" rules "[column k]\nas = region\nrole = region\n"                  \
    "[column tiltak]\nrole = code\nmap = tiltak\n[column navn]\nrole = text\n"                     \
    "[column n]\nrole = measure\nadditive = yes\n"
#define MEASURE_COLUMNS "region:key tiltak:key navn:attribute n:sum"

static SpTable *measures(Fixture *fixture, const char *layout, SpTable *raw)
{
    sp_tables_add(fixture->maps,
                  TABLE("tiltak", "from:key to:key", "3.14 veileder", "4.4 veileder", "3.8 abc"));
    return normalise(fixture, layout, raw);
}

static void rows_that_say_the_same_count_once(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table =
        measures(fixture, MEASURES("merged = once\nrepeats = once\n"),
                 TABLE("raa", MEASURE_COLUMNS, "1508 3.14 x 4/p", "1508 4.4 x 4/p", "1103 3.8 x 4",
                       "1103 3.8 x 4", "1508 3.14 x 4/p"));
    assert_no_error(fixture->error);
    assert_rows(table, "1103 abc x 4", "1508 veileder x 4/p");
    assert_true(has_finding(fixture->quality, "counted_once", "tilskudd", "3 rows"));
}

static void rows_that_differ_do_not_count_once(void **state)
{
    Fixture *fixture = *state;
    assert_null(measures(fixture, MEASURES("merged = once\n"),
                         TABLE("raa", MEASURE_COLUMNS, "1508 3.14 x 4", "1508 4.4 x 5")));
    assert_error(fixture->error, SP_ERROR_DATA, "rows 2 and 3 of the source are of one key");
}

static void rows_that_differ_in_an_attribute_do_not_count_once(void **state)
{
    Fixture *fixture = *state;
    assert_null(measures(fixture, MEASURES("repeats = once\n"),
                         TABLE("raa", MEASURE_COLUMNS, "1508 3.14 x 4", "1508 3.14 y 4")));
    assert_error(fixture->error, SP_ERROR_DATA, "do not say the same");
}

/* The two rules are of different rows: neither stands in for the other. */
static void a_rule_for_repeats_is_none_for_merged_rows(void **state)
{
    Fixture *fixture = *state;
    assert_null(measures(fixture, MEASURES("repeats = sum\n"),
                         TABLE("raa", MEASURE_COLUMNS, "1508 3.14 x 4", "1508 4.4 x 4")));
    assert_error(fixture->error, SP_ERROR_DATA, "become one in our codes (region=1508");
}

static void unmapped_codes_stay_where_the_layout_says_so(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table =
        normalise(fixture,
                  "[table]\nname = t\n[column k]\nas = region\nrole = region\nmap = kommuner\n"
                  "unmapped = keep\n[column n]\nrole = measure\n",
                  TABLE("raa", "region:key n:other", "EAK 1", "4601 2", "EKG12 3"));
    assert_no_error(fixture->error);
    assert_rows(table, "0 1", "4601 2", "EKG12 3");
}

static const char *const kostra = "[table]\nname = t\nfinal_from = {+1}-06-01\n"
                                  "[column k]\nas = region\nrole = region\n"
                                  "[column Tid]\nas = period\nrole = period\nform = {}-12-31\n"
                                  "[column n]\nrole = measure\n";

static SpTable *kostra_changed(Fixture *fixture, const char *updated)
{
    SpTable *raw =
        TABLE("raa", "region:key period:key n:other", "0301 2024 1", "0301 2025 2", "1103 2025 :");
    sp_table_set_edition(raw, updated);
    return normalise(fixture, kostra, raw);
}

static void what_was_published_before_final_from_is_provisional(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) march = kostra_changed(fixture, "2026-03-16T07:00:00Z");
    assert_no_error(fixture->error);
    assert_rows(march, "0301 2024-12-31 1", "0301 2025-12-31 2/p", "1103 2025-12-31 :");
    g_autoptr(SpTable) june = kostra_changed(fixture, "2026-06-15T06:00:00Z");
    assert_rows(june, "0301 2024-12-31 1", "0301 2025-12-31 2", "1103 2025-12-31 :");
    g_autoptr(SpTable) day = kostra_changed(fixture, "2026-06-01");
    assert_rows(day, "0301 2024-12-31 1", "0301 2025-12-31 2", "1103 2025-12-31 :");
    assert_null(kostra_changed(fixture, NULL));
    assert_error(fixture->error, SP_ERROR_DATA, "set `updated`");
}

/* KLASS's changes: a kommune that is new has no old code. */
static void an_empty_code_is_one_where_the_layout_says_so(void **state)
{
    static const char born[] = "[table]\nname = endringer\n"
                               "[column fra]\nrole = code\nempty = yes\n"
                               "[column til]\nrole = code\n";
    Fixture *fixture = *state;
    g_autoptr(SpTable) table =
        normalise(fixture, born, TABLE("raa", "fra:key til:key", "_ 0301", "1507 1508", "1507 _"));
    assert_no_error(fixture->error);
    assert_rows(table, "_ 0301", "1507 1508");
    assert_true(has_finding(fixture->quality, "unknown_code", "til ", "1 rows left out"));
    assert_false(has_finding(fixture->quality, "unknown_code", "fra ", ""));
}

static const char *const summed =
    "[table]\nname = brukere\nmerged = sum\n"
    "[column kommune]\nas = region\nrole = region\nmap = kommuner\nunmapped = leave_out\n"
    "[column navn]\nrole = text\n"
    "[column maaned]\nas = period\nrole = period\ncut = {4}{2}\nform = {1}M{2}\n"
    "[column n]\nrole = measure\nunit = persons\nadditive = yes\n";
#define SUMMED_COLUMNS "region:key navn:attribute period:key n:sum"

/* Oslo and its old name are one region: their figures are added, a hidden one hides the sum, and
 * what they are called differs. */
static void codes_that_become_one_are_added_if_the_layout_says_so(void **state)
{
    Fixture *fixture = *state;
    SpTables *maps = fixture->maps;
    sp_tables_free(maps);
    fixture->maps = sp_tables_new();
    sp_tables_add(fixture->maps,
                  TABLE("kommuner", "from:key to:key", "Oslo 0301", "Christiania 0301", "EAK 0"));
    g_autoptr(SpTable) table =
        normalise(fixture, summed,
                  TABLE("raa", SUMMED_COLUMNS, "Oslo A 202401 3/p", "Christiania B 202401 4",
                        "Oslo A 202402 :", "Christiania A 202402 4", "EAK C 202401 9"));
    assert_no_error(fixture->error);
    assert_rows(table, "0 2024M01 C 9", "0301 2024M01 _ 7/p", "0301 2024M02 A :");
}

/* What the source says twice is no sum. */
static void row_of_the_source_twice_is_no_sum(void **state)
{
    Fixture *fixture = *state;
    assert_null(normalise(
        fixture, summed,
        TABLE("raa", SUMMED_COLUMNS, "EAK A 202402 1", "Oslo A 202401 3", "Oslo B 202401 4")));
    assert_error(fixture->error, SP_ERROR_DATA, "row 4 of the source has the same codes");
}

/* Rows that are no concern of the table are told as such, and their other codes not held against
 * it. */
static void rows_are_left_out_by_list(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table = normalise(fixture, summed,
                                         TABLE("raa", SUMMED_COLUMNS, "Oslo A 202401 3",
                                               "Svalbard A 2024 1", "Utlandet A 202401 2"));
    assert_no_error(fixture->error);
    assert_rows(table, "0301 2024M01 A 3");
    assert_true(has_finding(fixture->quality, "left_out", "region",
                            "2 rows of 2 codes left out, as the layout says: Svalbard, Utlandet"));
    assert_int_equal(sp_quality_count(fixture->quality, "unknown_code"), 0);
}

static void part_that_a_code_does_not_have_is_a_finding(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(SpTable) table = normalise(
        fixture, summed, TABLE("raa", SUMMED_COLUMNS, "Oslo A 202401 3", "Oslo A 20240 1"));
    assert_no_error(fixture->error);
    assert_rows(table, "0301 2024M01 A 3");
    assert_true(
        has_finding(fixture->quality, "unknown_code", "period 20240", "no code for period"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(contents_become_one_column_a_measure),
        TEST(two_figures_for_one_cell_are_an_error_with_the_key),
        TEST(an_unknown_contents_code_is_a_finding),
        TEST(no_known_contents_code_is_an_error),
        TEST(ages_get_three_digits),
        TEST(what_is_no_age_is_left_out_with_a_finding),
        TEST(maps_forms_and_constants_apply),
        TEST(code_is_cut_out_of_its_text),
        TEST(a_text_that_lacks_what_the_form_wants_is_no_code),
        TEST(a_code_that_is_not_in_its_list_is_a_finding_and_its_rows_go),
        TEST(a_period_that_is_none_is_a_finding),
        TEST(no_row_left_is_an_error),
        TEST(two_codes_that_become_one_are_an_error),
        TEST(a_code_list_that_is_not_there_or_contradicts_itself_is_a_configuration_error),
        TEST(a_column_that_is_not_there_is_an_error),
        TEST(a_long_foreign_text_is_shortened_in_the_finding),
        TEST(numbers_are_provisional_from_the_layouts_period_on),
        TEST(edition_and_marks_are_those_of_the_raw_table),
        TEST(a_code_list_is_asked_by_the_year_of_the_row),
        TEST(repeated_rows_add_up_and_are_told),
        TEST(rows_that_say_the_same_count_once),
        TEST(rows_that_differ_do_not_count_once),
        TEST(rows_that_differ_in_an_attribute_do_not_count_once),
        TEST(a_rule_for_repeats_is_none_for_merged_rows),
        TEST(unmapped_codes_stay_where_the_layout_says_so),
        TEST(what_was_published_before_final_from_is_provisional),
        TEST(an_empty_code_is_one_where_the_layout_says_so),
        TEST(codes_that_become_one_are_added_if_the_layout_says_so),
        TEST(row_of_the_source_twice_is_no_sum),
        TEST(rows_are_left_out_by_list),
        TEST(part_that_a_code_does_not_have_is_a_finding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
