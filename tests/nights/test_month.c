/*
 * A month of nights without a person, in one workspace: what the world does before each, and what
 * the night must do. After every one what is served is whole; a quiet night says not a word.
 */
#include "tests/check.h"
#include "tests/nights/world.h"
#include "tests/pipeline/targets.h"

#include "core/error.h"
#include "core/io/files.h"

#define MERGED "2025-02-01"

/* ---- what happens ---- */

static void nothing(World *world)
{
    world_set_mood(world, SSB_ANSWERS);
}

static void ssb_goes_down(World *world)
{
    world_set_mood(world, SSB_IS_DOWN);
}

static void ssb_is_asked_too_often(World *world)
{
    world_set_mood(world, SSB_IS_ASKED_TOO_OFTEN);
}

static void ssb_shows_zeros(World *world)
{
    world_set_mood(world, SSB_SHOWS_ZEROS);
}

/* One figure of the population is another, and the table has a newer time. */
static void ssb_publishes(World *world)
{
    static const char *const values[] = {"[9", "[8", "[7", "[6", "[5", "[4"};
    static guint n = 0;
    g_assert(n + 1 < G_N_ELEMENTS(values));
    world_set_mood(world, SSB_ANSWERS);
    g_autofree char *old = g_strconcat("\"value\":", values[n], NULL);
    g_autofree char *new = g_strconcat("\"value\":", values[n + 1], NULL);
    g_autofree char *then = g_strdup_printf(n == 0 ? "2025-02-25T07" : "2025-03-%02uT07", n);
    g_autofree char *now = g_strdup_printf("2025-03-%02uT07", n + 1);
    mini_replace(world->mini, "07459.json", old, new);
    mini_replace(world->mini, "07459.json", then, now);
    n++;
}

static void kostra_is_revised(World *world)
{
    mini_replace(world->mini, "omsorg.csv", "1103,2023,500,220,40,120,95,80",
                 "1103,2023,500,220,40,120,95,84");
}

static void kostra_is_an_apology(World *world)
{
    g_autofree char *good = mini_read(world->mini, "omsorg.csv");
    mini_write(world->mini, "omsorg.god", good);
    mini_write(world->mini, "omsorg.csv", "<html><body>Vedlikehold</body></html>\n");
}

static void kostra_is_back(World *world)
{
    g_autofree char *good = mini_read(world->mini, "omsorg.god");
    mini_write(world->mini, "omsorg.csv", good);
}

static void a_file_arrives_late(World *world)
{
    mini_deliver(world->mini, "tabular", "brukere-2024.csv",
                 "kommunenummer,aar,hjemmetjenestebrukere,hjemmetjenestebrukere_80p,bolig_heldoegn,"
                 "institusjon,institusjon_80p,sykepleier_aarsverk_avtalt\n"
                 "0301,2024,1620,710,90,405,300,251\n1103,2024,505,221,41,121,95,80\n"
                 "1508,2024,212,91,12,61,41,30\n1580,2024,41,22,3,15,12,6\n");
}

static void the_line_to_the_portal_is_cut(World *world)
{
    ssb_publishes(world);
    world->option = "--set=delivery/portal.url=http://127.0.0.1:1/ut";
}

static void withdraw(World *world)
{
    g_autofree char *edition = edition_served(world->mini);
    g_auto(Result) taken =
        mini_run(world->mini, NULL, "statpakke-withdraw", edition, "--reason=Feil i tallene", NULL);
    assert_int_equal(taken.status, 0);
}

static void the_machine_loses_power(World *world)
{
    ssb_publishes(world);
    world_killed_night(world, "2025-03-24T03:00:00Z", "project/referanse");
}

/* 1508 and 1580 become 1599 after the day of the newest population, as mergers are declared: a
 * change, a new list, a later division. */
static void two_kommuner_merge(World *world)
{
    mini_replace(world->mini, "endringer.json", "]}",
                 ",{\"oldCode\":\"1508\",\"oldName\":\"Ålesund\",\"newCode\":\"1599\",\"newName\":"
                 "\"Nye Ålesund\",\"changeOccurred\":\"" MERGED "\"},{\"oldCode\":\"1580\","
                 "\"oldName\":\"Haram\",\"newCode\":\"1599\",\"newName\":\"Nye Ålesund\","
                 "\"changeOccurred\":\"" MERGED "\"}]}");
    mini_replace(
        world->mini, "kommuner.json",
        "{\"code\":\"1508\",\"parentCode\":null,\"level\":\"1\",\"name\":\"Ålesund\"},"
        "{\"code\":\"1580\",\"parentCode\":null,\"level\":\"1\",\"name\":\"Haram\"},",
        "{\"code\":\"1599\",\"parentCode\":null,\"level\":\"1\",\"name\":\"Nye Ålesund\"},");
    mini_replace(world->mini, "grupper.json",
                 "{\"sourceCode\":\"11\",\"targetCode\":\"1508\"},{\"sourceCode\":\"5\","
                 "\"targetCode\":\"1580\"}",
                 "{\"sourceCode\":\"11\",\"targetCode\":\"1599\"}");
    mini_replace(world->mini, "sentralitet.xml", "<targetCode>1580</targetCode>",
                 "<targetCode>1599</targetCode>");
    mini_replace(world->mini, "sentralitet.xml",
                 "<correspondenceItem><sourceCode>02</sourceCode><targetCode>1508</targetCode>"
                 "</correspondenceItem>",
                 "");
    target_set(world->mini, "[normalise]\ndivision = " MERGED "\n");
}

static void somebody_must_approve(World *world)
{
    ssb_publishes(world);
    mini_set(world->mini, "publish", "approval = manual");
}

static void somebody_approves(World *world)
{
    g_auto(Result) status = mini_run(world->mini, NULL, "statpakke-status", NULL);
    const char *waits = strstr(status.out, "  waits for approval");
    assert_non_null(waits);
    g_autofree char *edition = g_strndup(waits - strlen("2025-03-01-1a2b3c4d"), 19);
    g_autofree char *path = g_build_filename(world->mini->workspace, "approvals", edition, NULL);
    assert_true(g_file_set_contents(path, "Kari Nordmann\n", -1, NULL));
}

/* ---- the script ---- */

typedef struct {
    const char *time;
    void (*before)(World *world);
    int status;
    gboolean is_new;     /* another edition is served afterwards */
    const char *says;    /* on stderr; NULL: not a word */
    const char *told_of; /* by status afterwards; NULL: nothing is asked */
} Night;

#define OLD FALSE
#define NEW TRUE
#define STOOD_IN "older snapshots stood in"

static const Night nights[] = {
    {"2025-03-01T02:00:00Z", nothing, 0, NEW, NULL, "current"},
    {"2025-03-02T02:00:00Z", nothing, 0, OLD, NULL, "next run: nothing to make"},
    {"2025-03-03T02:00:00Z", nothing, 0, OLD, NULL, NULL},
    {"2025-03-04T02:00:00Z", ssb_goes_down, 0, OLD, STOOD_IN, "cannot be fetched since 2025-03-04"},
    {"2025-03-05T02:00:00Z", nothing, 0, OLD, NULL, NULL},
    {"2025-03-06T02:00:00Z", ssb_is_asked_too_often, 0, OLD, STOOD_IN, "since 2025-03-06"},
    {"2025-03-07T02:00:00Z", nothing, 0, OLD, NULL, NULL},
    {"2025-03-08T06:30:00Z", ssb_shows_zeros, 0, OLD, "are 0 or gone", "since 2025-03-08T06"},
    {"2025-03-08T08:00:00Z", ssb_publishes, 0, NEW, NULL, NULL},
    {"2025-03-09T02:00:00Z", nothing, 0, OLD, NULL, NULL},
    {"2025-03-10T02:00:00Z", kostra_is_revised, 0, NEW, NULL, NULL},
    {"2025-03-11T02:00:00Z", nothing, 0, OLD, NULL, NULL},
    {"2025-03-12T02:00:00Z", kostra_is_an_apology, 0, OLD, STOOD_IN, "tabular/aarsverk"},
    {"2025-03-13T02:00:00Z", kostra_is_back, 0, OLD, NULL, NULL},
    {"2025-03-14T02:00:00Z", a_file_arrives_late, 0, NEW, NULL, NULL},
    {"2025-03-15T02:00:00Z", nothing, 0, OLD, NULL, NULL},
    {"2025-03-16T02:00:00Z", the_line_to_the_portal_is_cut, 0, NEW,
     "not delivered to target portal", "it fails since 2025-03-16"},
    {"2025-03-17T02:00:00Z", nothing, 0, OLD, NULL, NULL},
    {"2025-03-18T02:00:00Z", nothing, 0, OLD, NULL, NULL},
    {"2025-03-19T02:00:00Z", withdraw, SP_ERROR_DATA, NEW, "is withdrawn (Feil i tallene)",
     "withdrawn: Feil i tallene"},
    {"2025-03-20T02:00:00Z", nothing, SP_ERROR_DATA, OLD, "is withdrawn (Feil i tallene)", NULL},
    {"2025-03-21T02:00:00Z", ssb_publishes, 0, NEW, NULL, NULL},
    {"2025-03-22T02:00:00Z", nothing, 0, OLD, NULL, NULL},
    {"2025-03-24T02:00:00Z", the_machine_loses_power, 0, NEW, "did not finish", NULL},
    {"2025-03-25T02:00:00Z", nothing, 0, OLD, NULL, NULL},
    {"2025-03-26T02:00:00Z", two_kommuner_merge, 0, NEW, NULL, NULL},
    {"2025-03-27T02:00:00Z", nothing, 0, OLD, NULL, NULL},
    {"2025-03-28T02:00:00Z", somebody_must_approve, 0, OLD, NULL, "waits for approval"},
    {"2025-03-29T02:00:00Z", somebody_approves, 0, NEW, NULL, NULL},
    {"2025-03-30T02:00:00Z", nothing, 0, OLD, NULL, "next run: nothing to make"},
};

/* ---- what must be true ---- */

static void check_whole(const World *world, const char *time)
{
    g_auto(Result) verified = mini_run(world->mini, NULL, "statpakke-verify", NULL);
    if (verified.status != 0) {
        fail_msg("%s: what is served is not whole: %s", time, verified.err);
    }
}

static void check_told(const World *world, const Night *night, const Result *result)
{
    const gboolean is_said =
        night->says == NULL ? *result->err == '\0' : strstr(result->err, night->says) != NULL;
    if (result->status != night->status || !is_said || *result->out != '\0') {
        fail_msg("%s: exit %d, want %d; said \"%s%s\", want \"%s\"", night->time, result->status,
                 night->status, result->out, result->err, night->says != NULL ? night->says : "");
    }
    if (night->told_of != NULL) {
        g_autofree char *now = g_strconcat("--now=", night->time, NULL);
        g_auto(Result) status = mini_run(world->mini, NULL, "statpakke-status", now, NULL);
        if (strstr(status.out, night->told_of) == NULL) {
            fail_msg("%s: status does not tell \"%s\": %s%s", night->time, night->told_of,
                     status.out, status.err);
        }
    }
}

/* What the portal has is what is served, unless the line is cut. */
static void check_delivered(const World *world, const Night *night)
{
    if (world->portal == NULL || world->option != NULL) {
        return;
    }
    g_autofree char *served = edition_served(world->mini);
    g_autofree char *there = g_build_filename(world->portal->root, served, NULL);
    if (!g_file_test(there, G_FILE_TEST_IS_DIR)) {
        fail_msg("%s: the portal does not have %s", night->time, served);
    }
    feed_check(world->portal->root);
}

static void live_through(World *world, const Night *night)
{
    world->option = NULL;
    g_autofree char *before = mini_current(world->mini);
    night->before(world);
    g_auto(Result) result = world_night(world, night->time);
    g_autofree char *after = mini_current(world->mini);
    check_told(world, night, &result);
    if ((g_strcmp0(before, after) != 0) != night->is_new) {
        fail_msg("%s: served is %s, and was %s", night->time, after, before);
    }
    check_whole(world, night->time);
    check_delivered(world, night);
}

/* The newest edition in a workspace's packages/, published or not. g_free. */
static char *newest_edition(const char *workspace)
{
    g_autofree char *folder = g_build_filename(workspace, "packages", NULL);
    g_auto(GStrv) names = sp_folder_list(folder, NULL);
    const char *newest = NULL;
    for (char **name = names; *name != NULL; name++) {
        newest = g_ascii_isdigit(**name) ? *name : newest;
    }
    assert_non_null(newest);
    return g_build_filename(folder, newest, NULL);
}

/* A workspace that meets the world as it is at the end of the month has the same figures: of the
 * nights before nothing is left in them. What both tell of earlier editions is another matter. */
static void check_figures(const World *world)
{
    g_autofree char *fresh = g_build_filename(world->mini->folder, "fresh", NULL);
    g_autofree char *at = g_strconcat("--workspace=", fresh, NULL);
    g_autofree char *inbox = g_build_filename(world->mini->workspace, "inbox", NULL);
    g_autofree char *served = g_build_filename(world->mini->workspace, "current", NULL);
    g_auto(Result) made =
        mini_run(world->mini, NULL, "statpakke-init", at, "--config", world->mini->conf, NULL);
    assert_int_equal(made.status, 0);
    const char *copy[] = {"cp", "-a", inbox, fresh, NULL};
    int status = 0;
    assert_true(g_spawn_sync(NULL, (char **)copy, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                             &status, NULL));
    assert_int_equal(status, 0);
    g_auto(Result) night = mini_run(world->mini, NULL, "statpakke-run", at, "--until=audit", NULL);
    assert_int_equal(night.status, 0);
    g_autofree char *edition = newest_edition(fresh);
    g_auto(Result) diff = mini_run(world->mini, NULL, "statpakke-diff", served, edition, NULL);
    assert_string_equal(diff.out, "0 cells differ\n");
}

static void a_month_of_nights_goes_as_the_script_says(void **state)
{
    (void)state;
    g_autoptr(World) world = world_new();
    mini_deliver(world->mini, "tabular", "brukere-2023.csv",
                 "kommunenummer,aar,hjemmetjenestebrukere,hjemmetjenestebrukere_80p,bolig_heldoegn,"
                 "institusjon,institusjon_80p,sykepleier_aarsverk_avtalt\n"
                 "0301,2023,1600,700,90,400,300,250.5\n1103,2023,500,220,40,120,95,80\n"
                 "1508,2023,210,90,12,60,41,30.25\n1580,2023,40,21,3,15,12,6\n");
    for (gsize i = 0; i < G_N_ELEMENTS(nights); i++) {
        live_through(world, &nights[i]);
    }
    check_figures(world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_of_nights_goes_as_the_script_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
