/**
 * Where figures of variasjon_andeler, uforklart, lykkes and lykkes_grunnlag come from (contract:
 * `explain` in core/transform.h). All are made from cells of `indikatorverdi`:
 *
 *   variasjon_andeler       all kommuner's figures of the period, and their covariates
 *   uforklart               the same; of what is told of the own figure that besides, which all but
 *                           ventet_behov and ventet give away (signal and vurdering: on which side
 *                           of a limit it lies, and no more)
 *   lykkes                  the same, of the own figures besides: verdi and forhold give the own
 *                           figure away. n_proevd and n_bekreftet of all periods ("*")
 *   lykkes_grunnlag         the models of all periods ("*")
 *
 * SP_ERROR_NO_INPUT when there is no such figure, beside the errors of sp_country_new and
 * sp_covariates_new.
 */
#ifndef SP_TRANSFORMS_VARY_LINEAGE_MODELLED_H
#define SP_TRANSFORMS_VARY_LINEAGE_MODELLED_H

#include "core/cell.h"
#include "core/config.h"
#include "core/table.h"

gboolean sp_lineage_shares(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                           SpExplanation *explanation, GError **error);
gboolean sp_lineage_success(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                            SpExplanation *explanation, GError **error);

#endif
