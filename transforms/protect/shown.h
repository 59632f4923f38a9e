/** The transform `shown`: sensitive facts as they may be seen, before anything is made of them. */
#ifndef SP_TRANSFORMS_PROTECT_SHOWN_H
#define SP_TRANSFORMS_PROTECT_SHOWN_H

#include "core/transform.h"

#define SP_TABLE_HIDDEN "skjult"
#define SP_TABLE_CROSSINGS "kryss"

/**
 * In: sensitive tables of counts that `skjermingslag` (config/skjermingslag.csv) names; that table,
 * `skjerming` (the owners' limits), `sammenheng` (tabell, kolonne, hel, del, personer: which codes
 * are sums of which) and `region` (region, slag, fylke); and, if they are there, `skjermingskryss`
 * (config/skjermingskryss.csv: table, level, columns) and `skjermingsrekkefolge`
 * (config/skjermingsrekkefolge.csv: layer, column, codes, weight) and `skjermingsregler`
 * (config/skjermingsregler.csv: layer, rule, column, settings). Tables that `skjermingslag` does
 * not name, or that are not sensitive, are no concern of it. TABLE@EDITION (earlier.h): the table
 * as an earlier edition showed it; of several editions each is one.
 *
 * Out: those tables, no more marked SP_MARK_RESTRICTED: figures that must not be seen suppressed,
 * and without measures of no layer and rows of more columns at once than are told of a region; what
 * a reader needs to know of their rows, `sammenheng` with
 * the regions and `kryss` (tabell, slag, kolonner); and `skjult`: tabell, lag, region (fylke, and
 * "0" for the rows of the country) · celler (with a figure above 0), skjult_faa, skjult_eier,
 * skjult_rest, skjult_hel, skjult_naer, skjult_sum: how many cells are hidden for which reason
 * (SpReason).
 * Counts of a layer that asks for rounding are rounded, with SP_FLAG_ROUNDED, and not hidden; where
 * zeros are hidden, or counts rounded, rows of nobody are there too (rules.h).
 * Rows whose count is missing are hidden with their other figures. Nothing where there is no such
 * table.
 *
 * What an earlier edition shows of what a layer counts, and is the same today, is known: it is
 * shown unless a rule hides it, and nothing is hidden by what is known. So the tables, protected
 * again with what came out as an earlier edition, come out the same.
 *
 * Findings: narrow (figures that are known within closer limits than protect.interval_width),
 * known_before (hidden rows that earlier editions give away), earlier_unlike (an edition told of a
 * table by other columns).
 */
extern const SpTransform sp_transform_shown;

#endif
