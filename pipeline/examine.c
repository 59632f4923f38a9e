/* Looking at an edition from outside. */
#include "pipeline/examine.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/tablefiles.h"
#include "outputs/archive/sums.h"
#include "transforms/audit/sums.h"

static gboolean examine_package(const char *folder, SpExamination *findings, GPtrArray *breaks,
                                GError **error)
{
    g_autoptr(SpTables) tables = sp_tables_read(folder, NULL, error);
    if (tables == NULL) {
        return FALSE;
    }
    findings->n_packages++;
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        findings->n_tables++;
        findings->n_sums += sp_audit_sums(sp_tables_at(tables, i), breaks);
    }
    return TRUE;
}

gboolean sp_edition_examine(const char *folder, SpExamination *findings, GError **error)
{
    g_auto(GStrv) names = sp_folder_list(folder, error);
    g_autoptr(GPtrArray) breaks = g_ptr_array_new_with_free_func(g_free);
    if (names == NULL || !sp_sums_check(folder, error)) {
        return FALSE;
    }
    for (char **name = names; *name != NULL; name++) {
        g_autofree char *package = g_build_filename(folder, *name, NULL);
        if (g_file_test(package, G_FILE_TEST_IS_DIR) &&
            !examine_package(package, findings, breaks, error)) {
            g_prefix_error(error, "%s: ", *name);
            return FALSE;
        }
    }
    if (breaks->len > 0) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "the published figures do not add up in %u places, the first: %s",
                            breaks->len, (const char *)breaks->pdata[0]);
    }
    return TRUE;
}
