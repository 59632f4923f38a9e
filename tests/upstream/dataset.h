/** A dataset fetched from the fake by the house's own extractors, and what it is then read into. */
#ifndef SP_TESTS_UPSTREAM_DATASET_H
#define SP_TESTS_UPSTREAM_DATASET_H

#include "extractors/extractor.h"

#include "tests/extractors/record.h"
#include "tests/upstream/client.h"

/** Settings lines with `host` set to the fake's. g_free. */
static inline char *dataset_lines(const FakeUpstream *fake, const char *below, const char *lines)
{
    return g_strdup_printf("host = %s%s\n%s", fake_upstream_url(fake), below, lines);
}

static inline SpFetched *dataset_fetch(const FakeUpstream *fake, const char *source,
                                       const char *below, const char *lines,
                                       const SpFetchContext *context, GError **error)
{
    const SpExtractor *extractor = sp_extractors_find(source);
    g_autofree char *text = dataset_lines(fake, below, lines);
    g_autoptr(SpSettings) settings = record_settings(extractor, text);
    return extractor->fetch(settings, context, error);
}

static inline Record *dataset_read(const char *source, const SpFetched *fetched, char **updated)
{
    g_autoptr(GError) error = NULL;
    const SpExtractor *extractor = sp_extractors_find(source);
    g_autoptr(SpSettings) settings = record_settings(extractor, "url = a");
    Record *record = record_new();
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    extractor->parse(&(SpDocument){bytes, size, "fake", NULL, settings}, &record->sink, updated,
                     &error);
    assert_no_error(error);
    return record;
}

/** Its cells, sorted, as "name=code name=code: value status" lines: what is the same in whatever
 * order and form it came. g_free. */
char *dataset_cells(const char *source, const SpFetched *fetched);

/** A folder with one snapshot in it, as the pipeline would tell of it. */
typedef struct {
    char *folder;
    char *path;
    SpFetchNewest newest;
} Kept;

/** `fetched` is borrowed for the life of what comes back. */
Kept *dataset_keep(const SpFetched *fetched);
void dataset_forget(Kept *kept);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Kept, dataset_forget)

#endif
