/* Rows of table indikatorverdi. */
#include "transforms/vary/indicator.h"

#include "core/rollup.h"
#include "core/table_rows.h"
#include "transforms/vary/columns.h"
#include "transforms/vary/evaluation.h"

enum {
    INDIKATOR,
    REGION,
    PERIOD,
    VERTSKOMMUNE,
    TELLER,
    NEVNER,
    VERDI,
    FORVENTET,
    VARIANS,
    N_COLUMNS
};
/* No measure is additive: most tellers are distinct persons, and one column holds all indicators.
 */
static const SpColumn columns[N_COLUMNS] = {
    [INDIKATOR] = SP_VARY_INDIKATOR,
    [REGION] = SP_VARY_REGION,
    [PERIOD] = SP_VARY_PERIOD,
    [VERTSKOMMUNE] = SP_VARY_VERTSKOMMUNE,
    [TELLER] = {.name = "teller", .kind = SP_COLUMN_MEASURE},
    [NEVNER] = {.name = "nevner", .kind = SP_COLUMN_MEASURE},
    [VERDI] = {.name = "verdi", .kind = SP_COLUMN_MEASURE},
    [FORVENTET] = {.name = "forventet", .kind = SP_COLUMN_MEASURE},
    [VARIANS] = {.name = "varians", .kind = SP_COLUMN_MEASURE},
};

static gsize add_row(SpTable *out, const SpEvaluation *evaluation, const char *region,
                     const char *period)
{
    const gsize row = sp_table_add_row(out);
    sp_table_set_code(out, row, INDIKATOR, evaluation->indicator->id);
    sp_table_set_code(out, row, REGION, region);
    sp_table_set_code(out, row, PERIOD, period);
    return row;
}

static void write_rows(SpTable *out, const SpEvaluation *evaluation, const SpFigures *figures)
{
    for (gsize i = 0; i < figures->n; i++) {
        const gsize row =
            add_row(out, evaluation, sp_evaluation_kommune(evaluation, i), figures->period);
        if (figures->is_area[i]) {
            sp_table_set_code(out, row, VERTSKOMMUNE,
                              sp_evaluation_kommune(evaluation, figures->host[i]));
        }
        sp_table_set_real(out, row, TELLER, figures->teller[i]);
        sp_table_set_real(out, row, NEVNER, figures->nevner[i]);
        sp_table_set_real(out, row, VERDI, figures->verdi[i]);
        sp_table_set_real(out, row, FORVENTET, figures->expected[i]);
        sp_table_set_real(out, row, VARIANS, figures->variance[i]);
    }
}

/* The country's own figure, a row of its own. */
static void write_country(SpTable *out, const SpEvaluation *evaluation, const SpFigures *figures)
{
    static const gsize to[] = {TELLER, NEVNER, VERDI};
    if (!sp_real_is_number(figures->country[2])) {
        return;
    }
    const gsize row = add_row(out, evaluation, SP_REGION_COUNTRY_CODE, figures->period);
    for (gsize m = 0; m < G_N_ELEMENTS(to); m++) {
        sp_table_set_real(out, row, to[m], figures->country[m]);
    }
    sp_table_set_real(out, row, FORVENTET, sp_real_none(SP_NOT_APPLICABLE));
    sp_table_set_real(out, row, VARIANS, sp_real_none(SP_NOT_APPLICABLE));
}

/* Rows of four years for those that have too few in the last of them. */
static void write_pooled(SpTable *out, const SpEvaluator *by, const SpEvaluation *evaluation,
                         guint at)
{
    const SpFigures *figures = g_ptr_array_index(evaluation->periods, at);
    guint own[SP_POOLED_YEARS];
    if (!evaluation->indicator->is_part || evaluation->indicator->teller == NULL ||
        !sp_figures_window(evaluation->periods, at, own)) {
        return;
    }
    g_autofree char *period = sp_figures_window_period(evaluation->periods, own);
    for (gsize i = 0; i < figures->n; i++) {
        SpReal teller = sp_real_none(SP_MISSING);
        SpReal nevner = sp_real_none(SP_MISSING);
        if (figures->is_area[i] ||
            !sp_evaluation_is_too_small(by, evaluation->indicator, figures->nevner[i]) ||
            !sp_figures_pool_years(evaluation->periods, own, i, &teller, &nevner) ||
            sp_evaluation_is_too_small(by, evaluation->indicator, nevner)) {
            continue;
        }
        const gsize row = add_row(out, evaluation, sp_evaluation_kommune(evaluation, i), period);
        SpReal value = sp_real_rate(teller, nevner, evaluation->indicator->per);
        value.flags |= SP_FLAG_MODELLED;
        sp_table_set_real(out, row, TELLER, teller);
        sp_table_set_real(out, row, NEVNER, nevner);
        sp_table_set_real(out, row, VERDI, value);
        sp_table_set_real(out, row, FORVENTET, sp_real_none(SP_NOT_APPLICABLE));
        sp_table_set_real(out, row, VARIANS, sp_real_none(SP_NOT_APPLICABLE));
    }
}

static void add_indicator(SpTable *out, const SpEvaluator *by, const SpEvaluation *evaluation)
{
    for (guint i = 0; i < evaluation->periods->len; i++) {
        write_country(out, evaluation, g_ptr_array_index(evaluation->periods, i));
        write_rows(out, evaluation, g_ptr_array_index(evaluation->periods, i));
        write_pooled(out, by, evaluation, i);
    }
}

/* The first table that an indicator's formulas name and the facts do not have; NULL if they have
 * all. */
static const char *find_lacking(const SpTables *in, const SpIndicator *indicator)
{
    g_autoptr(GPtrArray) formulas = sp_indicator_formulas(indicator);
    for (guint i = 0; i < formulas->len; i++) {
        const char *lacking = sp_formula_lacks(g_ptr_array_index(formulas, i), in);
        if (lacking != NULL) {
            return lacking;
        }
    }
    return NULL;
}

SpTable *sp_indikatorverdi(const SpTables *in, const GPtrArray *indicators,
                           const SpIndicatorLimits *limits, SpQuality *quality, GError **error)
{
    g_autoptr(SpTable) out = sp_table_new("indikatorverdi", columns, N_COLUMNS);
    g_autoptr(SpGrids) grids = sp_grids_new(in);
    const SpEvaluator by = {.in = in, .limits = limits, .grids = grids, .quality = quality};
    for (guint i = 0; i < indicators->len; i++) {
        const SpIndicator *indicator = g_ptr_array_index(indicators, i);
        const char *lacking = find_lacking(in, indicator);
        if (lacking != NULL) {
            sp_quality_note(quality, "indicator_without_source", indicator->id, 0,
                            "table %s is not among the facts; the indicator is left out", lacking);
            continue;
        }
        g_autoptr(SpEvaluation) evaluation = sp_evaluation_new(&by, indicator, error);
        if (evaluation == NULL) {
            g_prefix_error(error, "indicator %s: ", indicator->id);
            return NULL;
        }
        if (evaluation->n_hidden > 0) {
            sp_quality_note(quality, "hidden_before_use", indicator->id, 0,
                            "%" G_GSIZE_FORMAT " figures rest on fewer than %g persons, or %g "
                            "årsverk or less: they are hidden, and nothing is made of them",
                            evaluation->n_hidden, limits->hidden.threshold,
                            limits->hidden.least_aarsverk);
        }
        add_indicator(out, &by, evaluation);
    }
    sp_grids_mark(grids, out);
    return sp_table_check_unique(out, error) ? g_steal_pointer(&out) : NULL;
}
