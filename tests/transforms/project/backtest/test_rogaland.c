/* Nurses of Rogaland ten years on: one region, one target, told with its interval. */
#include "rogaland.h"

#include "tests/transforms/project/demand/config.h"
#include "transforms/project/backtest/paired.h"
#include "transforms/project/demand/model.h"

/* One row of docs/methods/backtest.md. */
static void tell_skill(const Rogaland *rogaland, const char *rule, const double forecast[])
{
    double loss[ROGALAND_N], peer[ROGALAND_N];
    guint32 kommune[ROGALAND_N];
    for (gsize i = 0; i < ROGALAND_N; i++) {
        loss[i] = fabs(forecast[i] - rogaland->nurses[1][i]);
        peer[i] = fabs(rogaland->nurses[0][i] - rogaland->nurses[1][i]);
        kommune[i] = (guint32)i;
    }
    SpEstimate skill = sp_skill(ROGALAND_N, loss, peer, kommune, ROGALAND_N, sp_random_seed(1));
    SpEstimate difference = sp_paired_difference(ROGALAND_N, loss, peer, kommune, ROGALAND_N);
    g_autofree char *line = g_strdup_printf("| %s | %.2f (%.2f to %.2f) | %+.1f (%+.1f to %+.1f) |",
                                            rule, skill.estimate, skill.low, skill.high,
                                            difference.estimate, difference.low, difference.high);
    print_message("%s\n", line);
    fixture_assert_on_page("backtest.md", line);
}

enum { BASE = 2016 }; /* figures of the end of 2015 */

/* People of Rogaland on 1 January of the base and the ten years after, on the way from what was to
 * what came in equal steps; a band of ages stands at one age within it. */
static void add_people(const Rogaland *rogaland, SpTables *in)
{
    static const guint ages[] = {40, 73, 85};
    SpTable *people = fixture_folkemengde(), *region = fixture_region();
    sp_table_set_name(people, "framskriving_befolkning");
    for (gsize i = 0; i < ROGALAND_N; i++) {
        fixture_add_region(region, rogaland->code[i], "11", "");
        for (int year = 0; year <= ROGALAND_YEARS; year++) {
            double persons[2][G_N_ELEMENTS(ages)];
            for (gsize end = 0; end < 2; end++) {
                persons[end][0] = rogaland->all[end][i] - rogaland->old[end][i];
                persons[end][1] = rogaland->old[end][i] - rogaland->oldest[end][i];
                persons[end][2] = rogaland->oldest[end][i];
            }
            for (gsize band = 0; band < G_N_ELEMENTS(ages); band++) {
                double now = persons[0][band] +
                             (persons[1][band] - persons[0][band]) * year / ROGALAND_YEARS;
                fixture_add_persons(people, rogaland->code[i], SP_MEN, ages[band], BASE + year,
                                    sp_real(now / 2));
                fixture_add_persons(people, rogaland->code[i], SP_WOMEN, ages[band], BASE + year,
                                    sp_real(now / 2));
            }
        }
    }
    sp_tables_add(in, people);
    sp_tables_add(in, region);
}

/* The reference of the stage on one year of nurses and use by age as it was known then: levels and
 * drift as they are assumed where there is no past. */
static void project_nurses(const Rogaland *rogaland, double forecast[])
{
    static const char *const keys[] = {"region", "period"}, *const names[] = {
                                                                "sykepleier_aarsverk"};
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    SpTable *nurses = fixture_table("aarsverk", keys, 2, names, 1);
    for (gsize i = 0; i < ROGALAND_N; i++) {
        gsize row = sp_table_add_row(nurses);
        sp_table_set_code(nurses, row, 0, rogaland->code[i]);
        sp_table_set_code(nurses, row, 1, "2015");
        sp_table_set_real(nurses, row, 2, sp_real(rogaland->nurses[0][i]));
    }
    sp_tables_add(in, nurses);
    add_people(rogaland, in);
    config_add(in);
    config_add_use(in);
    sp_table_free(sp_tables_steal(in, "bruk"));
    sp_table_set_name(sp_tables_find(in, "bruk_tidligere"), "bruk");
    SpDemandOptions options;
    sp_demand_options_init(&options);
    g_autoptr(SpDemandPaths) paths = sp_demand_model_new(in, &options, quality, &error);
    assert_no_error(error);
    assert_int_equal(paths->n_kommuner, ROGALAND_N);
    for (gsize i = 0; i < ROGALAND_N; i++) {
        forecast[i] = 0;
        assert_string_equal(paths->kommuner[i], rogaland->code[i]);
        for (gsize k = 0; k < paths->n_services; k++) {
            for (gsize g = 0; g < paths->n_professions; g++) {
                forecast[i] += sp_demand_need(paths, SP_NEED_TODAY, i, k, g)[ROGALAND_YEARS];
            }
        }
    }
}

/* One fylke, one target and a break of series in 2015: told with its interval, not passed. */
static void rogalands_nurses_are_told_as_skill_with_its_interval(void **state)
{
    g_autofree char *shared = shared_folder();
    (void)state;
    SKIP_WITHOUT_SHARED(shared);
    Rogaland rogaland = {.nurses = {{0}}};
    double forecast[ROGALAND_N] = {0};
    rogaland_read(shared, &rogaland);
    rogaland_per(&rogaland, rogaland.all[0], rogaland.all[1], forecast);
    tell_skill(&rogaland, "constant per inhabitant", forecast);
    rogaland_per(&rogaland, rogaland.oldest[0], rogaland.oldest[1], forecast);
    tell_skill(&rogaland, "constant per 80+", forecast);
    rogaland_per(&rogaland, rogaland.old[0], rogaland.old[1], forecast);
    tell_skill(&rogaland, "constant per 67+", forecast);
    project_nurses(&rogaland, forecast);
    tell_skill(&rogaland, "own demand", forecast);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rogalands_nurses_are_told_as_skill_with_its_interval),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
