/**
 * A figure: a value, what kind of figure it is (status), and what a reader should know about it
 * (flags). A missing value is never a magic number: `value` is 0 whenever the status is not
 * SP_PRESENT.
 *
 * Source of the signs: Statistics Norway's standard signs in tables (ssb.no), as in
 * docs/methods/status.md.
 */
#ifndef SP_CORE_REAL_H
#define SP_CORE_REAL_H

#include <glib.h>

typedef enum {
    SP_PRESENT,        /* ""    a figure, not exactly 0 */
    SP_ZERO,           /* "-"   exactly 0 */
    SP_BELOW_UNIT,     /* "0"   less than half the unit shown; adds 0 */
    SP_NOT_APPLICABLE, /* "."   cannot occur, e.g. a kommune outside its lifetime; sums skip it */
    SP_PENDING,        /* "..." not yet available */
    SP_MISSING,        /* ".."  basis missing, not received or too uncertain */
    SP_SUPPRESSED,     /* ":"   withheld for confidentiality */
} SpStatus;            /* in order of strength: a sum takes the strongest of the last three */

typedef enum {
    SP_FLAG_PROVISIONAL = 1,  /* "p" revised figures will come */
    SP_FLAG_MODELLED = 2,     /* "m" estimated by us or by the source */
    SP_FLAG_CARRIED_OVER = 4, /* "c" not reported; an earlier figure stands in */
    SP_FLAG_BREAK_BEFORE = 8, /* "b" not comparable with the period before */
    SP_FLAG_STALE = 16,       /* "s" the source failed; yesterday's figure stands in */
    SP_FLAG_SAMPLE = 32,      /* "u" of a draw of the persons alone: counts are too low */
    SP_FLAG_ROUNDED = 64,     /* "r" small counts are rounded so that nobody is known by them */
} SpFlags;

typedef struct {
    double value;  /* 0 unless status is SP_PRESENT */
    guint8 status; /* an SpStatus */
    guint8 flags;  /* or-ed SpFlags */
} SpReal;

/** A figure from a number: exact 0 becomes SP_ZERO, a NaN or infinity SP_MISSING. */
SpReal sp_real(double value);
/** The same with flags (or-ed SpFlags). */
SpReal sp_real_flagged(double value, guint flags);
/** later − earlier, and exactly 0 where that is less than 1e-9 of the larger of the two: what is
 * left of equal numbers by rounding is no change, and must not look like one. */
double sp_real_change(double earlier, double later);
/** A figure without a value. `status` is not SP_PRESENT. */
SpReal sp_real_none(SpStatus status);

/** TRUE when there is a number to compute with: SP_PRESENT, SP_ZERO or SP_BELOW_UNIT (which counts
 * as 0). */
gboolean sp_real_is_number(SpReal real);

/**
 * Sums over figures. Not-applicable cells are skipped (all not applicable: not applicable);
 * suppressed, missing and pending propagate, the strongest of them; below-unit cells add 0; flags
 * of all added cells are or-ed. A sum of 0 made only of below-unit and zero cells with at least one
 * below unit is SP_BELOW_UNIT. Added in array order.
 */
SpReal sp_real_sum(const SpReal reals[], gsize n);
SpReal sp_real_add(SpReal a, SpReal b);

/**
 * Rate per `per` of a denominator. A suppressed, missing or pending input gives the stronger
 * status; a denominator of zero, below unit or not applicable gives SP_NOT_APPLICABLE, never
 * infinity. Flags are or-ed.
 */
SpReal sp_real_rate(SpReal numerator, SpReal denominator, double per);

/** The sign of a status ("" for SP_PRESENT), and back. `find` returns FALSE for any other text. */
const char *sp_status_sign(SpStatus status);
gboolean sp_status_find(const char *sign, SpStatus *status);

/** Letters of the flags in the fixed order p m c b s u r, "" for none; `buffer` has room for
 * SP_FLAGS_TEXT_SIZE. */
enum { SP_FLAGS_TEXT_SIZE = 8 };
const char *sp_flags_format(guint flags, char buffer[SP_FLAGS_TEXT_SIZE]);
/** Back; FALSE, `flags` untouched, for another letter. */
gboolean sp_flags_parse(const char *text, guint8 *flags);

#endif
