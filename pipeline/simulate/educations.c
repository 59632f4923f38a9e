/* Professions by education. */
#include "pipeline/simulate/educations.h"

#include "core/error.h"
#include "pipeline/simulate/rows.h"

#include <math.h>
#include <string.h>

enum { MALE = 0, SETTLED_AGE = 30, STUDENT_AGE = 25, TIRED_AGE = 55 };

static gboolean read_numbers(const SpSimRows *rows, gsize row, SpSimEducation *education,
                             GError **error)
{
    double women, age, spread, least, early;
    double *elsewhere = education->elsewhere;
    const struct {
        SpSimRange range;
        double *value;
    } numbers[] = {{{1, 1e6}, &education->persons},
                   {{-0.1, 0.1}, &education->growth},
                   {{0, 1e5}, &education->intake},
                   {{0, 1}, &women},
                   {{15, 60}, &age},
                   {{0.5, 20}, &spread},
                   {{15, 60}, &least},
                   {{0, 1e4}, &education->abroad},
                   {{0.01, 1}, &education->resident},
                   {{0, 0.3}, &education->leaves[0]},
                   {{0, 0.3}, &education->leaves[1]},
                   {{0, 0.3}, &education->leaves[2]},
                   {{0.3, 0.98}, &education->working},
                   {{0, 1}, &early},
                   {{0, 1}, &education->municipal},
                   {{0, 1}, &elsewhere[0]},
                   {{0, 1}, &elsewhere[1]},
                   {{0, 1}, &elsewhere[2]},
                   {{0, 1}, &education->agreement}};
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++) {
        if (!sp_sim_rows_number(rows, row, i + 1, numbers[i].range, numbers[i].value, error)) {
            return FALSE;
        }
    }
    education->has_early_pension = early > 0;
    sp_sim_arrivals_init(&education->arrivals, women, age, spread, (guint)least);
    return TRUE;
}

/* Those whom kommuner employ have their ratios to other sectors with the staff; then shares.
 * Positions that are no education of their own (leder) are held by people of several. */
static void find_sectors(SpSimEducation *education, const SpSimProfessions *professions)
{
    double *elsewhere = education->elsewhere;
    for (guint i = 0; i < professions->n; i++) {
        const SpSimProfession *profession = &professions->professions[i];
        gboolean is_own = strcmp(profession->id, education->id) == 0;
        education->held[i] = *profession->held_by != '\0'
                                 ? sp_sim_percent_in(profession->held_by, education->id) / 100.0
                                 : (is_own ? 1 : 0);
        if (is_own) {
            education->is_employed = TRUE;
            elsewhere[SP_SIM_ELSEWHERE_HOSPITAL] = profession->hospital;
            elsewhere[SP_SIM_ELSEWHERE_HEALTH] = profession->other_health;
            elsewhere[SP_SIM_ELSEWHERE_OUTSIDE] = profession->outside;
        }
    }
    double sum = elsewhere[0] + elsewhere[1] + elsewhere[2];
    for (guint i = 0; i < SP_SIM_N_ELSEWHERE; i++) {
        elsewhere[i] = sum > 0 ? elsewhere[i] / sum : i == SP_SIM_ELSEWHERE_OUTSIDE;
    }
}

/* Who holds the positions of a profession is among the rows, or nobody would be counted in them. */
static gboolean check_holders(const SpSimEducations *educations,
                              const SpSimProfessions *professions, const char *path, GError **error)
{
    for (guint i = 0; i < professions->n; i++) {
        const SpSimProfession *profession = &professions->professions[i];
        double held = 0;
        for (guint k = 0; k < educations->n; k++) {
            held += educations->list[k].held[i];
        }
        if (fabs(held - 1) > 1e-9) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "%s: rows hold %.0f %% of the positions of %s, want 100; name rows "
                                "in its utdannede in profesjoner.csv, or add the row that lacks",
                                path, 100 * held, profession->id);
        }
    }
    return TRUE;
}

gboolean sp_sim_educations_read(SpSimEducations *educations, const SpSimProfessions *professions,
                                const char *path, GError **error)
{
    static const char *const columns[] = {
        "profesjon",  "bestand",     "vekst",        "tilgang", "kvinner",
        "alder",      "spredning",   "minst",        "utland",  "bosatt",
        "avgang_ung", "avgang_midt", "avgang_eldre", "arbeid",  "saeralder",
        "kommune",    "sykehus",     "annen_helse",  "utenfor", "avtale"};
    g_autoptr(SpSimRows) rows = sp_sim_rows_read(path, columns, G_N_ELEMENTS(columns), error);
    if (rows == NULL) {
        return FALSE;
    }
    educations->list = g_new0(SpSimEducation, sp_sim_rows_size(rows));
    for (gsize row = 0; row < sp_sim_rows_size(rows); row++) {
        SpSimEducation *education = &educations->list[educations->n++];
        education->id = g_strdup(sp_sim_rows_text(rows, row, 0));
        if (!read_numbers(rows, row, education, error)) {
            return FALSE;
        }
        find_sectors(education, professions);
    }
    return check_holders(educations, professions, path, error);
}

void sp_sim_educations_clear(SpSimEducations *educations)
{
    for (guint i = 0; i < educations->n; i++) {
        g_free(educations->list[i].id);
    }
    g_clear_pointer(&educations->list, g_free);
    educations->n = 0;
}

gint sp_sim_educations_find(const SpSimEducations *educations, const char *id)
{
    for (guint i = 0; i < educations->n; i++) {
        if (strcmp(educations->list[i].id, id) == 0) {
            return (gint)i;
        }
    }
    return -1;
}

double sp_sim_education_working(const SpSimEducation *education, guint sex, guint age)
{
    /* Of those in work at 61, how many still are from each age on. */
    static const struct {
        guint from;
        double ordinary;
        double early;
    } steps[] = {{62, 0.84, 0.80}, {63, 0.78, 0.73}, {64, 0.72, 0.67}, {65, 0.66, 0.36},
                 {66, 0.61, 0.31}, {67, 0.30, 0.15}, {68, 0.24, 0.12}, {69, 0.19, 0.10},
                 {70, 0.12, 0.06}, {72, 0.07, 0.04}, {74, 0.04, 0.02}};
    double share = education->working + (sex == MALE ? 0.01 : 0);
    share -= age < STUDENT_AGE ? 0.09 : age < SETTLED_AGE ? 0.03 : 0;
    share -= age >= TIRED_AGE ? 0.014 * (double)(MIN(age, 61U) - TIRED_AGE + 1) : 0;
    double left = 1;
    for (gsize i = 0; i < G_N_ELEMENTS(steps) && age >= steps[i].from; i++) {
        left = education->has_early_pension ? steps[i].early : steps[i].ordinary;
    }
    return share * left;
}

guint sp_sim_leaving_group(guint age)
{
    return age < 35 ? 0 : age < 50 ? 1 : 2;
}

SpSimEmployed sp_sim_education_employed(const SpSimEducation *education, const SpSimStaff *staff,
                                        guint year, guint piece)
{
    static const SpSimSector sectors[] = {SP_SIM_SECTOR_CARE, SP_SIM_SECTOR_HEALTH};
    SpSimEmployed sum = {0, 0};
    for (guint i = 0; i < staff->n_professions; i++) {
        for (gsize k = 0; education->held[i] > 0 && k < G_N_ELEMENTS(sectors); k++) {
            const SpSimStaffCount *count = sp_sim_staff_count(staff, year, piece, i, sectors[k]);
            sum.positions += education->held[i] * count->positions;
            sum.percent += education->held[i] * (double)count->percent;
        }
    }
    return sum;
}
