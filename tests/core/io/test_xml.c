/* XML. */
#include "tests/check.h"

#include "core/io/xml.h"

static xmlDoc *parse(const char *text, GError **error)
{
    return sp_xml_parse(text, strlen(text), "klass/131: 1.xml", error);
}

static void document_is_read_in_its_own_encoding(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(xmlDoc) doc =
        parse("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><navn>Troms\xf8</navn>", &error);
    assert_no_error(error);
    xmlChar *text = xmlNodeGetContent(xmlDocGetRootElement(doc));
    assert_string_equal((const char *)text, "Tromsø");
    xmlFree(text);
}

static void damaged_document_is_refused_with_its_line(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(parse("<a>\n<b></a>", &error));
    assert_error(error, SP_ERROR_DATA, "klass/131: 1.xml: line 2: Opening and ending tag mismatch");
    g_clear_error(&error);
    assert_null(parse("<a><b/>", &error));
    assert_error(error, SP_ERROR_DATA, "line 1");
}

static void what_is_not_xml_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(parse("{\"a\": 1}", &error));
    assert_error(error, SP_ERROR_DATA, "fetch it again");
    g_clear_error(&error);
    assert_null(parse("", &error));
    assert_error(error, SP_ERROR_DATA, "is empty");
    g_clear_error(&error);
    assert_null(parse("<a>Troms\xf8</a>", &error));
    assert_error(error, SP_ERROR_DATA, "line 1");
}

static void document_type_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(parse("<!DOCTYPE html><html/>", &error));
    assert_error(error, SP_ERROR_DATA, "DOCTYPE");
}

static void entities_never_expand(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(parse("<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY x SYSTEM "
                      "\"file:///etc/passwd\"><!ENTITY y \"&x;&x;&x;\">]>\n<a>&y;</a>",
                      &error));
    assert_error(error, SP_ERROR_DATA, "line 2: has a document type declaration");
    g_clear_error(&error);
    assert_null(parse("<a>&x;</a>", &error));
    assert_error(error, SP_ERROR_DATA, "Entity 'x' not defined");
}

static void bottomless_nesting_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 100000; i++) {
        g_string_append(text, "<a>");
    }
    assert_null(parse(text->str, &error));
    assert_error(error, SP_ERROR_DATA, "depth");
    g_string_free(text, TRUE);
}

static void document_is_written_as_utf8_xml(void **state)
{
    (void)state;
    g_autoptr(xmlDoc) doc = parse("<a b=\"&lt;å&gt;\"><c></c>æ</a>", NULL);
    g_autofree char *text = sp_xml_format(doc, FALSE, NULL);
    assert_string_equal(text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                              "<a b=\"&lt;å&gt;\"><c/>æ</a>\n");
}

static void html_has_void_elements_and_scripts_as_they_are(void **state)
{
    (void)state;
    g_autoptr(xmlDoc) doc =
        parse("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>"
              "<html lang=\"nb\"><head><meta charset=\"utf-8\"/><title>\xc5rsverk</title>"
              "<script>if (a &lt; b &amp;&amp; c) {}</script></head>"
              "<body><p>\xe6 &lt; 3<br/></p><p></p></body></html>",
              NULL);
    g_autofree char *text = sp_xml_format(doc, TRUE, NULL);
    assert_string_equal(text, "<!DOCTYPE html>\n"
                              "<html lang=\"nb\"><head><meta charset=\"utf-8\"><title>Årsverk"
                              "</title><script>if (a < b && c) {}</script></head>"
                              "<body><p>æ &lt; 3<br></p><p></p></body></html>\n");
    assert_string_equal((const char *)doc->encoding, "ISO-8859-1");
}

static void document_without_a_root_is_a_bug(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(xmlDoc) doc = xmlNewDoc(BAD_CAST "1.0");
    assert_null(sp_xml_format(doc, TRUE, &error));
    assert_error(error, SP_ERROR_BUG, "root");
}

static void frozen_content_is_written_as_its_nodes_were(void **state)
{
    (void)state;
    g_autoptr(xmlDoc) doc =
        parse("<html><body><div id=\"a\">x &lt; å<br/><p class=\"&amp;\">y</p></div><p>&amp;</p>"
              "</body></html>",
              NULL);
    g_autofree char *before = sp_xml_format(doc, TRUE, NULL);
    xmlNode *div = xmlDocGetRootElement(doc)->children->children;
    sp_xml_freeze(div);
    sp_xml_freeze(div); /* as it is already */
    g_autofree char *after = sp_xml_format(doc, TRUE, NULL);
    assert_string_equal(before, after);
    assert_null(div->children->next);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(document_is_read_in_its_own_encoding),
        cmocka_unit_test(damaged_document_is_refused_with_its_line),
        cmocka_unit_test(what_is_not_xml_is_refused),
        cmocka_unit_test(document_type_is_refused),
        cmocka_unit_test(entities_never_expand),
        cmocka_unit_test(bottomless_nesting_is_refused),
        cmocka_unit_test(document_is_written_as_utf8_xml),
        cmocka_unit_test(html_has_void_elements_and_scripts_as_they_are),
        cmocka_unit_test(document_without_a_root_is_a_bug),
        cmocka_unit_test(frozen_content_is_written_as_its_nodes_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
