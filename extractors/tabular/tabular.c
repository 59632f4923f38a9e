/* Tabular: any CSV file, or file of fixed records, whose layout says how it looks and what its columns
 * become. A new file needs no code. */
#include "extractors/extractor.h"
#include "extractors/fixed.h"

#include "core/error.h"
#include "core/io/csv.h"

static const char *const config_keys[] = {SP_FETCH_KEYS};

static SpFetched *fetch(const SpSettings *settings, const SpFetchContext *context, GError **error)
{
    g_autoptr(SpFetched) fetched =
        sp_fetch_url(settings, context, "text/csv, text/plain;q=0.9, */*;q=0.1", error);
    if (fetched == NULL) {
        return NULL;
    }
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    const char *kind = sp_fetch_describe(bytes, size);
    if (kind != NULL) {
        sp_error_set(
            error, SP_ERROR_DATA,
            "%s: %s, want CSV; give the address of the file itself, or save the sheet as CSV",
            fetched->url, kind);
        return NULL;
    }
    return g_steal_pointer(&fetched);
}

static gboolean parse(const char *bytes, gsize size, const char *origin, const SpLayout *layout,
                      const SpSettings *settings, SpSink *sink, char **updated, GError **error)
{
    (void)settings;
    *updated = NULL; /* a CSV does not tell; setting `updated` does */
    if (layout->record > 0) {
        return sp_fixed_parse(bytes, size, origin, layout, sink, error);
    }
    SpCsvForm form = {
        .origin = origin,
        .encoding = layout->encoding,
        .delimiter = layout->delimiter,
        .header_rows = layout->header_rows,
    };
    return sp_csv_parse(bytes, size, &form, sink, error);
}

const SpExtractor sp_extractor_tabular = {
    .name = "tabular",
    .summary = "any CSV file or file of fixed records, by a layout in config/layouts",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .fetch = fetch,
    .parse = parse,
};
