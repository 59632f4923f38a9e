/* plan: what it says is what a run then does, it says why, and it writes nothing. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"

#include <string.h>

/* What plan says with `more` (NULL: nothing): json_decref. */
static json_t *plan_of(const Mini *mini, const char *more)
{
    g_auto(Result) result = mini_run(mini, NULL, "statpakke-plan", "--format=json", more, NULL);
    assert_string_equal(result.err, "");
    assert_int_equal(result.status, 0);
    json_t *plan = json_loads(result.out, JSON_REJECT_DUPLICATES, NULL);
    assert_true(json_is_array(plan));
    return plan;
}

static const json_t *find(const json_t *plan, const char *stage, const char *unit)
{
    size_t i = 0;
    json_t *planned = NULL;
    json_array_foreach((json_t *)plan, i, planned)
    {
        if (strcmp(json_string_value(json_object_get(planned, "stage")), stage) == 0 &&
            strcmp(json_string_value(json_object_get(planned, "unit")), unit) == 0) {
            return planned;
        }
    }
    fail_msg("the plan does not tell of %s/%s", stage, unit);
    return NULL;
}

static void assert_state(const json_t *plan, const char *stage, const char *unit, const char *state)
{
    const char *told = json_string_value(json_object_get(find(plan, stage, unit), "state"));
    if (strcmp(told, state) != 0) {
        fail_msg("%s/%s: %s, not %s", stage, unit, told, state);
    }
}

static void assert_reason(const json_t *plan, const char *stage, const char *unit, const char *text)
{
    const json_t *reasons = json_object_get(find(plan, stage, unit), "reasons");
    g_autofree char *all = json_dumps(reasons, 0);
    if (strstr(all, text) == NULL) {
        fail_msg("%s/%s: \"%s\" is not among %s", stage, unit, text, all);
    }
}

/* "STAGE/UNIT" of what the newest run of the driver made. g_hash_table_unref. */
static GHashTable *made_in(const Mini *mini, const char *run)
{
    g_autofree char *name = g_strdup_printf("runs/%s/run.json", run);
    g_autofree char *text = mini_text(mini, name);
    g_autoptr(json_t) json = json_loads(text, 0, NULL);
    GHashTable *made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    size_t i = 0;
    json_t *execution = NULL;
    json_array_foreach(json_object_get(json, "executions"), i, execution)
    {
        const char *outcome = json_string_value(json_object_get(execution, "outcome"));
        const char *stage = json_string_value(json_object_get(execution, "stage"));
        const char *unit = json_string_value(json_object_get(execution, "unit"));
        if (strcmp(outcome, "made") == 0) {
            g_hash_table_add(made, g_strdup_printf("%s/%s", stage, unit));
        }
    }
    return made;
}

/* All that is to be made was, and what was made was to be, or perhaps. */
static void assert_kept(const json_t *plan, GHashTable *made)
{
    g_autoptr(GHashTable) told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    size_t i = 0;
    json_t *planned = NULL;
    json_array_foreach((json_t *)plan, i, planned)
    {
        const char *stage = json_string_value(json_object_get(planned, "stage"));
        const char *unit = json_string_value(json_object_get(planned, "unit"));
        const char *state = json_string_value(json_object_get(planned, "state"));
        g_autofree char *name = g_strdup_printf("%s/%s", stage, unit);
        if (strcmp(state, "make") == 0 && *unit != '(' && !g_hash_table_contains(made, name)) {
            fail_msg("%s was to be made, and was not", name);
        }
        if (strcmp(state, "make") == 0 || strcmp(state, "perhaps") == 0) {
            g_hash_table_add(told, *unit == '(' ? g_strdup(stage) : g_strdup(name));
        }
    }
    GHashTableIter iter;
    gpointer name = NULL;
    g_hash_table_iter_init(&iter, made);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        g_autofree char *stage = g_strndup(name, strcspn(name, "/"));
        if (!g_hash_table_contains(told, name) && !g_hash_table_contains(told, stage) &&
            strcmp(stage, "fetch") != 0) {
            fail_msg("%s was made, of which the plan said nothing", (const char *)name);
        }
    }
}

static void run_with(const Mini *mini, const char *more)
{
    g_auto(Result) result = mini_run(mini, NULL, "statpakke-run", more, NULL);
    assert_string_equal(result.err, "");
    assert_int_equal(result.status, 0);
}

static void before_the_first_night_all_is_to_be_made_and_nothing_is_written(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_autofree char *before = mini_hash(mini, ".");
    g_autoptr(json_t) plan = plan_of(mini, NULL);
    g_autofree char *after = mini_hash(mini, ".");
    assert_string_equal(before, after);
    assert_state(plan, "fetch", "ssb/folkemengde", "make");
    assert_reason(plan, "normalise", "ssb/folkemengde", "no snapshot of ssb/folkemengde");
    assert_state(plan, "package", "03", "make");
    run_with(mini, NULL);
    g_autoptr(GHashTable) made = made_in(mini, "1");
    assert_kept(plan, made);
}

static void after_a_night_all_is_current_and_a_check_passes(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *before = mini_hash(mini, ".");
    g_auto(Result) check = mini_run(mini, NULL, "statpakke-plan", "--check", NULL);
    assert_int_equal(check.status, 0);
    assert_null(strstr(check.out, "  make "));
    assert_null(strstr(check.out, "  perhaps "));
    assert_non_null(strstr(check.out, "  current  referanse"));
    g_autofree char *after = mini_hash(mini, ".");
    assert_string_equal(before, after);
}

static void a_changed_setting_is_named_with_both_values_and_the_run_does_as_planned(void **state)
{
    (void)state;
    static const char change[] = "--set=project.horizon=2030";
    g_autoptr(Mini) mini = mini_with_edition();
    g_autoptr(json_t) plan = plan_of(mini, change);
    assert_state(plan, "normalise", "ssb/folkemengde", "current");
    assert_state(plan, "project", "referanse", "make");
    assert_reason(plan, "project", "referanse", "setting project.horizon: 2028 -> 2030");
    assert_state(plan, "protect", "utgave", "perhaps");
    assert_reason(plan, "protect", "utgave", "project/referanse");
    g_auto(Result) check = mini_run(mini, NULL, "statpakke-plan", "--check", change, NULL);
    assert_int_equal(check.status, SP_ERROR_STALE);
    run_with(mini, change);
    g_autoptr(GHashTable) made = made_in(mini, "2");
    assert_kept(plan, made);
    assert_true(g_hash_table_contains(made, "project/referanse"));
    /* Back to what it was: made before, and used again. */
    g_autoptr(json_t) back = plan_of(mini, NULL);
    assert_state(back, "project", "referanse", "again");
    assert_reason(back, "project", "referanse", "setting project.horizon: 2030 -> 2028");
    run_with(mini, NULL);
    g_autoptr(json_t) settled = plan_of(mini, NULL);
    assert_state(settled, "project", "referanse", "current");
}

static void a_new_snapshot_is_named_and_what_rests_on_it_follows(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    mini_replace(mini, "07459.json", "2025-02-25T07:00:00Z", "2025-02-26T07:00:00Z");
    g_auto(Result) fetched = mini_run(mini, NULL, "statpakke-fetch", NULL);
    assert_int_equal(fetched.status, 0);
    g_autoptr(json_t) plan = plan_of(mini, NULL);
    assert_state(plan, "normalise", "ssb/folkemengde", "make");
    assert_reason(plan, "normalise", "ssb/folkemengde", "snapshot ssb/folkemengde: ");
    assert_reason(plan, "normalise", "ssb/folkemengde", " -> ");
    assert_state(plan, "normalise", "regioner", "current");
    assert_state(plan, "vary", "landet", "perhaps");
    run_with(mini, NULL);
    g_autoptr(GHashTable) made = made_in(mini, "3");
    assert_kept(plan, made);
}

static void what_is_gone_from_the_disk_is_told(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *link =
        g_build_filename(mini->workspace, "stages", "vary", "kommunene", "latest", NULL);
    g_autofree char *key = sp_link_read(link);
    g_autofree char *table =
        g_strdup_printf("%s/stages/vary/kommunene/%s/datapackage.json", mini->workspace, key);
    assert_int_equal(g_unlink(table), 0);
    g_autofree char *current = mini_current(mini);
    g_autofree char *edition = g_build_filename(mini->workspace, current, NULL);
    g_autoptr(json_t) plan = plan_of(mini, NULL);
    assert_state(plan, "vary", "kommunene", "make");
    assert_reason(plan, "vary", "kommunene", "files of it are gone");
    run_with(mini, NULL);
    assert_true(sp_folder_remove(edition, NULL));
    g_autoptr(json_t) without = plan_of(mini, NULL);
    assert_state(without, "package", "(together)", "make");
    assert_state(without, "audit", "(the new one)", "perhaps");
    run_with(mini, NULL);
    assert_true(g_file_test(edition, G_FILE_TEST_IS_DIR));
}

static void a_file_in_the_inbox_waits_until_it_is_taken(void **state)
{
    (void)state;
    static const char taken[] = "--set=tabular/brukere.inbox=brukere-*.csv";
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *same = mini_read(mini, "omsorg.csv");
    g_autofree char *text = g_strconcat(same, "\n", NULL);
    mini_deliver(mini, "tabular", "brukere-2025.csv", text);
    g_autoptr(json_t) plan = plan_of(mini, taken);
    assert_state(plan, "fetch", "tabular/brukere", "make");
    assert_reason(plan, "fetch", "tabular/brukere", "brukere-2025.csv waits in the inbox");
    g_auto(Result) fetched = mini_run(mini, NULL, "statpakke-fetch", taken, NULL);
    assert_int_equal(fetched.status, 0);
    g_autoptr(json_t) after = plan_of(mini, taken);
    assert_state(after, "fetch", "tabular/brukere", "current");
}

static void a_folder_that_is_no_workspace_and_a_wrong_word_are_refused(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_auto(Result) form = mini_run(mini, NULL, "statpakke-plan", "--format=xml", NULL);
    assert_int_equal(form.status, SP_ERROR_USAGE);
    g_auto(Result) stage = mini_run(mini, NULL, "statpakke-plan", "--only=fech", NULL);
    assert_int_equal(stage.status, SP_ERROR_USAGE);
    g_autofree char *own = g_build_filename(mini->workspace, "statpakke.conf", NULL);
    assert_int_equal(g_unlink(own), 0);
    g_auto(Result) none = mini_run(mini, NULL, "statpakke-plan", NULL);
    assert_int_equal(none.status, SP_ERROR_NO_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(before_the_first_night_all_is_to_be_made_and_nothing_is_written),
        cmocka_unit_test(after_a_night_all_is_current_and_a_check_passes),
        cmocka_unit_test(a_changed_setting_is_named_with_both_values_and_the_run_does_as_planned),
        cmocka_unit_test(a_new_snapshot_is_named_and_what_rests_on_it_follows),
        cmocka_unit_test(what_is_gone_from_the_disk_is_told),
        cmocka_unit_test(a_file_in_the_inbox_waits_until_it_is_taken),
        cmocka_unit_test(a_folder_that_is_no_workspace_and_a_wrong_word_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
