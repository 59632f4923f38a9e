/** A written report with its tree, for tests. */
#ifndef SP_TESTS_OUTPUTS_HTML_PAGE_H
#define SP_TESTS_OUTPUTS_HTML_PAGE_H

#include "tests/outputs/tables.h"

#include <libxml/tree.h>

extern const SpOutput sp_output_html;

typedef struct {
    SpTestPackage *package;
    char *folder;
    char *text;  /* of all pages, one after another */
    xmlDoc *doc; /* <site> with a <page file="tema/personell.html"> for each, its <html> in it */
} TestPage;

/** Writes the pages of a package, which it takes, and parses them; fails the test where libxml2
 * complains. `assignment` as sp_test_config. */
TestPage *test_page_write(SpTestPackage *package, const char *assignment);
void test_page_free(TestPage *page);

/** The string value of an XPath expression. g_free. */
char *test_page_ask(const TestPage *page, const char *expression);
void assert_asked(const TestPage *page, const char *expression, const char *wanted);

#endif
