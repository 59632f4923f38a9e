/* Persons with an education in a past, by labour market of residence; and the municipal årsverk
 * that they would give, which is the truth that supply is held against, and the gap. */
#include "past.h"

#include "transforms/project/supply/stock.h"

#include <string.h>

/* How people come: by study, by certificate, or as any worker; from abroad; and who leaves. */
static const struct {
    double municipal; /* share of årsverk */
    double women, age, spread;
    guint least;
    gboolean is_study;
    double abroad;   /* of those who come */
    double exit[3];  /* a year: below 30, below 50, older */
    double aarsverk; /* of one in work */
    double growth; /* of those who come, log a year: studies have grown, work without one has not */
} ways[PAST_PROFESSIONS] = {
    {0.55, 0.88, 26.0, 4.5, 21, TRUE, 0.0, {0.005, 0.003, 0.002}, 0.82, 0.012},
    {0.62, 0.85, 25.0, 8.0, 18, FALSE, 0.08, {0.020, 0.008, 0.003}, 0.70, 0.012},
    {0.30, 0.84, 26.5, 5.5, 21, TRUE, 0.0, {0.006, 0.003, 0.002}, 0.85, 0.012},
    {0.40, 0.88, 26.5, 6.0, 21, TRUE, 0.06, {0.006, 0.003, 0.002}, 0.80, 0.012},
    {0.60, 0.72, 24.0, 7.0, 18, FALSE, 0.0, {0.090, 0.030, 0.015}, 0.55, 0.0},
    {0.62, 0.80, 27.0, 6.5, 21, TRUE, 0.0, {0.006, 0.003, 0.002}, 0.82, 0.012},
    {0.25, 0.85, 26.5, 5.5, 21, TRUE, 0.0, {0.006, 0.003, 0.002}, 0.85, 0.012},
};

enum { STUDY_YEARS = 3, N_LATER = 4, BURN_IN = 60 };
static const double later[N_LATER] = {0.62, 0.20, 0.11,
                                      0.07}; /* of graduates: on time, a year late ... */
static const double finish = 0.76, position = 0.7;

double past_in_work(double age)
{
    double young = age < 58.0 ? 0.91 : 0.91 - 0.035 * (age - 58.0);
    return age < 62.0   ? young
           : age < 67.0 ? 0.70 - 0.10 * (age - 62.0)
                        : fmax(0.0, 0.12 - 0.02 * (age - 67.0));
}

double past_aarsverk(gsize profession)
{
    return ways[profession].aarsverk;
}

static void age_weights(gsize g, double weight[SP_N_STOCK])
{
    double sum = 0.0;
    for (guint pass = 0; pass < 2; pass++) {
        for (gsize i = 0; i < SP_N_STOCK; i++) {
            double age = (double)(SP_FIRST_WORK_AGE + i % SP_N_WORK_AGES);
            double sex = i < SP_N_WORK_AGES ? 1.0 - ways[g].women : ways[g].women;
            double z = (age - ways[g].age) / ways[g].spread;
            double here = age < ways[g].least || age > 60 ? 0.0 : sex * exp(-0.5 * z * z);
            if (pass == 0) {
                sum += here;
            } else {
                weight[i] = here / sum;
            }
        }
    }
}

/* Share who leave at an age in a year: deaths below those of all, and exits. */
static double leaving(const Past *past, gsize g, gsize day, gsize cell, double shock)
{
    gsize sex = cell / SP_N_WORK_AGES, age = SP_FIRST_WORK_AGE + cell % SP_N_WORK_AGES;
    gsize year = PAST_DEATH_YEARS - PAST_YEARS + day;
    double deaths =
        past->death_rate[(year * SP_N_SEXES + sex) * (gsize)SP_N_RATE_AGES + age] * 0.85;
    return MIN(0.5, deaths + ways[g].exit[age < 30 ? 0 : age < 50 ? 1 : 2] * shock);
}

/* Those there are when one a year has come, a little more each year, for long. */
static double settle(const Past *past, gsize g, const double weight[], double stock[SP_N_STOCK])
{
    double aarsverk = 0.0;
    memset(stock, 0, SP_N_STOCK * sizeof *stock);
    for (gsize year = 0; year < BURN_IN; year++) {
        double come = exp(ways[g].growth * ((double)year - BURN_IN));
        for (gsize cell = SP_N_STOCK; cell-- > 0;) {
            gboolean is_first = cell % SP_N_WORK_AGES == 0;
            double before = is_first ? 0.0 : stock[cell - 1];
            double share = is_first ? 0.0 : leaving(past, g, 0, cell - 1, 1.0);
            stock[cell] = before * (1.0 - share) + come * weight[cell];
        }
    }
    for (gsize cell = 0; cell < SP_N_STOCK; cell++) {
        aarsverk += stock[cell] * past_in_work((double)(SP_FIRST_WORK_AGE + cell % SP_N_WORK_AGES));
    }
    return aarsverk * ways[g].aarsverk;
}

/* How many come, by calendar year: [PAST_ROUTE_YEARS]. `usual` come in the first known year. */
static void make_routes(Past *past, gsize g, double usual, Chance *chance)
{
    double level = 0.0, slope = ways[g].growth + 0.012 * chance_normal(chance);
    double later_slope = 0.5 * slope + 0.012 * chance_normal(chance), wave = 0.0, done = 0.0;
    gsize turn = PAST_LEAD + (gsize)(2.0 + chance_uniform(chance) * (PAST_DAYS - 4));
    double *admissions = &past->admissions[g * PAST_ROUTE_YEARS];
    double own = usual * (1.0 - ways[g].abroad);
    for (gsize i = 0; i < PAST_ROUTE_YEARS; i++) {
        gsize at = g * PAST_ROUTE_YEARS + i;
        level += (i <= turn ? slope : later_slope) + 0.03 * chance_heavy(chance);
        wave = 0.8 * wave + 0.25 * chance_heavy(chance);
        done = 0.8 * done + 0.02 * chance_heavy(chance);
        double come = own * exp(level);
        if (ways[g].is_study) {
            admissions[i] = chance_poisson(chance, come / finish);
            come = 0.0;
            for (gsize k = 0; k < N_LATER; k++) {
                gsize begun = i >= STUDY_YEARS + k ? i - STUDY_YEARS - k : 0;
                come += later[k] * finish * exp(done) * admissions[begun];
            }
        }
        double here = chance_poisson(chance, come);
        past->graduates[at] = ways[g].is_study ? here : 0.0;
        past->certificates[at] = ways[g].is_study ? 0.0 : here;
        past->abroad[at] = chance_poisson(chance, usual * ways[g].abroad * exp(wave));
    }
}

static double *stock_at(const Past *past, gsize market, gsize day, gsize g)
{
    return &past->stock[((market * PAST_DAYS + day) * PAST_PROFESSIONS + g) * SP_N_STOCK];
}

/* People of 20-49 in each market. */
static void count_young(const Past *past, gsize day, double young[PAST_KOMMUNER])
{
    memset(young, 0, PAST_KOMMUNER * sizeof *young);
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        for (guint cell = 0; cell < SP_N_SEXES * 30U; cell++) {
            young[past->kommuner[u].market] +=
                past_persons(past, u, day, cell / 30)[20 + cell % 30];
        }
    }
}

/* A year of a profession. */
typedef struct {
    gsize g, day;
    double shock; /* what exits are multiplied by */
} Year;

/* In one market. `moves` is net, a share of those below 50. */
static void step(const Past *past, const Year *year, gsize market, double moves, Chance *chance)
{
    gsize g = year->g, day = year->day;
    const double *now = stock_at(past, market, day, g);
    double *next = stock_at(past, market, day + 1, g);
    for (gsize cell = 0; cell < SP_N_STOCK; cell++) {
        gsize a = cell % SP_N_WORK_AGES;
        if (a + 1 == SP_N_WORK_AGES || now[cell] <= 0.0) {
            continue;
        }
        double left = now[cell] -
                      chance_binomial(chance, now[cell], leaving(past, g, day, cell, year->shock));
        double rate = a + SP_FIRST_WORK_AGE < 50 ? moves : 0.2 * moves;
        left += rate > 0.0 ? chance_poisson(chance, rate * left)
                           : -chance_binomial(chance, left, MIN(-rate, 0.5));
        next[cell + 1] += left;
    }
}

/* Newcomers of a year go where people are, and a little at will. */
static void place(const Past *past, const Year *year, const double weight[], const double young[],
                  const double pull[], Chance *chance)
{
    gsize g = year->g, day = year->day;
    gsize at = g * PAST_ROUTE_YEARS + PAST_LEAD + day;
    double n = past->graduates[at] + past->certificates[at] + past->abroad[at], sum = 0.0;
    double share[PAST_KOMMUNER];
    for (gsize market = 0; market < past->n_markets; market++) {
        share[market] = young[market] * pull[market] * exp(0.08 * chance_heavy(chance));
        sum += share[market];
    }
    for (gsize market = 0; market < past->n_markets; market++) {
        double *next = stock_at(past, market, day + 1, g);
        for (gsize cell = 0; cell < SP_N_STOCK; cell++) {
            next[cell] += chance_poisson(chance, n * share[market] / sum * weight[cell]);
        }
    }
}

/* People of a profession live where it has work, and some beside: over those of 20-49 there. */
static void find_pull(const Past *past, gsize g, const double young[], double pull[],
                      Chance *chance)
{
    double reach[PAST_KOMMUNER];
    memset(pull, 0, PAST_KOMMUNER * sizeof *pull);
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        past_residence(past, u, reach);
        for (gsize market = 0; market < past->n_markets; market++) {
            pull[market] +=
                reach[market] * past->target[u * PAST_DAYS * PAST_PROFESSIONS + g] / young[market];
        }
    }
    for (gsize market = 0; market < past->n_markets; market++) {
        pull[market] *= exp(0.08 * chance_heavy(chance));
    }
}

static void make_profession(Past *past, gsize g, const double common[PAST_DAYS])
{
    Chance chance = chance_of(past->key, past_professions[g]);
    double weight[SP_N_STOCK], stock[SP_N_STOCK], young[PAST_KOMMUNER], after[PAST_KOMMUNER];
    double pull[PAST_KOMMUNER], people = 0.0, wanted = 0.0, leave = 0.0;
    age_weights(g, weight);
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        wanted += past->figure[PAST_NEED + g][u * PAST_DAYS + PAST_YEARS];
    }
    double scale = wanted / ways[g].municipal / settle(past, g, weight, stock);
    count_young(past, 0, young);
    find_pull(past, g, young, pull, &chance);
    for (gsize market = 0; market < past->n_markets; market++) {
        people += young[market] * pull[market];
    }
    /* Scaled to the base, and so much less on the first day as was to come. */
    scale *= exp(-ways[g].growth * PAST_YEARS);
    for (gsize market = 0; market < past->n_markets; market++) {
        for (gsize cell = 0; cell < SP_N_STOCK; cell++) {
            stock_at(past, market, 0, g)[cell] = chance_poisson(
                &chance, stock[cell] * scale * young[market] * pull[market] / people);
        }
    }
    make_routes(past, g, scale * exp(-ways[g].growth * PAST_LEAD), &chance);
    for (gsize day = 0; day + 1 < PAST_DAYS; day++) {
        double all[2] = {0.0};
        count_young(past, day, young);
        count_young(past, day + 1, after);
        for (gsize market = 0; market < past->n_markets; market++) {
            all[0] += young[market];
            all[1] += after[market];
        }
        leave = 0.7 * leave + 0.10 * chance_heavy(&chance);
        const Year year = {.g = g, .day = day, .shock = exp(leave + common[day])};
        for (gsize market = 0; market < past->n_markets; market++) {
            double moves = 0.5 * (after[market] / young[market] - all[1] / all[0]) +
                           0.003 * chance_heavy(&chance);
            step(past, &year, market, moves, &chance);
        }
        place(past, &year, weight, young, pull, &chance);
    }
}

/* Hours a person: a trend that turns, common to all and of each: log. */
static void make_hours(Past *past)
{
    Chance chance = chance_of(past->key, "hours");
    double common[PAST_DAYS], own[PAST_DAYS];
    PastTrend trend = {.slope = 0.002 * chance_normal(&chance),
                       .later_slope = 0.002 * chance_normal(&chance),
                       .turn = (gsize)(2.0 + chance_uniform(&chance) * (PAST_DAYS - 4)),
                       .step = 0.004};
    past_trend(&chance, &trend, common);
    for (gsize g = 0; g < PAST_PROFESSIONS; g++) {
        PastTrend alone = {.slope = 0.0, .later_slope = 0.0, .step = 0.004};
        past_trend(&chance, &alone, own);
        for (gsize day = 0; day < PAST_DAYS; day++) {
            past->work_factor[day * PAST_PROFESSIONS + g] = exp(common[day] + own[day]);
        }
    }
}

/* Årsverk of all sectors of a market. */
static double market_aarsverk(const Past *past, gsize market, gsize day, gsize g)
{
    const double *stock = stock_at(past, market, day, g);
    double sum = 0.0;
    for (gsize cell = 0; cell < SP_N_STOCK; cell++) {
        sum += stock[cell] * past_in_work((double)(SP_FIRST_WORK_AGE + cell % SP_N_WORK_AGES));
    }
    return sum * ways[g].aarsverk * past->work_factor[day * PAST_PROFESSIONS + g];
}

/* What the kommuner of a market have of the staff who live there grows by the stock, and half way
 * as their positions do over the country's: hospitals and others there give way, as they did before
 * the base. The country's sum is that of the stock. `gives` is of the base, and then of the day. */
static void follow_positions(const Past *past, gsize day, gsize g, double gives[],
                             const double positions[])
{
    double plain = 0.0, followed = 0.0, before[PAST_KOMMUNER];
    memcpy(before, gives, sizeof before);
    for (gsize market = 0; market < past->n_markets; market++) {
        /* Of a tenth of an årsverk nothing can be said. */
        double base = market_aarsverk(past, market, PAST_YEARS, g);
        double grown = base > 0.1 ? market_aarsverk(past, market, day, g) / base : 1.0;
        plain += gives[market] * grown;
        gives[market] *=
            before[market] > 0.0 ? sqrt(grown * positions[market] / before[market]) : 0.0;
        followed += gives[market];
    }
    for (gsize market = 0; market < past->n_markets; market++) {
        gives[market] *= plain / followed;
    }
}

/* Share of the country's positions that are filled on the base day: staff follow them with a lag,
 * and nobody comes of their being counted. */
static double filled(const Past *past, gsize g)
{
    double employed = 0.0, positions = 0.0;
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        gsize at = u * PAST_DAYS + PAST_YEARS;
        employed += past->figure[PAST_NEED + g][at];
        positions += past->target[at * PAST_PROFESSIONS + g];
    }
    return employed / positions;
}

/* Municipal årsverk of the markets from the base on go to kommuner as people commute and positions
 * are: [u], before persons. */
static void share_out(const Past *past, gsize day, gsize g, double sector, double level[])
{
    double reach[PAST_KOMMUNER];
    g_autofree double *gives = g_new0(double, (gsize)2 * PAST_KOMMUNER);
    double *now = gives + PAST_KOMMUNER; /* by what kommuner would take then */
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        const double *target = &past->target[(u * PAST_DAYS + PAST_YEARS) * PAST_PROFESSIONS + g];
        past_residence(past, u, reach);
        for (gsize market = 0; market < past->n_markets; market++) {
            gives[market] += reach[market] * target[0];
            now[market] += reach[market] * target[(day - PAST_YEARS) * PAST_PROFESSIONS];
        }
    }
    follow_positions(past, day, g, gives, now);
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        double taken = past->target[(u * PAST_DAYS + day) * PAST_PROFESSIONS + g];
        past_residence(past, u, reach);
        level[u] = 0.0;
        for (gsize market = 0; market < past->n_markets; market++) {
            level[u] += reach[market] > 0.0 && now[market] > 0.0
                            ? gives[market] * sector * reach[market] * taken / now[market]
                            : 0.0;
        }
    }
}

static void make_supply(Past *past, gsize g)
{
    Chance chance = chance_of(sp_random_named(past->key, "supply"), past_professions[g]);
    double sector = 0.0, at_base = filled(past, g), level[PAST_KOMMUNER];
    double *supply = past->figure[PAST_SUPPLY + g];
    memcpy(supply, past->figure[PAST_NEED + g], sizeof(double) * PAST_KOMMUNER * PAST_DAYS);
    for (gsize day = PAST_YEARS + 1; day < PAST_DAYS; day++) {
        sector += 0.004 * chance_heavy(&chance);
        share_out(past, day, g, at_base * exp(sector), level);
        for (gsize u = 0; u < PAST_KOMMUNER; u++) {
            gsize at = u * PAST_DAYS + day;
            double *here = &supply[at], *gap = &past->figure[PAST_GAP + g][at];
            *gap = at_base * past->target[at * PAST_PROFESSIONS + g] - level[u];
            *here = position * chance_filled(&chance, floor(here[-1] / position + 0.5),
                                             level[u] / position, PAST_STAFF_LOOSE);
        }
    }
    for (gsize i = 0; i < (gsize)PAST_KOMMUNER * PAST_DAYS; i++) {
        /* Up to the base none is known, and what places changed by is what a naive rule goes by. */
        gsize base = i / PAST_DAYS * PAST_DAYS + PAST_YEARS;
        double open = at_base * (past->target[i * PAST_PROFESSIONS + g] -
                                 past->target[base * PAST_PROFESSIONS + g]);
        past->figure[PAST_GAP + g][i] =
            i % PAST_DAYS > PAST_YEARS ? past->figure[PAST_GAP + g][i] : open;
    }
}

void past_make_stock(Past *past)
{
    Chance chance = chance_of(past->key, "exits");
    double common[PAST_DAYS] = {0.0};
    for (gsize day = 1; day < PAST_DAYS; day++) {
        common[day] = 0.7 * common[day - 1] + 0.10 * chance_heavy(&chance);
    }
    make_hours(past);
    for (gsize g = 0; g < PAST_PROFESSIONS; g++) {
        make_profession(past, g, common);
        make_supply(past, g);
    }
}
