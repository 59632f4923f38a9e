/** What an XPath expression says of a document. */
#ifndef SP_TESTS_OUTPUTS_XPATH_H
#define SP_TESTS_OUTPUTS_XPATH_H

#include "tests/check.h"

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

/** The string value of an expression; "m:" stands for `main_namespace`, NULL for none. g_free. */
static inline char *xpath_string(xmlDoc *doc, const char *main_namespace, const char *expression)
{
    xmlXPathContext *context = xmlXPathNewContext(doc);
    if (main_namespace != NULL) {
        xmlXPathRegisterNs(context, (const xmlChar *)"m", (const xmlChar *)main_namespace);
    }
    xmlXPathObject *result = xmlXPathEvalExpression((const xmlChar *)expression, context);
    assert_non_null(result);
    xmlChar *text = xmlXPathCastToString(result);
    char *copy = g_strdup((const char *)text);
    xmlFree(text);
    xmlXPathFreeObject(result);
    xmlXPathFreeContext(context);
    return copy;
}

#endif
