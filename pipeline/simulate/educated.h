/**
 * People with an education, in work or not: a stock by profession, piece, sex and age on each 31
 * December. Each year all grow a year older, some die or leave the profession at the age they had,
 * those come who studies.h says finished, who came from abroad, or whom no register tells of, and
 * some go from one profession to another. So stock, graduates and authorisations are one history.
 *
 * Nobody moves between pieces: newcomers settle by where those who have the profession's work live
 * (commuting.h), and where people are. The first stock may be older in some labour markets.
 */
#ifndef SP_SIMULATE_EDUCATED_H
#define SP_SIMULATE_EDUCATED_H

#include "pipeline/simulate/educations.h"

enum { SP_SIM_N_WORK_CELLS = 2 * SP_SIM_N_WORK_AGES };

/** A profession in the nation on 31 December, and what led to it in the year. */
typedef struct {
    guint32 persons[SP_SIM_N_WORK_CELLS]; /* sex * SP_SIM_N_WORK_AGES + age - 15; completed years */
    guint32 abroad[SP_SIM_N_WORK_CELLS];  /* came from abroad in the year */
    guint32 graduates;                    /* new persons who finished here */
    guint32 joined;                       /* came from another profession */
    guint32 left_for_other;               /* went to one */
    guint32 gone;                         /* died or left */
    double leaves[SP_SIM_N_LEAVING];      /* chance of leaving but by death in the year */
} SpSimEducatedYear;

typedef struct {
    const SpSimEducations *educations; /* borrowed */
    guint n_pieces;
    guint n_years;             /* Decembers from SP_SIM_FIRST_YEAR */
    SpSimEducatedYear *nation; /* [year * educations->n + profession] */
    guint32 *kept
        [SP_SIM_MAX_YEARS]; /* [(profession * n_pieces + piece) * SP_SIM_N_WORK_CELLS + cell] of the
                                        years asked for, else NULL */
} SpSimEducated;

/** All that decides it. Borrowed. */
typedef struct {
    SpRandom random;
    const SpSimParameters *parameters;
    const SpSimGeography *geography;
    const SpSimPeople *people;
    const SpSimStaff *staff;
    const SpSimEducations *educations;
    const SpSimStudies *studies;
    const double *homes; /* commuting.h */
} SpSimEducating;

/** Keeps the pieces of years from number `keep_from`. */
SpSimEducated *sp_sim_educated_new(const SpSimEducating *educating, guint n_years, guint keep_from);
void sp_sim_educated_free(SpSimEducated *educated);

/** A piece of a kept year: [SP_SIM_N_WORK_CELLS]. */
const guint32 *sp_sim_educated_at(const SpSimEducated *educated, guint year, guint profession,
                                  guint piece);
const SpSimEducatedYear *sp_sim_educated_nation(const SpSimEducated *educated, guint year,
                                                guint profession);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSimEducated, sp_sim_educated_free)

#endif
