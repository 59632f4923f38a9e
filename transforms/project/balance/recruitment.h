/**
 * KS' recruitment need, on arrays: what must be hired to grow as the need does and to replace those
 * who leave. Source: KS' rekrutteringsmodell as described in projections.md §9 of the design;
 * docs/methods/balance.md#recruitment.
 */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_RECRUITMENT_H
#define SP_TRANSFORMS_PROJECT_BALANCE_RECRUITMENT_H

#include <glib.h>

enum { SP_RECRUITMENT_YEARS = 10 }; /* KS' horizon */

/** Need from day 0 to a later day, in the unit of the staff. recruited = growth + replaced. */
typedef struct {
    double growth;   /* staff needed then less staff on day 0; negative when less is needed */
    double replaced; /* those who left in the years between */
} SpRecruitment;

/** Share of a staff that leaves in a year: the mean of the bands' rates, weighted by their staff
 * (persons or årsverk, >= 0); 0 without staff. */
double sp_exit_rate(gsize n_bands, const double staff[], const double rate[]);

/**
 * Cumulated need. The ages of the staff are held as they are in the base, so one rate serves.
 *
 *   staff      [n_years + 1] needed on day 0 and each of the following, >= 0
 *   exit_rate  share that leaves in a year, 0-1: those on the day that begins it
 *   need       [n_years + 1] filled; need[0] is 0
 */
void sp_recruitment(gsize n_years, const double staff[], double exit_rate, SpRecruitment need[]);

#endif
