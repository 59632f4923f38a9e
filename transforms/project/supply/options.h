/** Everything that may be chosen about supply; a scenario embeds it. docs/methods/supply.md. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_OPTIONS_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_OPTIONS_H

#include <glib.h>

/** How participation and hours by age are smoothed. */
typedef enum {
    SP_PROFILE_SPLINE, /* penalised spline; it never rises after 60 */
    SP_PROFILE_POLY5,  /* polynomial of degree 5, as Statistics Norway's RAPP 2026/18 */
} SpProfileKind;

/** What future admissions are. */
typedef enum {
    SP_CAPACITY_CONSTANT,   /* as the mean of the newest years */
    SP_CAPACITY_POPULATION, /* growing with the country's projected population */
} SpCapacity;

/** A yearly number that goes on as it was, not at all, or times a factor. */
typedef enum { SP_SERIES_NONE, SP_SERIES_RECENT, SP_SERIES_FACTOR } SpSeriesKind;

typedef struct {
    SpProfileKind profile;
    double inflow_factor; /* multiplies the graduates of inflow_from and later years, >= 0 */
    int inflow_from;      /* calendar year of graduation; 0: the first year projected */
    SpCapacity capacity;
    SpSeriesKind foreign; /* net immigration of people educated abroad */
    double foreign_factor;
    SpSeriesKind further_education; /* numbers that overganger.csv leads from one profession to
                                       another */
    double further_education_factor;
    double exit_delay_years; /* from 60 on people work as those that many years younger, 0-10 */
    double work_60p; /* multiplies the share in work at 60 and older, 0-2; at most all work */
    gboolean internal_moves; /* FALSE: nobody moves between labour-market regions */
} SpSupplyOptions;

/** The reference: splines, factors 1, constant capacity, foreign and further education as recently,
 * no delay, internal moves as the projected population's. */
void sp_supply_options_init(SpSupplyOptions *options);

/** Keys of `[supply]` in a scenario: profile, inflow, capacity, foreign, further_education,
 * exit_delay_years, work_60p, internal_moves. NULL-terminated. */
extern const char *const sp_supply_option_keys[];

/**
 * Sets one of them from its text:
 *   profile            spline | poly5
 *   inflow             FACTOR, or FACTOR, YEAR ("1.1, 2028"); 0-10
 *   capacity           constant | population
 *   foreign            none | recent | FACTOR (0-10)
 *   further_education  none | recent | FACTOR (0-10)
 *   exit_delay_years   0-10
 *   work_60p           0-2
 *   internal_moves     yes | no
 * SP_ERROR_CONFIG names key, text and what is allowed, or the keys there are; `options` is then
 * untouched.
 */
gboolean sp_supply_option_set(SpSupplyOptions *options, const char *key, const char *text,
                              GError **error);

#endif
