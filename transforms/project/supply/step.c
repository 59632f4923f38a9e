/* A year of the stock. */
#include "transforms/project/supply/step.h"

#include <string.h>

static const double most_transfer = 0.5; /* of a sex and age in a year; antatt */
/* More than this of a small region's age in a year is the noise of its few people
 * (antatt). */
static const double most_leaving = 0.5, most_gaining = 1.0;

/* Those who are more a year older than deaths and newcomers explain, whatever brought the
 * others. */
static void find_gains(const SpSupplyYear *year, const SpSupplyStock *stock, gsize g, gsize market,
                       double more[])
{
    const double *gain = year->gain + g * SP_N_WORK_AGES;
    double total[SP_N_STOCK];
    sp_supply_stock_total(stock, g, market, total);
    for (gsize i = 0; i < SP_N_STOCK; i++) {
        gsize a = i % SP_N_WORK_AGES;
        more[i] = a > 0 ? gain[a - 1] * total[i - 1] : 0.0;
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
    double next[SP_N_STOCK], more[SP_N_STOCK];
    for (gsize market = 0; market < stock->n_markets; market++) {
        find_gains(year, stock, g, market, more);
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
        sp_stock_add(SP_N_WORK_AGES, sp_supply_stock_at(stock, g, market, SP_CAUSE_UNEXPLAINED),
                     1.0, more);
        flows->came[g * SP_N_CAUSES + SP_CAUSE_UNEXPLAINED] +=
            sp_stock_sum(SP_N_WORK_AGES, more, NULL);
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

/* Who changes, by region. The country's number by sex and age comes where newcomers of the
 * profession that is entered come to live and somebody of the other is there to change. What half
 * of those of a region cannot give, the others give by how many they have left, so that the
 * country's number is kept as long as half of its candidates are as many.
 *
 *   candidates, flow  [n_markets][SP_N_STOCK]; flow is filled */
static void find_changes(gsize n_markets, const double wanted[], const double place[],
                         const double candidates[], double flow[])
{
    double all[SP_N_STOCK] = {0}, placed[SP_N_STOCK] = {0};
    double lacking[SP_N_STOCK] = {0}, room[SP_N_STOCK] = {0};
    for (gsize at = 0; at < n_markets * SP_N_STOCK; at++) {
        all[at % SP_N_STOCK] += candidates[at] > 0.0 ? place[at / SP_N_STOCK] : 0.0;
    }
    for (gsize market = 0; market < n_markets; market++) {
        const double *here = candidates + market * SP_N_STOCK;
        double *to = flow + market * SP_N_STOCK;
        for (gsize i = 0; i < SP_N_STOCK; i++) {
            placed[i] = here[i] > 0.0 && all[i] > 0.0 ? wanted[i] * (place[market] / all[i]) : 0.0;
        }
        sp_stock_flow(SP_N_WORK_AGES, here, placed, most_transfer, to);
        for (gsize i = 0; i < SP_N_STOCK; i++) {
            lacking[i] += placed[i] - to[i];
            room[i] += here[i] * most_transfer - to[i];
        }
    }
    for (gsize at = 0; at < n_markets * SP_N_STOCK; at++) {
        gsize i = at % SP_N_STOCK;
        double rest = all[i] > 0.0 ? lacking[i] : wanted[i];
        if (rest > 0.0 && room[i] > 0.0) {
            flow[at] += (candidates[at] * most_transfer - flow[at]) * MIN(1.0, rest / room[i]);
        }
    }
}

/* One row of transitions. */
static void change_profession(const SpSupplyYear *year, SpSupplyStock *stock, gsize number,
                              const SpSupplyFlows *flows)
{
    const SpTransition *way = &g_array_index(year->education->transitions, SpTransition, number);
    if (way->from < 0) {
        return;
    }
    gsize size = stock->n_markets * SP_N_STOCK;
    g_autofree double *candidates = g_new(double, 2 * size);
    double *changes = candidates + size;
    for (gsize market = 0; market < stock->n_markets; market++) {
        find_candidates(year, stock, way, market, candidates + market * SP_N_STOCK);
    }
    find_changes(stock->n_markets,
                 sp_inflow_at(year->inflow, year->inflow->transitions, number, year->year),
                 year->place + way->to * stock->n_markets, candidates, changes);
    for (gsize market = 0; market < stock->n_markets; market++) {
        const double *flow = changes + market * SP_N_STOCK;
        double n = sp_stock_sum(SP_N_WORK_AGES, flow, NULL);
        sp_stock_add(SP_N_WORK_AGES, sp_supply_stock_at(stock, way->to, market, SP_CAUSE_TRANSFERS),
                     1.0, flow);
        flows->changed[number] += n;
        flows->came[way->to * SP_N_CAUSES + SP_CAUSE_TRANSFERS] += n;
        if (way->leaves) {
            sp_stock_add(SP_N_WORK_AGES,
                         sp_supply_stock_at(stock, (gsize)way->from, market, SP_CAUSE_TRANSFERS),
                         -1.0, flow);
            flows->came[(gsize)way->from * SP_N_CAUSES + SP_CAUSE_TRANSFERS] -= n;
        }
    }
}

/* How the people of a sex and age reached move in a year, by region: a share of those where fewer
 * stay than in the country leaves, and goes to where more come, as many as these are for the
 * persons of the profession there. Linear in the stock, so each cause moves alike. */
typedef struct {
    double *leaving; /* [SP_N_STOCK][n_markets] share, 0-1 */
    double *gaining; /* [SP_N_STOCK][n_markets] share by which it grows more than the country */
} Moves;

static void find_moves(const SpMarkets *markets, gsize day, gsize place, const Moves *moves)
{
    gsize sex = place / SP_N_WORK_AGES, a = place % SP_N_WORK_AGES, n = markets->n_markets;
    double *leaving = moves->leaving + place * n, *gaining = moves->gaining + place * n;
    double all_before = 0.0, all_after = 0.0;
    for (gsize pass = 0; a > 0 && pass < 2; pass++) {
        for (gsize market = 0; market < n; market++) {
            const double *now = sp_markets_persons(markets, market, day);
            const double *next = sp_markets_persons(markets, market, day + 1);
            double before = now[sex * SP_N_MARKET_AGES + a - 1];
            double after = next[sex * SP_N_MARKET_AGES + a];
            if (pass == 0) {
                all_before += before;
                all_after += after;
            } else if (before > 0.0 && all_after > 0.0) {
                double growth = after / before / (all_after / all_before) - 1.0;
                leaving[market] = CLAMP(-growth, 0.0, most_leaving);
                gaining[market] = CLAMP(growth, 0.0, most_gaining);
            }
        }
    }
}

/* Of one profession and place; `persons` are those counted, by region, `going` room for as many. */
static void move_place(const Moves *moves, gsize g, gsize place, const double persons[],
                       double going[], SpSupplyStock *stock)
{
    gsize n = stock->n_markets;
    const double *leaving = moves->leaving + place * n, *gaining = moves->gaining + place * n;
    double all = 0.0, gains = 0.0;
    for (gsize market = 0; market < n; market++) {
        going[market] = 0.0;
        for (gsize cause = 0; leaving[market] > 0.0 && cause < SP_N_CAUSES; cause++) {
            going[market] += leaving[market] * sp_supply_stock_at(stock, g, market, cause)[place];
        }
        all += going[market];
        gains += persons[market] * gaining[market];
    }
    for (gsize market = 0; gains > 0.0 && market < n; market++) {
        sp_supply_stock_at(stock, g, market, SP_CAUSE_MOVES)[place] +=
            all * (persons[market] * gaining[market] / gains) - going[market];
    }
}

static void move(const SpSupplyYear *year, SpSupplyStock *stock)
{
    gsize n = stock->n_markets;
    g_autofree double *room = g_new0(double, (2 * SP_N_STOCK + 1) * n);
    const Moves moves = {room, room + n * SP_N_STOCK};
    for (gsize place = 0; place < SP_N_STOCK; place++) {
        find_moves(year->markets, (gsize)year->day, place, &moves);
        for (gsize g = 0; g < stock->n_professions; g++) {
            move_place(&moves, g, place, year->persons + g * n, room + 2 * n * SP_N_STOCK, stock);
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
