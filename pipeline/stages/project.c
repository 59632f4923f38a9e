/* project: projections of each scenario from the facts, the scenarios beside each other, and how near past ones came. */
#include "pipeline/backtest.h"
#include "pipeline/facts.h"
#include "pipeline/program.h"

#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/build.h"
#include "transforms/project/balance/balance.h"
#include "transforms/project/draws/transform.h"
#include "transforms/project/project.h"
#include "transforms/project/scenario.h"
#include "transforms/project/supply/transform.h"

#include <string.h>

#define SCENARIO_FOLDER "scenarios"
#define REFERENCE "referanse"
#define ALTERNATIVES "alternativer"
#define SCENARIOS "project.scenarios"

enum { MOST_TEXT = 1 << 20 }; /* bytes of a scenario */

/* --scenario: a scenario of the reader's own, for a trial. */
static char *scenario_file;

static const GOptionEntry options[] = {
    {"scenario", 0, 0, G_OPTION_ARG_FILENAME, &scenario_file,
     "A scenario of one's own beside the official ones; with --as", "FILE"},
    {0}};

/* ---- which units there are ---- */

/* Names are folders, codes in tables and ids of texts. */
static gboolean is_name(const char *text)
{
    return sp_table_is_column_name(text) && strcmp(text, ALTERNATIVES) != 0 &&
           strcmp(text, SP_BACKTEST_UNIT) != 0;
}

/* The name of the reader's own scenario: that of its file. */
static char *own_name(const SpContext *context, char **official, GError **error)
{
    g_autofree char *base = g_path_get_basename(scenario_file);
    g_autofree char *name = g_str_has_suffix(base, ".ini")
                                ? g_strndup(base, strlen(base) - strlen(".ini"))
                                : g_strdup(base);
    if (context->options.trial == NULL) {
        sp_error_set(error, SP_ERROR_USAGE,
                     "--scenario %s: give the trial a name with --as NAME; official results are "
                     "made of project.scenarios alone",
                     scenario_file);
        return NULL;
    }
    if (!is_name(name) || g_strv_contains((const char *const *)official, name)) {
        sp_error_set(error, SP_ERROR_USAGE,
                     "--scenario %s: a scenario is called as its file, and \"%s\" %s; rename the "
                     "file",
                     scenario_file, name,
                     is_name(name) ? "is an official one" : "is not of a-z, 0-9 and _ alone");
        return NULL;
    }
    return g_steal_pointer(&name);
}

/* The scenarios: the configured ones, then the reader's own. g_strfreev. */
static char **scenarios(const SpContext *context, GError **error)
{
    static const char *const keys[] = {SCENARIOS};
    g_autoptr(SpSettings) settings = sp_settings_new(context->config, NULL, keys, 1);
    g_auto(GStrv) official = sp_settings_list(settings, SCENARIOS, error);
    if (official == NULL) {
        return NULL;
    }
    if (g_strcmp0(official[0], REFERENCE) != 0) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     SCENARIOS " begins with \"%s\"; the first is " REFERENCE
                               ", which is what is published",
                     official[0] == NULL ? "" : official[0]);
        return NULL;
    }
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (char **name = official; *name != NULL; name++) {
        if (!is_name(*name)) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         SCENARIOS ": \"%s\" is no name of a scenario; a-z, 0-9 and _ are", *name);
            return NULL;
        }
        g_ptr_array_add(names, g_strdup(*name));
    }
    if (scenario_file != NULL) {
        char *own = own_name(context, official, error);
        if (own == NULL) {
            return NULL;
        }
        g_ptr_array_add(names, own);
    }
    g_ptr_array_add(names, NULL);
    g_ptr_array_set_free_func(names, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&names), FALSE);
}

static char **units(SpContext *context, GError **error)
{
    char **names = scenarios(context, error);
    if (names == NULL) {
        return NULL;
    }
    guint n = g_strv_length(names);
    names = g_renew(char *, names, n + 3);
    names[n] = g_strdup(SP_BACKTEST_UNIT);
    names[n + 1] = g_strdup(ALTERNATIVES);
    names[n + 2] = NULL;
    return names;
}

/* ---- one scenario ---- */

static char *scenario_input(const char *name)
{
    return g_strdup_printf(SCENARIO_FOLDER "/%s.ini", name);
}

static gboolean need_scenario(SpUnit *unit, GError **error)
{
    g_autofree char *input = scenario_input(unit->unit);
    g_auto(GStrv) names = scenarios(unit->context, error);
    if (names == NULL) {
        return FALSE;
    }
    gboolean is_own =
        scenario_file != NULL && strcmp(names[g_strv_length(names) - 1], unit->unit) == 0;
    return is_own ? sp_unit_need_path(unit, input, scenario_file, error)
                  : sp_unit_need_file(unit, input, error);
}

/* Files of config/ and the tables that transforms read them as; `measures` (parted by blanks) are
 * figures, all other columns codes. */
static const struct {
    const char *path, *table, *measures;
} files[] = {
    {"bruk.csv", "bruk", "bruk"},
    {"aldersgrupper.csv", "aldersgrupper", ""},
    {"profesjoner.csv", "profesjoner", ""},
    {"framskriving/befolkningsbane.csv", "befolkningsbane", ""},
    {"framskriving/tjenester.csv", "tjenester", ""},
    {"framskriving/struktur.csv", "struktur", "vekt trend trend_til"},
    {"framskriving/bemanning.csv", "bemanning_kilder", ""},
    {"framskriving/lovkrav.csv", "lovkrav", "minst"},
    {"framskriving/utvikling.csv", "utvikling",
     "drift drift_sd steg_sd dempning aldring aldring_sd beholdt"},
    {"framskriving/utdanning.csv", "utdanning",
     "aar fullfoering tid_0 tid_1 tid_2 tid_3 tid_4 tid_5 tid_6 tid_7 kvinner alder spredning "
     "minst "
     "variasjon"},
    {"framskriving/overganger.csv", "overganger", "andel kvinner alder spredning minst"},
    {"framskriving/avgang.csv", "avgang", "alder_fra alder_til avgang variasjon"},
    {"framskriving/pensjonsalder.csv", "pensjonsalder", "alder"},
    {"framskriving/arbeidssted.csv", "arbeidssted", "verdi"},
    {"framskriving/sektor.csv", "sektor", ""},
    {"framskriving/kostnad.csv", "kostnad", "vekt"},
    {"framskriving/sjokk.csv", "sjokk", "verdi"},
};

static gboolean need_facts(SpUnit *unit, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        if (!sp_unit_need_file(unit, files[i].path, error)) {
            return FALSE;
        }
    }
    return sp_facts_need(unit, "project.inputs", error) &&
           sp_facts_need_fetched(unit, "project.inputs_if_fetched", error) &&
           need_scenario(unit, error);
}

/* The scenario as the table that transforms read; what is wrong in it is told at once. */
static gboolean read_scenario(const SpUnit *unit, SpTables *in, SpScenario *scenario,
                              GError **error)
{
    g_autofree char *name = scenario_input(unit->unit);
    const SpInput *input = sp_unit_input(unit, SP_INPUT_FILE, name);
    gsize size = 0;
    g_autofree char *text = sp_file_read(input->path, MOST_TEXT, &size, error);
    SpTable *table = text == NULL ? NULL : sp_scenario_table(input->path, text, error);
    if (table == NULL) {
        return FALSE;
    }
    sp_tables_add(in, table);
    sp_scenario_init(scenario, NULL);
    return sp_scenario_read(in, scenario, error);
}

static gboolean read_inputs(SpUnit *unit, SpTables *in, SpScenario *scenario, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_auto(GStrv) measures = g_strsplit(files[i].measures, " ", -1);
        if (!sp_facts_read_file(unit, files[i].path, files[i].table, (const char *const *)measures,
                                in, error)) {
            return FALSE;
        }
    }
    return sp_facts_read(unit, "project.inputs", in, error) &&
           sp_facts_read_fetched(unit, "project.inputs_if_fetched", in, error) &&
           read_scenario(unit, in, scenario, error);
}

/* One after another: each reads what those before it made, and may make a table again. */
static const SpTransform *const chain[] = {
    &sp_transform_population, &sp_transform_population_intervals,
    &sp_transform_demand,     &sp_transform_supply,
    &sp_transform_balance,    &sp_transform_draws};

static gboolean draws_futures(const SpTransform *transform)
{
    return transform == &sp_transform_population_intervals || transform == &sp_transform_draws;
}

/* Those that draw estimate the models once more; what they have to tell was told the first time. */
static gboolean run_one(const SpTransform *transform, SpUnit *unit, const SpTables *in,
                        SpTables *out, GError **error)
{
    g_autoptr(SpQuality) told = sp_quality_new();
    return transform->run(in, unit->settings, out, draws_futures(transform) ? told : unit->quality,
                          error);
}

static gboolean is_asked_for(const SpTransform *transform, const SpScenario *scenario)
{
    return !draws_futures(transform) || scenario->has_draws;
}

static gboolean make_scenario(SpUnit *unit, GError **error)
{
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) made = sp_tables_new();
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    SpScenario scenario;
    if (!read_inputs(unit, in, &scenario, error)) {
        return FALSE;
    }
    const char *lacking = sp_scenario_lacks(&scenario, in);
    if (lacking != NULL && strcmp(unit->unit, REFERENCE) != 0) {
        sp_quality_note(unit->quality, "scenario_not_made", lacking, 0,
                        "the scenario rests on %s, which no dataset of fetch.datasets makes: it is "
                        "not among the alternatives",
                        lacking);
        return sp_unit_write(unit, made, error);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(chain); i++) {
        g_autoptr(SpTables) out = sp_tables_new();
        if (!is_asked_for(chain[i], &scenario)) {
            continue;
        }
        if (!run_one(chain[i], unit, in, out, error)) {
            return FALSE;
        }
        while (sp_tables_size(out) > 0) {
            const char *name = sp_table_name(sp_tables_at(out, 0));
            g_autoptr(SpTable) before = sp_tables_steal(in, name);
            if (before == NULL) {
                g_ptr_array_add(names, g_strdup(name));
            }
            sp_tables_add(in, sp_tables_steal(out, name));
        }
    }
    for (guint i = 0; i < names->len; i++) {
        SpTable *table = sp_tables_steal(in, names->pdata[i]);
        if (strcmp(names->pdata[i], "framskriving_befolkning") == 0 && !scenario.keeps_population) {
            sp_table_free(table);
        } else {
            sp_tables_add(made, table);
        }
    }
    return sp_unit_write(unit, made, error);
}

/* ---- the scenarios beside each other ---- */

static gboolean need_scenarios(SpUnit *unit, GError **error)
{
    g_auto(GStrv) names = scenarios(unit->context, error);
    for (char **name = names; names != NULL && *name != NULL; name++) {
        if (!sp_unit_need_stage(unit, "project", *name, error)) {
            return FALSE;
        }
    }
    return names != NULL;
}

static gboolean make_alternatives(SpUnit *unit, GError **error)
{
    static const char *const wanted[] = {"framskriving_etterspoersel", "framskriving_gap", NULL};
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_auto(GStrv) names = scenarios(unit->context, error);
    for (char **name = names; names != NULL && *name != NULL; name++) {
        g_autoptr(SpTables) tables = sp_tables_new();
        if (!sp_unit_take_into(unit, "project", *name, wanted, tables, error)) {
            return FALSE;
        }
        for (const char *const *table = wanted; *table != NULL; table++) {
            SpTable *own = sp_tables_steal(tables, *table);
            if (own != NULL) {
                g_autofree char *as = sp_alternative_name(*table, *name);
                sp_table_set_name(own, as);
                sp_tables_add(in, own);
            }
        }
    }
    return names != NULL &&
           sp_transform_alternatives.run(in, unit->settings, out, unit->quality, error) &&
           sp_unit_write(unit, out, error);
}

/* ---- descriptor ---- */

static gboolean is_unit(const SpUnit *unit, const char *name)
{
    return strcmp(unit->unit, name) == 0;
}

/* They are of all scenarios. */
static gboolean comes_after(const char *unit)
{
    return strcmp(unit, ALTERNATIVES) == 0;
}

static gboolean inputs(SpUnit *unit, GError **error)
{
    return is_unit(unit, ALTERNATIVES)       ? need_scenarios(unit, error)
           : is_unit(unit, SP_BACKTEST_UNIT) ? sp_backtest_inputs(unit, error)
                                             : need_facts(unit, error);
}

static gboolean make(SpUnit *unit, GError **error)
{
    return is_unit(unit, ALTERNATIVES)       ? make_alternatives(unit, error)
           : is_unit(unit, SP_BACKTEST_UNIT) ? sp_backtest_make(unit, error)
                                             : make_scenario(unit, error);
}

static const char *const config_keys[] = {SP_BACKTEST_INPUT_KEYS, NULL};
/* Which scenarios there are decides what is made, and not what any of them is. */
static const char *const program_keys[] = {SCENARIOS, NULL};
static const SpTransform *const transforms[] = {&sp_transform_population,
                                                &sp_transform_population_intervals,
                                                &sp_transform_draws,
                                                &sp_transform_demand,
                                                &sp_transform_supply,
                                                &sp_transform_balance,
                                                &sp_transform_alternatives,
                                                &sp_transform_backtest,
                                                NULL};

static const SpStage stage = {
    .name = "project",
    .program_hash = SP_BUILD_PROJECT,
    .config_keys = config_keys,
    .transforms = transforms,
    .units = units,
    .inputs = inputs,
    .make = make,
    .is_parallel = TRUE,
    .comes_after = comes_after,
    .has_own_marks = TRUE,
};

const SpProgram sp_program_project = {
    .name = "project",
    .summary = "Project population, staff, need and balance of every kommune",
    .access = SP_ACCESS_WRITE,
    .stage = &stage,
    .config_keys = program_keys,
    .options = options,
};
