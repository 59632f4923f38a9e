/**
 * Studies and trades that lead into a profession: how many begin and how many finish, year by year
 * and place by place. What DBH and Udir report and who enters the stock of educated people
 * (educated.h) are the same numbers. Levels: config/simulate/studier.csv.
 */
#ifndef SP_SIMULATE_STUDIES_H
#define SP_SIMULATE_STUDIES_H

#include "pipeline/simulate/chance.h"

enum { SP_SIM_N_INSTITUTIONS = 8, SP_SIM_WORK_FIRST_AGE = 15, SP_SIM_N_WORK_AGES = 61 };

/** Who they are when they come. */
typedef struct {
    double women; /* share */
    double
        upto[SP_SIM_N_WORK_AGES]; /* share who are this old or younger, from 15 on; the last is 1 */
} SpSimArrivals;

/** A row of studier.csv. */
typedef struct {
    char *code;        /* of DBH's programme or Udir's trade */
    char *route;       /* dbh, or the route to a certificate */
    char *to;          /* profession */
    char *from;        /* profession that is left, or "" */
    double from_share; /* of those who finish who come from it; the others are new */
    double admitted;
    double completes; /* share of those admitted who ever finish */
    guint years;      /* from admission to the first who finish */
    double shock;     /* of a year's share who finish, relative */
    SpSimArrivals arrivals;
} SpSimStudy;

typedef struct {
    SpSimStudy *studies;
    guint n;
    guint first; /* calendar year of place 0 */
    guint n_years;
    guint32 *admitted; /* [(study * SP_SIM_N_INSTITUTIONS + institution) * n_years + year] */
    guint32 *completed;
} SpSimStudies;

/** Ages around `age`: steep below, slow above, nobody below `least` or above 60. */
void sp_sim_arrivals_init(SpSimArrivals *arrivals, double women, double age, double spread,
                          guint least);

/** Reads the file and draws every year to `to`. A study that is no programme of DBH's has one
 * place, number 0. SP_ERROR_CONFIG names file, row and column. */
SpSimStudies *sp_sim_studies_new(SpRandom random, const char *path, guint to, GError **error);
void sp_sim_studies_free(SpSimStudies *studies);

gboolean sp_sim_study_is_programme(const SpSimStudy *study);
/** DBH's code of a place of study. */
const char *sp_sim_institution(guint institution);

guint32 sp_sim_studies_admitted(const SpSimStudies *studies, guint study, guint institution,
                                guint year);
guint32 sp_sim_studies_completed(const SpSimStudies *studies, guint study, guint institution,
                                 guint year);
/** Of all places. */
guint32 sp_sim_studies_finished(const SpSimStudies *studies, guint study, guint year);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSimStudies, sp_sim_studies_free)

#endif
