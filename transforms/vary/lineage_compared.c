/* Lineage of what is compared: comparators, comparison, development. */
#include "transforms/vary/lineage_compared.h"

#include "core/rollup.h"
#include "transforms/vary/comparison.h"
#include "transforms/vary/lineage.h"
#include "transforms/vary/told.h"

#include <string.h>

/* The nevner that weighs verdi, of an indicator that has one. */
static void add_nevner(const SpTold *told, const SpIndicator *indicator, const char *region,
                       const char *period)
{
    if (indicator->nevner != NULL) {
        sp_told_value(told, "nevner", indicator->id, region, period);
    }
}

/* All periods of a region: verdi and its weight. */
static void add_periods(const SpTold *told, const SpIndicator *indicator, const char *region)
{
    sp_told_value(told, "verdi", indicator->id, region, "*");
    add_nevner(told, indicator, region, "*");
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
    static const char *const measures[] = {"avstand", "n", "innbyggere", NULL};
    g_auto(SpComparatorRules) rules = {0};
    g_autoptr(SpCountry) country = NULL;
    g_autoptr(SpComparators) comparators = read_comparators(in, settings, &rules, &country, error);
    if (comparators == NULL) {
        return FALSE;
    }
    const char *region = sp_cell_code(cell, "region");
    if (strcmp(cell->table, "sammenlikningskommuner") != 0 || region == NULL ||
        sp_cell_code(cell, "slag") == NULL || !g_strv_contains(measures, cell->measure)) {
        return sp_lineage_refuse(cell, error);
    }
    const SpTold told = {country, explanation};
    if (strcmp(cell->measure, "innbyggere") == 0) {
        sp_told_value(&told, "teller", SP_COUNTRY_INHABITANTS, "*", "*");
    }
    sp_told_covariates(&told, comparators->set, region);
    sp_told_covariates(&told, comparators->set, "*");
    sp_told_settings(explanation, keys, G_N_ELEMENTS(keys));
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
static gboolean is_compared(const SpTold *told, const SpIndicator *indicator, const char *period,
                            double share, gboolean *is_published)
{
    g_autoptr(GPtrArray) sheets = sp_country_sheets(told->country, indicator->id);
    const SpSheet *newest = sp_country_newest(sheets, share);
    *is_published = newest != NULL && sp_real_is_number(newest->areas->country[2]);
    return newest != NULL && strcmp(newest->areas->period, period) == 0;
}

static gboolean explain_comparison(const SpTold *told, const SpComparators *comparators,
                                   double share, const SpCell *cell)
{
    const SpIndicator *indicator =
        sp_told_indicator(told->country, cell, "sammenlikning", "region");
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
        sp_told_value(told, "verdi", indicator->id, region, period);
        explanation->method = g_strdup("the indicator's value");
        explanation->is_injective = TRUE;
        return TRUE;
    }
    const gboolean is_ratio = g_str_has_prefix(cell->measure, "forhold_");
    if (!find_compared(cell->measure, &with) || (is_ratio && indicator->is_part)) {
        return FALSE;
    }
    if (is_ratio) {
        sp_told_value(told, "verdi", indicator->id, region, period);
        explanation->is_injective = TRUE;
    }
    if (with == SP_WITH_COUNTRY && is_published) {
        sp_told_value(told, "verdi", indicator->id, SP_REGION_COUNTRY_CODE, period);
        explanation->method = g_strdup("the country's own figure of the source, "
                                       "docs/methods/variation.md#country");
        return TRUE;
    }
    g_autoptr(GArray) members = sp_compared_members(told->country, comparators, with, i);
    for (guint k = 0; k < members->len; k++) {
        const gsize other = g_array_index(members, gsize, k);
        if (!is_ratio || other != i) {
            sp_told_value(told, "verdi", indicator->id, told->country->kommune[other], period);
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
    const SpTold told = {country, explanation};
    if (!explain_comparison(&told, comparators, rules.rules.minimum_share, cell)) {
        return sp_lineage_refuse(cell, error);
    }
    if (strcmp(cell->measure, "verdi") != 0) {
        sp_told_settings(explanation, keys, G_N_ELEMENTS(keys));
    }
    return TRUE;
}

/* Every kommune of an area, itself where it is one: how many they are, 0 when the country has no
 * such area. */
static gsize add_area(const SpTold *told, const SpIndicator *indicator, const char *region)
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
    return g_strv_contains(measures, measure) ||
           (has_chance && !indicator->is_part && g_strv_contains(rates, measure)) ||
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
    sp_told_settings(explanation, all, G_N_ELEMENTS(all));
    if (strcmp(measure, "p_blokk") == 0) {
        sp_told_settings(explanation, blocks, G_N_ELEMENTS(blocks));
    } else if (strcmp(measure, "vurdering") == 0) {
        sp_told_settings(explanation, judged, G_N_ELEMENTS(judged));
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
    const SpIndicator *indicator = sp_told_indicator(country, cell, "utvikling", "region");
    const char *region = sp_cell_code(cell, "region");
    const SpTold told = {country, explanation};
    const gsize n_kommuner = indicator != NULL && is_developed(indicator, cell->measure)
                                 ? add_area(&told, indicator, region)
                                 : 0;
    if (n_kommuner == 0) {
        return sp_lineage_refuse(cell, error);
    }
    /* False discoveries are counted over all kommuner, or all fylker; the country is alone. */
    if (g_strv_contains(by_family, cell->measure) && strcmp(region, SP_REGION_COUNTRY_CODE) != 0) {
        add_periods(&told, indicator, "*");
    }
    add_settings_of_development(explanation, cell->measure);
    explanation->is_injective = n_kommuner == 1 && g_strv_contains(own, cell->measure);
    explanation->method = g_strdup("the area's figures over time, "
                                   "docs/methods/variation.md#development");
    return TRUE;
}
