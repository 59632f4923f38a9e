/** Which rows of a person-level table are sums of others, as its layout's levels have it. */
#ifndef SP_TRANSFORMS_NORMALISE_WHOLES_H
#define SP_TRANSFORMS_NORMALISE_WHOLES_H

#include "core/layout.h"
#include "core/table.h"

#define SP_TABLE_WHOLES "sammenheng"

/** A table without rows: keys tabell, kolonne, hel, del, and personer. In `tabell`, what has the
 * code `hel` in `kolonne` is what has one of the codes `del` listed for it, all other keys alike.
 * Distinct persons of the parts come to those of the whole (personer = sum: ages, sexes), or to no
 * fewer (hoeyst: services, professions), for a person may be in several; other measures sum. */
SpTable *sp_wholes_new(void);

/**
 * The layout's columns that have the codes themselves and sums of them (levels `self` with `all` or
 * `group`); what a group is made of stands in `maps`, all that `all` holds in `facts`, the layout's
 * table. Regions are not told here. SP_ERROR_CONFIG when a list is not there.
 */
gboolean sp_wholes_add(SpTable *structure, const SpLayout *layout, const SpTables *maps,
                       const SpTable *facts, GError **error);

#endif
