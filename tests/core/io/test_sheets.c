/* Workbooks as a spreadsheet writes them (libxlsxwriter), and as others do (parts by hand). */
#include "core/io/sheets.h"

#include "tests/core/io/parts.h"
#include "tests/core/io/rowsink.h"

#include <unistd.h>
#include <xlsxwriter.h>

static const char *const wanted[] = {"Kommune", "Antall"};

static SpSheetsForm form_of(void)
{
    return (SpSheetsForm){
        .origin = "b.xlsx", .columns = wanted, .n_columns = G_N_ELEMENTS(wanted), .decimal = ','};
}

/* A workbook being written, in a file of its own. */
typedef struct {
    char *path;
    lxw_workbook *book;
} Book;

static Book book_new(void)
{
    Book book = {0};
    int fd = g_file_open_tmp("sp-sheets-XXXXXX", &book.path, NULL);
    assert_true(fd >= 0);
    close(fd);
    book.book = workbook_new(book.path);
    return book;
}

/* Bytes of the finished workbook; the file is gone. g_free. */
static char *book_finish(Book *book, gsize *size)
{
    char *bytes = NULL;
    assert_int_equal(workbook_close(book->book), LXW_NO_ERROR);
    assert_true(g_file_get_contents(book->path, &bytes, size, NULL));
    g_unlink(book->path);
    g_free(book->path);
    return bytes;
}

static void header(lxw_worksheet *sheet, lxw_row_t row)
{
    worksheet_write_string(sheet, row, 0, "Kommune", NULL);
    worksheet_write_string(sheet, row, 1, "Antall", NULL);
}

static void assert_reads(Book *book, const SpSheetsForm *form, const char *expected)
{
    gsize size = 0;
    g_autofree char *bytes = book_finish(book, &size);
    g_autoptr(GError) error = NULL;
    g_autofree char *text = rowsink_read(bytes, size, form, &error);
    assert_no_error(error);
    assert_string_equal(text, expected);
}

static void header_is_found_below_titles_and_notes_end_the_table(void **state)
{
    (void)state;
    Book book = book_new();
    lxw_worksheet *sheet = workbook_add_worksheet(book.book, "Skjema");
    worksheet_write_string(sheet, 0, 0, "Rapportering 2024", NULL);
    header(sheet, 3);
    worksheet_write_string(sheet, 4, 0, "0301", NULL);
    worksheet_write_number(sheet, 4, 1, 12.5, NULL);
    worksheet_write_string(sheet, 6, 0, "Kilde: kommunene selv", NULL);
    SpSheetsForm form = form_of();
    form.ends_at_empty_row = TRUE;
    assert_reads(&book, &form, "[Skjema]\nKommune|Antall\n5:0301|12,5\n");
}

static void empty_rows_are_skipped_unless_they_end_the_table(void **state)
{
    (void)state;
    Book book = book_new();
    lxw_worksheet *sheet = workbook_add_worksheet(book.book, NULL);
    header(sheet, 0);
    worksheet_write_string(sheet, 1, 0, "0301", NULL);
    worksheet_write_string(sheet, 5, 0, "1103", NULL);
    SpSheetsForm form = form_of();
    assert_reads(&book, &form, "[Sheet1]\nKommune|Antall\n2:0301|\n6:1103|\n");
}

static void numbers_dates_truth_and_formulas_become_text(void **state)
{
    (void)state;
    Book book = book_new();
    lxw_worksheet *sheet = workbook_add_worksheet(book.book, NULL);
    lxw_format *date = workbook_add_format(book.book);
    lxw_format *code = workbook_add_format(book.book);
    format_set_num_format(date, "dd.mm.yyyy");
    format_set_num_format(code, "0000");
    header(sheet, 0);
    worksheet_write_number(sheet, 1, 0, 301, code);
    worksheet_write_number(sheet, 1, 1, 0.1 + 0.2, NULL);
    worksheet_write_datetime(sheet, 2, 0, &(lxw_datetime){.year = 2024, .month = 12, .day = 31},
                             date);
    worksheet_write_boolean(sheet, 2, 1, 1, NULL);
    worksheet_write_datetime(
        sheet, 3, 0, &(lxw_datetime){.year = 1900, .month = 1, .day = 31, .hour = 8, .min = 30},
        date);
    worksheet_write_formula_num(sheet, 3, 1, "=1+2", NULL, 3);
    worksheet_write_number(sheet, 4, 0, 974760673, NULL);
    worksheet_write_number(sheet, 4, 1, 1234567.891, NULL);
    SpSheetsForm form = form_of();
    assert_reads(&book, &form,
                 "[Sheet1]\nKommune|Antall\n2:0301|0,3\n3:2024-12-31|TRUE\n"
                 "4:1900-01-31T08:30:00|3\n5:974760673|1234567,89\n");
}

static void a_text_that_begins_as_a_formula_stays_text(void **state)
{
    (void)state;
    Book book = book_new();
    lxw_worksheet *sheet = workbook_add_worksheet(book.book, NULL);
    header(sheet, 0);
    worksheet_write_string(sheet, 1, 0, "=SUM(A1:A9)", NULL);
    worksheet_write_string(sheet, 1, 1, "1 234,5", NULL);
    SpSheetsForm form = form_of();
    assert_reads(&book, &form, "[Sheet1]\nKommune|Antall\n2:=SUM(A1:A9)|1 234,5\n");
}

static void merged_cells_have_their_value_in_the_first(void **state)
{
    (void)state;
    Book book = book_new();
    lxw_worksheet *sheet = workbook_add_worksheet(book.book, NULL);
    header(sheet, 0);
    worksheet_merge_range(sheet, 1, 0, 2, 0, "0301", NULL);
    worksheet_write_number(sheet, 1, 1, 1, NULL);
    worksheet_write_number(sheet, 2, 1, 2, NULL);
    SpSheetsForm form = form_of();
    assert_reads(&book, &form, "[Sheet1]\nKommune|Antall\n2:0301|1\n3:|2\n");
}

/* Two visible sheets with columns in another order, one hidden between them. */
static Book three_sheets(void)
{
    Book book = book_new();
    lxw_worksheet *west = workbook_add_worksheet(book.book, "Vestland");
    lxw_worksheet *hidden = workbook_add_worksheet(book.book, "Kladd");
    lxw_worksheet *north = workbook_add_worksheet(book.book, "Troms");
    header(west, 0);
    worksheet_write_string(west, 1, 0, "4601", NULL);
    worksheet_write_number(west, 1, 1, 3, NULL);
    worksheet_write_string(hidden, 0, 0, "ikke for andre", NULL);
    worksheet_hide(hidden);
    worksheet_write_string(north, 0, 0, "Antall", NULL);
    worksheet_write_string(north, 0, 1, "Kommune", NULL);
    worksheet_write_number(north, 1, 0, 4, NULL);
    worksheet_write_string(north, 1, 1, "5501", NULL);
    return book;
}

static void every_sheet_is_read_by_its_own_header_and_the_hidden_is_told(void **state)
{
    (void)state;
    Book book = three_sheets();
    SpSheetsForm form = form_of();
    form.is_every = TRUE;
    form.as = "Fylke";
    assert_reads(&book, &form,
                 "(Kladd)\n[Vestland]\nKommune|Antall|Fylke\n2:4601|3|Vestland\n[Troms]\n"
                 "2:5501|4|Troms\n");
}

static void a_sheet_is_found_by_its_name(void **state)
{
    (void)state;
    Book book = three_sheets();
    SpSheetsForm form = form_of();
    form.sheet = "Troms";
    assert_reads(&book, &form, "(Kladd)\n[Troms]\nAntall|Kommune\n2:4|5501\n");
}

static void a_repeated_header_is_no_row(void **state)
{
    (void)state;
    Book book = book_new();
    lxw_worksheet *sheet = workbook_add_worksheet(book.book, NULL);
    header(sheet, 0);
    worksheet_write_string(sheet, 1, 0, "0301", NULL);
    header(sheet, 2);
    worksheet_write_string(sheet, 3, 0, "1103", NULL);
    SpSheetsForm form = form_of();
    assert_reads(&book, &form, "[Sheet1]\nKommune|Antall\n2:0301|\n4:1103|\n");
}

static void names_with_line_breaks_are_known(void **state)
{
    (void)state;
    Book book = book_new();
    lxw_worksheet *sheet = workbook_add_worksheet(book.book, NULL);
    worksheet_write_string(sheet, 0, 0, " Kommune\n", NULL);
    worksheet_write_string(sheet, 0, 1, "Antall", NULL);
    worksheet_write_string(sheet, 1, 0, "0301", NULL);
    SpSheetsForm form = form_of();
    assert_reads(&book, &form, "[Sheet1]\nKommune|Antall\n2:0301|\n");
}

/* Shared strings with formatted runs, phonetic text, an escape; the 1904 calendar; an error. */
static void parts_by_hand_are_read_as_the_standard_has_them(void **state)
{
    (void)state;
    static const char workbook[] =
        PART_XML "<x:workbook xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/"
                 "main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/"
                 "relationships\"><x:workbookPr date1904=\"1\"/><x:sheets><x:sheet name=\"Ark1\" "
                 "sheetId=\"1\" r:id=\"rId1\"/></x:sheets></x:workbook>";
    static const char strings[] =
        PART_XML "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
                 "<si><r><t>Komm</t></r><r><t>une</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></si>"
                 "<si><t>Antall</t></si><si><t>a_x0041_b_x00</t></si></sst>";
    static const char sheet[] =
        PART_SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
                   "</row><row r=\"2\"><c r=\"A2\" t=\"s\"><v>2</v></c><c r=\"B2\" t=\"e\">"
                   "<v>#N/A</v></c></row><row><c><v>5</v></c><c t=\"str\"><f>A1</f><v>x</v></c>"
                   "</row>");
    gsize size = 0;
    g_autofree char *bytes = parts_pack(workbook, sheet, sizeof sheet - 1, strings, &size);
    SpSheetsForm form = form_of();
    g_autoptr(GError) error = NULL;
    g_autofree char *text = rowsink_read(bytes, size, &form, &error);
    assert_no_error(error);
    assert_string_equal(text, "[Ark1]\nKommune|Antall\n2:aAb_x00|#N/A\n3:5|x\n");
}

static void assert_refused(Book *book, const SpSheetsForm *form, const char *part)
{
    gsize size = 0;
    g_autofree char *bytes = book_finish(book, &size);
    g_autoptr(GError) error = NULL;
    g_autofree char *text = rowsink_read(bytes, size, form, &error);
    assert_null(text);
    assert_error(error, SP_ERROR_DATA, part);
    assert_error(error, SP_ERROR_DATA, "b.xlsx");
}

static void a_missing_column_is_told_with_the_row_that_is_nearest(void **state)
{
    (void)state;
    Book book = book_new();
    lxw_worksheet *sheet = workbook_add_worksheet(book.book, NULL);
    worksheet_write_string(sheet, 4, 1, "Kommune", NULL);
    SpSheetsForm form = form_of();
    assert_refused(&book, &form, "row 5 has 1 of 2 and lacks \"Antall\"");
}

static void two_columns_of_one_name_are_refused(void **state)
{
    (void)state;
    Book book = book_new();
    lxw_worksheet *sheet = workbook_add_worksheet(book.book, NULL);
    header(sheet, 0);
    worksheet_write_string(sheet, 0, 2, "Antall", NULL);
    SpSheetsForm form = form_of();
    assert_refused(&book, &form, "row 1: two columns of the header are named \"Antall\"");
}

static void a_sheet_with_other_columns_is_named(void **state)
{
    (void)state;
    Book book = three_sheets();
    lxw_worksheet *more = workbook_add_worksheet(book.book, "Agder");
    header(more, 0);
    worksheet_write_string(more, 0, 2, "Merknad", NULL);
    SpSheetsForm form = form_of();
    form.is_every = TRUE;
    assert_refused(&book, &form, "sheet \"Agder\": b.xlsx: the header has 3 columns");
}

static void empty_and_absent_sheets_are_told(void **state)
{
    (void)state;
    Book empty = book_new();
    (void)workbook_add_worksheet(empty.book, NULL);
    SpSheetsForm form = form_of();
    assert_refused(&empty, &form, "the sheet is empty");
    Book other = three_sheets();
    form.sheet = "Nordland";
    assert_refused(&other, &form, "has no sheet \"Nordland\"");
}

/* What a private file says of itself is not told, what the layout asks for is. */
static void nothing_of_a_private_file_is_quoted(void **state)
{
    (void)state;
    Book book = book_new();
    lxw_worksheet *sheet = workbook_add_worksheet(book.book, "Kari Nordmann");
    worksheet_write_string(sheet, 0, 0, "Kommune", NULL);
    worksheet_write_string(sheet, 1, 0, "p-0123456789", NULL);
    gsize size = 0;
    g_autofree char *bytes = book_finish(&book, &size);
    SpSheetsForm form = form_of();
    form.is_private = TRUE;
    g_autoptr(GError) error = NULL;
    g_autofree char *text = rowsink_read(bytes, size, &form, &error);
    assert_null(text);
    assert_error(error, SP_ERROR_DATA, "lacks \"Antall\"");
    assert_null(strstr(error->message, "Kari"));
    assert_null(strstr(error->message, "0123456789"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(header_is_found_below_titles_and_notes_end_the_table),
        cmocka_unit_test(empty_rows_are_skipped_unless_they_end_the_table),
        cmocka_unit_test(numbers_dates_truth_and_formulas_become_text),
        cmocka_unit_test(a_text_that_begins_as_a_formula_stays_text),
        cmocka_unit_test(merged_cells_have_their_value_in_the_first),
        cmocka_unit_test(every_sheet_is_read_by_its_own_header_and_the_hidden_is_told),
        cmocka_unit_test(a_sheet_is_found_by_its_name),
        cmocka_unit_test(a_repeated_header_is_no_row),
        cmocka_unit_test(names_with_line_breaks_are_known),
        cmocka_unit_test(parts_by_hand_are_read_as_the_standard_has_them),
        cmocka_unit_test(a_missing_column_is_told_with_the_row_that_is_nearest),
        cmocka_unit_test(two_columns_of_one_name_are_refused),
        cmocka_unit_test(a_sheet_with_other_columns_is_named),
        cmocka_unit_test(empty_and_absent_sheets_are_told),
        cmocka_unit_test(nothing_of_a_private_file_is_quoted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
