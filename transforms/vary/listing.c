/* Figures in rows under a label. */
#include "transforms/vary/listing.h"

#include <string.h>

SpListing *sp_listing_new(const char *label, const char *const columns[], gsize n_columns)
{
    SpListing *listing = g_new(SpListing, 1);
    *listing = (SpListing){.label = label,
                           .columns = columns,
                           .n_columns = n_columns,
                           .labels = g_ptr_array_new(),
                           .figures = g_array_new(FALSE, FALSE, sizeof(SpReal))};
    return listing;
}

void sp_listing_free(SpListing *listing)
{
    g_ptr_array_unref(listing->labels);
    g_array_unref(listing->figures);
    g_free(listing);
}

void sp_listing_add(SpListing *listing, const char *label, const SpReal figures[])
{
    g_ptr_array_add(listing->labels, (gpointer)label);
    g_array_append_vals(listing->figures, figures, (guint)listing->n_columns);
}

gboolean sp_listing_find(const SpListing *listing, const char *label, gsize *row)
{
    for (guint i = 0; i < listing->labels->len; i++) {
        if (strcmp(listing->labels->pdata[i], label) == 0) {
            *row = i;
            return TRUE;
        }
    }
    return FALSE;
}

SpReal sp_listing_figure(const SpListing *listing, gsize row, gsize column)
{
    return g_array_index(listing->figures, SpReal, row * listing->n_columns + column);
}
