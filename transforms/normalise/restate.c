/* Figures moved to the target division, by the plan of restate_plan. */
#include "transforms/normalise/restate.h"

#include <math.h>
#include <string.h>

#include "core/error.h"
#include "core/table_rows.h"
#include "transforms/normalise/apportion.h"
#include "transforms/normalise/restate_plan.h"
#include "transforms/normalise/totals.h"

G_STATIC_ASSERT((int)SP_ROUTE_MAX_PARTS <= (int)SP_APPORTION_MAX);

/* What is the same for all cells of one measure. */
typedef struct {
    const SpRestatePlan *plan;
    const SpColumn *is;
    const SpReal *from; /* [rows of the facts] */
    gsize kjonn;        /* SP_NO_COLUMN when the weights are of all */
    gsize alder;
    gboolean is_persons;
} Measure;

static gsize find_code(const SpTable *table, const char *name)
{
    gsize column = sp_table_find(table, name);
    return column != SP_NO_COLUMN && sp_table_column(table, column)->kind == SP_COLUMN_CODE
               ? column
               : SP_NO_COLUMN;
}

static Measure measure_of(const SpRestatePlan *plan, gsize column)
{
    const SpColumn *is = sp_table_column(plan->facts, column);
    gboolean is_persons = g_strcmp0(is->unit, "persons") == 0;
    return (Measure){.plan = plan,
                     .is = is,
                     .from = sp_table_reals_const(plan->facts, column),
                     .kjonn = is_persons ? find_code(plan->facts, "kjonn") : SP_NO_COLUMN,
                     .alder = is_persons ? find_code(plan->facts, "alder") : SP_NO_COLUMN,
                     .is_persons = is_persons};
}

static const char *code_or_null(const SpTable *table, gsize row, gsize column)
{
    return column != SP_NO_COLUMN ? sp_table_code(table, row, column) : NULL;
}

/* A present additive figure by the weights of its sex and age. */
static void divide(const Measure *measure, gsize row, const SpSplit *split, SpReal parts[])
{
    double weights[SP_ROUTE_MAX_PARTS];
    double values[SP_ROUTE_MAX_PARTS];
    double value = measure->from[row].value;
    double total = 0.0;
    gsize n = sp_split_size(split);
    sp_split_weights(split, code_or_null(measure->plan->facts, row, measure->kjonn),
                     code_or_null(measure->plan->facts, row, measure->alder), weights);
    for (gsize i = 0; i < n; i++) {
        total += weights[i];
    }
    if (measure->is_persons && value == floor(value) && fabs(value) < 0x1p53) {
        sp_apportion(value, weights, n, values);
    } else {
        for (gsize i = 0; i < n; i++) {
            values[i] = value * (weights[i] / total);
        }
    }
    for (gsize i = 0; i < n; i++) {
        parts[i] = sp_real(values[i]);
    }
}

/* The parts [n] of the cell of a divided kommune. What is no figure, and 0, is the same in every
 * part. */
static void split_cell(const Measure *measure, gsize row, const SpWay *way, SpReal parts[])
{
    SpReal whole = measure->from[row];
    gboolean is_same =
        whole.status != SP_PRESENT && (measure->is->is_additive || !sp_real_is_number(whole));
    if (whole.status == SP_PRESENT && measure->is->is_additive && way->split != NULL) {
        divide(measure, row, way->split, parts);
    } else {
        for (gsize i = 0; i < way->n_targets; i++) {
            parts[i] = is_same ? whole : sp_real_none(SP_MISSING);
        }
    }
    for (gsize i = 0; i < way->n_targets; i++) {
        parts[i].flags = whole.flags | SP_FLAG_MODELLED;
    }
}

/* Several kommuner became one: a rate, a mean or distinct persons of the whole cannot be told from
 * the parts'. */
static SpReal merge(gboolean is_additive, SpReal a, SpReal b)
{
    SpStatus status = SP_MISSING;
    SpReal merged;
    if (is_additive) {
        return sp_real_add(a, b);
    }
    if (a.status == SP_SUPPRESSED || b.status == SP_SUPPRESSED) {
        status = SP_SUPPRESSED;
    } else if (a.status == SP_NOT_APPLICABLE && b.status == SP_NOT_APPLICABLE) {
        status = SP_NOT_APPLICABLE;
    }
    merged = sp_real_none(status);
    merged.flags = a.flags | b.flags;
    return merged;
}

/* Moves one measure; returns how many cells merging made missing. */
static gsize move_measure(const Measure *measure, SpReal to[], guint8 is_set[], gsize n_rows)
{
    const GArray *moves = measure->plan->moves;
    SpReal parts[SP_ROUTE_MAX_PARTS] = {0};
    gsize n_lost = 0;
    memset(is_set, 0, n_rows);
    for (guint i = 0; i < moves->len; i++) {
        const SpMove *move = &g_array_index(moves, SpMove, i);
        const SpWay *way = sp_restate_way(measure->plan, move->row);
        SpReal real = measure->from[move->row];
        if (way->n_targets > 1) {
            if (move->part == 0) {
                split_cell(measure, move->row, way, parts);
            }
            real = parts[move->part];
        }
        if (is_set[move->to] == 0) {
            to[move->to] = real;
            is_set[move->to] = 1;
            continue;
        }
        n_lost += !measure->is->is_additive && is_set[move->to] == 1;
        is_set[move->to] = 2;
        to[move->to] = merge(measure->is->is_additive, to[move->to], real);
    }
    return n_lost;
}

static void move_measures(const SpRestatePlan *plan, SpTable *table, SpQuality *quality)
{
    gsize n_rows = sp_table_n_rows(table);
    g_autofree guint8 *is_set = g_new(guint8, n_rows + 1);
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        if (sp_table_column(table, column)->kind != SP_COLUMN_MEASURE) {
            continue;
        }
        Measure measure = measure_of(plan, column);
        gsize n_lost = move_measure(&measure, sp_table_reals(table, column), is_set, n_rows);
        if (n_lost > 0) {
            sp_quality_note(
                quality, "merged_not_additive", measure.is->name, 0,
                "%" G_GSIZE_FORMAT
                " cells are missing: several kommuner became one, and %s does not add up",
                n_lost, measure.is->name);
        }
    }
}

/* Keys of rows that meet are equal but for region; an attribute on which they differ says nothing
 * of the whole. */
static void move_codes(const SpRestatePlan *plan, gsize column, SpTable *table)
{
    gsize n_rows = sp_table_n_rows(table);
    gboolean is_region = column == plan->region;
    const guint32 *from = sp_table_code_numbers_const(plan->facts, column);
    g_autofree guint32 *numbers = g_new(guint32, n_rows + 1);
    g_autoptr(SpCodes) codes =
        is_region ? sp_codes_ref(plan->codes) : sp_codes_copy(sp_table_codes(plan->facts, column));
    memset(numbers, 0xff, n_rows * sizeof *numbers);
    for (guint i = 0; i < plan->moves->len; i++) {
        const SpMove *move = &g_array_index(plan->moves, SpMove, i);
        guint32 number =
            is_region ? sp_restate_way(plan, move->row)->targets[move->part] : from[move->row];
        if (numbers[move->to] == G_MAXUINT32) {
            numbers[move->to] = number;
        } else if (numbers[move->to] != number) {
            numbers[move->to] = sp_codes_add(codes, "");
        }
    }
    sp_table_set_codes(table, column, codes, numbers);
}

/* An empty table with the columns of the facts, its region of the target division. */
static SpTable *make_table(const SpRestatePlan *plan, SpDay target)
{
    gsize n_columns = sp_table_n_columns(plan->facts);
    g_autofree SpColumn *columns = g_new(SpColumn, n_columns);
    char day[SP_DAY_SIZE];
    g_autofree char *classification = g_strdup_printf("kommune@%s", sp_day_format(target, day));
    for (gsize i = 0; i < n_columns; i++) {
        columns[i] = *sp_table_column(plan->facts, i);
    }
    columns[plan->region].classification = classification;
    SpTable *table = sp_table_new(sp_table_name(plan->facts), columns, n_columns);
    sp_table_set_edition(table, sp_table_edition(plan->facts));
    sp_table_set_marks(table, sp_table_marks(plan->facts));
    return table;
}

SpTable *sp_normalise_restate(const SpTable *facts, const SpTarget *target, const char *division,
                              SpQuality *quality, GError **error)
{
    SpTarget weighed = *target;
    g_auto(SpRestatePlan) plan = {0};
    g_autoptr(SpTable) table = NULL;
    if (find_code(facts, "region") == SP_NO_COLUMN) {
        return sp_table_copy(facts);
    }
    if (weighed.weights == NULL && sp_weights_fit(facts)) {
        weighed.weights = facts;
    }
    if (!sp_restate_plan_init(&plan, facts, &weighed, division, quality, error)) {
        return NULL;
    }
    table = make_table(&plan, target->day);
    sp_table_add_rows(table, plan.n_rows);
    for (gsize column = 0; column < sp_table_n_columns(table); column++) {
        if (sp_table_column(table, column)->kind == SP_COLUMN_CODE) {
            move_codes(&plan, column, table);
        }
    }
    move_measures(&plan, table, quality);
    if (!sp_restate_check_totals(&plan, table, quality, error) ||
        !sp_table_check_unique(table, error)) {
        return NULL;
    }
    return g_steal_pointer(&table);
}
