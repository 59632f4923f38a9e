/** Which sector those in work are in. docs/methods/supply.md#sectors. */
#ifndef SP_TRANSFORMS_PROJECT_SUPPLY_SECTORS_H
#define SP_TRANSFORMS_PROJECT_SUPPLY_SECTORS_H

#include <glib.h>

/** Codes of `sektor` (config/codes/sektor_hesospers.csv) in this order. */
typedef enum {
    SP_SECTOR_MUNICIPAL,
    SP_SECTOR_SPECIALIST,
    SP_SECTOR_OTHER_HEALTH,
    SP_SECTOR_OUTSIDE,
    SP_N_WORK_SECTORS,
    SP_SECTOR_NOT_WORKING = SP_N_WORK_SECTORS,
    SP_N_SECTORS
} SpSector;

/** The number of a code; FALSE for another ("tot"). */
gboolean sp_sector_find(const char *code, SpSector *sector);

/**
 * The municipal share of årsverk by region of residence: the region's own share of persons, drawn
 * towards the nation's (beta.h over regions), then all scaled so that the nation's municipal
 * årsverk are met.
 *
 *   municipal, working [n]  persons by main job in the municipal sector, and in any; >= 0
 *   aarsverk [n]  all årsverk of residents
 *   nation   municipal årsverk of all regions together
 *   share    [n]  filled, 0-1; all 0 when nobody is in the municipal sector. A region where scaling
 *            would give more than 1 has 1, and the others are scaled for it.
 */
void sp_sectors_municipal(gsize n, const double municipal[], const double working[],
                          const double aarsverk[], double nation, double share[]);

#endif
