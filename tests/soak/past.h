/**
 * A made-up country with its past and its future: what the projections are held against. Its ways
 * are on purpose not those that the projections fit (docs/methods/uncertainty.md#coverage):
 * national drifts change their slope in a year that is drawn, kommuner have shocks with heavy
 * tails, migration has regimes, staff follow budgets with a lag, professions move together, and the
 * staff that there are go where positions are.
 *
 * Years are counted from the first: year PAST_YEARS is the base, whose 1 January is the day the
 * projections stand on; figures of users and staff of the end of a year stand at the year after.
 */
#ifndef SP_TESTS_SOAK_PAST_H
#define SP_TESTS_SOAK_PAST_H

#include "chance.h"

#include "core/table.h"
#include "transforms/project/population/rates.h"

enum {
    PAST_KOMMUNER = 100,
    PAST_YEARS = 8,    /* of which something is known */
    PAST_HORIZON = 10, /* years after the base */
    PAST_DAYS = PAST_YEARS + PAST_HORIZON + 1,
    PAST_BASE = 2024,
    PAST_FIRST = PAST_BASE - PAST_YEARS,
    PAST_SERVICES = 2,
    PAST_PROFESSIONS = 7,
    PAST_BANDS = 2,
    PAST_DEATH_YEARS = 34, /* of national death rates before the base */
};

/** Figures of all kommuner, by what they are of. */
typedef enum {
    PAST_PEOPLE,                                /* 67-79, 80+ on 1 January */
    PAST_USERS = PAST_PEOPLE + PAST_BANDS,      /* of services at the end of the year before */
    PAST_NEED = PAST_USERS + PAST_SERVICES,     /* årsverk that kommuner employ */
    PAST_SUPPLY = PAST_NEED + PAST_PROFESSIONS, /* årsverk that are there to be employed */
    /* Places less those there are for them, the country's places filled as on the base day: levels.
       Up to that day what places changed by, by which a naive rule goes. */
    PAST_GAP = PAST_SUPPLY + PAST_PROFESSIONS,
    PAST_SERIES = PAST_GAP + PAST_PROFESSIONS
} PastSeries;

extern const char *const past_series_names[PAST_SERIES];
extern const char *const past_professions[PAST_PROFESSIONS]; /* ids of config/profesjoner.csv */
extern const char
    *const past_services[PAST_SERVICES]; /* ids of config/framskriving/tjenester.csv */

/** A kommune that exists: code, fylke, labour market and size are those of
 * config/simulate/kommuner.csv. */
typedef struct {
    char code[8], fylke[4], market_code[8], centrality[4];
    guint market; /* number in the past's markets */
    double size;  /* persons, about */
} PastKommune;

/** What is taken from files: read once, then shared by all pasts. */
typedef struct {
    PastKommune *kommuner; /* [n_kommuner] all there are */
    gsize n_kommuner;
    double pyramid[SP_N_SEXES][SP_N_AGES]; /* persons, config/simulate/pyramide.csv */
    double use[PAST_SERVICES][SP_N_AGES];  /* users a person, config/bruk.csv */
} PastSources;

void past_sources_read(PastSources *sources);
void past_sources_clear(PastSources *sources);

/** A national level that moves: log. */
typedef struct {
    double slope, later_slope; /* a year, before and after `turn` */
    gsize turn;
    double step; /* standard deviation of a year's own movement */
} PastTrend;

typedef struct {
    const PastSources *sources;
    SpRandom key;
    PastKommune kommuner[PAST_KOMMUNER]; /* byte order of codes */
    guint n_markets, n_fylker;
    guint fylke[PAST_KOMMUNER];       /* number, in order of codes */
    guint market_home[PAST_KOMMUNER]; /* of a market: its largest kommune */
    double *persons;                  /* [u][day][sex][SP_N_AGES] */
    double *death_rate;               /* [year][sex][SP_N_RATE_AGES], PAST_DEATH_YEARS and on */
    double *exposure; /* [year][sex][SP_N_AGES] the country's, PAST_DEATH_YEARS before the base */
    double *elderly_users;       /* [u][day][service] of those in PAST_USERS */
    double *target;              /* [u][day][profession] årsverk a kommune has positions for */
    double *figure[PAST_SERIES]; /* [u][day] */
    double *stock; /* [market][day][profession][sex][SP_N_WORK_AGES] persons with the education */
    double *work_factor; /* [day][profession] hours over those of the first day */
    double *admissions, *graduates, *certificates, *abroad; /* [profession][PAST_ROUTE_YEARS] */
} Past;

/** How far staff are from positions, over what is chance alone. */
#define PAST_STAFF_LOOSE 0.4

/** Admissions are known from so many years before the first. */
enum { PAST_LEAD = 8, PAST_ROUTE_YEARS = PAST_LEAD + PAST_DAYS };

/** `sources` is borrowed for the life of the past. */
Past *past_new(const PastSources *sources, guint64 seed);
void past_free(Past *past);

/** The series of a trend: log level on each day, 0 on the first. */
void past_trend(Chance *chance, const PastTrend *trend, double level[PAST_DAYS]);

/** past_people.c: persons and death rates; PAST_PEOPLE. */
void past_make_people(Past *past);
/** past_care.c: users and årsverk; PAST_USERS, PAST_NEED. */
void past_make_care(Past *past);
/** past_stock.c: persons with an education; PAST_SUPPLY, PAST_GAP. */
void past_make_stock(Past *past);

/** Where those who work in a kommune live: shares [PAST_KOMMUNER] of markets that sum to 1. */
void past_residence(const Past *past, gsize kommune, double share[PAST_KOMMUNER]);
/** Share of those with the education at an age who are in work, and årsverk of one of them. */
double past_in_work(double age);
double past_aarsverk(gsize profession);

/** past_tables.c: what was known on the base day, as the tables that the stage reads. */
void past_add_facts(const Past *past, SpTables *in);

static inline double *past_persons(const Past *past, gsize kommune, gsize day, guint sex)
{
    return &past->persons[((kommune * PAST_DAYS + day) * SP_N_SEXES + sex) * SP_N_AGES];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Past, past_free)

#endif
