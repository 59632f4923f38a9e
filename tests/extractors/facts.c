/* Bytes to facts. */
#include "tests/extractors/facts.h"

#include "core/builder.h"
#include "extractors/extractor.h"
#include "tests/check.h"
#include "tests/extractors/lists.h"
#include "transforms/normalise/codes.h"

SpTable *facts_parse(const char *source, const char *name, const char *bytes, gsize size,
                     SpQuality *quality, GError **error)
{
    const SpExtractor *extractor = sp_extractors_find(source);
    g_autoptr(SpLayout) layout = lists_layout(name);
    g_autoptr(SpTables) maps = lists_of(NULL, layout);
    g_autoptr(SpSettings) settings = record_settings(extractor, "");
    g_autoptr(SpBuilder) builder = sp_builder_new(layout, name);
    g_autofree char *updated = NULL;
    if (!extractor->parse(&(SpDocument){bytes, size, name, layout, settings},
                          sp_builder_sink(builder), &updated, error)) {
        return NULL;
    }
    sp_builder_note(builder, quality);
    g_autoptr(SpTable) raw = sp_builder_steal(builder, error);
    return raw != NULL ? sp_normalise_codes(raw, layout, maps, quality, error) : NULL;
}

SpTable *facts_of(const char *source, const char *name, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpTable *table = facts_parse(source, name, text, strlen(text), quality, &error);
    assert_no_error(error);
    return table;
}

void facts_check_refused(const char *source, const char *name, const char *text, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = facts_parse(source, name, text, strlen(text), quality, &error);
    assert_null(table);
    assert_error(error, SP_ERROR_DATA, part);
}
