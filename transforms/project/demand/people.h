/** The people that demand follows: past and projected persons of kommuner, summed by use. */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_PEOPLE_H
#define SP_TRANSFORMS_PROJECT_DEMAND_PEOPLE_H

#include "core/real.h"
#include "transforms/project/demand/services.h"
#include "transforms/project/population/draws.h"

/** Days are 1 January: first_year, first_year + 1, ...; day `base_day` is the first of the
 * projection, days before it are facts. */
typedef struct {
    gsize n_kommuner, n_services, n_days, base_day;
    int first_year;
    char **codes;  /* [u] byte order, NULL-terminated */
    double *heads; /* [u][d] persons; 0 where the day has no figures of the kommune, or, before the
                      base, lacks one of an age that other kommuner have */
    guint *n_ages; /* [u][d] ages and sexes with a number */
    gboolean *has_rows; /* [u][d] the table has the kommune that day */
    /* [k][u][d] persons x use, those below SP_ELDERLY_AGE and those at or over it. */
    double *younger, *elderly;
    double *bands;  /* [u][d][b] persons by the caller's groups; past days are 0 */
    guint8 *status; /* [k][u][d] SP_PRESENT, or the strongest status among the ages that use it */
} SpPeople;

/** Use on the days of a projection, of which later ones may differ: [k][n_later][2][SP_N_AGES] from
 * the base on. Days before the base have the base's. */
typedef struct {
    gsize n_services, n_later;
    const double *use;
} SpUsePath;

/** The years of the rows: the base (its first period) and the number of days from there on.
 * SP_ERROR_DATA when the table has no kommune or no 1 January. */
gboolean sp_people_days(const SpTable *population, int *base, gsize *n_days, GError **error);

/**
 *   population   `framskriving_befolkning`; its kommuner are those of the result
 *   folkemengde  facts, of which days before the base are read; NULL: there is no past
 *   first_year   of the past, at most the base
 *   use          of n_services services; n_later as sp_people_days says
 *   groups       of persons, for `bands`
 *
 * Men and women together (kjonn 0) count only on a past day that has not the two apart, with the
 * mean of the sexes' use. Regions above kommuner, age bands and days that are not 1 January are
 * passed over. A kommune without rows on a day from the base on is missing there. SP_ERROR_DATA as
 * sp_people_days, on a missing column, and when a whole day between the base and the last is
 * missing.
 */
SpPeople *sp_people_new(const SpTable *population, const SpTable *folkemengde, int first_year,
                        const SpUsePath *use, const SpPersonGroups *groups, GError **error);
void sp_people_free(SpPeople *people);

/** Lets a service follow the people of the next 1 January: what was of a day is of the one before
 * it, with its status. The last day, and one before a day that is not known, keep their own. */
void sp_people_take_next(SpPeople *people, gsize service);

/** [u][d] of one service: below and at SP_ELDERLY_AGE, each times a factor, summed into
 * `by_age`. */
void sp_people_by_age(const SpPeople *people, gsize service, double younger, double elderly,
                      double by_age[]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPeople, sp_people_free)

#endif
