/* protect: the published tables, small figures of sensitive sources suppressed. */
#include "pipeline/facts.h"
#include "pipeline/origins.h"
#include "pipeline/program.h"

#include "pipeline/build.h"
#include "transforms/protect/protect.h"

#define TABLE_FILE "tables.csv"
#define BAND_FILE "aldersgrupper.csv"
#define RULE_FILE "skjerming.csv"

static char **units(SpContext *context, GError **error)
{
    (void)context;
    (void)error;
    static const char *const names[] = {"utgave", NULL};
    return g_strdupv((char **)(gpointer)names);
}

/* All that may be published must be seen here together. */
static gboolean inputs(SpUnit *unit, GError **error)
{
    g_auto(GStrv) facts = sp_facts_units(unit->context, error);
    if (facts == NULL) {
        return FALSE;
    }
    for (char **name = facts; *name != NULL; name++) {
        if (!sp_unit_need_stage(unit, "normalise", *name, error)) {
            return FALSE;
        }
    }
    return sp_unit_need_stage(unit, "project", "referanse", error) &&
           sp_unit_need_stage(unit, "project", "treffsikkerhet", error) &&
           sp_unit_need_stage(unit, "project", "alternativer", error) &&
           sp_unit_need_stage(unit, "vary", "landet", error) &&
           sp_unit_need_stage(unit, "vary", "kommunene", error) &&
           sp_unit_need_file(unit, TABLE_FILE, error) &&
           sp_unit_need_file(unit, BAND_FILE, error) && sp_unit_need_file(unit, RULE_FILE, error);
}

/* The tables that are published, and what they are summed by: facts of other use are large.
 * g_strfreev. */
static char **wanted(const SpTables *in, GError **error)
{
    const SpTable *catalogue = sp_tables_need(in, "tabell", error);
    gsize source = 0;
    if (catalogue == NULL || !sp_table_need(catalogue, "source", SP_COLUMN_CODE, &source, error)) {
        return NULL;
    }
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    g_strv_builder_add(names, "region");
    for (gsize row = 0; row < sp_table_n_rows(catalogue); row++) {
        g_strv_builder_add(names, sp_table_code(catalogue, row, source));
    }
    return g_strv_builder_end(names);
}

static gboolean read_all(SpUnit *unit, SpTables *in, GError **error)
{
    if (!sp_facts_read_file(unit, TABLE_FILE, "tabell", NULL, in, error) ||
        !sp_facts_read_file(unit, BAND_FILE, "aldersgruppe", NULL, in, error) ||
        !sp_facts_read_file(unit, RULE_FILE, "skjerming", NULL, in, error)) {
        return FALSE;
    }
    g_auto(GStrv) names = wanted(in, error);
    for (guint i = 0; names != NULL && i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        g_auto(GStrv) parts = g_strsplit(input->name, "/", 2);
        if (input->kind == SP_INPUT_STAGE &&
            !sp_unit_take_into(unit, parts[0], parts[1], (const char *const *)names, in, error)) {
            return FALSE;
        }
    }
    return names != NULL;
}

/* Beside the tables, for those who write packages. */
static gboolean add_origins(const SpUnit *unit, const SpTables *in, SpTables *out, GError **error)
{
    SpTable *origins = sp_origins_table(unit, sp_tables_find(in, "tabell"), error);
    if (origins != NULL) {
        sp_tables_add(out, origins);
    }
    return origins != NULL;
}

static gboolean make(SpUnit *unit, GError **error)
{
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) out = sp_tables_new();
    return read_all(unit, in, error) &&
           sp_transform_protect.run(in, unit->settings, out, unit->quality, error) &&
           add_origins(unit, in, out, error) && sp_unit_write(unit, out, error);
}

static const char *const config_keys[] = {SP_ORIGINS_KEYS, NULL};
static const SpTransform *const transforms[] = {&sp_transform_protect, NULL};

static const SpStage stage = {
    .name = "protect",
    .program_hash = SP_BUILD_PROTECT,
    .config_keys = config_keys,
    .transforms = transforms,
    .units = units,
    .inputs = inputs,
    .make = make,
};

const SpProgram sp_program_protect = {
    .name = "protect",
    .summary = "Assemble the published tables and suppress what must not be seen",
    .access = SP_ACCESS_WRITE,
    .takes = SP_TAKES_ALL,
    .stage = &stage,
};
