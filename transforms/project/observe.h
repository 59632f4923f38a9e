/** Figures of kommuner by year, from a table of facts to an array. */
#ifndef SP_TRANSFORMS_PROJECT_OBSERVE_H
#define SP_TRANSFORMS_PROJECT_OBSERVE_H

#include "core/table.h"

/** Which cells of a table are read; all text borrowed. */
typedef struct {
    const char *measure;
    const char *choice; /* which rows (rowfilter.h), "" for all */
    const char *column; /* of codes that part the figures, "" when they are one */
    const char *code;   /* there, more than one parted by '/': they add up */
} SpObserved;

/** Kommuner and years of an array; borrowed. A figure of year y, or of a day in it, stands in cell
 * y - first_year; other years are not read. */
typedef struct {
    gsize n_kommuner, n_years;
    const char *const *codes; /* [n_kommuner] */
    int first_year;
} SpObservedAxes;

/**
 *   figure      [n_kommuner][n_years] written; 0 where there is none. Several rows of a cell add up
 *   is_seen     [n_kommuner][n_years] written: every row of the cell has a number that was counted;
 *               what a source or we modelled tells of the model and not of the kommune. A kommune
 *               and year with rows of other codes and none of this one has nobody: 0, and seen
 *
 * Columns region and period are needed. Errors: as sp_row_filter, SP_ERROR_DATA when a
 * column is not there.
 */
gboolean sp_observe(const SpTable *table, const SpObserved *which, const SpObservedAxes *axes,
                    double figure[], gboolean is_seen[], GError **error);

/**
 * A year in which every figure of the country is 0 is a table that was not filled in yet, not a
 * country without the service: its figures are no longer seen. Their number of years is returned.
 *
 *   figure, is_seen  [n_kommuner][n_years]
 */
guint sp_observed_drop_zero_years(gsize n_kommuner, gsize n_years, const double figure[],
                                  gboolean is_seen[]);

/**
 * The one rule of which years tell of the country. A year is thin when the kommuner seen in it have
 * less than half (antatt) of the people of those seen in the fullest year: the first to report are
 * not the country, however many they are. A table of a part of the country is judged by that part.
 *
 *   is_seen  [n_kommuner][n_years]
 *   heads    [n_kommuner] persons of one day, for all years the same
 *   is_thin  [n_years] written; FALSE where nothing is seen
 */
void sp_observed_find_thin_years(gsize n_kommuner, gsize n_years, const gboolean is_seen[],
                                 const double heads[], gboolean is_thin[]);

/** The newest year that is seen and not thin by that rule; n_years when nothing is seen. */
gsize sp_observed_newest(gsize n_kommuner, gsize n_years, const gboolean is_seen[],
                         const double heads[]);

#endif
