/**
 * Professions in the classifications that sources use, many to many: config/profesjon_lenker.csv.
 *
 * Source: docs/methods/codes.md; each row is marked `sett` (seen in a source) or `husket`
 * (remembered, to be checked). A code that no row names is a finding and never a silent "other":
 * what belongs to `annet` has a row that says so.
 */
#ifndef SP_TRANSFORMS_NORMALISE_LINKS_H
#define SP_TRANSFORMS_NORMALISE_LINKS_H

#include "core/quality.h"

/**
 * Checks profesjon_lenker.csv (profesjon, klassifikasjon, kode, grunnlag, merknad): each profession
 * is one of `professions`, klassifikasjon one of `classifications`
 * (config/profesjon_klassifikasjoner.csv), kode is given, grunnlag is sett or husket, no row stands
 * twice. SP_ERROR_CONFIG names the row.
 */
gboolean sp_links_check(const SpTable *links, const SpTable *classifications,
                        const SpTable *professions, GError **error);

/** Professions (char*, borrowed) of a code, in the order of the file; empty when no row names it.
 * g_ptr_array_unref. */
GPtrArray *sp_links_professions(const SpTable *links, const char *classification, const char *code);

/**
 * Notes, as `unlinked_code` with subject "column code", every code of the facts in a key column
 * whose classification is one of `classifications`, as sp_links_check passed them, and that no row
 * names. Columns of other classifications are not looked at. Returns how many codes there were.
 */
guint sp_links_note_unknown(const SpTable *links, const SpTable *classifications,
                            const SpTable *facts, SpQuality *quality);

#endif
