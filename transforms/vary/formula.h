/**
 * Formula cells of the catalogue (config/indicators.csv): where in the facts a teller or nevner
 * stands.
 *
 *   formula  term, or terms with " + " or " - " between them
 *   term     TABLE.MEASURE{column=codes,column=codes}@when or 0
 *            braces, @when and "or 0" may each be left out
 *   codes    080         one code
 *            080..105    codes from, to in byte order, both included and of the same length
 *            a|b|c       these codes
 *            *           each code on its own: a stratum (teller_del and nevner_del alone)
 *   when     +N          1 January N years after the period's year: KOSTRA's "innbyggere 31.12.y"
 *                        is 07459's 1 January of y + 1, written @+1
 *            year        the same year's figure: that of the year; else of the last date in it;
 *                        else the sum of its quarters, half-years or months, all of them. As the
 *                        first term of a formula it makes the indicator's periods years
 *            before      that of the latest date at or before the period's last day
 *            (nothing)   the same period
 *   or 0     a region that the table has a figure of in that period, but no row, has 0: for tables
 *            counted from persons, where nobody is no row. One that it does not know is missing
 *
 *   brukere.hjemmetjenestebrukere - brukere.hjemmetjenestebrukere_80p
 *   folkemengde.innbyggere{alder=080..105}@+1
 *
 * Of key columns that are not named only `kjonn` and `alder` are summed over, in row order by
 * sp_real_sum's rules; `region` and `period` never are.
 */
#ifndef SP_TRANSFORMS_VARY_FORMULA_H
#define SP_TRANSFORMS_VARY_FORMULA_H

#include "core/table.h"

typedef struct SpFormula SpFormula;

/** SP_ERROR_CONFIG when the text is no formula: which character, and what is wanted there. */
SpFormula *sp_formula_parse(const char *text, GError **error);
/** Formulas with "; " between them: SpFormula*, g_ptr_array_unref. Errors as above. */
GPtrArray *sp_formula_parse_list(const char *text, GError **error);
void sp_formula_free(SpFormula *formula);
const char *sp_formula_text(const SpFormula *formula);

/** The first table it names that is not among `tables`; NULL when all are. */
const char *sp_formula_lacks(const SpFormula *formula, const SpTables *tables);
/** Adds the names of its tables to a set of char*, borrowed from the formula. */
void sp_formula_add_tables(const SpFormula *formula, GHashTable *names);
/** The table of the first term, NULL when it is not there. Borrowed. */
const SpTable *sp_formula_first_table(const SpFormula *formula, const SpTables *tables);
/** The unit that table has the first term's measure in, NULL when it is not there. Borrowed. */
const char *sp_formula_first_unit(const SpFormula *formula, const SpTables *tables);
/** TRUE when the first term is of the indicator's own period: the same, or its year. */
gboolean sp_formula_gives_periods(const SpFormula *formula);

/** Columns with a choice of each code (*), of the first term: char*, borrowed, NULL-terminated.
 * g_free. */
const char **sp_formula_each(const SpFormula *formula);
/** The same formula with `codes` [as columns] in the place of the "*" of `columns`
 * (NULL-terminated); a range is written "018..049". The caller frees. SP_ERROR_CONFIG when a code
 * cannot stand in a formula. */
SpFormula *sp_formula_of_stratum(const SpFormula *formula, const char *const columns[],
                                 const char *const codes[], GError **error);
/** Codes of the column in the formula's first choice of it, NULL when it names none or a range.
 * Borrowed, NULL-terminated. */
const char *const *sp_formula_codes(const SpFormula *formula, const char *column);

/**
 * The input cells of one figure, appended to `cells` (SpCell*): region `region`, each term's own
 * periods beside `period`, one cell a code chosen, "*" for key columns summed over and for `period`
 * "*". TRUE when it is one cell, so that the figure *is* that cell. The tables must be there and
 * have been evaluated without error.
 */
gboolean sp_formula_cells(const SpFormula *formula, const SpTables *tables, const char *region,
                          const char *period, GPtrArray *cells);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpFormula, sp_formula_free)

#endif
