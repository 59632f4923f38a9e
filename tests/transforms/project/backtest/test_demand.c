/* The program's own demand as a forecaster: whom it tells of, and how well it says it knows. */
#include "tests/transforms/project/demand/country.h"

#include "transforms/project/backtest/asof.h"
#include "transforms/project/backtest/forecaster.h"

#include <math.h>

enum { YEARS = 5 };

static const SpSeries nurses = {.name = "stab_sykepleier",
                                .table = "stab",
                                .measure = "aarsverk",
                                .unit = "aarsverk",
                                .filter = "omraade=omsorg+yrke=SYK/SSP",
                                .n_groups = 1};

/* Care alone, from one source, with nurses who have specialised. */
static SpTables *country_of_care(void)
{
    static const char *const sources[] = {"omsorg 1 stab aarsverk yrke _ omraade=omsorg _", NULL};
    SpTables *in = country_with_parts();
    replace(in, small_sources(sources));
    replace(in, config_growth());
    SpTable *structure = sp_tables_find(in, "struktur");
    for (guint k = 0; k < 2; k++) {
        gsize row = sp_table_add_row(structure);
        sp_table_set_code(structure, row, 0, k == 0 ? "hjemme" : "inst");
        sp_table_set_code(structure, row, 1, "*");
        for (gsize i = 0; i < 3; i++) {
            sp_table_set_real(structure, row, 2 + i, sp_real(i == 0 ? 0.5 : 0));
        }
    }
    return in;
}

/* What is told of the series, [kommune][year] by figure; the caller clears. */
typedef struct {
    SpReal *figure[SP_N_FORECAST];
} Told;

static void told_clear(Told *told)
{
    for (gsize i = 0; i < SP_N_FORECAST; i++) {
        g_free(told->figure[i]);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Told, told_clear)

static void tell(const SpTables *in, const SpSeries *series, Told *told)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) rules = sp_as_of_rules(in);
    const SpKnownPopulation population = {.table = sp_tables_find(in, "framskriving_befolkning")};
    const SpForecastTask task = {
        .series = series,
        .base = BASE,
        .places = {.n_units = N, .units = kommuner, .first_year = BASE + 1, .n_years = YEARS},
        .known = in,
        .rules = rules,
        .population = &population};
    for (gsize i = 0; i < SP_N_FORECAST; i++) {
        told->figure[i] = g_new(SpReal, (gsize)N * YEARS);
        for (gsize at = 0; at < (gsize)N * YEARS; at++) {
            told->figure[i][at] = sp_real_none(SP_MISSING);
        }
    }
    sp_forecast_own_demand(&task, told->figure, &error);
    assert_no_error(error);
}

/* Nurses of care and those who have specialised are one profession in the projection, so they are
 * one here: what is told is the need of the whole. */
static void a_profession_is_told_with_its_parts(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_of_care();
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    g_auto(Told) told = {{NULL}};
    tell(in, &nurses, &told);
    for (gsize u = 0; u < N; u++) {
        for (gsize year = 0; year < YEARS; year++) {
            SpReal real = told.figure[SP_FORECAST_EXPECTED][u * YEARS + year];
            assert_int_equal(real.status, SP_PRESENT);
            assert_near(real.value, small_need(paths, SP_NEED_TODAY, kommuner[u], "SYK", year + 1),
                        1e-9);
        }
    }
}

/* Those of the whole alone are no profession of the projection: they are told as one figure, and
 * not as the whole's need. */
static void those_of_a_whole_alone_are_not_the_whole(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_of_care();
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    SpSeries alone = nurses;
    alone.filter = "omraade=omsorg+yrke=SYK";
    g_auto(Told) told = {{NULL}};
    tell(in, &alone, &told);
    /* Kommune 1506 has 12 x 4 specialised beside 160 others. */
    SpReal real = told.figure[SP_FORECAST_EXPECTED][(gsize)(N - 1) * YEARS];
    assert_int_equal(real.status, SP_PRESENT);
    assert_true(real.value < 0.9 * small_need(paths, SP_NEED_TODAY, "1506", "SYK", 1));
}

/* Log-normal around the path: the kommune's årsverk and share, the count of the day, and the
 * country's årsverk and share since the base, all of which a future is drawn with. */
static void the_interval_is_of_all_that_futures_are_drawn_with(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_of_care();
    g_autoptr(SpDemandPaths) paths = small_model(in, NULL);
    gsize area = small_find(paths->areas, "omsorg"), g = small_find(paths->professions, "SYK");
    gsize n_t = paths->n_days, n_g = paths->n_professions;
    const SpDrift *need = &paths->need_drift[area], *share = &paths->share_drift[area * n_g + g];
    g_auto(Told) told = {{NULL}};
    tell(in, &nurses, &told);
    assert_true(share->innovation > 0.00001 && share->variance > 0 && share->slopes > 0);
    for (gsize u = 0; u < N; u++) {
        for (gsize year = 0; year < YEARS; year++) {
            gsize day = year + 1, at = u * YEARS + year,
                  cell = (u * paths->n_areas + area) * n_g + g;
            double left = 0, come = 0, new_slopes = 0,
                   sd[] = {paths->staff_sd[(u * paths->n_areas + area) * n_t + day],
                           paths->share_sd[cell * n_t + day]};
            for (gsize h = 1; h <= day; h++) {
                left += pow(0.9, (double)h); /* utvikling.csv: damping of both */
                come += pow(0.9, (double)h - 1);
                new_slopes += (1 - 0.9 * 0.9) * come * come;
            }
            double variance = sd[0] * sd[0] + sd[1] * sd[1] + log(1 + paths->count_variance[cell]) +
                              (need->variance + share->variance) * left * left +
                              (need->slopes + share->slopes) * new_slopes +
                              (need->innovation + share->innovation) * (double)day;
            double width = log(told.figure[SP_FORECAST_P90][at].value /
                               told.figure[SP_FORECAST_P10][at].value);
            assert_near(width / (2 * 1.2815515655 * sqrt(variance)), 1, 1e-9);
        }
    }
}

/* Two rows of a kommune and year are one figure only when the series asks for several codes. */
static void rows_add_up_where_codes_are_listed(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = country_of_care();
    g_autoptr(GError) error = NULL;
    const SpSeriesPlaces places = {
        .n_units = N, .units = kommuner, .first_year = BASE, .n_years = 1};
    SpReal figure[N];
    assert_true(sp_series_read(&nurses, in, &places, figure, &error));
    assert_no_error(error);
    /* 40 x 4 with the wave of 2023 for kommune 3, and 4 x 3 x 4 specialised. */
    assert_near(figure[3].value, 160 * (1 + 0.02 * ((BASE - 1 + 3) % 3)) + 48, 1e-9);
    SpSeries unlisted = nurses;
    unlisted.filter = "omraade=omsorg+yrke!=HFA";
    assert_false(sp_series_read(&unlisted, in, &places, figure, &error));
    assert_error(error, SP_ERROR_CONFIG, "give the series a filter");
}

/* Codes that are listed let nothing but themselves add up. */
static void a_list_does_not_add_up_over_other_columns(void **state)
{
    (void)state;
    static const char *const parted[] = {"1101 omsorg SYK 1 2023 10", "1101 omsorg SYK 2 2023 20",
                                         "1101 omsorg SSP 2 2023 3", NULL};
    static const char *const measures[] = {"aarsverk", NULL};
    g_autoptr(SpTables) in = sp_tables_new();
    sp_tables_add(
        in, small_table("stab", "region omraade yrke kjonn period aarsverk", measures, parted));
    const SpSeriesPlaces places = {
        .n_units = N, .units = kommuner, .first_year = BASE, .n_years = 1};
    static const char *const filters[] = {"yrke=SYK/SSP", "omraade=omsorg/helse+yrke=SYK"};
    SpReal figure[N];
    SpSeries series = nurses;
    for (gsize i = 0; i < G_N_ELEMENTS(filters); i++) {
        g_autoptr(GError) error = NULL;
        series.filter = filters[i];
        assert_false(sp_series_read(&series, in, &places, figure, &error));
        assert_error(error, SP_ERROR_CONFIG, "give the series a filter");
    }
    g_autoptr(GError) error = NULL;
    series.filter = "yrke=SYK/SSP+kjonn=1/2";
    assert_true(sp_series_read(&series, in, &places, figure, &error));
    assert_near(figure[0].value, 33, 1e-9);
    series.filter = "yrke=SYK/SSP+kjonn=2";
    assert_true(sp_series_read(&series, in, &places, figure, &error));
    assert_near(figure[0].value, 23, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_profession_is_told_with_its_parts),
        cmocka_unit_test(those_of_a_whole_alone_are_not_the_whole),
        cmocka_unit_test(the_interval_is_of_all_that_futures_are_drawn_with),
        cmocka_unit_test(rows_add_up_where_codes_are_listed),
        cmocka_unit_test(a_list_does_not_add_up_over_other_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
