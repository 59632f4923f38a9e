/* Which result holds a table that a transform names. */
#include "pipeline/why/walk_state.h"

#include "transforms/project/files.h"
#include "transforms/vary/twin.h"

#include <string.h>

/* Between the names of a table and of the scenario it is of (sp_alternative_name). */
#define OF_SCENARIO ':'
#define PROTECT "protect"

static gboolean is_of_stage(const SpInput *input, const char *stage)
{
    const gsize size = strlen(stage);
    return strncmp(input->name, stage, size) == 0 && input->name[size] == '/';
}

static void add_table(SpWhy *why, SpPast *past, const char *name, GArray *places)
{
    SpWhyPlace place = {past, NULL};
    if (past != NULL && sp_past_has(past, name)) {
        place.table = sp_past_table(why->pasts, past, name, NULL);
    }
    if (place.table != NULL) {
        g_array_append_val(places, place);
    }
}

/* Of the inputs of a stage (NULL: all but what protect shows of facts), or of one unit of it, those
 * that have the table. */
static void add_inputs(SpWhy *why, SpPast *past, const char *stage, const char *unit,
                       const char *name, GArray *places)
{
    g_autofree char *wanted = unit != NULL ? g_strdup_printf("%s/%s", stage, unit) : NULL;
    for (guint i = 0; i < past->unit.inputs->len; i++) {
        const SpInput *input = past->unit.inputs->pdata[i];
        const gboolean is_wanted = wanted != NULL  ? strcmp(input->name, wanted) == 0
                                   : stage != NULL ? is_of_stage(input, stage)
                                                   : !is_of_stage(input, PROTECT);
        if (input->kind == SP_INPUT_STAGE && is_wanted) {
            add_table(why, sp_pasts_input(why->pasts, input, NULL), name, places);
        }
    }
}

GArray *sp_why_places(SpWhy *why, SpPast *past, const char *name)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(SpWhyPlace));
    const char *scenario = strchr(name, OF_SCENARIO);
    if (past == NULL) {
        add_table(why, why->edition, name, places);
        const SpWhyPlace own = {
            NULL, places->len == 0 ? sp_why_package_table(why->package, name, NULL) : NULL};
        if (own.table != NULL) {
            g_array_append_val(places, own);
        }
        return places;
    }
    if (g_str_has_prefix(name, SP_SHOWN_PREFIX)) {
        add_inputs(why, past, PROTECT, NULL, name + strlen(SP_SHOWN_PREFIX), places);
        return places;
    }
    if (scenario != NULL) {
        g_autofree char *table = g_strndup(name, (gsize)(scenario - name));
        add_inputs(why, past, past->stage->name, scenario + 1, table, places);
        return places;
    }
    /* What an earlier unit of the same stage has made stands in the place of what it was made of.
     */
    add_inputs(why, past, past->stage->name, NULL, name, places);
    if (places->len == 0) {
        add_inputs(why, past, NULL, NULL, name, places);
    }
    /* What protect publishes is never made of what it publishes, though it may be called so. */
    if (places->len == 0 && strcmp(past->stage->name, PROTECT) != 0) {
        add_table(why, past, name, places);
    }
    const SpTable *again = sp_tables_find(past->in, name);
    if (places->len == 0 && again != NULL && sp_why_file_of(past, name) == NULL) {
        const SpWhyPlace place = {past, again}; /* made again for the question */
        g_array_append_val(places, place);
    }
    return places;
}

/* "framskriving/bruk.csv" of "bruk". */
static gboolean is_called(const char *file, const char *name)
{
    static const char *const others[][2] = {{"indikator", "indicators.csv"},
                                            {"tabell", "tables.csv"}};
    g_autofree char *base = g_path_get_basename(file);
    for (const SpProjectFile *of = sp_project_files; of->path != NULL; of++) {
        if (strcmp(of->table, name) == 0 && strcmp(of->path, file) == 0) {
            return TRUE;
        }
    }
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        if (strcmp(others[i][0], name) == 0 && strcmp(others[i][1], file) == 0) {
            return TRUE;
        }
    }
    return g_str_has_suffix(base, ".csv") && strlen(base) == strlen(name) + strlen(".csv") &&
           g_str_has_prefix(base, name);
}

const SpInput *sp_why_file_of(const SpPast *past, const char *name)
{
    for (guint i = 0; past != NULL && i < past->unit.inputs->len; i++) {
        const SpInput *input = past->unit.inputs->pdata[i];
        if (input->kind == SP_INPUT_FILE && is_called(input->name, name)) {
            return input;
        }
    }
    return NULL;
}
