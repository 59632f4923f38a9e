/** Where the figures of page one come from: cells of published tables. */
#ifndef SP_TRANSFORMS_HEADLINE_LINEAGE_H
#define SP_TRANSFORMS_HEADLINE_LINEAGE_H

#include "core/cell.h"
#include "core/table.h"

/**
 * A cell of noekkelsetninger, noekkelsetninger_tall or barometer (contract: `explain` in
 * core/transform.h; inputs are cells of published tables).
 *
 *   published  those of the three that are asked, and the tables that the rule of a sentence, or
 *              the barometer, reads
 *   rules      config/noekkelsetninger.csv
 *
 * A sentence compares days and regions: of the row that it names every period, or all rows where it
 * names none. SP_ERROR_NO_INPUT when there is no such figure.
 */
gboolean sp_page_one_explain(const SpTables *published, const SpTable *rules, const SpCell *cell,
                             SpExplanation *explanation, GError **error);

#endif
