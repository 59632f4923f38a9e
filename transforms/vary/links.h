/** Which areas are neighbours. */
#ifndef SP_TRANSFORMS_VARY_LINKS_H
#define SP_TRANSFORMS_VARY_LINKS_H

#include <glib.h>

/** `to` is a neighbour of `from`, both numbers of areas below n. A border that counts both ways is
 * two links; no link stands twice, and none leads to where it comes from. Links are ordered by
 * `from`, then `to`. */
typedef struct {
    guint from;
    guint to;
} SpLink;

/** Puts links in order and drops what stands twice or leads to itself: how many are left. */
gsize sp_links_tidy(gsize n_links, SpLink links[]);

/** first[i] is the first link from area i, first[i + 1] the one after its last; first [n + 1]. */
void sp_links_index(gsize n, gsize n_links, const SpLink links[], gsize first[]);

#endif
