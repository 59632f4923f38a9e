/* Tables to disk and back. */
#include "tests/core/io/folder.h"

#include "core/io/json.h"
#include "core/io/tablefiles.h"

static const SpColumn columns[] = {
    {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "kommune@2024"},
    {.name = "navn", .kind = SP_COLUMN_CODE},
    {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"},
    {.name = "innbyggere", .kind = SP_COLUMN_MEASURE, .unit = "persons", .is_additive = TRUE},
    {.name = "andel", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
};

static void add_row(SpTable *table, const char *region, const char *navn, const char *period,
                    SpReal innbyggere, SpReal andel)
{
    gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, 0, region);
    sp_table_set_code(table, row, 1, navn);
    sp_table_set_code(table, row, 2, period);
    sp_table_set_real(table, row, 3, innbyggere);
    sp_table_set_real(table, row, 4, andel);
}

static SpTable *example_table(void)
{
    SpTable *table = sp_table_new("folkemengde", columns, G_N_ELEMENTS(columns));
    sp_table_set_edition(table, "2026-02-25");
    sp_table_set_marks(table, SP_MARK_SENSITIVE | SP_MARK_SYNTHETIC);
    add_row(table, "5001", "Trondheim", "2024", sp_real(214565), sp_real(1.0 / 3));
    add_row(table, "0301", "Oslo, \"Oslove\"", "2025", sp_real_none(SP_SUPPRESSED),
            sp_real_flagged(-1.5e-9, SP_FLAG_MODELLED | SP_FLAG_STALE));
    add_row(table, "0301", "Oslo, \"Oslove\"", "2024", sp_real(0), sp_real_none(SP_NOT_APPLICABLE));
    add_row(table, "1144", "", "2024", sp_real_none(SP_BELOW_UNIT), sp_real_none(SP_PENDING));
    add_row(table, "1151", "Utsira", "2024", sp_real_none(SP_MISSING), sp_real(214));
    return table;
}

static const char example_csv[] =
    "region,navn,period,innbyggere,innbyggere_status,innbyggere_flags,andel,andel_status,"
    "andel_flags\n"
    "0301,\"Oslo, \"\"Oslove\"\"\",2024,0,-,,,.,\n"
    "0301,\"Oslo, \"\"Oslove\"\"\",2025,,:,,-1.5e-09,,ms\n"
    "1144,,2024,0,0,,,...,\n"
    "1151,Utsira,2024,,..,,214,,\n"
    "5001,Trondheim,2024,214565,,,0.333333333,,\n";

/* Writes the example into the test's folder. */
static void write_example(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) tables = sp_tables_new();
    sp_tables_add(tables, example_table());
    sp_tables_write(tables, *state, "ssb/folkemengde", 0640, &error);
    assert_no_error(error);
}

/* Replaces part of a file of the example. */
static void change_example(void **state, const char *file, const char *part,
                           const char *replacement)
{
    write_example(state);
    g_autofree char *path = path_in(state, file);
    g_autofree char *descriptor = path_in(state, SP_TABLES_DESCRIPTOR);
    g_autofree char *text = text_of(path);
    g_auto(GStrv) parts = g_strsplit(text, part, 2);
    assert_int_equal(g_strv_length(parts), 2);
    g_autofree char *changed = g_strconcat(parts[0], replacement, parts[1], NULL);
    put_text(path, changed);
    if (strcmp(file, SP_TABLES_DESCRIPTOR) != 0) {
        /* The size would tell first. */
        g_autoptr(json_t) json = sp_json_read(descriptor, 1000000, NULL);
        json_object_del(json_array_get(json_object_get(json, "resources"), 0), "bytes");
        g_autofree char *sizeless = sp_json_format(json);
        put_text(descriptor, sizeless);
    }
}

/* The same; the folder must then be refused with those words. */
static void assert_refused_after(void **state, const char *file, const char *part,
                                 const char *replacement, const char *words)
{
    change_example(state, file, part, replacement);
    g_autoptr(GError) error = NULL;
    assert_null(sp_tables_read(*state, NULL, &error));
    assert_error(error, SP_ERROR_DATA, words);
}

static void csv_holds_sorted_rows_with_values_signs_and_flags(void **state)
{
    write_example(state);
    g_autofree char *path = path_in(state, "folkemengde.csv");
    g_autofree char *text = text_of(path);
    assert_string_equal(text, example_csv);
    assert_int_equal(mode_of(path), 0640);
}

static void descriptor_says_what_the_columns_are(void **state)
{
    write_example(state);
    g_autofree char *path = path_in(state, SP_TABLES_DESCRIPTOR);
    g_autoptr(json_t) json = sp_json_read(path, 1000000, NULL);
    const char *profile = NULL, *name = NULL, *edition = NULL, *csv = NULL, *type = NULL;
    const char *unit = NULL, *classification = NULL, *first_key = NULL, *second_key = NULL;
    int size = 0, is_required = 0, is_additive = 0;
    json_t *fields = NULL;
    assert_int_equal(
        json_unpack(json, "{s:s, s:s, s:[{s:s, s:i, s:s, s:{s:o, s:[s,s!], s:[s!]}}!]}", "profile",
                    &profile, "name", &name, "resources", "path", &csv, "bytes", &size,
                    "sp:edition", &edition, "schema", "fields", &fields, "primaryKey", &first_key,
                    &second_key, "missingValues", &type),
        0);
    assert_string_equal(profile, "tabular-data-package");
    assert_string_equal(name, "ssb/folkemengde");
    assert_string_equal(csv, "folkemengde.csv");
    assert_string_equal(edition, "2026-02-25");
    assert_string_equal(first_key, "region");
    assert_string_equal(second_key, "period");
    assert_int_equal(size, strlen(example_csv));
    assert_int_equal(json_array_size(fields), 9);
    assert_int_equal(json_unpack(json_array_get(fields, 0), "{s:{s:b}, s:s}", "constraints",
                                 "required", &is_required, "sp:classification", &classification),
                     0);
    assert_true(is_required);
    assert_string_equal(classification, "kommune@2024");
    assert_int_equal(json_unpack(json_array_get(fields, 3), "{s:s, s:s, s:b}", "type", &type,
                                 "sp:unit", &unit, "sp:additive", &is_additive),
                     0);
    assert_string_equal(type, "number");
    assert_string_equal(unit, "persons");
    assert_true(is_additive);
}

static void tables_read_back_as_written_and_write_the_same_bytes_again(void **state)
{
    write_example(state);
    g_autofree char *first = path_in(state, SP_TABLES_DESCRIPTOR);
    g_autofree char *folder = path_in(state, "again");
    g_autofree char *second = path_in(state, "again/" SP_TABLES_DESCRIPTOR);
    g_autofree char *csv = path_in(state, "again/folkemengde.csv");
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) tables = sp_tables_read(*state, NULL, &error);
    assert_no_error(error);
    const SpTable *table = sp_tables_at(tables, 0);
    assert_int_equal(sp_table_n_rows(table), 5);
    assert_string_equal(sp_table_edition(table), "2026-02-25");
    assert_int_equal(sp_table_marks(table), SP_MARK_SENSITIVE | SP_MARK_SYNTHETIC);
    assert_true(sp_table_column(table, 0)->is_key);
    assert_false(sp_table_column(table, 1)->is_key);
    assert_string_equal(sp_table_column(table, 4)->unit, "ratio");
    assert_string_equal(sp_table_code(table, 1, 1), "Oslo, \"Oslove\"");
    assert_true(sp_folder_make(folder, 0700, NULL));
    assert_true(sp_tables_write(tables, folder, "ssb/folkemengde", 0640, NULL));
    g_autofree char *first_text = text_of(first);
    g_autofree char *second_text = text_of(second);
    g_autofree char *csv_text = text_of(csv);
    assert_string_equal(first_text, second_text);
    assert_string_equal(csv_text, example_csv);
}

static void suppressed_amount_stays_suppressed(void **state)
{
    write_example(state);
    g_autoptr(SpTables) tables = sp_tables_read(*state, NULL, NULL);
    SpReal real = sp_table_real(sp_tables_at(tables, 0), 1, 3);
    assert_int_equal(real.status, SP_SUPPRESSED);
    assert_true(real.value == 0);
}

static void figures_read_back_rounded_with_status_and_flags(void **state)
{
    write_example(state);
    g_autoptr(SpTables) tables = sp_tables_read(*state, NULL, NULL);
    const SpTable *table = sp_tables_at(tables, 0);
    SpReal third = sp_table_real(table, 4, 4);
    SpReal small = sp_table_real(table, 1, 4);
    assert_true(third.value == 0.333333333);
    assert_true(small.value == -1.5e-9);
    assert_int_equal(small.flags, SP_FLAG_MODELLED | SP_FLAG_STALE);
    assert_int_equal(sp_table_real(table, 0, 3).status, SP_ZERO);
    assert_int_equal(sp_table_real(table, 0, 4).status, SP_NOT_APPLICABLE);
    assert_int_equal(sp_table_real(table, 2, 3).status, SP_BELOW_UNIT);
    assert_int_equal(sp_table_real(table, 2, 4).status, SP_PENDING);
    assert_int_equal(sp_table_real(table, 3, 3).status, SP_MISSING);
}

static void only_named_tables_are_read(void **state)
{
    const char *const names[] = {"b", NULL};
    const char *const absent[] = {"c", NULL};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) tables = sp_tables_new();
    sp_tables_add(tables, sp_table_new("a", columns, G_N_ELEMENTS(columns)));
    sp_tables_add(tables, sp_table_new("b", columns, G_N_ELEMENTS(columns)));
    assert_true(sp_tables_write(tables, *state, "x", 0600, NULL));
    g_autoptr(SpTables) read = sp_tables_read(*state, names, NULL);
    assert_int_equal(sp_tables_size(read), 1);
    assert_string_equal(sp_table_name(sp_tables_at(read, 0)), "b");
    assert_int_equal(sp_table_n_rows(sp_tables_at(read, 0)), 0);
    assert_null(sp_tables_read(*state, absent, &error));
    assert_error(error, SP_ERROR_NO_INPUT, "has no table c; it has: a, b");
    const char *const some[] = {"c", "a", NULL};
    g_autoptr(SpTables) any = sp_tables_read_any(*state, some, NULL);
    assert_int_equal(sp_tables_size(any), 1);
    assert_string_equal(sp_table_name(sp_tables_at(any, 0)), "a");
}

/* Two of them are taken: the third would be one too many. */
static gboolean take_two(SpTable *taken, gpointer data, GError **error)
{
    g_autoptr(SpTable) table = taken;
    GString *names = data;
    if (names->len == 2) {
        return sp_error_set(error, SP_ERROR_DATA, "%s is too much", sp_table_name(table));
    }
    g_string_append(names, sp_table_name(table));
    return TRUE;
}

static void tables_are_handed_on_one_by_one_until_one_is_refused(void **state)
{
    const char *const some[] = {"c", "x", "a", NULL};
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) first = g_string_new(NULL);
    g_autoptr(GString) all = g_string_new(NULL);
    g_autoptr(SpTables) tables = sp_tables_new();
    sp_tables_add(tables, sp_table_new("a", columns, G_N_ELEMENTS(columns)));
    sp_tables_add(tables, sp_table_new("b", columns, G_N_ELEMENTS(columns)));
    sp_tables_add(tables, sp_table_new("c", columns, G_N_ELEMENTS(columns)));
    assert_true(sp_tables_write(tables, *state, "x", 0600, NULL));
    assert_true(sp_tables_read_each(*state, some, take_two, first, &error));
    assert_string_equal(first->str, "ac");
    assert_false(sp_tables_read_each(*state, NULL, take_two, all, &error));
    assert_error(error, SP_ERROR_DATA, "c is too much");
    assert_string_equal(all->str, "ab");
}

static void empty_code_alone_in_its_row_is_a_row(void **state)
{
    const SpColumn only = {.name = "kode", .kind = SP_COLUMN_CODE, .is_key = TRUE};
    g_autoptr(SpTables) tables = sp_tables_new();
    SpTable *table = sp_table_new("koder", &only, 1);
    sp_table_set_code(table, sp_table_add_row(table), 0, "x");
    sp_table_set_code(table, sp_table_add_row(table), 0, "");
    sp_tables_add(tables, table);
    assert_true(sp_tables_write(tables, *state, "x", 0600, NULL));
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) read = sp_tables_read(*state, NULL, &error);
    assert_no_error(error);
    assert_int_equal(sp_table_n_rows(sp_tables_at(read, 0)), 2);
    assert_string_equal(sp_table_code(sp_tables_at(read, 0), 0, 0), "");
}

static void repeated_key_is_a_bug_of_its_maker(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) tables = sp_tables_new();
    SpTable *table = example_table();
    add_row(table, "0301", "Oslo", "2024", sp_real(1), sp_real(1));
    sp_tables_add(tables, table);
    assert_false(sp_tables_write(tables, *state, "x", 0600, &error));
    assert_error(error, SP_ERROR_BUG, "region=0301");
}

static void present_figure_without_a_number_is_a_bug(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) tables = sp_tables_new();
    SpTable *table = example_table();
    sp_table_reals(table, 3)[0] = (SpReal){.value = 0, .status = SP_PRESENT};
    sp_tables_add(tables, table);
    assert_false(sp_tables_write(tables, *state, "x", 0600, &error));
    assert_error(error, SP_ERROR_BUG, "measure innbyggere is present");
}

static void two_columns_of_one_name_in_the_file_are_a_bug(void **state)
{
    const SpColumn clash[] = {{.name = "a_status", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                              {.name = "a", .kind = SP_COLUMN_MEASURE}};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) tables = sp_tables_new();
    sp_tables_add(tables, sp_table_new("t", clash, 2));
    assert_false(sp_tables_write(tables, *state, "x", 0600, &error));
    assert_error(error, SP_ERROR_BUG, "a_status");
}

static void cut_csv_is_refused(void **state)
{
    write_example(state);
    g_autofree char *path = path_in(state, "folkemengde.csv");
    g_autofree char *text = text_of(path);
    /* At the end of a row, where nothing else would tell. */
    g_strrstr(text, "5001")[0] = '\0';
    put_text(path, text);
    g_autoptr(GError) error = NULL;
    assert_null(sp_tables_read(*state, NULL, &error));
    assert_error(error, SP_ERROR_DATA, "bytes, want");
}

static void absent_csv_is_no_input(void **state)
{
    write_example(state);
    g_autofree char *path = path_in(state, "folkemengde.csv");
    g_autoptr(GError) error = NULL;
    assert_int_equal(g_unlink(path), 0);
    assert_null(sp_tables_read(*state, NULL, &error));
    assert_error(error, SP_ERROR_NO_INPUT, path);
}

static void cells_that_contradict_their_status_are_refused(void **state)
{
    assert_refused_after(state, "folkemengde.csv", "214565", "",
                         "row 6: column innbyggere: want a number");
}

static void suppressed_cell_with_a_number_is_refused(void **state)
{
    assert_refused_after(state, "folkemengde.csv",
                         "2025,,:", "2025,4,:", "row 3: column innbyggere: want no number");
}

static void zero_cell_with_another_number_is_refused(void **state)
{
    assert_refused_after(state, "folkemengde.csv", "2024,0,-", "2024,1,-", "want 0");
}

static void figure_below_the_unit_may_be_empty_as_in_older_editions(void **state)
{
    change_example(state, "folkemengde.csv", "1144,,2024,0,0", "1144,,2024,,0");
    g_autoptr(SpTables) tables = sp_tables_read(*state, NULL, NULL);
    assert_int_equal(sp_table_real(sp_tables_at(tables, 0), 2, 3).status, SP_BELOW_UNIT);
}

static void unknown_sign_is_refused(void **state)
{
    assert_refused_after(state, "folkemengde.csv",
                         "2025,,:", "2025,,::::::::::::", "want a status sign");
}

static void unknown_flag_is_refused(void **state)
{
    assert_refused_after(state, "folkemengde.csv", ",ms", ",mx", "want flags");
}

static void repeated_row_is_refused(void **state)
{
    assert_refused_after(state, "folkemengde.csv", "Oslove\"\"\",2025", "Oslove\"\"\",2024",
                         "row 3: its key repeats");
}

static void rows_without_a_key_are_refused(void **state)
{
    assert_refused_after(state, SP_TABLES_DESCRIPTOR, "primaryKey", "secondKey", "row 3: its key");
}

static void row_out_of_order_is_refused(void **state)
{
    assert_refused_after(state, "folkemengde.csv", "1151", "1143", "row 5: its key sorts before");
}

static void extra_column_is_refused(void **state)
{
    assert_refused_after(state, "folkemengde.csv", "region,", "region,extra,",
                         "row 1: its columns are not those");
}

static void path_that_leaves_the_folder_is_refused(void **state)
{
    assert_refused_after(state, SP_TABLES_DESCRIPTOR, "\"folkemengde.csv\"", "\"../x.csv\"",
                         "its path");
}

static void column_of_no_proper_name_is_refused(void **state)
{
    assert_refused_after(state, SP_TABLES_DESCRIPTOR, "\"region\"", "\"Region\"", "its fields");
}

static void measure_without_its_status_column_is_refused(void **state)
{
    assert_refused_after(state, SP_TABLES_DESCRIPTOR, "innbyggere_status", "status", "its fields");
}

static void key_that_is_no_code_column_is_refused(void **state)
{
    assert_refused_after(state, SP_TABLES_DESCRIPTOR, "\"region\",\n          \"period\"",
                         "\"region\",\n          \"andel\"", "its fields");
}

static void unknown_mark_is_refused(void **state)
{
    assert_refused_after(state, SP_TABLES_DESCRIPTOR, "\"sensitive\"", "\"secret\"", "mark");
}

static void descriptor_of_another_shape_is_refused(void **state)
{
    g_autofree char *path = path_in(state, SP_TABLES_DESCRIPTOR);
    g_autoptr(GError) error = NULL;
    put_text(path, "{\"resources\": {\"a\": 1}}");
    assert_null(sp_tables_read(*state, NULL, &error));
    assert_error(error, SP_ERROR_DATA, "no list of resources");
    g_clear_error(&error);
    put_text(path, "{\"resources\": [3]}");
    assert_null(sp_tables_read(*state, NULL, &error));
    assert_error(error, SP_ERROR_DATA, "without name");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(csv_holds_sorted_rows_with_values_signs_and_flags),
        FOLDER_TEST(descriptor_says_what_the_columns_are),
        FOLDER_TEST(tables_read_back_as_written_and_write_the_same_bytes_again),
        FOLDER_TEST(suppressed_amount_stays_suppressed),
        FOLDER_TEST(figures_read_back_rounded_with_status_and_flags),
        FOLDER_TEST(only_named_tables_are_read),
        FOLDER_TEST(tables_are_handed_on_one_by_one_until_one_is_refused),
        FOLDER_TEST(empty_code_alone_in_its_row_is_a_row),
        FOLDER_TEST(repeated_key_is_a_bug_of_its_maker),
        FOLDER_TEST(present_figure_without_a_number_is_a_bug),
        FOLDER_TEST(two_columns_of_one_name_in_the_file_are_a_bug),
        FOLDER_TEST(cut_csv_is_refused),
        FOLDER_TEST(absent_csv_is_no_input),
        FOLDER_TEST(cells_that_contradict_their_status_are_refused),
        FOLDER_TEST(suppressed_cell_with_a_number_is_refused),
        FOLDER_TEST(zero_cell_with_another_number_is_refused),
        FOLDER_TEST(figure_below_the_unit_may_be_empty_as_in_older_editions),
        FOLDER_TEST(unknown_sign_is_refused),
        FOLDER_TEST(unknown_flag_is_refused),
        FOLDER_TEST(repeated_row_is_refused),
        FOLDER_TEST(rows_without_a_key_are_refused),
        FOLDER_TEST(row_out_of_order_is_refused),
        FOLDER_TEST(extra_column_is_refused),
        FOLDER_TEST(path_that_leaves_the_folder_is_refused),
        FOLDER_TEST(column_of_no_proper_name_is_refused),
        FOLDER_TEST(measure_without_its_status_column_is_refused),
        FOLDER_TEST(key_that_is_no_code_column_is_refused),
        FOLDER_TEST(unknown_mark_is_refused),
        FOLDER_TEST(descriptor_of_another_shape_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
