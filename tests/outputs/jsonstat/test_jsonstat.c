/* Cubes, read by the reader of SSB's answers. */
#include "tests/check.h"
#include "tests/outputs/tables.h"

#include "core/io/files.h"
#include "core/io/json.h"
#include "core/number.h"
#include "core/table_rows.h"
#include "extractors/ssb/jsonstat.h"

extern const SpOutput sp_output_jsonstat;

enum { MAX_KEYS = 8, MAX_SIZE = 1 << 24 };

static int write_once(void **state)
{
    g_auto(GStrv) kommuner = sp_test_kommuner(3);
    SpTestPackage *package = sp_test_package_new("nb");
    sp_tables_add(package->tables, sp_test_placing_new(kommuner));
    sp_tables_add(package->tables, sp_test_users_new(kommuner, 4, 3));
    *state = sp_test_written_new(&sp_output_jsonstat, package);
    return 0;
}

static json_t *read_cube(const char *folder, const char *name)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *file = g_strdup_printf("%s/jsonstat/%s.json", folder, name);
    json_t *cube = sp_json_read(file, MAX_SIZE, &error);
    assert_no_error(error);
    return cube;
}

static const json_t *at(const json_t *json, const char *path)
{
    g_auto(GStrv) keys = g_strsplit(path, "/", -1);
    for (char **key = keys; *key != NULL; key++) {
        json = json_object_get(json, *key);
    }
    return json;
}

static const char *text_at(const json_t *json, const char *path)
{
    return json_string_value(at(json, path));
}

/* ---- cells ---- */

/* Holds each cell against the table that the cube is of. */
typedef struct {
    SpSink sink;
    const SpTable *table;
    gsize keys[MAX_KEYS];
    gsize n_keys;
    SpTableIndex *index;
    gsize n_found;
} Compare;

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    Compare *compare = (Compare *)sink;
    (void)error;
    compare->n_keys = n - 3; /* contents, value, status */
    for (gsize i = 0; i < compare->n_keys; i++) {
        compare->keys[i] = sp_table_find(compare->table, names[i]);
        assert_true(sp_table_column(compare->table, compare->keys[i])->is_key);
    }
    assert_string_equal(names[n - 3], "ContentsCode");
    compare->index = sp_table_index_new(compare->table, compare->keys, compare->n_keys);
    return TRUE;
}

static void assert_cell(SpReal real, const SpField *value, const char *status)
{
    double number = 0.0;
    const gboolean has_number = sp_real_is_number(real);
    assert_true((value->size > 0) == has_number);
    if (has_number) {
        assert_true(sp_number_parse(value->text, value->size, sp_number_plain, &number));
        assert_near(number, sp_number_round(real.value), 0.0);
    }
    assert_string_equal(status, sp_status_sign((SpStatus)real.status));
}

static gboolean compare_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                            GError **error)
{
    Compare *compare = (Compare *)sink;
    g_auto(GStrv) texts = g_new0(char *, n + 1);
    gsize row = 0;
    (void)number;
    (void)error;
    for (gsize i = 0; i < n; i++) {
        texts[i] = g_strndup(fields[i].text, fields[i].size);
    }
    if (!sp_table_index_find(compare->index, (const char *const *)texts, &row)) {
        assert_string_equal(texts[n - 2], "");
        return TRUE;
    }
    const gsize measure = sp_table_find(compare->table, texts[n - 3]);
    assert_cell(sp_table_real(compare->table, row, measure), &fields[n - 2], texts[n - 1]);
    compare->n_found++;
    return TRUE;
}

static void assert_same(const char *folder, const SpTable *table, gsize n_measures)
{
    gsize size = 0;
    g_autoptr(GError) error = NULL;
    g_autofree char *updated = NULL;
    g_autofree char *file = g_strdup_printf("jsonstat/%s.json", sp_table_name(table));
    g_autofree char *bytes = sp_test_file(folder, file, &size);
    Compare compare = {.sink = {.begin = begin, .row = compare_row}, .table = table};
    sp_jsonstat_parse(bytes, size, file, &compare.sink, &updated, &error);
    assert_no_error(error);
    assert_string_equal(updated, "2026-02-25T00:00:00Z");
    assert_int_equal(compare.n_found, sp_table_n_rows(table) * n_measures);
    sp_table_index_free(compare.index);
}

static void every_cell_is_that_of_the_table(void **state)
{
    static const struct {
        const char *name;
        gsize n_measures;
    } cubes[] = {{"befolkning", 1},
                 {"aarsverk", 1},
                 {"framskriving_befolkning_ettaarig", 1},
                 {"plassering", 4},
                 {"brukere", 3}};
    const SpTestWritten *made = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(cubes); i++) {
        assert_same(made->folder, sp_tables_find(made->package->tables, cubes[i].name),
                    cubes[i].n_measures);
    }
}

/* `n` rows along the diagonal of a square: n times as many places as rows. */
static char *write_diagonal(SpTestPackage *package, gsize n)
{
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "kommune"},
        {.name = "yrke", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "aarsverk", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"}};
    SpTable *table = sp_table_new("stillinger", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < n; i++) {
        g_autofree char *region = g_strdup_printf("%d", 5001 + (int)i);
        g_autofree char *yrke = g_strdup_printf("%02d", (int)i);
        sp_table_set_code(table, sp_table_add_row(table), 0, region);
        sp_table_set_code(table, i, 1, yrke);
        sp_table_set_real(table, i, 2, i == 1 ? sp_real(0.0) : sp_real(1.5 + (double)i));
    }
    sp_tables_add(package->tables, table);
    return sp_test_write(&sp_output_jsonstat, &package->package, NULL);
}

static void a_cube_with_few_rows_has_its_values_by_place(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    char *folder = write_diagonal(package, 3);
    g_autoptr(json_t) cube = read_cube(folder, "stillinger");
    const json_t *value = at(cube, "value");
    assert_true(json_is_object(value));
    assert_int_equal(json_object_size(value), 3);
    assert_near(json_number_value(at(value, "0")), 1.5, 0.0);
    assert_near(json_number_value(at(value, "4")), 0.0, 0.0);
    assert_near(json_number_value(at(value, "8")), 3.5, 0.0);
    assert_string_equal(text_at(cube, "status/4"), "-");
    assert_same(folder, sp_tables_find(package->tables, "stillinger"), 1);
    sp_test_folder_remove(folder);
}

static void a_cube_that_is_nearly_empty_is_left_out(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    char *folder = write_diagonal(package, 21);
    g_autofree char *path = g_build_filename(folder, "jsonstat", "stillinger.json", NULL);
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    sp_test_folder_remove(folder);
}

static void tables_without_measures_are_left_out(void **state)
{
    const SpTestWritten *made = *state;
    g_auto(GStrv) files = sp_folder_walk(made->folder, NULL);
    g_autofree char *all = g_strjoinv(" ", files);
    assert_string_equal(all, "jsonstat/aarsverk.json jsonstat/befolkning.json "
                             "jsonstat/brukere.json "
                             "jsonstat/framskriving_befolkning_ettaarig.json "
                             "jsonstat/plassering.json");
}

/* ---- what stands around them ---- */

static void a_cube_says_what_it_is(void **state)
{
    const SpTestWritten *made = *state;
    g_autoptr(json_t) cube = read_cube(made->folder, "befolkning");
    assert_string_equal(text_at(cube, "version"), "2.0");
    assert_string_equal(text_at(cube, "class"), "dataset");
    assert_string_equal(text_at(cube, "label"), "Trøndelag: Folkemengde etter kjønn og alder");
    assert_string_equal(text_at(cube, "source"), "SSB: <script>alert(\"1\")</script>");
    assert_string_equal(json_string_value(json_array_get(at(cube, "note"), 0)), "SYNTETISKE DATA");
    assert_string_equal(json_string_value(json_array_get(at(cube, "note"), 1)),
                        "Ikke for publisering");
}

static void roles_tell_time_place_and_measures(void **state)
{
    const SpTestWritten *made = *state;
    g_autoptr(json_t) cube = read_cube(made->folder, "befolkning");
    assert_string_equal(json_string_value(json_array_get(at(cube, "role/time"), 0)), "period");
    assert_string_equal(json_string_value(json_array_get(at(cube, "role/geo"), 0)), "region");
    assert_string_equal(json_string_value(json_array_get(at(cube, "role/metric"), 0)),
                        "ContentsCode");
}

static void periods_stand_in_order(void **state)
{
    const SpTestWritten *made = *state;
    g_autoptr(json_t) cube = read_cube(made->folder, "befolkning");
    const json_t *index = at(cube, "dimension/period/category/index");
    assert_int_equal(json_array_size(index), 3);
    assert_string_equal(json_string_value(json_array_get(index, 0)), "2024-01-01");
    assert_string_equal(json_string_value(json_array_get(index, 2)), "2026-01-01");
    assert_string_equal(text_at(cube, "dimension/period/category/label/2024-01-01"), "1.1.2024");
}

static void a_measure_has_label_and_unit(void **state)
{
    const SpTestWritten *made = *state;
    g_autoptr(json_t) cube = read_cube(made->folder, "befolkning");
    const json_t *category = at(cube, "dimension/ContentsCode/category");
    assert_string_equal(text_at(category, "label/innbyggere"), "Innbyggere");
    assert_string_equal(text_at(category, "unit/innbyggere/base"), "personer");
    assert_int_equal(json_integer_value(at(category, "unit/innbyggere/decimals")), 0);
}

static void an_indicator_has_its_unit_and_a_share_is_0_to_1(void **state)
{
    const SpTestWritten *made = *state;
    g_autoptr(json_t) cube = read_cube(made->folder, "plassering");
    const json_t *units = at(cube, "dimension/indikator/extension/unit");
    assert_string_equal(text_at(units, "use_home_80plus/base"), "andel");
    assert_int_equal(json_integer_value(at(units, "use_home_80plus/decimals")), 3);
    assert_string_equal(text_at(units, "pers_nurse_fte_p10k/base"),
                        "årsverk per 10 000 innbyggere");
}

static void flags_stand_by_place(void **state)
{
    const SpTestWritten *made = *state;
    g_autoptr(json_t) cube = read_cube(made->folder, "aarsverk");
    const json_t *flags = at(cube, "extension/flags");
    assert_int_equal(json_object_size(flags), 4);
    assert_string_equal(text_at(flags, "7"), "p");
    assert_string_equal(text_at(flags, "9"), "cb");
}

static void flags_that_all_figures_have_are_one_text(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    SpTable *table = sp_tables_find(package->tables, "aarsverk");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        sp_table_set_real(table, row, 2, sp_real_flagged(1.0, SP_FLAG_MODELLED));
    }
    char *folder = sp_test_write(&sp_output_jsonstat, &package->package, NULL);
    g_autoptr(json_t) cube = read_cube(folder, "aarsverk");
    assert_string_equal(text_at(cube, "extension/flags"), "m");
    sp_test_folder_remove(folder);
}

static void an_attribute_stands_by_row_with_its_words(void **state)
{
    const SpTestWritten *made = *state;
    g_autoptr(json_t) cube = read_cube(made->folder, "plassering");
    const json_t *signal = at(cube, "extension/attributes/signal");
    const json_t *value = at(signal, "value");
    assert_string_equal(text_at(signal, "label"), "Signal");
    assert_string_equal(text_at(signal, "category/label/over_95"), "Over 95-prosentgrensen");
    assert_int_equal(json_object_size(value), 12); /* of the indicators with limits */
    assert_null(at(value, "0"));
    assert_string_equal(text_at(value, "6"), "over_95");
}

static void hostile_names_come_back_unchanged(void **state)
{
    const SpTestWritten *made = *state;
    g_autoptr(json_t) cube = read_cube(made->folder, "befolkning");
    const json_t *labels = at(cube, "dimension/region/category/label");
    assert_string_equal(text_at(labels, "5006"), sp_test_hostile[0]);
    assert_string_equal(text_at(labels, "5007"), sp_test_hostile[1]);
    assert_string_equal(text_at(labels, "5014"), sp_test_hostile[5]);
}

static void hostile_codes_come_back_unchanged(void **state)
{
    (void)state;
    static const SpColumn columns[] = {{.name = "kilde", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                       {.name = "tekst", .kind = SP_COLUMN_CODE},
                                       {.name = "n", .kind = SP_COLUMN_MEASURE, .unit = "persons"}};
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    SpTable *table = sp_table_new("mangel", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; sp_test_hostile[i] != NULL; i++) {
        const gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, 0, sp_test_hostile[i]);
        sp_table_set_code(table, row, 1, sp_test_hostile[i]);
        sp_table_set_real(table, row, 2, sp_real(1.0 + (double)i));
    }
    sp_table_sort(table);
    sp_tables_add(package->tables, table);
    char *folder = sp_test_write(&sp_output_jsonstat, &package->package, NULL);
    assert_same(folder, table, 1);
    g_autoptr(json_t) cube = read_cube(folder, "mangel");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        g_autofree char *place = g_strdup_printf("%d", (int)row);
        const json_t *value = at(cube, "extension/attributes/tekst/value");
        assert_string_equal(json_string_value(json_object_get(value, place)),
                            sp_table_code(table, row, 1));
    }
    sp_test_folder_remove(folder);
}

static void two_runs_in_two_time_zones_and_locales_give_the_same_bytes(void **state)
{
    const SpTestWritten *made = *state;
    sp_test_assert_same_again(&sp_output_jsonstat, &made->package->package, made->folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_is_that_of_the_table),
        cmocka_unit_test(a_cube_with_few_rows_has_its_values_by_place),
        cmocka_unit_test(a_cube_that_is_nearly_empty_is_left_out),
        cmocka_unit_test(tables_without_measures_are_left_out),
        cmocka_unit_test(a_cube_says_what_it_is),
        cmocka_unit_test(roles_tell_time_place_and_measures),
        cmocka_unit_test(periods_stand_in_order),
        cmocka_unit_test(a_measure_has_label_and_unit),
        cmocka_unit_test(an_indicator_has_its_unit_and_a_share_is_0_to_1),
        cmocka_unit_test(flags_stand_by_place),
        cmocka_unit_test(flags_that_all_figures_have_are_one_text),
        cmocka_unit_test(an_attribute_stands_by_row_with_its_words),
        cmocka_unit_test(hostile_names_come_back_unchanged),
        cmocka_unit_test(hostile_codes_come_back_unchanged),
        cmocka_unit_test(two_runs_in_two_time_zones_and_locales_give_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, write_once, sp_test_written_clean);
}
