/**
 * Formula cells of the catalogue (config/indicators.csv): where in the facts a teller or nevner
 * stands.
 *
 *   TABLE.MEASURE                             brukere.hjemmetjenestebrukere
 *   TABLE.MEASURE{column=code}                one code of a key column
 *   TABLE.MEASURE{column=from..to,column=..}  codes from..to in byte order, both included, of the
 * same length as `from` TABLE.MEASURE@+N                          on 1 January N years after the
 * period's year: KOSTRA's "innbyggere 31.12.y" is 07459's 1 January of y + 1, written @+1
 *
 * Key columns that are not named are summed over, in row order by sp_real_sum's rules; `region` and
 * `period` never are.
 */
#ifndef SP_TRANSFORMS_VARY_FORMULA_H
#define SP_TRANSFORMS_VARY_FORMULA_H

#include "core/table.h"

typedef struct SpFormula SpFormula;

/** SP_ERROR_CONFIG when the text is no formula, saying what one looks like. */
SpFormula *sp_formula_parse(const char *text, GError **error);
void sp_formula_free(SpFormula *formula);
const char *sp_formula_text(const SpFormula *formula);
/** Name of the table it reads. */
const char *sp_formula_table(const SpFormula *formula);

/**
 * The period whose figure stands beside a figure of `period`: the same, or with @+N the date. Owned
 * by the caller (g_free). NULL when the formula has @+N and `period` is no period.
 */
char *sp_formula_period(const SpFormula *formula, const char *period);

/**
 * The input cells of one figure, appended to `cells` (SpCell*): region `region`, period `period`
 * (the formula's own, see above), one cell a code chosen, "*" for key columns summed over. TRUE
 * when it is one cell, so that the figure *is* that cell. The table must have been evaluated
 * without error.
 */
gboolean sp_formula_cells(const SpFormula *formula, const SpTable *table, const char *region,
                          const char *period, GPtrArray *cells);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpFormula, sp_formula_free)

#endif
