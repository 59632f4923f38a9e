/* Editions that protect remembers. */
#include "pipeline/history.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/tablefiles.h"
#include "core/table_rows.h"
#include "pipeline/catalogue.h"
#include "transforms/protect/earlier.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#define FOLDER "history"
#define LAYER_FILE "skjermingslag.csv"

/* ---- what packages show ---- */

/* The tables that the file names, each once. g_strfreev. */
static char **layer_tables(const SpContext *context, GError **error)
{
    gsize column = 0;
    g_autofree char *path = sp_context_data_path(context, LAYER_FILE);
    g_autoptr(SpTable) layers = sp_catalogue_read(path, LAYER_FILE, NULL, error);
    if (layers == NULL || !sp_table_need(layers, "table", SP_COLUMN_CODE, &column, error)) {
        return NULL;
    }
    return sp_table_used_list(layers, column, NULL, NULL);
}

/* Keys and figures: what else stands in a row is told of it, such as a notice. */
static SpTable *figures_of(const SpTable *table, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_MEASURE || column->is_key) {
            g_ptr_array_add(names, (gpointer)column->name);
        }
    }
    return sp_table_select(table, (const char *const *)names->pdata, names->len, error);
}

typedef struct {
    char **names;      /* of the tables */
    GPtrArray *pieces; /* GPtrArray* of SpTable*, by name: one a package */
} Shown;

static void free_table(gpointer table)
{
    sp_table_free(table);
}

static void free_pieces(gpointer pieces)
{
    g_ptr_array_unref(pieces);
}

static void shown_clear(Shown *shown)
{
    g_strfreev(shown->names);
    g_ptr_array_unref(shown->pieces);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Shown, shown_clear)

static gboolean take_package(Shown *shown, const char *package, GError **error)
{
    g_autoptr(SpTables) tables =
        sp_tables_read_any(package, (const char *const *)shown->names, error);
    for (guint i = 0; tables != NULL && shown->names[i] != NULL; i++) {
        const SpTable *table = sp_tables_find(tables, shown->names[i]);
        SpTable *figures = table != NULL ? figures_of(table, error) : NULL;
        if (figures != NULL) {
            g_ptr_array_add(shown->pieces->pdata[i], figures);
        } else if (table != NULL) {
            return FALSE;
        }
    }
    return tables != NULL;
}

static gboolean take_edition(Shown *shown, const char *folder, GError **error)
{
    g_auto(GStrv) packages = sp_folder_list(folder, error);
    for (guint i = 0; shown->names[i] != NULL; i++) {
        g_ptr_array_add(shown->pieces, g_ptr_array_new_with_free_func(free_table));
    }
    for (char **name = packages; name != NULL && *name != NULL; name++) {
        g_autofree char *package = g_build_filename(folder, *name, NULL);
        if (g_file_test(package, G_FILE_TEST_IS_DIR) && !take_package(shown, package, error)) {
            g_prefix_error(error, "%s: ", *name);
            return FALSE;
        }
    }
    return packages != NULL;
}

/* ---- each figure once ---- */

/* What one package hides another may show; what both show is the same. */
static gboolean join_rows(SpTable *table, gsize row, gsize other, GError **error)
{
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        if (sp_table_column(table, i)->kind != SP_COLUMN_MEASURE) {
            continue;
        }
        const SpReal one = sp_table_real(table, row, i);
        const SpReal more = sp_table_real(table, other, i);
        if (!sp_real_is_number(one)) {
            sp_table_set_real(table, row, i, sp_real_is_number(more) ? more : one);
        } else if (sp_real_is_number(more) && fabs(one.value - more.value) > 0.0) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: two packages of the edition show different figures of %s in "
                                "the rows %s",
                                sp_table_name(table), sp_table_column(table, i)->name,
                                sp_table_code(table, row, 0));
        }
    }
    return TRUE;
}

static gboolean is_first(const SpTable *table, gsize row, gpointer data)
{
    (void)table;
    return ((const gboolean *)data)[row];
}

/* The rows of all packages, those of one key as one. */
static SpTable *join(const GPtrArray *pieces, GError **error)
{
    g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(gsize));
    g_autoptr(SpTable) all =
        sp_table_concat((const SpTable *const *)pieces->pdata, pieces->len, error);
    for (gsize i = 0; all != NULL && i < sp_table_n_columns(all); i++) {
        if (sp_table_column(all, i)->is_key) {
            g_array_append_val(keys, i);
        }
    }
    if (all == NULL) {
        return NULL;
    }
    const gsize n_rows = sp_table_n_rows(all);
    const gsize *columns = (const gsize *)(gpointer)keys->data;
    g_autoptr(SpTableIndex) index = sp_table_index_new(all, columns, keys->len);
    g_autofree gboolean *is_kept = g_new0(gboolean, n_rows + 1);
    g_autofree guint32 *numbers = g_new(guint32, keys->len + 1);
    for (gsize row = 0; row < n_rows; row++) {
        gsize first = row;
        for (guint i = 0; i < keys->len; i++) {
            numbers[i] = sp_table_code_numbers_const(all, columns[i])[row];
        }
        (void)sp_table_index_find_numbers(index, numbers, &first);
        is_kept[row] = first == row;
        if (first != row && !join_rows(all, first, row, error)) {
            return NULL;
        }
    }
    return sp_table_filter(all, is_first, is_kept);
}

static SpTables *join_all(const Shown *shown, GError **error)
{
    g_autoptr(SpTables) tables = sp_tables_new();
    for (guint i = 0; i < shown->pieces->len; i++) {
        const GPtrArray *pieces = shown->pieces->pdata[i];
        SpTable *table = pieces->len > 0 ? join(pieces, error) : NULL;
        if (table != NULL) {
            sp_tables_add(tables, table);
        } else if (pieces->len > 0) {
            return NULL;
        }
    }
    return g_steal_pointer(&tables);
}

/* ---- keeping ---- */

/* Whether two folders have the same tables, byte for byte. What describes them may tell of more. */
static gboolean are_same(const char *one, const char *other, gboolean *is_same, GError **error)
{
    g_auto(GStrv) names = sp_folder_walk(one, error);
    g_auto(GStrv) others = names != NULL ? sp_folder_walk(other, error) : NULL;
    *is_same =
        others != NULL && g_strv_equal((const char *const *)names, (const char *const *)others);
    for (char **name = names; *is_same && *name != NULL; name++) {
        char of_one[SP_HASH_SIZE];
        char of_other[SP_HASH_SIZE];
        g_autofree char *path = g_build_filename(one, *name, NULL);
        g_autofree char *beside = g_build_filename(other, *name, NULL);
        if (strcmp(*name, SP_TABLES_DESCRIPTOR) == 0) {
            continue;
        }
        if (!sp_file_hash(path, of_one, error) || !sp_file_hash(beside, of_other, error)) {
            return FALSE;
        }
        *is_same = strcmp(of_one, of_other) == 0;
    }
    return others != NULL;
}

/* The editions that are kept, in the order of their names. g_strfreev. */
static gboolean list_kept(const SpContext *context, char ***names, GError **error)
{
    g_autofree char *folder = sp_context_path(context, FOLDER, NULL);
    *names =
        g_file_test(folder, G_FILE_TEST_IS_DIR) ? sp_folder_list(folder, error) : g_new0(char *, 1);
    return *names != NULL;
}

static gboolean find_same(const SpContext *context, const char *made, gboolean *is_known,
                          GError **error)
{
    g_auto(GStrv) names = NULL;
    *is_known = FALSE;
    if (!list_kept(context, &names, error)) {
        return FALSE;
    }
    for (char **name = names; !*is_known && *name != NULL; name++) {
        g_autofree char *folder = sp_context_path(context, FOLDER, *name, NULL);
        if (!are_same(made, folder, is_known, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean settle(const SpContext *context, const char *made, const char *edition,
                       gboolean *is_new, GError **error)
{
    gboolean is_known = FALSE;
    g_autofree char *all = sp_context_path(context, FOLDER, NULL);
    g_autofree char *final = sp_context_path(context, FOLDER, edition, NULL);
    if (!find_same(context, made, &is_known, error)) {
        return FALSE;
    }
    *is_new = !is_known;
    if (is_known) {
        return sp_folder_remove(made, error);
    }
    if (g_file_test(final, G_FILE_TEST_EXISTS)) {
        return sp_error_set(error, SP_ERROR_CANT_CREATE,
                            "%s remembers an edition of that name that shows other figures; give "
                            "the folder of one of them another name",
                            final);
    }
    return sp_folder_make(all, SP_MODE_PRIVATE_FOLDER, error) && sp_folder_sync(made, error) &&
           sp_rename(made, final, error);
}

gboolean sp_history_keep(const SpContext *context, const char *folder, const char *edition,
                         gboolean *is_new, GError **error)
{
    g_auto(Shown) shown = {.names = layer_tables(context, error),
                           .pieces = g_ptr_array_new_with_free_func(free_pieces)};
    *is_new = FALSE;
    if (shown.names == NULL || !take_edition(&shown, folder, error)) {
        return FALSE;
    }
    g_autoptr(SpTables) tables = join_all(&shown, error);
    if (tables == NULL || sp_tables_size(tables) == 0) {
        return tables != NULL;
    }
    g_autofree char *base = g_strdup_printf(FOLDER "-%d", (int)getpid());
    g_autofree char *made = sp_context_path(context, "tmp", base, NULL);
    if (!sp_folder_remove(made, error) || !sp_folder_make(made, SP_MODE_PRIVATE_FOLDER, error) ||
        !sp_tables_write(tables, made, FOLDER, SP_MODE_PRIVATE_FILE, error) ||
        !settle(context, made, edition, is_new, error)) {
        (void)sp_folder_remove(made, NULL);
        return FALSE;
    }
    return TRUE;
}

/* ---- as inputs ---- */

/* "history/EDITION/FILE" */
static char *input_name(const char *edition, const char *file)
{
    return g_strdup_printf(FOLDER "/%s/%s", edition, file);
}

static gboolean need_edition(SpUnit *unit, const char *edition, GError **error)
{
    g_autofree char *folder = sp_context_path(unit->context, FOLDER, edition, NULL);
    g_auto(GStrv) files = sp_folder_walk(folder, error);
    for (char **file = files; file != NULL && *file != NULL; file++) {
        g_autofree char *path = g_build_filename(folder, *file, NULL);
        g_autofree char *name = input_name(edition, *file);
        if (!sp_unit_need_path(unit, name, path, error)) {
            return FALSE;
        }
    }
    return files != NULL;
}

gboolean sp_history_need(SpUnit *unit, const char *except, GError **error)
{
    g_auto(GStrv) editions = NULL;
    if (!list_kept(unit->context, &editions, error)) {
        return FALSE;
    }
    for (char **edition = editions; *edition != NULL; edition++) {
        if (g_strcmp0(*edition, except) != 0 && !need_edition(unit, *edition, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean read_edition(const char *folder, const char *const *names, SpTables *into,
                             GError **error)
{
    g_autofree char *edition = g_path_get_basename(folder);
    g_autoptr(SpTables) tables = sp_tables_read_any(folder, names, error);
    for (; tables != NULL && *names != NULL; names++) {
        SpTable *table = sp_tables_steal(tables, *names);
        if (table != NULL) {
            g_autofree char *name = sp_earlier_name(*names, edition);
            sp_table_set_name(table, name);
            sp_tables_add(into, table);
        }
    }
    return tables != NULL;
}

gboolean sp_history_read(const SpUnit *unit, const char *const *names, SpTables *into,
                         GError **error)
{
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        if (g_str_has_prefix(input->name, FOLDER "/") &&
            g_str_has_suffix(input->name, "/" SP_TABLES_DESCRIPTOR)) {
            g_autofree char *folder = g_path_get_dirname(input->path);
            if (!read_edition(folder, names, into, error)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}
