/* Flat JSON objects to rows. */
#include "extractors/records.h"

#include "tests/check.h"
#include "tests/extractors/record.h"

static gboolean add(SpRecords *records, const char *text, const char *part, GError **error)
{
    g_autoptr(json_t) array = json_loads(text, JSON_DECODE_ANY, NULL);
    assert_non_null(array);
    return sp_records_add(records, array, part, error);
}

static void members_become_columns_in_the_order_they_come(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpRecords) records = sp_records_new("a.json");
    g_autoptr(Record) record = record_new();
    add(records, "[{\"b\":\"0301\",\"a\":12},{\"b\":null,\"c\":1.5,\"a\":true}]", "page 1", &error);
    add(records, "[{\"a\":0,\"b\":\"1 234\"}]", "page 2", &error);
    assert_no_error(error);
    assert_true(sp_records_emit(records, &record->sink, &error));
    assert_string_equal(record->names, "b|a|c");
    assert_int_equal(record->n_rows, 3);
    assert_string_equal(record_row(record, 0), "1: 0301|12|");
    assert_string_equal(record_row(record, 1), "2: |true|1.5");
    assert_string_equal(record_row(record, 2), "3: 1 234|0|");
}

static void check_refused(const char *text, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpRecords) records = sp_records_new("a.json");
    assert_false(add(records, text, "page 7", &error));
    assert_error(error, SP_ERROR_DATA, part);
    assert_non_null(strstr(error->message, "a.json: page 7"));
}

static void what_is_no_list_of_flat_objects_is_refused(void **state)
{
    (void)state;
    check_refused("{\"feil\":\"nei\"}", "want a list of rows");
    check_refused("[1]", "row 1: not an object");
    check_refused("[{\"a\":1},[]]", "row 2: not an object");
    check_refused("[{\"a\":{\"b\":1}}]", "member \"a\" holds a list or an object");
}

static void row_that_stands_twice_is_refused_over_pages_too(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpRecords) records = sp_records_new("a.json");
    assert_true(add(records, "[{\"a\":1,\"b\":2},{\"a\":2,\"b\":2}]", "page 1", &error));
    assert_false(add(records, "[{\"a\":3,\"b\":2},{\"a\":2,\"b\":2}]", "page 2", &error));
    assert_error(error, SP_ERROR_DATA, "page 2, row 2: the same as row 2 of all");
}

static void rows_without_any_column_are_told(void **state)
{
    (void)state;
    static const char *const texts[] = {"[]", "[{}]"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Record) record = record_new();
        g_autoptr(SpRecords) records = sp_records_new("a.json");
        assert_true(add(records, texts[i], "page 1", &error));
        assert_false(sp_records_emit(records, &record->sink, &error));
        assert_error(error, SP_ERROR_DATA, "a.json: no rows, so nothing tells which columns");
    }
}

static void columns_are_bounded(void **state)
{
    (void)state;
    g_autoptr(GString) text = g_string_new("[{");
    for (int i = 0; i <= SP_RECORDS_MAX_COLUMNS; i++) {
        g_string_append_printf(text, "%s\"m%d\":1", i > 0 ? "," : "", i);
    }
    g_string_append(text, "}]");
    check_refused(text->str, "more than 300 different members");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_become_columns_in_the_order_they_come),
        cmocka_unit_test(what_is_no_list_of_flat_objects_is_refused),
        cmocka_unit_test(row_that_stands_twice_is_refused_over_pages_too),
        cmocka_unit_test(rows_without_any_column_are_told),
        cmocka_unit_test(columns_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
