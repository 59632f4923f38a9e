/* Settings in layers, and the verb that tells of them. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/error.h"

/* The machine's and the user's files, in folders of the test's own. */
typedef struct {
    Mini *mini;
    char *etc, *xdg;
    char *environment[3]; /* that names them; NULL-terminated */
} World;

static void world_clear(World *world)
{
    mini_free(world->mini);
    g_free(world->etc);
    g_free(world->xdg);
    g_free(world->environment[0]);
    g_free(world->environment[1]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(World, world_clear)

static World world_new(void)
{
    World world = {.mini = mini_new()};
    g_autofree char *etc = g_build_filename(world.mini->folder, "etc", NULL);
    g_autofree char *home = g_build_filename(world.mini->folder, "home", NULL);
    g_autofree char *user = g_build_filename(home, "statpakke", NULL);
    assert_int_equal(g_mkdir_with_parents(etc, 0700), 0);
    assert_int_equal(g_mkdir_with_parents(user, 0700), 0);
    world.etc = g_build_filename(etc, "statpakke.conf", NULL);
    world.xdg = g_build_filename(user, "statpakke.conf", NULL);
    world.environment[0] = g_strconcat("STATPAKKE_ETC=", etc, NULL);
    world.environment[1] = g_strconcat("XDG_CONFIG_HOME=", home, NULL);
    return world;
}

static const char *const *environment_of(const World *world)
{
    return (const char *const *)world->environment;
}

static void write_text(const char *path, const char *text)
{
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

/* `config show project.horizon` must say what the last layer says, and which that is. */
static void check_horizon(const World *world, const char *value, const char *place)
{
    g_autofree char *whole = g_strdup_printf("[project]\n# %s\nhorizon = %s\n", place, value);
    g_auto(Result) told = mini_run(world->mini, environment_of(world), "statpakke-config", "show",
                                   "--origin", "project.horizon", NULL);
    assert_string_equal(told.err, "");
    assert_string_equal(told.out, whole);
    assert_int_equal(told.status, 0);
}

static void the_users_file_wins_over_the_machines_and_that_over_the_defaults(void **state)
{
    (void)state;
    g_auto(World) world = world_new();
    g_autofree char *defaults = g_build_filename(world.mini->data, "statpakke.conf", NULL);
    g_autofree char *own = g_build_filename(world.mini->workspace, "statpakke.conf", NULL);
    g_autofree char *in_etc = g_strconcat(world.etc, ":3", NULL);
    g_autofree char *in_home = g_strconcat(world.xdg, ":2", NULL);
    write_text(own, "# nothing of its own\n");
    g_auto(Result) plain = mini_run(world.mini, environment_of(&world), "statpakke-config", "show",
                                    "--origin", "project.horizon", NULL);
    assert_has(plain.out, defaults);
    assert_has(plain.out, "horizon = 2050\n");
    write_text(world.etc, "# ours\n[project]\nhorizon = 2041\n");
    check_horizon(&world, "2041", in_etc);
    write_text(world.xdg, "[project]\nhorizon = 2042\n");
    check_horizon(&world, "2042", in_home);
}

static void the_workspaces_files_win_over_the_users_and_its_own_over_those_it_names(void **state)
{
    (void)state;
    g_auto(World) world = world_new();
    g_autofree char *own = g_build_filename(world.mini->workspace, "statpakke.conf", NULL);
    g_autofree char *named = g_strdup_printf("[workspace]\nconfig = %s\n", world.mini->conf);
    g_autofree char *both = g_strconcat(named, "[project]\nhorizon = 2043\n", NULL);
    g_autofree char *in_conf = g_strconcat(world.mini->conf, ":4", NULL);
    g_autofree char *in_own = g_strconcat(own, ":4", NULL);
    write_text(world.xdg, "[project]\nhorizon = 2042\n");
    check_horizon(&world, "2028", in_conf);
    write_text(own, both);
    check_horizon(&world, "2043", in_own);
}

static void the_environment_wins_over_the_workspace_and_options_over_the_environment(void **state)
{
    (void)state;
    g_auto(World) world = world_new();
    g_autofree char *more = g_build_filename(world.mini->folder, "more.conf", NULL);
    const char *environment[] = {world.environment[0], world.environment[1],
                                 "STATPAKKE_SET=project.seed=7\n\n project.horizon = 2044 \n",
                                 NULL};
    write_text(more, "[project]\nhorizon = 2045\n");
    g_auto(Result) set =
        mini_run(world.mini, environment, "statpakke-config", "show", "--origin", "project", NULL);
    assert_has(set.out, "# STATPAKKE_SET\nhorizon = 2044\n");
    assert_has(set.out, "# STATPAKKE_SET\nseed = 7\n");
    g_auto(Result) file = mini_run(world.mini, environment, "statpakke-config", "show",
                                   "project.horizon", "--config", more, NULL);
    assert_string_equal(file.out, "[project]\nhorizon = 2045\n");
    g_auto(Result) option =
        mini_run(world.mini, environment, "statpakke-config", "show", "--origin", "project.horizon",
                 "--set=project.horizon=2046", "--config", more, NULL);
    assert_string_equal(option.out, "[project]\n# --set\nhorizon = 2046\n");
}

static void what_is_shown_is_a_file_of_settings_that_says_the_same(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_autofree char *path = g_build_filename(mini->folder, "shown.conf", NULL);
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-config", "show", "--origin", NULL);
    assert_has(told.out, "\n[ssb/folkemengde]\n");
    write_text(path, told.out);
    g_auto(Result) plain = mini_run(mini, NULL, "statpakke-config", "show", NULL);
    g_auto(Result) again = mini_run(mini, NULL, "statpakke-config", "show", "--config", path, NULL);
    assert_string_equal(again.err, "");
    assert_string_equal(again.out, plain.out);
}

static void a_layer_that_is_wrong_is_named_with_its_line(void **state)
{
    (void)state;
    g_auto(World) world = world_new();
    g_autofree char *where = g_strconcat(world.etc, ":3: section [project] has no key", NULL);
    const char *no_setting[] = {"STATPAKKE_SET=horizon", NULL};
    g_auto(Result) refused = mini_run(world.mini, no_setting, "statpakke-config", "show", NULL);
    assert_int_equal(refused.status, SP_ERROR_USAGE);
    assert_has(refused.err, "STATPAKKE_SET: \"horizon\" is no setting");
    write_text(world.etc, "[project]\nseed = 1\nhorizont = 2041\n");
    g_auto(Result) unknown =
        mini_run(world.mini, environment_of(&world), "statpakke-config", "show", NULL);
    assert_int_equal(unknown.status, SP_ERROR_CONFIG);
    assert_has(unknown.err, where);
    g_auto(Result) unset = mini_run(world.mini, NULL, "statpakke-config", "show", "crypt", NULL);
    assert_int_equal(unset.status, SP_ERROR_NO_INPUT);
    assert_has(unset.err, "crypt: no layer sets this");
}

static void the_drivers_stages_see_every_layer_and_keys_follow_values_alone(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    const char *same[] = {"STATPAKKE_SET=project.horizon=2028", NULL};
    const char *other[] = {"STATPAKKE_SET=project.horizon=far", NULL};
    g_auto(Result) second = mini_run(mini, same, "statpakke-run", "--log=text", NULL);
    assert_int_equal(second.status, 0);
    assert_has(second.err, "up to date");
    g_auto(Result) refused = mini_run(mini, other, "statpakke-run", "--only=project", NULL);
    assert_int_equal(refused.status, SP_ERROR_CONFIG);
    assert_has(refused.err, "STATPAKKE_SET: setting \"project.horizon\" is \"far\"");
}

static void settings_that_do_not_go_together_are_all_told_before_the_night(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_auto(Result) good = mini_run(mini, NULL, "statpakke-config", "check", NULL);
    assert_string_equal(good.err, "");
    assert_string_equal(good.out, "");
    assert_int_equal(good.status, 0);
    g_auto(Result) bad =
        mini_run(mini, NULL, "statpakke-config", "check", "--set=publish.deliver=nobody",
                 "--set=tabular/brukere.layout=gone", "--set=crypt.key_file=workspace/key",
                 "--set=project.scenarios=ingen", NULL);
    assert_int_equal(bad.status, SP_ERROR_CONFIG);
    assert_has(bad.err, "nobody");
    assert_has(bad.err, "[tabular/brukere]: ");
    assert_has(bad.err, "gone");
}

static void config_wants_to_be_told_what_to_do(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_auto(Result) nothing = mini_run(mini, NULL, "statpakke-config", NULL);
    g_auto(Result) two = mini_run(mini, NULL, "statpakke-config", "show", "project", "vary", NULL);
    g_auto(Result) odd = mini_run(mini, NULL, "statpakke-config", "check", "--origin", NULL);
    assert_int_equal(nothing.status, SP_ERROR_USAGE);
    assert_has(nothing.err, "want show");
    assert_int_equal(two.status, SP_ERROR_USAGE);
    assert_has(two.err, "\"vary\": one section or setting at a time");
    assert_int_equal(odd.status, SP_ERROR_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_users_file_wins_over_the_machines_and_that_over_the_defaults),
        cmocka_unit_test(the_workspaces_files_win_over_the_users_and_its_own_over_those_it_names),
        cmocka_unit_test(the_environment_wins_over_the_workspace_and_options_over_the_environment),
        cmocka_unit_test(what_is_shown_is_a_file_of_settings_that_says_the_same),
        cmocka_unit_test(a_layer_that_is_wrong_is_named_with_its_line),
        cmocka_unit_test(the_drivers_stages_see_every_layer_and_keys_follow_values_alone),
        cmocka_unit_test(settings_that_do_not_go_together_are_all_told_before_the_night),
        cmocka_unit_test(config_wants_to_be_told_what_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
