/* Lineage of what models of need and constraint tell: shares of variation, what is left, who
 * succeeds. */
#include "transforms/vary/lineage_modelled.h"

#include "transforms/vary/control_form.h"
#include "transforms/vary/lineage.h"
#include "transforms/vary/need.h"
#include "transforms/vary/told.h"

#include <string.h>

/* What decides the covariates of a model. */
static const char *const model_keys[] = {"vary.covariate_classes", "vary.period_minimum_share",
                                         SP_SHARES_KOMMUNER};

/* What decides who has been tested and confirmed. */
static const char *const success_keys[] = {"vary.success_earlier", "vary.success_confirmations",
                                           "vary.false_discovery", "vary.success_minimum"};

/* The country, and the covariates that its models are of; NULL with an error. `classes` is what the
 * covariates borrow: freed after them. */
static SpCovariates *read_model(const SpTables *in, const SpSettings *settings, char ***classes,
                                SpCountry **country, GError **error)
{
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpCovariateRules rules = {0};
    *classes = sp_settings_list(settings, model_keys[0], error);
    rules.classes = (const char *const *)*classes;
    if (*classes == NULL ||
        !sp_settings_double(settings, model_keys[1], 0.0, 1.0, &rules.minimum_share, error)) {
        return NULL;
    }
    *country = sp_country_new(in, error);
    return *country != NULL ? sp_covariates_new(*country, &rules, quality, error) : NULL;
}

/* Figures of all kommuner in a period, and the covariates that explain them. */
static void add_model(const SpTold *told, const SpCovariates *covariates,
                      const SpIndicator *indicator, const char *code)
{
    static const char *const values[] = {"teller", "nevner", "forventet", "varians"};
    SpPeriod period = {0};
    const gboolean is_period = sp_period_parse(code, &period);
    const SpCovariateChoice choice = {TRUE, TRUE, is_period ? period.last : 0, indicator->id,
                                      indicator->theme};
    g_autoptr(SpCovariateSet) set = sp_covariates_choose(covariates, &choice);
    for (gsize k = 0; k < G_N_ELEMENTS(values); k++) {
        sp_told_value(told, values[k], indicator->id, "*", code);
    }
    sp_told_covariates(told, set, "*");
    sp_told_settings(told->explanation, model_keys, G_N_ELEMENTS(model_keys));
}

/* Of a kommune of table uforklart: what is predicted holds its need and its constraints, and its
 * expected count, and no figure of its own. */
static gboolean explain_residual(const SpTold *told, const SpCovariates *covariates,
                                 const SpIndicator *indicator, const SpCell *cell)
{
    static const char *const own[] = {
        "verdi", "forhold", "krympet_behov", "krympet", "krympet_nedre", "krympet_oevre", "p",
        "q",     NULL};
    static const char *const signals[] = {"signal", "vurdering", NULL};
    static const char *const by_family[] = {"p", "q", "signal", "vurdering", NULL};
    static const char *const keys[] = {SP_CONTROL_KEYS};
    static const char *const predicted[] = {"ventet_behov", "ventet", NULL};
    const char *period = sp_cell_code(cell, "period");
    const gboolean is_own = g_strv_contains(own, cell->measure);
    const gboolean is_signal = g_strv_contains(signals, cell->measure);
    if (!indicator->has_chance || period == NULL ||
        !(is_own || is_signal || g_strv_contains(predicted, cell->measure))) {
        return FALSE;
    }
    if (is_own || is_signal) {
        sp_told_value(told, "verdi", indicator->id, sp_cell_code(cell, "region"), period);
    }
    if (strcmp(cell->measure, "verdi") != 0) {
        add_model(told, covariates, indicator, period);
    }
    if (g_strv_contains(by_family, cell->measure)) {
        sp_told_settings(told->explanation, keys, G_N_ELEMENTS(keys));
    }
    told->explanation->is_injective = is_own;
    told->explanation->method = g_strdup("the figure beside what need and constraint predict, "
                                         "docs/methods/variation.md#residual");
    return TRUE;
}

gboolean sp_lineage_shares(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                           SpExplanation *explanation, GError **error)
{
    static const char *const measures[] = {"n_kommuner",
                                           "n_utelatt",
                                           "andel_behov",
                                           "andel_rammevilkaar",
                                           "andel_tilfeldig",
                                           "andel_uforklart",
                                           "andel_uforklart_nedre",
                                           "andel_uforklart_oevre",
                                           NULL};
    static const char *const persons[] = {
        "mrr_foer", "mrr_behov", "mrr_etter", "mrr_etter_nedre", "mrr_etter_oevre", "pcv", NULL};
    g_auto(GStrv) classes = NULL;
    g_autoptr(SpCountry) country = NULL;
    g_autoptr(SpCovariates) covariates = read_model(in, settings, &classes, &country, error);
    if (covariates == NULL) {
        return FALSE;
    }
    const SpIndicator *indicator = sp_told_indicator(country, cell, "uforklart", "region");
    const SpTold told = {country, explanation};
    if (indicator != NULL) {
        return explain_residual(&told, covariates, indicator, cell) ||
               sp_lineage_refuse(cell, error);
    }
    indicator = sp_told_indicator(country, cell, "variasjon_andeler", "period");
    if (indicator == NULL || !indicator->has_chance ||
        !(g_strv_contains(measures, cell->measure) ||
          (indicator->kind != SP_KIND_AARSVERK && g_strv_contains(persons, cell->measure)))) {
        return sp_lineage_refuse(cell, error);
    }
    add_model(&told, covariates, indicator, sp_cell_code(cell, "period"));
    explanation->method = g_strdup("models of need and constraint over all kommuner, "
                                   "docs/methods/variation.md#shares");
    return TRUE;
}

/* How many were tested rests on every period's model. */
static void explain_basis(const SpTold *told, const SpCovariates *covariates,
                          const SpIndicator *indicator)
{
    add_model(told, covariates, indicator, "*");
    sp_told_settings(told->explanation, success_keys, G_N_ELEMENTS(success_keys));
    told->explanation->method = g_strdup("how many could be held against what need and constraint "
                                         "predict, docs/methods/variation.md#succeed");
}

gboolean sp_lineage_success(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                            SpExplanation *explanation, GError **error)
{
    static const char *const own[] = {"verdi", "forhold", NULL};
    static const char *const modelled[] = {"ventet", "forhold", "krympet", "p", "q", NULL};
    static const char *const tests[] = {"n_proevd", "n_bekreftet", NULL};
    static const char *const counts[] = {"n_perioder", "n_kommuner", "n_utelatt", "n_proevbare",
                                         "n_funnet",   "n_lykkes",   NULL};
    g_auto(GStrv) classes = NULL;
    g_autoptr(SpCountry) country = NULL;
    g_autoptr(SpCovariates) covariates = read_model(in, settings, &classes, &country, error);
    if (covariates == NULL) {
        return FALSE;
    }
    const SpTold told = {country, explanation};
    const SpIndicator *indicator = sp_told_indicator(country, cell, "lykkes_grunnlag", "indikator");
    if (indicator != NULL && indicator->has_chance && g_strv_contains(counts, cell->measure)) {
        explain_basis(&told, covariates, indicator);
        return TRUE;
    }
    indicator = sp_told_indicator(country, cell, "lykkes", "region");
    const char *period = sp_cell_code(cell, "period");
    const gboolean is_test = g_strv_contains(tests, cell->measure);
    if (indicator == NULL || !indicator->has_chance || period == NULL ||
        !(is_test || g_strv_contains(own, cell->measure) ||
          g_strv_contains(modelled, cell->measure))) {
        return sp_lineage_refuse(cell, error);
    }
    explanation->is_injective = g_strv_contains(own, cell->measure);
    if (explanation->is_injective) {
        sp_told_value(&told, "verdi", indicator->id, sp_cell_code(cell, "region"), period);
    }
    if (is_test || g_strv_contains(modelled, cell->measure)) {
        add_model(&told, covariates, indicator, is_test ? "*" : period);
    }
    if (is_test) {
        sp_told_settings(explanation, success_keys, G_N_ELEMENTS(success_keys));
    }
    explanation->method = g_strdup("the figure beside what need and constraint predict, "
                                   "docs/methods/variation.md#succeed");
    return TRUE;
}
