/**
 * Where figures of sammenlikningskommuner, sammenlikning, utvikling, variasjon_andeler, uforklart
 * and lykkes come from (contract: `explain` in core/transform.h). All are made from cells of
 * `indikatorverdi`:
 *
 *   sammenlikningskommuner  the covariates of the kommune, then of all ("*"), and classes of table
 *                           `region`
 *   sammenlikning           verdi: the kommune's own. middel_…, n_…: verdi and nevner of each
 *                           kommune that it is compared with. forhold_…: the own verdi, then those;
 *                           with the mean known it gives the own figure away. Of the one period
 *                           that the table has
 *   utvikling               the area's figures of all periods ("*"), kommune by kommune. foerste
 *                           and siste of one kommune, or of a fylke of one, are its own figures.
 *                           q_trend and vurdering of kommuner and fylker rest on all ("*") too;
 *                           vurdering is told where the catalogue has a minimum_change
 *   variasjon_andeler       all kommuner's figures of the period, and their covariates
 *   uforklart               the same; of what is told of the own figure that besides, which all but
 *                           ventet_behov and ventet give away (signal and vurdering: on which side
 *                           of a limit it lies, and no more)
 *   lykkes                  the same, of the own figures besides: verdi and forhold give the own
 *                           figure away. n_proevd and n_bekreftet of all periods ("*")
 *
 * SP_ERROR_NO_INPUT when there is no such figure, beside the errors of what has to be chosen again
 * to tell (sp_country_new, sp_comparators_new).
 */
#ifndef SP_TRANSFORMS_VARY_LINEAGE_COMPARED_H
#define SP_TRANSFORMS_VARY_LINEAGE_COMPARED_H

#include "core/cell.h"
#include "core/config.h"
#include "core/table.h"

gboolean sp_lineage_comparators(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                                SpExplanation *explanation, GError **error);
gboolean sp_lineage_comparison(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                               SpExplanation *explanation, GError **error);
gboolean sp_lineage_development(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                                SpExplanation *explanation, GError **error);
gboolean sp_lineage_shares(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                           SpExplanation *explanation, GError **error);
gboolean sp_lineage_success(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                            SpExplanation *explanation, GError **error);

#endif
