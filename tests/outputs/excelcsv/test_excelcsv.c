/* The tables for Norwegian Excel, read as Excel reads them: fields between ';', decimal comma. */
#include "tests/check.h"
#include "tests/outputs/tables.h"

#include "core/io/csv.h"
#include "core/number.h"
#include "core/regions.h"

extern const SpOutput sp_output_excelcsv;

/* A file as rows of texts; the first is the header. */
typedef struct {
    SpSink sink;
    GPtrArray *rows; /* GStrv */
} Sheet;

static void take(Sheet *sheet, char **cells)
{
    g_ptr_array_add(sheet->rows, cells);
}

static gboolean take_header(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    char **cells = g_new0(char *, n + 1);
    (void)error;
    for (gsize i = 0; i < n; i++) {
        cells[i] = g_strdup(names[i]);
    }
    take((Sheet *)sink, cells);
    return TRUE;
}

static gboolean take_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                         GError **error)
{
    char **cells = g_new0(char *, n + 1);
    (void)number;
    (void)error;
    for (gsize i = 0; i < n; i++) {
        cells[i] = g_strndup(fields[i].text, fields[i].size);
    }
    take((Sheet *)sink, cells);
    return TRUE;
}

static void free_cells(gpointer cells)
{
    g_strfreev(cells);
}

static GPtrArray *read_sheet(const char *folder, const char *name)
{
    gsize size = 0;
    g_autoptr(GError) error = NULL;
    g_autofree char *file = g_strdup_printf("excel-csv/%s-excel.csv", name);
    g_autofree char *bytes = sp_test_file(folder, file, &size);
    Sheet sheet = {.sink = {.begin = take_header, .row = take_row},
                   .rows = g_ptr_array_new_with_free_func(free_cells)};
    const SpCsvForm form = {
        .origin = file, .encoding = "UTF-8", .delimiter = ';', .header_rows = 1};
    assert_true(sp_csv_parse(bytes, size, &form, &sheet.sink, &error));
    assert_no_error(error);
    return sheet.rows;
}

static const char *cell(const GPtrArray *rows, guint row, guint column)
{
    return ((char **)rows->pdata[row])[column];
}

static int write_once(void **state)
{
    g_auto(GStrv) kommuner = sp_test_kommuner(3);
    SpTestPackage *package = sp_test_package_new("nb");
    sp_tables_add(package->tables, sp_test_placing_new(kommuner));
    *state = sp_test_written_new(&sp_output_excelcsv, package);
    return 0;
}

static void a_file_is_what_norwegian_excel_opens(void **state)
{
    const SpTestWritten *made = *state;
    g_autofree char *text = sp_test_file(made->folder, "excel-csv/aarsverk-excel.csv", NULL);
    assert_true(g_str_has_prefix(text, "\xEF\xBB\xBF"
                                       "Region;Periode;Sykepleierårsverk;Sykepleierårsverk, "
                                       "tegn;Sykepleierårsverk, merke\r\n"
                                       "5001 Trondheim - Tråante;2010;2359,34;;\r\n"));
    for (const char *line = strchr(text, '\n'); line != NULL; line = strchr(line + 1, '\n')) {
        assert_true(line[-1] == '\r');
    }
}

static void machine_only_tables_are_left_out(void **state)
{
    const SpTestWritten *made = *state;
    g_auto(GStrv) files = sp_folder_walk(made->folder, NULL);
    g_autofree char *all = g_strjoinv(" ", files);
    assert_string_equal(all, "excel-csv/aarsverk-excel.csv excel-csv/befolkning-excel.csv "
                             "excel-csv/kilder-excel.csv excel-csv/plassering-excel.csv");
}

static void a_region_is_code_and_name_in_one_cell(void **state)
{
    const SpTestWritten *made = *state;
    g_autoptr(GPtrArray) rows = read_sheet(made->folder, "befolkning");
    assert_string_equal(cell(rows, 1, 0), "0 Hele landet");
    assert_string_equal(cell(rows, 13, 0), "50 Trøndelag - Trööndelage");
    assert_string_equal(cell(rows, 25, 0), "5001 Trondheim - Tråante");
    assert_string_equal(cell(rows, 1, 1), "Menn");
    assert_string_equal(cell(rows, 1, 2), "67–79 år");
    assert_string_equal(cell(rows, 1, 3), "1.1.2024");
}

static void a_region_without_a_name_keeps_its_leading_zero(void **state)
{
    const SpTestWritten *made = *state;
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    SpTable *table = sp_tables_find(package->tables, "aarsverk");
    (void)made;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        sp_table_set_code(table, row, 0, "0412");
    }
    char *folder = sp_test_write(&sp_output_excelcsv, &package->package, NULL);
    g_autoptr(GPtrArray) rows = read_sheet(folder, "aarsverk");
    assert_string_equal(cell(rows, 1, 0), "nr. 0412");
    sp_test_folder_remove(folder);
}

/* Figure, sign and flags of a table as they must stand in the file. */
static void assert_figure(char *const cells[], SpReal real, double times)
{
    char flags[SP_FLAGS_TEXT_SIZE];
    double value = 0.0;
    const gboolean is_plain = real.status == SP_PRESENT || real.status == SP_ZERO;
    assert_string_equal(cells[2], sp_flags_format(real.flags, flags));
    assert_string_equal(cells[1], is_plain ? "" : sp_status_sign((SpStatus)real.status));
    if (!sp_real_is_number(real)) {
        assert_string_equal(cells[0], "");
        return;
    }
    assert_true(sp_number_parse(cells[0], strlen(cells[0]), sp_number_norwegian, &value));
    assert_near(value, sp_number_round(sp_number_round(real.value) * times), 0.0);
}

static void every_figure_is_that_of_the_table(void **state)
{
    static const char *const names[] = {"befolkning", "aarsverk"};
    const SpTestWritten *made = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const SpTable *table = sp_tables_find(made->package->tables, names[i]);
        g_autoptr(GPtrArray) rows = read_sheet(made->folder, names[i]);
        const gsize measure = sp_table_n_columns(table) - 1;
        assert_int_equal(rows->len, sp_table_n_rows(table) + 1);
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            char *const *cells = rows->pdata[row + 1];
            assert_figure(cells + measure, sp_table_real(table, row, measure), 1.0);
        }
    }
}

static void a_share_is_in_percent_and_its_row_says_so(void **state)
{
    const SpTestWritten *made = *state;
    const SpTable *table = sp_tables_find(made->package->tables, "plassering");
    g_autoptr(GPtrArray) rows = read_sheet(made->folder, "plassering");
    gsize n_shares = 0;
    assert_string_equal(cell(rows, 0, 1), "Enhet");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        char *const *cells = rows->pdata[row + 1];
        const gboolean is_share = strcmp(sp_table_code(table, row, 0), "use_home_80plus") == 0;
        n_shares += is_share ? 1 : 0;
        assert_true((strcmp(cells[1], "prosent") == 0) == is_share);
        assert_figure(cells + 5, sp_table_real(table, row, 4), is_share ? 100.0 : 1.0);
        assert_figure(cells + 8, sp_table_real(table, row, 5), 1.0); /* a ratio, whatever the row */
    }
    assert_int_equal(n_shares, 6);
}

static void a_share_of_its_own_unit_says_so_in_the_heading(void **state)
{
    (void)state;
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "kommune"},
        {.name = "andel", .kind = SP_COLUMN_MEASURE, .unit = "share"}};
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    SpTable *table = sp_table_new("reform", columns, G_N_ELEMENTS(columns));
    sp_table_set_code(table, sp_table_add_row(table), 0, "5001");
    sp_table_set_real(table, 0, 1, sp_real(0.170868347));
    sp_tables_add(package->tables, table);
    char *folder = sp_test_write(&sp_output_excelcsv, &package->package, NULL);
    g_autoptr(GPtrArray) rows = read_sheet(folder, "reform");
    assert_true(g_str_has_suffix(cell(rows, 0, 1), " (prosent)"));
    assert_string_equal(cell(rows, 1, 1), "17,0868347");
    sp_test_folder_remove(folder);
}

static void a_change_of_a_share_is_in_percentage_points_and_its_heading_says_so(void **state)
{
    (void)state;
    static const SpColumn columns[] = {
        {.name = "indikator", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "stigning", .kind = SP_COLUMN_MEASURE}};
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    SpTable *table = sp_table_new("utfordringer", columns, G_N_ELEMENTS(columns));
    sp_table_set_code(table, sp_table_add_row(table), 0, "use_home_80plus");
    sp_table_set_real(table, 0, 1, sp_real(0.0018));
    sp_tables_add(package->tables, table);
    char *folder = sp_test_write(&sp_output_excelcsv, &package->package, NULL);
    g_autoptr(GPtrArray) rows = read_sheet(folder, "utfordringer");
    assert_string_equal(cell(rows, 1, 1), "prosent");
    assert_string_equal(cell(rows, 0, 2), "Endring per år (prosentpoeng der enheten er prosent)");
    assert_string_equal(cell(rows, 1, 2), "0,18");
    sp_test_folder_remove(folder);
}

/* A number may begin with a minus, a text with none of these. */
static void assert_no_formula(const char *text)
{
    double value = 0.0;
    if (!sp_number_parse(text, strlen(text), sp_number_norwegian, &value) &&
        strcmp(text, "-") != 0) {
        assert_null(text[0] != '\0' ? strchr("=+-@\t\r", text[0]) : NULL);
    }
}

static void no_cell_is_a_formula(void **state)
{
    const SpTestWritten *made = *state;
    static const char *const names[] = {"befolkning", "aarsverk", "kilder", "plassering"};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(GPtrArray) rows = read_sheet(made->folder, names[i]);
        for (guint row = 0; row < rows->len; row++) {
            for (char **text = rows->pdata[row]; *text != NULL; text++) {
                assert_no_formula(*text);
            }
        }
    }
}

static void hostile_texts_stand_as_they_are_or_behind_an_apostrophe(void **state)
{
    const SpTestWritten *made = *state;
    g_autoptr(GPtrArray) rows = read_sheet(made->folder, "kilder");
    for (guint i = 0; sp_test_hostile[i] != NULL; i++) {
        const char *text = cell(rows, i + 1, 1);
        if (strchr(sp_test_hostile[i], '\x01') != NULL) {
            assert_string_equal(text, "control \uFFFD and \uFFFD");
        } else {
            assert_string_equal(text[0] == '\'' ? text + 1 : text, sp_test_hostile[i]);
        }
    }
}

static void two_codes_with_the_same_words_are_told_apart(void **state)
{
    (void)state;
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "kommune"},
        {.name = "kjonn", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "aarsverk", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"}};
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    SpTable *table = sp_table_new("kompetanse", columns, G_N_ELEMENTS(columns));
    static const char *const codes[] = {"1", "Menn"};
    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
        const gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, 0, "5001");
        sp_table_set_code(table, row, 1, codes[i]);
    }
    sp_tables_add(package->tables, table);
    char *folder = sp_test_write(&sp_output_excelcsv, &package->package, NULL);
    g_autoptr(GPtrArray) rows = read_sheet(folder, "kompetanse");
    assert_string_equal(cell(rows, 1, 1), "Menn (1)");
    assert_string_equal(cell(rows, 2, 1), "Menn");
    sp_test_folder_remove(folder);
}

static void a_table_without_rows_is_no_file_where_a_notice_is_due(void **state)
{
    (void)state;
    static const SpColumn columns[] = {{.name = "region", .is_key = TRUE},
                                       {.name = "aarsverk", .kind = SP_COLUMN_MEASURE}};
    g_autoptr(SpTestPackage) package = sp_test_package_new("nb");
    sp_tables_add(package->tables, sp_table_new("brukere", columns, G_N_ELEMENTS(columns)));
    char *folder = sp_test_write(&sp_output_excelcsv, &package->package, NULL);
    g_autofree char *path = g_build_filename(folder, "excel-csv", "brukere-excel.csv", NULL);
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    sp_test_folder_remove(folder);
}

static void two_runs_in_two_time_zones_and_locales_give_the_same_bytes(void **state)
{
    const SpTestWritten *made = *state;
    sp_test_assert_same_again(&sp_output_excelcsv, &made->package->package, made->folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_what_norwegian_excel_opens),
        cmocka_unit_test(machine_only_tables_are_left_out),
        cmocka_unit_test(a_region_is_code_and_name_in_one_cell),
        cmocka_unit_test(a_region_without_a_name_keeps_its_leading_zero),
        cmocka_unit_test(every_figure_is_that_of_the_table),
        cmocka_unit_test(a_share_is_in_percent_and_its_row_says_so),
        cmocka_unit_test(a_share_of_its_own_unit_says_so_in_the_heading),
        cmocka_unit_test(a_change_of_a_share_is_in_percentage_points_and_its_heading_says_so),
        cmocka_unit_test(no_cell_is_a_formula),
        cmocka_unit_test(hostile_texts_stand_as_they_are_or_behind_an_apostrophe),
        cmocka_unit_test(two_codes_with_the_same_words_are_told_apart),
        cmocka_unit_test(a_table_without_rows_is_no_file_where_a_notice_is_due),
        cmocka_unit_test(two_runs_in_two_time_zones_and_locales_give_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, write_once, sp_test_written_clean);
}
