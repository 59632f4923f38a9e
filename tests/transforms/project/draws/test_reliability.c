/* Of kommuner that are told to lack staff with a chance of 30 %, three in ten are to: chances
 * against a country whose futures are made in another way, from the same sizes. */
#include "made_up.h"
#include "tests/transforms/project/fixture.h"

enum {
    KOMMUNER = 120,
    FYLKER = 4,
    MARKETS = 8,
    DAYS = 6,
    DRAWS = 1000,
    FUTURES = 400,
    BINS = 10,
};

/* What is not known, log: at the base, and by the root of the years since. */
static const double staff_base = 0.08, staff_year = 0.03, share_base = 0.06, share_year = 0.02;
static const double place_kommune = 0.02, place_fylke = 0.01, slope_sd = 0.005, step_sd = 0.012;

/* ---- chance, by Box and Muller and by counting ---- */

typedef struct {
    SpRandom key;
    guint64 next;
} Dice;

static Dice dice_of(guint64 future, const char *what, guint64 who)
{
    SpRandom key = sp_random_numbered(sp_random_seed(4711), future);
    return (Dice){.key = sp_random_numbered(sp_random_named(key, what), who)};
}

static double uniform(Dice *dice)
{
    return sp_random_uniform(dice->key, dice->next++);
}

static double normal(Dice *dice)
{
    double radius = sqrt(-2 * log(1 - uniform(dice)));
    return radius * cos(2 * G_PI * uniform(dice));
}

/* ---- the country ---- */

/* Kommuner of 5 to 200 årsverk; what people choose gives each its need give or take 10 %. */
static void make_paths(MadeUp *of)
{
    double size[KOMMUNER], row[MARKETS] = {0};
    Dice dice = dice_of(0, "paths", 0);
    for (gsize u = 0; u < KOMMUNER; u++) {
        size[u] = 5 * pow(40, uniform(&dice));
        double *need = (double *)sp_demand_need(&of->demand, SP_NEED_TODAY, u, 0, 0);
        double there = size[u] * exp(0.1 * normal(&dice));
        for (gsize day = 0; day < DAYS; day++) {
            gsize at = u * DAYS + day;
            need[day] = size[u] * pow(1.015, (double)day);
            of->demand.staff_sd[at] = hypot(staff_base, staff_year * sqrt((double)day));
            of->demand.share_sd[at] = hypot(share_base, share_year * sqrt((double)day));
        }
        for (gsize market = 0; market < MARKETS; market++) {
            sp_supply_work(&of->supply, 0, market)[u] = u % MARKETS == market ? there : 0;
        }
        row[u % MARKETS] += there;
    }
    for (gsize market = 0; market < MARKETS; market++) {
        for (gsize u = 0; u < KOMMUNER; u++) {
            sp_supply_work(&of->supply, 0, market)[u] /= row[market];
        }
        for (int cause = 0; cause < SP_N_CAUSES; cause++) {
            double *there =
                sp_supply_at(&of->supply, of->supply.aarsverk, market, 0, (SpSupplyCause)cause);
            for (gsize day = 0; day < DAYS; day++) {
                there[day] = cause == SP_CAUSE_BASE ? row[market] * pow(1.005, (double)day) : 0;
            }
        }
    }
}

static void make_country(MadeUp *of)
{
    made_up_init(of, (MadeUpSize){KOMMUNER, 1, 1, 1, MARKETS, FYLKER, DAYS, DRAWS});
    make_paths(of);
    of->demand.need_drift[0] = made_up_drift(slope_sd, step_sd);
    of->plan.sizes.participation = (SpSharedWalk){{0.01, 0.9}, 0.5};
    of->plan.sizes.fylke_shared = 0.2;
    of->plan.sizes.kommune.step = place_kommune;
    of->plan.sizes.fylke.step = place_fylke;
}

/* ---- one future of it ---- */

typedef struct {
    double drift[DAYS], participation[DAYS], alike[FYLKER][2][DAYS]; /* logs */
    double base[KOMMUNER];        /* what a kommune has of the country over what is told */
    double needs[KOMMUNER][DAYS]; /* its own change of need since the base, a factor of mean 1 */
    double asks[KOMMUNER][DAYS];  /* what it asks for, over what is expected */
    double asked[MARKETS][DAYS];  /* and all of a market's, each by what it has */
} Nation;

static double own_need(const MadeUp *of, gsize u, gsize day)
{
    return sp_demand_need(&of->demand, SP_NEED_TODAY, u, 0, 0)[day];
}

/* Whose the country's staff is is not known, how many they are is. */
static void draw_bases(const MadeUp *of, guint64 future, Nation *nation)
{
    double all = 0, told = 0;
    for (gsize u = 0; u < KOMMUNER; u++) {
        Dice dice = dice_of(future, "base", u);
        nation->base[u] = exp(staff_base * normal(&dice) + share_base * normal(&dice));
        all += nation->base[u] * own_need(of, u, 0);
        told += own_need(of, u, 0);
    }
    for (gsize u = 0; u < KOMMUNER; u++) {
        nation->base[u] *= told / all;
    }
}

/* Kommuner of a market have its people between them. Each asks for so much that it would get, if
 * nobody else asked, what it needs beside the country and what its place gives and takes: the two
 * make up the change that its staff is told to have. */
static void draw_asks(const MadeUp *of, guint64 future, Nation *nation)
{
    double change = hypot(staff_year, share_year), of_place = hypot(place_kommune, place_fylke);
    double followed = sqrt(1 - of_place * of_place / (change * change));
    for (gsize u = 0; u < KOMMUNER; u++) {
        Dice dice = dice_of(future, "asks", u);
        double(*alike)[DAYS] = nation->alike[of->fylke_of[u]];
        double walk = 0, place = 0, work = sp_supply_work(&of->supply, 0, u % MARKETS)[u];
        for (gsize day = 0; day < DAYS; day++) {
            double h = (double)day;
            walk += day > 0 ? sqrt(0.8) * normal(&dice) : 0;
            place += day > 0 ? place_kommune * normal(&dice) : 0;
            nation->needs[u][day] = exp(change * (walk + alike[0][day]) - change * change * h / 2);
            double there = exp(place + alike[1][day] - of_place * of_place * h / 2);
            double gets = there * (1 + followed * (nation->needs[u][day] - 1));
            nation->asks[u][day] = gets * (1 - work) / (1 - work * gets);
            nation->asked[u % MARKETS][day] += work * nation->asks[u][day];
        }
    }
}

static void draw_nation(const MadeUp *of, guint64 future, Nation *nation)
{
    Dice dice = dice_of(future, "nation", 0);
    double slope = slope_sd * normal(&dice);
    memset(nation, 0, sizeof *nation);
    for (gsize day = 1; day < DAYS; day++) {
        nation->drift[day] = nation->drift[day - 1] + slope + step_sd * normal(&dice);
        nation->participation[day] = 0.9 * nation->participation[day - 1] + 0.01 * normal(&dice);
        for (gsize fylke = 0; fylke < FYLKER; fylke++) {
            for (gsize i = 0; i < 2; i++) {
                double *walk = nation->alike[fylke][i];
                walk[day] = walk[day - 1] + (i == 0 ? sqrt(0.2) : place_fylke) * normal(&dice);
            }
        }
    }
    draw_bases(of, future, nation);
    draw_asks(of, future, nation);
}

/* Whether a kommune lacks staff on each day. Its base is one, and both sides go from there. */
static void live(const MadeUp *of, const Nation *nation, gsize u, gboolean is_short[DAYS])
{
    double base = nation->base[u], work = sp_supply_work(&of->supply, 0, u % MARKETS)[u];
    const double *there =
        sp_supply_at(&of->supply, of->supply.aarsverk, u % MARKETS, 0, SP_CAUSE_BASE);
    for (gsize day = 0; day < DAYS; day++) {
        double need = base * own_need(of, u, day) * exp(nation->drift[day]) * nation->needs[u][day];
        double gets = nation->asks[u][day] / nation->asked[u % MARKETS][day];
        double supply = base * there[day] * work * gets * exp(nation->participation[day]);
        is_short[day] = need - supply > fmax(1, 0.05 * need);
    }
}

typedef struct {
    double told, came;
    guint n;
} Bin;

static void count_bin(Bin bins[BINS], double told, double came)
{
    Bin *bin = &bins[MIN((gsize)(told * BINS), BINS - 1)];
    bin->told += told;
    bin->came += came;
    bin->n++;
}

/* ---- the claim ---- */

static void chances_of_shortage_come_as_often_as_they_say(void **state)
{
    (void)state;
    static guint n_short[KOMMUNER][DAYS];
    Bin bins[BINS] = {{0}};
    double worst_base = 0;
    char *lines[BINS];
    MadeUp of;
    make_country(&of);
    g_autoptr(SpDrawsResults) results = sp_draws_run(&of.plan, 2, NULL);
    for (guint64 future = 1; future <= FUTURES; future++) {
        Nation nation;
        draw_nation(&of, future, &nation);
        for (gsize u = 0; u < KOMMUNER; u++) {
            gboolean is_short[DAYS];
            live(&of, &nation, u, is_short);
            for (gsize day = 0; day < DAYS; day++) {
                n_short[u][day] += is_short[day] ? 1 : 0;
            }
        }
    }
    for (gsize u = 0; u < KOMMUNER; u++) {
        for (gsize day = 0; day < DAYS; day++) {
            double told = (double)results->short_draws[u * DAYS + day] / DRAWS;
            double came = (double)n_short[u][day] / FUTURES;
            worst_base = day == 0 ? MAX(worst_base, fabs(told - came)) : worst_base;
            if (day > 0) {
                count_bin(bins, told, came);
            }
        }
    }
    for (gsize i = 0; i < BINS; i++) {
        assert_true(bins[i].n >= 5);
        double told = bins[i].told / bins[i].n, came = bins[i].came / bins[i].n;
        lines[i] = g_strdup_printf("| %zu–%zu | %u | %.0f | %.0f |", 10 * i, 10 * i + 10, bins[i].n,
                                   100 * told, 100 * came);
        print_message("%s\n", lines[i]);
        assert_near(came, told, 0.03);
    }
    for (gsize i = 0; i < BINS; i++) {
        fixture_assert_on_page("uncertainty.md", lines[i]);
        g_free(lines[i]);
    }
    print_message("on the base day at most %.2f apart\n", worst_base);
    made_up_clear(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chances_of_shortage_come_as_often_as_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
