/* A workbook written and taken apart. */
#include "tests/outputs/xlsx/book.h"
#include "tests/outputs/xpath.h"

#include "core/number.h"

#include <libxml/parser.h>

static const char main_namespace[] = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

int test_book_setup(void **state)
{
    TestBook *made = g_new0(TestBook, 1);
    *made = test_book_open(sp_test_package_new("nb"), NULL);
    *state = made;
    return 0;
}

int test_book_teardown(void **state)
{
    TestBook *made = *state;
    test_book_close(made);
    sp_test_package_free(made->package);
    g_free(made);
    return 0;
}

char *test_book_part(const TestBook *made, const char *name)
{
    zip_stat_t stat;
    assert_int_equal(zip_stat(made->zip, name, 0, &stat), 0);
    char *bytes = g_malloc0(stat.size + 1);
    zip_file_t *file = zip_fopen(made->zip, name, 0);
    assert_int_equal(zip_fread(file, bytes, stat.size), stat.size);
    zip_fclose(file);
    return bytes;
}

char *test_book_sheet_text(const TestBook *made, int number)
{
    g_autofree char *name = g_strdup_printf("xl/worksheets/sheet%d.xml", number);
    return test_book_part(made, name);
}

xmlDoc *test_book_parse(const char *bytes)
{
    xmlDoc *doc = xmlReadMemory(bytes, (int)strlen(bytes), NULL, NULL, XML_PARSE_NONET);
    assert_non_null(doc);
    return doc;
}

xmlDoc *test_book_sheet(const TestBook *made, int number)
{
    g_autofree char *bytes = test_book_sheet_text(made, number);
    return test_book_parse(bytes);
}

char *test_book_ask(xmlDoc *doc, const char *expression)
{
    return xpath_string(doc, main_namespace, expression);
}

void assert_cell(xmlDoc *doc, const char *place, const char *wanted)
{
    g_autofree char *expression = g_strdup_printf("string(//m:c[@r='%s'])", place);
    g_autofree char *text = test_book_ask(doc, expression);
    assert_string_equal(text, wanted);
}

void assert_asked(xmlDoc *doc, const char *expression, const char *wanted)
{
    g_autofree char *text = test_book_ask(doc, expression);
    assert_string_equal(text, wanted);
}

void assert_number(xmlDoc *doc, const char *place, double wanted)
{
    double value = 0.0;
    g_autofree char *expression = g_strdup_printf("string(//m:c[@r='%s'][not(@t)]/m:v)", place);
    g_autofree char *text = test_book_ask(doc, expression);
    assert_true(sp_number_parse(text, strlen(text), sp_number_plain, &value));
    assert_near(value, wanted, 0.0);
}

char *test_book_format(const TestBook *made, int number, const char *place)
{
    g_autoptr(xmlDoc) doc = test_book_sheet(made, number);
    g_autofree char *bytes = test_book_part(made, "xl/styles.xml");
    g_autoptr(xmlDoc) styles = test_book_parse(bytes);
    g_autofree char *style_path = g_strdup_printf("number(//m:c[@r='%s']/@s)", place);
    g_autofree char *style = test_book_ask(doc, style_path);
    g_autofree char *path = g_strdup_printf(
        "string(//m:numFmt[@numFmtId=//m:cellXfs/m:xf[%s + 1]/@numFmtId]/@formatCode)", style);
    char *format = test_book_ask(styles, path);
    return format;
}

TestBook test_book_open(SpTestPackage *package, const char *assignment)
{
    TestBook other = {.package = package,
                      .folder = sp_test_write(&sp_output_xlsx, &package->package, assignment)};
    g_autofree char *path = g_build_filename(other.folder, "statistikkpakke.xlsx", NULL);
    other.zip = zip_open(path, ZIP_RDONLY, NULL);
    assert_non_null(other.zip);
    return other;
}

void test_book_close(TestBook *other)
{
    zip_discard(other->zip);
    sp_test_folder_remove(other->folder);
}
