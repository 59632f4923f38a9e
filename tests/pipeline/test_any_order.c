/*
 * In whatever order somebody reruns stages by hand, the next run ends where one run alone would
 * have: the same edition, the same results in use, to the byte. And a night without news does
 * nothing.
 */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/hash.h"
#include "core/io/files.h"
#include "core/random.h"

#include <sys/stat.h>

enum { N_ORDERS = 8, MOST_STEPS = 6 };

/* Not publish: what it showed to readers in between stays known. */
static const char *const stages[] = {"fetch",   "normalise", "project", "vary",
                                     "protect", "package",   "audit"};

typedef struct {
    Mini *mini;
    char *kept; /* the workspace before the night */
    char *edition, *results;
} Country;

/* Numbers in a row from a seed. */
typedef struct {
    SpRandom random;
    guint64 n;
} Dice;

static guint64 throw(Dice * dice, guint64 n)
{
    return sp_random_below(dice->random, dice->n++, n);
}

static void copy(const char *from, const char *to)
{
    const char *arguments[] = {"cp", "-a", from, to, NULL};
    int status = 0;
    assert_true(g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                             NULL, &status, NULL));
    assert_int_equal(status, 0);
}

/* Adds the content of every result in use below a folder: "normalise/regioner HASH". */
static void add_results(const Mini *mini, const char *folder, SpHash *hash)
{
    g_autofree char *full = g_build_filename(mini->workspace, "stages", folder, NULL);
    g_auto(GStrv) names = sp_folder_list(full, NULL);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *child = g_build_filename(folder, *name, NULL);
        g_autofree char *path = g_build_filename(full, *name, NULL);
        g_autofree char *target = sp_link_read(path);
        if (strcmp(*name, "latest") == 0) {
            g_autofree char *below = g_build_filename("stages", folder, target, NULL);
            g_autofree char *content = mini_hash(mini, below);
            sp_hash_add_text(hash, folder);
            sp_hash_add_text(hash, content);
        } else if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            add_results(mini, child, hash);
        }
    }
}

static char *results_of(const Mini *mini)
{
    char hex[SP_HASH_SIZE];
    g_autoptr(SpHash) hash = sp_hash_new();
    add_results(mini, "", hash);
    sp_hash_finish(hash, hex);
    return g_strdup(hex);
}

/* What is served, and the feed. */
static char *edition_of(const Mini *mini)
{
    g_autofree char *current = mini_current(mini);
    g_autofree char *bytes = mini_hash(mini, current);
    g_autofree char *feed = mini_text(mini, "packages/index.json");
    return g_strjoin("\n", current, bytes, feed, NULL);
}

static void must_run(const Mini *mini, const char *what)
{
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    if (night.status != 0) {
        fail_msg("%s: exit %d: %s", what, night.status, night.err);
    }
}

static void country_clear(Country *country)
{
    mini_free(country->mini);
    g_free(country->kept);
    g_free(country->edition);
    g_free(country->results);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Country, country_clear)

static Country country_new(void)
{
    Country country = {.mini = mini_with_edition()};
    mini_replace(country.mini, "07459.json", "\"value\":[9", "\"value\":[8");
    mini_replace(country.mini, "omsorg.csv", "1103,2023,500", "1103,2023,540");
    country.kept = g_build_filename(country.mini->folder, "kept", NULL);
    copy(country.mini->workspace, country.kept);
    must_run(country.mini, "the night alone");
    country.edition = edition_of(country.mini);
    country.results = results_of(country.mini);
    return country;
}

/* One thing that somebody may do by hand, written into `told`. It may fail: what it lacks is not
 * made yet. */
static void step(const Mini *mini, Dice *dice, GString *told)
{
    static const char *const units[] = {"--unit=03", "--unit=tabular/brukere", "--unit=referanse"};
    const char *stage = stages[throw(dice, G_N_ELEMENTS(stages))];
    const guint64 how = throw(dice, 5);
    const char *option = throw(dice, 3) == 0 ? "--force" : NULL;
    g_autofree char *program = g_strconcat("statpakke-", stage, NULL);
    g_autofree char *from = g_strconcat(how == 3 ? "--until=" : "--only=", stage, NULL);
    const char *unit = how == 2 ? units[throw(dice, G_N_ELEMENTS(units))] : option;
    if (how >= 3) {
        g_auto(Result) run = mini_run(mini, NULL, "statpakke-run", from, option, NULL);
        g_string_append_printf(told, "run %s %s (%d); ", from, option != NULL ? option : "",
                               run.status);
    } else {
        g_auto(Result) alone = mini_run(mini, NULL, program, unit, NULL);
        g_string_append_printf(told, "%s %s (%d); ", stage, unit != NULL ? unit : "", alone.status);
    }
}

static void any_order_of_stages_by_hand_ends_as_one_night_would(void **state)
{
    (void)state;
    g_auto(Country) country = country_new();
    for (guint seed = 1; seed <= N_ORDERS; seed++) {
        Dice dice = {.random = sp_random_seed(seed)};
        g_autoptr(GString) told = g_string_new(NULL);
        g_string_append_printf(told, "seed %u: ", seed);
        assert_true(sp_folder_remove(country.mini->workspace, NULL));
        copy(country.kept, country.mini->workspace);
        for (guint64 n = 1 + throw(&dice, MOST_STEPS); n > 0; n--) {
            step(country.mini, &dice, told);
        }
        must_run(country.mini, told->str);
        g_autofree char *edition = edition_of(country.mini);
        g_autofree char *results = results_of(country.mini);
        if (strcmp(edition, country.edition) != 0 || strcmp(results, country.results) != 0) {
            fail_msg("%s then run: %s", told->str,
                     strcmp(edition, country.edition) != 0 ? "another edition is served"
                                                           : "other results are in use");
        }
    }
}

/* ---- a night without news ---- */

/* Everything but the ledger and the lock: path, mode, size, times and inode. */
static void list(GString *text, const char *root, const char *path)
{
    struct stat status;
    g_autofree char *full = g_strconcat(root, path, NULL);
    g_autofree char *target = sp_link_read(full);
    assert_int_equal(lstat(full, &status), 0);
    if (strcmp(path, "/ledger.db") == 0 || strcmp(path, "/lock") == 0) {
        return;
    }
    g_string_append_printf(text, "%s %o %lu %ld", path, (unsigned)status.st_mode,
                           (unsigned long)status.st_ino, (long)status.st_size);
    if (*path != '\0') { /* a journal of the ledger comes and goes in the workspace itself */
        g_string_append_printf(text, " %ld.%ld %ld.%ld", (long)status.st_mtim.tv_sec,
                               (long)status.st_mtim.tv_nsec, (long)status.st_ctim.tv_sec,
                               (long)status.st_ctim.tv_nsec);
    }
    g_string_append_c(text, '\n');
    g_auto(GStrv) names =
        target == NULL && S_ISDIR(status.st_mode) ? sp_folder_list(full, NULL) : NULL;
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *child = g_strdup_printf("%s/%s", path, *name);
        list(text, root, child);
    }
}

static char *list_of(const Mini *mini)
{
    GString *text = g_string_new(NULL);
    list(text, mini->workspace, "");
    return g_string_free(text, FALSE);
}

static void a_second_night_writes_nothing_and_says_nothing(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    must_run(mini, "settling"); /* the copy has other inodes, whose hashes the ledger takes in */
    g_autofree char *before = list_of(mini);
    g_auto(Result) current = mini_run(mini, NULL, "statpakke-plan", "--check", NULL);
    g_auto(Result) night =
        mini_run(mini, NULL, "statpakke-run", "--now=2025-03-02T03:00:00Z", NULL);
    g_auto(Result) still = mini_run(mini, NULL, "statpakke-plan", "--check", NULL);
    g_autofree char *after = list_of(mini);
    assert_int_equal(current.status, 0);
    assert_int_equal(night.status, 0);
    assert_int_equal(still.status, 0);
    assert_string_equal(night.out, "");
    assert_string_equal(night.err, "");
    assert_string_equal(after, before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_of_stages_by_hand_ends_as_one_night_would),
        cmocka_unit_test(a_second_night_writes_nothing_and_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
