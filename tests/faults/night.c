/* The night and what must be true after it. */
#include "tests/faults/night.h"

#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/error.h"
#include "core/io/files.h"

#include <sys/wait.h>

struct Night {
    Mini *mini;
    char *kept;        /* the workspace before the night */
    char *editions[2]; /* "packages/EDITION": served before, and after */
    char *packages;    /* hash of all editions and the feed after the undisturbed night */
    char *history;
    char **argv, **environment; /* one thing at a time: the n-th call is always the same */
    char **argv_side_by_side;
    gint64 lasts_us; /* undisturbed, and watched */
};

/* With new times: a file of another content, in the place on the disk of one that is gone, would
 * else look as that one did to a process that goes on (this test). */
static void copy(const char *from, const char *to)
{
    const char *arguments[] = {"cp", "-dR", "--preserve=mode,links", from, to, NULL};
    int status = 0;
    assert_true(g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                             NULL, &status, NULL));
    assert_int_equal(status, 0);
}

static void restore(const Night *night)
{
    assert_true(sp_folder_remove(night->mini->workspace, NULL));
    copy(night->kept, night->mini->workspace);
}

/* Two scenarios, a short horizon and few formats: all stages, and a run of less than a second. */
static void make_small(const Mini *mini)
{
    static const char *const changes[][2] = {
        {"horizon = 2028\n", "horizon = 2026\nscenarios = referanse, lav\ndraws = 50\n"},
        {"formats = xlsx, html, dcat, lesmeg\n", "formats = dcat, lesmeg\n"}};
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(mini->conf, &text, NULL, NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(changes); i++) {
        g_auto(GStrv) parts = g_strsplit(text, changes[i][0], 2);
        assert_int_equal(g_strv_length(parts), 2);
        g_free(text);
        text = g_strjoinv(changes[i][1], parts);
    }
    assert_true(g_file_set_contents(mini->conf, text, -1, NULL));
}

static void must_run(const Mini *mini, const char *program)
{
    g_auto(Result) result = mini_run(mini, NULL, program, NULL);
    if (result.status != 0) {
        fail_msg("%s: exit %d: %s", program, result.status, result.err);
    }
}

Night *night_new(void)
{
    Night *night = g_new0(Night, 1);
    Mini *mini = mini_new();
    night->mini = mini;
    make_small(mini);
    must_run(mini, "statpakke-run");
    night->editions[0] = mini_current(mini);
    mini_replace(mini, "07459.json", "\"value\":[9", "\"value\":[8");
    night->kept = g_build_filename(mini->folder, "kept", NULL);
    copy(mini->workspace, night->kept);
    must_run(mini, "statpakke-run");
    night->editions[1] = mini_current(mini);
    assert_string_not_equal(night->editions[0], night->editions[1]);
    night->packages = mini_hash(mini, "packages");
    night->history = mini_hash(mini, "history");
    char *argv[] = {g_build_filename(g_getenv("SP_BIN"), "statpakke-run", NULL),
                    g_strdup_printf("--workspace=%s", mini->workspace),
                    (char *)"--now=2025-03-01T03:00:00Z", (char *)"--jobs=1", NULL};
    night->argv = g_strdupv(argv);
    argv[3] = (char *)"--jobs=2";
    night->argv_side_by_side = g_strdupv(argv);
    g_free(argv[0]);
    g_free(argv[1]);
    night->environment = g_environ_setenv(g_get_environ(), "STATPAKKE_DATA", mini->data, TRUE);
    return night;
}

void night_free(Night *night)
{
    mini_free(night->mini);
    g_free(night->kept);
    g_free(night->editions[0]);
    g_free(night->editions[1]);
    g_free(night->packages);
    g_free(night->history);
    g_strfreev(night->argv);
    g_strfreev(night->argv_side_by_side);
    g_strfreev(night->environment);
    g_free(night);
}

guint night_n_calls(Night *night, unsigned calls)
{
    const Inject inject = {.calls = calls, .how = INJECT_NOTHING};
    restore(night);
    g_auto(Injected) result = inject_run(&inject, night->argv, night->environment);
    assert_int_equal(result.status, 0);
    night->lasts_us = result.lasted_us;
    return result.n_calls;
}

/* What stands in every complaint: how to see it again. */
static char *describe(const Inject *inject, const Injected *result)
{
    static const char *const words[] = {[INJECT_NOTHING] = "undisturbed",
                                        [INJECT_ERROR] = "fails",
                                        [INJECT_ERRORS] = "fails, and all that follow",
                                        [INJECT_KILL] = "is where it is killed",
                                        [INJECT_KILL_AT] = "is not where it is killed",
                                        [INJECT_CUT] = "is where power is cut"};
    return g_strdup_printf("call %u of kinds %u (%s) %s with %s, exit %d: %s", inject->n,
                           inject->calls, result->hit, words[inject->how],
                           g_strerror(inject->errnum), result->status, result->err);
}

/* Whole, and one of the two. */
static void check_served(const Night *night, const char *what)
{
    g_autofree char *current = mini_current(night->mini);
    if (current == NULL ||
        (strcmp(current, night->editions[0]) != 0 && strcmp(current, night->editions[1]) != 0)) {
        fail_msg("%s: served is %s", what, current);
    }
    g_auto(Result) verified = mini_run(night->mini, NULL, "statpakke-verify", NULL);
    if (verified.status != 0) {
        fail_msg("%s: what is served is not whole: %s", what, verified.err);
    }
}

static void check_healed(const Night *night, const char *what)
{
    g_auto(Result) next = mini_run(night->mini, NULL, "statpakke-run", NULL);
    if (next.status != 0) {
        fail_msg("%s: the next run: exit %d: %s", what, next.status, next.err);
    }
    g_autofree char *current = mini_current(night->mini);
    g_autofree char *packages = mini_hash(night->mini, "packages");
    g_autofree char *history = mini_hash(night->mini, "history");
    g_autofree char *tmp = g_build_filename(night->mini->workspace, "tmp", NULL);
    g_auto(GStrv) left = sp_folder_list(tmp, NULL);
    if (g_strcmp0(current, night->editions[1]) != 0 || strcmp(packages, night->packages) != 0 ||
        strcmp(history, night->history) != 0) {
        fail_msg("%s: after the next run served is %s, packages are %s and history is %s", what,
                 current, strcmp(packages, night->packages) == 0 ? "right" : "others",
                 strcmp(history, night->history) == 0 ? "right" : "another");
    }
    if (left == NULL || *left != NULL) {
        fail_msg("%s: tmp holds %s", what, left != NULL ? *left : "nothing, and is gone");
    }
}

/* A failed call is no bug of ours, and is told. Without memory a program dies, as GLib has it. */
static void check_told(const Inject *inject, const Injected *result, const char *what)
{
    if (inject->how == INJECT_KILL || inject->how == INJECT_KILL_AT || inject->how == INJECT_CUT ||
        result->status == 0 || inject->calls == INJECT_MEMORY) {
        return;
    }
    if (result->status >= 128 || result->status == SP_ERROR_BUG || *result->err == '\0') {
        fail_msg("%s: that is not how a failure ends", what);
    }
}

gboolean night_survives(Night *night, const Inject *inject)
{
    Inject whole = *inject;
    whole.disk = night->mini->workspace;
    restore(night);
    g_auto(Injected) result = inject_run(&whole, night->argv, night->environment);
    g_autofree char *what = describe(inject, &result);
    check_told(inject, &result, what);
    check_served(night, what);
    check_healed(night, what);
    return result.hit != NULL;
}

guint night_survives_kills(Night *night, GRand *random)
{
    enum { MOST = 3 };
    guint n_met = 0;
    if (night->lasts_us == 0) {
        (void)night_n_calls(night, INJECT_CHANGES);
    }
    restore(night);
    for (gint n = g_rand_int_range(random, 1, MOST + 1); n > 0; n--) {
        const Inject kill = {.calls = INJECT_CHANGES,
                             .how = INJECT_KILL_AT,
                             .after_us = g_rand_int_range(random, 1, (gint32)night->lasts_us)};
        g_auto(Injected) result = inject_run(&kill, night->argv_side_by_side, night->environment);
        g_autofree char *what = describe(&kill, &result);
        check_served(night, what);
        n_met += result.hit != NULL ? 1 : 0;
    }
    check_healed(night, "after kills");
    return n_met;
}
