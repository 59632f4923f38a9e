/* Any text as a scenario: what is taken is within the limits that its header tells. */
#include "tests/fuzz/guard.h"
#include "transforms/project/scenario.h"

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static SpTable *known_words(void)
{
    static const char *const rows[][3] = {{"fertility", "low", "2026:1 2030:0.8"},
                                          {"mortality", "high", "1.1"},
                                          {"foreign_migration", "low", "2026:x"}};
    static const char *const names[3] = {"stoerrelse", "ord", "bane"};
    SpTable *words = sp_table_new("befolkningsbane", NULL, 0);
    for (gsize i = 0; i < 3; i++) {
        const SpColumn column = {.name = names[i], .kind = SP_COLUMN_CODE};
        sp_table_add_column(words, &column);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        gsize row = sp_table_add_row(words);
        for (gsize k = 0; k < 3; k++) {
            sp_table_set_code(words, row, k, rows[i][k]);
        }
    }
    return words;
}

static gboolean is_within(double value, double least, double most)
{
    return isfinite(value) && value >= least && value <= most;
}

static void claim_path(const SpPath *path)
{
    for (int year = 1890; year <= 2200; year += 5) {
        FUZZ_CLAIM(is_within(sp_path_at(path, year), 0, 3));
    }
}

static void claim_size(const SpSize *size, double least, double most)
{
    FUZZ_CLAIM(size->kind != SP_SIZE_NUMBER || is_within(size->number, least, most));
}

static void claim_limits(const SpScenario *scenario)
{
    const SpDemandOptions *demand = &scenario->demand;
    const SpSupplyOptions *supply = &scenario->supply;
    claim_path(&scenario->population.fertility);
    claim_path(&scenario->population.mortality);
    claim_path(&scenario->population.migration.foreign);
    claim_path(&scenario->population.migration.domestic);
    FUZZ_CLAIM(is_within(scenario->population.mortality_fall, 0, 5));
    claim_size(&demand->use_drift, -0.2, 0.2);
    claim_size(&demand->intensity_drift, -0.2, 0.2);
    claim_size(&demand->drift_damping, 0, 1);
    claim_size(&demand->ageing, 0, 1);
    FUZZ_CLAIM(demand->healthy_ageing <= SP_HEALTHY_AGEING_LIFE_EXPECTANCY);
    FUZZ_CLAIM(is_within(demand->healthy_ageing_from, 67, 100));
    FUZZ_CLAIM(demand->family_care <= SP_FAMILY_CARE_CONSTANT);
    FUZZ_CLAIM(is_within(demand->old_use_fall, 0, 0.1));
    FUZZ_CLAIM(is_within(demand->standard_growth, -0.1, 0.1));
    FUZZ_CLAIM(is_within(demand->law_floor, 0, 5));
    FUZZ_CLAIM(is_within(supply->inflow.factor, 0, 10));
    FUZZ_CLAIM(supply->inflow.from == 0 || is_within(supply->inflow.from, 1900, 2150));
    FUZZ_CLAIM(supply->foreign == SP_FOREIGN_AS_PEOPLE || is_within(supply->foreign, 0, 10));
    FUZZ_CLAIM(is_within(supply->further_education, 0, 10));
    FUZZ_CLAIM(is_within(supply->exit_delay_years, 0, 10) && is_within(supply->work_60p, 0, 2));
    FUZZ_CLAIM(scenario->balance.base_gap <= SP_BASE_GAP_VACANCY);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = sp_scenario_table("fuzz", text, &error);
    fuzz_check_outcome(table != NULL, &error);
    if (table == NULL) {
        return 0;
    }
    g_autoptr(SpTable) words = known_words();
    SpScenario scenario;
    sp_scenario_init(&scenario, NULL);
    gboolean is_applied = sp_scenario_apply(table, words, &scenario, &error);
    fuzz_check_outcome(is_applied, &error);
    if (is_applied) {
        claim_limits(&scenario);
    }
    return 0;
}
