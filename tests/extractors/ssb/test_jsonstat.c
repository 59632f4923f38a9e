/* The JSON-stat reader on small documents: every way a cube may be written, and what must not pass.
 */
#include "extractors/ssb/jsonstat.h"

#include "tests/check.h"
#include "tests/extractors/record.h"

/* A 2 x 2 dataset with the rest of its members given. */
#define SEX "\"sex\":{\"category\":{\"index\":[\"M\",\"F\"]}}"
#define YEAR "\"year\":{\"category\":{\"index\":{\"2021\":1,\"2020\":0}}}"
#define CUBE(rest)                                                                                 \
    "{\"class\":\"dataset\",\"id\":[\"sex\",\"year\"],\"size\":[2,2],\"dimension\":{" SEX "," YEAR \
    "}," rest "}"
/* A dataset of one dimension "a" with the rest of its members given. */
#define LINE(category, size, rest)                                                                 \
    "{\"class\":\"dataset\",\"id\":[\"a\"],\"size\":[" size                                        \
    "],\"dimension\":{\"a\":{\"category\":" category "}}," rest "}"

static gboolean parse(const char *text, Record *record, char **updated, GError **error)
{
    return sp_jsonstat_parse(text, strlen(text), "a.json", &record->sink, updated, error);
}

/* Parses and expects rows, joined by a blank. */
static void assert_rows(const char *text, const char *names, const char *rows)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Record) record = record_new();
    g_autofree char *updated = NULL;
    parse(text, record, &updated, &error);
    assert_no_error(error);
    g_ptr_array_add(record->rows, NULL);
    g_autofree char *joined = g_strjoinv(" ", (char **)record->rows->pdata);
    assert_string_equal(record->names, names);
    assert_string_equal(joined, rows);
}

/* Parses and expects SP_ERROR_DATA with `part`, and nothing handed on. */
static void assert_refused(const char *text, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Record) record = record_new();
    g_autofree char *updated = NULL;
    assert_false(parse(text, record, &updated, &error));
    assert_error(error, SP_ERROR_DATA, part);
    assert_error(error, SP_ERROR_DATA, "a.json: ");
    assert_int_equal(record->n_begins, 0);
    assert_null(updated);
}

static void last_dimension_is_fastest(void **state)
{
    (void)state;
    assert_rows(CUBE("\"value\":[1,2,3,4]"), "sex|year|value|status",
                "1: M|2020|1| 2: M|2021|2| 3: F|2020|3| 4: F|2021|4|");
}

static void null_keeps_its_sign_and_has_one_when_none_is_given(void **state)
{
    (void)state;
    assert_rows(CUBE("\"value\":[null,null,null,0],\"status\":{\"0\":\":\",\"2\":\".\"}"),
                "sex|year|value|status", "1: M|2020||: 2: M|2021||.. 3: F|2020||. 4: F|2021|0|");
}

static void figure_keeps_its_status_beside_it(void **state)
{
    (void)state;
    assert_rows(CUBE("\"value\":[1,2,3,4],\"status\":[\"*\",null,\"\",\"p\"]"),
                "sex|year|value|status", "1: M|2020|1|* 2: M|2021|2| 3: F|2020|3| 4: F|2021|4|p");
}

static void one_status_stands_for_all_and_an_empty_one_for_none(void **state)
{
    (void)state;
    assert_rows(LINE("{\"index\":[\"x\",\"y\"]}", "2", "\"value\":[1,null],\"status\":\":\""),
                "a|value|status", "1: x|1|: 2: y||:");
    assert_rows(LINE("{\"index\":[\"x\",\"y\"]}", "2", "\"value\":[1,null],\"status\":\"\""),
                "a|value|status", "1: x|1| 2: y||..");
    assert_rows(LINE("{\"index\":[\"x\",\"y\"]}", "2", "\"value\":[1,2],\"status\":null"),
                "a|value|status", "1: x|1| 2: y|2|");
}

static void sparse_values_leave_the_others_missing(void **state)
{
    (void)state;
    assert_rows(CUBE("\"value\":{\"3\":4,\"0\":1.5}"), "sex|year|value|status",
                "1: M|2020|1.5| 2: M|2021||.. 3: F|2020||.. 4: F|2021|4|");
}

static void figures_read_back_as_the_same_number(void **state)
{
    (void)state;
    assert_rows(LINE("{\"index\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\"]}", "7",
                     "\"value\":[0.0,1E-05,9007199254740993,0.1,0.30000000000000004,\"12.50\",-3]"),
                "a|value|status",
                "1: a|0| 2: b|1e-05| 3: c|9007199254740993| 4: d|0.1| 5: e|0.30000000000000004| "
                "6: f|12.5| 7: g|-3|");
}

static void one_category_needs_no_index(void **state)
{
    (void)state;
    assert_rows(LINE("{\"label\":{\"only\":\"The only one\"}}", "1", "\"value\":[7]"),
                "a|value|status", "1: only|7|");
    assert_refused(LINE("{\"label\":{\"x\":\"X\",\"y\":\"Y\"}}", "2", "\"value\":[1,2]"),
                   "dimension \"a\": no index");
}

static void version_1_keeps_ids_and_sizes_inside(void **state)
{
    (void)state;
    assert_rows("{\"dataset\":{\"dimension\":{\"id\":[\"a\"],\"size\":[\"2\"],\"role\":null,\"a\":{"
                "\"category\":"
                "{\"index\":{\"x\":0,\"y\":1}}}},\"value\":[1,2]}}",
                "a|value|status", "1: x|1| 2: y|2|");
}

static void byte_order_mark_is_skipped(void **state)
{
    (void)state;
    assert_rows("\xEF\xBB\xBF" LINE("{\"index\":[\"x\"]}", "1", "\"value\":[1]"), "a|value|status",
                "1: x|1|");
}

static void roles_and_hierarchies_of_any_kind_are_let_be(void **state)
{
    (void)state;
    assert_rows(LINE("{\"index\":[\"x\",\"y\"],\"child\":{\"x\":[\"y\"]},\"unit\":{\"x\":{"
                     "\"decimals\":null}}}",
                     "2",
                     "\"value\":[1,2],\"role\":{\"time\":null,\"geo\":null},\"extension\":{"
                     "\"discontinued\":null}"),
                "a|value|status", "1: x|1| 2: y|2|");
}

static void single_dataset_of_a_collection_is_taken(void **state)
{
    (void)state;
    assert_rows("{\"version\":\"2.0\",\"class\":\"collection\",\"link\":{\"item\":["
                "{\"class\":\"dataset\",\"href\":\"https://a/b\"}," LINE("{\"index\":[\"x\"]}", "1",
                                                                         "\"value\":[5]") "]}}",
                "a|value|status", "1: x|5|");
}

static void several_datasets_are_named_and_refused(void **state)
{
    (void)state;
    assert_refused(
        "{\"men\":{\"dimension\":{},\"value\":[]},\"women\":{\"dimension\":{},\"value\":[]}}",
        "2 datasets (\"men\", \"women\")");
    assert_refused("{\"class\":\"collection\",\"link\":{\"item\":[{\"class\":\"dataset\",\"href\":"
                   "\"https://a/b\"}]}}",
                   "only points at datasets: \"https://a/b\"");
}

static void updated_is_handed_back_when_it_is_a_time(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Record) record = record_new();
    g_autofree char *updated = NULL;
    assert_true(parse(CUBE("\"updated\":\"2026-02-25T07:00:00Z\",\"value\":[1,2,3,4]"), record,
                      &updated, &error));
    assert_string_equal(updated, "2026-02-25T07:00:00Z");
    g_clear_pointer(&updated, g_free);
    assert_true(
        parse(CUBE("\"updated\":\"yesterday\",\"value\":[1,2,3,4]"), record, &updated, &error));
    assert_null(updated);
    assert_true(
        parse(CUBE("\"updated\":\"2026-02-25<b>\",\"value\":[1,2,3,4]"), record, &updated, &error));
    assert_null(updated);
}

static void other_answers_of_the_api_are_told_apart(void **state)
{
    (void)state;
    assert_refused("", "empty");
    assert_refused("<!DOCTYPE html><html><body>Vedlikehold</body></html>", "HTML");
    assert_refused("CHARSET=\"ANSI\";\nDATA=1;", "PX");
    assert_refused("{\"type\":\"Parameter error\",\"title\":\"Non-existent value\",\"status\":400}",
                   "\"Non-existent value\"");
    assert_refused("{\"error\":\"Too many values selected\"}", "\"Too many values selected\"");
    assert_refused("[{\"id\":\"be\",\"type\":\"l\"}]", "want an object at the root");
    assert_refused("{\"language\":\"en\",\"tables\":[]}", "(\"language\", \"tables\")");
    assert_refused("{\"class\":\"dimension\",\"dimension\":{}}", "a JSON-stat dimension");
    assert_refused(CUBE("\"value\":[]"), "metadata, no figures");
}

static void damaged_documents_are_refused(void **state)
{
    (void)state;
    assert_refused("{\"class\":\"dataset\",\"id\":[\"a\"],\"si", "cut short");
    assert_refused(LINE("{\"index\":[\"x\"],\"label\":{\"x\":\"\xF8st\"}}", "1", "\"value\":[1]"),
                   "line 1");
    assert_refused(CUBE("\"value\":[1,2,3,4],\"value\":[1,2,3,4]"), "line 1");
    assert_refused(CUBE("\"status\":{}"), "no values");
    assert_refused(
        "{\"class\":\"dataset\",\"id\":[\"a\"],\"size\":[1],\"dimension\":{},\"value\":[1]}",
        "dimension \"a\": no categories");
    g_autofree char *deep = g_strnfill(100000, '[');
    assert_refused(deep, "line 1");
}

static void length_must_be_the_product_of_the_sizes(void **state)
{
    (void)state;
    assert_refused(CUBE("\"value\":[1,2,3]"), "3 values, but the sizes make 4 cells");
    assert_refused(CUBE("\"value\":[1,2,3,4,5]"), "5 values, but the sizes make 4 cells");
    assert_refused(CUBE("\"value\":{\"4\":1}"), "\"4\" is not the place of a cell");
    assert_refused(CUBE("\"value\":{\"-1\":1}"), "\"-1\" is not the place of a cell");
    assert_refused(CUBE("\"value\":{\"01\":1}"), "\"01\" is not the place of a cell");
    assert_refused(CUBE("\"value\":{\"18446744073709551616\":1}"), "is not the place of a cell");
    assert_refused(CUBE("\"value\":[1,2,3,4],\"status\":[\".\"]"), "1 statuses for 4 cells");
    assert_refused(CUBE("\"value\":[1,2,3,4],\"status\":{\"9\":\".\"}"),
                   "status: \"9\" is not the place");
    assert_refused(CUBE("\"value\":[1,2,3,4],\"status\":7"), "status is not an object");
    assert_refused(CUBE("\"value\":[1,2,3,4],\"status\":[1,2,3,4]"), "status of cell 1");
}

static void sizes_must_be_honest(void **state)
{
    (void)state;
    assert_refused(LINE("{\"index\":[\"x\"]}", "-1", "\"value\":[1]"),
                   "size is not a whole number");
    assert_refused(LINE("{\"index\":[\"x\"]}", "1.5", "\"value\":[1]"),
                   "size is not a whole number");
    assert_refused(LINE("{\"index\":[\"x\"]}", "\"many\"", "\"value\":[1]"),
                   "size is not a whole number");
    assert_refused(LINE("{\"index\":[\"x\"]}", "4294967297", "\"value\":[1]"),
                   "size is not a whole number");
    assert_refused(LINE("{\"index\":[\"x\"]}", "1000000", "\"value\":{\"0\":1}"),
                   "1 categories, but size says 1000000");
    assert_refused(LINE("{\"index\":[]}", "0", "\"value\":[1]"), "metadata, no figures");
    assert_refused("{\"class\":\"dataset\",\"id\":[\"a\",\"b\"],\"size\":[1],\"dimension\":{},"
                   "\"value\":[1]}",
                   "2 ids and 1 sizes");
    assert_refused("{\"class\":\"dataset\",\"dimension\":{},\"value\":[1]}", "0 ids and 0 sizes");
}

/* Four dimensions of 60 honest categories make 13 million cells out of a page of text. */
static void cube_of_too_many_cells_is_refused(void **state)
{
    (void)state;
    g_autoptr(GString) index = g_string_new("{\"category\":{\"index\":[");
    for (int i = 0; i < 60; i++) {
        g_string_append_printf(index, "%s\"%d\"", i > 0 ? "," : "", i);
    }
    g_string_append(index, "]}}");
    g_autofree char *text = g_strdup_printf(
        "{\"class\":\"dataset\",\"id\":[\"a\",\"b\",\"c\",\"d\"],\"size\":[60,60,60,"
        "60],\"dimension\":{\"a\":%s,"
        "\"b\":%s,\"c\":%s,\"d\":%s},\"value\":{\"0\":1}}",
        index->str, index->str, index->str, index->str);
    assert_refused(text, "more than 5000000 cells");
}

static void names_and_codes_that_repeat_are_refused(void **state)
{
    (void)state;
    assert_refused(
        "{\"class\":\"dataset\",\"id\":[\"sex\",\"sex\"],\"size\":[2,2],\"dimension\":{" SEX
        "},\"value\":[1,2,3,4]}",
        "dimension \"sex\" comes twice");
    assert_refused(
        "{\"class\":\"dataset\",\"id\":[\"value\"],\"size\":[1],\"dimension\":{\"value\":{"
        "\"category\":{\"index\":[\"x\"]}}},\"value\":[1]}",
        "\"value\" has the name of a column");
    assert_refused("{\"class\":\"dataset\",\"id\":[7],\"size\":[1],\"dimension\":{},\"value\":[1]}",
                   "id 1 is not a text");
    assert_refused(LINE("{\"index\":[\"x\",\"x\"]}", "2", "\"value\":[1,2]"),
                   "category \"x\" comes twice");
    assert_refused(LINE("{\"index\":{\"x\":0,\"y\":0}}", "2", "\"value\":[1,2]"),
                   "have the same position");
    assert_refused(LINE("{\"index\":{\"x\":0,\"y\":2}}", "2", "\"value\":[1,2]"),
                   "position of category \"y\"");
    assert_refused(LINE("{\"index\":[\"x\",2]}", "2", "\"value\":[1,2]"),
                   "category 2 of the index");
    assert_refused(LINE("{\"index\":[\"\"]}", "1", "\"value\":[1]"), "an empty code");
}

static void values_that_are_not_numbers_are_refused_before_any_row(void **state)
{
    (void)state;
    assert_refused(CUBE("\"value\":[1,2,3,\"A1\"]"), "value of cell 4 is the text \"A1\"");
    assert_refused(CUBE("\"value\":[1,2,3,\"\"]"), "value of cell 4 is the text \"\"");
    assert_refused(CUBE("\"value\":[1,true,3,4]"), "value of cell 2 is neither number nor null");
    assert_refused(CUBE("\"value\":[1,[2],3,4]"), "value of cell 2 is neither number nor null");
    assert_refused(CUBE("\"value\":\"1\""), "no values");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(last_dimension_is_fastest),
        cmocka_unit_test(null_keeps_its_sign_and_has_one_when_none_is_given),
        cmocka_unit_test(figure_keeps_its_status_beside_it),
        cmocka_unit_test(one_status_stands_for_all_and_an_empty_one_for_none),
        cmocka_unit_test(sparse_values_leave_the_others_missing),
        cmocka_unit_test(figures_read_back_as_the_same_number),
        cmocka_unit_test(one_category_needs_no_index),
        cmocka_unit_test(version_1_keeps_ids_and_sizes_inside),
        cmocka_unit_test(byte_order_mark_is_skipped),
        cmocka_unit_test(roles_and_hierarchies_of_any_kind_are_let_be),
        cmocka_unit_test(single_dataset_of_a_collection_is_taken),
        cmocka_unit_test(several_datasets_are_named_and_refused),
        cmocka_unit_test(updated_is_handed_back_when_it_is_a_time),
        cmocka_unit_test(other_answers_of_the_api_are_told_apart),
        cmocka_unit_test(damaged_documents_are_refused),
        cmocka_unit_test(length_must_be_the_product_of_the_sizes),
        cmocka_unit_test(sizes_must_be_honest),
        cmocka_unit_test(cube_of_too_many_cells_is_refused),
        cmocka_unit_test(names_and_codes_that_repeat_are_refused),
        cmocka_unit_test(values_that_are_not_numbers_are_refused_before_any_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
