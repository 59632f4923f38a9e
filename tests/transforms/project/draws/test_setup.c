/* A plan made of paths, a small country's population, and its regions. */
#include "made_up.h"
#include "shipped.h"
#include "tests/core/rows.h"
#include "tests/transforms/project/demand/config.h"
#include "tests/transforms/project/population/small.h"

#include "transforms/project/draws/setup.h"
#include "transforms/project/draws/tables.h"

enum { N_DAYS = 4, N_DRAWS = 64, LAST = N_DAYS - 1, COUNTRY = SMALL_N };

/* Made-up paths of need and supply, for the kommuner and people of the small country. */
typedef struct {
    MadeUp of;
    SpTables *in;
    SpTable *sizes;
    SpQuality *quality;
    SpPopulationModel *model;
    SpPersons *expected;
    SpPopulationDraws *draws;
    SpDrawsInput input;
} Country;

static void take_people(Country *country)
{
    SpDemandPaths *demand = &country->of.demand;
    for (guint cell = 0; cell < SP_N_SEXES * SP_N_AGES; cell++) {
        demand->groups.of[cell / SP_N_AGES][cell % SP_N_AGES] = cell % SP_N_AGES >= 67;
    }
    memset(demand->band_persons, 0, sizeof(double) * SMALL_N * N_DAYS * MADE_UP_BANDS);
    for (gsize i = 0; i < (gsize)SMALL_N * N_DAYS; i++) {
        for (guint cell = 0; cell < SP_N_SEXES * SP_N_AGES; cell++) {
            guint sex = cell / SP_N_AGES, age = cell % SP_N_AGES;
            demand->band_persons[i * MADE_UP_BANDS + demand->groups.of[sex][age]] +=
                country->expected[i].count[sex][age];
        }
    }
}

static void country_init(Country *country)
{
    SpShockOptions shocks;
    sp_shock_options_init(&shocks);
    const SpPopulationOptions options = small_options(SMALL_BASE + LAST);
    made_up_init(&country->of, (MadeUpSize){SMALL_N, 2, 1, 3, 2, 2, N_DAYS, N_DRAWS});
    for (gsize u = 0; u < SMALL_N; u++) {
        memcpy(country->of.demand.kommuner[u], small_kommuner[u].code, 4);
    }
    country->in = small_country();
    country->sizes = shipped_sizes();
    country->quality = sp_quality_new();
    country->model = small_model(country->in, &options, country->quality);
    country->expected = small_path(country->model, country->quality);
    country->draws = sp_population_draws_new(country->model, N_DAYS, country->expected,
                                             sp_random_seed(1), N_DRAWS, &shocks);
    country->of.demand.base = country->of.supply.base = SMALL_BASE;
    take_people(country);
    country->input = (SpDrawsInput){
        .demand = &country->of.demand,
        .supply = &country->of.supply,
        .population = country->draws,
        .history = country->model->history,
        .regions = sp_tables_find(country->in, "region"),
        .sizes = country->sizes,
        .is_balanced = TRUE,
        .random = sp_random_seed(1),
        .n_threads = 2,
    };
}

static void country_clear(Country *country)
{
    sp_population_draws_free(country->draws);
    g_free(country->expected);
    sp_population_model_free(country->model);
    sp_quality_free(country->quality);
    sp_table_free(country->sizes);
    sp_tables_free(country->in);
    made_up_clear(&country->of);
}

static SpDrawsSetup *make(const Country *country)
{
    g_autoptr(GError) error = NULL;
    SpDrawsSetup *setup = sp_draws_setup_new(&country->input, &error);
    assert_no_error(error);
    return setup;
}

/* Nobody of a profession is needed when no source counts it: its people are drawn all the same. */
static void supply_without_need_keeps_its_draws(void **state)
{
    (void)state;
    Country country;
    country_init(&country);
    SpDemandPaths *demand = &country.of.demand;
    gsize profession = 0;
    for (gsize u = 0; u < demand->n_kommuner; u++) {
        for (gsize k = 0; k < demand->n_services; k++) {
            double *need =
                &demand->need[((u * demand->n_services + k) * demand->n_professions + profession) *
                              demand->n_days];
            memset(need, 0, demand->n_days * sizeof *need);
        }
    }
    demand->is_observed[profession] = FALSE;
    g_autoptr(SpDrawsSetup) setup = make(&country);
    const SpDrawsPlan *plan = sp_draws_setup_plan(setup);
    gsize at = 0;
    while (strcmp(plan->professions[at].id, demand->professions[profession]) != 0) {
        at++;
        assert_true(at < plan->n_professions);
    }
    assert_near(plan->professions[at].supply_factor, 1, 0);
    assert_true(plan->professions[at].demand == SP_NO_PATH);
    g_autoptr(SpDrawsResults) results = sp_draws_run(plan, 2, NULL);
    g_autoptr(SpTable) leads = sp_draws_lead_table(plan, results);
    for (gsize row = 0; row < sp_table_n_rows(leads); row++) {
        assert_string_not_equal(sp_table_code(leads, row, 1), plan->professions[at].id);
    }
    const double *drawn = sp_drawn(results, COUNTRY, at, LAST, SP_DRAWN_SUPPLY);
    assert_true(drawn[0] > 0);
    assert_true(drawn[0] < drawn[SP_N_QUANTILES - 1]);
    country_clear(&country);
}

static void regions_above_are_fylker_groups_and_country(void **state)
{
    (void)state;
    static const char *const codes[] = {"0", "11", "15", "S1", "S3", "S5", "S6"};
    static const gsize sizes[] = {5, 2, 3, 1, 2, 1, 1};
    Country country;
    country_init(&country);
    g_autoptr(SpDrawsSetup) setup = make(&country);
    const SpDrawsPlan *plan = sp_draws_setup_plan(setup);
    assert_int_equal(plan->n_regions, G_N_ELEMENTS(codes));
    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
        assert_string_equal(plan->regions[i].code, codes[i]);
        assert_int_equal(plan->regions[i].n_members, sizes[i]);
    }
    assert_int_equal(plan->regions[4].members[0], 0);
    assert_int_equal(plan->regions[4].members[1], 3);
    country_clear(&country);
}

/* No source tells of supply: the need's draws are what they would be beside it. */
static void need_is_drawn_without_supply(void **state)
{
    (void)state;
    Country country;
    country_init(&country);
    g_autoptr(SpDrawsSetup) both = make(&country);
    g_autoptr(SpDrawsResults) beside = sp_draws_run(sp_draws_setup_plan(both), 2, NULL);
    SpSupplyPaths *none = sp_supply_paths_none(country.of.demand.kommuner, SMALL_BASE, N_DAYS);
    country.input.supply = none;
    g_autoptr(SpDrawsSetup) alone = make(&country);
    g_autoptr(SpDrawsResults) results = sp_draws_run(sp_draws_setup_plan(alone), 2, NULL);
    for (gsize i = 0; i < SP_N_DRAWN_FIGURES; i++) {
        assert_near(sp_drawn(results, COUNTRY, 1, LAST, SP_DRAWN_NEED)[i],
                    sp_drawn(beside, COUNTRY, 1, LAST, SP_DRAWN_NEED)[i], 0);
    }
    assert_true(sp_drawn(results, COUNTRY, 1, LAST, SP_DRAWN_NEED)[0] > 0);
    assert_near(sp_drawn(results, COUNTRY, 1, LAST, SP_DRAWN_SUPPLY)[SP_DRAWN_MEAN], 0, 0);
    sp_supply_paths_free(none);
    country_clear(&country);
}

/* Rates of the table, kommune by kommune; without the table nothing is recruited. */
static void exit_rates_are_those_of_the_recruitment_table(void **state)
{
    (void)state;
    Country country;
    country_init(&country);
    g_autoptr(SpTable) table = TABLE(
        "rekrutteringsbehov", "region:key yrke:key period:key avgang_netto:other",
        "1103 yrke02 2027-01-01 0.25", "1103 yrke02 2028-01-01 0.25", "1103 yrke03 2027-01-01 :");
    g_autoptr(SpDrawsSetup) without = make(&country);
    assert_null(sp_draws_setup_plan(without)->exits);
    country.input.recruitment = table;
    g_autoptr(SpDrawsSetup) setup = make(&country);
    const SpDrawsPlan *plan = sp_draws_setup_plan(setup);
    double sum = 0;
    for (gsize i = 0; i < plan->n_kommuner * plan->n_professions; i++) {
        sum += plan->exits->rate[i];
    }
    assert_string_equal(plan->kommuner[1], "1103");
    assert_near(plan->exits->rate[plan->n_professions + 1], 0.25, 0);
    assert_near(sum, 0.25, 0);
    country_clear(&country);
}

/* As the gap's table has it; where it has none, nothing is added. */
static void measured_shortages_are_those_of_the_gap_table(void **state)
{
    (void)state;
    Country country;
    country_init(&country);
    g_autoptr(SpTable) table =
        TABLE("framskriving_gap", "region:key yrke:key period:key startmangel:other",
              "0 yrke02 2024-01-01 500", "0 yrke02 2025-01-01 500", "1103 yrke03 2024-01-01 .",
              "1505 yrke03 2024-01-01 :", "11 yrke03 2024-01-01 ..");
    country.input.gaps = table;
    g_autoptr(SpDrawsSetup) setup = make(&country);
    const SpDrawsPlan *plan = sp_draws_setup_plan(setup);
    double sum = 0;
    for (gsize i = 0; i < (plan->n_kommuner + plan->n_regions) * plan->n_professions; i++) {
        sum += isnan(plan->shortage[i]) ? 0 : plan->shortage[i];
    }
    assert_string_equal(plan->kommuner[2], "1505");
    assert_string_equal(plan->regions[1].code, "11");
    assert_true(sp_draws_is_hidden(plan, 2, 2) && !sp_draws_is_hidden(plan, 1, 2));
    assert_true(sp_draws_is_hidden(plan, plan->n_kommuner + 1, 2));
    assert_string_equal(plan->regions[0].code, "0");
    assert_near(plan->shortage[plan->n_kommuner * plan->n_professions + 1], 500, 0);
    assert_near(sum, 500, 0);
    country_clear(&country);
}

/* The country's in its row, kommuner's in theirs; what has no rate needs no row. */
static void exit_rates_are_known_as_well_as_their_table_tells(void **state)
{
    (void)state;
    Country country;
    country_init(&country);
    g_autoptr(SpTable) rates =
        TABLE("rekrutteringsbehov", "region:key yrke:key period:key avgang_netto:other",
              "1103 yrke02 2027-01-01 0.1");
    g_autoptr(SpTable) table =
        TABLE("avgang_usikkerhet", "region:key yrke:key sd:other", "0 yrke02 0.05", "0 yrke03 0.2",
              "1103 yrke02 0.125", "1505 yrke02 0.25");
    country.input.recruitment = rates;
    country.input.exit_errors = table;
    g_autoptr(SpDrawsSetup) setup = make(&country);
    const SpDrawsPlan *plan = sp_draws_setup_plan(setup);
    assert_string_equal(plan->kommuner[1], "1103");
    assert_string_equal(plan->kommuner[2], "1505");
    assert_near(plan->exits->national_sd[0], 0, 0);
    assert_near(plan->exits->national_sd[1], 0.05, 0);
    assert_near(plan->exits->national_sd[2], 0.2, 0);
    double sum = 0;
    for (gsize i = 0; i < plan->n_kommuner * plan->n_professions; i++) {
        sum += plan->exits->local_sd[i];
    }
    assert_near(plan->exits->local_sd[1 * 3 + 1], 0.125, 0);
    assert_near(plan->exits->local_sd[2 * 3 + 1], 0.25, 0);
    assert_near(sum, 0.375, 0);
    country_clear(&country);
}

/* Of 1103 there is a rate, and nobody tells how well it is known. */
static void exit_rate_without_its_error_is_refused(void **state)
{
    (void)state;
    static const char *const lacking[] = {"1103", "0"};
    Country country;
    country_init(&country);
    g_autoptr(SpTable) rates =
        TABLE("rekrutteringsbehov", "region:key yrke:key period:key avgang_netto:other",
              "1103 yrke02 2027-01-01 0.1");
    g_autoptr(SpTable) of_country = TABLE("avgang_usikkerhet", "region:key yrke:key sd:other",
                                          "0 yrke02 0.05", "1103 yrke02 ..", "1505 yrke02 0.25");
    g_autoptr(SpTable) of_kommune =
        TABLE("avgang_usikkerhet", "region:key yrke:key sd:other", "1103 yrke02 0.125");
    const SpTable *tables[] = {of_country, of_kommune};
    country.input.recruitment = rates;
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *named = g_strdup_printf("no sd of region %s, yrke yrke02", lacking[i]);
        country.input.exit_errors = tables[i];
        assert_null(sp_draws_setup_new(&country.input, &error));
        assert_error(error, SP_ERROR_DATA, named);
    }
    country_clear(&country);
}

static void base_is_balanced_by_profession(void **state)
{
    (void)state;
    Country country;
    country_init(&country);
    g_autoptr(SpDrawsSetup) setup = make(&country);
    SpDrawsPlan *plan = sp_draws_setup_plan(setup);
    g_autoptr(SpDrawsResults) results = sp_draws_run(plan, 2, NULL);
    /* Needs of the two services: 60 (1 + 1 / 2) in the country; supply: two markets of 50. */
    assert_near(plan->professions[0].supply_factor, 90.0 / 100, 1e-12);
    assert_near(plan->professions[2].supply_factor, 90.0 / 100, 1e-12);
    for (gsize g = 0; g < 3; g++) {
        double need = 90 * (1 + (double)g);
        assert_near(sp_drawn(results, COUNTRY, g, 0, SP_DRAWN_GAP)[3], 0, 1e-4 * need);
        assert_near(sp_drawn(results, COUNTRY, g, 0, SP_DRAWN_SUPPLY)[3], need, 1e-4 * need);
    }
    country_clear(&country);
}

/* Without other shocks the need of a draw is the path times its people. */
static void need_follows_the_populations_own_draws(void **state)
{
    (void)state;
    Country country;
    Kept kept;
    country_init(&country);
    g_autoptr(SpDrawsSetup) setup = make(&country);
    SpDrawsPlan *plan = sp_draws_setup_plan(setup);
    country.of.plan = *plan;
    kept_init(&kept, &country.of);
    sp_draws_results_free(sp_draws_run(&country.of.plan, 2, NULL));
    g_autoptr(SpPopulationScratch) scratch = sp_population_scratch_new(country.draws);
    g_autofree float *people = g_new(float, (gsize)MADE_UP_BANDS *N_DAYS *N_DRAWS);
    for (gsize u = 0; u < SMALL_N - 1; u++) {
        sp_population_draw(country.draws, u, &country.of.demand.groups, scratch, people);
        const double *persons =
            &country.of.demand.band_persons[(u * N_DAYS + LAST) * MADE_UP_BANDS];
        double expected = persons[0] * 0.01 + persons[1] * 0.03;
        double path = sp_demand_need(&country.of.demand, SP_NEED_TODAY, u, 0, 1)[LAST] +
                      sp_demand_need(&country.of.demand, SP_NEED_TODAY, u, 1, 1)[LAST];
        for (gsize draw = 0; draw < N_DRAWS; draw++) {
            double drawn = (double)people[(gsize)LAST * N_DRAWS + draw] * 0.01 +
                           (double)people[((gsize)N_DAYS + LAST) * N_DRAWS + draw] * 0.03;
            assert_near((double)kept_at(&kept, 0, u, 1, LAST)[draw], path * drawn / expected,
                        1e-5 * path);
        }
    }
    kept_clear(&kept);
    country_clear(&country);
}

static void professions_of_either_side_are_matched(void **state)
{
    (void)state;
    Country country;
    country_init(&country);
    char *on_supply[] = {(char *)"yrke02", (char *)"yrke03", (char *)"yrke04"};
    guint part_of[] = {0, 0, 2};
    country.of.supply.professions = on_supply;
    country.of.supply.part_of = part_of;
    g_autoptr(SpDrawsSetup) setup = make(&country);
    const SpDrawsPlan *plan = sp_draws_setup_plan(setup);
    assert_int_equal(plan->n_professions, 4);
    assert_string_equal(plan->professions[0].id, "yrke01");
    assert_true(plan->professions[0].supply == SP_NO_PATH);
    assert_int_equal(plan->professions[1].demand, 1);
    assert_int_equal(plan->professions[1].supply, 0);
    assert_true(plan->professions[2].stands_apart);
    assert_true(plan->professions[3].demand == SP_NO_PATH);
    assert_int_equal(plan->professions[3].supply, 2);
    country_clear(&country);
}

/* By the configuration: those without health education are of the labour force outside, which is
 * not projected, and nobody lacks them as a profession. */
static void work_that_is_open_to_all_stands_apart(void **state)
{
    (void)state;
    static const char *const none[] = {NULL};
    Country country;
    country_init(&country);
    char *ids[] = {(char *)"helsefagarbeider", (char *)"sykepleier", (char *)"uten_helseutdanning"};
    g_autoptr(SpTable) professions = config_table("profesjoner.csv", "profesjoner", none);
    country.of.demand.professions = country.of.supply.professions = ids;
    country.input.professions = professions;
    g_autoptr(SpDrawsSetup) setup = make(&country);
    for (gsize g = 0; g < 3; g++) {
        assert_int_equal(sp_draws_setup_plan(setup)->professions[g].stands_apart, g == 2);
    }
    country_clear(&country);
}

/* Nothing can be scaled to a need. */
static void need_without_any_supply_has_no_gap(void **state)
{
    (void)state;
    Country country;
    country_init(&country);
    for (gsize market = 0; market < 2; market++) {
        memset(
            sp_supply_at(&country.of.supply, country.of.supply.aarsverk, market, 1, SP_CAUSE_BASE),
            0, N_DAYS * sizeof(double));
    }
    g_autoptr(SpDrawsSetup) setup = make(&country);
    const SpDrawsPlan *plan = sp_draws_setup_plan(setup);
    assert_true(plan->professions[1].supply == SP_NO_PATH);
    assert_int_equal(plan->professions[2].supply, 2);
    country_clear(&country);
}

/* What the law adds to the need is nobody who is there: the factor is of the rest. */
static void supply_is_balanced_with_need_before_the_law(void **state)
{
    (void)state;
    Country country;
    country_init(&country);
    const SpDemandPaths *demand = &country.of.demand;
    g_autoptr(SpDrawsSetup) plain = make(&country);
    double before = sp_draws_setup_plan(plain)->professions[1].supply_factor, need = 0;
    g_autofree double *by_law =
        g_new0(double, demand->n_kommuner * demand->n_professions * demand->n_days);
    for (gsize u = 0; u < demand->n_kommuner; u++) {
        for (gsize k = 0; k < demand->n_services; k++) {
            need += sp_demand_need(demand, SP_NEED_TODAY, u, k, 1)[0];
        }
    }
    by_law[(2 * demand->n_professions + 1) * demand->n_days] = need / 4;
    country.of.demand.by_law = by_law;
    g_autoptr(SpDrawsSetup) setup = make(&country);
    assert_near(sp_draws_setup_plan(setup)->professions[1].supply_factor, 0.75 * before, 1e-12);
    assert_near(sp_draws_setup_plan(setup)->professions[2].supply_factor,
                sp_draws_setup_plan(plain)->professions[2].supply_factor, 0);
    country.of.demand.by_law = NULL;
    country_clear(&country);
}

static void kommune_without_region_is_refused(void **state)
{
    (void)state;
    Country country;
    g_autoptr(GError) error = NULL;
    country_init(&country);
    memcpy(country.of.demand.kommuner[4], "9901", 4);
    assert_null(sp_draws_setup_new(&country.input, &error));
    assert_error(error, SP_ERROR_DATA, "9901");
    country_clear(&country);
}

static void population_of_other_days_is_refused(void **state)
{
    (void)state;
    Country country;
    g_autoptr(GError) error = NULL;
    country_init(&country);
    country.of.demand.n_days = N_DAYS - 1;
    assert_null(sp_draws_setup_new(&country.input, &error));
    assert_error(error, SP_ERROR_DATA, "the population is drawn for 4 days, demand for 3");
    country_clear(&country);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(supply_without_need_keeps_its_draws),
        cmocka_unit_test(regions_above_are_fylker_groups_and_country),
        cmocka_unit_test(need_is_drawn_without_supply),
        cmocka_unit_test(exit_rates_are_those_of_the_recruitment_table),
        cmocka_unit_test(exit_rates_are_known_as_well_as_their_table_tells),
        cmocka_unit_test(measured_shortages_are_those_of_the_gap_table),
        cmocka_unit_test(exit_rate_without_its_error_is_refused),
        cmocka_unit_test(base_is_balanced_by_profession),
        cmocka_unit_test(need_follows_the_populations_own_draws),
        cmocka_unit_test(professions_of_either_side_are_matched),
        cmocka_unit_test(work_that_is_open_to_all_stands_apart),
        cmocka_unit_test(need_without_any_supply_has_no_gap),
        cmocka_unit_test(supply_is_balanced_with_need_before_the_law),
        cmocka_unit_test(kommune_without_region_is_refused),
        cmocka_unit_test(population_of_other_days_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
