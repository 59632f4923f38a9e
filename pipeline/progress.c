/* The line, and what it is reckoned from. */
#include "pipeline/progress.h"

#include "core/error.h"
#include "pipeline/night/stage_times.h"
#include "pipeline/stage.h"

#include <math.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { BAR = 24, MAX_WIDTH = 100, DEFAULT_WIDTH = 80 };

struct SpProgress {
    const char *stage;
    guint n, n_done, n_made;
    GHashTable *seconds; /* unit -> double*: what it took when it was made last, or is guessed */
    double all, done;    /* seconds by that: of all units that are to be made, and of those made */
    gint64 began;
    guint n_jobs;
    pthread_mutex_t lock;
};

static gboolean is_looked_at(const SpContext *context)
{
    const char *terminal = g_getenv("TERM");
    return !context->options.hides_progress && !context->log.is_quiet &&
           context->log.form != SP_LOG_JSON && terminal != NULL && *terminal != '\0' &&
           strcmp(terminal, "dumb") != 0 && isatty(STDERR_FILENO);
}

static guint terminal_width(void)
{
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
        return DEFAULT_WIDTH;
    }
    return MIN((guint)size.ws_col, MAX_WIDTH);
}

static void add_time(GString *line, double seconds)
{
    enum { MINUTE = 60, HOUR = 3600 };
    const guint whole = (guint)ceil(seconds);
    if (whole >= HOUR) {
        g_string_append_printf(line, ", %u:%02u:%02u left", whole / HOUR, whole % HOUR / MINUTE,
                               whole % MINUTE);
    } else {
        g_string_append_printf(line, ", %u:%02u left", whole / MINUTE, whole % MINUTE);
    }
}

char *sp_progress_line(const char *stage, guint n_done, guint n, double rate, double left,
                       guint width)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    GString *line = g_string_new(NULL);
    const guint filled = n > 0 ? BAR * n_done / n : BAR;
    g_string_append_printf(line, "%s %u/%u [", stage, n_done, n);
    for (guint i = 0; i < BAR; i++) {
        g_string_append_c(line, i < filled ? '=' : i == filled ? '>' : ' ');
    }
    g_string_append_c(line, ']');
    if (rate > 0.0) {
        g_string_append_printf(line, " %s/s", g_ascii_formatd(digits, sizeof digits, "%.3g", rate));
    }
    if (left >= 0.0) {
        add_time(line, left);
    }
    g_string_truncate(line, MIN(line->len, (gsize)width));
    return g_string_free(line, FALSE);
}

/* Under the lock. */
static void draw(const SpProgress *progress)
{
    const double lasted = (double)(g_get_monotonic_time() - progress->began) / G_USEC_PER_SEC;
    const double rate = progress->n_made > 0 && lasted > 0.0 ? progress->n_made / lasted : 0.0;
    const double to_do = MAX(0.0, progress->all - progress->done);
    /* Against what the units took before: how this stage goes, once it goes. */
    const double left = progress->all <= 0.0    ? -1.0
                        : progress->done <= 0.0 ? to_do / progress->n_jobs
                                                : to_do * lasted / progress->done;
    g_autofree char *line = sp_progress_line(progress->stage, progress->n_done, progress->n, rate,
                                             left, terminal_width() - 1);
    sp_log_bar(line);
}

/* A unit that was never made is guessed to take what the others do on average. */
static void remember(SpProgress *progress, const SpContext *context, char **names)
{
    guint n_known = 0;
    for (char **name = names; *name != NULL; name++) {
        double took = -1.0;
        if (context->ledger == NULL || !sp_unit_is_chosen(context, *name) ||
            !sp_stage_times_unit(context->ledger, progress->stage, *name, &took, NULL) ||
            took < 0.0) {
            continue;
        }
        g_hash_table_replace(progress->seconds, g_strdup(*name), g_memdup2(&took, sizeof took));
        progress->all += took;
        n_known++;
    }
    const double guess = n_known > 0 ? progress->all / n_known : 0.0;
    for (char **name = names; *name != NULL; name++) {
        if (sp_unit_is_chosen(context, *name) && !g_hash_table_contains(progress->seconds, *name)) {
            g_hash_table_replace(progress->seconds, g_strdup(*name),
                                 g_memdup2(&guess, sizeof guess));
            progress->all += guess;
        }
    }
    progress->n = g_hash_table_size(progress->seconds);
}

SpProgress *sp_progress_begin(const SpContext *context, const char *stage, char **names)
{
    if (!is_looked_at(context)) {
        return NULL;
    }
    SpProgress *progress = g_new0(SpProgress, 1);
    progress->stage = stage;
    progress->seconds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    progress->n_jobs = MAX(context->n_jobs, 1U);
    progress->began = g_get_monotonic_time();
    pthread_mutex_init(&progress->lock, NULL);
    remember(progress, context, names);
    if (progress->n > 1) {
        draw(progress);
        return progress;
    }
    sp_progress_end(progress);
    return NULL;
}

void sp_progress_step(SpProgress *progress, const char *unit, gboolean is_made)
{
    if (progress == NULL) {
        return;
    }
    pthread_mutex_lock(&progress->lock);
    const double *seconds = g_hash_table_lookup(progress->seconds, unit);
    const double took = seconds != NULL ? *seconds : 0.0;
    progress->n_done++;
    if (is_made) {
        progress->n_made++;
        progress->done += took;
    } else {
        progress->all -= took;
    }
    draw(progress);
    pthread_mutex_unlock(&progress->lock);
}

void sp_progress_end(SpProgress *progress)
{
    if (progress != NULL) {
        sp_log_bar(NULL);
        pthread_mutex_destroy(&progress->lock);
        g_hash_table_unref(progress->seconds);
        g_free(progress);
    }
}
