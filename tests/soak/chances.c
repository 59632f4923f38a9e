/* Chances of shortages on simulated pasts. */
#include "chances.h"

#include "transforms/project/balance/gap.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const class_titles[N_CHANCE_CLASSES] = {
    "kommuner, 1-5 years", "kommuner, 10 years", "fylker and country, 1-5 years",
    "fylker and country, 10 years"};

/* Over the kommuner of a region: a gap, or places. */
static double sum_of(const Past *past, const Claims *claims, gsize region, const double figures[],
                     gsize stride)
{
    double sum = 0.0;
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        if (region == u || region == PAST_KOMMUNER + past->fylke[u] ||
            region + 1 == claims->n_regions) {
            sum += figures[u * PAST_DAYS * stride];
        }
    }
    return sum;
}

void chances_of(const Past *past, const Claims *claims, Chances *chances)
{
    memset(chances, 0, sizeof *chances);
    for (gsize i = 0; i < PAST_PROFESSIONS * claims->n_regions * N_HORIZONS; i++) {
        gsize g = i / N_HORIZONS / claims->n_regions, region = i / N_HORIZONS % claims->n_regions;
        gsize years = claims_horizons[i % N_HORIZONS], day = PAST_YEARS + years;
        double gap = sum_of(past, claims, region, &past->figure[PAST_GAP + g][day], 1);
        double places = sum_of(past, claims, region, &past->target[day * PAST_PROFESSIONS + g],
                               PAST_PROFESSIONS);
        double told = claims->shortage[i];
        gsize bin = MIN((gsize)(told * N_TOLD), N_TOLD - 1);
        gboolean is_far = years > 5, is_kommune = region < PAST_KOMMUNER;
        ChanceClass class = is_kommune ? (is_far ? OF_KOMMUNER_TEN_YEARS : OF_KOMMUNER)
                                       : (is_far ? OF_REGIONS_TEN_YEARS : OF_REGIONS);
        chances->n[class][bin] += 1.0;
        chances->told[class][bin] += told;
        chances->came[class][bin] += gap > (double)sp_gap_limit((float)places) ? 1.0 : 0.0;
    }
}

/* Share of what came and its standard error by how pasts differ. */
static double share_of(const Chances of[], gsize n_pasts, guint class, gsize bin, double *told,
                       double *error)
{
    double n = 0.0, came = 0.0, squares = 0.0;
    *told = 0.0;
    for (gsize i = 0; i < n_pasts; i++) {
        n += of[i].n[class][bin];
        came += of[i].came[class][bin];
        *told += of[i].told[class][bin];
    }
    double share = n > 0.0 ? came / n : 0.0;
    for (gsize i = 0; i < n_pasts; i++) {
        double off = of[i].came[class][bin] - share * of[i].n[class][bin];
        squares += off * off;
    }
    *told = n > 0.0 ? *told / n : 0.0;
    *error = n > 0.0 ? sqrt(squares) / n : 0.0;
    return share;
}

static gsize pasts_with(const Chances of[], gsize n_pasts, guint class, gsize bin)
{
    gsize n = 0;
    for (gsize i = 0; i < n_pasts; i++) {
        n += of[i].n[class][bin] > 0.0 ? 1 : 0;
    }
    return n;
}

guint chances_print(const Chances of[], gsize n_pasts, double far)
{
    guint n_off = 0;
    printf("| told, %% |");
    for (guint class = 0; class < N_CHANCE_CLASSES; class ++) {
        printf(" %s |", class_titles[class]);
    }
    printf("\n");
    for (gsize bin = 0; bin < N_TOLD; bin++) {
        printf("| %zu-%zu |", 10 * bin, 10 * bin + 10);
        for (guint class = 0; class < N_CHANCE_CLASSES; class ++) {
            double told, error, came = share_of(of, n_pasts, class, bin, &told, &error);
            gboolean is_many = 20 * pasts_with(of, n_pasts, class, bin) >= n_pasts;
            gboolean is_off = is_many && fabs(came - told) > far + 2.0 * error;
            n_off += is_off ? 1 : 0;
            if (is_many) {
                printf(is_off ? " %.0f: **%.0f** |" : " %.0f: %.0f |", 100.0 * told, 100.0 * came);
            } else {
                printf(" |");
            }
        }
        printf("\n");
    }
    return n_off;
}
