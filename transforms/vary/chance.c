/* Expected figures by bands of age and sex, and the variance that chance gives around them. */
#include "transforms/vary/chance.h"

#include "transforms/vary/expected.h"
#include "transforms/vary/positions.h"
#include "transforms/vary/strata.h"
#include "transforms/vary/twin.h"

struct SpChance {
    GPtrArray *bands;  /* SpFormula* in pairs of teller and nevner; none: one band */
    double dispersion; /* of a position; 1 for persons */
};

/* The sizes of positions as they may be seen, where the table is sensitive: the variance that is
 * made of them is published. */
static const SpTable *find_positions(const SpTables *in)
{
    const SpTable *shown = sp_tables_find(in, SP_SHOWN_PREFIX SP_TABLE_POSITIONS);
    return shown != NULL ? shown : sp_tables_find(in, SP_TABLE_POSITIONS);
}

static gboolean find_dispersion(const SpIndicator *indicator, const SpTables *in,
                                SpQuality *quality, double *dispersion, GError **error)
{
    SpPositions positions;
    g_autoptr(GError) failed = NULL;
    *dispersion = 1.0;
    if (indicator->kind != SP_KIND_AARSVERK) {
        return TRUE;
    }
    const SpTable *table = find_positions(in);
    const char *const *professions = sp_formula_codes(indicator->teller, "yrke");
    if (sp_positions_read(table, professions, &positions, &failed) ||
        (failed == NULL && sp_positions_read(table, NULL, &positions, &failed))) {
        *dispersion = sp_positions_dispersion(&positions);
    } else if (failed == NULL) {
        sp_quality_note(quality, "positions_unknown", indicator->id, 0,
                        "table %s is not among the facts, or the country's positions are hidden "
                        "in it: chance is taken to be as large as if all positions were full, "
                        "which is the most it can be",
                        SP_TABLE_POSITIONS);
    }
    if (failed != NULL) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    return TRUE;
}

SpChance *sp_chance_new(const SpIndicator *indicator, const SpTables *in, SpQuality *quality,
                        GError **error)
{
    g_autoptr(SpChance) chance = g_new0(SpChance, 1);
    chance->bands = sp_strata_formulas(indicator, in, error);
    return chance->bands != NULL &&
                   find_dispersion(indicator, in, quality, &chance->dispersion, error)
               ? g_steal_pointer(&chance)
               : NULL;
}

void sp_chance_free(SpChance *chance)
{
    if (chance != NULL) {
        g_clear_pointer(&chance->bands, g_ptr_array_unref);
        g_free(chance);
    }
}

/* Figures of all bands, teller and nevner [n_bands][n]. */
static gboolean pick_bands(const SpChance *chance, const SpChanceInput *input,
                           const SpFigures *figures, SpReal *const parts[2], GError **error)
{
    for (guint i = 0; i < chance->bands->len; i++) {
        const SpGrid *grid = sp_grids_find(input->grids, chance->bands->pdata[i], error);
        if (grid == NULL || !sp_grid_pick(grid, figures->period, input->kommuner,
                                          parts[i % 2] + (i / 2) * figures->n, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* What a reader of the quality report should look at before trusting a rate. */
static void note_contradictions(const SpChanceInput *input, const SpFigures *figures,
                                const SpStrata *strata)
{
    for (gsize i = 0; i < figures->n; i++) {
        if (sp_strata_contradict(strata, i)) {
            const char *kommune = g_ptr_array_index(input->kommuner, i);
            g_autofree char *subject =
                g_strdup_printf("%s region %s", input->indicator->id, kommune);
            sp_quality_note(input->quality, "part_above_whole", subject, 0,
                            "a band of teller_del or nevner_del is below 0 in kommune %s, first in "
                            "%s, since a part is above its whole; it gives nothing to the "
                            "country's rates",
                            kommune, figures->period);
        }
    }
}

static gboolean compute_expected(const SpChance *chance, const SpChanceInput *input,
                                 SpFigures *figures, GError **error)
{
    const SpStrata one = {.n = figures->n,
                          .n_bands = 1,
                          .whole = figures->teller,
                          .teller = figures->teller,
                          .nevner = figures->nevner};
    const gsize n_bands = chance->bands->len / 2;
    if (n_bands > 0) {
        g_autofree SpReal *teller = g_new(SpReal, n_bands * figures->n + 1);
        g_autofree SpReal *nevner = g_new(SpReal, n_bands * figures->n + 1);
        const SpStrata bands = {.n = figures->n,
                                .n_bands = n_bands,
                                .whole = figures->teller,
                                .teller = teller,
                                .nevner = nevner};
        if (!pick_bands(chance, input, figures, (SpReal *const[2]){teller, nevner}, error)) {
            return FALSE;
        }
        note_contradictions(input, figures, &bands);
        if (sp_expected(&bands, figures->expected)) {
            return TRUE;
        }
        sp_quality_note(input->quality, "expected_one_band", input->indicator->id, 0,
                        "no kommune has all bands of teller_del and nevner_del, first in %s: "
                        "expected counts are not standardised by age there",
                        figures->period);
    }
    sp_expected(&one, figures->expected);
    return TRUE;
}

/* More expected than there are persons (tellers above nevners all over the country) is no binomial:
 * its variance is then 0, not below. */
static SpReal compute_variance(const SpChance *chance, const SpIndicator *indicator,
                               const SpFigures *figures, gsize i)
{
    SpReal variance = figures->expected[i];
    if (!sp_real_is_number(variance)) {
        return variance;
    }
    double left = 1.0;
    if (indicator->is_part) {
        const SpReal whole = figures->nevner[i];
        left = whole.value > 0.0 ? MAX(0.0, 1.0 - variance.value / whole.value) : 0.0;
    }
    guint flags = variance.flags;
    if (indicator->kind == SP_KIND_AARSVERK) {
        flags |= SP_FLAG_MODELLED;
    }
    return sp_real_flagged(variance.value * left * chance->dispersion, flags);
}

gboolean sp_chance_apply(const SpChance *chance, const SpChanceInput *input, SpFigures *figures,
                         GError **error)
{
    if (chance != NULL && !compute_expected(chance, input, figures, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < figures->n; i++) {
        if (chance == NULL) {
            figures->expected[i] = sp_real_none(SP_NOT_APPLICABLE);
            figures->variance[i] = sp_real_none(SP_NOT_APPLICABLE);
        } else {
            figures->variance[i] = compute_variance(chance, input->indicator, figures, i);
        }
    }
    return TRUE;
}
