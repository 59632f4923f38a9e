/* Lists in XML: the shapes they come in, and what is refused. */
#include "core/io/xml_list.h"

#include "tests/check.h"

static const char *const columns[] = {"code", "name"};
static const SpXmlList lists[] = {{"other", "thing", columns, 1},
                                  {"list", "item", columns, G_N_ELEMENTS(columns)}};

typedef struct {
    SpSink sink; /* first: a pointer to it is one to this */
    GString *text;
} Lines;

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    (void)error;
    for (gsize i = 0; i < n; i++) {
        g_string_append_printf(((Lines *)sink)->text, "%s%s", i > 0 ? "|" : "", names[i]);
    }
    return TRUE;
}

static gboolean row(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    GString *text = ((Lines *)sink)->text;
    g_string_append_printf(text, " %d:", (int)number);
    for (gsize i = 0; i < n; i++) {
        g_string_append(text, i > 0 ? "|" : "");
        g_string_append_len(text, fields[i].text, (gssize)fields[i].size);
    }
    return fields[0].size == 0 || fields[0].text[0] != '!' ||
           sp_error_set(error, SP_ERROR_DATA, "the sink says no");
}

/* What the sink got. g_free. */
static char *read_list(const char *text, gsize *which, GError **error)
{
    g_autoptr(GString) got = g_string_new(NULL);
    Lines lines = {.sink = {.begin = begin, .row = row}, .text = got};
    (void)sp_xml_list_parse(text, strlen(text), &(SpXmlLists){"a.xml", lists, G_N_ELEMENTS(lists)},
                            &lines.sink, which, error);
    return g_strdup(got->str);
}

static void assert_list(const char *text, const char *wanted)
{
    g_autoptr(GError) error = NULL;
    gsize which = 0;
    g_autofree char *got = read_list(text, &which, &error);
    assert_no_error(error);
    assert_string_equal(got, wanted);
}

static void assert_refused(const char *text, const char *part)
{
    g_autoptr(GError) error = NULL;
    gsize which = 0;
    g_free(read_list(text, &which, &error));
    assert_error(error, SP_ERROR_DATA, part);
}

static void items_become_rows_wherever_the_list_stands(void **state)
{
    (void)state;
    assert_list("<list><item><code>1</code><name>a</name></item><item><code>2</code></item></list>",
                "code|name 1:1|a 2:2|");
    assert_list("<r><x>0</x><list n=\"1\">\n<item>\n<name>a</name>\n<code>1</code></item>\n</list>"
                "<list><item><code>9</code></item></list></r>",
                "code|name 1:1|a");
    assert_list("<k:list xmlns:k=\"u\"><k:item><k:code>1</k:code></k:item></k:list>",
                "code|name 1:1|");
}

static void only_children_of_an_item_are_its_columns(void **state)
{
    (void)state;
    assert_list("<list><item><deep><code>0</code></deep><code>1</code><code>2</code><name/></item>"
                "<code>3</code><item/></list>",
                "code|name 1:1| 2:|");
}

static void text_is_what_it_means(void **state)
{
    (void)state;
    assert_list(
        "<list><item><code>a&amp;b&#xF8;<![CDATA[<c>]]></code><name> x </name></item></list>",
        "code|name 1:a&bø<c>| x ");
    assert_list(
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><list><item><code>\xf8</code></item>"
        "</list>",
        "code|name 1:ø|");
}

static void empty_list_is_a_list_and_none_is_none(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    gsize which = 0;
    assert_list("<list/>", "code|name");
    assert_list("<list></list>", "code|name");
    g_autofree char *got = read_list("<problem><title>no</title></problem>", &which, &error);
    assert_no_error(error);
    assert_string_equal(got, "");
    assert_int_equal(which, G_N_ELEMENTS(lists));
}

static void hostile_documents_are_refused(void **state)
{
    (void)state;
    assert_refused("", "is empty");
    assert_refused("x", "line 1");
    assert_refused("<list><item>", "line 1");
    assert_refused("<list>\n<item>\n</list>", "line 3");
    assert_refused("<!DOCTYPE list [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
                   "<list><item><code>&b;</code></item></list>",
                   "DOCTYPE");
    assert_refused("<list><item><code>&nbsp;</code></item></list>", "line 1");
    assert_refused("<list><item><code>!</code></item></list>", "the sink says no");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_become_rows_wherever_the_list_stands),
        cmocka_unit_test(only_children_of_an_item_are_its_columns),
        cmocka_unit_test(text_is_what_it_means),
        cmocka_unit_test(empty_list_is_a_list_and_none_is_none),
        cmocka_unit_test(hostile_documents_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
