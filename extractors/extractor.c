/* The registry of sources. */
#include "extractors/extractor.h"

#include "core/error.h"

#include <string.h>

#define SP_EXTRACTOR(name) extern const SpExtractor sp_extractor_##name;
#include "extractors/registry.def"
#undef SP_EXTRACTOR

static const SpExtractor *const registry[] = {
#define SP_EXTRACTOR(name) &sp_extractor_##name,
#include "extractors/registry.def"
#undef SP_EXTRACTOR
};

gsize sp_extractors_size(void)
{
    return G_N_ELEMENTS(registry);
}

const SpExtractor *sp_extractors_at(gsize i)
{
    g_assert(i < G_N_ELEMENTS(registry));
    return registry[i];
}

const SpExtractor *sp_extractors_find(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(registry); i++) {
        if (strcmp(registry[i]->name, name) == 0) {
            return registry[i];
        }
    }
    return NULL;
}

void sp_fetched_free(SpFetched *fetched)
{
    if (fetched == NULL) {
        return;
    }
    g_clear_pointer(&fetched->bytes, g_bytes_unref);
    g_free(fetched->url);
    g_free(fetched->updated);
    g_free(fetched->suffix);
    g_free(fetched->question);
    g_free(fetched->etag);
    g_free(fetched->modified);
    g_free(fetched->title);
    g_clear_pointer(&fetched->notes, g_ptr_array_unref);
    g_free(fetched);
}

void sp_fetched_note(SpFetched *fetched, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (fetched->notes == NULL) {
        fetched->notes = g_ptr_array_new_with_free_func(g_free);
    }
    g_ptr_array_add(fetched->notes, g_strdup_vprintf(format, arguments));
    va_end(arguments);
}

SpFetched *sp_fetch_by_hand(const SpSettings *settings, const SpFetchContext *context,
                            GError **error)
{
    (void)settings;
    (void)context;
    sp_error_set(
        error, SP_ERROR_CONFIG,
        "the source is person-level: its files come by hand; set `inbox` to the pattern of "
        "their names");
    return NULL;
}

gboolean sp_parse_not_whole(const SpDocument *document, SpSink *sink, char **updated,
                            GError **error)
{
    (void)sink;
    *updated = NULL;
    return sp_error_set(error, SP_ERROR_CONFIG,
                        "%s: the source is person-level, but layout %s has no [persons]",
                        document->origin, document->layout->name);
}
