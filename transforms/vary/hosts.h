/** Kommuner that run a service together: counted where the host is (statistics-decisions A4). */
#ifndef SP_TRANSFORMS_VARY_HOSTS_H
#define SP_TRANSFORMS_VARY_HOSTS_H

#include "core/table.h"

/** The table of arrangements: code columns region (who takes part), vertskommune, tjeneste, period
 * (first day), til (last day, "" if it still holds). */
#define SP_TABLE_HOSTS "vertskommune"

/**
 * Who stands for each kommune in a service on a day.
 *
 *   kommuner [n]  char*, in byte order
 *   host     [n]  number of the kommune that stands for it, itself where it shares with nobody. A
 *                 host that takes part elsewhere joins both areas: the first host in byte order
 *                 that takes part nowhere stands for all
 *
 * `table` NULL: nobody shares. Kommuner that are not in the list are passed over. SP_ERROR_DATA
 * when a column is not there; SP_ERROR_DATA when `period` is none.
 */
gboolean sp_hosts_find(const SpTable *table, const char *service, const char *period,
                       const GPtrArray *kommuner, gsize host[], GError **error);

#endif
