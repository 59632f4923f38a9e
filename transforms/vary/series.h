/** Figures of one indicator over time: of a kommune, or of several together. */
#ifndef SP_TRANSFORMS_VARY_SERIES_H
#define SP_TRANSFORMS_VARY_SERIES_H

#include "transforms/vary/country.h"

/** The periods of an indicator that make points of a series, in order of time. */
typedef struct {
    gsize n;
    const SpSheet **sheet;   /* [n] borrowed */
    double *first, *last;    /* [n] years with decimals: where the period begins and ends */
    gboolean *is_break;      /* [n] of it, or of a period since the point before, more than half as
                              many figures as the best period has are flagged b: a table names the
                              break */
    const GPtrArray *sheets; /* every period, also those that make no point; borrowed */
    gsize *point; /* [sheets->len] the point that each makes, or the one that follows it; n: none */
} SpTimes;

/**
 * Of the sheets (SpSheet*, by sp_country_sheets) those that at least `share` (0-1) as many kommuner
 * have as have the best; of parts of years those of the newest's season alone, since seasons differ
 * every year; and of periods that share data those that lie apart (sp_trend_apart); of intervals
 * the one may begin on the day that the other ends on. The sheets are borrowed for its life.
 */
SpTimes *sp_times_new(const GPtrArray *sheets, double share);
void sp_times_free(SpTimes *times);

typedef struct {
    gsize n;             /* points, in order of time */
    const char **period; /* [n] borrowed, and so on */
    double *time;        /* years with decimals: the middle of the period */
    double *value;       /* in the unit of verdi */
    double *observed;    /* teller as in SpSheet, 0 where the source gives the ratio alone */
    double *population;  /* nevner, 1 without one */
    guint8 *flags;       /* SpFlags of all figures in it, or-ed */
    gsize breaks;        /* the newest point that a break stands before; 0 for none */
    gsize previous;      /* the one that the break before that stands before; 0 for none */
    gsize n_seen;        /* periods up to the last point */
    gsize n_kommuner;    /* that the series is of */
    gboolean is_own;     /* the figures are the source's own of the country */
} SpSeries;

/** The points of one kommune: the periods in which it enters. A break stands before a point where
 * its figure of the period, or of one passed over since the point before, is flagged b, and where
 * is_break is true of one of these. */
SpSeries *sp_series_of_kommune(const SpTimes *times, gsize kommune);

/**
 * Several kommuner together: Σ verdi · nevner / Σ nevner over those that enter in every period, so
 * that none comes or goes on the way; a break stands where is_break, or where those with a break of
 * their own have more than half of their nevner. No points when they are fewer than `share` (0-1)
 * of the members, or none.
 *
 *   is_member [n of the country]
 */
SpSeries *sp_series_of_members(const SpTimes *times, gsize n, const gboolean is_member[],
                               double share);

/** The country: its own figures where its source gives them in every period, with breaks as of all
 * kommuner together; else all kommuner together, as above. */
SpSeries *sp_series_of_country(const SpTimes *times, gsize n, double share);
void sp_series_free(SpSeries *series);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpTimes, sp_times_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSeries, sp_series_free)

#endif
