/* Rows to several sinks. */
#include "core/tee.h"

struct SpTee {
    SpSink sink; /* first: a pointer to it is one to the tee */
    SpSink **sinks;
    gsize n;
};

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    const SpTee *tee = (const SpTee *)sink;
    for (gsize i = 0; i < tee->n; i++) {
        if (!tee->sinks[i]->begin(tee->sinks[i], names, n, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean row(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    const SpTee *tee = (const SpTee *)sink;
    for (gsize i = 0; i < tee->n; i++) {
        if (!tee->sinks[i]->row(tee->sinks[i], number, fields, n, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

SpTee *sp_tee_new(SpSink *const sinks[], gsize n)
{
    SpTee *tee = g_new0(SpTee, 1);
    tee->sink = (SpSink){.begin = begin, .row = row};
    tee->sinks = g_new(SpSink *, n);
    tee->n = n;
    for (gsize i = 0; i < n; i++) {
        tee->sinks[i] = sinks[i];
    }
    return tee;
}

SpSink *sp_tee_sink(SpTee *tee)
{
    return &tee->sink;
}

void sp_tee_free(SpTee *tee)
{
    if (tee != NULL) {
        g_free(tee->sinks);
        g_free(tee);
    }
}
