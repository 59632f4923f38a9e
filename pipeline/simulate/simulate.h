/**
 * The simulator: a made-up Norway and every source's extract of it, in the form in which the source
 * delivers.
 *
 *   OUT/simulert.conf    settings: every dataset a section, each `synthetic = yes`
 *   OUT/extracts/        files that the settings point to
 *   OUT/inbox/SOURCE/    deliveries by hand, for a copy into a workspace's inbox (--level extracts)
 *   OUT/truth.json       what generated it: seed, numbers of the model, effects, true figures
 *
 * Same options, same bytes, on any number of threads.
 */
#ifndef SP_SIMULATE_SIMULATE_H
#define SP_SIMULATE_SIMULATE_H

#include "pipeline/simulate/model.h"

/**
 * Writes `out`, which must not exist. It is made under another name beside and renamed when all of
 * it is there. SP_ERROR_CANT_CREATE (`out` exists), and the errors of sp_sim_model_new and of
 * writing.
 */
gboolean sp_simulate(const SpSimOptions *options, const char *out, GError **error);

/** truth.json of a model. */
gboolean sp_sim_truth_write(const SpSimModel *model, const char *folder, GError **error);
/** simulert.conf of a model: config/simulate/simulert.conf.in without the datasets that this build
 * has no layout for. */
gboolean sp_sim_settings_write(const SpSimModel *model, const char *folder, GError **error);

#endif
