/** What a collector of Prometheus (node_exporter's textfile) is told at the end of each run: no
 * figure of any person or region, and labels that settings and code give alone. */
#ifndef SP_PIPELINE_NIGHT_METRICS_H
#define SP_PIPELINE_NIGHT_METRICS_H

#include "pipeline/context.h"

#define SP_METRICS_SETTING "run.metrics_file"

typedef struct {
    const GArray *outcomes; /* SpStageOutcome (pipeline/night/runfile.h) of the stages that ran */
    int exit_status;
    gboolean is_night; /* publish was among its stages: only such a run can be a success */
} SpMetricsRun;

/**
 * Writes the file of the setting, whole or not at all, to be read by all (0644); nothing where it
 * is not set, in a trial and in a dry run. The time of the last success is kept of the file that it
 * replaces. What cannot be told (no edition yet) is left out.
 */
gboolean sp_metrics_write(SpContext *context, const SpMetricsRun *run, GError **error);

#endif
