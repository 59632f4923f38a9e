/**
 * Periods of figures. The text is the code: it is what stands in tables and it sorts by time within
 * its kind.
 *
 *   date         2024-01-01               a stock on that day
 *   year         2024                     a flow, or a mean over the year
 *   half-year    2024H1
 *   quarter      2024K1
 *   month        2024M07
 *   school year  2023/24                  1 August to 31 July
 *   interval     2022-12-01--2023-12-01   from one day to a later one, both stock dates
 *   moving mean  2021-2024                whole years, both included, the second one later
 *
 * Years are those from 1000 to 9999 in the Gregorian calendar.
 */
#ifndef SP_CORE_PERIOD_H
#define SP_CORE_PERIOD_H

#include <glib.h>

typedef enum {
    SP_PERIOD_DATE,
    SP_PERIOD_YEAR,
    SP_PERIOD_HALF_YEAR,
    SP_PERIOD_QUARTER,
    SP_PERIOD_MONTH,
    SP_PERIOD_SCHOOL_YEAR,
    SP_PERIOD_INTERVAL,
    SP_PERIOD_MOVING_MEAN,
} SpPeriodKind;

/** A day as 20240101: compares as a number. */
typedef gint32 SpDay;

typedef struct {
    SpPeriodKind kind;
    SpDay first; /* first day */
    SpDay last;  /* last day, included */
} SpPeriod;

/** FALSE (`period` untouched) when the text is none of the forms above or holds a day that does not
 * exist. */
gboolean sp_period_parse(const char *text, SpPeriod *period);

/** "2024-01-01" to a day; FALSE (`day` untouched) if it is not a day of the calendar. */
gboolean sp_day_parse(const char *text, SpDay *day);
/** A day as "2024-01-01", in `buffer`. */
enum { SP_DAY_SIZE = 16 };
const char *sp_day_format(SpDay day, char buffer[SP_DAY_SIZE]);
/** The year of a day, and the day before it in the calendar. */
int sp_day_year(SpDay day);
SpDay sp_day_before(SpDay day);
/** The year that is told of a projection from the year it starts in, wherever one year must stand
 * for all: the last round year (divided by SP_TOLD_STEP) that is at most SP_TOLD_YEARS later. It is
 * among those that pages and workbooks show of long tables (docs/methods/headline.md). */
#define SP_TOLD_YEARS 10
#define SP_TOLD_STEP 5
int sp_told_year(int base);
/** Days from one to the other, never negative. */
gint64 sp_day_distance(SpDay a, SpDay b);

/** A moment as seconds since 1970, in UTC: "2025-03-01T02:03:04Z". g_free. */
char *sp_time_format(gint64 seconds);
/** Such a text, or another of ISO 8601 (UTC if it names no zone), to seconds; FALSE (`seconds`
 * untouched) if it is none. */
gboolean sp_time_parse(const char *text, gint64 *seconds);

#endif
