/* project: projections of one scenario from the facts. */
#include "pipeline/facts.h"
#include "pipeline/program.h"

#include "pipeline/build.h"
#include "transforms/project/project.h"
#include "transforms/project/supply/transform.h"

#define USE_FILE "bruk.csv"
#define BAND_FILE "aldersgrupper.csv"

/* What supply is told by config, with the columns that are figures. */
static const struct {
    const char *path;
    const char *name;
    const char *measures[17];
} supply_files[] = {
    {"profesjoner.csv", "profesjoner", {NULL}},
    {"framskriving/utdanning.csv",
     "utdanning",
     {"aar", "fullfoering", "tid_0", "tid_1", "tid_2", "tid_3", "tid_4", "tid_5", "tid_6", "tid_7",
      "kvinner", "alder", "spredning", "minst", "variasjon", NULL}},
    {"framskriving/overganger.csv",
     "overganger",
     {"andel", "kvinner", "alder", "spredning", "minst", NULL}},
    {"framskriving/avgang.csv", "avgang", {"alder_fra", "alder_til", "avgang", "variasjon", NULL}},
    {"framskriving/pensjonsalder.csv", "pensjonsalder", {"alder", NULL}},
    {"framskriving/arbeidssted.csv", "arbeidssted", {"dekning", NULL}},
};

static gboolean need_supply_files(SpUnit *unit, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(supply_files); i++) {
        if (!sp_unit_need_file(unit, supply_files[i].path, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean read_supply_files(SpUnit *unit, SpTables *in, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(supply_files); i++) {
        if (!sp_facts_read_file(unit, supply_files[i].path, supply_files[i].name,
                                supply_files[i].measures, in, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static char **units(SpContext *context, GError **error)
{
    (void)context;
    (void)error;
    static const char *const names[] = {"referanse", NULL};
    return g_strdupv((char **)(gpointer)names);
}

static gboolean inputs(SpUnit *unit, GError **error)
{
    return sp_facts_need(unit, "project.inputs", error) &&
           sp_facts_need_fetched(unit, "project.inputs_if_fetched", error) &&
           sp_unit_need_file(unit, USE_FILE, error) && sp_unit_need_file(unit, BAND_FILE, error) &&
           need_supply_files(unit, error);
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
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpTables) demand = sp_tables_new();
    if (!sp_facts_read(unit, "project.inputs", in, error) ||
        !sp_facts_read_fetched(unit, "project.inputs_if_fetched", in, error) ||
        !sp_facts_read_file(unit, USE_FILE, "bruk", measures, in, error) ||
        !sp_facts_read_file(unit, BAND_FILE, "aldersgrupper", none, in, error) ||
        !read_supply_files(unit, in, error) ||
        !sp_transform_population.run(in, unit->settings, out, unit->quality, error) ||
        !run_intervals(unit, in, out, error)) {
        return FALSE;
    }
    sp_tables_add(in, sp_tables_steal(out, "framskriving_befolkning"));
    if (!sp_transform_demand.run(in, unit->settings, demand, unit->quality, error) ||
        !sp_transform_supply.run(in, unit->settings, demand, unit->quality, error)) {
        return FALSE;
    }
    sp_tables_add(demand, sp_tables_steal(in, "framskriving_befolkning"));
    SpTable *intervals = sp_tables_steal(out, "framskriving_befolkning_intervall");
    if (intervals != NULL) {
        sp_tables_add(demand, intervals);
    }
    return sp_unit_write(unit, demand, error);
}

static const char *const config_keys[] = {"project.inputs", "project.inputs_if_fetched", NULL};
static const SpTransform *const transforms[] = {&sp_transform_population,
                                                &sp_transform_population_intervals,
                                                &sp_transform_demand, &sp_transform_supply, NULL};

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
