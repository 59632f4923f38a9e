/* Some rows of tables on disk. */
#include "tests/core/io/folder.h"
#include "tests/core/io/rowsink.h"
#include "tests/core/rows.h"

#include "core/error.h"
#include "core/io/tablefiles_rows.h"
#include "core/table_rows.h"

#include <fcntl.h>
#include <sys/mman.h>

enum { N_ROWS = 30000 /* several pieces of the reader's */ };

/* Texts that a reader of lines would stumble over. */
static const char *const codes[] = {"0301", "",     "50\n01", "a,b",  "\"",       "x\"\"\ny,",
                                    "5001", "5002", ",",      "\n\n", "\"0301\"", "æ ø å"};

static gboolean is_chosen(const char *table, const char *code, gpointer data)
{
    (void)table;
    return strcmp(code, data) == 0;
}

/* With the column of regions in place `place`, each row another. */
static SpTable *table_with_region_at(gsize place)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    SpTable *table = sp_table_new("tall", NULL, 0);
    for (gsize i = 0; i < 3; i++) {
        static const char *const names[] = {"foran", "bak"};
        const char *name = i == place ? "region" : names[i > place ? i - 1 : i];
        sp_table_add_column(table,
                            &(SpColumn){.name = name, .kind = SP_COLUMN_CODE, .is_key = TRUE});
        if (i == 0) {
            sp_table_add_column(table, &(SpColumn){.name = "antall", .kind = SP_COLUMN_MEASURE});
        }
    }
    sp_table_add_column(table, &(SpColumn){.name = "nr", .kind = SP_COLUMN_CODE, .is_key = TRUE});
    const gsize n = sp_table_n_columns(table);
    for (gsize row = 0; row < N_ROWS; row++) {
        sp_table_add_row(table);
        g_autofree char *number = g_strdup_printf("%" G_GSIZE_FORMAT, row);
        for (gsize i = 0; i + 1 < n; i++) {
            const gint code = g_rand_int_range(random, 0, G_N_ELEMENTS(codes));
            if (sp_table_column(table, i)->kind == SP_COLUMN_CODE) {
                sp_table_set_code(table, row, i, codes[code]);
            } else {
                sp_table_set_real(table, row, i, sp_real(code));
            }
        }
        sp_table_set_code(table, row, n - 1, number);
    }
    return table;
}

static void chosen_rows_are_those_of_the_whole_table(void **state)
{
    for (gsize place = 0; place < 3; place++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *name = g_strdup_printf("%" G_GSIZE_FORMAT, place);
        g_autofree char *folder = path_in(state, name);
        g_autoptr(SpTables) tables = sp_tables_new();
        sp_tables_add(tables, table_with_region_at(place));
        assert_int_equal(g_mkdir(folder, 0700), 0);
        sp_tables_write(tables, folder, "tall", 0600, &error);
        assert_no_error(error);
        SpTable *whole = sp_tables_at(tables, 0);
        for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
            const SpRowChoice choice = {
                .column = "region", .wants = is_chosen, .data = (gpointer)codes[i]};
            g_autoptr(SpTables) some = sp_tables_read_chosen(folder, NULL, &choice, &error);
            assert_no_error(error);
            g_autoptr(SpTable) wanted = sp_table_filter_codes(whole, sp_table_find(whole, "region"),
                                                              (const char *const *)&codes[i], 1);
            g_autofree char *found = text_of_table(sp_tables_at(some, 0));
            g_autofree char *expected = text_of_table(wanted);
            assert_true(sp_table_n_rows(wanted) > 1000);
            assert_string_equal(found, expected);
        }
    }
}

/* Writes two tables of which one has regions. */
static void write_two(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) tables = sp_tables_new();
    sp_tables_add(tables, TABLE("folk", "region:key antall:sum", "0301 1", "5001 2", "5002 3"));
    sp_tables_add(tables, TABLE("kilder", "kilde:key antall:sum", "a 1", "b 2"));
    sp_tables_write(tables, *state, "to", 0600, &error);
    assert_no_error(error);
}

static const SpRowChoice of_5001 = {
    .column = "region", .wants = is_chosen, .data = (gpointer)(gconstpointer) "5001"};

static void tables_without_the_column_are_read_whole(void **state)
{
    g_autoptr(GError) error = NULL;
    write_two(state);
    g_autoptr(SpTables) tables = sp_tables_read_chosen(*state, NULL, &of_5001, &error);
    assert_no_error(error);
    assert_rows(sp_tables_find(tables, "folk"), "5001 2");
    assert_rows(sp_tables_find(tables, "kilder"), "a 1", "b 2");
}

static void names_that_are_not_there_are_no_error(void **state)
{
    static const char *const names[] = {"folk", "finnes_ikke", NULL};
    g_autoptr(GError) error = NULL;
    write_two(state);
    g_autoptr(SpTables) tables = sp_tables_read_chosen(*state, names, &of_5001, &error);
    assert_no_error(error);
    assert_int_equal(sp_tables_size(tables), 1);
}

/* Puts another text of the same length into the file of regions and reads the chosen rows. */
static GError *error_after(void **state, const char *part, const char *other)
{
    GError *error = NULL;
    write_two(state);
    g_autofree char *path = path_in(state, "folk.csv");
    g_autofree char *text = text_of(path);
    char *found = strstr(text, part);
    assert_non_null(found);
    memcpy(found, other, strlen(other));
    put_text(path, text);
    g_autoptr(SpTables) tables = sp_tables_read_chosen(*state, NULL, &of_5001, &error);
    return error;
}

static void a_chosen_row_that_is_wrong_is_told_with_its_number_in_the_file(void **state)
{
    g_autoptr(GError) error = error_after(state, "5001,2", "5001,x");
    assert_error(error, SP_ERROR_DATA, "folk.csv: row 3: column antall");
}

/* Behind more rows than a piece of the reader holds. */
static void write_hidden_last(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) tables = sp_tables_new();
    SpTable *table = table_with_region_at(1);
    const gsize measure = sp_table_find(table, "antall");
    sp_table_sort(table);
    sp_table_set_real(table, N_ROWS - 1, measure, (SpReal){.status = SP_SUPPRESSED});
    sp_tables_add(tables, table);
    assert_true(sp_tables_write(tables, *state, "tall", 0600, &error));
    assert_no_error(error);
}

static void a_status_is_found_in_the_last_row_and_no_other_is(void **state)
{
    g_autoptr(GError) error = NULL;
    gboolean has = FALSE;
    write_hidden_last(state);
    assert_true(sp_tables_has_status(*state, "tall", SP_SUPPRESSED, &has, &error));
    assert_true(has);
    assert_true(sp_tables_has_status(*state, "tall", SP_PENDING, &has, &error));
    assert_false(has);
    assert_no_error(error);
}

static void a_status_is_not_denied_of_what_cannot_be_read(void **state)
{
    g_autoptr(GError) gone = NULL;
    g_autoptr(GError) wrong = NULL;
    gboolean has = TRUE;
    write_hidden_last(state);
    assert_false(sp_tables_has_status(*state, "finnes_ikke", SP_SUPPRESSED, &has, &gone));
    assert_error(gone, SP_ERROR_NO_INPUT, "has no table finnes_ikke");
    g_autofree char *path = path_in(state, "tall.csv");
    g_autofree char *text = text_of(path);
    char *sign = strstr(text, ",,:,");
    assert_non_null(sign);
    sign[2] = '?';
    put_text(path, text);
    assert_false(sp_tables_has_status(*state, "tall", SP_SUPPRESSED, &has, &wrong));
    assert_error(wrong, SP_ERROR_DATA, "column antall: want a status sign, got \"?\"");
}

/* A table's reader knows its columns. */
static gboolean begin_of_two(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    return n == 2 ? rowsink_begin(sink, names, n, error)
                  : sp_error_set(error, SP_ERROR_DATA, "%" G_GSIZE_FORMAT " columns, want 2", n);
}

static RowSink new_sink(void)
{
    return (RowSink){.sink = {.begin = begin_of_two, .row = rowsink_row},
                     .text = g_string_new(NULL),
                     .max_written = 1000};
}

static const SpCsvForm form = {
    .origin = "tall.csv", .encoding = "UTF-8", .delimiter = ',', .header_rows = 1};

/* Rows of two fields, chosen by the first. g_free. */
static char *rows_of(int fd, const SpRowChoice *choice, GError **error)
{
    RowSink rows = new_sink();
    g_autoptr(SpTable) table = sp_table_new("tall", NULL, 0);
    g_autoptr(SpCsv) csv = sp_csv_open(&form, &rows.sink, error);
    const SpRowsFile file = {.fd = fd,
                             .path = form.origin,
                             .table = table,
                             .sink = &rows.sink,
                             .n_fields = 2,
                             .csv = csv,
                             .choice = choice};
    if (sp_rows_feed(&file, error)) {
        (void)sp_csv_close(g_steal_pointer(&csv), error);
    }
    return g_string_free(rows.text, FALSE);
}

static char *rows_of_file(const char *path, const SpRowChoice *choice, GError **error)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    char *rows = rows_of(fd, choice, error);
    close(fd);
    return rows;
}

/* Behind a quote out of place in a row that nobody wants stands one that is wanted. */
static void a_quote_out_of_place_hides_no_row(void **state)
{
    static const char text[] = "region,antall\n0301,a\"\n5001,b\n5002,c\"\n";
    g_autoptr(GError) error = NULL;
    g_autofree char *path = path_in(state, "tall.csv");
    put_text(path, text);
    g_autofree char *found = rows_of_file(path, &of_5001, &error);
    assert_error(error, SP_ERROR_DATA, "row 2: a quote stands out of place");
}

static void a_carriage_return_hides_no_row(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = path_in(state, "tall.csv");
    put_text(path, "region,antall\n5002,a\r5001,b\n");
    g_autofree char *found = rows_of_file(path, &of_5001, &error);
    assert_error(error, SP_ERROR_DATA, "tall.csv: row 2: a carriage return outside quotes");
}

static void a_last_row_without_its_line_feed_is_chosen_like_others(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = path_in(state, "tall.csv");
    put_text(path, "region,antall\n5001,b\n5002,c");
    g_autofree char *other = rows_of_file(path, &of_5001, &error);
    assert_no_error(error);
    assert_string_equal(other, "region|antall\n2:5001|b\n");
    put_text(path, "region,antall\n5002,c\n5001,b");
    g_autofree char *wanted = rows_of_file(path, &of_5001, &error);
    assert_no_error(error);
    assert_string_equal(wanted, "region|antall\n3:5001|b\n");
}

static void a_quote_that_never_ends_is_told(void **state)
{
    g_autoptr(GError) error = error_after(state, "0301", "\"301");
    assert_error(error, SP_ERROR_DATA, "quote");
}

/* A header of two columns and a few bytes of what matters to a reader. */
static GString *random_text(GRand *random)
{
    static const char *const parts[] = {"a",    "b",  ",",    ",", "\n",   "\n", "\"",
                                        "\"\"", "\r", "\r\n", "æ", "\xc3", "\0", " "};
    GString *text = g_string_new(g_rand_boolean(random) ? "x,y\n" : "");
    const gint n = g_rand_int_range(random, 0, 24);
    for (gint i = 0; i < n; i++) {
        const gint part = g_rand_int_range(random, 0, G_N_ELEMENTS(parts));
        g_string_append_len(text, parts[part], (gssize)MAX(strlen(parts[part]), 1));
    }
    return text;
}

/* What a sink was given, or that the text was refused: of two faults either may be found first, and
 * libcsv's decoder holds rows back before one. */
static char *told(RowSink *rows, GError *error)
{
    char *text = g_strdup(error != NULL ? "refused" : rows->text->str);
    g_string_free(rows->text, TRUE);
    return text;
}

static char *read_by_csv(const GString *text)
{
    g_autoptr(GError) error = NULL;
    RowSink rows = new_sink();
    (void)sp_csv_parse(text->str, text->len, &form, &rows.sink, &error);
    return told(&rows, error);
}

/* NULL for what libcsv reads and no table of ours has. */
static char *read_by_rows(const GString *text, int fd)
{
    g_autoptr(GError) error = NULL;
    assert_int_equal(ftruncate(fd, 0), 0);
    assert_int_equal(pwrite(fd, text->str, text->len, 0), text->len);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    char *rows = rows_of(fd, NULL, &error);
    if (error != NULL) {
        g_free(rows);
        rows = strstr(error->message, "carriage return") != NULL ? NULL : g_strdup("refused");
    }
    return rows;
}

static void any_bytes_are_read_as_libcsv_reads_them(void **state)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(20261123);
    const int fd = memfd_create("tall", MFD_CLOEXEC);
    (void)state;
    assert_true(fd >= 0);
    for (int i = 0; i < 100000; i++) {
        GString *text = random_text(random);
        g_autofree char *wanted = read_by_csv(text);
        g_autofree char *found = read_by_rows(text, fd);
        if (found != NULL && strcmp(wanted, found) != 0) {
            g_autofree char *shown = g_strescape(text->str, NULL);
            fail_msg("%s: \"%s\", want \"%s\"", shown, found, wanted);
        }
        g_string_free(text, TRUE);
    }
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(chosen_rows_are_those_of_the_whole_table),
        FOLDER_TEST(tables_without_the_column_are_read_whole),
        FOLDER_TEST(names_that_are_not_there_are_no_error),
        FOLDER_TEST(a_chosen_row_that_is_wrong_is_told_with_its_number_in_the_file),
        FOLDER_TEST(a_status_is_found_in_the_last_row_and_no_other_is),
        FOLDER_TEST(a_status_is_not_denied_of_what_cannot_be_read),
        FOLDER_TEST(a_quote_that_never_ends_is_told),
        FOLDER_TEST(a_quote_out_of_place_hides_no_row),
        FOLDER_TEST(a_carriage_return_hides_no_row),
        FOLDER_TEST(a_last_row_without_its_line_feed_is_chosen_like_others),
        cmocka_unit_test(any_bytes_are_read_as_libcsv_reads_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
