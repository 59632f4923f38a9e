/* FHI's series rule and triangles. */
#include "transforms/protect/triangles.h"

#define NO_CELL G_MAXUINT32

enum { SERIES_ROUNDS = 3 };

/* ---- primaries and series ---- */

static gboolean is_primary(SpReal teller, SpReal nevner, const SpFhiLimits *limits)
{
    if (teller.status == SP_SUPPRESSED || nevner.status == SP_SUPPRESSED) {
        return TRUE;
    }
    if (!sp_real_is_number(teller)) {
        return FALSE;
    }
    return teller.value <= limits->teller ||
           (sp_real_is_number(nevner) &&
            (nevner.value - teller.value <= limits->teller || nevner.value <= limits->nevner));
}

typedef struct {
    guint32 n_points;
    guint32 n_primary;
    guint32 n_weak;
} Series;

static gboolean is_weak(const Series *series, const SpFhiLimits *limits)
{
    const double n = series->n_points;
    return series->n_primary / n > limits->hidden_share || series->n_weak / n > limits->weak_share;
}

static gboolean is_point(SpReal teller, guint8 hidden)
{
    return sp_real_is_number(teller) || (hidden & SP_FHI_PRIMARY) != 0;
}

void sp_fhi_series(const SpCube *cube, gsize time, const SpReal teller[], const SpReal nevner[],
                   const SpFhiLimits *limits, guint8 hidden[])
{
    g_autofree guint32 *stratum = g_new(guint32, cube->n_cells + 1);
    const gsize n_series = sp_cube_strata(cube, time, stratum);
    g_autofree Series *series = g_new0(Series, n_series + 1);
    for (gsize i = 0; i < cube->n_cells; i++) {
        const SpReal among = nevner != NULL ? nevner[i] : sp_real_none(SP_NOT_APPLICABLE);
        hidden[i] = is_primary(teller[i], among, limits) ? SP_FHI_PRIMARY : 0;
        if (is_point(teller[i], hidden[i])) {
            series[stratum[i]].n_points++;
            series[stratum[i]].n_primary += hidden[i] != 0 ? 1 : 0;
            series[stratum[i]].n_weak += teller[i].value <= limits->tolerance ? 1 : 0;
        }
    }
    for (gsize i = 0; i < cube->n_cells; i++) {
        if (hidden[i] == 0 && is_point(teller[i], 0) && is_weak(&series[stratum[i]], limits)) {
            hidden[i] = SP_FHI_SERIES;
        }
    }
}

/* ---- triangles ---- */

/* A triangle's cells in each stratum, in its own order. */
typedef struct {
    gsize n_strata;
    gsize n_codes;
    guint32 *cell; /* [n_strata][n_codes] NO_CELL: not in the cube */
} Laid;

static Laid lay_out(const SpCube *cube, const SpFhiTriangle *triangle)
{
    const guint32 n_dim = cube->n_codes[triangle->along];
    g_autofree guint32 *stratum = g_new(guint32, cube->n_cells + 1);
    g_autofree gsize *place = g_new(gsize, (gsize)n_dim + 1);
    Laid laid = {.n_strata = sp_cube_strata(cube, triangle->along, stratum),
                 .n_codes = triangle->n_codes};
    laid.cell = g_new(guint32, laid.n_strata * laid.n_codes + 1);
    for (gsize i = 0; i < laid.n_strata * laid.n_codes; i++) {
        laid.cell[i] = NO_CELL;
    }
    for (gsize i = 0; i < n_dim; i++) {
        place[i] = laid.n_codes;
    }
    for (gsize i = 0; i < laid.n_codes; i++) {
        place[triangle->codes[i]] = i;
    }
    for (guint32 i = 0; i < cube->n_cells; i++) {
        const gsize at = place[cube->code[triangle->along][i]];
        if (at < laid.n_codes) {
            laid.cell[stratum[i] * laid.n_codes + at] = i;
        }
    }
    return laid;
}

typedef struct {
    const SpReal *teller;
    double sum_limit;
    guint8 *hidden;
    gboolean is_series_only;
} Round;

/* The cell that a stratum must hide now; NO_CELL: none. */
static guint32 find_neighbour(const Round *round, const guint32 cell[], gsize n_codes)
{
    gsize n_hidden = 0;
    gsize n_free = 0;
    double sum = 0.0;
    guint32 last = NO_CELL;
    for (gsize i = 0; i < n_codes; i++) {
        if (cell[i] == NO_CELL) {
            continue;
        }
        const guint8 hidden = round->hidden[cell[i]];
        if ((hidden & SP_FHI_PRIVACY) != 0) {
            n_hidden++;
            sum += round->teller[cell[i]].value;
        } else if (sp_real_is_number(round->teller[cell[i]])) {
            n_free++;
            last = !round->is_series_only || (hidden & SP_FHI_SERIES) != 0 ? cell[i] : last;
        }
    }
    const gboolean tells = n_hidden == 1 || (n_hidden > 1 && sum <= round->sum_limit && n_free > 1);
    return tells ? last : NO_CELL;
}

static gsize hide_neighbours(const Round *round, const Laid *laid)
{
    gsize n_new = 0;
    for (gsize i = 0; i < laid->n_strata; i++) {
        const guint32 cell = find_neighbour(round, laid->cell + i * laid->n_codes, laid->n_codes);
        if (cell != NO_CELL) {
            round->hidden[cell] |= SP_FHI_NEIGHBOUR;
            n_new++;
        }
    }
    return n_new;
}

gsize sp_fhi_triangles(const SpCube *cube, const SpFhiTriangle triangles[], gsize n_triangles,
                       const SpReal teller[], double sum_limit, guint8 hidden[])
{
    Round round = {.teller = teller, .sum_limit = sum_limit};
    g_autofree Laid *laid = g_new(Laid, n_triangles + 1);
    gsize n_rounds = 0;
    gsize n_new = 0;
    gsize n_neighbours = 0;
    round.hidden = hidden;
    for (gsize i = 0; i < n_triangles; i++) {
        laid[i] = lay_out(cube, &triangles[i]);
    }
    do {
        round.is_series_only = n_rounds++ < SERIES_ROUNDS;
        n_new = 0;
        for (gsize i = 0; i < n_triangles; i++) {
            n_new += hide_neighbours(&round, &laid[i]);
        }
        n_neighbours += n_new;
    } while (round.is_series_only || n_new > 0);
    for (gsize i = 0; i < n_triangles; i++) {
        g_free(laid[i].cell);
    }
    return n_neighbours;
}
