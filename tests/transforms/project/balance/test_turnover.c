/* Exit rates: what borrows from what. */
#include "tests/core/rows.h"

#include "core/random.h"
#include "transforms/project/balance/turnover.h"

#define COLUMNS                                                                                    \
    "period:key region:key alder:key kjonn:key yrke:key turnover_personer:other "                  \
    "sluttet_brutto:other sluttet_netto:other personer:other aarsverk:other"

static SpTurnover *turnover_of(const SpTable *table, SpQuality *quality)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) kommuner = g_strsplit("1101 1103", " ", -1);
    g_auto(GStrv) yrker = g_strsplit("lege sykepleier", " ", -1);
    SpTurnover *turnover =
        sp_turnover_new(table, kommuner, 2, yrker, 2, "2026-01-01", quality, &error);
    assert_no_error(error);
    return turnover;
}

/* One band, one profession with figures: its rate is that of all, so every rate is 0.2 and 0.1. */
static void without_deviations_everybody_leaves_at_the_countrys_rate(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = TABLE(
        "alder_og_stabilitet", COLUMNS, "2024-12-01--2025-12-01 0 015-075 0 tot 1000 200 100 .. ..",
        "2024-12-01--2025-12-01 0 015-075 0 sykepleier 1000 200 100 .. ..",
        "2024-12-01--2025-12-01 1101 015-075 0 sykepleier 100 20 10 .. ..",
        "2025-12-01 0 000-105 0 sykepleier .. .. .. 1000 820",
        "2025-12-01 0 000-105 0 tot .. .. .. 2000 1500");
    g_autoptr(SpTurnover) turnover = turnover_of(table, quality);
    for (gsize region = 0; region < 2; region++) {
        for (gsize yrke = 0; yrke < 2; yrke++) {
            assert_near(sp_turnover_rate(turnover, SP_EXIT_BRUTTO, region, yrke), 0.2, 1e-9);
            assert_near(sp_turnover_rate(turnover, SP_EXIT_NETTO, region, yrke), 0.1, 1e-9);
        }
    }
    assert_near(sp_turnover_position(turnover, 1), 0.82, 1e-12);
    assert_near(sp_turnover_position(turnover, 0), 0.75, 1e-12); /* none of lege: of all */
    assert_int_equal(sp_quality_count(quality, "turnover_of_all"), 1);
}

/* 40 of the country at 5 %, 60 at 45 %: a kommune of the old leaves faster. */
static void the_ages_of_a_kommune_count(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = TABLE(
        "alder_og_stabilitet", COLUMNS, "2024-12-01--2025-12-01 0 015-054 0 tot 4000 200 200 .. ..",
        "2024-12-01--2025-12-01 0 055-075 0 tot 6000 2700 2700 .. ..",
        "2024-12-01--2025-12-01 0 015-054 0 sykepleier 4000 200 200 .. ..",
        "2024-12-01--2025-12-01 0 055-075 0 sykepleier 6000 2700 2700 .. ..",
        "2024-12-01--2025-12-01 1101 015-054 0 sykepleier 80 4 4 .. ..",
        "2024-12-01--2025-12-01 1101 055-075 0 sykepleier 20 9 9 .. ..");
    g_autoptr(SpTurnover) turnover = turnover_of(table, quality);
    assert_near(sp_turnover_rate(turnover, SP_EXIT_NETTO, 0, 1), 0.13, 1e-9);
    assert_near(sp_turnover_rate(turnover, SP_EXIT_NETTO, 1, 1), 0.29,
                1e-9); /* the country's ages */
}

static void figures_that_are_no_numbers_are_no_observations(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = TABLE(
        "alder_og_stabilitet", COLUMNS, "2024-12-01--2025-12-01 0 015-075 0 tot 1000 200 100 .. ..",
        "2024-12-01--2025-12-01 1101 015-075 0 sykepleier 50 : 40 .. ..",
        "2024-12-01--2025-12-01 1103 015-075 1 sykepleier 50 50 50 .. ..");
    g_autoptr(SpTurnover) turnover = turnover_of(table, quality);
    assert_near(sp_turnover_rate(turnover, SP_EXIT_NETTO, 0, 1), 0.1, 1e-9);
    assert_near(sp_turnover_rate(turnover, SP_EXIT_NETTO, 1, 1), 0.1, 1e-9);
}

static void nothing_newer_than_the_base_is_read(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = TABLE("alder_og_stabilitet", COLUMNS,
                                     "2025-12-01--2026-12-01 0 015-075 0 tot 1000 200 100 .. ..");
    assert_null(turnover_of(table, quality));
    assert_int_equal(sp_quality_count(quality, "no_turnover"), 1);
}

static void a_missing_column_is_named(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = TABLE("alder_og_stabilitet",
                                     "period:key region:key alder:key kjonn:key yrke:key "
                                     "turnover_personer:other",
                                     "2024-12-01--2025-12-01 0 015-075 0 tot 1000");
    g_auto(GStrv) kommuner = g_strsplit("1101 1103", " ", -1);
    g_auto(GStrv) yrker = g_strsplit("lege sykepleier", " ", -1);
    assert_null(sp_turnover_new(table, kommuner, 2, yrker, 2, "2026-01-01", quality, &error));
    assert_error(error, SP_ERROR_DATA, "sluttet_brutto");
}

/* ---- known truth: kommuner whose rates differ, small and large ---- */

enum { N_KOMMUNER = 120, N_YEARS = 3 };
static const double national = 0.12;

/* True relative deviation: half the kommuner lose 30 % more than the country, half 30 % less. */
static double truth(gsize kommune)
{
    return national * (kommune % 2 == 0 ? 1.3 : 0.7);
}

static double staff_of(gsize kommune)
{
    return kommune < N_KOMMUNER / 2 ? 8 : 2000;
}

static void add_leavers(SpTable *table, const char *region, const char *yrke, gsize year,
                        double staff, double left)
{
    g_autofree char *period =
        g_strdup_printf("%d-12-01--%d-12-01", 2022 + (int)year, 2023 + (int)year);
    const char *codes[] = {period, region, "015-075", "0", yrke};
    gsize row = sp_table_add_row(table);
    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
        sp_table_set_code(table, row, i, codes[i]);
    }
    sp_table_set_real(table, row, 5, sp_real(staff));
    sp_table_set_real(table, row, 6, sp_real(left));
    sp_table_set_real(table, row, 7, sp_real(left));
}

static double drawn(SpRandom key, gsize kommune, gsize year)
{
    double left = 0;
    SpRandom own = sp_random_numbered(sp_random_numbered(key, kommune), year);
    for (guint64 i = 0; i < (guint64)staff_of(kommune); i++) {
        left += sp_random_uniform(own, i) < truth(kommune);
    }
    return left;
}

static void small_kommuner_are_pulled_to_the_country_and_large_ones_are_believed(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = table_of("alder_og_stabilitet", COLUMNS, 0, NULL);
    char *codes[N_KOMMUNER + 1] = {NULL};
    g_auto(GStrv) one = g_strsplit("sykepleier", " ", -1);
    SpRandom key = sp_random_seed(20261122);
    double own[N_KOMMUNER] = {0};
    for (gsize year = 0; year < N_YEARS; year++) {
        double staff = 0, left = 0;
        for (gsize u = 0; u < N_KOMMUNER; u++) {
            codes[u] = codes[u] != NULL ? codes[u] : g_strdup_printf("%04d", 1101 + (int)u);
            double leaving = drawn(key, u, year);
            add_leavers(table, codes[u], "sykepleier", year, staff_of(u), leaving);
            own[u] += leaving / staff_of(u) / N_YEARS;
            staff += staff_of(u);
            left += leaving;
        }
        add_leavers(table, "0", "tot", year, staff, left);
        add_leavers(table, "0", "sykepleier", year, staff, left);
    }
    g_autoptr(SpTurnover) turnover =
        sp_turnover_new(table, codes, N_KOMMUNER, one, 1, "2026-01-01", quality, &error);
    assert_no_error(error);
    double raw = 0, shrunk = 0;
    for (gsize u = 0; u < N_KOMMUNER; u++) {
        double rate = sp_turnover_rate(turnover, SP_EXIT_NETTO, u, 0);
        if (staff_of(u) < 100) {
            raw += pow(own[u] - truth(u), 2);
            shrunk += pow(rate - truth(u), 2);
        } else {
            assert_near(rate, truth(u), 0.02);
        }
        g_free(codes[u]);
    }
    assert_true(shrunk < 0.6 * raw);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_deviations_everybody_leaves_at_the_countrys_rate),
        cmocka_unit_test(the_ages_of_a_kommune_count),
        cmocka_unit_test(figures_that_are_no_numbers_are_no_observations),
        cmocka_unit_test(nothing_newer_than_the_base_is_read),
        cmocka_unit_test(a_missing_column_is_named),
        cmocka_unit_test(small_kommuner_are_pulled_to_the_country_and_large_ones_are_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
