/* project: projections of one scenario from the facts, and how near past ones came. */
#include "pipeline/backtest.h"
#include "pipeline/facts.h"
#include "pipeline/program.h"

#include "pipeline/build.h"
#include "transforms/project/project.h"

#include <string.h>

#define USE_FILE "bruk.csv"
#define BAND_FILE "aldersgrupper.csv"

static char **units(SpContext *context, GError **error)
{
    (void)context;
    (void)error;
    static const char *const names[] = {"referanse", SP_BACKTEST_UNIT, NULL};
    return g_strdupv((char **)(gpointer)names);
}

static gboolean inputs(SpUnit *unit, GError **error)
{
    if (strcmp(unit->unit, SP_BACKTEST_UNIT) == 0) {
        return sp_backtest_inputs(unit, error);
    }
    return sp_facts_need(unit, "project.inputs", error) &&
           sp_facts_need_fetched(unit, "project.inputs_if_fetched", error) &&
           sp_unit_need_file(unit, USE_FILE, error) && sp_unit_need_file(unit, BAND_FILE, error);
}

/* The model is estimated once more; what it has to tell was told the first time. */
static gboolean run_intervals(SpUnit *unit, const SpTables *in, SpTables *out, GError **error)
{
    g_autoptr(SpQuality) told = sp_quality_new();
    return sp_transform_population_intervals.run(in, unit->settings, out, told, error);
}

static gboolean make(SpUnit *unit, GError **error)
{
    static const char *const measures[] = {"bruk", NULL}, *const none[] = {NULL};
    if (strcmp(unit->unit, SP_BACKTEST_UNIT) == 0) {
        return sp_backtest_make(unit, error);
    }
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpTables) demand = sp_tables_new();
    if (!sp_facts_read(unit, "project.inputs", in, error) ||
        !sp_facts_read_fetched(unit, "project.inputs_if_fetched", in, error) ||
        !sp_facts_read_file(unit, USE_FILE, "bruk", measures, in, error) ||
        !sp_facts_read_file(unit, BAND_FILE, "aldersgrupper", none, in, error) ||
        !sp_transform_population.run(in, unit->settings, out, unit->quality, error) ||
        !run_intervals(unit, in, out, error)) {
        return FALSE;
    }
    sp_tables_add(in, sp_tables_steal(out, "framskriving_befolkning"));
    if (!sp_transform_demand.run(in, unit->settings, demand, unit->quality, error)) {
        return FALSE;
    }
    sp_tables_add(demand, sp_tables_steal(in, "framskriving_befolkning"));
    SpTable *intervals = sp_tables_steal(out, "framskriving_befolkning_intervall");
    if (intervals != NULL) {
        sp_tables_add(demand, intervals);
    }
    return sp_unit_write(unit, demand, error);
}

static const char *const config_keys[] = {SP_BACKTEST_INPUT_KEYS, NULL};
static const SpTransform *const transforms[] = {&sp_transform_population,
                                                &sp_transform_population_intervals,
                                                &sp_transform_demand, &sp_transform_backtest, NULL};

static const SpStage stage = {
    .name = "project",
    .program_hash = SP_BUILD_PROJECT,
    .config_keys = config_keys,
    .transforms = transforms,
    .units = units,
    .inputs = inputs,
    .make = make,
};

const SpProgram sp_program_project = {
    .name = "project",
    .summary = "Project population and demand of every kommune",
    .access = SP_ACCESS_WRITE,
    .stage = &stage,
};
