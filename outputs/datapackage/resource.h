/** What a package's descriptor says of its tables beside what the writer of tables says. */
#ifndef SP_OUTPUTS_DATAPACKAGE_RESOURCE_H
#define SP_OUTPUTS_DATAPACKAGE_RESOURCE_H

#include "outputs/datapackage/languages.h"

/**
 * Adds to the resource of a table, whose CSV lies in `folder` already: path, SHA-256, titles,
 * descriptions and sources, and those of its fields. SP_ERROR_BUG for a table that the package does
 * not have, and errors of core/io/files.
 */
gboolean sp_resource_describe(const SpLanguages *languages, const char *folder, json_t *resource,
                              GError **error);

/** Publisher, title and address of each row of the table `kilder` that a table comes from, or of
 * all (NULL), to what is described; both standards forbid an empty list. */
void sp_resource_set_sources(const SpPackage *package, const char *of, json_t *object);

#endif
