/* Planning by code and period; rows only count and look up. */
#include "transforms/normalise/restate_plan.h"

#include <string.h>

#include "core/error.h"
#include "transforms/normalise/left_out.h"

static gsize way_number(const SpRestatePlan *plan, gsize row)
{
    gsize region = sp_table_code_numbers_const(plan->facts, plan->region)[row];
    gsize period = plan->period == SP_NO_COLUMN
                       ? 0
                       : sp_table_code_numbers_const(plan->facts, plan->period)[row];
    return region * plan->n_periods + period;
}

const SpWay *sp_restate_way(const SpRestatePlan *plan, gsize row)
{
    return &plan->ways[way_number(plan, row)];
}

static gboolean row_day(const SpRestatePlan *plan, gsize row, SpDay *day, GError **error)
{
    *day = plan->day;
    if (plan->period == SP_NO_COLUMN) {
        return TRUE;
    }
    const char *text = sp_table_code(plan->facts, row, plan->period);
    return sp_route_day(text, day) ||
           sp_error_set(error, SP_ERROR_DATA,
                        "period \"%s\" is no period; correct the layout's form or map", text);
}

static void note_split(const SpWay *way, const char *code, SpQuality *quality)
{
    char day[SP_DAY_SIZE];
    g_autoptr(GString) parts = g_string_new(NULL);
    sp_day_format(way->route->split_day, day);
    g_autofree char *subject = g_strdup_printf("%s %s", code, day);
    for (guint i = 0; i < way->route->at_split->len; i++) {
        g_string_append_printf(parts, "%s%s", i > 0 ? ", " : "",
                               (const char *)g_ptr_array_index(way->route->at_split, i));
    }
    if (way->split != NULL) {
        sp_quality_note(quality, "split_modelled", subject, 0,
                        "%s was divided on %s into %s: earlier figures are modelled by population",
                        code, day, parts->str);
    } else {
        sp_quality_note(
            quality, "split_without_weights", subject, 0,
            "%s was divided on %s into %s: earlier figures are missing, since "
            "normalise.weights has no population of the parts from then (and of kommuner "
            "joined with them from before)",
            code, day, parts->str);
    }
}

/* Works out the way of the row's code in its period, if no row before has asked. */
static gboolean find_way(SpRestatePlan *plan, gsize row, SpQuality *quality, GError **error)
{
    SpWay *way = &plan->ways[way_number(plan, row)];
    const char *code = sp_table_code(plan->facts, row, plan->region);
    SpDay day;
    if (way->route != NULL) {
        return TRUE;
    }
    if (!row_day(plan, row, &day, error)) {
        return FALSE;
    }
    way->route = sp_router_find(plan->router, code, day, error);
    if (way->route == NULL) {
        return FALSE;
    }
    way->n_targets = way->route->targets->len;
    way->targets = g_new(guint32, way->n_targets + 1);
    for (gsize i = 0; i < way->n_targets; i++) {
        way->targets[i] = sp_codes_add(plan->codes, g_ptr_array_index(way->route->targets, i));
    }
    if (way->route->split_day != 0) {
        way->split = sp_split_new(plan->regions, way->route, plan->weights);
        note_split(way, code, quality);
    }
    return TRUE;
}

/* Works out the ways of all rows, and sees to those that go nowhere. */
static gboolean find_ways(SpRestatePlan *plan, SpQuality *quality, GError **error)
{
    g_autoptr(SpLeftOut) left = sp_left_out_new(plan->facts, plan->region);
    for (gsize row = 0; row < sp_table_n_rows(plan->facts); row++) {
        SpDay day;
        gboolean is_found = find_way(plan, row, quality, error);
        if (is_found && sp_restate_way(plan, row)->route->kind == SP_ROUTE_OUTSIDE) {
            is_found = row_day(plan, row, &day, error) &&
                       sp_left_out_outside(left, row, plan->regions, day, quality, error);
        }
        if (!is_found) {
            plan->failed = row;
            /* The rows are sorted by now: normalise.c finds the source's own. */
            g_prefix_error(error, "table %s: period %s: ", sp_table_name(plan->facts),
                           plan->period == SP_NO_COLUMN
                               ? "any"
                               : sp_table_code(plan->facts, row, plan->period));
            return FALSE;
        }
        if (sp_restate_way(plan, row)->route->kind == SP_ROUTE_LEFT_OUT) {
            sp_left_out_add(left, row);
        }
    }
    sp_left_out_note(left, quality);
    return TRUE;
}

/* For each target and period, how many ways lead there: only where it is more than one can rows
 * meet. */
static guint32 *count_ways(const SpRestatePlan *plan)
{
    guint32 *n_ways = g_new0(guint32, sp_codes_size(plan->codes) * plan->n_periods + 1);
    for (gsize i = 0; i < plan->n_ways; i++) {
        for (gsize k = 0; k < plan->ways[i].n_targets; k++) {
            n_ways[plan->ways[i].targets[k] * plan->n_periods + i % plan->n_periods]++;
        }
    }
    return n_ways;
}

/* Columns of the key but region; returns how many. */
static gsize other_keys(const SpRestatePlan *plan, const guint32 *numbers[])
{
    gsize n = 0;
    for (gsize column = 0; column < sp_table_n_columns(plan->facts); column++) {
        const SpColumn *is = sp_table_column(plan->facts, column);
        if (is->kind == SP_COLUMN_CODE && is->is_key && column != plan->region) {
            numbers[n++] = sp_table_code_numbers_const(plan->facts, column);
        }
    }
    return n;
}

static void plan_moves(SpRestatePlan *plan)
{
    gsize n_facts = sp_table_n_rows(plan->facts);
    g_autofree const guint32 **keys = g_new(const guint32 *, sp_table_n_columns(plan->facts));
    gsize n_keys = other_keys(plan, keys);
    g_autofree guint32 *tuple = g_new(guint32, n_keys + 1);
    g_autoptr(SpTuples) tuples = sp_tuples_new(n_keys + 1);
    g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(guint32)); /* by tuple */
    g_autofree guint32 *n_ways = count_ways(plan);
    plan->moves = g_array_sized_new(FALSE, FALSE, sizeof(SpMove), (guint)n_facts);
    for (gsize row = 0; row < n_facts; row++) {
        gsize number = way_number(plan, row);
        const SpWay *way = &plan->ways[number];
        for (gsize part = 0; part < way->n_targets; part++) {
            guint32 target = way->targets[part];
            SpMove move = {(guint32)row, (guint32)plan->n_rows, (guint32)part};
            if (n_ways[target * plan->n_periods + number % plan->n_periods] > 1) {
                tuple[0] = target;
                for (gsize i = 0; i < n_keys; i++) {
                    tuple[i + 1] = keys[i][row];
                }
                guint32 meeting = sp_tuples_add(tuples, tuple);
                if (meeting == places->len) {
                    g_array_append_val(places, move.to);
                }
                move.to = g_array_index(places, guint32, meeting);
            }
            plan->n_rows += move.to == plan->n_rows ? 1 : 0;
            g_array_append_val(plan->moves, move);
        }
    }
}

gboolean sp_restate_plan_init(SpRestatePlan *plan, const SpTable *facts, const SpTarget *target,
                              const char *division, SpQuality *quality, GError **error)
{
    *plan = (SpRestatePlan){
        .facts = facts, .regions = target->regions, .period = SP_NO_COLUMN, .failed = SP_NO_COLUMN};
    plan->n_periods = 1;
    plan->codes = sp_codes_new();
    plan->router = sp_router_new(target->regions, target->day);
    if (division != NULL && !sp_day_parse(division, &plan->day)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "table %s: division \"%s\" is no day such as 2024-01-01",
                            sp_table_name(facts), division);
    }
    if (!sp_table_need(facts, "region", SP_COLUMN_CODE, &plan->region, error) ||
        (division == NULL &&
         !sp_table_need(facts, "period", SP_COLUMN_CODE, &plan->period, error))) {
        g_prefix_error(error, "no [table] division in the layout: ");
        return FALSE;
    }
    if (target->weights != NULL) {
        plan->weights = sp_weights_new(target->weights, error);
        if (plan->weights == NULL) {
            return FALSE;
        }
    }
    gsize n_regions = sp_codes_size(sp_table_codes(facts, plan->region));
    if (plan->period != SP_NO_COLUMN) {
        plan->n_periods = sp_codes_size(sp_table_codes(facts, plan->period));
    }
    plan->n_ways = n_regions * plan->n_periods;
    plan->ways = g_new0(SpWay, plan->n_ways + 1);
    if (!find_ways(plan, quality, error)) {
        return FALSE;
    }
    plan_moves(plan);
    return TRUE;
}

gboolean sp_restate_failing_row(const SpTable *facts, const SpTarget *target, const char *division,
                                gsize *row)
{
    g_auto(SpRestatePlan) plan = {0};
    g_autoptr(SpQuality) nowhere = sp_quality_new();
    if (sp_restate_plan_init(&plan, facts, target, division, nowhere, NULL) ||
        plan.failed == SP_NO_COLUMN) {
        return FALSE;
    }
    *row = plan.failed;
    return TRUE;
}

void sp_restate_plan_clear(SpRestatePlan *plan)
{
    for (gsize i = 0; plan->ways != NULL && i < plan->n_ways; i++) {
        g_free(plan->ways[i].targets);
        sp_split_free(plan->ways[i].split);
    }
    g_clear_pointer(&plan->ways, g_free);
    g_clear_pointer(&plan->router, sp_router_free);
    g_clear_pointer(&plan->weights, sp_weights_free);
    g_clear_pointer(&plan->codes, sp_codes_unref);
    g_clear_pointer(&plan->moves, g_array_unref);
}
