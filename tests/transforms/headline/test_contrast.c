/* Fylker against the country, on a hand-made case and on simulated countries. */
#include "tests/transforms/vary/csvtable.h"

#include "core/number.h"
#include "transforms/headline/contrast.h"
#include "transforms/headline/rows.h"
#include "transforms/vary/funnel/discovery.h"
#include "transforms/vary/spread/headline.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_randist.h>

enum { MOST = 400, FYLKER = 15, COUNTRIES = 1000 };

/* z = 1.0616403598019513, p = 0.2883989839987348 by the formula of contrast.h in Python: the area
 * has 450 of 1 500 and units of 1 000, 2 000 and 500; the whole 2 600 of 10 000 and besides units
 * of 6 000, 300, 5 000 and 700; s = 0.25. */
static void z_is_that_of_the_formula(void **state)
{
    const SpContrastArea area = {450, 1500, 3500, 1e6 + 4e6 + 25e4};
    const SpContrastArea whole = {2600, 10000, 15500, 1e6 + 4e6 + 25e4 + 36e6 + 9e4 + 25e6 + 49e4};
    (void)state;
    assert_near(sp_contrast_z(area, whole, 0.25), 1.0616403598019513, 1e-12);
    assert_near(sp_contrast_p(1.0616403598019513), 0.2883989839987348, 1e-12);
    assert_near(sp_contrast_p(-1.0616403598019513), 0.2883989839987348, 1e-12);
}

static void a_share_of_nobody_has_no_z(void **state)
{
    const SpContrastArea whole = {2600, 10000, 15500, 7e7};
    (void)state;
    assert_true(isnan(sp_contrast_z((SpContrastArea){0, 1500, 3500, 5e6}, whole, 0.25)));
    assert_true(isnan(sp_contrast_z((SpContrastArea){1500, 1500, 3500, 5e6}, whole, 0.25)));
    assert_true(isnan(sp_contrast_z((SpContrastArea){10, 1500, 0, 0}, whole, 0.25)));
}

/* Norway's kommuner: inhabitants, and the number of their fylke. */
typedef struct {
    gsize n;
    double people[MOST];
    gsize fylke[MOST];
} Kommuner;

static Kommuner kommuner_read(void)
{
    g_autoptr(SpTable) table = csvtable_config("simulate/kommuner.csv", "kommuner");
    g_autoptr(GHashTable) fylker = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    Kommuner kommuner = {.n = sp_table_n_rows(table)};
    assert_true(kommuner.n <= MOST);
    for (gsize i = 0; i < kommuner.n; i++) {
        const char *people = sp_rows_code(table, i, "folketall");
        char *fylke = g_strndup(sp_rows_code(table, i, "kommune"), 2);
        assert_true(sp_number_parse(people, strlen(people), sp_number_plain, &kommuner.people[i]));
        if (!g_hash_table_contains(fylker, fylke)) {
            g_hash_table_insert(fylker, g_strdup(fylke),
                                GUINT_TO_POINTER(g_hash_table_size(fylker)));
        }
        kommuner.fylke[i] = GPOINTER_TO_UINT(g_hash_table_lookup(fylker, fylke));
        g_free(fylke);
    }
    assert_int_equal(g_hash_table_size(fylker), FYLKER);
    return kommuner;
}

static void add(SpContrastArea *area, double count, double n, double people)
{
    area->count += count;
    area->n += n;
    area->sum += people;
    area->squares += people * people;
}

/* The upper limit of what kommuner differ by, as table `variasjon` has it. */
static double spread_of(gsize n, const double count[], const double whole[], double share)
{
    double expected[MOST];
    for (gsize i = 0; i < n; i++) {
        expected[i] = share * whole[i];
    }
    return sp_headline(&(SpHeadlineAreas){n, count, expected, whole}).sd_high.value;
}

/* p of every fylke of a country whose kommuner differ with `sd` around one share, and in which no
 * fylke is another than its kommuner make it. Staff an inhabitant differ too. */
static void live(gsl_rng *rng, const Kommuner *kommuner, double share, double sd, SpReal p[FYLKER])
{
    double n[MOST];
    double count[MOST];
    SpContrastArea fylke[FYLKER] = {{0}};
    SpContrastArea whole = {0};
    for (gsize i = 0; i < kommuner->n; i++) {
        const double odds = share / (1.0 - share) * exp(gsl_ran_gaussian(rng, sd));
        n[i] = ceil(0.03 * kommuner->people[i] * exp(gsl_ran_gaussian(rng, 0.2)));
        count[i] = gsl_ran_binomial(rng, odds / (1.0 + odds), (guint)n[i]);
        add(&fylke[kommuner->fylke[i]], count[i], n[i], kommuner->people[i]);
        add(&whole, count[i], n[i], kommuner->people[i]);
    }
    const double spread = spread_of(kommuner->n, count, n, whole.count / whole.n);
    for (gsize i = 0; i < FYLKER; i++) {
        p[i] = sp_real(sp_contrast_p(sp_contrast_z(fylke[i], whole, spread)));
    }
}

typedef struct {
    double false_discovery; /* share of countries with a discovery: all are false */
    double beyond;          /* share of fylker outside 99.8 % limits */
} Alarms;

static Alarms alarms_of(const Kommuner *kommuner, double share, double sd)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    Alarms alarms = {0};
    gsl_set_error_handler_off();
    gsl_rng_set(rng, 20261123);
    for (gsize country = 0; country < COUNTRIES; country++) {
        SpReal p[FYLKER];
        SpReal q[FYLKER];
        gboolean is_any = FALSE;
        live(rng, kommuner, share, sd, p);
        sp_discovery(FYLKER, p, q);
        for (gsize i = 0; i < FYLKER; i++) {
            is_any = is_any || q[i].value <= 0.05;
            alarms.beyond += p[i].value < 0.002 ? 1.0 / (FYLKER * COUNTRIES) : 0.0;
        }
        alarms.false_discovery += is_any ? 1.0 / COUNTRIES : 0.0;
    }
    gsl_rng_free(rng);
    print_message("share %.2f, sd %.2f: discoveries in %.1f %% of countries, %.2f %% of fylker "
                  "outside 99.8 %%\n",
                  share, sd, 100.0 * alarms.false_discovery, 100.0 * alarms.beyond);
    return alarms;
}

/* The levels are 5 % and 0.2 %. */
static void fylker_of_no_country_are_found_more_often_than_the_level(void **state)
{
    static const double worlds[][2] = {{0.26, 0.25}, {0.15, 0.25}};
    const Kommuner kommuner = kommuner_read();
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(worlds); i++) {
        const Alarms alarms = alarms_of(&kommuner, worlds[i][0], worlds[i][1]);
        assert_true(alarms.false_discovery <= 0.05);
        assert_true(alarms.beyond <= 0.002);
    }
}

/* Four points in a fylke of many are far beyond chance, and no more than kommuner bring. */
static void what_chance_does_not_explain_the_spread_of_kommuner_may(void **state)
{
    const Kommuner kommuner = kommuner_read();
    SpContrastArea fylke = {0};
    SpContrastArea whole = {0};
    (void)state;
    for (gsize i = 0; i < kommuner.n; i++) {
        const double n = ceil(0.03 * kommuner.people[i]);
        const double count = n * (kommuner.fylke[i] == 0 ? 0.30 : 0.26);
        if (kommuner.fylke[i] == 0) {
            add(&fylke, count, n, kommuner.people[i]);
        }
        add(&whole, count, n, kommuner.people[i]);
    }
    assert_true(sp_contrast_p(sp_contrast_z(fylke, whole, 0.0)) < 1e-9);
    assert_true(sp_contrast_p(sp_contrast_z(fylke, whole, 0.25)) > 0.2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(z_is_that_of_the_formula),
        cmocka_unit_test(a_share_of_nobody_has_no_z),
        cmocka_unit_test(fylker_of_no_country_are_found_more_often_than_the_level),
        cmocka_unit_test(what_chance_does_not_explain_the_spread_of_kommuner_may),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
