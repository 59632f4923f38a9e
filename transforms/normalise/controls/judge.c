/* Limits and what crosses them. */
#include "transforms/normalise/controls/judge.h"

#include "core/number.h"

#include <float.h>
#include <math.h>
#include <string.h>

static gboolean parse_limit(const char *text, double *limit)
{
    if (strcmp(text, "-") == 0) {
        *limit = HUGE_VAL;
        return TRUE;
    }
    return sp_number_parse(text, strlen(text), sp_number_plain, limit) && *limit >= 0.0;
}

gboolean sp_limits_parse(const char *text, SpLimits *limits)
{
    SpLimits parsed;
    g_auto(GStrv) parts = g_strsplit(text, " ", -1);
    if (g_strv_length(parts) != 2 || !parse_limit(parts[0], &parsed.warn) ||
        !parse_limit(parts[1], &parsed.stop) || parsed.stop < parsed.warn) {
        return FALSE;
    }
    *limits = parsed;
    return TRUE;
}

void sp_judge_init(SpJudge *judge, SpQuality *quality, guint64 minimum)
{
    *judge = (SpJudge){.quality = quality, .minimum = minimum};
}

void sp_judge_clear(SpJudge *judge)
{
    g_clear_pointer(&judge->kind, g_free);
    g_clear_pointer(&judge->why, g_free);
}

const char *sp_verdict_word(SpVerdict verdict)
{
    static const char *const words[] = {
        [SP_VERDICT_PASS] = "pass", [SP_VERDICT_WARN] = "warn", [SP_VERDICT_STOP] = "stop"};
    return words[verdict];
}

static SpVerdict conclude(SpJudge *judge, const char *kind, const char *subject, double size,
                          const SpLimits *limits, const char *text)
{
    if (!(size > limits->warn)) {
        return SP_VERDICT_PASS;
    }
    gboolean is_stop = size > limits->stop;
    g_autofree char *whole = NULL;
    if (is_stop) {
        char limit[SP_NUMBER_SIZE];
        sp_number_format(limits->stop, limit);
        whole = g_strdup_printf("%s, the limit is %s", text, limit);
    } else {
        whole = g_strdup(text);
    }
    sp_quality_note(judge->quality, kind, subject, 0, "%s", whole);
    if (is_stop && judge->why == NULL) {
        judge->kind = g_strdup(kind);
        judge->why = g_strdup_printf("%s: %s", subject, whole);
    }
    return is_stop ? SP_VERDICT_STOP : SP_VERDICT_WARN;
}

SpVerdict sp_judge_share(SpJudge *judge, const char *kind, const char *subject, SpShare share,
                         const SpLimits *limits)
{
    if (share.n == 0 || share.of == 0) {
        return SP_VERDICT_PASS;
    }
    const SpLimits of_few = {limits->warn, INFINITY};
    g_autofree char *text = g_strdup_printf("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " %s",
                                            share.n, share.of, share.what);
    return conclude(judge, kind, subject, (double)share.n / (double)share.of,
                    share.of < judge->minimum ? &of_few : limits, text);
}

SpVerdict sp_judge_change(SpJudge *judge, const char *kind, const char *subject, double before,
                          double now, const SpLimits *limits)
{
    if (before == 0.0) {
        return SP_VERDICT_PASS; /* a change from nothing has no size */
    }
    /* A sum of figures that nobody can have counted may be beyond all numbers, and has no text. */
    before = CLAMP(before, -DBL_MAX, DBL_MAX);
    now = CLAMP(now, -DBL_MAX, DBL_MAX);
    char from[SP_NUMBER_SIZE];
    char to[SP_NUMBER_SIZE];
    sp_number_format(before, from);
    sp_number_format(now, to);
    g_autofree char *text = g_strdup_printf("from %s to %s", from, to);
    return conclude(judge, kind, subject, fabs(now / before - 1.0), limits, text);
}
