/** Population by kommune, day, sex and age, looked up to weigh the parts of a divided kommune. */
#ifndef SP_TRANSFORMS_NORMALISE_WEIGHTS_H
#define SP_TRANSFORMS_NORMALISE_WEIGHTS_H

#include "core/period.h"
#include "core/table.h"

typedef struct SpWeights SpWeights;

/**
 * Borrows `table` for its life: code columns region and period (dates; other periods are not read),
 * measure innbyggere, and if they are there kjonn (1, 2, 0 both) and alder (three digits).
 * SP_ERROR_DATA when a column is not there.
 */
SpWeights *sp_weights_new(const SpTable *table, GError **error);
void sp_weights_free(SpWeights *weights);

/** TRUE when the table is a population by region, period and at most sex and age: it can weigh
 * itself. */
gboolean sp_weights_fit(const SpTable *table);

/** The first date in the table that is not before `day`; 0 if there is none. */
SpDay sp_weights_day_from(const SpWeights *weights, SpDay day);
/** The last date in the table before `day`; 0 if there is none. */
SpDay sp_weights_day_before(const SpWeights *weights, SpDay day);

/** Persons of one kommune on one day. Cells that hold no number count as nobody. */
typedef struct SpPersons SpPersons;
/** NULL if the table has no number for that kommune on that day. Borrowed from `weights`. */
const SpPersons *sp_weights_find(SpWeights *weights, const char *region, SpDay day);

/**
 *   kjonn  "1", "2"; all else, also NULL, is both
 *   alder  "080", a band "067-079", or NULL for all ages; what is none of these is all ages
 */
double sp_persons_count(const SpPersons *persons, const char *kjonn, const char *alder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpWeights, sp_weights_free)

#endif
