/* One scenario, from the facts. */
#include "pipeline/scenarios.h"

#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/alternatives.h"
#include "pipeline/backtest.h"
#include "pipeline/facts.h"
#include "pipeline/projectfiles.h"
#include "pipeline/recall.h"
#include "transforms/project/balance/causes.h"
#include "transforms/project/balance/leavers_seen.h"
#include "transforms/project/balance/turnover.h"
#include "transforms/project/scenario.h"

#include <malloc.h>
#include <string.h>

#define REFERENCE "referanse"

enum { MOST_TEXT = 1 << 20 }; /* bytes of a scenario */

static char *scenario_file;

const GOptionEntry sp_scenario_options[] = {
    {"scenario", 0, 0, G_OPTION_ARG_FILENAME, &scenario_file,
     "A scenario of one's own beside the official ones; with --as", "FILE"},
    {0}};

/* ---- which there are ---- */

/* Names are folders, codes in tables and ids of texts. */
static gboolean is_name(const char *text)
{
    return sp_table_is_column_name(text) && strcmp(text, SP_ALTERNATIVES_UNIT) != 0 &&
           strcmp(text, SP_BACKTEST_UNIT) != 0;
}

/* The reader's own is called as its file. g_free. */
static char *name_of_file(void)
{
    char *name = g_path_get_basename(scenario_file);
    if (g_str_has_suffix(name, ".ini")) {
        name[strlen(name) - strlen(".ini")] = '\0';
    }
    return name;
}

/* Whether a unit is the reader's own; that it is not called as an official one is checked. */
static gboolean is_own(const SpUnit *unit)
{
    g_autofree char *name = scenario_file == NULL ? NULL : name_of_file();
    return g_strcmp0(name, unit->unit) == 0;
}

static char *own_name(const SpContext *context, char **official, GError **error)
{
    g_autofree char *name = name_of_file();
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

char **sp_scenario_names(const SpContext *context, GError **error)
{
    static const char *const keys[] = {SP_SCENARIOS_KEY};
    g_autoptr(SpSettings) settings = sp_settings_new(context->config, NULL, keys, 1);
    g_auto(GStrv) official = sp_settings_list(settings, SP_SCENARIOS_KEY, error);
    if (official == NULL) {
        return NULL;
    }
    if (g_strcmp0(official[0], REFERENCE) != 0) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     SP_SCENARIOS_KEY " begins with \"%s\"; the first is " REFERENCE
                                      ", which is what is published",
                     official[0] == NULL ? "" : official[0]);
        return NULL;
    }
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (char **name = official; *name != NULL; name++) {
        if (!is_name(*name)) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         SP_SCENARIOS_KEY ": \"%s\" is no name of a scenario; a-z, 0-9 and _ are",
                         *name);
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

/* ---- reading ---- */

static char *scenario_input(const char *name)
{
    return g_strdup_printf(SP_SCENARIO_FOLDER "/%s.ini", name);
}

static gboolean need_scenario(SpUnit *unit, GError **error)
{
    g_autofree char *input = scenario_input(unit->unit);
    return is_own(unit) ? sp_unit_need_path(unit, input, scenario_file, error)
                        : sp_unit_need_file(unit, input, error);
}

gboolean sp_scenario_inputs(SpUnit *unit, GError **error)
{
    return sp_project_files_need(unit, SP_FILE_OF_SCENARIO, error) &&
           sp_facts_need(unit, SP_INPUTS_KEY, error) &&
           sp_facts_need_fetched(unit, SP_INPUTS_IF_FETCHED_KEY, error) &&
           sp_facts_need_shown(unit, SP_INPUTS_IF_FETCHED_KEY, error) && need_scenario(unit, error);
}

/* The scenario as the table that transforms read; what is wrong in it is told at once. */
static gboolean read_file(const char *path, SpTables *in, SpScenario *scenario, GError **error)
{
    gsize size = 0;
    g_autofree char *text = sp_file_read(path, MOST_TEXT, &size, error);
    SpTable *table = text == NULL ? NULL : sp_scenario_table(path, text, error);
    if (table == NULL) {
        return FALSE;
    }
    sp_tables_add(in, table);
    sp_scenario_init(scenario, NULL);
    return sp_scenario_read(in, scenario, error);
}

static gboolean read_scenario(const SpUnit *unit, SpTables *in, SpScenario *scenario,
                              GError **error)
{
    g_autofree char *name = scenario_input(unit->unit);
    return read_file(sp_unit_input(unit, SP_INPUT_FILE, name)->path, in, scenario, error);
}

/* What comes of nothing is no fault, but a reader believes that it acts: who finishes in the last
 * year or later is in no figure, and some keys act beside another alone. */
static gboolean tell_idle(const SpContext *context, const SpTables *in, const SpScenario *scenario,
                          GError **error)
{
    g_autoptr(GPtrArray) idle = sp_scenario_idle(in, scenario, scenario_file);
    static const char *const keys[] = {"project.horizon"};
    g_autoptr(SpSettings) settings = sp_settings_new(context->config, NULL, keys, 1);
    gint64 last = 0;
    if (!sp_settings_int(settings, keys[0], 0, G_MAXINT, &last, error)) {
        return FALSE;
    }
    for (guint i = 0; i < idle->len; i++) {
        sp_log(&context->log, SP_LOG_WARNING, "%s", (const char *)idle->pdata[i]);
    }
    if (scenario->supply.inflow.from >= last) {
        sp_log(&context->log, SP_LOG_WARNING,
               "%s: inflow changes from %d, and project.horizon is %d: it changes nothing",
               sp_scenario_place(in, "supply", "inflow"), scenario->supply.inflow.from, (int)last);
    }
    return TRUE;
}

gboolean sp_scenario_check_own(const SpContext *context, GError **error)
{
    g_autoptr(SpTables) in = sp_tables_new();
    SpScenario scenario;
    if (scenario_file == NULL) {
        return TRUE;
    }
    if (!g_file_test(scenario_file, G_FILE_TEST_IS_REGULAR)) {
        return sp_error_set(error, SP_ERROR_NO_INPUT,
                            "--scenario %s: there is no such file; write it as "
                            "docs/methods/scenarios.md tells, or give its path from where you are",
                            scenario_file);
    }
    g_autofree char *name = name_of_file();
    if (!sp_unit_is_chosen(context, name) && !sp_unit_is_chosen(context, SP_ALTERNATIVES_UNIT)) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "--scenario %s: --unit leaves it out; add --unit %s, or give no --unit",
                            scenario_file, name);
    }
    return sp_project_files_read(context, SP_FILE_OF_SCENARIO, in, error) &&
           read_file(scenario_file, in, &scenario, error) &&
           tell_idle(context, in, &scenario, error);
}

/* Recruitment is published, and is made of those who left: of whom nothing is hidden. */
static gboolean hide_leavers(const SpUnit *unit, SpTables *in, GError **error)
{
    const SpTable *table = sp_tables_find(in, SP_TABLE_LEAVERS);
    g_autoptr(SpTable) shown = NULL;
    if (!sp_facts_take_shown(unit, SP_TABLE_LEAVERS, &shown, error)) {
        return FALSE;
    }
    if (table == NULL || shown == NULL) {
        return TRUE;
    }
    SpTable *seen = sp_leavers_seen(table, shown, error);
    if (seen == NULL) {
        return FALSE;
    }
    sp_table_free(sp_tables_steal(in, SP_TABLE_LEAVERS));
    sp_tables_add(in, seen);
    return TRUE;
}

/* All that the chain reads. *lacking is the table that the scenario rests on and no dataset makes,
 * NULL if none: an official scenario is then not made, but the reference and the reader's own are
 * asked for. */
static gboolean read_inputs(SpUnit *unit, SpTables *in, SpScenario *scenario, const char **lacking,
                            GError **error)
{
    if (!sp_project_files_read(unit->context, SP_FILE_OF_SCENARIO, in, error) ||
        !sp_facts_read(unit, SP_INPUTS_KEY, in, error) ||
        !sp_facts_read_fetched(unit, SP_INPUTS_IF_FETCHED_KEY, in, error) ||
        !hide_leavers(unit, in, error) || !read_scenario(unit, in, scenario, error)) {
        return FALSE;
    }
    const SpScenarioNeed *need = sp_scenario_lacks(scenario, in);
    *lacking = need == NULL ? NULL : need->table;
    return need == NULL || (!is_own(unit) && strcmp(unit->unit, REFERENCE) != 0) ||
           sp_error_set(error, SP_ERROR_NO_INPUT,
                        "%s: %s rests on %s, which no dataset in use makes; add one that does "
                        "(docs/tables.md) to " SP_INPUTS_IF_FETCHED_KEY " and fetch.datasets",
                        sp_scenario_place(in, need->section, need->key), need->key, need->table);
}

/* ---- making ---- */

static const SpTransform *const chain[] = {SP_SCENARIO_CHAIN};

/* Those that draw estimate the models once more; what they have to tell was told the first time. */
static gboolean run_one(const SpTransform *transform, SpUnit *unit, const SpTables *in,
                        SpTables *out, GError **error)
{
    g_autoptr(SpQuality) told = sp_quality_new();
    if (transform->runs_alone) {
        sp_turns_begin_alone(&unit->context->turns);
        (void)malloc_trim(0); /* what the units before let go of is kept by each thread's heap */
    }
    gboolean is_run = transform->run(in, unit->settings, out,
                                     transform->draws_futures ? told : unit->quality, error);
    if (transform->runs_alone) {
        sp_turns_end_alone(&unit->context->turns);
    }
    return is_run;
}

/* Tables of `out` to those that the next transforms read; the names of new ones to `names`. */
static void hand_on(SpTables *out, SpTables *in, GPtrArray *names)
{
    while (sp_tables_size(out) > 0) {
        const char *name = sp_table_name(sp_tables_at(out, 0));
        g_autoptr(SpTable) before = sp_tables_steal(in, name);
        if (before == NULL) {
            g_ptr_array_add(names, g_strdup(name));
        }
        sp_tables_add(in, sp_tables_steal(out, name));
    }
}

/* All that the chain makes and the scenario keeps. */
static gboolean run_chain(SpUnit *unit, const SpScenario *scenario, SpTables *in, SpTables *made,
                          GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < G_N_ELEMENTS(chain); i++) {
        g_autoptr(SpTables) out = sp_tables_new();
        if (chain[i]->draws_futures && !scenario->has_draws) {
            continue;
        }
        if (!run_one(chain[i], unit, in, out, error)) {
            return FALSE;
        }
        hand_on(out, in, names);
    }
    for (guint i = 0; i < names->len; i++) {
        if (sp_scenario_keeps(scenario, names->pdata[i])) {
            sp_tables_add(made, sp_tables_steal(in, names->pdata[i]));
        }
    }
    return TRUE;
}

gboolean sp_scenario_check(SpUnit *unit, GError **error)
{
    g_autoptr(SpTables) in = sp_tables_new();
    SpScenario scenario;
    const char *lacking;
    if (!read_inputs(unit, in, &scenario, &lacking, error)) {
        return FALSE;
    }
    gsize n = lacking == NULL ? G_N_ELEMENTS(chain) : 0;
    for (gsize i = 0; i < n; i++) {
        gboolean is_run = scenario.has_draws || !chain[i]->draws_futures;
        if (is_run && chain[i]->check != NULL && !chain[i]->check(in, unit->settings, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_scenario_make(SpUnit *unit, GError **error)
{
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) made = sp_tables_new();
    SpScenario scenario;
    const char *lacking;
    if (!read_inputs(unit, in, &scenario, &lacking, error)) {
        return FALSE;
    }
    if (lacking != NULL) {
        sp_quality_note(unit->quality, "scenario_not_made", lacking, 0,
                        "the scenario rests on %s, which no dataset of fetch.datasets makes: it is "
                        "not among the alternatives",
                        lacking);
    } else if (!run_chain(unit, &scenario, in, made, error)) {
        return FALSE;
    }
    return sp_unit_write(unit, made, error);
}

/* ---- asking ---- */

/* Runs one transform once more; of its tables those that are not there yet are kept. */
static gboolean make_again(const SpTransform *transform, SpUnit *unit, SpTables *in, GError **error)
{
    g_autoptr(SpTables) out = sp_tables_new();
    if (!transform->run(in, unit->settings, out, unit->quality, error)) {
        return FALSE;
    }
    sp_recall_add(out, in);
    return TRUE;
}

gboolean sp_scenario_recall(SpUnit *unit, const char *table, SpTables *in, GError **error)
{
    static const char *const of_parts[] = {SP_TABLE_CAUSES, SP_TABLE_NEED_PARTS,
                                           SP_TABLE_SUPPLY_PARTS, NULL};
    SpScenario scenario;
    const char *lacking;
    if (sp_tables_size(in) == 0 && (!read_inputs(unit, in, &scenario, &lacking, error) ||
                                    !sp_recall_own(unit, in, error))) {
        return FALSE;
    }
    if (sp_tables_find(in, "framskriving_befolkning") == NULL &&
        !make_again(&sp_transform_population, unit, in, error)) {
        return FALSE;
    }
    return !g_strv_contains(of_parts, table) || sp_tables_find(in, SP_TABLE_NEED_PARTS) != NULL ||
           (make_again(&sp_transform_demand, unit, in, error) &&
            make_again(&sp_transform_supply, unit, in, error));
}
