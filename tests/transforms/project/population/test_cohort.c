/* The cohort step against the worked example of the design, and what must hold for any rates. */
#include "tests/transforms/project/fixture.h"

#include "transforms/project/population/cohort.h"

enum { N = 5 }; /* ages of the worked example, the last one open */

/* The example's inputs; men are M and women K there. */
typedef struct {
    double persons[SP_N_SEXES][N];
    double survival[SP_N_SEXES][N];
    double newborn[SP_N_SEXES];
    double arriving[SP_N_SEXES][N];
    double leaving[N];
    double fertility[N];
    double boy_share;
} Example;

static GHashTable *read_values(const char *shared, const char *path, GHashTable *tolerances)
{
    GHashTable *values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GPtrArray) rows = fixture_rows(shared, path);
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        g_hash_table_insert(values, g_strdup(row[0]), g_strdup(row[1]));
        if (tolerances != NULL) {
            g_hash_table_insert(tolerances, g_strdup(row[0]), g_strdup(row[2]));
        }
    }
    return values;
}

static double value_of(GHashTable *values, const char *format, ...) G_GNUC_PRINTF(2, 3);
static double value_of(GHashTable *values, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *key = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    const char *text = g_hash_table_lookup(values, key);
    if (text == NULL) {
        fail_msg("no key %s", key);
    }
    return fixture_number(text);
}

static void read_example(GHashTable *in, Example *example)
{
    static const char letter[SP_N_SEXES] = {'M', 'K'};
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        example->newborn[sex] = exp(-value_of(in, "pop.mx_newborn.%c", letter[sex]));
        for (guint age = 0; age < N; age++) {
            /* The example's rates stand at the age reached. */
            guint reached = MIN(age + 1, (guint)N - 1);
            example->persons[sex][age] = value_of(in, "pop.N0.%c.%u", letter[sex], age);
            example->survival[sex][age] = exp(-value_of(in, "pop.mx.%c.%u", letter[sex], reached));
            example->arriving[sex][age] =
                value_of(in, "pop.inmig_per_year.%c.%u", letter[sex], age);
        }
    }
    for (guint age = 0; age < N; age++) {
        example->leaving[age] = value_of(in, "pop.outmig_prob.%u", age);
        example->fertility[age] = value_of(in, "pop.fert.%u", age);
    }
    example->boy_share = value_of(in, "pop.male_birth_share");
}

static SpCohortRates rates_of(const Example *example)
{
    return (SpCohortRates){
        .n_ages = N,
        .survival = {example->survival[SP_MEN], example->survival[SP_WOMEN]},
        .newborn_survival = {example->newborn[SP_MEN], example->newborn[SP_WOMEN]},
        .leaving = example->leaving,
        .arriving = {example->arriving[SP_MEN], example->arriving[SP_WOMEN]},
        .fertility = example->fertility,
        .fertility_factor = 1.0,
        .boy_share = example->boy_share,
    };
}

static double total(double persons[SP_N_SEXES][N])
{
    double sum = 0;
    for (guint age = 0; age < N; age++) {
        sum += persons[SP_MEN][age] + persons[SP_WOMEN][age];
    }
    return sum;
}

static void step(const SpCohortRates *rates, double now[SP_N_SEXES][N], double next[SP_N_SEXES][N],
                 SpCohortFlows *flows)
{
    const double *const from[SP_N_SEXES] = {now[SP_MEN], now[SP_WOMEN]};
    double *const to[SP_N_SEXES] = {next[SP_MEN], next[SP_WOMEN]};
    sp_cohort_step(rates, from, to, flows);
}

static void worked_example_is_reproduced(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(GHashTable) in = read_values(shared, "helsemod/testvector_inputs.csv", NULL);
    g_autoptr(GHashTable) tolerance =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GHashTable) want = read_values(shared, "helsemod/testvector.csv", tolerance);
    Example example;
    read_example(in, &example);
    SpCohortRates rates = rates_of(&example);

    g_autoptr(GHashTable) got = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint year = 1; year <= 3; year++) {
        double next[SP_N_SEXES][N];
        SpCohortFlows flows;
        step(&rates, example.persons, next, &flows);
        double residual = total(example.persons) + flows.births - flows.deaths - flows.leaving +
                          flows.arriving - total(next);
        const struct {
            const char *name;
            double value;
        } figures[] = {{"births", flows.births},
                       {"deaths", flows.deaths},
                       {"outmig", flows.leaving},
                       {"total", total(next)},
                       {"balance_residual", residual}};
        for (gsize i = 0; i < G_N_ELEMENTS(figures); i++) {
            double *value = g_new(double, 1);
            *value = figures[i].value;
            g_hash_table_insert(got, g_strdup_printf("pop.%s.%u", figures[i].name, year), value);
        }
        for (guint age = 0; age < N; age++) {
            for (guint sex = 0; sex < SP_N_SEXES; sex++) {
                double *value = g_new(double, 1);
                *value = next[sex][age];
                g_hash_table_insert(got, g_strdup_printf("pop.N.%c.%u.%u", "MK"[sex], age, year),
                                    value);
            }
        }
        memcpy(example.persons, next, sizeof next);
    }

    guint n_checked = 0;
    GHashTableIter iter;
    gpointer key, text;
    g_hash_table_iter_init(&iter, want);
    while (g_hash_table_iter_next(&iter, &key, &text)) {
        if (g_str_has_prefix(key, "pop.")) {
            const double *value = g_hash_table_lookup(got, key);
            if (value == NULL) {
                fail_msg("%s is not computed", (const char *)key);
            }
            assert_near(*value, fixture_number(text),
                        fixture_number(g_hash_table_lookup(tolerance, key)));
            n_checked++;
        }
    }
    assert_int_equal(n_checked, 25);
}

static void nobody_in_and_nobody_moving_in_gives_nobody(void **state)
{
    (void)state;
    Example example = {.survival = {{.9, .9, .9, .9, .9}, {.9, .9, .9, .9, .9}},
                       .newborn = {1, 1},
                       .leaving = {0, .1, -.2, .1, 0},
                       .fertility = {0, .5, .5, 0, 0},
                       .boy_share = .513};
    SpCohortRates rates = rates_of(&example);
    rates.arriving[SP_MEN] = rates.arriving[SP_WOMEN] = NULL;
    double next[SP_N_SEXES][N];
    SpCohortFlows flows;
    step(&rates, example.persons, next, &flows);
    assert_true(total(next) == 0.0);
    assert_true(flows.births == 0.0);
}

static void open_age_keeps_its_own_and_takes_the_age_below(void **state)
{
    (void)state;
    Example example = {.persons = {{0, 0, 0, 10, 100}, {0}},
                       .survival = {{1, 1, 1, .5, .25}, {1, 1, 1, 1, 1}},
                       .newborn = {1, 1},
                       .boy_share = .5};
    SpCohortRates rates = rates_of(&example);
    double next[SP_N_SEXES][N];
    SpCohortFlows flows;
    step(&rates, example.persons, next, &flows);
    assert_near(next[SP_MEN][4], 10 * .5 + 100 * .25, 1e-12);
    assert_near(next[SP_MEN][3], 0, 0);
    assert_near(flows.deaths, 5 + 75, 1e-12);
}

static void negative_leaving_is_net_moving_in(void **state)
{
    (void)state;
    Example example = {.persons = {{0, 100, 0, 0, 0}, {0}},
                       .survival = {{1, 1, 1, 1, 1}, {1, 1, 1, 1, 1}},
                       .newborn = {1, 1},
                       .leaving = {0, 0, -.25, 0, 0},
                       .boy_share = .5};
    SpCohortRates rates = rates_of(&example);
    double next[SP_N_SEXES][N];
    SpCohortFlows flows;
    step(&rates, example.persons, next, &flows);
    assert_near(next[SP_MEN][2], 125, 1e-12);
    assert_near(flows.leaving, -25, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_example_is_reproduced),
        cmocka_unit_test(nobody_in_and_nobody_moving_in_gives_nobody),
        cmocka_unit_test(open_age_keeps_its_own_and_takes_the_age_below),
        cmocka_unit_test(negative_leaving_is_net_moving_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
