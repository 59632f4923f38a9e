/** The figures of a cube, as JSON-stat has them. */
#ifndef SP_OUTPUTS_JSONSTAT_FIGURES_H
#define SP_OUTPUTS_JSONSTAT_FIGURES_H

#include "core/io/files.h"
#include "outputs/jsonstat/cube.h"
#include "outputs/words.h"

/**
 * Writes the members `value`, `status` and `extension` of a dataset, with a comma before each.
 * Values are an array with null where there is no number, or, when less than half of the cube has
 * rows, an object by place. Status is an object by place of SSB's signs, of all figures that have
 * one, zero too; a place that has neither is no row of the table. The extension holds
 *
 *   flags        an object by place of the letters; one text if all figures have the same
 *   attributes   of each: label, words of its codes (`category`.`label`), and in `value` an object
 *                by row of the codes that are not empty; one text if all rows have the same. A row
 *                is known by the place of its first figure over the number of measures
 */
void sp_cube_put(const SpWords *words, const SpCube *cube, SpWriter *writer);

#endif
