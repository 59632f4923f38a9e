/* Putting packages together to an edition. */
#include "pipeline/assembly.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/table_rows.h"
#include "pipeline/catalogue.h"
#include "pipeline/compare.h"
#include "pipeline/edition.h"
#include "pipeline/feedfile.h"
#include "pipeline/office.h"
#include "pipeline/seal.h"
#include "pipeline/signkey.h"
#include "pipeline/stage.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

void sp_place_clear(SpPlace *place)
{
    g_clear_pointer(&place->folder, g_free);
    g_clear_pointer(&place->title, g_free);
    g_clear_pointer(&place->office, g_free);
    g_clear_pointer(&place->language, g_free);
}

gboolean sp_place_find(SpContext *context, const char *region, SpPlace *place, GError **error)
{
    g_autofree char *path = sp_context_data_path(context, "fylker.csv");
    g_autoptr(SpTable) fylker = sp_catalogue_read(path, "fylker", NULL, error);
    static const char *const names[] = {"fylke", "mappe", "navn", "embete"};
    gsize at[G_N_ELEMENTS(names)];
    gsize row = 0;
    if (fylker == NULL ||
        !sp_table_need_all(fylker, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, at, error)) {
        return FALSE;
    }
    g_autoptr(SpTableIndex) index = sp_table_index_new(fylker, at, 1);
    if (!sp_table_index_find(index, &region, &row)) {
        return sp_error_set(error, SP_ERROR_CONFIG, "%s has no fylke %s", path, region);
    }
    place->folder = g_strdup(sp_table_code(fylker, row, at[1]));
    place->title = g_strdup(sp_table_code(fylker, row, at[2]));
    place->office = g_strdup(sp_table_code(fylker, row, at[3]));
    g_autoptr(SpOffice) office = sp_office_find(context, place->office, error);
    place->language = office != NULL ? g_strdup(office->language) : NULL;
    return office != NULL;
}

GHashTable *sp_place_offices(const SpContext *context, GError **error)
{
    static const char *const names[] = {"fylke", "embete"};
    g_autofree char *path = sp_context_data_path(context, "fylker.csv");
    g_autoptr(SpTable) fylker = sp_catalogue_read(path, "fylker", NULL, error);
    gsize at[G_N_ELEMENTS(names)];
    if (fylker == NULL ||
        !sp_table_need_all(fylker, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, at, error)) {
        return NULL;
    }
    GHashTable *offices = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (gsize row = 0; row < sp_table_n_rows(fylker); row++) {
        g_hash_table_insert(offices, g_strdup(sp_table_code(fylker, row, at[0])),
                            g_strdup(sp_table_code(fylker, row, at[1])));
    }
    return offices;
}

static gboolean copy_file(const char *from, const char *to, GError **error)
{
    g_autoptr(GBytes) bytes = sp_file_map(from, error);
    return bytes != NULL && sp_file_make(to, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes),
                                         SP_MODE_PUBLIC_FILE, error);
}

/* Files of a finished unit never change, so an edition may share them: a hard link, not a copy;
 * but of a file of another user, which the kernel may not let us link (protected_hardlinks). */
static gboolean link_file(const char *from, const char *to, GError **error)
{
    g_autofree char *parent = g_path_get_dirname(to);
    if (!sp_folder_make(parent, SP_MODE_PRIVATE_FOLDER, error)) {
        return FALSE;
    }
    if (link(from, to) == 0) {
        return TRUE;
    }
    return errno == EPERM ? copy_file(from, to, error) : sp_error_set_errno(error, errno, "%s", to);
}

static gboolean link_package(SpContext *context, const char *unit, const char *folder,
                             GError **error)
{
    g_auto(SpPlace) place = {0};
    g_autofree char *made = sp_stage_current(context, "package", unit, error);
    if (made == NULL || !sp_place_find(context, unit, &place, error)) {
        return FALSE;
    }
    g_autofree char *package = g_build_filename(made, SP_ASSEMBLY_FOLDER, NULL);
    g_auto(GStrv) names = sp_folder_walk(package, error);
    for (char **name = names; name != NULL && *name != NULL; name++) {
        g_autofree char *from = g_build_filename(package, *name, NULL);
        g_autofree char *to = g_build_filename(folder, place.folder, *name, NULL);
        if (!link_file(from, to, error)) {
            return FALSE;
        }
    }
    g_autofree char *archive = g_build_filename(made, SP_ASSEMBLY_ARCHIVE, NULL);
    g_autofree char *zip = g_strdup_printf("%s/%s.zip", folder, place.folder);
    return names != NULL && link_file(archive, zip, error);
}

/* Only bytes that are still those of their manifest go into an edition. */
static gboolean check_package(SpContext *context, const char *unit, GError **error)
{
    g_autofree char *folder = sp_stage_current(context, "package", unit, error);
    g_autoptr(SpManifest) manifest = folder == NULL ? NULL : sp_manifest_read(folder, error);
    return manifest != NULL && sp_manifest_check(manifest, folder, error);
}

static gboolean assemble(SpContext *context, const char *folder, const char *final, guint marks,
                         GError **error)
{
    g_auto(GStrv) units = sp_edition_units(context, error);
    if (units == NULL || !sp_folder_remove(folder, error) ||
        !sp_folder_make(folder, SP_MODE_PRIVATE_FOLDER, error)) {
        return FALSE;
    }
    for (char **unit = units; *unit != NULL; unit++) {
        if (!check_package(context, *unit, error) || !link_package(context, *unit, folder, error)) {
            return FALSE;
        }
    }
    g_autofree char *packages = g_path_get_dirname(final);
    g_autofree char *edition = g_path_get_basename(final);
    const SpSealed sealed = {.edition = edition, .name = "", .marks = marks};
    return sp_compare_write(context, folder, marks, error) &&
           sp_folder_make(packages, SP_MODE_PUBLIC_FOLDER, error) &&
           sp_seal_write(context, folder, &sealed, error) &&
           sp_folder_chmod(folder, SP_MODE_PUBLIC_FILE, SP_MODE_PUBLIC_FOLDER, error) &&
           sp_folder_sync(folder, error) && sp_folder_replace(folder, final, error) &&
           sp_edition_check(context, final, error);
}

/* Told once an edition, and by `status` as long as it is so. */
static gboolean tell_unsigned(const SpContext *context, const char *edition, GError **error)
{
    SpPublicKey key;
    gboolean is_signed = FALSE;
    if (!sp_signkey_public(context, &key, &is_signed, error)) {
        return FALSE;
    }
    if (!is_signed && context->options.trial == NULL) {
        sp_log(&context->log, SP_LOG_WARNING,
               "edition %s is not signed (" SP_SIGNKEY_SETTING
               " = none): nobody can tell that it is ours",
               edition);
    }
    return TRUE;
}

/* One that was withdrawn and removed does not come back by itself. */
static gboolean refuse_withdrawn(const SpContext *context, const char *edition, GError **error)
{
    g_autoptr(json_t) feed = sp_feedfile_read(context, error);
    if (feed == NULL) {
        return FALSE;
    }
    const char *reason = sp_feed_reason(feed, edition);
    return reason == NULL ||
           sp_error_set(error, SP_ERROR_DATA,
                        "edition %s is withdrawn (%s) and is not made again; change what was wrong "
                        "(a source, a setting), and another one is made",
                        edition, reason);
}

gboolean sp_assembly_finish(SpContext *context, GError **error)
{
    g_autoptr(GError) different = NULL;
    guint marks = 0;
    g_autofree char *edition = sp_edition_made(context, &marks, &different);
    if (edition == NULL) {
        sp_log(&context->log, SP_LOG_WARNING, "no edition was put together: %s",
               different->message);
        return TRUE;
    }
    g_autofree char *final = sp_context_work_path(context, "packages", edition, NULL);
    if (!g_file_test(final, G_FILE_TEST_IS_DIR) && !refuse_withdrawn(context, edition, error)) {
        return FALSE;
    }
    if (g_file_test(final, G_FILE_TEST_IS_DIR)) {
        g_autoptr(GError) damage = NULL;
        if (sp_edition_check(context, final, &damage)) {
            return TRUE;
        }
        sp_log(&context->log, SP_LOG_WARNING, "edition %s is damaged and put together anew: %s",
               edition, damage->message);
    }
    g_autofree char *base = g_strdup_printf("edition-%d", (int)getpid());
    g_autofree char *folder = sp_context_path(context, "tmp", base, NULL);
    if (!assemble(context, folder, final, marks, error)) {
        (void)sp_folder_remove(folder, NULL);
        return FALSE;
    }
    sp_log(&context->log, SP_LOG_INFO, "edition %s is complete", edition);
    return tell_unsigned(context, edition, error);
}

gboolean sp_assembly_lacks(SpContext *context, char **what, GError **error)
{
    guint marks = 0;
    g_autoptr(GError) damage = NULL;
    g_autofree char *edition = sp_edition_made(context, &marks, NULL);
    *what = NULL;
    if (edition == NULL) {
        return TRUE; /* of different editions, or not all there: nothing is put together */
    }
    g_autofree char *final = sp_context_work_path(context, "packages", edition, NULL);
    if (!g_file_test(final, G_FILE_TEST_IS_DIR)) {
        *what = g_strdup_printf("edition %s is put together", edition);
        return refuse_withdrawn(context, edition, error);
    }
    if (!sp_edition_check(context, final, &damage)) {
        *what = g_strdup_printf("edition %s is damaged and put together anew: %s", edition,
                                damage->message);
    }
    return TRUE;
}
