/* The ledger made again from the files that it is an index of. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/io/sqlite.h"

#include <glib/gstdio.h>

/* All rows of the ledger that files tell of, as text. */
static char *rows_of(const Mini *mini)
{
    static const char *const queries[] = {
        "SELECT id || program || started || finished || exit_status || coalesce(message, '')"
        " FROM run WHERE program NOT IN ('statpakke-rebuild') ORDER BY id",
        "SELECT run || stage || unit || coalesce(key, '') || coalesce(content, '') || outcome"
        " || started || seconds || coalesce(message, '') || n_rows FROM execution ORDER BY id",
        "SELECT stage || unit || key || content || made FROM artefact ORDER BY 1",
        "SELECT stage || unit || key || input FROM parent ORDER BY 1"};
    g_autofree char *path = g_build_filename(mini->workspace, "ledger.db", NULL);
    GString *text = g_string_new(NULL);
    g_autoptr(SpDatabase) ledger = sp_database_open_readonly(path, NULL);
    assert_non_null(ledger);
    for (gsize i = 0; i < G_N_ELEMENTS(queries); i++) {
        g_autoptr(SpStatement) select = sp_statement_new(ledger, queries[i], NULL);
        gboolean has_row = FALSE;
        while (sp_statement_step(select, &has_row, NULL) && has_row) {
            g_string_append_printf(text, "%s\n", sp_statement_text(select, 0));
        }
    }
    return g_string_free(text, FALSE);
}

/* A country of which the driver has run, a stage alone, and one that failed. */
static Mini *country(void)
{
    Mini *mini = mini_with_edition();
    g_auto(Result) again = mini_run(mini, NULL, "statpakke-protect", "--force", NULL);
    mini_write(mini, "omsorg.csv", "<html>");
    g_auto(Result) failed =
        mini_run(mini, NULL, "statpakke-fetch", "--unit=tabular/aarsverk", NULL);
    assert_int_equal(again.status, 0);
    assert_int_not_equal(failed.status, 0);
    return mini;
}

static void a_rebuilt_ledger_has_every_row_that_it_had(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = country();
    g_autofree char *before = rows_of(mini);
    g_auto(Result) rebuilt = mini_run(mini, NULL, "statpakke-rebuild", NULL);
    g_autofree char *after = rows_of(mini);
    assert_int_equal(rebuilt.status, 0);
    assert_has(rebuilt.out, "ledger.db: 3 runs with ");
    assert_string_equal(after, before);
}

static void a_ledger_that_is_lost_or_damaged_comes_again_with_the_next_run(void **state)
{
    (void)state;
    for (int is_lost = 0; is_lost <= 1; is_lost++) {
        g_autoptr(Mini) mini = mini_with_edition();
        g_autofree char *path = g_build_filename(mini->workspace, "ledger.db", NULL);
        g_autofree char *before = rows_of(mini);
        g_autofree char *current = mini_current(mini);
        if (is_lost) {
            assert_int_equal(g_unlink(path), 0);
        } else {
            assert_true(g_file_set_contents(path, "not a ledger", -1, NULL));
        }
        g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
        g_autofree char *after = rows_of(mini);
        g_autofree char *served = mini_current(mini);
        assert_int_equal(night.status, 0);
        assert_has(night.err, "made again from the files");
        assert_true(g_str_has_prefix(after, "1statpakke-run"));
        assert_has(after, "2statpakke-run"); /* numbers go on where they were */
        assert_string_equal(served, current);
        assert_int_equal(strlen(before) < strlen(after), TRUE);
    }
}

static void what_cannot_be_read_is_told_and_left_out(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = country();
    g_autofree char *run = g_build_filename(mini->workspace, "runs", "2", "run.json", NULL);
    assert_true(g_file_set_contents(run, "{\"run\": 2}", -1, NULL));
    g_auto(Result) rebuilt = mini_run(mini, NULL, "statpakke-rebuild", NULL);
    g_autofree char *after = rows_of(mini);
    assert_int_equal(rebuilt.status, 0);
    assert_has(rebuilt.err, "run.json does not tell of a run; the ledger is made without it");
    assert_has(after, "1statpakke-run");
    assert_has(after, "3statpakke-fetch");
    assert_null(strstr(after, "2statpakke-protect"));
}

/* It said something and was cut off before it could say how it ended. */
static void a_run_that_was_cut_off_is_one_that_never_finished(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = country();
    g_autofree char *run = g_build_filename(mini->workspace, "runs", "2", "run.json", NULL);
    assert_int_equal(g_unlink(run), 0);
    g_auto(Result) rebuilt = mini_run(mini, NULL, "statpakke-rebuild", NULL);
    g_auto(Result) status = mini_run(mini, NULL, "statpakke-status", NULL);
    assert_int_equal(rebuilt.status, 0);
    assert_has(status.out, "statpakke-protect    did not finish");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rebuilt_ledger_has_every_row_that_it_had),
        cmocka_unit_test(a_ledger_that_is_lost_or_damaged_comes_again_with_the_next_run),
        cmocka_unit_test(what_cannot_be_read_is_told_and_left_out),
        cmocka_unit_test(a_run_that_was_cut_off_is_one_that_never_finished),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
