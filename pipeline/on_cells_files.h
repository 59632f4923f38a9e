/** A table that anybody brings, as the files of `statpakke-protect --on` tell it. */
#ifndef SP_PIPELINE_ON_CELLS_FILES_H
#define SP_PIPELINE_ON_CELLS_FILES_H

#include "pipeline/on_cells.h"
#include "transforms/protect/design.h"

typedef struct {
    char **label_columns; /* names of what the labels hold */
    GPtrArray *labels;    /* char*: of each cell, its columns joined as CSV */
    SpDesign *design;
    GArray *inner;          /* double: count of each inner cell */
    gboolean *is_singleton; /* [n_inner] */
    double *counts;         /* [n_cells] */
    gboolean *is_primary;   /* [n_cells] */
    double *rank;           /* [n_cells] as candidate, the least is wanted most */
    gboolean *is_forced;    /* [n_cells] known whatever is hidden */
} SpCellFiles;

/** Errors: as sp_on_cells_answer. NULL on failure. */
SpCellFiles *sp_cell_files_read(const SpOnCellsRequest *request, GError **error);
void sp_cell_files_free(SpCellFiles *files);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpCellFiles, sp_cell_files_free)

#endif
