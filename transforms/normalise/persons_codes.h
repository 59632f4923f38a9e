/**
 * The codes of person rows: each text of a column is looked into once in each data year and then
 * known by number. For persons*.c alone.
 */
#ifndef SP_TRANSFORMS_NORMALISE_PERSONS_CODES_H
#define SP_TRANSFORMS_NORMALISE_PERSONS_CODES_H

#include "transforms/normalise/persons_regions.h"

/** One column of codes. */
typedef struct SpPersonsCodes SpPersonsCodes;

/** `column` is of role region, birth_year, age or code, and borrowed. SP_ERROR_CONFIG. */
SpPersonsCodes *sp_persons_codes_new(const SpLayoutColumn *column, const SpPersonsInput *input,
                                     SpPersonsRegions *regions, GError **error);
void sp_persons_codes_free(SpPersonsCodes *codes);

/** Our codes, by their numbers; grows as they are met. Borrowed. */
const SpCodes *sp_persons_codes_dictionary(const SpPersonsCodes *codes);

/** TRUE if some row could have that code, as far as the code list or the bands tell. */
gboolean sp_persons_codes_can_be(const SpPersonsCodes *codes, const char *code);

/** A field's code by its number, or the rule that it breaks. */
typedef struct {
    guint32 code;
    const char *rule; /* NULL: none; unknown_code, age_outside, outside_filter: there is no code */
} SpPersonsFound;

/** The code of a field in period number `i`. FALSE with an error that ends the reading. */
gboolean sp_persons_codes_find(SpPersonsCodes *codes, const SpField *field, guint i,
                               const SpPersonsPeriod *period, SpPersonsFound *found,
                               GError **error);

/** The number of the text that was asked for last, from 0 in the order in which texts were met. */
guint32 sp_persons_codes_last(const SpPersonsCodes *codes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPersonsCodes, sp_persons_codes_free)

#endif
