/** Where each row of a raw table goes: rows whose codes are one in ours meet here. */
#ifndef SP_TRANSFORMS_NORMALISE_ROW_PLACES_H
#define SP_TRANSFORMS_NORMALISE_ROW_PLACES_H

#include "core/layout.h"
#include "core/quality.h"
#include "core/table.h"

typedef struct SpRowPlaces SpRowPlaces;

/** `row` when the row goes nowhere. */
#define SP_NO_PLACE G_MAXUINT32

/**
 *   raw        the table whose rows are placed, in their order
 *   recodes    [n] SpRecode*: the first `n_keys` are the key, the others attributes
 *   contents   [rows of raw] codes of the column of role contents; NULL: the layout has none
 *
 * All borrowed, and outlive the places.
 */
SpRowPlaces *sp_row_places_new(const SpTable *raw, const SpLayout *layout, const GPtrArray *recodes,
                               gsize n_keys, const guint32 *contents);
void sp_row_places_free(SpRowPlaces *places);

/**
 * Places the next row: `codes` [recodes] are ours. `place` is the row of the result, a new one or
 * that of the same key with contents or where the layout has `merged` or `repeats`; SP_NO_PLACE for
 * a row that says what one before it did and counts once.
 *
 * Attributes on which rows of one place differ become empty.
 *
 * Errors: SP_ERROR_DATA that names row and key, where `merged` or `repeats` are `error` and the
 * other is not, or a row that is to count once says something else. Where both are `error` rows
 * without contents have places of their own: that keys are unique is checked in the table.
 */
gboolean sp_row_places_add(SpRowPlaces *places, gsize row, const guint32 codes[], guint32 *place,
                           GError **error);

/** Rows of the result so far. */
gsize sp_row_places_n_rows(const SpRowPlaces *places);
/** [rows of the result][recodes]. Borrowed until the next row is placed. */
const guint32 *sp_row_places_codes(const SpRowPlaces *places);

/** Rows that the source itself repeats (`repeated_key`), and rows that count once
 * (`counted_once`). */
void sp_row_places_note(const SpRowPlaces *places, SpQuality *quality);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpRowPlaces, sp_row_places_free)

#endif
