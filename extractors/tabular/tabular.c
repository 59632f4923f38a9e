/* Tabular: any CSV file, file of fixed records or workbook, whose layout says how it looks and what
 * its columns become. A new file needs no code. */
#include "extractors/extractor.h"

#include "core/error.h"
#include "core/io/sheets.h"

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
    SpSheetsKind is = sp_sheets_detect(bytes, size);
    const char *kind =
        is == SP_SHEETS_XLSX || is == SP_SHEETS_XLS ? NULL : sp_fetch_describe(bytes, size);
    if (kind != NULL) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: %s, want CSV or a workbook; give the address of the file itself, or save "
                     "the sheet as CSV",
                     fetched->url, kind);
        return NULL;
    }
    return g_steal_pointer(&fetched);
}

static gboolean parse(const SpDocument *document, SpSink *sink, char **updated, GError **error)
{
    *updated = NULL; /* none of them tells; setting `updated` does */
    return sp_file_parse(document->bytes, document->size, document->origin, document->layout, sink,
                         error);
}

const SpExtractor sp_extractor_tabular = {
    .name = "tabular",
    .summary = "any CSV file, file of fixed records or workbook, by a layout in config/layouts",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .fetch = fetch,
    .parse = parse,
};
