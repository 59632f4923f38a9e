/* Draws of a small country: what must hold in every draw, and what they may not depend on. */
#include "small.h"

#include "transforms/project/population/draws.h"

static const gsize N_DAYS = 11, N_DRAWS = 300, N_GROUPS = 3;

typedef struct {
    SpTables *in;
    SpPopulationModel *model;
    SpPersons *expected;
    SpPersonGroups groups; /* 0-66, 67-79, 80+ */
} Country;

static int country_init(void **state)
{
    Country *country = g_new0(Country, 1);
    g_autoptr(SpQuality) quality = sp_quality_new();
    const SpPopulationOptions options = small_options(SMALL_BASE + (int)N_DAYS - 1);
    country->in = small_country();
    country->model = small_model(country->in, &options, quality);
    country->expected = small_path(country->model, quality);
    country->groups.n_groups = (guint)N_GROUPS;
    for (guint cell = 0; cell < SP_N_SEXES * SP_N_AGES; cell++) {
        guint age = cell % SP_N_AGES;
        country->groups.of[cell / SP_N_AGES][age] = age < 67 ? 0 : age < 80 ? 1 : 2;
    }
    *state = country;
    return 0;
}

static int country_clear(void **state)
{
    Country *country = *state;
    g_free(country->expected);
    sp_population_model_free(country->model);
    sp_tables_free(country->in);
    g_free(country);
    return 0;
}

static SpPopulationDraws *make_draws(const Country *country, gsize n_draws, guint64 seed)
{
    SpShockOptions options;
    sp_shock_options_init(&options);
    return sp_population_draws_new(country->model, N_DAYS, country->expected, sp_random_seed(seed),
                                   n_draws, &options);
}

/* [n_groups][N_DAYS][n_draws]; g_free. */
static float *draw(const SpPopulationDraws *draws, gsize region, const SpPersonGroups *groups)
{
    g_autoptr(SpPopulationScratch) scratch = sp_population_scratch_new(draws);
    float *out = g_new(float, groups->n_groups *N_DAYS *sp_population_draws_n_draws(draws));
    sp_population_draw(draws, region, groups, scratch, out);
    return out;
}

static double expected_of(const Country *country, gsize region, gsize day, guint group)
{
    double sum = 0;
    for (guint cell = 0; cell < SP_N_SEXES * SP_N_AGES; cell++) {
        guint sex = cell / SP_N_AGES, age = cell % SP_N_AGES;
        sum += country->groups.of[sex][age] == group
                   ? country->expected[region * N_DAYS + day].count[sex][age]
                   : 0.0;
    }
    return sum;
}

static void base_is_known_and_nobody_is_negative(void **state)
{
    const Country *country = *state;
    g_autoptr(SpPopulationDraws) draws = make_draws(country, N_DRAWS, 1);
    for (gsize region = 0; region < SMALL_N; region++) {
        g_autofree float *out = draw(draws, region, &country->groups);
        for (guint group = 0; group < N_GROUPS; group++) {
            double base = expected_of(country, region, 0, group);
            for (gsize i = 0; i < N_DAYS * N_DRAWS; i++) {
                float persons = out[group * N_DAYS * N_DRAWS + i];
                assert_true(persons >= 0.0F && isfinite(persons));
                assert_true(i >= N_DRAWS || fabs((double)persons - base) <= 1e-4 * base);
            }
        }
    }
}

static void empty_kommune_stays_empty_in_every_draw(void **state)
{
    const Country *country = *state;
    g_autoptr(SpPopulationDraws) draws = make_draws(country, N_DRAWS, 1);
    g_autofree float *out = draw(draws, 4, &country->groups);
    for (gsize i = 0; i < N_GROUPS * N_DAYS * N_DRAWS; i++) {
        assert_true(out[i] == 0.0F);
    }
}

static void draws_lie_around_the_expected_path(void **state)
{
    const Country *country = *state;
    g_autoptr(SpPopulationDraws) draws = make_draws(country, 4000, 1);
    for (gsize region = 0; region < 4; region++) {
        g_autofree float *out = draw(draws, region, &country->groups);
        for (guint group = 0; group < N_GROUPS; group++) {
            double mean = 0, square = 0;
            for (gsize i = 0; i < 4000; i++) {
                double here = (double)out[(group * N_DAYS + N_DAYS - 1) * 4000 + i];
                mean += here / 4000;
                square += here * here / 4000;
            }
            double sd = sqrt(square - mean * mean);
            double want = expected_of(country, region, N_DAYS - 1, group);
            assert_true(sd > 0.001 * want);
            assert_near(mean, want, 0.01 * want + 4 * sd / sqrt(4000));
        }
    }
}

/* Deaths of a small kommune: the spread of a year is at least that of chance, and of a large one
 * mostly what it shares with the country. */
static void small_kommuner_are_less_certain(void **state)
{
    const Country *country = *state;
    g_autoptr(SpPopulationDraws) draws = make_draws(country, N_DRAWS, 1);
    double relative[2];
    for (gsize i = 0; i < 2; i++) {
        gsize region = i == 0 ? 1 : 2; /* 3000 and 50 of each age */
        g_autofree float *out = draw(draws, region, &country->groups);
        double mean = 0, square = 0;
        for (gsize k = 0; k < N_DRAWS; k++) {
            double here = (double)out[(2 * N_DAYS + 1) * N_DRAWS + k];
            mean += here / (double)N_DRAWS;
            square += here * here / (double)N_DRAWS;
        }
        relative[i] = sqrt(square - mean * mean) / mean;
    }
    assert_true(relative[1] > 1.1 * relative[0]);
}

static void a_draw_depends_on_nothing_but_its_names(void **state)
{
    const Country *country = *state;
    g_autoptr(SpPopulationDraws) many = make_draws(country, N_DRAWS, 1);
    g_autoptr(SpPopulationDraws) few = make_draws(country, 70, 1);
    g_autoptr(SpPopulationDraws) other = make_draws(country, N_DRAWS, 2);
    g_autofree float *a = draw(many, 1, &country->groups);
    g_autofree float *b = draw(few, 1, &country->groups);
    g_autofree float *c = draw(other, 1, &country->groups);
    /* A scratch that was used for another kommune first. */
    g_autoptr(SpPopulationScratch) scratch = sp_population_scratch_new(many);
    g_autofree float *again = g_new(float, N_GROUPS *N_DAYS *N_DRAWS);
    sp_population_draw(many, 2, &country->groups, scratch, again);
    sp_population_draw(many, 1, &country->groups, scratch, again);
    assert_memory_equal(a, again, N_GROUPS * N_DAYS * N_DRAWS * sizeof(float));
    for (gsize day = 0; day < N_GROUPS * N_DAYS; day++) {
        assert_memory_equal(a + day * N_DRAWS, b + day * 70, 70 * sizeof(float));
    }
    assert_memory_not_equal(a, c, N_GROUPS * N_DAYS * N_DRAWS * sizeof(float));
}

/* However people are grouped, they are the same people. */
static void groups_are_parts_of_one_draw(void **state)
{
    const Country *country = *state;
    g_autoptr(SpPopulationDraws) draws = make_draws(country, N_DRAWS, 1);
    SpPersonGroups sexes = {.n_groups = 2}, men = {.n_groups = 1};
    for (guint age = 0; age < SP_N_AGES; age++) {
        sexes.of[SP_MEN][age] = men.of[SP_MEN][age] = 0;
        sexes.of[SP_WOMEN][age] = 1;
        men.of[SP_WOMEN][age] = SP_NO_GROUP;
    }
    g_autofree float *a = draw(draws, 1, &country->groups);
    g_autofree float *b = draw(draws, 1, &sexes);
    g_autofree float *c = draw(draws, 1, &men);
    gsize size = N_DAYS * N_DRAWS;
    assert_memory_equal(b, c, size * sizeof(float));
    for (gsize i = 0; i < size; i++) {
        double by_age = (double)a[i] + (double)a[size + i] + (double)a[2 * size + i];
        assert_near((double)b[i] + (double)b[size + i], by_age, 1e-5 * by_age);
    }
}

typedef struct {
    const SpPopulationDraws *draws;
    const SpPersonGroups *groups;
    gsize region;
    float *out;
} Job;

static gpointer draw_in_thread(gpointer data)
{
    Job *job = data;
    job->out = draw(job->draws, job->region, job->groups);
    return NULL;
}

static void threads_draw_what_one_draws(void **state)
{
    const Country *country = *state;
    g_autoptr(SpPopulationDraws) draws = make_draws(country, N_DRAWS, 1);
    Job jobs[4];
    GThread *threads[4];
    for (gsize i = 0; i < 4; i++) {
        jobs[i] = (Job){draws, &country->groups, i, NULL};
        threads[i] = g_thread_new("draw", draw_in_thread, &jobs[i]);
    }
    for (gsize i = 0; i < 4; i++) {
        g_thread_join(threads[i]);
        g_autofree float *alone = draw(draws, i, &country->groups);
        assert_memory_equal(alone, jobs[i].out, N_GROUPS * N_DAYS * N_DRAWS * sizeof(float));
        g_free(jobs[i].out);
    }
}

/* Two kommuner vary together, as they have the country's deaths in common: the spread of their sum
 * is more than if they did not. */
static void kommuner_share_the_countrys_fate(void **state)
{
    const Country *country = *state;
    /* Past deaths that jump about: the country's years differ. */
    g_autoptr(SpTables) in = small_country();
    SpTable *deaths = sp_tables_find(in, "doedelighet");
    for (gsize row = 0; row < sp_table_n_rows(deaths); row++) {
        double rate = sp_table_real(deaths, row, 5).value;
        double jump = sp_table_code(deaths, row, 2)[3] % 2 == 0 ? 1.15 : 0.87;
        sp_table_set_real(deaths, row, 5, sp_real(rate * jump));
        sp_table_set_real(deaths, row, 4, sp_real(1e5 * rate * jump));
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    const SpPopulationOptions options = small_options(SMALL_BASE + (int)N_DAYS - 1);
    g_autoptr(SpPopulationModel) model = small_model(in, &options, quality);
    g_autofree SpPersons *expected = small_path(model, quality);
    SpShockOptions shocks;
    sp_shock_options_init(&shocks);
    g_autoptr(SpPopulationDraws) draws =
        sp_population_draws_new(model, N_DAYS, expected, sp_random_seed(1), 1000, &shocks);
    g_autofree float *a = draw(draws, 1, &country->groups);
    g_autofree float *b = draw(draws, 3, &country->groups);
    const float *old_a = a + (2 * N_DAYS + 3) * 1000, *old_b = b + (2 * N_DAYS + 3) * 1000;
    double ma = 0, mb = 0, va = 0, vb = 0, product = 0;
    for (gsize i = 0; i < 1000; i++) {
        ma += (double)old_a[i] / 1000;
        mb += (double)old_b[i] / 1000;
    }
    for (gsize i = 0; i < 1000; i++) {
        double x = (double)old_a[i] - ma, y = (double)old_b[i] - mb;
        va += x * x;
        vb += y * y;
        product += x * y;
    }
    assert_true(product / sqrt(va * vb) > 0.2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base_is_known_and_nobody_is_negative),
        cmocka_unit_test(empty_kommune_stays_empty_in_every_draw),
        cmocka_unit_test(draws_lie_around_the_expected_path),
        cmocka_unit_test(small_kommuner_are_less_certain),
        cmocka_unit_test(a_draw_depends_on_nothing_but_its_names),
        cmocka_unit_test(groups_are_parts_of_one_draw),
        cmocka_unit_test(threads_draw_what_one_draws),
        cmocka_unit_test(kommuner_share_the_countrys_fate),
    };
    return cmocka_run_group_tests(tests, country_init, country_clear);
}
