/* Why these levels and this fading: scores that need no year from the base on. The page has
 * them. */
#include "country.h"

#include "transforms/project/population/population.h"

static const int bases[] = {2020, 2022, 2024};

/* The history of a base as the model sees it, and survival of its years. */
typedef struct {
    SpPopulationModel *model;
    SpSurvival *survival;
} Past;

static void past_init(Past *past, const SpTables *in, int base)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpPopulationOptions options;
    sp_population_options_init(&options, base, base);
    past->model = sp_population_model_new(in, &options, quality, &error);
    assert_no_error(error);
    const SpHistory *history = past->model->history;
    past->survival = g_new(SpSurvival, history->n_days);
    for (gsize i = 0; i + 1 < history->n_days; i++) {
        int year = history->first_year + (int)i;
        const SpDeathYear *actual = sp_death_years_find(past->model->deaths, year);
        for (guint sex = 0; sex < SP_N_SEXES; sex++) {
            sp_mortality_survival(&past->model->mortality, actual, sex, year,
                                  past->survival[i].share[sex], &past->survival[i].newborn[sex]);
        }
    }
}

static void past_clear(Past *past)
{
    sp_population_model_free(past->model);
    g_free(past->survival);
}

typedef enum { NOTHING, KOMMUNE_ALONE, ALL_LEVELS, N_RULES } Rule;

/* Persons of the groups from `first` to `last` in a year, one kommune. */
typedef struct {
    double observed, said;
} Pair;

static Pair compare(const SpResiduals *whole, const SpLocal *local, gsize region, gsize year,
                    const guint groups[2])
{
    Pair pair = {0};
    for (guint group = groups[0]; group <= groups[1]; group++) {
        gsize place = sp_residuals_place(whole, group, region, year);
        double expected, came;
        sp_residuals_national(whole, group, year, &expected, &came);
        double own = whole->expected[place], national = came / expected;
        pair.observed += own * (national + whole->deviation[place]);
        pair.said += own * (national + (local == NULL ? 0.0 : local->sum[region][group]));
    }
    return pair;
}

/* Mean absolute error in percent of kommuner's figures of a year that was left out of the fit, over
 * all years. The country's own figure of the year is given: the rule is about kommuner. */
static double leave_one_out(const Past *past, Rule rule, const guint groups[2])
{
    const SpHistory *history = past->model->history;
    const SpPlaces *places = past->model->places;
    SpPlaces none = *places;
    g_autoptr(SpCodes) no_codes = sp_codes_new();
    none.fylke_codes = none.centrality_codes = no_codes;
    g_autofree guint32 *nowhere = g_new(guint32, history->n_regions);
    memset(nowhere, 0xff, history->n_regions * sizeof *nowhere);
    none.fylke = none.centrality = nowhere;
    g_auto(SpResiduals) whole;
    sp_residuals_init(&whole, history, past->survival);
    double sum = 0;
    guint n = 0;
    for (gsize year = 0; year < whole.n_years; year++) {
        g_auto(SpResiduals) rest;
        g_autoptr(SpQuality) quality = sp_quality_new();
        sp_residuals_init(&rest, history, past->survival);
        for (guint group = 0; group < SP_N_MIGRATION_GROUPS; group++) {
            for (gsize region = 0; region < history->n_regions; region++) {
                rest.expected[sp_residuals_place(&rest, group, region, year)] = 0.0;
            }
        }
        g_autoptr(SpLocal) local =
            rule == NOTHING
                ? NULL
                : sp_local_new(&rest, rule == ALL_LEVELS ? places : &none, 1.0, quality);
        for (gsize region = 0; region < history->n_regions; region++) {
            Pair pair = compare(&whole, local, region, year, groups);
            if (pair.observed > 0) {
                sum += 100 * fabs(pair.said / pair.observed - 1);
                n++;
            }
        }
    }
    return n == 0 ? 0.0 : sum / n;
}

/* From 67: a year that was left out is told best by class, fylke and kommune together. The history
 * before 2020 alone has three years. */
static void levels_tell_a_year_that_was_left_out(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    static const struct {
        const char *name;
        guint groups[2];
    } ages[] = {{"67–79", {11, 11}}, {"80+", {12, 13}}};
    for (gsize i = 0; i < G_N_ELEMENTS(bases); i++) {
        Past past;
        past_init(&past, *state, bases[i]);
        for (gsize age = 0; age < G_N_ELEMENTS(ages); age++) {
            double score[N_RULES];
            for (Rule rule = NOTHING; rule < N_RULES; rule++) {
                score[rule] = leave_one_out(&past, rule, ages[age].groups);
            }
            g_autofree char *line =
                g_strdup_printf("| %d | %s | %.3f | %.3f | %.3f |", bases[i], ages[age].name,
                                score[NOTHING], score[KOMMUNE_ALONE], score[ALL_LEVELS]);
            print_message("%s\n", line);
            fixture_assert_on_page("population.md", line);
            assert_true(score[ALL_LEVELS] <= score[KOMMUNE_ALONE]);
            assert_true(score[KOMMUNE_ALONE] < score[NOTHING]);
        }
        past_clear(&past);
    }
}

/* What all ages below 67 share of a kommune's deviation, in a year. 0 where there is no
 * interval. */
static double overall(const SpResiduals *residuals, gsize region, gsize year, double *persons)
{
    double sum = 0;
    *persons = 0;
    for (guint group = 0; group < SP_OLD_GROUP; group++) {
        gsize place = sp_residuals_place(residuals, group, region, year);
        sum += residuals->expected[place] * residuals->deviation[place];
        *persons += residuals->expected[place];
    }
    return *persons > 0 ? sum / *persons : 0.0;
}

/* The mean product of overall deviations `lag` years apart, persons as weights: what of them lasts.
 */
static double product(const SpResiduals *residuals, gsize lag)
{
    double sum = 0, weights = 0;
    for (gsize region = 0; region < residuals->history->n_regions; region++) {
        for (gsize year = 0; year + lag < residuals->n_years; year++) {
            double persons, later_persons;
            double now = overall(residuals, region, year, &persons);
            double later = overall(residuals, region, year + lag, &later_persons);
            if (persons > 0 && later_persons > 0) {
                sum += persons * now * later;
                weights += persons;
            }
        }
    }
    return sum / weights;
}

/* Below 67: what a kommune wins or loses as a whole fades by about a fifth a year. */
static void overall_deviation_fades_as_it_did(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    double mean = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(bases); i++) {
        Past past;
        past_init(&past, *state, bases[i]);
        g_auto(SpResiduals) residuals;
        sp_residuals_init(&residuals, past.model->history, past.survival);
        gsize last = (gsize)(bases[i] - COUNTRY_FIRST - 1);
        double kept =
            pow(product(&residuals, last) / product(&residuals, 1), 1.0 / ((double)last - 1));
        g_autofree char *line = g_strdup_printf("| %d | %zu | %.2f |", bases[i], last, kept);
        print_message("%s\n", line);
        fixture_assert_on_page("population.md", line);
        mean += kept / G_N_ELEMENTS(bases);
        past_clear(&past);
    }
    assert_near(mean, 0.85, 0.1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_tell_a_year_that_was_left_out),
        cmocka_unit_test(overall_deviation_fades_as_it_did),
    };
    return cmocka_run_group_tests(tests, country_read, country_free);
}
