/** A small country, 2020-2024, for tests of the whole model: five kommuner in two fylker. */
#ifndef SP_TESTS_TRANSFORMS_PROJECT_POPULATION_SMALL_H
#define SP_TESTS_TRANSFORMS_PROJECT_POPULATION_SMALL_H

#include "tests/transforms/project/fixture.h"

#include "transforms/project/population/population.h"

enum { SMALL_BASE = 2024, SMALL_N = 5 };

static const struct {
    const char *code, *fylke, *class;
    double size, growth;
} small_kommuner[SMALL_N] = {{"1101", "11", "S3", 400, 1.01},
                             {"1103", "11", "S1", 3000, 1.02},
                             {"1505", "15", "S5", 50, 0.97},
                             {"1506", "15", "S3", 600, 1.00},
                             {"1511", "15", "S6", 0, 1.0}};

static inline SpTables *small_country(void)
{
    SpTables *in = sp_tables_new();
    SpTable *folkemengde = fixture_folkemengde(), *region = fixture_region();
    for (gsize i = 0; i < SMALL_N; i++) {
        fixture_add_region(region, small_kommuner[i].code, small_kommuner[i].fylke,
                           small_kommuner[i].class);
        for (int year = 2020; year <= SMALL_BASE; year++) {
            double size = small_kommuner[i].size * pow(small_kommuner[i].growth, year - 2020);
            /* A little from year to year, so that noise can be seen. */
            fixture_add_kommune(folkemengde, small_kommuner[i].code, year,
                                floor(size * (1 + 0.01 * (double)((year * 7 + (int)i * 3) % 3))));
        }
    }
    sp_tables_add(in, folkemengde);
    sp_tables_add(in, region);
    sp_tables_add(in, fixture_smooth_deaths(2005, 2023, 0.015));
    sp_tables_add(in, fixture_flat_births(2018, 2022, 0.08));
    return in;
}

static inline SpPopulationModel *small_model(const SpTables *in, const SpPopulationOptions *options,
                                             SpQuality *quality)
{
    g_autoptr(GError) error = NULL;
    SpPopulationModel *model = sp_population_model_new(in, options, quality, &error);
    assert_no_error(error);
    return model;
}

static inline SpPopulationOptions small_options(int horizon)
{
    SpPopulationOptions options;
    sp_population_options_init(&options, SMALL_BASE, horizon);
    return options;
}

/** The model's path to its horizon; g_free. */
static inline SpPersons *small_path(const SpPopulationModel *model, SpQuality *quality)
{
    gsize n_days = (gsize)(model->options.horizon - model->options.base) + 1;
    SpPersons *persons = g_new(SpPersons, model->history->n_regions * n_days);
    sp_population_project(model, n_days, persons, quality);
    return persons;
}

static inline double small_sum(const SpPersons *persons)
{
    double sum = 0;
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        for (guint age = 0; age < SP_N_AGES; age++) {
            sum += persons->count[sex][age];
        }
    }
    return sum;
}

#endif
