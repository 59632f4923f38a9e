/* The database of a package, read by SQLite and by its command line. */
#include "tests/check.h"
#include "tests/outputs/tables.h"

#include "core/io/sqlite.h"
#include "core/number.h"

extern const SpOutput sp_output_sqlite;

#define FILE_NAME "statistikkpakke.sqlite"

typedef struct {
    SpTestPackage *package;
    char *folder;
    char *path;
    SpDatabase *database;
} State;

static int write_once(void **state)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) kommuner = sp_test_kommuner(3);
    State *made = g_new0(State, 1);
    made->package = sp_test_package_new("nb");
    sp_tables_add(made->package->tables, sp_test_placing_new(kommuner));
    made->folder = sp_test_write(&sp_output_sqlite, &made->package->package, NULL);
    made->path = g_build_filename(made->folder, FILE_NAME, NULL);
    made->database = sp_database_open_readonly(made->path, &error);
    assert_no_error(error);
    *state = made;
    return 0;
}

static int clean(void **state)
{
    State *made = *state;
    sp_database_close(made->database);
    sp_test_folder_remove(made->folder);
    sp_test_package_free(made->package);
    g_free(made->path);
    g_free(made);
    return 0;
}

/* The answer as lines of cells with '|' between them, NULL as "". g_free. */
static char *ask(const State *made, const char *sql, int n_columns)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpStatement) statement = sp_statement_new(made->database, sql, &error);
    GString *answer = g_string_new(NULL);
    gboolean has_row = FALSE;
    assert_no_error(error);
    while (sp_statement_step(statement, &has_row, &error) && has_row) {
        for (int i = 0; i < n_columns; i++) {
            const char *text = sp_statement_text(statement, i);
            g_string_append_printf(answer, "%s%s", i > 0 ? "|" : "", text != NULL ? text : "");
        }
        g_string_append_c(answer, '\n');
    }
    assert_no_error(error);
    return g_string_free(answer, FALSE);
}

static void assert_answer(const State *made, const char *sql, int n_columns, const char *wanted)
{
    g_autofree char *answer = ask(made, sql, n_columns);
    assert_string_equal(answer, wanted);
}

static void the_database_is_whole_and_its_keys_hold(void **state)
{
    assert_answer(*state, "PRAGMA integrity_check", 1, "ok\n");
    assert_answer(*state, "PRAGMA foreign_key_check", 1, "");
}

static void sqlites_own_command_line_says_so_too(void **state)
{
    const State *made = *state;
    g_autofree char *program = g_find_program_in_path("sqlite3");
    g_autofree char *out = NULL;
    g_autofree char *err = NULL;
    if (program == NULL) {
        fprintf(stderr, "SKIPPED %s: no sqlite3 here, the database is NOT read by it\n", __func__);
        skip();
    }
    char *const command[] = {program, (char *)"-readonly", made->path,
                             (char *)"PRAGMA integrity_check; PRAGMA foreign_key_check; "
                                     "SELECT sykepleier_aarsverk FROM aarsverk LIMIT 1;",
                             NULL};
    assert_true(g_spawn_sync(NULL, (char **)command, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, &err,
                             NULL, NULL));
    assert_string_equal(err, "");
    assert_string_equal(out, "ok\n2359.34\n");
}

/* A measure is three columns of the row, from `place` on. */
static void assert_real(SpStatement *row, int place, SpReal real)
{
    char flags[SP_FLAGS_TEXT_SIZE];
    const gboolean has_number = sp_real_is_number(real);
    assert_true(sp_statement_is_null(row, place) == !has_number);
    if (has_number) {
        assert_near(sp_statement_double(row, place), sp_number_round(real.value), 0.0);
    }
    assert_string_equal(sp_statement_text(row, place + 1), sp_status_sign((SpStatus)real.status));
    assert_string_equal(sp_statement_text(row, place + 2), sp_flags_format(real.flags, flags));
}

static void assert_row(SpStatement *statement, const SpTable *table, gsize row)
{
    int place = 0;
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        if (sp_table_column(table, i)->kind == SP_COLUMN_MEASURE) {
            assert_real(statement, place, sp_table_real(table, row, i));
            place += 3;
        } else {
            assert_string_equal(sp_statement_text(statement, place), sp_table_code(table, row, i));
            place++;
        }
    }
}

static void every_cell_is_that_of_the_table_in_key_order(void **state)
{
    const State *made = *state;
    for (gsize i = 0; i < sp_tables_size(made->package->tables); i++) {
        const SpTable *table = sp_tables_at(made->package->tables, i);
        g_autofree char *sql = g_strdup_printf("SELECT * FROM \"%s\"", sp_table_name(table));
        g_autoptr(SpStatement) statement = sp_statement_new(made->database, sql, NULL);
        gboolean has_row = FALSE;
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            assert_true(sp_statement_step(statement, &has_row, NULL) && has_row);
            assert_row(statement, table, row);
        }
        assert_true(sp_statement_step(statement, &has_row, NULL) && !has_row);
    }
}

static void codes_have_words_in_three_languages(void **state)
{
    assert_answer(*state, "SELECT kode, nb, nn, en FROM kode_kjonn", 4,
                  "1|Menn|Menn|Men\n2|Kvinner|Kvinner|Women\n");
    assert_answer(*state, "SELECT nb, nn, slag FROM kode_region WHERE kode = '0'", 3,
                  "Hele landet|Heile landet|landet\n");
    assert_answer(*state, "SELECT nb, slag, fylke FROM kode_region WHERE kode = '5001'", 3,
                  "Trondheim - Tråante|kommune|50\n");
}

static void a_period_has_its_year_and_days(void **state)
{
    assert_answer(*state,
                  "SELECT aar, foerste_dag, siste_dag, typeof(aar) FROM kode_period "
                  "WHERE kode = '2024-01-01'",
                  4, "2024|2024-01-01|2024-01-01|integer\n");
}

static void an_indicator_has_its_definition(void **state)
{
    assert_answer(*state,
                  "SELECT nb, enhet, nevner IS NOT NULL FROM indikator "
                  "WHERE kode = 'pers_nurse_fte_p10k'",
                  3,
                  "Sykepleierårsverk i omsorgstjenestene per 10 000 innbyggere|årsverk per 10 000|"
                  "1\n");
}

static void tables_and_columns_are_defined(void **state)
{
    assert_answer(*state, "SELECT tittel_nb, rader FROM tabell WHERE tabell = 'befolkning'", 2,
                  "Folkemengde etter kjønn og alder|72\n");
    assert_answer(*state,
                  "SELECT slag, er_noekkel, kodetabell FROM kolonne WHERE tabell = 'befolkning' "
                  "AND kolonne = 'region'",
                  3, "kode|1|kode_region\n");
    assert_answer(*state,
                  "SELECT e.nn, e.desimaler FROM kolonne k JOIN enhet e USING (enhet) "
                  "WHERE k.tabell = 'aarsverk' AND k.kolonne = 'sykepleier_aarsverk'",
                  2, "årsverk|1\n");
    assert_answer(*state, "SELECT tabell, kilde FROM tabell_kilde", 2, "befolkning|test/00\n");
}

static void signs_and_flags_are_explained(void **state)
{
    assert_answer(*state, "SELECT nb FROM tegn WHERE tegn = ':'", 1,
                  "Tall kan ikke offentliggjøres\n");
    assert_answer(*state, "SELECT en FROM merke WHERE merke = 'm'", 1,
                  "Estimated by a model, not counted\n");
}

static void the_package_tells_its_edition_and_notices(void **state)
{
    assert_answer(*state, "SELECT utgave, dag, spraak, merknad_nb FROM pakke", 4,
                  "2026-02-25-1a2b3c4d|2026-02-25|nb|SYNTETISKE DATA · Ikke for publisering\n");
    assert_answer(*state, "SELECT navn FROM lisens", 1, "CC-BY-4.0\nNLOD-2.0\n");
}

static void a_table_by_indicator_has_an_index_by_region(void **state)
{
    const State *made = *state;
    g_autofree char *plan =
        ask(made, "EXPLAIN QUERY PLAN SELECT verdi FROM plassering WHERE region = '1101'", 4);
    assert_has(plan, "plassering_region");
}

static void hostile_texts_come_back_unchanged(void **state)
{
    const State *made = *state;
    g_autoptr(SpStatement) select =
        sp_statement_new(made->database, "SELECT tittel FROM kilder ORDER BY kilde", NULL);
    gboolean has_row = FALSE;
    for (gsize i = 0; sp_test_hostile[i] != NULL; i++) {
        assert_true(sp_statement_step(select, &has_row, NULL) && has_row);
        assert_string_equal(sp_statement_text(select, 0), sp_test_hostile[i]);
    }
}

static void two_runs_in_two_time_zones_and_locales_give_the_same_bytes(void **state)
{
    const State *made = *state;
    sp_test_assert_same_again(&sp_output_sqlite, &made->package->package, made->folder);
}

/* https://www.sqlite.org/fileformat.html: the change counter and the version-valid-for number. */
static void the_header_is_that_of_one_writer(void **state)
{
    const State *made = *state;
    gsize size = 0;
    g_autofree char *bytes = sp_test_file(made->folder, FILE_NAME, &size);
    assert_memory_equal(bytes, "SQLite format 3", 16);
    assert_memory_equal(bytes + 24, bytes + 92, 4);
    assert_memory_equal(bytes + 68, "SPak", 4);
    assert_int_equal(size % 8192, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_database_is_whole_and_its_keys_hold),
        cmocka_unit_test(sqlites_own_command_line_says_so_too),
        cmocka_unit_test(every_cell_is_that_of_the_table_in_key_order),
        cmocka_unit_test(codes_have_words_in_three_languages),
        cmocka_unit_test(a_period_has_its_year_and_days),
        cmocka_unit_test(an_indicator_has_its_definition),
        cmocka_unit_test(tables_and_columns_are_defined),
        cmocka_unit_test(signs_and_flags_are_explained),
        cmocka_unit_test(the_package_tells_its_edition_and_notices),
        cmocka_unit_test(a_table_by_indicator_has_an_index_by_region),
        cmocka_unit_test(hostile_texts_come_back_unchanged),
        cmocka_unit_test(two_runs_in_two_time_zones_and_locales_give_the_same_bytes),
        cmocka_unit_test(the_header_is_that_of_one_writer),
    };
    return cmocka_run_group_tests(tests, write_once, clean);
}
