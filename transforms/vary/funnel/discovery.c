/* Benjamini and Hochberg's step-up rule as adjusted probabilities. */
#include "transforms/vary/funnel/discovery.h"

#include <stdlib.h>

typedef struct {
    double p;
    gsize place;
} Member;

static int compare(const void *a, const void *b)
{
    const Member *x = a;
    const Member *y = b;
    return (x->p > y->p) - (x->p < y->p);
}

void sp_discovery(gsize n, const SpReal p[], SpReal q[])
{
    g_autofree Member *family = g_new(Member, MAX(n, 1));
    gsize size = 0;
    for (gsize i = 0; i < n; i++) {
        q[i] = p[i];
        if (sp_real_is_number(p[i])) {
            family[size++] = (Member){.p = p[i].value, .place = i};
        }
    }
    qsort(family, size, sizeof *family, compare);
    /* From the least unlikely: a smaller p never has a larger q. */
    double smallest = 1.0;
    for (gsize rank = size; rank > 0; rank--) {
        smallest = MIN(smallest, family[rank - 1].p * (double)size / (double)rank);
        q[family[rank - 1].place] = sp_real(smallest);
    }
}
