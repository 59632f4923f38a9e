/** What a descriptor says of tables, for their reader. */
#ifndef SP_CORE_IO_TABLEFILES_DESCRIPTOR_H
#define SP_CORE_IO_TABLEFILES_DESCRIPTOR_H

#include "core/io/json.h"
#include "core/table.h"

#define SP_DESCRIPTOR_REMEDY "the file was changed after it was written; run its stage again"

/** The table of a resource, without rows: columns, edition, marks. Adds the names of its file's
 * columns, borrowed from the resource, to `names`. `path` is the descriptor's, here and below, for
 * messages. SP_ERROR_DATA. sp_table_free. */
SpTable *sp_descriptor_table(const json_t *resource, const char *path, GPtrArray *names,
                             GError **error);

/** Whether each resource has a name of a table, of its own (SP_ERROR_DATA), and each of `needed`
 * (NULL-terminated; NULL: nothing) is there (SP_ERROR_NO_INPUT). */
gboolean sp_descriptor_check(const json_t *resources, const char *const *needed, const char *path,
                             GError **error);

#endif
