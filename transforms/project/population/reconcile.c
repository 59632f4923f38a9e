/* Totals by area. */
#include "transforms/project/population/reconcile.h"

#include "transforms/project/population/rake.h"

#include <string.h>

enum { CELLS = SP_N_SEXES * SP_N_AGES };

static double sum_of(gsize n, const double values[])
{
    double sum = 0;
    for (gsize i = 0; i < n; i++) {
        sum += values[i];
    }
    return sum;
}

/* The kommuner of an area, in the order of their codes; NULL when one of them has no figures. */
static GArray *members_of(const SpPopulationModel *model, gsize area, gboolean is_country)
{
    GArray *members = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize region = 0; region < model->history->n_regions; region++) {
        if (!is_country && model->places->fylke[region] != area) {
            continue;
        }
        if (model->history->status[region] != SP_PRESENT) {
            g_array_unref(members);
            return NULL;
        }
        g_array_append_val(members, region);
    }
    return members;
}

static gboolean reconcile_area(const SpPopulationModel *model, const SpPersons *total,
                               const GArray *members, gsize n_days, SpPersons persons[])
{
    g_autofree double *cells = g_new(double, members->len *(gsize)CELLS);
    g_autofree double *shares = g_new(double, members->len);
    double all = 0;
    for (guint i = 0; i < members->len; i++) {
        const SpPersons *here = &persons[g_array_index(members, gsize, i) * n_days];
        memcpy(cells + (gsize)i * CELLS, here->count, sizeof here->count);
        shares[i] = sum_of(CELLS, cells + (gsize)i * CELLS);
        all += shares[i];
    }
    double wanted = sum_of(CELLS, &total->count[0][0]);
    for (guint i = 0; i < members->len; i++) {
        shares[i] *= all > 0.0 ? wanted / all : 0.0;
    }
    gboolean is_met =
        sp_rake(members->len, CELLS, cells, model->options.reconcile_keeps_kommuner ? shares : NULL,
                &total->count[0][0]);
    for (guint i = 0; i < members->len; i++) {
        SpPersons *here = &persons[g_array_index(members, gsize, i) * n_days];
        memcpy(here->count, cells + (gsize)i * CELLS, sizeof here->count);
    }
    return is_met;
}

guint sp_population_reconcile(const SpPopulationModel *model, gsize n_days, gsize day,
                              SpPersons persons[])
{
    const SpRound *round = model->round;
    gsize country = round == NULL ? 0 : round->n_areas - 1;
    gboolean is_country = model->options.reconcile == SP_RECONCILE_COUNTRY;
    guint n_unmet = 0;
    if (round == NULL || model->options.reconcile == SP_RECONCILE_NONE || day >= round->n_days) {
        return 0;
    }
    for (gsize area = is_country ? country : 0; area < (is_country ? country + 1 : country);
         area++) {
        gsize at = area * round->n_days + day;
        g_autoptr(GArray) members = members_of(model, area, is_country);
        if (members == NULL || members->len == 0 || !round->area_has[at]) {
            continue;
        }
        n_unmet += reconcile_area(model, &round->areas[at], members, n_days, persons + day) ? 0 : 1;
    }
    return n_unmet;
}
