/** A made-up country of plain numbers, in which nothing varies until a test says so. */
#ifndef SP_TESTS_TRANSFORMS_PROJECT_DRAWS_MADE_UP_H
#define SP_TESTS_TRANSFORMS_PROJECT_DRAWS_MADE_UP_H

#include "tests/check.h"

#include "transforms/project/draws/run.h"

typedef struct {
    gsize n_kommuner, n_services, n_areas, n_professions, n_markets, n_fylker, n_days, n_draws;
} MadeUpSize;

enum { MADE_UP_BANDS = 2, MADE_UP_SEEN = 5 };

typedef struct {
    MadeUpSize size;
    GPtrArray *memory;
    SpDemandPaths demand;
    SpSupplyPaths supply;
    SpDrawsProfession *professions;
    SpRegionGroup *regions; /* fylker "01", "02", ..., then the country "0" last */
    guint *fylke_of;
    SpDrawsPlan plan;
} MadeUp;

static inline gpointer made_up_keep(MadeUp *of, gpointer memory)
{
    g_ptr_array_add(of->memory, memory);
    return memory;
}

static inline double *made_up_numbers(MadeUp *of, gsize n)
{
    return made_up_keep(of, g_new0(double, n));
}

static inline gboolean *made_up_yes(MadeUp *of, gsize n)
{
    gboolean *all = made_up_keep(of, g_new(gboolean, n));
    for (gsize i = 0; i < n; i++) {
        all[i] = TRUE;
    }
    return all;
}

/** Codes as their number with `digits` digits behind a prefix. */
static inline char **made_up_codes(MadeUp *of, const char *prefix, int digits, gsize n)
{
    char **codes = made_up_keep(of, g_new0(char *, n + 1));
    for (gsize i = 0; i < n; i++) {
        codes[i] = made_up_keep(of, g_strdup_printf("%s%0*" G_GSIZE_FORMAT, prefix, digits, i + 1));
    }
    return codes;
}

/** People are as expected in every draw. */
static inline void made_up_people(gpointer data, guint thread, gsize kommune, float persons[])
{
    (void)thread;
    const MadeUp *of = data;
    gsize n_days = of->size.n_days, n_draws = of->size.n_draws;
    for (gsize i = 0; i < MADE_UP_BANDS * n_days * n_draws; i++) {
        gsize band = i / (n_days * n_draws), day = i / n_draws % n_days;
        persons[i] =
            (float)of->demand.band_persons[(kommune * n_days + day) * MADE_UP_BANDS + band];
    }
}

/* Need of a service and profession in kommune u: (10 + u)(1 + g) / (1 + k), growing by 2 % a year.
 */
static inline void made_up_demand(MadeUp *of)
{
    const MadeUpSize *n = &of->size;
    SpDemandPaths *demand = &of->demand;
    gsize cells = n->n_kommuner * n->n_services * n->n_professions * n->n_days;
    gsize local = n->n_kommuner * n->n_areas * n->n_days;
    *demand = (SpDemandPaths){
        .n_kommuner = n->n_kommuner,
        .n_services = n->n_services,
        .n_areas = n->n_areas,
        .n_professions = n->n_professions,
        .n_days = n->n_days,
        .base = 2025,
        .services = made_up_codes(of, "tjeneste", 2, n->n_services),
        .areas = made_up_codes(of, "omraade", 2, n->n_areas),
        .professions = made_up_codes(of, "yrke", 2, n->n_professions),
        .area_of = made_up_keep(of, g_new0(guint, n->n_services)),
        .need = made_up_numbers(of, SP_N_NEEDS * cells),
        .users = made_up_numbers(of, SP_N_NEEDS * n->n_kommuner * n->n_services * n->n_days),
        .has_users = made_up_keep(of, g_new0(gboolean, n->n_services)),
        .band_use = made_up_numbers(of, n->n_services * n->n_days * MADE_UP_BANDS),
        .use_with_need = made_up_numbers(of, n->n_services),
        .use_drift = made_up_keep(of, g_new0(SpDrift, n->n_services)),
        .use_sd = made_up_numbers(of, n->n_kommuner * n->n_services * n->n_days),
        .need_drift = made_up_keep(of, g_new0(SpDrift, n->n_areas)),
        .share_drift = made_up_keep(of, g_new0(SpDrift, n->n_areas * n->n_professions)),
        .groups.n_groups = MADE_UP_BANDS,
        .band_persons = made_up_numbers(of, n->n_kommuner * n->n_days * MADE_UP_BANDS),
        .band_need = made_up_numbers(of, n->n_services * n->n_days * MADE_UP_BANDS),
        .staff_sd = made_up_numbers(of, local),
        .share_sd = made_up_numbers(of, local * n->n_professions),
        .is_observed = made_up_yes(of, n->n_professions),
        .count_variance = made_up_numbers(of, n->n_kommuner * n->n_areas * n->n_professions),
    };
    for (gsize i = 0; i < SP_N_NEEDS * cells; i++) {
        gsize day = i % n->n_days, g = i / n->n_days % n->n_professions;
        gsize k = i / n->n_days / n->n_professions % n->n_services;
        gsize u = i % cells / (cells / n->n_kommuner);
        demand->need[i] =
            (10 + (double)u) * (1 + (double)g) / (1 + (double)k) * pow(1.02, (double)day);
    }
    for (gsize k = 0; k < n->n_services; k++) {
        demand->area_of[k] = (guint)(k % n->n_areas);
        demand->has_users[k] = TRUE;
    }
    for (gsize i = 0; i < n->n_kommuner * n->n_days * MADE_UP_BANDS; i++) {
        demand->band_persons[i] = 1000 + 100 * (double)(i % MADE_UP_BANDS);
    }
    for (gsize i = 0; i < n->n_services * n->n_days * MADE_UP_BANDS; i++) {
        demand->band_need[i] = 0.01 + 0.02 * (double)(i % MADE_UP_BANDS);
        demand->band_use[i] = 0.1 + 0.3 * (double)(i % MADE_UP_BANDS);
    }
    for (gsize i = 0; i < SP_N_NEEDS * n->n_kommuner * n->n_services * n->n_days; i++) {
        demand->users[i] = 40 + (double)(i / n->n_days / n->n_services % n->n_kommuner);
    }
}

/* So many persons that who of them leaves is no chance. */
#define MADE_UP_PERSONS 1e18

/* Labour markets of 50 (1 + g) årsverk that lose 3 % a year and get 2 of graduates and half an
 * årsverk from abroad; kommune u gets its staff from market u mod n and a tenth from the next. */
static inline void made_up_supply(MadeUp *of)
{
    const MadeUpSize *n = &of->size;
    gsize cells = n->n_professions * SP_N_CAUSES * n->n_days;
    SpSupplyPaths *supply = &of->supply;
    *supply = (SpSupplyPaths){
        .n_kommuner = n->n_kommuner,
        .n_labour_markets = n->n_markets,
        .n_professions = n->n_professions,
        .n_days = n->n_days,
        .base = 2025,
        .labour_markets = made_up_codes(of, "B", 2, n->n_markets),
        .professions = of->demand.professions,
        .labour_market_of = made_up_keep(of, g_new0(guint, n->n_kommuner)),
        .status = made_up_keep(of, g_new0(guint8, n->n_kommuner)),
        .part_of = made_up_keep(of, g_new0(guint, n->n_professions)),
        .aarsverk = made_up_numbers(of, n->n_markets * cells),
        .persons = made_up_numbers(of, n->n_markets * cells),
        .aarsverk_all = made_up_numbers(of, cells),
        .work = made_up_numbers(of, n->n_professions * n->n_markets * n->n_kommuner),
        .exit_rate = made_up_numbers(of, n->n_professions * n->n_days),
        .inflow = made_up_numbers(of, cells),
        .graduates_sd = made_up_numbers(of, n->n_professions),
        .exit_sd = made_up_numbers(of, n->n_professions),
        .unexplained = made_up_numbers(of, n->n_professions),
        .growth = made_up_numbers(of, n->n_professions * MADE_UP_SEEN),
        .is_from_stock = made_up_keep(of, g_new0(gboolean, n->n_professions)),
        .ageing_persons = made_up_numbers(of, n->n_professions * n->n_days),
    };
    for (gsize g = 0; g < n->n_professions; g++) {
        supply->part_of[g] = (guint)g;
    }
    for (gsize u = 0; u < n->n_kommuner; u++) {
        supply->labour_market_of[u] = (guint)(u % n->n_markets);
    }
    for (gsize i = 0; i < n->n_markets * n->n_professions; i++) {
        gsize market = i / n->n_professions, g = i % n->n_professions;
        double sign = n->n_markets % 2 == 1 ? 0 : market % 2 == 0 ? 1 : -1;
        for (gsize day = 0; day < n->n_days; day++) {
            double years = (double)day, size = 1 + (double)g;
            double *base = sp_supply_at(supply, supply->aarsverk, market, g, SP_CAUSE_BASE) + day;
            *base = 50 * size * pow(0.97, years);
            sp_supply_at(supply, supply->persons, market, g, SP_CAUSE_BASE)[day] = MADE_UP_PERSONS;
            base[(gsize)SP_CAUSE_GRADUATES * n->n_days] = 2 * size * years;
            base[(gsize)SP_CAUSE_FOREIGN * n->n_days] = 0.5 * size * years;
            base[(gsize)SP_CAUSE_MOVES * n->n_days] = 0.1 * sign * size * years;
            if (day > 0) {
                double *inflow = &supply->inflow[g * SP_N_CAUSES * n->n_days + day];
                inflow[(gsize)SP_CAUSE_GRADUATES * n->n_days] = 3 * size;
                inflow[(gsize)SP_CAUSE_FOREIGN * n->n_days] = size;
                supply->exit_rate[g * n->n_days + day] = 0.01;
            }
        }
        double *work = sp_supply_work(supply, g, market), sum = 0;
        for (gsize u = 0; u < n->n_kommuner; u++) {
            gsize next = (market + 1) % n->n_markets;
            work[u] = u % n->n_markets == market ? 0.9 : u % n->n_markets == next ? 0.1 : 0;
            sum += work[u];
        }
        for (gsize u = 0; u < n->n_kommuner; u++) {
            work[u] /= sum;
        }
    }
}

/** Kommuner have this share of all who work in a profession, of whom nobody else has any unless a
 * test says so. */
static inline void made_up_others(MadeUp *of, double municipal)
{
    for (gsize g = 0; g < of->size.n_professions; g++) {
        double sum = 0;
        for (gsize market = 0; market < of->size.n_markets; market++) {
            sum += sp_supply_at(&of->supply, of->supply.aarsverk, market, g, SP_CAUSE_BASE)[0];
        }
        of->supply.aarsverk_all[g * SP_N_CAUSES * of->size.n_days] = sum / municipal;
    }
}

static inline void made_up_regions(MadeUp *of)
{
    const MadeUpSize *n = &of->size;
    char **fylker = made_up_codes(of, "", 2, n->n_fylker);
    of->fylke_of = made_up_keep(of, g_new0(guint, n->n_kommuner));
    of->regions = made_up_keep(of, g_new0(SpRegionGroup, n->n_fylker + 1));
    for (gsize region = 0; region <= n->n_fylker; region++) {
        guint *members = made_up_keep(of, g_new0(guint, n->n_kommuner));
        of->regions[region] = (SpRegionGroup){.code = region < n->n_fylker ? fylker[region] : "0",
                                              .members = members};
        for (gsize u = 0; u < n->n_kommuner; u++) {
            of->fylke_of[u] = (guint)(u * n->n_fylker / n->n_kommuner);
            if (region == n->n_fylker || of->fylke_of[u] == region) {
                members[of->regions[region].n_members++] = (guint)u;
            }
        }
    }
    of->plan.fylker = (const char *const *)fylker;
}

/** A drift that goes on for ever, by the sd of its slope's error and of its steps. */
static inline SpDrift made_up_drift(double slope_sd, double step_sd)
{
    return (SpDrift){
        .variance = slope_sd * slope_sd, .innovation = step_sd * step_sd, .damping = 1};
}

static inline void made_up_init(MadeUp *of, MadeUpSize size)
{
    memset(of, 0, sizeof *of);
    of->size = size;
    of->memory = g_ptr_array_new_with_free_func(g_free);
    made_up_demand(of);
    made_up_supply(of);
    made_up_regions(of);
    of->professions = made_up_keep(of, g_new0(SpDrawsProfession, size.n_professions));
    for (gsize g = 0; g < size.n_professions; g++) {
        of->professions[g] = (SpDrawsProfession){
            .id = of->demand.professions[g], .demand = g, .supply = g, .supply_factor = 1};
    }
    char **kommuner = made_up_codes(of, "", 4, size.n_kommuner);
    of->demand.kommuner = kommuner;
    of->supply.kommuner = kommuner;
    of->plan.n_kommuner = size.n_kommuner;
    of->plan.n_days = size.n_days;
    of->plan.n_draws = size.n_draws;
    of->plan.kommuner = (const char *const *)kommuner;
    of->plan.demand = &of->demand;
    of->plan.supply = &of->supply;
    of->plan.professions = of->professions;
    of->plan.n_professions = size.n_professions;
    of->plan.regions = of->regions;
    of->plan.n_regions = size.n_fylker + 1;
    of->plan.fylke_of = of->fylke_of;
    of->plan.n_fylker = size.n_fylker;
    of->plan.people = made_up_people;
    of->plan.people_data = of;
    of->plan.random = sp_random_seed(1);
    of->plan.sizes = (SpShockSizes){.moves.kept = 1,
                                    .market.kept = 1,
                                    .fylke.kept = 1,
                                    .kommune.kept = 1,
                                    .staying = 1,
                                    .aarsverk_per_person = 0.7};
}

/** Gives every kind of shock a size. */
static inline void made_up_shake(MadeUp *of)
{
    const MadeUpSize *n = &of->size;
    SpShockSizes *sizes = &of->plan.sizes;
    for (gsize area = 0; area < n->n_areas; area++) {
        of->demand.need_drift[area] = made_up_drift(0.005, 0.014);
    }
    for (gsize i = 0; i < n->n_kommuner * n->n_areas * n->n_days; i++) {
        of->demand.staff_sd[i] = 0.06 + 0.01 * (double)(i % n->n_days);
    }
    for (gsize i = 0; i < n->n_kommuner * n->n_areas * n->n_professions * n->n_days; i++) {
        of->demand.share_sd[i] = 0.1;
    }
    for (gsize g = 0; g < n->n_professions; g++) {
        of->supply.graduates_sd[g] = 0.1;
        of->supply.exit_sd[g] = 0.3;
        of->supply.unexplained[g] = 0.01;
    }
    of->supply.n_seen = MADE_UP_SEEN;
    for (gsize i = 0; i < n->n_areas * n->n_professions; i++) {
        of->demand.share_drift[i] = made_up_drift(0.004, 0.01);
        of->demand.share_drift[i].damping = 0.9;
    }
    *sizes = (SpShockSizes){.areas_shared = 0.5,
                            .growth_sd = 0.005,
                            .growth_damping = 0.9,
                            .fylke_shared = 0.2,
                            .participation = {{0.01, 0.9}, 0.5},
                            .exits = {{0, 0.8}, 0.5},
                            .graduates = {{0, 0.8}, 0.3},
                            .foreign = {{0.2, 0.8}, 0.7},
                            .moves = {0.2, 0.9},
                            .market = {0.01, 1},
                            .fylke = {0.005, 1},
                            .kommune = {0.02, 1},
                            .staying = 0.9,
                            .aarsverk_per_person = 0.7};
}

/** No kommune has a level of its own that varies. */
static inline void made_up_steady(MadeUp *of)
{
    gsize local = of->size.n_kommuner * of->size.n_areas * of->size.n_days;
    memset(of->demand.staff_sd, 0, local * sizeof(double));
    memset(of->demand.share_sd, 0, local * of->size.n_professions * sizeof(double));
}

static inline void made_up_clear(MadeUp *of)
{
    g_ptr_array_unref(of->memory);
}

/** The draws of every cell, kept: [region][g][day][draw]; need, then supply. */
typedef struct {
    const SpDrawsPlan *plan;
    float *draws[2];
} Kept;

static inline float *kept_at(const Kept *kept, int which, gsize region, gsize g, gsize day)
{
    const SpDrawsPlan *plan = kept->plan;
    gsize cell = (region * plan->n_professions + g) * plan->n_days + day;
    return &kept->draws[which][cell * plan->n_draws];
}

static inline void kept_watch(gpointer data, const SpDrawsSight *sight)
{
    const Kept *kept = data;
    const float *from[2] = {sight->need, sight->supply};
    for (int i = 0; i < 2; i++) {
        if (from[i] != NULL) {
            memcpy(kept_at(kept, i, sight->region, sight->profession, sight->day), from[i],
                   kept->plan->n_draws * sizeof *from[i]);
        }
    }
}

static inline void kept_init(Kept *kept, MadeUp *of)
{
    gsize n = (of->plan.n_kommuner + of->plan.n_regions) * of->plan.n_professions *
              of->plan.n_days * of->plan.n_draws;
    *kept = (Kept){.plan = &of->plan, .draws = {g_new0(float, n), g_new0(float, n)}};
    of->plan.watch = kept_watch;
    of->plan.watch_data = kept;
}

static inline void kept_clear(Kept *kept)
{
    g_free(kept->draws[0]);
    g_free(kept->draws[1]);
}

/** The users alone; the caller frees. */
static inline SpDrawsUsers *users_of(const MadeUp *of, guint n_threads)
{
    SpDrawsUsers *users = NULL;
    sp_draws_results_free(sp_draws_run(&of->plan, n_threads, &users));
    return users;
}

/** Standard deviation of the log of draws [n]. */
static inline double log_sd(gsize n, const float draws[])
{
    double sum = 0, squares = 0;
    for (gsize i = 0; i < n; i++) {
        double x = log((double)draws[i]);
        sum += x;
        squares += x * x;
    }
    return sqrt((squares - sum * sum / (double)n) / ((double)n - 1));
}

/** What the sd of n normal draws misses with less than one chance in ten thousand. */
static inline double sd_error(double sd, gsize n)
{
    return 4 * sd / sqrt(2 * (double)n);
}

/** The same of the quantile of share p of n normal draws: density phi(z) / sd. */
static inline double quantile_error(double sd, double p, double z, gsize n)
{
    double density = exp(-z * z / 2) / sqrt(2 * G_PI) / sd;
    return 4 * sqrt(p * (1 - p) / (double)n) / density;
}

/** The plan is checked first. */
static inline SpDrawsResults *made_up_run(const MadeUp *of, guint n_threads)
{
    g_autoptr(GError) error = NULL;
    (void)sp_draws_check(&of->plan, &error);
    assert_no_error(error);
    return sp_draws_run(&of->plan, n_threads, NULL);
}

#endif
