/** Professions by education, and what holds for their people wherever they live:
 * config/simulate/utdannede.csv. */
#ifndef SP_SIMULATE_EDUCATIONS_H
#define SP_SIMULATE_EDUCATIONS_H

#include "pipeline/simulate/staff.h"
#include "pipeline/simulate/studies.h"

enum { SP_SIM_N_LEAVING = 3 }; /* ages 15-34, 35-49, 50-75 */

/** Sectors other than the kommuner's. */
typedef enum {
    SP_SIM_ELSEWHERE_HOSPITAL,
    SP_SIM_ELSEWHERE_HEALTH,
    SP_SIM_ELSEWHERE_OUTSIDE,
    SP_SIM_N_ELSEWHERE
} SpSimElsewhere;

/** A row of the file. */
typedef struct {
    char *id;             /* of config/profesjoner.csv */
    gboolean is_employed; /* kommuner's staff is modelled */
    /* Share of each profession's positions that its people hold. */
    double held[SP_SIM_MAX_PROFESSIONS];
    double persons;                  /* of 15-75 in the country on 31 December of the first year */
    double growth;                   /* of the yearly intake, in the years before it */
    double intake;                   /* newcomers a year who no register of education tells of */
    SpSimArrivals arrivals;          /* of them, and of those who came before the first year */
    double abroad;                   /* persons educated abroad who come a year */
    double resident;                 /* share of newly authorised from abroad who live here */
    double leaves[SP_SIM_N_LEAVING]; /* share a year who leave, deaths not counted */
    double working;                  /* share in work at 40 */
    gboolean has_early_pension;      /* special retirement age of 65 */
    double municipal; /* share of those in work, where kommuner's staff is not modelled */
    /* Share of those who work for kommuner who are self-employed with an agreement (11996): their
       main job is in another health service. */
    double agreement;
    double elsewhere[SP_SIM_N_ELSEWHERE]; /* shares of those in work who are not municipal, sum 1 */
} SpSimEducation;

typedef struct {
    SpSimEducation *list;
    guint n;
} SpSimEducations;

/** SP_ERROR_CONFIG names file, row and column, or a profession not all of whose positions are held
 * by people of the rows. */
gboolean sp_sim_educations_read(SpSimEducations *educations, const SpSimProfessions *professions,
                                const char *path, GError **error);
void sp_sim_educations_clear(SpSimEducations *educations);
/** Number of a profession, -1 if it is none of these. */
gint sp_sim_educations_find(const SpSimEducations *educations, const char *id);

/** Share in work of those with the education: steps at 62, 65 (special retirement age) and 67. sex
 * 0 men, 1 women. */
double sp_sim_education_working(const SpSimEducation *education, guint sex, guint age);
/** What kommuner employ of them in a piece, in care and health services. */
typedef struct {
    double positions;
    double percent; /* hundredths of a percent */
} SpSimEmployed;

SpSimEmployed sp_sim_education_employed(const SpSimEducation *education, const SpSimStaff *staff,
                                        guint year, guint piece);
/** Which of the groups of `leaves` an age is in. */
guint sp_sim_leaving_group(guint age);

#endif
