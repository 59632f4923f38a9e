/** Figures in rows under a label, as they are printed for a reader who computes on: no table of an
 * edition. */
#ifndef SP_TRANSFORMS_VARY_LISTING_H
#define SP_TRANSFORMS_VARY_LISTING_H

#include "core/real.h"

typedef struct {
    const char *label;          /* what the labels are: "stat", "area" */
    const char *const *columns; /* [n_columns] */
    gsize n_columns;
    GPtrArray *labels; /* const char *, borrowed, one a row */
    GArray *figures;   /* SpReal, row after row */
} SpListing;

/** Strings and `columns` are borrowed for the listing's life. */
SpListing *sp_listing_new(const char *label, const char *const columns[], gsize n_columns);
void sp_listing_free(SpListing *listing);
/** figures [n_columns] */
void sp_listing_add(SpListing *listing, const char *label, const SpReal figures[]);
/** Row of a label; FALSE if there is none. */
gboolean sp_listing_find(const SpListing *listing, const char *label, gsize *row);
SpReal sp_listing_figure(const SpListing *listing, gsize row, gsize column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpListing, sp_listing_free)

#endif
