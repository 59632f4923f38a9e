/** Professions that are counted within another. */
#ifndef SP_TRANSFORMS_PROJECT_WHOLES_H
#define SP_TRANSFORMS_PROJECT_WHOLES_H

#include "core/table.h"

/**
 * The profession that counts each one's people too: that of its HELSEMOD group, where the group is
 * another of them (spesialsykepleier: sykepleier, statistics-decisions B4), else itself. Both sides
 * of the balance ask here, so need and supply of a whole are of the same people, and whoever sums
 * over professions passes over those that are another's.
 *
 *   professions  `profesjoner`: profesjon, helsemod; NULL: none is a part
 *   ids          [n]
 * [n] numbers of ids; owned by the caller (g_free). NULL with SP_ERROR_DATA on a missing column.
 */
guint *sp_profession_wholes(const SpTable *professions, const char *const ids[], gsize n,
                            GError **error);

/** The codes of a profession's own people and of those of its parts, parted by '/'. Owned by the
 * caller (g_free). */
char *sp_profession_codes(const char *const ids[], const guint whole[], gsize n, gsize profession);

#endif
