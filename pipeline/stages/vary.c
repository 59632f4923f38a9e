/* vary: indicators, their variation between kommuner, and where each kommune stands. */
#include "pipeline/facts.h"
#include "pipeline/program.h"

#include "pipeline/build.h"
#include "transforms/vary/vary.h"

#define INDICATOR_FILE "indicators.csv"

static char **units(SpContext *context, GError **error)
{
    (void)context;
    (void)error;
    static const char *const names[] = {"landet", NULL};
    return g_strdupv((char **)(gpointer)names);
}

static gboolean inputs(SpUnit *unit, GError **error)
{
    return sp_facts_need(unit, "vary.inputs", error) &&
           sp_facts_need_fetched(unit, "vary.inputs_if_fetched", error) &&
           sp_unit_need_file(unit, INDICATOR_FILE, error);
}

static gboolean make(SpUnit *unit, GError **error)
{
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpTables) values = sp_tables_new();
    if (!sp_facts_read(unit, "vary.inputs", in, error) ||
        !sp_facts_read_fetched(unit, "vary.inputs_if_fetched", in, error) ||
        !sp_facts_read_file(unit, INDICATOR_FILE, "indikator", NULL, in, error) ||
        !sp_transform_indicators.run(in, unit->settings, values, unit->quality, error)) {
        return FALSE;
    }
    sp_tables_add(in, sp_tables_steal(values, "indikatorverdi"));
    if (!sp_transform_variation.run(in, unit->settings, out, unit->quality, error)) {
        return FALSE;
    }
    sp_tables_add(out, sp_tables_steal(in, "indikatorverdi"));
    return sp_unit_write(unit, out, error);
}

static const char *const config_keys[] = {"vary.inputs", "vary.inputs_if_fetched", NULL};
static const SpTransform *const transforms[] = {&sp_transform_indicators, &sp_transform_variation,
                                                NULL};

static const SpStage stage = {
    .name = "vary",
    .program_hash = SP_BUILD_VARY,
    .config_keys = config_keys,
    .transforms = transforms,
    .units = units,
    .inputs = inputs,
    .make = make,
};

const SpProgram sp_program_vary = {
    .name = "vary",
    .summary = "Measure variation between kommuner",
    .access = SP_ACCESS_WRITE,
    .stage = &stage,
};
