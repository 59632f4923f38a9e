/* Looking for the edition before. */
#include "pipeline/previous.h"

#include "core/io/files.h"
#include "core/io/json.h"
#include "pipeline/catalogue.h"
#include "pipeline/edition.h"
#include "transforms/compare/causes.h"

#include <string.h>

enum { MAX_FEED_SIZE = 256 * 1024 * 1024 };

void sp_previous_clear(SpPrevious *previous)
{
    g_clear_pointer(&previous->edition, g_free);
    g_clear_pointer(&previous->basis, sp_table_free);
    g_clear_pointer(&previous->same, g_free);
    previous->is_here = FALSE;
}

static void add_once(GPtrArray *names, const char *name)
{
    if (name != NULL && strchr(name, '/') == NULL &&
        !g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL)) {
        g_ptr_array_add(names, g_strdup(name));
    }
}

/* Those that are or were served, the newest first. A feed that cannot be read names none: publish
 * tells of it. */
static GPtrArray *list_served(const SpContext *context)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *current = sp_edition_current(context);
    g_autofree char *path = sp_context_path(context, "packages", "index.json", NULL);
    g_autoptr(json_t) feed = sp_json_read(path, MAX_FEED_SIZE, NULL);
    size_t i = 0;
    json_t *edition = NULL;
    add_once(names, current);
    json_array_foreach(json_object_get(feed, "editions"), i, edition)
    {
        if (g_strcmp0(json_string_value(json_object_get(edition, "state")), "withdrawn") != 0) {
            add_once(names, json_string_value(json_object_get(edition, "edition")));
        }
    }
    return names;
}

/* A damaged edition is as good as none: what it showed cannot be told any more. */
static gboolean is_whole(const SpContext *context, const char *edition)
{
    g_autofree char *folder = sp_context_path(context, "packages", edition, NULL);
    g_autoptr(GError) damage = NULL;
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        return FALSE;
    }
    if (!sp_edition_check(context, folder, &damage)) {
        sp_log(&context->log, SP_LOG_WARNING, "nothing is compared with edition %s: %s", edition,
               damage->message);
        return FALSE;
    }
    return TRUE;
}

/* All packages of an edition bear the same. *basis NULL: none, an older program's. */
static gboolean read_basis(const SpContext *context, const char *edition, SpTable **basis,
                           GError **error)
{
    g_autofree char *folder = sp_context_path(context, "packages", edition, NULL);
    g_auto(GStrv) names = sp_folder_list(folder, error);
    *basis = NULL;
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *path =
            g_build_filename(folder, *name, "data", SP_BASIS_TABLE ".csv", NULL);
        if (g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
            *basis = sp_catalogue_read(path, SP_BASIS_TABLE, NULL, error);
            return *basis != NULL;
        }
    }
    return names != NULL;
}

const char *sp_previous_of(const SpTable *basis)
{
    const gsize kind = sp_table_find(basis, "slag");
    const gsize name = sp_table_find(basis, "navn");
    for (gsize row = 0;
         kind != SP_NO_COLUMN && name != SP_NO_COLUMN && row < sp_table_n_rows(basis); row++) {
        const char *edition = sp_table_code(basis, row, name);
        if (strcmp(sp_table_code(basis, row, kind), "forrige") == 0) {
            return edition[0] != '\0' ? edition : NULL;
        }
    }
    return NULL;
}

/* What an edition of the same figures says. Takes its basis. */
static gboolean follow(const SpContext *context, const char *same, SpTable *own,
                       SpPrevious *previous, GError **error)
{
    g_autoptr(SpTable) basis = own;
    const char *edition = sp_previous_of(basis);
    if (edition == NULL) {
        return TRUE;
    }
    previous->edition = g_strdup(edition);
    previous->same = g_strdup(same);
    previous->is_here = is_whole(context, edition);
    return !previous->is_here || read_basis(context, edition, &previous->basis, error);
}

gboolean sp_previous_find(const SpContext *context, const SpTable *basis, SpPrevious *previous,
                          GError **error)
{
    g_autoptr(GPtrArray) served = list_served(context);
    *previous = (SpPrevious){0};
    for (guint i = 0; i < served->len; i++) {
        const char *edition = served->pdata[i];
        SpTable *own = NULL;
        if (!is_whole(context, edition)) {
            continue;
        }
        if (!read_basis(context, edition, &own, error)) {
            return FALSE;
        }
        if (own != NULL && sp_causes_has_same_figures(basis, own)) {
            return follow(context, edition, own, previous, error);
        }
        previous->edition = g_strdup(edition);
        previous->is_here = TRUE;
        previous->basis = own;
        return TRUE;
    }
    return TRUE;
}
