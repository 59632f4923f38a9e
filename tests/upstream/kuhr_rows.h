/** The rows of open KUHR data: claims by period, region, tariff and practice. */
#ifndef SP_TESTS_UPSTREAM_KUHR_ROWS_H
#define SP_TESTS_UPSTREAM_KUHR_ROWS_H

#include "tests/upstream/lists.h"
#include "tests/upstream/world.h"

/** The register: lists of kuhr.ini. */
typedef struct {
    GPtrArray *areas;     /* code, text */
    GPtrArray *practices; /* code, text */
    GPtrArray *tariffs;   /* code, claims per inhabitant, kroner */
    gint64 first_year;
    gint64 last_year;
} FakeKuhr;

FakeKuhr *fake_kuhr_read(const char *folder);
void fake_kuhr_free(FakeKuhr *kuhr);

typedef struct {
    gboolean is_month;
    gsize level; /* digits of a region's code: 0 the country, 2 fylke, 4 kommune */
    const char *area;
    gint64 from; /* 2018, or 201805 */
    gint64 to;
    char **tariffs; /* empty: all */
    char **regions;
    char **practices;
} FakeKuhrQuestion;

typedef struct {
    gint64 period;
    const char *region;
    const char *tariff;
    const char *practice;
    const char *practice_text;
    gint64 claims;
    gint64 kroner; /* all of them */
} FakeKuhrRow;

/** FakeKuhrRow, texts borrowed from the register and the country. By kommune and year only tariffs
 * with more than 5 claims, by kommune and month only kommuner above 10 000: a missing row is not
 * zero. Unref. */
GArray *fake_kuhr_rows(const FakeKuhr *kuhr, const FakeCountry *country,
                       const FakeKuhrQuestion *question);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(FakeKuhr, fake_kuhr_free)

#endif
