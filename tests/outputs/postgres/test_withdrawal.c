/* A withdrawn edition is current no more, whatever is wrong with the one that takes its place. */
#include "tests/check.h"
#include "tests/outputs/package.h"
#include "tests/outputs/postgres/portals.h"

static const SpPortalTold withdrawn[] = {
    {.edition = SECOND, .state = "withdrawn", .reason = "Feil i Oslo"},
    {.edition = FIRST, .state = "current"}};

/* SECOND is current, and FIRST is not there. */
static void follow_second_alone(const char *schema)
{
    static const SpPortalTold told[] = {{.edition = SECOND, .state = "current"}};
    follow(schema, told, 1, folders[1]);
}

/* Nothing is current, and why is told. */
static void assert_withdrawn(const char *schema)
{
    assert_answer(schema, "SELECT count(*) FROM @.current", "0\n");
    assert_answer(schema, "SELECT count(*) FROM @.current_befolkning", "0\n");
    assert_answer(schema, "SELECT utgave, grunn FROM @.utgave WHERE tilstand = 'trukket'",
                  SECOND "|Feil i Oslo\n");
}

static void assert_fails_withdrawn(const char *schema, const char *folder, int code,
                                   const char *part)
{
    g_autoptr(GError) error = NULL;
    const SpPortalForm form = form_of(schema);
    assert_false(follow_by(&form, withdrawn, 2, folder, &error));
    assert_error(error, code, part);
    assert_withdrawn(schema);
}

/* And it is loaded when that is well again. */
static void assert_follows(const char *schema)
{
    follow(schema, withdrawn, 2, folders[0]);
    assert_answer(schema, EDITIONS, FIRST "|gjeldende|ja\n" SECOND "|trukket|nei\n");
}

static void an_edition_without_its_sqlite_copy_does_not_keep_a_wrong_one_current(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    char *other = g_dir_make_tmp("sp-portal-XXXXXX", NULL);
    g_autofree char *folder = edition_make(other, FIRST);
    g_autofree char *copy =
        g_build_filename(folder, "fylke-50-troendelag", "statistikkpakke.sqlite", NULL);
    assert_int_equal(g_remove(copy), 0);
    follow_second_alone("gate_copy");
    assert_fails_withdrawn("gate_copy", folder, SP_ERROR_CONFIG, "package.formats");
    assert_follows("gate_copy");
    sp_test_folder_remove(other);
}

static void a_column_of_another_type_does_not_keep_a_wrong_one_current(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    follow_second_alone("gate_type");
    server_run(server, "DROP VIEW gate_type.current_kilder; "
                       "ALTER TABLE gate_type.kilder ALTER side TYPE varchar(300)");
    assert_fails_withdrawn("gate_type", folders[0], SP_ERROR_DATA, "character varying(300)");
}

static void a_full_disk_does_not_keep_a_wrong_one_current(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    follow_second_alone("gate_disk");
    server_run(server,
               "CREATE FUNCTION public.full_disk() RETURNS event_trigger LANGUAGE plpgsql AS $$ "
               "BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$; CREATE "
               "EVENT TRIGGER full_disk ON ddl_command_start WHEN TAG IN ('CREATE TABLE') EXECUTE "
               "FUNCTION public.full_disk()");
    assert_fails_withdrawn("gate_disk", folders[0], SP_ERROR_UNAVAILABLE, "no space left");
    server_run(server, "DROP EVENT TRIGGER full_disk");
    assert_follows("gate_disk");
}

static void a_role_that_is_gone_does_not_keep_a_wrong_one_current(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    g_autoptr(GError) error = NULL;
    SpPortalForm form = form_of("gate_role");
    form.reader_role = "ingen";
    follow_first("gate_role");
    follow_second("gate_role");
    assert_false(follow_by(&form, withdrawn, 2, folders[0], &error));
    assert_error(error, SP_ERROR_CONFIG, "portal.reader_role");
    /* The figures of the one before are there: it is current at once. */
    assert_answer("gate_role", "SELECT utgave FROM @.current", FIRST "\n");
}

static void a_reader_of_old_figures_does_not_keep_a_wrong_one_current(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    static const SpPortalTold told[] = {{.edition = SECOND, .state = "current"},
                                        {.edition = FIRST, .state = "superseded"}};
    g_autoptr(GError) error = NULL;
    SpPortalForm form = form_of("gate_read");
    form.n_kept = 0;
    follow_first("gate_read");
    g_autoptr(SpPostgres) reader = server_open(server, "eier");
    assert_true(sp_postgres_run(reader, "BEGIN ISOLATION LEVEL REPEATABLE READ", NULL));
    g_autofree char *before = session_ask(reader, "SELECT * FROM gate_read.current_befolkning");
    (void)follow_by(&form, told, 2, folders[1], &error);
    assert_no_error(error);
    assert_fails_withdrawn("gate_read", folders[0], SP_ERROR_TRY_LATER, "is read by somebody");
    g_autofree char *still = session_ask(reader, "SELECT * FROM gate_read.current_befolkning");
    assert_string_equal(still, before);
    assert_true(sp_postgres_run(reader, "COMMIT", NULL));
    assert_follows("gate_read");
}

static void what_was_withdrawn_stays_so_when_the_feed_was_begun_anew(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    static const SpPortalTold anew[] = {{.edition = THIRD, .state = "current"}};
    g_autoptr(GError) error = NULL;
    const SpPortalForm form = form_of("anew");
    follow_first("anew");
    follow_second("anew");
    follow("anew", withdrawn, 2, folders[0]);
    follow("anew", anew, 1, folders[2]);
    assert_answer("anew", "SELECT utgave, tilstand, grunn FROM @.utgave ORDER BY utgave",
                  FIRST "|erstattet|~\n" SECOND "|trukket|Feil i Oslo\n" THIRD "|gjeldende|~\n");
    SpPortalDue due;
    g_autoptr(SpPortal) portal = sp_portal_open(&form, &error);
    assert_no_error(error);
    sp_portal_due(portal, anew, 1, &due);
    assert_int_equal(due.n_changes, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_edition_without_its_sqlite_copy_does_not_keep_a_wrong_one_current),
        cmocka_unit_test(a_column_of_another_type_does_not_keep_a_wrong_one_current),
        cmocka_unit_test(a_full_disk_does_not_keep_a_wrong_one_current),
        cmocka_unit_test(a_role_that_is_gone_does_not_keep_a_wrong_one_current),
        cmocka_unit_test(a_reader_of_old_figures_does_not_keep_a_wrong_one_current),
        cmocka_unit_test(what_was_withdrawn_stays_so_when_the_feed_was_begun_anew),
    };
    return cmocka_run_group_tests(tests, portals_start, portals_stop);
}
