/* XML in pieces, friendly and hostile. */
#include "tests/peak.h"

#include "core/io/xml_stream.h"

/* A handler that writes down what it is told: "<a x=1>text</a>". */
typedef struct {
    SpXmlHandler handler;
    GString *seen; /* NULL: only counts */
    guint64 n_elements;
} Notes;

static gboolean note_start(SpXmlHandler *handler, const char *name,
                           const SpXmlAttribute attributes[], gsize n, GError **error)
{
    Notes *notes = (Notes *)handler;
    notes->n_elements++;
    if (notes->seen == NULL) {
        return TRUE;
    }
    g_string_append_printf(notes->seen, "<%s", name);
    for (gsize i = 0; i < n; i++) {
        g_string_append_printf(notes->seen, " %s=%.*s", attributes[i].name, (int)attributes[i].size,
                               attributes[i].value);
    }
    g_string_append_c(notes->seen, '>');
    return strcmp(name, "stop") != 0 || sp_error_set(error, SP_ERROR_DATA, "the handler stops");
}

static gboolean note_text(SpXmlHandler *handler, const char *text, gsize size, GError **error)
{
    Notes *notes = (Notes *)handler;
    (void)error;
    if (notes->seen != NULL) {
        g_string_append_len(notes->seen, text, (gssize)size);
    }
    return TRUE;
}

static gboolean note_end(SpXmlHandler *handler, const char *name, GError **error)
{
    Notes *notes = (Notes *)handler;
    (void)error;
    if (notes->seen != NULL) {
        g_string_append_printf(notes->seen, "</%s>", name);
    }
    return TRUE;
}

/* What was seen of bytes [size] in pieces of `piece`, NULL with error. g_free. */
static char *parse_in(const char *bytes, gsize size, gsize piece, SpXmlForm form, GError **error)
{
    Notes notes = {.handler = {note_start, note_text, note_end}, .seen = g_string_new(NULL)};
    form.origin = "iplos/test: 1.xml";
    g_autoptr(SpXml) xml = sp_xml_open(&form, &notes.handler);
    gboolean ok = TRUE;
    for (gsize done = 0; ok && done < size; done += piece) {
        ok = sp_xml_push(xml, bytes + done, MIN(piece, size - done), error);
    }
    SpXml *whole = ok ? g_steal_pointer(&xml) : NULL;
    ok = ok && sp_xml_close(whole, error);
    char *seen = g_string_free(notes.seen, FALSE);
    if (!ok) {
        g_clear_pointer(&seen, g_free);
    }
    return seen;
}

static void assert_seen(const char *text, const char *want)
{
    for (gsize piece = 1; piece <= strlen(text); piece = piece * 3 + 1) {
        g_autoptr(GError) error = NULL;
        g_autofree char *seen =
            parse_in(text, strlen(text), piece, (SpXmlForm){.is_private = TRUE}, &error);
        assert_no_error(error);
        assert_string_equal(seen, want);
    }
}

#define SECRET "hemmelig0123456789"

/* Refused in pieces of any size, with the place and without a word of the file. */
static void assert_refused_sized(const char *bytes, gsize size, const char *part)
{
    for (gsize piece = size > 100000 ? 4096 : 1; piece <= 65536; piece *= 16) {
        g_autoptr(GError) error = NULL;
        assert_null(parse_in(bytes, size, piece, (SpXmlForm){.is_private = TRUE}, &error));
        assert_error(error, SP_ERROR_DATA, part);
        assert_true(g_str_has_prefix(error->message, "iplos/test: 1.xml: "));
        assert_null(strstr(error->message, "hemmelig"));
    }
}

static void assert_refused(const char *text, const char *part)
{
    assert_refused_sized(text, strlen(text), part);
}

static void elements_attributes_and_text_are_told_in_order(void **state)
{
    (void)state;
    assert_seen("<?xml version=\"1.0\"?>\n<!-- a --><a x='1' "
                "y=\"&lt;&#229;&amp;\"><b/>t&amp;u<![CDATA[<v>]]></a>\n",
                "<a x=1 y=<å&><b></b>t&u<v></a>");
    assert_seen("\xef\xbb\xbf<a>Tromsø \xe2\x82\xac \xf0\x9f\x98\x80</a>",
                "<a>Tromsø \xe2\x82\xac \xf0\x9f\x98\x80</a>");
    assert_seen("<a/>", "<a></a>");
}

static void prefixes_are_taken_off_and_their_attributes_left_out(void **state)
{
    (void)state;
    assert_seen("<n:a xmlns:n='urn:x' xmlns:xsi='urn:y' xsi:schemaLocation='z' k='1'><n:b/></n:a>",
                "<a k=1><b></b></a>");
}

static void latin1_is_read_when_it_is_declared(void **state)
{
    (void)state;
    assert_seen("<?xml version='1.0' encoding='ISO-8859-1'?><a x='Troms\xf8'>\xe5</a>",
                "<a x=Tromsø>å</a>");
    assert_seen("<?xml version='1.0' encoding='utf-8'?><a x='Tromsø'/>", "<a x=Tromsø></a>");
}

static void a_wrong_encoding_is_refused(void **state)
{
    (void)state;
    assert_refused("<?xml version='1.0' encoding='UTF-8'?>\n<a x='" SECRET "\xf8r'/>", "line 2");
    assert_refused("<a>" SECRET "\xe5\xe5</a>", "encoding");
    assert_refused("<?xml version='1.0' encoding='ISO-8859-1'?><a x='" SECRET "\xc3\x85'/>",
                   "no letters of that");
    assert_refused("<?xml version='1.0' encoding='UTF-16'?><a/>", "encoding");
    assert_refused("<?xml version='1.0' encoding='windows-1252'?><a/>",
                   "declares an encoding that is not read");
    assert_refused("\xef\xbb\xbf<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
                   "byte order mark");
    assert_refused_sized("<\0a\0/\0>\0", 8, "0x00");
    assert_refused_sized("\xff\xfe<\0a\0/\0>\0", 10, "does not begin with <");
    assert_refused("Lo\xa7\x94", "does not begin with <"); /* <?xm in EBCDIC */
}

static void a_nul_is_refused(void **state)
{
    (void)state;
    static const char text[] = "<a>" SECRET "\0</a>";
    assert_refused_sized(text, sizeof text - 1, "0x00");
}

static void a_cut_or_empty_file_is_refused(void **state)
{
    (void)state;
    assert_refused("", "is empty");
    assert_refused("  \n", "cut short");
    assert_refused("<", "cut short");
    assert_refused("<a><b x='" SECRET "'></b>", "cut short");
    assert_refused("<a><b x='" SECRET, "cut short");
    assert_refused("<a>" SECRET, "cut short");
    assert_refused("<!-- a -->", "cut short");
}

static void what_is_not_well_formed_is_refused_with_its_place(void **state)
{
    (void)state;
    assert_refused("<a>\n<" SECRET "></b></a>", "line 2, place");
    assert_refused("<a x='" SECRET "' x='" SECRET "'/>", "an attribute stands twice");
    assert_refused("<a/><" SECRET "/>", "behind the end of the document");
    assert_refused("<a/>" SECRET, "behind the end of the document");
    assert_refused("<" SECRET ":a/>", "a prefix that is not declared");
    assert_refused("{\"a\": \"" SECRET "\"}", "does not begin with <");
    assert_refused("<a>&" SECRET ";</a>", "an entity that XML does not have");
    assert_refused("<a x='<" SECRET "'/>", "in the value of an attribute");
}

static void the_words_of_a_public_file_are_told(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    const char *text = "<a>\n<b></a>";
    assert_null(parse_in(text, strlen(text), 4, (SpXmlForm){0}, &error));
    assert_error(error, SP_ERROR_DATA, "line 2");
    assert_error(error, SP_ERROR_DATA, "b line 2 and a");
}

static void a_document_type_is_refused_before_its_entities(void **state)
{
    (void)state;
    assert_refused("<!DOCTYPE a [<!ENTITY l0 '" SECRET "'><!ENTITY l1 '&l0;&l0;&l0;&l0;'>"
                   "<!ENTITY l2 '&l1;&l1;&l1;&l1;'>]><a>&l2;</a>",
                   "DOCTYPE");
    assert_refused("<?xml version='1.0'?><!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x.dtd'><a/>",
                   "DOCTYPE");
    assert_refused("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>", "DOCTYPE");
}

static char *repeated(const char *before, const char *middle, gsize n, const char *after)
{
    GString *text = g_string_new(before);
    for (gsize i = 0; i < n; i++) {
        g_string_append(text, middle);
    }
    g_string_append(text, after);
    return g_string_free(text, FALSE);
}

static void bombs_meet_the_limits(void **state)
{
    (void)state;
    enum { MEGABYTES = 10 * 1024 * 1024 };
    g_autofree char *deep = repeated("", "<a>", 100000, "");
    assert_refused(deep, "deeper, more than the 16");
    g_autofree char *wide = repeated("<a x='", "a", MEGABYTES, "'/>");
    assert_refused(wide, "has more bytes");
    g_autofree char *broken = repeated("<a x='", ">", MEGABYTES, "'/>");
    assert_refused(broken, "has more bytes");
    g_autofree char *value = repeated("<a x='", "a", 5000, "'/>");
    assert_refused(value, "the value of an attribute has more bytes, more than the 4096");
    g_autofree char *text = repeated("<a>", "tekst ", 1000000, "</a>");
    assert_refused(text, "the text between two tags has more bytes");
    g_autofree char *name = repeated("<", "a", 65, "/>");
    assert_refused(name, "the name of an element or attribute has more bytes");
    g_autofree char *comment = repeated("<a><!--", "a", MEGABYTES, "--></a>");
    assert_refused(comment, "a tag or comment has more bytes");
    g_autoptr(GString) many = g_string_new("<a");
    for (int i = 0; i < 65; i++) {
        g_string_append_printf(many, " x%d='1'", i);
    }
    g_string_append(many, "/>");
    assert_refused(many->str, "an element has more attributes, more than the 64");
}

static void each_limit_is_the_largest_allowed_value(void **state)
{
    (void)state;
    const SpXmlForm form = {
        .limits = {.depth = 2, .name = 2, .text = 3, .attributes = 1, .size = 40}};
    static const struct {
        const char *text;
        gboolean is_read;
    } cases[] = {{"<a><bb x='123'/></a>", TRUE},
                 {"<a><bb><c/></bb></a>", FALSE},
                 {"<a><bbb/></a>", FALSE},
                 {"<a><b x='1234'/></a>", FALSE},
                 {"<a><b x='1' y='2'/></a>", FALSE},
                 {"<a>123<b/>123</a>", TRUE},
                 {"<a>1234</a>", FALSE},
                 {"<a><b/><b/><b/><b/><b/><b/><b/><b/><b/></a>", FALSE}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *seen = parse_in(cases[i].text, strlen(cases[i].text), 7, form, &error);
        assert_int_equal(seen != NULL, cases[i].is_read);
        assert_int_equal(error == NULL, cases[i].is_read);
    }
}

static void an_error_of_the_handler_ends_the_reading(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    const char *text = "<a><stop/><b/></a>";
    assert_null(parse_in(text, strlen(text), 100, (SpXmlForm){0}, &error));
    assert_error(error, SP_ERROR_DATA, "the handler stops");
    assert_string_equal(error->message, "the handler stops");
}

static gboolean read_elements(guint n)
{
    static const char element[] =
        "<person id='abcdefgh' fra='2024-01-01'><b verdi='3'/></person>\n";
    Notes notes = {.handler = {note_start, note_text, note_end}};
    const SpXmlForm form = {.origin = "x", .is_private = TRUE};
    SpXml *xml = sp_xml_open(&form, &notes.handler);
    gboolean ok = sp_xml_push(xml, "<iplos>", 7, NULL);
    for (guint i = 0; ok && i < n; i++) {
        ok = sp_xml_push(xml, element, sizeof element - 1, NULL);
    }
    return ok && sp_xml_push(xml, "</iplos>", 8, NULL) && sp_xml_close(xml, NULL) &&
           notes.n_elements == 2 * (guint64)n + 1;
}

static void memory_does_not_grow_with_the_file(void **state)
{
    (void)state;
    check_peak(read_elements, 30000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elements_attributes_and_text_are_told_in_order),
        cmocka_unit_test(prefixes_are_taken_off_and_their_attributes_left_out),
        cmocka_unit_test(latin1_is_read_when_it_is_declared),
        cmocka_unit_test(a_wrong_encoding_is_refused),
        cmocka_unit_test(a_nul_is_refused),
        cmocka_unit_test(a_cut_or_empty_file_is_refused),
        cmocka_unit_test(what_is_not_well_formed_is_refused_with_its_place),
        cmocka_unit_test(the_words_of_a_public_file_are_told),
        cmocka_unit_test(a_document_type_is_refused_before_its_entities),
        cmocka_unit_test(bombs_meet_the_limits),
        cmocka_unit_test(each_limit_is_the_largest_allowed_value),
        cmocka_unit_test(an_error_of_the_handler_ends_the_reading),
        cmocka_unit_test(memory_does_not_grow_with_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
