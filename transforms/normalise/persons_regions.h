/** What the kommuner of person rows become, year by year. For persons*.c alone. */
#ifndef SP_TRANSFORMS_NORMALISE_PERSONS_REGIONS_H
#define SP_TRANSFORMS_NORMALISE_PERSONS_REGIONS_H

#include "transforms/normalise/persons.h"

/** A data year. */
typedef struct {
    const char *text; /* the period, borrowed */
    SpDay day;        /* whose division the kommuner are of */
    int year;
} SpPersonsPeriod;

enum { SP_PERSONS_MAX_PERIODS = 16 };

/** What kommuner become; shared by all parts of one sink. */
typedef struct SpPersonsRegions SpPersonsRegions;

/** `input` is borrowed for its life. */
SpPersonsRegions *sp_persons_regions_new(const SpPersonsInput *input);
void sp_persons_regions_free(SpPersonsRegions *regions);
/** Code of a row -> fylke on the target division (char* both); grows as codes are met. */
GHashTable *sp_persons_regions_fylker(const SpPersonsRegions *regions);
/** The code that rows of a kommune of that data year are counted under; NULL without error when
 * there was no such kommune on its day. The error ends the reading. g_free. */
char *sp_persons_regions_place(SpPersonsRegions *regions, const char *code,
                               const SpPersonsPeriod *period, GError **error);
/** The kommuner of the target division that a row's region is in, NULL-terminated: of a divided one
 * several, else NULL for the code itself. Borrowed. */
const char *const *sp_persons_regions_targets(const SpPersonsRegions *regions, const char *code);
/** "FYLKE PERIOD" (char*) of fylker that hold part of a kommune that was divided between fylker. */
GHashTable *sp_persons_regions_broken(const SpPersonsRegions *regions);

/** Before the code of a kommune that was divided after its data year, in the aggregation alone: the
 * same code may be another kommune's on the target division. */
#define SP_PERSONS_DIVIDED '/'

#endif
