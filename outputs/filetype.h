/** Media types of the files that are given away. */
#ifndef SP_OUTPUTS_FILETYPE_H
#define SP_OUTPUTS_FILETYPE_H

#include "core/table.h"

/** "text/csv": by the ending of a path's last name, or the whole name of a file that has none, from
 * config/filtyper.csv (ending, media_type, all codes); application/octet-stream of any other.
 * Borrowed. */
const char *sp_file_type(const SpTable *types, const char *path);

#endif
