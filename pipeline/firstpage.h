/** What stands on page one of a package, among its tables: the key sentences with their figures,
 * and the barometer. */
#ifndef SP_PIPELINE_FIRSTPAGE_H
#define SP_PIPELINE_FIRSTPAGE_H

#include "outputs/output.h"
#include "pipeline/stage.h"

/** The configuration files that it reads. */
#define SP_FIRST_PAGE_RULES "noekkelsetninger.csv"
#define SP_FIRST_PAGE_BAROMETER "barometer.csv"
/** How many kommuner must have a figure before the lowest and the highest of them are told. */
#define SP_FIRST_PAGE_LEAST_KEY "package.extremes_minimum_kommuner"

/**
 * A set of tables with the three of page one before the package's own, which are moved there: `own`
 * is empty afterwards. The package's origins become `origins`, with the datasets behind the three:
 * those of every table that they read (NULL where the package has none; the caller frees).
 * SP_ERROR_CONFIG as sp_page_one_sentences, sp_page_one_barometer and sp_sentences_write.
 */
SpTables *sp_first_page_new(SpUnit *unit, const SpPackage *package, SpTables *own,
                            SpTable **origins, GError **error);

#endif
