/* Where secrets may stand and where they never do: settings that hold one are refused, a night that
 * uses every kind leaves none behind, and who decrypted what is told before it is. */
#include "tests/check.h"
#include "tests/peers/peers.h"
#include "tests/pipeline/people.h"

#include "core/io/files.h"
#include "core/io/json.h"
#include "pipeline/guard/plain_secrets.h"

#include <sys/stat.h>
#include <unistd.h>

#define MARK "hemmelig-7731" /* the password of tests/peers */
#define LOG "runs/access.log"

/* ---- settings */

static gboolean is_refused(const char *value)
{
    g_autoptr(SpConfig) config = sp_config_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strdup_printf("[delivery/portal]\nurl = %s\n", value);
    assert_true(sp_config_add(config, "site.conf", text, NULL));
    if (sp_plain_secrets_check(config, &error)) {
        return FALSE;
    }
    assert_error(error, SP_ERROR_CONFIG, "site.conf:2: [delivery/portal] url");
    assert_null(strstr(error->message, MARK));
    return TRUE;
}

static void an_address_with_a_password_is_known_by_its_form(void **state)
{
    (void)state;
    assert_true(is_refused("sftp://anna:" MARK "@host/folder"));
    assert_true(is_refused("https://anna:" MARK "@host"));
    assert_true(is_refused("HTTPS://" MARK "@host/repo"));
    assert_true(is_refused("a.csv, https://:" MARK "@host/b.csv"));
    assert_true(is_refused("postgresql://anna:" MARK "@host:5432/db"));
    assert_true(is_refused("smtps://anna@firma.no:" MARK "@host"));
    assert_true(is_refused("https://ok.example/a;http://a:" MARK "@host/b"));
}

static void an_address_that_tells_only_where_is_none(void **state)
{
    (void)state;
    assert_false(is_refused("sftp://anna@host/folder"));
    assert_false(is_refused("https://host:8443/folder"));
    assert_false(is_refused("https://host/folder/a@b:c"));
    assert_false(is_refused("https://host?to=anna:x@host"));
    assert_false(is_refused("post@example.no, arkiv@example.no"));
    assert_false(is_refused("file:///folder"));
    assert_false(is_refused("klokka 12:30 https://host anna:b@c"));
}

/* By every layer that a person writes, wherever a setting takes an address; and nothing says it
 * again. */
static void a_setting_with_a_password_stops_every_program_unsaid(void **state)
{
    (void)state;
    static const char *const settings[] = {
        "ssb/folkemengde.url=https://anna:" MARK "@host/x.json",
        "klass/kommuner.host=https://" MARK "@host",
        "delivery/portal.url=sftp://anna:" MARK "@host/folder",
        "notice.server=smtps://anna:" MARK "@host",
        "notice.page=https://anna:" MARK "@host",
    };
    static const char *const programs[] = {"statpakke-config", "statpakke-run", "statpakke-doctor",
                                           "statpakke-plan"};
    g_autoptr(Mini) mini = mini_new();
    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
        g_autofree char *option = g_strconcat("--set=", settings[i], NULL);
        g_autofree char *variable = g_strconcat("STATPAKKE_SET=", settings[i], NULL);
        const char *environment[] = {variable, NULL};
        const char *program = programs[i % G_N_ELEMENTS(programs)];
        const char *argument = i % G_N_ELEMENTS(programs) == 0 ? "show" : NULL;
        g_auto(Result) set = mini_run(mini, NULL, program, option, argument, NULL);
        g_auto(Result) given = mini_run(mini, environment, program, argument, NULL);
        g_autofree char *said = g_strconcat(set.out, set.err, given.out, given.err, NULL);
        assert_int_equal(set.status, SP_ERROR_CONFIG);
        assert_int_equal(given.status, SP_ERROR_CONFIG);
        assert_has(set.err, "login_file");
        assert_null(strstr(said, MARK));
    }
    mini_set(mini, "ssb/folkemengde", "host = https://anna:" MARK "@host");
    g_auto(Result) shown = mini_run(mini, NULL, "statpakke-config", "show", "--origin", NULL);
    assert_int_equal(shown.status, SP_ERROR_CONFIG);
    assert_has(shown.err, "[ssb/folkemengde] host");
    assert_null(strstr(shown.err, MARK));
    assert_string_equal(shown.out, "");
}

/* ---- a night with all kinds of secrets */

typedef struct {
    GPtrArray *marks; /* GBytes* */
    gsize n_files;
} Hunt;

static void add_mark(Hunt *hunt, const void *bytes, gsize size)
{
    g_ptr_array_add(hunt->marks, g_bytes_new(bytes, size));
    g_autofree char *coded = g_base64_encode(bytes, size);
    g_ptr_array_add(hunt->marks, g_bytes_new(coded, strcspn(coded, "=")));
}

static void add_file_mark(Hunt *hunt, const Mini *mini, const char *suffix, gsize from, gsize n)
{
    g_autofree char *path = g_strconcat(mini->workspace, suffix, NULL);
    g_autofree char *bytes = NULL;
    gsize size = 0;
    assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    assert_true(size >= from + n);
    add_mark(hunt, bytes + from, n);
}

static void hunt_in(const Hunt *hunt, const char *name, const char *bytes, gsize size)
{
    for (guint i = 0; i < hunt->marks->len; i++) {
        gsize n = 0;
        const void *mark = g_bytes_get_data(hunt->marks->pdata[i], &n);
        if (memmem(bytes, size, mark, n) != NULL) {
            fail_msg("secret %u stands in %s", i, name);
        }
    }
}

static void hunt_below(Hunt *hunt, const char *folder)
{
    g_auto(GStrv) names = sp_folder_list(folder, NULL);
    assert_non_null(names);
    for (char **name = names; *name != NULL; name++) {
        g_autofree char *path = g_build_filename(folder, *name, NULL);
        g_autofree char *bytes = NULL;
        gsize size = 0;
        hunt_in(hunt, path, *name, strlen(*name));
        if (g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
            continue;
        }
        if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
            hunt_below(hunt, path);
            continue;
        }
        assert_true(g_file_get_contents(path, &bytes, &size, NULL));
        hunt->n_files++;
        hunt_in(hunt, path, bytes, size);
    }
}

static void append(const Mini *mini, const char *text)
{
    g_autofree char *old = NULL;
    assert_true(g_file_get_contents(mini->conf, &old, NULL, NULL));
    g_autofree char *new = g_strconcat(old, "\n", text, NULL);
    assert_true(g_file_set_contents(mini->conf, new, -1, NULL));
}

/* A file that only its owner may read. g_free. */
static char *secret_file(const Mini *mini, const char *name, const char *text)
{
    char *path = g_build_filename(mini->folder, name, NULL);
    assert_true(sp_file_write(path, text, strlen(text), SP_MODE_PRIVATE_FILE, NULL));
    return path;
}

/* Stands for Chromium and writes down what it is given. Its setting. g_free. */
static char *spy(const Mini *mini)
{
    g_autofree char *path = g_build_filename(mini->folder, "nettleser", NULL);
    g_autofree char *script = g_strdup_printf(
        "#!/bin/sh\n{ env; cat /proc/$PPID/cmdline; } >>%s/sett\nexit 7\n", mini->folder);
    assert_true(g_file_set_contents(path, script, -1, NULL));
    assert_int_equal(g_chmod(path, 0755), 0);
    return g_strconcat("--set=package.chromium=", path, NULL);
}

static void a_night_with_every_secret_leaves_none_behind(void **state)
{
    (void)state;
    g_autoptr(Peer) portal = peer_webdav();
    g_autoptr(Peer) post = peer_mail();
    if (portal == NULL || post == NULL) {
        skip();
    }
    g_autofree People *people = people_new();
    g_autoptr(Mini) mini = people_country("");
    g_autofree char *file = people_file(people);
    g_autofree char *login = secret_file(mini, "login", "post:" MARK "\n");
    g_autofree char *settings =
        g_strdup_printf("[delivery/dav]\nurl = %s\nlogin_file = %s\n[notice]\nserver = %s\n"
                        "from = fra@example.no\npage = https://portal.example.no\nlogin_file = %s\n"
                        "[notice/rogaland]\nto = til@example.no\n",
                        portal->url, login, post->url, login);
    append(mini, settings);
    people_deliver(mini, DELIVERY, file);
    const char *environment[] = {"PGPASSWORD=" MARK, NULL};
    g_auto(Result) night = mini_run(mini, environment, "statpakke-run", "--log=text",
                                    "--set=publish.deliver=dav", NULL);
    g_auto(Result) status = mini_run(mini, environment, "statpakke-status", NULL);
    g_auto(Result) shown = mini_run(mini, environment, "statpakke-config", "show", NULL);
    g_autofree char *browser = spy(mini);
    g_auto(Result) spied = mini_run(mini, environment, "statpakke-run", "--set=package.pdf=yes",
                                    browser, "--log=text", NULL);
    g_autofree char *said = g_strconcat(night.err, night.out, status.out, status.err, shown.out,
                                        spied.out, spied.err, NULL);
    g_autofree char *seen_path = g_build_filename(mini->folder, "sett", NULL);
    g_autofree char *seen = NULL;
    if (night.status != 0) {
        fail_msg("exit %d: %s", night.status, night.err);
    }
    assert_int_equal(spied.status, SP_ERROR_CONFIG);
    assert_true(g_file_get_contents(seen_path, &seen, NULL, NULL));
    assert_has(seen, "PATH=");
    Hunt hunt = {.marks = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref)};
    add_mark(&hunt, MARK, strlen(MARK));
    add_mark(&hunt, "post:" MARK, strlen("post:" MARK));
    add_file_mark(&hunt, mini, ".key", 0, 32);
    add_file_mark(&hunt, mini, ".sign.key", 120, 40);
    hunt_below(&hunt, mini->workspace);
    hunt_below(&hunt, portal->root);
    hunt_below(&hunt, post->root);
    hunt_in(&hunt, "what was said", said, strlen(said));
    hunt_in(&hunt, "what a child is given", seen, strlen(seen));
    assert_true(hunt.n_files > 100);
    Search search;
    search_init(&search, people);
    search_below(&search, mini->workspace);
    search_below(&search, portal->root);
    assert_int_equal(search_count(&search, said, strlen(said)), 0);
    g_hash_table_unref(search.keys);
    g_ptr_array_unref(hunt.marks);
}

/* ---- who decrypted what */

static Mini *country_with_delivery(void)
{
    g_autofree People *people = people_new();
    g_autofree char *file = people_file(people);
    Mini *mini = people_country("");
    people_deliver(mini, DELIVERY, file);
    g_auto(Result) fetched = mini_run(mini, NULL, "statpakke-fetch", NULL);
    g_auto(Result) division = mini_run(mini, NULL, "statpakke-normalise", "--unit=regioner", NULL);
    g_auto(Result) weights =
        mini_run(mini, NULL, "statpakke-normalise", "--unit=ssb/folkemengde", NULL);
    assert_string_equal(fetched.err, "");
    assert_int_equal(division.status + weights.status, 0);
    return mini;
}

static void what_is_decrypted_is_told_by_whom_for_what(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = country_with_delivery();
    g_autofree char *path = g_build_filename(mini->workspace, LOG, NULL);
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS)); /* encrypting is not reading */
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(night.status, 0);
    g_autofree char *text = mini_text(mini, LOG);
    g_autofree char *snapshot = people_snapshot(mini);
    g_autofree char *hash = g_path_get_basename(snapshot);
    g_autoptr(json_t) line = json_loads(text, 0, NULL); /* one line alone */
    const char *user = NULL, *program = NULL, *dataset = NULL, *named = NULL, *now = NULL,
               *stage = NULL, *unit = NULL, *time = NULL;
    json_int_t uid = -1, run = 0;
    struct stat is;
    assert_int_equal(json_unpack(line, "{s:s, s:s, s:I, s:s, s:s, s:I, s:s, s:s, s:s, s:s}", "time",
                                 &time, "now", &now, "uid", &uid, "user", &user, "program",
                                 &program, "run", &run, "dataset", &dataset, "snapshot", &named,
                                 "stage", &stage, "unit", &unit),
                     0);
    assert_int_equal(uid, geteuid());
    assert_string_equal(user, g_get_user_name());
    assert_string_equal(program, "statpakke-normalise");
    assert_int_equal(run, 4);
    assert_string_equal(dataset, "pai/stillinger");
    assert_string_equal(named, hash);
    assert_string_equal(stage, "normalise");
    assert_string_equal(unit, "pai/stillinger");
    assert_string_equal(now, "2025-03-01T03:00:00Z");
    assert_string_not_equal(time, now); /* the machine's own clock */
    assert_int_equal(stat(path, &is), 0);
    assert_int_equal(is.st_mode & 07777, 0600);
}

static void later_lines_are_added_and_nothing_takes_them_away(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = country_with_delivery();
    g_auto(Result) first = mini_run(mini, NULL, "statpakke-normalise", PAI, NULL);
    g_autofree char *before = mini_text(mini, LOG);
    g_auto(Result) second = mini_run(mini, NULL, "statpakke-normalise", PAI, NULL);
    g_autofree char *same = mini_text(mini, LOG);
    assert_string_equal(same, before); /* up to date: nothing was decrypted */
    g_autofree char *path = g_build_filename(mini->workspace, LOG, NULL);
    g_autofree char *torn = g_strconcat(before, "{\"time\":\"20", NULL);
    assert_true(sp_file_write(path, torn, strlen(torn), SP_MODE_PRIVATE_FILE, NULL));
    g_auto(Result) forced = mini_run(mini, NULL, "statpakke-normalise", PAI, "--force", NULL);
    assert_int_equal(forced.status, 0);
    g_autofree char *more = mini_text(mini, LOG);
    g_autofree char *start = g_strconcat(torn, "\n{", NULL);
    assert_true(g_str_has_prefix(more, start));
    assert_true(g_str_has_suffix(more, "}\n"));
    g_auto(Result) purged = mini_run(mini, NULL, "statpakke-purge", "--set=purge.run_days=1",
                                     "--now=2030-01-01T00:00:00Z", NULL);
    g_auto(Result) rebuilt = mini_run(mini, NULL, "statpakke-rebuild", NULL);
    g_autofree char *after = mini_text(mini, LOG);
    assert_int_equal(purged.status + rebuilt.status, 0);
    assert_string_equal(after, more);
}

static void nothing_is_decrypted_where_no_line_can_be_added(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = country_with_delivery();
    g_autofree char *path = g_build_filename(mini->workspace, LOG, NULL);
    g_autofree char *made = g_build_filename(mini->workspace, "stages/normalise/pai", NULL);
    assert_int_equal(symlink("/dev/null", path), 0); /* lines that are nowhere */
    g_auto(Result) refused = mini_run(mini, NULL, "statpakke-normalise", PAI, NULL);
    assert_int_not_equal(refused.status, 0);
    assert_has(refused.err, "access.log takes no line");
    assert_false(g_file_test(made, G_FILE_TEST_EXISTS));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0); /* that nobody reads */
    g_auto(Result) hung = mini_run(mini, NULL, "statpakke-normalise", PAI, NULL);
    assert_int_not_equal(hung.status, 0);
    assert_has(hung.err, "access.log takes no line");
    assert_int_equal(unlink(path), 0);
    g_auto(Result) well = mini_run(mini, NULL, "statpakke-normalise", PAI, NULL);
    assert_int_equal(well.status, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_with_a_password_is_known_by_its_form),
        cmocka_unit_test(an_address_that_tells_only_where_is_none),
        cmocka_unit_test(a_setting_with_a_password_stops_every_program_unsaid),
        cmocka_unit_test(a_night_with_every_secret_leaves_none_behind),
        cmocka_unit_test(what_is_decrypted_is_told_by_whom_for_what),
        cmocka_unit_test(later_lines_are_added_and_nothing_takes_them_away),
        cmocka_unit_test(nothing_is_decrypted_where_no_line_can_be_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
