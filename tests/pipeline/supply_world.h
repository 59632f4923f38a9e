/** A simulated country whose supply is projected from what its extracts say of the years to 2025,
 * and which is then lived on with the same seed. Ages differ between its labour markets. */
#ifndef SP_TESTS_PIPELINE_SUPPLY_WORLD_H
#define SP_TESTS_PIPELINE_SUPPLY_WORLD_H

#include "tests/check.h"
#include "tests/pipeline/simulated.h"

#include "core/io/files.h"

#include <gsl/gsl_errno.h>

enum { BASE = 2026, YEARS = 5, LAST_PAST = BASE - 1 };
#define WORLD_DATASETS                                                                             \
    "--set=fetch.datasets="                                                                        \
    "klass/kommuner, klass/endringer, klass/kostragrupper, klass/sentralitet, klass/fylker, "      \
    "ssb/folkemengde, tabular/doedelighet, tabular/fruktbarhet, tabular/helsepersonell, "          \
    "dbh/kandidater, udir/laerlinger, tabular/autorisasjon, tabular/pendling, "                    \
    "ssb/aarsverk_utdanning"

typedef struct {
    char *folder;
    char *workspace;
    json_t *truth;   /* of the past and the five years after it */
    SpTable *causes; /* framskriving_tilbud_aarsak */
    SpTable *supply; /* framskriving_tilbud */
} World;

static inline void world_run_or_fail(const char *name, const char *const arguments[5])
{
    g_autofree char *err = NULL;
    int status = simulated_run(&err, name, arguments[0], arguments[1], arguments[2], arguments[3],
                               arguments[4], NULL);
    if (status != 0) {
        fail_msg("%s: exit %d: %s", name, status, err);
    }
}

static inline void world_copy(const char *from, const char *to)
{
    const char *arguments[] = {"cp", "-r", from, to, NULL};
    int status = 0;
    assert_true(g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                             NULL, &status, NULL));
    assert_int_equal(status, 0);
}

/* The simulator's numbers, but for ages that differ between labour markets by some years. */
static inline void world_set_numbers(const char *folder)
{
    g_autofree char *shipped = g_build_filename(SP_SOURCE_FOLDER, "config", NULL);
    g_autofree char *data = g_build_filename(folder, "config", NULL);
    g_autofree char *path = g_build_filename(data, "simulate", "modell.ini", NULL);
    world_copy(shipped, data);
    g_autofree char *text = simulated_text(data, "simulate/modell.ini");
    g_auto(GStrv) parts = g_strsplit(text, "\nalder_marked = 0\n", -1);
    assert_int_equal(g_strv_length(parts), 2);
    g_autofree char *changed = g_strjoinv("\nalder_marked = 1\n", parts);
    assert_true(g_file_set_contents(path, changed, -1, NULL));
    assert_true(g_setenv("STATPAKKE_DATA", data, TRUE));
}

static inline void world_simulate(const char *years, const char *out)
{
    assert_int_equal(simulated_run(NULL, "statpakke-simulate", "--level", "facts", "--seed", "11",
                                   "--years", years, "--out", out, NULL),
                     0);
}

static inline int make_world(void **state)
{
    World *world = g_new0(World, 1);
    world->folder = g_dir_make_tmp("statpakke-supply-XXXXXX", NULL);
    world->workspace = g_build_filename(world->folder, "ws", NULL);
    g_autofree char *later = g_build_filename(world->folder, "later", NULL);
    g_autofree char *out = g_build_filename(world->folder, "out", NULL);
    g_autofree char *conf = g_build_filename(out, "simulert.conf", NULL);
    g_autofree char *inbox = g_build_filename(out, "inbox", NULL);
    gsl_set_error_handler_off();
    world_set_numbers(world->folder);
    world_simulate("2018-2030", later);
    world->truth = simulated_json(later, "truth.json");
    assert_true(sp_folder_remove(later, NULL));
    world_simulate("2018-2025", out);
    g_unsetenv("STATPAKKE_DATA");
    world_run_or_fail("statpakke-init",
                      (const char *[5]){"--workspace", world->workspace, "--config", conf,
                                        "--set=project.horizon=2031"});
    world_copy(inbox, world->workspace);
    static const char *const stages[] = {"statpakke-fetch", "statpakke-normalise",
                                         "statpakke-project"};
    for (gsize i = 0; i < G_N_ELEMENTS(stages); i++) {
        const char *unit = i < 2 ? NULL : "--unit=referanse";
        world_run_or_fail(stages[i],
                          (const char *[5]){"--workspace", world->workspace, (WORLD_DATASETS),
                                            "--set=project.draws=20", unit});
    }
    g_autoptr(SpTables) made = simulated_tables(world->workspace, "project", "referanse");
    world->causes = sp_tables_steal(made, "framskriving_tilbud_aarsak");
    world->supply = sp_tables_steal(made, "framskriving_tilbud");
    assert_non_null(world->causes);
    assert_non_null(world->supply);
    *state = world;
    return 0;
}

static inline int remove_world(void **state)
{
    World *world = *state;
    (void)sp_folder_remove(world->folder, NULL);
    g_free(world->folder);
    g_free(world->workspace);
    json_decref(world->truth);
    sp_table_free(world->causes);
    sp_table_free(world->supply);
    g_free(world);
    return 0;
}

#endif
