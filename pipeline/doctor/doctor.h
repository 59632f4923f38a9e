/**
 * What an operator would look at when a night fails for no reason of the data: the machine, the
 * workspace, keys, and whoever must answer. Looks, and changes nothing but for a file in tmp/ that
 * is tried out and gone again.
 */
#ifndef SP_PIPELINE_DOCTOR_H
#define SP_PIPELINE_DOCTOR_H

#include "pipeline/context.h"

typedef enum { SP_FINDING_OK, SP_FINDING_WARNING, SP_FINDING_ERROR, SP_FINDING_N } SpFindingLevel;

typedef struct {
    SpFindingLevel level;
    const char *subject; /* "disk", "sources" */
    char *text;          /* what was found; of what is not well also what to do */
    int code;            /* of an error: SpErrorCode */
} SpFinding;

typedef struct {
    SpContext *context;
    gboolean is_offline; /* nobody is connected to */
    GPtrArray *findings; /* SpFinding*, in the order they were looked for */
} SpDoctor;

/** Looks at everything. Only a bug is an error: what is wrong is a finding. */
SpDoctor *sp_doctor_new(SpContext *context, gboolean is_offline);
void sp_doctor_free(SpDoctor *doctor);

/** Adds a finding. */
void sp_doctor_find(SpDoctor *doctor, SpFindingLevel level, const char *subject, const char *format,
                    ...) G_GNUC_PRINTF(4, 5);
/** Adds an error, which is taken; NULL: nothing. */
void sp_doctor_find_error(SpDoctor *doctor, const char *subject, GError *failure);

/** Line by line: level, subject, text. g_free. */
char *sp_doctor_format(const SpDoctor *doctor);

/** The first error; NULL: none. Borrowed. */
const SpFinding *sp_doctor_worst(const SpDoctor *doctor);

/** The parts, in their order (doctor_machine.c, doctor_workspace.c, doctor_others.c). */
void sp_doctor_look_at_machine(SpDoctor *doctor);
void sp_doctor_look_at_workspace(SpDoctor *doctor);
void sp_doctor_look_at_others(SpDoctor *doctor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpDoctor, sp_doctor_free)

#endif
