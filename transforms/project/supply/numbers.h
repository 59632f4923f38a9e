/** Yearly numbers of one profession from a table. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_NUMBERS_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_NUMBERS_H

#include "core/table.h"

enum { SP_N_PAST_YEARS = 16 };

/** Which rows: those of the profession that the filter means, and of an age if it is not NULL. */
typedef struct {
    const char *profession; /* code of column profesjon */
    const char *rows;       /* rowfilter.h */
    const char *measure;
    const char *age; /* NULL, or a code of column alder */
} SpNumbersOf;

/** Sums of the country by calendar year, the last one the year before the base. */
typedef struct {
    int first;
    double persons[SP_N_PAST_YEARS]; /* NAN where there is no figure */
} SpNumbers;

/**
 * Rows of region 0 are the country; without any, all rows are added. A period counts in the year it
 * ends (school year 2023/24 in 2024, 31 December 2023 in 2023). A row without a figure adds
 * nothing.
 *
 *   table  with columns region, profesjon, period and those named; NULL gives no year
 * SP_ERROR_DATA on a missing column, SP_ERROR_CONFIG on a filter of another form.
 */
gboolean sp_numbers_read(const SpTable *table, const SpNumbersOf *of, int base, SpNumbers *numbers,
                         GError **error);

/** How many years have a figure; the newest (oldest) of them, 0 if none. */
gsize sp_numbers_known(const SpNumbers *numbers);
int sp_numbers_newest(const SpNumbers *numbers);
int sp_numbers_oldest(const SpNumbers *numbers);
/** NAN for a year without. */
double sp_numbers_at(const SpNumbers *numbers, int year);
/** Mean of the newest `n` years that have a figure; NAN if none. */
double sp_numbers_recent(const SpNumbers *numbers, gsize n);
/** Relative standard deviation of a year around a line through the years: a trend is no chance.
 * What is assumed counts as in steps.h, and is all there is with two years or fewer. */
double sp_numbers_sd(const SpNumbers *numbers, double assumed);

#endif
