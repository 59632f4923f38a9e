/* KLASS's kommuner and changes, and the groups of comparison: the real ones, which the simulated country has too. */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/source.h"

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    const SpSimGeography *geography = model->geography;
    return sp_sim_write_text(folder, "extracts/klass-131-kommuner.json", geography->klass_codes,
                             error) &&
           sp_sim_write_text(folder, "extracts/klass-131-endringer.json", geography->klass_changes,
                             error) &&
           sp_sim_write_text(folder, "extracts/kostragrupper.csv", geography->groups_csv, error);
}

const SpSimSource sp_sim_source_regioner = {
    .name = "regioner",
    .summary = "KLASS 131 and the groups of comparison",
    .write = write_extracts,
};
