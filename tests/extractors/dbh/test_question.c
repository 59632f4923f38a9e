/* Settings to the body that DBH is asked with. The shape is that of sources.md, section 11. */
#include "extractors/dbh/question.h"

#include "tests/check.h"

static json_t *body_of(const char *query, GError **error)
{
    char *group_by[] = {(char *)"Institusjonskode", (char *)"Årstall", NULL};
    char *none[] = {NULL};
    const SpDbhQuestion question = {
        .table = 118, .group_by = group_by, .variables = none, .query = query, .limit = 1000};
    return sp_dbh_question_body(&question, error);
}

static void body_has_the_members_that_clients_send(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(json_t) body = body_of("Institusjonskode=1150,1110 Årstall=top(3)", &error);
    assert_no_error(error);
    g_autoptr(json_t) wanted = json_loads(
        "{\"tabell_id\":118,\"api_versjon\":1,\"statuslinje\":\"N\",\"kodetekst\":\"N\","
        "\"decimal_separator\":\".\",\"begrensning\":\"1000\","
        "\"groupBy\":[\"Institusjonskode\",\"Årstall\"],"
        "\"sortBy\":[\"Institusjonskode\",\"Årstall\"],\"filter\":["
        "{\"variabel\":\"Institusjonskode\",\"selection\":{\"filter\":\"item\",\"values\":"
        "[\"1150\",\"1110\"],\"exclude\":[\"\"]}},"
        "{\"variabel\":\"Årstall\",\"selection\":{\"filter\":\"top\",\"values\":[\"3\"],"
        "\"exclude\":[\"\"]}}]}",
        0, NULL);
    assert_non_null(wanted);
    assert_true(json_equal(body, wanted));
}

/* The only filter of a query, as compact JSON. */
static void check_filter(const char *query, const char *wanted)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(json_t) body = body_of(query, &error);
    assert_no_error(error);
    const json_t *filter = json_array_get(json_object_get(body, "filter"), 0);
    g_autofree char *text =
        json_dumps(json_object_get(filter, "selection"), JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(text, wanted);
}

static void each_expression_is_a_filter(void **state)
{
    (void)state;
    check_filter("a=*", "{\"exclude\":[\"\"],\"filter\":\"all\",\"values\":[\"*\"]}");
    check_filter("a=*,!0000", "{\"exclude\":[\"0000\"],\"filter\":\"all\",\"values\":[\"*\"]}");
    check_filter("a=between(2019,2024)",
                 "{\"exclude\":[\"\"],\"filter\":\"between\",\"values\":[\"2019\",\"2024\"]}");
    check_filter("a=like(SYK%,VPL%)",
                 "{\"exclude\":[\"\"],\"filter\":\"like\",\"values\":[\"SYK%\",\"VPL%\"]}");
    check_filter("a=lessthan(3)",
                 "{\"exclude\":[\"\"],\"filter\":\"lessthan\",\"values\":[\"3\"]}");
    check_filter("a=greaterthan(3)",
                 "{\"exclude\":[\"\"],\"filter\":\"greaterthan\",\"values\":[\"3\"]}");
}

static void filters_that_the_service_refuses_are_refused_here(void **state)
{
    (void)state;
    static const struct {
        const char *query;
        const char *part;
    } cases[] = {
        {"a=between(2019)", "another number of values"},
        {"a=top()", "another number of values"},
        {"a=1,top(2)", "want a list of codes, or one expression"},
        {"a=top(1),top(2)", "want a list of codes, or one expression"},
        {"a=1,!2", "want a list of codes, or one expression"},
        {"a=!2", "want a list of codes, or one expression"},
        {"a", "is not NAME=CODES"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(json_t) body = body_of(cases[i].query, &error);
        assert_null(body);
        assert_error(error, SP_ERROR_CONFIG, cases[i].part);
    }
}

static void sums_and_lists_are_never_asked_together(void **state)
{
    (void)state;
    char *some[] = {(char *)"a", NULL};
    char *none[] = {NULL};
    const SpDbhQuestion both = {.table = 1, .group_by = some, .variables = some, .query = ""};
    const SpDbhQuestion neither = {.table = 1, .group_by = none, .variables = none, .query = ""};
    const SpDbhQuestion *const questions[] = {&both, &neither};
    for (gsize i = 0; i < G_N_ELEMENTS(questions); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(sp_dbh_question_body(questions[i], &error));
        assert_error(error, SP_ERROR_CONFIG, "either group_by");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(body_has_the_members_that_clients_send),
        cmocka_unit_test(each_expression_is_a_filter),
        cmocka_unit_test(filters_that_the_service_refuses_are_refused_here),
        cmocka_unit_test(sums_and_lists_are_never_asked_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
