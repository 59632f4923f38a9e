/**
 * The expected path of supply, and what draws and explanations need to know of it. Everything is an
 * array of double, the last index fastest; L labour-market region of residence, u kommune of work,
 * g profession, c cause, t day.
 *
 * Supply is linear in its causes: those of the base who are still there, and what each kind of
 * inflow since the base has become. So a draw may multiply each cause by its own shock and add.
 */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_PATHS_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_PATHS_H

#include <glib.h>

/** What brought a person into a labour-market region and profession after the base. */
typedef enum {
    SP_CAUSE_BASE,      /* those of the base who are still there, grown older */
    SP_CAUSE_GRADUATES, /* new persons from education in Norway */
    SP_CAUSE_FOREIGN,   /* net immigration of people educated abroad */
    SP_CAUSE_TRANSFERS, /* from another profession, less those who went to one; signed */
    SP_CAUSE_MOVES,     /* from other regions, less those who moved there; signed, 0 in the sum */
    /* more than deaths, exits and newcomers explain, as in the years known; within its standard
     * error */
    SP_CAUSE_UNEXPLAINED,
    SP_N_CAUSES
} SpSupplyCause;

/** A way from a profession to another: what the one gets the other gives, so both are drawn as
 * one. */
typedef struct {
    guint to;
    guint from;   /* SP_NOBODY_GIVES: who goes stays in it too */
    double sd;    /* relative standard deviation of a year's number */
    double *came; /* [t] persons who changed in the year that ends on day t */
} SpSupplyTransfer;

#define SP_NOBODY_GIVES G_MAXUINT

typedef struct {
    gsize n_kommuner;       /* u, byte order of codes */
    gsize n_labour_markets; /* L, byte order of codes; fylker where there are no such regions */
    gsize n_professions;    /* g, byte order of ids */
    gsize n_days;           /* t: 1 January base, base + 1, ... */
    int base;               /* year of day 0 */
    char **kommuner;        /* [n_kommuner] NULL-terminated, as all lists of text here */
    guint8 *status;         /* [u] SP_PRESENT, or what is told instead of its supply: markets.h */
    char **labour_markets;
    char **professions;
    guint *labour_market_of; /* [u] where the kommune lies */
    /* [g] number of the profession whose figures hold this one's too, g itself where none does:
     * spesialsykepleier is part of sykepleier, and the two are never added. */
    guint *part_of;

    /* Municipal årsverk (position percentage / 100) of residents of L on day t, at the base's
     * pattern of participation and sectors. The sum over causes is the supply, >= 0; day 0 has
     * SP_CAUSE_BASE alone. */
    double *aarsverk; /* [L][g][c][t] */
    /* The same before sectors: persons of 15-75 with the education, in work or not. */
    double *persons; /* [L][g][c][t] */
    /* Of the country: årsverk in all sectors, health services and others. */
    double *aarsverk_all; /* [g][c][t] */
    /* Municipal årsverk of those of the base if nobody died, emigrated or left the profession: what
     * ageing alone does (sp_supply_parts). */
    double *ageing; /* [L][g][t] */
    /* The same of the country, in all sectors and as persons. */
    double *ageing_all;     /* [g][t] */
    double *ageing_persons; /* [g][t] */
    /* Share of L's municipal årsverk of the profession that is done in u in the base; each row sums
     * to 1, to 1e-9. Supply by workplace is the sum over L of aarsverk x sp_supply_share. */
    double *work; /* [g][L][u] */
    /* Where in its region work is done moves with the people: what a kommune's share is multiplied
     * by, and for each row the sum of that, by which it is divided. NULL, both: the base's shares
     * stay. */
    double *workforce; /* [u][t] 1 on day 0 */
    double *reach;     /* [g][L][t] 1 on day 0 */
    /* [g] TRUE where the need of kommuner said where the base's work is done; FALSE: commuting
     * alone has placed it, and nothing but sums over fylker and the country should be made of it.
     * NULL: all are placed. */
    gboolean *is_placed;
    /* Of the persons in the country on day t - 1, the share that died, emigrated or left the
     * profession by day t, 0-1; 0 on day 0. */
    double *exit_rate; /* [g][t] */
    /* Persons who came in the year that ends on day t, in the country: graduates, foreign,
     * transfers in less out, unexplained. 0 for the two other causes and on day 0. */
    double *inflow;              /* [g][c][t] */
    SpSupplyTransfer *transfers; /* [n_transfers] */
    gsize n_transfers;
    /* For draws: relative standard deviation of a year's graduates around their mean level (from
     * the past where it has four years, else utdanning.csv), and of the log of the exit rate
     * between years (avgang.csv). */
    double *graduates_sd; /* [g] */
    double *exit_sd;      /* [g] */
    /* Growth of the country's persons with the education in the years known, log a year, less that
     * of the path in its first year: what the model does not explain of its own past; 0 with one
     * year. */
    double *unexplained; /* [g] */
    guint n_seen;        /* intervals between the years known */
    double *growth;      /* [g][n_seen] of the country's persons with the education, log */
    /* [g] No table tells how many come: they are what the stock grew by, and vary as it did. */
    gboolean *is_from_stock;
} SpSupplyPaths;

/** Paths of no profession and no region, for kommuner [NULL-terminated] whose supply is not
 * known. */
SpSupplyPaths *sp_supply_paths_none(char *const kommuner[], int base, gsize n_days);
void sp_supply_paths_free(SpSupplyPaths *paths);

/** aarsverk or persons [L][g][c]: n_days figures. Borrowed. */
static inline double *sp_supply_at(const SpSupplyPaths *paths, double *figures, gsize labour_market,
                                   gsize profession, SpSupplyCause cause)
{
    gsize place = labour_market * paths->n_professions + profession;
    return &figures[(place * SP_N_CAUSES + cause) * paths->n_days];
}

/** work [g][L]: n_kommuner shares. Borrowed. */
static inline double *sp_supply_work(const SpSupplyPaths *paths, gsize profession,
                                     gsize labour_market)
{
    gsize place = profession * paths->n_labour_markets + labour_market;
    return &paths->work[place * paths->n_kommuner];
}

/** Share of L's municipal årsverk of the profession that is done in u on a day; a row sums to 1. */
static inline double sp_supply_share(const SpSupplyPaths *paths, gsize profession,
                                     gsize labour_market, gsize kommune, gsize day)
{
    gsize row = profession * paths->n_labour_markets + labour_market;
    double share = sp_supply_work(paths, profession, labour_market)[kommune];
    return paths->workforce == NULL ? share
                                    : share * paths->workforce[kommune * paths->n_days + day] /
                                          paths->reach[row * paths->n_days + day];
}

/** Why the supply of a place differs from the base's: the sum of the parts is the supply. */
typedef enum {
    SP_SUPPLY_PART_BASE,   /* the supply of day 0 */
    SP_SUPPLY_PART_AGEING, /* those of the base grow older: participation and hours by age */
    SP_SUPPLY_PART_EXITS,  /* those of the base who died, emigrated or left the profession */
    SP_SUPPLY_PART_GRADUATES,
    SP_SUPPLY_PART_FOREIGN,
    SP_SUPPLY_PART_TRANSFERS,
    SP_SUPPLY_PART_MOVES, /* between regions, and of work to where the people of a region come to
                           * live */
    SP_SUPPLY_PART_UNEXPLAINED,
    SP_N_SUPPLY_PARTS
} SpSupplyPart;

/** The words of the parts, as tables have them (aarsak). */
extern const char *const sp_supply_part_names[SP_N_SUPPLY_PARTS];

/** What the parts of a figure of the country are parts of. */
typedef enum { SP_SUPPLY_MUNICIPAL, SP_SUPPLY_ALL, SP_SUPPLY_PERSONS } SpSupplyFigure;

/** The same of the country, for any of the three figures; what is below 1e-12 of the base is 0. */
void sp_supply_country_parts(const SpSupplyPaths *paths, SpSupplyFigure figure, gsize profession,
                             gsize day, double parts[SP_N_SUPPLY_PARTS]);

/**
 * The parts of a profession's municipal årsverk on a day, by workplace.
 *
 *   kommuner  [n] numbers of kommuner that are summed (one for a kommune, all for the country)
 *   parts     [SP_N_SUPPLY_PARTS] filled; their sum is what sp_supply_workplace gives for those
 *             kommuner
 */
void sp_supply_parts(const SpSupplyPaths *paths, gsize profession, gsize day,
                     const gsize kommuner[], gsize n, double parts[SP_N_SUPPLY_PARTS]);

/** Municipal årsverk by workplace: aarsverk [n_kommuner] filled, for one profession and day. */
void sp_supply_workplace(const SpSupplyPaths *paths, gsize profession, gsize day,
                         double aarsverk[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSupplyPaths, sp_supply_paths_free)

#endif
