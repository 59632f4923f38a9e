/* Declaring and reading the configuration of projections. */
#include "pipeline/projectfiles.h"

#include "pipeline/catalogue.h"

gboolean sp_project_files_need(SpUnit *unit, SpProjectUse use, GError **error)
{
    for (const SpProjectFile *file = sp_project_files; file->path != NULL; file++) {
        if ((file->uses & use) != 0 && !sp_unit_need_file(unit, file->path, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_project_files_read(const SpContext *context, SpProjectUse use, SpTables *into,
                               GError **error)
{
    for (const SpProjectFile *file = sp_project_files; file->path != NULL; file++) {
        if ((file->uses & use) == 0) {
            continue;
        }
        g_autofree char *path = sp_context_data_path(context, file->path);
        g_auto(GStrv) measures = g_strsplit(file->measures, " ", -1);
        SpTable *table = sp_catalogue_read(path, file->table, (const char *const *)measures, error);
        if (table == NULL) {
            return FALSE;
        }
        sp_tables_add(into, table);
    }
    return TRUE;
}
