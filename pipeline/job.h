/** One unit of a stage from its key to its result. For runner.c alone. */
#ifndef SP_PIPELINE_JOB_H
#define SP_PIPELINE_JOB_H

#include "pipeline/stage.h"

typedef struct {
    SpUnit *unit;
    char key[SP_HASH_SIZE];
    char *final;        /* folder of the result */
    gboolean is_needed; /* not there yet, or forced */
    char content[SP_HASH_SIZE];
    double seconds;
    gboolean is_later;    /* a dry run: its inputs are not made yet */
    GPtrArray *stand_ins; /* SpStandIn* of the result; NULL before it is there */
    gboolean is_news;     /* what stands in did not stand in before, or not for this cause */
    GError *failure;      /* NULL: it is there now */
    gboolean has_failed;  /* also when the failure was handed on to be told */
} SpJob;

/** Declares a unit's inputs and finds its key; `failure` says so when an input is not there. The
 * caller frees. */
SpJob *sp_job_prepare(SpContext *context, const SpStage *stage, const char *name);

/** Makes the files of a job that is needed and puts them in their place; else `failure`. It alone
 * may run beside those of other jobs. */
void sp_job_make(SpJob *job);

/** Tells the ledger and the reader, and makes the result the unit's current one. */
void sp_job_conclude(SpJob *job);

void sp_job_free(SpJob *job);

#endif
