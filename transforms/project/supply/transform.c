/* Run and lineage of supply. */
#include "transforms/project/supply/transform.h"

#include "core/period.h"
#include "core/regions.h"
#include "transforms/project/chosen.h"
#include "transforms/project/lineage.h"
#include "transforms/project/population/settings.h"
#include "transforms/project/supply/supply.h"
#include "transforms/project/supply/table.h"

#include <string.h>

#define CAUSES "framskriving_tilbud_aarsak"

/* NULL where supply cannot be projected, as sp_supply_paths_make. */
static gboolean make_paths(const SpTables *in, const SpSettings *settings, SpQuality *quality,
                           SpSupplyPaths **paths, GError **error)
{
    SpScenario scenario;
    return sp_population_scenario_read(in, settings, &scenario, error) &&
           sp_supply_paths_make(in, &scenario.supply, &scenario.population, quality, paths, error);
}

static const char *const config_keys[] = {SP_CHOSEN_YEARS, SP_POPULATION_PATH_KEYS};

/* What supply is made of, and the lists that name more of it. */
static const char *const sources[] = {"helsepersonell",
                                      "autorisasjon",
                                      "pendling",
                                      "doedelighet",
                                      "folkemengde",
                                      "framskriving_befolkning",
                                      "framskriving_etterspoersel",
                                      NULL};
static const char *const source_lists[] = {"utdanning", "overganger", "sektor", NULL};

static SpRegionGroups *groups_of(const SpTables *in, const SpSupplyPaths *paths, GError **error)
{
    return sp_region_groups_new(sp_tables_find(in, "region"), (const char *const *)paths->kommuner,
                                paths->n_kommuner, error);
}

/* NULL, with error, is passed on. */
static gboolean add(SpTable *table, guint marks, SpTables *out)
{
    if (table != NULL) {
        sp_table_set_marks(table, marks);
        sp_tables_add(out, table);
    }
    return table != NULL;
}

static gboolean add_tables(const SpTables *in, const SpSupplyPaths *paths,
                           const SpRegionGroups *groups, const GArray *years, SpTables *out,
                           GError **error)
{
    const SpTable *source = sp_tables_find(in, "helsepersonell");
    guint marks = sp_project_marks(in, sources, source_lists);
    g_autoptr(GArray) days =
        sp_chosen_days(years->len, (const int *)(gpointer)years->data, paths->base, paths->n_days);
    return add(sp_supply_table(paths, groups, source, error), marks, out) &&
           add(sp_supply_cause_table(paths, source, error), marks, out) &&
           add(sp_supply_parts_table(paths, groups, days, source, error), marks, out);
}

static gboolean run(const SpTables *in, const SpSettings *settings, SpTables *out,
                    SpQuality *quality, GError **error)
{
    g_autoptr(SpSupplyPaths) paths = NULL;
    g_autoptr(GArray) years = sp_chosen_years_read(settings, error);
    if (years == NULL || !make_paths(in, settings, quality, &paths, error)) {
        return FALSE;
    }
    if (paths == NULL) {
        return TRUE;
    }
    g_autoptr(SpRegionGroups) groups = groups_of(in, paths, error);
    if (groups == NULL) {
        return FALSE;
    }
    return add_tables(in, paths, groups, years, out, error);
}

/* ---- lineage ---- */

/* Every estimate borrows from other professions and regions, and W is raked over all, by the need
 * of kommuner. */
static void add_inputs(const SpTables *in, const char *yrke, SpExplanation *explanation)
{
    for (const char *const *name = sources; *name != NULL; name++) {
        sp_project_add_table(in, *name, NULL, explanation);
    }
    sp_project_add_listed(in, "utdanning", NULL, NULL, explanation);
    sp_project_add_listed(in, "overganger", NULL, NULL, explanation);
    sp_project_add_listed(in, "sektor", "profesjon", yrke, explanation);
    for (gsize i = 0; i < G_N_ELEMENTS(config_keys); i++) {
        g_ptr_array_add(explanation->settings, g_strdup(config_keys[i]));
    }
}

/* Kommuner of a region: itself, or those of a region above. */
static GArray *kommuner_of(const SpSupplyPaths *paths, const SpRegionGroups *groups,
                           const char *region)
{
    GArray *found = g_array_new(FALSE, FALSE, sizeof(gsize));
    const SpRegionGroup *group = sp_region_groups_find(groups, region);
    for (gsize u = 0; u < paths->n_kommuner; u++) {
        if (strcmp(paths->kommuner[u], region) == 0) {
            g_array_append_val(found, u);
        }
    }
    for (gsize i = 0; group != NULL && i < group->n_members; i++) {
        gsize member = group->members[i];
        g_array_append_val(found, member);
    }
    return found;
}

/* "105.2 = 98.0 base - 3.1 aldring ..." */
static char *describe(const double parts[SP_N_SUPPLY_PARTS])
{
    g_autoptr(GString) text = g_string_new(NULL);
    double sum = 0.0;
    for (gsize i = 0; i < SP_N_SUPPLY_PARTS; i++) {
        sum += parts[i];
    }
    g_string_append_printf(text, "%.2f =", sum);
    for (gsize i = 0; i < SP_N_SUPPLY_PARTS; i++) {
        g_string_append_printf(text, " %s%.2f %s", parts[i] < 0.0 || i == 0 ? "" : "+", parts[i],
                               sp_supply_part_names[i]);
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static gboolean is_figure(const SpCell *cell, SpSupplyFigure *figure)
{
    static const char *const names[] = {"aarsverk", "aarsverk_alle", "personer"};
    gboolean is_cause = strcmp(cell->table, CAUSES) == 0;
    if (strcmp(cell->table, "framskriving_tilbud_deler") == 0) {
        gsize part = SP_SUPPLY_PART_BASE + 1;
        while (part < SP_N_SUPPLY_PARTS && strcmp(sp_supply_part_names[part], cell->measure) != 0) {
            part++;
        }
        *figure = SP_SUPPLY_MUNICIPAL;
        return part < SP_N_SUPPLY_PARTS;
    }
    if (!is_cause && strcmp(cell->table, "framskriving_tilbud") != 0) {
        return FALSE;
    }
    for (gsize i = 0; i < (is_cause ? G_N_ELEMENTS(names) : 1); i++) {
        if (strcmp(cell->measure, names[i]) == 0) {
            *figure = (SpSupplyFigure)i;
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean explain(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                        SpExplanation *explanation, GError **error)
{
    const char *region = sp_cell_code(cell, "region"), *yrke = sp_cell_code(cell, "yrke");
    const char *period = sp_cell_code(cell, "period");
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpSupplyPaths) paths = NULL;
    SpSupplyFigure figure;
    SpDay day = 0;
    if (!is_figure(cell, &figure) || region == NULL || yrke == NULL || period == NULL ||
        !sp_day_parse(period, &day)) {
        return sp_project_not_ours(cell, error);
    }
    if (!make_paths(in, settings, quality, &paths, error)) {
        return FALSE;
    }
    gsize g = paths == NULL ? 0 : sp_codes_place(paths->professions, paths->n_professions, yrke);
    int number = paths == NULL ? -1 : sp_day_year(day) - paths->base;
    if (number < 0 || (gsize)number >= paths->n_days || day % 10000 != 101 ||
        g == paths->n_professions) {
        return sp_project_not_ours(cell, error);
    }
    g_autoptr(SpRegionGroups) groups = groups_of(in, paths, error);
    if (groups == NULL) {
        return FALSE;
    }
    g_autoptr(GArray) kommuner = kommuner_of(paths, groups, region);
    if (kommuner->len == 0) {
        return sp_project_not_ours(cell, error);
    }
    double parts[SP_N_SUPPLY_PARTS];
    if (strcmp(cell->table, CAUSES) == 0) {
        sp_supply_country_parts(paths, figure, g, (gsize)number, parts);
    } else {
        sp_supply_parts(paths, g, (gsize)number, (const gsize *)(gpointer)kommuner->data,
                        kommuner->len, parts);
    }
    g_autofree char *sum = describe(parts);
    add_inputs(in, yrke, explanation);
    explanation->method = g_strdup_printf(
        "stock by residence x participation x hours x municipal share x commuting: %s; "
        "docs/methods/supply.md",
        sum);
    return TRUE;
}

const SpTransform sp_transform_supply = {
    .name = "supply",
    .summary = "municipal supply of personnel by profession and kommune of work",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .run = run,
    .explain = explain,
};
