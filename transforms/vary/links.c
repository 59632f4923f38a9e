/* Neighbours in order. */
#include "transforms/vary/links.h"

#include <stdlib.h>

static int compare(const void *a, const void *b)
{
    const SpLink *x = a;
    const SpLink *y = b;
    const int by_from = (x->from > y->from) - (x->from < y->from);
    return by_from != 0 ? by_from : (x->to > y->to) - (x->to < y->to);
}

gsize sp_links_tidy(gsize n_links, SpLink links[])
{
    gsize n = 0;
    if (n_links > 0) {
        qsort(links, n_links, sizeof *links, compare);
    }
    for (gsize i = 0; i < n_links; i++) {
        const gboolean is_double = n > 0 && compare(&links[n - 1], &links[i]) == 0;
        if (links[i].from != links[i].to && !is_double) {
            links[n++] = links[i];
        }
    }
    return n;
}

void sp_links_index(gsize n, gsize n_links, const SpLink links[], gsize first[])
{
    gsize link = 0;
    for (gsize i = 0; i < n; i++) {
        first[i] = link;
        while (link < n_links && links[link].from == i) {
            link++;
        }
    }
    g_assert(link == n_links);
    first[n] = link;
}
