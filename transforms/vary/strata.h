/** Bands of age and sex of an indicator: its parts evaluated, or a band made of each code. */
#ifndef SP_TRANSFORMS_VARY_STRATA_H
#define SP_TRANSFORMS_VARY_STRATA_H

#include "transforms/vary/catalogue.h"

/**
 * The parts of an indicator as formulas without "*": SpFormula* in pairs of teller and nevner, in
 * byte order of the bands' codes; borrowed formulas are copied. An indicator without parts gives
 * none. With {alder=*,kjonn=*} a band is made of each combination of codes of the teller's table
 * but both sexes together (0) and all ages (000-105); a band 018-049 is 018..049 in the nevner
 * where its table has no such band but ages one by one. g_ptr_array_unref. SP_ERROR_DATA when the
 * table lacks a column; SP_ERROR_CONFIG when a code cannot stand in a formula.
 */
GPtrArray *sp_strata_formulas(const SpIndicator *indicator, const SpTables *in, GError **error);

#endif
