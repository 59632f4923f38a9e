/* Descriptors of the transforms of vary. */
#include "transforms/vary/vary.h"

#include "transforms/vary/catalogue.h"
#include "transforms/vary/distances.h"
#include "transforms/vary/indicator.h"
#include "transforms/vary/lineage.h"
#include "transforms/vary/variation.h"

#include <string.h>

#define SCV_MINIMUM "vary.scv_minimum_expected"
#define SCV_KOMMUNER "vary.scv_minimum_kommuner"
#define HEADLINE_KOMMUNER "vary.headline_minimum_kommuner"
#define LEAST_PERSONS "vary.share_minimum_persons"
#define LEAST_AARSVERK "vary.share_minimum_aarsverk"
#define SAMPLES "vary.samples"
#define MOST_HIDDEN "vary.most_hidden"
#define LEAST_SHOWN "vary.least_shown"
#define REPLICATES "vary.bootstrap_replicates"
#define SEED "vary.seed"

static const gint64 most_kommuner = 100000;
static const double most_counted = 1e9;
static const gint64 most_replicates = 1000000;

static gboolean run_distances(const SpTables *in, const SpSettings *settings, SpTables *out,
                              SpQuality *quality, GError **error)
{
    const SpTable *places = sp_tables_find(in, SP_TABLE_PLACES);
    (void)settings;
    if (places == NULL) {
        return TRUE;
    }
    const SpTable *regions = sp_tables_need(in, "region", error);
    const SpTable *middles = regions != NULL ? sp_tables_need(in, "midtpunkter", error) : NULL;
    SpTable *table =
        middles != NULL ? sp_distances(places, middles, regions, quality, error) : NULL;
    if (table == NULL) {
        return FALSE;
    }
    sp_tables_add(out, table);
    return TRUE;
}

static gboolean explain_distances(const SpTables *in, const SpSettings *settings,
                                  const SpCell *cell, SpExplanation *explanation, GError **error)
{
    static const char *const degrees[] = {"breddegrad", "lengdegrad"};
    const char *kind = sp_cell_code(cell, "stedsslag");
    (void)in;
    (void)settings;
    if (strcmp(cell->table, SP_TABLE_DISTANCES) != 0 || strcmp(cell->measure, "km") != 0 ||
        kind == NULL || sp_cell_code(cell, "region") == NULL) {
        return sp_lineage_refuse(cell, error);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(degrees); i++) {
        SpCell *input = sp_cell_new(SP_TABLE_PLACES, degrees[i]);
        sp_cell_with(sp_cell_with(input, "region", "*"), "stedsslag", kind);
        g_ptr_array_add(explanation->inputs, input);
    }
    explanation->method = g_strdup("straight line from the middle of the kommune to the nearest "
                                   "place, docs/methods/variation.md#distance");
    return TRUE;
}

const SpTransform sp_transform_distances = {
    .name = "distances",
    .summary = "Distance from each kommune to the nearest hospital and place of study",
    .run = run_distances,
    .explain = explain_distances,
};

static GPtrArray *read_indicators(const SpTables *in, GError **error)
{
    const SpTable *table = sp_tables_need(in, "indikator", error);
    return table != NULL ? sp_indicators_read(table, error) : NULL;
}

static gboolean run_indicators(const SpTables *in, const SpSettings *settings, SpTables *out,
                               SpQuality *quality, GError **error)
{
    SpIndicatorLimits limits;
    g_autoptr(GPtrArray) indicators = read_indicators(in, error);
    g_auto(GStrv) samples = indicators != NULL ? sp_settings_list(settings, SAMPLES, error) : NULL;
    if (samples == NULL ||
        !sp_settings_double(settings, LEAST_PERSONS, 0.0, most_counted, &limits.least_persons,
                            error) ||
        !sp_settings_double(settings, LEAST_AARSVERK, 0.0, most_counted, &limits.least_aarsverk,
                            error) ||
        !sp_settings_double(settings, MOST_HIDDEN, 0.0, 1.0, &limits.most_hidden, error) ||
        !sp_hidden_limits_read(settings, &limits.hidden, error)) {
        return FALSE;
    }
    limits.samples = (const char *const *)samples;
    SpTable *values = sp_indikatorverdi(in, indicators, &limits, quality, error);
    if (values == NULL) {
        return FALSE;
    }
    sp_tables_add(out, values);
    return TRUE;
}

static gboolean explain_indicators(const SpTables *in, const SpSettings *settings,
                                   const SpCell *cell, SpExplanation *explanation, GError **error)
{
    (void)settings;
    g_autoptr(GPtrArray) indicators = read_indicators(in, error);
    return indicators != NULL && sp_lineage_value(in, indicators, cell, explanation, error);
}

static gboolean read_form(const SpSettings *settings, SpVariationForm *form, GError **error)
{
    gint64 replicates = 0;
    gint64 seed = 0;
    gint64 scv_kommuner = 0;
    gint64 headline_kommuner = 0;
    if (!sp_settings_double(settings, SCV_MINIMUM, 0.0, most_counted, &form->scv_minimum_expected,
                            error) ||
        !sp_settings_double(settings, LEAST_SHOWN, 0.0, most_counted, &form->least_shown, error) ||
        !sp_control_form_read(settings, &form->control, error) ||
        !sp_settings_int(settings, SCV_KOMMUNER, 1, most_kommuner, &scv_kommuner, error) ||
        !sp_settings_int(settings, HEADLINE_KOMMUNER, 2, most_kommuner, &headline_kommuner,
                         error) ||
        !sp_settings_int(settings, REPLICATES, 0, most_replicates, &replicates, error) ||
        !sp_settings_int(settings, SEED, 0, G_MAXINT64, &seed, error)) {
        return FALSE;
    }
    form->scv_minimum_kommuner = (guint)scv_kommuner;
    form->headline_minimum_kommuner = (guint)headline_kommuner;
    form->replicates = (guint)replicates;
    form->seed = (guint64)seed;
    form->n_threads = sp_settings_threads(settings);
    return TRUE;
}

static gboolean run_variation(const SpTables *in, const SpSettings *settings, SpTables *out,
                              SpQuality *quality, GError **error)
{
    g_autoptr(GPtrArray) indicators = read_indicators(in, error);
    if (indicators == NULL) {
        return FALSE;
    }
    SpVariationInput input = {.indicators = indicators};
    input.values = sp_tables_need(in, "indikatorverdi", error);
    input.regions = input.values != NULL ? sp_tables_need(in, "region", error) : NULL;
    input.neighbours = input.regions != NULL ? sp_tables_need(in, "naboer", error) : NULL;
    return input.neighbours != NULL && read_form(settings, &input.form, error) &&
           sp_variation(&input, out, quality, error);
}

static gboolean explain_variation(const SpTables *in, const SpSettings *settings,
                                  const SpCell *cell, SpExplanation *explanation, GError **error)
{
    (void)settings;
    g_autoptr(GPtrArray) indicators = read_indicators(in, error);
    return indicators != NULL && sp_lineage_variation(in, indicators, cell, explanation, error);
}

static const char *const indicator_keys[] = {
    LEAST_PERSONS, LEAST_AARSVERK, SAMPLES, MOST_HIDDEN, SP_HIDDEN_THRESHOLD, SP_HIDDEN_AARSVERK};

const SpTransform sp_transform_indicators = {
    .name = "indicators",
    .summary = "Indicators of the catalogue per kommune and period",
    .config_keys = indicator_keys,
    .n_config_keys = G_N_ELEMENTS(indicator_keys),
    .run = run_indicators,
    .explain = explain_indicators,
};

static const char *const variation_keys[] = {
    SCV_MINIMUM, SCV_KOMMUNER, HEADLINE_KOMMUNER, LEAST_SHOWN, SP_CONTROL_KEYS, REPLICATES, SEED};

const SpTransform sp_transform_variation = {
    .name = "variation",
    .summary = "Variation between kommuner and where each stands",
    .config_keys = variation_keys,
    .n_config_keys = G_N_ELEMENTS(variation_keys),
    .run = run_variation,
    .explain = explain_variation,
};
