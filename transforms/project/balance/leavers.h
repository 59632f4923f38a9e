/** Staff and leavers by region, profession, age band and interval, as arrays. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_LEAVERS_H
#define SP_TRANSFORMS_PROJECT_BALANCE_LEAVERS_H

#include "core/table.h"
#include "transforms/project/balance/turnover.h"

/** 0 where there is no observation: staff and leavers of such a cell are both left out. */
typedef struct {
    gsize country; /* place of the country, after the kommuner */
    gsize all;     /* place of all professions, after the professions */
    gsize n_bands; /* age bands, byte order */
    gsize n_years; /* intervals that have ended on the day of the base, byte order */
    double *staff; /* [country + 1][all + 1][n_bands][n_years] persons on the first day */
    double *left[SP_N_EXITS]; /* the same places: persons who had left a year later */
    double *persons;          /* [all + 1] of the country, newest day before the base */
    double *aarsverk;         /* the same */
} SpLeavers;

/** Arguments as sp_turnover_new. SP_ERROR_DATA when a column is not there. */
SpLeavers *sp_leavers_new(const SpTable *table, char *const regions[], gsize n_regions,
                          char *const yrker[], gsize n_yrker, const char *base, GError **error);
void sp_leavers_free(SpLeavers *leavers);

static inline gsize sp_leavers_place(const SpLeavers *leavers, gsize region, gsize yrke, gsize band,
                                     gsize year)
{
    gsize pair = region * (leavers->all + 1) + yrke;
    return (pair * leavers->n_bands + band) * leavers->n_years + year;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpLeavers, sp_leavers_free)

#endif
