/* Intervals judged on what then happened, with what was known on the base day; and how long a
 * national run of draws takes. */
#include "country.h"

#include "core/quantile.h"
#include "transforms/project/population/draws.h"

#include <time.h>

enum { N_DRAWS = 1000, N_GROUPS = 4 };

/* All ages, 67-79, 80+: sums of the groups 0-66, 67-79, 80-89 and 90+. */
static const struct {
    const char *name;
    guint first, last; /* groups */
    guint from, to;    /* ages */
} bands[] = {
    {"all", 0, 3, 0, 105}, {"67–79", 1, 1, 67, 79}, {"80+", 2, 3, 80, 105}, {"90+", 3, 3, 90, 105}};

static SpPersonGroups make_groups(void)
{
    SpPersonGroups groups = {.n_groups = N_GROUPS};
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        for (guint age = 0; age < SP_N_AGES; age++) {
            groups.of[sex][age] = age < 67 ? 0 : age < 80 ? 1 : age < 90 ? 2 : 3;
        }
    }
    return groups;
}

/* A model, its path and its draws from one base. */
typedef struct {
    SpPopulationModel *model;
    SpPersons *expected;
    SpPopulationDraws *draws;
    SpPopulationScratch *scratch;
    gsize n_days;
} Run;

static void run_init(Run *run, const SpTables *in, int base, int horizon)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpPopulationOptions options;
    sp_population_options_init(&options, base, horizon);
    run->model = sp_population_model_new(in, &options, quality, &error);
    assert_no_error(error);
    run->n_days = (gsize)(horizon - base) + 1;
    run->expected = g_new(SpPersons, run->model->history->n_regions * run->n_days);
    sp_population_project(run->model, run->n_days, run->expected, quality);
    SpShockOptions shocks;
    sp_shock_options_init(&shocks);
    run->draws =
        sp_population_draws_new(run->model, run->n_days, run->expected,
                                sp_random_named(sp_random_seed(1), "population"), N_DRAWS, &shocks);
    run->scratch = sp_population_scratch_new(run->draws);
}

static void run_clear(Run *run)
{
    sp_population_scratch_free(run->scratch);
    sp_population_draws_free(run->draws);
    g_free(run->expected);
    sp_population_model_free(run->model);
}

/* Kommuner whose figure of the last year lies within the middle 80 and 90 %, and the mean width of
 * the former. */
typedef struct {
    double within_80, within_90, width_80;
} Coverage;

static void cover(const Run *run, const SpTables *in, const char *prefix,
                  Coverage coverage[G_N_ELEMENTS(bands)])
{
    const SpTable *facts = sp_tables_find(in, "folkemengde");
    const SpPersonGroups groups = make_groups();
    gsize size = run->n_days * N_DRAWS;
    g_autofree float *out = g_new(float, N_GROUPS *size);
    GHashTable *want[G_N_ELEMENTS(bands)];
    for (gsize band = 0; band < G_N_ELEMENTS(bands); band++) {
        want[band] = country_band(facts, COUNTRY_LAST, bands[band].from, bands[band].to);
        coverage[band] = (Coverage){0};
    }
    guint n = 0;
    for (gsize region = 0; region < run->model->history->n_regions; region++) {
        const char *code = run->model->history->codes[region];
        if (!g_str_has_prefix(code, prefix)) {
            continue;
        }
        n++;
        sp_population_draw(run->draws, region, &groups, run->scratch, out);
        for (gsize band = 0; band < G_N_ELEMENTS(bands); band++) {
            float sum[N_DRAWS] = {0};
            double quantile[SP_N_QUANTILES];
            for (guint group = bands[band].first; group <= bands[band].last; group++) {
                for (gsize draw = 0; draw < N_DRAWS; draw++) {
                    sum[draw] += out[group * size + (run->n_days - 1) * N_DRAWS + draw];
                }
            }
            sp_quantiles(N_DRAWS, sum, SP_N_QUANTILES, sp_quantile_shares, quantile);
            /* People are whole. */
            for (gsize i = 0; i < SP_N_QUANTILES; i++) {
                quantile[i] = floor(quantile[i] + 0.5);
            }
            double fact = *(double *)g_hash_table_lookup(want[band], code);
            coverage[band].within_90 += fact >= quantile[0] && fact <= quantile[6] ? 100 : 0;
            coverage[band].within_80 += fact >= quantile[1] && fact <= quantile[5] ? 100 : 0;
            coverage[band].width_80 += 100 * (quantile[5] - quantile[1]) / quantile[3];
        }
    }
    for (gsize band = 0; band < G_N_ELEMENTS(bands); band++) {
        coverage[band].within_80 /= n;
        coverage[band].within_90 /= n;
        coverage[band].width_80 /= n;
        g_hash_table_unref(want[band]);
    }
}

static void tell(int base, const char *area, const Coverage coverage[G_N_ELEMENTS(bands)])
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_printf(line, "| %d | %s |", base, area);
    for (gsize band = 0; band < G_N_ELEMENTS(bands); band++) {
        g_string_append_printf(line, " %.0f / %.0f (%.1f) |", coverage[band].within_80,
                               coverage[band].within_90, coverage[band].width_80);
    }
    print_message("%s\n", line->str);
    fixture_assert_on_page("population.md", line->str);
}

static void judge(const SpTables *in, int base)
{
    Run run;
    Coverage coverage[G_N_ELEMENTS(bands)];
    run_init(&run, in, base, COUNTRY_LAST);
    cover(&run, in, "40", coverage);
    tell(base, "Telemark 17", coverage);
    cover(&run, in, "", coverage);
    tell(base, "all 355", coverage);
    for (gsize band = 1; band <= 2; band++) {
        assert_true(coverage[band].within_80 >= 68 && coverage[band].within_80 <= 90);
        assert_true(coverage[band].within_90 >= 79 && coverage[band].within_90 <= 97);
    }
    run_clear(&run);
}

static void two_years_on_intervals_cover_what_they_say(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    judge(*state, 2024);
}

static void four_years_on_intervals_cover_what_they_say(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    judge(*state, 2022);
}

static void six_years_on_intervals_cover_what_they_say(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    judge(*state, 2020);
}

static double sd_of(gsize n, const float values[])
{
    double mean = 0, square = 0;
    for (gsize i = 0; i < n; i++) {
        mean += (double)values[i] / (double)n;
    }
    for (gsize i = 0; i < n; i++) {
        square += ((double)values[i] - mean) * ((double)values[i] - mean);
    }
    return sqrt(square / (double)n);
}

/* The country to 2051: draws lie around the expected path, are wider than kommuner apart would be,
 * and what the national run costs one processor. */
static void mean_of_the_draws_is_the_expected_path(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    Run run;
    run_init(&run, *state, 2026, 2051);
    const SpPersonGroups groups = make_groups();
    gsize size = run.n_days * N_DRAWS, last = (run.n_days - 1) * N_DRAWS;
    g_autofree float *out = g_new(float, N_GROUPS *size);
    g_autofree double *country = g_new0(double, N_GROUPS *size);
    double expected[N_GROUPS] = {0}, apart[N_GROUPS] = {0};
    clock_t spent = 0;
    for (gsize region = 0; region < run.model->history->n_regions; region++) {
        clock_t start = clock();
        sp_population_draw(run.draws, region, &groups, run.scratch, out);
        spent += clock() - start;
        for (gsize i = 0; i < N_GROUPS * size; i++) {
            country[i] += (double)out[i];
        }
        for (guint group = 0; group < N_GROUPS; group++) {
            double sd = sd_of(N_DRAWS, out + group * size + last);
            apart[group] += sd * sd;
        }
        const SpPersons *end = &run.expected[region * run.n_days + run.n_days - 1];
        for (guint age = 0; age < SP_N_AGES; age++) {
            expected[groups.of[0][age]] += end->count[SP_MEN][age] + end->count[SP_WOMEN][age];
        }
    }
    print_message("%zu kommuner, %zu years, %d draws: %.2f s of one processor\n",
                  run.model->history->n_regions, run.n_days - 1, N_DRAWS,
                  (double)spent / CLOCKS_PER_SEC);
    for (guint group = 0; group < N_GROUPS; group++) {
        double mean = 0, square = 0;
        for (gsize draw = 0; draw < N_DRAWS; draw++) {
            double here = country[group * size + last + draw];
            mean += here / N_DRAWS;
            square += here * here / N_DRAWS;
        }
        double sd = sqrt(square - mean * mean);
        print_message(
            "group %u: mean %.0f, expected %.0f, sd %.1f %%, over that of kommuner apart: "
            "%.1f\n",
            group, mean, expected[group], 100 * sd / mean, sd / sqrt(apart[group]));
        /* Kommuner have the country's fate in common: intervals of sums do not collapse. */
        assert_true(sd > 2 * sqrt(apart[group]));
        assert_near(mean / expected[group], 1.0, 0.005 + 4 * sd / mean / sqrt(N_DRAWS));
    }
    run_clear(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_years_on_intervals_cover_what_they_say),
        cmocka_unit_test(four_years_on_intervals_cover_what_they_say),
        cmocka_unit_test(six_years_on_intervals_cover_what_they_say),
        cmocka_unit_test(mean_of_the_draws_is_the_expected_path),
    };
    return cmocka_run_group_tests(tests, country_read, country_free);
}
