/* Turtle documents, held against rapper where it is installed. */
#include "tests/core/io/folder.h"

#include "core/io/turtle.h"

#include <sys/wait.h>

static const SpPrefix prefixes[] = {{"dct", "http://purl.org/dc/terms/"},
                                    {"xsd", "http://www.w3.org/2001/XMLSchema#"}};

static const char *const hostile[] = {"\"quoted\" and 'single'",
                                      "line\nfeed\r and\ttab",
                                      "back\\slash \\u0041",
                                      "\"\"\" three",
                                      "ends with \"",
                                      "<b>&amp; ÆØÅ 😀",
                                      "@en ^^xsd:date . # no comment"};

static SpTurtle *begin(void)
{
    SpTurtle *turtle = sp_turtle_new(prefixes, G_N_ELEMENTS(prefixes));
    sp_turtle_about(turtle, "#datasett");
    return turtle;
}

static char *hostile_document(void)
{
    SpTurtle *turtle = begin();
    g_autoptr(GError) error = NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(hostile); i++) {
        sp_turtle_put_text(turtle, "dct:title", hostile[i], "nb");
    }
    char *text = sp_turtle_finish(turtle, &error);
    assert_no_error(error);
    return text;
}

static void statements_stand_in_their_order_and_short(void **state)
{
    (void)state;
    SpTurtle *turtle = begin();
    sp_turtle_put_name(turtle, "dct:type", "dct:Thing");
    sp_turtle_put_text(turtle, "dct:title", "Trøndelag", "nb");
    sp_turtle_put_typed(turtle, "dct:modified", "2026-02-25", "xsd:date");
    sp_turtle_put(turtle, "dct:publisher", "_:who");
    sp_turtle_about(turtle, "_:who");
    sp_turtle_put(turtle, "dct:source", "data/a%20b.csv");
    g_autofree char *text = sp_turtle_finish(turtle, NULL);
    assert_string_equal(text, "@prefix dct: <http://purl.org/dc/terms/> .\n"
                              "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\n"
                              "<#datasett>\n"
                              "\tdct:type dct:Thing ;\n"
                              "\tdct:title \"Trøndelag\"@nb ;\n"
                              "\tdct:modified \"2026-02-25\"^^xsd:date ;\n"
                              "\tdct:publisher _:who .\n\n"
                              "_:who\n"
                              "\tdct:source <data/a%20b.csv> .\n\n");
}

static void what_is_no_uri_or_no_utf8_is_told(void **state)
{
    (void)state;
    g_autoptr(GError) uri = NULL;
    g_autoptr(GError) bytes = NULL;
    SpTurtle *one = begin();
    sp_turtle_put(one, "dct:source", "http://a.no/> . <x");
    assert_null(sp_turtle_finish(one, &uri));
    assert_error(uri, SP_ERROR_DATA, "dct:source");
    SpTurtle *two = begin();
    sp_turtle_put_text(two, "dct:title", "\xff\xfe", NULL);
    assert_null(sp_turtle_finish(two, &bytes));
    assert_error(bytes, SP_ERROR_DATA, "dct:title");
}

static void a_uri_has_a_scheme_and_nothing_foreign(void **state)
{
    (void)state;
    assert_true(sp_turtle_is_uri("https://www.ssb.no/statbank/table/07459"));
    assert_true(sp_turtle_is_uri("mailto:post@example.no"));
    assert_false(sp_turtle_is_uri("www.ssb.no"));
    assert_false(sp_turtle_is_uri("https://a b"));
    assert_false(sp_turtle_is_uri("https://a\">"));
    assert_false(sp_turtle_is_uri(""));
}

/* "_:… <…title> "…"@nb ." of each, as rapper's N-Triples write it. */
static void rapper_reads_hostile_texts_as_they_are(void **state)
{
    g_autofree char *program = g_find_program_in_path("rapper");
    if (program == NULL) {
        fprintf(stderr, "SKIPPED %s: no rapper here, so nobody else has read our Turtle\n",
                __func__);
        return;
    }
    g_autofree char *path = path_in(state, "x.ttl");
    g_autofree char *text = hostile_document();
    g_autofree char *out = NULL;
    g_autofree char *err = NULL;
    g_autoptr(GError) error = NULL;
    int status = 0;
    const char *const arguments[] = {"rapper", "-q", "-i", "turtle", "-o", "json", path, NULL};
    put_text(path, text);
    (void)g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err,
                       &status, &error);
    assert_no_error(error);
    assert_string_equal(err, "");
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_non_null(strstr(out, "\\\"quoted\\\" and 'single'"));
    assert_non_null(strstr(out, "back\\\\slash \\\\u0041"));
    assert_non_null(strstr(out, "@en ^^xsd:date . # no comment"));
    guint n = 0;
    for (const char *at = strstr(out, "\"lang\""); at != NULL; at = strstr(at + 1, "\"lang\"")) {
        n++;
    }
    assert_int_equal(n, G_N_ELEMENTS(hostile));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_stand_in_their_order_and_short),
        cmocka_unit_test(what_is_no_uri_or_no_utf8_is_told),
        cmocka_unit_test(a_uri_has_a_scheme_and_nothing_foreign),
        FOLDER_TEST(rapper_reads_hostile_texts_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
