/* Indirect standardisation by bands of age and sex. */
#include "transforms/vary/expected.h"

#include "transforms/vary/limits/indirect.h"

static gsize at(const SpStrata *strata, gsize band, gsize i)
{
    return band * strata->n + i;
}

static gboolean is_below_zero(SpReal real)
{
    return sp_real_is_number(real) && real.value < 0.0;
}

gboolean sp_strata_contradict(const SpStrata *strata, gsize i)
{
    for (gsize band = 0; band < strata->n_bands; band++) {
        if (is_below_zero(strata->teller[at(strata, band, i)]) ||
            is_below_zero(strata->nevner[at(strata, band, i)])) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Who is hidden as a whole is hidden in each band: rates that knew him would tell of him. */
static gboolean is_in_rates(const SpStrata *strata, gsize i)
{
    if (strata->whole[i].status == SP_SUPPRESSED) {
        return FALSE;
    }
    for (gsize band = 0; band < strata->n_bands; band++) {
        if (!sp_real_is_number(strata->teller[at(strata, band, i)]) ||
            !sp_real_is_number(strata->nevner[at(strata, band, i)])) {
            return FALSE;
        }
    }
    return !sp_strata_contradict(strata, i);
}

/* What is counted and where it comes from in each band over the country. FALSE: from nobody. */
static gboolean add_up(const SpStrata *strata, double counted[], double population[])
{
    double all = 0.0;
    for (gsize i = 0; i < strata->n; i++) {
        if (is_in_rates(strata, i)) {
            for (gsize band = 0; band < strata->n_bands; band++) {
                counted[band] += strata->teller[at(strata, band, i)].value;
                population[band] += strata->nevner[at(strata, band, i)].value;
                all += strata->nevner[at(strata, band, i)].value;
            }
        }
    }
    return all > 0.0;
}

/* Kommuner outside the rates (a part suppressed or contradicting the whole) have an O and an E too:
 * the scaling takes them in. */
static void scale(const SpStrata *strata, SpReal expected[])
{
    double observed = 0.0;
    double sum = 0.0;
    for (gsize i = 0; i < strata->n; i++) {
        if (sp_real_is_number(strata->whole[i]) && sp_real_is_number(expected[i])) {
            observed += strata->whole[i].value;
            sum += expected[i].value;
        }
    }
    for (gsize i = 0; i < strata->n && sum > 0.0; i++) {
        if (sp_real_is_number(expected[i])) {
            expected[i] = sp_real_flagged(expected[i].value * (observed / sum), expected[i].flags);
        }
    }
}

/* The kommune's own population of each band; the strongest status when one is no number. */
static SpReal own_population(const SpStrata *strata, gsize i, double own[])
{
    SpReal all = sp_real(0.0);
    for (gsize band = 0; band < strata->n_bands; band++) {
        const SpReal nevner = strata->nevner[at(strata, band, i)];
        const guint8 flags = all.flags | nevner.flags;
        own[band] = nevner.value;
        if (!sp_real_is_number(nevner) && (sp_real_is_number(all) || nevner.status > all.status)) {
            all = sp_real_none(nevner.status);
        } else if (sp_real_is_number(all) && is_below_zero(nevner)) {
            all = sp_real_none(SP_MISSING);
        }
        all.flags = flags;
    }
    return all;
}

gboolean sp_expected(const SpStrata *strata, SpReal expected[])
{
    g_autofree double *counted = g_new0(double, strata->n_bands);
    g_autofree double *population = g_new0(double, strata->n_bands);
    g_autofree double *own = g_new(double, strata->n_bands);
    const gboolean has_rates = add_up(strata, counted, population);
    for (gsize i = 0; i < strata->n; i++) {
        expected[i] = own_population(strata, i, own);
        const guint8 flags = expected[i].flags;
        if (!has_rates) {
            expected[i] = sp_real_none(SP_MISSING);
        } else if (sp_real_is_number(expected[i])) {
            expected[i] = sp_indirect_expected(strata->n_bands, own, counted, population);
        }
        expected[i].flags = flags;
    }
    if (has_rates) {
        scale(strata, expected);
    }
    return has_rates;
}
