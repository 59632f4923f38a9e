/* The list of findings. */
#include "pipeline/doctor/doctor.h"

#include "core/error.h"

static const char *const level_words[SP_FINDING_N] = {
    [SP_FINDING_OK] = "ok", [SP_FINDING_WARNING] = "warning", [SP_FINDING_ERROR] = "error"};

static void finding_free(SpFinding *finding)
{
    g_free(finding->text);
    g_free(finding);
}

static SpFinding *add(SpDoctor *doctor, SpFindingLevel level, const char *subject, char *text)
{
    SpFinding *finding = g_new0(SpFinding, 1);
    finding->level = level;
    finding->subject = subject;
    finding->text = text;
    g_ptr_array_add(doctor->findings, finding);
    return finding;
}

void sp_doctor_find(SpDoctor *doctor, SpFindingLevel level, const char *subject, const char *format,
                    ...)
{
    va_list values;
    va_start(values, format);
    add(doctor, level, subject, g_strdup_vprintf(format, values))->code = SP_ERROR_CONFIG;
    va_end(values);
}

void sp_doctor_find_error(SpDoctor *doctor, const char *subject, GError *failure)
{
    if (failure != NULL) {
        add(doctor, SP_FINDING_ERROR, subject, g_strdup(failure->message))->code =
            sp_error_exit_status(failure);
        g_error_free(failure);
    }
}

const SpFinding *sp_doctor_worst(const SpDoctor *doctor)
{
    for (guint i = 0; i < doctor->findings->len; i++) {
        const SpFinding *finding = doctor->findings->pdata[i];
        if (finding->level == SP_FINDING_ERROR) {
            return finding;
        }
    }
    return NULL;
}

char *sp_doctor_format(const SpDoctor *doctor)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < doctor->findings->len; i++) {
        const SpFinding *finding = doctor->findings->pdata[i];
        g_string_append_printf(text, "%-8s %-10s %s\n", level_words[finding->level],
                               finding->subject, finding->text);
    }
    return g_string_free(text, FALSE);
}

SpDoctor *sp_doctor_new(SpContext *context, gboolean is_offline)
{
    SpDoctor *doctor = g_new0(SpDoctor, 1);
    doctor->context = context;
    doctor->is_offline = is_offline;
    doctor->findings = g_ptr_array_new_with_free_func((GDestroyNotify)finding_free);
    sp_doctor_look_at_machine(doctor);
    sp_doctor_look_at_workspace(doctor);
    sp_doctor_look_at_others(doctor);
    return doctor;
}

void sp_doctor_free(SpDoctor *doctor)
{
    if (doctor != NULL) {
        g_ptr_array_unref(doctor->findings);
        g_free(doctor);
    }
}
