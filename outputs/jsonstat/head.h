/** What a JSON-stat dataset says of a cube before its figures. */
#ifndef SP_OUTPUTS_JSONSTAT_HEAD_H
#define SP_OUTPUTS_JSONSTAT_HEAD_H

#include "core/io/files.h"
#include "core/io/json.h"
#include "outputs/jsonstat/cube.h"
#include "outputs/words.h"

/** The dimension of the measures, named as SSB does. */
#define SP_CUBE_CONTENTS "ContentsCode"

/**
 * An object of JSON-stat 2.0 without value and status: label, notices and note of the table,
 * sources, `updated` (the edition's day), dimensions with words in the package's language, units of
 * the measures and their roles. Of a table with indicators its dimension `indikator` has, in its
 * extension, the unit of each. The caller decrefs.
 */
json_t *sp_cube_head(const SpWords *words, const SpCube *cube);
/** The same of an attribute: label, and words of the codes that rows have. */
json_t *sp_cube_attribute(const SpWords *words, const SpTable *table, gsize column);

/** Writes an object up to its last member, so that more may follow; takes the reference. */
void sp_cube_put_open(json_t *object, SpWriter *writer);

#endif
