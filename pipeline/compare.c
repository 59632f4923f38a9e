/* Packages of two editions. */
#include "pipeline/compare.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/tablefiles.h"
#include "core/table_rows.h"
#include "pipeline/basis.h"
#include "pipeline/catalogue.h"
#include "pipeline/edition.h"
#include "pipeline/notices.h"
#include "transforms/compare/causes.h"
#include "transforms/compare/changes.h"

#include <glib/gstdio.h>

#include <pthread.h>
#include <string.h>

static const char *const own_names[] = {SP_CHANGES_TABLE, NULL};

/* ---- one package ---- */

typedef struct {
    const SpUnit *unit;
    SpTables *own;
    SpCauses *causes;
    SpTable *changes;
    GHashTable *seen; /* names of tables that need no more looking at */
    gsize max_rows;
} Work;

static gboolean has_measure(const SpTable *table)
{
    for (gsize i = 0; table != NULL && i < sp_table_n_columns(table); i++) {
        if (sp_table_column(table, i)->kind == SP_COLUMN_MEASURE) {
            return TRUE;
        }
    }
    return FALSE;
}

/* What may be told of a table's earlier figures follows from all its rows, of all packages: found
 * by the first that asks, and not known after an error. */
static gboolean find_tell(const SpUnit *unit, const SpTable *now, SpTellBefore *tell,
                          GError **error)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of `tells` */
    gpointer known = NULL;
    gboolean hides = TRUE;
    gboolean is_found = TRUE;
    GHashTable *tells = sp_basis_of(unit)->tells;
    *tell = now != NULL ? sp_changes_tell(now) : SP_TELL_NONE;
    if (*tell != SP_TELL_SHOWN) {
        return TRUE; /* the other rows cannot change that */
    }
    *tell = SP_TELL_NONE; /* as long as nobody knows better */
    pthread_mutex_lock(&lock);
    if (g_hash_table_lookup_extended(tells, sp_table_name(now), NULL, &known)) {
        *tell = (SpTellBefore)GPOINTER_TO_INT(known);
    } else {
        const char *path = sp_unit_input(unit, SP_INPUT_STAGE, "protect/utgave")->path;
        is_found = sp_tables_has_status(path, sp_table_name(now), SP_SUPPRESSED, &hides, error);
        if (is_found) {
            *tell = hides ? SP_TELL_NONE : SP_TELL_SHOWN;
            g_hash_table_insert(tells, g_strdup(sp_table_name(now)), GINT_TO_POINTER(*tell));
        }
    }
    pthread_mutex_unlock(&lock);
    return is_found;
}

/* A table that tells of other tables has no measures, and is left out. */
static gboolean compare(Work *work, const char *name, SpTable *before, GError **error)
{
    SpTable *now = sp_tables_find(work->own, name);
    SpTellBefore tell = SP_TELL_NONE;
    g_hash_table_add(work->seen, g_strdup(name));
    if (!has_measure(before) && !has_measure(now)) {
        return TRUE;
    }
    if (!find_tell(work->unit, now, &tell, error)) {
        return FALSE;
    }
    g_autofree char *kinds = NULL;
    g_autofree char *names = NULL;
    sp_causes_find(work->causes, name, &kinds, &names);
    const SpComparison comparison = {.before = before,
                                     .now = now,
                                     .tell = tell,
                                     .beside = SP_NOTICES_COLUMN,
                                     .cause = kinds,
                                     .cause_names = names};
    sp_changes_add(work->changes, &comparison, work->max_rows);
    return TRUE;
}

static gboolean take_before(SpTable *taken, gpointer data, GError **error)
{
    g_autoptr(SpTable) before = taken;
    return compare(data, sp_table_name(before), before, error);
}

/* Of the tables of either edition those that may differ: most are the same on most nights, and need
 * not be read. NULL-terminated; names are borrowed. */
static GPtrArray *list_differing(Work *work, const SpTable *basis)
{
    GPtrArray *names = g_ptr_array_new();
    const gsize unit = basis != NULL ? sp_table_find(basis, "resultat") : SP_NO_COLUMN;
    const gsize kind = basis != NULL ? sp_table_find(basis, "slag") : SP_NO_COLUMN;
    for (gsize i = 0; i < sp_tables_size(work->own); i++) {
        const char *name = sp_table_name(sp_tables_at(work->own, i));
        if (!has_measure(sp_tables_at(work->own, i)) || sp_causes_is_same(work->causes, name)) {
            g_hash_table_add(work->seen, g_strdup(name));
        } else {
            g_ptr_array_add(names, (gpointer)name);
        }
    }
    for (gsize row = 0;
         unit != SP_NO_COLUMN && kind != SP_NO_COLUMN && row < sp_table_n_rows(basis); row++) {
        const char *name = sp_table_code(basis, row, unit);
        if (strcmp(sp_table_code(basis, row, kind), "innhold") == 0 &&
            sp_tables_find(work->own, name) == NULL) {
            g_ptr_array_add(names, (gpointer)name);
        }
    }
    g_ptr_array_add(names, NULL);
    return names;
}

static gboolean compare_all(Work *work, const char *folder, const SpTable *basis, GError **error)
{
    g_autoptr(GPtrArray) names = list_differing(work, basis);
    /* A fylke that had no package has nothing to be compared with: all its tables are new. */
    if (g_file_test(folder, G_FILE_TEST_IS_DIR) &&
        !sp_tables_read_each(folder, (const char *const *)names->pdata, take_before, work, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < sp_tables_size(work->own); i++) {
        const char *name = sp_table_name(sp_tables_at(work->own, i));
        if (!g_hash_table_contains(work->seen, name) && !compare(work, name, NULL, error)) {
            return FALSE;
        }
    }
    return sp_table_check_unique(work->changes, error);
}

/* As it was told, without the notice, which is written anew. Without rows it may be no file. */
static gboolean read_told(const char *folder, SpTable **changes, GError **error)
{
    g_autoptr(SpTables) tables = sp_tables_read_any(folder, own_names, error);
    const SpTable *table = tables != NULL ? sp_tables_find(tables, own_names[0]) : NULL;
    *changes = NULL;
    if (table == NULL) {
        *changes = tables != NULL ? sp_changes_new() : NULL;
        return tables != NULL;
    }
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        if (strcmp(sp_table_column(table, i)->name, SP_NOTICES_COLUMN) != 0) {
            g_ptr_array_add(names, (gpointer)sp_table_column(table, i)->name);
        }
    }
    *changes = sp_table_select(table, (const char *const *)names->pdata, names->len, error);
    return *changes != NULL;
}

static gboolean find_changes(Work *work, const SpUnit *unit, const SpPlace *place, GError **error)
{
    const SpBasis *basis = sp_basis_of(unit);
    const SpPrevious *previous = &basis->previous;
    if (previous->edition == NULL) {
        return TRUE;
    }
    g_autofree char *folder = sp_context_path(
        unit->context, "packages", previous->is_here ? previous->edition : previous->same,
        place->folder, NULL);
    if (!previous->is_here) {
        g_clear_pointer(&work->changes, sp_table_free);
        return read_told(folder, &work->changes, error);
    }
    gint64 max_rows = 0;
    if (!sp_settings_int(unit->settings, SP_COMPARE_KEYS, 0, 1000000, &max_rows, error)) {
        return FALSE;
    }
    work->max_rows = (gsize)max_rows;
    work->causes = sp_causes_new(previous->basis, basis->table);
    work->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    const gboolean is_done = compare_all(work, folder, previous->basis, error);
    if (!is_done) {
        g_prefix_error(error, "edition %s: ", previous->edition);
    }
    sp_causes_free(work->causes);
    g_hash_table_unref(work->seen);
    return is_done;
}

gboolean sp_compare_package(const SpUnit *unit, const SpPlace *place, SpTables *own, GError **error)
{
    Work work = {.unit = unit, .own = own, .changes = sp_changes_new()};
    if (!find_changes(&work, unit, place, error)) {
        sp_table_free(work.changes);
        return FALSE;
    }
    sp_tables_add(own, work.changes);
    sp_tables_add(own, sp_table_copy(sp_basis_of(unit)->table));
    return TRUE;
}

/* ---- the edition ---- */

static gboolean take_package(SpContext *context, const char *unit, GPtrArray *tables,
                             GError **error)
{
    g_autofree char *made = sp_stage_current(context, "package", unit, error);
    g_autofree char *package =
        made != NULL ? g_build_filename(made, SP_ASSEMBLY_FOLDER, NULL) : NULL;
    SpTable *changes = NULL;
    if (package == NULL || !read_told(package, &changes, error)) {
        return FALSE;
    }
    g_ptr_array_add(tables, changes);
    return TRUE;
}

/* The one file of the table, without the descriptor that the writer of tables leaves beside it. */
static gboolean write_file(SpTables *tables, const char *folder, GError **error)
{
    g_autofree char *aside = g_build_filename(folder, SP_CHANGES_TABLE, NULL);
    g_autofree char *written = g_build_filename(aside, SP_COMPARE_FILE, NULL);
    g_autofree char *final = g_build_filename(folder, SP_COMPARE_FILE, NULL);
    return sp_folder_make(aside, SP_MODE_PRIVATE_FOLDER, error) &&
           sp_tables_write(tables, aside, SP_CHANGES_TABLE, SP_MODE_PUBLIC_FILE, error) &&
           sp_rename(written, final, error) && sp_folder_remove(aside, error);
}

static void free_table(gpointer table)
{
    sp_table_free(table);
}

gboolean sp_compare_write(SpContext *context, const char *folder, guint marks, GError **error)
{
    g_autofree char *path = sp_context_data_path(context, "texts.csv");
    g_autoptr(SpTexts) texts = sp_catalogue_texts(path, error);
    g_auto(GStrv) units = texts == NULL ? NULL : sp_edition_units(context, error);
    g_autoptr(GPtrArray) packages = g_ptr_array_new_with_free_func(free_table);
    const char *notices[SP_NOTICES_SIZE];
    if (units == NULL) {
        return FALSE;
    }
    for (char **unit = units; *unit != NULL; unit++) {
        if (!take_package(context, *unit, packages, error)) {
            return FALSE;
        }
    }
    sp_notices_find(marks, notices);
    g_autoptr(SpTables) tables = sp_tables_new();
    SpTable *all = sp_changes_join((const SpTable *const *)packages->pdata,
                                   (const char *const *)units, packages->len);
    sp_tables_add(tables, all);
    if (sp_table_n_rows(all) == 0 && notices[0] != NULL) {
        return TRUE;
    }
    sp_notices_add_column(tables, notices, texts, "nb");
    return write_file(tables, folder, error);
}
