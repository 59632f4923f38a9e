/* The country of a past: which kommuner, and the order in which its parts are made. */
#include "past.h"

#include "transforms/project/supply/stock.h"

#include <stdlib.h>
#include <string.h>

const char *const past_professions[PAST_PROFESSIONS] = {
    "ergoterapeut",        "helsefagarbeider", "sosionom",         "sykepleier",
    "uten_helseutdanning", "vernepleier",      "barnevernspedagog"};
const char *const past_services[PAST_SERVICES] = {"hjemmetjeneste", "institusjon"};
const char *const past_series_names[PAST_SERIES] = {
    "people 67-79",        "people 80+",          "users hjemmetjeneste",
    "users institusjon",   "need ergoterapeut",   "need helsefagarb.",
    "need sosionom",       "need sykepleier",     "need uten utd.",
    "need vernepleier",    "need barnevernsped.", "supply ergoterapeut",
    "supply helsefagarb.", "supply sosionom",     "supply sykepleier",
    "supply uten utd.",    "supply vernepleier",  "supply barnevernsped.",
    "gap ergoterapeut",    "gap helsefagarb.",    "gap sosionom",
    "gap sykepleier",      "gap uten utd.",       "gap vernepleier",
    "gap barnevernsped.",
};

static int by_code(const void *a, const void *b)
{
    return strcmp(((const PastKommune *)a)->code, ((const PastKommune *)b)->code);
}

/* Numbers of labour markets, in order of their first kommune; the largest kommune is its home. */
static void number_markets(Past *past)
{
    for (guint i = 0; i < PAST_KOMMUNER; i++) {
        PastKommune *kommune = &past->kommuner[i];
        guint first = 0;
        while (strcmp(past->kommuner[first].market_code, kommune->market_code) != 0) {
            first++;
        }
        kommune->market = first == i ? past->n_markets++ : past->kommuner[first].market;
        guint *home = &past->market_home[kommune->market];
        *home = first == i || past->kommuner[*home].size < kommune->size ? i : *home;
    }
}

/* Kommuner drawn from those that exist, none of them twice. */
static void choose_kommuner(Past *past)
{
    gsize n = past->sources->n_kommuner;
    g_autofree PastKommune *all =
        g_memdup2(past->sources->kommuner, n * sizeof *past->sources->kommuner);
    Chance chance = chance_of(past->key, "kommuner");
    for (gsize i = 0; i < PAST_KOMMUNER; i++) {
        gsize other = i + (gsize)(chance_uniform(&chance) * (double)(n - i));
        past->kommuner[i] = all[other];
        all[other] = all[i];
    }
    qsort(past->kommuner, PAST_KOMMUNER, sizeof(PastKommune), by_code);
    for (gsize i = 0; i < PAST_KOMMUNER; i++) {
        past->n_fylker +=
            i == 0 || strcmp(past->kommuner[i].fylke, past->kommuner[i - 1].fylke) != 0;
        past->fylke[i] = past->n_fylker - 1;
    }
    number_markets(past);
}

void past_trend(Chance *chance, const PastTrend *trend, double level[PAST_DAYS])
{
    level[0] = 0.0;
    for (gsize day = 1; day < PAST_DAYS; day++) {
        level[day] = level[day - 1] + (day <= trend->turn ? trend->slope : trend->later_slope) +
                     trend->step * chance_heavy(chance);
    }
}

void past_residence(const Past *past, gsize kommune, double share[PAST_KOMMUNER])
{
    /* Most live in the labour market where they work, some in the largest one of the fylke. */
    guint own = past->kommuner[kommune].market, other = own;
    double largest = 0.0;
    memset(share, 0, PAST_KOMMUNER * sizeof *share);
    for (guint market = 0; market < past->n_markets; market++) {
        guint home = past->market_home[market];
        if (market != own && past->fylke[home] == past->fylke[kommune] &&
            past->kommuner[home].size > largest) {
            largest = past->kommuner[home].size;
            other = market;
        }
    }
    share[own] += 0.9;
    share[other] += 0.1;
}

Past *past_new(const PastSources *sources, guint64 seed)
{
    Past *past = g_new0(Past, 1);
    past->sources = sources;
    past->key = sp_random_named(sp_random_seed(seed), "past");
    choose_kommuner(past);
    past->persons = g_new0(double, (gsize)PAST_KOMMUNER *PAST_DAYS *SP_N_SEXES *SP_N_AGES);
    past->death_rate =
        g_new0(double, (gsize)(PAST_DEATH_YEARS + PAST_HORIZON) * SP_N_SEXES * SP_N_RATE_AGES);
    past->exposure = g_new0(double, (gsize)PAST_DEATH_YEARS *SP_N_SEXES *SP_N_AGES);
    past->elderly_users = g_new0(double, (gsize)PAST_KOMMUNER *PAST_DAYS *PAST_SERVICES);
    past->target = g_new0(double, (gsize)PAST_KOMMUNER *PAST_DAYS *PAST_PROFESSIONS);
    for (gsize i = 0; i < PAST_SERIES; i++) {
        past->figure[i] = g_new0(double, (gsize)PAST_KOMMUNER *PAST_DAYS);
    }
    past->stock = g_new0(double, (gsize)past->n_markets *PAST_DAYS *PAST_PROFESSIONS *SP_N_STOCK);
    past->work_factor = g_new0(double, (gsize)PAST_DAYS *PAST_PROFESSIONS);
    past->admissions = g_new0(double, (gsize)PAST_PROFESSIONS *PAST_ROUTE_YEARS);
    past->graduates = g_new0(double, (gsize)PAST_PROFESSIONS *PAST_ROUTE_YEARS);
    past->certificates = g_new0(double, (gsize)PAST_PROFESSIONS *PAST_ROUTE_YEARS);
    past->abroad = g_new0(double, (gsize)PAST_PROFESSIONS *PAST_ROUTE_YEARS);
    past_make_people(past);
    past_make_care(past);
    past_make_stock(past);
    return past;
}

void past_free(Past *past)
{
    if (past == NULL) {
        return;
    }
    for (gsize i = 0; i < PAST_SERIES; i++) {
        g_free(past->figure[i]);
    }
    g_free(past->persons);
    g_free(past->death_rate);
    g_free(past->exposure);
    g_free(past->elderly_users);
    g_free(past->target);
    g_free(past->stock);
    g_free(past->work_factor);
    g_free(past->admissions);
    g_free(past->graduates);
    g_free(past->certificates);
    g_free(past->abroad);
    g_free(past);
}
