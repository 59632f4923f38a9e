/* Files of a package, declared, read and freed by one list. */
#include "pipeline/package_files.h"

#include "core/series_break.h"
#include "pipeline/catalogue.h"
#include "pipeline/firstpage.h"
#include "pipeline/sources.h"

#include <stddef.h>
#include <string.h>

#define TEXTS "texts.csv"
#define TEMPLATE "html/ramme.xml"

/* Catalogues, and where they are read to. */
static const struct {
    const char *file;
    gsize place;
} catalogues[] = {
    {"tables.csv", offsetof(SpPackageFiles, catalogue)},
    {"units.csv", offsetof(SpPackageFiles, units)},
    {"indicators.csv", offsetof(SpPackageFiles, indicators)},
    {SP_BREAKS_FILE, offsetof(SpPackageFiles, breaks)},
    {"kart/kommuner.csv", offsetof(SpPackageFiles, borders)},
    {"figurer.csv", offsetof(SpPackageFiles, figures)},
    {"filtyper.csv", offsetof(SpPackageFiles, file_types)},
    {"dcat.csv", offsetof(SpPackageFiles, vocabulary)},
};

/* Read elsewhere: by the stage, by page one, by the report. */
static const char *const others[] = {
    TEXTS,
    "fylker.csv",
    "mottakere.csv",
    SP_FIRST_PAGE_RULES,
    SP_FIRST_PAGE_BAROMETER,
    TEMPLATE,
    "html/forside.xml",
    "html/tema.xml",
    "html/kommune.xml",
    "html/definisjoner.xml",
    "html/endringer.xml",
};

/* Assets: what the report's pages share ... */
static const char *const looks[] = {"html/stil.css", "html/statpakke.js"};
/* ... and what draws its figures, of which a build may have none. */
static const char *const drawing[] = {"echarts/echarts.js", "echarts/echarts-LICENSE.txt",
                                      "echarts/echarts-NOTICE.txt"};

static SpTable **table_at(SpPackageFiles *files, gsize i)
{
    return (SpTable **)(gpointer)((char *)files + catalogues[i].place);
}

static gboolean need_all(SpUnit *unit, const char *const names[], gsize n, GError **error)
{
    for (gsize i = 0; i < n; i++) {
        if (!sp_unit_need_file(unit, names[i], error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean need_drawing(SpUnit *unit, GError **error)
{
    gboolean has_charts = FALSE;
    if (!sp_settings_bool(unit->settings, SP_PACKAGE_FILES_KEY, &has_charts, error)) {
        return FALSE;
    }
    for (gsize i = 0; has_charts && i < G_N_ELEMENTS(drawing); i++) {
        g_autofree char *path = sp_context_built_path(drawing[i]);
        if (path != NULL && !sp_unit_need_path(unit, drawing[i], path, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_package_files_need(SpUnit *unit, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(catalogues); i++) {
        if (!sp_unit_need_file(unit, catalogues[i].file, error)) {
            return FALSE;
        }
    }
    return need_all(unit, others, G_N_ELEMENTS(others), error) &&
           need_all(unit, looks, G_N_ELEMENTS(looks), error) && need_drawing(unit, error);
}

static gboolean is_among(const char *name, const char *const names[], gsize n)
{
    gsize i = 0;
    while (i < n && strcmp(names[i], name) != 0) {
        i++;
    }
    return i < n;
}

/* g_free. */
static const char **assets_of(const SpUnit *unit)
{
    GPtrArray *paths = g_ptr_array_new();
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = g_ptr_array_index(unit->inputs, i);
        if (input->kind == SP_INPUT_FILE &&
            (is_among(input->name, looks, G_N_ELEMENTS(looks)) ||
             is_among(input->name, drawing, G_N_ELEMENTS(drawing)))) {
            g_ptr_array_add(paths, input->path);
        }
    }
    g_ptr_array_add(paths, NULL);
    return (const char **)g_ptr_array_free(paths, FALSE);
}

gboolean sp_package_files_read(SpUnit *unit, SpPackageFiles *files, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(catalogues); i++) {
        const char *file = catalogues[i].file;
        const char *path = sp_unit_input(unit, SP_INPUT_FILE, file)->path;
        SpTable *table = sp_catalogue_read(path, file, NULL, error);
        if (table == NULL) {
            return FALSE;
        }
        *table_at(files, i) = table;
    }
    files->assets = assets_of(unit);
    files->templates = g_path_get_dirname(sp_unit_input(unit, SP_INPUT_FILE, TEMPLATE)->path);
    files->texts = sp_catalogue_texts(sp_unit_input(unit, SP_INPUT_FILE, TEXTS)->path, error);
    files->sources = files->texts != NULL ? sp_sources_table(unit, error) : NULL;
    return files->sources != NULL;
}

void sp_package_files_clear(SpPackageFiles *files)
{
    for (gsize i = 0; i < G_N_ELEMENTS(catalogues); i++) {
        g_clear_pointer(table_at(files, i), sp_table_free);
    }
    g_clear_pointer(&files->texts, sp_texts_free);
    g_clear_pointer(&files->sources, sp_table_free);
    g_clear_pointer(&files->templates, g_free);
    g_clear_pointer(&files->assets, g_free);
}
