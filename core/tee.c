/* Rows to several sinks. */
#include "core/tee.h"

struct SpTee {
    SpSink sink; /* first: a pointer to it is one to the tee */
    SpSink **sinks;
    gsize n;
    SpSink *observer; /* NULL: none */
    GError *failure;  /* of a sink, while the observer goes on */
};

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    const SpTee *tee = (const SpTee *)sink;
    if (tee->observer != NULL && !tee->observer->begin(tee->observer, names, n, error)) {
        return FALSE;
    }
    for (gsize i = 0; i < tee->n; i++) {
        if (!tee->sinks[i]->begin(tee->sinks[i], names, n, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean row_to_sinks(const SpTee *tee, guint64 number, const SpField fields[], gsize n,
                             GError **error)
{
    for (gsize i = 0; i < tee->n; i++) {
        if (!tee->sinks[i]->row(tee->sinks[i], number, fields, n, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean row(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    SpTee *tee = (SpTee *)sink;
    if (tee->observer == NULL) {
        return row_to_sinks(tee, number, fields, n, error);
    }
    if (tee->failure == NULL) {
        (void)row_to_sinks(tee, number, fields, n, &tee->failure);
    }
    return tee->observer->row(tee->observer, number, fields, n, error);
}

static void sheet(SpSink *sink, const char *name, gboolean is_read)
{
    const SpTee *tee = (const SpTee *)sink;
    for (gsize i = 0; i <= tee->n; i++) {
        SpSink *each = i < tee->n ? tee->sinks[i] : tee->observer;
        if (each != NULL && each->sheet != NULL) {
            each->sheet(each, name, is_read);
        }
    }
}

SpTee *sp_tee_new(SpSink *const sinks[], gsize n)
{
    SpTee *tee = g_new0(SpTee, 1);
    tee->sink = (SpSink){.begin = begin, .row = row, .sheet = sheet};
    tee->sinks = g_new(SpSink *, n);
    tee->n = n;
    for (gsize i = 0; i < n; i++) {
        tee->sinks[i] = sinks[i];
    }
    return tee;
}

void sp_tee_observe(SpTee *tee, SpSink *observer)
{
    tee->observer = observer;
}

SpSink *sp_tee_sink(SpTee *tee)
{
    return &tee->sink;
}

gboolean sp_tee_check(SpTee *tee, GError **error)
{
    if (tee->failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&tee->failure));
        return FALSE;
    }
    return TRUE;
}

void sp_tee_free(SpTee *tee)
{
    if (tee != NULL) {
        g_clear_error(&tee->failure);
        g_free(tee->sinks);
        g_free(tee);
    }
}
