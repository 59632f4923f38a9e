/** The table `helsepersonell` as arrays: who has which education, where they live, and their
 * sector. docs/profiles/helsepersonell.md. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_PERSONNEL_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_PERSONNEL_H

#include "transforms/project/supply/education.h"
#include "transforms/project/supply/markets.h"
#include "transforms/project/supply/sectors.h"
#include "transforms/project/supply/ungroup.h"

typedef struct {
    gsize n_professions;
    gsize n_markets;
    gsize n_bands;
    SpWorkBand *bands; /* [n_bands] places from 15 on, rising, not overlapping */
    int newest;        /* year of the newest 4th quarter before the base */
    gsize n_years;     /* years in a row up to the newest, at most 6 */
    /* [n_markets][n_professions][SP_N_SECTORS][2][n_bands] of the newest year. Those of a part
     * (spesialsykepleier) are counted in the whole (sykepleier) too. */
    double *persons;
    double *aarsverk;
    /* [n_years][n_professions][2][n_bands] of the country, all sectors; oldest year first */
    double *national;
} SpPersonnel;

/**
 * Reads what was counted before 1 January `base`; the newest year gives the stock of the 1 January
 * after it.
 *
 *   table  `helsepersonell`: region (kommune of residence), yrke, sektor, alder (bands or single
 *          ages), kjonn, period (year) · sysselsatte, aarsverk
 *
 * NULL without an error when supply cannot be projected, with the finding that says why:
 * "no_personnel" (no year before the base, or nobody with a figure), "no_participation" (no row of
 * sector ikke_i_arbeid: the share in work is not known). Other findings: "personnel_hidden" (cells
 * without a figure count as nobody), "personnel_elsewhere" (kommuner that are not projected),
 * "ages_missing" (ages between two bands that no row is of), "band_missing" (by profession: a sex
 * and band with nobody in the whole country in a year, where SP_LEAST_BAND or more would be between
 * those younger and older; nobody is taken to be of it), "old_personnel" (the stock is more than a
 * year older than the base).
 * SP_ERROR_DATA on a missing column, an age that is none, bands that overlap, a figure below 0.
 */
#define SP_LEAST_BAND 10.0 /* nobody where so many are expected is no chance; antatt */
SpPersonnel *sp_personnel_new(const SpTable *table, const SpEducation *education,
                              const SpMarkets *markets, SpQuality *quality, GError **error);
void sp_personnel_free(SpPersonnel *personnel);

/** [2][n_bands] of persons or aarsverk. Borrowed. */
static inline double *sp_personnel_at(const SpPersonnel *personnel, double *figures, gsize market,
                                      gsize profession, gsize sector)
{
    gsize place = (market * personnel->n_professions + profession) * SP_N_SECTORS + sector;
    return &figures[place * 2 * personnel->n_bands];
}

/** [2][n_bands] of the country in year `i` of n_years. Borrowed. */
static inline double *sp_personnel_national(const SpPersonnel *personnel, gsize i, gsize profession)
{
    gsize place = i * personnel->n_professions + profession;
    return &personnel->national[place * 2 * personnel->n_bands];
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPersonnel, sp_personnel_free)

#endif
