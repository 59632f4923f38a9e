/** The rows of a table of persons, history or projection, as arrays. */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_PERSON_ROWS_H
#define SP_TRANSFORMS_PROJECT_POPULATION_PERSON_ROWS_H

#include "transforms/project/population/rates.h"

/** Arrays are [n_rows of the table] and borrowed from it, as are the dictionaries. */
typedef struct {
    const SpTable *table;
    const SpCodes *region_codes;
    const SpCodes *sex_codes;
    const SpCodes *period_codes;
    const guint32 *region; /* code numbers */
    const guint32 *sex;
    const guint32 *age;
    const guint32 *period;
    const SpReal *persons;
    gint32 *sexes; /* by code number as sp_sexes_of_codes, ours */
    gint32 *ages;  /* by code number as sp_ages_of_codes, ours */
} SpPersonRows;

/** For a table region, kjonn, alder, period · innbyggere; SP_ERROR_DATA when a column is not there.
 * `rows` may be cleared whether it succeeds or not. */
gboolean sp_person_rows_init(SpPersonRows *rows, const SpTable *table, GError **error);
void sp_person_rows_clear(SpPersonRows *rows);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpPersonRows, sp_person_rows_clear)

#endif
