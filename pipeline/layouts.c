/* Layouts and code lists: declared, then read. */
#include "pipeline/layouts.h"

#include "core/error.h"
#include "pipeline/catalogue.h"
#include "pipeline/dataset.h"

/* "layouts/NAME.ini" of each layout; a dataset that becomes facts has one. */
static char **layout_files(const SpUnit *unit, const char *dataset, GError **error)
{
    g_autoptr(SpSettings) settings = sp_dataset_settings(unit->context, dataset, error);
    char **files = NULL;
    if (settings == NULL || !sp_dataset_layout_files(settings, &files, error)) {
        return NULL;
    }
    if (files == NULL) {
        (void)sp_settings_text(settings, "layout", error); /* says what is missing where */
    }
    return files;
}

static char *map_file(const char *map)
{
    return g_strdup_printf("codes/%s.csv", map);
}

static void add_once(GPtrArray *names, const char *name)
{
    if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL)) {
        g_ptr_array_add(names, (gpointer)name);
    }
}

/* The code lists of all layouts (char*, borrowed) and of a person-level reader, each once. NULL
 * with error. */
static GPtrArray *code_lists(const char *dataset, const GPtrArray *layouts, GError **error)
{
    const SpExtractor *extractor = sp_dataset_extractor(dataset, error);
    if (extractor == NULL) {
        return NULL;
    }
    GPtrArray *all = g_ptr_array_new();
    gboolean is_persons = FALSE;
    for (guint i = 0; i < layouts->len; i++) {
        const SpLayout *layout = layouts->pdata[i];
        g_autoptr(GPtrArray) own = sp_layout_code_lists(layout);
        is_persons = is_persons || layout->persons != NULL;
        for (guint k = 0; k < own->len; k++) {
            add_once(all, own->pdata[k]);
        }
    }
    const char *const *list = is_persons ? extractor->lists : NULL;
    for (; list != NULL && *list != NULL; list++) {
        add_once(all, *list);
    }
    return all;
}

/* Code lists, and the age bands of person-level layouts. */
static gboolean need_lists(SpUnit *unit, const char *dataset, const GPtrArray *layouts,
                           GError **error)
{
    g_autoptr(GPtrArray) maps = code_lists(dataset, layouts, error);
    if (maps == NULL) {
        return FALSE;
    }
    for (guint i = 0; i < maps->len; i++) {
        g_autofree char *file = map_file(maps->pdata[i]);
        if (!sp_unit_need_file(unit, file, error)) {
            return FALSE;
        }
    }
    for (guint i = 0; i < layouts->len; i++) {
        const char *name = ((const SpLayout *)layouts->pdata[i])->questions;
        g_autofree char *questions = g_strdup_printf("%s.csv", name);
        if (name != NULL && !sp_unit_need_file(unit, questions, error)) {
            return FALSE;
        }
    }
    return ((const SpLayout *)layouts->pdata[0])->persons == NULL ||
           sp_unit_need_file(unit, SP_LAYOUT_BANDS, error);
}

/* The layouts of a unit's declared files. */
static GPtrArray *read_files(const SpUnit *unit, char **files, GError **error)
{
    g_autoptr(GPtrArray) layouts = g_ptr_array_new_with_free_func((GDestroyNotify)sp_layout_free);
    for (char **file = files; *file != NULL; file++) {
        SpLayout *layout =
            sp_dataset_layout(sp_unit_input(unit, SP_INPUT_FILE, *file)->path, *file, error);
        if (layout == NULL) {
            return NULL;
        }
        g_ptr_array_add(layouts, layout);
    }
    return sp_dataset_check_layouts(layouts, error) ? g_steal_pointer(&layouts) : NULL;
}

gboolean sp_layouts_need(SpUnit *unit, const char *dataset, GError **error)
{
    g_auto(GStrv) files = layout_files(unit, dataset, error);
    if (files == NULL) {
        return FALSE;
    }
    for (char **file = files; *file != NULL; file++) {
        if (!sp_unit_need_file(unit, *file, error)) {
            return FALSE;
        }
    }
    g_autoptr(GPtrArray) layouts = read_files(unit, files, error);
    return layouts != NULL && need_lists(unit, dataset, layouts, error);
}

GPtrArray *sp_layouts_read(const SpUnit *unit, const char *dataset, GError **error)
{
    g_auto(GStrv) files = layout_files(unit, dataset, error);
    return files == NULL ? NULL : read_files(unit, files, error);
}

/* The questions that the answers of a layout are to, beside the code lists. */
static gboolean read_questions(const SpUnit *unit, SpTables *maps, const SpLayout *layout,
                               GError **error)
{
    const char *name = layout->questions;
    if (name == NULL) {
        return TRUE;
    }
    if (sp_tables_find(maps, name) != NULL) {
        return sp_error_set(
            error, SP_ERROR_CONFIG,
            "layout %s: a code list or other questions are named %s too; rename one", layout->name,
            name);
    }
    g_autofree char *file = g_strdup_printf("%s.csv", name);
    SpTable *table =
        sp_catalogue_read(sp_unit_input(unit, SP_INPUT_FILE, file)->path, name, NULL, error);
    if (table != NULL) {
        sp_tables_add(maps, table);
    }
    return table != NULL;
}

SpTables *sp_layouts_maps(const SpUnit *unit, const char *dataset, const GPtrArray *layouts,
                          GError **error)
{
    g_autoptr(GPtrArray) names = code_lists(dataset, layouts, error);
    g_autoptr(SpTables) maps = names == NULL ? NULL : sp_tables_new();
    for (guint i = 0; names != NULL && i < names->len; i++) {
        const char *map = names->pdata[i];
        g_autofree char *file = map_file(map);
        SpTable *table =
            sp_catalogue_read(sp_unit_input(unit, SP_INPUT_FILE, file)->path, map, NULL, error);
        if (table == NULL) {
            return NULL;
        }
        sp_tables_add(maps, table);
    }
    for (guint i = 0; maps != NULL && i < layouts->len; i++) {
        if (!read_questions(unit, maps, layouts->pdata[i], error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&maps);
}
