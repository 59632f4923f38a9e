/**
 * Corrections by hand: single figures that the source has wrong and somebody has looked up, as rows
 * of config/korreksjoner.csv. Applied last of what makes facts.
 *
 *   dataset, table, measure   whose figure
 *   key                       every key column of the facts, "region=0301 period=2023"
 *                             (core/cell.h)
 *   old, new                  a number with a decimal point, or a sign of the source ("..", ":",
 *                             ".", "..."; "-" and 0 are both exactly zero)
 *   reason, who, date         for the reader; all three are given, the date is a day
 */
#ifndef SP_TRANSFORMS_NORMALISE_CORRECTIONS_H
#define SP_TRANSFORMS_NORMALISE_CORRECTIONS_H

#include "core/cell.h"
#include "core/quality.h"

/** SP_ERROR_CONFIG, naming the row, when one of a dataset is for a table that is none of its facts,
 * or when the file lacks a column. */
gboolean sp_corrections_check(const SpTable *file, const char *dataset, const SpTables *facts,
                              GError **error);

/**
 * Applies the rows of a dataset that name the table of these facts. The figure must be `old`: a
 * source that was corrected itself is then left as it is. The cell keeps its flags.
 *
 * Findings, subject the cell: corrected (with both figures, reason, who and date), and
 * correction_not_applied (another figure, or no such row).
 *
 * Errors: SP_ERROR_CONFIG naming the row of the file: a column that is not there, another
 * measure than the table has, a key that is none, a figure or a day that is none, an empty
 * reason, or a cell that stands twice.
 */
gboolean sp_correct(const SpTable *file, const char *dataset, SpTable *facts, SpQuality *quality,
                    GError **error);

/**
 * What lineage says of a corrected cell of `facts` (as sp_correct left it): TRUE, with the
 * correction put before explanation->method and is_injective taken away, when a row names the cell
 * and its figure is the new one. The inputs stay: they are what the figure was before.
 */
gboolean sp_correct_explain(const SpTable *file, const char *dataset, const SpTable *facts,
                            const SpCell *cell, SpExplanation *explanation);

#endif
