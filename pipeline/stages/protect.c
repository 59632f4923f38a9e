/* protect: sensitive facts as they may be seen; and, when all is made, the published tables. */
#include "pipeline/facts.h"
#include "pipeline/history.h"
#include "pipeline/origins.h"
#include "pipeline/program.h"
#include "pipeline/recall.h"

#include "core/error.h"
#include "pipeline/build.h"
#include "pipeline/dataset.h"
#include "pipeline/on_cells.h"
#include "transforms/protect/structure.h"
#include "transforms/protect/protect.h"
#include "transforms/protect/shown.h"

#include <string.h>

#define TABLE_FILE "tables.csv"
#define BAND_FILE "aldersgrupper.csv"
#define RULE_FILE "skjerming.csv"
#define CROSSING_FILE "skjermingskryss.csv"
#define HEIR_FILE "skjermingsarv.csv"
#define LAYER_FILE "skjermingslag.csv"
#define MORE_FILE "skjermingsregler.csv"
#define WISH_FILE "skjermingsrekkefolge.csv"
#define EDITION_UNIT "utgave"

static char **units(SpContext *context, GError **error)
{
    (void)context;
    (void)error;
    static const char *const names[] = {SP_FACTS_SHOWN, EDITION_UNIT, NULL};
    return g_strdupv((char **)(gpointer)names);
}

static gboolean is_of_facts(const char *unit)
{
    return strcmp(unit, SP_FACTS_SHOWN) == 0;
}

/* The datasets about persons, whose tables are the sensitive ones, the regions, and what was
 * published of such tables. */
static gboolean need_persons(SpUnit *unit, char **facts, GError **error)
{
    for (char **name = facts; *name != NULL; name++) {
        gboolean is_persons = strcmp(*name, SP_FACTS_REGIONS) == 0;
        if (!is_persons) {
            g_autoptr(SpSettings) settings = sp_dataset_settings(unit->context, *name, error);
            if (settings == NULL ||
                !sp_dataset_is_persons(unit->context, *name, settings, &is_persons, error)) {
                return FALSE;
            }
        }
        if (is_persons && !sp_unit_need_stage(unit, "normalise", *name, error)) {
            return FALSE;
        }
    }
    return sp_unit_need_file(unit, LAYER_FILE, error) &&
           sp_unit_need_file(unit, CROSSING_FILE, error) &&
           sp_unit_need_file(unit, WISH_FILE, error) && sp_unit_need_file(unit, MORE_FILE, error) &&
           sp_unit_need_file(unit, RULE_FILE, error) && sp_history_need(unit, NULL, error);
}

/* All that may be published must be seen here together. */
static gboolean inputs(SpUnit *unit, GError **error)
{
    g_auto(GStrv) facts = sp_facts_units(unit->context, error);
    if (facts == NULL) {
        return FALSE;
    }
    if (is_of_facts(unit->unit)) {
        return need_persons(unit, facts, error);
    }
    for (char **name = facts; *name != NULL; name++) {
        if (!sp_unit_need_stage(unit, "normalise", *name, error)) {
            return FALSE;
        }
    }
    return sp_unit_need_stage(unit, "protect", SP_FACTS_SHOWN, error) &&
           sp_unit_need_stage(unit, "project", "referanse", error) &&
           sp_unit_need_stage(unit, "project", "treffsikkerhet", error) &&
           sp_unit_need_stage(unit, "project", "alternativer", error) &&
           sp_unit_need_stage(unit, "vary", "landet", error) &&
           sp_unit_need_stage(unit, "vary", "kommunene", error) &&
           sp_unit_need_file(unit, TABLE_FILE, error) &&
           sp_unit_need_file(unit, BAND_FILE, error) && sp_unit_need_file(unit, RULE_FILE, error) &&
           sp_unit_need_file(unit, HEIR_FILE, error);
}

/* Those of the tables that a column names, and some more, that are not there yet: facts of other
 * use are large, and what may be seen of sensitive ones stands in their place. g_strfreev. */
static char **wanted(const SpTables *in, const char *catalogue, const char *column,
                     const char *const more[], GError **error)
{
    const SpTable *table = sp_tables_need(in, catalogue, error);
    gsize source = 0;
    if (table == NULL || !sp_table_need(table, column, SP_COLUMN_CODE, &source, error)) {
        return NULL;
    }
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    for (; *more != NULL; more++) {
        g_strv_builder_add(names, *more);
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *name = sp_table_code(table, row, source);
        if (sp_tables_find(in, name) == NULL) {
            g_strv_builder_add(names, name);
        }
    }
    return g_strv_builder_end(names);
}

static gboolean take_all(SpUnit *unit, const char *const *names, SpTables *in, GError **error)
{
    for (guint i = 0; i < unit->inputs->len; i++) {
        const SpInput *input = unit->inputs->pdata[i];
        g_auto(GStrv) parts = g_strsplit(input->name, "/", 2);
        if (input->kind == SP_INPUT_STAGE && strcmp(parts[0], "protect") != 0 &&
            !sp_unit_take_into(unit, parts[0], parts[1], names, in, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean read_edition(SpUnit *unit, SpTables *in, GError **error)
{
    static const char *const more[] = {"region", NULL};
    if (!sp_facts_read_file(unit, TABLE_FILE, "tabell", NULL, in, error) ||
        !sp_facts_read_file(unit, BAND_FILE, "aldersgruppe", NULL, in, error) ||
        !sp_facts_read_file(unit, RULE_FILE, "skjerming", NULL, in, error) ||
        !sp_facts_read_file(unit, HEIR_FILE, "skjermingsarv", NULL, in, error) ||
        !sp_unit_take_into(unit, "protect", SP_FACTS_SHOWN, NULL, in, error)) {
        return FALSE;
    }
    g_auto(GStrv) names = wanted(in, "tabell", "source", more, error);
    return names != NULL && take_all(unit, (const char *const *)names, in, error);
}

static gboolean read_facts(SpUnit *unit, SpTables *in, GError **error)
{
    static const char *const more[] = {"region", SP_TABLE_STRUCTURE, NULL};
    if (!sp_facts_read_file(unit, LAYER_FILE, "skjermingslag", NULL, in, error) ||
        !sp_facts_read_file(unit, CROSSING_FILE, "skjermingskryss", NULL, in, error) ||
        !sp_facts_read_file(unit, MORE_FILE, "skjermingsregler", NULL, in, error) ||
        !sp_facts_read_file(unit, WISH_FILE, "skjermingsrekkefolge", NULL, in, error) ||
        !sp_facts_read_file(unit, RULE_FILE, "skjerming", NULL, in, error)) {
        return FALSE;
    }
    g_auto(GStrv) names = wanted(in, "skjermingslag", "table", more, error);
    return names != NULL && take_all(unit, (const char *const *)names, in, error) &&
           sp_history_read(unit, (const char *const *)names, in, error);
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

/* The edition is as restricted as what is in it, and not as what that was made from. */
static void mark(SpUnit *unit, const SpTables *out)
{
    unit->marks &= ~(guint)SP_MARK_RESTRICTED;
    for (gsize i = 0; i < sp_tables_size(out); i++) {
        const SpTable *table = sp_tables_at(out, i);
        const guint restricted = sp_table_marks(table) & (guint)SP_MARK_RESTRICTED;
        unit->marks |= restricted;
        if (restricted) {
            sp_quality_note(unit->quality, "restricted", sp_table_name(table), 0,
                            "made from a sensitive source that no layer of "
                            "config/skjermingslag.csv has: the edition is not for publishing");
        }
    }
}

static gboolean make(SpUnit *unit, GError **error)
{
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) out = sp_tables_new();
    if (is_of_facts(unit->unit)) {
        return read_facts(unit, in, error) &&
               sp_transform_shown.run(in, unit->settings, out, unit->quality, error) &&
               sp_unit_write(unit, out, error);
    }
    if (!read_edition(unit, in, error) ||
        !sp_transform_protect.run(in, unit->settings, out, unit->quality, error)) {
        return FALSE;
    }
    mark(unit, out);
    return add_origins(unit, in, out, error) && sp_unit_write(unit, out, error);
}

/* The table that a published one is made of; NULL when the catalogue does not have it. */
static const char *source_of(const SpTables *in, const char *name)
{
    const SpTable *catalogue = sp_tables_find(in, "tabell");
    const gsize published = sp_table_find(catalogue, "name");
    const gsize source = sp_table_find(catalogue, "source");
    for (gsize row = 0; row < sp_table_n_rows(catalogue); row++) {
        if (strcmp(sp_table_code(catalogue, row, published), name) == 0) {
            return sp_table_code(catalogue, row, source);
        }
    }
    return NULL;
}

static gboolean is_shown(const char *input)
{
    return strcmp(input, "protect/" SP_FACTS_SHOWN) == 0;
}

static gboolean is_not_shown(const char *input)
{
    return !is_shown(input);
}

static gboolean recall_edition(SpUnit *unit, const char *table, SpTables *in, GError **error)
{
    if (sp_tables_size(in) == 0 &&
        (!sp_facts_read_file(unit, TABLE_FILE, "tabell", NULL, in, error) ||
         !sp_facts_read_file(unit, BAND_FILE, "aldersgruppe", NULL, in, error) ||
         !sp_recall_table(unit, "region", NULL, in, error))) {
        return FALSE;
    }
    const char *source = source_of(in, table);
    return source == NULL || *source == '\0' ||
           (sp_recall_table(unit, source, is_shown, in, error) &&
            sp_recall_table(unit, source, is_not_shown, in, error));
}

/* What is counted as hidden is of all tables. */
static gboolean recall(SpUnit *unit, const char *table, SpTables *in, GError **error)
{
    if (!is_of_facts(unit->unit)) {
        return recall_edition(unit, table, in, error);
    }
    if (strcmp(table, SP_TABLE_HIDDEN) != 0) {
        return sp_recall_table(unit, table, NULL, in, error);
    }
    g_autoptr(SpTables) all = sp_tables_new();
    if (!take_all(unit, NULL, all, error)) {
        return FALSE;
    }
    sp_recall_add(all, in);
    return TRUE;
}

static const char *const config_keys[] = {SP_ORIGINS_KEYS, NULL};
static const char *const no_keys[] = {NULL};
static const SpTransform *const all[] = {&sp_transform_shown, &sp_transform_protect, NULL};
static const SpTransform *const of_facts[] = {&sp_transform_shown, NULL};
static const SpTransform *const of_edition[] = {&sp_transform_protect, NULL};

static void choose_keys(const char *unit, const char *const **keys,
                        const SpTransform *const **transforms)
{
    *keys = is_of_facts(unit) ? no_keys : config_keys;
    *transforms = is_of_facts(unit) ? of_facts : of_edition;
}

static const SpStage stage = {
    .name = "protect",
    .program_hash = SP_BUILD_PROTECT,
    .config_keys = config_keys,
    .transforms = all,
    .choose_keys = choose_keys,
    .units = units,
    .inputs = inputs,
    .make = make,
    .recall = recall,
    .has_own_marks = TRUE,
    .early_unit = SP_FACTS_SHOWN,
    .early_before = "project",
};

/* ---- on a file ---- */

static SpOnCellsRequest request;

static const GOptionEntry options[] = {
    {"on", 0, 0, G_OPTION_ARG_FILENAME, &request.file,
     "Print what must be hidden of the table of these inner cells; no workspace is needed", "FILE"},
    {"design", 0, 0, G_OPTION_ARG_FILENAME, &request.design,
     "Which of them each cell is the sum of: inner, cell, coef", "FILE"},
    {"cells", 0, 0, G_OPTION_ARG_FILENAME, &request.cells,
     "Its published cells: cell, primary, candidate_rank, forced (1: known whatever is hidden)",
     "FILE"},
    {"contributors", 0, 0, G_OPTION_ARG_FILENAME, &request.contributors,
     "Who stands behind its inner cells: inner, contributor, amount", "FILE"},
    {"dominance", 0, 0, G_OPTION_ARG_STRING_ARRAY, &request.dominance,
     "With --contributors: hide cells of whose amount the N largest have more than K percent; may "
     "be repeated",
     "N,K"},
    {"p-percent", 0, 0, G_OPTION_ARG_STRING, &request.percent,
     "With --contributors: hide cells in which all but the two largest have less than P percent of "
     "the largest",
     "P"},
    {"hierarchies", 0, 0, G_OPTION_ARG_FILENAME, &request.hierarchies,
     "Instead: files COLUMN.csv (parent, child), one a column of codes", "FOLDER"},
    {"threshold", 0, 0, G_OPTION_ARG_STRING, &request.threshold,
     "With --hierarchies: counts above 0 and below this are hidden", "COUNT"},
    {"hide-zeros", 0, 0, G_OPTION_ARG_NONE, &request.hides_zeros,
     "With --threshold: counts of 0, too", NULL},
    {"count", 0, 0, G_OPTION_ARG_STRING, &request.count, "The column of counts (freq or ant)",
     "COLUMN"},
    {"method", 0, 0, G_OPTION_ARG_STRING, &request.method, "gauss (default) or rounding", "METHOD"},
    {"singletons", 0, 0, G_OPTION_ARG_STRING, &request.singletons,
     "none (default), anySum or subSum", "HOW"},
    {"base", 0, 0, G_OPTION_ARG_STRING, &request.base,
     "With --method rounding: counts below it become 0 or this", "COUNT"},
    {"width", 0, 0, G_OPTION_ARG_STRING, &request.width,
     "Least width of a hidden count's interval (protect.interval_width)", "COUNT"},
    {"linear-only", 0, 0, G_OPTION_ARG_NONE, &request.is_linear_only,
     "Let intervals be as narrow as they are", NULL},
    {0}};

static gboolean says_more_than_file(void)
{
    return request.design != NULL || request.cells != NULL || request.hierarchies != NULL ||
           request.threshold != NULL || request.count != NULL || request.method != NULL ||
           request.singletons != NULL || request.base != NULL || request.width != NULL ||
           request.hides_zeros || request.is_linear_only || request.contributors != NULL ||
           request.dominance != NULL || request.percent != NULL;
}

static const char *const own_keys[] = {"protect.interval_width", NULL};

static gboolean answer(SpContext *context, GError **error)
{
    g_autoptr(SpSettings) settings = sp_settings_new(context->config, NULL, own_keys, 1);
    request.usual_width = sp_settings_text(settings, own_keys[0], error);
    if (request.usual_width == NULL) {
        return FALSE;
    }
    g_autofree char *text = sp_on_cells_answer(&request, &context->log, error);
    return sp_program_print(text, error);
}

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    if (*arguments != NULL) {
        return sp_error_set(error, SP_ERROR_USAGE, "\"%s\": no argument is wanted here; see --help",
                            *arguments);
    }
    if (request.file != NULL) {
        return answer(context, error);
    }
    if (says_more_than_file()) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "cells and methods are of a table; name its file with --on FILE");
    }
    return sp_context_enter(context, error) && sp_stage_run(context, &stage, error);
}

const SpProgram sp_program_protect = {
    .name = "protect",
    .summary = "Assemble the published tables and suppress what must not be seen",
    .access = SP_ACCESS_NONE, /* a file needs no workspace; the stage enters it itself */
    .takes = SP_TAKES_ALL,
    .stage = &stage,
    .config_keys = own_keys,
    .options = options,
    .run = run,
};
