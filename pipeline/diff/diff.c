/* Packages of two editions, table by table. */
#include "pipeline/diff/diff.h"

#include "core/error.h"
#include "pipeline/diff/diff_side.h"
#include "pipeline/notices.h"
#include "transforms/compare/causes.h"
#include "transforms/compare/changes.h"

#include <string.h>

static gboolean has_measure(const SpTable *table)
{
    for (gsize i = 0; table != NULL && i < sp_table_n_columns(table); i++) {
        if (sp_table_column(table, i)->kind == SP_COLUMN_MEASURE) {
            return TRUE;
        }
    }
    return FALSE;
}

/* A table that tells of other tables has no measures; what changed between others is no figure. */
static gboolean is_compared(const SpTable *before, const SpTable *now)
{
    const SpTable *any = now != NULL ? now : before;
    return (has_measure(before) || has_measure(now)) &&
           strcmp(sp_table_name(any), SP_CHANGES_TABLE) != 0;
}

/* One package. */
typedef struct {
    SpDiffSide sides[2]; /* before, now */
    SpCauses *causes;    /* NULL: not known of one of them */
    SpTable *changes;
    const SpDiffOptions *options;
} Work;

static void work_clear(Work *work)
{
    sp_causes_free(work->causes);
    for (gsize i = 0; i < G_N_ELEMENTS(work->sides); i++) {
        sp_diff_side_close(&work->sides[i]);
    }
    sp_table_free(work->changes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, work_clear)

/* TRUE if `grunnlag` tells of a table's figures. Those of page one are none of its: they repeat
 * figures of other tables. */
static gboolean is_told(const SpTable *basis, const char *name)
{
    const gsize of = sp_table_find(basis, "resultat");
    const gsize kind = sp_table_find(basis, "slag");
    gboolean is = of == SP_NO_COLUMN || kind == SP_NO_COLUMN;
    for (gsize row = 0; !is && row < sp_table_n_rows(basis); row++) {
        is = strcmp(sp_table_code(basis, row, of), name) == 0 &&
             strcmp(sp_table_code(basis, row, kind), "innhold") == 0;
    }
    return is;
}

static gboolean is_left_out(const Work *work, const char *name)
{
    return (work->options->table != NULL && strcmp(work->options->table, name) != 0) ||
           (work->causes != NULL &&
            (sp_causes_is_same(work->causes, name) ||
             (!is_told(work->sides[0].basis, name) && !is_told(work->sides[1].basis, name))));
}

static gboolean compare(Work *work, const char *name, GError **error)
{
    g_autoptr(SpTable) before = NULL;
    g_autoptr(SpTable) now = NULL;
    g_autofree char *kinds = NULL;
    g_autofree char *names = NULL;
    if (is_left_out(work, name)) {
        return TRUE;
    }
    if (!sp_diff_side_read(&work->sides[0], name, &before, error) ||
        !sp_diff_side_read(&work->sides[1], name, &now, error)) {
        return FALSE;
    }
    if (!is_compared(before, now)) {
        return TRUE;
    }
    if (work->causes != NULL) {
        sp_causes_find(work->causes, name, &kinds, &names);
    }
    const SpComparison comparison = {.before = before,
                                     .now = now,
                                     .tell = SP_TELL_OPEN,
                                     .beside = SP_NOTICES_COLUMN,
                                     .cause = kinds != NULL ? kinds : "ukjent",
                                     .cause_names = names != NULL ? names : ""};
    sp_changes_add(work->changes, &comparison, work->options->max_rows);
    return TRUE;
}

static gboolean compare_all(Work *work, GError **error)
{
    char **const *lists[] = {&work->sides[0].names, &work->sides[1].names};
    if (work->sides[0].basis != NULL && work->sides[1].basis != NULL) {
        work->causes = sp_causes_new(work->sides[0].basis, work->sides[1].basis);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        for (char **name = *lists[i]; *name != NULL; name++) {
            const gboolean is_done =
                i == 1 && g_strv_contains((const char *const *)*lists[0], *name);
            if (!is_done && !compare(work, *name, error)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

/* NULL paths: not there. */
static SpTable *diff_packages(const char *before, const char *now, const SpDiffOptions *options,
                              GError **error)
{
    g_auto(Work) work = {.changes = sp_changes_new(), .options = options};
    if (!sp_diff_side_open(&work.sides[0], before, error) ||
        !sp_diff_side_open(&work.sides[1], now, error) || !compare_all(&work, error)) {
        return NULL;
    }
    return g_steal_pointer(&work.changes);
}

/* ---- editions ---- */

static void free_table(gpointer table)
{
    sp_table_free(table);
}

static gboolean add_package(const char *const editions[2], const char *name,
                            const SpDiffOptions *options, GPtrArray *tables, GError **error)
{
    g_autofree char *before = g_build_filename(editions[0], name, NULL);
    g_autofree char *now = g_build_filename(editions[1], name, NULL);
    SpTable *changes =
        diff_packages(g_file_test(before, G_FILE_TEST_IS_DIR) ? before : NULL,
                      g_file_test(now, G_FILE_TEST_IS_DIR) ? now : NULL, options, error);
    if (changes == NULL) {
        return FALSE;
    }
    g_ptr_array_add(tables, changes);
    return TRUE;
}

/* The packages that either has, by name. */
static char **list_packages(const char *const editions[2], GError **error)
{
    g_auto(GStrv) before = sp_diff_packages(editions[0], error);
    g_auto(GStrv) now = before == NULL ? NULL : sp_diff_packages(editions[1], error);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (char **name = now; name != NULL && *name != NULL; name++) {
        g_ptr_array_add(names, g_strdup(*name));
    }
    for (char **name = before; now != NULL && *name != NULL; name++) {
        if (!g_strv_contains((const char *const *)now, *name)) {
            g_ptr_array_add(names, g_strdup(*name));
        }
    }
    g_ptr_array_add(names, NULL);
    return now == NULL ? NULL : (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}

static gboolean check_there(const char *path, GError **error)
{
    return g_file_test(path, G_FILE_TEST_EXISTS) ||
           sp_error_set(error, SP_ERROR_NO_INPUT,
                        "%s is not there; name an edition of the workspace, the folder of an "
                        "edition or of a package, or the zip of a package",
                        path);
}

static gboolean add_all(const char *const sides[2], gboolean is_edition, char **names,
                        const SpDiffOptions *options, GPtrArray *tables, GError **error)
{
    if (!is_edition) {
        SpTable *changes = diff_packages(sides[0], sides[1], options, error);
        g_ptr_array_add(tables, changes);
        return changes != NULL;
    }
    for (char **name = names; *name != NULL; name++) {
        if (!add_package(sides, *name, options, tables, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

SpTable *sp_diff_new(const char *before, const char *now, const SpDiffOptions *options,
                     GError **error)
{
    const char *const sides[] = {before, now};
    g_autoptr(GPtrArray) tables = g_ptr_array_new_with_free_func(free_table);
    if (!check_there(before, error) || !check_there(now, error)) {
        return NULL;
    }
    const gboolean is_edition = sp_diff_is_edition(before);
    if (is_edition != sp_diff_is_edition(now)) {
        sp_error_set(error, SP_ERROR_USAGE, "%s is %s and %s is not; name two of a kind", before,
                     is_edition ? "an edition" : "a package", now);
        return NULL;
    }
    g_autofree char *alone = g_path_get_basename(now);
    g_auto(GStrv) names = is_edition ? list_packages(sides, error) : g_new0(char *, 1);
    if (names == NULL || !add_all(sides, is_edition, names, options, tables, error)) {
        return NULL;
    }
    const char *const one[] = {alone, NULL};
    return sp_changes_join((const SpTable *const *)tables->pdata,
                           is_edition ? (const char *const *)names : one, tables->len);
}
