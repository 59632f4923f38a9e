/* A year of the stock. */
#include "transforms/project/supply/step.h"

#include <string.h>

static const double most_transfer = 0.5; /* of a sex and age in a year */
/* Factors of a small region's age beyond these are the noise of its few people. */
static const double least_move = 0.5, most_move = 2.0;

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
        memset(base, 0, SP_N_CAUSES * SP_N_STOCK * sizeof *base);
        memcpy(base, total, sizeof total);
        memcpy(sp_supply_stock_aged(stock, g, market), total, sizeof total);
    }
}

/* Ages one profession and places its newcomers. */
static void age_profession(const SpSupplyYear *year, SpSupplyStock *stock, gsize g,
                           const SpSupplyFlows *flows)
{
    static const double nobody_leaves[SP_N_STOCK];
    const SpInflow *inflow = year->inflow;
    const double *graduates = sp_inflow_at(inflow, inflow->graduates, g, year->year);
    const double *foreign = sp_inflow_at(inflow, inflow->foreign, g, year->year);
    const double *exit = year->exit + g * SP_N_STOCK;
    double next[SP_N_STOCK];
    for (gsize market = 0; market < stock->n_markets; market++) {
        double share = year->place[g * stock->n_markets + market];
        for (gsize cause = 0; cause < SP_N_CAUSES; cause++) {
            double *persons = sp_supply_stock_at(stock, g, market, cause);
            flows->before[g] += sp_stock_sum(SP_N_WORK_AGES, persons, NULL);
            sp_stock_age(SP_N_WORK_AGES, persons, exit, next, &flows->left[g]);
            memcpy(persons, next, sizeof next);
        }
        double *aged = sp_supply_stock_aged(stock, g, market);
        sp_stock_age(SP_N_WORK_AGES, aged, nobody_leaves, next, NULL);
        memcpy(aged, next, sizeof next);
        sp_stock_add(SP_N_WORK_AGES, sp_supply_stock_at(stock, g, market, SP_CAUSE_GRADUATES),
                     share, graduates);
        sp_stock_add(SP_N_WORK_AGES, sp_supply_stock_at(stock, g, market, SP_CAUSE_FOREIGN), share,
                     foreign);
    }
    flows->came[g * SP_N_CAUSES + SP_CAUSE_GRADUATES] +=
        sp_stock_sum(SP_N_WORK_AGES, graduates, NULL);
    flows->came[g * SP_N_CAUSES + SP_CAUSE_FOREIGN] += sp_stock_sum(SP_N_WORK_AGES, foreign, NULL);
}

/* Who may still change: those of the first profession who are not yet in the other, its part. */
static void find_candidates(const SpSupplyYear *year, const SpSupplyStock *stock,
                            const SpTransition *way, gsize market, double persons[])
{
    double part[SP_N_STOCK];
    sp_supply_stock_total(stock, (gsize)way->from, market, persons);
    if (year->education->part_of[way->to] == (guint)way->from) {
        sp_supply_stock_total(stock, way->to, market, part);
        sp_stock_add(SP_N_WORK_AGES, persons, -1.0, part);
    }
    for (gsize i = 0; i < SP_N_STOCK; i++) {
        persons[i] = MAX(0.0, persons[i]);
    }
}

/* One row of transitions: the country's number by sex and age, spread over regions as those who may
 * change are. */
static void change_profession(const SpSupplyYear *year, SpSupplyStock *stock, gsize number,
                              const SpSupplyFlows *flows)
{
    const SpTransition *way = &g_array_index(year->education->transitions, SpTransition, number);
    const double *wanted =
        sp_inflow_at(year->inflow, year->inflow->transitions, number, year->year);
    double all[SP_N_STOCK] = {0};
    if (way->from < 0) {
        return;
    }
    g_autofree double *candidates = g_new(double, stock->n_markets *SP_N_STOCK);
    for (gsize market = 0; market < stock->n_markets; market++) {
        double *here = candidates + market * SP_N_STOCK;
        find_candidates(year, stock, way, market, here);
        sp_stock_add(SP_N_WORK_AGES, all, 1.0, here);
    }
    for (gsize market = 0; market < stock->n_markets; market++) {
        const double *here = candidates + market * SP_N_STOCK;
        double share[SP_N_STOCK], flow[SP_N_STOCK];
        for (gsize i = 0; i < SP_N_STOCK; i++) {
            share[i] = all[i] > 0.0 ? wanted[i] * (here[i] / all[i]) : 0.0;
        }
        sp_stock_flow(SP_N_WORK_AGES, here, share, most_transfer, flow);
        double n = sp_stock_sum(SP_N_WORK_AGES, flow, NULL);
        sp_stock_add(SP_N_WORK_AGES, sp_supply_stock_at(stock, way->to, market, SP_CAUSE_TRANSFERS),
                     1.0, flow);
        flows->came[way->to * SP_N_CAUSES + SP_CAUSE_TRANSFERS] += n;
        if (way->leaves) {
            sp_stock_add(SP_N_WORK_AGES,
                         sp_supply_stock_at(stock, (gsize)way->from, market, SP_CAUSE_TRANSFERS),
                         -1.0, flow);
            flows->came[(gsize)way->from * SP_N_CAUSES + SP_CAUSE_TRANSFERS] -= n;
        }
    }
}

/* How a region's people of a sex who become the age of place `a` grow in the year, beyond the
 * country's. */
static double pull(const SpMarkets *markets, gsize market, gsize day, gsize place,
                   const double nation[])
{
    gsize sex = place / SP_N_WORK_AGES, a = place % SP_N_WORK_AGES;
    if (a == 0) {
        return 1.0;
    }
    const double *now = sp_markets_persons(markets, market, day);
    const double *next = sp_markets_persons(markets, market, day + 1);
    double before = now[sex * SP_N_MARKET_AGES + a - 1], after = next[sex * SP_N_MARKET_AGES + a];
    double growth = before > 0.0 ? after / before : nation[place];
    return nation[place] > 0.0 ? CLAMP(growth / nation[place], least_move, most_move) : 1.0;
}

/* The country's growth of each sex and age reached. */
static void find_nation(const SpMarkets *markets, gsize day, double nation[])
{
    for (gsize place = 0; place < SP_N_STOCK; place++) {
        gsize sex = place / SP_N_WORK_AGES, a = place % SP_N_WORK_AGES;
        double before = 0.0, after = 0.0;
        for (gsize market = 0; a > 0 && market < markets->n_markets; market++) {
            before += sp_markets_persons(markets, market, day)[sex * SP_N_MARKET_AGES + a - 1];
            after += sp_markets_persons(markets, market, day + 1)[sex * SP_N_MARKET_AGES + a];
        }
        nation[place] = before > 0.0 ? after / before : 0.0;
    }
}

static void move(const SpSupplyYear *year, SpSupplyStock *stock)
{
    gsize n = stock->n_markets, day = (gsize)year->day;
    double nation[SP_N_STOCK];
    g_autofree double *pulls = g_new(double, n *SP_N_STOCK);
    g_autofree double *totals = g_new(double, n *SP_N_STOCK);
    find_nation(year->markets, day, nation);
    for (gsize i = 0; i < n * SP_N_STOCK; i++) {
        pulls[i] = pull(year->markets, i / SP_N_STOCK, day, i % SP_N_STOCK, nation);
    }
    for (gsize g = 0; g < stock->n_professions; g++) {
        for (gsize market = 0; market < n; market++) {
            sp_supply_stock_total(stock, g, market, totals + market * SP_N_STOCK);
        }
        for (gsize place = 0; place < SP_N_STOCK; place++) {
            double all = 0.0, pulled = 0.0;
            for (gsize market = 0; market < n; market++) {
                double here = MAX(0.0, totals[market * SP_N_STOCK + place]);
                all += here;
                pulled += here * pulls[market * SP_N_STOCK + place];
            }
            for (gsize market = 0; pulled > 0.0 && market < n; market++) {
                double here = MAX(0.0, totals[market * SP_N_STOCK + place]);
                double there = here * pulls[market * SP_N_STOCK + place] * (all / pulled);
                sp_supply_stock_at(stock, g, market, SP_CAUSE_MOVES)[place] += there - here;
            }
        }
    }
}

void sp_supply_step(const SpSupplyYear *year, SpSupplyStock *stock, const SpSupplyFlows *flows)
{
    for (gsize g = 0; g < stock->n_professions; g++) {
        age_profession(year, stock, g, flows);
    }
    for (gsize i = 0; i < year->education->transitions->len; i++) {
        change_profession(year, stock, i, flows);
    }
    if (year->moves && year->day >= 0) {
        move(year, stock);
    }
}
