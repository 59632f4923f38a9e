/**
 * The simulated country's kommuner: names, codes of each year, size, centrality, labour-market
 * region, place on the map.
 *
 * Everything is simulated for *pieces*: the kommuner of the first day (1 January 2017) cut where a
 * later split cut them. Each year's kommune is a sum of whole pieces, so mergers and splits keep
 * their totals. Sources: KLASS 131 and 112/128 as config/demo has them,
 * config/simulate/kommuner.csv, config/midtpunkter.csv.
 */
#ifndef SP_SIMULATE_GEOGRAPHY_H
#define SP_SIMULATE_GEOGRAPHY_H

#include "core/regions.h"

enum {
    SP_SIM_FIRST_YEAR = 2017, /* the model's first 1 January */
    SP_SIM_LAST_YEAR = 2060,
    SP_SIM_MAX_YEARS = SP_SIM_LAST_YEAR - SP_SIM_FIRST_YEAR + 1
};

/** A kommune of today's division. */
typedef struct {
    char *code;
    char *name;
    char *group;    /* KOSTRA group, EKG13 */
    char *language; /* nb, nn, noeytral */
    guint fylke;    /* into `fylker` */
    guint market;   /* into `markets` */
    guint basin;    /* into `basins` */
    double east;    /* km, UTM zone 33: the middle of its largest surface */
    double north;
    guint class;                /* centrality 1-6 */
    double size;                /* persons on 1 January 2024, two digits */
    double latitude, longitude; /* degrees, the middle of its surface */
} SpSimKommune;

/** A code that was a kommune's in some year, 2017-2060. */
typedef struct {
    char *code;
    char *name;    /* of its last year */
    guint first;   /* first 1 January on which it holds */
    guint last;    /* last one */
    guint kommune; /* a kommune of today that has (part of) it */
    guint fylke;   /* into `old_fylker`: the first two digits */
} SpSimCode;

typedef struct {
    guint kommune;                /* today's */
    double share;                 /* of today's kommune, by persons; a kommune's pieces sum to 1 */
    guint code[SP_SIM_MAX_YEARS]; /* into `codes`, on 1 January of each year */
} SpSimPiece;

typedef struct {
    SpSimKommune *kommuner;
    guint n_kommuner;
    SpSimCode *codes; /* in byte order */
    guint n_codes;
    SpSimPiece *pieces; /* by today's kommune, then the code of the first day */
    guint n_pieces;
    char **fylker; /* "03" ...; NULL-terminated */
    guint n_fylker;
    char **markets; /* code of the centre */
    guint n_markets;
    char **basins; /* code of the centre of the region that people commute within */
    guint n_basins;
    char *klass_codes; /* KLASS's answers as they are, for the extracts */
    char *klass_changes;
} SpSimGeography;

/** `data_folder` is the project's config/. SP_ERROR_CONFIG, SP_ERROR_DATA, SP_ERROR_NO_INPUT with
 * the file's name. */
SpSimGeography *sp_sim_geography_read(const char *data_folder, GError **error);
void sp_sim_geography_free(SpSimGeography *geography);

/** A code of that year (1 January); into `codes`. SP_SIM_NO_CODE when there is none. */
#define SP_SIM_NO_CODE G_MAXUINT
/** Does the code hold on 1 January of the year? */
gboolean sp_sim_code_holds(const SpSimCode *code, guint year);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSimGeography, sp_sim_geography_free)

#endif
