/* Workbooks made to exhaust, to mislead or to break a reader, and damaged ones. */
#include "core/io/sheets.h"

#include "tests/core/io/parts.h"
#include "tests/core/io/rowsink.h"

static const char *const wanted[] = {"Kommune", "Antall"};
static const SpSheetsForm form = {
    .origin = "b.xlsx", .columns = wanted, .n_columns = G_N_ELEMENTS(wanted), .decimal = ','};

static void assert_refused(const char *bytes, gsize size, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = rowsink_read(bytes, size, &form, &error);
    assert_null(text);
    assert_error(error, SP_ERROR_DATA, part);
    assert_error(error, SP_ERROR_DATA, "b.xlsx");
}

static void assert_sheet_refused(const char *sheet, const char *part)
{
    gsize size = 0;
    g_autofree char *bytes = parts_pack(PART_WORKBOOK, sheet, strlen(sheet), NULL, &size);
    assert_refused(bytes, size, part);
}

static char *good(gsize *size)
{
    static const char sheet[] = PART_SHEET(
        PART_HEADER "<row r=\"2\"><c r=\"A2\"><v>301</v></c><c r=\"B2\"><v>7</v></c></row>");
    return parts_pack(PART_WORKBOOK, sheet, sizeof sheet - 1, NULL, size);
}

static void the_good_one_is_read(void **state)
{
    (void)state;
    gsize size = 0;
    g_autofree char *bytes = good(&size);
    g_autoptr(GError) error = NULL;
    g_autofree char *text = rowsink_read(bytes, size, &form, &error);
    assert_no_error(error);
    assert_string_equal(text, "[Ark1]\nKommune|Antall\n2:301|7\n");
}

/* No program writes one; it once ended the process. */
static void a_sheet_without_a_name_has_an_empty_one(void **state)
{
    (void)state;
    static const char workbook[] =
        PART_XML "<workbook><sheets><sheet r:id=\"rId1\" xmlns:r=\"r\"/></sheets></workbook>";
    static const char sheet[] = PART_SHEET(PART_HEADER "<row><c><v>301</v></c></row>");
    SpSheetsForm named = form;
    gsize size = 0;
    g_autoptr(GError) error = NULL;
    named.as = "ark";
    g_autofree char *bytes = parts_pack(workbook, sheet, sizeof sheet - 1, NULL, &size);
    g_autofree char *text = rowsink_read(bytes, size, &named, &error);
    assert_no_error(error);
    assert_string_equal(text, "[]\nKommune|Antall|ark\n2:301||\n");
}

/* 8 MiB of blanks pack a thousand to one. */
static void a_zip_bomb_is_refused_by_its_ratio(void **state)
{
    (void)state;
    g_autoptr(GString) sheet = g_string_new(PART_XML "<worksheet><sheetData>" PART_HEADER);
    for (int i = 0; i < 8 * 1024 * 1024; i++) {
        g_string_append_c(sheet, ' ');
    }
    g_string_append(sheet, "</sheetData></worksheet>");
    gsize size = 0;
    g_autofree char *bytes = parts_pack(PART_WORKBOOK, sheet->str, sheet->len, NULL, &size);
    assert_true(size < 100000);
    assert_refused(bytes, size, "which no table does");
}

static void a_million_empty_rows_are_passed_over(void **state)
{
    (void)state;
    g_autoptr(GString) sheet = g_string_new(PART_XML "<worksheet><sheetData>" PART_HEADER);
    for (int i = 2; i <= 1000000; i++) {
        g_string_append_printf(sheet, "<row r=\"%d\"/>", i);
    }
    g_string_append(sheet, "<row r=\"1000001\"><c r=\"A1000001\"><v>1</v></c></row>"
                           "</sheetData></worksheet>");
    gsize size = 0;
    g_autofree char *bytes = parts_pack(PART_WORKBOOK, sheet->str, sheet->len, NULL, &size);
    g_autoptr(GError) error = NULL;
    g_autofree char *text = rowsink_read(bytes, size, &form, &error);
    assert_no_error(error);
    assert_string_equal(text, "[Ark1]\nKommune|Antall\n1000001:1|\n");
}

static void a_document_type_declaration_is_refused(void **state)
{
    (void)state;
    static const char sheet[] =
        "<?xml version=\"1.0\"?><!DOCTYPE worksheet [<!ENTITY a \"0301\">"
        "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><worksheet><sheetData>" PART_HEADER
        "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>";
    assert_sheet_refused(sheet, "document type declaration");
    static const char outside[] = "<!DOCTYPE w SYSTEM \"file:///etc/passwd\"><w><sheetData/></w>";
    assert_sheet_refused(outside, "document type declaration");
}

static void damage_is_told_and_never_read(void **state)
{
    (void)state;
    gsize size = 0;
    g_autofree char *bytes = good(&size);
    for (gsize cut = 4; cut < size; cut++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = rowsink_read(bytes, cut, &form, &error);
        assert_null(text);
        assert_error(error, SP_ERROR_DATA, "b.xlsx");
    }
}

/* A byte of the stored checksum of the sheet, in its central header. */
static void a_wrong_checksum_is_told(void **state)
{
    (void)state;
    gsize size = 0;
    gsize n_found = 0;
    g_autofree char *bytes = good(&size);
    static const char name[] = "xl/worksheets/sheet1.xml";
    for (gsize i = 46; i + sizeof name < size; i++) {
        if (memcmp(bytes + i, name, sizeof name - 1) == 0 &&
            memcmp(bytes + i - 46, "PK\x01\x02", 4) == 0) {
            bytes[i - 46 + 16] = (char)(bytes[i - 46 + 16] ^ 0x55);
            n_found++;
        }
    }
    assert_int_equal(n_found, 1);
    assert_refused(bytes, size, "damaged (CRC error)");
}

static void what_is_out_of_order_is_refused(void **state)
{
    (void)state;
    assert_sheet_refused(PART_SHEET(PART_HEADER "<row r=\"1\"/>"), "no next one");
    assert_sheet_refused(PART_SHEET(PART_HEADER "<row r=\"9999999\"/>"), "beyond 1048576");
    assert_sheet_refused(PART_SHEET("<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>"),
                         "out of order");
    assert_sheet_refused(PART_SHEET("<row r=\"1\"><c r=\"ZZZ1\"/></row>"), "beyond column 4096");
    assert_sheet_refused(PART_SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>"),
                         "no value of its kind");
    assert_sheet_refused(PART_SHEET("<row r=\"1\"><c r=\"A1\"><v>1e999</v></c></row>"),
                         "no value of its kind");
    assert_sheet_refused(PART_SHEET("<row r=\"1\"><c r=\"A1\"><v>1</v>"), "ask for it again");
}

static void depth_and_length_have_limits(void **state)
{
    (void)state;
    g_autoptr(GString) deep = g_string_new(NULL);
    for (int i = 0; i < 100; i++) {
        g_string_append(deep, "<a>");
    }
    assert_sheet_refused(deep->str, "deeper, more than the 32");
    g_autoptr(GString) text =
        g_string_new(PART_XML "<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>");
    for (int i = 0; i < 40000; i++) {
        g_string_append_printf(text, "%05d ", i);
    }
    g_string_append(text, "</t></is></c></row></sheetData></worksheet>");
    assert_sheet_refused(text->str, "more bytes, more than the 131068");
}

static void a_latin_1_part_that_claims_utf_8_is_refused(void **state)
{
    (void)state;
    assert_sheet_refused(
        PART_XML "<worksheet><sheetData><row><c t=\"str\"><v>B\xF8</v></c></row></sheetData>"
                 "</worksheet>",
        "ask for it again");
}

static void what_is_no_workbook_is_named(void **state)
{
    (void)state;
    static const char locked[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1........E\0n\0c\0r\0y\0p\0t\0e\0"
                                 "d\0P\0a\0c\0k\0a\0g\0e\0";
    assert_int_equal(sp_sheets_detect(locked, sizeof locked - 1), SP_SHEETS_LOCKED);
    assert_refused(locked, sizeof locked - 1, "behind a password");
    static const char page[] = "\xEF\xBB\xBF \r\n<HTML><table><tr><td>Kommune</td></tr></table>";
    assert_int_equal(sp_sheets_detect(page, sizeof page - 1), SP_SHEETS_MARKUP);
    assert_refused(page, sizeof page - 1, "HTML or XML under the name of a workbook");
    assert_int_equal(sp_sheets_detect("Kommune;Antall\n", 15), SP_SHEETS_NONE);
    assert_refused("Kommune;Antall\n", 15, "is no workbook");
    assert_refused("", 0, "is no workbook");
    assert_refused("PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 22, "b.xlsx");
}

/* A sheet is listed without a name, and the layout wants the name in every row. */
static void a_sheet_without_a_name_is_read_as_one_of_no_name(void **state)
{
    (void)state;
    static const char workbook[] =
        PART_XML "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
                 "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
                 "<sheets><sheet sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
    static const char sheet[] = PART_SHEET(
        PART_HEADER "<row r=\"2\"><c r=\"A2\"><v>301</v></c><c r=\"B2\"><v>7</v></c></row>");
    SpSheetsForm every = form;
    every.is_every = TRUE;
    every.as = "Ark";
    gsize size = 0;
    g_autofree char *bytes = parts_pack(workbook, sheet, sizeof sheet - 1, NULL, &size);
    g_autoptr(GError) error = NULL;
    g_autofree char *text = rowsink_read(bytes, size, &every, &error);
    assert_no_error(error);
    assert_string_equal(text, "[]\nKommune|Antall|Ark\n2:301|7|\n");
}

static void a_name_with_an_ampersand_is_that_name(void **state)
{
    (void)state;
    static const char workbook[] =
        PART_XML "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
                 "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
                 "<sheets><sheet name=\"Helse &amp; omsorg\" sheetId=\"1\" r:id=\"rId1\"/>"
                 "</sheets></workbook>";
    static const char sheet[] = PART_SHEET(
        PART_HEADER "<row r=\"2\"><c r=\"A2\"><v>301</v></c><c r=\"B2\"><v>7</v></c></row>");
    SpSheetsForm named = form;
    named.sheet = "Helse & omsorg";
    gsize size = 0;
    g_autofree char *bytes = parts_pack(workbook, sheet, sizeof sheet - 1, NULL, &size);
    g_autoptr(GError) error = NULL;
    g_autofree char *text = rowsink_read(bytes, size, &named, &error);
    assert_no_error(error);
    assert_string_equal(text, "[Helse & omsorg]\nKommune|Antall\n2:301|7\n");
}

/* Cells that all share one long text: a few kilobytes would unpack to gigabytes. */
static void assert_shared_text_refused(int n_rows, int n_cells, const char *part)
{
    static const char strings_end[] = "</t></si></sst>";
    g_autofree char *filler = g_strnfill(SP_SHEETS_MAX_TEXT, 'x');
    g_autofree char *strings = g_strconcat(PART_XML "<sst><si><t>", filler, strings_end, NULL);
    g_autoptr(GString) sheet = g_string_new(PART_XML "<worksheet><sheetData>" PART_HEADER);
    for (int row = 0; row < n_rows; row++) {
        g_string_append(sheet, "<row>");
        for (int cell = 0; cell < n_cells; cell++) {
            g_string_append(sheet, "<c t=\"s\"><v>0</v></c>");
        }
        g_string_append(sheet, "</row>");
    }
    g_string_append(sheet, "</sheetData></worksheet>");
    gsize size = 0;
    g_autofree char *bytes = parts_pack(PART_WORKBOOK, sheet->str, sheet->len, strings, &size);
    assert_true(size < 100000);
    assert_refused(bytes, size, part);
}

static void texts_that_cells_share_have_limits_together(void **state)
{
    (void)state;
    assert_shared_text_refused(1, 1000, "a row of more than 16 MiB");
    assert_shared_text_refused(200, 100, "more than 2048 MiB of text");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_good_one_is_read),
        cmocka_unit_test(a_sheet_without_a_name_has_an_empty_one),
        cmocka_unit_test(a_zip_bomb_is_refused_by_its_ratio),
        cmocka_unit_test(a_million_empty_rows_are_passed_over),
        cmocka_unit_test(a_document_type_declaration_is_refused),
        cmocka_unit_test(damage_is_told_and_never_read),
        cmocka_unit_test(a_wrong_checksum_is_told),
        cmocka_unit_test(what_is_out_of_order_is_refused),
        cmocka_unit_test(depth_and_length_have_limits),
        cmocka_unit_test(a_latin_1_part_that_claims_utf_8_is_refused),
        cmocka_unit_test(what_is_no_workbook_is_named),
        cmocka_unit_test(a_sheet_without_a_name_is_read_as_one_of_no_name),
        cmocka_unit_test(a_name_with_an_ampersand_is_that_name),
        cmocka_unit_test(texts_that_cells_share_have_limits_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
