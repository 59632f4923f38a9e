/** Three groups of professions that share some, and what their sums tell. */
#ifndef SP_TESTS_TRANSFORMS_PROTECT_THREE_SUMS_H
#define SP_TESTS_TRANSFORMS_PROTECT_THREE_SUMS_H

#include "transforms/protect/relations.h"

/** Three groups: x and y are 10, x and z are 10, y, z and u are 8. So y and z are the
 * same, and twice as many and u are 8: y is 1 to 3.5, x 6.5 to 9, u 1 to 6. One sum after another
 * says no more than that y is 1 to 6. */
enum { X, Y, Z, U, P, Q, R, N_CELLS };

static const double truth[N_CELLS] = {8.0, 2.0, 2.0, 4.0, 10.0, 10.0, 8.0};

/** The lists of relations.h; `all` [n] with the one that ends the last. */
static inline SpRelations *relations_with(gsize n, const SpRelation all[], const guint32 part[],
                                          const guint32 first_in[], const guint32 in[],
                                          const guint32 first_of[])
{
    const guint32 n_parts = all[n - 1].first;
    SpRelations *relations = g_new0(SpRelations, 1);
    relations->n_cells = N_CELLS;
    relations->all = g_array_new(FALSE, FALSE, sizeof(SpRelation));
    g_array_append_vals(relations->all, all, (guint)n);
    relations->part = g_memdup2(part, n_parts * sizeof *part);
    relations->first_in = g_memdup2(first_in, (N_CELLS + 1) * sizeof *first_in);
    relations->in = g_memdup2(in, n_parts * sizeof *in);
    relations->first_of = g_memdup2(first_of, (N_CELLS + 1) * sizeof *first_of);
    return relations;
}

static inline SpRelations *relations_of(void)
{
    static const SpRelation all[] = {{P, 0, TRUE}, {Q, 2, TRUE}, {R, 4, TRUE}, {0, 7, FALSE}};
    static const guint32 part[] = {X, Y, X, Z, Y, Z, U};
    static const guint32 first_in[N_CELLS + 1] = {0, 2, 4, 6, 7, 7, 7, 7};
    static const guint32 in[] = {0, 1, 0, 2, 1, 2, 2};
    static const guint32 first_of[N_CELLS + 1] = {0, 0, 0, 0, 0, 1, 2, 3};
    return relations_with(G_N_ELEMENTS(all), all, part, first_in, in, first_of);
}

#endif
