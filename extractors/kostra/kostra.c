/*
 * KOSTRA: accounts of kommuner as they are sent to SSB, records of 48 characters. The layout tells
 * where the fields stand (positions moved between years in other forms: a layout belongs to a
 * year); the controls are SSB's own.
 */
#include "extractors/extractor.h"
#include "extractors/fixed.h"
#include "extractors/kostra/controls.h"

#include "core/error.h"

static const char *const config_keys[] = {SP_FETCH_KEYS, "skjema", "kontoklasse", "aargang",
                                          "periode"};

static SpFetched *fetch(const SpSettings *settings, const SpFetchContext *context, GError **error)
{
    g_autoptr(SpFetched) fetched = sp_fetch_url(settings, context, "text/plain, */*;q=0.1", error);
    if (fetched == NULL) {
        return NULL;
    }
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    const char *kind = sp_fetch_describe(bytes, size);
    if (kind != NULL) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: %s, want records of accounts; give the address of the file itself",
                     fetched->url, kind);
        return NULL;
    }
    return g_steal_pointer(&fetched);
}

static gboolean parse(const SpDocument *document, SpSink *sink, char **updated, GError **error)
{
    *updated = NULL; /* the records do not tell; the receipt or setting `updated` does */
    g_autoptr(SpKostraControls) controls =
        sp_kostra_controls_new(document->settings, document->origin, sink, error);
    return controls != NULL &&
           sp_fixed_parse(document->bytes, document->size, document->origin, document->layout,
                          sp_kostra_controls_sink(controls), error) &&
           sp_kostra_controls_close(controls, error);
}

const SpExtractor sp_extractor_kostra = {
    .name = "kostra",
    .summary = "accounts of kommuner, records of 48 characters under SSB's controls",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .fetch = fetch,
    .parse = parse,
};
