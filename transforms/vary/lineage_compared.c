/* Lineage of what is compared: comparators, comparison, development, shares of variation. */
#include "transforms/vary/lineage_compared.h"

#include "core/rollup.h"
#include "transforms/vary/comparison.h"
#include "transforms/vary/lineage.h"

#include <string.h>

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

/* verdi, and the nevner that weighs it. */
static void add_weighted(const Told *told, const SpIndicator *indicator, const char *region,
                         const char *period)
{
    add_value(told, "verdi", indicator->id, region, period);
    if (indicator->nevner != NULL) {
        add_value(told, "nevner", indicator->id, region, period);
    }
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

gboolean sp_lineage_comparators(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                                SpExplanation *explanation, GError **error)
{
    static const char *const keys[] = {SP_COMPARATOR_KEYS};
    static const char *const measures[] = {"avstand", "n", NULL};
    g_auto(SpComparatorRules) rules = {0};
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpCountry) country =
        sp_comparator_rules_read(&rules, settings, error) ? sp_country_new(in, error) : NULL;
    g_autoptr(SpComparators) comparators =
        country != NULL ? sp_comparators_new(country, &rules, quality, error) : NULL;
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

static gboolean explain_comparison(const Told *told, const SpComparators *comparators,
                                   const SpCell *cell)
{
    const SpIndicator *indicator = indicator_of(told->country, cell, "sammenlikning", "region");
    const char *region = sp_cell_code(cell, "region");
    const char *period = sp_cell_code(cell, "period");
    SpExplanation *explanation = told->explanation;
    SpCompared with = SP_WITH_NEAREST;
    gsize i = 0;
    if (indicator == NULL || period == NULL || !sp_country_place(told->country, region, &i)) {
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
    g_autoptr(GArray) members = sp_compared_members(told->country, comparators, with, i);
    for (guint k = 0; k < members->len; k++) {
        const gsize other = g_array_index(members, gsize, k);
        add_weighted(told, indicator, told->country->kommune[other], period);
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
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpCountry) country =
        sp_comparator_rules_read(&rules, settings, error) ? sp_country_new(in, error) : NULL;
    g_autoptr(SpComparators) comparators =
        country != NULL ? sp_comparators_new(country, &rules, quality, error) : NULL;
    if (comparators == NULL) {
        return FALSE;
    }
    const Told told = {country, explanation};
    if (!explain_comparison(&told, comparators, cell)) {
        return sp_lineage_refuse(cell, error);
    }
    if (strcmp(cell->measure, "verdi") != 0) {
        add_settings(explanation, keys, G_N_ELEMENTS(keys));
    }
    return TRUE;
}

/* Every kommune of an area, itself where it is one; FALSE when the country has no such area. */
static gboolean add_area(const Told *told, const SpIndicator *indicator, const char *region)
{
    const SpCountry *country = told->country;
    gsize place = 0;
    gboolean is_found = TRUE;
    if (strcmp(region, SP_REGION_COUNTRY_CODE) == 0) {
        add_weighted(told, indicator, "*", "*");
    } else if (sp_country_place(country, region, &place)) {
        add_weighted(told, indicator, region, "*");
    } else {
        is_found = FALSE;
        for (gsize i = 0; i < country->n; i++) {
            if (strcmp(country->group[SP_GROUPING_FYLKE][i], region) == 0) {
                add_weighted(told, indicator, country->kommune[i], "*");
                is_found = TRUE;
            }
        }
    }
    return is_found;
}

gboolean sp_lineage_development(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                                SpExplanation *explanation, GError **error)
{
    static const char *const measures[] = {
        "n_kommuner",     "n_punkter",      "foerste",    "siste",   "stigning",
        "stigning_nedre", "stigning_oevre", "tau",        "p_trend", "q_trend",
        "p_blokk",        "p_vandring",     "p_brudd",    "nivaaskift", NULL};
    static const char *const rates[] = {"aarlig_endring", "aarlig_endring_nedre",
                                        "aarlig_endring_oevre", NULL};
    (void)settings;
    g_autoptr(SpCountry) country = sp_country_new(in, error);
    if (country == NULL) {
        return FALSE;
    }
    const SpIndicator *indicator = indicator_of(country, cell, "utvikling", "region");
    const Told told = {country, explanation};
    const gboolean is_made =
        indicator != NULL &&
        (is_among(cell->measure, measures) ||
         (indicator->has_chance && !indicator->is_part && is_among(cell->measure, rates)) ||
         (indicator->has_chance && indicator->kind == SP_KIND_SHARE &&
          strcmp(cell->measure, "p_andel") == 0));
    if (!is_made || !add_area(&told, indicator, sp_cell_code(cell, "region"))) {
        return sp_lineage_refuse(cell, error);
    }
    explanation->is_injective =
        explanation->inputs->len <= 2 &&
        (strcmp(cell->measure, "foerste") == 0 || strcmp(cell->measure, "siste") == 0);
    explanation->method = g_strdup("the area's figures over time, "
                                   "docs/methods/variation.md#development");
    return TRUE;
}

gboolean sp_lineage_shares(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                           SpExplanation *explanation, GError **error)
{
    static const char *const measures[] = {
        "n_kommuner",      "n_utelatt",       "andel_behov", "andel_rammevilkaar",
        "andel_tilfeldig", "andel_uforklart", NULL};
    static const char *const persons[] = {"mrr_foer", "mrr_behov", "mrr_etter", "pcv", NULL};
    static const char *const values[] = {"teller", "nevner", "forventet", "varians"};
    static const char *const keys[] = {"vary.covariate_classes", "vary.period_minimum_share"};
    g_auto(GStrv) classes = sp_settings_list(settings, keys[0], error);
    SpCovariateRules rules = {.classes = (const char *const *)classes};
    if (classes == NULL ||
        !sp_settings_double(settings, keys[1], 0.0, 1.0, &rules.minimum_share, error)) {
        return FALSE;
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpCountry) country = sp_country_new(in, error);
    g_autoptr(SpCovariates) covariates =
        country != NULL ? sp_covariates_new(country, &rules, quality, error) : NULL;
    if (covariates == NULL) {
        return FALSE;
    }
    const SpIndicator *indicator = indicator_of(country, cell, "variasjon_andeler", "period");
    SpPeriod period = {0};
    if (indicator == NULL || !indicator->has_chance ||
        !sp_period_parse(sp_cell_code(cell, "period"), &period) ||
        !(is_among(cell->measure, measures) ||
          (indicator->kind != SP_KIND_AARSVERK && is_among(cell->measure, persons)))) {
        return sp_lineage_refuse(cell, error);
    }
    const Told told = {country, explanation};
    const SpCovariateChoice choice = {TRUE, TRUE, period.last, indicator->id};
    g_autoptr(SpCovariateSet) set = sp_covariates_choose(covariates, &choice);
    for (gsize k = 0; k < G_N_ELEMENTS(values); k++) {
        add_value(&told, values[k], indicator->id, "*", sp_cell_code(cell, "period"));
    }
    add_covariates(&told, set, "*");
    add_settings(explanation, keys, G_N_ELEMENTS(keys));
    explanation->method = g_strdup("models of need and constraint over all kommuner, "
                                   "docs/methods/variation.md#shares");
    return TRUE;
}
