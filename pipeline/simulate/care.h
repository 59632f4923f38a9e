/**
 * Users of services: every recipient of the nation, one by one, and what they have. There is no
 * list of them: a recipient is a *seat* (piece, sex, year of birth, number) that persons hold in
 * turn, and all about her follows from the seat's key. So any part of the country can be walked
 * through at any time, on any thread, and the tables and the person-level extract are the same
 * persons.
 */
#ifndef SP_SIMULATE_CARE_H
#define SP_SIMULATE_CARE_H

#include "pipeline/simulate/effects.h"
#include "pipeline/simulate/people.h"

enum { SP_SIM_MAX_SERVICES = 24, SP_SIM_N_BANDS = 6, SP_SIM_N_NEEDS = 20 };
/** First ages of the bands: 0-17, 18-49, 50-66, 67-79, 80-89, 90+. */
extern const guint sp_sim_band_first[SP_SIM_N_BANDS];

typedef enum {
    SP_SIM_GROUP_HOME,
    SP_SIM_GROUP_INSTITUTION,
    SP_SIM_GROUP_HOUSING,
    SP_SIM_GROUP_TECHNOLOGY,
    SP_SIM_GROUP_DAY,     /* activities and stays by day */
    SP_SIM_GROUP_SUPPORT, /* relief and støttekontakt */
    SP_SIM_N_GROUPS
} SpSimGroup;

/** A row of config/simulate/bruk.csv. */
typedef struct {
    char *code;
    char *name;
    SpSimGroup group;
    double share[SP_SIM_N_BANDS]; /* of the band's recipients that have it during the year, 2022 */
    double at_end;                /* of these that stay, share that still has it on 31 December */
    double hours;                 /* mean a week; 0: counted in days or not at all */
    double aarsverk;              /* needed for one user on 31 December, 2022 */
    double drift;                 /* of the share, log a year */
} SpSimService;

typedef struct {
    SpSimService *services;
    guint n;
} SpSimServices;

gboolean sp_sim_services_read(SpSimServices *services, const char *path, GError **error);
void sp_sim_services_clear(SpSimServices *services);

/** One recipient in one year. */
typedef struct {
    guint64 person; /* key of the pseudonym: the same in every year that she holds the seat */
    guint piece;
    guint sex; /* 0, 1 */
    guint age; /* completed years on 31 December */
    guint year;
    guint since;        /* year she took the seat (not before the model's first) */
    gboolean leaves;    /* has no service left on 31 December */
    gboolean dies;      /* of those who leave: by death */
    guint32 has;        /* bit a service: had it during the year */
    guint32 has_at_end; /* bit a service: has it on 31 December */
    SpRandom random;    /* of person and year, for what else is to be drawn */
} SpSimRecipient;

/** All that decides use. Borrowed. */
typedef struct {
    SpRandom random;
    const SpSimParameters *parameters;
    const SpSimGeography *geography;
    const SpSimPeople *people;
    const SpSimEffects *effects;
    const SpSimServices *services;
} SpSimCare;

/** Calls `each` for every recipient of a piece in a year (number of the year), by sex, age and
 * seat. */
typedef void (*SpSimRecipientFunc)(const SpSimRecipient *recipient, gpointer data);
void sp_sim_care_walk(const SpSimCare *care, guint piece, guint year, SpSimRecipientFunc each,
                      gpointer data);

/** What is counted of a piece and year. */
typedef struct {
    guint32 recipients;                             /* during the year */
    guint32 recipients_at_end;                      /* with any service on 31 December */
    guint32 group[SP_SIM_N_GROUPS][SP_SIM_N_BANDS]; /* users on 31 December */
    guint32 service[SP_SIM_MAX_SERVICES];           /* users on 31 December */
    guint32 service_in_year[SP_SIM_MAX_SERVICES];
    double
        need; /* årsverk needed for users on 31 December, at the year's intensity in the nation */
} SpSimUse;

/** Adds a piece and year to the counts. */
void sp_sim_care_count(const SpSimCare *care, guint piece, guint year, SpSimUse *use);

#endif
