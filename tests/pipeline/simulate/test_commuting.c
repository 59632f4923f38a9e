/* Commuting of the simulated country, and whether the rule of arbeidssted.csv finds its regions
 * again. */
#include "tests/check.h"
#include "tests/transforms/project/fixture.h"

#include "pipeline/simulate/chance.h"
#include "pipeline/simulate/commuting.h"
#include "transforms/project/supply/labour_markets.h"

#include <string.h>

#define DATA SP_SOURCE_FOLDER "/config"

typedef struct {
    SpSimGeography *geography;
    SpSimParameters parameters;
    double *expected;
    guint n;
} World;

static int make_world(void **state)
{
    g_autoptr(GError) error = NULL;
    World *world = g_new0(World, 1);
    world->geography = sp_sim_geography_read(DATA, &error);
    assert_no_error(error);
    assert_true(sp_sim_parameters_read(&world->parameters, DATA "/simulate/modell.ini", &error));
    world->expected = sp_sim_commuting_expected(world->geography, &world->parameters);
    world->n = world->geography->n_kommuner;
    *state = world;
    return 0;
}

static int remove_world(void **state)
{
    World *world = *state;
    sp_sim_geography_free(world->geography);
    g_free(world->expected);
    g_free(world);
    return 0;
}

static guint find(const World *world, const char *code)
{
    guint k = 0;
    while (strcmp(world->geography->kommuner[k].code, code) != 0) {
        k++;
        assert_true(k < world->n);
    }
    return k;
}

/* Of those who live in the kommuner whose code begins so, the share who work in one whose code does
 * or does not. */
static double share(const World *world, const char *home, const char *work, gboolean in)
{
    double all = 0, there = 0;
    for (guint from = 0; from < world->n; from++) {
        for (guint to = 0; to < world->n; to++) {
            double persons = world->expected[from * world->n + to];
            const char *lives = world->geography->kommuner[from].code;
            if (g_str_has_prefix(lives, home)) {
                gboolean is_there = g_str_has_prefix(world->geography->kommuner[to].code,
                                                     work != NULL ? work : lives);
                all += persons;
                there += is_there == in ? persons : 0;
            }
        }
    }
    return there / all;
}

static void rows_are_the_employed(void **state)
{
    const World *world = *state;
    for (guint from = 0; from < world->n; from++) {
        double sum = 0;
        for (guint to = 0; to < world->n; to++) {
            assert_true(world->expected[from * world->n + to] >= 0);
            sum += world->expected[from * world->n + to];
        }
        assert_near(sum, world->geography->kommuner[from].size / 2, 1e-6);
    }
}

/* Nobody lives in the second kommune, so nobody works there. */
static void where_nobody_works_who_does_lives_there(void **state)
{
    const World *world = *state;
    SpSimKommune kommuner[] = {{.size = 1000}, {.size = 0, .east = 10}};
    SpSimPiece pieces[] = {
        {.kommune = 0, .share = 0.4}, {.kommune = 0, .share = 0.6}, {.kommune = 1, .share = 1}};
    const SpSimGeography geography = {
        .kommuner = kommuner, .n_kommuner = 2, .pieces = pieces, .n_pieces = 3};
    static const double wanted[] = {0.4, 0.6, 0, 0.4, 0.6, 0, 0, 0, 1};
    g_autofree double *homes = sp_sim_commuting_homes(&geography, &world->parameters);
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
        assert_near(homes[i], wanted[i], 1e-12);
    }
}

/* A real middle of the country: Oslo to Bergen is 305 km and Tromsø to Kirkenes 400 as the crow
 * flies; middles of large kommuner are some tens of km from their towns. */
static void kommuner_lie_where_they_are(void **state)
{
    static const struct {
        const char *one;
        const char *other;
        double km;
    } known[] = {{"0301", "4601", 305}, {"0301", "5001", 390}, {"5501", "5605", 400}};
    const World *world = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(known); i++) {
        const SpSimKommune *one = &world->geography->kommuner[find(world, known[i].one)];
        const SpSimKommune *other = &world->geography->kommuner[find(world, known[i].other)];
        double east = one->east - other->east, north = one->north - other->north;
        assert_near(sqrt(east * east + north * north), known[i].km, 30);
    }
}

/* Akershus sends 30-45 % to Oslo (antatt), Finnmark hardly anybody anywhere; most work where they
 * live. */
static void people_commute_over_borders_of_fylker(void **state)
{
    const World *world = *state;
    double to_oslo = share(world, "32", "0301", TRUE);
    double home = share(world, "", NULL, TRUE);
    assert_true(to_oslo > 0.30 && to_oslo < 0.45);
    assert_true(share(world, "03", "03", FALSE) > 0.05);
    assert_true(share(world, "56", "56", FALSE) < 0.02);
    assert_true(home > 0.60 && home < 0.75);
    printf("Akershus to Oslo %.3f, Oslo to other fylker %.3f, within the own kommune %.3f\n",
           to_oslo, share(world, "03", "03", FALSE), home);
}

/* ---- the regions found again ---- */

static double rule(const char *name)
{
    g_autoptr(GPtrArray) rows = fixture_rows(DATA, "framskriving/arbeidssted.csv");
    for (guint i = 0; i < rows->len; i++) {
        char *const *row = rows->pdata[i];
        if (strcmp(row[0], name) == 0) {
            return fixture_number(row[1]);
        }
    }
    fail_msg("arbeidssted.csv: no %s", name);
    return 0;
}

typedef struct {
    guint *core; /* [n] as the rule finds them */
    guint n;
    double precision; /* of pairs in one found region, those that share a true one */
    double recall;    /* of pairs in a true region, those that share a found one */
} Found;

static void judge(const World *world, Found *found)
{
    double both = 0, ours = 0, theirs = 0;
    for (guint u = 0; u < world->n; u++) {
        found->n += found->core[u] == u ? 1 : 0;
        for (guint v = 0; v < u; v++) {
            gboolean is_ours = found->core[u] == found->core[v];
            gboolean is_theirs =
                world->geography->kommuner[u].basin == world->geography->kommuner[v].basin;
            ours += is_ours ? 1 : 0;
            theirs += is_theirs ? 1 : 0;
            both += is_ours && is_theirs ? 1 : 0;
        }
    }
    found->precision = both / ours;
    found->recall = both / theirs;
}

static void find_regions(const World *world, double inhabitants, guint64 seed, Found *found)
{
    const SpPlaceRules rules = {.commuting = rule("pendlerandel"), .inhabitants = inhabitants};
    gsize n = world->n;
    g_autofree double *commuters = g_new(double, n *n);
    g_autofree double *people = g_new(double, n);
    SpRandom random = sp_random_seed(seed);
    for (gsize i = 0; i < n * n; i++) {
        commuters[i] = sp_sim_poisson(random, i, world->expected[i]);
    }
    for (gsize u = 0; u < n; u++) {
        people[u] = world->geography->kommuner[u].size;
    }
    *found = (Found){.core = g_new(guint, n)};
    sp_labour_markets(n, commuters, people, &rules, found->core);
    judge(world, found);
}

static void told(const World *world, double inhabitants, const Found *found)
{
    printf("at least %5.0f inhabitants: %u regions (truly %u), precision %.2f, recall %.2f\n",
           inhabitants, found->n, world->geography->n_basins, found->precision, found->recall);
}

/* Kommuner that send their people to Oslo are of its region, and a town with an own hinterland is
 * not. */
static void oslo_has_its_region(void **state)
{
    static const char *const of_oslo[] = {"3201", "3203", "3205", "3207", "3209", "3212",
                                          "3222", "3224", "3230", "3232", "3238", "3240"};
    static const char *const of_others[] = {"3107", "3403", "3905", "3301", "3103", "3407"};
    const World *world = *state;
    Found found;
    find_regions(world, rule("innbyggere"), 1, &found);
    guint oslo = found.core[find(world, "0301")];
    assert_int_equal(oslo, find(world, "0301"));
    for (gsize i = 0; i < G_N_ELEMENTS(of_oslo); i++) {
        assert_int_equal(found.core[find(world, of_oslo[i])], oslo);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(of_others); i++) {
        assert_int_not_equal(found.core[find(world, of_others[i])], oslo);
    }
    g_free(found.core);
}

/* A pair at random shares a true region one time in a hundred, so all bars are far from chance.
 * Commuting alone finds about as many regions as there are; with a least number of inhabitants they
 * hold more that do not belong together, which is what it is for (docs/methods/supply.md#regions),
 * and lose fewer that do. The chance of counts moves neither. */
static void the_rule_finds_the_regions_again(void **state)
{
    static const double limits[] = {0, 2500, 5000, 10000};
    const World *world = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(limits); i++) {
        Found found;
        find_regions(world, limits[i], 1, &found);
        told(world, limits[i], &found);
        assert_true(limits[i] > 0 || (found.precision > 0.55 && found.recall > 0.75));
        g_free(found.core);
    }
    for (guint64 seed = 1; seed <= 3; seed++) {
        Found found;
        find_regions(world, rule("innbyggere"), seed, &found);
        told(world, rule("innbyggere"), &found);
        assert_true(found.precision > 0.45);
        assert_true(found.recall > 0.85);
        g_free(found.core);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_the_employed),
        cmocka_unit_test(where_nobody_works_who_does_lives_there),
        cmocka_unit_test(kommuner_lie_where_they_are),
        cmocka_unit_test(people_commute_over_borders_of_fylker),
        cmocka_unit_test(oslo_has_its_region),
        cmocka_unit_test(the_rule_finds_the_regions_again),
    };
    return cmocka_run_group_tests(tests, make_world, remove_world);
}
