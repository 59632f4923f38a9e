/* Servers on loopback. */
#include "tests/nights/world.h"

#include "tests/check.h"

#include "core/io/files.h"
#include "core/io/json.h"
#include "tests/pipeline/targets.h"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/wait.h>

static enum MHD_Result answer(struct MHD_Connection *connection, guint status, const char *body)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(strlen(body), (void *)body, MHD_RESPMEM_MUST_COPY);
    MHD_add_response_header(response, "Retry-After", "0");
    const enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

/* Every figure is 0, as a table is before its release. */
static char *zeros_of(const char *text)
{
    size_t i = 0;
    json_t *value = NULL;
    g_autoptr(json_t) json = json_loads(text, 0, NULL);
    json_t *values = json_object_get(json, "value");
    assert_non_null(values);
    json_object_set_new(json, "updated", json_string("2025-03-08T04:00:00Z"));
    json_array_foreach(values, i, value)
    {
        if (!json_is_null(value)) {
            json_array_set_new(values, i, json_integer(0));
        }
    }
    return sp_json_format(json);
}

static enum MHD_Result on_request(void *data, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *size, /* NOLINT: its type is libmicrohttpd's */
                                  void **state)
{
    (void)method;
    (void)version;
    (void)upload;
    (void)size;
    (void)state;
    const World *world = data;
    g_autofree char *path = g_build_filename(world->mini->extracts, url, NULL);
    g_autofree char *text = NULL;
    if (world->mood == SSB_IS_ASKED_TOO_OFTEN) {
        return answer(connection, MHD_HTTP_TOO_MANY_REQUESTS, "too many requests");
    }
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        return answer(connection, MHD_HTTP_NOT_FOUND, "no such table");
    }
    g_autofree char *zeros = world->mood == SSB_SHOWS_ZEROS ? zeros_of(text) : NULL;
    return answer(connection, MHD_HTTP_OK, zeros != NULL ? zeros : text);
}

static void open_server(World *world)
{
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons(world->port),
                                        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    world->ssb = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, on_request, world,
                                  MHD_OPTION_SOCK_ADDR, &address,
                                  MHD_OPTION_LISTENING_ADDRESS_REUSE, 1U, MHD_OPTION_END);
    assert_non_null(world->ssb);
    world->port = MHD_get_daemon_info(world->ssb, MHD_DAEMON_INFO_BIND_PORT)->port;
}

void world_set_mood(World *world, Mood mood)
{
    if (mood == SSB_IS_DOWN && world->ssb != NULL) {
        MHD_stop_daemon(world->ssb);
        world->ssb = NULL;
    }
    world->mood = mood;
    if (mood != SSB_IS_DOWN && world->ssb == NULL) {
        open_server(world);
    }
}

static void change(const World *world, const char *old, const char *new)
{
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(world->mini->conf, &text, NULL, NULL));
    g_auto(GStrv) parts = g_strsplit(text, old, 2);
    assert_int_equal(g_strv_length(parts), 2);
    g_autofree char *changed = g_strjoinv(new, parts);
    assert_true(g_file_set_contents(world->mini->conf, changed, -1, NULL));
}

static void change_settings(const World *world)
{
    g_autofree char *url = g_strdup_printf("url = http://127.0.0.1:%u/07459.json\n", world->port);
    change(world, "url = extracts/07459.json\n", url);
    change(world, "url = extracts/omsorg.csv\nlayout = brukere\n",
           "inbox = brukere-{aar}.csv\nlayout = brukere\n");
    target_set(world->mini, "[publish]\n");
    if (world->portal != NULL) {
        g_autofree char *target = g_strdup_printf(
            "deliver = portal\n[delivery/portal]\nurl = %s\nform = zip\n", world->portal->url);
        target_set(world->mini, target);
    }
}

World *world_new(void)
{
    World *world = g_new0(World, 1);
    world->mini = mini_new();
    world->portal = peer_put();
    open_server(world);
    change_settings(world);
    return world;
}

void world_free(World *world)
{
    if (world->ssb != NULL) {
        MHD_stop_daemon(world->ssb);
    }
    peer_stop(world->portal);
    mini_free(world->mini);
    g_free(world);
}

Result world_night(World *world, const char *time)
{
    g_autofree char *now = g_strconcat("--now=", time, NULL);
    return mini_run(world->mini, NULL, "statpakke-run", now, world->option, NULL);
}

static guint n_results(const World *world, const char *stage)
{
    g_autofree char *folder = g_build_filename(world->mini->workspace, "stages", stage, NULL);
    g_auto(GStrv) names = sp_folder_list(folder, NULL);
    return names == NULL ? 0 : g_strv_length(names);
}

void world_killed_night(World *world, const char *time, const char *stage)
{
    enum { STEP_US = 2000, MOST_STEPS = 60 * 500 };
    g_autofree char *program = g_build_filename(g_getenv("SP_BIN"), "statpakke-run", NULL);
    const char *const arguments[] = {program, "--workspace", world->mini->workspace,
                                     "--now", time,          NULL};
    g_auto(GStrv) environment =
        g_environ_setenv(g_get_environ(), "STATPAKKE_DATA", world->mini->data, TRUE);
    const guint before = n_results(world, stage);
    GPid pid = 0;
    int status = 0;
    assert_true(g_spawn_async(NULL, (char **)arguments, environment,
                              G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                              &pid, NULL));
    for (int i = 0; i < MOST_STEPS && n_results(world, stage) == before; i++) {
        g_usleep(STEP_US);
    }
    assert_int_equal(kill(pid, SIGKILL), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
}
