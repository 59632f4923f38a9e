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

/* All choices of older ones among so many are tried when the newest do not fit together. */
enum { MAX_DIVISION = 8 };

static const char *const division_keys[] = {"normalise.region_codes", "normalise.region_changes",
                                            "normalise.region_groups"};

static gboolean is_regions(const SpUnit *unit)
{
    return strcmp(unit->unit, SP_FACTS_REGIONS) == 0;
}

static gboolean add_keys(SpContext *context, const char *unit, GPtrArray *keys, GError **error)
{
    if (strcmp(unit, SP_FACTS_REGIONS) != 0) {
        return sp_make_facts_add_keys(unit, keys, error);
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

/* All datasets of the division, each once. NULL with error. */
static GPtrArray *division_datasets(const SpUnit *unit, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < G_N_ELEMENTS(division_keys); i++) {
        g_auto(GStrv) datasets = sp_settings_list(unit->settings, division_keys[i], error);
        for (char **dataset = datasets; dataset != NULL && *dataset != NULL; dataset++) {
            if (!g_ptr_array_find_with_equal_func(all, *dataset, g_str_equal, NULL)) {
                g_ptr_array_add(all, g_strdup(*dataset));
            }
        }
        if (datasets == NULL) {
            return NULL;
        }
    }
    if (all->len > MAX_DIVISION) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "normalise.region_codes, _changes and _groups name %u datasets; at most %d "
                     "make a division",
                     all->len, MAX_DIVISION);
        return NULL;
    }
    return g_steal_pointer(&all);
}

static gboolean need_regions(SpUnit *unit, GError **error)
{
    g_autoptr(GPtrArray) datasets = division_datasets(unit, error);
    for (guint i = 0; datasets != NULL && i < datasets->len; i++) {
        if (!sp_parse_need(unit, datasets->pdata[i], error) ||
            !sp_stand_in_need(unit, datasets->pdata[i], error)) {
            return FALSE;
        }
    }
    return datasets != NULL && sp_unit_need_file(unit, FYLKE_FILE, error);
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

/* One of the tables that make up the division. Of several datasets the columns of the later ones
 * are put beside those of the first: KLASS has KOSTRA groups and centrality apart. */
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

/* The tables of the division, from the states that are in use. */
static SpTables *make_division(SpUnit *unit, SpDay target, SpDay day, GError **error)
{
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

static guint count_bits(guint bits)
{
    guint n = 0;
    for (; bits != 0; bits &= bits - 1) {
        n++;
    }
    return n;
}

/* Every dataset whose bit is set has an older state. */
static gboolean has_older(const SpUnit *unit, const GPtrArray *datasets, guint older)
{
    for (guint i = 0; i < datasets->len; i++) {
        if ((older >> i & 1) != 0 && sp_unit_n_states(unit, datasets->pdata[i]) == 1) {
            return FALSE;
        }
    }
    return TRUE;
}

/* The division with the state before the newest of each dataset whose bit is set. NULL with no
 * error when bad data is in it, which is *first if nothing was before. */
static SpTables *try_division(SpUnit *unit, const GPtrArray *datasets, const SpDay days[2],
                              guint older, GError **first, GError **error)
{
    g_autoptr(GError) failure = NULL;
    for (guint i = 0; i < datasets->len; i++) {
        sp_unit_use_state(unit, datasets->pdata[i], older >> i & 1);
    }
    sp_quality_free(unit->quality);
    unit->quality = sp_quality_new();
    SpTables *tables = make_division(unit, days[0], days[1], &failure);
    if (tables == NULL && !g_error_matches(failure, SP_ERROR, SP_ERROR_DATA)) {
        g_propagate_error(error, g_steal_pointer(&failure));
    } else if (tables == NULL && *first == NULL) {
        *first = g_steal_pointer(&failure);
    }
    return tables;
}

/*
 * The division, from the newest states or, where these do not make one, from as few older ones as
 * do. Codes, changes and groups can only be judged together, so all choices are tried in turn,
 * those of fewer datasets first. *first is why the newest are not used.
 */
static SpTables *try_divisions(SpUnit *unit, const GPtrArray *datasets, const SpDay days[2],
                               guint *older, GError **first, GError **error)
{
    g_autoptr(GError) failure = NULL;
    for (guint n = 0; n <= datasets->len; n++) {
        for (*older = 0; *older < 1U << datasets->len; (*older)++) {
            if (count_bits(*older) != n || !has_older(unit, datasets, *older)) {
                continue;
            }
            SpTables *tables = try_division(unit, datasets, days, *older, first, &failure);
            if (tables != NULL || failure != NULL) {
                if (failure != NULL) {
                    g_propagate_error(error, g_steal_pointer(&failure));
                }
                return tables;
            }
        }
    }
    g_propagate_error(error, g_error_copy(*first));
    return NULL;
}

static gboolean make_regions(SpUnit *unit, GError **error)
{
    SpDay days[2] = {0}; /* of the division, of the codes */
    guint older = 0;
    g_autoptr(GError) first = NULL;
    g_autoptr(GPtrArray) datasets = division_datasets(unit, error);
    if (datasets == NULL || !target_day(unit, &days[0], error) ||
        !day_of_codes(unit, &days[1], error)) {
        return FALSE;
    }
    g_autoptr(SpTables) tables = try_divisions(unit, datasets, days, &older, &first, error);
    if (tables == NULL) {
        return FALSE;
    }
    SpTable *uses = sp_stand_in_table();
    for (guint i = 0; i < datasets->len; i++) {
        const char *dataset = datasets->pdata[i];
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
                                          "normalise.compare_persons",
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
    .takes = SP_TAKES_ALL,
    .stage = &stage,
};
