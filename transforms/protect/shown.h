/** The transform `shown`: sensitive facts as they may be seen, before anything is made of them. */
#ifndef SP_TRANSFORMS_PROTECT_SHOWN_H
#define SP_TRANSFORMS_PROTECT_SHOWN_H

#include "core/transform.h"

#define SP_TABLE_HIDDEN "skjult"

/**
 * In: sensitive tables of counts that `skjermingslag` (config/skjermingslag.csv) names; that table,
 * `skjerming` (the owners' limits) and `sammenheng` (tabell, kolonne, hel, del: which codes are
 * sums of which, of regions too). Tables that it does not name, or that are not sensitive, are no
 * concern of it.
 *
 * Out: those tables, figures that must not be seen suppressed; and `skjult`: tabell, lag, region
 * (fylke, and "0" for the rows of the country) · celler (with a figure above 0), skjult_faa,
 * skjult_eier, skjult_rest, skjult_hel, skjult_naer, skjult_sum: how many cells are hidden for which
 * reason (SpReason).
 */
extern const SpTransform sp_transform_shown;

#endif
