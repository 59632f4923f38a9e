/* What letters tell of packages, from the tables of an edition. */
#include "pipeline/letter_sources.h"

#include "core/io/tablefiles.h"
#include "core/table_group.h"
#include "pipeline/notices.h"
#include "pipeline/previous.h"
#include "transforms/compare/changes.h"

#include <string.h>

static void package_free(gpointer data)
{
    SpLetterSource *package = data;
    sp_tables_free(package->tables);
    sp_table_free(package->changes);
    g_free(package->previous);
    g_ptr_array_unref(package->provisional);
    g_free(package);
}

static gboolean is_provisional(const SpTable *table)
{
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpReal *reals = sp_table_column(table, i)->kind == SP_COLUMN_MEASURE
                                  ? sp_table_reals_const(table, i)
                                  : NULL;
        for (gsize row = 0; reals != NULL && row < sp_table_n_rows(table); row++) {
            if ((reals[row].flags & SP_FLAG_PROVISIONAL) != 0) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

static gboolean take_table(SpTable *taken, gpointer data, GError **error)
{
    g_autoptr(SpTable) table = taken;
    (void)error;
    if (is_provisional(table)) {
        g_ptr_array_add(data, g_strdup(sp_table_name(table)));
    }
    return TRUE;
}

static gboolean read_package(const SpContext *context, const char *edition, SpLetterSource *package,
                             GError **error)
{
    static const char *const names[] = {SP_CHANGES_TABLE, "kilder", "grunnlag", NULL};
    static const char *const by[] = {"slag", "aarsak"};
    g_autofree char *folder =
        sp_context_path(context, "packages", edition, package->is->name, NULL);
    package->tables = sp_tables_read_any(folder, names, error);
    if (package->tables == NULL ||
        !sp_tables_read_each(folder, NULL, take_table, package->provisional, error)) {
        return FALSE;
    }
    g_ptr_array_add(package->provisional, NULL);
    const SpTable *basis = sp_tables_find(package->tables, "grunnlag");
    package->previous = basis != NULL ? g_strdup(sp_previous_of(basis)) : NULL;
    SpTable *changes = sp_tables_find(package->tables, SP_CHANGES_TABLE);
    if (changes != NULL) {
        /* A cell has one kind and one cause: within a package they may be summed. */
        sp_table_set_additive(changes, sp_table_find(changes, "antall"), TRUE);
        package->changes = sp_table_group(changes, SP_CHANGES_TABLE, by, G_N_ELEMENTS(by), error);
    }
    return changes == NULL || package->changes != NULL;
}

GPtrArray *sp_letter_sources_read(const SpContext *context, const GArray *packages,
                                  const char *edition, GError **error)
{
    g_autoptr(GPtrArray) sources = g_ptr_array_new_with_free_func(package_free);
    for (guint i = 0; i < packages->len; i++) {
        SpLetterSource *source = g_new0(SpLetterSource, 1);
        source->is = &g_array_index(packages, SpFeedPackage, i);
        source->provisional = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(sources, source);
        if (edition != NULL && !read_package(context, edition, source, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&sources);
}

const char *sp_letter_sources_notice(const GPtrArray *packages)
{
    const SpLetterSource *first = packages->len > 0 ? packages->pdata[0] : NULL;
    const SpTable *sources =
        first == NULL || first->tables == NULL ? NULL : sp_tables_find(first->tables, "kilder");
    const gsize at = sources != NULL ? sp_table_find(sources, SP_NOTICES_COLUMN) : SP_NO_COLUMN;
    return at != SP_NO_COLUMN && sp_table_n_rows(sources) > 0 ? sp_table_code(sources, 0, at)
                                                              : NULL;
}
