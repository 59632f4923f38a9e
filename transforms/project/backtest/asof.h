/**
 * What was known on the base day. Every input of a back-test has an as-of: the last day of a row's
 * period, the year of a round (`utgave`), or the edition of a table that has neither. Nothing newer
 * than 1 January of the base may reach a forecaster.
 *
 * Two inputs count as geography and may be newer (statistics-decisions.md A6): the target division
 * with KLASS's changes (`region`, `kommune_endring`) and, in `region`, one edition of the
 * centrality classes. docs/methods/backtest.md#as-of.
 */
#ifndef SP_TRANSFORMS_PROJECT_BACKTEST_ASOF_H
#define SP_TRANSFORMS_PROJECT_BACKTEST_ASOF_H

#include "core/quality.h"
#include "core/table.h"

/** The 1 January by which a period is over: its own for that day ("2020-01-01" 2020), the next for
 * all else ("2019", "2019-12-31": 2020). -1 for a text that is no period. */
int sp_as_of_year(const char *period);

/**
 * SP_ERROR_DATA naming table, and period or edition, of the first figure that is newer than 1
 * January `base`: a period that ends after it or is none, a round of a later year, a table without
 * either whose edition is not a day before it. Tables of no rows and geography pass.
 */
gboolean sp_as_of_check(const SpTables *tables, int base, GError **error);

/**
 * Copies of the tables with the rows that sp_as_of_check lets pass; geography whole. A kommune
 * whose figure of the base day in `folkemengde` is modelled was divided later: its older figures
 * were shared out by what came after the base, so its rows are left out of every table. Tables that
 * have neither period nor a known edition are left out (finding "backtest_withheld"). Owned by the
 * caller. Lists of words (`aldersgrupper`, `treffsikkerhet_serier`) are no data, and the tables of
 * sp_as_of_rules are the method: neither are among them.
 */
SpTables *sp_as_of_cut(const SpTables *tables, int base, SpQuality *quality);

/**
 * Copies of the tables that say how demand is projected and hold no figure of a kommune or a year
 * to come: tjenester, struktur, bemanning_kilder, lovkrav, utvikling, profesjoner (whose people
 * each counts too, wholes.h), those that are there. They are the program's method as it is today,
 * as its code is: every constant in them is from before 2020 or assumed (docs/methods/demand.md).
 * Owned by the caller.
 */
SpTables *sp_as_of_rules(const SpTables *tables);

/**
 * Kommuner that were divided, or got a part of a divided one, after the first day of `folkemengde`:
 * they have modelled figures there, or KLASS says so. They stay out of accuracy. Codes (borrowed
 * from the tables) as keys; owned by the caller (g_hash_table_unref).
 *
 *   changes  `kommune_endring`: dato, fra, til; NULL: not known
 * SP_ERROR_DATA on a missing column.
 */
GHashTable *sp_divided_kommuner(const SpTable *folkemengde, const SpTable *changes, GError **error);

#endif
