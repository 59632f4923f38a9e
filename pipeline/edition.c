/* Editions by name. */
#include "pipeline/edition.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/identity.h"
#include "core/io/json.h"
#include "core/period.h"
#include "outputs/archive/sums.h"
#include "pipeline/catalogue.h"
#include "pipeline/manifest.h"
#include "pipeline/signkey.h"
#include "pipeline/stage.h"

#include <string.h>

enum { DAY_LENGTH = 10, NAME_LENGTH = 19, MAX_REPORT_SIZE = 1048576 };

char *sp_edition_current(const SpContext *context)
{
    g_autofree char *link = sp_context_path(context, "current", NULL);
    g_autofree char *target = sp_link_read(link);
    return target == NULL ? NULL : g_path_get_basename(target);
}

char *sp_edition_name(const char *updated, const char *key)
{
    return g_strdup_printf("%.10s-%.8s", updated, key);
}

gboolean sp_edition_is_name(const char *name)
{
    SpDay day = 0;
    g_autofree char *start = g_strndup(name, DAY_LENGTH);
    return strlen(name) == NAME_LENGTH && name[DAY_LENGTH] == '-' && sp_day_parse(start, &day);
}

char **sp_edition_units(SpContext *context, GError **error)
{
    g_autofree char *path = sp_context_data_path(context, "fylker.csv");
    g_autoptr(SpTable) fylker = sp_catalogue_read(path, "fylker", NULL, error);
    gsize column = 0;
    if (fylker == NULL || !sp_table_need(fylker, "fylke", SP_COLUMN_CODE, &column, error)) {
        return NULL;
    }
    GPtrArray *names = g_ptr_array_new();
    for (gsize row = 0; row < sp_table_n_rows(fylker); row++) {
        g_ptr_array_add(names, g_strdup(sp_table_code(fylker, row, column)));
    }
    g_ptr_array_add(names, NULL);
    return (char **)g_ptr_array_free(names, FALSE);
}

char *sp_edition_made(SpContext *context, guint *marks, GError **error)
{
    g_auto(GStrv) units = sp_edition_units(context, error);
    g_autofree char *edition = NULL;
    *marks = 0;
    for (char **unit = units; unit != NULL && *unit != NULL; unit++) {
        g_autofree char *folder = sp_stage_current(context, "package", *unit, error);
        g_autoptr(SpManifest) manifest = folder == NULL ? NULL : sp_manifest_read(folder, error);
        if (manifest == NULL) {
            return NULL;
        }
        gsize size = 0;
        g_autofree char *path = g_build_filename(folder, "utgave", NULL);
        g_autofree char *name = sp_file_read(path, 256, &size, error);
        if (name == NULL) {
            return NULL;
        }
        if (edition != NULL && strcmp(edition, name) != 0) {
            sp_error_set(error, SP_ERROR_DATA,
                         "package %s is of edition %s and others of %s; run statpakke-package "
                         "without --unit",
                         *unit, name, edition);
            return NULL;
        }
        *marks |= manifest->marks;
        if (edition == NULL) {
            edition = g_steal_pointer(&name);
        }
    }
    if (edition == NULL && units != NULL) {
        sp_error_set(error, SP_ERROR_CONFIG, "config/fylker.csv names no fylke");
    }
    return g_steal_pointer(&edition);
}

gboolean sp_edition_check(const SpContext *context, const char *folder, GError **error)
{
    /* Taken before the files are read: what is written to meanwhile is not known as checked. */
    char identity[SP_HASH_SIZE];
    gboolean is_checked = FALSE;
    if (!sp_folder_identity(folder, identity, error) ||
        !sp_ledger_is_checked(context->ledger, folder, identity, &is_checked, error)) {
        return FALSE;
    }
    return sp_signkey_check(context, folder, error) &&
           (is_checked || (sp_sums_check(folder, error) &&
                           sp_ledger_set_checked(context->ledger, folder, identity, error)));
}

gboolean sp_edition_check_audit(const SpContext *context, const char *edition, GError **error)
{
    g_autofree char *folder = sp_stage_current(context, "audit", edition, NULL);
    g_autofree char *path = g_strdup_printf("%s/rapport.json", folder != NULL ? folder : "");
    g_autoptr(json_t) report = folder == NULL ? NULL : sp_json_read(path, MAX_REPORT_SIZE, NULL);
    const char *audited =
        report == NULL ? NULL : json_string_value(json_object_get(report, "sha256sums"));
    g_autofree char *sums = sp_context_work_path(context, "packages", edition, SP_SUMS_NAME, NULL);
    char hash[SP_HASH_SIZE];
    if (!sp_file_hash(sums, hash, error)) {
        return FALSE;
    }
    return (audited != NULL && strcmp(audited, hash) == 0 &&
            json_is_true(json_object_get(report, "passed"))) ||
           sp_error_set(error, SP_ERROR_DATA,
                        "edition %s has not passed the audit; run statpakke-audit first", edition);
}
