/* doctor: is everything here that a night needs? */
#include "pipeline/doctor/doctor.h"
#include "pipeline/program.h"

#include "core/error.h"

static gboolean is_offline; /* --offline */

static const GOptionEntry options[] = {
    {"offline", 0, 0, G_OPTION_ARG_NONE, &is_offline, "Connect to nobody", NULL}, {0}};

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    (void)arguments;
    if (!sp_context_look(context, error)) {
        return FALSE;
    }
    g_autoptr(SpDoctor) doctor = sp_doctor_new(context, is_offline);
    g_autofree char *text = sp_doctor_format(doctor);
    const SpFinding *worst = sp_doctor_worst(doctor);
    return sp_program_print(text, error) &&
           (worst == NULL ||
            sp_error_set(error, (SpErrorCode)worst->code, "%s: %s", worst->subject, worst->text));
}

const SpProgram sp_program_doctor = {
    .name = "doctor",
    .summary = "Look at what a night needs: machine, workspace, keys, disk, who must answer",
    .access = SP_ACCESS_READ,
    .needs_network = TRUE,
    .takes = SP_TAKES_WORKSPACE | SP_TAKES_SETTINGS,
    .options = options,
    .run = run,
};
