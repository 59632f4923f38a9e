/** What parsing (number.c) and formatting (number_format.c) share; for those two alone. */
#ifndef SP_CORE_NUMBER_PARTS_H
#define SP_CORE_NUMBER_PARTS_H

/** 2^53: below it every whole number is a double. */
#define SP_NUMBER_EXACT_LIMIT 9007199254740992.0

/** The powers of ten that are doubles: one multiplication or division by them is correctly
 * rounded. */
enum { SP_NUMBER_MAX_POWER = 22 };
extern const double sp_number_powers[SP_NUMBER_MAX_POWER + 1];

#define SP_NUMBER_MINUS "\xE2\x88\x92"      /* U+2212 */
#define SP_NUMBER_NO_BREAK_SPACE "\xC2\xA0" /* U+00A0 */

#endif
