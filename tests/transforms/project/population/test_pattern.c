/* A student town on a made-up country: its age pattern is kept for as long as the projection runs.
 */
#include "tests/transforms/project/fixture.h"

#include "transforms/project/population/population.h"

/* A made-up country that stands still, of which one kommune has students: half as many again at
 * 20-27, who come at 19 and leave at 27. */
static SpTables *make_country_with_students(void)
{
    SpTables *in = sp_tables_new();
    SpTable *folkemengde = fixture_folkemengde(), *region = fixture_region();
    static const char *const codes[] = {"1101", "1103", "1106", "1505", "1506", "1511"};
    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
        fixture_add_region(region, codes[i], i < 3 ? "11" : "15", "");
        for (int year = 2019; year <= 2024; year++) {
            for (guint cell = 0; cell < SP_N_SEXES * SP_N_AGES; cell++) {
                guint age = cell % SP_N_AGES;
                gboolean is_student = i == 0 && age >= 20 && age < 28;
                fixture_add_persons(folkemengde, codes[i], cell / SP_N_AGES, age, year,
                                    sp_real(is_student ? 1500
                                            : age < 90 ? 1000
                                                       : 100));
            }
        }
    }
    sp_tables_add(in, folkemengde);
    sp_tables_add(in, region);
    sp_tables_add(in, fixture_smooth_deaths(2005, 2023, 0.0));
    sp_tables_add(in, fixture_flat_births(2018, 2022, 0.08));
    return in;
}

static SpPopulationModel *make_model(const SpTables *in, SpQuality *quality)
{
    SpPopulationOptions options;
    sp_population_options_init(&options, 2024, 2050);
    g_autoptr(GError) error = NULL;
    SpPopulationModel *model = sp_population_model_new(in, &options, quality, &error);
    assert_no_error(error);
    return model;
}

/* Persons of a kommune in an age band. */
static double band_of(const SpPersons *persons, guint from, guint to)
{
    double sum = 0;
    for (guint age = from; age <= to; age++) {
        sum += persons->count[SP_MEN][age] + persons->count[SP_WOMEN][age];
    }
    return sum;
}

static void student_town_keeps_its_students(void **state)
{
    (void)state;
    enum { N_DAYS = 31 };
    g_autoptr(SpTables) in = make_country_with_students();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpPopulationModel) model = make_model(in, quality);
    g_autofree SpPersons *persons = g_new(SpPersons, model->history->n_regions * N_DAYS);
    sp_population_project(model, N_DAYS, persons, quality);
    const SpPersons *town = persons, *other = &persons[(gsize)5 * N_DAYS];
    double before = band_of(town, 20, 27) / band_of(other, 20, 27);
    double after = band_of(&town[N_DAYS - 1], 20, 27) / band_of(&other[N_DAYS - 1], 20, 27);
    assert_near(before, 1.5, 0);
    assert_near(after / before, 1.0, 0.05);
    /* They leave again: the town has no more of those aged 35-44 than others. */
    assert_near(band_of(&town[N_DAYS - 1], 35, 44) / band_of(&other[N_DAYS - 1], 35, 44), 1.0,
                0.05);
}

/* Weighed by the persons of the base day, as many come as go: the town's students make its pattern,
 * and what all ages have in common is apart from it. */
static void pattern_moves_nobody_on_the_sum_of_ages(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = make_country_with_students();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpPopulationModel) model = make_model(in, quality);
    const SpMigration *migration = model->migration;
    double sum = 0, moved = 0;
    for (guint age = 0; age < SP_OLD_START_AGE; age++) {
        const SpPersons *base = sp_history_persons(model->history, 0, 2024);
        double pattern = migration->local->sum[0][sp_migration_group(age)] - migration->overall[0];
        sum += band_of(base, age, age) * pattern;
        moved += band_of(base, age, age) * fabs(pattern);
    }
    assert_near(sum / moved, 0.0, 1e-12);
    assert_true(migration->local->sum[0][sp_migration_group(18)] > 0.1);
    assert_true(migration->local->sum[0][sp_migration_group(27)] < -0.05);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(student_town_keeps_its_students),
        cmocka_unit_test(pattern_moves_nobody_on_the_sum_of_ages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
