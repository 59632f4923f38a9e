/** The Scottish lip cancer areas of golden set 05 through the stage's function, as kommuner. */
#ifndef SP_TESTS_TRANSFORMS_VARY_LIP_H
#define SP_TESTS_TRANSFORMS_VARY_LIP_H

#include "tests/transforms/vary/golden.h"
#include "tests/transforms/vary/variation.h"

static inline char *lip_code(gsize area)
{
    return g_strdup_printf("%04" G_GSIZE_FORMAT, area + 1);
}

/* E is taken as it is, and no least E leaves an area out of the SCV. */
static inline Made lip_make(const char *folder)
{
    double observed[GOLDEN_AREAS];
    double expected[GOLDEN_AREAS];
    SpVariationForm as_golden = form;
    SpTable *values = values_new();
    SpTable *regions = tables_region(NULL, 0);
    golden_areas(folder, observed, expected);
    for (gsize i = 0; i < GOLDEN_AREAS; i++) {
        g_autofree char *code = lip_code(i);
        add_value(values, "antall", code, (Rate){sp_real(observed[i]), 1e5, 1000.0},
                  sp_real(expected[i]));
        TABLES_ADD_INDICATOR(regions, code, "kommune");
    }
    as_golden.scv_minimum_expected = 0.0;
    return make_form(values, regions, &as_golden);
}

#endif
