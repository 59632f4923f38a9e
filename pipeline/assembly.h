/** An edition from its packages. */
#ifndef SP_PIPELINE_ASSEMBLY_H
#define SP_PIPELINE_ASSEMBLY_H

#include "pipeline/context.h"

/** What a unit of the package stage holds beside its manifest: the package's folder, its archive,
 * and the edition's name in a file `utgave`. */
#define SP_ASSEMBLY_FOLDER "package"
#define SP_ASSEMBLY_ARCHIVE "package.zip"

/** Where a package belongs and how it is called: one row of config/fylker.csv. Texts are owned. */
typedef struct {
    char *folder;   /* "fylke-50-troendelag" */
    char *title;    /* "Trøndelag" */
    char *office;   /* "troendelag": who receives it (pipeline/office.h) */
    char *language; /* of that office: "nb" or "nn" */
} SpPlace;

/** The place of a fylke's code, or of "0". SP_ERROR_CONFIG when config/fylker.csv cannot be read or
 * does not have it, and as sp_office_find. */
gboolean sp_place_find(SpContext *context, const char *region, SpPlace *place, GError **error);
void sp_place_clear(SpPlace *place);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpPlace, sp_place_clear)

/** Who receives the packages of a region today: code -> office, of config/fylker.csv. Errors as
 * sp_place_find. g_hash_table_unref. */
GHashTable *sp_place_offices(const SpContext *context, GError **error);

/**
 * When all packages are of one edition and it is not there yet: links their files into
 * packages/EDITION, with SHA256SUMS, open to all readers, by one rename. Does nothing (and says so)
 * while some package is of another edition.
 */
gboolean sp_assembly_finish(SpContext *context, GError **error);

/** What that would do: a sentence (g_free), NULL where the edition is there and whole. */
gboolean sp_assembly_lacks(SpContext *context, char **what, GError **error);

#endif
