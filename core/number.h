/**
 * Numbers as text: the only module that parses or formats them. Independent of the process' locale.
 */
#ifndef SP_CORE_NUMBER_H
#define SP_CORE_NUMBER_H

#include <glib.h>

/** How a source writes numbers. */
typedef struct {
    char decimal;   /* '.' or ',' */
    char thousands; /* '\0' none; ' ' also takes no-break space and narrow no-break space (UTF-8) */
} SpNumberForm;

extern const SpNumberForm sp_number_plain;     /* 1234.5 */
extern const SpNumberForm sp_number_norwegian; /* 1 234,5 */

/**
 * Parses a whole text as one decimal number: optional sign (+, -, or the real minus U+2212),
 * digits, decimal part, exponent. A decimal sign is followed by a digit (".5" is a number, "5." is
 * not); thousands separators, where the form has them, stand before groups of exactly three digits
 * or not at all. Leading and trailing blanks are allowed, anything else (also "", "nan", "inf",
 * hexadecimal, a number too large or too small for a double, a text above SP_NUMBER_TEXT_MAX bytes)
 * returns FALSE and leaves `value`. Correctly rounded; never a negative zero. `text` [size] is not
 * NUL-terminated.
 */
enum { SP_NUMBER_TEXT_MAX = 400 };
gboolean sp_number_parse(const char *text, gsize size, SpNumberForm form, double *value);

/** Parses a whole number of at most 18 digits, sign allowed, nothing else. */
gboolean sp_number_parse_int(const char *text, gsize size, gint64 *value);

/**
 * Fixed-point numbers for exact sums: `value` is the number times 10^decimals (0-9). The text is an
 * optional sign, digits and, after `decimal` ('.' or ','), at most `decimals` more; blanks around
 * it are allowed. More decimals, more than 18 digits in all or anything else returns FALSE and
 * leaves `value`.
 */
gboolean sp_number_parse_fixed(const char *text, gsize size, char decimal, guint decimals,
                               gint64 *value);
/** The double nearest to value / 10^decimals (0-9). */
double sp_number_of_fixed(gint64 value, guint decimals);

/**
 * The canonical text of a finite number: whole numbers below 2^53 exactly, all else with 9
 * significant digits, rounded half to even on the decimal expansion of the double, no trailing
 * zeros, decimal point, exponent ("1.5e-08", "1e+20") only outside 1e-7 <= |x| < 1e16. This is the
 * rounding at stage boundaries (architecture: same inputs, same bytes): what it wrote, read and
 * written again, is the same text. Returns the length.
 */
enum { SP_NUMBER_SIZE = 32 };
gsize sp_number_format(double value, char buffer[SP_NUMBER_SIZE]);

/** The double that the canonical text of `value` reads back as: what a stage hands on is what the
 * next one reads. */
double sp_number_round(double value);

/** A finite number in full: whole numbers below 2^53 exactly, all else with the fewest of 15 to 17
 * significant digits that read back as the same double. For a reader who computes on; never at a
 * stage boundary. Returns the length. */
gsize sp_number_format_full(double value, char buffer[SP_NUMBER_SIZE]);

/**
 * Print form as in Statistics Norway's tables: `decimals` places (0-9, half to even on the decimal
 * expansion of the double), decimal comma, a no-break space (U+00A0) between thousands, also in
 * four-digit numbers ("1 234"), and a real minus sign (U+2212), which a number that rounds to 0
 * does not get. From 1e36 up the canonical text with a decimal comma. `value` is finite. Returns
 * the length in bytes.
 */
enum { SP_NUMBER_PRINT_SIZE = 96 };
gsize sp_number_print(double value, guint decimals, char buffer[SP_NUMBER_PRINT_SIZE]);

#endif
