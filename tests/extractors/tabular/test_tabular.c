/* CSV by layout: the source of docs/adding-a-source.md as it stands there, one like it in Latin-1,
 * and files that are not what they should be. */
#include "extractors/extractor.h"

#include "core/builder.h"
#include "tests/check.h"
#include "tests/extractors/record.h"

/* The manual's layout for a file in ISO-8859-1. */
static const char toy[] =
    "[file]\nencoding = ISO-8859-1\ndelimiter = ;\ndecimal = ,\nthousands = space\nheader_rows = "
    "2\n"
    "[table]\nname = dagplasser\n[missing]\n: = suppressed\n.. = missing\n"
    "[column Kommune]\nas = region\nrole = region\n[column År]\nas = period\nrole = period\nform "
    "= {}-12-31\n"
    "[column Plasser]\nas = dagplasser\nrole = measure\nunit = plasser\nadditive = yes\nminimum "
    "= 0\n"
    "[column Merknad]\nrole = ignore\n";

static const SpExtractor *tabular(void)
{
    return sp_extractors_find("tabular");
}

static gboolean parse_to(const char *bytes, gsize size, const SpLayout *layout, SpSink *sink,
                         GError **error)
{
    g_autoptr(SpSettings) settings = record_settings(tabular(), "url = a.csv");
    g_autofree char *updated = NULL;
    gboolean is_read = tabular()->parse(&(SpDocument){bytes, size, "a.csv", layout, settings}, sink,
                                        &updated, error);
    assert_null(updated);
    return is_read;
}

static SpTable *build(const char *layout_text, const char *bytes, gsize size, GError **error)
{
    g_autoptr(SpLayout) layout = sp_layout_parse("toy", layout_text, error);
    if (layout == NULL) {
        return NULL;
    }
    g_autoptr(SpBuilder) builder = sp_builder_new(layout, "a.csv");
    return parse_to(bytes, size, layout, sp_builder_sink(builder), error)
               ? sp_builder_steal(builder, error)
               : NULL;
}

static void assert_refused(const char *bytes, gsize size, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = build(toy, bytes, size, &error);
    assert_null(table);
    assert_error(error, SP_ERROR_DATA, part);
    assert_error(error, SP_ERROR_DATA, "a.csv");
}

/* The same for a text. */
static void assert_text_refused(const char *text, const char *part)
{
    assert_refused(text, strlen(text), part);
}

#define HEADER "Dagplasser 2024;;;\r\nKommune;\xC5r;Plasser;Merknad\r\n"

/* The first block of a kind in the manual. g_free. */
static char *manual_block(const char *kind)
{
    gsize size = 0;
    g_autofree char *text =
        record_read(&size, SP_SOURCE_FOLDER, "docs", "adding-a-source.md", NULL);
    g_autofree char *fence = g_strdup_printf("```%s\n", kind);
    const char *start = strstr(text, fence);
    assert_non_null(start);
    start += strlen(fence);
    const char *end = strstr(start, "```");
    assert_non_null(end);
    return g_strndup(start, (gsize)(end - start));
}

static void manual_tells_the_truth(void **state)
{
    (void)state;
    g_autofree char *layout = manual_block("ini");
    g_autofree char *csv = manual_block("csv");
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = build(layout, csv, strlen(csv), &error);
    assert_no_error(error);
    gsize places = sp_table_find(table, "dagplasser");
    assert_int_equal(sp_table_n_rows(table), 4);
    assert_string_equal(sp_table_code(table, 3, sp_table_find(table, "region")), "5001");
    assert_near(sp_table_real(table, 0, places).value, 1234.5, 0);
    assert_int_equal(sp_table_real(table, 1, places).status, SP_SUPPRESSED);
    assert_int_equal(sp_table_real(table, 2, places).status, SP_MISSING);
    assert_int_equal(sp_table_real(table, 3, places).status, SP_ZERO);
    assert_true(sp_table_column(table, places)->is_additive);
}

static void latin_1_source_becomes_its_table(void **state)
{
    (void)state;
    static const char good[] =
        HEADER "0301;2024;1\xA0"
               "234,5;\"gr\xF8nn; lav\"\r\n1103;2024;:;\r\n4601;2024;;\r\n5001;2024;0;\r\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = build(toy, good, strlen(good), &error);
    assert_no_error(error);
    assert_string_equal(sp_table_name(table), "dagplasser");
    assert_int_equal(sp_table_n_rows(table), 4);
    gsize region = sp_table_find(table, "region");
    gsize places = sp_table_find(table, "dagplasser");
    assert_string_equal(sp_table_code(table, 0, region), "0301");
    assert_near(sp_table_real(table, 0, places).value, 1234.5, 0);
    assert_int_equal(sp_table_real(table, 1, places).status, SP_SUPPRESSED);
    assert_int_equal(sp_table_real(table, 2, places).status, SP_MISSING);
    assert_int_equal(sp_table_real(table, 3, places).status, SP_ZERO);
}

static void hostile_files_are_refused(void **state)
{
    (void)state;
    assert_text_refused("", "ends before its header");
    assert_text_refused(HEADER "0301;2024;12\r\n", "row 3");
    assert_text_refused(HEADER "0301;2024;12;;x\r\n", "row 3");
    assert_text_refused(HEADER "0301;2024;12;\"cut", "quote");
    assert_text_refused(HEADER "0301;2024;12.5.1;\r\n", "\"Plasser\"");
    assert_text_refused(HEADER "0301;2024;-1;\r\n", "at least 0");
    assert_text_refused(
        "Dagplasser 2024;;;;\r\nKommune;\xC5r;Plasser;Merknad;Ny\r\n0301;2024;1;;2\r\n", "\"Ny\"");
    assert_text_refused("Dagplasser 2024;;;\r\nKommune;\xC5r;Plasser;Plasser\r\n0301;2024;1;1\r\n",
                        "Plasser");
    assert_text_refused("Dagplasser 2024;;\r\nKommune;\xC5r;Merknad\r\n0301;2024;\r\n",
                        "\"Plasser\" is not there");
    assert_refused(HEADER "0301;2024;1\0;\r\n", sizeof(HEADER "0301;2024;1\0;\r\n") - 1,
                   "byte 0x00");
}

static void latin_1_bytes_are_no_utf_8(void **state)
{
    (void)state;
    static const char layout[] = "[table]\nname = a\n[column a]\nrole = code\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = build(layout, "a\n\xD8st\n", 6, &error);
    assert_null(table);
    assert_error(error, SP_ERROR_DATA, "UTF-8");
}

static void byte_order_mark_is_no_part_of_the_first_name(void **state)
{
    (void)state;
    static const char layout[] = "[table]\nname = a\n[column a]\nrole = code\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = build(layout,
                                     "\xEF\xBB\xBF"
                                     "a\nx\n",
                                     7, &error);
    assert_no_error(error);
    assert_string_equal(sp_table_code(table, 0, 0), "x");
}

static SpFetched *fetch_file(const char *content, GError **error)
{
    g_autofree char *folder = g_dir_make_tmp("sp-tabular-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "a.csv", NULL);
    assert_true(g_file_set_contents(path, content, -1, NULL));
    g_autoptr(SpSettings) settings =
        record_settings(tabular(), "url = a.csv\nupdated = 2026-03-15");
    SpFetchContext context = {.base_folder = folder};
    SpFetched *fetched = tabular()->fetch(settings, &context, error);
    g_unlink(path);
    g_rmdir(folder);
    return fetched;
}

static void file_is_fetched_as_it_is(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpFetched) fetched = fetch_file("a\r\n1\r\n", &error);
    assert_no_error(error);
    assert_memory_equal(g_bytes_get_data(fetched->bytes, NULL), "a\r\n1\r\n", 6);
    assert_string_equal(fetched->updated, "2026-03-15");
}

static void page_in_the_place_of_a_table_is_named_and_a_workbook_is_kept(void **state)
{
    (void)state;
    g_autoptr(GError) page_error = NULL;
    g_autoptr(SpFetched) page = fetch_file("<html><body>Logg inn</body></html>", &page_error);
    assert_null(page);
    assert_error(page_error, SP_ERROR_DATA, "an HTML page, want CSV");
    g_autoptr(GError) book_error = NULL;
    g_autoptr(SpFetched) book = fetch_file("PK\x03\x04xl", &book_error);
    assert_no_error(book_error);
    assert_memory_equal(g_bytes_get_data(book->bytes, NULL), "PK\x03\x04xl", 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(manual_tells_the_truth),
        cmocka_unit_test(latin_1_source_becomes_its_table),
        cmocka_unit_test(hostile_files_are_refused),
        cmocka_unit_test(latin_1_bytes_are_no_utf_8),
        cmocka_unit_test(byte_order_mark_is_no_part_of_the_first_name),
        cmocka_unit_test(file_is_fetched_as_it_is),
        cmocka_unit_test(page_in_the_place_of_a_table_is_named_and_a_workbook_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
