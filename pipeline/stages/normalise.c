/*
 * normalise: snapshots to facts: every dataset in our codes, on the regional division of the target
 * day. The unit `regioner` comes first (which kommuner there are, and how they changed), then the
 * population that weights splits, then all else.
 */
#include "pipeline/facts.h"
#include "pipeline/program.h"

#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/build.h"
#include "pipeline/catalogue.h"
#include "pipeline/dataset.h"
#include "pipeline/delivery.h"
#include "pipeline/parse.h"
#include "pipeline/persons.h"
#include "transforms/normalise/codes.h"
#include "transforms/normalise/division.h"
#include "transforms/normalise/normalise.h"
#include "transforms/normalise/regions_table.h"

#include <string.h>

#define FYLKE_FILE "fylker.csv"
#define REGION_TABLE "region"
#define CHANGE_TABLE "kommune_endring"

static const char *const division_keys[] = {"normalise.region_codes", "normalise.region_changes",
                                            "normalise.region_groups"};

static gboolean is_regions(const SpUnit *unit)
{
    return strcmp(unit->unit, SP_FACTS_REGIONS) == 0;
}

static gboolean add_keys(SpContext *context, const char *unit, GPtrArray *keys, GError **error)
{
    (void)error;
    if (strcmp(unit, SP_FACTS_REGIONS) != 0) {
        g_ptr_array_add(keys, (gpointer) "layout");
        return TRUE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(division_keys); i++) {
        const char *dataset =
            sp_config_value(context->config, "normalise", division_keys[i] + strlen("normalise."));
        if (dataset != NULL) {
            g_autofree char *layout = g_strdup_printf("%s.layout", dataset);
            g_autofree char *date = g_strdup_printf("%s.date", dataset);
            g_ptr_array_add(keys, (gpointer)g_intern_string(layout));
            g_ptr_array_add(keys, (gpointer)g_intern_string(date));
        }
    }
    return TRUE;
}

static gboolean need_regions(SpUnit *unit, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(division_keys); i++) {
        const char *dataset = sp_settings_text(unit->settings, division_keys[i], error);
        if (dataset == NULL || !sp_parse_need(unit, dataset, error)) {
            return FALSE;
        }
    }
    return sp_unit_need_file(unit, FYLKE_FILE, error);
}

static gboolean inputs(SpUnit *unit, GError **error)
{
    if (is_regions(unit)) {
        return need_regions(unit, error);
    }
    const char *weights = sp_settings_text(unit->settings, "normalise.weights", error);
    return weights != NULL && sp_parse_need(unit, unit->unit, error) &&
           sp_delivery_need(unit, error) &&
           sp_unit_need_stage(unit, "normalise", SP_FACTS_REGIONS, error) &&
           (strcmp(weights, unit->unit) == 0 ||
            sp_unit_need_stage(unit, "normalise", weights, error));
}

static gboolean target_day(const SpUnit *unit, SpDay *day, GError **error)
{
    const char *text = sp_settings_text(unit->settings, "normalise.division", error);
    if (text == NULL) {
        return FALSE;
    }
    return sp_day_parse(text, day)
               ? TRUE
               : sp_error_set(error, SP_ERROR_CONFIG,
                              "normalise.division = %s: want a day like 2024-01-01", text);
}

/* One of the datasets that make up the division, in our codes. */
static SpTable *division_table(SpUnit *unit, gsize which, GError **error)
{
    g_auto(SpParsed) parsed = {0};
    const char *dataset = sp_settings_text(unit->settings, division_keys[which], error);
    if (dataset == NULL || !sp_parse(unit, dataset, &parsed, error)) {
        return NULL;
    }
    return sp_normalise_codes(parsed.raw, parsed.layout, parsed.maps, unit->quality, error);
}

static gboolean day_of_codes(const SpUnit *unit, SpDay *day, GError **error)
{
    g_autofree char *key =
        g_strdup_printf("%s.date", sp_settings_text(unit->settings, division_keys[0], NULL));
    const char *text = sp_settings_text(unit->settings, key, error);
    if (text == NULL) {
        return FALSE;
    }
    return sp_day_parse(text, day) ? TRUE
                                   : sp_error_set(error, SP_ERROR_CONFIG,
                                                  "%s = %s: want a day like 2026-01-01", key, text);
}

static gboolean make_regions(SpUnit *unit, GError **error)
{
    SpDay target = 0;
    SpDay day = 0;
    if (!target_day(unit, &target, error) || !day_of_codes(unit, &day, error)) {
        return FALSE;
    }
    g_autoptr(SpTable) codes = division_table(unit, 0, error);
    g_autoptr(SpTable) changes = codes == NULL ? NULL : division_table(unit, 1, error);
    g_autoptr(SpTable) groups = changes == NULL ? NULL : division_table(unit, 2, error);
    g_autoptr(SpTable) fylker =
        groups == NULL ? NULL
                       : sp_catalogue_read(sp_unit_input(unit, SP_INPUT_FILE, FYLKE_FILE)->path,
                                           "fylker", NULL, error);
    g_autoptr(SpRegions) regions =
        fylker == NULL ? NULL : sp_regions_new(codes, day, changes, error);
    g_autoptr(SpTables) tables = sp_tables_new();
    SpTable *region = regions == NULL ? NULL
                                      : sp_normalise_region_table(regions, target, groups, fylker,
                                                                  unit->quality, error);
    if (region == NULL) {
        return FALSE;
    }
    sp_tables_add(tables, region);
    SpTable *change = sp_normalise_region_changes(changes, error);
    if (change == NULL) {
        return FALSE;
    }
    sp_tables_add(tables, change);
    return sp_unit_write(unit, tables, error);
}

/* The division as the unit `regioner` keeps it: the kommuner of the target day, and the changes
 * under KLASS's column names. */
static SpRegions *read_regions(SpUnit *unit, SpDay target, GError **error)
{
    const SpTables *tables = sp_unit_read(unit, "normalise", SP_FACTS_REGIONS, error);
    return tables == NULL ? NULL : sp_normalise_regions(tables, target, error);
}

static SpTable *make_plain(SpUnit *unit, SpParsed *parsed, const SpRegions *regions, SpDay target,
                           const SpTable *weights, GError **error)
{
    if (!sp_parse(unit, unit->unit, parsed, error)) {
        return NULL;
    }
    g_autoptr(SpTable) facts = sp_normalise(parsed->raw, parsed->layout, parsed->maps, regions,
                                            target, weights, unit->quality, error);
    if (facts == NULL) {
        g_prefix_error(error, "%s: ", parsed->origin);
        return NULL;
    }
    return sp_parse_check_limits(unit, error) ? g_steal_pointer(&facts) : NULL;
}

static gboolean make_facts(SpUnit *unit, GError **error)
{
    SpDay target = 0;
    g_auto(SpParsed) parsed = {0};
    const char *weights = sp_settings_text(unit->settings, "normalise.weights", error);
    if (weights == NULL || !target_day(unit, &target, error) ||
        !sp_parse_open(unit, unit->unit, &parsed, error)) {
        return FALSE;
    }
    g_autoptr(SpRegions) regions = read_regions(unit, target, error);
    if (regions == NULL) {
        return FALSE;
    }
    const SpTable *weight_table = NULL;
    if (strcmp(weights, unit->unit) != 0) {
        const SpTables *tables = sp_unit_read(unit, "normalise", weights, error);
        if (tables == NULL) {
            return FALSE;
        }
        weight_table = sp_tables_at(tables, 0);
    }
    g_autoptr(SpDelivery) delivery = sp_delivery_new(unit, &parsed, regions);
    g_autoptr(GError) failure = NULL;
    SpTable *facts = parsed.layout->persons != NULL
                         ? sp_parse_persons(unit, &parsed, regions, target, weight_table, &failure)
                         : make_plain(unit, &parsed, regions, target, weight_table, &failure);
    sp_delivery_tell(delivery, facts, failure);
    if (facts == NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    g_autoptr(SpTables) tables = sp_tables_new();
    sp_tables_add(tables, facts);
    return sp_unit_write(unit, tables, error);
}

static gboolean make(SpUnit *unit, GError **error)
{
    return is_regions(unit) ? make_regions(unit, error) : make_facts(unit, error);
}

static const char *const config_keys[] = {
    "normalise.division",          "normalise.weights",
    "normalise.region_codes",      "normalise.region_changes",
    "normalise.region_groups",     "normalise.max_unknown_codes",
    "normalise.max_invalid_share", NULL};

static const SpStage stage = {
    .name = "normalise",
    .program_hash = SP_BUILD_NORMALISE,
    .config_keys = config_keys,
    .units = sp_facts_units,
    .add_keys = add_keys,
    .inputs = inputs,
    .make = make,
};

const SpProgram sp_program_normalise = {
    .name = "normalise",
    .summary = "Turn snapshots into facts in our codes, on one regional division",
    .access = SP_ACCESS_WRITE,
    .stage = &stage,
};
