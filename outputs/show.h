/**
 * The catalogue of published tables, config/tables.csv: one row a table, in the order in which they
 * stand in packages.
 *
 *   name          name of the table
 *   theme         the page of the report that tells of it (texts "theme.THEME")
 *   source, bands, rollup  how protect makes it (transforms/protect/assemble.h)
 *   xlsx, html    how a format for people shows it: yes, no (its CSV alone), bands (yes, unless
 *                 its ages are single years), years:N/M (yes, with every year to the first + N,
 *                 then those that M divides, and the last), definitions (on the page of
 *                 definitions); with " own" behind, a page tells of the package's region and the
 *                 country alone, since the newest of its periods is years ahead
 *   national      rows that the country's package holds: kommuner (all) or fylker (those of
 *                 kommuner are left out)
 *   columns       its code columns and measures in order, parted by '|'; a measure is NAME=UNIT,
 *                 one without unit NAME=, one that the stage may leave out (intervals, when nothing
 *                 is drawn) ?NAME=UNIT (checked by protect)
 *   shown         units that readers see in the place of those, NAME=UNIT parted by '|';
 *                 "indikator" is the unit of the row's indicator, "indikator som publisert" that of
 *                 figures that are percent already, "indikator endring" that of a change,
 *                 "andel eller svar" a share that of a kommune is its answer
 *                 (outputs/units.h)
 *   overview      its figures at the top of the report (outputs/overview.h)
 *   note          for maintainers
 */
#ifndef SP_OUTPUTS_SHOW_H
#define SP_OUTPUTS_SHOW_H

#include "outputs/output.h"

typedef enum { SP_SHOW_NO, SP_SHOW_YES, SP_SHOW_DEFINITIONS } SpShow;

/**
 * How `format` ("xlsx", "html") shows a table; "bands" is decided by the ages that the table's rows
 * have. A table that the catalogue does not list lies in its CSV alone. SP_ERROR_CONFIG for any
 * other word, naming table, column and the words allowed.
 */
gboolean sp_show_find(const SpTable *catalogue, const SpTable *table, const char *format,
                      SpShow *show, GError **error);

/** TRUE of a table of which a page tells the package's region and the country alone. */
gboolean sp_show_is_own(const SpTable *catalogue, const SpTable *table, const char *format);

/** Which years of a table a format shows. */
typedef struct {
    gint64 first;  /* year of the table's first period */
    gint64 last;   /* of its last */
    gint64 single; /* every year to first + single */
    gint64 step;   /* then those that this divides; 0: all */
} SpShowYears;

/** All years, where the catalogue does not say "years:N/M" or the table has no column `period`. */
void sp_show_years(const SpTable *catalogue, const SpTable *table, const char *format,
                   SpShowYears *years);
/** The years of the table's rows that are not shown, "2032–2034, 2036–2039"; "" where all are.
 * g_free. */
char *sp_show_left_out(const SpShowYears *years, const SpTable *table);
/** TRUE of a period that is shown; of one that is none too. */
gboolean sp_show_has_year(const SpShowYears *years, const char *period);

#endif
