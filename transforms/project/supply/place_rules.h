/** The numbers of config/framskriving/arbeidssted.csv. docs/methods/supply.md#regions. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_PLACE_RULES_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_PLACE_RULES_H

#include "core/table.h"

typedef struct {
    double commuting;   /* share of a region's employed who work in another's core: they are one */
    double inhabitants; /* a region with fewer is joined to the one most commute to */
    double own_region;  /* share of a row of W that is where its own kommuner have the need, 0-1 */
    double least_share; /* smaller shares of a row are left out, but for its own kommuner, 0-1 */
    double thin_share;  /* finding where fewer commute than this of what others have, 0-1, */
    double most_share;  /* and where more do than this, at least 1 */
    double work_from;   /* ages of those who may work, both included */
    double work_to;
    double told_share;    /* finding where more of a region's supply than this gives way, 0-1, */
    double told_aarsverk; /* and more årsverk than this */
} SpPlaceRules;

/** From `arbeidssted`: regel · verdi, one row each. SP_ERROR_NO_INPUT without the table;
 * SP_ERROR_DATA names a rule that is unknown, stands twice, is missing or out of its range. */
gboolean sp_place_rules_read(const SpTables *in, SpPlaceRules *rules, GError **error);

#endif
