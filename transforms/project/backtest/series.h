/** The series that forecasts are judged on, and what happened to them. */
#ifndef SP_TRANSFORMS_PROJECT_BACKTEST_SERIES_H
#define SP_TRANSFORMS_PROJECT_BACKTEST_SERIES_H

#include "core/table.h"
#include "transforms/project/population/bands.h"

/** The series of persons by age band; all others are of care. */
#define SP_SERIES_POPULATION "befolkning"
/** The group of a series that has no parts. */
#define SP_GROUP_ALL "alle"

typedef struct {
    const char *name; /* borrowed from the table of series, as are the rest */
    const char *table, *measure;
    const char *unit;   /* "persons" or "aarsverk" */
    const char *filter; /* rows of the table that count (rowfilter.h) */
    const char *simple; /* the forecaster that is the simple rule of the series */
    char *
        *chain; /* levels that the series stands on, "SERIES=GROUP" or "SERIES", itself last; empty:
                     its errors are not parted */
    gboolean is_population;
    gboolean is_count; /* of persons: chance is Poisson */
    gsize n_groups;
    /* [n_groups] bands of the population, and the parting of ages they are sums of; NULL for the
     * others. */
    const SpAgeBand *bands;
    const SpPersonGroups *groups;
} SpSeries;

/**
 * SpSeries from the table of config/framskriving/treffsikkerhet.csv; free with g_array_unref. Those
 * whose table is not among `tables` are left out.
 *
 *   list    code columns serie, tabell, maal, filter ("yrke=sykepleier/spesialsykepleier" or ""),
 *           enhet, enkel, kjede
 *   bands   of the population; borrowed for the life of the series
 * SP_ERROR_DATA on a missing column, SP_ERROR_CONFIG on a filter or unit of another form.
 */
GArray *sp_series_new(const SpTable *list, const SpTables *tables, const SpAgeBands *bands,
                      GError **error);

/** The code of a group: the band's, or SP_GROUP_ALL. */
const char *sp_series_group(const SpSeries *series, gsize group);

/** Kommuner and years (1 January) that figures are wanted of. */
typedef struct {
    gsize n_units;
    const char *const *units; /* [n_units] in byte order */
    int first_year;
    gsize n_years;
} SpSeriesPlaces;

gsize sp_series_place(const SpSeries *series, const SpSeriesPlaces *places, gsize unit, gsize group,
                      gsize year);

/**
 * Figures of a series as they stand in a table; a figure of a period is of the 1 January by which
 * it is over (sp_as_of_year).
 *
 *   out  [n_units][n_groups][n_years], missing where the table has no row. A band is the sum of its
 *        ages and sexes, missing when one is; men and women together (kjonn 0, or no such column)
 *        count where the two apart are not whole.
 *        Where the filter asks for several codes of a column ('/'), rows of a kommune and year that
 *        differ in that column alone add up.
 * SP_ERROR_DATA on a missing column; else SP_ERROR_CONFIG when two other rows are of one kommune
 * and year: the series needs a filter.
 */
gboolean sp_series_read(const SpSeries *series, const SpTables *tables,
                        const SpSeriesPlaces *places, SpReal out[], GError **error);

/** Some rows of a table. */
typedef struct {
    gboolean (*keep)(const SpTable *table, gsize row, gconstpointer data);
    gconstpointer data; /* for `keep` */
} SpKeptRows;

/** Sums by band as sp_series_read, of those rows of a table that are kept (NULL: all). The table's
 * ages may be single years or bands that lie within ours. */
gboolean sp_band_sums(const SpTable *table, const SpSeries *series, const SpSeriesPlaces *places,
                      const SpKeptRows *kept, SpReal out[], GError **error);

#endif
