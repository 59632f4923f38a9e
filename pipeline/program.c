/* The frame of all programs: options, context, one error line, exit status. */
#include "pipeline/program.h"

#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/build.h"
#include "pipeline/guard/network.h"
#include "pipeline/night/runfile.h"
#include "pipeline/night/watch.h"

#include <gsl/gsl_errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SP_STAGE(name) extern const SpProgram sp_program_##name;
#define SP_VERB(name) extern const SpProgram sp_program_##name;
#include "pipeline/registry.def"
#undef SP_STAGE
#undef SP_VERB

static const SpProgram *const registry[] = {
#define SP_STAGE(name) &sp_program_##name,
#define SP_VERB(name) &sp_program_##name,
#include "pipeline/registry.def"
#undef SP_STAGE
#undef SP_VERB
};

/* In the order of the registry: stages come first. */
static const gboolean is_stage[] = {
#define SP_STAGE(name) TRUE,
#define SP_VERB(name) FALSE,
#include "pipeline/registry.def"
#undef SP_STAGE
#undef SP_VERB
};

gsize sp_programs_size(void)
{
    return G_N_ELEMENTS(registry);
}

const SpProgram *sp_programs_at(gsize i)
{
    g_assert(i < G_N_ELEMENTS(registry));
    return registry[i];
}

gsize sp_programs_n_stages(void)
{
    gsize n = 0;
    while (n < G_N_ELEMENTS(is_stage) && is_stage[n]) {
        n++;
    }
    return n;
}

enum { NOT_GIVEN = G_MININT };

static void clear_options(SpOptions *options)
{
    g_free(options->workspace);
    g_strfreev(options->config_files);
    g_strfreev(options->assignments);
    g_strfreev(options->units);
    g_free(options->now);
    g_free(options->log_form);
    g_free(options->trial);
}

/* A program started with a closed stdin, stdout or stderr must not open its lock or ledger in its
 * place. */
static void open_standard_files(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDWR) != fd) {
            _exit(SP_ERROR_BUG);
        }
    }
}

/* What is asked of the frame itself. */
typedef struct {
    gboolean shows_version, shows_help;
    char *progress;
} Asked;

static void asked_clear(Asked *asked)
{
    g_free(asked->progress);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Asked, asked_clear)

/* An option without effect is worse than none: a program is given those that it takes. */
static void add_common(GOptionContext *parser, unsigned takes, SpOptions *options, Asked *asked)
{
    const struct {
        unsigned taken; /* SpTakes; 0: by every program */
        GOptionEntry entry;
    } common[] = {
        {SP_TAKES_WORKSPACE,
         {"workspace", 'w', 0, G_OPTION_ARG_FILENAME, &options->workspace,
          "Where to work (default ./workspace)", "DIR"}},
        {SP_TAKES_SETTINGS,
         {"config", 'c', 0, G_OPTION_ARG_FILENAME_ARRAY, &options->config_files,
          "Settings file; may be repeated, later wins", "FILE"}},
        {SP_TAKES_SETTINGS,
         {"set", 's', 0, G_OPTION_ARG_FILENAME_ARRAY, &options->assignments, "One setting",
          "SECTION.KEY=VALUE"}},
        {SP_TAKES_UNIT,
         {"unit", 'u', 0, G_OPTION_ARG_FILENAME_ARRAY, &options->units,
          "Only this source, dataset, fylke or scenario; may be repeated", "UNIT"}},
        {SP_TAKES_DRY_RUN,
         {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &options->is_dry_run,
          "Say what would be made, write nothing", NULL}},
        {SP_TAKES_FORCE,
         {"force", 'f', 0, G_OPTION_ARG_NONE, &options->is_forced,
          "Make again even what is up to date; other bytes are an error", NULL}},
        {SP_TAKES_TRIAL,
         {"as", 0, 0, G_OPTION_ARG_FILENAME, &options->trial,
          "Trial: results go to trials/NAME and are never published", "NAME"}},
        {SP_TAKES_WAIT,
         {"wait", 0, 0, G_OPTION_ARG_NONE, &options->is_patient,
          "Wait for another run to end instead of giving up", NULL}},
        {SP_TAKES_JOBS,
         {"jobs", 'j', 0, G_OPTION_ARG_INT, &options->n_jobs, "Threads (default: processors)",
          "N"}},
        {SP_TAKES_WORKSPACE,
         {"now", 0, 0, G_OPTION_ARG_FILENAME, &options->now, "The time to work at", "TIME"}},
        {0,
         {"log", 0, 0, G_OPTION_ARG_FILENAME, &options->log_form,
          "text or json, also without a terminal", "FORM"}},
        {0,
         {"quiet", 'q', 0, G_OPTION_ARG_NONE, &options->is_quiet, "Only warnings and errors",
          NULL}},
        {0, {"progress", 0, 0, G_OPTION_ARG_FILENAME, &asked->progress, "auto or never", "WHEN"}},
        {0, {"version", 0, 0, G_OPTION_ARG_NONE, &asked->shows_version, "Print the version", NULL}},
        {0, {"help", 'h', 0, G_OPTION_ARG_NONE, &asked->shows_help, "Print this help", NULL}},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(common); i++) {
        const GOptionEntry one[] = {common[i].entry, {0}};
        if ((common[i].taken & takes) == common[i].taken) {
            g_option_context_add_main_entries(parser, one, NULL);
        }
    }
}

static gboolean parse(const SpProgram *program, int *argc, char ***argv, SpOptions *options,
                      GError **error)
{
    g_auto(Asked) asked = {0};
    g_autoptr(GOptionContext) parser = g_option_context_new(program->arguments);
    g_option_context_set_summary(parser, program->summary);
    g_option_context_set_help_enabled(parser, FALSE); /* GLib's writes by the locale: "[OPTION?]" */
    add_common(parser, program->takes, options, &asked);
    if (program->options != NULL) {
        g_option_context_add_main_entries(parser, program->options, NULL);
    }
    g_autoptr(GError) failure = NULL;
    options->n_jobs = NOT_GIVEN;
    gboolean is_parsed = g_option_context_parse(parser, argc, argv, &failure);
    if (!is_parsed) {
        return sp_error_set(error, SP_ERROR_USAGE, "%s; see --help", failure->message);
    }
    if (asked.progress != NULL && strcmp(asked.progress, "auto") != 0 &&
        strcmp(asked.progress, "never") != 0) {
        return sp_error_set(error, SP_ERROR_USAGE, "--progress %s: want auto or never",
                            asked.progress);
    }
    options->hides_progress = g_strcmp0(asked.progress, "never") == 0;
    if (options->n_jobs != NOT_GIVEN && options->n_jobs < 1) {
        return sp_error_set(error, SP_ERROR_USAGE, "--jobs %d: want at least 1", options->n_jobs);
    }
    if (asked.shows_help) {
        g_autofree char *help = g_option_context_get_help(parser, TRUE, NULL);
        fputs(help, stdout);
        exit(EXIT_SUCCESS);
    }
    if (asked.shows_version) {
        printf("statpakke %s\n", SP_BUILD_VERSION);
        exit(EXIT_SUCCESS);
    }
    if (*argc > 1 && program->arguments == NULL) {
        return sp_error_set(error, SP_ERROR_USAGE, "\"%s\": no argument is wanted here; see --help",
                            (*argv)[1]);
    }
    return TRUE;
}

static gboolean work(const SpProgram *program, SpContext *context, char **arguments,
                     const char *open_network, GError **error)
{
    if (program->access == SP_ACCESS_WRITE && !sp_context_enter(context, error)) {
        return FALSE;
    }
    if (open_network != NULL && context->run != 0 && !context->is_child) {
        sp_network_tell(&context->log, open_network);
    }
    return program->run != NULL ? program->run(context, arguments, error)
                                : sp_stage_run(context, program->stage, error);
}

/* What went wrong here is told and changes nothing of how the run ended. */
static void end_run(SpContext *context, const GError *error)
{
    g_autoptr(GError) failure = NULL;
    const gint64 lasted = (g_get_monotonic_time() - context->began) / G_USEC_PER_SEC;
    if (context->ledger == NULL || context->run == 0 || context->is_child) {
        return;
    }
    if (!sp_ledger_end_run(context->ledger, context->run, context->now + lasted,
                           error == NULL ? 0 : sp_error_exit_status(error),
                           error == NULL ? NULL : error->message, &failure) ||
        !sp_runfile_close(context, error, &failure)) {
        sp_log(&context->log, SP_LOG_WARNING, "%s", failure->message);
    }
}

gboolean sp_program_print(const char *text, GError **error)
{
    if (text == NULL) {
        return FALSE;
    }
    return fputs(text, stdout) >= 0 && fflush(stdout) == 0
               ? TRUE
               : sp_error_set_errno(error, errno, "stdout");
}

int sp_program_main(const SpProgram *program, int argc, char **argv)
{
    g_autofree char *name = g_strdup_printf("statpakke-%s", program->name);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpContext) context = NULL;
    g_autofree char *open_network = NULL; /* why it is */
    SpOptions options = {0};
    open_standard_files();
    g_set_prgname(name);
    (void)g_log_set_always_fatal(
        G_LOG_LEVEL_ERROR |
        G_LOG_LEVEL_CRITICAL);   /* a broken promise must not pass as a line on stderr */
    gsl_set_error_handler_off(); /* the default one calls abort() */
    umask(0077);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN); /* a file size limit is then an ordinary write error */
    if (!program->needs_network) {
        (void)sp_network_close(&open_network);
    }
    if (parse(program, &argc, &argv, &options, &error)) {
        context = sp_context_new(name, &options, &error);
        if (program->start != NULL) {
            program->start(&options, context, error);
        }
    }
    clear_options(&options);
    if (context != NULL) {
        if (!work(program, context, argv + 1, open_network, &error) && error == NULL) {
            sp_error_set(&error, SP_ERROR_BUG, "it failed without saying why");
        }
        end_run(context, error);
        sp_watch_end(context->watch, error);
    }
    if (error == NULL) {
        return EXIT_SUCCESS;
    }
    const SpLog fallback = {.program = name, .form = SP_LOG_TEXT};
    sp_log(context != NULL ? &context->log : &fallback, SP_LOG_ERROR, "%s", error->message);
    return sp_error_exit_status(error);
}
