/** Cells that explanations of projections name. */
#ifndef SP_TRANSFORMS_PROJECT_LINEAGE_H
#define SP_TRANSFORMS_PROJECT_LINEAGE_H

#include "core/transform.h"

/** SP_ERROR_NO_INPUT naming the cell; always FALSE. */
gboolean sp_project_not_ours(const SpCell *cell, GError **error);

/** `innbyggere` of a table by region, sex, age and day; "*" for all. Owned by the caller. */
SpCell *sp_project_person_cell(const char *table, const char *region, const char *kjonn,
                               const char *alder, const char *period);

#endif
