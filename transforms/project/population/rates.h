/**
 * National rates by year, read from the tables `doedelighet` and `fruktbarhet`. Years from the base
 * on are not read at all: a projection made on an earlier base sees what was known then.
 */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_RATES_H
#define SP_TRANSFORMS_PROJECT_POPULATION_RATES_H

#include "core/table.h"
#include "transforms/project/population/cohort.h"

enum {
    SP_N_AGES = 106,      /* of persons: 0-104 and 105 or older */
    SP_N_RATE_AGES = 111, /* of mortality rates: 0-109 and 110 or older */
    SP_WHOLE_AGES = 100,  /* a year of mortality counts when all ages below this have figures */
};

/** Deaths and exposure of one year. */
typedef struct {
    int year;
    double exposure[SP_N_SEXES][SP_N_RATE_AGES]; /* person-years */
    double deaths[SP_N_SEXES][SP_N_RATE_AGES];
    double rate[SP_N_SEXES][SP_N_RATE_AGES]; /* deaths per person-year, as the source gives it */
} SpDeathYear;

/**
 * Mortality before a year: SpDeathYear by rising year; owned by the caller (g_array_unref). A year
 * with a hole below age 100, or without people at an age there, is left out. Ages above count 0
 * where the table has no figure.
 *
 *   table  `doedelighet`: kjonn (1, 2), alder (000-110), period (year) · middelfolkemengde, doede,
 * doedsrate SP_ERROR_NO_INPUT when no year before `before` is whole; SP_ERROR_DATA on a missing
 * column.
 */
GArray *sp_death_years_new(const SpTable *table, int before, GError **error);
/** The year's element, NULL if absent. */
const SpDeathYear *sp_death_years_find(const GArray *years, int year);

/** Births per woman by her age (0 where she has none). */
typedef struct {
    int year;
    double rate[SP_N_AGES];
} SpBirthYear;

/**
 * Fertility before a year: SpBirthYear by rising year; owned by the caller (g_array_unref).
 *
 *   table  `fruktbarhet`: alder, period (year) · fruktbarhetsrate; ages not in the table have no
 * births SP_ERROR_NO_INPUT when there is no year before `before`; SP_ERROR_DATA on a missing column
 * or a rate that is not a number.
 */
GArray *sp_birth_years_new(const SpTable *table, int before, GError **error);
/** The newest element not after `year`; the oldest if all are after. */
const SpBirthYear *sp_birth_years_at(const GArray *years, int year);

/* Reading of codes, once per code of a dictionary: [sp_codes_size], owned by the caller (g_free).
 * -1 where the code is another. */
/** kjonn "1" and "2" as SP_MEN and SP_WOMEN. */
gint32 *sp_sexes_of_codes(const SpCodes *codes);
/** The age of a code of three digits, 0 ... n_ages - 1; -1 for all else (bands, "+01"). */
gint32 sp_age_of_code(const char *text, guint n_ages);
/** Single ages; bands give -1. */
gint32 *sp_ages_of_codes(const SpCodes *codes, guint n_ages);
/** The year of whole-year periods (`as_stock` FALSE) or of dates on 1 January (TRUE). */
gint32 *sp_years_of_codes(const SpCodes *codes, gboolean as_stock);

#endif
