/* simulate: a made-up Norway and every source's extract of it. */
#include "pipeline/program.h"

#include "core/error.h"
#include "core/number.h"
#include "pipeline/simulate/simulate.h"

#include <string.h>

static char *scale_text;
static char *seed_text;
static char *out;
static char *years;
static char *level;

static const GOptionEntry options[] = {
    {"scale", 0, 0, G_OPTION_ARG_STRING, &scale_text,
     "Share of the nation's persons in person-level files, 0-1 (default 0.001). At 1 IPLOS has 400 "
     "000 "
     "persons, PAI 500 000 positions a year, and KPR 60 million rows: about 4 GB",
     "S"},
    {"seed", 0, 0, G_OPTION_ARG_STRING, &seed_text, "Seed, a whole number (default 1)", "N"},
    {"out", 0, 0, G_OPTION_ARG_FILENAME, &out, "Folder to make", "DIR"},
    {"years", 0, 0, G_OPTION_ARG_STRING, &years, "Years (default 2018-2025)", "FROM-TO"},
    {"level", 0, 0, G_OPTION_ARG_STRING, &level,
     "extracts (default), or facts: only the aggregated tables and truth.json, in seconds",
     "LEVEL"},
    {0}};

static gboolean parse_whole(const char *option, const char *text, gsize size, guint64 *value,
                            GError **error)
{
    gint64 number = 0;
    if (!sp_number_parse_int(text, size, &number) || number < 0) {
        return sp_error_set(error, SP_ERROR_USAGE, "%s %s: want a whole number", option, text);
    }
    *value = (guint64)number;
    return TRUE;
}

static gboolean parse_years(SpSimOptions *wanted, GError **error)
{
    const char *dash = years != NULL ? strchr(years, '-') : NULL;
    guint64 from = 0;
    guint64 to = 0;
    if (years == NULL) {
        return TRUE;
    }
    if (dash == NULL || !parse_whole("--years", years, (gsize)(dash - years), &from, NULL) ||
        !parse_whole("--years", dash + 1, strlen(dash + 1), &to, NULL) || from == 0 ||
        from > 9999 || to == 0 || to > 9999) {
        return sp_error_set(error, SP_ERROR_USAGE, "--years %s: want FROM-TO, such as 2018-2025",
                            years);
    }
    wanted->from = (guint)from;
    wanted->to = (guint)to;
    return TRUE;
}

static gboolean parse_level(SpSimOptions *wanted, GError **error)
{
    if (level == NULL || strcmp(level, "extracts") == 0) {
        wanted->level = SP_SIM_LEVEL_EXTRACTS;
    } else if (strcmp(level, "facts") == 0) {
        wanted->level = SP_SIM_LEVEL_FACTS;
    } else {
        return sp_error_set(error, SP_ERROR_USAGE, "--level %s: want extracts or facts", level);
    }
    return TRUE;
}

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    (void)arguments;
    SpSimOptions wanted = {.data_folder = context->data_folder,
                           .seed = 1,
                           .scale = 0.001,
                           .n_threads = context->n_jobs};
    if (out == NULL) {
        return sp_error_set(error, SP_ERROR_USAGE, "--out DIR is missing: where to write");
    }
    if (scale_text != NULL &&
        !sp_number_parse(scale_text, strlen(scale_text), sp_number_plain, &wanted.scale)) {
        return sp_error_set(error, SP_ERROR_USAGE, "--scale %s: want a number such as 0.01",
                            scale_text);
    }
    if (!parse_years(&wanted, error) || !parse_level(&wanted, error) ||
        (seed_text != NULL &&
         !parse_whole("--seed", seed_text, strlen(seed_text), &wanted.seed, error))) {
        return FALSE;
    }
    g_autofree char *folder = g_canonicalize_filename(out, NULL);
    if (context->options.is_dry_run) {
        sp_log(&context->log, SP_LOG_INFO, "%s: would be made", folder);
        return TRUE;
    }
    if (!sp_simulate(&wanted, folder, error)) {
        return FALSE;
    }
    sp_log(
        &context->log, SP_LOG_INFO,
        "%s is ready; next: statpakke init --workspace W --config %s/simulert.conf, and a copy of "
        "%s/inbox in W",
        folder, folder, folder);
    return TRUE;
}

const SpProgram sp_program_simulate = {
    .name = "simulate",
    .summary = "Make a synthetic country: every source's extract in its real form, and the truth",
    .access = SP_ACCESS_NONE,
    .takes = SP_TAKES_DRY_RUN | SP_TAKES_JOBS,
    .options = options,
    .run = run,
};
