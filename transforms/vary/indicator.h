/** Indicator values per kommune and period: table `indikatorverdi` (docs/tables.md). */
#ifndef SP_TRANSFORMS_VARY_INDICATOR_H
#define SP_TRANSFORMS_VARY_INDICATOR_H

#include "core/quality.h"
#include "core/table.h"
#include "transforms/vary/catalogue.h"

/**
 * Evaluates the catalogue over the facts.
 *
 *   in          the tables that formulas name, of one regional division
 *   indicators  SpIndicator*, by sp_indicators_read
 *
 * One row for each indicator, each kommune that teller or nevner knows in any period, and each
 * period of the teller: a kommune that lacks in a period is missing there, never 0. teller and
 * nevner as the formulas give them; verdi = teller / nevner * per (sp_real_rate), or the teller
 * itself without a nevner, which is then not applicable. A share of fewer than 25 persons is
 * missing. forventet by sp_expected for indicators with chance, not applicable for the others.
 * Flags of both parts are or-ed in verdi.
 *
 * Findings: indicator_without_source (a table is not among the facts; the indicator is left out),
 * period_without_nevner (no kommune has a denominator; the period is left out), part_above_whole,
 * teller_above_nevner and nevner_too_small (per indicator and kommune), expected_one_band (no
 * country rates by band; one band is used). Errors: those of sp_grid_new, with the indicator's id
 * before; SP_ERROR_DATA for a teller's period that is none when the nevner stands at another date.
 * The result has the marks of all tables read and the newest of their editions, and is sorted by
 * key.
 */
SpTable *sp_indikatorverdi(const SpTables *in, const GPtrArray *indicators, SpQuality *quality,
                           GError **error);

#endif
