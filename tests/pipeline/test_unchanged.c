/* A night on which nothing changed: what is known of yesterday is not read again, and what is not
 * as it was, is. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/io/files.h"
#include "core/io/identity.h"
#include "core/io/json.h"
#include "pipeline/ledger.h"

#include <utime.h>

#define POPULATION "--unit=ssb/folkemengde"
#define EXPECT "--set=ssb/folkemengde.expect=07459 Befolkning"

static void must_run(const Mini *mini, const char *program, const char *more)
{
    g_auto(Result) result = mini_run(mini, NULL, program, more, NULL);
    if (result.status != 0) {
        fail_msg("%s: exit %d: %s", program, result.status, result.err);
    }
}

/* Path of the description of a dataset's snapshot. g_free. */
static char *snapshot_of(const Mini *mini, const char *dataset)
{
    g_autofree char *folder = g_build_filename(mini->workspace, "snapshots", dataset, NULL);
    g_autofree char *link = g_build_filename(folder, "latest", NULL);
    g_autofree char *name = sp_link_read(link);
    assert_non_null(name);
    return g_build_filename(folder, name, NULL);
}

/* The title is in the document alone, and the document is not looked at: what is told is what was
 * kept of it. */
static void an_unchanged_table_is_known_by_the_title_that_was_kept(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    must_run(mini, "statpakke-fetch", EXPECT);
    g_autofree char *path = snapshot_of(mini, "ssb/folkemengde");
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    assert_non_null(strstr(text, "\"title\": \"07459: Befolkning\""));
    g_auto(GStrv) parts = g_strsplit(text, "07459: Befolkning", 2);
    g_autofree char *other = g_strjoinv("12880: Noe annet", parts);
    assert_true(g_file_set_contents(path, other, -1, NULL));
    g_auto(Result) kept = mini_run(mini, NULL, "statpakke-fetch", EXPECT, NULL);
    assert_int_equal(kept.status, SP_ERROR_DATA);
    assert_non_null(strstr(kept.err, "12880: Noe annet"));
    /* Written anew, though with the same bytes, it is read. */
    g_autofree char *extract = mini_read(mini, "07459.json");
    mini_write(mini, "07459.json", extract);
    must_run(mini, "statpakke-fetch", EXPECT);
}

static void other_words_are_expected_of_an_unchanged_table_too(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    must_run(mini, "statpakke-fetch", EXPECT);
    g_auto(Result) other = mini_run(mini, NULL, "statpakke-fetch", POPULATION,
                                    "--set=ssb/folkemengde.expect=Sysselsatte", NULL);
    assert_int_equal(other.status, SP_ERROR_DATA);
    assert_non_null(strstr(other.err, "Sysselsatte"));
}

static void a_changed_table_is_a_new_snapshot(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    must_run(mini, "statpakke-fetch", POPULATION);
    g_autofree char *before = snapshot_of(mini, "ssb/folkemengde");
    mini_replace(mini, "07459.json", "2025-02-25T07:00:00Z", "2025-02-26T07:00:00Z");
    must_run(mini, "statpakke-fetch", POPULATION);
    g_autofree char *after = snapshot_of(mini, "ssb/folkemengde");
    assert_string_not_equal(after, before);
}

static char *edition_folder(const Mini *mini)
{
    g_autofree char *target = mini_current(mini);
    assert_non_null(target);
    return g_build_filename(mini->workspace, target, NULL);
}

static gboolean is_checked(const Mini *mini, const char *folder)
{
    g_autofree char *path = g_build_filename(mini->workspace, "ledger.db", NULL);
    g_autoptr(GError) error = NULL;
    char identity[SP_HASH_SIZE];
    gboolean is = FALSE;
    g_autoptr(SpLedger) ledger = sp_ledger_open_readonly(path, &error);
    assert_no_error(error);
    assert_true(sp_folder_identity(folder, identity, NULL));
    assert_true(sp_ledger_is_checked(ledger, folder, identity, &is, NULL));
    return is;
}

/* The same size and the time of last writing set back: the file system knows all the same. */
static void an_edition_is_checked_once_until_a_file_of_it_is_written(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    must_run(mini, "statpakke-run", NULL);
    g_autofree char *folder = edition_folder(mini);
    assert_true(is_checked(mini, folder));
    g_autofree char *csv = g_build_filename(folder, "nasjonal", "data", "brukere.csv", NULL);
    GStatBuf info;
    assert_int_equal(g_stat(csv, &info), 0);
    const struct utimbuf then = {.actime = info.st_atime, .modtime = info.st_mtime};
    FILE *file = fopen(csv, "r+");
    assert_non_null(file);
    assert_int_equal(fseek(file, -2, SEEK_END), 0);
    assert_int_not_equal(fputc('#', file), EOF);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(utime(csv, &then), 0);
    assert_false(is_checked(mini, folder));
    g_auto(Result) audit = mini_run(mini, NULL, "statpakke-audit", NULL);
    assert_int_equal(audit.status, SP_ERROR_DATA);
    assert_non_null(strstr(audit.err, "altered: nasjonal/data/brukere.csv"));
    assert_false(is_checked(mini, folder));
}

static void a_delivery_is_read_again_when_it_is_another(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_autofree char *folder = g_build_filename(mini->workspace, "inbox/tabular", NULL);
    g_autofree char *path = g_build_filename(folder, "omsorg.csv", NULL);
    g_autofree char *text = mini_read(mini, "omsorg.csv");
    mini_set(mini, "tabular/brukere", "inbox = omsorg.csv");
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    must_run(mini, "statpakke-fetch", "--unit=tabular/brukere");
    g_autofree char *first = snapshot_of(mini, "tabular/brukere");
    must_run(mini, "statpakke-fetch", "--unit=tabular/brukere");
    g_autofree char *same = snapshot_of(mini, "tabular/brukere");
    strstr(text, "1600")[0] = '2';
    assert_true(g_file_set_contents(path, text, -1, NULL));
    must_run(mini, "statpakke-fetch", "--unit=tabular/brukere");
    g_autofree char *other = snapshot_of(mini, "tabular/brukere");
    assert_string_equal(same, first);
    assert_string_not_equal(other, first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unchanged_table_is_known_by_the_title_that_was_kept),
        cmocka_unit_test(other_words_are_expected_of_an_unchanged_table_too),
        cmocka_unit_test(a_changed_table_is_a_new_snapshot),
        cmocka_unit_test(an_edition_is_checked_once_until_a_file_of_it_is_written),
        cmocka_unit_test(a_delivery_is_read_again_when_it_is_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
