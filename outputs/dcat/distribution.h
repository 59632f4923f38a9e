/** The files of a package as distributions of its dataset. */
#ifndef SP_OUTPUTS_DCAT_DISTRIBUTION_H
#define SP_OUTPUTS_DCAT_DISTRIBUTION_H

#include "core/io/turtle.h"
#include "outputs/output.h"

/** The URI that config/dcat.csv has of a kind and code; NULL if it has none. Borrowed. */
const char *sp_dcat_find(const SpPackage *package, const char *kind, const char *code);

/** What a distribution is described from. All borrowed. */
typedef struct {
    const SpPackage *package;
    const char *folder;
} SpDistributions;

/** The name of a file's distribution in the document. g_free. */
char *sp_distribution_name(const char *file);
/** Whether a file is one: it lies at the top of the package or bears the name of a table. What the
 * pages are made of is none. */
gboolean sp_distribution_is(const SpPackage *package, const char *file);
/** States what a file of the folder is: title, type, size, checksum, and the licence
 * or terms of its sources. Errors of
 * core/io/files. */
gboolean sp_distribution_put(const SpDistributions *of, const char *file, SpTurtle *turtle,
                             GError **error);

#endif
