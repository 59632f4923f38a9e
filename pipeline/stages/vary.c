/* vary: indicators, their variation between kommuner, and where each kommune stands; then, with
 * what is projected, a profile of each kommune. Without a workspace, the same measures on a file
 * that anybody brings. */
#include "pipeline/facts.h"
#include "pipeline/program.h"

#include "core/error.h"
#include "pipeline/build.h"
#include "pipeline/on_file.h"
#include "pipeline/recall.h"
#include "transforms/vary/catalogue.h"
#include "transforms/vary/profiles.h"
#include "transforms/vary/twin.h"
#include "transforms/vary/vary.h"

#include <string.h>

#define INDICATOR_FILE "indicators.csv"
#define NEIGHBOUR_FILE "naboer.csv"
#define MIDDLE_FILE "midtpunkter.csv"
#define SMALL_FILE "smaa_kommuner.csv"
#define LAW_FILE "framskriving/lovkrav.csv"
#define COUNTRY_UNIT "landet"
#define PROFILE_UNIT "kommunene"

static char **units(SpContext *context, GError **error)
{
    (void)context;
    (void)error;
    static const char *const names[] = {COUNTRY_UNIT, PROFILE_UNIT, NULL};
    return g_strdupv((char **)(gpointer)names);
}

static gboolean is_profile(const char *unit)
{
    return strcmp(unit, PROFILE_UNIT) == 0;
}

static gboolean inputs(SpUnit *unit, GError **error)
{
    if (is_profile(unit->unit)) {
        return sp_unit_need_stage(unit, "normalise", SP_FACTS_REGIONS, error) &&
               sp_unit_need_stage(unit, "vary", COUNTRY_UNIT, error) &&
               sp_unit_need_stage(unit, "project", "referanse", error) &&
               sp_unit_need_file(unit, INDICATOR_FILE, error) &&
               sp_unit_need_file(unit, SMALL_FILE, error) &&
               sp_unit_need_file(unit, LAW_FILE, error);
    }
    return sp_unit_need_stage(unit, "protect", SP_FACTS_SHOWN, error) &&
           sp_facts_need(unit, "vary.inputs", error) &&
           sp_facts_need_fetched(unit, "vary.inputs_if_fetched", error) &&
           sp_unit_need_file(unit, INDICATOR_FILE, error) &&
           sp_unit_need_file(unit, NEIGHBOUR_FILE, error) &&
           sp_unit_need_file(unit, MIDDLE_FILE, error);
}

/* What may be seen of sensitive facts, beside the facts themselves. */
static gboolean read_shown(SpUnit *unit, const char *const names[], SpTables *in, GError **error)
{
    g_autoptr(SpTables) shown = sp_tables_new();
    if (!sp_unit_take_into(unit, "protect", SP_FACTS_SHOWN, names, shown, error)) {
        return FALSE;
    }
    while (sp_tables_size(shown) > 0) {
        const char *name = sp_table_name(sp_tables_at(shown, 0));
        g_autofree char *renamed = g_strconcat(SP_SHOWN_PREFIX, name, NULL);
        SpTable *table = sp_tables_steal(shown, name);
        sp_table_set_name(table, renamed);
        sp_tables_add(in, table);
    }
    return TRUE;
}

/* Of the facts what the catalogue's formulas name: others are large. */
static gboolean read_facts(SpUnit *unit, SpTables *in, GError **error)
{
    static const char *const degrees[] = {"breddegrad", "lengdegrad", NULL};
    if (!sp_facts_read_file(unit, INDICATOR_FILE, "indikator", NULL, in, error) ||
        !sp_facts_read_file(unit, MIDDLE_FILE, "midtpunkter", degrees, in, error) ||
        !sp_facts_read_file(unit, NEIGHBOUR_FILE, "naboer", NULL, in, error)) {
        return FALSE;
    }
    g_autoptr(GPtrArray) indicators = sp_indicators_read(sp_tables_find(in, "indikator"), error);
    if (indicators == NULL) {
        return FALSE;
    }
    g_auto(GStrv) names = sp_indicators_tables(indicators);
    return read_shown(unit, (const char *const *)names, in, error) &&
           sp_facts_read(unit, "vary.inputs", in, error) &&
           sp_facts_take_fetched(unit, "vary.inputs_if_fetched", (const char *const *)names, in,
                                 error);
}

/* Those after the second: each makes its tables from the values, which the first two make of the
 * facts. */
static const SpTransform *const transforms[] = {
    &sp_transform_distances,   &sp_transform_indicators, &sp_transform_variation,
    &sp_transform_comparators, &sp_transform_comparison, &sp_transform_development,
    &sp_transform_shares,      &sp_transform_success,    NULL};
enum { N_OF_FACTS = 2 };

static const SpTransform *const profiles[] = {&sp_transform_challenges, &sp_transform_small, NULL};

static gboolean read_profiles(SpUnit *unit, SpTables *in, GError **error)
{
    static const char *const limits[] = {"middels", "hoey", NULL};
    static const char *const least[] = {"minst", NULL};
    return sp_facts_read_file(unit, INDICATOR_FILE, "indikator", NULL, in, error) &&
           sp_facts_read_file(unit, SMALL_FILE, "smaa_kommuner", limits, in, error) &&
           sp_facts_read_file(unit, LAW_FILE, "lovkrav", least, in, error) &&
           sp_unit_read_into(unit, "normalise", SP_FACTS_REGIONS, in, error) &&
           sp_unit_take_into(unit, "vary", COUNTRY_UNIT, sp_profiles_of_vary, in, error) &&
           sp_unit_take_into(unit, "project", "referanse", sp_profiles_of_project, in, error);
}

/* What must not be seen is hidden before anything is made of it: what is made is as restricted as
 * the projections among its inputs, and not as the facts. */
static void mark(SpUnit *unit, const SpTables *in)
{
    guint marks = 0;
    for (const char *const *name = sp_profiles_of_project; *name != NULL; name++) {
        const SpTable *table = sp_tables_find(in, *name);
        marks |= table != NULL ? sp_table_marks(table) : 0U;
    }
    unit->marks = (unit->marks & ~(guint)SP_MARK_RESTRICTED) | (marks & (guint)SP_MARK_RESTRICTED);
}

/* The same of tables made of facts alone. */
static void mark_all(SpUnit *unit, const SpTables *in, const SpTables *out)
{
    mark(unit, in);
    for (gsize i = 0; i < sp_tables_size(out); i++) {
        SpTable *table = sp_tables_at(out, i);
        sp_table_set_marks(table, sp_table_marks(table) & ~(guint)SP_MARK_RESTRICTED);
    }
}

static gboolean make_profiles(SpUnit *unit, GError **error)
{
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) out = sp_tables_new();
    if (!read_profiles(unit, in, error)) {
        return FALSE;
    }
    for (const SpTransform *const *transform = profiles; *transform != NULL; transform++) {
        if (!(*transform)->run(in, unit->settings, out, unit->quality, error)) {
            return FALSE;
        }
    }
    mark(unit, in);
    return sp_unit_write(unit, out, error);
}

static gboolean make(SpUnit *unit, GError **error)
{
    if (is_profile(unit->unit)) {
        return make_profiles(unit, error);
    }
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpTables) out = sp_tables_new();
    if (!read_facts(unit, in, error) ||
        !sp_transform_distances.run(in, unit->settings, in, unit->quality, error) ||
        !sp_transform_indicators.run(in, unit->settings, in, unit->quality, error)) {
        return FALSE;
    }
    for (gsize i = N_OF_FACTS; transforms[i] != NULL; i++) {
        if (!transforms[i]->run(in, unit->settings, out, unit->quality, error)) {
            return FALSE;
        }
    }
    sp_tables_add(out, sp_tables_steal(in, "indikatorverdi"));
    mark_all(unit, in, out);
    return sp_unit_write(unit, out, error);
}

/* Distances are made of a few figures and kept nowhere. */
static gboolean recall(SpUnit *unit, const char *table, SpTables *in, GError **error)
{
    (void)table;
    if (sp_tables_size(in) > 0) {
        return TRUE;
    }
    return is_profile(unit->unit)
               ? read_profiles(unit, in, error)
               : read_facts(unit, in, error) &&
                     sp_transform_distances.run(in, unit->settings, in, unit->quality, error) &&
                     sp_recall_own(unit, in, error);
}

static const char *const config_keys[] = {"vary.inputs", "vary.inputs_if_fetched", NULL};
static const char *const no_keys[] = {NULL};

static const SpTransform *const all[] = {&sp_transform_distances,
                                         &sp_transform_indicators,
                                         &sp_transform_variation,
                                         &sp_transform_comparators,
                                         &sp_transform_comparison,
                                         &sp_transform_development,
                                         &sp_transform_shares,
                                         &sp_transform_success,
                                         &sp_transform_challenges,
                                         &sp_transform_small,
                                         NULL};

static void choose_keys(const char *unit, const char *const **keys,
                        const SpTransform *const **of_unit)
{
    *keys = is_profile(unit) ? no_keys : config_keys;
    *of_unit = is_profile(unit) ? profiles : transforms;
}

static const SpStage stage = {
    .name = "vary",
    .program_hash = SP_BUILD_VARY,
    .config_keys = config_keys,
    .transforms = all,
    .choose_keys = choose_keys,
    .units = units,
    .inputs = inputs,
    .make = make,
    .recall = recall,
};

/* ---- on a file ---- */

static SpOnFileRequest request;
static char *law;

static const GOptionEntry options[] = {
    {"on", 0, 0, G_OPTION_ARG_FILENAME, &request.file,
     "Print measures of this CSV file, one row an area; no workspace is needed", "FILE"},
    {"area", 0, 0, G_OPTION_ARG_STRING, &request.area, "Its column of areas", "COLUMN"},
    {"observed", 0, 0, G_OPTION_ARG_STRING, &request.observed, "Its column of counts", "COLUMN"},
    {"expected", 0, 0, G_OPTION_ARG_STRING, &request.expected,
     "Its column of counts to hold them against", "COLUMN"},
    {"population", 0, 0, G_OPTION_ARG_STRING, &request.population, "Its column of persons",
     "COLUMN"},
    {"group", 0, 0, G_OPTION_ARG_STRING, &request.group, "Its column of groups of areas", "COLUMN"},
    {"neighbours", 0, 0, G_OPTION_ARG_FILENAME, &request.neighbours,
     "CSV file of areas that are neighbours, columns from and to", "FILE"},
    {"measures", 0, 0, G_OPTION_ARG_STRING, &request.measures,
     "all (default), or names of measures with commas", "NAMES"},
    {"per-area", 0, 0, G_OPTION_ARG_NONE, &request.is_per_area,
     "A row an area: ratios, raw and shrunk", NULL},
    {"funnel", 0, 0, G_OPTION_ARG_STRING, &request.funnel,
     "With --per-area: scores on sr_log, sr_sqrt or pr_arcsine", "SCALE"},
    {"limits", 0, 0, G_OPTION_ARG_STRING, &law,
     "Print the control limits of N persons and THETA: binom or pois", "LAW"},
    {0}};

static gboolean says_more_than_file(void)
{
    return request.area != NULL || request.observed != NULL || request.expected != NULL ||
           request.population != NULL || request.group != NULL || request.neighbours != NULL ||
           request.measures != NULL || request.funnel != NULL || request.is_per_area;
}

static gboolean run(SpContext *context, char **arguments, GError **error)
{
    if (law != NULL && request.file != NULL) {
        return sp_error_set(error, SP_ERROR_USAGE, "--limits does not go with --on");
    }
    if (law != NULL) {
        g_autofree char *text = sp_on_file_limits(law, arguments, error);
        return sp_program_print(text, error);
    }
    if (*arguments != NULL) {
        return sp_error_set(error, SP_ERROR_USAGE, "\"%s\": no argument is wanted here; see --help",
                            *arguments);
    }
    if (request.file != NULL) {
        g_autofree char *text = sp_on_file_answer(&request, &context->log, error);
        return sp_program_print(text, error);
    }
    if (says_more_than_file()) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "columns and measures are of a file; name it with --on FILE");
    }
    return sp_context_enter(context, error) && sp_stage_run(context, &stage, error);
}

const SpProgram sp_program_vary = {
    .name = "vary",
    .summary = "Measure variation between kommuner",
    .arguments = "[N THETA]",
    .access = SP_ACCESS_NONE, /* a file needs no workspace; the stage enters it itself */
    .takes = SP_TAKES_ALL,
    .stage = &stage,
    .options = options,
    .run = run,
};
