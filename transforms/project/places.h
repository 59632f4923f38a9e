/** Which fylke, centrality class and labour-market region each kommune belongs to, from the table
 * `region`. */
#ifndef SP_TRANSFORMS_PROJECT_PLACES_H
#define SP_TRANSFORMS_PROJECT_PLACES_H

#include "core/table.h"

#define SP_NO_PLACE ((guint32)-1)

/** Groupings of kommuner [n_regions], in the order the caller gave the codes. */
typedef struct {
    gsize n_regions;
    SpCodes *fylke_codes;
    guint32 *fylke; /* [n_regions] number in fylke_codes */
    SpCodes *centrality_codes;
    guint32 *centrality; /* [n_regions] number in centrality_codes, SP_NO_PLACE where the table has
                            none */
    SpCodes *labour_market_codes;
    guint32 *labour_market; /* [n_regions] number there, SP_NO_PLACE where the table has none */
} SpPlaces;

/**
 *   table  `region`: region · (slag, fylke, sentralitet, arbeidsmarked); the last two may be absent
 *   codes  [n] kommuner
 * SP_ERROR_DATA when a kommune is not in the table or has no fylke there.
 */
SpPlaces *sp_places_new(const SpTable *table, const char *const codes[], gsize n, GError **error);
void sp_places_free(SpPlaces *places);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPlaces, sp_places_free)

#endif
