/* Indicator values: formulas over the facts, the rate, and what the country's rates would give. */
#include "transforms/vary/indicator.h"

#include "core/error.h"
#include "core/regions.h"
#include "core/table_rows.h"
#include "transforms/vary/expected.h"
#include "transforms/vary/grid.h"
#include "transforms/vary/key_columns.h"

#include <string.h>

/* Persons. A share of fewer moves by more than 4 percentage points with each of them. */
static const double minimum_nevner = 25.0;

enum { INDIKATOR, REGION, PERIOD, TELLER, NEVNER, VERDI, FORVENTET, N_COLUMNS };
/* No measure is additive: most tellers are distinct persons, and one column holds all indicators.
 */
static const SpColumn columns[N_COLUMNS] = {
    [INDIKATOR] = SP_VARY_INDIKATOR,
    [REGION] = SP_VARY_REGION,
    [PERIOD] = SP_VARY_PERIOD,
    [TELLER] = {.name = "teller", .kind = SP_COLUMN_MEASURE},
    [NEVNER] = {.name = "nevner", .kind = SP_COLUMN_MEASURE},
    [VERDI] = {.name = "verdi", .kind = SP_COLUMN_MEASURE},
    [FORVENTET] = {.name = "forventet", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
};

/* The figures of one indicator in one period, by kommune. */
typedef struct {
    const SpIndicator *indicator;
    const char *period;
    const GPtrArray *kommuner; /* char*, in byte order */
    SpReal *teller;            /* [n kommuner], and so on */
    SpReal *nevner;
    SpReal *teller_part; /* NULL: one band */
    SpReal *nevner_part;
    SpReal *expected;
} Figures;

static void figures_clear(Figures *figures)
{
    g_free(figures->teller);
    g_free(figures->nevner);
    g_free(figures->teller_part);
    g_free(figures->nevner_part);
    g_free(figures->expected);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Figures, figures_clear)

/* Formulas evaluated so far by their text: several indicators share the same population. */
typedef struct {
    const SpTables *in;
    GHashTable *by_text; /* char* -> SpGrid* */
    SpTable *out;
    SpQuality *quality;
} Work;

static const SpGrid *evaluate(Work *work, const SpFormula *formula, GError **error)
{
    SpGrid *grid = g_hash_table_lookup(work->by_text, sp_formula_text(formula));
    if (grid == NULL) {
        const SpTable *table = sp_tables_need(work->in, sp_formula_table(formula), error);
        grid = table != NULL ? sp_grid_new(formula, table, error) : NULL;
        if (grid != NULL) {
            g_hash_table_insert(work->by_text, (char *)sp_formula_text(formula), grid);
            sp_table_set_marks(work->out, sp_table_marks(work->out) | sp_table_marks(table));
            const char *edition = sp_table_edition(work->out);
            if (edition == NULL || g_strcmp0(sp_table_edition(table), edition) > 0) {
                sp_table_set_edition(work->out, sp_table_edition(table));
            }
        }
    }
    return grid;
}

static void add_kommuner(GPtrArray *kommuner, GHashTable *seen, const GPtrArray *regions)
{
    for (guint i = 0; i < regions->len; i++) {
        char *region = g_ptr_array_index(regions, i);
        if (sp_region_kind(region) == SP_REGION_KOMMUNE && g_hash_table_add(seen, region)) {
            g_ptr_array_add(kommuner, region);
        }
    }
}

static SpReal *pick(const SpGrid *grid, const Figures *figures, const char *period)
{
    SpReal *picked = g_new(SpReal, figures->kommuner->len + 1);
    for (guint i = 0; i < figures->kommuner->len; i++) {
        picked[i] = sp_grid_find(grid, g_ptr_array_index(figures->kommuner, i), period);
    }
    return picked;
}

/* Figures of a formula in its own period beside the teller's. NULL with an error. */
static SpReal *pick_beside(Work *work, const SpFormula *formula, const Figures *figures,
                           GError **error)
{
    g_autofree char *period = sp_formula_period(formula, figures->period);
    const SpGrid *grid = evaluate(work, formula, error);
    if (grid != NULL && period == NULL) {
        sp_error_set(error, SP_ERROR_DATA,
                     "table %s: period \"%s\" has no year to which %s could add; correct the "
                     "layout of the source",
                     sp_formula_table(figures->indicator->teller), figures->period,
                     sp_formula_text(formula));
        return NULL;
    }
    return grid != NULL ? pick(grid, figures, period) : NULL;
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

/* What a reader of the quality report should look at before trusting a rate. */
static void note_contradictions(const Work *work, const Figures *figures, const SpStrata *strata)
{
    const SpIndicator *indicator = figures->indicator;
    for (guint i = 0; i < figures->kommuner->len; i++) {
        const char *kommune = g_ptr_array_index(figures->kommuner, i);
        g_autofree char *subject = g_strdup_printf("%s region %s", indicator->id, kommune);
        if (strata->teller_part != NULL && sp_strata_contradict(strata, i)) {
            sp_quality_note(work->quality, "part_above_whole", subject, 0,
                            "%s or %s is above its whole in kommune %s, first in %s; it gives "
                            "nothing to the country's rates",
                            sp_formula_text(indicator->teller_part),
                            sp_formula_text(indicator->nevner_part), kommune, figures->period);
        }
        if (indicator->kind == SP_KIND_SHARE && sp_real_is_number(strata->teller[i]) &&
            sp_real_is_number(strata->nevner[i]) &&
            strata->teller[i].value > strata->nevner[i].value) {
            sp_quality_note(work->quality, "teller_above_nevner", subject, 0,
                            "a share above 1 in kommune %s, first in %s: check %s", kommune,
                            figures->period, sp_formula_text(indicator->teller));
        }
    }
}

static void compute_expected(const Work *work, Figures *figures)
{
    const gsize n = figures->kommuner->len;
    SpStrata strata = {.n = n,
                       .teller = figures->teller,
                       .nevner = figures->nevner,
                       .teller_part = figures->teller_part,
                       .nevner_part = figures->nevner_part};
    figures->expected = g_new(SpReal, n + 1);
    if (figures->indicator->nevner != NULL) {
        note_contradictions(work, figures, &strata);
    }
    if (!figures->indicator->has_chance) {
        for (gsize i = 0; i < n; i++) {
            figures->expected[i] = sp_real_none(SP_NOT_APPLICABLE);
        }
        return;
    }
    if (!sp_expected(&strata, figures->expected) && strata.teller_part != NULL) {
        sp_quality_note(work->quality, "expected_one_band", figures->indicator->id, 0,
                        "no kommune has %s and %s both, first in %s: expected counts are not "
                        "standardised by age there",
                        sp_formula_text(figures->indicator->teller_part),
                        sp_formula_text(figures->indicator->nevner_part), figures->period);
        strata.teller_part = NULL;
        strata.nevner_part = NULL;
        sp_expected(&strata, figures->expected);
    }
}

/* The value of one kommune. A share of too few persons is missing, whatever it is. */
static SpReal compute_value(const Work *work, const Figures *figures, guint i)
{
    const SpIndicator *indicator = figures->indicator;
    const SpReal nevner = figures->nevner[i];
    if (indicator->nevner == NULL) {
        return figures->teller[i];
    }
    SpReal value = sp_real_rate(figures->teller[i], nevner, indicator->per);
    if (indicator->kind == SP_KIND_SHARE && sp_real_is_number(value) &&
        nevner.value < minimum_nevner) {
        const char *kommune = g_ptr_array_index(figures->kommuner, i);
        g_autofree char *subject = g_strdup_printf("%s region %s", indicator->id, kommune);
        sp_quality_note(work->quality, "nevner_too_small", subject, 0,
                        "%s is below %g persons in kommune %s, first in %s: the share is missing "
                        "there and takes no part in the variation",
                        sp_formula_text(indicator->nevner), minimum_nevner, kommune,
                        figures->period);
        const guint8 flags = value.flags;
        value = sp_real_none(SP_MISSING);
        value.flags = flags;
    }
    return value;
}

static void write_rows(const Work *work, const Figures *figures)
{
    SpTable *out = work->out;
    const SpIndicator *indicator = figures->indicator;
    for (guint i = 0; i < figures->kommuner->len; i++) {
        const gsize row = sp_table_add_row(out);
        sp_table_set_code(out, row, INDIKATOR, indicator->id);
        sp_table_set_code(out, row, REGION, g_ptr_array_index(figures->kommuner, i));
        sp_table_set_code(out, row, PERIOD, figures->period);
        sp_table_set_real(out, row, TELLER, figures->teller[i]);
        sp_table_set_real(out, row, NEVNER, figures->nevner[i]);
        sp_table_set_real(out, row, VERDI, compute_value(work, figures, i));
        sp_table_set_real(out, row, FORVENTET, figures->expected[i]);
    }
}

/* One indicator in one period. */
static gboolean add_period(Work *work, const SpIndicator *indicator, const SpGrid *teller,
                           const GPtrArray *kommuner, const char *period, GError **error)
{
    g_auto(Figures) figures = {.indicator = indicator, .period = period, .kommuner = kommuner};
    figures.teller = pick(teller, &figures, period);
    if (indicator->nevner == NULL) {
        figures.nevner = g_new(SpReal, kommuner->len + 1);
        for (guint i = 0; i < kommuner->len; i++) {
            figures.nevner[i] = sp_real_none(SP_NOT_APPLICABLE);
        }
    } else {
        figures.nevner = pick_beside(work, indicator->nevner, &figures, error);
        if (figures.nevner == NULL) {
            return FALSE;
        }
        if (!has_number(figures.nevner, kommuner->len)) {
            g_autofree char *subject = g_strdup_printf("%s %s", indicator->id, period);
            sp_quality_note(work->quality, "period_without_nevner", subject, 0,
                            "no kommune has %s beside %s; the period is left out",
                            sp_formula_text(indicator->nevner), period);
            return TRUE;
        }
    }
    if (indicator->teller_part != NULL) {
        figures.teller_part = pick_beside(work, indicator->teller_part, &figures, error);
        figures.nevner_part = figures.teller_part != NULL
                                  ? pick_beside(work, indicator->nevner_part, &figures, error)
                                  : NULL;
        if (figures.nevner_part == NULL) {
            return FALSE;
        }
    }
    compute_expected(work, &figures);
    write_rows(work, &figures);
    return TRUE;
}

static gboolean add_indicator(Work *work, const SpIndicator *indicator, GError **error)
{
    g_autoptr(GPtrArray) kommuner = g_ptr_array_new();
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    const SpGrid *teller = evaluate(work, indicator->teller, error);
    if (teller == NULL) {
        return FALSE;
    }
    add_kommuner(kommuner, seen, sp_grid_regions(teller));
    if (indicator->nevner != NULL) {
        const SpGrid *nevner = evaluate(work, indicator->nevner, error);
        if (nevner == NULL) {
            return FALSE;
        }
        add_kommuner(kommuner, seen, sp_grid_regions(nevner));
    }
    g_ptr_array_sort(kommuner, sp_codes_compare);
    const GPtrArray *periods = sp_grid_periods(teller);
    for (guint i = 0; i < periods->len; i++) {
        if (!add_period(work, indicator, teller, kommuner, g_ptr_array_index(periods, i), error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* The first table that an indicator's formulas name and the facts do not have; NULL if they have
 * all. */
static const char *find_lacking(const SpTables *in, const SpIndicator *indicator)
{
    const SpFormula *const formulas[] = {indicator->teller, indicator->nevner,
                                         indicator->teller_part, indicator->nevner_part};
    for (gsize i = 0; i < G_N_ELEMENTS(formulas); i++) {
        if (formulas[i] != NULL && sp_tables_find(in, sp_formula_table(formulas[i])) == NULL) {
            return sp_formula_table(formulas[i]);
        }
    }
    return NULL;
}

SpTable *sp_indikatorverdi(const SpTables *in, const GPtrArray *indicators, SpQuality *quality,
                           GError **error)
{
    g_autoptr(GHashTable) by_text =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)sp_grid_free);
    g_autoptr(SpTable) out = sp_table_new("indikatorverdi", columns, N_COLUMNS);
    Work work = {.in = in, .by_text = by_text, .out = out, .quality = quality};
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
    return sp_table_check_unique(out, error) ? g_steal_pointer(&out) : NULL;
}
