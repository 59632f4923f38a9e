/** Which dataset of a JSON-stat document is meant. */
#ifndef SP_EXTRACTORS_SSB_JSONSTAT_FIND_H
#define SP_EXTRACTORS_SSB_JSONSTAT_FIND_H

#include "core/io/json.h"

/**
 * The one dataset of a document: the root itself (2.0), a member of a bundle (1.x), or one embedded
 * in a collection. Borrowed from `root`. SP_ERROR_DATA when there is none (an error answer of the
 * API, a list of links and a list of tables are told apart) or several.
 */
json_t *sp_jsonstat_find(json_t *root, GError **error);

#endif
