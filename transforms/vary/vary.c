/* Descriptors of the transforms of vary. */
#include "transforms/vary/vary.h"

#include "core/error.h"
#include "core/number.h"
#include "transforms/vary/catalogue.h"
#include "transforms/vary/indicator.h"
#include "transforms/vary/lineage.h"
#include "transforms/vary/variation.h"

#include <string.h>

#define SCV_MINIMUM "vary.scv_minimum_expected"

static GPtrArray *read_indicators(const SpTables *in, GError **error)
{
    const SpTable *table = sp_tables_need(in, "indikator", error);
    return table != NULL ? sp_indicators_read(table, error) : NULL;
}

static gboolean run_indicators(const SpTables *in, const SpSettings *settings, SpTables *out,
                               SpQuality *quality, GError **error)
{
    (void)settings;
    g_autoptr(GPtrArray) indicators = read_indicators(in, error);
    SpTable *values = indicators != NULL ? sp_indikatorverdi(in, indicators, quality, error) : NULL;
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

static gboolean read_minimum(const SpSettings *settings, double *minimum, GError **error)
{
    const char *text = NULL;
    if (!sp_settings_text_or(settings, SCV_MINIMUM, "5", &text, error)) {
        return FALSE;
    }
    if (!sp_number_parse(text, strlen(text), sp_number_plain, minimum) || *minimum < 0.0) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            SCV_MINIMUM " is \"%s\", want a number of persons, 0 or more", text);
    }
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
    return input.regions != NULL && read_minimum(settings, &input.scv_minimum_expected, error) &&
           sp_variation(&input, out, quality, error);
}

static gboolean explain_variation(const SpTables *in, const SpSettings *settings,
                                  const SpCell *cell, SpExplanation *explanation, GError **error)
{
    (void)settings;
    g_autoptr(GPtrArray) indicators = read_indicators(in, error);
    return indicators != NULL && sp_lineage_variation(indicators, cell, explanation, error);
}

const SpTransform sp_transform_indicators = {
    .name = "indicators",
    .summary = "Indicators of the catalogue per kommune and period",
    .run = run_indicators,
    .explain = explain_indicators,
};

static const char *const variation_keys[] = {SCV_MINIMUM};

const SpTransform sp_transform_variation = {
    .name = "variation",
    .summary = "Variation between kommuner and where each stands",
    .config_keys = variation_keys,
    .n_config_keys = G_N_ELEMENTS(variation_keys),
    .run = run_variation,
    .explain = explain_variation,
};
