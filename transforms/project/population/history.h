/** Past and present population of kommuner as arrays, from the table `folkemengde`. Nothing after
 * the base is read. */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_HISTORY_H
#define SP_TRANSFORMS_PROJECT_POPULATION_HISTORY_H

#include "core/quality.h"
#include "transforms/project/population/rates.h"

/** Persons of one kommune on one day, by sex and age. */
typedef struct {
    double count[SP_N_SEXES][SP_N_AGES];
} SpPersons;

typedef struct {
    int base; /* the year of the last day, 1 January */
    int first_year;
    gsize n_days;       /* base - first_year + 1 */
    gsize n_regions;    /* kommuner with a figure on the base day */
    char **codes;       /* [n_regions] in byte order, NULL-terminated */
    SpPersons *persons; /* [n_regions][n_days]; 0 where there is no figure */
    /* [n_regions][n_days] TRUE where every sex and age has a figure that the source counted. What
     * was modelled (the parts of a kommune that was later split) tells of the model and not of the
     * kommune. */
    gboolean *is_counted;
    /* [n_regions][n_days] TRUE where the source counted every age, but men and women together
     * (sp_history_part_sexes divides them); [n_regions][n_days] those persons by age. */
    gboolean *is_together;
    double (*together)[SP_N_AGES];
    gboolean *is_break; /* [n_regions][n_days] TRUE where a figure is not comparable with the year
                           before */
    SpReal *base_reals; /* [n_regions][2][106] facts of the base day, as in the table or filled */
    guint8 *status; /* [n_regions] SP_PRESENT, or the strongest SpStatus that keeps the kommune from
                       being projected */
} SpHistory;

/** The year of the newest 1 January with kommuner in the table. SP_ERROR_NO_INPUT when there is
 * none. */
gboolean sp_history_newest(const SpTable *table, int *base, GError **error);

/**
 * Reads the base day and at most `n_years` before it.
 *
 *   table  `folkemengde`: region, kjonn, alder, period (date) · innbyggere. Rows of other regions
 * than kommuner, age bands and other days than 1 January are passed over; both sexes together
 * (kjonn 0) count only on a day before the base that has not the two apart. A cell of the base day
 * that is not in the table counts as missing: few are filled (holes.h), else the kommune is not
 * projected (finding "base_incomplete"). SP_ERROR_NO_INPUT when the base day has no kommuner;
 * SP_ERROR_DATA on a missing column or persons below 0.
 */
SpHistory *sp_history_new(const SpTable *table, int base, guint n_years, SpQuality *quality,
                          GError **error);
void sp_history_free(SpHistory *history);

/** Persons of a kommune on 1 January of a year of the history. */
const SpPersons *sp_history_persons(const SpHistory *history, gsize region, int year);
/** TRUE if the year beginning at `year` has counted figures of the kommune at both ends. */
gboolean sp_history_has_interval(const SpHistory *history, gsize region, int year);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpHistory, sp_history_free)

#endif
