/** The series of golden/15_trend. */
#ifndef SP_TESTS_TRANSFORMS_VARY_TREND_SERIES_H
#define SP_TESTS_TRANSFORMS_VARY_TREND_SERIES_H

#include "tests/transforms/vary/golden.h"

enum { YEARS = 12 };
typedef struct {
    double year[YEARS], count[YEARS], population[YEARS];
} Series;

/** Its expected figures, to be freed with g_ptr_array_unref. */
static inline GPtrArray *series_read(const char *folder, Series *series)
{
    g_autoptr(GPtrArray) input = golden_read(folder, "15_trend/input.csv");
    assert_int_equal(input->len, YEARS + 1);
    for (guint i = 0; i < YEARS; i++) {
        series->year[i] = golden_number(input, i + 1, 0);
        series->count[i] = golden_number(input, i + 1, 1);
        series->population[i] = golden_number(input, i + 1, 2);
    }
    return golden_read(folder, "15_trend/expected.csv");
}

#endif
