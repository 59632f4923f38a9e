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
#include "pipeline/checks.h"
#include "pipeline/make_facts.h"
#include "pipeline/parse.h"
#include "pipeline/stand_in.h"
#include "transforms/normalise/codes.h"
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
        sp_make_facts_add_keys(keys);
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
        if (dataset == NULL || !sp_parse_need(unit, dataset, error) ||
            !sp_stand_in_need(unit, dataset, error)) {
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
    return sp_make_facts_need(unit, error);
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

/* One of the datasets that make up the division, in our codes; with its bit in `older`, from the
 * snapshot before the newest. */
static SpTable *division_table(SpUnit *unit, gsize which, guint older, GError **error)
{
    g_auto(SpParsed) parsed = {.older = older >> which & 1};
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

/* The tables of the division, from the snapshots that the bits of `older` say. */
static SpTables *make_division(SpUnit *unit, SpDay target, SpDay day, guint older, GError **error)
{
    g_autoptr(SpTable) codes = division_table(unit, 0, older, error);
    g_autoptr(SpTable) changes = codes == NULL ? NULL : division_table(unit, 1, older, error);
    g_autoptr(SpTable) groups = changes == NULL ? NULL : division_table(unit, 2, older, error);
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
        return NULL;
    }
    sp_tables_add(tables, region);
    SpTable *change = sp_normalise_region_changes(changes, error);
    if (change == NULL) {
        return NULL;
    }
    sp_tables_add(tables, change);
    return g_steal_pointer(&tables);
}

/* Every dataset whose bit is set has an older snapshot. */
static gboolean has_older(const SpUnit *unit, guint older)
{
    for (gsize i = 0; i < G_N_ELEMENTS(division_keys); i++) {
        const char *dataset = sp_settings_text(unit->settings, division_keys[i], NULL);
        if ((older >> i & 1) != 0 && sp_unit_older(unit, dataset, 1) == NULL) {
            return FALSE;
        }
    }
    return TRUE;
}

/*
 * The division, from the newest snapshots or, where these do not make one, from as few older ones as
 * do. Codes, changes and groups can only be judged together, so all choices are tried in turn. *first
 * is why the newest are not used.
 */
static SpTables *try_divisions(SpUnit *unit, SpDay target, SpDay day, guint *older, GError **first,
                               GError **error)
{
    static const guint choices[] = {0, 1, 2, 4, 3, 5, 6, 7};
    for (gsize i = 0; i < G_N_ELEMENTS(choices); i++) {
        g_autoptr(GError) failure = NULL;
        if (!has_older(unit, choices[i])) {
            continue;
        }
        sp_quality_free(unit->quality);
        unit->quality = sp_quality_new();
        SpTables *tables = make_division(unit, target, day, choices[i], &failure);
        *older = choices[i];
        if (tables != NULL) {
            return tables;
        }
        if (!g_error_matches(failure, SP_ERROR, SP_ERROR_DATA)) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return NULL;
        }
        if (*first == NULL) {
            *first = g_steal_pointer(&failure);
        }
    }
    g_propagate_error(error, g_error_copy(*first));
    return NULL;
}

static gboolean make_regions(SpUnit *unit, GError **error)
{
    SpDay target = 0;
    SpDay day = 0;
    guint older = 0;
    g_autoptr(GError) first = NULL;
    if (!target_day(unit, &target, error) || !day_of_codes(unit, &day, error)) {
        return FALSE;
    }
    g_autoptr(SpTables) tables = try_divisions(unit, target, day, &older, &first, error);
    if (tables == NULL) {
        return FALSE;
    }
    SpTable *uses = sp_stand_in_table();
    for (gsize i = 0; i < G_N_ELEMENTS(division_keys); i++) {
        const char *dataset = sp_settings_text(unit->settings, division_keys[i], NULL);
        if ((older >> i & 1) != 0) {
            sp_stand_in_record(unit, dataset, 1, SP_STAND_IN_UNREADABLE, first->message);
        }
        sp_stand_in_add_use(unit, dataset, NULL, uses);
    }
    sp_tables_add(tables, uses);
    return sp_unit_write(unit, tables, error);
}

static gboolean make_facts(SpUnit *unit, GError **error)
{
    SpDay target = 0;
    return target_day(unit, &target, error) && sp_make_facts(unit, target, error);
}

static gboolean make(SpUnit *unit, GError **error)
{
    return is_regions(unit) ? make_regions(unit, error) : make_facts(unit, error);
}

static const char *const config_keys[] = {"normalise.division",
                                          "normalise.weights",
                                          "normalise.region_codes",
                                          "normalise.region_changes",
                                          "normalise.region_groups",
                                          "normalise.max_unknown_codes",
                                          "normalise.max_invalid_share",
                                          SP_MAKE_FACTS_KEYS,
                                          SP_CHECKS_KEYS,
                                          NULL};

static const SpStage stage = {
    .name = "normalise",
    .program_hash = SP_BUILD_NORMALISE,
    .config_keys = config_keys,
    .units = sp_facts_units,
    .add_keys = add_keys,
    .inputs = inputs,
    .make = make,
    .settle = sp_stand_in_settle,
};

const SpProgram sp_program_normalise = {
    .name = "normalise",
    .summary = "Turn snapshots into facts in our codes, on one regional division",
    .access = SP_ACCESS_WRITE,
    .stage = &stage,
};
