/* Scenarios from text to table to struct. */
#include "transforms/project/scenario.h"

#include "core/config.h"
#include "transforms/project/balance/causes.h"
#include "transforms/project/balance/exit_errors.h"
#include "transforms/project/scenario_keys.h"

#include <string.h>

/* The columns of the table, in order. */
enum { SECTION, KEY, VALUE, PLACE, N_COLUMNS };

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
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (!sp_scenario_set(scenario, sp_table_code(table, row, columns[SECTION]),
                             sp_table_code(table, row, columns[KEY]),
                             sp_table_code(table, row, columns[VALUE]), words, error)) {
            g_prefix_error(error, "%s: ", sp_table_code(table, row, columns[PLACE]));
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_scenario_read(const SpTables *in, SpScenario *scenario, GError **error)
{
    const SpTable *table = sp_tables_find(in, "scenario");
    return table == NULL ||
           sp_scenario_apply(table, sp_tables_find(in, "befolkningsbane"), scenario, error);
}

const char *sp_scenario_lacks(const SpScenario *scenario, const SpTables *in)
{
    static const char deaths[] = "doedelighet";
    gboolean is_needed = scenario->demand.healthy_ageing != SP_HEALTHY_AGEING_NONE;
    return is_needed && sp_tables_find(in, deaths) == NULL ? deaths : NULL;
}

gboolean sp_scenario_keeps(const SpScenario *scenario, const char *table)
{
    static const char *const passed_on[] = {SP_TABLE_EXIT_ERRORS, SP_TABLE_NEED_PARTS,
                                            SP_TABLE_SUPPLY_PARTS, NULL};
    return !g_strv_contains(passed_on, table) &&
           (scenario->keeps_population || strcmp(table, "framskriving_befolkning") != 0);
}
