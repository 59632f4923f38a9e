/* Direct disclosure: each category against the whole of its row. */
#include "transforms/protect/direct.h"

static gboolean is_nearly_all(SpReal part, SpReal whole, double coalition)
{
    return sp_real_is_number(part) && sp_real_is_number(whole) && part.value > 0.0 &&
           whole.value - part.value <= coalition;
}

gsize sp_direct_disclosure(const SpCube *cube, SpDirectRows rows, const SpReal freq[],
                           double coalition, gboolean is_disclosed[])
{
    const guint32 *category = cube->code[rows.along];
    g_autofree guint32 *stratum = g_new(guint32, cube->n_cells + 1);
    const gsize n_strata = sp_cube_strata(cube, rows.along, stratum);
    g_autofree SpReal *whole = g_new0(SpReal, n_strata + 1);
    gsize n_disclosed = 0;
    for (gsize i = 0; i < n_strata; i++) {
        whole[i] = sp_real_none(SP_MISSING);
    }
    for (gsize i = 0; i < cube->n_cells; i++) {
        if (category[i] == rows.whole) {
            whole[stratum[i]] = freq[i];
        }
    }
    for (gsize i = 0; i < cube->n_cells; i++) {
        is_disclosed[i] =
            category[i] != rows.whole && is_nearly_all(freq[i], whole[stratum[i]], coalition);
        n_disclosed += is_disclosed[i] ? 1 : 0;
    }
    return n_disclosed;
}
