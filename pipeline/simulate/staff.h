/**
 * Employees of the kommuner: positions that persons hold, year after year, on 1 December. Who
 * leaves a position leaves the sector, goes to another kommune, or to another service; newcomers
 * are new persons, movers, or people who take a second position. So both kinds of turnover follow
 * from the positions of two years.
 */
#ifndef SP_SIMULATE_STAFF_H
#define SP_SIMULATE_STAFF_H

#include "pipeline/simulate/effects.h"
#include "pipeline/simulate/people.h"

enum { SP_SIM_MAX_PROFESSIONS = 24 };

typedef enum {
    SP_SIM_SECTOR_CARE,   /* 253, 254/257/258, 234 */
    SP_SIM_SECTOR_HEALTH, /* 232, 233, 241 */
    SP_SIM_SECTOR_OTHER,  /* schools, kindergartens, administration */
    SP_SIM_N_SECTORS
} SpSimSector;

/** A row of config/simulate/profesjoner.csv. */
typedef struct {
    char *id;       /* of config/profesjoner.csv */
    double care;    /* share of årsverk in care */
    double health;  /* and in health services */
    double remote;  /* log a class further out */
    double leaving; /* a year, out of the municipal sector */
    double age;     /* of a newcomer, mean and spread */
    double age_spread;
    double women;
    double full_time; /* odds of a full position, against all */
    double hospital;  /* persons in hospitals for each in the kommuner */
    double other_health;
    double outside;
    double least;     /* årsverk that the law asks of every kommune */
    char *occupation; /* row in 14533 */
    char *education;  /* row in 11924 */
    /* Rows of utdannede.csv and percent of each, where it is no education of its own. */
    char *held_by;
} SpSimProfession;

typedef struct {
    SpSimProfession *professions;
    guint n;
} SpSimProfessions;

/** SP_ERROR_CONFIG names file, row and column: no number, or a list whose percent are not 100. */
gboolean sp_sim_professions_read(SpSimProfessions *professions, const char *path, GError **error);
/** Percent that a list says of a key: "06a:72 06b:16 06c:12", or a key alone, which has all; 0 of
 * others. */
guint sp_sim_percent_in(const char *list, const char *key);
void sp_sim_professions_clear(SpSimProfessions *professions);

/** A position on 1 December. */
typedef struct {
    guint64 person; /* key of the pseudonym, the same in all positions and years */
    guint16 piece;
    guint8 profession;
    guint8 sector;
    guint16 born;
    guint16 percent; /* hundredths of a percent */
    guint8 sex;      /* 0, 1 */
    char relation;   /* F, M, V */
    gboolean is_immigrant;
    guint32 number; /* of the position in its group: stays with the position */
} SpSimPosition;

typedef struct {
    guint64 percent; /* hundredths of a percent: årsverk = percent / 10000 */
    guint32 positions;
    guint32 full; /* of 100 % */
    guint32 old;  /* held by someone of 55 or more */
    guint32 immigrants;
    guint32 left; /* positions that their holder left since the year before */
} SpSimStaffCount;

typedef struct {
    guint n_years; /* Decembers from SP_SIM_FIRST_YEAR */
    guint n_pieces;
    guint n_professions;
    SpSimStaffCount
        *counts;  /* [((year * n_pieces + piece) * n_professions + profession) * SP_SIM_N_SECTORS +
                 * sector] */
    double *need; /* [year * n_pieces + piece] årsverk needed in care, as given */
    GArray *kept[SP_SIM_MAX_YEARS]; /* SpSimPosition of the years asked for, else NULL */
} SpSimStaff;

/** All that decides staffing but the need. Borrowed. */
typedef struct {
    SpRandom random;
    const SpSimParameters *parameters;
    const SpSimGeography *geography;
    const SpSimPeople *people;
    const SpSimEffects *effects;
    const SpSimProfessions *professions;
} SpSimEmployers;

/**
 * need [n_years * n_pieces]: årsverk needed in care (SpSimUse.need). Keeps the positions of years
 * from number `keep_from`.
 */
SpSimStaff *sp_sim_staff_new(const SpSimEmployers *employers, const double need[], guint n_years,
                             guint keep_from);
void sp_sim_staff_free(SpSimStaff *staff);

const SpSimStaffCount *sp_sim_staff_count(const SpSimStaff *staff, guint year, guint piece,
                                          guint profession, SpSimSector sector);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSimStaff, sp_sim_staff_free)

#endif
