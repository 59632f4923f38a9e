/* Looking at an edition from outside. */
#include "pipeline/examine.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/json.h"
#include "core/io/tablefiles.h"
#include "outputs/archive/sums.h"
#include "transforms/audit/sums.h"

enum { MAX_DESCRIPTOR_SIZE = 16 * 1024 * 1024 };

/* The package says itself of which tables the country is its own sum. */
static gboolean has_own_sums(json_t *descriptor, const char *table)
{
    size_t i = 0;
    json_t *resource = NULL;
    json_array_foreach(json_object_get(descriptor, "resources"), i, resource)
    {
        if (g_strcmp0(json_string_value(json_object_get(resource, "name")), table) == 0) {
            return json_is_true(json_object_get(resource, "sp:sums"));
        }
    }
    return FALSE;
}

/* Faults that are gathered over all packages (char*). */
typedef struct {
    GPtrArray *breaks; /* sums that fail */
    GPtrArray *leaks;  /* figures that the tables do not show */
} Faults;

static void faults_clear(Faults *faults)
{
    g_ptr_array_unref(faults->breaks);
    g_ptr_array_unref(faults->leaks);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Faults, faults_clear)

static gboolean examine_package(const char *folder, SpExamination *findings, SpAttacked *attacked,
                                const Faults *faults, GError **error)
{
    g_autofree char *path = g_build_filename(folder, SP_TABLES_DESCRIPTOR, NULL);
    g_autoptr(SpTables) tables = sp_tables_read(folder, NULL, error);
    g_autoptr(json_t) descriptor =
        tables == NULL ? NULL : sp_json_read(path, MAX_DESCRIPTOR_SIZE, error);
    if (descriptor == NULL) {
        return FALSE;
    }
    findings->n_packages++;
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        const SpTable *table = sp_tables_at(tables, i);
        findings->n_tables++;
        findings->n_sums +=
            sp_audit_sums(table, has_own_sums(descriptor, sp_table_name(table)), faults->breaks);
    }
    const SpFormatsOf of = {.folder = folder, .tables = tables, .descriptor = descriptor};
    if (!sp_formats_examine(&of, &findings->formats, faults->leaks, error)) {
        return FALSE;
    }
    if (attacked != NULL) {
        sp_attacked_take(attacked, tables);
    }
    return TRUE;
}

gboolean sp_edition_examine(const char *folder, SpExamination *findings, SpAttacked *attacked,
                            GError **error)
{
    g_auto(GStrv) names = sp_folder_list(folder, error);
    g_auto(Faults)
        faults = {g_ptr_array_new_with_free_func(g_free), g_ptr_array_new_with_free_func(g_free)};
    if (names == NULL || !sp_sums_check(folder, error)) {
        return FALSE;
    }
    for (char **name = names; *name != NULL; name++) {
        g_autofree char *package = g_build_filename(folder, *name, NULL);
        if (g_file_test(package, G_FILE_TEST_IS_DIR) &&
            !examine_package(package, findings, attacked, &faults, error)) {
            g_prefix_error(error, "%s: ", *name);
            return FALSE;
        }
    }
    if (faults.leaks->len > 0) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%u figures for people are not, or not so often, in the tables beside "
                            "them, the first: %s",
                            faults.leaks->len, (const char *)faults.leaks->pdata[0]);
    }
    if (faults.breaks->len > 0) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "the published figures do not add up in %u places, the first: %s",
                            faults.breaks->len, (const char *)faults.breaks->pdata[0]);
    }
    return TRUE;
}
