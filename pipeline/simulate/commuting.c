/* Commuting by size and distance. */
#include "pipeline/simulate/commuting.h"

#include "pipeline/simulate/chance.h"

#include <math.h>

/* sp_sim_exp goes to 700; so far nobody commutes anyway. */
static const double FARTHEST = 100;

static double weight(const SpSimKommune *home, const SpSimKommune *work,
                     const SpSimParameters *parameters)
{
    double east = home->east - work->east, north = home->north - work->north;
    /* A square root is exact on every machine, hypot() is not. */
    double far = sqrt(east * east + north * north) / parameters->pendling_km;
    double near = far < FARTHEST ? sp_sim_exp(-far) : 0;
    return home == work
               ? home->size * parameters->pendling_egen + parameters->pendling_egen_fast
               : work->size * near * (home->basin == work->basin ? parameters->pendling_region : 1);
}

double *sp_sim_commuting_expected(const SpSimGeography *geography,
                                  const SpSimParameters *parameters)
{
    gsize n = geography->n_kommuner;
    double *expected = g_new(double, n *n);
    for (gsize from = 0; from < n; from++) {
        const SpSimKommune *home = &geography->kommuner[from];
        double *row = &expected[from * n], sum = 0;
        for (gsize to = 0; to < n; to++) {
            row[to] = weight(home, &geography->kommuner[to], parameters);
            sum += row[to];
        }
        for (gsize to = 0; to < n; to++) {
            row[to] *= home->size * parameters->pendling_sysselsatte / sum;
        }
    }
    return expected;
}

double *sp_sim_commuting_homes(const SpSimGeography *geography, const SpSimParameters *parameters)
{
    gsize n = geography->n_pieces;
    g_autofree double *expected = sp_sim_commuting_expected(geography, parameters);
    double *homes = g_new(double, n *n);
    for (gsize work = 0; work < n; work++) {
        double sum = 0;
        for (gsize home = 0; home < n; home++) {
            const SpSimPiece *piece = &geography->pieces[home];
            gsize from = piece->kommune, to = geography->pieces[work].kommune;
            homes[work * n + home] = expected[from * geography->n_kommuner + to] * piece->share;
            sum += homes[work * n + home];
        }
        for (gsize home = 0; home < n; home++) {
            homes[work * n + home] =
                sum > 0 ? homes[work * n + home] / sum : (home == work ? 1 : 0);
        }
    }
    return homes;
}
