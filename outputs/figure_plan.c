/* The rows and points of a figure. */
#include "outputs/figure_plan.h"

#include "core/error.h"
#include "core/regions.h"

#include <string.h>

void sp_figure_plan_init(SpFigurePlan *plan, const SpWords *words, const SpTable *table)
{
    *plan = (SpFigurePlan){.words = words, .sex = SP_NO_COLUMN};
    sp_pick_init(&plan->pick, table);
    plan->measures = g_array_new(FALSE, FALSE, sizeof(gsize));
    plan->rows = g_array_new(FALSE, FALSE, sizeof(gsize));
    plan->codes = g_ptr_array_new();
}

void sp_figure_plan_clear(SpFigurePlan *plan)
{
    sp_pick_clear(&plan->pick);
    g_array_unref(plan->measures);
    g_array_unref(plan->rows);
    g_ptr_array_unref(plan->codes);
    g_free(plan->places);
}

static gsize row_at(const GArray *rows, guint i)
{
    return g_array_index(rows, gsize, i);
}

static const char *period_at(const SpFigurePlan *plan, guint i)
{
    return sp_table_code(plan->pick.table, row_at(plan->rows, i), plan->period);
}

static gboolean add_measures(SpFigurePlan *plan, const char *text, GError **error)
{
    g_auto(GStrv) names = g_strsplit(text, "|", -1);
    for (char **name = names; *name != NULL; name++) {
        gsize column = 0;
        if ((*name)[0] == '?' && sp_table_find(plan->pick.table, *name + 1) == SP_NO_COLUMN) {
            continue;
        }
        if (!sp_table_need(plan->pick.table, *name + ((*name)[0] == '?' ? 1 : 0), SP_COLUMN_MEASURE,
                           &column, error)) {
            return FALSE;
        }
        g_array_append_val(plan->measures, column);
    }
    return (plan->measures->len > 0 && plan->measures->len <= SP_FIGURE_MAX_SERIES) ||
           sp_error_set(error, SP_ERROR_CONFIG, "%u measures: want 1 to %d", plan->measures->len,
                        SP_FIGURE_MAX_SERIES);
}

static gboolean add_codes(SpPick *pick, char *const words[], GError **error)
{
    for (gsize i = 0; words[i] != NULL; i++) {
        if (words[i][0] != '\0' && !sp_pick_add(pick, words[i], error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* The columns that the kind leaves open, and the codes and measures that the catalogue names. */
static gboolean parse_words(SpFigurePlan *plan, SpFigureKind kind, const char *codes,
                            const char *measures, GError **error)
{
    const SpTable *table = plan->pick.table;
    gboolean is_pyramid = kind == SP_FIGURE_PYRAMID;
    g_auto(GStrv) words = g_strsplit(codes, " ", -1);
    if (!sp_table_need(table, "region", SP_COLUMN_CODE, &plan->region, error) ||
        !sp_table_need(table, "period", SP_COLUMN_CODE, &plan->period, error) ||
        !add_codes(&plan->pick, words, error) || !add_measures(plan, measures, error)) {
        return FALSE;
    }
    plan->axis = sp_figure_is_of_kommuner(kind) ? plan->region : plan->period;
    if (is_pyramid && (!sp_table_need(table, "alder", SP_COLUMN_CODE, &plan->axis, error) ||
                       !sp_table_need(table, "kjonn", SP_COLUMN_CODE, &plan->sex, error))) {
        return FALSE;
    }
    const gsize open[] = {plan->region, plan->period, plan->axis, plan->sex};
    return sp_pick_check_keys(&plan->pick, open, G_N_ELEMENTS(open), error);
}

/* The newest period of some rows in which a measure has a number; NULL if there is none. */
static const char *newest_of(const SpTable *table, const GArray *rows, gsize period, gsize measure)
{
    const char *newest = NULL;
    for (guint i = 0; i < rows->len; i++) {
        const char *code = sp_table_code(table, row_at(rows, i), period);
        if (sp_real_is_number(sp_table_real(table, row_at(rows, i), measure)) &&
            (newest == NULL || strcmp(code, newest) > 0)) {
            newest = code;
        }
    }
    return newest;
}

static gboolean is_kommune(const char *code)
{
    return sp_region_kind(code) == SP_REGION_KOMMUNE;
}

static GArray *rows_of(const SpPick *pick, gsize region, gboolean is_of_kommuner, const char *own)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(gsize));
    const SpCodes *codes = sp_table_codes(pick->table, region);
    const guint32 *numbers = sp_table_code_numbers_const(pick->table, region);
    g_autofree gboolean *is_there = g_new0(gboolean, (gsize)sp_codes_size(codes) + 1);
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        const char *code = sp_codes_text(codes, i);
        is_there[i] = is_of_kommuner ? is_kommune(code) : strcmp(code, own) == 0;
    }
    for (gsize row = 0; row < sp_table_n_rows(pick->table); row++) {
        if (is_there[numbers[row]] && sp_pick_has(pick, row)) {
            g_array_append_val(rows, row);
        }
    }
    return rows;
}

/* Leaves the rows of one period. */
static void keep_period(SpFigurePlan *plan, const char *period)
{
    guint n = 0;
    for (guint i = 0; i < plan->rows->len; i++) {
        if (strcmp(period_at(plan, i), period) == 0) {
            g_array_index(plan->rows, gsize, n++) = row_at(plan->rows, i);
        }
    }
    g_array_set_size(plan->rows, n);
}

/* Gives every code of the axis that stands in the rows its place. */
static void set_places(SpFigurePlan *plan)
{
    const SpTable *table = plan->pick.table;
    const SpCodes *codes = sp_table_codes(table, plan->axis);
    const guint32 *numbers = sp_table_code_numbers_const(table, plan->axis);
    plan->places = g_new(int, (gsize)sp_codes_size(codes) + 1);
    memset(plan->places, -1, ((gsize)sp_codes_size(codes) + 1) * sizeof(int));
    for (guint i = 0; i < plan->rows->len; i++) {
        guint32 number = numbers[row_at(plan->rows, i)];
        if (plan->places[number] < 0) {
            plan->places[number] = 0;
            g_ptr_array_add(plan->codes, (gpointer)sp_codes_text(codes, number));
        }
    }
    g_ptr_array_sort(plan->codes, sp_codes_compare);
    for (guint i = 0; i < plan->codes->len; i++) {
        guint32 number = 0;
        gboolean is_there = sp_codes_find(codes, g_ptr_array_index(plan->codes, i), &number);
        g_assert(is_there);
        plan->places[number] = (int)i;
    }
}

gboolean sp_figure_plan_parse(SpFigurePlan *plan, SpFigureKind kind, const char *codes,
                              const char *measures, GError **error)
{
    gboolean is_of_kommuner = sp_figure_is_of_kommuner(kind);
    if (!parse_words(plan, kind, codes, measures, error)) {
        return FALSE;
    }
    g_array_unref(plan->rows);
    plan->rows =
        rows_of(&plan->pick, plan->region, is_of_kommuner, sp_words_package(plan->words)->region);
    const char *newest = newest_of(plan->pick.table, plan->rows, plan->period,
                                   g_array_index(plan->measures, gsize, 0));
    if (newest == NULL) {
        g_array_set_size(plan->rows, 0);
    } else if (is_of_kommuner) {
        keep_period(plan, newest);
    }
    set_places(plan);
    return TRUE;
}

const char *sp_figure_plan_period(const SpFigurePlan *plan, gboolean is_last)
{
    const char *end = NULL;
    for (guint i = 0; i < plan->rows->len; i++) {
        const char *code = period_at(plan, i);
        int order = end == NULL ? 0 : strcmp(code, end);
        end = end == NULL || (is_last ? order > 0 : order < 0) ? code : end;
    }
    return end;
}

SpFigureForm sp_figure_plan_form(const SpFigurePlan *plan, gsize measure)
{
    const SpTable *table = plan->pick.table;
    const SpUnits *units = sp_words_units(plan->words);
    const char *unit = sp_units_of(units, table, measure);
    gsize indicator = sp_table_find(table, "indikator");
    if (!sp_units_is_of_indicator(unit) || indicator == SP_NO_COLUMN || plan->rows->len == 0) {
        return sp_units_form(units, unit);
    }
    const char *id = sp_table_code(table, row_at(plan->rows, 0), indicator);
    return sp_units_form_of_indicator(unit, sp_units_form(units, sp_units_of_indicator(units, id)));
}

SpReal *sp_figure_plan_points(const SpFigurePlan *plan, gsize measure, const char *period,
                              const char *sex)
{
    const SpTable *table = plan->pick.table;
    const guint32 *numbers = sp_table_code_numbers_const(table, plan->axis);
    SpReal *points = g_new0(SpReal, (gsize)plan->codes->len + 1);
    for (guint i = 0; i < plan->codes->len; i++) {
        points[i] = sp_real_none(SP_NOT_APPLICABLE);
    }
    for (guint i = 0; i < plan->rows->len; i++) {
        gsize row = row_at(plan->rows, i);
        if ((period == NULL || strcmp(period_at(plan, i), period) == 0) &&
            (sex == NULL || strcmp(sp_table_code(table, row, plan->sex), sex) == 0)) {
            points[plan->places[numbers[row]]] = sp_table_real(table, row, measure);
        }
    }
    return points;
}

/* "Folkemengde: Begge kjønn, 80 år og eldre, 1.1.2026". */
static char *size_label(const SpWords *words, const SpPick *pick, gsize period, const char *newest)
{
    const char *brief = sp_words_find(words, "table.", sp_table_name(pick->table), ".short");
    g_autofree char *codes = sp_pick_words(pick, words);
    g_autofree char *when = sp_words_code(words, sp_table_column(pick->table, period), newest);
    return g_strdup_printf("%s: %s%s%s", brief != NULL ? brief : sp_table_name(pick->table), codes,
                           codes[0] != '\0' ? ", " : "", when);
}

SpReal *sp_figure_plan_sizes(const SpFigurePlan *plan, const char *text, char **label,
                             GError **error)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    guint n = g_strv_length(words);
    const SpTable *table =
        n > 0 ? sp_tables_find(sp_words_package(plan->words)->tables, words[0]) : NULL;
    gsize region = 0;
    gsize period = 0;
    gsize measure = 0;
    if (table == NULL) {
        return NULL;
    }
    g_auto(SpPick) pick;
    sp_pick_init(&pick, table);
    if (!sp_table_need(table, "region", SP_COLUMN_CODE, &region, error) ||
        !sp_table_need(table, "period", SP_COLUMN_CODE, &period, error) ||
        !sp_table_need(table, n > 1 ? words[1] : "", SP_COLUMN_MEASURE, &measure, error) ||
        !add_codes(&pick, words + 2, error) ||
        !sp_pick_check_keys(&pick, (const gsize[]){region, period}, 2, error)) {
        return NULL;
    }
    g_autoptr(GArray) rows = rows_of(&pick, region, TRUE, NULL);
    const char *newest = newest_of(table, rows, period, measure);
    if (newest == NULL) {
        return NULL;
    }
    SpReal *sizes = g_new0(SpReal, (gsize)plan->codes->len + 1);
    for (guint i = 0; i < plan->codes->len; i++) {
        sizes[i] = sp_real_none(SP_MISSING);
    }
    for (guint i = 0; i < rows->len; i++) {
        gsize row = row_at(rows, i);
        guint place = 0;
        if (strcmp(sp_table_code(table, row, period), newest) == 0 &&
            g_ptr_array_find_with_equal_func(plan->codes, sp_table_code(table, row, region),
                                             g_str_equal, &place)) {
            sizes[place] = sp_table_real(table, row, measure);
        }
    }
    *label = size_label(plan->words, &pick, period, newest);
    return sizes;
}
