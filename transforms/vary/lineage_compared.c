/* Lineage of what is compared: comparators, comparison, development, shares of variation. */
#include "transforms/vary/lineage_compared.h"

#include "core/rollup.h"
#include "transforms/vary/comparison.h"
#include "transforms/vary/control_form.h"
#include "transforms/vary/lineage.h"

#include <string.h>

/* What decides the covariates of a model. */
static const char *const model_keys[] = {"vary.covariate_classes", "vary.period_minimum_share"};

/* What an explanation is made from: the tables, and who is compared with whom. */
typedef struct {
    const SpCountry *country;
    SpExplanation *explanation;
} Told;

static void add_value(const Told *told, const char *measure, const char *indicator,
                      const char *region, const char *period)
{
    SpCell *input = sp_cell_new("indikatorverdi", measure);
    sp_cell_with(input, "indikator", indicator);
    sp_cell_with(input, "region", region);
    sp_cell_with(input, "period", period);
    g_ptr_array_add(told->explanation->inputs, input);
}

/* The nevner that weighs verdi, of an indicator that has one. */
static void add_nevner(const Told *told, const SpIndicator *indicator, const char *region,
                       const char *period)
{
    if (indicator->nevner != NULL) {
        add_value(told, "nevner", indicator->id, region, period);
    }
}

/* All periods of a region: verdi and its weight. */
static void add_periods(const Told *told, const SpIndicator *indicator, const char *region)
{
    add_value(told, "verdi", indicator->id, region, "*");
    add_nevner(told, indicator, region, "*");
}

/* A covariate of a region: the indicator's value, or the class that table `region` gives. */
static void add_covariates(const Told *told, const SpCovariateSet *set, const char *region)
{
    for (gsize j = 0; j < set->p; j++) {
        if (set->attribute[j] == NULL) {
            add_value(told, "verdi", set->id[j], region, set->period[j]);
        } else {
            SpCell *input = sp_cell_new("region", set->attribute[j]);
            sp_cell_with(input, "region", region);
            g_ptr_array_add(told->explanation->inputs, input);
        }
    }
}

static void add_settings(SpExplanation *explanation, const char *const keys[], gsize n)
{
    for (gsize k = 0; k < n; k++) {
        g_ptr_array_add(explanation->settings, g_strdup(keys[k]));
    }
}

/* The indicator of a cell of `table` that names these keys; NULL when it is no such cell. */
static const SpIndicator *indicator_of(const SpCountry *country, const SpCell *cell,
                                       const char *table, const char *second_key)
{
    const char *id = sp_cell_code(cell, "indikator");
    return strcmp(cell->table, table) == 0 && id != NULL && sp_cell_code(cell, second_key) != NULL
               ? sp_indicators_find(country->indicators, id)
               : NULL;
}

static gboolean is_among(const char *word, const char *const words[])
{
    return g_strv_contains(words, word);
}

/* Who is compared with whom, and by which rules; NULL with an error. */
static SpComparators *read_comparators(const SpTables *in, const SpSettings *settings,
                                       SpComparatorRules *rules, SpCountry **country,
                                       GError **error)
{
    g_autoptr(SpQuality) quality = sp_quality_new();
    *country = sp_comparator_rules_read(rules, settings, error) ? sp_country_new(in, error) : NULL;
    return *country != NULL ? sp_comparators_new(*country, rules, quality, error) : NULL;
}

gboolean sp_lineage_comparators(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                                SpExplanation *explanation, GError **error)
{
    static const char *const keys[] = {SP_COMPARATOR_KEYS};
    static const char *const measures[] = {"avstand", "n", NULL};
    g_auto(SpComparatorRules) rules = {0};
    g_autoptr(SpCountry) country = NULL;
    g_autoptr(SpComparators) comparators = read_comparators(in, settings, &rules, &country, error);
    if (comparators == NULL) {
        return FALSE;
    }
    const char *region = sp_cell_code(cell, "region");
    if (strcmp(cell->table, "sammenlikningskommuner") != 0 || region == NULL ||
        sp_cell_code(cell, "slag") == NULL || !is_among(cell->measure, measures)) {
        return sp_lineage_refuse(cell, error);
    }
    const Told told = {country, explanation};
    add_covariates(&told, comparators->set, region);
    add_covariates(&told, comparators->set, "*");
    add_settings(explanation, keys, G_N_ELEMENTS(keys));
    explanation->method = g_strdup("distance between standardised covariates, "
                                   "docs/methods/variation.md#comparators");
    return TRUE;
}

/* With whom, by the end of a measure's name; FALSE when the name ends in none of them. */
static gboolean find_compared(const char *measure, SpCompared *with)
{
    static const char *const prefixes[] = {"middel_", "n_", "forhold_"};
    for (gsize k = 0; k < G_N_ELEMENTS(prefixes); k++) {
        for (gsize w = 0; w < SP_N_WITH && g_str_has_prefix(measure, prefixes[k]); w++) {
            if (strcmp(measure + strlen(prefixes[k]), sp_compared_word((SpCompared)w)) == 0) {
                *with = (SpCompared)w;
                return TRUE;
            }
        }
    }
    return FALSE;
}

/* The one period of an indicator that is compared, and whether its source gives the country's own
 * figure. */
static gboolean is_compared(const Told *told, const SpIndicator *indicator, const char *period,
                            double share, gboolean *is_published)
{
    g_autoptr(GPtrArray) sheets = sp_country_sheets(told->country, indicator->id);
    const SpSheet *newest = sp_country_newest(sheets, share);
    *is_published = newest != NULL && sp_real_is_number(newest->areas->country[2]);
    return newest != NULL && strcmp(newest->areas->period, period) == 0;
}

static gboolean explain_comparison(const Told *told, const SpComparators *comparators, double share,
                                   const SpCell *cell)
{
    const SpIndicator *indicator = indicator_of(told->country, cell, "sammenlikning", "region");
    const char *region = sp_cell_code(cell, "region");
    const char *period = sp_cell_code(cell, "period");
    SpExplanation *explanation = told->explanation;
    SpCompared with = SP_WITH_NEAREST;
    gboolean is_published = FALSE;
    gsize i = 0;
    if (indicator == NULL || period == NULL || !sp_country_place(told->country, region, &i) ||
        !is_compared(told, indicator, period, share, &is_published)) {
        return FALSE;
    }
    if (strcmp(cell->measure, "verdi") == 0) {
        add_value(told, "verdi", indicator->id, region, period);
        explanation->method = g_strdup("the indicator's value");
        explanation->is_injective = TRUE;
        return TRUE;
    }
    const gboolean is_ratio = g_str_has_prefix(cell->measure, "forhold_");
    if (!find_compared(cell->measure, &with) || (is_ratio && indicator->is_part)) {
        return FALSE;
    }
    if (is_ratio) {
        add_value(told, "verdi", indicator->id, region, period);
        explanation->is_injective = TRUE;
    }
    if (with == SP_WITH_COUNTRY && is_published) {
        add_value(told, "verdi", indicator->id, SP_REGION_COUNTRY_CODE, period);
        explanation->method = g_strdup("the country's own figure of the source, "
                                       "docs/methods/variation.md#country");
        return TRUE;
    }
    g_autoptr(GArray) members = sp_compared_members(told->country, comparators, with, i);
    for (guint k = 0; k < members->len; k++) {
        const gsize other = g_array_index(members, gsize, k);
        if (!is_ratio || other != i) {
            add_value(told, "verdi", indicator->id, told->country->kommune[other], period);
        }
        add_nevner(told, indicator, told->country->kommune[other], period);
    }
    explanation->method = g_strdup_printf("%s over the kommuner compared with, "
                                          "docs/methods/variation.md#comparison",
                                          is_ratio ? "verdi over the mean" : "mean");
    return TRUE;
}

gboolean sp_lineage_comparison(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                               SpExplanation *explanation, GError **error)
{
    static const char *const keys[] = {SP_COMPARATOR_KEYS, "vary.comparison_minimum_members"};
    g_auto(SpComparatorRules) rules = {0};
    g_autoptr(SpCountry) country = NULL;
    g_autoptr(SpComparators) comparators = read_comparators(in, settings, &rules, &country, error);
    if (comparators == NULL) {
        return FALSE;
    }
    const Told told = {country, explanation};
    if (!explain_comparison(&told, comparators, rules.rules.minimum_share, cell)) {
        return sp_lineage_refuse(cell, error);
    }
    if (strcmp(cell->measure, "verdi") != 0) {
        add_settings(explanation, keys, G_N_ELEMENTS(keys));
    }
    return TRUE;
}

/* Every kommune of an area, itself where it is one: how many they are, 0 when the country has no
 * such area. */
static gsize add_area(const Told *told, const SpIndicator *indicator, const char *region)
{
    const SpCountry *country = told->country;
    gsize place = 0;
    if (strcmp(region, SP_REGION_COUNTRY_CODE) == 0) {
        add_periods(told, indicator, "*");
        return country->n;
    }
    if (sp_country_place(country, region, &place)) {
        add_periods(told, indicator, region);
        return 1;
    }
    gsize n = 0;
    for (gsize i = 0; i < country->n; i++) {
        if (strcmp(country->group[SP_GROUPING_FYLKE][i], region) == 0) {
            add_periods(told, indicator, country->kommune[i]);
            n++;
        }
    }
    return n;
}

static gboolean is_developed(const SpIndicator *indicator, const char *measure)
{
    static const char *const measures[] = {
        "n_kommuner",     "n_punkter",      "foerste", "siste",      "stigning",
        "stigning_nedre", "stigning_oevre", "tau",     "p_trend",    "q_trend",
        "p_blokk",        "p_vandring",     "p_brudd", "nivaaskift", NULL};
    static const char *const rates[] = {"aarlig_endring", "aarlig_endring_nedre",
                                        "aarlig_endring_oevre", NULL};
    const gboolean has_chance = indicator->has_chance;
    return is_among(measure, measures) ||
           (has_chance && !indicator->is_part && is_among(measure, rates)) ||
           (has_chance && indicator->kind == SP_KIND_SHARE && strcmp(measure, "p_andel") == 0) ||
           (indicator->minimum_change > 0.0 && strcmp(measure, "vurdering") == 0);
}

/* The settings that shape a measure: those that choose points and rows, and its own. */
static void add_settings_of_development(SpExplanation *explanation, const char *measure)
{
    static const char *const all[] = {"vary.period_minimum_share", "vary.trend_members_share",
                                      "vary.trend_minimum_points"};
    static const char *const blocks[] = {"vary.bootstrap_replicates", "vary.seed"};
    static const char *const judged[] = {"vary.false_discovery"};
    add_settings(explanation, all, G_N_ELEMENTS(all));
    if (strcmp(measure, "p_blokk") == 0) {
        add_settings(explanation, blocks, G_N_ELEMENTS(blocks));
    } else if (strcmp(measure, "vurdering") == 0) {
        add_settings(explanation, judged, G_N_ELEMENTS(judged));
    }
}

gboolean sp_lineage_development(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                                SpExplanation *explanation, GError **error)
{
    static const char *const by_family[] = {"q_trend", "vurdering", NULL};
    static const char *const own[] = {"foerste", "siste", NULL};
    (void)settings;
    g_autoptr(SpCountry) country = sp_country_new(in, error);
    if (country == NULL) {
        return FALSE;
    }
    const SpIndicator *indicator = indicator_of(country, cell, "utvikling", "region");
    const char *region = sp_cell_code(cell, "region");
    const Told told = {country, explanation};
    const gsize n_kommuner = indicator != NULL && is_developed(indicator, cell->measure)
                                 ? add_area(&told, indicator, region)
                                 : 0;
    if (n_kommuner == 0) {
        return sp_lineage_refuse(cell, error);
    }
    /* False discoveries are counted over all kommuner, or all fylker; the country is alone. */
    if (is_among(cell->measure, by_family) && strcmp(region, SP_REGION_COUNTRY_CODE) != 0) {
        add_periods(&told, indicator, "*");
    }
    add_settings_of_development(explanation, cell->measure);
    explanation->is_injective = n_kommuner == 1 && is_among(cell->measure, own);
    explanation->method = g_strdup("the area's figures over time, "
                                   "docs/methods/variation.md#development");
    return TRUE;
}

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
static void add_model(const Told *told, const SpCovariates *covariates,
                      const SpIndicator *indicator, const char *code)
{
    static const char *const values[] = {"teller", "nevner", "forventet", "varians"};
    SpPeriod period = {0};
    const gboolean is_period = sp_period_parse(code, &period);
    const SpCovariateChoice choice = {TRUE, TRUE, is_period ? period.last : 0, indicator->id,
                                      indicator->theme};
    g_autoptr(SpCovariateSet) set = sp_covariates_choose(covariates, &choice);
    for (gsize k = 0; k < G_N_ELEMENTS(values); k++) {
        add_value(told, values[k], indicator->id, "*", code);
    }
    add_covariates(told, set, "*");
    add_settings(told->explanation, model_keys, G_N_ELEMENTS(model_keys));
}

/* Of a kommune of table uforklart: what is predicted holds its need and its constraints, and its
 * expected count, and no figure of its own. */
static gboolean explain_residual(const Told *told, const SpCovariates *covariates,
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
    const gboolean is_own = is_among(cell->measure, own);
    const gboolean is_signal = is_among(cell->measure, signals);
    if (!indicator->has_chance || period == NULL ||
        !(is_own || is_signal || is_among(cell->measure, predicted))) {
        return FALSE;
    }
    if (is_own || is_signal) {
        add_value(told, "verdi", indicator->id, sp_cell_code(cell, "region"), period);
    }
    if (strcmp(cell->measure, "verdi") != 0) {
        add_model(told, covariates, indicator, period);
    }
    if (is_among(cell->measure, by_family)) {
        add_settings(told->explanation, keys, G_N_ELEMENTS(keys));
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
    const SpIndicator *indicator = indicator_of(country, cell, "uforklart", "region");
    const Told told = {country, explanation};
    if (indicator != NULL) {
        return explain_residual(&told, covariates, indicator, cell) ||
               sp_lineage_refuse(cell, error);
    }
    indicator = indicator_of(country, cell, "variasjon_andeler", "period");
    if (indicator == NULL || !indicator->has_chance ||
        !(is_among(cell->measure, measures) ||
          (indicator->kind != SP_KIND_AARSVERK && is_among(cell->measure, persons)))) {
        return sp_lineage_refuse(cell, error);
    }
    add_model(&told, covariates, indicator, sp_cell_code(cell, "period"));
    explanation->method = g_strdup("models of need and constraint over all kommuner, "
                                   "docs/methods/variation.md#shares");
    return TRUE;
}

gboolean sp_lineage_success(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                            SpExplanation *explanation, GError **error)
{
    static const char *const own[] = {"verdi", "forhold", NULL};
    static const char *const modelled[] = {"ventet", "forhold", "krympet", "p", "q", NULL};
    static const char *const tests[] = {"n_proevd", "n_bekreftet", NULL};
    static const char *const keys[] = {"vary.success_earlier", "vary.success_confirmations"};
    g_auto(GStrv) classes = NULL;
    g_autoptr(SpCountry) country = NULL;
    g_autoptr(SpCovariates) covariates = read_model(in, settings, &classes, &country, error);
    if (covariates == NULL) {
        return FALSE;
    }
    const SpIndicator *indicator = indicator_of(country, cell, "lykkes", "region");
    const char *period = sp_cell_code(cell, "period");
    const gboolean is_test = is_among(cell->measure, tests);
    const Told told = {country, explanation};
    if (indicator == NULL || !indicator->has_chance || period == NULL ||
        !(is_test || is_among(cell->measure, own) || is_among(cell->measure, modelled))) {
        return sp_lineage_refuse(cell, error);
    }
    explanation->is_injective = is_among(cell->measure, own);
    if (explanation->is_injective) {
        add_value(&told, "verdi", indicator->id, sp_cell_code(cell, "region"), period);
    }
    if (is_test || is_among(cell->measure, modelled)) {
        add_model(&told, covariates, indicator, is_test ? "*" : period);
    }
    if (is_test) {
        add_settings(explanation, keys, G_N_ELEMENTS(keys));
    }
    explanation->method = g_strdup("the figure beside what need and constraint predict, "
                                   "docs/methods/variation.md#succeed");
    return TRUE;
}
