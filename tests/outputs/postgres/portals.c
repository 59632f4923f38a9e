/* Portals of a test. */
#include "tests/outputs/postgres/portals.h"

#include "tests/check.h"
#include "tests/outputs/package.h"

Server *server;
char *root, *steps, *folders[3];

int portals_start(void **state)
{
    static const char *const names[] = {FIRST, SECOND, THIRD};
    (void)state;
    server = server_new("test_outputs_postgres");
    root = g_dir_make_tmp("sp-portal-XXXXXX", NULL);
    steps = g_build_filename(SP_SOURCE_FOLDER, "config", "portal", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(names) && server != NULL; i++) {
        folders[i] = edition_make(root, names[i]);
    }
    return 0;
}

int portals_stop(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_free(folders[i]);
    }
    g_free(steps);
    sp_test_folder_remove(root);
    g_clear_pointer(&server, server_free);
    return 0;
}

SpPortalForm form_of(const char *schema)
{
    return (SpPortalForm){.place = {"eier", server->service_file, server->pass_file},
                          .schema = schema,
                          .steps_folder = steps,
                          .n_kept = 1};
}

gboolean follow_by(const SpPortalForm *form, const SpPortalTold told[], gsize n, const char *folder,
                   GError **error)
{
    g_autofree char *left = NULL;
    g_autoptr(SpPortal) portal = sp_portal_open(form, error);
    return portal != NULL && sp_portal_follow(portal, told, n, folder, &left, error);
}

void follow(const char *schema, const SpPortalTold told[], gsize n, const char *folder)
{
    g_autoptr(GError) error = NULL;
    const SpPortalForm form = form_of(schema);
    (void)follow_by(&form, told, n, folder, &error);
    assert_no_error(error);
}

void follow_first(const char *schema)
{
    static const SpPortalTold told[] = {{.edition = FIRST, .state = "current"}};
    follow(schema, told, 1, folders[0]);
}

void follow_second(const char *schema)
{
    static const SpPortalTold told[] = {{.edition = SECOND, .state = "current"},
                                        {.edition = FIRST, .state = "superseded"}};
    follow(schema, told, 2, folders[1]);
}

char *ask(const char *schema, const char *question)
{
    g_auto(GStrv) parts = g_strsplit(question, "@", -1);
    g_autofree char *sql = g_strjoinv(schema, parts);
    return server_ask(server, sql);
}

void assert_answer(const char *schema, const char *question, const char *want)
{
    g_autofree char *answer = ask(schema, question);
    assert_string_equal(answer, want);
}
