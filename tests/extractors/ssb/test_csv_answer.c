/* SSB's CSV in its dialects, and files that are none. */
#include "extractors/ssb/csv_answer.h"

#include "tests/check.h"
#include "tests/extractors/record.h"

static const char layout_text[] =
    "[table]\nname = t\n[column region]\nrole = code\n[column heading.contents]\nas = c\nrole = "
    "contents\n[column heading.time]\nas = period\nrole = period\n[column heading.rest]\nas = "
    "rest\nrole = code\n[column value]\nrole = value\n[measure Personer]\nas = personer\nunit = "
    "persons\n";

static void read_with(const char *text, const SpLayout *layout, Record *record)
{
    g_autoptr(GError) error = NULL;
    sp_ssb_csv_parse(text, strlen(text), "a.csv", layout, &record->sink, &error);
    assert_no_error(error);
}

static SpLayout *layout_new(void)
{
    g_autoptr(GError) error = NULL;
    SpLayout *layout = sp_layout_parse("l", layout_text, &error);
    assert_no_error(error);
    return layout;
}

static void refuse_with(const char *text, const SpLayout *layout, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Record) record = record_new();
    assert_false(sp_ssb_csv_parse(text, strlen(text), "a.csv", layout, &record->sink, &error));
    assert_error(error, SP_ERROR_DATA, part);
    assert_error(error, SP_ERROR_DATA, "a.csv: ");
}

/* Without a layout the last column is the figures. Signs are kept apart from numbers, and a blank
 * is no zero. */
static void last_column_is_the_figures(void **state)
{
    (void)state;
    g_autoptr(Record) record = record_new();
    read_with("\"Region\",\"Tid\",\"07459: Befolkning\"\r\n\"0301\",\"2024\",717710\r\n"
              "\"0301\",\"2023\",\":\"\r\n\"0301\",\"2022\",..\r\n\"0301\",\"2021\",\r\n",
              NULL, record);
    assert_string_equal(record->names, "Region|Tid|value|status");
    assert_string_equal(record_row(record, 0), "2: 0301|2024|717710|");
    assert_string_equal(record_row(record, 1), "3: 0301|2023||:");
    assert_string_equal(record_row(record, 2), "4: 0301|2022||..");
    assert_string_equal(record_row(record, 3), "5: 0301|2021||..");
}

/* One publisher, two dialects: semicolon and comma, comma and point. */
static void both_dialects_give_the_same_figures(void **state)
{
    (void)state;
    g_autoptr(Record) comma = record_new();
    g_autoptr(Record) semicolon = record_new();
    g_autoptr(Record) tab = record_new();
    read_with("\"Region\",\"Rate\"\n\"0301\",12.5\n\"1103\",-3\n", NULL, comma);
    read_with("Tittel\n\nRegion;Rate\r\n0301;12,5\r\n1103;-3\r\n", NULL, semicolon);
    read_with("Region\tRate\n0301\t12.5\n1103\t-3\n", NULL, tab);
    assert_near(comma->sum, 9.5, 0);
    assert_near(semicolon->sum, 9.5, 0);
    assert_near(tab->sum, 9.5, 0);
    assert_string_equal(comma->names, semicolon->names);
    assert_string_equal(record_row(semicolon, 0), "4: 0301|12.5|");
}

static void latin1_and_utf8_are_told_apart_by_their_bytes(void **state)
{
    (void)state;
    g_autoptr(Record) latin1 = record_new();
    g_autoptr(Record) utf8 = record_new();
    g_autoptr(Record) mark = record_new();
    read_with("\"k\xf8n\",\"v\"\n\"\xc5\",1\n", NULL, latin1);
    read_with("\"kj\xc3\xb8nn\",\"v\"\n\"\xc3\x85\",1\n", NULL, utf8);
    read_with("\xef\xbb\xbf\"kj\xc3\xb8nn\",\"v\"\n\"\xc3\x85\",1\n", NULL, mark);
    assert_string_equal(latin1->names, "køn|value|status");
    assert_string_equal(record_row(latin1, 0), "2: Å|1|");
    assert_string_equal(utf8->names, "kjønn|value|status");
    assert_string_equal(mark->names, "kjønn|value|status");
}

static void figures_beside_each_other_become_rows(void **state)
{
    (void)state;
    g_autoptr(SpLayout) layout = layout_new();
    g_autoptr(Record) record = record_new();
    read_with(
        "\"T, etter a\"\n\n\"region\";\"Personer 2024 Menn\";\"Personer i alt 2024K1\";\"Rest\"\n"
        "\"K-1 A\";1;2,5;:\n",
        layout, record);
    assert_string_equal(record->names,
                        "region|heading.contents|heading.time|heading.rest|value|status");
    assert_string_equal(record_row(record, 0), "4: K-1 A|Personer|2024|Menn|1|");
    assert_string_equal(record_row(record, 1), "4: K-1 A|Personer i alt|2024K1||2.5|");
    assert_string_equal(record_row(record, 2), "4: K-1 A|Rest||||:");
}

/* A table that grew a column would otherwise put its codes among the figures. */
static void column_that_the_layout_does_not_know_is_refused(void **state)
{
    (void)state;
    static const char text[] =
        "[table]\nname = t\n[column Region]\nas = region\nrole = code\n[column value]\nrole = "
        "value\n[column ContentsCode]\nas = c\nrole = contents\n[measure a]\nunit = persons\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(SpLayout) layout = sp_layout_parse("l", text, &error);
    assert_no_error(error);
    refuse_with("Region,Opphold,ContentsCode,T\n1,2,a,3\n", layout, "2 columns of figures");
}

static void what_is_no_csv_is_refused(void **state)
{
    (void)state;
    refuse_with("", NULL, "no header of several columns");
    refuse_with("bare tekst\n\nog mer\n", NULL, "no header of several columns");
    refuse_with("1\n2\n3\n4\n5\n6\n7\na,b\n", NULL, "no header of several columns");
    refuse_with("a,b\n1\n", NULL, "1 fields, want 2");
    refuse_with("a,b\n1,2,3\n", NULL, "3 fields, want 2");
    refuse_with("a,b\n\"1,2\n", NULL, "never ends");
    refuse_with("a,a\n1,2\n", NULL, "twice");
}

static void title_is_the_line_before_the_header(void **state)
{
    (void)state;
    g_autofree char *quoted = sp_ssb_csv_title("\"07459: A, etter b\"\n\na,b\n", 26);
    g_autofree char *latin1 = sp_ssb_csv_title("\xc5r\n\na;b\n", 8);
    assert_string_equal(quoted, "07459: A, etter b");
    assert_string_equal(latin1, "År");
    assert_null(sp_ssb_csv_title("a,b\n1,2\n", 8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(last_column_is_the_figures),
        cmocka_unit_test(both_dialects_give_the_same_figures),
        cmocka_unit_test(latin1_and_utf8_are_told_apart_by_their_bytes),
        cmocka_unit_test(figures_beside_each_other_become_rows),
        cmocka_unit_test(column_that_the_layout_does_not_know_is_refused),
        cmocka_unit_test(what_is_no_csv_is_refused),
        cmocka_unit_test(title_is_the_line_before_the_header),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
