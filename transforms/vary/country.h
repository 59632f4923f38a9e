/** What tables that set kommuner side by side read: the kommuner, the groups they are in, and their
 * figures by indicator and period. */
#ifndef SP_TRANSFORMS_VARY_COUNTRY_H
#define SP_TRANSFORMS_VARY_COUNTRY_H

#include "core/period.h"
#include "transforms/vary/areas.h"

/** Groups that are given, each an attribute of table `region`. */
typedef enum {
    SP_GROUPING_KOSTRA,
    SP_GROUPING_CENTRALITY,
    SP_GROUPING_FYLKE,
    SP_N_GROUPINGS
} SpGrouping;

typedef struct {
    gsize n;                            /* kommuner */
    const char **kommune;               /* [n] codes in byte order, borrowed from table `region` */
    const char **group[SP_N_GROUPINGS]; /* [n] code, "" for none; borrowed likewise */
    const SpTable *catalogue;           /* table `indikator`, borrowed as the next two */
    const SpTable *values;              /* table `indikatorverdi` */
    const SpTable *regions;
    GPtrArray *indicators; /* SpIndicator*, by sp_indicators_read; minimum_change decided */
    GPtrArray *areas;      /* SpAreas*, by sp_areas_collect */
    GHashTable *place;     /* see sp_country_place */
} SpCountry;

/**
 * Of tables indikator, indikatorverdi and region, which are borrowed for its life. Regions that are
 * no kommuner take no part; that is told where the variation is measured. Errors: SP_ERROR_NO_INPUT
 * for a table that is not there, those of sp_indicators_read and sp_areas_collect. The caller
 * frees.
 */
SpCountry *sp_country_new(const SpTables *in, GError **error);
void sp_country_free(SpCountry *country);

/** Number of a kommune; FALSE, `place` untouched, if the country has none of that code. */
gboolean sp_country_place(const SpCountry *country, const char *kommune, gsize *place);

/** The count that tells of a kommune's size: an indicator of the catalogue. */
#define SP_COUNTRY_INHABITANTS "pop_inhabitants"

/** Inhabitants of each kommune [n] in the newest period that some kommune has them; missing where
 * it has none there. SP_ERROR_DATA when table `indikatorverdi` lacks a column. g_free. */
SpReal *sp_country_inhabitants(const SpCountry *country, GError **error);

/** Whether an indicator of the catalogue has this theme. */
gboolean sp_country_has_theme(const SpCountry *country, const char *theme);

/** Figures of one indicator and period in the order of the country's kommuner. */
typedef struct {
    const SpAreas *areas; /* borrowed */
    SpPeriod period;
    SpReal *verdi;     /* [n] missing where the kommune has no row */
    double *weight;    /* [n] nevner, 1 without one; 0 for a kommune that does not enter: without a
                           figure, or counted with its host */
    SpReal *count;     /* [n] teller of those that enter, in its own unit; missing for the others */
    double *teller;    /* [n] in whole units as chance deals them out (sp_areas_unit), of those that
                           enter; 0 for the others and where the source gives the ratio alone */
    const char **host; /* [n] "" for none */
    gsize n_with_figure; /* kommuner that enter */
} SpSheet;

/**
 * The periods of an indicator that can be told by themselves: SpSheet* in byte order of their
 * codes, years pooled left out. Empty when it has none. Owned by the caller (g_ptr_array_unref).
 */
GPtrArray *sp_country_sheets(const SpCountry *country, const char *indicator);

/** The newest of them that at least `share` (0-1) as many kommuner have as have the indicator in
 * its best period: figures are still coming in for a period that few have. NULL of none. */
const SpSheet *sp_country_newest(const GPtrArray *sheets, double share);

/** An empty table as a result of the country: the marks and the edition of its figures. */
SpTable *sp_country_table(const SpCountry *country, const char *name, const SpColumn columns[],
                          gsize n_columns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpCountry, sp_country_free)

#endif
