/* A report written and parsed. */
#include "tests/outputs/html/page.h"
#include "tests/outputs/xpath.h"

#include "core/io/files.h"

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

static xmlDoc *parse(const char *file, const char *text)
{
    complaints = g_string_new(NULL);
    xmlSetStructuredErrorFunc(NULL, collect);
    xmlDoc *doc = htmlReadMemory(text, (int)strlen(text), NULL, "UTF-8", HTML_PARSE_NONET);
    xmlSetStructuredErrorFunc(NULL, NULL);
    if (complaints->len > 0) {
        fail_msg("%s: %s", file, complaints->str);
    }
    g_string_free(complaints, TRUE);
    return doc;
}

/* All pages under one root, each in an element that bears its name. */
static void add_page(TestPage *made, const char *file, GString *all)
{
    g_autofree char *text = sp_test_file(made->folder, file, NULL);
    xmlDoc *doc = parse(file, text);
    xmlNode *page =
        xmlNewChild(xmlDocGetRootElement(made->doc), NULL, (const xmlChar *)"page", NULL);
    xmlSetProp(page, (const xmlChar *)"file", (const xmlChar *)file);
    xmlAddChild(page, xmlDocCopyNode(xmlDocGetRootElement(doc), made->doc, 1));
    xmlFreeDoc(doc);
    g_string_append(all, text);
}

TestPage *test_page_write(SpTestPackage *package, const char *assignment)
{
    g_autoptr(GError) error = NULL;
    TestPage *made = g_new0(TestPage, 1);
    made->package = package;
    made->folder = sp_test_write(&sp_output_html, &package->package, assignment);
    made->doc = xmlNewDoc((const xmlChar *)"1.0");
    xmlDocSetRootElement(made->doc, xmlNewDocNode(made->doc, NULL, (const xmlChar *)"site", NULL));
    g_auto(GStrv) files = sp_folder_walk(made->folder, &error);
    g_autoptr(GString) all = g_string_new(NULL);
    for (char **file = files; *file != NULL; file++) {
        if (g_str_has_suffix(*file, ".html")) {
            add_page(made, *file, all);
        }
    }
    made->text = g_string_free(g_steal_pointer(&all), FALSE);
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
