/** The tables of codes: what the codes of the data are called, in every language. */
#ifndef SP_OUTPUTS_SQLITE_CODES_H
#define SP_OUTPUTS_SQLITE_CODES_H

#include "outputs/sqlite/base.h"

/**
 * The table that has the codes of a column: `kode_period` for every column of periods, `indikator`
 * for indicators, else "kode_" and the column's name. NULL where there is none: of measures, the
 * notice, lists of several ids, and of tables without measures, whose texts are no codes. g_free.
 */
char *sp_base_code_table(const SpTable *table, gsize column);

/**
 * Makes and fills them: `kode`, its words `nb`, `nn`, `en` (the code where there are none) and what
 * should be known of it beyond them, `forklaring_nb` …; in kode_region `slag` and `fylke`, in
 * kode_period `aar`, `foerste_dag`, `siste_dag`, in indikator what config/indicators.csv tells.
 * Rows are in the order of the codes; an attribute without a value is the code "".
 */
gboolean sp_base_put_codes(SpBase *base, GError **error);

#endif
