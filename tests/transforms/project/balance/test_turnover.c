/* Exit rates: what borrows from what. */
#include "tests/core/rows.h"

#include "core/random.h"
#include "transforms/project/balance/turnover.h"

#define COLUMNS                                                                                    \
    "period:key region:key alder:key kjonn:key yrke:key turnover_personer:other "                  \
    "turnover_aarsverk:other sluttet_brutto:other sluttet_netto:other personer:other "             \
    "aarsverk:other"

/* Kommuner 1101 and 1103, professions lege and sykepleier. */
static SpTurnover *turnover_from(const SpTurnoverSource *source, SpQuality *quality)
{
    g_autoptr(GError) error = NULL;
    g_auto(GStrv) kommuner = g_strsplit("1101 1103", " ", -1);
    g_auto(GStrv) yrker = g_strsplit("lege sykepleier", " ", -1);
    const SpTurnoverInput input = {.source = *source,
                                   .regions = kommuner,
                                   .n_regions = 2,
                                   .yrker = yrker,
                                   .n_yrker = 2,
                                   .base = "2026-01-01"};
    SpTurnover *turnover = sp_turnover_new(&input, quality, &error);
    assert_no_error(error);
    return turnover;
}

static SpTurnover *turnover_of(const SpTable *table, SpQuality *quality)
{
    return turnover_from(&(SpTurnoverSource){.table = table}, quality);
}

/* One band, one profession with figures: its rate is that of all, so every rate is 0.2 and 0.1. */
static void without_deviations_everybody_leaves_at_the_countrys_rate(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table =
        TABLE("alder_og_stabilitet", COLUMNS,
              "2024-12-01--2025-12-01 0 015-075 0 tot 1000 1000 200 100 .. ..",
              "2024-12-01--2025-12-01 0 015-075 0 sykepleier 1000 1000 200 100 .. ..",
              "2024-12-01--2025-12-01 1101 015-075 0 sykepleier 100 100 20 10 .. ..",
              "2025-12-01 0 000-105 0 sykepleier .. .. .. .. 1000 820",
              "2025-12-01 0 000-105 0 tot .. .. .. .. 2000 1500");
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

/* Twelve persons whose årsverk are none, or too few to tell: they have the position of all. */
static void persons_without_aarsverk_have_the_position_of_all(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table =
        TABLE("alder_og_stabilitet", COLUMNS,
              "2024-12-01--2025-12-01 0 015-075 0 tot 1000 1000 200 100 .. ..",
              "2025-12-01 0 000-105 0 sykepleier .. .. .. .. 12 0",
              "2025-12-01 0 000-105 0 tot .. .. .. .. 2000 1500");
    g_autoptr(SpTurnover) turnover = turnover_of(table, quality);
    assert_near(sp_turnover_position(turnover, 1), 0.75, 1e-12);
}

/* 40 of the country at 5 %, 60 at 45 %: a kommune of the old leaves faster. 80 of the young and 20
 * of the old would leave at 13 %; the country's ages, which count as one person at least, draw the
 * rate a little towards the country's 29 %. */
static void the_ages_of_a_kommune_count(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table =
        TABLE("alder_og_stabilitet", COLUMNS,
              "2024-12-01--2025-12-01 0 015-054 0 tot 4000 4000 200 200 .. ..",
              "2024-12-01--2025-12-01 0 055-075 0 tot 6000 6000 2700 2700 .. ..",
              "2024-12-01--2025-12-01 0 015-054 0 sykepleier 4000 4000 200 200 .. ..",
              "2024-12-01--2025-12-01 0 055-075 0 sykepleier 6000 6000 2700 2700 .. ..",
              "2024-12-01--2025-12-01 1101 015-054 0 sykepleier 80 80 4 4 .. ..",
              "2024-12-01--2025-12-01 1101 055-075 0 sykepleier 20 20 9 9 .. ..");
    g_autoptr(SpTurnover) turnover = turnover_of(table, quality);
    double own = sp_turnover_rate(turnover, SP_EXIT_NETTO, 0, 1);
    assert_true(own > 0.13 && own < 0.135);
    assert_near(sp_turnover_rate(turnover, SP_EXIT_NETTO, 1, 1), 0.29,
                1e-9); /* the country's ages */
}

/* Two of ten leave in the group of positions that lege belongs to, one of ten of all. */
static void a_profession_without_figures_leaves_as_its_education_group(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) groups = TABLE("pai_utdanning", "from:key to:attribute", "lege hoeyskole",
                                      "sykepleier fagutdanning");
    g_autoptr(SpTable) table =
        TABLE("alder_og_stabilitet", COLUMNS,
              "2024-12-01--2025-12-01 0 015-075 0 tot 1000 900 100 100 .. ..",
              "2024-12-01--2025-12-01 0 015-075 0 hoeyskole 100 90 20 20 .. ..",
              "2025-12-01 0 000-105 0 hoeyskole .. .. .. .. 100 90",
              "2025-12-01 0 000-105 0 tot .. .. .. .. 1000 500");
    g_autoptr(SpTurnover) turnover =
        turnover_from(&(SpTurnoverSource){.table = table, .groups = groups}, quality);
    assert_near(sp_turnover_rate(turnover, SP_EXIT_NETTO, 0, 0), 0.2, 1e-12);
    assert_near(sp_turnover_position(turnover, 0), 0.9, 1e-12);
    assert_int_equal(sp_quality_count(quality, "turnover_of_group"), 1);
    /* The group of sykepleier has no figures either. */
    assert_near(sp_turnover_rate(turnover, SP_EXIT_NETTO, 0, 1), 0.1, 1e-12);
    assert_near(sp_turnover_position(turnover, 1), 0.5, 1e-12);
    assert_int_equal(sp_quality_count(quality, "turnover_of_all"), 1);
}

/* Netto of the two kommuner differs widely, brutto hardly: shrunk each for itself the first would
 * pass the second in the kommune that keeps few. */
static void brutto_is_never_below_netto(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table =
        TABLE("alder_og_stabilitet", COLUMNS,
              "2023-12-01--2024-12-01 0 015-075 0 tot 2000 2000 400 210 .. ..",
              "2024-12-01--2025-12-01 0 015-075 0 tot 2000 2000 400 210 .. ..",
              "2023-12-01--2024-12-01 0 015-075 0 sykepleier 2000 2000 400 210 .. ..",
              "2024-12-01--2025-12-01 0 015-075 0 sykepleier 2000 2000 400 210 .. ..",
              "2023-12-01--2024-12-01 1101 015-075 0 sykepleier 1000 1000 250 10 .. ..",
              "2024-12-01--2025-12-01 1101 015-075 0 sykepleier 1000 1000 150 10 .. ..",
              "2023-12-01--2024-12-01 1103 015-075 0 sykepleier 1000 1000 350 350 .. ..",
              "2024-12-01--2025-12-01 1103 015-075 0 sykepleier 1000 1000 350 350 .. ..");
    g_autoptr(SpTurnover) turnover = turnover_of(table, quality);
    for (gsize region = 0; region < 2; region++) {
        double netto = sp_turnover_rate(turnover, SP_EXIT_NETTO, region, 1);
        assert_true(sp_turnover_rate(turnover, SP_EXIT_BRUTTO, region, 1) >= netto);
    }
    assert_near(sp_turnover_rate(turnover, SP_EXIT_NETTO, 1, 1), 0.35, 0.005);
}

/* Three kommuner of one person each tell nothing that the band of that person
 * can be seen from: rates stand between the bands' own, and have three decimals. */
static void one_persons_band_is_not_the_rate(void **state)
{
    (void)state;
    static const double national[] = {0.18, 0.06, 0.14};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_auto(GStrv) kommuner = g_strsplit("1101 1103 1106", " ", -1);
    g_auto(GStrv) yrker = g_strsplit("sykepleier", " ", -1);
    g_autoptr(SpTable) table =
        TABLE("alder_og_stabilitet", COLUMNS,
              "2024-12-01--2025-12-01 0 015-034 0 tot 1000 900 180 180 .. ..",
              "2024-12-01--2025-12-01 0 035-054 0 tot 1000 900 60 60 .. ..",
              "2024-12-01--2025-12-01 0 055-075 0 tot 1000 900 140 140 .. ..",
              "2024-12-01--2025-12-01 0 015-034 0 sykepleier 1000 900 180 180 .. ..",
              "2024-12-01--2025-12-01 0 035-054 0 sykepleier 1000 900 60 60 .. ..",
              "2024-12-01--2025-12-01 0 055-075 0 sykepleier 1000 900 140 140 .. ..",
              "2024-12-01--2025-12-01 1101 015-034 0 sykepleier 1 0.5 - - .. ..",
              "2024-12-01--2025-12-01 1103 035-054 0 sykepleier 1 0.5 - - .. ..",
              "2024-12-01--2025-12-01 1106 055-075 0 sykepleier 1 0.5 - - .. ..");
    const SpTurnoverInput input = {.source.table = table,
                                   .regions = kommuner,
                                   .n_regions = 3,
                                   .yrker = yrker,
                                   .n_yrker = 1,
                                   .base = "2026-01-01"};
    g_autoptr(SpTurnover) turnover = sp_turnover_new(&input, quality, &error);
    assert_no_error(error);
    for (gsize u = 0; u < G_N_ELEMENTS(national); u++) {
        double rate = sp_turnover_rate(turnover, SP_EXIT_NETTO, u, 0);
        for (gsize b = 0; b < G_N_ELEMENTS(national); b++) {
            assert_true(fabs(rate - national[b]) > 0.005);
        }
        assert_near(rate * 1000, round(rate * 1000), 1e-9);
        assert_near(sp_turnover_basis(turnover, u, 0).persons, 1, 0);
        assert_near(sp_turnover_basis(turnover, u, 0).aarsverk, 0.5, 0);
    }
}

/* Two intervals of nine and of four: a rule of disclosure must look at the four. */
static void a_basis_is_the_smallest_of_the_intervals(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table =
        TABLE("alder_og_stabilitet", COLUMNS,
              "2024-12-01--2025-12-01 0 015-075 0 tot 1000 900 100 100 .. ..",
              "2023-12-01--2024-12-01 1101 015-054 0 lege 5 4 2 1 .. ..",
              "2023-12-01--2024-12-01 1101 055-075 0 lege 4 3 3 1 .. ..",
              "2024-12-01--2025-12-01 1101 015-054 0 lege 4 2.5 1 - .. ..");
    g_autoptr(SpTurnover) turnover = turnover_of(table, quality);
    SpTurnoverBasis basis = sp_turnover_basis(turnover, 0, 0);
    assert_near(basis.persons, 4, 0);
    assert_near(basis.aarsverk, 2.5, 0);
    assert_near(basis.left_brutto, 1, 0);
    assert_near(basis.left_netto, 2, 0); /* nobody left in the newest */
    assert_near(sp_turnover_basis(turnover, 1, 0).persons, 0, 0);
}

/* 1101 is told by the owner in one interval alone and keeps that, 1103 in none. Where the owner's
 * limit is not known of, both are. */
static void what_the_owner_does_not_publish_is_in_no_rate(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) in = sp_tables_new();
    sp_tables_add(in, TABLE("skjerming", "table:attribute measure:attribute at_most:attribute",
                            "stillinger aarsverk 99", "alder_og_stabilitet turnover_aarsverk 10"));
    sp_tables_add(in, TABLE("turnover", "id:key verdi:other", "kommuner.sluttet 1",
                            "kommuner.spredning 0.25"));
    sp_tables_add(in, TABLE("alder_og_stabilitet", COLUMNS,
                            "2024-12-01--2025-12-01 0 015-075 0 tot 1000 900 100 100 .. ..",
                            "2023-12-01--2024-12-01 1101 015-075 0 lege 14 10 9 9 .. ..",
                            "2024-12-01--2025-12-01 1101 015-075 0 lege 15 10.5 6 6 .. ..",
                            "2024-12-01--2025-12-01 1103 015-075 0 lege 14 10 12 12 .. .."));
    SpTurnoverSource source;
    assert_true(sp_turnover_source_init(&source, in, &error));
    assert_near(source.at_most, 10, 0);
    assert_near(source.spread, 0.25, 0);
    g_autoptr(SpTurnover) turnover = turnover_from(&source, quality);
    assert_near(sp_turnover_basis(turnover, 0, 0).persons, 15, 0);
    assert_true(sp_turnover_rate(turnover, SP_EXIT_NETTO, 0, 0) > 0.1);
    assert_near(sp_turnover_basis(turnover, 1, 0).persons, 0, 0);
    assert_near(sp_turnover_basis(turnover, 1, 0).left_netto, 0, 0);
    assert_near(sp_turnover_rate(turnover, SP_EXIT_NETTO, 1, 0), 0.1, 1e-12);
    source.at_most = 0;
    g_autoptr(SpTurnover) all = turnover_from(&source, quality);
    assert_true(sp_turnover_rate(all, SP_EXIT_NETTO, 1, 0) > 0.1);
}

/* Of 150 and of 90 a tenth is expected to leave; far more did of both. */
static void a_kommune_of_few_expected_leavers_has_the_countrys_rate(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table =
        TABLE("alder_og_stabilitet", COLUMNS,
              "2024-12-01--2025-12-01 0 015-075 0 tot 10000 9000 1000 1000 .. ..",
              "2024-12-01--2025-12-01 1101 015-075 0 lege 150 100 50 50 .. ..",
              "2024-12-01--2025-12-01 1103 015-075 0 lege 90 80 60 60 .. ..");
    const SpTurnoverSource source = {.table = table, .least = 10, .spread = 0.25};
    g_autoptr(SpTurnover) turnover = turnover_from(&source, quality);
    assert_true(sp_turnover_rate(turnover, SP_EXIT_NETTO, 0, 0) > 0.15);
    assert_near(sp_turnover_rate(turnover, SP_EXIT_NETTO, 1, 0), 0.1, 1e-12);
    assert_near(sp_turnover_basis(turnover, 1, 0).persons, 0, 0);
    assert_true(sp_turnover_local_sd(turnover, 1, 0) > 0);
}

static void a_limit_that_is_no_number_is_an_error(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) in = sp_tables_new();
    SpTurnoverSource source;
    sp_tables_add(in, TABLE("skjerming", "table:attribute measure:attribute at_most:attribute",
                            "alder_og_stabilitet turnover_aarsverk ti"));
    assert_false(sp_turnover_source_init(&source, in, &error));
    assert_error(error, SP_ERROR_NO_INPUT, "turnover");
    g_clear_error(&error);
    sp_tables_add(in, TABLE("turnover", "id:key verdi:other", "kommuner.sluttet 1",
                            "kommuner.spredning 0.25"));
    assert_false(sp_turnover_source_init(&source, in, &error));
    assert_error(error, SP_ERROR_CONFIG, "ti");
}

static void figures_that_are_no_numbers_are_no_observations(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table =
        TABLE("alder_og_stabilitet", COLUMNS,
              "2024-12-01--2025-12-01 0 015-075 0 tot 1000 1000 200 100 .. ..",
              "2024-12-01--2025-12-01 1101 015-075 0 sykepleier 50 50 : 40 .. ..",
              "2024-12-01--2025-12-01 1103 015-075 1 sykepleier 50 50 50 50 .. ..");
    g_autoptr(SpTurnover) turnover = turnover_of(table, quality);
    assert_near(sp_turnover_rate(turnover, SP_EXIT_NETTO, 0, 1), 0.1, 1e-9);
    assert_near(sp_turnover_rate(turnover, SP_EXIT_NETTO, 1, 1), 0.1, 1e-9);
}

static void nothing_newer_than_the_base_is_read(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table =
        TABLE("alder_og_stabilitet", COLUMNS,
              "2025-12-01--2026-12-01 0 015-075 0 tot 1000 1000 200 100 .. ..");
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
                                     "turnover_personer:other turnover_aarsverk:other",
                                     "2024-12-01--2025-12-01 0 015-075 0 tot 1000 900");
    const SpTurnoverInput input = {.source.table = table, .base = "2026-01-01"};
    assert_null(sp_turnover_new(&input, quality, &error));
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
    sp_table_set_real(table, row, 6, sp_real(staff));
    sp_table_set_real(table, row, 7, sp_real(left));
    sp_table_set_real(table, row, 8, sp_real(left));
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
    const SpTurnoverInput input = {.source.table = table,
                                   .regions = codes,
                                   .n_regions = N_KOMMUNER,
                                   .yrker = one,
                                   .n_yrker = 1,
                                   .base = "2026-01-01"};
    g_autoptr(SpTurnover) turnover = sp_turnover_new(&input, quality, &error);
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
        cmocka_unit_test(persons_without_aarsverk_have_the_position_of_all),
        cmocka_unit_test(the_ages_of_a_kommune_count),
        cmocka_unit_test(a_profession_without_figures_leaves_as_its_education_group),
        cmocka_unit_test(brutto_is_never_below_netto),
        cmocka_unit_test(one_persons_band_is_not_the_rate),
        cmocka_unit_test(a_basis_is_the_smallest_of_the_intervals),
        cmocka_unit_test(what_the_owner_does_not_publish_is_in_no_rate),
        cmocka_unit_test(a_kommune_of_few_expected_leavers_has_the_countrys_rate),
        cmocka_unit_test(a_limit_that_is_no_number_is_an_error),
        cmocka_unit_test(figures_that_are_no_numbers_are_no_observations),
        cmocka_unit_test(nothing_newer_than_the_base_is_read),
        cmocka_unit_test(a_missing_column_is_named),
        cmocka_unit_test(small_kommuner_are_pulled_to_the_country_and_large_ones_are_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
