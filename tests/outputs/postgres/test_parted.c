/* What stands around the figures, and changes with them: views, comments, parts that go, steps. */
#include "tests/check.h"
#include "tests/outputs/package.h"
#include "tests/outputs/postgres/portals.h"

#include "outputs/postgres/schema.h"

#define REGION                                                                                     \
    "SELECT count(*) FROM information_schema.columns WHERE table_schema = '@' AND table_name = "   \
    "'v_befolkning' AND column_name = 'regionnavn'"
#define TOLD "SELECT obj_description('@.befolkning'::regclass, 'pg_class')"

enum { LONGEST_US = 2 * G_USEC_PER_SEC, PAUSE_US = 50000 };

/* ---- views of common questions ---- */

static void a_view_of_another_text_is_made_anew_and_one_of_the_same_stays(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    static const SpPortalTold third[] = {{.edition = THIRD, .state = "current"},
                                         {.edition = SECOND, .state = "superseded"}};
    static const char row[] =
        "SELECT xmin, oid FROM pg_class WHERE oid = '@.v_befolkning'::regclass";
    follow_first("text");
    g_autofree char *before = ask("text", row);
    follow_second("text");
    assert_answer("text", row, before);
    server_run(server, "DROP VIEW text.v_befolkning; CREATE VIEW text.v_befolkning AS SELECT 'old' "
                       "AS region, 1 AS gone");
    follow("text", third, 2, folders[2]);
    assert_answer("text", REGION, "1\n");
    assert_answer("text", "SELECT DISTINCT utgave FROM @.v_befolkning", THIRD "\n");
}

static void a_view_that_somebody_builds_on_is_not_dropped_without_a_word(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    static const SpPortalTold second[] = {{.edition = SECOND, .state = "current"}};
    g_autoptr(GError) error = NULL;
    const SpPortalForm form = form_of("built");
    follow_first("built");
    server_run(server, "DROP VIEW built.v_befolkning; CREATE VIEW built.v_befolkning AS SELECT "
                       "'old' AS gone; CREATE VIEW public.own AS SELECT * FROM built.v_befolkning");
    assert_false(follow_by(&form, second, 1, folders[1], &error));
    assert_error(error, SP_ERROR_CONFIG, "own");
    assert_answer("built", "SELECT utgave FROM @.current", FIRST "\n");
}

/* ---- comments ---- */

static void comments_are_of_the_newest_edition(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    static const SpPortalTold second[] = {{.edition = SECOND, .state = "current"}};
    static const SpPortalTold back[] = {{.edition = SECOND, .state = "withdrawn", .reason = "feil"},
                                        {.edition = FIRST, .state = "current"}};
    static const SpPortalTold third[] = {{.edition = THIRD, .state = "current"},
                                         {.edition = FIRST, .state = "superseded"}};
    follow("told", second, 1, folders[1]);
    g_autofree char *before = ask("told", TOLD);
    server_run(server, "COMMENT ON TABLE told.befolkning IS 'as the newest says'");
    follow("told", back, 2, folders[0]);
    assert_answer("told", TOLD, "as the newest says\n");
    follow("told", third, 2, folders[2]);
    assert_answer("told", TOLD, before);
}

/* ---- parts that go ---- */

typedef struct {
    SpPortalForm form;
    gboolean is_done;
    GError *error;
} Night;

static const SpPortalTold night_told[] = {{.edition = SECOND, .state = "current"},
                                          {.edition = FIRST, .state = "superseded"}};

static gpointer run_night(gpointer data)
{
    Night *night = data;
    (void)follow_by(&night->form, night_told, 2, folders[1], &night->error);
    g_atomic_int_set(&night->is_done, TRUE);
    return NULL;
}

/* Asks again and again until the night is over; how long the longest answer took. */
static gint64 read_meanwhile(const Night *night, SpPostgres *session)
{
    gint64 longest = 0;
    while (!g_atomic_int_get(&night->is_done)) {
        const gint64 began = g_get_monotonic_time();
        g_autofree char *rows = session_ask(session, "SELECT count(*) FROM gone.current_aarsverk");
        longest = MAX(longest, g_get_monotonic_time() - began);
        assert_string_not_equal(rows, "0\n");
        g_usleep(PAUSE_US);
    }
    return longest;
}

static void nobody_waits_behind_a_reader_of_figures_that_go(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    static const SpPortalTold third[] = {{.edition = THIRD, .state = "current"},
                                         {.edition = SECOND, .state = "superseded"},
                                         {.edition = FIRST, .state = "superseded"}};
    g_autoptr(GError) error = NULL;
    Night night = {.form = form_of("gone")};
    night.form.n_kept = 0;
    follow_first("gone");
    g_autoptr(SpPostgres) reader = server_open(server, "eier");
    g_autoptr(SpPostgres) second = server_open(server, "eier");
    assert_true(sp_postgres_run(reader, "BEGIN", NULL));
    g_autofree char *rows = session_ask(reader, "SELECT count(*) FROM gone.current_aarsverk");
    assert_string_not_equal(rows, "0\n");
    GThread *thread = g_thread_new("night", run_night, &night);
    const gint64 longest = read_meanwhile(&night, second);
    g_thread_join(thread);
    assert_no_error(night.error);
    assert_true(longest < LONGEST_US);
    assert_answer("gone", EDITIONS, FIRST "|erstattet|fjernes\n" SECOND "|gjeldende|ja\n");
    /* A part that is half way out is in no new edition's way. */
    (void)follow_by(&night.form, third, 3, folders[2], &error);
    assert_no_error(error);
    assert_answer("gone", "SELECT DISTINCT utgave FROM @.current_aarsverk", THIRD "\n");
    assert_true(sp_postgres_run(reader, "COMMIT", NULL));
    server_run(server, "ALTER TABLE gone.aarsverk ADD COLUMN later text");
    (void)follow_by(&night.form, third, 3, folders[2], &error);
    assert_no_error(error);
    assert_answer("gone", EDITIONS,
                  FIRST "|erstattet|nei\n" SECOND "|erstattet|nei\n" THIRD "|gjeldende|ja\n");
    assert_answer("gone",
                  "SELECT count(*) FROM pg_class WHERE relnamespace = '@'::regnamespace AND "
                  "relkind = 'r' AND relname LIKE 'aarsverk_%'",
                  "1\n");
}

/* The new edition is current: what cannot be cleaned up after it is told, and is no error. */
static void figures_that_cannot_go_are_told_and_fail_nothing(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    g_autoptr(GError) error = NULL;
    g_autofree char *left = NULL;
    SpPortalForm form = form_of("stuck");
    form.n_kept = 0;
    follow_first("stuck");
    server_run(server, "CREATE VIEW public.on_a_part AS SELECT region FROM "
                       "stuck.aarsverk_2026_02_25_1a2b3c4d");
    g_autoptr(SpPortal) portal = sp_portal_open(&form, &error);
    (void)sp_portal_follow(portal, night_told, 2, folders[1], &left, &error);
    assert_no_error(error);
    assert_non_null(left);
    assert_has(left, "on_a_part");
    assert_answer("stuck", EDITIONS, FIRST "|erstattet|fjernes\n" SECOND "|gjeldende|ja\n");
}

/* ---- steps ---- */

static void a_backup_of_a_step_is_no_step(void **state)
{
    (void)state;
    char *folder = g_dir_make_tmp("sp-steps-XXXXXX", NULL);
    g_autofree char *step = g_build_filename(folder, "001.sql", NULL);
    g_autofree char *backup = g_build_filename(folder, "002.sql~", NULL);
    g_autoptr(GError) error = NULL;
    gint64 version = 0;
    assert_true(g_file_set_contents(step, "", -1, NULL));
    assert_true(g_file_set_contents(backup, "", -1, NULL));
    assert_true(sp_portal_schema_version(folder, &version, &error));
    assert_int_equal(version, 1);
    sp_test_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_view_of_another_text_is_made_anew_and_one_of_the_same_stays),
        cmocka_unit_test(a_view_that_somebody_builds_on_is_not_dropped_without_a_word),
        cmocka_unit_test(comments_are_of_the_newest_edition),
        cmocka_unit_test(nobody_waits_behind_a_reader_of_figures_that_go),
        cmocka_unit_test(figures_that_cannot_go_are_told_and_fail_nothing),
        cmocka_unit_test(a_backup_of_a_step_is_no_step),
    };
    return cmocka_run_group_tests(tests, portals_start, portals_stop);
}
