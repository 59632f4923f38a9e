/* How the database follows the feed: editions that come, go and are withdrawn, and who sees what
 * meanwhile. */
#include "tests/check.h"
#include "tests/outputs/package.h"
#include "tests/outputs/postgres/portals.h"

#include "core/io/files.h"
#include "core/io/json.h"

static void an_edition_that_is_there_is_not_imported_again(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    static const SpPortalTold told[] = {{.edition = FIRST, .state = "current"}};
    g_autoptr(GError) error = NULL;
    const SpPortalForm form = form_of("again");
    follow_first("again");
    g_autofree char *before = ask("again", "SELECT xmin, * FROM @.utgave");
    g_autoptr(SpPortal) portal = sp_portal_open(&form, &error);
    assert_no_error(error);
    SpPortalDue due;
    sp_portal_due(portal, told, 1, &due);
    assert_null(due.load);
    assert_int_equal(due.n_changes, 0);
    assert_answer("again", "SELECT xmin, * FROM @.utgave", before);
}

static void a_new_edition_replaces_the_one_before_and_old_ones_go(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    static const SpPortalTold told[] = {{.edition = THIRD, .state = "current"},
                                        {.edition = SECOND, .state = "superseded"},
                                        {.edition = FIRST, .state = "superseded"}};
    follow_first("replaced");
    follow_second("replaced");
    assert_answer("replaced", EDITIONS, FIRST "|erstattet|ja\n" SECOND "|gjeldende|ja\n");
    assert_answer("replaced", "SELECT DISTINCT utgave FROM @.current_befolkning", SECOND "\n");
    follow("replaced", told, 3, folders[2]);
    assert_answer("replaced", EDITIONS,
                  FIRST "|erstattet|nei\n" SECOND "|erstattet|ja\n" THIRD "|gjeldende|ja\n");
    assert_answer("replaced", "SELECT DISTINCT utgave FROM @.befolkning ORDER BY 1",
                  SECOND "\n" THIRD "\n");
    assert_answer(
        "replaced",
        "SELECT count(*) FROM pg_class WHERE relnamespace = '@'::regnamespace AND relname "
        "LIKE '%_2026_02_25_1a2b3c4d'",
        "0\n");
}

static void a_withdrawn_edition_keeps_its_row_and_loses_its_figures(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    static const SpPortalTold told[] = {{.edition = SECOND,
                                         .state = "withdrawn",
                                         .reason = "Feil i 'Oslo'",
                                         .from = "2026-04-01",
                                         .correction_nb = "For høyt",
                                         .correction_nn = "For høgt"},
                                        {.edition = FIRST, .state = "current"}};
    follow_first("withdrawn");
    follow_second("withdrawn");
    follow("withdrawn", told, 2, folders[0]);
    assert_answer("withdrawn", EDITIONS, FIRST "|gjeldende|ja\n" SECOND "|trukket|nei\n");
    assert_answer(
        "withdrawn",
        "SELECT grunn, trukket_fra, rettelse_nb, rettelse_nn FROM @.utgave WHERE tilstand "
        "= 'trukket'",
        "Feil i 'Oslo'|2026-04-01|For høyt|For høgt\n");
    assert_answer("withdrawn", "SELECT DISTINCT utgave FROM @.befolkning", FIRST "\n");
}

static void the_edition_before_a_withdrawn_one_is_loaded_where_it_is_gone(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    static const SpPortalTold second[] = {{.edition = SECOND, .state = "current"}};
    static const SpPortalTold told[] = {{.edition = SECOND, .state = "withdrawn", .reason = "feil"},
                                        {.edition = FIRST, .state = "current"}};
    static const SpPortalTold none[] = {{.edition = SECOND, .state = "withdrawn", .reason = "feil"},
                                        {.edition = FIRST, .state = "withdrawn", .reason = "òg"}};
    follow("gone", second, 1, folders[1]);
    follow("gone", told, 2, folders[0]);
    assert_answer("gone", EDITIONS, FIRST "|gjeldende|ja\n" SECOND "|trukket|nei\n");
    assert_answer("gone", "SELECT DISTINCT utgave FROM @.current_aarsverk", FIRST "\n");
    follow("gone", none, 2, NULL);
    assert_answer("gone", EDITIONS, FIRST "|trukket|nei\n" SECOND "|trukket|nei\n");
    assert_answer("gone", "SELECT count(*) FROM @.current_aarsverk", "0\n");
    assert_answer("gone", "SELECT count(*) FROM @.current", "0\n");
}

static void new_columns_are_added_and_none_is_dropped(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    static const SpPortalTold told[] = {{.edition = FOURTH, .state = "current"},
                                        {.edition = FIRST, .state = "superseded"}};
    static const char *const packages[] = {"fylke-15-moere-og-romsdal", "fylke-50-troendelag"};
    g_autofree char *fourth = edition_make(root, FOURTH);
    for (gsize i = 0; i < G_N_ELEMENTS(packages); i++) {
        g_autofree char *file = g_build_filename(packages[i], "data", "kilder.csv", NULL);
        g_autofree char *descriptor = g_build_filename(packages[i], "datapackage.json", NULL);
        edition_alter(fourth, file, "lisens,side,", "lisens,nettside,");
        edition_alter(fourth, descriptor, "\"name\": \"side\"", "\"name\": \"nettside\"");
    }
    follow_first("columns");
    follow("columns", told, 2, fourth);
    assert_answer("columns", "SELECT side, nettside FROM @.current_kilder WHERE kilde = 'test/00'",
                  "~|https://www.ssb.no/\n");
    assert_answer("columns",
                  "SELECT side, nettside FROM @.kilder WHERE kilde = 'test/00' ORDER BY utgave",
                  "https://www.ssb.no/|~\n~|https://www.ssb.no/\n");
}

static void a_column_of_another_type_is_told_and_not_forced(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    static const SpPortalTold third[] = {{.edition = THIRD, .state = "current"}};
    g_autoptr(GError) error = NULL;
    const SpPortalForm form = form_of("types");
    follow_first("types");
    server_run(server, "DROP VIEW types.current_kilder; "
                       "ALTER TABLE types.kilder ALTER side TYPE varchar(300)");
    assert_false(follow_by(&form, third, 1, folders[2], &error));
    assert_error(error, SP_ERROR_DATA, "column side of table kilder is character varying(300)");
    assert_answer("types", EDITIONS, FIRST "|gjeldende|ja\n");
}

static void a_schema_of_a_newer_program_is_refused(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    static const SpPortalTold told[] = {{.edition = SECOND, .state = "current"}};
    g_autoptr(GError) error = NULL;
    const SpPortalForm form = form_of("newer");
    follow_first("newer");
    server_run(server, "INSERT INTO newer.skjema (versjon) VALUES (99)");
    assert_false(follow_by(&form, told, 1, folders[1], &error));
    assert_error(error, SP_ERROR_CONFIG, "version 99");
    assert_answer("newer", EDITIONS, FIRST "|gjeldende|ja\n");
}

static void two_imports_at_once_are_one(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    static const SpPortalTold told[] = {{.edition = FIRST, .state = "current"}};
    g_autoptr(GError) error = NULL;
    const SpPortalForm form = form_of("locked");
    g_autoptr(SpPostgres) other = server_open(server, "eier");
    g_autofree char *got =
        session_ask(other, "SELECT pg_advisory_lock(hashtextextended('statpakke locked', 0))");
    assert_string_equal(got, "\n");
    assert_false(follow_by(&form, told, 1, folders[0], &error));
    assert_error(error, SP_ERROR_TRY_LATER, "somebody else imports");
}

static void a_reader_reads_everything_and_writes_nothing(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    static const SpPortalTold told[] = {{.edition = FIRST, .state = "current"}};
    g_autoptr(GError) error = NULL;
    SpPortalForm form = form_of("read");
    form.reader_role = "leser";
    (void)follow_by(&form, told, 1, folders[0], &error);
    assert_no_error(error);
    g_autoptr(SpPostgres) reader = server_open(server, "leser");
    g_autofree char *rows = session_ask(reader, "SELECT count(*) > 0 FROM read.v_befolkning");
    assert_string_equal(rows, "t\n");
    static const char *const writes[] = {"DELETE FROM read.utgave",
                                         "UPDATE read.befolkning SET innbyggere = 0",
                                         "CREATE TABLE read.min (a integer)"};
    for (gsize i = 0; i < G_N_ELEMENTS(writes); i++) {
        g_autoptr(GError) refusal = NULL;
        assert_false(sp_postgres_run(reader, writes[i], &refusal));
        assert_error(refusal, SP_ERROR_PERMISSION, "permission denied");
    }
    static const SpPortalTold second[] = {{.edition = SECOND, .state = "current"}};
    form.reader_role = "ingen";
    assert_false(follow_by(&form, second, 1, folders[1], &error));
    assert_error(error, SP_ERROR_CONFIG, "portal.reader_role = ingen");
    assert_answer("read", EDITIONS, FIRST "|gjeldende|ja\n");
}

/* Who looks at one edition in a long transaction keeps it, and is in nobody's way for long. */
static void a_reader_of_an_edition_that_goes_keeps_it_until_he_is_done(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    static const SpPortalTold told[] = {{.edition = SECOND, .state = "current"},
                                        {.edition = FIRST, .state = "superseded"}};
    g_autoptr(GError) error = NULL;
    SpPortalForm form = form_of("kept");
    form.n_kept = 0;
    follow_first("kept");
    g_autoptr(SpPostgres) reader = server_open(server, "eier");
    assert_true(sp_postgres_run(reader, "BEGIN ISOLATION LEVEL REPEATABLE READ", NULL));
    g_autofree char *before = session_ask(reader, "SELECT * FROM kept.current_befolkning");
    g_autofree char *left = NULL;
    g_autofree char *left_again = NULL;
    g_autoptr(SpPortal) portal = sp_portal_open(&form, &error);
    assert_true(sp_portal_follow(portal, told, 2, folders[1], &left, &error));
    assert_has(left, "lock timeout");
    g_autofree char *still = session_ask(reader, "SELECT * FROM kept.current_befolkning");
    assert_string_equal(still, before);
    assert_answer("kept", EDITIONS, FIRST "|erstattet|fjernes\n" SECOND "|gjeldende|ja\n");
    assert_true(sp_postgres_run(reader, "COMMIT", NULL));
    SpPortalDue due;
    g_autoptr(SpPortal) again = sp_portal_open(&form, &error);
    sp_portal_due(again, told, 2, &due);
    assert_int_equal(due.n_changes, 1);
    sp_portal_close(g_steal_pointer(&portal));
    assert_true(sp_portal_follow(again, told, 2, folders[1], &left_again, &error));
    assert_null(left_again);
    assert_answer("kept", EDITIONS, FIRST "|erstattet|nei\n" SECOND "|gjeldende|ja\n");
}

static void no_log_has_the_password(void **state)
{
    (void)state;
    SKIP_WITHOUT_SERVER
    g_autofree char *folder = g_build_filename(server->folder, "data", "log", NULL);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    assert_non_null(dir);
    for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *text = NULL;
        assert_true(g_file_get_contents(path, &text, NULL, NULL));
        g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
        for (char **line = lines; *line != NULL; line++) {
            /* The test itself has told it, once, when it made the role. */
            assert_true(strstr(*line, SERVER_PASSWORD) == NULL ||
                        strstr(*line, "CREATE ROLE leser") != NULL);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_edition_that_is_there_is_not_imported_again),
        cmocka_unit_test(a_new_edition_replaces_the_one_before_and_old_ones_go),
        cmocka_unit_test(a_withdrawn_edition_keeps_its_row_and_loses_its_figures),
        cmocka_unit_test(the_edition_before_a_withdrawn_one_is_loaded_where_it_is_gone),
        cmocka_unit_test(new_columns_are_added_and_none_is_dropped),
        cmocka_unit_test(a_column_of_another_type_is_told_and_not_forced),
        cmocka_unit_test(a_schema_of_a_newer_program_is_refused),
        cmocka_unit_test(two_imports_at_once_are_one),
        cmocka_unit_test(a_reader_reads_everything_and_writes_nothing),
        cmocka_unit_test(a_reader_of_an_edition_that_goes_keeps_it_until_he_is_done),
        cmocka_unit_test(no_log_has_the_password),
    };
    return cmocka_run_group_tests(tests, portals_start, portals_stop);
}
