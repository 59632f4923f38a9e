/** The small KLASS, a quality report and an error, made and cleared for each test. */
#ifndef SP_TESTS_TRANSFORMS_NORMALISE_FIXTURE_H
#define SP_TESTS_TRANSFORMS_NORMALISE_FIXTURE_H

#include "tests/transforms/normalise/facts.h"

typedef struct {
    SpRegions *regions;
    SpQuality *quality;
    GError *error;
} Fixture;

static inline int setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);
    fixture->regions = small_regions();
    fixture->quality = sp_quality_new();
    *state = fixture;
    return 0;
}

static inline int teardown(void **state)
{
    Fixture *fixture = *state;
    sp_regions_free(fixture->regions);
    sp_quality_free(fixture->quality);
    g_clear_error(&fixture->error);
    g_free(fixture);
    return 0;
}

#endif
