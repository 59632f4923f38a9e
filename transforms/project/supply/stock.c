/* Stocks, and one year of them. */
#include "transforms/project/supply/stock.h"

#include <gsl/gsl_cdf.h>

#include <string.h>

void sp_stock_age(gsize n_ages, const double now[], const double exit[], double next[],
                  double *left)
{
    double gone = 0.0;
    for (gsize sex = 0; sex < 2; sex++) {
        const double *from = now + sex * n_ages, *share = exit + sex * n_ages;
        double *to = next + sex * n_ages;
        to[0] = 0.0;
        for (gsize a = 0; a + 1 < n_ages; a++) {
            to[a + 1] = from[a] * (1.0 - share[a]);
            gone += from[a] * share[a];
        }
        gone += from[n_ages - 1] * share[n_ages - 1];
    }
    if (left != NULL) {
        *left += gone;
    }
}

void sp_stock_flow(gsize n_ages, const double from[], const double wanted[], double most,
                   double flow[])
{
    for (gsize i = 0; i < 2 * n_ages; i++) {
        flow[i] = MIN(wanted[i], MAX(0.0, from[i]) * most);
    }
}

void sp_stock_add(gsize n_ages, double stock[], double factor, const double flow[])
{
    for (gsize i = 0; i < 2 * n_ages; i++) {
        stock[i] += factor * flow[i];
    }
}

double sp_stock_sum(gsize n_ages, const double stock[], const double work[])
{
    double sum = 0.0;
    for (gsize i = 0; i < 2 * n_ages; i++) {
        sum += work == NULL ? stock[i] : stock[i] * work[i];
    }
    return sum;
}

void sp_stock_spread(gsize n_ages, double n, double share_women, const double weight[],
                     double flow[])
{
    for (gsize a = 0; a < n_ages; a++) {
        flow[a] = n * (1.0 - share_women) * weight[a];
        flow[n_ages + a] = n * share_women * weight[a];
    }
}

void sp_stock_age_weights(gsize n_ages, guint first, guint least, double mean, double sd,
                          double weight[])
{
    /* A completed age a is a to a + 1 years, so its middle is half a year above. */
    double over = mean + 0.5 - least, scale = sd * sd / over, shape = over / scale, sum = 0.0;
    for (gsize a = 0; a < n_ages; a++) {
        double from = (double)first + (double)a - least;
        weight[a] = from + 1.0 <= 0.0 || first + a > SP_OLDEST_NEWCOMER
                        ? 0.0
                        : gsl_cdf_gamma_P(from + 1.0, shape, scale) -
                              (from > 0.0 ? gsl_cdf_gamma_P(from, shape, scale) : 0.0);
        sum += weight[a];
    }
    g_assert(sum > 0.0);
    for (gsize a = 0; a < n_ages; a++) {
        weight[a] /= sum;
    }
}

SpSupplyStock *sp_supply_stock_new(gsize n_professions, gsize n_markets)
{
    SpSupplyStock *stock = g_new0(SpSupplyStock, 1);
    stock->n_professions = n_professions;
    stock->n_markets = n_markets;
    stock->persons = g_new0(double, n_professions *n_markets *SP_N_CAUSES *SP_N_STOCK);
    stock->aged = g_new0(double, n_professions *n_markets *SP_N_STOCK);
    return stock;
}

void sp_supply_stock_free(SpSupplyStock *stock)
{
    if (stock == NULL) {
        return;
    }
    g_free(stock->persons);
    g_free(stock->aged);
    g_free(stock);
}

void sp_supply_stock_total(const SpSupplyStock *stock, gsize profession, gsize market,
                           double total[])
{
    memset(total, 0, SP_N_STOCK * sizeof *total);
    for (gsize cause = 0; cause < SP_N_CAUSES; cause++) {
        sp_stock_add(SP_N_WORK_AGES, total, 1.0,
                     sp_supply_stock_at(stock, profession, market, cause));
    }
}

void sp_supply_stock_settle(SpSupplyStock *stock)
{
    for (gsize i = 0; i < stock->n_professions * stock->n_markets; i++) {
        gsize g = i / stock->n_markets, market = i % stock->n_markets;
        double total[SP_N_STOCK];
        double *base = sp_supply_stock_at(stock, g, market, SP_CAUSE_BASE);
        sp_supply_stock_total(stock, g, market, total);
        memset(base, 0, (gsize)SP_N_CAUSES * SP_N_STOCK * sizeof *base);
        memcpy(base, total, sizeof total);
        memcpy(sp_supply_stock_aged(stock, g, market), total, sizeof total);
    }
}
