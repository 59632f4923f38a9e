/* Nothing is kept of a row. */
#include "extractors/discard.h"

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    (void)sink;
    (void)names;
    (void)n;
    (void)error;
    return TRUE;
}

static gboolean row(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    (void)number;
    (void)fields;
    (void)n;
    (void)error;
    ((SpDiscard *)sink)->n_rows++;
    return TRUE;
}

SpDiscard sp_discard(void)
{
    return (SpDiscard){.sink = {.begin = begin, .row = row}};
}

gboolean sp_discard_answer(const SpFetched *fetched, SpAnswerReader read, GError **error)
{
    gsize size = 0;
    const char *bytes = g_bytes_get_data(fetched->bytes, &size);
    SpDiscard nowhere = sp_discard();
    return read(bytes, size, fetched->url, &nowhere.sink, error);
}
