/** The services, from the tables `tjenester` (config/framskriving/tjenester.csv) and `bruk`. */
#ifndef SP_TRANSFORMS_PROJECT_DEMAND_SERVICES_H
#define SP_TRANSFORMS_PROJECT_DEMAND_SERVICES_H

#include "transforms/project/population/rates.h"

/** The age at which published users are parted: below, and at or over it. */
enum { SP_ELDERLY_AGE = 80 };

/** All text borrowed from the tables. */
typedef struct {
    const char *id;
    const char *area;
    const char *table;   /* of users, "" when there is none: the service follows persons alone */
    const char *measure; /* of all users there */
    const char *elderly; /* of users aged 80 or older, "" when not known */
    /* The word of the service in the table `vertskommune`, "" when it has none. */
    const char *hosted;
    gboolean is_health;    /* healthier ageing shows in its use */
    gboolean has_families; /* families give the same care unpaid */
    /* Of a day it follows the births of the year that begins then, those aged 0 a year later, so
     * that no figure hangs on the births of one year of a kommune. */
    gboolean is_births;
    /* Users per inhabitant, or the weight of one where the driver is persons. */
    double use[SP_N_SEXES][SP_N_AGES];
} SpService;

/**
 * SpService by id in byte order; owned by the caller (g_array_unref).
 *
 *   services  code columns tjeneste, omraade, driver (brukere: use by age from `use`; personer: the
 *             ages and weights of column alder, "000-020:1+021-066:0.5"; foedte: births), tabell,
 *             maal, maal_80p, alder, sunn_aldring, familieomsorg (ja, nei), vertsord; its column
 *             funksjoner tells people which KOSTRA functions a service is, and no figure hangs on
 *             it
 *   use       `bruk`
 *
 * A service in `bruk` that `services` does not have is left out, as is one of `services` whose use
 * is not in `bruk`. SP_ERROR_DATA names row and remedy: as sp_use_new, a driver or yes/no that is
 * neither, ages that are none, two rows for one service, no service left.
 */
GArray *sp_services_new(const SpTable *services, const SpTable *use, GError **error);

/** Number of a service, or the length of the array. */
guint sp_services_find(const GArray *services, const char *id);

#endif
