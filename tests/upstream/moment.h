/** The clock of the fake: a time that only moves when it is told to, seen in UTC and in Oslo. */
#ifndef SP_TESTS_UPSTREAM_MOMENT_H
#define SP_TESTS_UPSTREAM_MOMENT_H

#include "tests/upstream/faults.h"

/** What a table's shape and figures depend on besides its description. */
typedef struct {
    gint64 now; /* seconds since 1970, UTC */
    const FakeFaults *faults;
} FakeMoment;

/** "2026-03-16T06:30:00Z", or Oslo time when it has no Z: "2026-03-16T07:30:00", "2026-03-16" (its
 * noon). FALSE when it is none of these. */
gboolean fake_time_parse(const char *text, gint64 *time);
/** "2026-03-16T06:30:00Z". g_free. */
char *fake_time_format(gint64 time);
/** A time by GDateTime's format, on Oslo's clock. g_free. */
char *fake_time_format_oslo(gint64 time, const char *format);
/** Hour of the day in Oslo, 0-23. */
int fake_oslo_hour(gint64 time);

#endif
