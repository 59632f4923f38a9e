/* Users and årsverk of a past: levels that jump, staff that follow budgets with a lag, professions
 * that move together. */
#include "past.h"

#include <string.h>

/* How far numbers of users are from their level, over what is chance alone; an institution has
 * places that are filled. */
static const double users_loose[PAST_SERVICES] = {0.6, 0.40};
/* Årsverk of a position. */
static const double position = 0.7;
/* Årsverk a user, and of those of an institution. */
static const double aarsverk_of_user[PAST_SERVICES] = {0.40, 1.7};
/* Professions of the årsverk in care: share, spread between kommuner (log), yearly step of a
 * kommune and of the nation, and how far they go with the trend towards higher education. */
static const struct {
    double share, spread, step, national, towards;
} mix[PAST_PROFESSIONS] = {{0.020, 0.30, 0.060, 0.015, 0.5},  {0.410, 0.10, 0.030, 0.005, -0.3},
                           {0.015, 0.40, 0.070, 0.015, 0.5},  {0.250, 0.12, 0.038, 0.006, 1.0},
                           {0.245, 0.18, 0.040, 0.010, -1.0}, {0.060, 0.25, 0.040, 0.010, 1.0},
                           {0.002, 0.50, 0.090, 0.015, 0.5}};

static double slope(Chance *chance, double mean, double sd)
{
    return mean + sd * chance_normal(chance);
}

/* A trend that turns within a few years of the base, before or after. */
static PastTrend draw_trend(Chance *chance, double mean, double sd, double yearly)
{
    PastTrend trend = {.slope = slope(chance, mean, sd), .step = yearly};
    trend.later_slope = 0.5 * trend.slope + 0.5 * slope(chance, mean, sd);
    trend.turn = (gsize)(2.0 + chance_uniform(chance) * (PAST_DAYS - 4));
    return trend;
}

/* Walks of kommuner and their fylker, log: [u][day]. The start is spread; jumps have heavy
 * tails. */
typedef struct {
    double spread, fylke_spread, step, fylke_step, kept;
    double size; /* steps go by the kommune's size (10 000) to the power of minus this */
} Local;

static void draw_local(const Past *past, Chance *chance, const Local *local, double level[])
{
    double fylke[PAST_DAYS] = {0.0};
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        if (u == 0 || past->fylke[u] != past->fylke[u - 1]) {
            fylke[0] = local->fylke_spread * chance_normal(chance);
            for (gsize day = 1; day < PAST_DAYS; day++) {
                fylke[day] = fylke[day - 1] + local->fylke_step * chance_heavy(chance);
            }
        }
        double mean = local->spread * chance_heavy(chance), own = mean;
        double step = local->step * pow(past->kommuner[u].size / 1e4, -local->size);
        for (gsize day = 0; day < PAST_DAYS; day++) {
            own = day == 0 ? own : mean + local->kept * (own - mean) + step * chance_heavy(chance);
            level[u * PAST_DAYS + day] = fylke[day] + own;
        }
    }
}

/* People by use, below 80 and from there on; the ages of use move up as people become healthier. */
static void expected_users(const Past *past, gsize u, gsize k, gsize day, double shift,
                           double users[2])
{
    users[0] = users[1] = 0.0;
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        const double *persons = past_persons(past, u, day, sex);
        for (guint age = 0; age < SP_N_AGES; age++) {
            double at = age < 67 ? age : MAX((double)age - shift, 0.0);
            guint low = (guint)at;
            const double *use = past->sources->use[k];
            double rate = use[low] + (at - low) * (use[MIN(low + 1, SP_N_AGES - 1)] - use[low]);
            users[age >= 80] += persons[age] * rate;
        }
    }
}

static void make_users(Past *past, gsize k, double level[])
{
    static const Local locals[PAST_SERVICES] = {{0.16, 0.06, 0.075, 0.008, 0.97, 0.25},
                                                {0.22, 0.06, 0.095, 0.008, 0.95, 0.30}};
    static const double drift[PAST_SERVICES] = {0.002, -0.015};
    Chance chance = chance_of(past->key, past_services[k]);
    double national[PAST_DAYS], shift = 0.0;
    PastTrend trend = draw_trend(&chance, drift[k], 0.006, 0.011);
    double healthier = 0.05 + 0.10 * chance_uniform(&chance);
    past_trend(&chance, &trend, national);
    draw_local(past, &chance, &locals[k], level);
    for (gsize day = 0; day < PAST_DAYS; day++) {
        /* They become healthier faster, or slower, after the turn. */
        shift += day <= trend.turn ? healthier : 0.5 * healthier + 0.05;
        for (gsize u = 0; u < PAST_KOMMUNER; u++) {
            gsize at = u * PAST_DAYS + day;
            double by_age[2], *users = &past->figure[PAST_USERS + k][at];
            expected_users(past, u, k, day, shift, by_age);
            level[at] = (by_age[0] + by_age[1]) * exp(national[day] + level[at]);
            *users = day == 0 ? chance_poisson(&chance, level[at])
                              : chance_filled(&chance, users[-1], level[at], users_loose[k]);
            past->elderly_users[at * PAST_SERVICES + k] =
                chance_binomial(&chance, *users, by_age[1] / (by_age[0] + by_age[1]));
        }
    }
}

/* Årsverk that kommuner have budgets for: they close a third of the distance to what their users
 * take in a year, and are shaken. */
static void make_budgets(const Past *past, const double *const users[], double budget[])
{
    static const Local rich = {0.14, 0.05, 0.030, 0.004, 0.98, 0.1};
    Chance chance = chance_of(past->key, "budgets");
    g_autofree double *level = g_new(double, (gsize)PAST_KOMMUNER *PAST_DAYS);
    double national[PAST_DAYS];
    PastTrend trend = draw_trend(&chance, 0.004, 0.006, 0.010);
    past_trend(&chance, &trend, national);
    draw_local(past, &chance, &rich, level);
    for (gsize i = 0; i < (gsize)PAST_KOMMUNER * PAST_DAYS; i++) {
        gsize day = i % PAST_DAYS;
        double wanted = 0.0;
        for (gsize k = 0; k < PAST_SERVICES; k++) {
            wanted += aarsverk_of_user[k] * users[k][i];
        }
        double aim = log(wanted) + level[i] + national[day];
        budget[i] =
            day == 0 ? aim
                     : budget[i - 1] + 0.35 * (aim - budget[i - 1]) + 0.030 * chance_heavy(&chance);
    }
}

/* Shares of professions, log and not yet to the sum of 1: [g][u][day]. */
static void make_mix(const Past *past, double share[])
{
    Chance chance = chance_of(past->key, "mix");
    double common[PAST_DAYS], own[PAST_DAYS];
    PastTrend trend = draw_trend(&chance, 0.004, 0.008, 0.006);
    past_trend(&chance, &trend, common);
    for (gsize g = 0; g < PAST_PROFESSIONS; g++) {
        double *of = &share[g * PAST_KOMMUNER * PAST_DAYS];
        const Local local = {
            mix[g].spread, 0.3 * mix[g].spread, mix[g].step, 0.1 * mix[g].step, 0.97, 0.1};
        PastTrend alone = draw_trend(&chance, 0.0, 0.5 * mix[g].national, mix[g].national);
        past_trend(&chance, &alone, own);
        draw_local(past, &chance, &local, of);
        for (gsize i = 0; i < (gsize)PAST_KOMMUNER * PAST_DAYS; i++) {
            gsize day = i % PAST_DAYS;
            of[i] += log(mix[g].share) + mix[g].towards * common[day] + own[day];
        }
    }
}

static void make_staff(Past *past, const double budget[], const double share[])
{
    Chance chance = chance_of(past->key, "staff");
    for (gsize i = 0; i < (gsize)PAST_KOMMUNER * PAST_DAYS; i++) {
        double sum = 0.0;
        for (gsize g = 0; g < PAST_PROFESSIONS; g++) {
            sum += exp(share[g * PAST_KOMMUNER * PAST_DAYS + i]);
        }
        for (gsize g = 0; g < PAST_PROFESSIONS; g++) {
            double *aarsverk = &past->figure[PAST_NEED + g][i];
            double target = exp(budget[i] + share[g * PAST_KOMMUNER * PAST_DAYS + i]) / sum;
            double persons = i % PAST_DAYS == 0
                                 ? chance_whole(&chance, target / position)
                                 : chance_filled(&chance, floor(aarsverk[-1] / position + 0.5),
                                                 target / position, PAST_STAFF_LOOSE);
            past->target[i * PAST_PROFESSIONS + g] = target;
            *aarsverk = position * persons;
        }
    }
}

void past_make_care(Past *past)
{
    gsize n = (gsize)PAST_KOMMUNER * PAST_DAYS;
    g_autofree double *users = g_new(double, (gsize)PAST_SERVICES *n);
    g_autofree double *budget = g_new(double, n);
    g_autofree double *share = g_new(double, (gsize)PAST_PROFESSIONS *n);
    const double *levels[PAST_SERVICES];
    for (gsize k = 0; k < PAST_SERVICES; k++) {
        levels[k] = &users[k * n];
        make_users(past, k, &users[k * n]);
    }
    make_budgets(past, levels, budget);
    make_mix(past, share);
    make_staff(past, budget, share);
}
