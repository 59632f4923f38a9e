/**
 * Findings against limits: what is only told, what is a warning, and what stops a dataset.
 *
 * A limit is a share: of the units or cells that were compared, or a relative change. Nothing is
 * stopped by a share of fewer than `minimum` compared ones, since one of four is no pattern.
 */
#ifndef SP_TRANSFORMS_NORMALISE_CONTROLS_JUDGE_H
#define SP_TRANSFORMS_NORMALISE_CONTROLS_JUDGE_H

#include "core/quality.h"

/** A finding above `warn` is noted, one above `stop` stops. Infinity: never. */
typedef struct {
    double warn;
    double stop;
} SpLimits;

/** "0.05 0.5", each a number >= 0 or "-" (never). FALSE for any other text, or a stop below the
 * warning; `limits` is then untouched. */
gboolean sp_limits_parse(const char *text, SpLimits *limits);

typedef struct {
    SpQuality *quality; /* borrowed */
    guint64 minimum;
    char *kind; /* of the first finding that stops; NULL: none does */
    char *why;  /* its text */
} SpJudge;

void sp_judge_init(SpJudge *judge, SpQuality *quality, guint64 minimum);
void sp_judge_clear(SpJudge *judge);

typedef enum { SP_VERDICT_PASS, SP_VERDICT_WARN, SP_VERDICT_STOP } SpVerdict;

/** "pass", "warn", "stop". */
const char *sp_verdict_word(SpVerdict verdict);

/** `n` of `of` compared are what `what` says: "kommuner repeat all figures". */
typedef struct {
    guint64 n;
    guint64 of;
    const char *what;
} SpShare;

/** Judges a share, and notes `kind` about `subject` unless it passes. */
SpVerdict sp_judge_share(SpJudge *judge, const char *kind, const char *subject, SpShare share,
                         const SpLimits *limits);
/** Judges a relative change (its size counts), from one figure to another. */
SpVerdict sp_judge_change(SpJudge *judge, const char *kind, const char *subject, double before,
                          double now, const SpLimits *limits);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpJudge, sp_judge_clear)

#endif
