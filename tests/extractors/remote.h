/** The tests of network sources: a dataset fetched from the fake upstream, then parsed. */
#ifndef SP_TESTS_EXTRACTORS_REMOTE_H
#define SP_TESTS_EXTRACTORS_REMOTE_H

#include "tests/check.h"
#include "tests/extractors/record.h"
#include "tests/upstream/fake.h"

/** Fetches with `host` set to the fake's, `below` its address. */
static inline SpFetched *remote_fetch(const FakeUpstream *fake, const char *source,
                                      const char *below, const char *lines, GError **error)
{
    g_autofree char *text =
        g_strdup_printf("host = %s%s\n%s", fake_upstream_url(fake), below, lines);
    return record_fetch(sp_extractors_find(source), text, error);
}

/** Parses what was fetched; the layout is for CSV. */
static inline Record *remote_parse(const SpFetched *fetched, const char *source,
                                   const SpLayout *layout)
{
    g_autoptr(GError) error = NULL;
    const SpExtractor *extractor = sp_extractors_find(source);
    g_autoptr(SpSettings) settings = record_settings(extractor, "");
    Record *record = record_new();
    g_autofree char *updated = NULL;
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    extractor->parse(&(SpDocument){bytes != NULL ? bytes : "", size, "fake", layout, settings},
                     &record->sink, &updated, &error);
    assert_no_error(error);
    return record;
}

static inline Record *remote_read(const FakeUpstream *fake, const char *source, const char *below,
                                  const char *lines)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpFetched) fetched = remote_fetch(fake, source, below, lines, &error);
    assert_no_error(error);
    return remote_parse(fetched, source, NULL);
}

/** What goes wrong at a server, as fake_upstream_fault wants it. */
typedef struct {
    const char *where, *words;
} RemoteFault;

/** Fails unless the fault makes fetching fail with `code` and a text that holds
 * `part`. */
static inline void remote_check_refused(RemoteFault fault, const char *source, const char *below,
                                        const char *lines, SpErrorCode code, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(FakeUpstream) fake = fake_upstream_start(&error);
    assert_no_error(error);
    assert_true(fake_upstream_fault(fake, fault.where, fault.words, NULL));
    g_autoptr(SpFetched) fetched = remote_fetch(fake, source, below, lines, &error);
    if (fetched != NULL || !g_error_matches(error, SP_ERROR, (int)code) ||
        strstr(error->message, part) == NULL) {
        fail_msg("%s %s: error %d \"%s\", want %d with \"%s\"", fault.where, fault.words,
                 error != NULL ? error->code : 0, error != NULL ? error->message : "none",
                 (int)code, part);
    }
}

static inline FakeUpstream *remote_start(void)
{
    g_autoptr(GError) error = NULL;
    FakeUpstream *fake = fake_upstream_start(&error);
    assert_no_error(error);
    return fake;
}

#endif
