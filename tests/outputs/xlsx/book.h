/** A written workbook with its parts, for tests. */
#ifndef SP_TESTS_OUTPUTS_XLSX_BOOK_H
#define SP_TESTS_OUTPUTS_XLSX_BOOK_H

#include "core/io/xml.h"
#include "tests/outputs/tables.h"

#include <zip.h>

extern const SpOutput sp_output_xlsx;

/* Sheets in order of the small package: contents, befolkning, aarsverk, definitions. */
enum { CONTENTS = 1, POPULATION, STAFF, DEFINITIONS, N_SHEETS = DEFINITIONS };

typedef struct {
    SpTestPackage *package; /* borrowed, NULL where it is not looked at */
    char *folder;
    zip_t *zip;
} TestBook;

/** Writes the workbook of a package and opens it; `assignment` as sp_test_config. */
TestBook test_book_open(SpTestPackage *package, const char *assignment);
void test_book_close(TestBook *book);

/** For a group of tests: *state is the TestBook of the small package in Bokmål, with its
 * package. */
int test_book_setup(void **state);
int test_book_teardown(void **state);

/** A file of the workbook, NUL-terminated. g_free. */
char *test_book_part(const TestBook *book, const char *name);
char *test_book_sheet_text(const TestBook *book, int number);
/** The same as a tree. xmlFreeDoc. */
xmlDoc *test_book_sheet(const TestBook *book, int number);
xmlDoc *test_book_parse(const char *bytes);

/** The string value of an XPath expression; "m:" is the main namespace. g_free. */
char *test_book_ask(xmlDoc *doc, const char *expression);
/** The number format of a cell. g_free. */
char *test_book_format(const TestBook *book, int number, const char *place);

void assert_asked(xmlDoc *doc, const char *expression, const char *wanted);
void assert_cell(xmlDoc *doc, const char *place, const char *wanted);
void assert_number(xmlDoc *doc, const char *place, double wanted);

#endif
