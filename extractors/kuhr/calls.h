/**
 * The calls that make one dataset of Helfo's open KUHR data: one for years, one for every 13
 * months, which is all that the service answers at a time.
 */
#ifndef SP_EXTRACTORS_KUHR_CALLS_H
#define SP_EXTRACTORS_KUHR_CALLS_H

#include <glib.h>

/** What is asked for, as settings say it. NULL or "" where nothing is set. */
typedef struct {
    const char *host;
    const char *call;       /* kommune/ar, kommune/maned, fylke/..., landet/... */
    const char *fagomraade; /* LE ... */
    const char *from;       /* 2019, or 2018-05 for months */
    const char *to;         /* included */
    const char *takstkoder; /* codes parted by commas */
    const char *regioner;   /* kommuner or fylker, by the call */
    const char *praksistyper;
    gboolean is_csv;
} SpKuhrQuestion;

/** Addresses in the order of time: char*. NULL with SP_ERROR_CONFIG: no such call, a period that is
 * none or ends before it begins, regions for the whole country. g_ptr_array_unref. */
GPtrArray *sp_kuhr_calls(const SpKuhrQuestion *question, GError **error);

#endif
