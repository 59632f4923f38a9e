/* People of a past: deaths whose fall changes pace, moves with regimes, births by the women there
 * are. */
#include "past.h"

#include <string.h>

/* Death rate e^(a + b age) of the first known year; the slopes are about those of Norway
 * 2016-2019. */
static const double death_a[SP_N_SEXES] = {-11.75, -12.29};
static const double death_b[SP_N_SEXES] = {0.1110, 0.1136};
static const double least_rate = 0.0003;

enum { N_YEARS = PAST_DEATH_YEARS + PAST_HORIZON };

/* National rates: a fall whose pace changes, and years of illness that all of the old share. */
static void make_rates(Past *past)
{
    Chance chance = chance_of(past->key, "deaths");
    double level = 0.0, fall = 0.008 + 0.012 * chance_uniform(&chance);
    double later = fall + 0.006 * chance_normal(&chance);
    gsize turn = (gsize)(N_YEARS * (0.3 + 0.6 * chance_uniform(&chance)));
    for (gsize year = 0; year < N_YEARS; year++) {
        double ill = 0.018 * chance_heavy(&chance);
        level -= year < turn ? fall : later;
        for (gsize i = 0; i < (gsize)SP_N_SEXES * SP_N_RATE_AGES; i++) {
            gsize sex = i / SP_N_RATE_AGES, age = i % SP_N_RATE_AGES;
            double rate = exp(death_a[sex] + death_b[sex] * (double)age + level + ill);
            past->death_rate[year * SP_N_SEXES * SP_N_RATE_AGES + i] = rate + least_rate;
        }
    }
}

/* What a kommune is like. */
typedef struct {
    double deaths;    /* log, of its rates */
    double pull;      /* net moves a year of those below 67, share */
    double old_pull;  /* and of those from 67 on */
    double wave;      /* what lasts of its shocks */
    double fertility; /* factor */
} Ways;

/* How moves go by age, over those of all: young adults and their children move. */
static double moving(guint age)
{
    return age < 18 ? 0.9 : age < 35 ? 2.0 : age < 50 ? 0.8 : age < 67 ? 0.3 : 0.0;
}

/* Kommuner differ in age: the older, the further out. */
static void settle(Past *past, Chance *chance)
{
    double all = 0.0;
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        for (guint age = 0; age < SP_N_AGES; age++) {
            all += past->sources->pyramid[sex][age];
        }
    }
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        double tilt =
            0.008 * chance_normal(chance) + 0.002 * (past->kommuner[u].centrality[1] - '3');
        double sum = 0.0, cohort[SP_N_AGES] = {0.0};
        for (guint age = 1; age < SP_N_AGES; age++) {
            cohort[age] = 0.9 * cohort[age - 1] + 0.04 * chance_normal(chance);
        }
        for (guint pass = 0; pass < 2; pass++) {
            for (guint cell = 0; cell < SP_N_SEXES * SP_N_AGES; cell++) {
                guint sex = cell / SP_N_AGES, age = cell % SP_N_AGES;
                double share =
                    past->sources->pyramid[sex][age] / all * exp(tilt * (age - 40.0) + cohort[age]);
                if (pass == 0) {
                    sum += share;
                } else {
                    past_persons(past, u, 0, sex)[age] =
                        chance_poisson(chance, past->kommuner[u].size * share / sum);
                }
            }
        }
    }
}

/* A year of one kommune: `net` is the share of each age that moves there, before moving(). */
static void step(Past *past, gsize u, gsize day, const Ways *ways, double net, Chance *chance)
{
    double births = 0.0, year_shock = exp(ways->deaths + 0.02 * chance_heavy(chance));
    const double *rates = &past->death_rate[(PAST_DEATH_YEARS - PAST_YEARS + day) *
                                            (gsize)SP_N_SEXES * SP_N_RATE_AGES];
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        const double *now = past_persons(past, u, day, sex);
        double *next = past_persons(past, u, day + 1, sex);
        for (guint age = 0; age < SP_N_AGES; age++) {
            const double *rate = &rates[sex * SP_N_RATE_AGES + age];
            double left = now[age];
            if (left > 0.0) {
                left -= chance_binomial(chance, left,
                                        1.0 - exp(-(rate[0] + rate[1]) / 2.0 * year_shock));
            }
            double gross = age < 67 ? 0.045 * moving(age) : 0.006;
            double come = now[age] * (gross + (age < 67 ? net * moving(age) : ways->old_pull));
            left -= chance_binomial(chance, left, MIN(gross, 0.2));
            next[MIN(age + 1, SP_N_AGES - 1)] += left + chance_poisson(chance, come);
            births += sex == SP_WOMEN && age >= 20 && age < 42 ? now[age] * 0.068 : 0.0;
        }
    }
    births = chance_poisson(chance, births * ways->fertility);
    past_persons(past, u, day + 1, SP_MEN)[0] = chance_binomial(chance, births, 0.513);
    past_persons(past, u, day + 1, SP_WOMEN)[0] =
        births - past_persons(past, u, day + 1, SP_MEN)[0];
}

/* Moves of the year: kommuner lose to and win from each other; the nation's net is its regime's. */
static void moves_of_year(const Past *past, gsize day, double national, Ways ways[], double net[],
                          Chance *chance)
{
    double weighted = 0.0, all = 0.0;
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        double people = 0.0;
        for (guint cell = 0; cell < SP_N_SEXES * 67U; cell++) {
            people += past_persons(past, u, day, cell / 67)[cell % 67];
        }
        ways[u].wave = 0.7 * ways[u].wave + 0.0035 * chance_heavy(chance);
        net[u] = ways[u].pull + ways[u].wave + 0.003 * chance_heavy(chance);
        weighted += people * net[u];
        all += people;
    }
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        net[u] += national - weighted / all;
    }
}

static void fill_bands(Past *past)
{
    for (gsize i = 0; i < (gsize)PAST_KOMMUNER * PAST_DAYS; i++) {
        for (guint cell = 0; cell < SP_N_SEXES * SP_N_AGES; cell++) {
            guint age = cell % SP_N_AGES;
            if (age >= 67) {
                past->figure[PAST_PEOPLE + (age >= 80)][i] +=
                    past_persons(past, i / PAST_DAYS, i % PAST_DAYS, cell / SP_N_AGES)[age];
            }
        }
    }
}

/* A regime of immigration: waves begin a year in eight and are as likely to end as to go on. */
typedef struct {
    double usual;
    gboolean is_wave;
} Regime;

static double net_of_year(Regime *regime, Chance *chance)
{
    regime->is_wave = chance_uniform(chance) < (regime->is_wave ? 0.5 : 0.12);
    return regime->usual + 0.001 * chance_heavy(chance) + (regime->is_wave ? 0.005 : 0.0);
}

/* The country's people in the middle of the years before the base: those of the kommuner, and
 * before the first day as many as must have been there. */
static void fill_exposure(Past *past, Regime regime)
{
    Chance chance = chance_of(past->key, "long ago");
    const gsize cells = (gsize)SP_N_SEXES * SP_N_AGES;
    for (gsize year = PAST_DEATH_YEARS; year-- > 0;) {
        double *now = &past->exposure[year * cells];
        double net = net_of_year(&regime, &chance);
        for (gsize cell = 0; cell < cells; cell++) {
            guint sex = (guint)(cell / SP_N_AGES), age = (guint)(cell % SP_N_AGES);
            if (year + PAST_YEARS >= PAST_DEATH_YEARS) {
                gsize day = year + PAST_YEARS - PAST_DEATH_YEARS;
                for (gsize u = 0; u < PAST_KOMMUNER; u++) {
                    now[cell] += (past_persons(past, u, day, sex)[age] +
                                  past_persons(past, u, day + 1, sex)[age]) /
                                 2.0;
                }
                continue;
            }
            gsize older = MIN(age + 1, SP_N_AGES - 1) - age;
            double rate = past->death_rate[(year * SP_N_SEXES + sex) * (gsize)SP_N_RATE_AGES + age];
            double grown = exp(-rate) * (1.0 + net * moving(age));
            now[cell] = now[cells + cell + older] / (older > 0 ? grown : 1.0);
        }
    }
}

void past_make_people(Past *past)
{
    Chance chance = chance_of(past->key, "people");
    Ways ways[PAST_KOMMUNER];
    double net[PAST_KOMMUNER];
    Regime regime = {.usual = 0.004 + 0.003 * chance_uniform(&chance)};
    const Regime usual = regime;
    make_rates(past);
    settle(past, &chance);
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        int class = past->kommuner[u].centrality[1] - '3';
        ways[u] = (Ways){.deaths = 0.05 * chance_normal(&chance) + 0.01 * class,
                         .pull = 0.004 * chance_heavy(&chance) - 0.002 * class,
                         .old_pull = 0.002 * chance_normal(&chance),
                         .fertility = exp(0.08 * chance_normal(&chance))};
    }
    for (gsize day = 0; day + 1 < PAST_DAYS; day++) {
        double national = net_of_year(&regime, &chance);
        moves_of_year(past, day, national, ways, net, &chance);
        for (gsize u = 0; u < PAST_KOMMUNER; u++) {
            step(past, u, day, &ways[u], net[u], &chance);
        }
    }
    fill_bands(past);
    fill_exposure(past, usual);
}
