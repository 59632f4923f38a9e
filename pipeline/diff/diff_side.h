/** One side of a difference: a package, wherever it lies. For the files of pipeline/diff/diff.h. */
#ifndef SP_PIPELINE_DIFF_SIDE_H
#define SP_PIPELINE_DIFF_SIDE_H

#include "core/io/tree.h"
#include "core/table.h"

typedef struct {
    SpTree *tree;   /* NULL: the edition has no such package */
    SpTables *all;  /* of an archive; a folder's are read when they are asked for */
    char **names;   /* of its tables */
    SpTable *basis; /* its `grunnlag`; NULL if it has none */
} SpDiffSide;

/** Of a folder or an archive; `path` NULL: of nothing. */
gboolean sp_diff_side_open(SpDiffSide *side, const char *path, GError **error);
void sp_diff_side_close(SpDiffSide *side);

/** A table, NULL without an error when the side does not have it. The caller frees. */
gboolean sp_diff_side_read(SpDiffSide *side, const char *name, SpTable **table, GError **error);

/** Whether a folder is that of an edition: no package itself, it has packages. */
gboolean sp_diff_is_edition(const char *path);
/** The folders of an edition's packages by name. g_strfreev. */
char **sp_diff_packages(const char *edition, GError **error);

#endif
