/**
 * A shortage that is there on the day of the base, municipal årsverk by region and profession.
 * docs/methods/balance.md#shortage.
 */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_SHORTAGE_H
#define SP_TRANSFORMS_PROJECT_BALANCE_SHORTAGE_H

#include "core/quality.h"
#include "transforms/project/balance/options.h"

typedef struct SpShortage SpShortage;

/**
 * Reads what is known on the day of the base ("2026-01-01") and no later.
 *
 *   SP_BASE_GAP_NONE     nothing
 *   SP_BASE_GAP_NAV      `mangel` (period, profesjon, region · mangel persons, all sectors), times
 *                        the municipal årsverk per employed person of the profession in the country
 *                        (`helsepersonell`; rows without both figures are in neither sum). Rows
 *                        of kommuner are passed over: the survey is of fylker at most
 *   SP_BASE_GAP_VACANCY  `ledige_stillinger` (region, yrke, period · aarsverk)
 *
 * A table that is not there, or has nothing of the time, gives nothing, with a finding
 * "no_base_gap". SP_ERROR_DATA when a column is not there.
 */
SpShortage *sp_shortage_new(const SpTables *in, SpBaseGap kind, const char *base,
                            SpQuality *quality, GError **error);
void sp_shortage_free(SpShortage *shortage);

/** The tables that a measured shortage of a kind is made of, NULL-terminated; none of
 * SP_BASE_GAP_NONE. */
const char *const *sp_shortage_sources(SpBaseGap kind);

/** Not applicable where nothing is known. */
SpReal sp_shortage_at(const SpShortage *shortage, const char *region, const char *yrke);

/** Marks of the tables that were read. */
guint sp_shortage_marks(const SpShortage *shortage);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpShortage, sp_shortage_free)

#endif
