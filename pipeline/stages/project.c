/* project: projections of each scenario from the facts, the scenarios beside each other, and how
 * near past ones came. */
#include "pipeline/alternatives.h"
#include "pipeline/backtest.h"
#include "pipeline/program.h"
#include "pipeline/scenarios.h"

#include "pipeline/build.h"
#include "transforms/project/project.h"

#include <string.h>

/* The units by what they are; `inputs`, `check`, `make` and `recall` as in SpStage. */
typedef struct {
    const char *unit; /* NULL: any other, which is a scenario */
    gboolean (*inputs)(SpUnit *unit, GError **error);
    gboolean (*check)(SpUnit *unit, GError **error);
    gboolean (*make)(SpUnit *unit, GError **error);
    gboolean (*recall)(SpUnit *unit, const char *table, SpTables *in, GError **error);
    gboolean is_of_all;      /* made when all scenarios are */
    const char *const *keys; /* NULL-terminated: what is read besides the transforms' */
    const SpTransform *const *transforms; /* NULL-terminated */
} Kind;

static const char *const no_keys[] = {NULL};
static const char *const of_backtest[] = {SP_BACKTEST_INPUT_KEYS, NULL};
static const char *const of_scenario[] = {SP_SCENARIO_INPUT_KEYS, NULL};
static const SpTransform *const backtest[] = {&sp_transform_backtest, NULL};
static const SpTransform *const alternatives[] = {&sp_transform_alternatives, NULL};
static const SpTransform *const scenario[] = {SP_SCENARIO_CHAIN, NULL};

static const Kind kinds[] = {
    {SP_BACKTEST_UNIT, sp_backtest_inputs, NULL, sp_backtest_make, sp_backtest_recall, FALSE,
     of_backtest, backtest},
    {SP_ALTERNATIVES_UNIT, sp_alternatives_inputs, NULL, sp_alternatives_make,
     sp_alternatives_recall, TRUE, no_keys, alternatives},
    {NULL, sp_scenario_inputs, sp_scenario_check, sp_scenario_make, sp_scenario_recall, FALSE,
     of_scenario, scenario},
};

static const Kind *kind_of(const char *unit)
{
    const Kind *kind = kinds;
    while (kind->unit != NULL && strcmp(kind->unit, unit) != 0) {
        kind++;
    }
    return kind;
}

/* The reference takes longest and begins first, beside what ends soon: its draws, which nobody
 * works beside, would wait for a back-test that had begun, and all others with them. */
static char **units(SpContext *context, GError **error)
{
    g_auto(GStrv) scenarios =
        sp_scenario_check_own(context, error) ? sp_scenario_names(context, error) : NULL;
    if (scenarios == NULL) {
        return NULL;
    }
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    g_strv_builder_add(names, scenarios[0]);
    g_strv_builder_addv(names, (const char **)&scenarios[1]);
    g_strv_builder_add(names, SP_BACKTEST_UNIT);
    g_strv_builder_add(names, SP_ALTERNATIVES_UNIT);
    return g_strv_builder_end(names);
}

static gboolean inputs(SpUnit *unit, GError **error)
{
    return kind_of(unit->unit)->inputs(unit, error);
}

static gboolean check(SpUnit *unit, GError **error)
{
    const Kind *kind = kind_of(unit->unit);
    return kind->check == NULL || kind->check(unit, error);
}

static gboolean make(SpUnit *unit, GError **error)
{
    return kind_of(unit->unit)->make(unit, error);
}

static gboolean recall(SpUnit *unit, const char *table, SpTables *in, GError **error)
{
    return kind_of(unit->unit)->recall(unit, table, in, error);
}

static gboolean comes_after(const char *unit)
{
    return kind_of(unit)->is_of_all;
}

static const char *const config_keys[] = {SP_BACKTEST_INPUT_KEYS, NULL};
/* Which scenarios there are decides what is made, and not what any of them is. */
static const char *const program_keys[] = {SP_SCENARIOS_KEY, NULL};
static const SpTransform *const transforms[] = {SP_SCENARIO_CHAIN, &sp_transform_alternatives,
                                                &sp_transform_backtest, NULL};

static void choose_keys(const char *unit, const char *const **keys,
                        const SpTransform *const **of_unit)
{
    *keys = kind_of(unit)->keys;
    *of_unit = kind_of(unit)->transforms;
}

static const SpStage stage = {
    .name = "project",
    .program_hash = SP_BUILD_PROJECT,
    .config_keys = config_keys,
    .transforms = transforms,
    .choose_keys = choose_keys,
    .units = units,
    .inputs = inputs,
    .check = check,
    .make = make,
    .recall = recall,
    .is_parallel = TRUE,
    .comes_after = comes_after,
    .has_own_marks = TRUE,
};

const SpProgram sp_program_project = {
    .name = "project",
    .summary = "Project population, staff, need and balance of every kommune",
    .access = SP_ACCESS_WRITE,
    .takes = SP_TAKES_ALL,
    .stage = &stage,
    .config_keys = program_keys,
    .options = sp_scenario_options,
};
