/** runs/RUN/run.json: what one run did, of the driver or of one program alone, for people, for
 * whatever watches the nights, and for `rebuild`, which makes the ledger from it. */
#ifndef SP_PIPELINE_NIGHT_RUNFILE_H
#define SP_PIPELINE_NIGHT_RUNFILE_H

#include "pipeline/context.h"

#define SP_RUNFILE_NAME "run.json"

typedef struct {
    const char *stage;
    const char *unit; /* an early one alone; NULL: the stage */
    int exit_status;
    double seconds;
} SpStageOutcome;

typedef struct {
    const GArray *outcomes;    /* SpStageOutcome, in running order */
    const GPtrArray *messages; /* SpRunMessage* (pipeline/night/runlog.h) */
    int exit_status;
    const char *message; /* why it failed, or what is amiss all the same; NULL if nothing is */
    const char *edition; /* the one served at the end; NULL if none */
} SpRunTold;

/** Writes it, with what the ledger knows of the run's units. */
gboolean sp_runfile_write(const SpContext *context, const SpRunTold *told, GError **error);

/** Of a program that has none of its own to tell, after its run: `failure` is why it failed, or
 * NULL. Writes nothing where it made nothing and did not fail, or has written it already. */
gboolean sp_runfile_close(const SpContext *context, const GError *failure, GError **error);

#endif
