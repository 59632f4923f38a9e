/* Lineage of measures of variation and of what is told of each kommune. */
#include "transforms/vary/lineage.h"

#include "transforms/vary/groups.h"
#include "transforms/vary/variation.h"
#include "transforms/vary/variation_row.h"

#include <string.h>

static gboolean is_one_of(const char *word, const char *const words[], gsize n)
{
    for (gsize i = 0; i < n; i++) {
        if (strcmp(word, words[i]) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* A figure of indikatorverdi as an input. */
static void add_value(SpExplanation *explanation, const char *measure, const SpCell *cell,
                      const char *region)
{
    SpCell *input = sp_cell_new("indikatorverdi", measure);
    sp_cell_with(input, "indikator", sp_cell_code(cell, "indikator"));
    sp_cell_with(input, "region", region);
    sp_cell_with(input, "period", sp_cell_code(cell, "period"));
    g_ptr_array_add(explanation->inputs, input);
}

static void add_setting(SpExplanation *explanation, const char *key)
{
    g_ptr_array_add(explanation->settings, g_strdup(key));
}

/* What is told among kommuner rests on who is left out of the common spread, too. */
static void add_settings_of_od(SpExplanation *explanation)
{
    add_setting(explanation, "vary.pulled_in");
    add_setting(explanation, "vary.od_minimum_kommuner");
    add_setting(explanation, "vary.false_discovery");
}

/* The settings that shape a measure: its own, and of an interval those of the draws. */
static void add_settings_of_measure(SpExplanation *explanation, const char *measure)
{
    const gboolean has_likelihood =
        g_str_has_prefix(measure, "sd_mellom") || g_str_has_prefix(measure, "medianforhold");
    if (g_str_has_prefix(measure, "scv")) {
        add_setting(explanation, "vary.scv_minimum_expected");
    }
    if (g_str_has_prefix(measure, "scv") && strcmp(measure, "scv_andel_utelatt") != 0) {
        add_setting(explanation, "vary.scv_minimum_kommuner");
    }
    if (has_likelihood) {
        add_setting(explanation, "vary.headline_minimum_kommuner");
    }
    if (!has_likelihood &&
        (g_str_has_suffix(measure, "_nedre") || g_str_has_suffix(measure, "_oevre"))) {
        add_setting(explanation, "vary.bootstrap_replicates");
        add_setting(explanation, "vary.seed");
    }
    if (g_str_has_suffix(measure, "_od")) {
        add_settings_of_od(explanation);
    }
}

/* The measure without the end that says that it is a limit of it. */
static char *measure_itself(const char *measure)
{
    static const char *const ends[] = {"_nedre", "_oevre"};
    for (gsize i = 0; i < G_N_ELEMENTS(ends); i++) {
        if (g_str_has_suffix(measure, ends[i])) {
            return g_strndup(measure, strlen(measure) - strlen(ends[i]));
        }
    }
    return g_strdup(measure);
}

static gboolean explain_variation(const SpIndicator *indicator, const SpCell *cell,
                                  SpExplanation *explanation)
{
    static const char *const plain[] = {"n_kommuner",
                                        "n_utelatt",
                                        "eq",
                                        "ft2",
                                        "ft3",
                                        "cv",
                                        "cv_vektet",
                                        "gini",
                                        "gini_vektet",
                                        "theil",
                                        "mld",
                                        "theil_fylke",
                                        "theil_kostragruppe",
                                        "theil_sentralitet",
                                        "mld_fylke",
                                        "mld_kostragruppe",
                                        "mld_sentralitet",
                                        "moran",
                                        "moran_forventet",
                                        "moran_z",
                                        "moran_p"};
    static const char *const chance[] = {
        "sd_mellom",  "medianforhold",       "kji2",  "kji2_frihetsgrader", "kji2_p",
        "marshall_a", "marshall_b",          "sd_od", "andel_utenfor_998",  "moran_eb",
        "senter_od",  "andel_utenfor_998_od"};
    static const char *const persons[] = {"scv", "scv_andel_utelatt"};
    static const char *const poisson[] = {"potthoff", "potthoff_z", "gamma_varians"};
    static const char *const inputs[] = {"teller", "nevner", "verdi", "forventet", "varians"};
    const gboolean has_chance = indicator->has_chance;
    g_autofree char *itself = measure_itself(cell->measure);
    g_autoptr(SpTable) table = sp_variation_row_table();
    if (sp_table_find(table, cell->measure) == SP_NO_COLUMN) {
        return FALSE;
    }
    if (indicator->is_distance && g_str_has_prefix(itself, "moran")) {
        return FALSE;
    }
    if (!is_one_of(itself, plain, G_N_ELEMENTS(plain)) &&
        !(has_chance && is_one_of(itself, chance, G_N_ELEMENTS(chance))) &&
        !(has_chance && indicator->kind != SP_KIND_AARSVERK &&
          is_one_of(itself, persons, G_N_ELEMENTS(persons))) &&
        !(has_chance && indicator->kind == SP_KIND_COUNT_PERSONS &&
          is_one_of(itself, poisson, G_N_ELEMENTS(poisson)))) {
        return FALSE;
    }
    for (gsize i = 0; i < (has_chance ? G_N_ELEMENTS(inputs) : 3); i++) {
        add_value(explanation, inputs[i], cell, "*");
    }
    add_settings_of_measure(explanation, cell->measure);
    explanation->method =
        g_strdup_printf("%s over all kommuner, docs/methods/variation.md#measures", cell->measure);
    return TRUE;
}

/* Others are named one by one, so that what rests on the kommune itself can be told from what does
 * not. */
static void add_other(SpExplanation *explanation, const SpCell *cell, const char *other)
{
    static const char *const measures[] = {"teller", "forventet", "varians"};
    for (gsize m = 0; m < G_N_ELEMENTS(measures); m++) {
        add_value(explanation, measures[m], cell, other);
    }
}

static GPtrArray *list_kommuner(const SpTables *in, GError **error)
{
    const SpTable *regions = sp_tables_need(in, "region", error);
    return regions != NULL ? sp_groups_list_kommuner(regions, error) : NULL;
}

/* Measures of the others of its KOSTRA group; of the country where none has one. */
static gboolean add_alike(const SpTables *in, const SpCell *cell, SpExplanation *explanation,
                          GError **error)
{
    const char *own = sp_cell_code(cell, "region");
    g_autoptr(GPtrArray) kommuner = list_kommuner(in, error);
    if (kommuner == NULL) {
        return FALSE;
    }
    g_autoptr(SpGroups) groups = sp_groups_new(sp_tables_find(in, "region"), SP_VARY_ALIKE);
    const gboolean is_known = g_ptr_array_find_with_equal_func(kommuner, own, g_str_equal, NULL);
    for (guint i = 0; i < kommuner->len; i++) {
        const char *other = g_ptr_array_index(kommuner, i);
        if (strcmp(other, own) != 0 &&
            (groups == NULL ||
             (is_known && sp_groups_of(groups, other) == sp_groups_of(groups, own)))) {
            add_other(explanation, cell, other);
        }
    }
    return TRUE;
}

/* Measures of its neighbours. */
static gboolean add_near(const SpTables *in, const SpCell *cell, SpExplanation *explanation,
                         GError **error)
{
    g_autoptr(SpQuality) told_elsewhere = sp_quality_new();
    g_autoptr(GPtrArray) kommuner = list_kommuner(in, error);
    const SpTable *list = kommuner != NULL ? sp_tables_need(in, "naboer", error) : NULL;
    g_autoptr(SpNeighbours) neighbours =
        list != NULL ? sp_neighbours_new(list, kommuner, told_elsewhere, error) : NULL;
    if (neighbours == NULL) {
        return FALSE;
    }
    g_autoptr(GPtrArray) of = sp_neighbours_of(neighbours, sp_cell_code(cell, "region"));
    for (guint i = 0; i < of->len; i++) {
        add_other(explanation, cell, g_ptr_array_index(of, i));
    }
    return TRUE;
}

/* Its teller and what it is held against, own first. */
static void add_own(const SpCell *cell, SpExplanation *explanation)
{
    static const char *const measures[] = {"teller", "forventet", "nevner", "varians"};
    for (gsize i = 0; i < G_N_ELEMENTS(measures); i++) {
        add_value(explanation, measures[i], cell, sp_cell_code(cell, "region"));
    }
}

static void add_country(const SpCell *cell, SpExplanation *explanation)
{
    add_value(explanation, "teller", cell, "*");
    add_value(explanation, "forventet", cell, "*");
    add_value(explanation, "varians", cell, "*");
}

/* Figures that borrow from others. FALSE without error: not one of these. */
static gboolean explain_borrowed(const SpTables *in, const SpIndicator *indicator,
                                 const SpCell *cell, SpExplanation *explanation, GError **error)
{
    const char *region = sp_cell_code(cell, "region");
    explanation->is_injective = TRUE;
    if (strcmp(cell->measure, "uten_egne_tall") == 0) {
        add_value(explanation, "forventet", cell, region);
        add_value(explanation, "nevner", cell, region);
        add_setting(explanation, "vary.least_shown");
        explanation->is_injective = FALSE;
        explanation->method = g_strdup("the ratio of the others times the kommune's own forventet, "
                                       "without its teller, docs/methods/variation.md#shrinkage");
        return add_alike(in, cell, explanation, error);
    }
    if (strcmp(cell->measure, "krympet") == 0) {
        explanation->method = g_strdup("Marshall's global empirical Bayes of teller / forventet, "
                                       "docs/methods/variation.md#shrinkage");
    } else if (strcmp(cell->measure, "krympet_lokal") == 0) {
        add_setting(explanation, "vary.least_shown");
        explanation->method =
            g_strdup("Marshall's empirical Bayes of the kommune and its neighbours, "
                     "docs/methods/variation.md#shrinkage");
        add_value(explanation, "teller", cell, region);
        add_value(explanation, "forventet", cell, region);
        return add_near(in, cell, explanation, error);
    } else if (strcmp(cell->measure, "krympet_gamma") == 0 &&
               indicator->kind == SP_KIND_COUNT_PERSONS) {
        explanation->method = g_strdup("Poisson-gamma empirical Bayes of teller / forventet, "
                                       "docs/methods/variation.md#shrinkage");
    } else {
        return FALSE;
    }
    add_value(explanation, "teller", cell, region);
    add_value(explanation, "forventet", cell, region);
    add_country(cell, explanation);
    return TRUE;
}

/* Limits, tails and signals. A signal tells on which side of a limit the count lies, and no
 * more. */
static gboolean explain_control(const SpCell *cell, SpExplanation *explanation)
{
    static const char *const limits[] = {"nedre_998",   "nedre_95",     "oevre_95",
                                         "oevre_998",   "nedre_998_od", "nedre_95_od",
                                         "oevre_95_od", "oevre_998_od"};
    static const char *const chances[] = {"p", "q", "q_od"};
    static const char *const signals[] = {"signal", "signal_fdr", "signal_od", "signal_od_fdr",
                                          "vurdering"};
    const gboolean is_discovery = g_str_has_prefix(cell->measure, "q") ||
                                  g_str_has_suffix(cell->measure, "_fdr") ||
                                  strcmp(cell->measure, "vurdering") == 0;
    const gboolean is_od =
        strstr(cell->measure, "_od") != NULL || strcmp(cell->measure, "vurdering") == 0;
    const gboolean is_signal = is_one_of(cell->measure, signals, G_N_ELEMENTS(signals));
    if (is_one_of(cell->measure, limits, G_N_ELEMENTS(limits))) {
        add_value(explanation, "forventet", cell, sp_cell_code(cell, "region"));
        add_value(explanation, "nevner", cell, sp_cell_code(cell, "region"));
        add_value(explanation, "varians", cell, sp_cell_code(cell, "region"));
        explanation->method =
            is_od ? g_strdup("control limit that holds the true differences between kommuner, "
                             "docs/methods/variation.md#overdispersion")
                  : g_strdup("exact control limit, docs/methods/variation.md#funnel");
    } else if (is_signal || is_one_of(cell->measure, chances, G_N_ELEMENTS(chances))) {
        add_own(cell, explanation);
        explanation->method =
            g_strdup_printf("%s, docs/methods/variation.md#signals", cell->measure);
    } else {
        return FALSE;
    }
    explanation->is_injective = !is_signal;
    if (is_od || is_discovery) {
        add_country(cell, explanation);
    }
    if (is_od) {
        add_settings_of_od(explanation);
    } else if (is_discovery && is_signal) {
        add_setting(explanation, "vary.false_discovery");
    }
    return TRUE;
}

static gboolean explain_placing(const SpTables *in, const SpIndicator *indicator,
                                const SpCell *cell, SpExplanation *explanation, GError **error)
{
    const char *region = sp_cell_code(cell, "region");
    if (region == NULL) {
        return FALSE;
    }
    if (strcmp(cell->measure, "verdi") == 0) {
        add_value(explanation, "verdi", cell, region);
        explanation->method = g_strdup("the indicator's value");
        explanation->is_injective = TRUE;
        return TRUE;
    }
    if (indicator->has_chance && strcmp(cell->measure, "ratio") == 0) {
        add_value(explanation, "teller", cell, region);
        add_value(explanation, "forventet", cell, region);
        explanation->method = g_strdup("teller / forventet");
        explanation->is_injective = TRUE;
        return TRUE;
    }
    return indicator->has_chance && (explain_borrowed(in, indicator, cell, explanation, error) ||
                                     (*error == NULL && explain_control(cell, explanation)));
}

gboolean sp_lineage_variation(const SpTables *in, const GPtrArray *indicators, const SpCell *cell,
                              SpExplanation *explanation, GError **error)
{
    g_autoptr(GError) failed = NULL;
    const SpIndicator *indicator = sp_lineage_indicator(indicators, cell);
    gboolean is_found = FALSE;
    if (indicator == NULL || (indicator->nevner == NULL && indicator->verdi == NULL)) {
        return sp_lineage_refuse(cell, error);
    }
    if (strcmp(cell->table, "variasjon") == 0) {
        is_found = explain_variation(indicator, cell, explanation);
    } else if (strcmp(cell->table, "plassering") == 0) {
        is_found = explain_placing(in, indicator, cell, explanation, &failed);
    }
    if (failed != NULL) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    return is_found || sp_lineage_refuse(cell, error);
}
