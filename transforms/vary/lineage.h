/** Where figures of the tables of vary come from (contract: `explain` in core/transform.h). */
#ifndef SP_TRANSFORMS_VARY_LINEAGE_H
#define SP_TRANSFORMS_VARY_LINEAGE_H

#include "core/cell.h"
#include "core/table.h"
#include "transforms/vary/catalogue.h"

/**
 * A cell of `indikatorverdi`: cells of the facts `in`. teller, nevner: the cells their formula
 * names. verdi: both, the teller's first; the population is public, so verdi inverts to the
 * teller's cell when that is one cell. forventet and varians: the kommune's own populations, then
 * all kommuner's counts and populations ("*"), and of årsverk the country's positions. Where
 * kommuner share the service all of them; of the country ("0") its own row, or all kommuner's where
 * the table has none; of four years together (2019-2022) all periods.
 * SP_ERROR_NO_INPUT when there is no such figure.
 */
gboolean sp_lineage_value(const SpTables *in, const GPtrArray *indicators, const SpCell *cell,
                          SpExplanation *explanation, GError **error);

/**
 * A cell of `variasjon` or `plassering`: cells of `indikatorverdi`. variasjon: all kommuner's, "*".
 * plassering: the kommune's own first, so that a figure that inverts inverts to the first cell.
 * verdi, ratio, the shrunk ratios, p, q and the limits invert: with the country's figures known,
 * each gives the kommune's count away or, for the limits, the count that is expected. Signals
 * (attributes) tell of it and do not invert. uten_egne_tall rests on no teller of the kommune: on
 * those of the others, each by its code, for which table `region` must be among `in`, and for
 * krympet_lokal `naboer` too. SP_ERROR_NO_INPUT as above.
 */
gboolean sp_lineage_variation(const SpTables *in, const GPtrArray *indicators, const SpCell *cell,
                              SpExplanation *explanation, GError **error);

/** The indicator a cell is about; NULL if the cell lacks a key or the indicator has no formula. */
const SpIndicator *sp_lineage_indicator(const GPtrArray *indicators, const SpCell *cell);
/** Sets SP_ERROR_NO_INPUT: vary makes no such figure. FALSE. */
gboolean sp_lineage_refuse(const SpCell *cell, GError **error);

#endif
