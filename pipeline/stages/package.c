/*
 * package: one folder and one archive a fylke and for the country, in every format; when all are of
 * one edition, the edition in packages/.
 */
#include "pipeline/program.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/zip.h"
#include "core/regions.h"
#include "outputs/forklaring.h"
#include "outputs/output.h"
#include "pipeline/assembly.h"
#include "pipeline/basis.h"
#include "pipeline/browser.h"
#include "pipeline/build.h"
#include "pipeline/compare.h"
#include "pipeline/edition.h"
#include "pipeline/firstpage.h"
#include "pipeline/notices.h"
#include "pipeline/origins.h"
#include "pipeline/own_tables.h"
#include "pipeline/package_files.h"
#include "pipeline/seal.h"
#include "pipeline/signkey.h"
#include "pipeline/sources.h"

#include <string.h>

static gboolean inputs(SpUnit *unit, GError **error)
{
    return sp_package_files_need(unit, error) && sp_browser_need(unit, error) &&
           sp_sources_need(unit, error) && sp_signkey_need(unit, error) &&
           sp_unit_need_stage(unit, "protect", "utgave", error) && sp_basis_need(unit, error);
}

/* Kommuner of a fylke; the country has all. */
static gsize n_kommuner(const SpTable *regions, const char *unit)
{
    const gsize region = sp_table_find(regions, "region");
    const gboolean is_country = strcmp(unit, "0") == 0;
    gsize n = 0;
    for (gsize row = 0; row < sp_table_n_rows(regions); row++) {
        const char *code = sp_table_code(regions, row, region);
        n += sp_region_kind(code) == SP_REGION_KOMMUNE &&
             (is_country || g_str_has_prefix(code, unit));
    }
    return n;
}

/* One that was begun last would be made alone: the largest come first. */
static char **units(SpContext *context, GError **error)
{
    static const char *const read[] = {"region", NULL};
    char **names = sp_edition_units(context, error);
    g_autofree char *folder = sp_stage_current(context, "protect", "utgave", NULL);
    g_autoptr(SpTables) tables = folder != NULL ? sp_tables_read_any(folder, read, NULL) : NULL;
    if (names == NULL || tables == NULL || sp_tables_size(tables) == 0) {
        return names; /* what is not there is told when it is wanted */
    }
    const SpTable *regions = sp_tables_at(tables, 0);
    for (gsize i = 1; names[0] != NULL && names[i] != NULL; i++) {
        char *name = names[i];
        gsize at = i;
        for (; at > 0 && n_kommuner(regions, names[at - 1]) < n_kommuner(regions, name); at--) {
            names[at] = names[at - 1];
        }
        names[at] = name;
    }
    return names;
}

/* A source's title, publisher and licence stand in every package, and each format has settings of
 * its own. */
static gboolean add_keys(SpContext *context, const char *unit, GPtrArray *keys, GError **error)
{
    (void)unit;
    for (gsize i = 0; i < sp_outputs_size(); i++) {
        for (gsize j = 0; j < sp_outputs_at(i)->n_config_keys; j++) {
            g_ptr_array_add(keys, (gpointer)sp_outputs_at(i)->config_keys[j]);
        }
    }
    return sp_sources_add_keys(context, keys, error);
}

static void need_text(const SpTexts *texts, const char *kind, const char *name, GString *missing)
{
    g_autofree char *id = g_strdup_printf("%s.%s", kind, name);
    if (!sp_texts_has(texts, id) && strstr(missing->str, id) == NULL) {
        g_string_append_printf(missing, " %s", id);
    }
}

/* A package while it is made. */
typedef struct {
    SpUnit *unit;
    SpPlace place;
    char *edition;
    char *folder;   /* it lies in */
    GString *times; /* what each part of the work took */
    gint64 since;   /* the part that is going on */
} Work;

static void clear_work(Work *work)
{
    sp_place_clear(&work->place);
    g_free(work->edition);
    g_free(work->folder);
    if (work->times != NULL) {
        g_string_free(work->times, TRUE);
    }
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Work, clear_work)

static void tell_time(Work *work, const char *part)
{
    const gint64 now = g_get_monotonic_time();
    g_string_append_printf(work->times, "%s%s %.2f s", work->times->len > 0 ? ", " : "", part,
                           (double)(now - work->since) / G_USEC_PER_SEC);
    work->since = now;
}

/* The first is the contract, which others are held against, and always there. FALSE for a name that
 * no format has. */
static gboolean check_formats(char *const *names, GError **error)
{
    g_autoptr(GString) all = g_string_new(NULL);
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize i = 0; i < sp_outputs_size(); i++) {
        if (!sp_outputs_at(i)->has_own_setting) {
            g_hash_table_add(known, (gpointer)sp_outputs_at(i)->name);
            g_string_append_printf(all, " %s", sp_outputs_at(i)->name);
        }
    }
    for (gsize i = 0; names[i] != NULL; i++) {
        if (!g_hash_table_contains(known, names[i])) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "package.formats: \"%s\" is none of%s; take it out", names[i],
                                all->str);
        }
    }
    return TRUE;
}

static gboolean write_formats(Work *work, const SpPackage *package, GError **error)
{
    const SpSettings *settings = work->unit->settings;
    g_auto(GStrv) names = sp_settings_list(settings, "package.formats", error);
    if (names == NULL || !check_formats(names, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < sp_outputs_size(); i++) {
        const SpOutput *output = sp_outputs_at(i);
        if (i > 0 && !output->has_own_setting &&
            !g_strv_contains((const char *const *)names, output->name)) {
            continue;
        }
        if (!output->write(package, settings, work->folder, error)) {
            g_prefix_error(error, "%s: ", output->name);
            return FALSE;
        }
        tell_time(work, output->name);
    }
    return TRUE;
}

static gboolean write_archive(Work *work, GError **error)
{
    g_autofree char *archive = g_build_filename(work->unit->folder, SP_ASSEMBLY_ARCHIVE, NULL);
    g_autofree char *prefix = g_strdup_printf("%s/", work->place.folder);
    const SpSealed sealed = {
        .edition = work->edition, .name = work->place.folder, .marks = work->unit->marks};
    if (!sp_seal_write(work->unit->context, work->folder, &sealed, error) ||
        !sp_zip_write(archive, work->folder, prefix, error)) {
        return FALSE;
    }
    tell_time(work, "archive");
    return TRUE;
}

/* A word that is missing would be published as its id: told here, all of them at once. */
static gboolean check_words(const SpPackage *package, GError **error)
{
    g_autoptr(GString) missing = g_string_new(NULL);
    for (gsize i = 0; i < sp_tables_size(package->tables); i++) {
        const SpTable *table = sp_tables_at(package->tables, i);
        need_text(package->texts, "table", sp_table_name(table), missing);
        for (gsize column = 0; column < sp_table_n_columns(table); column++) {
            const SpColumn *is = sp_table_column(table, column);
            need_text(package->texts, "column", is->name, missing);
            if (is->unit != NULL && *is->unit != '\0') {
                need_text(package->texts, "unit", is->unit, missing);
            }
        }
    }
    return missing->len == 0
               ? TRUE
               : sp_error_set(error, SP_ERROR_CONFIG,
                              "config/texts.csv lacks%s; add them in nb and nn", missing->str);
}

/* The table that explains signs, flags and units, made from the others. */
static gboolean add_explanations(const SpPackage *package, SpTables *own, GError **error)
{
    g_autoptr(SpWords) words = sp_words_new(package, error);
    if (words == NULL) {
        return FALSE;
    }
    sp_tables_add(own, sp_forklaring_new(words));
    return TRUE;
}

/* A table of the edition that tells of the others. */
static const SpTable *need_table(const SpUnit *unit, const char *name, GError **error)
{
    g_autoptr(GError) failure = NULL;
    const SpTable *table = sp_unit_read_table(unit, "protect", "utgave", name, &failure);
    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
    } else if (table == NULL) {
        sp_error_set(error, SP_ERROR_NO_INPUT, "protect/utgave has no table %s; run protect", name);
    }
    return table;
}

/* All but the archive, for which the tables need not be in memory. */
static gboolean write_package(Work *work, GError **error)
{
    SpUnit *unit = work->unit;
    const SpPlace *place = &work->place;
    g_auto(SpPackageFiles) files = {0};
    const SpTable *regions = need_table(unit, "region", error);
    if (regions == NULL || !sp_package_files_read(unit, &files, error)) {
        return FALSE;
    }
    g_autofree char *public_key = NULL;
    if (!sp_signkey_text(unit->context, &public_key, error)) {
        return FALSE;
    }
    const char *notices[SP_NOTICES_SIZE];
    sp_notices_find(unit->marks, notices);
    const SpTable *from = need_table(unit, SP_ORIGINS_TABLE, error);
    g_autoptr(SpTables) own =
        from != NULL ? sp_own_tables(unit, files.catalogue, regions, error) : NULL;
    if (own == NULL || !sp_compare_package(unit, place, own, error)) {
        return FALSE;
    }
    sp_tables_add(own, sp_table_copy(files.sources));
    SpPackage package = {.name = place->folder,
                         .region = unit->unit,
                         .title = place->title,
                         .language = place->language,
                         .edition = work->edition,
                         .previous = sp_basis_of(unit)->previous.edition,
                         .tables = own,
                         .regions = regions,
                         .origins = from,
                         .catalogue = files.catalogue,
                         .units = files.units,
                         .indicators = files.indicators,
                         .breaks = files.breaks,
                         .borders = files.borders,
                         .figures = files.figures,
                         .file_types = files.file_types,
                         .vocabulary = files.vocabulary,
                         .texts = files.texts,
                         .public_key = public_key,
                         .template_folder = files.templates,
                         .browser = sp_browser_of(unit),
                         .assets = files.assets,
                         .notices = notices};
    g_autoptr(SpTable) origins = NULL;
    g_autoptr(SpTables) tables = sp_first_page_new(unit, &package, own, &origins, error);
    if (tables == NULL) {
        return FALSE;
    }
    package.tables = tables;
    package.origins = origins;
    if (!add_explanations(&package, tables, error)) {
        return FALSE;
    }
    sp_notices_add_column(tables, notices, files.texts, place->language);
    if (!check_words(&package, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        unit->n_rows += sp_table_n_rows(sp_tables_at(tables, i));
    }
    tell_time(work, "tables");
    return sp_folder_make(work->folder, SP_MODE_PRIVATE_FOLDER, error) &&
           write_formats(work, &package, error);
}

/* A package is as restricted as the tables that it holds, and not as the facts behind them. */
static void mark(SpUnit *unit)
{
    const SpInput *held = sp_unit_input(unit, SP_INPUT_STAGE, "protect/utgave");
    unit->marks =
        (unit->marks & ~(guint)SP_MARK_RESTRICTED) | (held->marks & (guint)SP_MARK_RESTRICTED);
}

static gboolean make(SpUnit *unit, GError **error)
{
    char key[SP_HASH_SIZE];
    mark(unit);
    sp_unit_common_key(unit, key);
    if (unit->updated == NULL) {
        return sp_error_set(error, SP_ERROR_BUG,
                            "no source has told when it was made, not even by its receipt");
    }
    g_autofree char *path = g_build_filename(unit->folder, "utgave", NULL);
    g_auto(Work) work = {.unit = unit,
                         .edition = sp_edition_name(unit->updated, key),
                         .folder = g_build_filename(unit->folder, SP_ASSEMBLY_FOLDER, NULL),
                         .times = g_string_new(NULL),
                         .since = g_get_monotonic_time()};
    if (!sp_place_find(unit->context, unit->unit, &work.place, error) ||
        !write_package(&work, error) || !write_archive(&work, error) ||
        !sp_file_write(path, work.edition, strlen(work.edition), SP_MODE_PRIVATE_FILE, error)) {
        return FALSE;
    }
    sp_log(&unit->context->log, SP_LOG_INFO, "%s: %s", unit->unit, work.times->str);
    return TRUE;
}

static const char *const config_keys[] = {SP_PACKAGE_FILES_KEY, "package.formats",
                                          SP_BROWSER_KEY,       SP_FIRST_PAGE_LEAST_KEY,
                                          SP_COMPARE_KEYS,      NULL};

static const SpStage stage = {
    .name = "package",
    .config_keys = config_keys,
    .program_hash = SP_BUILD_PACKAGE,
    .units = units,
    .add_keys = add_keys,
    .inputs = inputs,
    .make = make,
    .is_parallel = TRUE,
    .finish = sp_assembly_finish,
    .finish_lacks = sp_assembly_lacks,
};

const SpProgram sp_program_package = {
    .name = "package",
    .summary = "Write one statistikkpakke per fylke and one for the country",
    .access = SP_ACCESS_WRITE,
    .takes = SP_TAKES_ALL,
    .stage = &stage,
};
