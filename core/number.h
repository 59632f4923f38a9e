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
 * Parses a whole text as one decimal number: optional sign, digits, decimal part, exponent. Leading and trailing blanks are
 * allowed, anything else (also "", "nan", "inf", hexadecimal, a number beyond double) returns FALSE and leaves `value`.
 *   text [size]  not NUL-terminated
 */
gboolean sp_number_parse(const char *text, gsize size, SpNumberForm form, double *value);

/** Parses a whole number of at most 18 digits, sign allowed, nothing else. */
gboolean sp_number_parse_int(const char *text, gsize size, gint64 *value);

/**
 * The canonical text of a finite number: whole numbers below 2^53 exactly, all else with 9 significant digits, rounded half to
 * even on the decimal expansion of the double, no trailing zeros, decimal point, exponent only outside 1e-7 <= |x| < 1e15
 * ("1.5e-08"). This is the rounding at stage boundaries (architecture: same inputs, same bytes). Returns the length.
 */
enum { SP_NUMBER_SIZE = 32 };
gsize sp_number_format(double value, char buffer[SP_NUMBER_SIZE]);

/** The double that the canonical text of `value` reads back as: what a stage hands on is what the next one reads. */
double sp_number_round(double value);

/** Norwegian print form: `decimals` places (0-9), decimal comma, no-break space between thousands from 10 000 up... and a real
 * minus sign (U+2212). Returns the length in bytes; `buffer` has room for SP_NUMBER_PRINT_SIZE. */
enum { SP_NUMBER_PRINT_SIZE = 96 };
gsize sp_number_print(double value, guint decimals, char buffer[SP_NUMBER_PRINT_SIZE]);

#endif
