/**
 * What programs say while they work, on stderr and in the run's own file. When all is well and
 * nobody looks (no terminal) nothing is said on stderr.
 */
#ifndef SP_PIPELINE_LOG_H
#define SP_PIPELINE_LOG_H

#include <glib.h>

typedef enum { SP_LOG_AUTO, SP_LOG_TEXT, SP_LOG_JSON } SpLogForm;
typedef enum { SP_LOG_INFO, SP_LOG_WARNING, SP_LOG_ERROR, SP_LOG_N_LEVELS } SpLogLevel;

typedef struct {
    const char *program; /* stands before each line */
    SpLogForm form;      /* AUTO: text; information only on a terminal */
    gboolean is_quiet;   /* no information at all */
    const char *file;    /* every line is added to it too, information always; NULL: none */
    gint64 now;          /* seconds since 1970 when the clock below said `began`; 0: lines of JSON
                            tell no time */
    gint64 began;        /* monotonic microseconds */
} SpLog;

/** "info", "warning", "error". */
const char *sp_log_level_word(SpLogLevel level);

/**
 * Writes one line at once (one write(2), so lines of parallel programs do not mix). Control
 * characters in it are shown as "?" (in JSON as its escapes). The file has one JSON object a line:
 * time, program, level, text; it and its folder are made with the first line, for their owner
 * alone.
 *
 * Text is coloured on a terminal, unless NO_COLOR is set or TERM is "dumb", and bears a priority
 * ("<4>") where stderr is the journal's (sd-daemon(3)).
 */
void sp_log(const SpLog *log, SpLogLevel level, const char *format, ...) G_GNUC_PRINTF(3, 4);

/** Puts a line without end on stderr, which is a terminal, over the one before it; NULL takes it
 * away. Lines of sp_log stand above it. (pipeline/progress.h) */
void sp_log_bar(const char *line);

#endif
