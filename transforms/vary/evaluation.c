/* Formulas over the facts, the rate, and what the country's rates would give. */
#include "transforms/vary/evaluation.h"

#include "core/regions.h"
#include "core/rollup.h"
#include "core/table_rows.h"
#include "transforms/vary/grid.h"
#include "transforms/vary/hosts.h"
#include "transforms/vary/positions.h"

const char *sp_evaluation_kommune(const SpEvaluation *evaluation, gsize i)
{
    return g_ptr_array_index(evaluation->kommuner, i);
}

static gboolean find_kommuner(const SpEvaluator *by, SpEvaluation *evaluation, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) regions = g_ptr_array_new();
    SpFormula *const formulas[] = {evaluation->indicator->teller, evaluation->indicator->verdi,
                                   evaluation->indicator->nevner};
    for (gsize i = 0; i < G_N_ELEMENTS(formulas); i++) {
        const SpGrid *grid =
            formulas[i] != NULL ? sp_grids_find(by->grids, formulas[i], error) : NULL;
        if (formulas[i] != NULL && grid == NULL) {
            return FALSE;
        }
        if (grid != NULL) {
            sp_grid_add_regions(grid, regions, seen);
        }
    }
    for (guint i = 0; i < regions->len; i++) {
        if (sp_region_kind(regions->pdata[i]) == SP_REGION_KOMMUNE) {
            g_ptr_array_add(evaluation->kommuner, regions->pdata[i]);
        }
    }
    g_ptr_array_sort(evaluation->kommuner, sp_codes_compare);
    return TRUE;
}

/* The table of the formula that holds a draw of the persons alone; NULL: none does. */
static const char *sample_of(const SpEvaluator *by, const SpFormula *formula)
{
    g_autoptr(GHashTable) tables = g_hash_table_new(g_str_hash, g_str_equal);
    sp_formula_add_tables(formula, tables);
    for (const char *const *name = by->limits->samples; *name != NULL; name++) {
        if (g_hash_table_contains(tables, *name)) {
            return *name;
        }
    }
    return NULL;
}

static void note_sample(const SpEvaluator *by, const SpIndicator *indicator)
{
    const SpFormula *formulas[] = {indicator->teller, indicator->verdi, indicator->nevner};
    for (gsize i = 0; i < G_N_ELEMENTS(formulas); i++) {
        const char *sample = formulas[i] != NULL ? sample_of(by, formulas[i]) : NULL;
        if (sample != NULL) {
            sp_quality_note(by->quality, "indicator_of_sample", indicator->id, 0,
                            "table %s is named in vary.samples: its figures, and all that is made "
                            "of them, are of a draw of the persons and have flag u",
                            sample);
            return;
        }
    }
}

/* A formula's figures in a period; not applicable without a formula. */
static gboolean pick(const SpEvaluator *by, const SpEvaluation *evaluation,
                     const SpFormula *formula, const char *period, SpReal figures[], GError **error)
{
    if (formula == NULL) {
        for (gsize i = 0; i < evaluation->kommuner->len; i++) {
            figures[i] = sp_real_none(SP_NOT_APPLICABLE);
        }
        return TRUE;
    }
    const SpGrid *grid = sp_grids_find(by->grids, formula, error);
    if (grid == NULL || !sp_grid_pick(grid, period, evaluation->kommuner, figures, error)) {
        return FALSE;
    }
    const guint8 flags = sample_of(by, formula) != NULL ? SP_FLAG_SAMPLE : 0;
    for (gsize i = 0; i < evaluation->kommuner->len; i++) {
        figures[i].flags |= flags;
    }
    return TRUE;
}

static gboolean has_number(const SpReal reals[], gsize n)
{
    for (gsize i = 0; i < n; i++) {
        if (sp_real_is_number(reals[i])) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Of money and other ratios a figure below 0 is one; nobody is fewer than nobody. */
static void drop_below_zero(const SpEvaluator *by, const SpEvaluation *evaluation,
                            SpFigures *figures)
{
    const SpIndicator *indicator = evaluation->indicator;
    const gboolean may_be = indicator->kind == SP_KIND_AMOUNT || indicator->kind == SP_KIND_RATE;
    for (gsize i = 0; !may_be && i < figures->n; i++) {
        const SpReal teller = figures->teller[i];
        if (sp_real_is_number(teller) && teller.value < 0.0) {
            g_autofree char *subject = g_strdup_printf("%s region %s", indicator->id,
                                                       sp_evaluation_kommune(evaluation, i));
            sp_quality_note(by->quality, "teller_below_zero", subject, 0,
                            "%s is below 0 in kommune %s, first in %s: its terms contradict each "
                            "other, and it is missing there",
                            sp_formula_text(indicator->teller),
                            sp_evaluation_kommune(evaluation, i), figures->period);
            figures->teller[i] = sp_real_none(SP_MISSING);
            figures->teller[i].flags = teller.flags;
        }
    }
}

static void note_above_one(const SpEvaluator *by, const SpEvaluation *evaluation,
                           const SpFigures *figures)
{
    for (gsize i = 0; evaluation->indicator->is_part && i < figures->n; i++) {
        if (sp_real_is_number(figures->teller[i]) && sp_real_is_number(figures->nevner[i]) &&
            figures->teller[i].value > figures->nevner[i].value) {
            g_autofree char *subject = g_strdup_printf("%s region %s", evaluation->indicator->id,
                                                       sp_evaluation_kommune(evaluation, i));
            sp_quality_note(by->quality, "teller_above_nevner", subject, 0,
                            "a share above 1 in kommune %s, first in %s: check %s",
                            sp_evaluation_kommune(evaluation, i), figures->period,
                            sp_formula_text(evaluation->indicator->teller));
        }
    }
}

/* The least that a share may be of; 0 for other indicators. */
static double least_of(const SpEvaluator *by, const SpIndicator *indicator)
{
    if (!indicator->is_part) {
        return 0.0;
    }
    return indicator->kind == SP_KIND_SHARE ? by->limits->least_persons
                                            : by->limits->least_aarsverk;
}

gboolean sp_evaluation_is_too_small(const SpEvaluator *by, const SpIndicator *indicator,
                                    SpReal nevner)
{
    return sp_real_is_number(nevner) && nevner.value > 0.0 &&
           nevner.value < least_of(by, indicator);
}

/* The value of one kommune. A share of too few is missing, whatever it is. */
static SpReal compute_value(const SpEvaluator *by, const SpEvaluation *evaluation,
                            const SpFigures *figures, gsize i)
{
    const SpIndicator *indicator = evaluation->indicator;
    if (indicator->nevner == NULL) {
        return figures->teller[i];
    }
    SpReal value = sp_real_rate(figures->teller[i], figures->nevner[i], indicator->per);
    if (sp_real_is_number(value) && sp_evaluation_is_too_small(by, indicator, figures->nevner[i])) {
        g_autofree char *subject =
            g_strdup_printf("%s region %s", indicator->id, sp_evaluation_kommune(evaluation, i));
        sp_quality_note(by->quality, "nevner_too_small", subject, 0,
                        "%s is below %g in kommune %s, first in %s: the share is missing there and "
                        "takes no part in the variation; four years together stand beside where "
                        "they are enough",
                        sp_formula_text(indicator->nevner), least_of(by, indicator),
                        sp_evaluation_kommune(evaluation, i), figures->period);
        const guint8 flags = value.flags;
        value = sp_real_none(SP_MISSING);
        value.flags = flags;
    }
    return value;
}

static void compute_values(const SpEvaluator *by, const SpEvaluation *evaluation,
                           SpFigures *figures)
{
    const SpIndicator *indicator = evaluation->indicator;
    for (gsize i = 0; indicator->verdi == NULL && i < figures->n; i++) {
        figures->verdi[i] = compute_value(by, evaluation, figures, i);
    }
    for (gsize i = 0; indicator->verdi != NULL && i < figures->n; i++) {
        figures->verdi[i] = sp_real_rate(figures->verdi[i], sp_real(1.0), indicator->per);
    }
    /* What an area has in common stands in each of its kommuner. */
    for (gsize i = 0; i < figures->n; i++) {
        figures->verdi[i] = figures->verdi[figures->host[i]];
    }
}

/* What the source itself says of the country (statistics-decisions A5): a kommune's figures do not
 * always add up to it, and some are estimated or hidden. What may not be seen of the country is
 * hidden here as in its own table. */
static gboolean find_country(const SpEvaluator *by, const SpEvaluation *evaluation,
                             SpFigures *figures, GError **error)
{
    const SpIndicator *indicator = evaluation->indicator;
    const SpFormula *first = indicator->teller != NULL ? indicator->teller : indicator->verdi;
    const SpFormula *formulas[] = {first, indicator->nevner};
    const SpTwin *shown[] = {indicator->teller != NULL ? evaluation->twins[SP_TELLER_SHOWN] : NULL,
                             evaluation->twins[SP_NEVNER_SHOWN]};
    SpReal *country = figures->country;
    gboolean is_own[G_N_ELEMENTS(formulas)] = {FALSE, FALSE};
    for (gsize i = 0; i < G_N_ELEMENTS(formulas); i++) {
        const SpGrid *grid =
            formulas[i] != NULL ? sp_grids_find(by->grids, formulas[i], error) : NULL;
        country[i] = sp_real_none(SP_NOT_APPLICABLE);
        if (formulas[i] != NULL &&
            (grid == NULL ||
             !sp_grid_country(grid, figures->period, &country[i], &is_own[i], error) ||
             !sp_twin_country(shown[i], figures->period, &country[i], error))) {
            return FALSE;
        }
        if (formulas[i] != NULL && sample_of(by, formulas[i]) != NULL) {
            country[i].flags |= SP_FLAG_SAMPLE;
        }
    }
    const gboolean is_ratio = indicator->teller == NULL;
    country[2] = is_ratio || indicator->nevner == NULL
                     ? sp_real_rate(country[0], sp_real(1.0), indicator->per)
                     : sp_real_rate(country[0], country[1], indicator->per);
    if (is_ratio) {
        country[0] = sp_real_none(SP_NOT_APPLICABLE);
    }
    if (!is_own[0]) {
        country[2] = sp_real_none(SP_MISSING);
    }
    return TRUE;
}

/* What is behind a term, kommuner with their hosts as its figures are; NULL with no error where
 * there is nothing. g_free. */
static gboolean pick_twin(const SpEvaluation *evaluation, const SpTwin *twin,
                          const SpFigures *figures, SpReal **picked, GError **error)
{
    *picked = NULL;
    if (twin == NULL) {
        return TRUE;
    }
    SpReal *of_kommuner = *picked = g_new(SpReal, figures->n + 1);
    if (!sp_twin_pick(twin, figures->period, evaluation->kommuner, of_kommuner, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < figures->n; i++) {
        const gsize host = figures->host[i];
        if (host != i) {
            of_kommuner[host] = sp_real_add(of_kommuner[host], of_kommuner[i]);
            of_kommuner[i] = sp_real_none(SP_NOT_APPLICABLE);
        }
    }
    return TRUE;
}

/* Before rates, values and all that is made of them: what is hidden afterwards could be worked out
 * from them. */
static gboolean hide(const SpEvaluator *by, SpEvaluation *evaluation, SpFigures *figures,
                     GError **error)
{
    SpReal *behind[SP_N_TWINS] = {NULL};
    gboolean is_picked = TRUE;
    for (gsize i = 0; is_picked && i < SP_N_TWINS; i++) {
        is_picked = pick_twin(evaluation, evaluation->twins[i], figures, &behind[i], error);
    }
    if (is_picked) {
        evaluation->n_hidden += sp_figures_hide(evaluation->indicator, &by->limits->hidden,
                                                evaluation->few, behind, figures);
    }
    for (gsize i = 0; i < SP_N_TWINS; i++) {
        g_free(behind[i]);
    }
    return is_picked;
}

/* Small counts are hidden and zeros are not, so that those shown are chosen by what is measured:
 * where the hidden are more than few, what they were expected to have would be read as if nobody
 * there had been left out. Then there is nothing to hold the others against. */
static void refuse_hidden(const SpEvaluator *by, const SpEvaluation *evaluation, SpFigures *figures)
{
    const SpIndicator *indicator = evaluation->indicator;
    double hidden = 0.0;
    double all = 0.0;
    for (gsize i = 0; i < figures->n; i++) {
        const SpReal expected = figures->expected[i];
        const gboolean is_hidden = figures->teller[i].status == SP_SUPPRESSED;
        if (sp_real_is_number(expected)) {
            all += expected.value;
            hidden += is_hidden ? expected.value : 0.0;
        }
    }
    if (!(hidden > by->limits->most_hidden * all)) {
        return;
    }
    g_autofree char *subject = g_strdup_printf("%s %s", indicator->id, figures->period);
    sp_quality_note(
        by->quality, "method_refused", subject, 0,
        "kommuner whose figure is hidden are expected to have %.0f %% of all, more than "
        "%.0f %%: nothing is expected of the others, since small counts are hidden and "
        "zeros are not (docs/methods/variation.md#hidden)",
        100.0 * hidden / all, 100.0 * by->limits->most_hidden);
    for (gsize i = 0; i < figures->n; i++) {
        if (sp_real_is_number(figures->expected[i])) {
            figures->expected[i] = sp_real_none(SP_MISSING);
            figures->variance[i] = sp_real_none(SP_MISSING);
        }
    }
}

/* One period of the series, if some kommune has a denominator there. */
static gboolean add_period(const SpEvaluator *by, SpEvaluation *evaluation, const char *period,
                           GError **error)
{
    const SpIndicator *indicator = evaluation->indicator;
    g_autoptr(SpFigures) figures = sp_figures_new(period, evaluation->kommuner->len);
    if (!pick(by, evaluation, indicator->teller, period, figures->teller, error) ||
        !pick(by, evaluation, indicator->nevner, period, figures->nevner, error) ||
        !pick(by, evaluation, indicator->verdi, period, figures->verdi, error)) {
        return FALSE;
    }
    if (indicator->nevner != NULL && !has_number(figures->nevner, figures->n)) {
        g_autofree char *subject = g_strdup_printf("%s %s", indicator->id, period);
        sp_quality_note(by->quality, "period_without_nevner", subject, 0,
                        "no kommune has %s beside %s; the period is left out",
                        sp_formula_text(indicator->nevner), period);
        return TRUE;
    }
    if (indicator->teller != NULL) {
        drop_below_zero(by, evaluation, figures);
    }
    if (indicator->host_service != NULL) {
        sp_grids_note(by->grids, SP_TABLE_HOSTS);
        if (!sp_hosts_find(sp_tables_find(by->in, SP_TABLE_HOSTS), indicator->host_service, period,
                           evaluation->kommuner, figures->host, error)) {
            return FALSE;
        }
        sp_figures_pool_hosts(figures);
    }
    note_above_one(by, evaluation, figures);
    if (!hide(by, evaluation, figures, error)) {
        return FALSE;
    }
    const SpChanceInput input = {.indicator = indicator,
                                 .kommuner = evaluation->kommuner,
                                 .grids = by->grids,
                                 .quality = by->quality};
    if (!sp_chance_apply(evaluation->chance, &input, figures, error)) {
        return FALSE;
    }
    refuse_hidden(by, evaluation, figures);
    sp_figures_hide_expected(figures);
    compute_values(by, evaluation, figures);
    if (!find_country(by, evaluation, figures, error)) {
        return FALSE;
    }
    g_ptr_array_add(evaluation->periods, g_steal_pointer(&figures));
    return TRUE;
}

static gboolean open_twins(const SpIndicator *indicator, const SpTables *in,
                           SpTwin *twins[SP_N_TWINS], GError **error)
{
    return sp_twin_of_work(indicator->teller, in, &twins[SP_TELLER_WORK], error) &&
           sp_twin_of_work(indicator->nevner, in, &twins[SP_NEVNER_WORK], error) &&
           sp_twin_of_shown(indicator->teller, in, &twins[SP_TELLER_SHOWN], error) &&
           sp_twin_of_shown(indicator->nevner, in, &twins[SP_NEVNER_SHOWN], error);
}

SpEvaluation *sp_evaluation_new(const SpEvaluator *by, const SpIndicator *indicator, GError **error)
{
    g_autoptr(SpEvaluation) made = g_new0(SpEvaluation, 1);
    made->indicator = indicator;
    made->few = sp_indicator_few_rules(by->in, indicator);
    made->kommuner = g_ptr_array_new();
    made->periods = g_ptr_array_new_with_free_func((GDestroyNotify)sp_figures_free);
    const SpFormula *first = indicator->teller != NULL ? indicator->teller : indicator->verdi;
    if (!find_kommuner(by, made, error)) {
        return NULL;
    }
    note_sample(by, indicator);
    if (!open_twins(indicator, by->in, made->twins, error)) {
        return NULL;
    }
    if (indicator->has_chance) {
        if (indicator->kind == SP_KIND_AARSVERK) {
            sp_grids_note(by->grids, SP_TABLE_POSITIONS);
        }
        made->chance = sp_chance_new(indicator, by->in, by->quality, error);
        if (made->chance == NULL) {
            return NULL;
        }
    }
    const GPtrArray *periods = sp_grid_periods(sp_grids_find(by->grids, first, error));
    for (guint i = 0; i < periods->len; i++) {
        if (!add_period(by, made, g_ptr_array_index(periods, i), error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&made);
}

void sp_evaluation_free(SpEvaluation *evaluation)
{
    if (evaluation == NULL) {
        return;
    }
    g_ptr_array_unref(evaluation->kommuner);
    g_ptr_array_unref(evaluation->periods);
    g_clear_pointer(&evaluation->chance, sp_chance_free);
    for (gsize i = 0; i < SP_N_TWINS; i++) {
        g_clear_pointer(&evaluation->twins[i], sp_twin_free);
    }
    g_free(evaluation);
}
