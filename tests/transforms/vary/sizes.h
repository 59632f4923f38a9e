/** The sizes that kommuner have. */
#ifndef SP_TESTS_TRANSFORMS_VARY_SIZES_H
#define SP_TESTS_TRANSFORMS_VARY_SIZES_H

#include "tests/check.h"

#include "core/number.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

enum { SIZES_KOMMUNER = 357 };

/** Persons on 1 January 2024, from the shared reference data; without it, sizes of the same spread
 * (quantiles of a log-normal distribution with median 5 200 and sd 1.2 of the logarithm), so that
 * the claim is tested anywhere. */
static inline void kommune_sizes(double size[SIZES_KOMMUNER])
{
    g_autofree char *folder = shared_folder();
    g_autofree char *path =
        folder != NULL ? g_build_filename(folder, "kommuner-2024", "kommuner_2024.csv", NULL)
                       : NULL;
    g_autofree char *text = NULL;
    if (path == NULL || !g_file_get_contents(path, &text, NULL, NULL)) {
        for (int i = 0; i < SIZES_KOMMUNER; i++) {
            size[i] = 5200.0 * exp(1.2 * gsl_cdf_ugaussian_Pinv((i + 0.5) / SIZES_KOMMUNER));
        }
        return;
    }
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (int i = 0; i < SIZES_KOMMUNER; i++) {
        const char *last = strrchr(lines[i + 1], ',') + 1;
        assert_true(sp_number_parse(last, strcspn(last, "\r"), sp_number_plain, &size[i]));
    }
}

#endif
