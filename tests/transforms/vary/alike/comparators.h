/** Areas and covariates of golden/14_comparators. */
#ifndef SP_TESTS_TRANSFORMS_VARY_ALIKE_COMPARATORS_H
#define SP_TESTS_TRANSFORMS_VARY_ALIKE_COMPARATORS_H

#include "tests/transforms/vary/golden.h"

#include "transforms/vary/alike/distance.h"

enum { COMPARED = 200, COMPARED_BY = 3 };

/** Distances [COMPARED * COMPARED] between them; input gets the rows, whose column 0 is the
 * area. */
static inline GPtrArray *comparators_read(const char *folder, double distance[])
{
    GPtrArray *input = golden_read(folder, "14_comparators/input.csv");
    g_autofree double *x = g_new(double, (gsize)COMPARED *COMPARED_BY);
    g_autofree double *z = g_new(double, (gsize)COMPARED *COMPARED_BY);
    assert_int_equal(input->len, COMPARED + 1);
    for (guint i = 0; i < COMPARED; i++) {
        for (guint j = 0; j < COMPARED_BY; j++) {
            x[i * COMPARED_BY + j] = golden_number(input, i + 1, j + 1);
        }
    }
    sp_alike_standardise(COMPARED, COMPARED_BY, x, z);
    sp_alike_distances(COMPARED, COMPARED_BY, z, distance);
    return input;
}

#endif
