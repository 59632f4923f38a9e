/**
 * What every program is: a name, what it does, its own options beside the common ones, and one
 * function. Only here is anything printed as an error and turned into an exit status.
 */
#ifndef SP_PIPELINE_PROGRAM_H
#define SP_PIPELINE_PROGRAM_H

#include "pipeline/stage.h"

typedef enum {
    SP_ACCESS_NONE,  /* works without a workspace (init) */
    SP_ACCESS_READ,  /* reads a workspace and needs no lock */
    SP_ACCESS_WRITE, /* takes the lock and writes the ledger */
} SpAccess;

/** The common options that act in some programs alone. How it is told (--log, --quiet, --progress)
 * and --help and --version are everybody's. */
typedef enum {
    SP_TAKES_WORKSPACE = 1 << 0, /* --workspace, --now: a place and its clock */
    SP_TAKES_SETTINGS = 1 << 1,  /* --config, --set */
    SP_TAKES_UNIT = 1 << 2,
    SP_TAKES_DRY_RUN = 1 << 3,
    SP_TAKES_FORCE = 1 << 4,
    SP_TAKES_TRIAL = 1 << 5, /* --as; fetch and publish take it to say why not */
    SP_TAKES_WAIT = 1 << 6,
    SP_TAKES_JOBS = 1 << 7,
    SP_TAKES_ALL = (1 << 8) - 1,
} SpTakes;

struct SpPlan;

typedef struct {
    const char *name;
    const char *summary;
    const char *arguments; /* "[DIR]" for the help text; NULL if it takes none */
    SpAccess access;
    gboolean needs_network; /* itself, or a program it starts; all others are cut off from it before
                               they read anything (pipeline/guard/network.h) */
    unsigned takes;         /* SpTakes together: the others are a usage error and not in its help */
    const SpStage *stage;   /* the stage it runs; NULL for a verb */
    const char *const *config_keys; /* NULL-terminated settings it reads itself; NULL if none */
    const GOptionEntry *options;    /* its own, ended by {0}; NULL if none. Their targets are
                                       file-scope statics of the verb */
    /* Before the workspace is entered; without a context (NULL) `failure` is why it has none. NULL:
     * nothing. */
    void (*start)(const SpOptions *options, SpContext *context, const GError *failure);
    gboolean (*run)(SpContext *context, char **arguments,
                    GError **error); /* NULL: runs the stage */
    /* Of a stage program without `stage`: adds what it would do to the plan
     * (pipeline/night/plan.h), writing nothing. NULL of all others. */
    gboolean (*plan)(SpContext *context, struct SpPlan *plan, GError **error);
} SpProgram;

/** Parses, runs, tells, returns the exit status. */
int sp_program_main(const SpProgram *program, int argc, char **argv);

/** What a program is asked for goes to stdout. NULL passes on an error that is already set. */
gboolean sp_program_print(const char *text, GError **error);

/** The registry: stages first, in the order they run. */
gsize sp_programs_size(void);
const SpProgram *sp_programs_at(gsize i);
/** How many of them are stages. */
gsize sp_programs_n_stages(void);

#endif
