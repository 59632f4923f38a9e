/* Scenarios from text to table to struct. */
#include "transforms/project/scenario.h"

#include "core/config.h"
#include "core/error.h"
#include "transforms/project/balance/causes.h"
#include "transforms/project/balance/exit_errors.h"
#include "transforms/project/scenario_keys.h"

#include <string.h>

/* The columns of the table, in order. */
enum { SECTION, KEY, VALUE, PLACE, N_COLUMNS };

enum { MOST_FAULTS = 10 }; /* told at once */

void sp_scenario_init(SpScenario *scenario, const SpPopulationOptions *population)
{
    *scenario = (SpScenario){.keeps_population = TRUE};
    sp_population_options_init(&scenario->population, 0, 0);
    if (population != NULL) {
        scenario->population = *population;
    }
    sp_demand_options_init(&scenario->demand);
    sp_supply_options_init(&scenario->supply);
}

static void add_row(SpTable *table, const char *section, char *assignment, const char *place)
{
    char *equals = strchr(assignment, '=');
    *equals = '\0'; /* sp_config_parse has seen it */
    const gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, SECTION, section);
    sp_table_set_code(table, row, KEY, g_strchomp(assignment));
    sp_table_set_code(table, row, VALUE, g_strchug(equals + 1));
    sp_table_set_code(table, row, PLACE, place);
}

SpTable *sp_scenario_table(const char *origin, const char *text, GError **error)
{
    static const SpColumn columns[N_COLUMNS] = {
        {.name = "seksjon", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "noekkel", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "verdi", .kind = SP_COLUMN_CODE},
        {.name = "sted", .kind = SP_COLUMN_CODE},
    };
    GKeyFile *file = sp_config_parse(origin, text, error);
    if (file == NULL) {
        return NULL;
    }
    g_key_file_unref(file); /* GKeyFile does not count lines, and errors must */
    SpTable *table = sp_table_new("scenario", columns, N_COLUMNS);
    g_auto(GStrv) lines =
        g_strsplit(g_str_has_prefix(text, "\xef\xbb\xbf") ? text + 3 : text, "\n", -1);
    g_autofree char *section = g_strdup("");
    for (guint i = 0; lines[i] != NULL; i++) {
        char *line = g_strstrip(lines[i]);
        g_autofree char *place = g_strdup_printf("%s: line %u", origin, i + 1);
        if (line[0] == '[') {
            g_free(section);
            section = g_strndup(line + 1, strlen(line) - 2);
        } else if (line[0] != '\0' && line[0] != '#') {
            add_row(table, section, line, place);
        }
    }
    return table;
}

gboolean sp_scenario_apply(const SpTable *table, const SpTable *words, SpScenario *scenario,
                           GError **error)
{
    static const char *const names[N_COLUMNS] = {"seksjon", "noekkel", "verdi", "sted"};
    static const char *const word_names[] = {"stoerrelse", "ord", "bane"};
    gsize columns[N_COLUMNS], word_columns[G_N_ELEMENTS(word_names)];
    if (!sp_table_need_all(table, names, N_COLUMNS, SP_COLUMN_CODE, columns, error) ||
        (words != NULL && !sp_table_need_all(words, word_names, G_N_ELEMENTS(word_names),
                                             SP_COLUMN_CODE, word_columns, error))) {
        return FALSE;
    }
    g_autoptr(GString) faults = g_string_new(NULL);
    guint n = 0;
    for (gsize row = 0; row < sp_table_n_rows(table) && n < MOST_FAULTS; row++) {
        g_autoptr(GError) fault = NULL;
        if (!sp_scenario_set(scenario, sp_table_code(table, row, columns[SECTION]),
                             sp_table_code(table, row, columns[KEY]),
                             sp_table_code(table, row, columns[VALUE]), words, &fault)) {
            g_string_append_printf(faults, "%s%s: %s", n++ == 0 ? "" : ". ",
                                   sp_table_code(table, row, columns[PLACE]), fault->message);
        }
    }
    return n == 0 || sp_error_set(error, SP_ERROR_CONFIG, "%s", faults->str);
}

gboolean sp_scenario_read(const SpTables *in, SpScenario *scenario, GError **error)
{
    const SpTable *table = sp_tables_find(in, "scenario");
    return table == NULL ||
           sp_scenario_apply(table, sp_tables_find(in, "befolkningsbane"), scenario, error);
}

GPtrArray *sp_scenario_idle(const SpTables *in, const SpScenario *scenario, const char *origin)
{
    GPtrArray *idle = g_ptr_array_new_with_free_func(g_free);
    const SpTable *table = sp_tables_find(in, "scenario");
    guint n_acting = 0;
    for (gsize row = 0; table != NULL && row < sp_table_n_rows(table); row++) {
        const char *section = sp_table_code(table, row, SECTION);
        const char *key = sp_table_code(table, row, KEY);
        const char *need = sp_scenario_key_needs(scenario, section, key);
        n_acting += need == NULL && strcmp(section, "scenario") != 0; /* which is of output alone */
        if (need != NULL) {
            g_ptr_array_add(idle, g_strdup_printf("%s: %s changes nothing unless %s",
                                                  sp_table_code(table, row, PLACE), key, need));
        }
    }
    if (n_acting == 0) {
        g_ptr_array_add(idle, g_strdup_printf("%s: changes nothing: its figures are the "
                                              "reference's",
                                              origin));
    }
    return idle;
}

const char *sp_scenario_place(const SpTables *in, const char *section, const char *key)
{
    const SpTable *table = sp_tables_find(in, "scenario");
    for (gsize row = 0; table != NULL && row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, SECTION), section) == 0 &&
            strcmp(sp_table_code(table, row, KEY), key) == 0) {
            return sp_table_code(table, row, PLACE);
        }
    }
    return NULL;
}

const SpScenarioNeed *sp_scenario_lacks(const SpScenario *scenario, const SpTables *in)
{
    static const SpScenarioNeed deaths = {"doedelighet", "demand", "healthy_ageing"};
    static const SpScenarioNeed round = {"ssb_framskriving_ettaarig", "population", "source"};
    const SpScenarioNeed *need =
        scenario->demand.healthy_ageing != SP_HEALTHY_AGEING_NONE ? &deaths : NULL;
    if (need != NULL && sp_tables_find(in, need->table) == NULL) {
        return need;
    }
    need = scenario->population.round.is_used ? &round : NULL;
    return need != NULL && sp_tables_find(in, need->table) == NULL ? need : NULL;
}

gboolean sp_scenario_keeps(const SpScenario *scenario, const char *table)
{
    static const char *const passed_on[] = {SP_TABLE_EXIT_ERRORS, SP_TABLE_NEED_PARTS,
                                            SP_TABLE_SUPPLY_PARTS, NULL};
    return !g_strv_contains(passed_on, table) &&
           (scenario->keeps_population || strcmp(table, "framskriving_befolkning") != 0);
}
