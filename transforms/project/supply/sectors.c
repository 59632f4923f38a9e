/* Sector shares. */
#include "transforms/project/supply/sectors.h"

#include "transforms/project/supply/beta.h"

#include <math.h>
#include <string.h>

static const char *const codes[SP_N_SECTORS] = {"kommune", "spesialist", "annen_helse",
                                                "utenfor_helse", "ikke_i_arbeid"};

gboolean sp_sector_find(const char *code, SpSector *sector)
{
    for (gsize i = 0; i < SP_N_SECTORS; i++) {
        if (strcmp(code, codes[i]) == 0) {
            *sector = (SpSector)i;
            return TRUE;
        }
    }
    return FALSE;
}

/* Scales shares below 1 until the nation is met; a share that reaches 1 stays there. */
static void meet_nation(gsize n, const double aarsverk[], double nation, double share[])
{
    for (gsize round = 0; round <= n; round++) {
        double full = 0.0, rest = 0.0;
        gboolean is_over = FALSE;
        for (gsize i = 0; i < n; i++) {
            *(share[i] >= 1.0 ? &full : &rest) += share[i] * aarsverk[i];
        }
        double factor = rest > 0.0 ? MAX(0.0, nation - full) / rest : 1.0;
        for (gsize i = 0; i < n; i++) {
            if (share[i] < 1.0) {
                share[i] *= factor;
                is_over = is_over || share[i] > 1.0;
                share[i] = MIN(share[i], 1.0);
            }
        }
        if (!is_over) {
            return;
        }
    }
}

void sp_sectors_municipal(gsize n, const double municipal[], const double working[],
                          const double aarsverk[], double nation, double share[])
{
    g_autofree double *parent = g_new(double, n);
    double here = 0.0, all = 0.0;
    for (gsize i = 0; i < n; i++) {
        here += municipal[i];
        all += working[i];
    }
    for (gsize i = 0; i < n; i++) {
        parent[i] = all > 0.0 ? here / all : 0.0;
    }
    double kappa = sp_beta_kappa(n, municipal, working, parent);
    for (gsize i = 0; i < n; i++) {
        share[i] = CLAMP(sp_beta_share(municipal[i], working[i], parent[i], kappa), 0.0, 1.0);
    }
    if (here > 0.0) {
        meet_nation(n, aarsverk, nation, share);
    }
}
