/** Staff and leavers by region, profession, age band and interval, as arrays. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_LEAVERS_H
#define SP_TRANSFORMS_PROJECT_BALANCE_LEAVERS_H

#include "core/table.h"

/** The two ways of leaving, which nobody does at once: those who leave the kommune's service are
 * the sum of both. */
typedef enum {
    SP_LEFT_SECTOR, /* the municipal sector */
    SP_LEFT_MOVED,  /* the kommune's service for that of another kommune */
    SP_N_LEFT
} SpLeft;

/** 0 where there is no observation: staff and leavers of such a cell are both left out. */
typedef struct {
    gsize country; /* place of the country, after the kommuner */
    gsize n_yrker;
    gsize n_bands;           /* age bands, byte order */
    gsize n_years;           /* intervals that have ended on the day of the base, byte order */
    double *staff;           /* [country + 1][n_yrker][n_bands][n_years] persons on the first day */
    double *staff_aarsverk;  /* the same places: their årsverk; 0 where the table has none */
    double *left[SP_N_LEFT]; /* the same places: persons who had left a year later */
    double *persons;         /* [n_yrker] of the country, newest day until the base */
    double *aarsverk;        /* the same */
} SpLeavers;

/**
 *   table    as sp_turnover_new
 *   regions  [n_regions] kommuner, byte order
 *   yrker    (char*) codes of professions and of groups of them, each once, in any order
 * SP_ERROR_DATA when a column is not there.
 */
SpLeavers *sp_leavers_new(const SpTable *table, char *const regions[], gsize n_regions,
                          const GPtrArray *yrker, const char *base, GError **error);
void sp_leavers_free(SpLeavers *leavers);

static inline gsize sp_leavers_place(const SpLeavers *leavers, gsize region, gsize yrke, gsize band,
                                     gsize year)
{
    gsize pair = region * leavers->n_yrker + yrke;
    return (pair * leavers->n_bands + band) * leavers->n_years + year;
}

/** Persons of a region and profession on the first day of an interval, all ages. */
double sp_leavers_staff(const SpLeavers *leavers, gsize region, gsize yrke, gsize year);

/** Their årsverk; 0 where the table has none. */
double sp_leavers_aarsverk(const SpLeavers *leavers, gsize region, gsize yrke, gsize year);

/** Makes an interval of a region and profession one without observations. */
void sp_leavers_forget(SpLeavers *leavers, gsize region, gsize yrke, gsize year);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpLeavers, sp_leavers_free)

#endif
