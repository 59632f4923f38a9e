/* Models of need and constraint over the kommuner of an indicator and period. */
#include "transforms/vary/need.h"

#include "transforms/vary/alike/distance.h"
#include "transforms/vary/spread/headline.h"

#include <math.h>

static gboolean is_known(const SpCovariateSet *set, gsize i)
{
    for (gsize j = 0; j < set->p; j++) {
        if (!set->is_known[i * set->p + j]) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean differs(const SpCovariateSet *set, gsize j, const gsize place[], gsize n)
{
    for (gsize m = 1; m < n; m++) {
        if (set->x[place[m] * set->p + j] != set->x[place[0] * set->p + j]) {
            return TRUE;
        }
    }
    return FALSE;
}

static SpCovariateSet *covariates_of(const SpCovariates *covariates, const SpAreas *areas)
{
    SpPeriod period = {0};
    const gboolean is_period = sp_period_parse(areas->period, &period);
    const SpCovariateChoice choice = {.has_need = TRUE,
                                      .has_constraint = TRUE,
                                      .by = is_period ? period.last : 0,
                                      .except = areas->indicator->id,
                                      .theme = areas->indicator->theme};
    return sp_covariates_choose(covariates, &choice);
}

SpNeed *sp_need_new(const SpCountry *country, const SpCovariates *covariates, const SpAreas *areas)
{
    g_autoptr(SpCovariateSet) set = covariates_of(covariates, areas);
    SpNeed *need = g_new0(SpNeed, 1);
    need->areas = areas;
    need->k = g_new(gsize, areas->n);
    need->id = g_new(const char *, set->p);
    g_autofree gsize *place = g_new(gsize, areas->n);
    g_autofree gsize *used = g_new(gsize, set->p);
    for (gsize k = 0; k < areas->n; k++) {
        gsize i = 0;
        if (sp_country_place(country, areas->kommune[areas->row[k]], &i) && is_known(set, i) &&
            areas->variance[k] > 0.0 && sp_areas_is_possible(areas, k)) {
            place[need->n] = i;
            need->k[need->n++] = k;
        }
    }
    for (gsize j = 0; j < set->p; j++) {
        if (differs(set, j, place, need->n)) {
            need->n_need += j < set->n_need ? 1 : 0;
            need->id[need->p] = set->id[j];
            used[need->p++] = j;
        }
    }
    g_autofree double *raw = g_new(double, need->n * need->p);
    need->x = g_new(double, need->n * need->p);
    for (gsize m = 0; m < need->n; m++) {
        for (gsize j = 0; j < need->p; j++) {
            raw[m * need->p + j] = set->x[place[m] * set->p + used[j]];
        }
    }
    sp_alike_standardise(need->n, need->p, raw, need->x);
    return need;
}

void sp_need_free(SpNeed *need)
{
    if (need == NULL) {
        return;
    }
    g_free(need->k);
    g_free(need->id);
    g_free(need->x);
    g_free(need);
}

static SpShares *shares_of_aarsverk(const SpNeed *need)
{
    const SpAreas *areas = need->areas;
    g_autofree double *value = g_new(double, need->n);
    g_autofree double *variance = g_new(double, need->n);
    g_autofree double *size = g_new(double, need->n); /* expected, in units of chance */
    g_autofree double *count = g_new(double, need->n);
    g_autofree double *weight = g_new(double, need->n);
    for (gsize m = 0; m < need->n; m++) {
        const gsize k = need->k[m];
        value[m] = areas->value[k];
        size[m] = areas->expected[k] * areas->expected[k] / areas->variance[k];
        variance[m] = 1.0 / size[m];
        count[m] = size[m] * value[m];
    }
    const SpTypical typical = sp_headline_typical(&(SpHeadlineAreas){need->n, count, size, NULL});
    if (typical.fit != SP_FIT_GOOD) {
        return sp_shares_missing(typical.fit, SP_NOT_APPLICABLE);
    }
    for (gsize m = 0; m < need->n; m++) {
        weight[m] = 1.0 / (typical.sd * typical.sd + variance[m]);
    }
    const SpLinearSharesData data = {.n = need->n,
                                     .value = value,
                                     .weight = weight,
                                     .variance = variance,
                                     .size = size,
                                     .n_need = need->n_need,
                                     .n_constraint = need->p - need->n_need,
                                     .x = need->x};
    return sp_linear_shares_new(&data);
}

/* A count that the kind of the indicator allows: of a part less than the whole. */
static SpReal allowed(const SpAreas *areas, gsize row, double count)
{
    const gboolean is_above = areas->indicator->is_part && count >= areas->nevner[row].value;
    return count > 0.0 && !is_above ? sp_real_flagged(count, SP_FLAG_MODELLED)
                                    : sp_real_none(SP_MISSING);
}

SpShares *sp_need_counts(const SpNeed *need, gsize minimum)
{
    const SpAreas *areas = need->areas;
    if (need->n < minimum) {
        return sp_shares_missing(SP_FIT_TOO_FEW, SP_MISSING);
    }
    const gboolean is_part = areas->indicator->is_part;
    g_autofree double *observed = g_new(double, need->n);
    g_autofree double *trials = g_new(double, need->n);
    g_autofree double *offset = g_new(double, need->n);
    for (gsize m = 0; m < need->n; m++) {
        const gsize k = need->k[m];
        const double unit = sp_areas_unit(areas, areas->row[k]);
        const double expected = areas->expected[k] / unit;
        observed[m] = areas->observed[k] / unit;
        trials[m] = is_part ? areas->nevner[areas->row[k]].value / unit : 0.0;
        offset[m] = log(is_part ? expected / (trials[m] - expected) : expected);
    }
    const SpSharesData data = {.family = is_part ? SP_GLM_BINOMIAL : SP_GLM_POISSON,
                               .n = need->n,
                               .observed = observed,
                               .trials = is_part ? trials : NULL,
                               .offset = offset,
                               .n_need = need->n_need,
                               .n_constraint = need->p - need->n_need,
                               .x = need->x};
    return sp_shares_new(&data);
}

SpShares *sp_need_shares(const SpNeed *need, gsize minimum)
{
    const gboolean is_aarsverk = need->areas->indicator->kind == SP_KIND_AARSVERK;
    if (!is_aarsverk) {
        return sp_need_counts(need, minimum);
    }
    return need->n < minimum ? sp_shares_missing(SP_FIT_TOO_FEW, SP_NOT_APPLICABLE)
                             : shares_of_aarsverk(need);
}

void sp_need_predict(const SpNeed *need, const double found[], SpReal predicted[])
{
    const SpAreas *areas = need->areas;
    for (gsize row = 0; row < areas->n_rows; row++) {
        predicted[row] = sp_real_none(SP_MISSING);
    }
    for (gsize m = 0; found != NULL && m < need->n; m++) {
        const gsize k = need->k[m];
        const double unit = sp_areas_unit(areas, areas->row[k]);
        predicted[areas->row[k]] = allowed(areas, areas->row[k], found[m] * unit);
    }
}
