/* The measures of the grants as data: one row each, whatever number they are printed under. */
#include "tests/check.h"

#include "pipeline/catalogue.h"

enum { N_MEASURES = 52, N_NUMBERS = 58 }; /* the list's own count: six stand under two strategies */

static SpTable *read_table(const char *folder, const char *file)
{
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autoptr(GError) error = NULL;
    SpTable *table = sp_catalogue_read(path, "t", NULL, &error);
    assert_no_error(error);
    return table;
}

static SpTable *config(const char *file)
{
    return read_table(SP_SOURCE_FOLDER "/config", file);
}

static const char *cell(const SpTable *table, gsize row, const char *column)
{
    return sp_table_code(table, row, sp_table_find(table, column));
}

/* The row that holds `code` in a column; fails when there is not one alone. */
static gsize only_row(const SpTable *table, const char *column, const char *code)
{
    gsize found = SP_NO_COLUMN;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(cell(table, row, column), code) == 0) {
            assert_int_equal(found, SP_NO_COLUMN);
            found = row;
        }
    }
    if (found == SP_NO_COLUMN) {
        fail_msg("no %s %s", column, code);
    }
    return found;
}

static void each_measure_has_one_row_and_each_number_one_measure(void **state)
{
    (void)state;
    g_autoptr(SpTable) measures = config("tiltak.csv");
    g_autoptr(SpTable) numbers = config("codes/tiltak.csv");
    assert_int_equal(sp_table_n_rows(measures), N_MEASURES);
    assert_int_equal(sp_table_n_rows(numbers), N_NUMBERS);
    for (gsize row = 0; row < N_NUMBERS; row++) {
        (void)only_row(measures, "tiltak", cell(numbers, row, "to"));
    }
    for (gsize row = 0; row < N_MEASURES; row++) {
        const char *id = cell(measures, row, "tiltak");
        const char *other = cell(measures, row, "ogsaa");
        assert_string_equal(cell(numbers, only_row(numbers, "from", id), "to"), id);
        if (other[0] != '\0') {
            assert_string_equal(cell(numbers, only_row(numbers, "from", other), "to"), id);
        }
    }
}

static void titles_are_those_a_reader_sees(void **state)
{
    (void)state;
    g_autoptr(SpTable) measures = config("tiltak.csv");
    g_autoptr(SpTable) texts = config("texts.csv");
    static const char *const languages[] = {"nb", "nn"};
    for (gsize row = 0; row < sp_table_n_rows(measures); row++) {
        const char *number = cell(measures, row, "tiltak");
        g_autofree char *id = g_strconcat("code.tiltak.", number, NULL);
        gsize text = only_row(texts, "id", id);
        for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
            g_autofree char *title =
                g_strdup_printf("%s %s", number, cell(measures, row, languages[i]));
            assert_string_equal(cell(texts, text, languages[i]), title);
        }
    }
}

static void the_list_is_that_of_the_report(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(SpTable) measures = config("tiltak.csv");
    g_autoptr(SpTable) report = read_table(shared, "kompetanseloft-tiltak/tiltak_2017.csv");
    assert_int_equal(sp_table_n_rows(report), N_NUMBERS);
    for (gsize row = 0; row < N_MEASURES; row++) {
        gsize at = only_row(report, "nr", cell(measures, row, "tiltak"));
        assert_string_equal(cell(measures, row, "ogsaa"), cell(report, at, "also_listed_as"));
        assert_string_equal(cell(measures, row, "strategi"), cell(report, at, "strategi"));
        assert_string_equal(cell(measures, row, "nb"), cell(report, at, "tiltak_nb"));
        assert_string_equal(cell(measures, row, "nn"), cell(report, at, "tiltak_nn"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_measure_has_one_row_and_each_number_one_measure),
        cmocka_unit_test(titles_are_those_a_reader_sees),
        cmocka_unit_test(the_list_is_that_of_the_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
