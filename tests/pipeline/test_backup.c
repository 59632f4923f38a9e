/* Backups, and workspaces made of them. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/io/files.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#define DAY_1 "--now=2025-03-02T05:00:00Z"
#define DAY_2 "--now=2025-03-03T05:00:00Z"
#define DAY_3 "--now=2025-03-04T05:00:00Z"

typedef struct {
    Mini *mini;
    char *folder; /* of backups */
    char *other;  /* a workspace that is not there yet */
} Place;

static Place place_new(void)
{
    Mini *mini = mini_with_edition();
    return (Place){.mini = mini,
                   .folder = g_build_filename(mini->folder, "backups", NULL),
                   .other = g_build_filename(mini->folder, "other", NULL)};
}

static void place_clear(Place *place)
{
    mini_free(place->mini);
    g_free(place->folder);
    g_free(place->other);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Place, place_clear)

static void back_up(const Place *place, const char *now)
{
    g_auto(Result) made = mini_run(place->mini, NULL, "statpakke-backup", now, place->folder, NULL);
    if (made.status != 0) {
        fail_msg("exit %d: %s", made.status, made.err);
    }
    assert_string_equal(made.err, ""); /* all is well, and nobody looks */
}

static Result restore(const Place *place, const char *option)
{
    g_autofree char *workspace = g_strconcat("--workspace=", place->other, NULL);
    return mini_run(place->mini, NULL, "statpakke-restore", workspace, place->folder, option, NULL);
}

/* "packages/index.json 0644", "current -> packages/...", line by line, but for what is not backed
 * up. */
static void list(GString *text, const char *root, const char *path)
{
    static const char *const left_out[] = {"/tmp", "/lock", "/runs"};
    struct stat status;
    g_autofree char *full = g_strconcat(root, path, NULL);
    g_autofree char *target = sp_link_read(full);
    assert_int_equal(lstat(full, &status), 0);
    for (gsize i = 0; i < G_N_ELEMENTS(left_out); i++) {
        if (strcmp(path, left_out[i]) == 0) {
            return;
        }
    }
    if (target != NULL) {
        g_string_append_printf(text, "%s -> %s\n", path, target);
        return;
    }
    char hash[SP_HASH_SIZE] = "";
    if (S_ISREG(status.st_mode) && strcmp(path, "/ledger.db") != 0) {
        assert_true(sp_file_hash(full, hash, NULL));
    }
    g_string_append_printf(text, "%s %o %s\n", path, (unsigned)status.st_mode, hash);
    g_auto(GStrv) names = S_ISDIR(status.st_mode) ? sp_folder_list(full, NULL) : NULL;
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *child = g_strdup_printf("%s/%s", path, *name);
        list(text, root, child);
    }
}

static char *list_of(const char *root)
{
    GString *text = g_string_new(NULL);
    list(text, root, "");
    return g_string_free(text, FALSE);
}

static void a_restored_workspace_is_the_one_that_was_backed_up(void **state)
{
    (void)state;
    g_auto(Place) place = place_new();
    g_autofree char *before = list_of(place.mini->workspace);
    back_up(&place, DAY_1);
    g_auto(Result) made = restore(&place, NULL);
    g_autofree char *after = list_of(place.other);
    assert_int_equal(made.status, 0);
    assert_has(made.out, "keys are in no backup");
    assert_string_equal(after, before);
}

/* The copies of the day before, and the same inode. */
static void what_did_not_change_is_copied_once(void **state)
{
    (void)state;
    g_auto(Place) place = place_new();
    struct stat one;
    struct stat other;
    back_up(&place, DAY_1);
    back_up(&place, DAY_2);
    g_autofree char *first =
        g_build_filename(place.folder, "2025-03-02T050000Z", "files/packages/index.json", NULL);
    g_autofree char *second =
        g_build_filename(place.folder, "2025-03-03T050000Z", "files/packages/index.json", NULL);
    assert_int_equal(stat(first, &one), 0);
    assert_int_equal(stat(second, &other), 0);
    assert_int_equal(one.st_ino, other.st_ino);
}

static void the_newest_is_restored_and_older_ones_go_when_told(void **state)
{
    (void)state;
    g_auto(Place) place = place_new();
    back_up(&place, DAY_1);
    mini_replace(place.mini, "omsorg.csv", "1103,2023,500", "1103,2023,540");
    g_auto(Result) night = mini_run(place.mini, NULL, "statpakke-run", NULL);
    assert_int_equal(night.status, 0);
    back_up(&place, DAY_2);
    g_auto(Result) third =
        mini_run(place.mini, NULL, "statpakke-backup", DAY_3, place.folder, "--keep=2", NULL);
    g_auto(GStrv) names = sp_folder_list(place.folder, NULL);
    g_autofree char *current = mini_current(place.mini);
    g_autofree char *name = g_path_get_basename(current);
    g_auto(Result) made = restore(&place, NULL);
    assert_int_equal(third.status, 0);
    assert_int_equal(g_strv_length(names), 2);
    assert_string_equal(names[0], "2025-03-03T050000Z");
    assert_has(made.out, name);
}

static void a_file_that_decayed_is_found_and_no_workspace_is_made(void **state)
{
    (void)state;
    g_auto(Place) place = place_new();
    back_up(&place, DAY_1);
    g_auto(Result) whole = restore(&place, "--dry-run");
    g_autofree char *file =
        g_build_filename(place.folder, "2025-03-02T050000Z", "files/packages/index.json", NULL);
    assert_true(g_file_set_contents(file, "{}", -1, NULL));
    g_auto(Result) checked = restore(&place, "--dry-run");
    g_auto(Result) made = restore(&place, NULL);
    assert_int_equal(whole.status, 0);
    assert_has(whole.out, ": whole, ");
    assert_int_equal(checked.status, 65);
    assert_has(checked.err, "index.json is not the file that was backed up");
    assert_int_equal(made.status, 65);
    assert_false(g_file_test(place.other, G_FILE_TEST_EXISTS));
    g_autofree char *unfinished = g_strconcat(place.other, ".restoring", NULL);
    assert_false(g_file_test(unfinished, G_FILE_TEST_EXISTS));
}

/* What waits in the inbox may be about persons. */
static void the_inbox_is_left_out_but_for_receipts(void **state)
{
    (void)state;
    g_auto(Place) place = place_new();
    mini_deliver(place.mini, "pai", "pai-2024.csv", "01019012345\n");
    mini_deliver(place.mini, "pai", "pai-2023.csv.mottatt.json", "{}\n");
    back_up(&place, DAY_1);
    g_autofree char *inbox =
        g_build_filename(place.folder, "2025-03-02T050000Z", "files/inbox/pai", NULL);
    g_auto(GStrv) names = sp_folder_list(inbox, NULL);
    assert_int_equal(g_strv_length(names), 1);
    assert_string_equal(names[0], "pai-2023.csv.mottatt.json");
}

static void nothing_is_written_over(void **state)
{
    (void)state;
    g_auto(Place) place = place_new();
    back_up(&place, DAY_1);
    g_auto(Result) same = mini_run(place.mini, NULL, "statpakke-backup", DAY_1, place.folder, NULL);
    g_auto(Result) over =
        mini_run(place.mini, NULL, "statpakke-restore", place.folder, NULL); /* the workspace */
    g_auto(Result) inside =
        mini_run(place.mini, NULL, "statpakke-backup", DAY_2, place.mini->workspace, NULL);
    assert_int_equal(same.status, 73);
    assert_int_equal(over.status, 73);
    assert_has(over.err, "is not an empty folder");
    assert_int_equal(inside.status, 64);
    assert_has(inside.err, "is in the workspace itself");
}

/* A list that was tampered with. */
static void a_path_that_leads_elsewhere_is_refused(void **state)
{
    (void)state;
    g_auto(Place) place = place_new();
    back_up(&place, DAY_1);
    gsize size = 0;
    g_autofree char *path =
        g_build_filename(place.folder, "2025-03-02T050000Z", "backup.json", NULL);
    g_autofree char *text = sp_file_read(path, 1 << 24, &size, NULL);
    g_auto(GStrv) parts = g_strsplit(text, "packages/index.json\"", 2);
    g_autofree char *other = g_strjoinv("../../index.json\"", parts);
    assert_true(g_file_set_contents(path, other, -1, NULL));
    g_auto(Result) made = restore(&place, NULL);
    assert_int_equal(made.status, 65);
    assert_has(made.err, "is not the list of a backup");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_restored_workspace_is_the_one_that_was_backed_up),
        cmocka_unit_test(what_did_not_change_is_copied_once),
        cmocka_unit_test(the_newest_is_restored_and_older_ones_go_when_told),
        cmocka_unit_test(a_file_that_decayed_is_found_and_no_workspace_is_made),
        cmocka_unit_test(the_inbox_is_left_out_but_for_receipts),
        cmocka_unit_test(nothing_is_written_over),
        cmocka_unit_test(a_path_that_leads_elsewhere_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
