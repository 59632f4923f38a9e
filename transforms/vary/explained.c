/* The four shares, indicator by indicator and period by period. */
#include "transforms/vary/explained.h"

#include "core/table_rows.h"
#include "transforms/vary/alike/distance.h"
#include "transforms/vary/key_columns.h"
#include "transforms/vary/lineage_compared.h"
#include "transforms/vary/model/shares.h"
#include "transforms/vary/model/shares_linear.h"
#include "transforms/vary/spread/headline.h"
#include "transforms/vary/vary.h"

#include <math.h>
#include <string.h>

enum {
    INDIKATOR,
    PERIOD,
    BEHOV,
    RAMMEVILKAAR,
    N_KOMMUNER,
    N_UTELATT,
    ANDEL_BEHOV,
    ANDEL_RAMMEVILKAAR,
    ANDEL_TILFELDIG,
    ANDEL_UFORKLART,
    MRR_FOER,
    MRR_BEHOV,
    MRR_ETTER,
    PCV,
    N_COLUMNS
};
#define MEASURE(word, of_unit)                                                                     \
    {                                                                                              \
        .name = (word), .kind = SP_COLUMN_MEASURE, .unit = (of_unit)                               \
    }
#define COVARIATES(word)                                                                           \
    {                                                                                              \
        .name = (word), .kind = SP_COLUMN_CODE, .classification = "indikator"                      \
    }
static const SpColumn columns[N_COLUMNS] = {
    [INDIKATOR] = SP_VARY_INDIKATOR,
    [PERIOD] = SP_VARY_PERIOD,
    [BEHOV] = COVARIATES("behov"),
    [RAMMEVILKAAR] = COVARIATES("rammevilkaar"),
    [N_KOMMUNER] = MEASURE("n_kommuner", "kommuner"),
    [N_UTELATT] = MEASURE("n_utelatt", "kommuner"),
    [ANDEL_BEHOV] = MEASURE("andel_behov", "share"),
    [ANDEL_RAMMEVILKAAR] = MEASURE("andel_rammevilkaar", "share"),
    [ANDEL_TILFELDIG] = MEASURE("andel_tilfeldig", "share"),
    [ANDEL_UFORKLART] = MEASURE("andel_uforklart", "share"),
    [MRR_FOER] = MEASURE("mrr_foer", "ratio"),
    [MRR_BEHOV] = MEASURE("mrr_behov", "ratio"),
    [MRR_ETTER] = MEASURE("mrr_etter", "ratio"),
    [PCV] = MEASURE("pcv", "share"),
};

/* The kommuner of a model, and their covariates: those that differ, standardised. */
typedef struct {
    gsize n;
    gsize *k; /* [n] places among the areas that enter */
    gsize p, n_need;
    const char **id; /* [p] */
    double *x;       /* [n * p] */
} Model;

static void model_clear(Model *model)
{
    g_free(model->k);
    g_free(model->id);
    g_free(model->x);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Model, model_clear)

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

static Model model_of(const SpCountry *country, const SpAreas *areas, const SpCovariateSet *set)
{
    Model model = {.k = g_new(gsize, areas->n), .id = g_new(const char *, set->p)};
    g_autofree gsize *place = g_new(gsize, areas->n);
    g_autofree gsize *used = g_new(gsize, set->p);
    for (gsize k = 0; k < areas->n; k++) {
        gsize i = 0;
        if (sp_country_place(country, areas->kommune[areas->row[k]], &i) && is_known(set, i) &&
            areas->variance[k] > 0.0) {
            place[model.n] = i;
            model.k[model.n++] = k;
        }
    }
    for (gsize j = 0; j < set->p; j++) {
        if (differs(set, j, place, model.n)) {
            model.n_need += j < set->n_need ? 1 : 0;
            model.id[model.p] = set->id[j];
            used[model.p++] = j;
        }
    }
    g_autofree double *raw = g_new(double, model.n *model.p);
    model.x = g_new(double, model.n *model.p);
    for (gsize m = 0; m < model.n; m++) {
        for (gsize j = 0; j < model.p; j++) {
            raw[m * model.p + j] = set->x[place[m] * set->p + used[j]];
        }
    }
    sp_alike_standardise(model.n, model.p, raw, model.x);
    return model;
}

/* Persons: the random intercept on the scale of the link. */
static SpFit share_persons(SpTable *table, gsize row, const SpAreas *areas, const Model *model)
{
    const gboolean is_share = areas->indicator->kind == SP_KIND_SHARE;
    g_autofree double *observed = g_new(double, model->n);
    g_autofree double *trials = g_new(double, model->n);
    g_autofree double *offset = g_new(double, model->n);
    for (gsize m = 0; m < model->n; m++) {
        const gsize k = model->k[m];
        observed[m] = areas->observed[k];
        trials[m] = is_share ? areas->nevner[areas->row[k]].value : 0.0;
        offset[m] = is_share ? log(areas->expected[k] / (trials[m] - areas->expected[k]))
                             : log(areas->expected[k]);
    }
    const SpSharesData data = {.family = is_share ? SP_GLM_BINOMIAL : SP_GLM_POISSON,
                               .n = model->n,
                               .observed = observed,
                               .trials = is_share ? trials : NULL,
                               .offset = offset,
                               .n_need = model->n_need,
                               .n_constraint = model->p - model->n_need,
                               .x = model->x};
    g_autoptr(SpShares) shares = sp_shares_new(&data);
    sp_table_set_real(table, row, ANDEL_BEHOV, shares->need);
    sp_table_set_real(table, row, ANDEL_RAMMEVILKAAR, shares->constraint);
    sp_table_set_real(table, row, ANDEL_TILFELDIG, shares->random);
    sp_table_set_real(table, row, ANDEL_UFORKLART, shares->unexplained);
    sp_table_set_real(table, row, MRR_FOER, shares->median_before);
    sp_table_set_real(table, row, MRR_BEHOV, shares->median_need);
    sp_table_set_real(table, row, MRR_ETTER, shares->median_after);
    sp_table_set_real(table, row, PCV, shares->pcv);
    return shares->fit;
}

/* Årsverk: ratios to the expected, by least squares. Each weighs by all that moves it, the true
 * differences and its chance: weighed by what is expected the largest few kommuner would be the
 * variation. */
static SpFit share_aarsverk(SpTable *table, gsize row, const SpAreas *areas, const Model *model)
{
    g_autofree double *value = g_new(double, model->n);
    g_autofree double *variance = g_new(double, model->n);
    g_autofree double *size = g_new(double, model->n); /* expected, in units of chance */
    g_autofree double *count = g_new(double, model->n);
    g_autofree double *weight = g_new(double, model->n);
    for (gsize column = MRR_FOER; column <= PCV; column++) {
        sp_table_set_real(table, row, column, sp_real_none(SP_NOT_APPLICABLE));
    }
    for (gsize m = 0; m < model->n; m++) {
        const gsize k = model->k[m];
        value[m] = areas->value[k];
        size[m] = areas->expected[k] * areas->expected[k] / areas->variance[k];
        variance[m] = 1.0 / size[m];
        count[m] = size[m] * value[m];
    }
    const SpTypical typical = sp_headline_typical(model->n, count, size);
    if (typical.fit != SP_FIT_GOOD) {
        return typical.fit;
    }
    for (gsize m = 0; m < model->n; m++) {
        weight[m] = 1.0 / (typical.sd * typical.sd + variance[m]);
    }
    const SpLinearSharesData data = {.n = model->n,
                                     .value = value,
                                     .weight = weight,
                                     .variance = variance,
                                     .size = size,
                                     .n_need = model->n_need,
                                     .n_constraint = model->p - model->n_need,
                                     .x = model->x};
    g_autoptr(SpLinearShares) shares = sp_linear_shares_new(&data);
    sp_table_set_real(table, row, ANDEL_BEHOV, shares->need);
    sp_table_set_real(table, row, ANDEL_RAMMEVILKAAR, shares->constraint);
    sp_table_set_real(table, row, ANDEL_TILFELDIG, shares->random);
    sp_table_set_real(table, row, ANDEL_UFORKLART, shares->unexplained);
    return shares->fit;
}

static void add_areas(SpTable *table, const SpCountry *country, const SpCovariates *covariates,
                      const SpAreas *areas, SpQuality *quality)
{
    SpPeriod period = {0};
    const gboolean is_period = sp_period_parse(areas->period, &period);
    const SpCovariateChoice choice = {.has_need = TRUE,
                                      .has_constraint = TRUE,
                                      .by = is_period ? period.last : 0,
                                      .except = areas->indicator->id};
    g_autoptr(SpCovariateSet) set = sp_covariates_choose(covariates, &choice);
    g_auto(Model) model = model_of(country, areas, set);
    const gsize row = sp_table_add_row(table);
    g_autofree char *need = sp_covariates_list(model.id, model.n_need);
    g_autofree char *constraint =
        sp_covariates_list(model.id + model.n_need, model.p - model.n_need);
    sp_table_set_code(table, row, INDIKATOR, areas->indicator->id);
    sp_table_set_code(table, row, PERIOD, areas->period);
    sp_table_set_code(table, row, BEHOV, need);
    sp_table_set_code(table, row, RAMMEVILKAAR, constraint);
    sp_table_set_real(table, row, N_KOMMUNER, sp_real((double)model.n));
    sp_table_set_real(table, row, N_UTELATT, sp_real((double)(country->n - model.n)));
    const SpFit fit = areas->indicator->kind == SP_KIND_AARSVERK
                          ? share_aarsverk(table, row, areas, &model)
                          : share_persons(table, row, areas, &model);
    if (fit != SP_FIT_GOOD) {
        g_autofree char *subject =
            g_strdup_printf("%s %s variasjon_andeler", areas->indicator->id, areas->period);
        sp_quality_note(quality, "method_refused", subject, 0,
                        "what explains %s in %s is not computed over %" G_GSIZE_FORMAT
                        " kommuner and %" G_GSIZE_FORMAT
                        " covariates: %s (docs/methods/variation.md#shares)",
                        areas->indicator->id, areas->period, model.n, model.p, sp_fit_word(fit));
    }
}

SpTable *sp_explained_table(const SpCountry *country, const SpCovariates *covariates,
                            SpQuality *quality, GError **error)
{
    g_autoptr(SpTable) table = sp_country_table(country, "variasjon_andeler", columns, N_COLUMNS);
    for (guint a = 0; a < country->areas->len; a++) {
        const SpAreas *areas = g_ptr_array_index(country->areas, a);
        if (areas->is_pooled) {
            continue;
        }
        if (areas->indicator->has_chance) {
            add_areas(table, country, covariates, areas, quality);
        } else {
            g_autofree char *subject =
                g_strdup_printf("%s variasjon_andeler", areas->indicator->id);
            sp_quality_note(quality, "method_refused", subject, 0,
                            "what explains %s is not shared out: it is not known how much of the "
                            "variation is chance (docs/methods/variation.md#chance)",
                            areas->indicator->id);
        }
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}

static const char *const config_keys[] = {"vary.covariate_classes", "vary.period_minimum_share"};

static gboolean run(const SpTables *in, const SpSettings *settings, SpTables *out,
                    SpQuality *quality, GError **error)
{
    SpCovariateRules rules = {0};
    g_auto(GStrv) classes = sp_settings_list(settings, "vary.covariate_classes", error);
    rules.classes = (const char *const *)classes;
    if (classes == NULL || !sp_settings_double(settings, "vary.period_minimum_share", 0.0, 1.0,
                                               &rules.minimum_share, error)) {
        return FALSE;
    }
    g_autoptr(SpCountry) country = sp_country_new(in, error);
    g_autoptr(SpCovariates) covariates =
        country != NULL ? sp_covariates_new(country, &rules, quality, error) : NULL;
    SpTable *table =
        covariates != NULL ? sp_explained_table(country, covariates, quality, error) : NULL;
    if (table == NULL) {
        return FALSE;
    }
    sp_tables_add(out, table);
    return TRUE;
}

const SpTransform sp_transform_shares = {
    .name = "shares",
    .summary = "Shares of variation: need, constraint, chance, unexplained",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .run = run,
    .explain = sp_lineage_shares,
};
