/* SQLite. */
#include "tests/core/io/folder.h"

#include "core/io/sqlite.h"

#include <sys/wait.h>
#include <unistd.h>

/* A new database with one table; *path is where it is (g_free). */
static SpDatabase *open_new(void **state, char **path)
{
    g_autoptr(GError) error = NULL;
    *path = path_in(state, "ledger.db");
    SpDatabase *database = sp_database_open(*path, &error);
    assert_no_error(error);
    assert_true(sp_database_run(database,
                                "CREATE TABLE run (id INTEGER PRIMARY KEY, name TEXT UNIQUE, "
                                "share REAL); CREATE TABLE part (run REFERENCES run (id));",
                                NULL));
    return database;
}

static char *pragma(SpDatabase *database, const char *sql)
{
    gboolean has_row = FALSE;
    g_autoptr(SpStatement) statement = sp_statement_new(database, sql, NULL);
    assert_true(sp_statement_step(statement, &has_row, NULL));
    return g_strdup(sp_statement_text(statement, 0));
}

static void bound_values_read_back(void **state)
{
    g_autofree char *path = NULL;
    g_autoptr(SpDatabase) database = open_new(state, &path);
    g_autoptr(SpStatement) insert =
        sp_statement_new(database, "INSERT INTO run (name, share) VALUES (?, ?)", NULL);
    char name[] = "Trøndelag'); DROP TABLE run; --";
    sp_statement_bind_text(insert, 1, name);
    sp_statement_bind_double(insert, 2, 0.1);
    name[0] = 'x'; /* texts are copied */
    assert_true(sp_statement_run(insert, NULL));
    assert_int_equal(sp_database_last_id(database), 1);
    sp_statement_bind_text(insert, 1, NULL);
    sp_statement_bind_int(insert, 2, G_GINT64_CONSTANT(9007199254740993));
    assert_true(sp_statement_run(insert, NULL));

    gboolean has_row = FALSE;
    g_autoptr(SpStatement) select =
        sp_statement_new(database, "SELECT name, share, id FROM run ORDER BY id", NULL);
    assert_true(sp_statement_step(select, &has_row, NULL));
    assert_true(has_row);
    assert_string_equal(sp_statement_text(select, 0), "Trøndelag'); DROP TABLE run; --");
    assert_string_equal(sp_statement_text(select, 1), "0.1");
    assert_true(sp_statement_step(select, &has_row, NULL));
    assert_null(sp_statement_text(select, 0));
    assert_int_equal(sp_statement_int(select, 2), 2);
    assert_true(sp_statement_step(select, &has_row, NULL));
    assert_false(has_row);
    assert_true(sp_statement_step(select, &has_row, NULL));
    assert_true(has_row);
}

static void new_database_is_private_and_durable(void **state)
{
    g_autofree char *path = NULL;
    mode_t umask_before = umask(0);
    g_autoptr(SpDatabase) database = open_new(state, &path);
    umask(umask_before);
    g_autofree char *journal = pragma(database, "PRAGMA journal_mode");
    g_autofree char *synchronous = pragma(database, "PRAGMA synchronous");
    g_autofree char *keys = pragma(database, "PRAGMA foreign_keys");
    g_autofree char *timeout = pragma(database, "PRAGMA busy_timeout");
    assert_int_equal(mode_of(path), 0600);
    assert_string_equal(journal, "delete");
    assert_string_equal(synchronous, "2");
    assert_string_equal(keys, "1");
    assert_string_equal(timeout, "10000");
}

static void broken_constraint_is_told_and_the_statement_lives_on(void **state)
{
    g_autofree char *path = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpDatabase) database = open_new(state, &path);
    g_autoptr(SpStatement) insert =
        sp_statement_new(database, "INSERT INTO run (name) VALUES (?)", NULL);
    sp_statement_bind_text(insert, 1, "a");
    assert_true(sp_statement_run(insert, NULL));
    assert_false(sp_statement_run(insert, &error));
    assert_error(error, SP_ERROR_DATA, "UNIQUE constraint failed: run.name");
    sp_statement_bind_text(insert, 1, "b");
    assert_true(sp_statement_run(insert, NULL));
    g_clear_error(&error);
    assert_false(sp_database_run(database, "INSERT INTO part VALUES (77)", &error));
    assert_error(error, SP_ERROR_DATA, "FOREIGN KEY");
}

static void wrong_sql_is_a_bug(void **state)
{
    g_autofree char *path = NULL;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpDatabase) database = open_new(state, &path);
    assert_null(sp_statement_new(database, "SELEKT 1", &error));
    assert_error(error, SP_ERROR_BUG, "SELEKT");
    g_clear_error(&error);
    assert_null(sp_statement_new(database, " -- nothing", &error));
    assert_error(error, SP_ERROR_BUG, "no SQL");
    g_clear_error(&error);
    g_autoptr(SpStatement) insert =
        sp_statement_new(database, "INSERT INTO run (name) VALUES (?)", NULL);
    sp_statement_bind_int(insert, 2, 1);
    assert_false(sp_statement_run(insert, &error));
    assert_error(error, SP_ERROR_BUG, "cannot bind");
    g_clear_error(&error);
    g_autoptr(SpStatement) select = sp_statement_new(database, "SELECT 1", NULL);
    assert_false(sp_statement_run(select, &error));
    assert_error(error, SP_ERROR_BUG, "gives rows");
}

static void file_that_is_no_database_is_refused(void **state)
{
    g_autofree char *path = path_in(state, "x.db");
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strnfill(5000, 'x');
    put_text(path, text);
    assert_null(sp_database_open(path, &error));
    assert_error(error, SP_ERROR_DATA, path);
    g_clear_error(&error);
    assert_null(sp_database_open_readonly(path, &error));
    assert_error(error, SP_ERROR_DATA, "not a database");
}

/* Its pages are half in the file, and a journal says what they were. */
static void what_a_killed_writer_left_is_undone_by_who_looks(void **state)
{
    g_autofree char *path = path_in(state, "x.db");
    g_autofree char *journal = g_strconcat(path, "-journal", NULL);
    SpDatabase *made = sp_database_open(path, NULL);
    assert_true(sp_database_run(made, "CREATE TABLE t (i INTEGER, x TEXT) STRICT", NULL));
    sp_database_close(made);
    const pid_t child = fork();
    if (child == 0) {
        SpDatabase *writer = sp_database_open(path, NULL);
        (void)sp_database_run(writer,
                              "PRAGMA cache_size = 1; BEGIN IMMEDIATE;"
                              "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                              "WHERE i < 20000) INSERT INTO t SELECT i, hex(zeroblob(50)) FROM n",
                              NULL);
        _exit(0);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_true(g_file_test(journal, G_FILE_TEST_EXISTS));
    g_autoptr(GError) error = NULL;
    g_autoptr(SpDatabase) database = sp_database_open_readonly(path, &error);
    assert_no_error(error);
    g_autoptr(SpStatement) select = sp_statement_new(database, "SELECT count(*) FROM t", NULL);
    gboolean has_row = FALSE;
    assert_true(sp_statement_step(select, &has_row, NULL) && has_row);
    assert_int_equal(sp_statement_int(select, 0), 0);
}

static void absent_database_is_no_input_and_is_not_made_by_reading(void **state)
{
    g_autofree char *path = path_in(state, "x.db");
    g_autoptr(GError) error = NULL;
    assert_null(sp_database_open_readonly(path, &error));
    assert_error(error, SP_ERROR_NO_INPUT, path);
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void database_in_an_absent_folder_cannot_be_made(void **state)
{
    g_autofree char *path = path_in(state, "absent/x.db");
    g_autoptr(GError) error = NULL;
    assert_null(sp_database_open(path, &error));
    assert_error(error, SP_ERROR_CANT_CREATE, path);
}

static void readonly_database_is_not_written(void **state)
{
    g_autofree char *path = NULL;
    g_autoptr(GError) error = NULL;
    sp_database_close(open_new(state, &path));
    g_autoptr(SpDatabase) database = sp_database_open_readonly(path, NULL);
    assert_false(sp_database_run(database, "DELETE FROM run", &error));
    assert_error(error, SP_ERROR_PERMISSION, "readonly");
}

static const SpDatabaseForm form = {
    .mode = 0644, .page_size = 8192, .application_id = 0x5350616B, .user_version = 3};

static void database_written_once_has_its_form_and_no_journal(void **state)
{
    g_autofree char *path = path_in(state, "x.sqlite");
    g_autofree char *journal_path = path_in(state, "x.sqlite-journal");
    g_autoptr(GError) error = NULL;
    g_autoptr(SpDatabase) database = sp_database_create(path, &form, &error);
    assert_no_error(error);
    assert_true(
        sp_database_run(database, "BEGIN; CREATE TABLE a (b); INSERT INTO a VALUES (1)", NULL));
    assert_false(g_file_test(journal_path, G_FILE_TEST_EXISTS));
    assert_true(sp_database_run(database, "COMMIT", NULL));
    g_autofree char *size = pragma(database, "PRAGMA page_size");
    g_autofree char *id = pragma(database, "PRAGMA application_id");
    g_autofree char *version = pragma(database, "PRAGMA user_version");
    assert_string_equal(size, "8192");
    assert_string_equal(id, "1397776747");
    assert_string_equal(version, "3");
    assert_int_equal(mode_of(path), 0644);
}

static void database_written_once_is_never_written_over(void **state)
{
    g_autofree char *path = path_in(state, "x.sqlite");
    g_autoptr(GError) error = NULL;
    put_text(path, "mine");
    assert_null(sp_database_create(path, &form, &error));
    assert_error(error, SP_ERROR_CANT_CREATE, path);
    g_autofree char *text = text_of(path);
    assert_string_equal(text, "mine");
}

static void borrowed_text_and_numbers_read_back(void **state)
{
    g_autofree char *path = NULL;
    g_autoptr(SpDatabase) database = open_new(state, &path);
    g_autoptr(SpStatement) insert =
        sp_statement_new(database, "INSERT INTO run (name, share) VALUES (?, ?)", NULL);
    sp_statement_bind_borrowed(insert, 1, "Røros og mer", strlen("Røros"));
    sp_statement_bind_double(insert, 2, 1.0 / 3.0);
    assert_true(sp_statement_run(insert, NULL));
    gboolean has_row = FALSE;
    g_autoptr(SpStatement) select =
        sp_statement_new(database, "SELECT name, share, NULL FROM run", NULL);
    assert_true(sp_statement_step(select, &has_row, NULL));
    assert_string_equal(sp_statement_text(select, 0), "Røros");
    assert_near(sp_statement_double(select, 1), 1.0 / 3.0, 0.0);
    assert_false(sp_statement_is_null(select, 1));
    assert_true(sp_statement_is_null(select, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FOLDER_TEST(bound_values_read_back),
        FOLDER_TEST(new_database_is_private_and_durable),
        FOLDER_TEST(broken_constraint_is_told_and_the_statement_lives_on),
        FOLDER_TEST(wrong_sql_is_a_bug),
        FOLDER_TEST(file_that_is_no_database_is_refused),
        FOLDER_TEST(what_a_killed_writer_left_is_undone_by_who_looks),
        FOLDER_TEST(absent_database_is_no_input_and_is_not_made_by_reading),
        FOLDER_TEST(database_in_an_absent_folder_cannot_be_made),
        FOLDER_TEST(readonly_database_is_not_written),
        FOLDER_TEST(database_written_once_has_its_form_and_no_journal),
        FOLDER_TEST(database_written_once_is_never_written_over),
        FOLDER_TEST(borrowed_text_and_numbers_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
