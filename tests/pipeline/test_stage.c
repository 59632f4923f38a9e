/* The stage runner by itself: undeclared settings, stages that are not deterministic, failures that
 * leave nothing. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/io/files.h"
#include "pipeline/stage.h"

static char **one_unit(SpContext *context, GError **error)
{
    (void)context;
    (void)error;
    return g_strsplit("eneste", ",", -1);
}

static gboolean no_inputs(SpUnit *unit, GError **error)
{
    (void)unit;
    (void)error;
    return TRUE;
}

static gboolean write_text(SpUnit *unit, const char *text, GError **error)
{
    g_autofree char *path = g_build_filename(unit->folder, "tekst", NULL);
    return sp_file_write(path, text, strlen(text), SP_MODE_PRIVATE_FILE, error);
}

static gboolean read_undeclared(SpUnit *unit, GError **error)
{
    const char *value = sp_settings_text(unit->settings, "project.horizon", error);
    return value != NULL && write_text(unit, value, error);
}

static int n_calls;

static gboolean write_other_each_time(SpUnit *unit, GError **error)
{
    g_autofree char *text = g_strdup_printf("%d", n_calls++);
    return write_text(unit, text, error);
}

static gboolean write_then_fail(SpUnit *unit, GError **error)
{
    return write_text(unit, "half", error) &&
           sp_error_set(error, SP_ERROR_DATA, "x.csv: row 7: no");
}

static SpContext *enter(const Mini *mini, gboolean is_forced)
{
    g_autoptr(GError) error = NULL;
    assert_true(g_setenv("STATPAKKE_DATA", mini->data, TRUE));
    const SpOptions options = {
        .workspace = mini->workspace, .is_forced = is_forced, .is_quiet = TRUE};
    SpContext *context = sp_context_new("test", &options, &error);
    assert_no_error(error);
    assert_true(sp_context_enter(context, &error));
    assert_no_error(error);
    return context;
}

static SpStage stage_making(gboolean (*make)(SpUnit *unit, GError **error))
{
    return (SpStage){.name = "proeve",
                     .program_hash = "0",
                     .units = one_unit,
                     .inputs = no_inputs,
                     .make = make};
}

static guint n_left_in_tmp(const Mini *mini)
{
    g_autofree char *tmp = g_build_filename(mini->workspace, "tmp", NULL);
    g_auto(GStrv) names = sp_folder_list(tmp, NULL);
    return g_strv_length(names);
}

static void reading_an_undeclared_setting_is_a_bug(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_autoptr(SpContext) context = enter(mini, FALSE);
    g_autoptr(GError) error = NULL;
    const SpStage stage = stage_making(read_undeclared);
    assert_false(sp_stage_run(context, &stage, &error));
    assert_error(error, SP_ERROR_BUG, "project.horizon");
    assert_int_equal(sp_error_exit_status(error), 70);
}

static void a_stage_that_gives_other_bytes_when_forced_is_a_bug(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_autoptr(GError) error = NULL;
    const SpStage stage = stage_making(write_other_each_time);
    g_autoptr(SpContext) first = enter(mini, FALSE);
    assert_true(sp_stage_run(first, &stage, &error));
    g_clear_pointer(&first, sp_context_free);
    g_autoptr(SpContext) again = enter(mini, TRUE);
    assert_false(sp_stage_run(again, &stage, &error));
    assert_error(error, SP_ERROR_BUG, "other bytes");
}

static void a_failed_unit_leaves_nothing(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_autoptr(SpContext) context = enter(mini, FALSE);
    g_autoptr(GError) error = NULL;
    const SpStage stage = stage_making(write_then_fail);
    assert_false(sp_stage_run(context, &stage, &error));
    assert_error(error, SP_ERROR_DATA, "eneste: x.csv: row 7: no");
    assert_int_equal(n_left_in_tmp(mini), 0);
    assert_null(sp_stage_current(context, "proeve", "eneste", NULL));
}

static char **three_units(SpContext *context, GError **error)
{
    (void)context;
    (void)error;
    return g_strsplit("en,to,alle", ",", -1);
}

static gboolean is_of_all(const char *unit)
{
    return strcmp(unit, "alle") == 0;
}

/* Only one that is prepared when the others are made finds what they made. */
static gboolean need_others(SpUnit *unit, GError **error)
{
    return !is_of_all(unit->unit) || (sp_unit_need_stage(unit, "proeve", "en", error) &&
                                      sp_unit_need_stage(unit, "proeve", "to", error));
}

static gboolean write_name(SpUnit *unit, GError **error)
{
    return write_text(unit, unit->unit, error);
}

static void a_unit_that_comes_after_reads_those_made_side_by_side(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_autoptr(SpContext) context = enter(mini, FALSE);
    g_autoptr(GError) error = NULL;
    SpStage stage = stage_making(write_name);
    stage.units = three_units;
    stage.inputs = need_others;
    stage.is_parallel = TRUE;
    stage.comes_after = is_of_all;
    context->n_jobs = 2;
    sp_stage_run(context, &stage, &error);
    assert_no_error(error);
    g_autofree char *made = sp_stage_current(context, "proeve", "alle", &error);
    assert_non_null(made);
}

static char **units_with_the_last_one_first(SpContext *context, GError **error)
{
    (void)context;
    (void)error;
    return g_strsplit("alle,en,to", ",", -1);
}

static gboolean write_all_but_one(SpUnit *unit, GError **error)
{
    return strcmp(unit->unit, "to") == 0 ? sp_error_set(error, SP_ERROR_DATA, "no")
                                         : write_name(unit, error);
}

/* Jobs stand in the order they were made, which is not that of the names. */
static void a_failure_is_told_of_the_unit_that_failed(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_autoptr(SpContext) context = enter(mini, FALSE);
    g_autoptr(GError) error = NULL;
    SpStage stage = stage_making(write_all_but_one);
    stage.units = units_with_the_last_one_first;
    stage.is_parallel = TRUE;
    stage.comes_after = is_of_all;
    context->n_jobs = 2;
    assert_false(sp_stage_run(context, &stage, &error));
    assert_error(error, SP_ERROR_DATA, "to: no");
    assert_true(g_str_has_prefix(error->message, "to: "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_unit_that_comes_after_reads_those_made_side_by_side),
        cmocka_unit_test(reading_an_undeclared_setting_is_a_bug),
        cmocka_unit_test(a_stage_that_gives_other_bytes_when_forced_is_a_bug),
        cmocka_unit_test(a_failed_unit_leaves_nothing),
        cmocka_unit_test(a_failure_is_told_of_the_unit_that_failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
