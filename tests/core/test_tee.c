/* One pass for several readers. */
#include "tests/check.h"

#include "core/error.h"
#include "core/tee.h"

typedef struct {
    SpSink sink; /* first */
    GString *told;
    guint64 fails_at;
} Reader;

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    (void)error;
    g_string_append_printf(((Reader *)sink)->told, "%s/%" G_GSIZE_FORMAT " ", names[0], n);
    return TRUE;
}

static gboolean row(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    Reader *reader = (Reader *)sink;
    if (number == reader->fails_at) {
        return sp_error_set(error, SP_ERROR_DATA, "row %" G_GUINT64_FORMAT, number);
    }
    g_string_append_printf(reader->told, "%" G_GUINT64_FORMAT ":%.*s/%" G_GSIZE_FORMAT " ", number,
                           (int)fields[0].size, fields[0].text, n);
    return TRUE;
}

static Reader reader_of(guint64 fails_at)
{
    return (Reader){
        .sink = {.begin = begin, .row = row}, .told = g_string_new(NULL), .fails_at = fails_at};
}

static void every_reader_gets_every_row(void **state)
{
    (void)state;
    Reader one = reader_of(0);
    Reader two = reader_of(0);
    SpSink *const sinks[] = {&one.sink, &two.sink};
    g_autoptr(SpTee) tee = sp_tee_new(sinks, G_N_ELEMENTS(sinks));
    SpSink *sink = sp_tee_sink(tee);
    const char *const names[] = {"a", "b"};
    const SpField fields[] = {{"xy", 2}, {"z", 1}};
    assert_true(sink->begin(sink, names, 2, NULL));
    assert_true(sink->row(sink, 2, fields, 2, NULL));
    assert_true(sink->row(sink, 3, fields + 1, 1, NULL));
    assert_string_equal(one.told->str, "a/2 2:xy/2 3:z/1 ");
    assert_string_equal(two.told->str, one.told->str);
    g_string_free(one.told, TRUE);
    g_string_free(two.told, TRUE);
}

static void the_first_that_fails_ends_it(void **state)
{
    (void)state;
    Reader one = reader_of(7);
    Reader two = reader_of(0);
    SpSink *const sinks[] = {&one.sink, &two.sink};
    g_autoptr(SpTee) tee = sp_tee_new(sinks, G_N_ELEMENTS(sinks));
    SpSink *sink = sp_tee_sink(tee);
    const SpField field = {"x", 1};
    g_autoptr(GError) error = NULL;
    assert_false(sink->row(sink, 7, &field, 1, &error));
    assert_string_equal(error->message, "row 7");
    assert_string_equal(two.told->str, "");
    g_string_free(one.told, TRUE);
    g_string_free(two.told, TRUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reader_gets_every_row),
        cmocka_unit_test(the_first_that_fails_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
