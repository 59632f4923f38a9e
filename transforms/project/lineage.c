/* Cells of tables of persons. */
#include "transforms/project/lineage.h"

#include "core/error.h"

gboolean sp_project_not_ours(const SpCell *cell, GError **error)
{
    g_autofree char *text = sp_cell_format(cell);
    return sp_error_set(error, SP_ERROR_NO_INPUT,
                        "\"%s\" is no cell of this projection; see docs/tables.md for its columns "
                        "and the base and horizon for its periods",
                        text);
}

SpCell *sp_project_person_cell(const char *table, const char *region, const char *kjonn,
                               const char *alder, const char *period)
{
    SpCell *cell = sp_cell_new(table, "innbyggere");
    sp_cell_with(sp_cell_with(cell, "region", region), "kjonn", kjonn);
    return sp_cell_with(sp_cell_with(cell, "alder", alder), "period", period);
}
