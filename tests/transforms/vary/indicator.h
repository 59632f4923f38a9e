/** Table indikatorverdi of a small catalogue and small facts. */
#ifndef SP_TESTS_TRANSFORMS_VARY_INDICATOR_H
#define SP_TESTS_TRANSFORMS_VARY_INDICATOR_H

#include "tests/core/rows.h"
#include "tests/transforms/vary/tables.h"

#include "transforms/vary/indicator.h"

#define POPULATION "folkemengde.innbyggere@+1"

/** Takes the catalogue. Table `trukket` holds a draw of the persons. NULL with error. */
static inline SpTable *run(const SpTables *in, SpTable *catalogue, SpQuality *quality,
                           GError **error)
{
    g_autoptr(SpTable) owned = catalogue;
    g_autoptr(GPtrArray) indicators = sp_indicators_read(owned, error);
    static const char *const samples[] = {"trukket", NULL};
    const SpIndicatorLimits limits = {.least_persons = 25.0,
                                      .least_aarsverk = 10.0,
                                      .samples = samples,
                                      .hidden = {5.0, 10.0},
                                      .most_hidden = 0.6};
    return indicators != NULL ? sp_indikatorverdi(in, indicators, &limits, quality, error) : NULL;
}

static inline SpTable *run_well(const SpTables *in, SpTable *catalogue, SpQuality *quality)
{
    g_autoptr(GError) error = NULL;
    SpTable *table = run(in, catalogue, quality, &error);
    assert_no_error(error);
    return table;
}

#endif
