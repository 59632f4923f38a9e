/*
 * normalise: snapshots to facts: every dataset in our codes, on the regional division of the target
 * day. The unit `regioner` comes first (which kommuner there are, and how they changed), then the
 * population that weights splits, then all else.
 */
#include "pipeline/facts.h"
#include "pipeline/program.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/table_join.h"
#include "pipeline/build.h"
#include "pipeline/catalogue.h"
#include "pipeline/dataset.h"
#include "pipeline/delivery.h"
#include "pipeline/parse.h"
#include "pipeline/persons.h"
#include "transforms/normalise/breaks.h"
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

/* What a dataset's figures depend on in its section: layouts, deliveries, and what a
 * person-level reader reads. */
static gboolean add_dataset_keys(const char *dataset, GPtrArray *keys, GError **error)
{
    const SpExtractor *extractor = sp_dataset_extractor(dataset, error);
    if (extractor == NULL) {
        return FALSE;
    }
    g_ptr_array_add(keys, (gpointer) "layout");
    g_ptr_array_add(keys, (gpointer) "inbox"); /* which deliveries count, and which are missed */
    g_ptr_array_add(keys, (gpointer) "max_unknown_codes");
    for (const char *const *key = extractor->open_keys; key != NULL && *key != NULL; key++) {
        g_ptr_array_add(keys, (gpointer)*key);
    }
    return TRUE;
}

static gboolean add_keys(SpContext *context, const char *unit, GPtrArray *keys, GError **error)
{
    if (strcmp(unit, SP_FACTS_REGIONS) != 0) {
        return add_dataset_keys(unit, keys, error);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(division_keys); i++) {
        const char *names =
            sp_config_value(context->config, "normalise", division_keys[i] + strlen("normalise."));
        g_auto(GStrv) datasets = g_strsplit_set(names != NULL ? names : "", " ,\t", -1);
        for (char **dataset = datasets; *dataset != NULL; dataset++) {
            if (**dataset != '\0') {
                g_autofree char *layout = g_strdup_printf("%s.layout", *dataset);
                g_autofree char *date = g_strdup_printf("%s.date", *dataset);
                g_ptr_array_add(keys, (gpointer)g_intern_string(layout));
                g_ptr_array_add(keys, (gpointer)g_intern_string(date));
            }
        }
    }
    return TRUE;
}

static gboolean need_regions(SpUnit *unit, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(division_keys); i++) {
        g_auto(GStrv) datasets = sp_settings_list(unit->settings, division_keys[i], error);
        for (char **dataset = datasets; dataset != NULL && *dataset != NULL; dataset++) {
            if (!sp_parse_need(unit, *dataset, error)) {
                return FALSE;
            }
        }
        if (datasets == NULL) {
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
           sp_unit_need_file(unit, SP_BREAKS_FILE, error) &&
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

/* A dataset in our codes. */
static SpTable *read_dataset(SpUnit *unit, const char *dataset, GError **error)
{
    g_auto(SpParsed) parsed = {0};
    if (!sp_parse(unit, dataset, &parsed, error)) {
        return NULL;
    }
    const SpLayout *layout = sp_parsed_layout(&parsed, error);
    return layout == NULL ? NULL
                          : sp_normalise_codes(parsed.raw->pdata[0], layout, parsed.maps,
                                               unit->quality, error);
}

/* One of the tables that make up the division. Of several datasets the columns of the later ones are
 * put beside those of the first: KLASS has KOSTRA groups and centrality apart. */
static SpTable *division_table(SpUnit *unit, gsize which, GError **error)
{
    g_auto(GStrv) datasets = sp_settings_list(unit->settings, division_keys[which], error);
    g_autoptr(SpTable) table = NULL;
    for (char **dataset = datasets; dataset != NULL && *dataset != NULL; dataset++) {
        g_autoptr(SpTable) one = read_dataset(unit, *dataset, error);
        SpTable *joined = one == NULL     ? NULL
                          : table == NULL ? g_steal_pointer(&one)
                                          : sp_table_join(table, one, error);
        g_clear_pointer(&table, sp_table_free);
        table = joined;
        if (table == NULL) {
            return NULL;
        }
    }
    if (table == NULL && datasets != NULL) {
        sp_error_set(error, SP_ERROR_CONFIG, "%s names no dataset", division_keys[which]);
    }
    return g_steal_pointer(&table);
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

/* What all layouts of a unit are normalised with. */
typedef struct {
    const SpRegions *regions;
    SpDay target;
    const SpTable *weights; /* NULL for the unit that is the weights */
} Geography;

/* One layout's facts, its findings told with the table's name where there are several. */
static gboolean add_facts(SpUnit *unit, const SpParsed *parsed, guint i, const Geography *at,
                          SpTables *into, GError **error)
{
    const SpLayout *layout = parsed->layouts->pdata[i];
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpTable *facts = sp_normalise(parsed->raw->pdata[i], layout, parsed->maps, at->regions,
                                  at->target, at->weights, quality, error);
    if (facts == NULL) {
        g_prefix_error(error, "%s: ", parsed->origin);
        return FALSE;
    }
    sp_tables_add(into, facts);
    sp_quality_add(unit->quality, quality, parsed->layouts->len > 1 ? layout->table : NULL);
    return TRUE;
}

static gboolean make_plain(SpUnit *unit, SpParsed *parsed, const Geography *at, SpTables *into,
                           GError **error)
{
    if (!sp_parse(unit, unit->unit, parsed, error)) {
        return FALSE;
    }
    for (guint i = 0; i < parsed->layouts->len; i++) {
        if (!add_facts(unit, parsed, i, at, into, error)) {
            return FALSE;
        }
    }
    return sp_parse_check_limits(unit, error);
}

/* Population by kommune, sex and age, which divides figures of kommuner that were split. */
static gboolean read_weights(SpUnit *unit, const SpTable **table, GError **error)
{
    const char *weights = sp_settings_text(unit->settings, "normalise.weights", error);
    *table = NULL;
    if (weights == NULL || strcmp(weights, unit->unit) == 0) {
        return weights != NULL;
    }
    const SpTables *tables = sp_unit_read(unit, "normalise", weights, error);
    *table = tables == NULL ? NULL : sp_tables_at(tables, 0);
    return tables != NULL;
}

static gboolean mark_breaks(SpUnit *unit, SpTables *tables, GError **error)
{
    const SpInput *file = sp_unit_input(unit, SP_INPUT_FILE, SP_BREAKS_FILE);
    g_autoptr(SpTable) breaks = sp_catalogue_read(file->path, "brudd", NULL, error);
    gboolean ok = breaks != NULL;
    for (gsize i = 0; ok && i < sp_tables_size(tables); i++) {
        ok = sp_normalise_breaks(sp_tables_at(tables, i), breaks, unit->quality, error);
    }
    return ok;
}

static gboolean make_facts(SpUnit *unit, GError **error)
{
    g_auto(SpParsed) parsed = {0};
    Geography at = {0};
    if (!target_day(unit, &at.target, error) || !read_weights(unit, &at.weights, error) ||
        !sp_parse_open(unit, unit->unit, &parsed, error) ||
        !sp_parse_note_missing(unit, unit->unit, error)) {
        return FALSE;
    }
    g_autoptr(SpRegions) regions = read_regions(unit, at.target, error);
    g_autoptr(SpTables) tables = sp_tables_new();
    if (regions == NULL) {
        return FALSE;
    }
    at.regions = regions;
    gboolean is_persons = ((const SpLayout *)parsed.layouts->pdata[0])->persons != NULL;
    g_autoptr(SpDelivery) delivery = sp_delivery_new(unit, &parsed, regions);
    g_autoptr(GError) failure = NULL;
    gboolean is_made = is_persons ? sp_parse_persons(unit, &parsed, regions, at.target, at.weights,
                                                     tables, &failure)
                                  : make_plain(unit, &parsed, &at, tables, &failure);
    sp_delivery_tell(delivery, is_made ? sp_tables_at(tables, 0) : NULL, failure);
    if (!is_made) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    return mark_breaks(unit, tables, error) && sp_unit_write(unit, tables, error);
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
