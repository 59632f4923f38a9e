/** What was said in a run: warnings and errors of runs/RUN/log (pipeline/log.h). */
#ifndef SP_PIPELINE_NIGHT_RUNLOG_H
#define SP_PIPELINE_NIGHT_RUNLOG_H

#include <glib.h>

typedef struct {
    char *program; /* "statpakke-normalise" */
    char *level;   /* "warning" or "error" */
    char *text;
} SpRunMessage;

/** SpRunMessage*, in the order they were said; none where nothing was said. A line that is cut, as
 * a full disk leaves it, is left out. g_ptr_array_unref. */
GPtrArray *sp_runlog_read(const char *path);

/** The last error of a program; NULL if it said none. Borrowed. */
const SpRunMessage *sp_runlog_last_error(const GPtrArray *messages, const char *program);

#endif
