/* A page written and parsed. */
#include "tests/outputs/html/page.h"
#include "tests/outputs/xpath.h"

#include <libxml/HTMLparser.h>

static GString *complaints;

/* libxml2 knows the elements of HTML 4; all else that it complains of is a fault of the page. */
static void collect(void *data, xmlErrorPtr failure)
{
    (void)data;
    if (failure->code != XML_HTML_UNKNOWN_TAG) {
        g_string_append_printf(complaints, "line %d: %s", failure->line, failure->message);
    }
}

static xmlDoc *parse(const char *text)
{
    complaints = g_string_new(NULL);
    xmlSetStructuredErrorFunc(NULL, collect);
    xmlDoc *doc = htmlReadMemory(text, (int)strlen(text), NULL, "UTF-8", HTML_PARSE_NONET);
    xmlSetStructuredErrorFunc(NULL, NULL);
    if (complaints->len > 0) {
        fail_msg("%s", complaints->str);
    }
    g_string_free(complaints, TRUE);
    return doc;
}

TestPage *test_page_write(SpTestPackage *package, const char *assignment)
{
    TestPage *made = g_new0(TestPage, 1);
    made->package = package;
    made->folder = sp_test_write(&sp_output_html, &package->package, assignment);
    made->text = sp_test_file(made->folder, "index.html", NULL);
    made->doc = parse(made->text);
    return made;
}

void test_page_free(TestPage *made)
{
    xmlFreeDoc(made->doc);
    g_free(made->text);
    sp_test_folder_remove(made->folder);
    sp_test_package_free(made->package);
    g_free(made);
}

char *test_page_ask(const TestPage *made, const char *expression)
{
    return xpath_string(made->doc, NULL, expression);
}

void assert_asked(const TestPage *made, const char *expression, const char *wanted)
{
    g_autofree char *text = test_page_ask(made, expression);
    if (g_strcmp0(text, wanted) != 0) {
        fail_msg("%s is \"%s\", want \"%s\"", expression, text, wanted);
    }
}
