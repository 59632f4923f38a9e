/** Which stages a night has, and in which order: what --from, --until, --only and --unit say. For
 * the programs that run them or tell of them. */
#ifndef SP_PIPELINE_NIGHT_STEPS_H
#define SP_PIPELINE_NIGHT_STEPS_H

#include "pipeline/night/step.h"

/** As the options are given; all NULL: every stage. */
typedef struct {
    char *from;
    char *until;
    char **only;
} SpStepChoice;

/** Entries of a program's options that fill a file-scope SpStepChoice. */
#define SP_STEP_OPTIONS(choice)                                                                    \
    {"from", 0, 0, G_OPTION_ARG_STRING, &(choice).from, "First stage to run", "STAGE"},            \
        {"until", 0, 0, G_OPTION_ARG_STRING, &(choice).until, "Last stage to run", "STAGE"},       \
    {                                                                                              \
        "only", 0, 0, G_OPTION_ARG_STRING_ARRAY, &(choice).only,                                   \
            "Only this stage; may be repeated", "STAGE"                                            \
    }

/**
 * SpStep in running order: the chosen stages, each after the early units of later stages that it or
 * those between read (protect's `fakta` before project). A trial has neither fetch nor publish.
 * SP_ERROR_USAGE for a stage or a unit that does not exist, and where nothing would run.
 * g_array_unref.
 */
GArray *sp_steps_choose(SpContext *context, const SpStepChoice *choice, GError **error);

/** Whether a stage is among them, whole and not by an early unit alone. */
gboolean sp_steps_have(const GArray *steps, const char *stage);

/** A step's place in the registry of programs, where stages come first. */
gsize sp_steps_place(const SpStep *step);

#endif
