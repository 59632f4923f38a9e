/* A walk from its first figure: the package against what the workspace has of its edition. */
#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/why/walk_state.h"

#include <string.h>

#define PROTECTED "protect/utgave"

/* What the package was made from, as far as the workspace has it and it may be read. */
static void find_made(SpWhy *why)
{
    g_autoptr(GError) error = NULL;
    why->made = sp_pasts_package(why->pasts, why->package->edition, why->package->region, &error);
    for (guint i = 0; why->made != NULL && i < why->made->unit.inputs->len; i++) {
        const SpInput *input = why->made->unit.inputs->pdata[i];
        if (strcmp(input->name, PROTECTED) == 0) {
            why->edition = sp_pasts_input(why->pasts, input, &error);
        }
    }
    if (g_error_matches(error, SP_ERROR, SP_ERROR_PERMISSION)) {
        why->why_not = g_strdup("what it was made from may be read by the owner of the workspace");
    } else if (error != NULL) {
        why->why_not = g_strdup(error->message);
    } else if (why->made == NULL) {
        why->why_not = g_strdup_printf("the workspace does not hold what edition %s was made from: "
                                       "it was removed since, or is another workspace's",
                                       why->package->edition);
    } else if (why->edition == NULL) {
        why->why_not = g_strdup("the published tables that it was made from are no longer in the "
                                "workspace");
    }
}

SpWhy *sp_why_new(SpContext *context, SpWhyPackage *package, const SpWhyOptions *options)
{
    SpWhy *why = g_new0(SpWhy, 1);
    why->context = context;
    why->package = package;
    why->options = *options;
    why->pasts = sp_pasts_new(context);
    why->rows = sp_why_rows_new();
    why->facts = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)sp_why_facts_free);
    find_made(why);
    if (why->edition != NULL) {
        /* The catalogue of published tables, which tells who may see what. */
        (void)sp_past_recall(why->pasts, why->edition, "tabell", NULL);
    }
    why->sight = sp_why_sight_new(why->pasts, why->edition, why->rows, package, &options->reader);
    return why;
}

void sp_why_free(SpWhy *why)
{
    if (why == NULL) {
        return;
    }
    g_hash_table_unref(why->facts);
    sp_why_sight_free(why->sight);
    sp_why_rows_free(why->rows);
    sp_pasts_free(why->pasts);
    g_free(why->why_not);
    g_free(why);
}

static gboolean is_equal(SpReal a, SpReal b)
{
    return a.status == b.status && a.flags == b.flags && a.value == b.value;
}

/* The same figure in the result that the package was made from; not there for the package's own
 * tables. */
static gboolean find_at(SpWhy *why, const SpCell *cell, SpWhyAt *at, GError **error)
{
    gsize row = 0;
    if (why->edition == NULL || !sp_past_has(why->edition, cell->table)) {
        return TRUE;
    }
    const SpTable *table = sp_past_table(why->pasts, why->edition, cell->table, error);
    const gsize column = table != NULL ? sp_table_find(table, cell->measure) : SP_NO_COLUMN;
    if (table == NULL) {
        return FALSE;
    }
    if (column == SP_NO_COLUMN || !sp_why_rows_same(why->rows, table, cell, &row) ||
        !is_equal(sp_table_real(table, row, column), at->real)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s is not what edition %s of this workspace says of it: the package "
                            "was changed, or is of another workspace; statpakke verify %s tells",
                            why->package->name, why->package->edition, why->package->path);
    }
    at->past = why->edition;
    at->table = table;
    return TRUE;
}

/* Without the workspace: what the package tells of its sources itself. */
static void tell_package(SpWhy *why, const SpWhyAt *at)
{
    SpWhyStep *step = sp_why_step_new(SP_WHY_PUBLISHED, 1);
    const gsize column = sp_table_find(at->table, at->cell->measure);
    const char *sources = g_hash_table_lookup(why->package->sources, at->cell->table);
    step->where = g_strdup_printf("%s, edition %s", why->package->name, why->package->edition);
    step->cell = sp_cell_format(at->cell);
    step->value = sp_why_value(at->real);
    step->unit = g_strdup(sp_table_column(at->table, column)->unit);
    step->is_whole = TRUE;
    sp_why_step_note(step, "%s", why->why_not);
    g_auto(GStrv) titles = g_strsplit(sources != NULL ? sources : "", "\n", -1);
    for (char **title = titles; *title != NULL; title++) {
        sp_why_step_tell(step, "source", **title != '\0' ? *title : NULL);
    }
    g_ptr_array_add(why->answer->steps, step);
}

SpWhyAnswer *sp_why_walk(SpWhy *why, const SpCell *cell, gsize row, GError **error)
{
    const SpTable *table = sp_why_package_table(why->package, cell->table, error);
    if (table == NULL) {
        return NULL;
    }
    SpWhyAt at = {.table = table,
                  .cell = cell,
                  .real = sp_table_real(table, row, sp_table_find(table, cell->measure)),
                  .is_shown = TRUE};
    if (!find_at(why, cell, &at, error)) {
        return NULL;
    }
    SpWhyAnswer *answer = g_new0(SpWhyAnswer, 1);
    answer->asked = sp_cell_format(cell);
    answer->edition = g_strdup(why->package->edition);
    answer->package = g_strdup(why->package->name);
    answer->is_owner = why->options.reader.is_owner;
    answer->steps = g_ptr_array_new_with_free_func((GDestroyNotify)sp_why_step_free);
    why->answer = answer;
    why->numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (why->edition == NULL) {
        tell_package(why, &at);
    } else {
        (void)sp_why_follow(why, &at, 1);
    }
    g_clear_pointer(&why->numbers, g_hash_table_unref);
    why->answer = NULL;
    return answer;
}
