/* Indicator values: formulas over the facts, the rate, and what the country's rates would give. */
#include "transforms/vary/indicator.h"

#include "core/error.h"
#include "core/rollup.h"
#include "core/regions.h"
#include "core/table_rows.h"
#include "transforms/vary/chance.h"
#include "transforms/vary/figures.h"
#include "transforms/vary/grid.h"
#include "transforms/vary/hosts.h"
#include "transforms/vary/columns.h"
#include "transforms/vary/positions.h"

#include <string.h>

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

typedef struct {
    const SpTables *in;
    const SpIndicatorLimits *limits;
    SpGrids *grids;
    SpTable *out;
    SpQuality *quality;
} Work;

/* One indicator over its periods. */
typedef struct {
    const SpIndicator *indicator;
    GPtrArray *kommuner; /* char*, in byte order */
    GPtrArray *periods;  /* SpFigures*, in byte order of period */
    SpChance *chance;    /* NULL: has none */
} Series;

static void series_clear(Series *series)
{
    g_clear_pointer(&series->kommuner, g_ptr_array_unref);
    g_clear_pointer(&series->periods, g_ptr_array_unref);
    g_clear_pointer(&series->chance, sp_chance_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Series, series_clear)

static const char *kommune_at(const Series *series, gsize i)
{
    return g_ptr_array_index(series->kommuner, i);
}

static gboolean find_kommuner(Work *work, Series *series, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) regions = g_ptr_array_new();
    SpFormula *const formulas[] = {series->indicator->teller, series->indicator->verdi,
                                   series->indicator->nevner};
    for (gsize i = 0; i < G_N_ELEMENTS(formulas); i++) {
        const SpGrid *grid =
            formulas[i] != NULL ? sp_grids_find(work->grids, formulas[i], error) : NULL;
        if (formulas[i] != NULL && grid == NULL) {
            return FALSE;
        }
        if (grid != NULL) {
            sp_grid_add_regions(grid, regions, seen);
        }
    }
    for (guint i = 0; i < regions->len; i++) {
        if (sp_region_kind(regions->pdata[i]) == SP_REGION_KOMMUNE) {
            g_ptr_array_add(series->kommuner, regions->pdata[i]);
        }
    }
    g_ptr_array_sort(series->kommuner, sp_codes_compare);
    return TRUE;
}

/* The table of the formula that holds a draw of the persons alone; NULL: none does. */
static const char *sample_of(const Work *work, const SpFormula *formula)
{
    g_autoptr(GHashTable) tables = g_hash_table_new(g_str_hash, g_str_equal);
    sp_formula_add_tables(formula, tables);
    for (const char *const *name = work->limits->samples; *name != NULL; name++) {
        if (g_hash_table_contains(tables, *name)) {
            return *name;
        }
    }
    return NULL;
}

static void note_sample(const Work *work, const SpIndicator *indicator)
{
    g_autoptr(GPtrArray) formulas = sp_indicator_formulas(indicator);
    for (guint i = 0; i < formulas->len; i++) {
        const char *sample = sample_of(work, g_ptr_array_index(formulas, i));
        if (sample != NULL) {
            sp_quality_note(work->quality, "indicator_of_sample", indicator->id, 0,
                            "table %s is named in vary.samples: its figures, and all that is made "
                            "of them, are of a draw of the persons and have flag u",
                            sample);
            return;
        }
    }
}

/* A formula's figures in a period; not applicable without a formula. */
static gboolean pick(Work *work, const Series *series, const SpFormula *formula, const char *period,
                     SpReal figures[], GError **error)
{
    if (formula == NULL) {
        for (gsize i = 0; i < series->kommuner->len; i++) {
            figures[i] = sp_real_none(SP_NOT_APPLICABLE);
        }
        return TRUE;
    }
    const SpGrid *grid = sp_grids_find(work->grids, formula, error);
    if (grid == NULL || !sp_grid_pick(grid, period, series->kommuner, figures, error)) {
        return FALSE;
    }
    const guint8 flags = sample_of(work, formula) != NULL ? SP_FLAG_SAMPLE : 0;
    for (gsize i = 0; i < series->kommuner->len; i++) {
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
static void drop_below_zero(const Work *work, const Series *series, SpFigures *figures)
{
    const SpIndicator *indicator = series->indicator;
    const gboolean may_be = indicator->kind == SP_KIND_AMOUNT || indicator->kind == SP_KIND_RATE;
    for (gsize i = 0; !may_be && i < figures->n; i++) {
        const SpReal teller = figures->teller[i];
        if (sp_real_is_number(teller) && teller.value < 0.0) {
            g_autofree char *subject =
                g_strdup_printf("%s region %s", indicator->id, kommune_at(series, i));
            sp_quality_note(work->quality, "teller_below_zero", subject, 0,
                            "%s is below 0 in kommune %s, first in %s: its terms contradict each "
                            "other, and it is missing there",
                            sp_formula_text(indicator->teller), kommune_at(series, i),
                            figures->period);
            figures->teller[i] = sp_real_none(SP_MISSING);
            figures->teller[i].flags = teller.flags;
        }
    }
}

static void note_above_one(const Work *work, const Series *series, const SpFigures *figures)
{
    for (gsize i = 0; series->indicator->is_part && i < figures->n; i++) {
        if (sp_real_is_number(figures->teller[i]) && sp_real_is_number(figures->nevner[i]) &&
            figures->teller[i].value > figures->nevner[i].value) {
            g_autofree char *subject =
                g_strdup_printf("%s region %s", series->indicator->id, kommune_at(series, i));
            sp_quality_note(work->quality, "teller_above_nevner", subject, 0,
                            "a share above 1 in kommune %s, first in %s: check %s",
                            kommune_at(series, i), figures->period,
                            sp_formula_text(series->indicator->teller));
        }
    }
}

/* The least that a share may be of; 0 for other indicators. */
static double least_of(const Work *work, const SpIndicator *indicator)
{
    if (!indicator->is_part) {
        return 0.0;
    }
    return indicator->kind == SP_KIND_SHARE ? work->limits->least_persons
                                            : work->limits->least_aarsverk;
}

static gboolean is_too_small(const Work *work, const SpIndicator *indicator, SpReal nevner)
{
    return sp_real_is_number(nevner) && nevner.value > 0.0 &&
           nevner.value < least_of(work, indicator);
}

/* The value of one kommune. A share of too few is missing, whatever it is. */
static SpReal compute_value(const Work *work, const Series *series, const SpFigures *figures,
                            gsize i)
{
    const SpIndicator *indicator = series->indicator;
    if (indicator->nevner == NULL) {
        return figures->teller[i];
    }
    SpReal value = sp_real_rate(figures->teller[i], figures->nevner[i], indicator->per);
    if (sp_real_is_number(value) && is_too_small(work, indicator, figures->nevner[i])) {
        g_autofree char *subject =
            g_strdup_printf("%s region %s", indicator->id, kommune_at(series, i));
        sp_quality_note(work->quality, "nevner_too_small", subject, 0,
                        "%s is below %g in kommune %s, first in %s: the share is missing there and "
                        "takes no part in the variation; four years together stand beside where "
                        "they are enough",
                        sp_formula_text(indicator->nevner), least_of(work, indicator),
                        kommune_at(series, i), figures->period);
        const guint8 flags = value.flags;
        value = sp_real_none(SP_MISSING);
        value.flags = flags;
    }
    return value;
}

static void compute_values(const Work *work, const Series *series, SpFigures *figures)
{
    const SpIndicator *indicator = series->indicator;
    for (gsize i = 0; indicator->verdi == NULL && i < figures->n; i++) {
        figures->verdi[i] = compute_value(work, series, figures, i);
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
 * always add up to it, and some are estimated or hidden. */
static gboolean find_country(Work *work, const SpIndicator *indicator, SpFigures *figures,
                             GError **error)
{
    const SpFormula *first = indicator->teller != NULL ? indicator->teller : indicator->verdi;
    const SpFormula *formulas[] = {first, indicator->nevner};
    SpReal *country = figures->country;
    gboolean is_own[G_N_ELEMENTS(formulas)] = {FALSE, FALSE};
    for (gsize i = 0; i < G_N_ELEMENTS(formulas); i++) {
        const SpGrid *grid =
            formulas[i] != NULL ? sp_grids_find(work->grids, formulas[i], error) : NULL;
        country[i] = sp_real_none(SP_NOT_APPLICABLE);
        if (formulas[i] != NULL &&
            (grid == NULL ||
             !sp_grid_country(grid, figures->period, &country[i], &is_own[i], error))) {
            return FALSE;
        }
        if (formulas[i] != NULL && sample_of(work, formulas[i]) != NULL) {
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

/* One period of the series, if some kommune has a denominator there. */
static gboolean add_period(Work *work, Series *series, const char *period, GError **error)
{
    const SpIndicator *indicator = series->indicator;
    g_autoptr(SpFigures) figures = sp_figures_new(period, series->kommuner->len);
    if (!pick(work, series, indicator->teller, period, figures->teller, error) ||
        !pick(work, series, indicator->nevner, period, figures->nevner, error) ||
        !pick(work, series, indicator->verdi, period, figures->verdi, error)) {
        return FALSE;
    }
    if (indicator->nevner != NULL && !has_number(figures->nevner, figures->n)) {
        g_autofree char *subject = g_strdup_printf("%s %s", indicator->id, period);
        sp_quality_note(work->quality, "period_without_nevner", subject, 0,
                        "no kommune has %s beside %s; the period is left out",
                        sp_formula_text(indicator->nevner), period);
        return TRUE;
    }
    if (indicator->teller != NULL) {
        drop_below_zero(work, series, figures);
    }
    if (indicator->host_service != NULL) {
        sp_grids_note(work->grids, SP_TABLE_HOSTS);
        if (!sp_hosts_find(sp_tables_find(work->in, SP_TABLE_HOSTS), indicator->host_service,
                           period, series->kommuner, figures->host, error)) {
            return FALSE;
        }
        sp_figures_pool_hosts(figures);
    }
    note_above_one(work, series, figures);
    const SpChanceInput input = {.indicator = indicator,
                                 .kommuner = series->kommuner,
                                 .grids = work->grids,
                                 .quality = work->quality};
    if (!sp_chance_apply(series->chance, &input, figures, error)) {
        return FALSE;
    }
    compute_values(work, series, figures);
    if (!find_country(work, indicator, figures, error)) {
        return FALSE;
    }
    g_ptr_array_add(series->periods, g_steal_pointer(&figures));
    return TRUE;
}

static gsize add_row(const Work *work, const Series *series, const char *region, const char *period)
{
    const gsize row = sp_table_add_row(work->out);
    sp_table_set_code(work->out, row, INDIKATOR, series->indicator->id);
    sp_table_set_code(work->out, row, REGION, region);
    sp_table_set_code(work->out, row, PERIOD, period);
    return row;
}

static void write_rows(const Work *work, const Series *series, const SpFigures *figures)
{
    for (gsize i = 0; i < figures->n; i++) {
        const gsize row = add_row(work, series, kommune_at(series, i), figures->period);
        if (figures->is_area[i]) {
            sp_table_set_code(work->out, row, VERTSKOMMUNE, kommune_at(series, figures->host[i]));
        }
        sp_table_set_real(work->out, row, TELLER, figures->teller[i]);
        sp_table_set_real(work->out, row, NEVNER, figures->nevner[i]);
        sp_table_set_real(work->out, row, VERDI, figures->verdi[i]);
        sp_table_set_real(work->out, row, FORVENTET, figures->expected[i]);
        sp_table_set_real(work->out, row, VARIANS, figures->variance[i]);
    }
}

/* The country's own figure, a row of its own. */
static void write_country(const Work *work, const Series *series, const SpFigures *figures)
{
    static const gsize to[] = {TELLER, NEVNER, VERDI};
    if (!sp_real_is_number(figures->country[2])) {
        return;
    }
    const gsize row = add_row(work, series, SP_REGION_COUNTRY_CODE, figures->period);
    for (gsize m = 0; m < G_N_ELEMENTS(to); m++) {
        sp_table_set_real(work->out, row, to[m], figures->country[m]);
    }
    sp_table_set_real(work->out, row, FORVENTET, sp_real_none(SP_NOT_APPLICABLE));
    sp_table_set_real(work->out, row, VARIANS, sp_real_none(SP_NOT_APPLICABLE));
}

/* Rows of four years for those that have too few in the last of them. */
static void write_pooled(const Work *work, const Series *series, guint at)
{
    const SpFigures *figures = g_ptr_array_index(series->periods, at);
    guint own[SP_POOLED_YEARS];
    if (!series->indicator->is_part || series->indicator->teller == NULL ||
        !sp_figures_window(series->periods, at, own)) {
        return;
    }
    g_autofree char *period = sp_figures_window_period(series->periods, own);
    for (gsize i = 0; i < figures->n; i++) {
        SpReal teller = sp_real_none(SP_MISSING);
        SpReal nevner = sp_real_none(SP_MISSING);
        if (figures->is_area[i] || !is_too_small(work, series->indicator, figures->nevner[i]) ||
            !sp_figures_pool_years(series->periods, own, i, &teller, &nevner) ||
            is_too_small(work, series->indicator, nevner)) {
            continue;
        }
        const gsize row = add_row(work, series, kommune_at(series, i), period);
        SpReal value = sp_real_rate(teller, nevner, series->indicator->per);
        value.flags |= SP_FLAG_MODELLED;
        sp_table_set_real(work->out, row, TELLER, teller);
        sp_table_set_real(work->out, row, NEVNER, nevner);
        sp_table_set_real(work->out, row, VERDI, value);
        sp_table_set_real(work->out, row, FORVENTET, sp_real_none(SP_NOT_APPLICABLE));
        sp_table_set_real(work->out, row, VARIANS, sp_real_none(SP_NOT_APPLICABLE));
    }
}

static gboolean add_indicator(Work *work, const SpIndicator *indicator, GError **error)
{
    g_auto(Series)
        series = {.indicator = indicator,
                  .kommuner = g_ptr_array_new(),
                  .periods = g_ptr_array_new_with_free_func((GDestroyNotify)sp_figures_free)};
    const SpFormula *first = indicator->teller != NULL ? indicator->teller : indicator->verdi;
    if (!find_kommuner(work, &series, error)) {
        return FALSE;
    }
    note_sample(work, indicator);
    if (indicator->has_chance) {
        if (indicator->kind == SP_KIND_AARSVERK) {
            sp_grids_note(work->grids, SP_TABLE_POSITIONS);
        }
        series.chance = sp_chance_new(indicator, work->in, work->quality, error);
        if (series.chance == NULL) {
            return FALSE;
        }
    }
    const GPtrArray *periods = sp_grid_periods(sp_grids_find(work->grids, first, error));
    for (guint i = 0; i < periods->len; i++) {
        if (!add_period(work, &series, g_ptr_array_index(periods, i), error)) {
            return FALSE;
        }
    }
    for (guint i = 0; i < series.periods->len; i++) {
        write_country(work, &series, g_ptr_array_index(series.periods, i));
        write_rows(work, &series, g_ptr_array_index(series.periods, i));
        write_pooled(work, &series, i);
    }
    return TRUE;
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
    Work work = {.in = in, .limits = limits, .grids = grids, .out = out, .quality = quality};
    for (guint i = 0; i < indicators->len; i++) {
        const SpIndicator *indicator = g_ptr_array_index(indicators, i);
        const char *lacking = find_lacking(in, indicator);
        if (lacking != NULL) {
            sp_quality_note(quality, "indicator_without_source", indicator->id, 0,
                            "table %s is not among the facts; the indicator is left out", lacking);
        } else if (!add_indicator(&work, indicator, error)) {
            g_prefix_error(error, "indicator %s: ", indicator->id);
            return NULL;
        }
    }
    sp_grids_mark(grids, out);
    return sp_table_check_unique(out, error) ? g_steal_pointer(&out) : NULL;
}
