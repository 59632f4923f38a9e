/**
 * What programs say while they work, on stderr. When all is well and nobody looks (no terminal)
 * they say nothing.
 */
#ifndef SP_PIPELINE_LOG_H
#define SP_PIPELINE_LOG_H

#include <glib.h>

typedef enum { SP_LOG_AUTO, SP_LOG_TEXT, SP_LOG_JSON } SpLogForm;
typedef enum { SP_LOG_INFO, SP_LOG_WARNING, SP_LOG_ERROR } SpLogLevel;

typedef struct {
    const char *program; /* stands before each line */
    SpLogForm form;      /* AUTO: text; information only on a terminal */
    gboolean is_quiet;   /* no information at all */
} SpLog;

/** Writes one line at once (one write(2), so lines of parallel programs do not mix). Control
 * characters in it are shown as "?" (in JSON as its escapes). */
void sp_log(const SpLog *log, SpLogLevel level, const char *format, ...) G_GNUC_PRINTF(3, 4);

#endif
