/* The whole way from raw table to facts, and back again for one cell. */
#include "transforms/normalise/normalise.h"

#include <string.h>

#include "core/error.h"
#include "core/table_rows.h"
#include "transforms/normalise/answers.h"
#include "transforms/normalise/arrangements.h"
#include "transforms/normalise/codes.h"
#include "transforms/normalise/exceptions.h"
#include "transforms/normalise/levels.h"
#include "transforms/normalise/parts.h"
#include "transforms/normalise/recode.h"
#include "transforms/normalise/restate.h"
#include "transforms/normalise/restate_plan.h"
#include "transforms/normalise/routes.h"

const char *const sp_normalise_config_keys[] = {
    "normalise.division",       "normalise.weights",       "normalise.region_codes",
    "normalise.region_changes", "normalise.region_groups",
};
const gsize sp_normalise_n_config_keys = G_N_ELEMENTS(sp_normalise_config_keys);

/* Adds the restated rows of one exception to `whole`; nothing if the source has none. */
static gboolean restate_exception(const SpTable *taken, const SpLayoutException *exception,
                                  const SpTarget *target, SpTable **whole, SpQuality *quality,
                                  GError **error)
{
    if (sp_table_n_rows(taken) == 0) {
        return TRUE;
    }
    g_autoptr(SpTable) restated =
        sp_normalise_restate(taken, target, exception->division, quality, error);
    const SpTable *const both[] = {*whole, restated};
    SpTable *together = restated == NULL ? NULL : sp_table_concat(both, 2, error);
    if (together == NULL) {
        return FALSE;
    }
    sp_table_free(*whole);
    *whole = together;
    sp_quality_note(quality, "exception", exception->region, 0,
                    "%" G_GSIZE_FORMAT " rows stand for %s, as the layout says",
                    sp_table_n_rows(taken), exception->stands_for);
    return TRUE;
}

/* The first row of the source with the codes of a row of the facts: its number there, 0 if none. */
static guint64 find_source_row(const SpTable *raw, const SpLayout *layout, const SpTables *maps,
                               const SpTable *facts, gsize row)
{
    static const SpRole roles[] = {SP_ROLE_REGION, SP_ROLE_PERIOD};
    g_autoptr(GPtrArray) recodes = g_ptr_array_new_with_free_func((GDestroyNotify)sp_recode_free);
    g_autoptr(GPtrArray) wanted = g_ptr_array_new();
    for (gsize i = 0; i < G_N_ELEMENTS(roles); i++) {
        const SpLayoutColumn *column = sp_layout_find_role(layout, roles[i]);
        SpRecode *recode = column == NULL ? NULL : sp_recode_new(column, raw, maps, NULL);
        if (recode != NULL) {
            g_ptr_array_add(recodes, recode);
            g_ptr_array_add(
                wanted, (gpointer)sp_table_code(facts, row, sp_table_find(facts, column->name)));
        }
    }
    for (gsize at = 0; at < sp_table_n_rows(raw); at++) {
        gboolean is_same = recodes->len > 0;
        for (guint i = 0; i < recodes->len && is_same; i++) {
            guint32 number = 0;
            is_same = sp_recode_row(recodes->pdata[i], at, &number) &&
                      strcmp(sp_codes_text(sp_recode_codes(recodes->pdata[i]), number),
                             wanted->pdata[i]) == 0;
        }
        if (is_same) {
            return at / sp_layout_rows_each(layout) + layout->header_rows + 1;
        }
    }
    return 0;
}

static SpTable *restate_with_exceptions(const SpTable *facts, const SpLayout *layout,
                                        const SpTarget *target, SpQuality *quality, GError **error)
{
    g_autoptr(GPtrArray) taken = g_ptr_array_new_with_free_func((GDestroyNotify)sp_table_free);
    g_autoptr(SpTable) rest = sp_table_copy(facts);
    for (guint i = 0; i < layout->exceptions->len; i++) {
        SpTable *others = NULL;
        g_ptr_array_add(taken, sp_exception_take(rest, layout->exceptions->pdata[i], &others));
        sp_table_free(g_steal_pointer(&rest));
        rest = others;
    }
    g_autoptr(SpTable) whole = sp_normalise_restate(rest, target, layout->division, quality, error);
    for (guint i = 0; i < layout->exceptions->len; i++) {
        if (whole == NULL || !restate_exception(taken->pdata[i], layout->exceptions->pdata[i],
                                                target, &whole, quality, error)) {
            return NULL;
        }
    }
    if (whole == NULL || !sp_table_check_unique(whole, error)) {
        return NULL;
    }
    return g_steal_pointer(&whole);
}

/* One step: the table it made takes the place of the one it was made from. */
static gboolean replace(SpTable **facts, SpTable *made)
{
    sp_table_free(*facts);
    *facts = made;
    return made != NULL;
}

/* Facts on the target division, whichever of their columns are regions. */
static SpTable *restate(const SpTable *facts, const SpLayout *layout, const SpTarget *target,
                        SpQuality *quality, GError **error)
{
    return sp_arrangements_second(layout) != NULL
               ? sp_arrangements_restate(facts, layout, target, quality, error)
               : restate_with_exceptions(facts, layout, target, quality, error);
}

SpTable *sp_normalise(const SpTable *raw, const SpLayout *layout, const SpTables *maps,
                      const SpTarget *target, SpQuality *quality, GError **error)
{
    g_autoptr(SpTable) facts = NULL;
    if (sp_table_n_rows(raw) == 0 && layout->may_be_empty) {
        sp_quality_note(quality, "no_rows", layout->table, 0,
                        "the source answered that it has no rows for what was asked");
    } else if (sp_table_n_rows(raw) == 0) {
        sp_error_set(error, SP_ERROR_DATA,
                     "table %s: the source has no rows; look at the snapshot, then fetch again",
                     layout->table);
        return NULL;
    }
    facts = sp_normalise_codes(raw, layout, maps, quality, error);
    if (facts == NULL ||
        (layout->links_until != NULL && !sp_arrangements_check(facts, layout, error)) ||
        !replace(&facts, sp_normalise_parts(facts, layout, maps, quality, error)) ||
        !replace(&facts,
                 sp_normalise_answers(facts, layout, maps, target->regions, quality, error))) {
        return NULL;
    }
    g_autoptr(SpTable) restated = restate(facts, layout, target, quality, error);
    if (restated == NULL) {
        /* The facts are sorted: the reader wants the row of the source. */
        gsize row = 0;
        guint64 number = sp_restate_failing_row(facts, target, layout->division, &row)
                             ? find_source_row(raw, layout, maps, facts, row)
                             : 0;
        if (number > 0) {
            g_prefix_error(error, "row %" G_GUINT64_FORMAT ": ", number);
        }
        return NULL;
    }
    if (!replace(&restated, sp_normalise_levels(restated, layout, maps, error))) {
        return NULL;
    }
    sp_normalise_answer_shares(restated, layout);
    return g_steal_pointer(&restated);
}

static gboolean leads_to(const SpRoute *route, const char *target)
{
    return g_ptr_array_find_with_equal_func(route->targets, target, g_str_equal, NULL);
}

/* The cell with another region. */
static SpCell *copy_with_region(const SpCell *cell, const char *region)
{
    SpCell *copy = sp_cell_new(cell->table, cell->measure);
    for (guint i = 0; i < cell->columns->len; i++) {
        const char *column = g_ptr_array_index(cell->columns, i);
        gboolean is_region = strcmp(column, "region") == 0;
        sp_cell_with(copy, column, is_region ? region : g_ptr_array_index(cell->codes, i));
    }
    return copy;
}

static gboolean set_not_here(const SpCell *cell, const char *why, GError **error)
{
    g_autofree char *text = sp_cell_format(cell);
    return sp_error_set(error, SP_ERROR_NO_INPUT, "cell \"%s\" %s", text, why);
}

static gboolean find_day(const SpLayout *layout, const SpCell *cell, SpDay *day, GError **error)
{
    const char *period = sp_cell_code(cell, "period");
    if (layout->division != NULL) {
        return sp_day_parse(layout->division, day) ||
               sp_error_set(error, SP_ERROR_CONFIG, "layout %s: division \"%s\" is no day",
                            layout->name, layout->division);
    }
    return (period != NULL && sp_route_day(period, day)) ||
           set_not_here(cell, "has no period such as 2024 or 2024-01-01", error);
}

/* The cells of the source that lead to a cell, and what is learnt of them on the way. */
typedef struct {
    SpRouter *router;
    const SpCell *cell;
    const char *region; /* of the cell */
    SpExplanation *explanation;
    gboolean is_split; /* one of them was divided */
    gboolean is_own;   /* rows of an exception, and no other, lead there */
} Search;

static void add_source(Search *search, const char *region, const SpRoute *route)
{
    g_ptr_array_add(search->explanation->inputs, copy_with_region(search->cell, region));
    search->is_split = search->is_split || route->split_day != 0;
}

/* Every kommune of `day` that leads to the cell. */
static gboolean add_kommuner(Search *search, const char *const codes[], SpDay day, GError **error)
{
    for (gsize i = 0; codes[i] != NULL; i++) {
        g_autoptr(GError) no_way = NULL;
        const SpRoute *route = sp_router_find(search->router, codes[i], day, &no_way);
        if (route == NULL) {
            /* A kommune after the target day without a way back cannot have given a figure. */
            if (g_error_matches(no_way, SP_ERROR, SP_ERROR_DATA)) {
                continue;
            }
            g_propagate_error(error, g_steal_pointer(&no_way));
            return FALSE;
        }
        if (leads_to(route, search->region)) {
            add_source(search, codes[i], route);
        }
    }
    return TRUE;
}

/* The rows of an exception that lead to the cell. */
static gboolean add_exceptions(Search *search, const SpLayout *layout, GError **error)
{
    const char *period = sp_cell_code(search->cell, "period");
    for (guint i = 0; period != NULL && i < layout->exceptions->len; i++) {
        const SpLayoutException *exception = layout->exceptions->pdata[i];
        SpDay day = 0;
        if (!sp_exception_holds(exception, exception->region, period)) {
            continue;
        }
        sp_day_parse(exception->division, &day);
        const SpRoute *route = sp_router_find(search->router, exception->stands_for, day, error);
        if (route == NULL) {
            return FALSE;
        }
        gboolean leads = leads_to(route, search->region);
        search->is_own = search->is_own || strcmp(exception->region, search->region) == 0 || leads;
        if (leads) {
            add_source(search, exception->region, route);
        }
    }
    return TRUE;
}

/* Whether a figure may be a sum of rows of the source. */
static gboolean adds_rows(const SpLayout *layout)
{
    return layout->merged == SP_SAME_SUM || layout->repeats == SP_SAME_SUM;
}

static void describe(SpExplanation *explanation, const SpLayout *layout, gboolean is_split)
{
    g_free(explanation->method);
    if (is_split) {
        explanation->method = g_strdup(
            "a kommune divided later, shared by the population of its parts, and those that "
            "are now in it; docs/methods/regions.md#splits");
        g_ptr_array_add(explanation->settings, g_strdup("normalise.weights"));
    } else if (explanation->inputs->len > 1) {
        explanation->method =
            g_strdup("sum over the kommuner that became this one; docs/methods/regions.md#mergers");
    } else if (adds_rows(layout)) {
        explanation->method = g_strdup_printf("sum over the source's rows that have these codes, "
                                              "or are of their group, by layout %s; "
                                              "docs/adding-a-source.md",
                                              layout->name);
    } else {
        explanation->method = g_strdup("the source's figure; docs/methods/regions.md");
    }
    g_ptr_array_add(explanation->settings, g_strdup("normalise.division"));
    g_ptr_array_add(explanation->settings, g_strdup("normalise.region_codes"));
    g_ptr_array_add(explanation->settings, g_strdup("normalise.region_changes"));
    /* Rows that were added up, or stand for a group of codes, do not tell their parts. */
    explanation->is_injective = explanation->inputs->len == 1 && !adds_rows(layout);
}

gboolean sp_normalise_explain(const SpRegions *regions, SpDay target, const SpLayout *layout,
                              const SpCell *cell, SpExplanation *explanation, GError **error)
{
    const char *region = sp_cell_code(cell, "region");
    Search search = {.cell = cell, .region = region, .explanation = explanation};
    if (strcmp(cell->table, layout->table) != 0) {
        g_autofree char *why = g_strdup_printf("is not of table %s", layout->table);
        return set_not_here(cell, why, error);
    }
    gboolean is_sum = sp_normalise_is_level(layout, cell);
    if (is_sum) {
        sp_normalise_explain_level(layout, cell, explanation);
        return TRUE;
    }
    if (region == NULL || sp_region_kind(region) != SP_REGION_KOMMUNE) {
        g_ptr_array_add(explanation->inputs, copy_with_region(cell, region));
    } else {
        SpDay day = 0;
        g_autoptr(SpRouter) router = sp_router_new(regions, target);
        g_autofree const char **codes = NULL;
        if (!find_day(layout, cell, &day, error)) {
            return FALSE;
        }
        search.router = router;
        if (!add_exceptions(&search, layout, error)) {
            return FALSE;
        }
        codes = sp_regions_at(regions, day);
        if (!search.is_own && !add_kommuner(&search, codes, day, error)) {
            return FALSE;
        }
    }
    if (explanation->inputs->len == 0) {
        return set_not_here(cell, "comes from no kommune of its period", error);
    }
    describe(explanation, layout, search.is_split);
    return TRUE;
}
